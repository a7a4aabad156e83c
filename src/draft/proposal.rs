//! What is proposed, by whom, and who is in: so short that all of a summary fits on its page.

use super::case::{Case, Values, text};
use crate::form::brief::overview;

/// How many letters of the lead's words a summary has room for.
const ROOM: usize = 240;

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let said = |field| case.brief().and_then(|brief| text(brief, field)).unwrap_or_default();
    for (name, field) in [("purpose", &overview::PURPOSE), ("decision", &overview::DECISION_ASKED)]
    {
        let words = short(said(field));
        values.passage(&format!("if:{name}"), !words.is_empty());
        values.seed(&format!("once:{name}"), words);
    }
    let quoted = [
        ("lead", &*case.project.lead),
        ("councils", &case.list(&case.expected())),
        ("project", &case.project.title),
    ];
    let form = if case.project.has_lead() { "some" } else { "none" };
    values.text("say:who", case.say("proposal.who", form, &quoted));
    values.passage("if:no_decision", said(&overview::DECISION_ASKED).is_empty());
}

/// Whole sentences, as far as there is room for them; the beginning of the first, if that alone is too long.
fn short(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= ROOM {
        return words;
    }
    let room: String = words.chars().take(ROOM).collect();
    if let Some((sentences, _)) = room.rsplit_once(". ") {
        return format!("{sentences}.");
    }
    let whole = room.rsplit_once(' ').map_or(&*room, |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches(|letter: char| !letter.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_has_room_for_whole_sentences() {
        assert_eq!(short("One team.\nFor four councils."), "One team. For four councils.");
        let long = format!("One team. {}", "For all four councils. ".repeat(20));
        assert!(short(&long).ends_with("councils.") && short(&long).chars().count() <= ROOM);
        let endless = "councils ".repeat(60);
        assert!(short(&endless).ends_with("councils…"));
    }
}
