//! `cargo xtask test --guides NAME`: small sites by the real generators, beyond those of the guides, and what must be read
//! of them.
//!
//! What is known of generators stands in a table of `samara-corpus`; themes change, and only the generators' own pages
//! show it. A site is data: its sources, the commands that build it, and what its author would look for.

use crate::samara::Profile;
use crate::{apt, npm, process, samara, workspace};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where a generator is installed from.
enum From {
    /// Packages of PyPI, with their versions.
    Pip(&'static [&'static str]),
    /// Packages of npm, with their versions.
    Npm(&'static [&'static str]),
    /// A program of Debian, and its package.
    Debian(&'static str, &'static str),
}

/// A site that a generator builds.
struct Site {
    name: &'static str,
    from: From,
    /// Paths and texts of its sources.
    sources: &'static [(&'static str, &'static str)],
    /// What builds it, in its folder.
    commands: &'static str,
    /// Where it is then.
    site: &'static str,
    pages: &'static [Page],
    /// What no page says: words of the theme.
    chrome: &'static [&'static str],
}

/// A page that an author looks for.
struct Page {
    url: &'static str,
    title: &'static str,
    headings: &'static [&'static str],
    says: &'static [&'static str],
}

const WICKS: &str = "# Wicks\n\nWicks are trimmed at midnight.\n\n## Trimming the wick\n\nCut it square and not too short.\n\n\
    - brass scissors\n- a steady hand\n\n```sh\ntrim --square\n```\n";

const LAMP_JS: &str = "/**\n * A lamp that is lit at dusk.\n */\nexport class Lamp {\n  /**\n   * Lights the lamp and says so in the \
    log.\n   * @param {number} hours - How long it burns, in hours.\n   * @returns {boolean} Whether there was oil enough.\n   \
    */\n  light(hours) { return hours > 0; }\n}\n";

