//! The powers on which councils would rely to work together (question 21): those that all name, and the rest.

use super::case::{Case, paragraph, plural, text};
use crate::{
    answer::{Return, Value},
    english,
    form::profile::basis::{POWERS, POWERS_OTHER},
    programme::Code,
};

/// The options of the profile, and the form of [power] that has the rightful name.
const NAMES: [(&str, &str); 6] = [
    ("s.101 LGA 1972", "s101"),
    ("s.102 LGA 1972", "s102"),
    ("s.113 LGA 1972", "s113"),
    ("s.1 LA(Goods and Services) Act 1970", "goods"),
    ("s.75 NHS Act 2006", "nhs"),
    ("Company powers", "company"),
];

pub(super) fn said(case: &Case<'_>) -> String {
    let expected = case.expected();
    let of =
        |council: &&Code| Some(named(case, case.profile(council)?)).filter(|own| !own.is_empty());
    let given: Vec<(&Code, Vec<String>)> =
        expected.iter().filter_map(|council| Some((*council, of(council)?))).collect();
    let Some((_, first)) = given.first() else {
        return case.say(
            "power.common",
            "unknown",
            &[("councils", ""), ("number", ""), ("list", "")],
        );
    };
    let is_common = |power: &&String| given.iter().all(|(_, powers)| powers.contains(power));
    let common: Vec<&String> = first.iter().filter(is_common).collect();
    let who: Vec<Code> = given.iter().map(|(council, _)| (*council).clone()).collect();
    let councils = match who.len() == expected.len() {
        true => case.councils(&who),
        false => case.list(&who.iter().collect::<Vec<_>>()),
    };
    let form = if given.len() == 1 { "only" } else { plural(common.len()) };
    let quoted = [
        ("councils", &*councils),
        ("number", &english::count(common.len())),
        ("list", &english::list(&common)),
    ];
    let mut said = vec![case.say("power.common", form, &quoted)];
    for (council, powers) in &given {
        let others: Vec<&String> = powers.iter().filter(|own| !common.contains(own)).collect();
        if !others.is_empty() {
            let quoted =
                [("council", case.programme.name(council)), ("list", &english::list(&others))];
            said.push(case.say("power.beside", plural(others.len()), &quoted));
        }
    }
    let silent: Vec<&Code> = expected.into_iter().filter(|own| !who.contains(own)).collect();
    said.extend(case.about("power.silent", &silent));
    paragraph(said)
}

/// The powers that a profile names, by their rightful names.
fn named(case: &Case<'_>, profile: &Return) -> Vec<String> {
    let Some(Value::Many(powers)) = profile.used(&POWERS) else { return vec![] };
    let of = |power: &str| match NAMES.iter().find(|(option, _)| *option == power) {
        Some((_, form)) => Some(case.say("power", form, &[])),
        None => text(profile, &POWERS_OTHER).map(str::to_owned),
    };
    powers.iter().filter_map(|power| of(power)).collect()
}
