//! Annex C: the returns the figures rest on, by short reference. No file, sender or hash: the trail is in working.xlsx.

use super::case::{Case, Values, date, item, text};
use crate::{
    answer::Return,
    english,
    form::{
        brief::overview,
        council_return::{self, cover},
    },
    word::Item,
};

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let mut sources: Vec<Item> = case
        .used()
        .map(|(line, ret)| {
            let reference = line.reference.clone().unwrap_or_default();
            let council = case.programme.name(&line.council).to_owned();
            source(&line.council, reference, council, ret)
        })
        .collect();
    let profiles = case.expected().into_iter().filter_map(|own| Some((own, case.profile(own)?)));
    sources.extend(profiles.enumerate().map(|(at, (council, profile))| {
        let returned = format!("council profile, version {}, {}", profile.version, profile.kind);
        item(
            format!("{council}-profile"),
            [
                ("reference", format!("P{}", at + 1)),
                ("who", case.programme.name(council).to_owned()),
                ("returned", returned),
                ("as_at", String::from("not applicable")),
            ],
        )
    }));
    if let Some(brief) = case.brief() {
        let kind = text(brief, &overview::RETURN_TYPE).unwrap_or_default();
        let returned = format!("project brief, version {}, {kind}", brief.version);
        sources.push(item(
            "brief",
            [
                ("reference", String::from("B1")),
                ("who", String::from("Project lead")),
                ("returned", returned),
                ("as_at", String::from("not applicable")),
            ],
        ));
    }
    values.passage("if:sources", !sources.is_empty());
    values.list("each:sources", sources);
    let quoted = [
        ("run", &*case.run.name),
        ("as_at", &english::date(case.run.as_at)),
        ("reference", &english::date(case.run.reference_date)),
        ("form", council_return::WORKBOOK.form_version),
    ];
    values.text("say:run", case.say("annex.run", "one", &quoted));
}

fn source(key: &str, reference: String, who: String, ret: &Return) -> Item {
    let as_at = date(ret, &cover::DATA_AS_AT);
    item(
        key,
        [
            ("reference", reference),
            ("who", who),
            ("returned", format!("return, version {}, {}", ret.version, ret.kind)),
            ("as_at", as_at.map_or_else(|| String::from("not given"), english::date)),
        ],
    )
}
