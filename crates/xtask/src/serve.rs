//! `cargo xtask serve`: build everything, then serve the site on loopback.

use crate::build::Build;
use anyhow::{Result, anyhow, bail};
use clap::Args;
use std::fs::File;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Component, Path, PathBuf};
use tiny_http::{Header, Method, Request, Response, Server};

/// The port where the search for a free one begins.
const FIRST_PORT: u16 = 8731;
/// How many ports are tried.
const PORTS: u16 = 20;

/// Builds everything with seeds/ as corpus and serves the demo page on loopback.
#[derive(Args)]
pub struct Serve {
    /// Port to listen on; without it the first free one from 8731 on.
    #[arg(long)]
    port: Option<u16>,
    /// Folder of documents to search, instead of seeds/.
    #[arg(long, value_name = "PATH")]
    corpus: Option<PathBuf>,
}

impl Serve {
    /// Serves until the process is stopped.
    pub fn run(self) -> Result<()> {
        let listener = listen(self.port)?;
        let address = listener.local_addr()?;
        let site = Build {
            corpus: self.corpus,
        }
        .run()?;
        let server = Server::from_listener(listener, None)
            .map_err(|error| anyhow!("cannot serve: {error}"))?;
        println!("Serving the demo page at http://{address}/ (stop with Ctrl-C)");
        for request in server.incoming_requests() {
            // A browser that went away in the middle of an answer is no fault of the server.
            let _ = answer(&site, request);
        }
        Ok(())
    }
}

/// Takes the port before anything is built, so that a taken one is known at once.
fn listen(port: Option<u16>) -> Result<TcpListener> {
    let (first, last) = port.map_or((FIRST_PORT, FIRST_PORT + PORTS - 1), |port| (port, port));
    for candidate in first..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, candidate)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => {
                bail!("cannot listen on port {candidate}: {error}; choose another one with --port")
            }
        }
    }
    match port {
        Some(port) => bail!("port {port} is taken; choose another one with --port"),
        None => bail!("ports {first} to {last} are taken; choose one with --port"),
    }
}

fn answer(site: &Path, request: Request) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(405));
    }
    // Browsers ask for it unasked, and put a missing one among the page's errors.
    if request.url() == "/favicon.ico" {
        return request.respond(Response::empty(204));
    }
    let Some((path, file)) = file(site, request.url()) else {
        return request
            .respond(Response::from_string("There is no such file.\n").with_status_code(404));
    };
    let kind = mime_guess::from_path(&path).first_or_octet_stream();
    let kind = match kind.type_() {
        mime_guess::mime::TEXT => format!("{kind}; charset=utf-8"),
        _ => kind.to_string(),
    };
    let response = Response::from_file(file)
        .with_header(header("Content-Type", &kind))
        // The next build's files have the same names: a cached one would be the wrong one.
        .with_header(header("Cache-Control", "no-cache"));
    request.respond(response)
}

/// Opens a file of the site, never one outside of it.
fn file(site: &Path, url: &str) -> Option<(PathBuf, File)> {
    let path = Path::new(url.split(['?', '#']).next()?.trim_start_matches('/'));
    if !path
        .components()
        .all(|component| matches!(component, Component::Normal(_)))
    {
        return None;
    }
    let path = site.join(path);
    let path = if path.is_dir() {
        path.join("index.html")
    } else {
        path
    };
    let file = File::open(&path).ok()?;
    Some((path, file))
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("header names and MIME types are ASCII")
}
