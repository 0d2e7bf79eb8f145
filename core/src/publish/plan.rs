//! What there is, and so what is to be done: read before anything is changed.

use super::step::{Action, Ids, Kind, Step};
use super::{FOLDER, Publish, check};
use crate::error::{Error, Result};
use crate::find::find;
use crate::model::{DatasetSummary, DatatableSummary, Process};

/// The steps, and the ids that are known before they are taken.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub steps: Vec<Step>,
    pub ids: Ids,
}

impl Plan {
    pub async fn new(publish: &Publish) -> Result<Self> {
        let (client, options) = (&publish.client, &publish.options);
        let mut plan = Self::default();
        if let Some(name) = &options.process {
            let known = publish.call(client.get_processes()).await?;
            let folder = options.folder.as_deref().map(|path| plan.folders(path, &known)).transpose()?;
            plan.process(name, &known, folder)?;
        }
        if let Some(bpmn) = &options.bpmn {
            let name = options.process.as_deref().unwrap_or(bpmn);
            plan.steps.push(Step::put(Kind::Bpmn, name, Action::Uploaded));
        }
        if let Some(name) = &options.dataset {
            let known = publish.call(client.get_datasets()).await?;
            let found = find(&known, name, |node| !is_folder_of_datasets(node))?;
            plan.place(Kind::Dataset, name, found.map(|node| node.id.clone()));
        }
        if let Some(name) = &options.datatable {
            let known = publish.call(client.get_datatables()).await?;
            let found = plan.datatable(name, &known, options.dataset.is_some())?;
            if publish.upload.is_some() {
                let is_filled = found.is_some_and(|node| node.row_count.unwrap_or_default() > 0);
                let keeps = options.keep_data.unwrap_or(false) && is_filled;
                let action = if keeps { Action::Kept } else { Action::Uploaded };
                plan.steps.push(Step::put(Kind::Data, name, action));
            }
        }
        if let (Some(_), Some(name)) = (&options.process, &options.datatable) {
            let mapping = plan.mapping(publish).await?;
            plan.place(Kind::Mapping, name, mapping);
        }
        Ok(plan)
    }

    fn place(&mut self, kind: Kind, name: &str, id: Option<String>) {
        let step = Step::place(kind, name, id);
        step.uses(&mut self.ids);
        self.steps.push(step);
    }

    /// Goes down a path of folders; gives the id of the last one, where that is there.
    fn folders(&mut self, path: &str, known: &[Process]) -> Result<Option<String>> {
        let mut parent = None;
        for (depth, name) in check::folders(path)?.enumerate() {
            let is_inside = |node: &Process| {
                is_folder(node) && node.tree_parent_id == parent && (depth == 0 || parent.is_some())
            };
            let id = find(known, name, is_inside)?.map(|node| node.id.clone());
            self.place(Kind::Folder, name, id.clone());
            parent = id;
        }
        // The steps find their way down themselves.
        self.ids.folder = None;
        Ok(parent)
    }

    /// `folder` is none where the process may be in any; the one in it, where that is not there yet.
    fn process(&mut self, name: &str, known: &[Process], folder: Option<Option<String>>) -> Result<()> {
        let is_inside = |node: &Process| match &folder {
            None => true,
            Some(id) => id.is_some() && node.tree_parent_id == *id,
        };
        let found = find(known, name, |node| !is_folder(node) && is_inside(node))?;
        self.place(Kind::Process, name, found.map(|node| node.id.clone()));
        Ok(())
    }

    fn datatable<'a>(
        &mut self,
        name: &str,
        known: &'a [DatatableSummary],
        in_dataset: bool,
    ) -> Result<Option<&'a DatatableSummary>> {
        let dataset = self.ids.dataset.take();
        let is_inside =
            |node: &DatatableSummary| !in_dataset || (dataset.is_some() && node.dataset_id == dataset);
        let found = find(known, name, is_inside)?;
        if found.is_none() && !in_dataset {
            let message =
                format!("There is no datatable '{name}', and no `dataset` is named to create it in.");
            return Err(Error::invalid_argument(message, "Pass `dataset`, too; nothing was changed."));
        }
        self.place(Kind::Datatable, name, found.map(|node| node.id.clone()));
        self.ids.dataset = found.and_then(|node| node.dataset_id.clone()).or(dataset);
        Ok(found)
    }

    /// The mapping of the datatable to the process, where all three are there.
    async fn mapping(&self, publish: &Publish) -> Result<Option<String>> {
        let (Some(process), Some(datatable)) = (&self.ids.process, &self.ids.datatable) else {
            return Ok(None);
        };
        let mappings = publish.call(publish.client.get_process_mappings(process)).await?;
        let found = mappings.into_iter().find(|mapping| mapping.data_table_id.as_ref() == Some(datatable));
        Ok(found.map(|mapping| mapping.id))
    }
}

fn is_folder(process: &Process) -> bool {
    process.tree_node_type.as_deref() == Some(FOLDER)
}

/// The list of datasets is not documented to hold folders, but says so where it does.
fn is_folder_of_datasets(dataset: &DatasetSummary) -> bool {
    dataset.extra.0.get("treeNodeType").and_then(|kind| kind.as_str()) == Some(FOLDER)
}
