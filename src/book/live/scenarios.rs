//! Scenarios side by side: totals, test, and who gains and pays more, with and without each council.

use super::{OPTION, lines::Counted, payback, test};
use crate::{
    book::{
        board::{Board, Wanted},
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::{Look, Mark},
    },
    english,
    figure::{Amount, Figure, Status, Unit},
    programme::Code,
};

const TABLE: &str = "Scenarios_side_by_side";

/// A set of councils for which figures are reckoned.
struct Set<'a> {
    board: &'a Board<'a>,
    name: Code,
    /// The option that was made for it; of several, one that can be tested.
    made: Option<u32>,
    /// The same, where it can be tested.
    option: Option<u32>,
    /// Whether its test follows from Assumptions.
    live: bool,
}

/// `live`: Assumptions stands in the workbook, and the test of all councils together follows from it.
pub(super) fn sheet(board: &Board<'_>, live: bool) -> Sheet {
    let mut names: Vec<Code> = vec![];
    for figure in board.told.picture.figures.iter() {
        let own = figure.project.as_ref() == Some(&board.project.code);
        if own && !names.contains(&figure.scenario) {
            names.push(figure.scenario.clone());
        }
    }
    let sets: Vec<Set<'_>> = names.into_iter().map(|name| Set::new(board, name, live)).collect();
    let mut lead = vec![String::from(
        "Each column is a set of councils with a total and a coverage of its own. A saving belongs to the \
         councils it was worked out for: a test runs only for an option made for just that set, and is not \
         worked out again for another.",
    )];
    if sets.iter().any(|set| set.live) {
        lead.push(String::from(
            "The test of all councils follows Assumptions; what other sets come to, and who would pay \
             more, stands as the run found it.",
        ));
    }
    Sheet {
        name: "Scenarios",
        title: format!("{}: with and without each council", board.project.title),
        lead,
        blocks: vec![Block::Table(side_by_side(&sets)), Block::Table(losers(board, &sets))],
        page: Page::Across,
    }
}

impl<'a> Set<'a> {
    fn new(board: &'a Board<'a>, name: Code, live: bool) -> Set<'a> {
        let tests = || board.of("savings.met").filter(|figure| figure.scenario == name);
        let made = tests().find(|figure| !is_for_others(figure)).and_then(|own| own.option);
        let tested = tests().find(|figure| figure.status == Status::Complete);
        let option = tested.and_then(|own| own.option);
        let live = live && option.is_some() && &*name == "all";
        Set { board, name, made: option.or(made), option, live }
    }

    fn words(&self) -> String {
        scenario(self.board, &self.name)
    }

    fn find(&self, wanted: Wanted<'_>) -> Option<&'a Figure> {
        self.board.find(Wanted { scenario: Some(&self.name), ..wanted })
    }

    /// A figure as a cell, or the words for why it is not there.
    fn cell(&self, wanted: Wanted<'_>, look: Look) -> Cell {
        match self.find(wanted) {
            Some(figure) => value(figure, look),
            None => Cell::words(said::missing("")),
        }
    }

    /// The first reason why no option can be tested for these councils.
    fn why_not(&self) -> String {
        let own = |figure: &&Figure| figure.scenario == self.name;
        let Some(figure) = self.board.of("savings.met").find(own) else {
            return String::from("no option in the brief");
        };
        let reasons: Vec<&String> = figure.reasons.values().collect();
        match reasons.as_slice() {
            [] => String::from("not available"),
            _ if is_for_others(figure) => String::from("savings not restated for these councils"),
            _ => said::lacking(figure, self.board.programme),
        }
    }
}

/// Whether an option was made for another set of councils.
fn is_for_others(test: &Figure) -> bool {
    test.reasons.values().any(|why| why.contains("restated"))
}

/// "all councils", "without Shepway", "with Ashford".
fn scenario(board: &Board<'_>, name: &str) -> String {
    if name == "all" {
        return String::from("All councils");
    }
    let scenario = board.programme.scenarios.iter().find(|own| &*own.name == name);
    let Some(scenario) = scenario else { return name.to_owned() };
    let names = |codes: &[Code]| {
        let names: Vec<&str> = codes.iter().map(|code| board.programme.name(code)).collect();
        english::list(&names)
    };
    let parts = [("without", &scenario.without), ("with", &scenario.with)];
    let said: Vec<String> = parts
        .iter()
        .filter(|(_, codes)| !codes.is_empty())
        .map(|(word, codes)| format!("{word} {}", names(codes)))
        .collect();
    english::capital(&english::list(&said))
}

fn value(figure: &Figure, look: Look) -> Cell {
    match (&figure.value, figure.unit) {
        (Some(Amount::Number(number)), _) => Cell {
            mark: match figure.missing.len() {
                0 => Mark::None,
                missing => Mark::Part(figure.used.len(), figure.used.len() + missing),
            },
            ..Cell::number(number.clone(), look)
        },
        (Some(Amount::YesNo(yes)), Unit::YesNo) => {
            Cell::words(if *yes { "met" } else { "not met" })
        }
        (Some(Amount::Text(text)), _) => Cell::words(text),
        _ => Cell::words("cannot be given [x]"),
    }
}

