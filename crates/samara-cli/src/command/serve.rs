//! `samara serve`: build, serve on loopback, build again when a document changes, reload the page.

use super::build::{Built, compile};
use crate::bundle::contents::{Contents, ENTRY};
use crate::bundle::{page, site, split};
use crate::config::Config;
use crate::failure::{Misuse, Outcome};
use crate::output::{self, Talk};
use crate::{corpus, numbers};
use anyhow::{Context, Result, anyhow};
use clap::Args;
use flate2::Compression;
use flate2::write::GzEncoder;
use notify::{RecursiveMode, Watcher};
use percent_encoding::percent_decode_str;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::{ErrorKind, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use std::{fs, thread};
use tiny_http::{Header, Method, Request, Response, Server};

/// How long the documents have to be left alone before they are read again: an editor or a generator
/// writes many files in a row.
const SETTLED: Duration = Duration::from_millis(300);
/// The folder of the served site that belongs to this command.
const OWN: &str = "/-samara/";
/// The site's root, as seen from there.
const ROOT: &str = "../";
const BYTES: &str = "application/octet-stream";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
/// The port where none is named.
const PORT: u16 = 8732;

/// Builds, serves on loopback, builds again when a document changes, and reloads the page.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  samara serve public/\n  samara serve public/ --port 4000\n\n\
    The page that it opens on searches the documents, and hits lead to them. Where samara.toml names an output in \
    the site,\nthe site's own pages find the latest search there, too; no file is written."
)]
pub struct Serve {
    /// Folders or files of documents.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Port to listen on; 0 takes any that is free [default: 8732].
    #[arg(long, env = "SAMARA_PORT", value_parser = numbers::port)]
    port: Option<u16>,
    /// Options in a file [default: samara.toml, if there is one].
    #[arg(long, value_name = "FILE", env = "SAMARA_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reading: corpus::Threads,
    #[command(flatten)]
    talk: Talk,
}

/// What is served beside the documents themselves.
struct Site {
    /// By path: the answer and its MIME type.
    files: HashMap<String, (Vec<u8>, &'static str)>,
    /// Counts the builds, so that a page knows when to reload.
    version: u32,
}

impl Serve {
    /// Serves until the process is stopped.
    pub fn run(self) -> Result<Outcome> {
        let mut config = Config::find(self.config.as_deref())?;
        if !self.paths.is_empty() {
            config.paths = self.paths;
        }
        if config.paths.is_empty() {
            return Err(Misuse("name the folder of documents: samara serve PATH".into()).into());
        }
        // Hits lead to the documents that are served here, and not to a site elsewhere.
        config.leave_base();
        config.threads = self.reading.threads.or(config.threads);
        let talk = self.talk;
        let port = self.port.or(config.port).unwrap_or(PORT);
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
                ErrorKind::AddrInUse => Misuse(format!(
                    "port {port} is taken; choose another one with --port"
                ))
                .into(),
                _ => anyhow!("cannot listen on port {port}: {error}"),
            })?;
        // Watching begins before the first build, so that no change falls between the two.
        let (watcher, changes) = watch(&config.paths)?;
        let place = Place::of(&config);
        let site = Site::new(&compile(&config, talk)?, place.as_ref(), 1);
        let site = Arc::new(RwLock::new(site));
        let address = listener.local_addr()?;
        let server = Server::from_listener(listener, None)
            .map_err(|error| anyhow!("cannot serve: {error}"))?;
        // Said even when quiet, because the port may be anyone.
        eprintln!("Serving at http://{address}/ (stop with Ctrl-C)");

        let paths = config.paths.clone();
        let rebuilt = Arc::clone(&site);
        thread::spawn(move || {
            let _watcher = watcher;
            rebuild(&config, talk, place.as_ref(), &changes, &rebuilt);
        });
        for request in server.incoming_requests() {
            // A browser that went away in the middle of an answer is no fault of the server.
            let _ = answer(request, &site, &paths);
        }
        Ok(Outcome::Done)
    }
}

/// Where the site's own pages look for the bundle.
struct Place {
    /// Its folder: `/assets/samara/`.
    folder: String,
    /// How the root is reached from there: `../../`.
    up: String,
}

impl Place {
    /// The place that the configuration names, where it lies inside of the site.
    fn of(config: &Config) -> Option<Self> {
        let site = site::Site::around(&config.paths, config.output.as_deref()?)?;
        Some(Self {
            folder: format!("/{}", site.bundle),
            up: site.way_up(),
        })
    }
}

impl Site {
    fn new(built: &Built, place: Option<&Place>, version: u32) -> Self {
        let script = format!("{OWN}{ENTRY}");
        let reload = format!("{OWN}reload.js");
        let page = page::write_linking("Search", &[&script, &reload]);
        let text = |text: &str, kind| (text.as_bytes().to_vec(), kind);
        let mut files = HashMap::from([
            ("/".to_owned(), text(&page, "text/html; charset=utf-8")),
            (
                reload,
                text(include_str!("../bundle/reload.js"), JAVASCRIPT),
            ),
            (
                format!("{OWN}version"),
                text(&version.to_string(), "text/plain; charset=utf-8"),
            ),
        ]);
        let place = place.map(|place| (place.folder.as_str(), place.up.as_str()));
        for (folder, up) in [(OWN, ROOT)].into_iter().chain(place) {
            let contents = Contents::new(&built.payload, Some(up));
            for (name, bytes) in contents.hashed().into_iter().chain(contents.stable()) {
                let kind = match Path::new(name).extension().and_then(OsStr::to_str) {
                    Some("wasm") => "application/wasm",
                    Some("json") => "application/json",
                    Some("root") => BYTES,
                    _ => JAVASCRIPT,
                };
                files.insert(format!("{folder}{name}"), (bytes.to_vec(), kind));
            }
            let blocks = built
                .payload
                .blocks
                .iter()
                .flat_map(|packed| &packed.blocks);
            for (name, bytes) in blocks {
                let address = format!("{folder}{}/{name}", split::FOLDER);
                files.insert(address, (bytes.clone(), BYTES));
            }
        }
        Self { files, version }
    }
}

