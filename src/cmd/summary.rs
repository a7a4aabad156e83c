//! The table that ends a run: what a person should know, and what to open first.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::Path,
    sync::Arc,
};

use lathe::{
    disclosure,
    draft::{
        Kind,
        changes::{CHANGES, Report},
    },
    english,
    figure::Ask,
    finding::{Finding, Severity},
    intake::{Intake, Why},
    picture::{Coverage, Picture, State},
    programme::{Code, Programme, Project},
    word::Notice,
};

/// The rule on answers that an earlier version gave and the one in use leaves empty.
const WITHDRAWN: &str = "IDN-010";

/// What is to be said of a draft.
pub(crate) struct DraftNews {
    /// Inside the programme folder, with forward slashes.
    pub(crate) name: String,
    pub(crate) became: Became,
    /// Why the list of changes is not beside it.
    pub(crate) aside: Option<String>,
}

/// What became of a draft.
pub(crate) enum Became {
    /// With what its template has that means nothing.
    Created(Vec<Notice>),
    Refreshed(Report),
    Unchanged(Report),
    /// The document is as it was, for this reason.
    LeftAlone(String),
}

impl DraftNews {
    pub(crate) fn new(name: String, became: Became) -> DraftNews {
        DraftNews { name, became, aside: None }
    }
}

/// What is to be said of each project's drafts.
pub(super) type News = BTreeMap<(Code, Kind), DraftNews>;

/// The business case, by which a project's line goes.
fn case_of<'n>(news: &'n News, project: &Project) -> Option<&'n DraftNews> {
    news.get(&(Arc::clone(&project.code), Kind::BusinessCase))
}

/// How many changes of a document are listed; the rest stand in its list of changes.
const LISTED: usize = 10;

/// What is longer than this does not push the others of its heading to the right.
const WIDE: usize = 44;

/// What a refresh did to a document, indented below its name: a line for each change under the heading where it stands.
/// At most so many changes are listed.
pub(super) fn report(out: &mut impl Write, report: &Report, most: usize) -> io::Result<()> {
    let mut left = most;
    for (heading, mut lines) in report.by_heading() {
        lines.truncate(left);
        left -= lines.len();
        if lines.is_empty() {
            break;
        }
        writeln!(
            out,
            "  {}",
            if heading.is_empty() { "Above the first heading" } else { heading }
        )?;
        let widths = lines.iter().map(|[what, _]| what.chars().count());
        let width = widths.filter(|width| *width <= WIDE).max().unwrap_or(0);
        for [what, moved] in lines {
            writeln!(out, "    {what:width$}  {moved}")?;
        }
    }
    let more = report.changes.len().saturating_sub(most);
    if more > 0 {
        writeln!(out, "  and {} more: see {CHANGES} beside it", english::count(more))?;
    }
    for (sentence, places) in report.stale() {
        writeln!(out, "  {sentence}")?;
        for place in places {
            writeln!(out, "    {place}")?;
        }
    }
    for notice in &report.notices {
        writeln!(out, "  {}", notice.text)?;
    }
    Ok(())
}

/// Whether a return that figures are expected from is missing, rejected or has errors (`--strict`).
pub(crate) fn is_wanting(picture: &Picture) -> bool {
    let wanting = |line: &Coverage| line.state != State::Used || line.errors > 0;
    picture.projects.iter().any(|own| own.expected().any(wanting))
}

pub(crate) fn print(
    programme: &Programme,
    picture: &Picture,
    intake: &Intake,
    findings: &[Finding],
    news: &News,
    dir: &Path,
    folder: &Path,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    // Answers that a newer version took back come first: nobody may have meant it (IDN-010).
    for finding in findings.iter().filter(|finding| finding.rule.code == WITHDRAWN) {
        writeln!(out, "{}: {} {}\n", finding.place, finding.message, finding.fix)?;
    }
    let heading =
        ["", "Project", "Returns", "Errors", "Gross controllable", "Draft"].map(str::to_owned);
    let mut rows = vec![heading];
    rows.extend(
        programme.subjects().map(|project| row(programme, project, picture, findings, news)),
    );
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 6] = std::array::from_fn(width);
    for row in &rows {
        let [code, service, returns, errors, gross, draft] = row;
        let [a, b, c, d, e, _] = widths;
        writeln!(out, "{code:a$}  {service:b$}  {returns:c$}  {errors:>d$}  {gross:>e$}  {draft}")?;
    }
    pointer(&mut out, findings, intake, dir)?;
    let elsewhere =
        findings.iter().filter(|own| own.project.is_none() && own.severity == Severity::Error);
    for finding in elsewhere {
        writeln!(out, "\n{}: {} {}", finding.place, finding.message, finding.fix)?;
    }
    for ((code, kind), own) in news {
        let name = &own.name;
        match &own.became {
            Became::Refreshed(told) | Became::Unchanged(told) if !told.is_empty() => {
                writeln!(out, "\n{code}: {name}")?;
                report(&mut out, told, LISTED)?;
            }
            Became::LeftAlone(reason) => {
                let what = if *kind == Kind::BusinessCase { "draft" } else { kind.title() };
                writeln!(out, "\n{code}: the {what} was left as it is: {reason}")?;
            }
            Became::Created(_) | Became::Refreshed(_) | Became::Unchanged(_) => {}
        }
        if let Some(aside) = &own.aside {
            writeln!(out, "  {aside}")?;
        }
    }
    templates(&mut out, news)?;
    for finding in findings.iter().filter(|finding| finding.rule.code == disclosure::RULE.code) {
        writeln!(out, "\n{} {}", finding.message, finding.fix)?;
    }
    let Some(first) = first(programme, picture, findings, news) else { return Ok(()) };
    writeln!(out, "\nOpen these first:")?;
    // A draft that was left alone still has the figures of before.
    let draft = case_of(news, first).filter(|own| !matches!(own.became, Became::LeftAlone(_)));
    let files = [
        folder.join("programme.xlsx"),
        folder.join(format!("projects/{}/consolidated.xlsx", first.folder())),
        draft.map_or_else(|| folder.join("progress-report.docx"), |own| dir.join(&own.name)),
    ];
    for file in files.into_iter().filter(|file| file.exists()) {
        writeln!(out, "  {}", file.strip_prefix(".").unwrap_or(&file).display())?;
    }
    Ok(())
}

