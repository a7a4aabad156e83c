//! lathe reads councils' workbooks, checks and consolidates them, and writes business-case drafts.
//!
//! The modules stand in the order in which the data meets them. A module uses only those above it.

/// Exact numbers, and the one door by which they come in.
pub mod number;

/// Words and numbers as a committee paper writes them.
pub mod english;

/// The sentences of documents, which an office may change.
pub mod wording;

/// Files, sheets and cells, named as Excel names them.
pub mod place;

/// What is wrong with a return.
pub mod finding;

/// TOML files that people write, and what is wrong with them.
pub mod settings;

/// The form: every field, said once.
pub mod form;

/// The programme: councils, projects, participation, thresholds.
pub mod programme;

/// Answers, each with its cell.
pub mod answer;

/// Where workbooks in a council's own layout keep the form's fields.
pub mod mapping;

/// What lies in returns/, in use or set aside.
pub mod intake;

/// Figures, each with its cells.
pub mod figure;

/// The consolidated picture: figures, registers, coverage.
pub mod picture;

/// What a return says once its cells are put together; rules and figures rest on it.
pub mod fact;

/// The days that matter for systems and contracts.
pub mod calendar;

/// Blank forms for every council and project.
pub mod issue;

/// Workbooks in any state to answers.
pub mod read;

/// The rules, and what their errors keep from being used.
pub mod check;

/// Answers to figures and registers.
pub mod consolidate;

/// Figures added up once more from the cells they name.
pub mod again;

/// Sentences that workbooks and drafts have in common.
pub mod sentence;

/// What the returns show beside an opinion of the brief.
pub mod evidence;

/// The contracts as bars along the years.
pub mod timeline;

/// Native charts of Excel and Word.
pub mod chart;

/// Excel workbooks for officers and members.
pub mod book;

/// The Word engine: fills tagged controls and leaves every other byte alone.
pub mod word;

/// The business case: wording, values, template.
pub mod draft;

/// What no public document may hold, looked for in its finished bytes.
pub mod disclosure;

/// Tidy facts for other tools.
pub mod export;

/// The folder of a run: complete, or not there.
pub mod output;

/// A new programme folder, with the sample if wanted.
pub mod init;
