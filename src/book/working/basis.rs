//! On what basis councils account, and on what terms they employ, side by side (questions 15 and 20).

use crate::{
    book::{
        board::Board,
        said,
        sheet::{Block, Page, Sheet},
        working::side::{Last, Line, in_profiles, in_returns, label, table},
    },
    form::{
        Field, Group,
        council_return::cover,
        profile::{basis, terms},
    },
};

/// What a profile says of the accounts, and where a return may differ from it.
const LINES: [(&Field, Option<&Field>); 9] = [
    (&basis::ACCOUNTING_CODE, Some(&cover::OWN_ACCOUNTING_CODE)),
    (&basis::ACCOUNTING_EFFECT, Some(&cover::OWN_ACCOUNTING_EFFECT)),
    (&basis::SUPPORT_BASIS, Some(&cover::OWN_SUPPORT_BASIS)),
    (&basis::CAPITAL_CHARGE_BASIS, Some(&cover::OWN_CAPITAL_CHARGE_BASIS)),
    (&basis::PENSION_BASIS, Some(&cover::OWN_PENSION_BASIS)),
    (&basis::PENSION_RATE_PCT, None),
    (&basis::PAY_AWARD_BASIS, Some(&cover::OWN_PAY_AWARD_BASIS)),
    (&basis::PAY_AWARD_PCT, Some(&cover::OWN_PAY_AWARD_PCT)),
    (&basis::PRICE_BASIS, Some(&cover::OWN_PRICE_BASIS)),
];

/// The profile's line, and where returns may differ theirs and what holds in the end.
pub(super) fn accounts(board: &Board<'_>) -> Sheet {
    let overrides = board.project.asks(Group::BasisOverride);
    let mut lines = vec![];
    for (field, own) in LINES {
        let line = |place: &str, said| Line {
            labels: vec![label(field), place.to_owned()],
            kind: field.kind,
            said,
            adds_up: false,
        };
        let profile = in_profiles(board, &basis::SHEET, field);
        if let Some(own) = own.filter(|_| overrides) {
            let own = in_returns(board, &cover::SHEET, own);
            let force = own.iter().zip(&profile);
            let force = force.map(|(own, profile)| own.clone().or_else(|_| profile.clone()));
            let force = line("in force", force.collect());
            lines.extend([line("profile", profile), line("this return", own), force]);
        } else {
            lines.push(line("profile, in force", profile));
        }
    }
    let mut lead = said::coverage(board);
    lead.push(String::from(if overrides {
        "A return may differ from its council’s profile; where it says nothing the profile holds."
    } else {
        "For this service no return was asked whether it differs from its council’s profile."
    }));
    Sheet {
        name: "Accounting_Basis",
        title: format!("{}: the basis on which councils account", board.project.title),
        lead,
        blocks: vec![Block::Table(table(
            board,
            "Accounting_lines",
            "",
            &["Line", "Where"],
            &lines,
            Last::Comparison,
        ))],
        page: Page::Across,
    }
}

pub(super) fn terms(board: &Board<'_>) -> Sheet {
    let ends = [&terms::COMPLETED_BY, &terms::NOTES];
    let fields =
        terms::SHEET.cells().filter(|field| !ends.iter().any(|end| end.name == field.name));
    let lines: Vec<Line> = fields
        .map(|field| Line {
            labels: vec![label(field)],
            kind: field.kind,
            said: in_profiles(board, &terms::SHEET, field),
            adds_up: false,
        })
        .collect();
    Sheet {
        name: "Terms",
        title: format!("{}: terms and conditions of employment", board.project.title),
        lead: said::coverage(board),
        blocks: vec![Block::Table(table(
            board,
            "Terms_grid",
            "",
            &["Term"],
            &lines,
            Last::Comparison,
        ))],
        page: Page::Across,
    }
}
