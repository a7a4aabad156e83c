//! The rules, and what their errors keep from being used.
