use std::path::PathBuf;

use serde::Serialize;
use serde_json::{Value, json};

use crate::bpmn::{self, Model};
use crate::call::{Call, Prepared};
use crate::client::Client;
use crate::error::Result;
use crate::method::Method;
use crate::model::{Change, Process, Untyped, params};

use super::{nothing_to_change, tree_node};

params! {
    /// A process to create, or a folder for processes.
    CreateProcess {
        /// The name people will see.
        display_name: String,
    }
    {
        /// The id of the folder to put it in; the root without.
        tree_parent_id: String,
        /// `Process` (the default), or `TreeGroup` for a folder.
        tree_node_type: String,
    }
}

/// What to change of a process; what is kept is not sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "node", napi_derive::napi(object, object_from_js = false, object_to_js = false))]
pub struct UpdateProcess {
    /// The name people will see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The id of the folder to move it to; cleared (null), it moves to the root.
    #[serde(skip_serializing_if = "Change::is_keep")]
    #[cfg_attr(feature = "node", napi(ts_type = "string | null"))]
    pub tree_parent_id: Change<String>,
}

impl Client {
    /// Lists the tenant's processes and their folders. `GET /tenant/{tenantId}/processes`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-processes>
    pub fn get_processes(&self) -> Call<Vec<Process>> {
        Call::new(self, Method::Get).word("processes")
    }

    /// Creates a process, or a folder for processes. `POST /tenant/{tenantId}/processes`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-processes>
    ///
    /// A name alone will do: `client.create_process("Order to Cash")`. It is sent again only where the first
    /// try was certainly not processed; else the error is `AmbiguousResult`.
    pub fn create_process(&self, process: impl Into<CreateProcess>) -> Call<Process> {
        Call::new(self, Method::Post).word("processes").body(created(process.into()))
    }

    /// Reads a process. `GET /tenant/{tenantId}/processes/{processId}`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-processes>
    pub fn get_process(&self, process_id: impl Into<String>) -> Call<Process> {
        self.process(Method::Get, process_id)
    }

    /// Renames a process, or moves it to another folder. `PUT /tenant/{tenantId}/processes/{processId}`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-processes>
    pub fn update_process(&self, process_id: impl Into<String>, process: UpdateProcess) -> Call<Untyped> {
        self.process(Method::Put, process_id).body(updated(process))
    }

    /// Deletes a process with its model and its mappings. This can't be undone.
    /// `DELETE /tenant/{tenantId}/processes/{processId}`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-processes>
    pub fn delete_process(&self, process_id: impl Into<String>) -> Call<Untyped> {
        self.process(Method::Delete, process_id)
    }

    /// Gives a process its BPMN 2.0 model, replacing the one it has.
    /// `PUT /tenant/{tenantId}/processes/{processId}/bpmn`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-processes>
    ///
    /// The text is checked first: if it is not a BPMN 2.0 model, or if two of its activities have the same ID, the error
    /// is `InvalidBpmn`, and nothing is sent. References to elements that are not there are logged as warnings. It is
    /// sent as UTF-8, and says so in its XML declaration, whatever that said before.
    pub fn upload_bpmn(&self, process_id: impl Into<String>, bpmn_xml: impl Into<String>) -> Call<Untyped> {
        let bpmn_xml = bpmn_xml.into();
        self.put_bpmn(process_id, move || bpmn::check(&bpmn_xml))
    }

    /// Gives a process the BPMN 2.0 model of a file, in the encoding that the file declares.
    /// `PUT /tenant/{tenantId}/processes/{processId}/bpmn`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-processes>
    ///
    /// It is checked and sent as by [`Client::upload_bpmn`]. If the file can't be read, the error is `Source`.
    pub fn upload_bpmn_file(
        &self,
        process_id: impl Into<String>,
        file_path: impl Into<PathBuf>,
    ) -> Call<Untyped> {
        let file_path = file_path.into();
        self.put_bpmn(process_id, move || bpmn::read(&file_path))
    }

    fn put_bpmn(
        &self,
        process_id: impl Into<String>,
        checked: impl FnOnce() -> Result<Model> + Send + 'static,
    ) -> Call<Untyped> {
        let body = move || {
            let Model { xml, warnings } = checked()?;
            Ok(Prepared { body: json!({ "bpmnXml": xml }), warnings })
        };
        self.process(Method::Put, process_id).word("bpmn").body_later(body)
    }

    /// Gives a process a model that was checked, and whose warnings are reported elsewhere.
    pub(crate) fn put_checked_bpmn(&self, process_id: impl Into<String>, xml: String) -> Call<Untyped> {
        self.put_bpmn(process_id, move || Ok(Model { xml, warnings: Vec::new() }))
    }

    /// A call of one process, or of something in it.
    pub(super) fn process<T>(&self, method: Method, process_id: impl Into<String>) -> Call<T> {
        Call::new(self, method).word("processes").id("process_id", process_id)
    }
}

fn created(process: CreateProcess) -> Result<Value> {
    let CreateProcess { display_name, tree_parent_id, tree_node_type } = process;
    tree_node(display_name, tree_parent_id, tree_node_type, "Process")
}

fn updated(process: UpdateProcess) -> Result<UpdateProcess> {
    if process.display_name.is_none() && process.tree_parent_id.is_keep() {
        return Err(nothing_to_change("`display_name` or `tree_parent_id`"));
    }
    Ok(process)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Level, listen};
    use std::sync::{Arc, Mutex};

    #[tokio::test]
    async fn upload_bpmn_reference_to_nothing_is_logged() {
        let client = Client::builder()
            .api_key("key")
            .tenant_id("tenant")
            .base_url("http://127.0.0.1:9")
            .max_retries(0)
            .build()
            .unwrap();
        let model = "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><process id='p'>\
             <boundaryEvent id='b' attachedToRef='gone'/></process></definitions>";
        let lines = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&lines);
        let call = IntoFuture::into_future(client.upload_bpmn("p", model));
        listen(call, Level::WARN, move |line| kept.lock().unwrap().push(line.text)).await.unwrap_err();
        let lines = lines.lock().unwrap();
        assert!(lines[0].contains("attachedToRef 'gone' of <boundaryEvent> in line 1"), "{lines:?}");
    }
}
