//! One product under several names (ICT-006).

use super::{Check, Run, Stage, found::Found};
use crate::{
    answer::{Answer, Return, Row},
    finding::{Rule, Scope, Severity},
    form::council_return::ict::{PRODUCT, SUPPLIER, TABLE, VERSION},
    programme::{Programme, product::Products},
};

pub(super) static ICT_006: Check = Check {
    rule: Rule {
        code: "ICT-006",
        severity: Severity::Note,
        scope: Scope::Line,
        what: "The same product is spelled two ways in one return.",
        fix: "Tell us if they are not the same product.",
        source: "aliases of programme.toml",
    },
    stage: Stage::Rows,
    run: Run::Return(two_spellings),
};

fn two_spellings(ret: &Return, programme: &Programme, found: &mut Found<'_>) {
    let products = Products::of(programme);
    let mut before: Vec<(&Row, _)> = vec![];
    for row in ret.used_rows(&TABLE) {
        let text = |column| row.used_text(column);
        let product = products.named(&text(&SUPPLIER), &text(&PRODUCT), &text(&VERSION));
        let answer = row.get(&PRODUCT);
        let same = before.iter().find(|(_, known)| *known == product.key).map(|(row, _)| *row);
        match same.map(|row| row.get(&PRODUCT)) {
            None => before.push((row, product.key)),
            Some(first) if first.shown().trim() != answer.shown().trim() => {
                let [this, that] = [answer, first].map(Answer::shown);
                let text = format!("we treat “{this}” and “{that}” as the same product.");
                found.say(&[answer, first], text);
            }
            Some(_) => {}
        }
    }
}
