//! What the returns show beside an opinion on a criterion or an outcome (domain.md A2). Never a judgement on it.

use jiff::civil::Date;

use crate::{
    answer::Return,
    english,
    figure::{Amount, Figure},
    form::council_return::service::{SHARED_ALREADY, SITE_LEASE_END, SITE_TABLE},
    number::Exact,
    picture::{ProjectPicture, State, Told},
    programme::Code,
};

/// The figures of a project with a key, of each council and of all asked together.
type Keyed<'k, 'f> = &'k dyn Fn(&str) -> Vec<&'f Figure>;

/// What there is to go by for one line of the brief's grids (`o11` to `o33`, `c11` to `c33`).
pub fn shown(
    told: &Told<'_>,
    own: &ProjectPicture,
    keyed: Keyed<'_, '_>,
    line: &str,
) -> Option<String> {
    let say = |sentence: &str, form: &str, quoted: &[(&str, &str)]| {
        told.wording.say(&format!("evidence.{sentence}"), form, quoted)
    };
    let number = |key| combined(keyed, key);
    match line {
        "o11" => number("staffing.vacancy_rate")
            .map(|rate| say("vacancy", "some", &[("rate", &english::percent(rate))])),
        "c11" => number("staffing.vacant_over_six_months").map(|posts| {
            let posts = usize::try_from(posts.whole()).unwrap_or_default();
            say("long_vacant", plural(posts), &[("number", &english::count(posts))])
        }),
        "o13" => scarce(told, keyed),
        "o21" | "c12" => overlaps(told, keyed, |_| true),
        "c31" => overlaps(told, keyed, |function| function == "CRM"),
        "o22" => keyed("service.indicators").into_iter().find_map(|figure| {
            let figure = Some(figure).filter(|own| own.council.is_none())?;
            let (some, all) = figure.exact.as_deref()?.split_once('/')?;
            Some(say("indicators", "some", &[("some", some), ("all", all)]))
        }),
        "o23" | "c21" => number("unit_cost.indicative_gap")
            .map(|gap| say("gap", "some", &[("gap", &english::pounds(gap))])),
        "o24" => sites(told, own, keyed),
        "c33" => above_average(told, keyed),
        "c13" => shared(told, own),
        "c22" => keyed("appraisal.payback_years").into_iter().find_map(|figure| {
            let option = figure.option?.to_string();
            let (form, years) = match figure.value.as_ref()? {
                Amount::Number(years) => ("some", years.rounded(1)),
                _ => ("never", String::new()),
            };
            Some(say("payback", form, &[("option", &option), ("years", &years)]))
        }),
        "c23" => number("savings.cuts")
            .map(|cuts| say("cuts", "some", &[("cuts", &english::pounds(cuts))])),
        _ => None,
    }
}

fn plural(number: usize) -> &'static str {
    match number {
        0 => "none",
        1 => "one",
        _ => "many",
    }
}

/// The councils with a return in use, and the returns.
fn used<'a>(
    told: &'a Told<'_>,
    own: &'a ProjectPicture,
) -> impl Iterator<Item = (&'a Code, &'a Return)> {
    own.expected().filter(|line| line.state == State::Used).filter_map(|line| {
        Some((&line.council, told.intake.return_of(&own.project, &line.council)?))
    })
}

/// "Building control core 2 of 4, CRM 3 of 4" use the same product.
fn overlaps(told: &Told<'_>, keyed: Keyed<'_, '_>, wanted: fn(&str) -> bool) -> Option<String> {
    let all = keyed("ict.overlap").into_iter().filter(|own| own.council.is_none());
    let said = all.filter_map(|figure| {
        let function = figure.item.as_deref().filter(|own| wanted(own))?;
        Some(format!("{function} {}", figure.exact.as_deref()?.replace('/', " of ")))
    });
    let said: Vec<String> = said.collect();
    let list = said.join(", ");
    (!said.is_empty()).then(|| told.wording.say("evidence.overlap", "some", &[("list", &list)]))
}

