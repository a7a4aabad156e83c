//! Lines of a ledger, added up by their codes.

use std::{collections::BTreeMap, sync::Arc};

use rust_decimal::Decimal;

use super::{Reading, counted, rows::Meant, said};
use crate::{
    answer::{Answer, Held, RemarkKind, Value},
    english,
    form::GridColumn,
    mapping::{At, Ledger, Line, Rows, Source},
    place::Cell,
    read::{grammar, grid::Content},
};

/// Codes that a remark names.
const NAMED: usize = 12;

/// What a line comes to in one column of amounts.
#[derive(Default)]
struct Sum {
    amount: Decimal,
    cells: Vec<Cell>,
    /// The first amount that cannot be read: without it there is no sum.
    fault: Option<(Cell, Held, Option<Box<str>>)>,
}

impl Reading<'_> {
    /// `None` when the rows or one of the columns of amounts cannot be told for certain.
    pub(super) fn ledger(
        &mut self,
        rows: &Rows,
        ledger: &Ledger,
        tab: Option<usize>,
    ) -> Option<()> {
        for (column, _) in &ledger.amounts {
            let fields = ledger.lines.iter().map(|line| ledger.grid.at(line.row, column).name);
            self.sought.extend(fields);
        }
        let tab = tab?;
        let amounts = ledger.amounts.iter().map(|(_, source)| &source.at);
        let wanted: Vec<&At> = amounts.chain([&ledger.code]).collect();
        let meant = self.meant(tab, rows, &wanted)?;
        let codes = meant.column(&ledger.code)?;
        let columns: Vec<(&'static GridColumn, &Source, u32)> = ledger
            .amounts
            .iter()
            .map(|(column, source)| Some((*column, source, meant.column(&source.at)?)))
            .collect::<Option<_>>()?;
        let mut sums: Vec<Vec<Sum>> =
            ledger.lines.iter().map(|_| columns.iter().map(|_| Sum::default()).collect()).collect();
        let mut untaken: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        let (mut taken, mut without) = (0, 0);
        for row in &meant.rows {
            let at = |column: u32| Cell { row: *row, column };
            let cells = &self.grid.tabs[tab];
            let has_amount = columns.iter().any(|(.., column)| cells.get(at(*column)).is_some());
            let Some(code) = cells.get(at(codes)).map(grammar::shown) else {
                without += usize::from(has_amount);
                continue;
            };
            let holds = |line: &Line| line.codes.iter().any(|range| range.holds(&code));
            let Some(line) = ledger.lines.iter().position(holds) else {
                if has_amount && !ledger.leave_out.iter().any(|range| range.holds(&code)) {
                    *untaken.entry(code).or_default() += 1;
                }
                continue;
            };
            taken += 1;
            for ((column, _, place), sum) in columns.iter().zip(&mut sums[line]) {
                let field = ledger.grid.at(ledger.lines[line].row, column);
                let content = cells.get(at(*place));
                sum.add(at(*place), content, self.read(field, content));
            }
        }
        for (line, sums) in ledger.lines.iter().zip(sums) {
            for ((column, source, _), sum) in columns.iter().zip(sums) {
                let field = ledger.grid.at(line.row, column);
                let answer = self.sum(line, source, sum, tab);
                self.put(field, answer);
            }
        }
        self.tell(&meant, taken, without, untaken, tab);
        Some(())
    }

    fn sum(&self, line: &Line, source: &Source, sum: Sum, tab: usize) -> Answer {
        if let Some((cell, held, typed)) = sum.fault {
            return Answer { held, spot: Some(self.spot(tab, cell, typed)) };
        }
        let Some((first, others)) = sum.cells.split_first() else { return Answer::NONE };
        let turn_sign = line.turn_sign != source.turn_sign;
        let held = Held::Value(Value::Number(sum.amount.normalize()));
        let mut spot = self.spot(tab, *first, None);
        if !others.is_empty() {
            Arc::make_mut(&mut spot.origin).also = Box::from(others);
        }
        let mut answer = counted(Answer { held, spot: Some(spot) }, source.unit, turn_sign);
        if !others.is_empty() && matches!(answer.held, Held::Value(_)) {
            let amount = english::thousands(&sum.amount.normalize().to_string());
            let what =
                format!("{amount} in {} cells", english::thousands(&sum.cells.len().to_string()));
            answer.set_typed(said(&what, source.unit, turn_sign));
        }
        answer
    }

    fn tell(
        &mut self,
        meant: &Meant,
        taken: usize,
        without: usize,
        untaken: BTreeMap<Arc<str>, usize>,
        tab: usize,
    ) {
        if !untaken.is_empty() {
            let rows: usize = untaken.values().sum();
            let mut codes: Vec<String> =
                untaken.keys().take(NAMED).map(|code| code.to_string()).collect();
            if untaken.len() > NAMED {
                codes.push(format!("{} more", untaken.len() - NAMED));
            }
            let rows = match rows {
                1 => String::from("one row with an amount has a code"),
                rows => format!(
                    "{} rows with amounts have codes",
                    english::thousands(&rows.to_string())
                ),
            };
            let fault = format!(
                "{rows} that no line of the mapping takes and leave_out does not name: {}",
                english::list(&codes)
            );
            self.amiss(Some(tab), &fault);
        }
        let (all, left) = (meant.all, meant.left_out);
        let mut what = format!(
            "rows added up by their codes: {taken} of {all}; left out as the mapping says: {left}"
        );
        if without > 0 {
            what += &format!("; with an amount but no code: {without}");
        }
        self.remark(RemarkKind::Taken, Some(tab), &what);
    }
}

impl Sum {
    fn add(&mut self, cell: Cell, content: Option<&Content>, read: (Held, Option<Box<str>>)) {
        let (held, typed) = read;
        match held {
            Held::Value(Value::Number(amount)) => match self.amount.checked_add(amount) {
                Some(sum) => {
                    self.amount = sum;
                    self.cells.push(cell);
                }
                None => self.fail(cell, held, typed),
            },
            Held::Blank | Held::NotApplicable => {}
            held => {
                let typed = typed.or_else(|| content.map(|own| Box::from(&*grammar::shown(own))));
                self.fail(cell, held, typed);
            }
        }
    }

    fn fail(&mut self, cell: Cell, held: Held, typed: Option<Box<str>>) {
        if self.fault.is_none() {
            self.fault = Some((cell, held, typed));
        }
    }
}