const SITES: [Site; 8] = [
    Site {
        name: "zensical",
        from: From::Pip(&["zensical==0.0.73"]),
        sources: &[
            (
                "zensical.toml",
                "[project]\nsite_name = \"Handbook of Lamps\"\nsite_url = \"https://lamps.example/\"\n",
            ),
            (
                "docs/index.md",
                "# Lamps\n\nLamps are lit at dusk by the keeper. See [wicks](wicks.md).\n",
            ),
            ("docs/wicks.md", WICKS),
        ],
        commands: "zensical build",
        site: "site",
        pages: &[Page {
            url: "wicks/",
            title: "Wicks",
            headings: &["Trimming the wick"],
            says: &["trimmed at midnight", "brass scissors", "trim --square"],
        }],
        chrome: &[
            "On this page",
            "Handbook of Lamps",
            "Made with",
            "Third-Party",
            "Back to top",
        ],
    },
    Site {
        name: "pelican",
        from: From::Pip(&["pelican==4.10.2", "markdown==3.11.3"]),
        sources: &[
            (
                "content/wicks.md",
                "Title: Wicks\nDate: 2024-02-01\nCategory: Care\nTags: wick, oil\n\nWicks are trimmed at midnight.\n\n\
                 ## Trimming the wick\n\nCut it square and not too short.\n",
            ),
            (
                "content/fog.md",
                "Title: Fog\nDate: 2024-03-01\nCategory: Weather\n\nFog comes in October and stays.\n",
            ),
        ],
        commands: "pelican content --output site",
        site: "site",
        pages: &[
            Page {
                url: "wicks.html",
                title: "Wicks",
                headings: &["Trimming the wick"],
                says: &["trimmed at midnight", "Cut it square"],
            },
            Page {
                url: "fog.html",
                title: "Fog",
                headings: &[],
                says: &["comes in October"],
            },
        ],
        chrome: &["Published:", "In Care", "atom feed", "SIL OPEN FONT"],
    },
    Site {
        name: "asciidoctor",
        from: From::Debian("asciidoctor", "asciidoctor"),
        sources: &[(
            "wicks.adoc",
            "= Wicks\nAda Wick\n:toc: left\n\nWicks are trimmed at midnight.\n\n== Trimming the wick\n\nCut it square and not too \
             short.\n\nNOTE: Brass scissors are kept dry.\n\noil:: Colza oil burns bright.\n",
        )],
        commands: "asciidoctor --destination-dir site wicks.adoc",
        site: "site",
        pages: &[Page {
            url: "wicks.html",
            title: "Wicks",
            headings: &["Trimming the wick"],
            says: &[
                "trimmed at midnight",
                "Brass scissors are kept dry",
                "Colza oil burns bright",
            ],
        }],
        chrome: &["Table of Contents", "Last updated"],
    },
    Site {
        name: "doxygen",
        from: From::Debian("doxygen", "doxygen"),
        sources: &[
            (
                "Doxyfile",
                "PROJECT_NAME = Lamps\nINPUT = .\nOUTPUT_DIRECTORY = .\nGENERATE_LATEX = NO\nHAVE_DOT = NO\nQUIET = YES\n",
            ),
            (
                "lamp.h",
                "/** @file lamp.h Lamps and their light. */\n/** A lamp that is lit at dusk. */\nstruct lamp { int oil; };\n\
                 /**\n * Lights a lamp and says so in the log.\n * @param hours How long it burns.\n * @return Whether there was oil \
                 enough.\n */\nint light(struct lamp *it, int hours);\n",
            ),
        ],
        commands: "doxygen",
        site: "html",
        pages: &[Page {
            url: "lamp_8h.html",
            title: "lamp.h File Reference",
            headings: &["Function Documentation"],
            says: &[
                "says so in the log",
                "How long it burns",
                "Whether there was oil enough",
            ],
        }],
        chrome: &["Generated by", "Loading", "No Matches"],
    },
    Site {
        name: "jsdoc",
        from: From::Npm(&["jsdoc@4.0.5"]),
        sources: &[("lamp.js", LAMP_JS)],
        commands: "jsdoc --destination site lamp.js",
        site: "site",
        pages: &[Page {
            url: "Lamp.html",
            title: "Class: Lamp",
            headings: &["light"],
            says: &[
                "lit at dusk",
                "says so in the log",
                "How long it burns",
                "Whether there was oil enough",
            ],
        }],
        chrome: &["Documentation generated by", "Apache License"],
    },
    Site {
        name: "typedoc",
        from: From::Npm(&["typedoc@0.28.20", "typescript@6.0.3"]),
        sources: &[
            (
                "tsconfig.json",
                "{\"compilerOptions\":{\"allowJs\":true,\"target\":\"es2022\",\"module\":\"nodenext\",\"skipLibCheck\":true,\"types\":[]},\"files\":[\"lamp.ts\"]}",
            ),
            (
                "lamp.ts",
                "/** A lamp that is lit at dusk. */\nexport class Lamp {\n  /**\n   * Lights the lamp and says so in the log.\n   * \
                 @param hours How long it burns, in hours.\n   * @returns Whether there was oil enough.\n   */\n  light(hours: number): \
                 boolean { return hours > 0; }\n}\n",
            ),
        ],
        commands: "typedoc --entryPoints lamp.ts --out site --readme none --name Lamps",
        site: "site",
        pages: &[Page {
            url: "classes/Lamp.html",
            title: "Class Lamp",
            headings: &["light"],
            says: &[
                "lit at dusk",
                "says so in the log",
                "How long it burns",
                "Whether there was oil enough",
            ],
        }],
        chrome: &[
            "Generated using",
            "Preparing search index",
            "Member Visibility",
        ],
    },
    Site {
        name: "vitepress",
        from: From::Npm(&["vitepress@1.6.4"]),
        sources: &[
            (
                "index.md",
                "---\nlayout: home\nhero:\n  name: Lamps\n  text: For keepers\n---\n\nLamps are lit at dusk. See [wicks](./wicks).\n",
            ),
            ("wicks.md", WICKS),
        ],
        commands: "vitepress build . --outDir site",
        site: "site",
        pages: &[Page {
            url: "wicks.html",
            title: "Wicks",
            headings: &["Trimming the wick"],
            says: &[
                "trimmed at midnight",
                "brass scissors\na steady hand\ntrim --square",
            ],
        }],
        chrome: &[
            "Skip to content",
            "On this page",
            "Return to top",
            "Appearance",
        ],
    },
    Site {
        name: "next",
        from: From::Npm(&["next@15.5.29", "react@19.3.1", "react-dom@19.3.1"]),
        sources: &[
            (
                "next.config.mjs",
                "export default { output: \"export\", trailingSlash: true };\n",
            ),
            (
                "app/layout.js",
                "export const metadata = { title: { template: \"%s | Lamps\", default: \"Lamps\" } };\n\
                 export default function Layout({ children }) {\n  return <html lang=\"en\"><body><header><nav><a href=\"/wicks/\">All \
                 wicks</a></nav></header><main>{children}</main><footer>Kept by keepers</footer></body></html>;\n}\n",
            ),
            (
                "app/page.js",
                "export default function Page() { return <article><h1>Lamps</h1><p>Lamps are lit at dusk by the keeper.</p></article>; }\n",
            ),
            (
                "app/wicks/page.js",
                "export const metadata = { title: \"Wicks\" };\nexport default function Page() {\n  return <article><h1>Wicks</h1><p>Wicks \
                 are trimmed at midnight.</p><h2 id=\"trimming\">Trimming the wick</h2><p>Cut it square and not too short.</p></article>;\n}\n",
            ),
        ],
        commands: "NEXT_TELEMETRY_DISABLED=1 next build",
        site: "out",
        pages: &[Page {
            url: "wicks/",
            title: "Wicks",
            headings: &["Trimming the wick"],
            says: &["trimmed at midnight", "Cut it square"],
        }],
        chrome: &["All wicks", "Kept by keepers", "self.__next_f"],
    },
];

