//! Tables of lines across councils: a line for each figure, a column for each council, the total and its status.

use crate::{
    answer::ReturnKind,
    book::{
        board::Board,
        formula::{At, Formula, Function},
        reckon::Held,
        said,
        sheet::{Cell, Column, Row, Table, Value},
        style::{Look, Mark},
    },
    english,
    figure::{Figure, Status, WITHHELD},
    number::Exact,
    picture::State,
};

/// A status names a council and a rule before it takes a second line.
const STATUS: usize = 46;

/// A line of such a table.
pub(super) struct Line {
    /// What names it, one for each of the table's first columns.
    pub(super) labels: Vec<String>,
    pub(super) key: String,
    pub(super) column: Option<&'static str>,
    pub(super) item: Option<String>,
    pub(super) look: Look,
    pub(super) made_of: MadeOf,
    pub(super) strong: bool,
}

/// What the numbers of a line are made of, by other lines of the table counted from 0.
#[derive(Clone)]
pub(super) enum MadeOf {
    Itself,
    Sum {
        plus: Vec<usize>,
        minus: Vec<usize>,
    },
    Vacancy {
        budgeted: usize,
        filled: usize,
    },
    /// Pay, shown where nobody's can be told from it.
    Pay,
}

impl Line {
    pub(super) fn new(label: impl Into<String>, key: impl Into<String>, look: Look) -> Line {
        Line {
            labels: vec![label.into()],
            key: key.into(),
            column: None,
            item: None,
            look,
            made_of: MadeOf::Itself,
            strong: false,
        }
    }

    fn is_withheld(&self, figure: &Figure) -> bool {
        matches!(self.made_of, MadeOf::Pay) && !figure.public
    }
}

/// The table of these lines. `heads` are the headers of its first columns.
pub(super) fn table(
    board: &Board<'_>,
    name: &'static str,
    title: impl Into<String>,
    heads: &[&str],
    lines: &[Line],
) -> Table {
    let councils = board.councils();
    let combined: Vec<Option<&Figure>> = lines
        .iter()
        .map(|line| board.figure(&line.key, None, line.column, line.item.as_deref()))
        .collect();
    let mut cells: Vec<Vec<Cell>> = lines
        .iter()
        .map(|line| councils.iter().map(|council| own(board, line, &council.council)).collect())
        .collect();
    let between: Vec<Exact> = combined
        .iter()
        .zip(lines)
        .zip(&cells)
        .map(|((figure, line), cells)| eliminated(line, *figure, cells))
        .collect();
    let eliminated = between.iter().any(|amount| !amount.is_zero());
    if eliminated {
        for ((cells, amount), line) in cells.iter_mut().zip(&between).zip(lines) {
            cells.push(Cell::number(amount.clone(), line.look));
        }
    }
    for (row, ((cells, figure), line)) in cells.iter_mut().zip(&combined).zip(lines).enumerate() {
        let total = total(line, *figure, cells, At::new(name, row, heads.len()));
        cells.push(total);
    }
    for column in 0..councils.len() + usize::from(eliminated) + 1 {
        make(lines, &mut cells, column, At::new(name, 0, heads.len() + column));
    }

    let mut columns: Vec<Column> =
        heads.iter().map(|head| Column { widest: 38, ..Column::text(*head, 38) }).collect();
    for council in &councils {
        let draft = council.state == State::Used && council.kind == Some(ReturnKind::Draft);
        let name = board.programme.name(&council.council);
        columns.push(Column::numbers(match (draft, &*council.drafts()) {
            (false, _) => name.to_owned(),
            (true, []) => format!("{name} (draft) [p]"),
            (true, projects) => format!("{name} ({} draft) [p]", english::list(projects)),
        }));
    }
    if eliminated {
        columns.push(Column::numbers("Less paid between councils"));
    }
    let shown: Vec<&Figure> = combined.iter().filter_map(|figure| *figure).collect();
    columns.push(Column::numbers(said::total_header(&shown, board.programme)));
    columns.push(Column::text("Status", STATUS));

    let rows = lines.iter().zip(cells).zip(&combined).map(|((line, numbers), figure)| {
        let mut cells: Vec<Cell> = line.labels.iter().map(Cell::text).collect();
        cells.extend(numbers);
        cells.push(Cell::text(status(board, line, *figure)));
        Row { cells, strong: line.strong }
    });
    Table {
        name,
        title: title.into(),
        columns,
        rows: rows.collect(),
        filter: false,
        if_empty: String::from("Nothing is asked here."),
    }
}

/// The number of one council, or the words in its place.
fn own(board: &Board<'_>, line: &Line, council: &str) -> Cell {
    let Some(figure) = board.figure(&line.key, Some(council), line.column, line.item.as_deref())
    else {
        return Cell::words(said::missing("not collected"));
    };
    match figure.number() {
        Some(_) if line.is_withheld(figure) => Cell::words(said::missing(WITHHELD)),
        Some(number) => {
            let estimate = board.is_estimate(figure);
            Cell {
                mark: if estimate { Mark::Estimate } else { Mark::None },
                ..Cell::number(number.clone(), line.look)
            }
        }
        None => Cell::words(said::missing(figure.reasons.get(council).map_or("", String::as_str))),
    }
}

/// How far a sum falls short of its parts: payments between partners, taken out once.
fn eliminated(line: &Line, figure: Option<&Figure>, cells: &[Cell]) -> Exact {
    let is_sum = matches!(line.look, Look::Pounds)
        && matches!(line.made_of, MadeOf::Itself | MadeOf::Sum { .. });
    match figure.and_then(Figure::number) {
        Some(total) if is_sum => total.clone() - sum(cells),
        _ => Exact::zero(),
    }
}

