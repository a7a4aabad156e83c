//! Whether a form is as it went out: nothing typed into any of its cells, no comment, nothing laid on its sheets.

use super::{grammar, grid::Content, stumble, tab::Tab, xlsx};
use crate::{
    issue::{self, Issue},
    place::Cell,
    programme::Programme,
};

/// Whether a file is this form, or one issued in its place before, in which nothing has been written. A form says by
/// itself what stood in it when it was issued; of one that does not, what is issued now is asked.
pub fn is_as_issued(bytes: &[u8], issue: &Issue<'_>, programme: &Programme) -> bool {
    let looked = stumble::caught(|| xlsx::whole(bytes, &programme.limits));
    let Ok(Ok((grid, laid_on))) = looked else { return false };
    let commented = |tab: &Tab| tab.facts.as_ref().is_none_or(|facts| !facts.comments.is_empty());
    if laid_on > 0 || grid.macros || grid.tabs.iter().any(commented) {
        return false;
    }
    let is_formula =
        |tab: &Tab, cell: &Cell| tab.facts.as_ref().is_some_and(|own| own.formulas.contains(cell));
    let cells = grid.tabs.iter().flat_map(|tab| {
        let typed = tab.cells().filter(|(cell, _)| !is_formula(tab, cell));
        let typed = typed.map(|(cell, content)| (*cell, shown(content)));
        let formulas = tab.facts.iter().flat_map(|facts| &facts.formulas).map(|cell| {
            let value = tab.get(*cell).map(shown).unwrap_or_default();
            (*cell, format!("{}{value}", issue::FORMULA))
        });
        typed.chain(formulas).map(|(cell, text)| (tab.name.to_string(), cell, text))
    });
    let own = issue::fingerprint(cells);
    match grid.properties.get(issue::AS_ISSUED) {
        Some(issued) => own == *issued,
        None => own == issue.fingerprint(programme),
    }
}

fn shown(content: &Content) -> String {
    match content {
        Content::Number { number, .. } => number.normalize().to_string(),
        Content::Date(date) => date.to_string(),
        other => grammar::shown(other).to_string(),
    }
}
