//! Texts compared as people read them: without regard to case, spacing, kinds of dash or footnote marks.

/// A value, as compared with the options of a list.
pub(super) fn value(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold(text, &mut folded);
    folded
}

fn fold(text: &str, folded: &mut String) {
    folded.clear();
    let mut gap = false;
    for letter in text.chars() {
        if letter.is_whitespace() {
            gap = true;
            continue;
        }
        let letter = match letter {
            letter if letter.is_ascii() => letter.to_ascii_lowercase(),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            // Marks without width, which pasting from the web leaves behind.
            '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}' => continue,
            letter => letter,
        };
        // Round a dash or slash spaces carry no meaning: "1 – 2" and "1-2", "n / a" and "n/a".
        let is_tight = |folded: &str| matches!(letter, '-' | '/') || folded.ends_with(['-', '/']);
        if gap && !folded.is_empty() && !is_tight(folded) {
            folded.push(' ');
        }
        gap = false;
        if letter.is_ascii() {
            folded.push(letter);
        } else {
            folded.extend(letter.to_lowercase());
        }
    }
}

/// A label or heading: as a value, and without footnote marks and colons at its end.
pub(super) fn label(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    label_into(text, &mut folded);
    folded
}

/// The same in place of what was folded before, for one who folds many.
pub(super) fn label_into(text: &str, folded: &mut String) {
    fold(text, folded);
    let marks = ['*', ':', '†', '‡', '¹', '²', '³', '?', '.', ' '];
    folded.truncate(folded.trim_end_matches(marks).len());
    for bracketed in ["(1)", "(2)", "(3)", "[1]", "[2]", "[3]"] {
        if let Some(rest) = folded.strip_suffix(bracketed) {
            folded.truncate(rest.trim_end_matches(marks).len());
        }
    }
}

/// Whether two values are the same when folded.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || value(one) == value(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_case_and_dashes_do_not_matter() {
        for text in ["1-2 Years", " 1 – 2  years", "1—2\u{a0}years", "1\n-\n2 YEARS"] {
            assert_eq!(value(text), "1-2 years");
        }
        assert_eq!(value(" - n / a  --/ b -"), "-n/a--/b-");
        assert!(same("Cash (Inflated)", "cash  (inflated) "));
        assert!(!same("Yes", "Yes?"));
    }

    #[test]
    fn a_footnote_mark_does_not_make_another_label() {
        for text in [
            "Form version",
            "form  version:",
            "Form Version *",
            "Form version (1)",
            "Form version²",
        ] {
            assert_eq!(label(text), "form version");
        }
    }
}
