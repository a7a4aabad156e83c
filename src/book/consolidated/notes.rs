//! Notes: codes, definitions and what the figures were worked out with.

use crate::{
    book::{
        board::Board,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
    },
    english,
    number::Exact,
    programme::Estimate,
};

const CODES: [(&str, &str); 9] = [
    ("nil", "The council confirms that the figure is nought."),
    (
        "[x]",
        "Not available: not returned, not given, rejected by the rule named, or an average of too \
         few people.",
    ),
    ("[z]", "Not applicable, or not asked for in this project."),
    ("[c]", "Withheld, so that nobody’s pay can be told from it."),
    ("[p]", "Provisional: the council marked its return as a draft."),
    (
        "[e]",
        "The council, or the office in its place, calls the figure an estimate or an apportionment.",
    ),
    ("under query", "Used, and the council has been asked to confirm or correct it."),
    ("rejected", "Not used; the rule in brackets says why, and Queries says what to do."),
    (
        "Total of 3 of 4 councils",
        "A total that lacks a council. It is lower than the total of all councils would be, and must \
         not be read as that.",
    ),
];

const TERMS: [(&str, &str); 19] = [
    (
        "Gross controllable expenditure",
        "What the service itself spends, before central charges: employees, premises, transport, \
         supplies and services, and third-party payments.",
    ),
    (
        "Income",
        "Fees and charges, grants and contributions, recharges to other services, and other income.",
    ),
    ("Net controllable", "Gross controllable expenditure and transfer payments, less income."),
    (
        "Net total",
        "Net controllable with support services charged in and depreciation and impairment.",
    ),
    (
        "Less paid between councils",
        "What one council here pays another for this service, taken out so that it is not counted \
         twice. Base-year budget only.",
    ),
    (
        "Gross controllable less one-off items",
        "Gross controllable expenditure without what the councils call one-off.",
    ),
    ("Approved, provisional, bid", "The status that the council gives a capital scheme."),
    (
        "FTE",
        "Full-time equivalents, counted by the part of its time that a post spends on this service.",
    ),
    ("Vacancy rate", "Budgeted less filled FTE, as a part of budgeted FTE."),
    ("People in post", "A person who works for two councils is counted by each of them."),
    (
        "Could go without redundancy",
        "Vacant FTE, and fixed terms that end before the planned start where these are asked for.",
    ),
    (
        "Last day in force",
        "For a system the earlier of the ends of licence and support, as far as they are known; for a \
         contract its last day without extension.",
    ),
    (
        "Time left",
        "Expired: the last day is before the reference date. Less than 12 months, 1 to 2, 2 to 5, and 5 \
         or more years are counted from it.",
    ),
    (
        "The savings test",
        "The saving of the second financial year, as a part of the budget that the base year has less \
         one-off items. Met when it is at least the part wanted, reckoned exactly.",
    ),
    (
        "At worst, at best",
        "Each line of the option as low, or as high, as the project brief says it may come; at worst one-off \
         costs are as high as they may come as well.",
    ),
    ("Without new income", "The saving without lines that are new or higher income."),
    (
        "Gain",
        "What a council pays today less its share of the cost after the saving of year 2. A minus means \
         that it would pay more.",
    ),
    (
        "Net present value",
        "Savings less one-off costs of years 0 to 5, in constant prices; each later year counts for less, \
         by the discount rate.",
    ),
    (
        "Payback",
        "Years from the start of year 1 until the savings have made good the one-off costs.",
    ),
];

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    Sheet {
        name: "Notes",
        title: format!("{}: codes, definitions and parameters", board.project.title),
        lead: vec![String::from(
            "Pay, prices of contracts and systems, and names of officers are in no public workbook. \
             A budget line with one contract in it tells what that contract costs; budgets are public.",
        )],
        blocks: vec![
            table("Notes_codes", "Codes and words", ["Code", "Meaning"], pairs(&CODES)),
            table("Notes_definitions", "Definitions", ["Term", "Meaning"], pairs(&TERMS)),
            table("Notes_parameters", "Parameters", ["Parameter", "Value"], parameters(board)),
            estimates(board),
        ],
        page: Page::Upright,
    }
}

fn parameters(board: &Board<'_>) -> Vec<(String, String)> {
    let least = board.programme.thresholds.pct_time.normalize();
    let mut pairs = vec![
        (String::from("Run"), board.run.name.clone()),
        (String::from("Date of the run"), english::date(board.run.as_at)),
        (String::from("Reference date of lifespans"), english::date(board.run.reference_date)),
        (String::from("Base year"), board.programme.base_year.to_string()),
        (String::from("Planned start of the shared service"), english::date(board.project.go_live)),
        (
            String::from("Posts counted"),
            format!("those that spend at least {least}% of their time on the service"),
        ),
    ];
    let rate = Exact::from(board.programme.appraisal.discount_rate_pct) * Exact::ratio(1, 100);
    pairs.push((String::from("Discount rate a year"), english::percent(&rate)));
    let basis = board.told.wording.say("test.basis", board.project.test_basis.word(), &[]);
    pairs.push((String::from("Basis of the savings test"), format!("the {basis} budget")));
    for line in &board.picture.coverage {
        if let Some(council) = board.programme.council(&line.council) {
            let about: Vec<&str> = [&*council.population_year, &*council.population_source]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
            let people = Exact::from(council.population).rounded(0);
            pairs.push((
                format!("Population of {}", council.name),
                format!("{} ({})", english::thousands(&people), about.join(", ")),
            ));
        }
    }
    pairs
}

/// What the office put in the place of a council's own figure, so long as that stands.
fn estimates(board: &Board<'_>) -> Block {
    let own = board.programme.estimates.iter().filter(|own| {
        board.programme.is_of(Some(&own.project), board.project) && board.run.as_at <= own.until
    });
    let row = |own: &Estimate| {
        let council = board.programme.name(&own.council);
        let year = own.year.map(|year| format!(" {year}")).unwrap_or_default();
        let [made, until] = [own.when, own.until].map(english::date);
        let why = own.why.trim_end_matches('.');
        (
            format!("{council}: {}{year}", own.figure),
            format!("{why}. Made on {made}; stands until {until}."),
        )
    };
    let heads = ["Estimate of the office [e]", "Why, and until when"];
    let none = String::from("No figure is an estimate of the office.");
    match table("Notes_estimates", "Estimates of the office", heads, own.map(row).collect()) {
        Block::Table(table) => Block::Table(Table { if_empty: none, ..table }),
        block => block,
    }
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(term, meaning)| ((*term).to_owned(), (*meaning).to_owned())).collect()
}

fn table(name: &'static str, title: &str, heads: [&str; 2], pairs: Vec<(String, String)>) -> Block {
    let rows =
        pairs.into_iter().map(|(left, right)| Row::of(vec![Cell::text(left), Cell::text(right)]));
    Block::Table(Table {
        name,
        title: title.to_owned(),
        columns: vec![Column::text(heads[0], 38), Column::text(heads[1], 90)],
        rows: rows.collect(),
        filter: false,
        if_empty: String::new(),
    })
}
