//! Thanet's return typed anew in a layout that people disturb, without one defined name: what is read from which
//! cell, and how it was found. A case is a text file in `layouts/`, with what it says beside it.

mod common;

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    io::Cursor,
    sync::{Arc, LazyLock},
};

use calamine::{Data, Reader, Xlsx};
use common::{AS_AT, Forms, programme};
use insta::{assert_snapshot, glob};
use lathe::{
    answer::{Answer, Found, Held, Return},
    check::check,
    read,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Note, Workbook, Worksheet};

/// The cells of each sheet, by row and column from 0.
type Cells = BTreeMap<(u32, u16), Data>;

/// The rules that find something in Thanet's return as it is, alone in a folder.
const OF_W: [&str; 5] = ["PRO-001", "STF-006", "STF-014", "CMP-005", "PRV-001"];

/// The form as it was issued and filled in.
static FORM: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let files = Forms::w().files();
    files.into_iter().find(|(path, _)| path.ends_with("H-THA.xlsx")).unwrap().1
});

#[test]
fn a_layout_that_was_disturbed_reads_right() {
    let plain = read_as(Typed::of(&FORM).save());
    glob!("layouts/*.txt", |path| {
        let case = fs::read_to_string(path).unwrap();
        let mut typed = Typed::of(&FORM);
        let mut said = String::new();
        let lines = || case.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
        for line in lines().filter(|line| !line.starts_with("show ")) {
            typed.change(line);
        }
        let (ret, findings) = read_as(typed.save());
        for line in lines() {
            if let Some(name) = line.strip_prefix("show ") {
                said += &shown(&ret, name);
            }
        }
        let (own, other) = (held(&plain.0), held(&ret));
        let differ = |(name, value): &(&String, &String)| other.get(*name) != Some(value);
        for (name, value) in own.iter().filter(differ) {
            let now = other.get(name).map_or("nothing", String::as_str);
            writeln!(said, "differs: {name} {value} → {now}").unwrap();
        }
        for name in other.keys().filter(|name| !own.contains_key(*name)) {
            writeln!(said, "more: {name} {}", other[name]).unwrap();
        }
        for (sheet, code) in &ret.refused_sheets {
            writeln!(said, "not used: {sheet} ({code})").unwrap();
        }
        for finding in findings {
            writeln!(said, "{finding}").unwrap();
        }
        assert_snapshot!(said);
    });
}

/// The return, and what is wrong with it beyond what is wrong with it as it is.
fn read_as(bytes: Vec<u8>) -> (Return, Vec<String>) {
    let programme = programme();
    let mut intake = read::read(vec![(Arc::from("returns/THA.xlsx"), bytes)], &programme);
    assert_eq!(intake.set_aside.len(), 0, "{:?}", intake.set_aside);
    let findings = check(&mut intake, &programme, AS_AT);
    let line = |own: &lathe::finding::Finding| {
        format!("{} {} {}", own.severity, own.rule.code, own.message)
    };
    let findings = findings.iter().filter(|own| !OF_W.contains(&own.rule.code)).map(line).collect();
    (intake.returns.remove(0), findings)
}

/// What is held, with what a rule refused; a row of a table by its number among the rows.
fn held(ret: &Return) -> BTreeMap<String, String> {
    let cells = ret.cells.iter().map(|(name, answer)| ((*name).to_owned(), answer));
    let rows = ret.rows.values().flat_map(|rows| (1..).zip(rows)).flat_map(|(number, row)| {
        row.answers().map(move |(field, answer)| (format!("{} {number}", field.name), answer))
    });
    let given = cells.chain(rows).filter(|(name, own)| !own.is_blank() && !name.contains("_TOT_"));
    given.map(|(name, own)| (name, own.shown())).collect()
}

