//! What posts cost, with what names them.

use std::collections::BTreeMap;

use super::Named;
use crate::{
    disclosure::private::public_numbers,
    figure::Figure,
    number::Exact,
    picture::{ProjectPicture, Told},
};

/// Pay and allowances, what a post costs and what a family does, as far as it is not public.
pub(super) fn of(told: &Told<'_>, own: &ProjectPicture) -> Named {
    let mut all = Named::default();
    let mut cells: BTreeMap<(&str, &str), Exact> = BTreeMap::new();
    for post in &own.exempt.posts {
        let names = [&*post.title, &post.family, &post.grade, &post.reference];
        let amounts = post.salary.into_iter().chain(post.allowances).map(Exact::from);
        amounts.chain(post.cost.clone()).for_each(|amount| all.add(&amount, &names));
        let cell = cells.entry((&post.council, &post.family)).or_insert_with(Exact::zero);
        *cell = cell.clone() + post.cost.clone().unwrap_or_else(Exact::zero);
    }
    for ((_, family), cost) in cells {
        all.add(&cost, &[family]);
    }
    for family in &own.exempt.families {
        all.add(&family.highest, &[&family.family]);
        all.add(&family.median, &[&family.family]);
    }
    let public = told.picture.figures.iter().filter(|figure| {
        figure.public
            && figure.project.as_ref() == Some(&own.project)
            && ["staffing.", "harmonisation."].iter().any(|key| figure.key.starts_with(key))
    });
    public.filter_map(Figure::number).for_each(|number| all.leave_out(number));
    // A saving on managers may be as much as one of them is paid.
    let subject = told.programme.subject(&own.project);
    let members = subject.map(|subject| told.programme.members(subject)).unwrap_or_default();
    for brief in members.iter().filter_map(|project| told.intake.brief(&project.code)) {
        let tables = brief.workbook.sheets.iter().flat_map(|sheet| sheet.tables());
        let rows = tables.flat_map(|table| brief.rows(table));
        rows.flat_map(public_numbers).for_each(|number| all.leave_out(&number));
    }
    all
}
