//! The exempt workbook of a project: pay by post and family, redundancy, prices. Every sheet says why it is exempt.

use anyhow::Result;

use crate::{
    book::{
        board::Board,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
        working::{alignment, trail},
        write::{Book, Class},
    },
    english,
    fact::exempt::is_on_leaving,
    number::Exact,
    picture::{FamilyPay, OneOff, PaidPost, Price, SupplierSum, Told},
    programme::Project,
};

/// What each paragraph of Part 1 of Schedule 12A is about, as far as this workbook rests on it.
const PEOPLE: (&str, &str) = (
    "paragraphs 1 and 2",
    "information relating to an individual, or likely to reveal the identity of one",
);
const BUSINESS: (&str, &str) = (
    "paragraph 3",
    "information relating to the financial or business affairs of a particular person",
);
const LABOUR: (&str, &str) = (
    "paragraph 4",
    "information relating to consultations or negotiations in a labour relations matter",
);

/// The bytes of `exempt.xlsx`; none where nothing is exempt.
///
/// # Errors
/// When the picture lacks the project, or the workbook cannot be made.
pub fn exempt(told: &Told<'_>, project: &Project) -> Result<Option<Vec<u8>>> {
    let board = Board::new(told, project)?;
    let exempt = &board.picture.exempt;
    if exempt.is_empty() {
        return Ok(None);
    }
    let mut sheets = vec![];
    if !exempt.posts.is_empty() {
        sheets.extend([posts(&board), families(&board), harmonisation(&board)]);
    }
    let leaving = ("Redundancy", "redundancy and pension strain", LABOUR);
    let ending = ("Contract_Exit", "what ending contracts costs once", BUSINESS);
    let (people, contracts): (Vec<&OneOff>, Vec<&OneOff>) =
        exempt.one_offs.iter().partition(|own| is_on_leaving(&own.category));
    sheets.extend(one_offs(&board, "Exempt_redundancy", leaving, &people));
    sheets.extend(one_offs(&board, "Exempt_contract_exit", ending, &contracts));
    if !exempt.prices.is_empty() {
        sheets.push(prices(&board));
    }
    if !exempt.suppliers.is_empty() {
        sheets.push(suppliers(&board));
    }
    let title = format!("{}: exempt information", project.title);
    Book { title, class: Class::Exempt, sheets }.bytes(told).map(Some)
}

/// A sheet of one table.
fn sheet(
    board: &Board<'_>,
    name: &'static str,
    what: &str,
    (paragraph, about): (&str, &str),
    table: Table,
) -> Sheet {
    Sheet {
        name,
        title: format!("{}: {what}", board.project.title),
        lead: vec![format!(
            "Exempt: not for publication by virtue of {paragraph} of Part 1 of Schedule 12A to the Local \
             Government Act 1972 ({about})."
        )],
        blocks: vec![Block::Table(table)],
        page: Page::Across,
    }
}

fn posts(board: &Board<'_>) -> Sheet {
    let row = |post: &PaidPost| {
        Row::of(vec![
            Cell::text(board.programme.name(&post.council)),
            text(&post.reference),
            text(&post.title),
            text(&post.family),
            text(&post.grade),
            number(post.established.clone(), Look::Fte),
            number(post.people.clone(), Look::Count),
            number(post.salary, Look::Pence),
            post.allowances
                .map_or_else(|| Cell::words("none"), |own| Cell::number(own, Look::Pence)),
            number(post.oncost_pct, Look::Ratio),
            number(post.cost.clone(), Look::Pence),
            trail::place(&post.place),
        ])
    };
    let table = Table {
        name: "Exempt_posts",
        title: String::new(),
        columns: vec![
            Column::text("Council", 20),
            Column::text("Reference", 14),
            Column::text("Post", 34),
            Column::text("Job family", 16),
            Column::text("Grade", 12),
            Column::numbers("Budgeted FTE"),
            Column::numbers("People in post"),
            Column::numbers("Salary of one FTE (£)"),
            Column::numbers("Allowances of one FTE (£)"),
            Column::numbers("On-costs (%)"),
            Column::numbers("Cost a year (£)"),
            Column::text("Cell", 18),
        ],
        rows: board.picture.exempt.posts.iter().map(row).collect(),
        filter: true,
        if_empty: String::new(),
    };
    sheet(board, "Pay_By_Post", "pay by post", PEOPLE, table)
}

