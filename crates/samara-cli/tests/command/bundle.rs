//! What every subcommand that opens a bundle says of what is none.

use crate::case::Case;
use snapbox::str;

#[test]
fn what_is_no_bundle_is_used_wrongly() {
    let case = Case::notes();
    for (subcommand, question) in [
        ("check", ""),
        ("inspect", ""),
        ("search", "oven"),
        ("suggest", "b"),
    ] {
        case.refused(
            &format!("{subcommand} nowhere {question}"),
            str![[r#"
error: nowhere: no such file or folder

"#]],
        );
        case.refused(
            &format!("{subcommand} notes {question}"),
            str![[r#"
error: notes: this folder holds no bundle; name what `samara build` wrote

"#]],
        );
        case.check(
            &format!("{subcommand} notes/tea.txt {question}"),
            1,
            str![],
            str![[r#"
error: notes/tea.txt: this page carries no Samara module; name a page that `samara build --layout single` wrote

"#]],
        );
    }
}
