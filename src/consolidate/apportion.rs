//! Who would pay what (domain.md D9): the cost after savings shared by every basis, income kept or pooled.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Set,
    options::{Reasons, Saving, of_brief},
    part::{Named, Part},
    revenue::recurring,
    tested::{Tested, as_stated, complete, without_income},
    unit_cost::volume,
};
use crate::{
    fact::exempt::is_exempt_category,
    figure::{Amount, Figure, Source, Unit, WITHHELD},
    form::council_return::revenue::TOT_NC,
    number::Exact,
    programme::Code,
};

const BASES: [&str; 5] = ["agreed", "population", "budget", "equal", "usage"];

pub(super) fn figures(set: &Set<'_>, tests: &[(u32, Result<Tested, Reasons>)]) -> Vec<Figure> {
    let net = recurring(set, &TOT_NC);
    let mut figures = vec![];
    for (option, test) in tests {
        let once = test.as_ref().map_err(Clone::clone).and_then(|test| once(set, test));
        let sources = test.as_ref().map(|test| test.proposal.oneoff_cells()).unwrap_or_default();
        let named =
            Named { option: Some(*option), ..Named::new("apportionment.one_off", Unit::Pounds) };
        for council in &set.councils {
            let own = once.as_ref().map(|once| Amount::Number(once[council].clone()));
            let figure = set.whole(named, own.map_err(Clone::clone));
            let council = Some(Arc::clone(council));
            figures.push(Figure { council, sources: sources.clone(), ..figure });
        }
        for income in ["own", "pooled"] {
            let named = |key, unit| Named {
                option: Some(*option),
                income: Some(income),
                ..Named::new(key, unit)
            };
            let cost = test.as_ref().map_err(Clone::clone).and_then(|test| {
                if test.proposal.income_pooled.is_some_and(|pooled| pooled != (income == "pooled"))
                {
                    return Err(of_brief("the brief says how income is treated, and not so"));
                }
                let before = if income == "own" { &test.by_council } else { &net };
                let now = if income == "own" { test.gross.clone() } else { complete(&net)? };
                Ok(Cost { test, before, now })
            });
            let total = |of| cost.as_ref().map_err(Clone::clone).map(|cost| cost.after(of));
            let whole = |named, total: Result<Exact, Reasons>| Figure {
                sources: cost.as_ref().map(Cost::sources).unwrap_or_default(),
                ..set.whole(named, total.map(Amount::Number))
            };
            let pounds = named("apportionment.total", Unit::Pounds);
            figures.push(whole(pounds, total(as_stated)));
            figures.push(whole(pounds.basis("without income"), total(without_income)));
            for basis in BASES {
                let shared = cost
                    .as_ref()
                    .map_err(Clone::clone)
                    .and_then(|cost| cost.shared(&weights(set, cost.test, basis)?));
                figures.extend(of_basis(set, &|key, unit| named(key, unit).basis(basis), &shared));
            }
        }
    }
    figures
}

/// What each council pays once: each cost is shared as the brief says, or is that of the council that incurs it. Where
/// some of them are exempt nobody is told, since whoever knows the others could take them off.
fn once(set: &Set<'_>, test: &Tested) -> Result<BTreeMap<Code, Exact>, Reasons> {
    let lines = &test.proposal.oneoffs;
    if lines.iter().any(|line| is_exempt_category(&line.category)) {
        return Err(set.councils.iter().map(|own| (Arc::clone(own), WITHHELD.into())).collect());
    }
    let mut costs: BTreeMap<&(String, Option<Code>), Exact> = BTreeMap::new();
    for line in lines {
        let cost = costs.entry(&line.payer).or_insert_with(Exact::zero);
        *cost = line.years.iter().fold(cost.clone(), |sum, (year, _)| sum + year.clone());
    }
    let nothing = set.councils.iter().map(|council| (Arc::clone(council), Exact::zero()));
    let mut paid: BTreeMap<Code, Exact> = nothing.collect();
    for ((basis, payer), cost) in costs {
        let weights = match (basis.as_str(), payer) {
            ("Incurring council", Some(payer)) if paid.contains_key(payer) => {
                BTreeMap::from([(Arc::clone(payer), Exact::one())])
            }
            ("Agreed shares", _) => weights(set, test, "agreed")?,
            ("Population" | "Budget" | "Equal" | "Usage", _) => {
                weights(set, test, &basis.to_lowercase())?
            }
            _ => return Err(of_brief("who pays a one-off cost is not said")),
        };
        for (council, share) in shares(&cost, &weights)? {
            let own = paid.entry(council).or_insert_with(Exact::zero);
            *own = own.clone() + share;
        }
    }
    Ok(paid)
}

