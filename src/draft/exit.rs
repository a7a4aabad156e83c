//! Section 18: how a council could withdraw from each option, at what notice and cost.

use super::case::{Case, Values, paragraph, plural, pounds};
use crate::{
    answer::Row,
    english,
    form::brief::options::{
        OPTION_EXIT_COST, OPTION_EXIT_NOTICE_MONTHS, OPTION_NUMBER, OPTION_RULED_OUT, OPTION_TABLE,
    },
    number::Exact,
};

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let rows = case.brief().into_iter().flat_map(|brief| brief.used_rows(&OPTION_TABLE));
    let live: Vec<&Row> = rows.filter(|row| !row.get(&OPTION_RULED_OUT).is("Yes")).collect();
    let given = live.iter().any(|row| {
        [&OPTION_EXIT_COST, &OPTION_EXIT_NOTICE_MONTHS]
            .iter()
            .any(|field| row.get(field).number().is_some())
    });
    values.passage("if:section.18", given);
    let said = live.iter().map(|row| said(case, row));
    values.text("say:exit", paragraph(said));
}

fn said(case: &Case<'_>, row: &Row) -> String {
    let cost = row.get(&OPTION_EXIT_COST).number().map(Exact::from);
    let months = row.get(&OPTION_EXIT_NOTICE_MONTHS).number();
    let months = months.and_then(|months| usize::try_from(months).ok());
    let form = match (&cost, months) {
        (None, None) => "unknown",
        (Some(cost), Some(_)) if cost.is_zero() => "free",
        (Some(_), Some(_)) => "both",
        (Some(_), None) => "cost",
        (None, Some(_)) => "notice",
    };
    let number = months.unwrap_or_default();
    let quoted = [
        ("option", &*row.used_text(&OPTION_NUMBER)),
        (
            "notice",
            &case.say("exit.notice", plural(number), &[("number", &english::count(number))]),
        ),
        ("cost", &cost.as_ref().map(pounds).unwrap_or_default()),
    ];
    case.say("exit.option", form, &quoted)
}
