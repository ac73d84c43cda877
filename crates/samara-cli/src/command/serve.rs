//! `samara serve`: build, serve on loopback, build again when a document changes, reload the page.

use crate::choosing::Choosing;
use crate::compile::compile;
use crate::config::Config;
use crate::failure::{Misuse, Outcome};
use crate::output::{self, Talk};
use crate::say;
use crate::serve::answer::{Served, router};
use crate::serve::site::{Place, Site};
use crate::serve::watch::Watch;
use crate::{corpus, numbers};
use anyhow::{Context, Result, anyhow};
use clap::Args;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;

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
    #[arg(long, env = "SAMARA_PORT", value_parser = numbers::port, allow_negative_numbers = true)]
    port: Option<u16>,
    /// Options in a file [default: samara.toml, if there is one].
    #[arg(long, value_name = "FILE", env = "SAMARA_CONFIG")]
    config: Option<PathBuf>,
    /// Folder that keeps what was read of each file, so that only what has changed is read again.
    #[arg(long, value_name = "DIR", env = "SAMARA_CACHE")]
    cache: Option<PathBuf>,
    #[command(flatten)]
    choosing: Choosing,
    #[command(flatten)]
    reading: corpus::Threads,
    #[command(flatten)]
    talk: Talk,
}

impl Serve {
    /// Serves until the process is stopped.
    pub fn run(self) -> Result<Outcome> {
        let (config, _) = Config::find(self.config.as_deref())?;
        let mut config = self.choosing.over(config);
        if !self.paths.is_empty() {
            config.paths = self.paths;
        }
        if config.paths.is_empty() {
            return Err(Misuse("name the folder of documents: samara serve PATH".into()).into());
        }
        // Hits lead to the documents that are served here, and not to a site elsewhere.
        config.leave_base();
        config.threads = self.reading.threads.or(config.threads);
        config.cache = self.cache.or(config.cache);
        let talk = self.talk;
        let listener = listen(self.port.or(config.port).unwrap_or(PORT))?;
        // Watching begins before the first build, so that no change falls between the two.
        let mut watch = Watch::new(&config.paths, config.cache.as_deref())?;
        let place = Place::of(&config);
        let served = Arc::new(Served {
            site: RwLock::new(Site::new(&compile(&config, talk)?, place.as_ref(), 1)?),
            folders: config.paths.clone(),
        });
        let address = listener.local_addr()?;
        // Said even when quiet, because the port may be anyone.
        say!("Serving at http://{address}/ (stop with Ctrl-C)");

        let rebuilt = Arc::clone(&served);
        thread::spawn(move || {
            loop {
                watch.wait();
                rebuild(&config, talk, place.as_ref(), &rebuilt);
            }
        });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context("cannot serve")?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, router(served)).await
        })?;
        Ok(Outcome::Done)
    }
}

fn listen(port: u16) -> Result<TcpListener> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => Misuse(format!(
                "port {port} is taken; choose another one with --port"
            ))
            .into(),
            _ => anyhow!("cannot listen on port {port}: {error}"),
        })?;
    listener.set_nonblocking(true).context("cannot serve")?;
    Ok(listener)
}

/// Builds again after a change. A fault is reported, and the last good build stays.
fn rebuild(config: &Config, talk: Talk, place: Option<&Place>, served: &Served) {
    let built = compile(config, talk).and_then(|built| {
        let mut site = served.site.write().unwrap_or_else(PoisonError::into_inner);
        *site = Site::new(&built, place, site.version + 1)?;
        Ok(built.documents)
    });
    match built {
        Ok(documents) => {
            if !talk.quiet {
                say!("built again: {}", output::counted(documents, "document"));
            }
        }
        Err(error) => say!("error: {error:#}; still serving what was built before"),
    }
}
