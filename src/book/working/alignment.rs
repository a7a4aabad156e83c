//! When the contracts of a project could end together, and how each stands to that and to the planned start (D7).

use jiff::civil::Date;

use crate::{
    book::{
        board::Board,
        consolidated::{end, given},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
    },
    english,
    figure::{Amount, Figure, WITHHELD},
    form::brief::options,
    picture::{Contract, Coverage, Price},
};

/// The two days on which all contracts could end together: the basis of their figures, and what they are called.
const BASES: [(&str, &str, &str); 2] = [
    ("earliest", "contracts.earliest_alignment", "Earliest: some are left early"),
    ("natural", "contracts.natural_alignment", "Natural: none is left early"),
];

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let mut lead = said::coverage(board);
    lead.push(format!(
        "The planned start is {}. A contract with a last day simply ends; notice is for those that go on \
         until it is given and those that are left early. Work on what follows a contract starts twelve \
         months before its end, unless the return says otherwise.",
        english::date(board.project.go_live)
    ));
    Sheet {
        name: "Contract_Alignment",
        title: format!("{}: when contracts can end together", board.project.title),
        lead,
        blocks: vec![
            Block::Table(together(board, false)),
            Block::Table(joining(board)),
            Block::Table(each(board)),
        ],
        page: Page::Across,
    }
}

/// What leaving a contract costs if all end together on one of the days. A price: exempt workbooks and working papers only.
pub(in crate::book) fn cost_of_leaving(board: &Board<'_>, price: &Price, basis: &str) -> Cell {
    let (council, item) = (Some(&*price.council), Some(&*price.reference));
    match of_basis(board, "contracts.exit_cost", council, item, basis).and_then(Figure::number) {
        Some(cost) => Cell::number(cost.clone(), Look::Pence),
        None => Cell::words(said::missing("")),
    }
}

/// In a public workbook a cost stands only where it may.
pub(in crate::book) fn together(board: &Board<'_>, public: bool) -> Table {
    let row = |(basis, key, label): &(&'static str, &str, &str)| {
        let figure = board.combined(key)?;
        let cost = of_basis(board, "contracts.exit_cost", None, None, basis);
        let later: Vec<&str> = figure
            .reasons
            .values()
            .filter(|reason| reason.starts_with("not later than"))
            .map(String::as_str)
            .collect();
        Some(Row::of(vec![
            Cell::text(*label),
            date(figure),
            match cost.and_then(Figure::number) {
                Some(_) if public && cost.is_some_and(|cost| !cost.public) => {
                    Cell::words(said::missing(WITHHELD))
                }
                Some(cost) => Cell::number(cost.clone(), Look::Pounds),
                None if figure.value.is_none() => date(figure),
                None => Cell::words(said::missing("")),
            },
            Cell::text(match later.as_slice() {
                [] => String::from("as given"),
                reasons => reasons.join("; "),
            }),
            Cell::text(match said::lacking(figure, board.programme) {
                none if none.is_empty() => String::from("complete"),
                lacking => lacking,
            }),
        ]))
    };
    Table {
        name: "Alignment_together",
        title: String::from(
            "When all contracts can have ended, so that what follows starts together",
        ),
        columns: vec![
            Column::text("Alignment", 30),
            Column { widest: 20, ..Column::numbers("First day without them") },
            Column::numbers("Cost of leaving early"),
            Column::text("How sure", 40),
            Column::text("Status", 34),
        ],
        rows: BASES.iter().filter_map(row).collect(),
        filter: false,
        if_empty: String::from("No contracts are asked for."),
    }
}

/// When each council could join, beside what the options plan.
pub(in crate::book) fn joining(board: &Board<'_>) -> Table {
    let common = board.combined("contracts.earliest_alignment");
    let row = |line: &&Coverage| {
        let council = &*line.council;
        let figure = board.figure("contracts.join_date", Some(council), None, None);
        Row::of(vec![
            Cell::text(board.programme.name(council)),
            figure.map_or_else(|| Cell::words(said::missing("")), date),
            common.map_or_else(|| Cell::words(said::missing("")), date),
            Cell::text(planned(board, council)),
        ])
    };
    Table {
        name: "Alignment_joining",
        title: String::from("When each council is free of its own contracts"),
        columns: vec![
            Column::text("Council", 30),
            Column { widest: 20, ..Column::numbers("Could join from") },
            Column { widest: 20, ..Column::numbers("All could join from") },
            Column::text("Planned in the brief", 40),
        ],
        rows: board.councils().iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No council is asked."),
    }
}