/// What the councils pay today, and the option that is to cost less.
struct Cost<'a> {
    test: &'a Tested,
    /// By council, without one-off items.
    before: &'a [Part],
    /// All of it together, payments between them taken out.
    now: Exact,
}

/// What one council would pay and gain.
struct Shared {
    council: Code,
    share: Exact,
    /// What it pays today less its share; negative for one that would pay more.
    gain: Exact,
    /// What it would pay so that nobody loses; negative for one that receives.
    compensation: Exact,
    sources: Vec<Arc<Source>>,
}

impl Cost<'_> {
    /// What is left to pay in year 2.
    fn after(&self, of: fn(&Saving) -> Exact) -> Exact {
        self.now.clone() - self.test.saving(2, of)
    }

    fn sources(&self) -> Vec<Arc<Source>> {
        let before = self.before.iter().flat_map(|part| part.sources.iter().cloned());
        before.chain(self.test.proposal.saving_sources(2)).collect()
    }

    fn shared(&self, weights: &BTreeMap<Code, Exact>) -> Result<Vec<Shared>, Reasons> {
        let shares = shares(&self.after(as_stated), weights)?;
        let gains: BTreeMap<Code, Exact> = self
            .before
            .iter()
            .map(|part| (Arc::clone(&part.council), part.amount() - shares[&part.council].clone()))
            .collect();
        let compensation = compensation(&gains)?;
        let one = |part: &Part| Shared {
            council: Arc::clone(&part.council),
            share: shares[&part.council].clone(),
            gain: gains[&part.council].clone(),
            compensation: compensation.get(&part.council).cloned().unwrap_or_else(Exact::zero),
            sources: part.sources.clone(),
        };
        Ok(self.before.iter().map(one).collect())
    }
}

/// Those who gain pay those who lose, in whole pounds and in proportion; nothing where the gains are not enough.
fn compensation(gains: &BTreeMap<Code, Exact>) -> Result<BTreeMap<Code, Exact>, Reasons> {
    let of = |sign: Exact| -> BTreeMap<Code, Exact> {
        let own = gains.iter().map(|(code, gain)| (Arc::clone(code), gain.clone() * sign.clone()));
        own.filter(|(_, amount)| !amount.is_negative() && !amount.is_zero()).collect()
    };
    let (winners, losers) = (of(Exact::one()), of(-Exact::one()));
    let losses: Exact = losers.values().cloned().sum();
    if losses.is_zero() || winners.values().cloned().sum::<Exact>() < losses {
        return Ok(BTreeMap::new());
    }
    let mut paid = shares(&losses, &winners)?;
    for (council, received) in shares(&losses, &losers)? {
        paid.insert(council, -received);
    }
    Ok(paid)
}

/// The figures of one basis: each council's, and the compensation test (SLWP): whether the gains cover the losses.
fn of_basis<'k>(
    set: &Set<'_>,
    named: &dyn Fn(&'k str, Unit) -> Named<'k>,
    shared: &Result<Vec<Shared>, Reasons>,
) -> Vec<Figure> {
    let mut figures = vec![];
    for council in &set.councils {
        let own = shared.as_ref().map(|shared| shared.iter().find(|own| own.council == *council));
        for (key, of) in [
            ("apportionment.share", (|own| &own.share) as fn(&Shared) -> &Exact),
            ("apportionment.gain", |own| &own.gain),
            ("apportionment.compensation", |own| &own.compensation),
        ] {
            let amount = own.map(|own| own.map_or_else(Exact::zero, |own| of(own).clone()));
            let amount = amount.map(Amount::Number).map_err(Clone::clone);
            let figure = set.whole(named(key, Unit::Pounds), amount);
            let sources = own.ok().flatten().map(|own| own.sources.clone()).unwrap_or_default();
            figures.push(Figure { council: Some(Arc::clone(council)), sources, ..figure });
        }
    }
    let gains = |wanted: fn(&Exact) -> bool| {
        let gains = shared.as_ref().map_err(Clone::clone)?.iter().map(|own| own.gain.clone());
        Ok(gains.filter(wanted).collect::<Vec<Exact>>())
    };
    let sum = |gains: Vec<Exact>| gains.into_iter().sum::<Exact>();
    let won = gains(|gain| !gain.is_negative()).map(sum);
    let losers = gains(Exact::is_negative);
    let lost = losers.clone().map(|losers| -sum(losers));
    let left = won.clone().and_then(|won| Ok(won - lost.clone()?));
    let feasible = left.clone().map(|left| Amount::YesNo(!left.is_negative()));
    let count = losers.map(|losers| Amount::Number(Exact::from(losers.len())));
    for (key, amount) in [
        ("apportionment.gains", won),
        ("apportionment.losses", lost),
        ("apportionment.remainder", left),
    ] {
        figures.push(set.whole(named(key, Unit::Pounds), amount.map(Amount::Number)));
    }
    figures.push(set.whole(named("apportionment.losers", Unit::Count), count));
    figures.push(set.whole(named("apportionment.feasible", Unit::YesNo), feasible));
    figures
}