/// Pay by family, council by council and together.
fn families(board: &Board<'_>) -> Sheet {
    let mut rows = vec![];
    for family in &board.project.families {
        let of = |council: Option<&str>| -> Vec<&PaidPost> {
            let posts = board.picture.exempt.posts.iter();
            posts
                .filter(|post| post.family == family.name)
                .filter(|post| council.is_none_or(|own| *post.council == *own))
                .collect()
        };
        let row = |name: &str, posts: &[&PaidPost]| {
            let sum = |of: fn(&PaidPost) -> Option<Exact>| -> Option<Exact> {
                let known: Option<Vec<Exact>> = posts.iter().map(|post| of(post)).collect();
                Some(known?.into_iter().sum())
            };
            let (fte, cost) = (sum(|post| post.established.clone()), sum(|post| post.cost.clone()));
            let each = fte.as_ref().zip(cost.as_ref()).and_then(|(fte, cost)| cost.over(fte));
            vec![
                Cell::text(&family.name),
                Cell::text(name),
                number(fte, Look::Fte),
                number(sum(|post| post.people.clone()), Look::Count),
                number(cost, Look::Pence),
                number(each, Look::Pence),
            ]
        };
        for line in board.councils() {
            let posts = of(Some(&line.council));
            if !posts.is_empty() {
                rows.push(Row::of(row(board.programme.name(&line.council), &posts)));
            }
        }
        let all = of(None);
        if !all.is_empty() {
            rows.push(Row { cells: row("All councils together", &all), strong: true });
        }
    }
    let table = Table {
        name: "Exempt_families",
        title: String::new(),
        columns: vec![
            Column::text("Job family", 20),
            Column::text("Council", 24),
            Column::numbers("Budgeted FTE"),
            Column::numbers("People in post"),
            Column::numbers("Cost a year (£)"),
            Column::numbers("Cost of one FTE (£)"),
        ],
        rows,
        filter: true,
        if_empty: String::from("No post with a job family can be used."),
    };
    sheet(board, "Pay_By_Family", "pay by job family", PEOPLE, table)
}

fn harmonisation(board: &Board<'_>) -> Sheet {
    let families = &board.picture.exempt.families;
    let money = |own: &Exact| Cell::number(own.clone(), Look::Pence);
    let costs: [fn(&FamilyPay) -> &Exact; 5] = [
        |own| &own.to_highest,
        |own| &own.to_highest_filled,
        |own| &own.to_median,
        |own| &own.to_median_filled,
        |own| &own.protected,
    ];
    let row = |own: &FamilyPay| {
        let mut cells = vec![Cell::text(&own.family), money(&own.highest), money(&own.median)];
        cells.extend(costs.map(|of| money(of(own))));
        Row::of(cells)
    };
    let mut rows: Vec<Row> = families.iter().map(row).collect();
    let mut total =
        vec![Cell::text("All families"), Cell::words("not a sum"), Cell::words("not a sum")];
    total.extend(costs.map(|of| money(&families.iter().map(|own| of(own).clone()).sum())));
    rows.push(Row { cells: total, strong: true });
    let table = Table {
        name: "Exempt_harmonisation",
        title: String::new(),
        columns: vec![
            Column::text("Job family", 20),
            Column::numbers("Highest salary (£)"),
            Column::numbers("Middle salary (£)"),
            Column::numbers("To the highest (£ a year)"),
            Column::numbers("To the highest, filled posts"),
            Column::numbers("To the middle (£ a year)"),
            Column::numbers("To the middle, filled posts"),
            Column::numbers("Above the middle, to be protected"),
        ],
        rows,
        filter: false,
        if_empty: String::new(),
    };
    sheet(board, "Harmonisation", "bringing pay together, by job family", LABOUR, table)
}

