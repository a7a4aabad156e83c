//! Which systems councils have in common, function by function (domain.md D5).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;

use super::{
    Set,
    lifespan::system_end,
    part::{Named, Part, Usable, add, number_in, source},
};
use crate::{
    answer::{Return, ReturnKind, Row},
    fact::system,
    figure::{Amount, Figure, Source, Unit},
    form::council_return::{
        cover,
        ict::{self, SHEET, TABLE},
    },
    number::Exact,
    picture::{End, Function, NearMiss},
    programme::{
        Code,
        product::{Key, Products},
    },
};

/// The systems of a set of councils, by product.
pub(super) struct Inventory<'a> {
    set: &'a Set<'a>,
    products: Products,
    /// What each product is called.
    names: BTreeMap<Key, String>,
}

/// What one council uses for one function.
struct Used<'a> {
    council: &'a Code,
    /// Each with its product; or why they are not known.
    systems: Result<Vec<(Key, &'a Row)>, String>,
    sources: Vec<Arc<Source>>,
}

impl<'a> Inventory<'a> {
    pub(super) fn of(set: &'a Set<'a>) -> Inventory<'a> {
        let mut inventory =
            Inventory { set, products: Products::of(set.programme), names: BTreeMap::new() };
        let mut written: BTreeMap<Key, BTreeMap<String, usize>> = BTreeMap::new();
        for (_, ret) in set.usable() {
            for row in ret.used_rows(&TABLE) {
                let product = system::product(row, &inventory.products);
                *written.entry(product.key).or_default().entry(product.name).or_default() += 1;
            }
        }
        for (key, names) in written {
            let most = names.values().max().copied();
            let name = names.into_iter().find(|(_, times)| Some(*times) == most);
            inventory.names.extend(name.map(|(name, _)| (key, name)));
        }
        inventory
    }

    /// What the product of a row is called, and how that was seen.
    pub(super) fn named(&self, row: &Row) -> (String, Vec<String>) {
        let product = system::product(row, &self.products);
        let typed = format!("{} {}", row.used_text(&ict::SUPPLIER), row.used_text(&ict::PRODUCT));
        let name = self.names.get(&product.key).cloned().unwrap_or(product.name);
        let mut ways: Vec<String> = product.ways.iter().map(ToString::to_string).collect();
        if ways.is_empty() && name != typed {
            ways.push(String::from("past case, spacing and punctuation"));
        }
        (name, ways)
    }

    /// What each council uses for each function, and names that are perhaps the same.
    pub(super) fn functions(&self) -> Vec<Function> {
        let of = |function: &String| {
            let used = self.used(function);
            let mut keys: BTreeSet<&Key> = BTreeSet::new();
            for (key, _) in used.iter().flat_map(|used| used.systems.iter().flatten()) {
                keys.insert(key);
            }
            let keys: Vec<&Key> = keys.into_iter().collect();
            let pairs = keys.iter().enumerate().flat_map(|(index, one)| {
                keys[index + 1..].iter().filter(|other| one.is_near(other)).map(|other| NearMiss {
                    one: self.name(one).to_owned(),
                    other: self.name(other).to_owned(),
                })
            });
            Function { name: function.clone(), near: pairs.collect() }
        };
        self.set.project.ict_functions.iter().map(of).collect()
    }

    fn name(&self, key: &Key) -> &str {
        self.names.get(key).map_or("", String::as_str)
    }

    fn used(&self, function: &str) -> Vec<Used<'a>> {
        let set = self.set;
        let of = |council: &'a Code| {
            let all = set.each(council, |ret| {
                let systems = system::of(ret, function, &self.products)?;
                let cells = systems.iter().flat_map(|(_, row)| source(row.get(&ict::PRODUCT)));
                let cells =
                    if ret.rows(&TABLE).is_empty() { nothing(ret) } else { cells.collect() };
                Ok((systems, cells))
            });
            match all {
                Ok(all) => {
                    let (systems, sources): (Vec<_>, Vec<_>) = all.into_iter().unzip();
                    Used { council, systems: Ok(systems.concat()), sources: sources.concat() }
                }
                Err(reason) => Used { council, systems: Err(reason), sources: vec![] },
            }
        };
        set.councils.iter().map(of).collect()
    }

    pub(super) fn figures(&self) -> Vec<Figure> {
        let functions = &self.set.project.ict_functions;
        let used: Vec<Vec<Used<'_>>> = functions.iter().map(|name| self.used(name)).collect();
        let mut figures = vec![];
        for (function, used) in functions.iter().zip(&used) {
            figures.extend(self.of_function(function, used));
        }
        let councils = self.set.councils.iter().enumerate();
        for (index, one) in councils {
            for other in &self.set.councils[index + 1..] {
                figures.push(self.pair(one, other, &used));
            }
        }
        let cost = self.set.parts(|ret| self.cost(ret));
        figures.extend(self.set.sums(Named::new("ict.annual_cost", Unit::Pounds), &cost));
        figures
    }

    /// Overlap and candidate over all councils, and what each uses.
    fn of_function(&self, function: &str, used: &[Used<'_>]) -> Vec<Figure> {
        let set = self.set;
        let parts: Vec<Part> = used.iter().map(Used::part).collect();
        let known = || used.iter().filter_map(|used| used.systems.as_ref().ok());
        let with = known().filter(|systems| !systems.is_empty()).count();
        let ranked = self.ranked(used);
        let most = ranked.first().map_or(0, |first| first.councils);

        let overlap = Named::new("ict.overlap", Unit::Ratio).item(function);
        let ratio = (with > 0).then(|| Exact::ratio(most, with));
        let exact = ratio.is_some().then(|| format!("{most}/{with}"));
        let mut figures =
            vec![Figure { exact, ..set.combined(overlap, &parts, |_| ratio.clone()) }];
        let text = |named, name: Option<String>| {
            let figure = set.combined(named, &parts, |_| name.as_ref().map(|_| Exact::zero()));
            Figure { value: name.map(Amount::Text), exact: None, ..figure }
        };
        let candidate = Named::new("ict.candidate", Unit::Text).item(function);
        figures.push(text(candidate, ranked.first().map(|first| first.name.clone())));
        for (part, used) in parts.iter().zip(used) {
            let mut figure = set.own(Named::new("ict.product", Unit::Text).item(function), part);
            let names = |systems: &Vec<(Key, &Row)>| {
                let names: BTreeSet<&str> = systems.iter().map(|(key, _)| self.name(key)).collect();
                let names: Vec<&str> = names.into_iter().collect();
                if names.is_empty() { String::from("none") } else { names.join("; ") }
            };
            figure.value = used.systems.as_ref().ok().map(|systems| Amount::Text(names(systems)));
            figures.push(figure);
        }
        figures
    }

    /// The products used for a function: most councils first, then the latest end, the lowest cost per user, the name.
    fn ranked(&self, used: &[Used<'_>]) -> Vec<Candidate> {
        let mut products: BTreeMap<&Key, (BTreeSet<&Code>, Vec<&Row>)> = BTreeMap::new();
        for used in used {
            for (key, row) in used.systems.iter().flatten() {
                let (councils, rows) = products.entry(key).or_default();
                councils.insert(used.council);
                rows.push(row);
            }
        }
        let of = |(key, (councils, rows)): (&Key, (BTreeSet<&Code>, Vec<&Row>))| Candidate {
            name: self.name(key).to_owned(),
            councils: councils.len(),
            end: rows.iter().map(|row| latest(row)).max().unwrap_or(Date::MIN),
            cost: per_user(&rows),
        };
        let mut candidates: Vec<Candidate> = products.into_iter().map(of).collect();
        candidates.sort_by(|one, two| {
            let cost = |own: &Candidate| (own.cost.is_none(), own.cost.clone());
            let first = two.councils.cmp(&one.councils).then(two.end.cmp(&one.end));
            first.then_with(|| cost(one).cmp(&cost(two))).then_with(|| one.name.cmp(&two.name))
        });
        candidates
    }

    /// Functions with the same product, of those for which both councils have one.
    fn pair(&self, one: &Code, other: &Code, used: &[Vec<Used<'_>>]) -> Figure {
        let set = self.set;
        let mut both = 0;
        let mut same = 0;
        let mut parts: Vec<Part> =
            [one, other].map(|council| Part::new(council, Ok((Exact::zero(), vec![])))).into();
        for function in used {
            let of = |council: &Code| function.iter().find(|used| used.council == council);
            let mut keys: Vec<BTreeSet<&Key>> = vec![];
            for (part, used) in parts.iter_mut().zip([of(one), of(other)].into_iter().flatten()) {
                match &used.systems {
                    Ok(systems) => keys.push(systems.iter().map(|(key, _)| key).collect()),
                    Err(reason) if part.value.is_ok() => part.value = Err(reason.clone()),
                    Err(_) => (),
                }
                part.sources.extend(used.part().sources);
            }
            if let [one, other] = &keys[..]
                && !one.is_empty()
                && !other.is_empty()
            {
                both += 1;
                same += usize::from(!one.is_disjoint(other));
            }
        }
        let item = format!("{one}-{other}");
        let named = Named::new("ict.pair_score", Unit::Ratio).item(&item);
        let known = parts.iter().all(|part| part.value.is_ok()) && both > 0;
        let ratio = known.then(|| Exact::ratio(same, both));
        let exact = known.then(|| format!("{same}/{both}"));
        Figure { exact, ..set.combined(named, &parts, |_| ratio.clone()) }
    }

    fn cost(&self, ret: &Return) -> Usable {
        if ret.kind == ReturnKind::Nil || ret.rows(&TABLE).is_empty() {
            system::of(ret, "", &self.products)?;
            return Ok((Exact::zero(), nothing(ret)));
        }
        if let Some(code) = ret.refused_sheet(&SHEET) {
            return Err(format!("{code} {}", SHEET.name));
        }
        add(ret.rows(&TABLE).iter().map(|row| number_in(row, &SHEET, &ict::ANNUAL_COST)))
    }
}

/// A product that could serve all, with what it is ranked by.
struct Candidate {
    name: String,
    councils: usize,
    end: Date,
    /// Pounds a year.
    cost: Option<Exact>,
}

impl Used<'_> {
    fn part(&self) -> Part {
        let usable = self.systems.as_ref().map_err(Clone::clone);
        Part::new(self.council, usable.map(|_| (Exact::zero(), self.sources.clone())))
    }
}

/// The answers that say that there are no systems.
fn nothing(ret: &Return) -> Vec<Arc<Source>> {
    let nil = ret.kind == ReturnKind::Nil;
    source(ret.get(if nil { &cover::RETURN_TYPE } else { &ict::NIL_SYSTEMS }))
}

/// When a system ends, as far as candidates are ranked by it: not known comes last.
fn latest(row: &Row) -> Date {
    match system_end(row) {
        Ok(End::On(date)) => date,
        Ok(End::Perpetual | End::Rolling) => Date::MAX,
        Ok(End::Unknown) | Err(_) => Date::MIN,
    }
}

/// What some systems cost a year for each of their users, as far as both are known.
fn per_user(rows: &[&Row]) -> Option<Exact> {
    let both = |row: &&Row| {
        let number = |column| row.get(column).number().map(Exact::from);
        Some((number(&ict::ANNUAL_COST)?, number(&ict::USERS)?))
    };
    let (costs, users): (Vec<Exact>, Vec<Exact>) = rows.iter().filter_map(both).unzip();
    costs.into_iter().sum::<Exact>().over(&users.into_iter().sum())
}
