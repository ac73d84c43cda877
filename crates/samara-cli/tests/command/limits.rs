//! How many files a bundle in blocks may have, and of how many bytes its engine may be.

use crate::case::Case;
use crate::split::{BUILD, blocks, split};
use snapbox::str;
use std::fs;

#[test]
fn files_are_no_more_than_wanted() {
    let case = Case::notes();
    case.check(
        "build notes -o search --layout split --max-files 9 -q",
        1,
        str![""],
        str![[r#"
error: the bundle comes to 20 files, more than the 9 of --max-files, and larger blocks do not help: allow more files, or index less

"#]],
    );
    case.refused(
        "build notes -o search --max-files 0",
        str![[r#"
error: invalid value '0' for '--max-files <N>': write a whole number, from 1

For more information, try '--help'.

"#]],
    );
    case.refused(
        "build notes -o search --max-files -3",
        str![[r#"
error: invalid value '-3' for '--max-files <N>': write a whole number, from 1

For more information, try '--help'.

"#]],
    );
    case.refused(
        "build notes -o search --max-size -3",
        str![[r#"
error: invalid value '-3' for '--max-size <SIZE>': write it as[SIZE],[SIZE] or 1 GiB

For more information, try '--help'.

"#]],
    );
    let case = case.having("samara.toml", "layout = \"split\"\nmax-files = \"many\"\n");
    case.refused(
        "build notes -o search",
        str![[r#"
error: samara.toml: TOML parse error at line 2, column 13
  |
2 | max-files = "many"
  |             ^^^^^^
`max-files` has to be a whole number, from 1

"#]],
    );
}

#[test]
fn files_are_counted_as_they_lie_in_the_folder() {
    for pagefind in ["", " --pagefind"] {
        let case = Case::notes();
        case.done(&format!("{BUILD}{pagefind}"));
        let count = case.names("search").len() - 1 + blocks(&case, "search").len();
        case.done(&format!("{BUILD}{pagefind} --max-files {count}"));
        let refused = case.run(&format!("{BUILD}{pagefind} --max-files {}", count - 1));
        let expected = format!("comes to {count} files, more than the {} ", count - 1);
        assert!(
            refused.code == 1 && refused.said.contains(&expected),
            "{}",
            refused.said
        );
    }
}

#[test]
fn a_limit_of_the_engine_names_no_documents() {
    Case::notes().check(
        "build notes -o search --layout split --max-size 1kB",
        1,
        str![""],
        str![[r#"
error: the engine has[SIZE], more than the[SIZE] of --max-size; beside an index in blocks it has this size whatever is indexed: raise --max-size, or leave it out

"#]],
    );
}

#[test]
fn blocks_of_the_build_before_stay_where_there_may_be_so_many_files() {
    let files = |case: &Case| case.names("search").len() - 1 + blocks(case, "search").len();
    let case = split();
    let own = files(&case);
    fs::write(
        case.path("notes/tea.txt"),
        "Tea again\n\nOther words than before.\n",
    )
    .unwrap();
    // Room for some of them.
    let said = case
        .done(&format!(
            "{} --max-files {}",
            BUILD.trim_end_matches(" -q"),
            own + 2
        ))
        .said;
    assert_eq!(files(&case), own + 2);
    assert!(
        said.contains("of the build before had to go, since a bundle may have"),
        "{said}"
    );
    case.done("check search");
    // Room for all.
    let case = split();
    fs::write(
        case.path("notes/tea.txt"),
        "Tea again\n\nOther words than before.\n",
    )
    .unwrap();
    let said = case.done(BUILD.trim_end_matches(" -q")).said;
    assert!(
        files(&case) > own + 2 && !said.contains("had to go"),
        "{said}"
    );
    case.done("check search");
}

#[test]
fn blocks_stay_for_open_pages_where_the_index_is_no_longer_in_blocks() {
    let case = split();
    let before = blocks(&case, "search");
    case.done("build notes -o search --layout embedded --max-files 3 -q");
    assert_eq!(blocks(&case, "search"), before);
}
