//! How a request is answered. Each on its own: a client that does not read keeps nobody else waiting.

use super::documents::{self, Found};
use super::site::{File, Site};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH,
    LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use std::fs::Metadata;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::UNIX_EPOCH;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeFile;

/// What is served.
pub struct Served {
    pub site: RwLock<Site>,
    pub folders: Vec<PathBuf>,
}

/// Everything that answers.
pub fn router(served: Arc<Served>) -> Router {
    Router::new()
        .fallback(answer)
        .layer(CompressionLayer::new())
        .with_state(served)
}

async fn answer(State(served): State<Arc<Served>>, request: Request) -> Response {
    let host = request.headers().get(HOST);
    if !host.is_some_and(is_local) {
        // A page elsewhere may have a name of its own lead here; what it asks for then is not its own.
        return told(
            StatusCode::FORBIDDEN,
            "This server answers to localhost alone.\n",
        );
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let refusal = told(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
        return ([(ALLOW, "GET, HEAD")], refusal).into_response();
    }
    let address = request.uri().path().to_owned();
    let own = served
        .site
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .file(&address);
    if let Some(file) = own {
        return in_memory(&file, request.headers());
    }
    let asked = Arc::clone(&served);
    let found =
        tokio::task::spawn_blocking(move || documents::find(&address, &asked.folders)).await;
    match found.ok().flatten() {
        Some(Found::File(path)) => on_disk(path, request).await,
        Some(Found::Folder(there)) => match HeaderValue::try_from(there) {
            Ok(there) => (StatusCode::FOUND, [(LOCATION, there)]).into_response(),
            Err(_) => not_found(),
        },
        None => not_found(),
    }
}

/// Whether a request was meant for this machine.
fn is_local(host: &HeaderValue) -> bool {
    let Ok(host) = host.to_str() else {
        return false;
    };
    let port = |rest: &str| rest.is_empty() || rest.starts_with(':');
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|name| host.strip_prefix(name).is_some_and(port))
}

fn not_found() -> Response {
    told(StatusCode::NOT_FOUND, "There is no such file.\n")
}

fn told(code: StatusCode, text: &'static str) -> Response {
    (code, text).into_response()
}

/// A file of the build: all of it, a range of it, or only that it is the same as before.
fn in_memory(file: &File, asked: &HeaderMap) -> Response {
    let tag = format!("W/\"{}\"", file.tag);
    let size = file.bytes.len();
    let mut response = if is_known(asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let range = asked.get(RANGE).and_then(|range| range.to_str().ok());
        let range = range.and_then(|range| http_range_header::parse_range_header(range).ok());
        match range.map(|range| range.validate(size as u64)) {
            Some(Ok(ref ranges)) if let [range] = &ranges[..] => {
                let (from, to) = (*range.start() as usize, *range.end() as usize);
                let part = file.bytes.slice(from..=to);
                let range = format!("bytes {from}-{to}/{size}");
                (StatusCode::PARTIAL_CONTENT, [(CONTENT_RANGE, range)], part).into_response()
            }
            Some(Err(_)) => {
                let range = format!("bytes */{size}");
                (StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, range)]).into_response()
            }
            // Several ranges at once may be answered by the whole.
            _ => file.bytes.clone().into_response(),
        }
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.kind));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    finish(&mut response, &tag);
    response
}

/// A document.
async fn on_disk(path: PathBuf, request: Request) -> Response {
    let Ok(metadata) = tokio::fs::metadata(&path).await else {
        return not_found();
    };
    let tag = tag(&metadata);
    if is_known(request.headers(), &tag) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        finish(&mut response, &tag);
        return response;
    }
    let mut kind = mime_guess::from_path(&path)
        .first_or_octet_stream()
        .to_string();
    if kind.starts_with("text/") {
        kind += "; charset=utf-8";
    }
    let Ok(answer) = ServeFile::new(path).try_call(request).await else {
        return not_found();
    };
    let mut response = answer.map(Body::new);
    if let Ok(kind) = HeaderValue::try_from(kind) {
        response.headers_mut().insert(CONTENT_TYPE, kind);
    }
    finish(&mut response, &tag);
    response
}

/// What tells a document from its other versions. Weak, because it says nothing of how it is compressed.
fn tag(metadata: &Metadata) -> String {
    let changed = metadata.modified().ok();
    let changed = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let changed = changed.map_or(0, |time| time.as_nanos());
    format!("W/\"{:x}-{changed:x}\"", metadata.len())
}

fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let plain = tag.trim_start_matches("W/");
    known.is_some_and(|known| {
        let mut tags = known.split(',').map(str::trim);
        tags.any(|known| known == "*" || known.trim_start_matches("W/") == plain)
    })
}

fn finish(response: &mut Response, tag: &str) {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}