/// What each council counts for by a basis.
fn weights(set: &Set<'_>, test: &Tested, basis: &str) -> Result<BTreeMap<Code, Exact>, Reasons> {
    let each = |weight: &dyn Fn(&Code) -> Exact| {
        set.councils.iter().map(|council| (Arc::clone(council), weight(council))).collect()
    };
    let of_parts = |parts: &[Part]| -> Result<BTreeMap<Code, Exact>, Reasons> {
        complete(parts)?;
        Ok(parts.iter().map(|part| (Arc::clone(&part.council), part.amount())).collect())
    };
    match basis {
        "population" => Ok(each(&|council| {
            Exact::from(set.programme.council(council).map_or(0, |council| council.population))
        })),
        "budget" => of_parts(&test.by_council),
        "equal" => Ok(each(&|_| Exact::one())),
        "usage" => of_parts(&volume(set)),
        _ => {
            let shares = test.proposal.shares.as_ref().map_err(|why| of_brief(why))?;
            let hundred = shares.values().cloned().sum::<Exact>() == Exact::from(100_u32);
            let named = shares.len() == set.councils.len()
                && set.councils.iter().all(|code| shares.contains_key(code));
            if hundred && named {
                Ok(shares.clone())
            } else {
                Err(of_brief("no shares are agreed that add to 100%"))
            }
        }
    }
}

/// A total in whole pounds shared by weight: the largest remainders get the last pounds, ties by council code.
/// The parts always add to the total; a negative one is shared as its absolute value.
fn shares(
    total: &Exact,
    weights: &BTreeMap<Code, Exact>,
) -> Result<BTreeMap<Code, Exact>, Reasons> {
    let all: Exact = weights.values().cloned().sum();
    let whole = Exact::from(total.abs().whole());
    let mut shares = BTreeMap::new();
    let mut remainders = vec![];
    for (council, weight) in weights {
        let part = (whole.clone() * weight.clone())
            .over(&all)
            .ok_or_else(|| of_brief("all weights are nought"))?;
        let floor = part.floor();
        remainders.push((floor.clone() - part, Arc::clone(council)));
        shares.insert(Arc::clone(council), floor);
    }
    remainders.sort();
    let mut left = whole - shares.values().cloned().sum::<Exact>();
    for (_, council) in remainders {
        if left.is_zero() {
            break;
        }
        if let Some(share) = shares.get_mut(&council) {
            *share = share.clone() + Exact::one();
        }
        left = left - Exact::one();
    }
    if total.is_negative() {
        shares.values_mut().for_each(|share| *share = -share.clone());
    }
    Ok(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of domain.md D9.
    #[test]
    fn shares_are_whole_pounds_and_always_add_to_the_total() {
        let table = "4650000 EL=63 SH=37 -> EL=2929500 SH=1720500
            30700000 EL=63 SH=37 -> EL=19341000 SH=11359000
            320000 PUR=1 WDD=1 WEY=1 -> PUR=106667 WDD=106667 WEY=106666
            1486555.50 CAN=1 DOV=1 SHE=1 THA=1 -> CAN=371639 DOV=371639 SHE=371639 THA=371639
            -320000 PUR=1 WDD=1 WEY=1 -> PUR=-106667 WDD=-106667 WEY=-106666";
        for line in table.lines() {
            let (given, wanted) = line.trim().split_once(" -> ").unwrap();
            let mut given = given.split(' ');
            let total = given.next().unwrap().parse::<rust_decimal::Decimal>().unwrap();
            let weights = given.map(|pair| pair.split_once('=').unwrap());
            let weights = weights.map(|(code, weight)| {
                (Arc::from(code), Exact::from(weight.parse::<u32>().unwrap()))
            });
            let shares = shares(&total.into(), &weights.collect()).unwrap();
            let shown: Vec<String> =
                shares.iter().map(|(code, share)| format!("{code}={share}")).collect();
            assert_eq!(shown.join(" "), wanted);
        }
    }
}
