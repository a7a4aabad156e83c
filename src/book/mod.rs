//! Excel workbooks for officers and members.

mod across;
mod board;
mod calendar;
mod cells;
mod changes;
mod consolidated;
mod exempt;
mod formula;
mod layout;
mod lifespans;
mod live;
mod load;
mod measure;
mod paint;
mod programme;
mod projects;
mod queries;
mod reckon;
mod said;
mod sheet;
mod standing;
mod style;
mod suppliers;
mod timeline;
mod working;
mod write;

pub use changes::Change;
pub use consolidated::consolidated;
pub use exempt::exempt;
pub(crate) use load::{Borne, borne};
pub use programme::programme;
pub(crate) use standing::{RULE as STANDING_RULE, Standing};
pub use working::working;