/// One-off costs that are exempt for the same reason, if there are any.
fn one_offs(
    board: &Board<'_>,
    table: &'static str,
    (name, what, why): (&'static str, &str, (&str, &str)),
    lines: &[&OneOff],
) -> Option<Sheet> {
    let row = |own: &&OneOff| {
        let mut cells = vec![
            Cell::text(format!("Option {}", own.option)),
            text(&own.category),
            text(&own.description),
        ];
        cells.extend(own.years.map(|year| number(year, Look::Pence)));
        cells.push(number(own.high_pct, Look::Ratio));
        cells.push(trail::place(&own.place));
        Row::of(cells)
    };
    let table = Table {
        name: table,
        title: String::new(),
        columns: vec![
            Column::text("Option", 12),
            Column::text("Category", 18),
            Column::text("What", 34),
            Column::numbers("Year 0 (£)"),
            Column::numbers("Year 1 (£)"),
            Column::numbers("Year 2 (£)"),
            Column::numbers("At worst (%)"),
            Column::text("Cell", 18),
        ],
        rows: lines.iter().map(row).collect(),
        filter: false,
        if_empty: String::new(),
    };
    (!lines.is_empty()).then(|| sheet(board, name, what, why, table))
}

fn prices(board: &Board<'_>) -> Sheet {
    let row = |own: &Price| {
        Row::of(vec![
            Cell::text(board.programme.name(&own.council)),
            text(&own.reference),
            text(&own.title),
            text(&own.supplier),
            number(own.annual_value, Look::Pence),
            number(own.share_pct, Look::Ratio),
            number(own.exit_fixed, Look::Pence),
            number(own.exit_per_month, Look::Pence),
            alignment::cost_of_leaving(board, own, "earliest"),
            alignment::cost_of_leaving(board, own, "natural"),
            trail::place(&own.place),
        ])
    };
    let table = Table {
        name: "Exempt_prices",
        title: String::new(),
        columns: vec![
            Column::text("Council", 20),
            Column::text("Reference", 14),
            Column::text("Contract", 34),
            Column::text("Supplier", 26),
            Column::numbers("Price a year (£)"),
            Column::numbers("Share of this service (%)"),
            Column::numbers("Cost of leaving early (£)"),
            Column::numbers("For each month left (£)"),
            Column::numbers("In all at the earliest alignment (£)"),
            Column::numbers("In all at the natural alignment (£)"),
            Column::text("Cell", 18),
        ],
        rows: board.picture.exempt.prices.iter().map(row).collect(),
        filter: true,
        if_empty: String::new(),
    };
    sheet(board, "Contract_Prices", "prices of contracts", BUSINESS, table)
}

/// What the contracts with suppliers that several councils depend on cost together.
fn suppliers(board: &Board<'_>) -> Sheet {
    let row = |own: &SupplierSum| {
        let names: Vec<&str> = own.councils.iter().map(|code| board.programme.name(code)).collect();
        Row::of(vec![
            Cell::text(&own.name),
            Cell::text(english::list(&names)),
            Cell::count(own.contracts),
            number(own.value.clone(), Look::Pence),
        ])
    };
    let table = Table {
        name: "Exempt_suppliers",
        title: String::new(),
        columns: vec![
            Column::text("Supplier", 34),
            Column::text("Councils with contracts", 40),
            Column::numbers("Contracts"),
            Column::numbers("Contracts a year, shares of this service (£)"),
        ],
        rows: board.picture.exempt.suppliers.iter().map(row).collect(),
        filter: true,
        if_empty: String::new(),
    };
    sheet(board, "Suppliers", "what contracts with shared suppliers cost", BUSINESS, table)
}

fn text(text: &str) -> Cell {
    Cell::text(if text.trim().is_empty() { "not given [x]" } else { text.trim() })
}

fn number(number: Option<impl Into<Exact>>, look: Look) -> Cell {
    match number {
        Some(number) => Cell::number(number, look),
        None => Cell::words("not given [x]"),
    }
}
