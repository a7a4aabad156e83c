//! Why a document was left as it is, each with the way out.

use std::fmt;

use super::span::Unfit;

/// Why a document was left as it is, and the way out. One or two sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

pub(super) fn refusal(why: &str) -> Refusal {
    Refusal(why.to_owned())
}

pub(super) fn damaged() -> Refusal {
    refusal(
        "The document is damaged and cannot be read. Open it in Word, let Word repair it, and save \
         it under the same name.",
    )
}

/// The state is there and the controls are not.
pub(super) fn stripped() -> Refusal {
    refusal(
        "The document has lost the controls that lathe fills: it was saved by a program that takes \
         them out, such as LibreOffice or Google Docs. Go back to the last version saved by Word, \
         or to one of those in the folder previous beside it.",
    )
}

/// The controls are there and the state is not.
pub(super) fn forgotten() -> Refusal {
    refusal(
        "The document has lost the record of what lathe wrote in it: it was saved by a program that \
         takes it out. Go back to the last version saved by Word, or to one of those in the folder \
         previous beside it.",
    )
}

/// Neither is there.
pub(super) fn foreign() -> Refusal {
    refusal(
        "The document has none of the controls that lathe fills. Either it is not one of lathe's, or \
         it was saved by a program that takes them out, such as LibreOffice or Google Docs. Go back \
         to the last version saved by Word.",
    )
}

pub(super) fn not_word() -> Refusal {
    refusal("This is not a Word document. Save it from Word as a Word document (.docx).")
}

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Refusal {
        match unfit {
            Unfit::Damaged => damaged(),
            Unfit::NotWord => not_word(),
            Unfit::Strict => refusal(
                "The document is saved as Strict Open XML. In Word, choose Save As and the type \
                 Word Document (.docx).",
            ),
        }
    }
}
