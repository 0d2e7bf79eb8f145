use std::path::PathBuf;

use crate::{control::faults::Plan, control::record::Recorder, model::Upload, presign::Signer, store::Store};

/// The bucket that uploads go to.
pub(crate) const BUCKET: &str = "processmind-uploads";

/// What an upload does to the rows its datatable had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UploadMode {
    /// The rows of the new file stand in place of the old ones.
    #[default]
    Replace,
    /// The rows of the new file are added.
    Append,
}

/// What all requests share.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) objects: PathBuf,
    pub(crate) signer: Signer,
    /// `host:port` of the storage listener as clients reach it.
    pub(crate) storage_host: String,
    pub(crate) upload_mode: UploadMode,
    pub(crate) faults: Plan,
    pub(crate) recorder: Recorder,
}

impl App {
    /// The uploads that make up a datatable, in the order of their arrival.
    pub(crate) fn contents<'a>(&self, uploads: &'a [Upload], datatable_id: &str) -> Vec<&'a Upload> {
        let mut own: Vec<_> = uploads.iter().filter(|upload| upload.datatable_id == datatable_id).collect();
        if self.upload_mode == UploadMode::Replace {
            own.drain(..own.len().saturating_sub(1));
        }
        own
    }

    /// Removes the files of objects that the state no longer names.
    pub(crate) fn discard(&self, objects: impl IntoIterator<Item = String>) {
        for object in objects {
            // One that stays is swept at the next start.
            let _ = std::fs::remove_file(self.objects.join(object));
        }
    }
}