/// Who shares the service with whom already.
fn shared(told: &Told<'_>, own: &ProjectPicture) -> Option<String> {
    let said = used(told, own).filter_map(|(council, ret)| {
        let shares = ret.used(&SHARED_ALREADY)?.to_string() == "Yes";
        Some((council, shares))
    });
    let said: Vec<(&Code, bool)> = said.collect();
    let sharing = said.iter().filter(|(_, shares)| *shares);
    let names: Vec<&str> = sharing.map(|(council, _)| told.programme.name(council)).collect();
    let form = if names.is_empty() { "none" } else { "some" };
    let quoted = [("list", &*english::list(&names))];
    (!said.is_empty()).then(|| told.wording.say("evidence.shared", form, &quoted))
}

/// Who holds the posts with scarce skills.
fn scarce(told: &Told<'_>, keyed: Keyed<'_, '_>) -> Option<String> {
    let all = combined(keyed, "staffing.scarce_posts")?;
    let own = |figure: &Figure| {
        let posts = figure.number().filter(|posts| !posts.is_zero())?;
        Some(format!("{} {}", told.programme.name(figure.council.as_deref()?), posts.rounded(0)))
    };
    let holders: Vec<String> = keyed("staffing.scarce_posts").into_iter().filter_map(own).collect();
    let form = if all.is_zero() { "none" } else { plural(holders.len()) };
    Some(told.wording.say("evidence.scarce", form, &[("list", &holders.join(", "))]))
}

/// How many sites there are, what they cost and when their leases end.
fn sites(told: &Told<'_>, own: &ProjectPicture, keyed: Keyed<'_, '_>) -> Option<String> {
    let sites = combined(keyed, "service.sites")?.rounded(0);
    let mut said = vec![told.wording.say(
        "evidence.sites",
        "number",
        &[("number", &*sites), ("cost", ""), ("first", ""), ("last", "")],
    )];
    let project = told.programme.subject(&own.project)?;
    if let Some(cost) = combined(keyed, "service.sites_cost") {
        let cost = english::pounds(cost);
        said.push(told.wording.say(
            "evidence.sites",
            "cost",
            &[("number", ""), ("cost", &*cost), ("first", ""), ("last", "")],
        ));
    }
    let members = told.programme.members(project).iter();
    let returns = members.flat_map(|project| {
        own.expected().filter_map(|line| told.intake.return_of(&project.code, &line.council))
    });
    let usable = returns.filter(|ret| ret.refused.is_none());
    let rows = usable.flat_map(|ret| ret.used_rows(&SITE_TABLE));
    let ends: Vec<Date> = rows.filter_map(|row| row.get(&SITE_LEASE_END).date()).collect();
    if let (Some(first), Some(last)) = (ends.iter().min(), ends.iter().max()) {
        let form = if first == last { "lease" } else { "leases" };
        let [first, last] = [first, last].map(|day| english::date(*day));
        said.push(told.wording.say(
            "evidence.sites",
            form,
            &[("number", ""), ("cost", ""), ("first", &first), ("last", &last)],
        ));
    }
    Some(said.join("; "))
}

/// In how many years each indicator beat the average of its comparison group.
fn above_average(told: &Told<'_>, keyed: Keyed<'_, '_>) -> Option<String> {
    let one = |figure: &Figure| {
        let (some, all) = figure.exact.as_deref()?.split_once('/')?;
        let council = told.programme.name(figure.council.as_deref()?);
        let years = if all == "1" { "year" } else { "years" };
        Some(format!("{council} {} in {some} of {all} {years}", figure.item.as_deref()?))
    };
    let said: Vec<String> = keyed("service.above_average").into_iter().filter_map(one).collect();
    let list = said.join(", ");
    (!said.is_empty()).then(|| told.wording.say("evidence.above", "some", &[("list", &list)]))
}

/// What all councils together have for a key.
fn combined<'f>(keyed: Keyed<'_, 'f>, key: &str) -> Option<&'f Exact> {
    keyed(key).into_iter().filter(|own| own.council.is_none()).find_map(Figure::number)
}