/// `STF_fte_established 2` or `REV_TRA_y0_budget`: its value, its cell, and how it was found.
fn shown(ret: &Return, asked: &str) -> String {
    let (name, row) = asked.split_once(' ').unwrap_or((asked, ""));
    let find = |answer: &Answer| {
        let how = match answer.found() {
            Found::ByName => "by name",
            Found::ByLabel => "by words",
            Found::ByMapping => "by mapping",
        };
        let held = match &answer.held {
            Held::Refused(own) => format!("refused ({})", own.code),
            Held::Value(value) => value.to_string(),
            other => format!("{other:?}"),
        };
        format!("{asked} = {held} from {} {how}\n", answer.place().within())
    };
    let field = ret.workbook.fields().find(|field| field.name == name).unwrap();
    match row.parse::<usize>() {
        Err(_) => find(ret.get(field)),
        Ok(number) => {
            let mut tables = ret.rows.values().filter(|rows| !rows.is_empty());
            let rows = tables.find(|rows| rows[0].table.columns.contains(&field)).unwrap();
            rows.get(number - 1)
                .map_or(format!("{asked} = no such row\n"), |row| find(row.get(field)))
        }
    }
}

/// A workbook as somebody types it anew.
struct Typed {
    sheets: Vec<(String, Cells)>,
    merged: Vec<(String, u32, u16, u16)>,
    hidden: Vec<(String, u32)>,
    filtered: Vec<(String, u32, u16)>,
    comments: Vec<(String, u32, u16, String)>,
    formats: BTreeMap<(String, u32, u16), Format>,
}

