//! The business case: wording, values, template.
