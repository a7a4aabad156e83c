//! Random returns in random shapes, read back: the same values, or a finding for every cell that differs.

mod common;

use std::{collections::BTreeMap, sync::Arc};

use common::{AS_AT, Chance, programme};
use lathe::{
    answer::{Answer, Held, Return, Value},
    check::check,
    finding::Finding,
    form::{Field, Group, Kind, Need, Options, Part, Table},
    intake::Intake,
    issue::{Answers, Issue, Shape, issues},
    programme::Programme,
    read::read,
};
use rust_decimal::Decimal;

/// Another seed makes other returns.
const SEED: u64 = 20_090_301;

const RETURNS: usize = 60;

/// What was meant by a cell; `None` where nobody could tell.
type Meant = Option<Value>;

/// A return as somebody filled it in.
struct Filled {
    answers: Answers,
    /// By defined name and the row of the table.
    meant: BTreeMap<(&'static str, Option<u32>), Meant>,
}

fn fill(chance: &mut Chance, issue: &Issue<'_>, programme: &Programme) -> Filled {
    let mut filled = Filled { answers: Answers::new(), meant: BTreeMap::new() };
    let labels: Vec<&str> = issue.workbook.fields().map(|field| field.label).collect();
    let mut put = |chance: &mut Chance, field: &'static Field, row: Option<u32>| {
        if field.name.ends_with("_return_version") || field.name.ends_with("_return_type") {
            return;
        }
        let (typed, meant) = if let Some((typed, meant)) = mark(field, row) {
            (typed, Some(meant))
        } else if chance.one_in(3) {
            return;
        } else {
            answer(chance, field, issue, programme, &labels)
        };
        filled.answers.set(field.name, row, &typed);
        filled.meant.insert((field.name, row), meant);
    };
    for part in issue.sheets().flat_map(|sheet| sheet.parts) {
        match part {
            // Rows of the others are not known again.
            Part::Table(table) if marked(table).is_none() => {}
            Part::Table(table) => {
                let rows = if chance.one_in(4) { table.rows } else { table.rows.min(4) };
                let rows = u32::try_from(chance.below(rows as usize + 1)).unwrap();
                for row in 1..=rows {
                    let columns = table.columns.iter().copied();
                    for field in columns.filter(|field| field.is_input() && issue.asks(field)) {
                        put(chance, field, Some(row));
                    }
                }
            }
            Part::Singles(_) | Part::Grid(_) => {
                for field in part.fields().filter(|field| field.is_input() && issue.asks(field)) {
                    put(chance, field, None);
                }
            }
        }
    }
    filled
}

/// What a row says in one column, so that it is known again.
fn mark(field: &Field, row: Option<u32>) -> Option<(String, Value)> {
    let table = tables().find(|table| table.columns.contains(&field))?;
    (marked(table)? == field).then_some(())?;
    let number = 500 + row?;
    Some(match field.kind {
        Kind::Int => (number.to_string(), Value::Number(number.into())),
        _ => (format!("mark {number}"), text(&format!("mark {number}"))),
    })
}

fn marked(table: &'static Table) -> Option<&'static Field> {
    let of = |kind: Kind| {
        let mut columns = table.columns.iter().copied();
        columns.find(|own| own.is_input() && own.kind == kind && own.group == Group::Core)
    };
    of(Kind::Text).or_else(|| of(Kind::Int))
}

fn tables() -> impl Iterator<Item = &'static Table> {
    lathe::form::WORKBOOKS.iter().flat_map(|own| own.sheets).flat_map(|sheet| sheet.tables())
}

fn text(own: &str) -> Value {
    Value::Text(Arc::from(own))
}

