//! Many uploads at once, as JavaScript gives them and gets them back.

use napi::Env;
use napi::bindgen_prelude::Object;
use napi_derive::napi;
use processmind::{UploadFilesResult, UploadResult};

use crate::convert::Request;
use crate::error::Failure;

/// One of many uploads, which their call takes.
#[napi]
#[derive(Debug)]
pub struct UploadItem(Option<processmind::UploadItem>);

#[napi]
impl UploadItem {
    /// Takes the arguments of an upload; nothing is sent.
    #[napi(constructor, ts_args_type = "request: { args: object; source: Source }")]
    pub fn new(env: &Env, request: Object) -> napi::Result<Self> {
        let request = Request::new(env, request)?;
        let item = processmind::UploadItem {
            source: request.required_source()?,
            datatable_id: request.optional_text("datatableId")?.unwrap_or_default(),
            options: request.options()?,
            tenant_id: request.optional_text("tenantId")?,
        };
        request.refuse_unknown()?;
        Ok(Self(Some(item)))
    }

    pub(crate) fn take(&mut self) -> Option<processmind::UploadItem> {
        self.0.take()
    }
}

/// What became of many uploads.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Outcomes {
    /// Those that are stored.
    pub succeeded: Vec<SucceededUpload>,
    /// Those that are not.
    pub failed: Vec<Failed>,
}

/// One of many uploads that is stored.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct SucceededUpload {
    /// Its place among the items, from 0.
    pub index: u32,
    /// The proof of it, with the name it is stored under.
    pub result: UploadResult,
}

/// One of many uploads that failed.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Failed {
    /// Its place among the items, from 0.
    pub index: u32,
    /// The name it would have been stored under; bytes may have none.
    pub file_name: Option<String>,
    /// Why it failed.
    pub failure: Failure,
}

impl From<UploadFilesResult> for Outcomes {
    fn from(all: UploadFilesResult) -> Self {
        // As many items as fill a u32 fit into no array.
        let place = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let succeeded = all.succeeded.into_iter();
        let failed = all.failed.into_iter();
        Self {
            succeeded: succeeded
                .map(|one| SucceededUpload { index: place(one.index), result: one.result })
                .collect(),
            failed: failed
                .map(|one| Failed {
                    index: place(one.index),
                    file_name: one.file_name,
                    failure: one.error.into(),
                })
                .collect(),
        }
    }
}
