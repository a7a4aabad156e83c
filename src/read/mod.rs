//! Workbooks in any state to answers.
