//! The guidance beside a question, and how many lines it takes.

use super::Issue;
use crate::{
    english,
    form::{Condition, Field, Kind, Need, Options, Part, Sheet},
    programme::Programme,
};

/// What helps with a question, where the eye is.
pub(crate) fn help(
    issue: &Issue<'_>,
    programme: &Programme,
    sheet: &'static Sheet,
    field: &Field,
) -> String {
    let mut help = vec![];
    let key = field.name.split_once('_').map_or("", |(_, key)| key);
    match key {
        "council_code" => {
            help.extend(issue.council.map(|council| format!("{}.", council.full_name)))
        }
        "project_code" => help.extend(issue.project.map(|project| format!("{}.", project.title))),
        "population_agreed" => help.extend(issue.council.map(|council| {
            let (people, year) =
                (english::thousands(&council.population.to_string()), &council.population_year);
            format!("{people} people, {year}.")
        })),
        _ => {}
    }
    // Elsewhere the years stand above the columns.
    if sheet.code == "SVC" {
        let year = |years| format!("{}.", programme.base_year.plus(years));
        match key {
            _ if key.ends_with("_y_2") => help.push(year(-2)),
            _ if key.ends_with("_y_1") && field.is_input() => help.push(year(-1)),
            _ if key.ends_with("_y0") && field.is_input() => help.push(year(0)),
            _ => {}
        }
    }
    if field.kind == Kind::Multi {
        help.push(format!("Any of: {}.", options(issue, programme, field).join("; ")));
    }
    if let Need::If(condition) = field.need {
        help.push(needed(sheet, field, condition));
    }
    // Said once, above all that is filled in.
    if !field.help.starts_with("Filled in by the programme office.") {
        help.push(field.help.to_owned());
    }
    if field.unit == "characters" {
        help.push(match (field.min, field.max) {
            (Some(min), Some(max)) => format!("{min} to {max} characters."),
            (None, Some(max)) => format!("At most {max} characters."),
            _ => String::new(),
        });
    }
    help.retain(|sentence| !sentence.is_empty());
    help.join(" ")
}

/// What helps above a column, without what its cells show by themselves.
pub(crate) fn above(
    issue: &Issue<'_>,
    programme: &Programme,
    sheet: &'static Sheet,
    field: &Field,
) -> String {
    let mut help = help(issue, programme, sheet, field);
    for plain in [
        "Pick one from the list.",
        "A few words.",
        "A number.",
        "A whole number.",
        "Yes or No.",
        "Yes, No or Not known.",
        "Whole pounds.",
        "Leave empty if it does not apply.",
    ] {
        if help.contains(plain) {
            help = help.replace(plain, "");
        }
    }
    help.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The choices of a field, as this form offers them.
pub(crate) fn options(issue: &Issue<'_>, programme: &Programme, field: &Field) -> Vec<String> {
    let listed = |options: &[&str]| options.iter().map(|&option| option.to_owned()).collect();
    match (field.options, field.kind) {
        (Options::Listed(options), _) => listed(options),
        (Options::Of(list), _) => programme.list(list, issue.project),
        (Options::None, Kind::Yn) => listed(&["Yes", "No"]),
        (Options::None, Kind::Ynu) => listed(&["Yes", "No", "Not known"]),
        (Options::None, _) => vec![],
    }
}

/// When an answer is wanted, by the questions as the officer reads them.
pub(crate) fn needed(sheet: &'static Sheet, field: &Field, condition: Condition) -> String {
    let asked = |key: &str| {
        let column = || {
            let grids = sheet.parts.iter().filter_map(|part| match part {
                Part::Grid(grid) => Some(grid.columns),
                Part::Singles(_) | Part::Table(_) => None,
            });
            grids.flatten().find(|column| column.field.name == key).map(|column| column.heading())
        };
        let label = neighbour(sheet, field, key).map(|other| other.label.to_owned());
        let label = label.or_else(column).unwrap_or_else(|| key.to_owned());
        format!("\u{201c}{label}\u{201d}")
    };
    match condition {
        Condition::Is(other, value) => format!("Needed if {} is {value}.", asked(other)),
        Condition::IsNot(other, value) => format!("Needed unless {} is {value}.", asked(other)),
        Condition::Has(other, value) => format!("Needed if {} includes {value}.", asked(other)),
        Condition::Given(other) => format!("Needed if {} is filled in.", asked(other)),
        Condition::MoreThan(other, count) => {
            format!("Needed if {} is more than {count}.", asked(other))
        }
        Condition::Less(less, more) => {
            format!("Needed if {} is less than {}.", asked(less), asked(more))
        }
    }
}

/// The field that a condition names: of the same sheet, the same row of a grid or the same table.
pub(crate) fn neighbour(sheet: &'static Sheet, field: &Field, key: &str) -> Option<&'static Field> {
    let fields = || sheet.parts.iter().flat_map(|part| part.fields());
    let mut stem = field.name;
    while let Some((shorter, _)) = stem.rsplit_once('_') {
        stem = shorter;
        let rest = |other: &'static Field| other.name.strip_prefix(stem)?.strip_prefix('_');
        let found = fields().find(|other| rest(other) == Some(key));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// How many lines a text takes in a column of this width, in letters of this size; 11 stands for bold ones of 10.
pub(crate) fn lines(text: &str, width: u32, size: u32) -> u32 {
    let per_cent = match size {
        8 => 136,
        9 => 131,
        10 => 114,
        _ => 104,
    };
    let room = ((width * per_cent / 100) as usize).max(1);
    let of_paragraph = |paragraph: &str| {
        let (mut lines, mut used) = (1usize, 0usize);
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > room {
                lines += 1;
                used = 0;
            }
            used += length + usize::from(used > 0);
            lines += used.saturating_sub(1) / room;
            used = if used > room { used % room } else { used };
        }
        lines
    };
    text.split('\n').map(of_paragraph).sum::<usize>() as u32
}
