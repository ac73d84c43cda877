//! What `samara serve` is made of: [`site`] is what is served beside the documents, [`documents`] what addresses mean in
//! their folders, [`answer`] how a request is answered, and [`watch`] when the documents have changed.

pub mod answer;
pub mod documents;
pub mod site;
pub mod watch;
