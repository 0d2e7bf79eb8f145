//! What an unknown id may have meant: the nearest names, at the price of one list call after an error.

use serde::Deserialize;

use crate::call::{Call, Method, Wanted};
use crate::client::Client;
use crate::model::FromAnswer;

/// The argument that holds an id, the list that has it, and what it is called.
const LISTS: [(&str, &str, &str); 3] = [
    ("datatable_id", "datatables", "datatable"),
    ("dataset_id", "datasets", "dataset"),
    ("process_id", "processes", "process"),
];

/// How alike two names have to be, from 0 to 1, for one to be a slip of the other.
const ALIKE: f64 = 0.75;
const MOST: usize = 3;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Named {
    id: String,
    display_name: Option<String>,
}

impl FromAnswer for Named {}

/// The advice for an id that the server does not know; none where the list does not help.
pub(crate) async fn hint(client: &Client, wanted: &Wanted) -> Option<String> {
    let Wanted { tenant_id, argument, id } = wanted;
    let (_, list, what) = LISTS.into_iter().find(|(known, ..)| known == argument)?;
    let call = Call::<Vec<Named>>::new(client, Method::Get).word(list).once();
    let known = call.tenant_id(tenant_id.clone()).await.ok()?;
    (!known.iter().any(|node| node.id == *id)).then(|| advice(&known, what, list, tenant_id, id))
}

fn advice(known: &[Named], what: &str, list: &str, tenant_id: &str, id: &str) -> String {
    if let Some(named) = known.iter().find(|node| node.display_name.as_deref() == Some(id)) {
        return format!("'{id}' is the name of the {what} with the id '{}': pass the id.", named.id);
    }
    let names = nearest(known, id);
    if names.is_empty() {
        return format!("The tenant '{tenant_id}' has no {what} '{id}': `get_{list}` lists what it has.");
    }
    format!("The tenant '{tenant_id}' has no {what} '{id}'; nearest: {}.", names.join(", "))
}

fn nearest(known: &[Named], id: &str) -> Vec<String> {
    let wanted = id.to_lowercase();
    let likeness = |text: &str| strsim::jaro_winkler(&wanted, &text.to_lowercase());
    let mut rated: Vec<_> = known
        .iter()
        .map(|node| {
            (node, likeness(node.display_name.as_deref().unwrap_or_default()).max(likeness(&node.id)))
        })
        .filter(|(_, likeness)| *likeness >= ALIKE)
        .collect();
    rated.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let shown =
        |node: &Named| format!("'{}' (id '{}')", node.display_name.as_deref().unwrap_or_default(), node.id);
    rated.into_iter().take(MOST).map(|(node, _)| shown(node)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<Named> {
        let named = |id: &str, name: &str| Named { id: id.to_owned(), display_name: Some(name.to_owned()) };
        vec![named("t-1", "Invoices"), named("t-2", "Orders 2024"), named("t-3", "Orders 2025")]
    }

    #[test]
    fn a_name_in_place_of_an_id_is_told() {
        let advice = advice(&known(), "datatable", "datatables", "acme", "Orders 2024");
        assert_eq!(advice, "'Orders 2024' is the name of the datatable with the id 't-2': pass the id.");
    }

    #[test]
    fn the_nearest_names_come_first() {
        let advice = advice(&known(), "datatable", "datatables", "acme", "orders2025");
        let wanted = "nearest: 'Orders 2025' (id 't-3'), 'Orders 2024' (id 't-2').";
        assert!(advice.ends_with(wanted), "{advice}");
    }

    #[test]
    fn without_anything_alike_the_list_call_is_named() {
        assert!(advice(&known(), "process", "processes", "acme", "zzz").contains("`get_processes`"));
    }
}