impl Typed {
    fn of(form: &[u8]) -> Typed {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(form)).unwrap();
        let mut sheets = vec![];
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).unwrap();
            let (top, left) = range.start().unwrap();
            let cells = range.used_cells().map(|(row, column, data)| {
                let column = left + u32::try_from(column).unwrap();
                let row = top + u32::try_from(row).unwrap();
                ((row, u16::try_from(column).unwrap()), data.clone())
            });
            sheets.push((name.clone(), cells.collect()));
        }
        Typed {
            sheets,
            merged: vec![],
            hidden: vec![],
            filtered: vec![],
            comments: vec![],
            formats: BTreeMap::new(),
        }
    }

    fn sheet(&mut self, name: &str) -> &mut Cells {
        &mut self.sheets.iter_mut().find(|(own, _)| own == name).unwrap().1
    }

    /// The cell that holds a text of the form: the last, where several do.
    fn find(&mut self, sheet: &str, words: &str) -> (u32, u16) {
        let holds =
            |(_, data): &(&(u32, u16), &Data)| matches!(data, Data::String(own) if own == words);
        let cells = self.sheet(sheet);
        *cells.iter().rfind(holds).unwrap_or_else(|| panic!("no {words}")).0
    }

    /// `Staffing, Post reference: 3 rows above` (or `below`), `… : retype POST  REFERENCE *`, `… : put 2 right 1 down (FTE)`,
    /// `… : strike 0 right 2 down`, `… : comment 0 right 1 down text`, `… : shows 20 #,##0,`,
    /// `… : merge 3`, `… : hide 2 down`, `… : filter 12`, `Staffing: rename Our people`, `Staffing: first`.
    fn change(&mut self, line: &str) {
        let (place, what) = line.split_once(": ").unwrap();
        let words: Vec<&str> = what.split(' ').collect();
        let Some((sheet, anchor)) = place.split_once(", ") else {
            let at = self.sheets.iter().position(|(own, _)| own == place).unwrap();
            match what.split_once(' ') {
                Some(("rename", name)) => self.sheets[at].0 = name.to_owned(),
                _ => {
                    let own = self.sheets.remove(at);
                    self.sheets.insert(0, own);
                }
            }
            return;
        };
        let (row, column) = self.find(sheet, anchor);
        match words[..] {
            [count, "rows", side] => {
                let count: u32 = count.parse().unwrap();
                let from = row + u32::from(side == "below");
                let cells = std::mem::take(self.sheet(sheet));
                let moved = cells.into_iter().map(|((row, column), data)| {
                    ((if row >= from { row + count } else { row }, column), data)
                });
                *self.sheet(sheet) = moved.collect();
            }
            ["retype", ..] => {
                let text = what.strip_prefix("retype ").unwrap();
                let text = text.replace("\\n", "\n").replace("\\u{a0}", "\u{a0}");
                self.sheet(sheet).insert((row, column), Data::String(text));
            }
            ["put", right, "right", down, "down", ..] => {
                let text: Vec<&str> = what.splitn(6, ' ').collect();
                let row = row.checked_add_signed(down.parse().unwrap()).unwrap();
                let at = (row, column + right.parse::<u16>().unwrap());
                let data = match text[5].parse::<f64>() {
                    Ok(number) => Data::Float(number),
                    Err(_) => Data::String(text[5].to_owned()),
                };
                self.sheet(sheet).insert(at, data);
            }
            ["merge", count] => {
                self.merged.push((sheet.to_owned(), row, column, count.parse().unwrap()));
            }
            ["hide", down, "down"] => {
                self.hidden.push((sheet.to_owned(), row + down.parse::<u32>().unwrap()));
            }
            ["strike", right, "right", down, "down"] => {
                let at =
                    (row + down.parse::<u32>().unwrap(), column + right.parse::<u16>().unwrap());
                let format = Format::new().set_font_strikethrough();
                self.formats.insert((sheet.to_owned(), at.0, at.1), format);
            }
            ["comment", right, "right", down, "down", ..] => {
                let at =
                    (row + down.parse::<u32>().unwrap(), column + right.parse::<u16>().unwrap());
                let text = what.splitn(6, ' ').last().unwrap().to_owned();
                self.comments.push((sheet.to_owned(), at.0, at.1, text));
            }
            ["shows", count, format] => {
                let format = Format::new().set_num_format(format);
                for below in 1..=count.parse::<u32>().unwrap() {
                    self.formats.insert((sheet.to_owned(), row + below, column), format.clone());
                }
            }
            ["filter", count] => {
                self.filtered.push((sheet.to_owned(), row, count.parse().unwrap()))
            }
            _ => panic!("not a change: {line}"),
        }
    }

    fn save(self) -> Vec<u8> {
        let mut book = Workbook::new();
        let day = Format::new().set_num_format("dd/mm/yyyy");
        for (name, cells) in &self.sheets {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            for ((row, column), data) in cells {
                let own = self.formats.get(&(name.clone(), *row, *column));
                put(sheet, *row, *column, data, own, &day);
            }
            for (_, row, column, count) in self.merged.iter().filter(|own| own.0 == *name) {
                let text = cells.get(&(*row, *column)).map(ToString::to_string).unwrap_or_default();
                let last = column + count - 1;
                sheet.merge_range(*row, *column, *row, last, &text, &Format::new()).unwrap();
            }
            for (_, row, column, text) in self.comments.iter().filter(|own| own.0 == *name) {
                let note = Note::new(text).add_author_prefix(false);
                sheet.insert_note(*row, *column, &note).unwrap();
            }
            for (_, row) in self.hidden.iter().filter(|own| own.0 == *name) {
                sheet.set_row_hidden(*row).unwrap();
            }
            for (_, row, count) in self.filtered.iter().filter(|own| own.0 == *name) {
                sheet.autofilter(*row, 0, row + 60, count - 1).unwrap();
            }
        }
        book.save_to_buffer().unwrap()
    }
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    data: &Data,
    format: Option<&Format>,
    day: &Format,
) {
    let plain = Format::new();
    let format_or = |other| format.unwrap_or(other);
    match data {
        Data::Empty => {}
        Data::Float(number) => {
            sheet.write_with_format(row, column, *number, format_or(&plain)).unwrap();
        }
        Data::DateTime(date) => {
            let date = ExcelDateTime::from_serial_datetime(date.as_f64()).unwrap();
            sheet.write_with_format(row, column, &date, format_or(day)).unwrap();
        }
        other => {
            sheet.write_with_format(row, column, other.to_string(), format_or(&plain)).unwrap();
        }
    }
}