/// The dates on which the options of the brief have a council join.
fn planned(board: &Board<'_>, council: &str) -> String {
    let brief = board.intake.brief(&board.project.code);
    let rows = brief.into_iter().flat_map(|brief| brief.used_rows(&options::JOIN_TABLE));
    let own = rows.filter(|row| row.get(&options::JOIN_COUNCIL).is(council));
    let said = own.filter_map(|row| {
        let option = row.get(&options::JOIN_OPTION).number()?;
        let date = english::date(row.get(&options::JOIN_DATE).date()?);
        Some(format!("option {}: {date}", option.normalize()))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { String::from("no date of its own") } else { said.join("; ") }
}

fn each(board: &Board<'_>) -> Table {
    let row = |contract: &Contract| {
        let council = Some(&*contract.council);
        let item = Some(&*contract.reference);
        let mut cells = vec![
            given(&format!("{}: {}", contract.reference, contract.title)),
            end(contract.end),
            day(contract.earliest_exit),
            Cell::text(board.programme.name(&contract.council)),
            Cell::text(contract.placing.words()),
            day(contract.start_by),
        ];
        for (basis, ..) in BASES {
            let find = |key| of_basis(board, key, council, item, basis);
            cells.push(match find("contracts.exit_cost").and_then(Figure::number) {
                Some(cost) => Cell::number(cost.clone(), Look::Pounds),
                None => Cell::words(said::missing("")),
            });
            cells.push(match find("contracts.bridging_months").and_then(Figure::number) {
                Some(months) => Cell::count(months.clone()),
                None => Cell::words(said::missing("")),
            });
            cells.push(match find("contracts.notice_by") {
                Some(figure) => date(figure),
                None => Cell::words("no notice [z]"),
            });
        }
        Row::of(cells)
    };
    let narrow = |header: &str| Column { widest: 12, ..Column::numbers(header) };
    Table {
        name: "Alignment_contracts",
        title: String::from("Each contract"),
        columns: vec![
            Column::text("Contract", 30),
            narrow("Last day in force"),
            narrow("First day without it at the earliest"),
            Column::text("Council", 20),
            Column::text("At the planned start", 20),
            narrow("Start work on what follows by"),
            narrow("Cost of leaving: earliest"),
            narrow("Months to bridge: earliest"),
            narrow("Notice by: earliest"),
            narrow("Cost of leaving: natural"),
            narrow("Months to bridge: natural"),
            narrow("Notice by: natural"),
        ],
        rows: board.picture.contracts.iter().map(row).collect(),
        filter: true,
        if_empty: String::from("No contracts are listed that can be used."),
    }
}

/// The last day to give notice of a contract, so that all can end together as early as can be.
pub(in crate::book) fn notice_by(board: &Board<'_>, contract: &Contract) -> Cell {
    let (council, item) = (Some(&*contract.council), Some(&*contract.reference));
    match of_basis(board, "contracts.notice_by", council, item, BASES[0].0) {
        Some(figure) => date(figure),
        None => Cell::words("no notice [z]"),
    }
}

/// A figure of one of the alignments.
fn of_basis<'b>(
    board: &Board<'b>,
    key: &str,
    council: Option<&str>,
    item: Option<&str>,
    basis: &str,
) -> Option<&'b Figure> {
    board.figures.iter().copied().find(|figure| {
        figure.key == key
            && figure.council.as_deref() == council
            && figure.item.as_deref() == item
            && figure.basis == Some(basis)
    })
}

/// A date, or the words for why there is none.
fn date(figure: &Figure) -> Cell {
    match &figure.value {
        Some(Amount::Date(date)) => Cell::date(*date),
        _ if figure.missing.is_empty() => Cell::words("no contracts [z]"),
        _ => Cell::words(said::missing(figure.reasons.values().next().map_or("", String::as_str))),
    }
}

pub(in crate::book) fn day(date: Option<Date>) -> Cell {
    date.map_or_else(|| Cell::words("no date [z]"), Cell::date)
}
