//! A council's part of a figure: a value with its cells, or the reason why there is none.

use std::{collections::BTreeMap, sync::Arc};

use super::{Set, suppression::is_pay};
pub(super) use crate::fact::{
    NOT_APPLICABLE, Usable, add, number, number_in, reason, refused, row_source, source,
};
use crate::{
    figure::{Amount, Figure, Source, Status, Unit},
    number::Exact,
    programme::Code,
};

/// What one council brings to a figure.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) council: Code,
    /// The value in the figure's unit, or why it is missing: "not returned", "GEN-002 Revenue!D14".
    pub(super) value: Result<Exact, String>,
    pub(super) sources: Vec<Arc<Source>>,
}

/// What a figure is, apart from its value.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) key: &'a str,
    pub(super) unit: Unit,
    pub(super) year: Option<&'a str>,
    pub(super) column: Option<&'static str>,
    pub(super) item: Option<&'a str>,
    pub(super) basis: Option<&'static str>,
    pub(super) income: Option<&'static str>,
    pub(super) option: Option<u32>,
    pub(super) case: Option<&'static str>,
}

impl<'a> Named<'a> {
    pub(super) fn new(key: &'a str, unit: Unit) -> Named<'a> {
        Named {
            key,
            unit,
            year: None,
            column: None,
            item: None,
            basis: None,
            income: None,
            option: None,
            case: None,
        }
    }

    pub(super) fn item(self, item: &'a str) -> Named<'a> {
        Named { item: Some(item), ..self }
    }

    pub(super) fn basis(self, basis: &'static str) -> Named<'a> {
        Named { basis: Some(basis), ..self }
    }
}

impl Set<'_> {
    /// The figure of each council, after the combined one that `combine` makes of those with a value.
    pub(super) fn figures_of(
        &self,
        named: Named<'_>,
        parts: &[Part],
        combine: impl Fn(&[&Part]) -> Option<Exact>,
    ) -> Vec<Figure> {
        let mut figures = vec![self.combined(named, parts, combine)];
        figures.extend(parts.iter().map(|part| self.own(named, part)));
        figures
    }

    /// Sums: the figure over all councils is what those with a value bring together.
    pub(super) fn sums(&self, named: Named<'_>, parts: &[Part]) -> Vec<Figure> {
        self.figures_of(named, parts, |used| Some(total(used)))
    }

    /// The combined figure, which is partial over a part of the councils and blocked over none.
    pub(super) fn combined(
        &self,
        named: Named<'_>,
        parts: &[Part],
        combine: impl Fn(&[&Part]) -> Option<Exact>,
    ) -> Figure {
        let used: Vec<&Part> = parts.iter().filter(|part| part.value.is_ok()).collect();
        let missing = || parts.iter().filter(|part| part.is_missing());
        let value = if used.is_empty() { None } else { combine(&used) };
        let mut reasons = BTreeMap::new();
        for part in parts {
            if let Err(reason) = &part.value {
                reasons.insert(Arc::clone(&part.council), reason.clone());
            }
        }
        let status = match value {
            None => Status::Blocked,
            Some(_) if missing().next().is_none() => Status::Complete,
            Some(_) => Status::Partial,
        };
        Figure {
            status,
            used: used.iter().map(|part| Arc::clone(&part.council)).collect(),
            missing: missing().map(|part| Arc::clone(&part.council)).collect(),
            reasons,
            sources: used.iter().flat_map(|part| part.sources.iter().cloned()).collect(),
            ..self.figure(named, None, value)
        }
    }

    /// A figure that is no sum: what it rests on is complete, or it is not given and the reasons say why.
    pub(super) fn whole(
        &self,
        named: Named<'_>,
        amount: Result<Amount, BTreeMap<Code, String>>,
    ) -> Figure {
        let figure = self.figure(named, None, None);
        match amount {
            Ok(amount) => {
                let exact = match (&amount, named.unit) {
                    (Amount::Number(ratio), Unit::Ratio) => Some(ratio.fraction()),
                    _ => None,
                };
                let used = self.councils.clone();
                Figure { value: Some(amount), exact, status: Status::Complete, used, ..figure }
            }
            Err(reasons) => {
                let missing = self.councils.iter().filter(|council| reasons.contains_key(*council));
                Figure { missing: missing.cloned().collect(), reasons, ..figure }
            }
        }
    }

    /// The figure of one council.
    pub(super) fn own(&self, named: Named<'_>, part: &Part) -> Figure {
        let council = || vec![Arc::clone(&part.council)];
        let figure =
            self.figure(named, Some(Arc::clone(&part.council)), part.value.as_ref().ok().cloned());
        match &part.value {
            Ok(_) => Figure {
                status: Status::Complete,
                used: council(),
                sources: part.sources.clone(),
                ..figure
            },
            Err(reason) => Figure {
                status: Status::Blocked,
                missing: council(),
                reasons: BTreeMap::from([(Arc::clone(&part.council), reason.clone())]),
                ..figure
            },
        }
    }

    fn figure(&self, named: Named<'_>, council: Option<Code>, value: Option<Exact>) -> Figure {
        let exact =
            (named.unit == Unit::Ratio).then(|| value.as_ref().map(Exact::fraction)).flatten();
        Figure {
            key: named.key.to_owned(),
            project: Some(Arc::clone(&self.project.code)),
            council,
            year: named.year.map(str::to_owned),
            column: named.column,
            item: named.item.map(str::to_owned),
            basis: named.basis,
            income: named.income,
            option: named.option,
            case: named.case,
            scenario: Arc::clone(&self.scenario),
            value: value.map(Amount::Number),
            exact,
            unit: named.unit,
            status: Status::Blocked,
            used: vec![],
            missing: vec![],
            reasons: BTreeMap::new(),
            sources: vec![],
            public: !is_pay(named.key),
        }
    }
}

impl Part {
    pub(super) fn new(council: &Code, usable: Usable) -> Part {
        let (value, sources) = match usable {
            Ok((value, sources)) => (Ok(value), sources),
            Err(reason) => (Err(reason), vec![]),
        };
        let mut part = Part { council: Arc::clone(council), value, sources };
        part.sources.iter_mut().for_each(|source| source.set_council(council));
        part
    }

    /// Whether there should be a value and is none.
    pub(super) fn is_missing(&self) -> bool {
        self.value.as_ref().is_err_and(|reason| !reason.starts_with(NOT_APPLICABLE))
    }

    pub(super) fn amount(&self) -> Exact {
        self.value.clone().unwrap_or_else(|_| Exact::zero())
    }
}

/// The sum of what parts bring.
pub(super) fn total(parts: &[&Part]) -> Exact {
    parts.iter().map(|part| part.amount()).sum()
}
