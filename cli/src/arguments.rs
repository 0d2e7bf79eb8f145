//! What commands take that core does not define: each argument once.

use std::path::PathBuf;

use clap::Args;

macro_rules! arguments {
    ($($name:ident { $($(#[$meta:meta])* $field:ident: $type:ty,)* })*) => {
        $(#[derive(Debug, Args)]
        #[group(skip)]
        pub struct $name {
            $($(#[$meta])* pub $field: $type,)*
        })*
    };
}

arguments! {
    ProcessId {
        /// The process's id; `get_processes` lists them.
        process_id: String,
    }
    MappingId {
        /// The mapping's id; `get_process_mappings` lists them.
        mapping_id: String,
    }
    DatasetId {
        /// The dataset's id; `get_datasets` lists them.
        dataset_id: String,
    }
    DatatableId {
        /// The datatable's id; `get_datatables` lists them.
        datatable_id: String,
    }
    UserId {
        /// The user's id.
        user_id: String,
    }
    TargetTenantId {
        /// The id of the tenant to act on; `get_organization_tenants` lists them.
        target_tenant_id: String,
    }
    DisplayName {
        /// The name people will see.
        display_name: String,
    }
    BpmnXml {
        /// The model, as BPMN 2.0 XML; `-` reads it from stdin.
        bpmn_xml: String,
    }
    FilePath {
        /// The path of a BPMN 2.0 file.
        file_path: PathBuf,
    }
    ProcessChange {
        /// The name people will see.
        display_name: Option<String>,
        /// The id of the folder to move it to.
        #[arg(conflicts_with = "root")]
        tree_parent_id: Option<String>,
        /// Moves it to the root.
        #[arg(long)]
        root: bool,
    }
    DescribedFile {
        /// A file, which provides its name, size and date.
        file: Option<PathBuf>,
    }
    UploadTarget {
        /// The files, or `-` for stdin with a `file_name`.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// The datatable's id.
        datatable_id: Option<String>,
        /// How many of many files are sent at the same time (4).
        concurrency: Option<i64>,
    }
    CheckedFile {
        /// The event log, or `-` for stdin.
        file: PathBuf,
    }
    PublishedFile {
        /// The data: a file, or `-` for stdin with a `file_name`.
        #[arg(index = 1)]
        file: Option<PathBuf>,
    }
    Request {
        /// GET, POST, PUT, PATCH or DELETE.
        method: String,
        /// The path below the base URL, such as /tenant/my-tenant/processes; ids in it have to be percent-encoded.
        path: String,
        /// What follows the path's `?`, as NAME=VALUE, without encoding; may be given more than once.
        #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
        query: Vec<(String, String)>,
        /// What is sent: JSON, @FILE, or `-` for stdin.
        body: Option<String>,
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("it is to be NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}