fn sum(cells: &[Cell]) -> Exact {
    cells.iter().filter_map(Cell::exact).cloned().sum()
}

/// The combined figure: a sum over the row where it is one, so that Excel adds it again. `first` is the first of its
/// cells.
fn total(line: &Line, figure: Option<&Figure>, cells: &[Cell], first: At) -> Cell {
    let Some((figure, number)) = figure.and_then(|figure| Some((figure, figure.number()?))) else {
        let all = ["not applicable", "not returned"];
        let shared = |figure: &Figure| all.into_iter().find(|why| same_reason(figure, why));
        let reason = figure.map_or("not collected", |own| {
            own.kept_back().or_else(|| shared(own)).unwrap_or_default()
        });
        return Cell::words(said::missing(reason));
    };
    if line.is_withheld(figure) {
        return Cell::words(said::missing(WITHHELD));
    }
    let adds_up = !cells.is_empty() && sum(cells) == *number;
    let value = if adds_up && !matches!(line.made_of, MadeOf::Vacancy { .. }) {
        let last = At { column: first.column + cells.len() - 1, ..first };
        Value::Formula(Box::new(Formula::sum([first.to(last)])), Held::Number(number.clone()))
    } else {
        Value::Number(number.clone())
    };
    Cell { value, look: line.look, mark: Mark::None }
}

fn same_reason(figure: &Figure, reason: &str) -> bool {
    figure.missing.iter().all(|code| figure.reasons.get(code).is_some_and(|own| own == reason))
}

/// Turns the numbers of a column into formulas over the lines they are made of, where these give just that number.
/// `top` is the first cell of the column.
fn make(lines: &[Line], cells: &mut [Vec<Cell>], column: usize, top: At) {
    let cell = |row: usize| At { row, ..top }.cell();
    let at = |cells: &[Vec<Cell>], row: &usize| {
        cells.get(*row).and_then(|row| row.get(column)).and_then(Cell::exact).cloned()
    };
    for (index, line) in lines.iter().enumerate() {
        let Some(own) = cells[index][column].exact().cloned() else { continue };
        if matches!(cells[index][column].value, Value::Formula(..)) {
            continue;
        }
        let all = |rows: &[usize]| -> Option<Vec<Exact>> {
            rows.iter().map(|row| at(cells, row)).collect()
        };
        let (formula, result) = match &line.made_of {
            MadeOf::Itself | MadeOf::Pay => continue,
            MadeOf::Sum { plus, minus } => {
                let (Some(added), Some(taken)) = (all(plus), all(minus)) else { continue };
                let result = added.into_iter().sum::<Exact>() - taken.into_iter().sum::<Exact>();
                let minus = minus.iter().map(|row| cell(*row));
                (minus.fold(added_up(plus, top), |sum, taken| sum - taken), Some(result))
            }
            MadeOf::Vacancy { budgeted, filled } => {
                let (Some(all), Some(some)) = (at(cells, budgeted), at(cells, filled)) else {
                    continue;
                };
                let formula = (cell(*budgeted) - cell(*filled)) / cell(*budgeted);
                (formula, (all.clone() - some).over(&all))
            }
        };
        if result.as_ref() == Some(&own) {
            cells[index][column].value = Value::Formula(Box::new(formula), Held::Number(own));
        }
    }
}

/// The sum of some rows of a column, neighbours as a range.
fn added_up(rows: &[usize], top: At) -> Formula {
    let at = |row: usize| At { row, ..top };
    let mut runs: Vec<(usize, usize)> = vec![];
    for &row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => runs.push((row, row)),
        }
    }
    let run = |(first, last): (usize, usize)| match first == last {
        true => at(first).cell(),
        false => at(first).to(at(last)),
    };
    Function::Sum.of(runs.into_iter().map(run).collect::<Vec<_>>())
}

/// How far the combined figure reaches, in words.
pub(super) fn status(board: &Board<'_>, line: &Line, figure: Option<&Figure>) -> String {
    let Some(figure) = figure else { return String::from("not collected") };
    let (used, of) = (figure.used.len(), figure.used.len() + figure.missing.len());
    let mut parts = vec![match figure.status {
        Status::Complete => String::from("Complete"),
        Status::Partial => {
            format!("{used} of {of}: {}", said::lacking(figure, board.programme))
        }
        Status::Blocked => match (figure.kept_back(), figure.reasons.values().next()) {
            (Some(why), _) => english::capital(why),
            _ if figure.missing.is_empty() => String::from("Does not apply"),
            (_, Some(reason)) if same_reason(figure, reason) => {
                format!("None: {}", said::cause(reason))
            }
            _ => format!("None of {of}: {}", said::lacking(figure, board.programme)),
        },
    }];
    let of_council =
        |code: &str| board.figure(&line.key, Some(code), line.column, line.item.as_deref());
    let names = |pick: &dyn Fn(&Figure) -> bool| -> Vec<&str> {
        figure
            .used
            .iter()
            .filter(|code| of_council(code).is_some_and(pick))
            .map(|code| board.programme.name(code))
            .collect()
    };
    let queried = names(&|figure| board.is_queried(figure));
    if !queried.is_empty() {
        parts.push(format!("{} under query", english::list(&queried)));
    }
    let estimates = names(&|figure| board.is_estimate(figure));
    if !estimates.is_empty() {
        parts.push(format!("{} with estimates [e]", english::list(&estimates)));
    }
    parts.join("; ")
}