/// The names of the sites.
pub fn names() -> impl Iterator<Item = &'static str> {
    SITES.iter().map(|site| site.name)
}

/// Builds the sites of these names, all of them where there is none, and looks at what is read of them.
pub fn test(names: &[String]) -> Result<()> {
    let samara = samara::build(Profile::Release)?;
    let mut faults = Vec::new();
    for site in SITES
        .iter()
        .filter(|site| names.is_empty() || names.iter().any(|name| name == site.name))
    {
        eprintln!("Building a site of {}", site.name);
        match site.build().and_then(|built| site.faults(&samara, &built)) {
            Ok(found) => faults.extend(found),
            Err(fault) => faults.push(format!("{}: {fault:#}", site.name)),
        }
    }
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

impl Site {
    /// Writes its sources, installs its generator, and returns the folder of its pages.
    fn build(&self) -> Result<PathBuf> {
        let folder = workspace::target()
            .join("guides/generators")
            .join(self.name);
        let sources = folder.join("sources");
        if sources.exists() {
            fs::remove_dir_all(&sources)
                .with_context(|| format!("cannot clear {}", sources.display()))?;
        }
        for (name, text) in self.sources {
            let path = sources.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&sources))
                .and_then(|()| fs::write(&path, text))
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        let programs = self.from.install(&folder)?;
        let own = env::var_os("PATH").unwrap_or_default();
        let path = programs.into_iter().chain(env::split_paths(&own));
        process::run(
            Command::new("sh")
                .args(["-ec", self.commands])
                .current_dir(&sources)
                .env("PATH", env::join_paths(path)?),
            "install a shell",
        )?;
        Ok(sources.join(self.site))
    }

    /// What is not read as its author would expect.
    fn faults(&self, samara: &Path, built: &Path) -> Result<Vec<String>> {
        let mut command = Command::new(samara);
        command
            .args(["clean", "--json", "--indexed", "--quiet"])
            .arg(built);
        let lines = process::output(&mut command, samara::REMEDY)?;
        let documents: Vec<Value> = lines
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()?;
        let mut faults = Vec::new();
        let mut fault = |what: String| faults.push(format!("{}: {what}", self.name));
        let text =
            |document: &Value, key: &str| document[key].as_str().unwrap_or_default().to_string();
        for page in self.pages {
            let found = documents
                .iter()
                .find(|document| text(document, "url") == page.url);
            let Some(document) = found else {
                let urls: Vec<String> = documents.iter().map(|one| text(one, "url")).collect();
                fault(format!(
                    "no page at {}, but at {}",
                    page.url,
                    urls.join(", ")
                ));
                continue;
            };
            let title = text(document, "title");
            if title != page.title {
                fault(format!(
                    "{} is called {title}, not {}",
                    page.url, page.title
                ));
            }
            let sections = document["sections"].as_array().into_iter().flatten();
            let headings: Vec<String> = sections.map(|section| text(section, "heading")).collect();
            for wanted in page.headings {
                if !headings.iter().any(|heading| heading.contains(wanted)) {
                    fault(format!(
                        "{} has no heading {wanted}, but {headings:?}",
                        page.url
                    ));
                }
            }
            let kept = text(document, "text");
            for wanted in page.says.iter().filter(|wanted| !kept.contains(**wanted)) {
                fault(format!("{} lost “{wanted}”", page.url));
            }
        }
        for document in &documents {
            let kept = text(document, "text");
            for word in self.chrome.iter().filter(|word| kept.contains(**word)) {
                fault(format!("{} keeps “{word}”", text(document, "path")));
            }
        }
        Ok(faults)
    }
}

impl From {
    /// Installs what is missing, and returns the folder of its programs, if that is none of the system's.
    fn install(&self, folder: &Path) -> Result<Option<PathBuf>> {
        match self {
            Self::Debian(program, package) => {
                apt::install_missing(&[(program, package)])?;
                Ok(None)
            }
            Self::Pip(packages) => {
                let python = folder.join("python");
                let remedy =
                    "install Python 3 with venv (Debian, Ubuntu: `apt-get install python3-venv`)";
                process::run(
                    Command::new("python3").args(["-m", "venv"]).arg(&python),
                    remedy,
                )?;
                let mut pip = Command::new(python.join("bin/pip"));
                pip.args(["install", "--quiet", "--disable-pip-version-check"]);
                process::run(pip.args(*packages), remedy)?;
                Ok(Some(python.join("bin")))
            }
            Self::Npm(packages) => {
                let node = folder.join("sources");
                npm::add(&node, packages)?;
                Ok(Some(node.join("node_modules/.bin")))
            }
        }
    }
}
