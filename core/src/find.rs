//! Finding by name: what a name stands for, or an id in its place.

use crate::error::{Error, ErrorKind, Result};
use crate::model::{DatasetSummary, DatatableSummary, Process};
use crate::near_names::{self, Named};

/// How many ids an error lists.
const MOST_IDS: usize = 10;

/// What has an id and a name that people see.
pub(crate) trait Node {
    /// What people call one of these.
    const WHAT: &'static str;
    /// The call that lists them.
    const LIST: &'static str;

    fn id(&self) -> &str;
    fn name(&self) -> Option<&str>;
}

macro_rules! nodes {
    ($($model:ident: $what:literal, $list:literal;)*) => {
        $(impl Node for $model {
            const WHAT: &'static str = $what;
            const LIST: &'static str = $list;

            fn id(&self) -> &str {
                &self.id
            }

            fn name(&self) -> Option<&str> {
                self.display_name.as_deref()
            }
        })*
    };
}

nodes! {
    Process: "process", "get_processes";
    DatasetSummary: "dataset", "get_datasets";
    DatatableSummary: "datatable", "get_datatables";
}

/// The node that has this id, or else the only one of this name among those that are `wanted`.
pub(crate) fn find<'a, N: Node>(
    nodes: &'a [N],
    key: &str,
    wanted: impl Fn(&N) -> bool,
) -> Result<Option<&'a N>> {
    if let Some(node) = nodes.iter().find(|node| node.id() == key) {
        return Ok(Some(node));
    }
    let named: Vec<_> = nodes.iter().filter(|node| node.name() == Some(key) && wanted(node)).collect();
    match *named.as_slice() {
        [] => Ok(None),
        [node] => Ok(Some(node)),
        _ => Err(ambiguous(key, &named)),
    }
}

/// As [`find`], where there has to be one.
pub(crate) fn find_one<'a, N: Node>(nodes: &'a [N], key: &str, wanted: impl Fn(&N) -> bool) -> Result<&'a N> {
    find(nodes, key, wanted)?.ok_or_else(|| unknown(nodes, key))
}

fn ambiguous<N: Node>(name: &str, nodes: &[&N]) -> Error {
    let mut ids: Vec<_> = nodes.iter().take(MOST_IDS).map(|node| format!("'{}'", node.id())).collect();
    if nodes.len() > MOST_IDS {
        ids.push("…".to_owned());
    }
    let (count, what, ids) = (nodes.len(), N::WHAT, ids.join(", "));
    let message = format!("There is more than one {what} '{name}': {count} have this name ({ids}).");
    Error::invalid_argument(
        message,
        "Pass the id of the right one in place of its name; nothing was changed.",
    )
}

fn unknown<N: Node>(nodes: &[N], key: &str) -> Error {
    let named = nodes.iter().map(|node| Named::new(node.id(), node.name()));
    let nearest = near_names::nearest(&named.collect::<Vec<_>>(), key);
    let hint = match nearest.as_slice() {
        [] => format!("`{}` lists what there is; nothing was changed.", N::LIST),
        _ => format!("Nearest: {}. Nothing was changed.", nearest.join(", ")),
    };
    Error::new(ErrorKind::NotFound, format!("There is no {} '{key}'.", N::WHAT)).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn datatable(id: &str, name: &str) -> DatatableSummary {
        DatatableSummary { id: id.into(), display_name: Some(name.into()), ..Default::default() }
    }

    #[test]
    fn an_id_goes_before_a_name() {
        let nodes = [datatable("a", "b"), datatable("b", "c")];
        assert_eq!(find_one(&nodes, "b", |_| true).unwrap().id, "b");
        assert_eq!(find_one(&nodes, "c", |_| true).unwrap().id, "b");
    }

    #[test]
    fn a_name_of_many_lists_their_ids_and_one_of_none_what_is_near() {
        let nodes = [datatable("t-1", "Orders"), datatable("t-2", "Orders"), datatable("t-3", "Invoices")];
        let error = find(&nodes, "Orders", |_| true).unwrap_err();
        assert!(error.message().contains("'t-1', 't-2'"), "{error}");
        assert_eq!(find(&nodes, "Orders", |node| node.id == "t-2").unwrap().unwrap().id, "t-2");
        let error = find_one(&nodes, "Invoice", |_| true).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(error.to_string().contains("'Invoices' (id 't-3')"), "{error}");
    }
}
