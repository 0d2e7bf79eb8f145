//! What to do about an answer that is not a success.

/// The advice for a status, from the status, the path and the answer alone.
pub(crate) fn for_status(status: u16, path: &str, body: &str) -> Option<String> {
    let text = match status {
        _ if looks_like_html(body) => HTML,
        401 | 403 => {
            "Check that PROCESSMIND_API_KEY holds a valid key and that it belongs to this tenant. \
             Keys are made in ProcessMind under Settings > API keys."
        }
        404 => "Check the path, the ids in it, the tenant's id and the base URL.",
        409 if path.ends_with("/mappings") => {
            "A mapping needs a process with a BPMN model: upload one first (`upload_bpmn` or `upload_bpmn_file`)."
        }
        _ if is_redirect(status) => {
            "The base URL redirects, and the API key is never sent on: set the base URL to the API itself."
        }
        304 => "A cache responded in ProcessMind's place: check the base URL and the proxies on the way.",
        429 => "Send fewer requests at once, or wait and try again.",
        500..=599 => "This is ProcessMind's side: try again later, and give the request id to its support.",
        _ => return None,
    };
    Some(text.to_owned())
}

/// Whether a status sends the client elsewhere.
pub(crate) fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// The advice for a page where an API's answer should be.
pub(crate) const HTML: &str = "That is a web page, not the API: check PROCESSMIND_BASE_URL, and whether a proxy or a \
                               login page stands in between.";

/// Whether a body is a web page.
pub(crate) fn looks_like_html(body: &str) -> bool {
    let start = body.trim_start();
    start.get(..5).is_some_and(|tag| tag.eq_ignore_ascii_case("<html"))
        || start.get(..9).is_some_and(|tag| tag.eq_ignore_ascii_case("<!doctype"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_conflict_tells_to_upload_the_model() {
        let hint = for_status(409, "/tenant/t/processes/p/mappings", "").unwrap();
        assert!(hint.contains("upload_bpmn"), "{hint}");
    }

    #[test]
    fn status_without_a_location_is_not_a_redirect() {
        for status in [301, 302, 303, 307, 308] {
            assert!(for_status(status, "/tenant/t", "").unwrap().contains("redirects"), "{status}");
        }
        assert!(for_status(304, "/tenant/t", "").unwrap().contains("cache"));
        assert_eq!(for_status(300, "/tenant/t", ""), None);
    }

    #[test]
    fn pages_are_told_from_json() {
        assert!(looks_like_html("\n<!DOCTYPE html><html>"));
        assert!(looks_like_html("<HTML><body>"));
        assert!(!looks_like_html("{\"message\": \"<html>\"}"));
        assert!(!looks_like_html("é"));
    }
}
