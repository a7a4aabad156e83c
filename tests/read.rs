//! Forms in any state, read back.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use lathe::{
    answer::{Found, Held, Return},
    form::{Field, Kind, Options},
    issue::{Answers, Issue, Shape, issues},
    programme::Programme,
    read,
};

fn programme() -> Programme {
    Programme::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent")).unwrap()
}

/// A form by the name of its file, `H-THA.xlsx`.
fn form<'a>(programme: &'a Programme, name: &str) -> Issue<'a> {
    issues(programme).into_iter().find(|issue| issue.file_name() == name).unwrap()
}

fn bytes(programme: &Programme, name: &str, answers: &Answers, shape: &Shape) -> Vec<u8> {
    form(programme, name).workbook_bytes(programme, answers, shape).unwrap()
}

fn read_one(programme: &Programme, bytes: Vec<u8>) -> Return {
    let mut intake = read::read(vec![(Arc::from("returns/form.xlsx"), bytes)], programme);
    assert_eq!(intake.set_aside.len(), 0, "{:?}", intake.set_aside);
    intake.returns.remove(0)
}

/// The answers of set W for one form.
fn w(workbook: &str, council: &str) -> Answers {
    let mut forms = Answers::by_form(include_str!("data/set-w.csv")).unwrap();
    forms.remove(&(workbook.to_owned(), council.to_owned())).unwrap()
}

/// Every question of a form answered, each in its own way.
fn full(issue: &Issue<'_>, programme: &Programme) -> Answers {
    let mut answers = Answers::new();
    let mut count = 1000;
    let mut answer = |field: &'static Field, row: Option<u32>| {
        if !issue.asks(field) || !field.is_input() {
            return;
        }
        count += 1;
        let options: Vec<String> = match (field.options, field.kind) {
            (Options::Listed(options), _) => options.iter().map(|&own| own.to_owned()).collect(),
            (Options::Of(list), _) => programme.list(list, issue.project),
            (_, Kind::Yn | Kind::Ynu) => vec!["Yes".to_owned(), "No".to_owned()],
            _ => vec![],
        };
        let option = |at: usize| options.get(at % options.len().max(1)).cloned();
        let value = match field.kind {
            _ if field.name.ends_with("_return_type") => "Final".to_owned(),
            _ if field.name.ends_with("_return_version") => "1".to_owned(),
            Kind::Text => format!("answer {count}"),
            Kind::Multi => {
                [option(count), option(count + 1)].map(Option::unwrap_or_default).join("; ")
            }
            Kind::Choice | Kind::Yn | Kind::Ynu => option(count).unwrap_or("other".to_owned()),
            Kind::Date => {
                format!("20{:02}-{:02}-{:02}", count % 50 + 1, count % 12 + 1, count % 28 + 1)
            }
            Kind::Fy => format!("20{:02}/{:02}", count % 50 + 1, count % 50 + 2),
            Kind::Int => count.to_string(),
            Kind::Money | Kind::Fte | Kind::Pct | Kind::Dec => format!("{count}.25"),
        };
        answers.set(field.name, row, &value);
    };
    for sheet in issue.workbook.sheets {
        sheet.cells().for_each(|field| answer(field, None));
        for table in sheet.tables() {
            for row in [1, 2, table.rows] {
                table.columns.iter().for_each(|field| answer(field, Some(row)));
            }
        }
    }
    answers
}

/// What is held, by name, in tables with the row from 1, for answers that are given.
fn held(ret: &Return) -> BTreeMap<String, String> {
    let mut held = BTreeMap::new();
    for (name, answer) in &ret.cells {
        if !answer.is_blank() {
            held.insert((*name).to_owned(), answer.shown());
        }
    }
    for (table, rows) in &ret.rows {
        for (index, row) in rows.iter().enumerate() {
            for (field, answer) in row.answers().filter(|(_, answer)| !answer.is_blank()) {
                held.insert(format!("{table} {} {}", index + 1, field.name), answer.shown());
            }
        }
    }
    held
}

fn lost(ret: &Return) -> Vec<&'static str> {
    ret.lost.iter().map(|field| field.name).collect()
}

#[test]
fn a_blank_form_is_found_by_name_and_blank() {
    let programme = programme();
    for issue in issues(&programme) {
        let bytes = bytes(&programme, &issue.file_name(), &Answers::new(), &Shape::default());
        let ret = read_one(&programme, bytes);
        assert_eq!(lost(&ret), [""; 0], "{}", issue.file_name());
        assert_eq!(ret.council.as_deref(), issue.council.map(|council| &*council.code));
        assert_eq!(ret.project.as_deref(), issue.project.map(|project| &*project.code));
        for field in issue.workbook.sheets.iter().flat_map(|sheet| sheet.cells()) {
            let answer = ret.get(field);
            assert_eq!(answer.spot.is_some(), issue.asks(field), "{}", field.name);
            assert_eq!(answer.found, Found::ByName, "{}", field.name);
            if field.is_input() {
                assert_eq!(answer.held, Held::Blank, "{}", field.name);
            }
        }
    }
}

#[test]
fn without_names_every_answer_is_found_by_its_words() {
    let programme = programme();
    for issue in issues(&programme) {
        let answers = full(&issue, &programme);
        let name = issue.file_name();
        let by_name = read_one(&programme, bytes(&programme, &name, &answers, &Shape::default()));
        let unnamed = Shape::default().without_names();
        let by_label = read_one(&programme, bytes(&programme, &name, &answers, &unnamed));
        assert_eq!(lost(&by_label), [""; 0], "{name}");
        assert!(held(&by_name).len() >= answers.iter().count(), "{name}");
        similar(&name, &held(&by_name), &held(&by_label));
        assert!(
            by_label.answers().all(|(_, own)| own.found == Found::ByLabel || own.spot.is_none())
        );
    }
}

fn similar(name: &str, one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) {
    for (key, value) in one {
        assert_eq!(Some(value), other.get(key), "{name} {key}");
    }
    assert_eq!(one.len(), other.len(), "{name}");
}

#[test]
fn set_w_comes_back_as_it_was_filled_in() {
    let programme = programme();
    for council in ["CAN", "DOV", "SHE", "THA"] {
        let answers = w("return", council);
        let ret = read_one(
            &programme,
            bytes(&programme, &format!("H-{council}.xlsx"), &answers, &Shape::default()),
        );
        for (name, row, value) in answers.iter() {
            let field = ret.workbook.fields().find(|field| field.name == name).unwrap();
            let answer = match row {
                None => ret.get(field),
                Some(row) => {
                    let sheets = ret.workbook.sheets.iter();
                    let table = sheets
                        .flat_map(|sheet| sheet.tables())
                        .find(|table| table.columns.contains(&field))
                        .unwrap();
                    ret.rows(table)[row as usize - 1].get(field)
                }
            };
            let shown = match (answer.number(), answer.date()) {
                (Some(number), _) => {
                    assert_eq!(number, value.parse().unwrap(), "{name}");
                    continue;
                }
                (_, Some(date)) => date.to_string(),
                _ => answer.shown(),
            };
            assert_eq!(shown, value, "{council} {name}");
            assert_eq!(answer.typed, None, "{council} {name}");
        }
    }
}
