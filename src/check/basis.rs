//! Budgets drawn up on different bases (ACC).

use super::{
    Check, Run, Stage,
    found::Found,
    together::{Together, odd},
};
use crate::{
    answer::{Answer, Return},
    english,
    finding::{Rule, Scope, Severity},
    form::{Field, council_return::cover, profile::basis},
};

pub(super) static ACC_001: Check = Check {
    rule: Rule {
        code: "ACC-001",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "The accounting code in force (profile, or the return's own) is not that of most councils in the project.",
        fix: "Please give the effect in pounds so that figures can be compared.",
        source: "template, question 15",
    },
    stage: Stage::Beside,
    run: Run::Project(codes),
};

fn codes(together: &Together<'_>, found: &mut Found<'_>) {
    differing(together, &cover::OWN_ACCOUNTING_CODE, &basis::ACCOUNTING_CODE, |own, others| {
        found.say(&[own], format!("you prepare accounts under “{}”; {others}.", own.shown()));
    });
}

pub(super) static ACC_002: Check = Check {
    rule: Rule {
        code: "ACC-002",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "The basis on which support services are charged is not that of most councils in the project.",
        fix: "We compare budgets before support services; please tell us if that would mislead.",
        source: "SeRCOP, section 3",
    },
    stage: Stage::Beside,
    run: Run::Project(support),
};

fn support(together: &Together<'_>, found: &mut Found<'_>) {
    differing(together, &cover::OWN_SUPPORT_BASIS, &basis::SUPPORT_BASIS, |own, others| {
        found.say(&[own], format!("you show support services as “{}”; {others}.", own.shown()));
    });
}

pub(super) static ACC_003: Check = Check {
    rule: Rule {
        code: "ACC-003",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "The basis of capital charges or of pension costs is not that of most councils in the project.",
        fix: "We leave the item out of comparisons. Is that right?",
        source: "BVACOP, groups 8 and 10",
    },
    stage: Stage::Beside,
    run: Run::Project(charges),
};

fn charges(together: &Together<'_>, found: &mut Found<'_>) {
    let items = [
        ("capital charges", &cover::OWN_CAPITAL_CHARGE_BASIS, &basis::CAPITAL_CHARGE_BASIS),
        ("pensions", &cover::OWN_PENSION_BASIS, &basis::PENSION_BASIS),
    ];
    for (item, own, of_profile) in items {
        differing(together, own, of_profile, |own, others| {
            found.say(&[own], format!("your budget shows {item} as “{}”; {others}.", own.shown()));
        });
    }
}

pub(super) static ACC_004: Check = Check {
    rule: Rule {
        code: "ACC-004",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "The basis of the pay award is not that of most councils in the project, or the award differs from that of most by more points than programme.toml allows (0.5).",
        fix: "We show the difference as a note. Please tell us what the budget allows for if this is not right.",
        source: "pay award of 2008/09",
    },
    stage: Stage::Beside,
    run: Run::Project(awards),
};

fn awards(together: &Together<'_>, found: &mut Found<'_>) {
    differing(together, &cover::OWN_PAY_AWARD_BASIS, &basis::PAY_AWARD_BASIS, |own, others| {
        found.say(&[own], format!("your pay award is “{}”; {others}.", own.shown()));
    });
    let points = together.programme.thresholds.pay_award_points;
    let given: Vec<(&Return, &Answer)> =
        in_force(together, &cover::OWN_PAY_AWARD_PCT, &basis::PAY_AWARD_PCT);
    let apart = |one: &(&Return, &Answer), other: &(&Return, &Answer)| {
        let numbers = one.1.number().zip(other.1.number());
        numbers.is_some_and(|(one, other)| (one - other).abs() > points)
    };
    for index in odd(&given, apart) {
        let own = given[index];
        let others = others(together, &given, own, |other| {
            let apart = apart(&own, other);
            apart.then(|| format!("{}%", other.1.shown()))
        });
        found.say(&[own.1], format!("your pay budget has {}%; {others}.", own.1.shown()));
    }
}

/// Tells of every council that differs from most others in an answer: the answer, and what the others say.
fn differing(
    together: &Together<'_>,
    own: &Field,
    of_profile: &Field,
    mut tell: impl FnMut(&Answer, String),
) {
    let given = in_force(together, own, of_profile);
    for index in odd(&given, |one, other| one.1.value() != other.1.value()) {
        let own = given[index];
        let others = others(together, &given, own, |other| {
            (other.1.value() != own.1.value()).then(|| format!("“{}”", other.1.shown()))
        });
        tell(own.1, others);
    }
}

fn in_force<'a>(
    together: &Together<'a>,
    own: &Field,
    of_profile: &Field,
) -> Vec<(&'a Return, &'a Answer)> {
    let answer = |ret: &&'a Return| Some((*ret, together.in_force(ret, own, of_profile)?));
    together.returns.iter().filter_map(answer).collect()
}

/// "Canterbury and Dover have “Settled”": those who answer otherwise, by what they say.
fn others(
    together: &Together<'_>,
    given: &[(&Return, &Answer)],
    own: (&Return, &Answer),
    says: impl Fn(&(&Return, &Answer)) -> Option<String>,
) -> String {
    let mut views: Vec<(String, Vec<&str>)> = vec![];
    for other in given.iter().filter(|other| !std::ptr::eq(other.0, own.0)) {
        let Some(view) = says(other) else { continue };
        let name = together.name(other.0);
        match views.iter_mut().find(|(known, _)| *known == view) {
            Some((_, names)) => names.push(name),
            None => views.push((view, vec![name])),
        }
    }
    let said = |(view, names): &(String, Vec<&str>)| {
        let have = if names.len() == 1 { "has" } else { "have" };
        format!("{} {have} {view}", english::list(names))
    };
    let views: Vec<String> = views.iter().map(said).collect();
    english::list(&views)
}