fn answer(
    chance: &mut Chance,
    field: &Field,
    issue: &Issue<'_>,
    programme: &Programme,
    labels: &[&str],
) -> (String, Meant) {
    let options: Vec<String> = match (field.options, field.kind) {
        (Options::Listed(options), _) => options.iter().map(|&own| own.to_owned()).collect(),
        (Options::Of(list), _) => programme.list(list, issue.project),
        (_, Kind::Yn) => ["Yes", "No"].map(str::to_owned).to_vec(),
        (_, Kind::Ynu) => ["Yes", "No", "Not known"].map(str::to_owned).to_vec(),
        _ => vec![],
    };
    match field.kind {
        Kind::Money | Kind::Int | Kind::Fte | Kind::Pct | Kind::Dec => number(chance, field.kind),
        Kind::Date => date(chance),
        Kind::Fy => {
            let year = 1995 + chance.below(20);
            let meant = format!("{year}/{:02}", (year + 1) % 100);
            let typed = match chance.below(3) {
                0 => meant.clone(),
                1 => format!("{year}-{:02}", (year + 1) % 100),
                _ => format!("{year}/{}", year + 1),
            };
            (typed, Some(text(&meant)))
        }
        Kind::Text => {
            let own = match chance.below(4) {
                // What might be taken for a label of the form.
                0 => (*chance.pick(labels)).to_owned(),
                1 => format!("{} {}", chance.pick(labels), chance.below(100)),
                _ => format!("Answer {} of “{}”", chance.below(1000), chance.pick(labels)),
            };
            let own = own.trim().to_owned();
            (own.clone(), Some(text(&own)))
        }
        _ if options.is_empty() => ("Something".to_owned(), Some(text("Something"))),
        Kind::Multi => {
            let own = chance.pick(&options).clone();
            (format!(" {own};"), Some(Value::Many([Arc::from(own)].into())))
        }
        _ if chance.one_in(10) => ("maybe one of these days".to_owned(), None),
        _ => {
            let own = chance.pick(&options).clone();
            let typed = match chance.below(3) {
                0 => own.to_uppercase(),
                1 => format!("{}  ", own.to_lowercase()),
                _ => own.clone(),
            };
            (typed, Some(text(&own)))
        }
    }
}

fn number(chance: &mut Chance, kind: Kind) -> (String, Meant) {
    let whole = i64::try_from(chance.below(1_000_000)).unwrap();
    let number = match kind {
        Kind::Money if chance.one_in(5) => Decimal::new(whole, 2),
        Kind::Money if chance.one_in(5) => Decimal::from(-whole),
        Kind::Money => Decimal::from(whole),
        Kind::Int => Decimal::from(whole % 1000),
        _ => Decimal::new(whole % 10_000, 2),
    };
    let number = number.normalize();
    let (size, digits) = (number.abs(), number.abs().to_string());
    let (units, pence) = digits.split_once('.').map_or((&*digits, ""), |(own, rest)| (own, rest));
    let parted = |mark: char| {
        let mut own = String::new();
        for (index, digit) in units.chars().enumerate() {
            if index > 0 && (units.len() - index) % 3 == 0 {
                own.push(mark);
            }
            own.push(digit);
        }
        if pence.is_empty() { own } else { format!("{own}.{pence}") }
    };
    let minus = if number.is_sign_negative() && !number.is_zero() { "-" } else { "" };
    let meant = Some(Value::Number(number));
    let money = kind == Kind::Money;
    let typed = match chance.below(16) {
        0 => format!("'{minus}{digits}"),
        1 => format!(" {minus}{} ", parted(',')),
        2 => format!("{minus}{}", parted('\u{a0}')),
        3 if money => format!("{minus}£{}", parted(',')),
        4 if money => format!("£{minus}{}", parted(' ')),
        5 if minus == "-" => format!("({})", parted(',')),
        6 if minus == "-" => format!("{digits}-"),
        7 if minus == "-" && money => format!("{} CR", parted(',')),
        8 if money => format!("{minus}{}k", size / Decimal::from(1000)),
        9 if kind == Kind::Pct => format!("{digits}%"),
        10 if number.is_zero() => "nil".to_owned(),
        11 => {
            let unclear = [
                "tbc",
                "..",
                "see note",
                "c. 5,000",
                "4-5k",
                "(-9,300)",
                "-500 CR",
                "12,5",
                "Incl 134",
                "Cell 157",
                "5 posts",
                "1.2.3",
                "12 50",
                "£",
                "approx 5k",
                "?",
                "none",
                "x",
            ];
            return ((*chance.pick(&unclear)).to_owned(), None);
        }
        _ => format!("{minus}{digits}"),
    };
    (typed, meant)
}

