//! Help, manual and completions, all made of the same definitions.

use crate::case::Case;
use snapbox::str;

const SUBCOMMANDS: [&str; 9] = [
    "build",
    "serve",
    "search",
    "suggest",
    "clean",
    "inspect",
    "check",
    "completions",
    "man",
];

#[test]
fn the_help_lists_the_subcommands() {
    Case::empty().check(
        "--help",
        0,
        str![[r#"
Full-text search that travels with the page

Usage: samara <COMMAND>

Commands:
  build        Builds a deployable search from a folder of documents
  merge        Makes the bundle of parts that samara build --part wrote, the same that one build
               would have written
  serve        Builds, serves on loopback, builds again when a document changes, and reloads the
               page
  search       Searches a bundle and gives the same answers as the browser
  suggest      Completes what a visitor has typed so far, or corrects misspelt words
  clean        Shows what each document became: what was kept, and what was dropped by which rule
  inspect      Shows what a bundle holds: bytes by section, documents, terms, the largest documents
  check        Verifies every checksum and every structure of a bundle
  completions  Prints the completions of a shell
  man          Prints a page of the manual, or writes all of them
  help         Print this message or the help of the given subcommand(s)

Options:
  -h, --help     Print help
  -V, --version  Print version

Examples:
  samara build public/ -o public/samara     any generator's pages to a folder to deploy
  samara build letters/ -o letters.html --layout single     one page that searches without a network
  samara serve public/                      build, serve, build again on change
  samara search public/samara "first steps"

Ends with 0 when done, 1 where something is at fault or nothing was found, 2 where used wrongly.

"#]],
        str![],
    );
    Case::empty().check(
        "build --help",
        0,
        str![[r#"
Builds a deployable search from a folder of documents

Usage: samara build [OPTIONS] [PATH]...

Arguments:
  [PATH]...
          Folders or files of documents (.html .htm .md .txt .json .jsonl .csv .xml .adoc .rst .org
          .eml .mbox .epub .pdf and their like, also gzipped); - is standard input
          
          [env: SAMARA_PATHS=]

Options:
      --part <N/OF>
          Only read a share of the files, such as 3/16, and write it into the file that --output
          names, for samara merge
          
          [env: SAMARA_PART=]

      --pagefind[=<BOOL>]
          Write what sites load that were made for Pagefind, into PATH/pagefind unless --output says
          where
          
          [env: SAMARA_PAGEFIND=]
          [possible values: true, false]

  -o, --output <DIR>
          Where the bundle goes: a folder of its own, or a file named .html for the single layout
          
          [env: SAMARA_OUTPUT=]

      --layout <LAYOUT>
          Whether a page loads the index in one file, has it inside of itself, or fetches the blocks
          of it that a query needs [default: embedded or split, as the size of the index says]

          Possible values:
          - embedded: Script and module beside one another
          - single:   One page that holds everything
          - split:    Script and engine, and the index in small files that a page fetches as a query
            needs them
          
          [env: SAMARA_LAYOUT=]

      --max-files <N>
          Most files of a bundle of the split layout [default: 15000]
          
          [env: SAMARA_MAX_FILES=]

      --title <TITLE>
          Title of the page of the single layout [default: Search]
          
          [env: SAMARA_TITLE=]

      --page <FILE>
          Also write the page of the single layout, into this file
          
          [env: SAMARA_PAGE=]

      --account <FILE>
          Also write what each document became, a JSON object a line as `samara clean --json` prints
          it
          
          [env: SAMARA_ACCOUNT=]

      --base-url <URL>
          What the addresses of documents begin with, where they are relative
          
          [env: SAMARA_BASE_URL=]

      --max-size <SIZE>
          Fail above this size of the module, such as[SIZE] or[SIZE]
          
          [env: SAMARA_MAX_SIZE=]

      --glob <GLOB>
          Read only files whose path matches, such as **/*.{html,htm}
          
          [env: SAMARA_GLOB=]

      --root-selector <SELECTOR>
          CSS selector of what holds the content of pages; pages without it are left out
          
          [env: SAMARA_ROOT_SELECTOR=]

      --exclude-selectors <SELECTOR>
          CSS selector of what is left out of pages; may be said several times
          
          [env: SAMARA_EXCLUDE_SELECTORS=]

      --force-language <LANG>
          Take all pages for pages in this language, such as en
          
          [env: SAMARA_FORCE_LANGUAGE=]

      --keep-index-url[=<BOOL>]
          Whether addresses of folders end with index.html [default: as the site's links do; false
          with --pagefind, true in the single layout]
          
          [env: SAMARA_KEEP_INDEX_URL=]
          [possible values: true, false]

      --service-worker[=<BOOL>]
          Write the worker that keeps the search when the network is gone, where it covers the site
          
          [env: SAMARA_SERVICE_WORKER=]
          [possible values: true, false]

      --memory <SIZE>
          Memory that a build may take, such as[SIZE]: what does not fit lies in temporary files
          [default: 1 GB]
          
          [env: SAMARA_MEMORY=]

      --cache <DIR>
          Folder that keeps what was read of each file, so that the next build reads only what has
          changed
          
          [env: SAMARA_CACHE=]

      --threads <N>
          Threads that read documents [default: one a core]
          
          [env: SAMARA_THREADS=]

      --config <FILE>
          Options in a file [default: samara.toml, if there is one]
          
          [env: SAMARA_CONFIG=]

  -q, --quiet
          Say nothing but errors

  -v, --verbose
          Say more: every file that a warning is about

  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

Examples:
  samara build public/ -o public/samara
  samara build public/ -o public/samara --base-url https://example.org/docs/ --max-size 2MB
  samara build letters/ -o letters.html --layout single --title Letters

Every option can stand in samara.toml, too; flags go first, then SAMARA_… variables, then the file.

"#]],
        str![],
    );
}

#[test]
fn every_subcommand_has_examples_and_a_page_of_the_manual() {
    let case = Case::empty();
    case.done("man --output pages");
    for subcommand in SUBCOMMANDS {
        let help = case.done(&format!("{subcommand} --help")).out;
        assert!(
            help.contains(&format!("  samara {subcommand}")),
            "{subcommand}: {help}"
        );
        let page = case.done(&format!("man {subcommand}")).out;
        assert!(
            page.contains(&format!(".TH samara-{subcommand} 1")),
            "{page}"
        );
        assert!(case.path(&format!("pages/samara-{subcommand}.1")).exists());
    }
    assert!(case.done("man").out.contains(".TH samara 1"));
}

#[test]
fn completions_know_the_subcommands_and_their_flags() {
    let case = Case::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = case.done(&format!("completions {shell}")).out;
        for word in SUBCOMMANDS.into_iter().chain(["base-url", "no-correct"]) {
            assert!(script.contains(word), "{shell} does not complete {word}");
        }
    }
}

#[test]
fn wrong_calls_end_with_two() {
    let case = Case::empty();
    case.refused(
        "bulid notes",
        str![[r#"
error: unrecognized subcommand 'bulid'

  tip: a similar subcommand exists: 'build'

Usage: samara <COMMAND>

For more information, try '--help'.

"#]],
    );
    case.refused(
        "man bulid",
        str![[r#"
error: there is no subcommand `bulid`; see `samara --help`

"#]],
    );
    case.refused(
        "man build -o pages",
        str![[r#"
error: the argument '[COMMAND]' cannot be used with '--output <DIR>'

Usage: samara man <COMMAND>

For more information, try '--help'.

"#]],
    );
    case.refused(
        "completions tcsh",
        str![[r#"
error: invalid value 'tcsh' for '<SHELL>'
  [possible values: bash, elvish, fish, powershell, zsh]

  tip: a similar value exists: 'zsh'

For more information, try '--help'.

"#]],
    );
    assert_eq!(case.run("").code, 2);
}
