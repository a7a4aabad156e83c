//! The Word engine: fills the tagged controls of a document and leaves every other byte alone.

mod data;

pub use data::{
    Block, Change, Column, Data, Filled, Identity, Item, Level, Notice, NoticeKind, Refusal, Table,
    Tag, Text,
};

/// The document with `data` in its controls; the same bytes when nothing had to change.
///
/// # Errors
/// When the document cannot be filled safely. It should then be left as it is.
pub fn fill(document: &[u8], data: &Data) -> Result<Filled, Refusal> {
    if data.texts.is_empty() {
        return Ok(Filled {
            bytes: document.to_vec(),
            first: false,
            changes: vec![],
            notices: vec![],
        });
    }
    Err(Refusal("Filling is not built yet.".to_owned()))
}

/// What the document says it is; none when it has never been filled.
pub fn identity(_document: &[u8]) -> Option<Identity> {
    None
}

/// Every control of ours in the document, in its order.
///
/// # Errors
/// When the document cannot be read.
pub fn tags(_document: &[u8]) -> Result<Vec<Tag>, Refusal> {
    Ok(vec![])
}

/// The body as text: a paragraph a line, a table's row as `| a | b |`.
///
/// # Errors
/// When the document cannot be read.
pub fn plain_text(_document: &[u8]) -> Result<String, Refusal> {
    Ok(String::new())
}
