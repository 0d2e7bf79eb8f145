//! The OpenAPI document: what the handlers do not say of themselves.

use std::sync::Arc;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Components, Content, HeaderBuilder, InfoBuilder, ObjectBuilder, OpenApi, OpenApiBuilder, Paths, Ref,
        RefOr, Response, ResponseBuilder, Type,
        path::{Operation, PathItem},
        security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;

use super::API_KEY;
use crate::{app::App, problem::Message};

/// The name that the document gives to the key.
const SECURITY: &str = "apiKey";

/// What any operation may answer: status, name of the response, description.
const ALWAYS: [(&str, &str, &str); 5] = [
    ("400", "BadRequest", "A field does not fit; the message names it."),
    ("403", "Forbidden", "The key is missing or wrong."),
    ("404", "NotFound", "An id is unknown; the message names it."),
    ("429", TOO_MANY, "Only if the fault plan says so."),
    ("500", "ServerError", "The state cannot be written."),
];
/// What it may answer besides if it takes a body.
const WITH_BODY: [(&str, &str, &str); 2] = [
    ("413", "PayloadTooLarge", "The body has more than 10 MiB."),
    ("415", "UnsupportedMediaType", "The body is not application/json."),
];
const TOO_MANY: &str = "TooManyRequests";

/// A router with nothing in it but the head of the document.
pub(super) fn begin() -> OpenApiRouter<Arc<App>> {
    let info = InfoBuilder::new()
        .title("ProcessMind")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "The ProcessMind API as the emulator serves it. Where the API's own reference says nothing, \
             the answers are the emulator's choice.",
        ))
        .build();
    let document = OpenApiBuilder::new().info(info).paths(Paths::new());
    OpenApiRouter::with_openapi(document.build())
}

/// Names the page of the reference that the operations of a router are on.
pub(super) fn tagged(page: &str, mut router: OpenApiRouter<Arc<App>>) -> OpenApiRouter<Arc<App>> {
    for operation in operations(router.get_openapi_mut()) {
        operation.tags = Some(vec![page.to_owned()]);
    }
    router
}

/// Adds what holds for all operations.
pub(super) fn complete(mut document: OpenApi) -> OpenApi {
    for operation in operations(&mut document) {
        operation.operation_id = operation.operation_id.take().map(|name| camel_case(&name));
        describe_answers(operation);
    }
    let components = document.components.get_or_insert_with(Components::new);
    components.schemas.insert(Message::name().into_owned(), Message::schema());
    for (_, name, description) in ALWAYS.into_iter().chain(WITH_BODY) {
        let mut response = error(description);
        if name == TOO_MANY {
            let seconds = ObjectBuilder::new().schema_type(Type::String);
            let header = HeaderBuilder::new().schema(Some(seconds));
            response.headers.insert("Retry-After".to_owned(), RefOr::T(header.build()));
        }
        components.responses.insert(name.to_owned(), RefOr::T(response));
    }
    let key = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new(API_KEY)));
    components.security_schemes.insert(SECURITY.to_owned(), key.into());
    document.security = Some(vec![SecurityRequirement::new(SECURITY, [""; 0])]);
    document
}

fn operations(document: &mut OpenApi) -> impl Iterator<Item = &mut Operation> {
    document.paths.paths.values_mut().flat_map(of_path)
}

fn of_path(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, .. } = item;
    [get, put, post, delete].into_iter().flatten()
}

fn describe_answers(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    for (status, response) in responses.iter_mut() {
        let RefOr::T(response) = response else { continue };
        if status.starts_with('4') {
            *response = error(&response.description);
        } else if response.description.is_empty() {
            "Done.".clone_into(&mut response.description);
        }
    }
    let with_body = WITH_BODY.iter().filter(|_| operation.request_body.is_some());
    for (status, name, _) in ALWAYS.iter().chain(with_body) {
        responses.insert((*status).to_owned(), Ref::from_response_name(*name).into());
    }
}

fn error(description: &str) -> Response {
    let message = Ref::from_schema_name(Message::name());
    ResponseBuilder::new()
        .description(description)
        .content("application/json", Content::new(Some(message)))
        .build()
}

/// Handlers have the names of the vendor's helpers, in Rust's manner.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, word| {
        let (initial, rest) = word.split_at_checked(1).unwrap_or_default();
        text + &initial.to_uppercase() + rest
    })
}
