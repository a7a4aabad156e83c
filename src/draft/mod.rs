//! The business case: wording, values, template.

pub mod wording;
