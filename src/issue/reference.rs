//! The sheets that ask nothing: Guidance, Dictionary and Lists.

use super::{
    Issue,
    layout::{Line, Listing, Page, Slot, What},
    look::Look,
    words,
};
use crate::{
    english,
    form::{Field, Kind, Need, Part},
    programme::Programme,
};

pub(crate) const LISTS: &str = "Lists";

/// How to fill the form in.
pub(crate) fn guidance(issue: &Issue<'_>, programme: &Programme) -> Page {
    let mut page = Page { tab: "Guidance".to_owned(), widths: vec![24, 78, 30], ..Page::default() };
    let mut line = |height: u32, cells: Vec<(u16, Slot)>| {
        page.lines.push(Line { height, cells: cells.into_iter().collect(), ..Line::default() });
    };
    let title = format!("How to fill in this form: {}", issue.subject());
    line(24, vec![(0, Slot::words(Look::Title, title))]);
    let mut about = format!("{}, {}.", programme.title, programme.round);
    if let Some(due) = programme.calendar.returns_due {
        about.push_str(&format!(" Please send it back by {}.", english::date(due)));
    }
    line(18, vec![(0, Slot::words(Look::About, about))]);

    line(8, vec![]);
    line(17, vec![(0, Slot::words(Look::Section, "Who fills in what"))]);
    line(16, heading(&["Sheet", "What it asks", "Who usually holds the answers"]));
    for sheet in issue.sheets() {
        let link = What::Link { words: sheet.name.to_owned(), to: sheet.code.to_owned() };
        let height = words::lines(sheet.about, 81, 10) * 13 + 4;
        line(
            height,
            vec![
                (0, Slot { what: link, look: Look::Link }),
                (1, Slot::words(Look::Text, sheet.about)),
                (2, Slot::words(Look::Text, sheet.asks)),
            ],
        );
    }

    line(8, vec![]);
    line(17, vec![(0, Slot::words(Look::Section, "How to answer"))]);
    for (topic, text) in answering(issue) {
        let height = words::lines(text, 81, 10).max(words::lines(topic, 23, 11)) * 13 + 5;
        line(
            height,
            vec![(0, Slot::words(Look::Topic, topic)), (1, Slot::words(Look::Text, text))],
        );
    }

    line(8, vec![]);
    line(17, vec![(0, Slot::words(Look::Section, "What the colours mean"))]);
    for (look, text) in [
        (Look::Wanted, "We need an answer here (in a table: in every row you use)."),
        (
            Look::Optional,
            "Fill this in if it applies. It turns yellow when your other answers make us need it.",
        ),
        (Look::Given, "Filled in by the programme office. Please leave it as it is."),
        (Look::Total, "Adds up by itself."),
    ] {
        line(17, vec![(0, Slot { what: What::Nothing, look }), (1, Slot::words(Look::Text, text))]);
    }

    line(8, vec![]);
    line(17, vec![(0, Slot::words(Look::Section, "Sending it back"))]);
    for (topic, text) in sending(issue) {
        let height = words::lines(text, 81, 10).max(words::lines(topic, 23, 11)) * 13 + 5;
        line(
            height,
            vec![(0, Slot::words(Look::Topic, topic)), (1, Slot::words(Look::Text, text))],
        );
    }
    page
}

fn answering(issue: &Issue<'_>) -> Vec<(&'static str, &'static str)> {
    let pounds = match (issue.project, issue.council) {
        (Some(_), Some(_)) => {
            "Enter pounds, not thousands, without pence. Expenditure is positive, and so is income: the form takes income away."
        }
        (Some(_), None) => {
            "Enter pounds, not thousands, without pence. A saving is positive, and so is a cost."
        }
        (None, _) => "Enter pounds, not thousands, without pence.",
    };
    let mut rules = vec![
        (
            "0, blank and N/A",
            "0 means nil. Blank means not answered, and we will ask. N/A means that the question cannot apply to you: please say why in the note beside it or at the foot of the sheet.",
        ),
        ("Whole pounds", pounds),
        ("Estimates", "An estimate is better than a blank. Please say that it is one."),
        ("Percentages", "Enter 12.5 for 12.5%."),
        ("Dates", "Enter day, month and year, as in 31/03/2009."),
        (
            "Several answers",
            "Where several of a list may apply, type them into the one cell with a semicolon between: Mar; Apr.",
        ),
        ("Tables", "One line for each thing. Lines you do not need stay empty."),
        (
            "Names",
            "No names of post-holders, dates of birth, payroll or national insurance numbers anywhere, please. The people who fill in, agree or lead are the only ones we ask for by name.",
        ),
        ("Notes", "The last questions of a sheet have room for anything else we should know."),
    ];
    if issue.project.is_none() {
        rules.retain(|(topic, _)| !matches!(*topic, "Tables"));
    }
    rules
}

