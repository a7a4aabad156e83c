//! A sheet of the form as lines of cells: its questions, grids and tables in the order of the form.

use std::collections::BTreeMap;

use super::{
    Issue,
    answers::{Answers, Typed},
    layout::{Heads, Line, Page, Slot, What},
    look::{Look, is_long},
    plan::Plan,
    prefill, words,
};
use crate::{
    form::{Field, Grid, GridColumn, GridRow, Kind, Need, Part, Sheet, Table, council_return},
    programme::Programme,
};

/// Columns that are added up above their table.
static TOTALLED: &[&Field] = &[
    &council_return::capital::SPEND_Y0,
    &council_return::capital::SPEND_Y1,
    &council_return::capital::SPEND_Y2,
    &council_return::capital::SPEND_Y3,
    &council_return::staffing::POSTS,
    &council_return::staffing::FTE_ESTABLISHED,
    &council_return::staffing::FTE_FILLED,
    &council_return::staffing::HEADCOUNT,
    &council_return::ict::ANNUAL_COST,
    &council_return::contracts::ANNUAL_VALUE,
    &council_return::service::SITE_ANNUAL_COST,
    &crate::form::brief::overview::FUNDING_AMOUNT,
];

/// Heights in points.
const ROW: u32 = 15;
const SMALL: u32 = 11;

/// Above this height, what stands over a table would leave too little of the screen to the table itself.
const FROZEN: u32 = 215;

/// The sheet of the form as it goes out, or filled in.
pub(crate) fn page(
    issue: &Issue<'_>,
    programme: &Programme,
    answers: &Answers,
    sheet: &'static Sheet,
) -> Page {
    let plan = Plan::new(issue, programme, sheet);
    let mut composer = Composer { issue, programme, answers, sheet, plan, lines: vec![] };
    composer.head();
    let mut parts = sheet.parts.iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Singles(fields) => composer.singles(fields),
            Part::Grid(grid) => {
                let totals =
                    parts.next_if(|next| matches!(next, Part::Grid(next) if next.adds_up()));
                composer.grid(
                    grid,
                    match totals {
                        Some(Part::Grid(totals)) => Some(totals),
                        _ => None,
                    },
                );
            }
            Part::Table(table) => composer.table(table),
        }
    }
    let mut page = Page {
        tab: sheet.name.to_owned(),
        code: sheet.code,
        lines: composer.lines,
        widths: composer.plan.widths,
        frozen_columns: u16::from(composer.plan.has_columns),
        listings: vec![],
    };
    freeze(&mut page.lines);
    page
}

/// Freezes and repeats on every page the one heading of a sheet; its title where there are several. Little is frozen
/// where what stands above would leave no room on the screen.
fn freeze(lines: &mut [Line]) {
    let heads =
        |what: Heads| (0..lines.len()).filter(|&at| lines[at].heads == what).collect::<Vec<_>>();
    let heading = match (&heads(Heads::Columns)[..], &heads(Heads::Questions)[..]) {
        ([only], _) | ([], [only]) => *only,
        _ => 0,
    };
    let above: u32 = lines[..=heading].iter().map(|line| line.height.max(ROW)).sum();
    lines[heading].repeat = true;
    lines[if above <= FROZEN { heading } else { 0 }].freeze = true;
}

/// The height of so many lines of text; one line keeps the usual height, so that it grows with what is typed.
fn height(lines: u32) -> u32 {
    if lines == 1 { 0 } else { lines * 13 + 4 }
}

struct Composer<'a> {
    issue: &'a Issue<'a>,
    programme: &'a Programme,
    answers: &'a Answers,
    sheet: &'static Sheet,
    plan: Plan,
    lines: Vec<Line>,
}

