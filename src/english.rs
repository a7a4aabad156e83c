//! Words and numbers as a committee paper writes them (domain.md E7).

use jiff::civil::Date;

use crate::number::Exact;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "Canterbury, Dover and Thanet".
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// Numbers to ten in words, then in figures: "four", "11".
pub fn count(number: usize) -> String {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(number).map_or_else(|| thousands(&number.to_string()), |word| (*word).to_owned())
}

/// A number of things in digits, named as one of them is: "1 question", "3 questions".
pub fn some(number: usize, thing: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{} {thing}{end}", thousands(&number.to_string()))
}

/// A text at the start of a sentence: "Four".
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The number of a month that is written in full, or by three of its letters or more, in whatever case: "apr", "Sept".
pub fn month(word: &str) -> Option<i8> {
    let wanted = if word.eq_ignore_ascii_case("sept") { "Sep" } else { word };
    let begins = |month: &&str| {
        wanted.len() >= 3
            && month.get(..wanted.len()).is_some_and(|own| own.eq_ignore_ascii_case(wanted))
    };
    i8::try_from(MONTHS.iter().position(begins)? + 1).ok()
}

/// "1 April 2010".
pub fn date(date: Date) -> String {
    format!(
        "{} {} {}",
        date.day(),
        MONTHS[usize::from(date.month().unsigned_abs()) - 1],
        date.year()
    )
}

/// Pounds as tables show them: "£1,659,055", "-£3,088"; "nil" for a confirmed nought is the writer's choice.
pub fn pounds(amount: &Exact) -> String {
    sterling(amount, 0)
}

/// Pounds and pence: "£1,304,412.50".
pub fn pounds_and_pence(amount: &Exact) -> String {
    sterling(amount, 2)
}

/// Pounds as running text has them: "£1.66 million", "£412,205", "£950".
pub fn pounds_in_words(amount: &Exact) -> String {
    let million = Exact::from(1_000_000_u32);
    if amount.abs() < million {
        return pounds(amount);
    }
    let millions = (amount.abs() / million).rounded(2);
    format!("{}£{} million", sign(amount.is_negative()), thousands(&millions))
}

/// A fraction of one as a percentage to one place: "13.1%".
pub fn percent(ratio: &Exact) -> String {
    format!("{}%", (ratio.clone() * Exact::from(100_u32)).rounded(1))
}

/// Full-time equivalents: "34.40" in tables.
pub fn fte(number: &Exact) -> String {
    thousands(&number.rounded(2))
}

/// Full-time equivalents in running text, without needless noughts: "34.4".
pub fn fte_in_words(number: &Exact) -> String {
    let text = fte(number);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// "1,163".
pub fn thousands(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').map_or((digits, ""), |(whole, part)| (whole, part));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if part.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{part}") }
}

fn sterling(amount: &Exact, places: u32) -> String {
    let digits = amount.rounded(places);
    let (negative, digits) =
        digits.strip_prefix('-').map_or((false, &*digits), |rest| (true, rest));
    format!("{}£{}", sign(negative), thousands(digits))
}

fn sign(negative: bool) -> &'static str {
    if negative { "-" } else { "" }
}

/// Text without what people vary: case, spacing, kinds of dash.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    if folded.is_ascii() {
        folded.make_ascii_lowercase();
        return folded;
    }
    folded.to_lowercase().replace(['–', '—'], "-")
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn lists_and_counts_read_as_in_a_paper() {
        assert_eq!(
            [0, 1, 2, 1234].map(|number| some(number, "question")),
            ["0 questions", "1 question", "2 questions", "1,234 questions"]
        );
        assert_eq!(list(&["Canterbury", "Dover", "Thanet"]), "Canterbury, Dover and Thanet");
        assert_eq!(list(&["Dover"]), "Dover");
        assert_eq!([0, 4, 10, 11, 1200].map(count), ["no", "four", "ten", "11", "1,200"]);
    }

    #[test]
    fn pounds_are_whole_in_tables_and_rounded_in_text() {
        let amounts = [dec!(1659055), dec!(412205), dec!(-3087.5), dec!(999999.5)];
        assert_eq!(
            amounts.map(|a| pounds(&a.into())),
            ["£1,659,055", "£412,205", "-£3,088", "£1,000,000"]
        );
        assert_eq!(pounds_in_words(&dec!(1659055).into()), "£1.66 million");
        assert_eq!(pounds_in_words(&dec!(412205).into()), "£412,205");
        assert_eq!(percent(&Exact::ratio(45, 344)), "13.1%");
        assert_eq!(fte_in_words(&dec!(34.4).into()), "34.4");
    }
}