fn sending(issue: &Issue<'_>) -> Vec<(&'static str, &'static str)> {
    let first = issue.workbook.sheets[0].name;
    let parts = if first == "Cover" {
        "Colleagues may each fill in a copy. Send all the copies; each needs the Cover with the same number of return. We put them together sheet by sheet."
    } else {
        "Colleagues may each fill in a copy. Send all the copies, each with its first sheet and the same number. We put them together sheet by sheet."
    };
    vec![
        (
            "Name of the file",
            "Any name will do. We know the form by its issue number on the first sheet.",
        ),
        ("Several people", parts),
        (
            "Sending it again",
            "Raise the number on the first sheet by one each time. We use the highest.",
        ),
        (
            "Protection",
            "Only the cells to fill in can be typed into. There is no password: Review, Unprotect Sheet lets you insert rows or widen columns. You may insert rows and move columns; we still find the answers.",
        ),
        ("Other programs", "You may save from Excel of any age or from LibreOffice."),
        (
            "What happens then",
            "We check every answer, and send questions back with the cell they are about. What is made public never shows the name of a post-holder or the pay of one post.",
        ),
        ("Questions", "Please reply to the message that this form came with."),
    ]
}

/// Every question of this form.
pub(crate) fn dictionary(issue: &Issue<'_>, programme: &Programme) -> Page {
    let columns = ["Sheet", "Name", "Question", "Type", "Unit", "Needed", "Choices"];
    let mut page = Page {
        tab: "Dictionary".to_owned(),
        widths: vec![13, 30, 46, 16, 13, 34, 40],
        frozen_columns: 0,
        ..Page::default()
    };
    page.lines.push(one(24, Slot::words(Look::Title, "Every question of this form")));
    page.lines.push(one(
        18,
        Slot::words(
            Look::About,
            "For reference. The name is the defined name of the cell or column.",
        ),
    ));
    page.lines.push(Line { height: 8, ..Line::default() });
    page.listings.push(Listing {
        name: "Dictionary_table",
        top: page.lines.len(),
        columns: columns.to_vec(),
    });
    page.lines.push(head(&columns));
    for sheet in issue.sheets() {
        for field in sheet.parts.iter().flat_map(Part::fields).filter(|field| issue.asks(field)) {
            let needed = match field.need {
                Need::Yes => "Yes".to_owned(),
                Need::No => "No".to_owned(),
                Need::RowUsed => "Yes, in every row used".to_owned(),
                Need::If(condition) => words::needed(sheet, field, condition),
                Need::Locked => "Filled in by the programme office".to_owned(),
                Need::Formula => "Adds up by itself".to_owned(),
            };
            let options = words::options(issue, programme, field).join("; ");
            let unit = match field.unit {
                "@volume_unit" => issue.project.map_or("", |project| &project.volume_unit),
                "GBP" => "pounds",
                unit => unit,
            };
            page.lines.push(listed(
                &page.widths,
                [
                    sheet.name,
                    field.name,
                    field.label,
                    kind_in_words(field),
                    unit,
                    &needed,
                    &options,
                ],
            ));
        }
    }
    page
}

fn kind_in_words(field: &Field) -> &'static str {
    match field.kind {
        Kind::Text => "text",
        Kind::Choice => "one of a list",
        Kind::Multi => "several of a list",
        Kind::Money => "whole pounds",
        Kind::Int => "whole number",
        Kind::Fte => "FTE, two places",
        Kind::Pct => "percentage",
        Kind::Dec => "number",
        Kind::Date => "date",
        Kind::Fy => "financial year",
        Kind::Yn => "Yes or No",
        Kind::Ynu => "Yes, No or Not known",
    }
}

/// The choices of every list, below one another, each list named by the question that uses it first.
pub(crate) fn lists(issue: &Issue<'_>, programme: &Programme) -> Page {
    let columns = ["Sheet", "Question", "Choice"];
    let mut page = Page { tab: LISTS.to_owned(), widths: vec![14, 60, 44], ..Page::default() };
    page.lines.push(one(24, Slot::words(Look::Title, "The lists to choose from")));
    let about = "For reference, and for the lists that drop down beside a cell.";
    page.lines.push(one(18, Slot::words(Look::About, about)));
    page.lines.push(Line { height: 8, ..Line::default() });
    page.listings.push(Listing {
        name: "Lists_table",
        top: page.lines.len(),
        columns: columns.to_vec(),
    });
    page.lines.push(head(&columns));
    let mut known: Vec<Vec<String>> = vec![];
    for sheet in issue.sheets() {
        for field in sheet.parts.iter().flat_map(Part::fields).filter(|field| issue.asks(field)) {
            let options = words::options(issue, programme, field);
            if known.contains(&options) {
                continue;
            }
            for option in &options {
                page.lines.push(listed(&page.widths, [sheet.name, field.label, option]));
            }
            known.push(options);
        }
    }
    page
}

/// The heading of a list for reading.
fn head(columns: &[&str]) -> Line {
    Line {
        height: 17,
        cells: heading(columns).into_iter().collect(),
        freeze: true,
        repeat: true,
        ..Line::default()
    }
}

/// A row of a list for reading, as high as its longest text needs.
fn listed<const COUNT: usize>(widths: &[u32], texts: [&str; COUNT]) -> Line {
    let lines = texts.iter().zip(widths).map(|(text, width)| words::lines(text, *width, 10)).max();
    let cells = (0..).zip(texts).map(|(column, text)| (column, Slot::words(Look::Listed, text)));
    Line { height: lines.unwrap_or(1) * 13 + 3, cells: cells.collect(), ..Line::default() }
}

fn heading(words: &[&str]) -> Vec<(u16, Slot)> {
    (0..).zip(words).map(|(column, words)| (column, Slot::words(Look::Heading, *words))).collect()
}

fn one(height: u32, slot: Slot) -> Line {
    Line { height, cells: [(0, slot)].into(), ..Line::default() }
}
