//! Excel workbooks for officers and members.
