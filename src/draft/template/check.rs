//! What is amiss with a template of the office's, told before a run.

use crate::{
    draft::{Kind, names::Vocabulary},
    picture::Told,
    word::{self, Data, Names, Notice, Refusal},
};

/// Every name of a template that means nothing, and every one that cannot stand where it stands: the heading, the words
/// around it, and why.
///
/// # Errors
/// When the document cannot be read.
pub fn check(told: &Told<'_>, kind: Kind, template: &[u8]) -> Result<Vec<Notice>, Refusal> {
    let subjects = kind.subjects(told.programme);
    let Some(first) = subjects.first() else { return Ok(vec![]) };
    // What one project has not, another may have.
    let mut all = Data::default();
    for of in &subjects {
        let Data { texts, seeds, lists, blocks, passages, charts, .. } = kind.values(told, *of);
        all.texts.extend(texts);
        all.seeds.extend(seeds);
        all.blocks.extend(blocks);
        all.charts.extend(charts);
        all.passages.extend(passages);
        for (tag, rows) in lists {
            all.lists.entry(tag).or_default().extend(rows);
        }
    }
    let vocabulary = Vocabulary::new(told, *first, kind, &all);
    let names = Names {
        tag: &|words, list| vocabulary.tag(words, list),
        text: &|tag| vocabulary.text(tag),
    };
    word::inspect(template, &names, &|tag, list| vocabulary.knows(tag, list))
}
