//! The steps of publishing.

use super::PublishStep;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    Process,
    Bpmn,
    Dataset,
    Datatable,
    Data,
    Mapping,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Process => "process",
            Self::Bpmn => "bpmn",
            Self::Dataset => "dataset",
            Self::Datatable => "datatable",
            Self::Data => "data",
            Self::Mapping => "mapping",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Found,
    Created,
    Uploaded,
    Kept,
}

impl Action {
    fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Created => "created",
            Self::Uploaded => "uploaded",
            Self::Kept => "kept",
        }
    }
}

/// The ids that are known so far; of the folders that of the innermost.
#[derive(Debug, Default)]
pub(super) struct Ids {
    pub folder: Option<String>,
    pub process: Option<String>,
    pub dataset: Option<String>,
    pub datatable: Option<String>,
    pub mapping: Option<String>,
}

/// One thing to be brought into place, and how.
#[derive(Debug)]
pub(super) struct Step {
    pub kind: Kind,
    pub name: String,
    pub action: Action,
    pub id: Option<String>,
}

impl Step {
    /// Uses what there is, or else creates it.
    pub fn place(kind: Kind, name: &str, id: Option<String>) -> Self {
        let action = if id.is_some() { Action::Found } else { Action::Created };
        Self { kind, name: name.to_owned(), action, id }
    }

    /// Sends something to what is in place.
    pub fn put(kind: Kind, name: &str, action: Action) -> Self {
        Self { kind, name: name.to_owned(), action, id: None }
    }

    /// Makes its id known to the steps that follow.
    pub fn uses(&self, ids: &mut Ids) {
        let place = match self.kind {
            Kind::Folder => &mut ids.folder,
            Kind::Process => &mut ids.process,
            Kind::Dataset => &mut ids.dataset,
            Kind::Datatable => &mut ids.datatable,
            Kind::Mapping => &mut ids.mapping,
            Kind::Bpmn | Kind::Data => return,
        };
        place.clone_from(&self.id);
    }

    /// What an error says of it once it has changed something.
    pub fn told(&self) -> Option<String> {
        let (kind, name, action) = (self.kind.as_str(), &self.name, self.action.as_str());
        let id = self.id.as_ref().map(|id| format!(", id '{id}'")).unwrap_or_default();
        matches!(self.action, Action::Created | Action::Uploaded)
            .then(|| format!("{kind} '{name}' ({action}{id})"))
    }
}

impl From<Step> for PublishStep {
    fn from(step: Step) -> Self {
        let (kind, action) = (step.kind.as_str().to_owned(), step.action.as_str().to_owned());
        Self { kind, name: step.name, action, id: step.id }
    }
}