fn side_by_side(sets: &[Set<'_>]) -> Table {
    let mut rows: Vec<Row> = vec![];
    let mut line = |label: &str, of: &dyn Fn(&Set<'_>) -> Cell| {
        let mut cells = vec![Cell::text(label)];
        cells.extend(sets.iter().map(of));
        rows.push(Row::of(cells));
    };
    let key = |key| Wanted { key, ..Wanted::default() };
    line("Returns in use", &|set| {
        let figure = set.find(key("coverage.councils"));
        Cell::words(figure.map_or_else(
            || String::from("none"),
            |figure| {
                let of = figure.used.len() + figure.missing.len();
                format!("{} of {of}", figure.used.len())
            },
        ))
    });
    for (label, name, look) in [
        ("Gross controllable expenditure", "revenue.gross_controllable", Look::Pounds),
        ("Net controllable", "revenue.net_controllable", Look::Pounds),
        ("Net total", "revenue.net_total", Look::Pounds),
        ("Budgeted posts (FTE)", "staffing.fte_established", Look::Fte),
        ("Vacancy rate", "staffing.vacancy_rate", Look::Percent),
    ] {
        line(label, &|set| set.cell(key(name), look));
    }
    line("Gross controllable less one-off items", &|set| {
        set.cell(key("revenue.recurring"), Look::Pounds)
    });
    line("Saving wanted in year 2", &|set| {
        let base = set.find(key("revenue.recurring"));
        match base.is_some_and(|own| own.status == Status::Complete) {
            _ if set.live => Cell::formula(test::deciding(test::WANTED), Look::Pence),
            true => {
                set.cell(Wanted { option: set.any_option(), ..key("savings.target") }, Look::Pence)
            }
            false => Cell::words("not over a part [x]"),
        }
    });
    line("Option made for these councils", &|set| match set.made {
        Some(_) if set.live => Cell::formula(OPTION, Look::Count),
        Some(option) => Cell::count(option),
        None => Cell::words("none"),
    });
    for (label, name, look, live) in [
        ("Saving in year 2", "savings.year2", Look::Pounds, test::in_year_2(Counted::Likely)),
        ("As a part of the basis", "savings.percent", Look::Percent, test::deciding(test::PART)),
        ("The test", "savings.met", Look::Words, test::deciding(test::MET)),
        (
            "At worst, as a part",
            "savings.low_percent",
            Look::Percent,
            test::deciding(test::PART_AT_WORST),
        ),
        (
            "Without new income, as a part",
            "savings.percent_without_income",
            Look::Percent,
            test::deciding(test::PART_WITHOUT_INCOME),
        ),
        ("Net present value", "appraisal.npv", Look::Pence, payback::present_value()),
        ("Payback in years", "appraisal.payback_years", Look::Years, payback::paid_back()),
    ] {
        line(label, &|set| match set.option {
            Some(_) if set.live => Cell::formula(live.clone(), look),
            Some(option) => set.cell(Wanted { option: Some(option), ..key(name) }, look),
            None => Cell::words("not tested [x]"),
        });
    }
    line("Tested, or why not", &|set| match set.option {
        Some(_) => Cell::words("tested"),
        None => Cell::words(set.why_not()),
    });
    let mut columns = vec![Column::text("Measure", 38)];
    columns.extend(sets.iter().map(|set| Column::numbers(set.words())));
    Table {
        name: TABLE,
        title: String::from("Totals and test"),
        columns,
        rows,
        filter: false,
        if_empty: String::new(),
    }
}

impl Set<'_> {
    /// Any option of the brief: the saving wanted is the same for all.
    fn any_option(&self) -> Option<u32> {
        let target = |figure: &&Figure| figure.scenario == self.name;
        self.board.of("savings.target").find(target).and_then(|figure| figure.option)
    }
}

/// The councils that would pay more, by every way of sharing.
fn losers(board: &Board<'_>, sets: &[Set<'_>]) -> Table {
    let mut rows = vec![];
    for (income, words) in [("own", "each keeps its own income"), ("pooled", "income is pooled")] {
        for basis in ["agreed", "population", "budget", "equal", "usage"] {
            let who = |set: &Set<'_>| {
                let gains: Vec<&Figure> = board
                    .of("apportionment.gain")
                    .filter(|figure| {
                        figure.scenario == set.name
                            && figure.income == Some(income)
                            && figure.basis == Some(basis)
                            && figure.option == set.option
                            && figure.council.is_some()
                    })
                    .collect();
                if set.option.is_none() || gains.is_empty() {
                    return String::from("not tested [x]");
                }
                if gains.iter().any(|gain| gain.number().is_none()) {
                    return String::from("not available [x]");
                }
                let losers: Vec<&str> = gains
                    .iter()
                    .filter(|gain| gain.number().is_some_and(|gain| gain.is_negative()))
                    .filter_map(|gain| gain.council.as_deref())
                    .map(|code| board.programme.name(code))
                    .collect();
                if losers.is_empty() { String::from("nobody") } else { english::list(&losers) }
            };
            let mut cells = vec![Cell::text(format!("{}, {words}", english::capital(basis)))];
            cells.extend(sets.iter().map(|set| Cell::words(who(set))));
            rows.push(Row::of(cells));
        }
    }
    let mut columns = vec![Column::text("Shared by", 38)];
    columns.extend(sets.iter().map(|set| Column::numbers(set.words())));
    Table {
        name: "Scenarios_who_pays_more",
        title: String::from("Who would pay more than today"),
        columns,
        rows,
        filter: false,
        if_empty: String::new(),
    }
}
