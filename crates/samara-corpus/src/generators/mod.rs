//! What is known of site generators, as data.
//!
//! One table has an entry for each generator: how its pages are told, where they hold the author's
//! text, and which pages it writes itself. The rooms that read pages ask this table; it knows
//! neither trees nor files. A generator that is read badly needs an entry here, or a line more in
//! its own.
//!
//! [`entry`] says what an entry consists of, [`table`] has the entries, and [`conventions`] what
//! most sites do alike, whatever wrote them.

mod conventions;
mod entry;
mod table;

pub(crate) use conventions::{
    ALOUD_CLASSES, BUTTON_LABELS, CHROME_NAMES, FOR_PROGRAMS, ICON_CLASSES, LINE_NUMBER_CLASSES,
    NO_PAGE, PERMALINK_CLASSES, PERMALINK_MARKS,
};
pub(crate) use entry::{Element, Generator, Told};
pub(crate) use table::{GENERATORS, is_assets, is_copied_source, is_index_entry};
