//! How like a council's words are to the form's.

use crate::{form::Field, read::fold};

/// Other words that people head these columns with, by defined name.
const OTHERS: &[(&str, &[&str])] = &[
    ("STF_post_ref", &["post no", "post number", "post id", "position no", "position id"]),
    ("STF_job_title", &["job", "post title", "position", "position title", "designation", "role"]),
    ("STF_job_family", &["job family", "job group"]),
    ("STF_posts", &["no of posts", "number of posts"]),
    (
        "STF_fte_established",
        &["fte", "fte est", "fte budget", "establishment", "budgeted fte", "established fte"],
    ),
    (
        "STF_fte_filled",
        &["fte in post", "filled fte", "fte actual", "actual fte", "contracted fte"],
    ),
    ("STF_headcount", &["heads", "headcount", "people", "no of staff", "number of staff"]),
    ("STF_vacant_since", &["vacant from", "date vacant", "vacancy date"]),
    ("STF_pct_time", &["% time", "% of time", "time %"]),
    ("STF_grade", &["band", "pay band", "pay grade", "scale"]),
    (
        "STF_salary_fte",
        &["salary", "full salary", "annual salary", "fte salary", "full time salary"],
    ),
    ("STF_oncost_pct", &["on cost %", "oncosts", "on cost"]),
    (
        "CON_contract_ref",
        &["ref", "contract ref", "contract no", "contract number", "contract reference"],
    ),
    ("CON_title", &["contract", "contract title", "title", "contract description"]),
    ("CON_supplier", &["contractor", "provider", "vendor", "supplier name"]),
    (
        "CON_annual_value",
        &["annual value", "annual cost", "value pa", "value per annum", "per year", "annual spend"],
    ),
    ("CON_start_date", &["start", "start date", "commencement date", "commencement"]),
    ("CON_end_date", &["end", "end date", "expiry", "expiry date"]),
    ("CON_extension_months", &["extension", "extension option", "extension months"]),
    ("CON_notice_months", &["notice", "notice period", "notice months"]),
    ("CON_early_exit", &["break clause", "early termination", "early exit"]),
    ("ICT_system_ref", &["ref", "system ref", "system no"]),
    ("ICT_product", &["system", "system name", "application", "software"]),
    ("ICT_supplier", &["vendor", "supplier name"]),
    ("ICT_annual_cost", &["annual cost", "maintenance cost", "cost pa"]),
    ("ICT_users", &["users", "no of users", "licences"]),
    ("ICT_licence_end", &["licence expiry", "licence end", "renewal date"]),
    ("ICT_support_end", &["support end", "end of support"]),
    ("CAP_scheme_ref", &["ref", "scheme ref", "scheme no"]),
    ("CAP_scheme_name", &["scheme", "scheme name", "scheme title"]),
];

/// Words too common to tell one question from another.
const COMMON: [&str; 14] =
    ["of", "the", "a", "in", "to", "for", "it", "is", "no", "on", "and", "per", "this", "at"];

/// How like two are: 100 for the same words, and for words known to mean the same.
pub(super) fn likeness(theirs: &str, field: &Field) -> u32 {
    let theirs = plain(theirs);
    if theirs.is_empty() {
        return 0;
    }
    let label = plain(field.label);
    let name = field.name.split_once('_').map_or(field.name, |(_, name)| name).replace('_', " ");
    let others =
        OTHERS.iter().find(|(own, _)| *own == field.name).map_or(&[][..], |(_, others)| others);
    if theirs == label || theirs == name || others.contains(&&*theirs) {
        return 100;
    }
    let names = [&*label, &*name].into_iter().chain(others.iter().copied());
    names.map(|ours| alike(&theirs, ours)).max().unwrap_or(0)
}

/// How like two labels are: 100 for the same words.
pub(super) fn alike(theirs: &str, ours: &str) -> u32 {
    let (theirs, ours) = (plain(theirs), plain(ours));
    if theirs == ours && !ours.is_empty() {
        return 100;
    }
    by_letters(&theirs, &ours).max(by_words(&theirs, &ours))
}

/// The part of the letters that need not be changed, in per cent.
fn by_letters(theirs: &str, ours: &str) -> u32 {
    let longest = theirs.chars().count().max(ours.chars().count());
    let changes = strsim::damerau_levenshtein(theirs, ours);
    let same = longest.saturating_sub(changes) * 100;
    u32::try_from(same.checked_div(longest).unwrap_or(0)).unwrap_or(0).min(99)
}

/// The part of the telling words that both have, in per cent.
fn by_words(theirs: &str, ours: &str) -> u32 {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(' ').filter(|word| !word.is_empty() && !COMMON.contains(word));
        words.map(|word| word.strip_suffix('s').unwrap_or(word).to_owned()).collect()
    };
    let (theirs, ours) = (words(theirs), words(ours));
    let both = theirs.iter().filter(|word| ours.contains(word)).count();
    let all = theirs.len() + ours.len();
    u32::try_from((200 * both).checked_div(all).unwrap_or(0)).unwrap_or(0).min(90)
}

/// A text without units, brackets and marks.
pub(super) fn plain(text: &str) -> String {
    let folded = fold::label(text).replace("£000s", " ").replace("£000", " ").replace("£m", " ");
    let letters = folded.chars().map(|letter| match letter {
        '&' => ' ',
        letter if letter.is_alphanumeric() || letter == '%' => letter,
        _ => ' ',
    });
    let letters: String = letters.collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the words say that amounts are in thousands.
pub(super) fn in_thousands(text: &str) -> bool {
    let folded = fold::value(text);
    folded.contains("£000") || folded.contains("£'000") || folded.contains("(000")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::council_return::staffing;

    #[test]
    fn words_are_weighed() {
        let like = |theirs| likeness(theirs, &staffing::FTE_ESTABLISHED);
        assert_eq!(like("FTE budgeted"), 100);
        assert_eq!(like("FTE Est."), 100);
        assert!((60..100).contains(&like("Budgeted FTEs")), "{}", like("Budgeted FTEs"));
        assert!(like("Remarks") < 40, "{}", like("Remarks"));
        assert_eq!(plain("Full salary (£000) *"), "full salary");
        assert!(in_thousands("Budget £'000"));
    }
}
