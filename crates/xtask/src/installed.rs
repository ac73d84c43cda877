//! What was packed, installed as others install it: in an empty folder, with an empty home and without a compiler on the
//! search path. A real site is built, checked, searched and served there.

use crate::{book, folder, packages, process, workspace};
use anyhow::{Context, Result, bail, ensure};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const PYTHON: &str =
    "install Python 3.9 or later with venv (Debian, Ubuntu: `apt-get install python3-venv`)";
const PIPX: &str = "pipx==1.18.4";

/// Tries a program that needs nothing else.
pub fn try_program(program: &Path) -> Result<()> {
    Way {
        program: program.to_owned(),
        first: Vec::new(),
        environment: Vec::new(),
    }
    .try_out(&Empty::new()?)
}

/// Tries `npx` with these packed packages alone: natively, where one of them carries the program, else by WASI.
pub fn try_npx(package: &Path, native: Option<&Path>) -> Result<()> {
    let mut first = vec!["--yes".to_owned()];
    for packed in native.into_iter().chain([package]) {
        first.push(format!("--package={}", packed.display()));
    }
    first.push("samara-search".to_owned());
    // Optional packages are the natives, which no registry has before the release.
    let mut environment = vec![("npm_config_omit", "optional")];
    if native.is_none() {
        environment.push(("SAMARA_WASI", "1"));
    }
    Way {
        program: "npx".into(),
        first,
        environment,
    }
    .try_out(&Empty::new()?)
}

/// Tries `pipx run` with a wheel, and runs the tests of its Python interfaces where it alone is installed.
pub fn try_wheel(wheel: &Path) -> Result<()> {
    let empty = Empty::new()?;
    let wheel = wheel.display().to_string();
    let pipx = packages::python_with(&[PIPX])?.with_file_name("pipx");
    Way {
        program: pipx,
        first: ["run", "--spec", &wheel, "samara-search"]
            .map(str::to_owned)
            .to_vec(),
        environment: Vec::new(),
    }
    .try_out(&empty)?;

    let venv = ["-m", "venv", "environment"];
    process::run(&mut empty.call(Path::new("python3"), &venv), PYTHON)?;
    let python = empty.folder.join("environment/bin/python");
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        &wheel,
    ];
    process::run(&mut empty.call(&python, &install), PYTHON)?;
    for tests in folder::files(&workspace::path("packages/python/tests"), "py")? {
        let tests = tests.display().to_string();
        process::run(&mut empty.call(&python, &[&tests]), PYTHON)?;
    }
    Ok(())
}

/// A way to call the command.
struct Way {
    program: PathBuf,
    /// What stands before the command's own words.
    first: Vec<String>,
    environment: Vec<(&'static str, &'static str)>,
}

impl Way {
    fn call(&self, empty: &Empty, words: &[&str]) -> Command {
        let first = self.first.iter().map(String::as_str);
        let words: Vec<&str> = first.chain(words.iter().copied()).collect();
        let mut command = empty.call(&self.program, &words);
        command.envs(self.environment.iter().copied());
        command
    }

    fn try_out(&self, empty: &Empty) -> Result<()> {
        const REMEDY: &str = "it was packed just now";
        for words in [
            &["build", "site", "--output", "site/samara", "--quiet"][..],
            &["check", "site/samara"],
        ] {
            process::run(&mut self.call(empty, words), REMEDY)?;
        }
        let search = ["search", "site/samara", empty.query, "--limit", "1"];
        let told = process::output(&mut self.call(empty, &search), REMEDY)?;
        ensure!(!told.trim().is_empty(), "`{}` finds nothing", empty.query);
        self.try_serving(empty)
    }

    /// Serves the site, and asks for the page and for what only the server's own build holds.
    fn try_serving(&self, empty: &Empty) -> Result<()> {
        let mut command = self.call(empty, &["serve", "site", "--port", "0"]);
        // A group of its own: between this process and the server stand those of npx or pipx.
        command
            .process_group(0)
            .stderr(Stdio::piped())
            .stdin(Stdio::null());
        let mut server = Group(command.spawn().context("the server does not start")?);
        let told = server
            .0
            .stderr
            .take()
            .context("its standard error is piped")?;
        let mut lines = BufReader::new(told).lines();
        let address = loop {
            let Some(line) = lines.next() else {
                bail!("`serve` ended before it served");
            };
            let line = line?;
            if let Some((_, rest)) = line.split_once("Serving at http://") {
                break rest.split('/').next().unwrap_or_default().to_owned();
            }
        };
        for path in ["/", "/-samara/samara.js"] {
            let answer = get(&address, path)?;
            ensure!(
                answer.starts_with("HTTP/1.1 200"),
                "http://{address}{path} answers {:?}",
                answer.lines().next().unwrap_or_default()
            );
        }
        Ok(())
    }
}

/// A process with all that it started, which end together with this.
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = self.0.wait();
    }
}

fn get(address: &str, path: &str) -> Result<String> {
    let mut stream =
        TcpStream::connect(address).with_context(|| format!("no server at {address}"))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// An empty folder with an empty home, a site to build, and what a program is called with there.
struct Empty {
    folder: PathBuf,
    path: OsString,
    /// A word of the site.
    query: &'static str,
}

impl Empty {
    /// The site is The Rust Book where the toolchain has it, else the pages of the guides.
    fn new() -> Result<Self> {
        let folder = env::temp_dir().join(format!("samara-release-{}", std::process::id()));
        let folder = folder::emptied(&folder)?;
        fs::create_dir_all(folder.join("home"))?;
        let (pages, query) = match book::pages()? {
            Some(pages) => (pages, "borrow checker"),
            None => (workspace::path("docs/guides/pages"), "sourdough"),
        };
        folder::copy(&pages, &folder.join("site"))?;
        let all = env::var_os("PATH").unwrap_or_default();
        let without = env::split_paths(&all).filter(|folder| !folder.join("cargo").exists());
        Ok(Self {
            path: env::join_paths(without)?,
            folder,
            query,
        })
    }

    fn call(&self, program: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(words)
            .current_dir(&self.folder)
            .env("HOME", self.folder.join("home"))
            .env("PATH", &self.path);
        command
    }
}

impl Drop for Empty {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