fn date(chance: &mut Chance) -> (String, Meant) {
    let (year, month, day) = (1995 + chance.below(40), 1 + chance.below(12), 1 + chance.below(28));
    let parse = |own: usize| i8::try_from(own).unwrap();
    let own = jiff::civil::date(i16::try_from(year).unwrap(), parse(month), parse(day));
    let names =
        ["Jan", "Feb", "March", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];
    let name = names[month - 1];
    let typed = match chance.below(9) {
        0 => format!("{day}/{month}/{year}"),
        1 => format!("{day:02}.{month:02}.{year}"),
        2 => format!("{day} {name} {year}"),
        3 => format!("{name} {day}, {year}"),
        4 => format!("{day}-{name}-{year}"),
        5 => {
            let unclear = [
                "ongoing",
                "rolling",
                "perpetual",
                "Mar-18",
                "2008-09",
                "31/03/10",
                "tbc",
                "31/02/2010",
            ];
            return ((*chance.pick(&unclear)).to_owned(), None);
        }
        _ => format!("{year}-{month:02}-{day:02}"),
    };
    (typed, Some(Value::Date(own)))
}

/// The layout of the sheets that a file has, as people disturb it.
fn shape(chance: &mut Chance, issue: &Issue<'_>, filled: &Filled, sheets: &[&str]) -> Shape {
    let others = issue.sheets().map(|sheet| sheet.code).filter(|code| !sheets.contains(code));
    let mut shape = others.fold(Shape::default(), |shape, sheet| shape.leave_out(sheet));
    let on = |name: &str| {
        let mut sheets = issue.sheets().filter(|sheet| sheets.contains(&sheet.code));
        sheets.any(|sheet| sheet.fields().any(|field| field.name == name))
    };
    let names: Vec<(&str, Option<u32>)> =
        filled.meant.keys().copied().filter(|(name, _)| on(name)).collect();
    let in_tables: Vec<(&str, Option<u32>)> =
        names.iter().copied().filter(|(_, row)| row.is_some()).collect();
    for _ in 0..chance.below(4) {
        if !names.is_empty() {
            let (name, row) = *chance.pick(&names);
            let count = u32::try_from(1 + chance.below(5)).unwrap();
            shape = shape.blank_rows(name, row, count);
        }
    }
    for _ in 0..chance.below(3) {
        if !in_tables.is_empty() {
            let (name, _) = *chance.pick(&in_tables);
            shape = shape.move_column(name, u16::try_from(chance.below(5)).unwrap());
        }
    }
    if chance.one_in(2) && sheets.len() > 1 {
        let sheet: &str = chance.pick::<&str>(&sheets[1..]);
        shape = shape.rename(sheet, "Our figures 2008-09");
    }
    match chance.below(4) {
        0 => shape.without_names(),
        1 if !names.is_empty() => {
            (0..5).fold(shape, |shape, _| shape.without_name(chance.pick(&names).0))
        }
        _ => shape,
    }
}

/// The form as one file, or as two in which each sheet stands once but the first, which says whose it is.
fn files(
    chance: &mut Chance,
    issue: &Issue<'_>,
    programme: &Programme,
    filled: &Filled,
) -> Vec<(Arc<str>, Vec<u8>)> {
    let sheets: Vec<&str> = issue.sheets().map(|sheet| sheet.code).collect();
    let cut = 1 + chance.below(sheets.len() - 1);
    let parts = match chance.one_in(3) {
        true => vec![sheets[..cut].to_vec(), [&sheets[..1], &sheets[cut..]].concat()],
        false => vec![sheets],
    };
    let mut files = vec![];
    for (part, sheets) in parts.iter().enumerate() {
        let shape = shape(chance, issue, filled, sheets);
        let bytes = issue.workbook_bytes(programme, &filled.answers, &shape).unwrap();
        files.push((Arc::from(format!("returns/part {part}.xlsx")), bytes));
    }
    files
}

