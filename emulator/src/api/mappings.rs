use std::sync::Arc;

use axum::{Json, Router, extract::State, routing::get};
use serde::Deserialize;

use super::{
    Answer, datatables,
    extract::{Body, Path},
    processes,
};
use crate::{
    app::App,
    model::{Color, Mapping, MappingRecord, new_id},
    problem::Problem,
};

pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/tenant/{tenant_id}/processes/{process_id}/mappings", get(get_mappings).post(create_mapping))
}

async fn get_mappings(
    State(app): State<Arc<App>>,
    Path((tenant_id, process_id)): Path<(String, String)>,
) -> Answer<Vec<Mapping>> {
    app.store.read(&tenant_id, |space| {
        processes::find(space, &process_id)?;
        let own = space.mappings.iter().filter(|record| record.process_id == process_id);
        Ok(Json(own.map(|record| record.mapping.clone()).collect()))
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewMapping {
    data_table_id: String,
    #[serde(default)]
    display_name: Option<String>,
    #[serde(default = "first_color")]
    color: Color,
    #[serde(default = "shown")]
    show_by_default: bool,
}

fn first_color() -> Color {
    Color { id: "data-1".to_owned() }
}

fn shown() -> bool {
    true
}

async fn create_mapping(
    State(app): State<Arc<App>>,
    Path((tenant_id, process_id)): Path<(String, String)>,
    Body(new): Body<NewMapping>,
) -> Answer<Mapping> {
    app.store.change(&tenant_id, |space| {
        let process = processes::find(space, &process_id)?;
        check_color(&new.color)?;
        datatables::find(space, &new.data_table_id)?;
        if process.bpmn.is_none() {
            return Err(Problem::conflict(format!(
                "Process {process_id} has no BPMN model: upload one before mapping data to it"
            )));
        }
        let mapping = Mapping {
            id: new_id(),
            data_table_id: new.data_table_id,
            display_name: new.display_name,
            color: new.color,
            show_by_default: new.show_by_default,
        };
        space.mappings.push(MappingRecord { process_id, mapping: mapping.clone() });
        Ok(Json(mapping))
    })
}

fn check_color(color: &Color) -> Result<(), Problem> {
    let number = color.id.strip_prefix("data-").and_then(|number| number.parse::<u8>().ok());
    match number {
        Some(1..=8) => Ok(()),
        _ => Err(Problem::bad_field("color", "id must be data-1 to data-8")),
    }
}
