//! Figures by their name and what sets them apart: council, year, option, basis, case, income, set of councils, item.

use std::collections::BTreeSet;

use super::{meanings::meaning, nearest};
use crate::{
    draft::case::{BUDGET, Case},
    english,
    figure::Figure,
    picture::Told,
    programme::Year,
    sentence,
};

/// All figures of a run, of whatever project: one template serves them all.
pub(super) struct Figures<'a> {
    told: &'a Told<'a>,
}

/// What is meant of the figures of one name. What is not said must be absent, save year and option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Apart {
    pub(super) key: String,
    council: Option<String>,
    year: Option<String>,
    option: Option<u32>,
    basis: Option<&'static str>,
    case: Option<&'static str>,
    income: Option<&'static str>,
    scenario: Option<String>,
    item: Option<String>,
}

impl<'a> Figures<'a> {
    pub(super) fn new(told: &'a Told<'a>) -> Figures<'a> {
        Figures { told }
    }

    /// The figures of a name.
    pub(super) fn of(&self, key: &str) -> impl Iterator<Item = &'a Figure> {
        self.told.picture.figures.iter().filter(move |own| own.key == key)
    }

    /// The tag of a figure, always written alike. `Err(None)` when it is no figure's name.
    pub(super) fn tag(&self, words: &[&str]) -> Result<String, Option<String>> {
        let apart = self.apart(words)?;
        self.check(&apart)?;
        let Apart { key, council, year, option, basis, case, income, scenario, item } = apart;
        let option = option.map(|number| format!("option {number}"));
        let words = [basis, case, income].map(|word| word.map(|word| word.replace(' ', "_")));
        let more = [council, year, option].into_iter().chain(words).chain([scenario, item]);
        let more: String = more.flatten().map(|own| format!(" {own}")).collect();
        Ok(format!("fig:{key}{more}"))
    }

    /// What is meant. `Err(None)` when it is no figure's name.
    pub(super) fn apart(&self, words: &[&str]) -> Result<Apart, Option<String>> {
        let (key, words) = words.split_first().ok_or(None)?;
        let key = key.to_lowercase();
        meaning(&key).ok_or(None)?;
        let mut apart = Apart { key, ..Apart::default() };
        let of: Vec<&Figure> = self.of(&apart.key).collect();
        let known = |get: fn(&Figure) -> Option<&'static str>| {
            of.iter().filter_map(|own| get(own)).collect::<BTreeSet<_>>()
        };
        let (bases, cases, incomes) =
            (known(|own| own.basis), known(|own| own.case), known(|own| own.income));
        let mut rest: Vec<&str> = vec![];
        let mut words = words.iter().copied().peekable();
        while let Some(word) = words.next() {
            let same = |own: &&&'static str| own.replace(' ', "_").eq_ignore_ascii_case(word);
            let council = self.told.programme.recognise(word).map(|own| &own.code);
            let scenario =
                of.iter().map(|own| &own.scenario).find(|own| own.eq_ignore_ascii_case(word));
            if let Some(code) = council.filter(|_| apart.council.is_none()) {
                apart.council = Some(code.to_string());
            } else if let Some(year) = Year::parse(word).filter(|_| apart.year.is_none()) {
                apart.year = Some(year.to_string());
            } else if word.eq_ignore_ascii_case("option")
                && let Some(number) = words.peek().and_then(|next| next.parse().ok())
            {
                apart.option = Some(number);
                words.next();
            } else if let Some(basis) = bases.iter().find(same).filter(|_| apart.basis.is_none()) {
                apart.basis = Some(basis);
            } else if let Some(case) = cases.iter().find(same).filter(|_| apart.case.is_none()) {
                apart.case = Some(case);
            } else if let Some(income) =
                incomes.iter().find(same).filter(|_| apart.income.is_none())
            {
                apart.income = Some(income);
            } else if let Some(own) = scenario {
                apart.scenario = Some(own.to_string());
            } else {
                rest.push(word);
            }
        }
        let rest = rest.join(" ");
        let item = of.iter().filter_map(|own| own.item.as_deref());
        let item = item.into_iter().find(|own| own.eq_ignore_ascii_case(&rest));
        apart.item = item.map(str::to_owned).or((!rest.is_empty()).then_some(rest));
        Ok(apart)
    }

    /// That some project has such a figure, as far as that can be told.
    fn check(&self, apart: &Apart) -> Result<(), Option<String>> {
        let mut of: Vec<&Figure> = self.of(&apart.key).collect();
        if of.is_empty() {
            return Ok(());
        }
        let key = &apart.key;
        let said = |what: &str, known: BTreeSet<&str>, named: Option<&str>| {
            let list: Vec<&str> = known.iter().copied().collect();
            let near = named.and_then(|named| nearest(named, list.iter().copied()));
            match (near, named) {
                (Some(near), _) => {
                    format!("{key} has no {what} of this name; did you mean {near}?")
                }
                (None, Some(named)) if list.is_empty() || list.len() > 12 => {
                    format!("{key} has no {what} {named}")
                }
                (None, Some(named)) => {
                    format!("{key} has no {what} {named}; it has {}", english::list(&list))
                }
                (None, None) => {
                    format!("{key} needs more behind it to be one figure: {}", english::list(&list))
                }
            }
        };
        let councils: BTreeSet<&str> = of.iter().filter_map(|own| own.council.as_deref()).collect();
        of.retain(|own| {
            own.item.as_deref().map(str::to_lowercase)
                == apart.item.as_deref().map(str::to_lowercase)
        });
        if of.is_empty() {
            let mut known: BTreeSet<&str> =
                self.of(key).filter_map(|own| own.item.as_deref()).collect();
            known.extend(&councils);
            return Err(Some(said("item or council", known, apart.item.as_deref())));
        }
        of.retain(|own| own.council.as_deref() == apart.council.as_deref());
        if of.is_empty() {
            // A council that has returned nothing of the kind is a council none the less.
            return match apart.council {
                Some(_) if !councils.is_empty() => Ok(()),
                Some(_) => Err(Some(format!("{key} is of all councils together, not of one"))),
                None => Err(Some(said("council", councils, None))),
            };
        }
        if let Some(year) = &apart.year {
            let years: BTreeSet<&str> = of.iter().filter_map(|own| own.year.as_deref()).collect();
            of.retain(|own| own.year.as_ref() == Some(year));
            if of.is_empty() {
                return Err(Some(match years.is_empty() {
                    true => format!("{key} is of no year"),
                    false => said("year", years, Some(year)),
                }));
            }
        }
        let words: BTreeSet<&str> =
            of.iter().flat_map(|own| [own.basis, own.case, own.income]).flatten().collect();
        of.retain(|own| {
            (own.basis, own.case, own.income) == (apart.basis, apart.case, apart.income)
        });
        if of.is_empty() {
            return Err(Some(said("reading", words, None)));
        }
        Ok(())
    }

    /// The figure of a project that is meant.
    pub(super) fn find(&self, case: &Case<'_>, apart: &Apart) -> Option<&'a Figure> {
        let tested = || sentence::tested(&case.told(), case.own);
        let mut found: Vec<&Figure> = self
            .of(&apart.key)
            .filter(|own| {
                own.project.as_ref() == Some(&case.project.code)
                    && own.council.as_deref() == apart.council.as_deref()
                    && own.item == apart.item
                    && (own.basis, own.case, own.income) == (apart.basis, apart.case, apart.income)
                    && *own.scenario == *apart.scenario.as_deref().unwrap_or("all")
                    && apart.year.as_ref().is_none_or(|year| own.year.as_ref() == Some(year))
            })
            .collect();
        if found.iter().any(|own| own.option.is_some()) {
            let option = apart.option.or_else(tested)?;
            found.retain(|own| own.option == Some(option));
        }
        // Of several years the total of all, else the budget of the base year.
        let year = |own: &&&Figure| own.year.is_none() || own.column == Some(BUDGET);
        found.iter().find(year).or(found.first()).copied()
    }
}
