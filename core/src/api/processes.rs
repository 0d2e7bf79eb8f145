use std::path::Path;

use serde::Serialize;

use crate::bpmn;
use crate::call::{Call, Method};
use crate::client::Client;
use crate::error::Result;
use crate::model::{Process, Untyped, params};

use super::{name, tree_node_type};

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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BpmnBody {
    bpmn_xml: String,
}

impl Client {
    /// Lists the tenant's processes and their folders. `GET /tenant/{tenantId}/processes`.
    pub fn get_processes(&self) -> Call<Vec<Process>> {
        Call::new(self, Method::Get).word("processes")
    }

    /// Creates a process, or a folder for processes. `POST /tenant/{tenantId}/processes`.
    ///
    /// A name alone will do: `client.create_process("Order to Cash")`. It is sent again only where the first
    /// try was certainly not processed; else the error is `AmbiguousResult`.
    pub fn create_process(&self, process: impl Into<CreateProcess>) -> Call<Process> {
        Call::new(self, Method::Post)
            .word("processes")
            .body(checked(process.into()))
    }

    /// Gives a process its BPMN 2.0 model, replacing the one it has.
    /// `PUT /tenant/{tenantId}/processes/{processId}/bpmn`.
    ///
    /// The text is checked first: what is no BPMN 2.0 fails with `InvalidBpmn`, and nothing is sent.
    pub fn upload_bpmn(&self, process_id: impl Into<String>, bpmn_xml: impl Into<String>) -> Call<Untyped> {
        self.put_bpmn(process_id.into(), bpmn::checked(bpmn_xml.into()))
    }

    /// Gives a process the BPMN 2.0 model of a file, in the encoding that the file declares.
    /// `PUT /tenant/{tenantId}/processes/{processId}/bpmn`.
    ///
    /// `Source` where the file can't be read, `InvalidBpmn` where it is no BPMN 2.0; then nothing is sent.
    pub fn upload_bpmn_file(
        &self,
        process_id: impl Into<String>,
        file_path: impl AsRef<Path>,
    ) -> Call<Untyped> {
        self.put_bpmn(process_id.into(), bpmn::read(file_path.as_ref()))
    }

    fn put_bpmn(&self, process_id: String, bpmn_xml: Result<String>) -> Call<Untyped> {
        let body = bpmn_xml.map(|bpmn_xml| BpmnBody { bpmn_xml });
        Call::new(self, Method::Put)
            .word("processes")
            .id("process_id", process_id)
            .word("bpmn")
            .body(body)
    }
}

fn checked(process: CreateProcess) -> Result<CreateProcess> {
    let CreateProcess {
        display_name,
        tree_parent_id,
        tree_node_type: node_type,
    } = process;
    let tree_node_type = Some(tree_node_type(node_type, "Process")?);
    Ok(CreateProcess {
        display_name: name(display_name)?,
        tree_parent_id,
        tree_node_type,
    })
}