#[test]
fn what_is_read_is_what_was_meant_or_a_finding_says_so() {
    let mut chance = Chance(SEED);
    let (mut same, mut told) = (0, 0);
    for case in 0..RETURNS {
        let mut programme = programme();
        if chance.one_in(2) {
            let building_control = programme.projects.iter_mut().find(|own| &*own.code == "H");
            building_control.unwrap().groups = Group::ALL[1..].to_vec();
        }
        let issued = issues(&programme);
        let own: Vec<&Issue<'_>> = issued
            .iter()
            .filter(|own| own.project.is_none_or(|project| &*project.code == "H"))
            .collect();
        let issue = *chance.pick(&own);
        let filled = fill(&mut chance, issue, &programme);
        let files = files(&mut chance, issue, &programme, &filled);
        let mut intake = read(files, &programme);
        let findings = check(&mut intake, &programme, AS_AT);
        for ((name, row), meant) in &filled.meant {
            match compare(&intake, &findings, name, *row, meant.as_ref()) {
                Ok(true) => same += 1,
                Ok(false) => told += 1,
                Err(read) => panic!(
                    "return {case} ({}): {name} {row:?} typed “{}”, meant {meant:?}, read {read}",
                    issue.file_name(),
                    filled.answers.get(name, *row).unwrap_or_default(),
                ),
            }
        }
        nothing_made_up(&intake, &findings, &filled);
    }
    assert!(same > 10 * RETURNS && told > RETURNS, "{same} {told}");
}

/// Whether the cell was read as it was meant, or else is told of.
fn compare(
    intake: &Intake,
    findings: &[Finding],
    name: &str,
    row: Option<u32>,
    meant: Option<&Value>,
) -> Result<bool, String> {
    let [ret] = &intake.returns[..] else {
        return if findings.is_empty() { Err("nothing".to_owned()) } else { Ok(false) };
    };
    let field = ret.workbook.fields().find(|field| field.name == name).unwrap();
    let answer = match row {
        None => ret.cells.get(field.name),
        Some(number) => {
            let table = tables().find(|table| table.columns.contains(&field)).unwrap();
            let marked = marked(table).unwrap();
            if ret.lost.contains(&marked) && is_found(findings, "FIL-002") {
                return Ok(false);
            }
            let (mark, _) = mark(marked, Some(number)).unwrap();
            let own = ret.rows(table).iter().find(|row| row.get(marked).shown() == mark);
            own.map(|row| row.get(field))
        }
    };
    let is_same = match (answer.map(said), meant) {
        (Some(Held::Value(read)), Some(meant)) => alike(read, meant),
        _ => false,
    };
    if is_same {
        return Ok(true);
    }
    let told = findings.iter().any(|finding| {
        let places = finding.also.iter().chain([&finding.place]);
        places
            .into_iter()
            .any(|place| answer.is_some_and(|own| own.spot.is_some() && *place == own.place()))
    });
    let lost = ret.lost.contains(&field) && is_found(findings, "FIL-002");
    if told || lost || told_of_sheet(ret, field, findings) {
        return Ok(false);
    }
    Err(format!("{:?} at {:?}", answer.map(|own| &own.held), answer.map(Answer::place)))
}

fn is_found(findings: &[Finding], code: &str) -> bool {
    findings.iter().any(|finding| finding.rule.code == code)
}

/// Whether the whole sheet of a field or the return is not used, and a finding says so.
fn told_of_sheet(ret: &Return, field: &Field, findings: &[Finding]) -> bool {
    let sheet = ret.workbook.sheets.iter().find(|sheet| sheet.fields().any(|own| own == field));
    sheet.is_some_and(|sheet| ret.refused_sheet(sheet).is_some()) && !findings.is_empty()
}

/// What stands there, whatever a rule made of it.
fn said(answer: &Answer) -> &Held {
    match &answer.held {
        Held::Refused(refused) => &refused.held,
        held => held,
    }
}

fn alike(read: &Value, meant: &Value) -> bool {
    match (read, meant) {
        (Value::Number(read), Value::Number(meant)) => read == meant,
        (Value::Text(read), Value::Text(meant)) => read.trim() == meant.trim(),
        _ => read == meant,
    }
}

/// A cell that nobody filled in is blank, unless a finding names it.
fn nothing_made_up(intake: &Intake, findings: &[Finding], filled: &Filled) {
    for ret in &intake.returns {
        for (name, answer) in &ret.cells {
            let field = ret.workbook.fields().find(|field| field.name == *name).unwrap();
            let own = name.ends_with("_return_version") || name.ends_with("_return_type");
            let is_input = field.is_input() && field.need != Need::Formula && !own;
            if is_input && !filled.meant.contains_key(&(*name, None)) {
                let told = findings.iter().any(|own| own.place == answer.place());
                assert!(*said(answer) == Held::Blank || told, "{name}: {answer:?}");
            }
        }
    }
}