/// Where to read more, when something is not used: the table counts only errors of returns that could be read.
fn pointer(
    out: &mut impl Write,
    findings: &[Finding],
    intake: &Intake,
    dir: &Path,
) -> io::Result<()> {
    if findings.iter().all(|own| own.severity != Severity::Error) {
        return Ok(());
    }
    let unread = intake.set_aside.iter().filter(|file| matches!(file.why, Why::Unopened(_)));
    let unread = match unread.count() {
        0 => String::new(),
        1 => String::from("One file could not be read, and is not in the table. "),
        some => {
            let some = english::capital(&english::count(some));
            format!("{some} files could not be read, and are not in the table. ")
        }
    };
    let dir = if dir == Path::new(".") { String::new() } else { format!(" -C {}", quoted(dir)) };
    writeln!(
        out,
        "\n{unread}`lathe check{dir}` says what is wrong, where and what to do, as does the sheet Queries of programme.xlsx."
    )
}

/// A path as it has to be typed in a command.
pub(super) fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(' ') { format!("\"{path}\"") } else { path }
}

/// What means nothing in the templates of the documents that were made, each once: they serve every project.
fn templates(out: &mut impl Write, news: &News) -> io::Result<()> {
    let mut told: BTreeMap<Kind, Vec<&str>> = BTreeMap::new();
    for ((_, kind), own) in news {
        let Became::Created(notices) = &own.became else { continue };
        let lines = told.entry(*kind).or_default();
        for notice in notices {
            if !lines.contains(&&*notice.text) {
                lines.push(&notice.text);
            }
        }
    }
    for (kind, lines) in told.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        writeln!(out, "\ntemplates/{}: left as it is, and to be put right:", kind.file_name())?;
        for line in lines {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

fn row(
    programme: &Programme,
    project: &Project,
    picture: &Picture,
    findings: &[Finding],
    news: &News,
) -> [String; 6] {
    let (returned, expected) = returns(project, picture);
    let ask = Ask {
        key: "revenue.gross_controllable",
        project: Some(&project.code),
        column: Some("y0_budget"),
        ..Ask::default()
    };
    let figure = picture.figures.find(ask);
    let gross = match figure.and_then(|figure| Some((figure, figure.number()?))) {
        None => String::from("not known"),
        Some((figure, gross)) if figure.missing.is_empty() => english::pounds(gross),
        Some((figure, gross)) => {
            let all = figure.used.len() + figure.missing.len();
            format!("{} ({} of {all})", english::pounds(gross), figure.used.len())
        }
    };
    let outstanding: Vec<&str> = picture
        .project(&project.code)
        .iter()
        .flat_map(|own| own.expected())
        .filter(|line| line.state == State::NotReturned)
        .map(|line| programme.name(&line.council))
        .collect();
    let mut returns = format!("{returned} of {expected}");
    if !outstanding.is_empty() {
        returns = format!("{returns}, not {}", english::list(&outstanding));
    }
    let draft = match case_of(news, project).map(|own| &own.became) {
        None => String::new(),
        Some(Became::Created(_)) => String::from("new"),
        Some(Became::Refreshed(report)) => match report.changes.len() {
            0 => String::from("brought up to date"),
            1 => String::from("1 text brought up to date"),
            count => format!("{count} texts brought up to date"),
        },
        Some(Became::Unchanged(_)) => String::from("as it was"),
        Some(Became::LeftAlone(_)) => String::from("left alone"),
    };
    let errors = errors(programme, project, findings).to_string();
    [project.code.to_string(), project.title.clone(), returns, errors, gross, draft]
}

/// The project to look at first: one whose draft was written, that all councils returned, with the fewest errors.
fn first<'a>(
    programme: &'a Programme,
    picture: &Picture,
    findings: &[Finding],
    news: &News,
) -> Option<&'a Project> {
    programme.projects.iter().min_by_key(|project| {
        let (returned, expected) = returns(project, picture);
        let became = case_of(news, project).map(|own| &own.became);
        let left_alone = matches!(became, Some(Became::LeftAlone(_)));
        (left_alone, expected - returned, errors(programme, project, findings), &project.code)
    })
}

/// Returns in use, and returns expected.
fn returns(project: &Project, picture: &Picture) -> (usize, usize) {
    let own = picture.project(&project.code);
    let lines = || own.iter().flat_map(|own| own.expected());
    (lines().filter(|line| line.state == State::Used).count(), lines().count())
}

/// Errors of the project's brief and of the returns that figures are expected from.
fn errors(programme: &Programme, project: &Project, findings: &[Finding]) -> usize {
    let expected = |council: &Code| project.expected().any(|code| code == council);
    let own = |finding: &&Finding| {
        programme.is_of(finding.project.as_ref(), project)
            && finding.severity == Severity::Error
            && finding.council.as_ref().is_none_or(expected)
    };
    findings.iter().filter(own).count()
}
