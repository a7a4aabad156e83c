//! Opinions beside what the returns show (CRI).

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Run, Stage, found::Found, look, together::Together};
use crate::{
    answer::{Answer, Return},
    fact::post::vacant_long,
    finding::{Rule, Scope, Severity},
    form::{
        brief::benefits as brief,
        council_return::{
            criteria::{self, CRITERIA, CRITERION_ANSWER},
            ict::{self, FUNCTION, NIL_SYSTEMS, PRODUCT, SUPPLIER, VERSION},
            staffing,
        },
    },
    programme::product::{Key, Products},
};

pub(super) static CRI_001: Check = Check {
    rule: Rule {
        code: "CRI-001",
        severity: Severity::Warning,
        scope: Scope::Cell,
        what: "P5_c12_answer (the same ICT), P5_c31_answer (the same CRM) or P5_c11_answer (posts hard to fill), or a council's own answer, is contradicted by the systems or the vacancies that the returns list: Yes with nothing in common or no post vacant for more than six months; No with everything in common or such a post.",
        fix: "Please correct the answer, or tell us what the returns do not show.",
        source: "template, appendix ii",
    },
    stage: Stage::Beside,
    run: Run::Project(contradicted),
};

fn contradicted(together: &Together<'_>, found: &mut Found<'_>) {
    let systems = common(together, |_| true);
    let crm = common(together, |function| look::fold(function) == "crm");
    if let Some(brief) = together.brief.filter(|brief| brief.refused_sheet(&brief::SHEET).is_none())
    {
        let answer = |row| brief.get(brief::CRITERIA.at(row, &brief::CRITERION_ANSWER));
        of_systems(answer(&brief::C12), systems, "systems", found);
        of_systems(answer(&brief::C31), crm, "CRM", found);
        let all: Vec<Option<bool>> = together.returns.iter().map(|ret| vacancies(ret)).collect();
        let known = together.complete().is_some() && all.iter().all(Option::is_some);
        let some = all.contains(&Some(true));
        of_vacancies(answer(&brief::C11), (some || known).then_some(some), found);
    }
    for ret in together.every().filter(|ret| ret.refused_sheet(&criteria::SHEET).is_none()) {
        let answer = |row| ret.get(CRITERIA.at(row, &CRITERION_ANSWER));
        of_systems(answer(&criteria::C12), systems, "systems", found);
        of_systems(answer(&criteria::C31), crm, "CRM", found);
        of_vacancies(answer(&criteria::C11), vacancies(ret), found);
    }
}

/// How far the councils have the same products.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Common {
    Nothing,
    Something,
    Everything,
}

/// `things` are what is in common or not: "CRM".
fn of_systems(answer: &Answer, common: Option<Common>, things: &str, found: &mut Found<'_>) {
    let fact = match common {
        Some(Common::Nothing) if answer.is("Yes") => {
            format!("no two councils use the same {things}")
        }
        Some(Common::Everything) if answer.is("No") => format!("all use the same {things}"),
        _ => return,
    };
    let shown = answer.shown();
    found.say(&[answer], format!("you answered “{shown}”, but the returns show that {fact}."));
}

fn of_vacancies(answer: &Answer, long: Option<bool>, found: &mut Found<'_>) {
    let fact = match long {
        Some(true) if answer.is("No") => "a post has been vacant for more than six months",
        Some(false) if answer.is("Yes") => "no post has been vacant for more than six months",
        _ => return,
    };
    let shown = answer.shown();
    found.say(&[answer], format!("you answered “{shown}”, but the returns show that {fact}."));
}

/// Whether a return has a post vacant for more than six months; `None` where that cannot be told.
fn vacancies(ret: &Return) -> Option<bool> {
    let rows = ret.rows(&staffing::TABLE);
    if rows.is_empty() || ret.refused_sheet(&staffing::SHEET).is_some() {
        return None;
    }
    let long: Vec<Option<bool>> = rows.iter().map(|row| vacant_long(ret, row).ok()).collect();
    match long.contains(&Some(true)) {
        true => Some(true),
        false => long.iter().all(Option::is_some).then_some(false),
    }
}

/// What the councils have in common among the functions wanted; `None` unless all their systems are known.
fn common(together: &Together<'_>, wanted: impl Fn(&str) -> bool) -> Option<Common> {
    let products = Products::of(together.programme);
    let mut functions: BTreeMap<String, Vec<BTreeSet<Key>>> = BTreeMap::new();
    for ret in together.complete()? {
        let rows = ret.rows(&ict::TABLE);
        let unknown = rows.is_empty() && !ret.get(&NIL_SYSTEMS).is("Yes");
        if unknown || ret.refused_sheet(&ict::SHEET).is_some() {
            return None;
        }
        let mut own: BTreeMap<String, BTreeSet<Key>> = BTreeMap::new();
        for row in rows {
            let function = row.get(&FUNCTION).text().filter(|_| row.refused.is_none())?;
            let text = |column| row.used_text(column);
            let product = products.named(&text(&SUPPLIER), &text(&PRODUCT), &text(&VERSION));
            if wanted(function) {
                own.entry(function.to_owned()).or_default().insert(product.key);
            }
        }
        for (function, keys) in own {
            functions.entry(function).or_default().push(keys);
        }
    }
    let mut several = functions.into_values().filter(|councils| councils.len() > 1).peekable();
    several.peek()?;
    let (mut some, mut all) = (false, true);
    for councils in several {
        let shared_by = |key: &Key| councils.iter().filter(|keys| keys.contains(key)).count();
        let most = councils.iter().flatten().map(shared_by).max().unwrap_or(0);
        some |= most > 1;
        all &= most == councils.len();
    }
    Some(match (some, all) {
        (_, true) => Common::Everything,
        (true, false) => Common::Something,
        (false, false) => Common::Nothing,
    })
}
