//! How wide text is, in tenths of a digit: no program that opens a workbook measures it for us before it prints.

use std::sync::LazyLock;

/// The widths of the letters of ASCII, of which nearly all text is made.
static ASCII: LazyLock<[usize; 128]> =
    LazyLock::new(|| std::array::from_fn(|at| u8::try_from(at).map_or(0, |at| letter(at.into()))));

/// The width of a text in Arial, in tenths of a digit.
pub(super) fn tenths(text: &str) -> usize {
    let ascii = &*ASCII;
    text.chars().map(|char| ascii.get(char as usize).copied().unwrap_or_else(|| letter(char))).sum()
}

/// The width of a text, in digits. Bold letters are wider.
pub(super) fn digits(text: &str, bold: bool) -> usize {
    let hundredths = if bold { 107 } else { 100 };
    (tenths(text) * hundredths).div_ceil(1_000)
}

/// A text in lines that each fit into so many digits, broken between words.
pub(super) fn lines(text: &str, width: usize, bold: bool) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if digits(&format!("{line} {word}"), bold) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// How many lines a text takes.
pub(super) fn height(text: &str, width: usize, bold: bool) -> usize {
    if digits(text, bold) <= width { 1 } else { lines(text, width, bold).len() }
}

/// The widest word, in digits.
pub(super) fn widest_word(text: &str) -> usize {
    text.split_whitespace().map(|word| digits(word, true)).max().unwrap_or(0)
}

fn letter(letter: char) -> usize {
    match letter {
        'i' | 'j' | 'l' | '\'' | '’' => 4,
        ' ' | 'f' | 't' | 'I' | '.' | ',' | ':' | ';' | '!' | '/' | '[' | ']' | '|' => 5,
        'r' | '(' | ')' | '-' | '“' | '”' => 6,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 9,
        'm' | 'M' | '…' => 15,
        'w' | '+' | '<' | '>' | '=' | 'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 13,
        'G' | 'O' | 'Q' => 14,
        'W' | '@' => 17,
        '%' => 16,
        letter if letter.is_uppercase() => 12,
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_breaks_between_words_and_narrow_letters_take_less() {
        assert!(tenths("illi") < tenths("0000"));
        assert_eq!(lines("Total of 4 of 4 councils", 11, true), ["Total of 4 of", "4 councils"]);
        assert_eq!(widest_word("not returned [x]"), digits("returned", true));
    }
}