/// Starts to watch the documents. The watcher has to be kept for as long as changes are wanted.
fn watch(paths: &[PathBuf]) -> Result<(impl Watcher + use<>, Receiver<()>)> {
    let (sender, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading the documents is an event, too, and no change.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = sender.send(());
        }
    })
    .context("cannot watch for changes")?;
    for path in paths.iter().filter(|path| path.exists()) {
        watcher
            .watch(path, RecursiveMode::Recursive)
            .with_context(|| format!("cannot watch {}", path.display()))?;
    }
    Ok((watcher, changes))
}

/// Builds again after every change. A fault is reported, and the last good build stays.
fn rebuild(
    config: &Config,
    talk: Talk,
    place: Option<&Place>,
    changes: &Receiver<()>,
    site: &RwLock<Site>,
) {
    while changes.recv().is_ok() {
        while changes.recv_timeout(SETTLED).is_ok() {}
        match compile(config, talk) {
            Ok(built) => {
                let mut site = site.write().unwrap_or_else(PoisonError::into_inner);
                *site = Site::new(&built, place, site.version + 1);
                if !talk.quiet {
                    eprintln!(
                        "built again: {}",
                        output::counted(built.documents, "document")
                    );
                }
            }
            Err(error) => eprintln!("error: {error:#}; still serving what was built before"),
        }
    }
}

fn answer(request: Request, site: &RwLock<Site>, paths: &[PathBuf]) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(405));
    }
    let path = request
        .url()
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_owned();
    let own = site
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .files
        .get(&path)
        .cloned();
    let found = own
        .map(|(bytes, kind)| (bytes, kind.to_owned()))
        .or_else(|| document(&path, paths));
    let Some((bytes, kind)) = found else {
        if let Some(folder) = folder(&path, paths) {
            let there = Response::empty(302).with_header(header("Location", &folder));
            return request.respond(there);
        }
        return request
            .respond(Response::from_string("There is no such file.\n").with_status_code(404));
    };
    let gzip = request.headers().iter().any(|header| {
        header.field.equiv("Accept-Encoding")
            && header
                .value
                .as_str()
                .split(',')
                .any(|way| way.trim().starts_with("gzip"))
    });
    let mut headers = vec![
        header("Content-Type", &kind),
        header("Cache-Control", "no-cache"),
    ];
    let body = if gzip { compressed(&bytes)? } else { bytes };
    if gzip {
        headers.push(header("Content-Encoding", "gzip"));
    }
    let response = Response::from_data(body);
    request.respond(headers.into_iter().fold(response, Response::with_header))
}

/// A file beneath one of the folders of documents, never one outside of them.
fn document(path: &str, folders: &[PathBuf]) -> Option<(Vec<u8>, String)> {
    // Hosts that serve pages without their extension are what some sites are made for.
    let page = || beneath(&format!("{path}.html"), folders).filter(|_| !path.ends_with('/'));
    let mut file = beneath(path, folders).or_else(page)?;
    if file.is_dir() {
        // Without the slash, its links would lead elsewhere.
        if !path.ends_with('/') {
            return None;
        }
        file = file.join("index.html");
    }
    let kind = mime_guess::from_path(&file).first_or_octet_stream();
    let text = kind.type_() == mime_guess::mime::TEXT;
    let kind = if text {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_string()
    };
    Some((fs::read(&file).ok()?, kind))
}

/// The address of a folder of documents that was asked for without the slash at its end, relative to that.
fn folder(path: &str, folders: &[PathBuf]) -> Option<String> {
    let name = path.rsplit('/').next().filter(|name| !name.is_empty())?;
    beneath(path, folders)?
        .is_dir()
        .then(|| format!("./{name}/"))
}

/// What an address means in one of the folders. What links lead out of them is not theirs.
fn beneath(path: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let relative = Path::new(decoded.trim_start_matches('/'));
    if !relative
        .components()
        .all(|component| matches!(component, Component::Normal(_)))
    {
        return None;
    }
    folders.iter().find_map(|folder| {
        let found = folder.join(relative).canonicalize().ok()?;
        found
            .starts_with(folder.canonicalize().ok()?)
            .then_some(found)
    })
}

fn compressed(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes)?;
    gzip.finish()
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("header names and MIME types are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_beneath_the_folders_are_served() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("deep")).unwrap();
        fs::write(site.join("deep/index.html"), "below").unwrap();
        fs::write(site.join("a b.html"), "inside").unwrap();
        fs::write(folder.path().join("secret"), "outside").unwrap();
        let (bytes, kind) = document("/a%20b.html", std::slice::from_ref(&site)).unwrap();
        assert_eq!(
            (bytes, kind.as_str()),
            (b"inside".to_vec(), "text/html; charset=utf-8")
        );
        for path in [
            "/../secret",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/nothing",
            "//secret",
            "/deep",
        ] {
            assert!(
                document(path, std::slice::from_ref(&site)).is_none(),
                "{path}"
            );
        }
        assert!(document("/deep/", std::slice::from_ref(&site)).is_some());
        for (path, there) in [
            ("/deep", Some("./deep/")),
            ("/deep/", None),
            ("/../site", None),
        ] {
            let found = super::folder(path, std::slice::from_ref(&site));
            assert_eq!(found.as_deref(), there, "{path}");
        }
    }
}
