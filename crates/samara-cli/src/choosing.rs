//! Flags that choose files, elements of pages and their language: of every command that reads documents.

use crate::config::Config;
use clap::Args;

/// What of files and pages is read, over what the file of options says.
#[derive(Args, Clone, Debug)]
pub struct Choosing {
    /// Read only files whose path matches, such as **/*.{html,htm}.
    #[arg(long, value_name = "GLOB", env = "SAMARA_GLOB")]
    glob: Option<String>,
    /// CSS selector of what holds the content of pages; pages without it are left out.
    #[arg(long, value_name = "SELECTOR", env = "SAMARA_ROOT_SELECTOR")]
    root_selector: Option<String>,
    /// CSS selector of what is left out of pages; may be said several times.
    #[arg(long, value_name = "SELECTOR", env = "SAMARA_EXCLUDE_SELECTORS")]
    exclude_selectors: Vec<String>,
    /// Take all pages for pages in this language, such as en.
    #[arg(long, value_name = "LANG", env = "SAMARA_FORCE_LANGUAGE")]
    force_language: Option<String>,
    /// Whether addresses of folders end with index.html [default: as the site's links do; false with --pagefind].
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true",
        env = "SAMARA_KEEP_INDEX_URL")]
    keep_index_url: Option<bool>,
}

impl Choosing {
    /// The options of the file, with these over them.
    pub fn over(self, file: Config) -> Config {
        Config {
            glob: self.glob.or(file.glob),
            root_selector: self.root_selector.or(file.root_selector),
            exclude_selectors: if self.exclude_selectors.is_empty() {
                file.exclude_selectors
            } else {
                self.exclude_selectors
            },
            force_language: self.force_language.or(file.force_language),
            keep_index_url: self.keep_index_url.or(file.keep_index_url),
            ..file
        }
    }
}
