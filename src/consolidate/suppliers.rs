//! Suppliers that several councils depend on, and what they are paid in all.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Set,
    part::{Named, Part, Usable, add, number_in, row_source, total},
};
use crate::{
    answer::{Return, Row},
    fact::refused,
    figure::{Figure, Unit},
    form::{
        Sheet, Table,
        council_return::{contracts as con, ict},
    },
    number::Exact,
    picture::{Supplier, SupplierSum},
    programme::{
        Code,
        product::{Products, plain},
    },
};

/// The fewest councils whose contracts may be added up without telling one what another pays.
const FEWEST: usize = 3;

/// The suppliers of one project.
pub(super) struct Suppliers<'a> {
    set: &'a Set<'a>,
    list: Vec<Rows<'a>>,
}

/// What councils have of one supplier.
struct Rows<'a> {
    name: String,
    systems: Vec<Own<'a>>,
    contracts: Vec<Own<'a>>,
}

/// A system or contract.
struct Own<'a> {
    council: &'a Code,
    project: Option<&'a Code>,
    row: &'a Row,
}

impl<'a> Suppliers<'a> {
    /// Those that two councils or more have systems or contracts of.
    pub(super) fn of(set: &'a Set<'a>) -> Suppliers<'a> {
        let products = Products::of(set.programme);
        let mut list: BTreeMap<String, Rows<'a>> = BTreeMap::new();
        for (council, ret) in set.usable() {
            for (table, column) in [(&ict::TABLE, &ict::SUPPLIER), (&con::TABLE, &con::SUPPLIER)] {
                for row in ret.used_rows(table) {
                    let Some(typed) = row.get(column).text() else { continue };
                    let name = products.supplier(typed, &mut vec![]);
                    let rows = list.entry(plain(&name)).or_insert_with(|| Rows {
                        name,
                        systems: vec![],
                        contracts: vec![],
                    });
                    let own = if std::ptr::eq(table, &ict::TABLE) {
                        &mut rows.systems
                    } else {
                        &mut rows.contracts
                    };
                    own.push(Own { council, project: ret.project.as_ref(), row });
                }
            }
        }
        let several = |rows: &Rows<'_>| rows.councils().len() > 1;
        Suppliers { set, list: list.into_values().filter(several).collect() }
    }

    pub(super) fn register(&self) -> Vec<Supplier> {
        let of = |rows: &Rows<'_>| {
            let own = rows.councils();
            let councils = self.set.councils.iter().filter(|council| own.contains(council));
            Supplier {
                name: rows.name.clone(),
                councils: councils.map(Arc::clone).collect(),
                systems: rows.systems.len(),
                contracts: rows.contracts.len(),
                projects: rows.projects(),
            }
        };
        self.list.iter().map(of).collect()
    }

    /// What the contracts with each cost a year, for exempt papers.
    pub(super) fn sums(&self) -> Vec<SupplierSum> {
        let of = |rows: &Rows<'_>| SupplierSum {
            name: rows.name.clone(),
            councils: councils_of(&rows.contracts).into_iter().cloned().collect(),
            contracts: rows.contracts.len(),
            value: rows.contracts.iter().map(|own| value(own.row).ok()).sum(),
        };
        self.list.iter().filter(|rows| !rows.contracts.is_empty()).map(of).collect()
    }

    /// What is paid to each in a year; for contracts only where no council can tell what another pays.
    pub(super) fn figures(&self) -> Vec<Figure> {
        let mut figures = vec![];
        for rows in &self.list {
            let named = |key| Named::new(key, Unit::Pounds).item(&rows.name);
            let cost = |row: &Row| number_in(row, &ict::SHEET, &ict::ANNUAL_COST);
            let systems = self.parts(&rows.systems, (&ict::SHEET, &ict::TABLE), cost);
            let key = "suppliers.systems_cost";
            figures.push(self.set.combined(named(key), &systems, |used| Some(total(used))));

            // A cell with a price would give away what the sum does not.
            let value = |row: &Row| Ok((value(row)?, row_source(row)));
            let contracts = self.parts(&rows.contracts, (&con::SHEET, &con::TABLE), value);
            let with = councils_of(&rows.contracts);
            let named = named("suppliers.contracts_value");
            let may_show = rows.may_be_added_up();
            let mut sum =
                self.set.combined(named, &contracts, |used| may_show.then(|| total(used)));
            if !may_show {
                let withheld = |council: &&Code| (Arc::clone(council), String::from("withheld"));
                sum.reasons.extend(with.iter().map(withheld));
            }
            figures.push(sum);
        }
        figures
    }

    /// What each council brings: nought where it has nothing of the supplier.
    fn parts(
        &self,
        rows: &[Own<'_>],
        (sheet, table): (&'static Sheet, &'static Table),
        amount: impl Fn(&Row) -> Usable,
    ) -> Vec<Part> {
        let of = |council: &Code| {
            let all = self.set.each(council, |ret| whole(ret, sheet, table));
            let own = rows.iter().filter(|own| own.council == council);
            let usable = all.and_then(|_| add(own.map(|own| amount(own.row))));
            Part::new(council, usable)
        };
        self.set.councils.iter().map(of).collect()
    }
}

impl Rows<'_> {
    fn councils(&self) -> BTreeSet<&Code> {
        self.systems.iter().chain(&self.contracts).map(|own| own.council).collect()
    }

    fn projects(&self) -> Vec<Code> {
        let all = self.systems.iter().chain(&self.contracts).filter_map(|own| own.project);
        all.cloned().collect::<BTreeSet<Code>>().into_iter().collect()
    }

    /// Whether the sum of its contracts tells nobody what one council pays, not even beside the sums of the projects.
    fn may_be_added_up(&self) -> bool {
        let mut projects: BTreeMap<Option<&Code>, BTreeSet<&Code>> = BTreeMap::new();
        for own in &self.contracts {
            projects.entry(own.project).or_default().insert(own.council);
        }
        let hidden = projects.values().filter(|councils| councils.len() < FEWEST);
        let hidden: BTreeSet<&&Code> = hidden.flatten().collect();
        let all = councils_of(&self.contracts).len();
        let enough = |councils: usize| councils == 0 || councils >= FEWEST;
        enough(all) && (projects.len() == 1 || enough(hidden.len()))
    }
}

fn councils_of<'a>(all: &[Own<'a>]) -> BTreeSet<&'a Code> {
    all.iter().map(|own| own.council).collect()
}

/// The council's share of what a contract costs a year, in pounds.
fn value(row: &Row) -> Result<Exact, String> {
    let (value, _) = number_in(row, &con::SHEET, &con::ANNUAL_VALUE)?;
    let (share, _) = number_in(row, &con::SHEET, &con::SHARE_PCT)?;
    Ok(value * share * Exact::ratio(1, 100))
}

/// That every row of a table may be used: one that may not could be of any supplier.
fn whole(ret: &Return, sheet: &Sheet, table: &'static Table) -> Result<(), String> {
    if let Some(code) = ret.refused_sheet(sheet) {
        return Err(format!("{code} {}", sheet.name));
    }
    let unusable = ret.rows(table).iter().find_map(|row| row.refused.as_ref());
    unusable.map_or(Ok(()), |refusal| Err(refused(refusal)))
}
