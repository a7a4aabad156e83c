//! How much memory a check takes of a return with more posts than any council has, and a fill and a refresh of a draft.

mod common;
#[path = "common/watched.rs"]
mod watched;

use std::{fs, sync::Mutex};

use common::{AS_AT, Forms, edited, folder, parts, programme};
use lathe::{
    check::check,
    draft::{self, Kind, Templates},
    form::council_return::staffing::TABLE,
    read,
};
use regex::{Captures, Regex};
use watched::watched;

const POSTS: u32 = 20_000;

/// Bytes for each, of which eleven columns are filled: 100,000 posts with all 26 filled then take less than 150 MB.
const EACH: usize = 800;

/// Two tests at once would be counted together.
static ALONE: Mutex<()> = Mutex::new(());

/// A fill takes less time than lies between two looks at the memory, so it is looked at over many.
const FILLS: usize = 50;

#[test]
fn a_fill_stays_within_three_times_its_xml() {
    let _alone = ALONE.lock().unwrap();
    stays_within_three_times_its_xml(filled(None, &Forms::w()));
}

#[test]
fn a_refresh_stays_within_three_times_its_xml() {
    let _alone = ALONE.lock().unwrap();
    let draft = filled(None, &Forms::w())();
    stays_within_three_times_its_xml(filled(Some(&draft), &Forms::w().without("THA")));
}

/// Fills a draft again and again with what some forms say.
fn filled<'d>(existing: Option<&'d [u8]>, forms: &Forms) -> impl Fn() -> Vec<u8> + use<'d> {
    let line = forms.run();
    let data = Kind::BusinessCase.values(&line.told(), line.project());
    let templates = Templates::built_in();
    move || {
        let template = templates.of(Kind::BusinessCase);
        draft::create_or_refresh(existing, template, &data).unwrap().bytes
    }
}

fn stays_within_three_times_its_xml(fill: impl Fn() -> Vec<u8>) {
    let ((), peak) = watched(|| (0..FILLS).for_each(|_| drop(fill())));
    let xml: usize = parts(&fill()).values().map(String::len).sum();
    assert!(peak < 3 * xml, "{peak} bytes for a document of {xml}");
}

#[test]
fn a_check_of_many_posts_stays_within_its_memory() {
    let _alone = ALONE.lock().unwrap();
    let mut forms = Forms::w();
    forms.answers.retain(|(word, council), _| word == "return" && council == "THA");
    let dir = folder(&forms);
    let path = dir.path().join("returns/H-THA.xlsx");
    fs::write(&path, with_posts(&fs::read(&path).unwrap())).unwrap();
    let programme = programme();
    let (intake, peak) = watched(|| {
        let mut intake = read::folder(dir.path(), &programme, &[]).unwrap();
        check(&mut intake, &programme, AS_AT);
        intake
    });
    assert_eq!(intake.returns[0].used_rows(&TABLE).count(), POSTS as usize);
    assert!(
        peak < POSTS as usize * EACH,
        "{} bytes for each of {POSTS} posts",
        peak / POSTS as usize
    );
}

/// A form with posts in as many rows, put in as a person would who inserts rows.
fn with_posts(form: &[u8]) -> Vec<u8> {
    const FIRST: u32 = 13;
    const ROOM: u32 = 60;
    let rows = Regex::new(r#"(<row r="|<c r="[A-Z]+)(\d+)""#).unwrap();
    let form = edited(form, "xl/worksheets/sheet6.xml", |sheet| {
        let (head, rest) = sheet.split_at(sheet.find(&format!("<row r=\"{FIRST}\"")).unwrap());
        let last = rest.find(&format!("<row r=\"{}\"", FIRST + ROOM - 1)).unwrap();
        let tail = &rest[last + rest[last..].find("</row>").unwrap() + "</row>".len()..];
        let tail = rows.replace_all(tail, |own: &Captures<'_>| {
            format!("{}{}\"", &own[1], own[2].parse::<u32>().unwrap() + POSTS - ROOM)
        });
        let posts: String = (FIRST..FIRST + POSTS).map(post).collect();
        format!("{head}{posts}{tail}")
    });
    let names =
        Regex::new(r"('Staffing'!\$[A-Z]+\$13:\$[A-Z]+\$|'Staffing'!\$[A-Z]+\$)(7\d)<").unwrap();
    edited(&form, "xl/workbook.xml", |book| {
        let moved = names.replace_all(book, |own: &Captures<'_>| {
            format!("{}{}<", &own[1], own[2].parse::<u32>().unwrap() + POSTS - ROOM)
        });
        moved.into_owned()
    })
}

/// A row of the sheet that holds a post.
fn post(row: u32) -> String {
    let text = |column: &str, text: &str| {
        format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let number = |column: &str, number: &str| format!("<c r=\"{column}{row}\"><v>{number}</v></c>");
    let fte = if row.is_multiple_of(2) { "1" } else { "0.8" };
    let cells = [
        text("A", &format!("BC{row}")),
        text("B", "Building control surveyor"),
        text("C", "Surveyor"),
        number("D", "1"),
        number("E", fte),
        number("F", fte),
        number("G", "1"),
        number("I", "100"),
        text("J", "SO1"),
        number("K", &(24_000 + row % 900).to_string()),
        number("L", "25"),
    ];
    format!("<row r=\"{row}\">{}</row>", cells.concat())
}
