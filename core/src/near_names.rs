//! What an unknown id may have meant: the nearest names, at the price of one list call after an error.

use serde::Deserialize;

use crate::call::{Call, Wanted};
use crate::client::Client;
#[cfg(feature = "eventlog")]
use crate::error::quotable;
use crate::method::Method;
use crate::model::FromAnswer;

/// A thing that an argument names by its id.
struct Noun {
    argument: &'static str,
    what: &'static str,
    /// The call that lists what there is.
    list: &'static str,
    /// The list's path below the tenant, where near names can be read from it.
    path: Option<&'static str>,
}

const NOUNS: [Noun; 8] = [
    Noun { argument: "datatable_id", what: "datatable", list: "get_datatables", path: Some("datatables") },
    Noun { argument: "data_table_id", what: "datatable", list: "get_datatables", path: Some("datatables") },
    Noun { argument: "dataset_id", what: "dataset", list: "get_datasets", path: Some("datasets") },
    Noun { argument: "process_id", what: "process", list: "get_processes", path: Some("processes") },
    Noun { argument: "mapping_id", what: "mapping", list: "get_process_mappings", path: None },
    Noun { argument: "tenant_user_id", what: "user", list: "get_tenant_users", path: None },
    Noun { argument: "organization_user_id", what: "user", list: "get_organization_users", path: None },
    Noun { argument: "target_tenant_id", what: "tenant", list: "get_organization_tenants", path: None },
];

/// How alike two names have to be, from 0 to 1, for one to be a slip of the other.
const ALIKE: f64 = 0.75;
/// How many letters of an id may be wrong.
const SLIPS: usize = 2;
const MOST: usize = 3;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Named {
    id: String,
    display_name: Option<String>,
}

impl Named {
    pub fn new(id: &str, name: Option<&str>) -> Self {
        Self { id: id.to_owned(), display_name: name.map(ToOwned::to_owned) }
    }
}

impl FromAnswer for Named {}

/// The advice for the id that the server does not know: the one it names, or the only one there is.
pub(crate) async fn hint(client: &Client, tenant_id: &str, wanted: &[Wanted], said: &str) -> Option<String> {
    let (_, words) = said.split_once(" was answered ").unwrap_or(("", said));
    let named = wanted.iter().find(|wanted| words.contains(&wanted.id));
    let Wanted { argument, id } = match (named, wanted) {
        (Some(wanted), _) | (None, [wanted]) => wanted,
        _ => return None,
    };
    let noun = NOUNS.iter().find(|noun| noun.argument == *argument)?;
    let unlisted =
        || format!("Check the {}'s id and the tenant's: `{}` lists what there is.", noun.what, noun.list);
    let Some(path) = noun.path else { return Some(unlisted()) };
    let call = Call::<Vec<Named>>::new(client, Method::Get).word(path).once();
    match call.tenant_id(tenant_id.to_owned()).await {
        Ok(known) if !known.iter().any(|node| node.id == *id) => Some(advice(&known, noun, tenant_id, id)),
        _ => Some(unlisted()),
    }
}

fn advice(known: &[Named], noun: &Noun, tenant_id: &str, id: &str) -> String {
    let Noun { what, list, .. } = noun;
    if let Some(named) = known.iter().find(|node| node.display_name.as_deref() == Some(id)) {
        return format!("'{id}' is the name of the {what} with the id '{}': pass the id.", named.id);
    }
    let names = nearest(known, id);
    if names.is_empty() {
        return format!("The tenant '{tenant_id}' has no {what} '{id}': `{list}` lists what it has.");
    }
    format!("The tenant '{tenant_id}' has no {what} '{id}'; nearest: {}.", names.join(", "))
}

/// The names that are nearest to what was asked for, with their ids, as an error shows them.
pub(crate) fn nearest(known: &[Named], id: &str) -> Vec<String> {
    let mut rated: Vec<_> = known.iter().filter_map(|node| Some((likeness(node, id)?, node))).collect();
    rated.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let shown =
        |node: &Named| format!("'{}' (id '{}')", node.display_name.as_deref().unwrap_or_default(), node.id);
    rated.into_iter().take(MOST).map(|(_, node)| shown(node)).collect()
}

/// The texts that are nearest to what was asked for, as an error shows them.
#[cfg(feature = "eventlog")]
pub(crate) fn nearest_texts(known: &[String], wanted: &str) -> Vec<String> {
    let mut rated: Vec<_> =
        known.iter().filter_map(|text| Some((likeness_of_texts(text, wanted)?, text))).collect();
    rated.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    rated.into_iter().take(MOST).map(|(_, text)| format!("'{}'", quotable(text))).collect()
}

/// How near a node is to what was asked for; ids are random, so they are near by single letters only.
fn likeness(node: &Named, id: &str) -> Option<f64> {
    if strsim::levenshtein(&node.id, id) <= SLIPS {
        return Some(1.0);
    }
    likeness_of_texts(node.display_name.as_deref()?, id)
}

/// How alike two texts are in any case of letters, if one can be a slip of the other.
fn likeness_of_texts(one: &str, other: &str) -> Option<f64> {
    let likeness = strsim::jaro_winkler(&one.to_lowercase(), &other.to_lowercase());
    Some(likeness).filter(|likeness| *likeness >= ALIKE)
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
        let advice = advice(&known(), &NOUNS[0], "acme", "Orders 2024");
        assert_eq!(advice, "'Orders 2024' is the name of the datatable with the id 't-2': pass the id.");
    }

    #[test]
    fn the_nearest_names_come_first() {
        let advice = advice(&known(), &NOUNS[0], "acme", "orders2025");
        let wanted = "nearest: 'Orders 2025' (id 't-3'), 'Orders 2024' (id 't-2').";
        assert!(advice.ends_with(wanted), "{advice}");
    }

    #[test]
    fn ids_are_near_by_letters_and_not_by_chance() {
        let uuid = |id: &str| Named { id: id.to_owned(), display_name: None };
        let known = [uuid("a7b8c9d0-e1f2-3456-abc7-890123456789")];
        assert_eq!(nearest(&known, "a7b8c9d0-e1f2-3456-abc7-890123456788").len(), 1);
        assert!(nearest(&known, "a7b8d1f0-e2f1-4356-bac7-809132547698").is_empty());
    }

    #[test]
    fn without_anything_alike_the_list_call_is_named() {
        assert!(advice(&known(), &NOUNS[3], "acme", "zzz").contains("`get_processes`"));
    }
}