impl Composer<'_> {
    fn head(&mut self) {
        let title = format!("{}: {}", self.sheet.name, self.issue.subject());
        self.line(24, [(0, Slot::words(Look::Title, title))]);
        let mut about = self.sheet.about.to_owned();
        if std::ptr::eq(self.sheet, self.issue.workbook.sheets[0]) {
            about.push_str(" Start here: the next sheet, Guidance, says how to fill in the form.");
        }
        self.line(ROW + 3, [(0, Slot::words(Look::About, about))]);
    }

    fn singles(&mut self, fields: &[&'static Field]) {
        let asked = self.issue.asked(fields).filter(|field| self.year_of(field).is_none());
        let (given, asked): (Vec<&Field>, Vec<&Field>) = asked.partition(|field| !field.is_input());
        let (closing, asked): (Vec<&Field>, Vec<&Field>) = asked.into_iter().partition(|field| {
            self.plan.has_columns && matches!(self.key(field), "completed_by" | "notes")
        });
        for (title, fields) in
            [("Issued to", given), ("Questions", asked), ("About this sheet", closing)]
        {
            if fields.is_empty() {
                continue;
            }
            self.gap();
            match title {
                "Questions" if self.lines.iter().all(|line| line.heads == Heads::Nothing) => {
                    self.caption()
                }
                "Questions" => self.section("Further questions"),
                title => self.section(title),
            }
            if title == "Issued to" {
                let about = "Filled in by the programme office. Please leave it as it is.";
                self.line(ROW, [(0, Slot::words(Look::About, about))]);
            }
            for field in fields {
                self.single(field);
            }
        }
    }

    fn section(&mut self, title: &str) {
        self.line(ROW + 2, [(0, Slot::words(Look::Section, title))]);
    }

    /// What the columns of the questions are.
    fn caption(&mut self) {
        let plan = &self.plan;
        let last = if plan.across { plan.answer } else { plan.help };
        let cells: Vec<_> = (0..=last)
            .map(|column| match column {
                0 => (column, Slot::words(Look::Heading, "Question")),
                _ if column == plan.answer => (column, Slot::words(Look::Heading, "Your answer")),
                _ if column == plan.help => (column, Slot::words(Look::Heading, "Guidance")),
                _ => (column, Slot::words(Look::Band, "")),
            })
            .collect();
        self.line(ROW + 2, cells);
        self.now_heads(Heads::Questions);
    }

    fn single(&mut self, field: &'static Field) {
        let plan = &self.plan;
        let answer = if field.kind == Kind::Text { plan.wide } else { plan.answer };
        let help = words::help(self.issue, self.programme, self.sheet, field);
        let entry = self.entry(field, None);
        let mut lines = words::lines(field.label, plan.width(0), 10);
        if !plan.across {
            lines = lines.max(words::lines(&help, plan.width(plan.help), 9));
        }
        if let What::Entry { typed: Typed::Text(text), .. } = &entry.what {
            lines = lines.max(words::lines(text, plan.width(answer) - 1, 10).min(20));
        }
        lines = lines.max(match () {
            () if field.unit == "characters" && field.max.is_some_and(|max| max > 999.into()) => 5,
            () if is_long(field) => 3,
            () if field.kind == Kind::Multi => 2,
            () => 1,
        });
        let mut cells: BTreeMap<u16, Slot> = BTreeMap::new();
        if !plan.across {
            cells.extend((0..plan.help).map(|column| (column, Slot::words(Look::Rule, ""))));
        }
        cells.insert(0, Slot::words(Look::Label, field.label));
        if let Some(unit) = plan.unit {
            cells.insert(unit, Slot::words(Look::Unit, self.unit(field).unwrap_or_default()));
        }
        cells.insert(answer, entry);
        let look = if plan.across { Look::HelpAcross } else { Look::Help };
        cells.insert(plan.help, Slot::words(look, help));
        self.line(height(lines), cells);
    }

    fn grid(&mut self, grid: &'static Grid, totals: Option<&'static Grid>) {
        let columns = self.issue.columns(grid);
        if columns.is_empty() {
            return;
        }
        self.gap();
        let fields: Vec<&'static Field> = columns.iter().map(|column| &column.field).collect();
        self.years(1, &fields);
        let of_rows = grid.rows.iter().any(|row| !row.help.is_empty());
        self.help_above(1, &fields);
        let mut heading = vec![(0, grid.title.to_owned())];
        heading.extend((1..).zip(columns.iter().map(|column| column.heading())));
        if of_rows {
            heading.push((self.plan.help, "What to include".to_owned()));
        }
        let height = self.heading_height(heading.iter().map(|(column, words)| (*column, &**words)));
        let cells: Vec<_> = heading
            .into_iter()
            .map(|(column, words)| (column, Slot::words(Look::Heading, words)))
            .collect();
        self.line(height, cells);
        self.now_heads(Heads::Columns);
        for row in grid.rows {
            self.grid_row(grid, row, &columns);
            for total in totals.map_or(&[][..], |totals| totals.rows) {
                if total.comes_after(grid) == Some(row.key) {
                    self.total_row(grid, totals, total, &columns);
                }
            }
        }
    }

    fn grid_row(
        &mut self,
        grid: &'static Grid,
        row: &'static GridRow,
        columns: &[&'static GridColumn],
    ) {
        let plan = &self.plan;
        let mut lines = words::lines(row.label, plan.width(0), 10);
        let mut cells = vec![(0, Slot::words(Look::Label, row.label))];
        if !row.help.is_empty() {
            lines = lines.max(words::lines(row.help, plan.width(plan.help), 9));
            cells.push((plan.help, Slot::words(Look::Help, row.help)));
        }
        for (index, column) in (1..).zip(columns) {
            let field = grid.at(row, column);
            let entry = self.entry(field, None);
            if let What::Entry { typed: Typed::Text(text), .. } = &entry.what {
                lines = lines.max(words::lines(text, plan.width(index) - 1, 10).min(20));
            }
            lines = lines.max(if is_long(field) { 3 } else { 1 });
            cells.push((index, entry));
        }
        self.line(height(lines), cells);
    }

    fn total_row(
        &mut self,
        grid: &'static Grid,
        totals: Option<&'static Grid>,
        total: &'static GridRow,
        columns: &[&'static GridColumn],
    ) {
        let (Some(totals), Some(sum)) = (totals, &total.sum) else { return };
        let mut cells = vec![(0, Slot::words(Look::TotalLabel, total.label))];
        for (index, column) in (1..).zip(columns) {
            let same = totals.columns.iter().find(|own| own.field.name == column.field.name);
            let Some(own) = same else { continue };
            let field = totals.at(total, own);
            let of = |rows: &[&GridRow]| rows.iter().map(|row| grid.at(row, column).name).collect();
            let what = match self.answers.get(field.name, None) {
                Some(typed) => {
                    What::Entry { field, table: None, typed: Typed::new(field.kind, typed) }
                }
                None => What::Total {
                    like: field,
                    named: true,
                    plus: of(sum.plus),
                    minus: of(sum.minus),
                },
            };
            cells.push((index, Slot { what, look: Look::Total }));
        }
        self.line(ROW + 2, cells);
    }

    fn table(&mut self, table: &'static Table) {
        let fields = self.plan.ordered(self.issue.asked(table.columns).collect());
        let Some((first, others)) = fields.split_first() else { return };
        self.gap();
        self.line(ROW + 2, [(0, Slot::words(Look::Section, table.title))]);
        let about = words::help(self.issue, self.programme, self.sheet, first);
        let about = if about.starts_with(|c: char| c.is_ascii_digit()) {
            about
        } else {
            format!("{}: {about}", first.label)
        };
        self.line(ROW, [(0, Slot::words(Look::HelpAcross, about))]);
        self.help_above(1, others);
        let totalled: Vec<(u16, &'static Field)> = (0..)
            .zip(fields.iter().copied())
            .filter(|(_, field)| TOTALLED.contains(field))
            .collect();
        if !totalled.is_empty() {
            let mut cells = vec![(0, Slot::words(Look::TotalLabel, "Total"))];
            cells.extend(totalled.into_iter().map(|(column, field)| {
                let what = What::Total {
                    like: field,
                    named: false,
                    plus: vec![field.name],
                    minus: vec![],
                };
                (column, Slot { what, look: Look::Total })
            }));
            self.line(ROW + 1, cells);
        }
        self.years(0, &fields);
        let heading = self.heading_height((0..).zip(fields.iter().map(|field| field.label)));
        let headings: Vec<_> = (0..)
            .zip(&fields)
            .map(|(column, field)| {
                (column, Slot { what: What::Heading { table, field }, look: Look::Heading })
            })
            .collect();
        self.line(heading, headings);
        self.now_heads(Heads::Columns);
        let answered = fields.iter().map(|field| self.answers.last_row(field.name)).max();
        for row in 1..=table.rows.max(answered.unwrap_or(0)) {
            let mut cells = vec![];
            let mut lines = 1;
            for (column, field) in (0..).zip(&fields) {
                let entry = self.entry(field, Some((table, row)));
                if let What::Entry { typed: Typed::Text(text), .. } = &entry.what {
                    lines = lines.max(words::lines(text, self.plan.width(column) - 1, 10).min(20));
                }
                cells.push((column, entry));
            }
            self.line(height(lines), cells);
        }
    }

    /// The financial years above the columns that are of a year.
    fn years(&mut self, first: u16, fields: &[&'static Field]) {
        let headings: Vec<&'static Field> = self
            .sheet
            .parts
            .iter()
            .flat_map(Part::fields)
            .filter(|field| self.issue.asks(field) && self.year_of(field).is_some())
            .collect();
        let (mut labels, mut years, mut used) = (vec![], vec![], vec![]);
        for (column, field) in (first..).zip(fields) {
            let Some(heading) = headings.iter().find(|heading| self.heads(heading, field)) else {
                continue;
            };
            if used.contains(&heading.name) {
                let year = prefill::given(self.issue, self.programme, heading, None);
                years.push((column, Slot::words(Look::Year, year.unwrap_or_default())));
            } else {
                used.push(heading.name);
                labels.push((column, Slot::words(Look::YearLabel, heading.label)));
                years.push((column, Slot { look: Look::Year, ..self.entry(heading, None) }));
            }
        }
        if !years.is_empty() {
            self.line(2 * SMALL + 2, labels);
            self.line(ROW + 1, years);
        }
    }

    /// The name of a field without its sheet.
    fn key(&self, field: &Field) -> &'static str {
        field.name.strip_prefix(self.sheet.code).map_or("", |key| key.trim_start_matches('_'))
    }

    /// What a field that heads the columns of a year calls the year: `y0` of `REV_year_y0`.
    fn year_of(&self, field: &'static Field) -> Option<&'static str> {
        let key = self.key(field).strip_prefix("year_")?;
        (field.need == Need::Locked && field.kind == Kind::Fy).then_some(key)
    }

    fn heads(&self, heading: &'static Field, column: &Field) -> bool {
        self.year_of(heading).is_some_and(|year| {
            column.name.strip_prefix(year).is_some_and(|rest| rest.starts_with('_'))
                || column.name.strip_suffix(year).is_some_and(|rest| rest.ends_with('_'))
        })
    }

    fn help_above(&mut self, first: u16, fields: &[&'static Field]) {
        let helps: Vec<(u16, String)> = (first..)
            .zip(fields)
            .map(|(column, field)| {
                (column, words::above(self.issue, self.programme, self.sheet, field))
            })
            .filter(|(_, help)| !help.is_empty())
            .collect();
        let lines = helps
            .iter()
            .map(|(column, help)| words::lines(help, self.plan.width(*column), 8))
            .max();
        if let Some(lines) = lines {
            let cells: Vec<_> = helps
                .into_iter()
                .map(|(column, help)| (column, Slot::words(Look::HelpAbove, help)))
                .collect();
            self.line(lines * SMALL + 3, cells);
        }
    }

    fn heading_height<'w>(&self, headings: impl Iterator<Item = (u16, &'w str)>) -> u32 {
        let lines =
            headings.map(|(column, words)| words::lines(words, self.plan.width(column) - 1, 11));
        lines.max().unwrap_or(1) * 13 + 3
    }

    fn entry(&self, field: &'static Field, table: Option<(&'static Table, u32)>) -> Slot {
        let row = table.map(|(_, row)| row);
        let text = match self.answers.get(field.name, row) {
            Some(answer) => Some(answer.to_owned()),
            None => prefill::given(self.issue, self.programme, field, row),
        };
        let typed = text.map_or(Typed::Nothing, |text| Typed::new(field.kind, &text));
        Slot { what: What::Entry { field, table, typed }, look: Look::of(field) }
    }

    /// What the figure is counted in, as printed beside the cell.
    fn unit(&self, field: &Field) -> Option<String> {
        match field.unit {
            "" | "characters" => None,
            "GBP" => Some("pounds".to_owned()),
            "@volume_unit" => self.issue.project.map(|project| project.volume_unit.clone()),
            unit => Some(unit.to_owned()),
        }
    }

    fn gap(&mut self) {
        self.line(8, []);
    }

    /// Says what the line last put in is to those below it.
    fn now_heads(&mut self, what: Heads) {
        if let Some(line) = self.lines.last_mut() {
            line.heads = what;
        }
    }

    fn line(&mut self, height: u32, cells: impl IntoIterator<Item = (u16, Slot)>) {
        let mut line = Line { height, ..Line::default() };
        line.cells.extend(cells);
        self.lines.push(line);
    }
}

impl Grid {
    /// Whether its rows only add up those of another.
    pub(crate) fn adds_up(&self) -> bool {
        self.rows.iter().all(|row| row.sum.is_some())
    }
}

impl GridRow {
    /// The row of the grid below which this total stands: the last that it is made of.
    fn comes_after(&self, grid: &Grid) -> Option<&'static str> {
        let sum = self.sum.as_ref()?;
        let part = |row: &&&GridRow| sum.plus.iter().chain(sum.minus).any(|of| of.key == row.key);
        grid.rows.iter().rev().find(part).map(|row| row.key)
    }
}
