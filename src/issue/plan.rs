//! Which column of a sheet is for what, and how wide it is.

use super::{Issue, look::is_long, words};
use crate::{
    form::{Field, Kind, Part, Sheet},
    programme::Programme,
};

/// Which column of a sheet is for what.
pub(crate) struct Plan {
    pub(crate) widths: Vec<u32>,
    /// For short answers, and for sentences.
    pub(crate) answer: u16,
    pub(crate) wide: u16,
    /// For units, if there is room for one.
    pub(crate) unit: Option<u16>,
    pub(crate) help: u16,
    /// Whether guidance runs on over the columns of a wide table, or wraps in a column of its own.
    pub(crate) across: bool,
    pub(crate) has_columns: bool,
}

impl Plan {
    pub(crate) fn new(issue: &Issue<'_>, programme: &Programme, sheet: &'static Sheet) -> Plan {
        let asked =
            |fields: &[&'static Field]| fields.iter().filter(|field| issue.asks(field)).count();
        let (mut questions, mut grid_columns, mut table_columns) = (0, 0, 0);
        let (mut wide, mut shared) = (1, false);
        for part in sheet.parts {
            match part {
                Part::Singles(fields) => questions += asked(fields),
                Part::Grid(grid) if grid.adds_up() => {}
                Part::Grid(grid) => {
                    let columns = issue.columns(grid);
                    if columns.len() > grid_columns {
                        grid_columns = columns.len();
                        let guided = grid.rows.iter().any(|row| !row.help.is_empty());
                        let last =
                            columns.last().is_some_and(|column| column.field.kind == Kind::Text);
                        shared = last && !guided && grid_columns > 2;
                    }
                    let text = columns.iter().position(|column| column.field.kind == Kind::Text);
                    wide = wide.max(text.map_or(1, |index| index + 1));
                }
                Part::Table(table) => table_columns = table_columns.max(asked(table.columns)),
            }
        }
        let across = grid_columns == 0 && table_columns > 5 && questions <= 10;
        let units = || {
            let fields = sheet
                .parts
                .iter()
                .filter(|part| matches!(part, Part::Singles(_)))
                .flat_map(Part::fields);
            fields
                .filter(|field| issue.asks(field))
                .any(|field| !matches!(field.unit, "" | "characters"))
        };
        let help = match () {
            () if across => 2,
            // Guidance may share the last column of a grid that has sentences in it.
            () if grid_columns > 0 => grid_columns + usize::from(!shared),
            () if units() => table_columns.clamp(3, 5),
            () => table_columns.clamp(2, 5),
        };
        let mut plan = Plan {
            widths: vec![],
            answer: 1,
            wide: wide as u16,
            unit: (grid_columns == 0 && help > 2).then_some(2),
            help: help as u16,
            across,
            has_columns: grid_columns + table_columns > 0,
        };
        plan.widen(
            0,
            if across {
                26
            } else if plan.has_columns {
                36
            } else {
                44
            },
        );
        if grid_columns == 0 {
            plan.widen(1, if across { 30 } else { 36 });
        }
        if plan.unit.is_some() {
            plan.widen(2, 12);
        }
        if !across {
            plan.widen(plan.help, if shared { 34 } else { 44 });
        }
        for part in sheet.parts {
            match part {
                Part::Singles(_) => {}
                Part::Grid(grid) => {
                    for (index, column) in (1..).zip(issue.columns(grid)) {
                        plan.widen(index, width(issue, programme, sheet, &column.field, true));
                    }
                }
                Part::Table(table) => {
                    for (index, field) in
                        (0..).zip(plan.ordered(issue.asked(table.columns).collect()))
                    {
                        plan.widen(index, width(issue, programme, sheet, field, false));
                    }
                }
            }
        }
        plan
    }

    /// The columns of a table, with one that holds words where the sheet is wide for the guidance.
    pub(crate) fn ordered(&self, mut fields: Vec<&'static Field>) -> Vec<&'static Field> {
        let wide = usize::from(self.help);
        let words = |field: &&Field| field.kind == Kind::Text;
        if !self.across && fields.len() > wide && !words(&fields[wide]) {
            let later = fields[wide..].iter().position(words).map(|index| wide + index);
            let any = || fields[1..].iter().position(words).map(|index| index + 1);
            if let Some(index) = later.or_else(any) {
                let field = fields.remove(index);
                fields.insert(wide, field);
            }
        }
        fields
    }

    fn widen(&mut self, column: u16, width: u32) {
        let column = usize::from(column);
        if self.widths.len() <= column {
            self.widths.resize(column + 1, 10);
        }
        self.widths[column] = self.widths[column].max(width);
    }

    pub(crate) fn width(&self, column: u16) -> u32 {
        self.widths.get(usize::from(column)).copied().unwrap_or(10)
    }
}

/// The width that a column for such answers needs.
fn width(
    issue: &Issue<'_>,
    programme: &Programme,
    sheet: &'static Sheet,
    field: &Field,
    in_grid: bool,
) -> u32 {
    let longest_word =
        field.label.split(' ').map(|word| word.chars().count()).max().unwrap_or(0) as u32;
    let longest_option = || {
        let options = words::options(issue, programme, field);
        options.iter().map(|option| option.chars().count()).max().unwrap_or(0) as u32
    };
    let needed = match field.kind {
        Kind::Money => 13,
        Kind::Int | Kind::Fte | Kind::Pct | Kind::Dec => 11,
        Kind::Date => 12,
        Kind::Fy | Kind::Yn | Kind::Ynu => 11,
        Kind::Choice => (longest_option() + 3).clamp(12, 24),
        Kind::Multi => 24,
        Kind::Text if is_long(field) => 46,
        Kind::Text if in_grid => 28,
        Kind::Text if field.example.is_empty() => 20,
        Kind::Text => (field.example.chars().count() as u32 + 4).clamp(12, 28),
    };
    // Guidance above a column should not take more than some five lines.
    let guidance = words::above(issue, programme, sheet, field).chars().count() as u32;
    let guided = if field.kind == Kind::Text { 0 } else { guidance / if in_grid { 4 } else { 7 } };
    needed.max(longest_word + 3).max(guided)
}
