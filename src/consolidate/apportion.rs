//! Who would pay what (domain.md D9): the cost after savings shared by every basis, income kept or pooled.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Set,
    options::Reasons,
    part::{Named, Part, number},
    revenue::recurring,
    savings::{Tested, complete},
};
use crate::{
    figure::{Amount, Figure, Unit},
    form::council_return::{
        revenue::TOT_NC,
        service::{self, VOLUME_Y0},
    },
    number::Exact,
    programme::Code,
};

const BASES: [&str; 5] = ["agreed", "population", "budget", "equal", "usage"];

pub(super) fn figures(set: &Set<'_>, tests: &[(u32, Result<Tested, Reasons>)]) -> Vec<Figure> {
    let net = set.parts(|ret| recurring(ret, &TOT_NC));
    let mut figures = vec![];
    for (option, test) in tests {
        for income in ["own", "pooled"] {
            for basis in BASES {
                let shared = test.as_ref().map_err(Clone::clone).and_then(|test| {
                    if test
                        .proposal
                        .income_pooled
                        .is_some_and(|pooled| pooled != (income == "pooled"))
                    {
                        return Err(of_brief("the brief says how income is treated, and not so"));
                    }
                    let before = if income == "own" { &test.by_council } else { &net };
                    let cost =
                        if income == "own" { test.baseline.clone() } else { complete(&net)? };
                    let total = cost - test.saving(2, |_| Exact::one());
                    Ok((shares(&total, &weights(set, test, basis)?)?, before))
                });
                for council in &set.councils {
                    let named = |key| Named {
                        option: Some(*option),
                        income: Some(income),
                        ..Named::new(key, Unit::Pounds).basis(basis)
                    };
                    let share = shared.clone().map(|(shares, _)| shares[council].clone());
                    let gain = shared.clone().map(|(shares, before)| {
                        let now =
                            before.iter().find(|part| part.council == *council).map(Part::amount);
                        now.unwrap_or_else(Exact::zero) - shares[council].clone()
                    });
                    for (key, value) in
                        [("apportionment.share", share), ("apportionment.gain", gain)]
                    {
                        let figure = set.whole(named(key), value.map(Amount::Number));
                        figures.push(Figure { council: Some(Arc::clone(council)), ..figure });
                    }
                }
            }
        }
    }
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
        "usage" => of_parts(&set.parts(|ret| number(ret, &service::SHEET, &VOLUME_Y0))),
        _ => {
            let shares = &test.proposal.shares;
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

fn of_brief(reason: &str) -> Reasons {
    BTreeMap::from([(Arc::from("brief"), reason.to_owned())])
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
            1486556 CAN=1 DOV=1 SHE=1 THA=1 -> CAN=371639 DOV=371639 SHE=371639 THA=371639
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
