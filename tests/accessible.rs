//! Every sheet of every workbook and every document we write keeps the accessibility rules (domain.md E, AF checklist),
//! read from its XML.

mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Cursor, Read},
    path::PathBuf,
};

use common::{
    Forms, assert_sound,
    readable::{self, contrast},
};
use lathe::{
    book,
    draft::{self, Templates},
    programme::Status,
};
use rayon::prelude::*;
use regex::Regex;

#[test]
fn every_sheet_and_every_page_can_be_read_by_everyone() {
    let faults: Vec<String> = cases()
        .into_par_iter()
        .flat_map_iter(|(case, forms)| {
            let line = forms.run();
            let told = line.told();
            let books = [
                ("public", book::consolidated(&told, line.project())),
                ("internal", book::working(&told, line.project())),
                ("internal", book::programme(&told, &[])),
            ];
            let exempt =
                book::exempt(&told, line.project()).unwrap().map(|bytes| ("exempt", Ok(bytes)));
            let books = books.into_iter().chain(exempt);
            let mut faults: Vec<String> = books
                .flat_map(|(class, bytes)| Package::of(&bytes.unwrap()).faults(class))
                .collect();
            for (kind, data) in line.papers() {
                let template = Templates::built_in();
                let filled = draft::create_or_refresh(None, template.of(kind), &data).unwrap();
                assert_sound(&filled.bytes);
                // The brief says of a report what it is.
                let class =
                    data.texts.get("fig:class").map_or(kind.class().word(), |own| &own.text);
                let own = readable::faults(&filled.bytes, class).into_iter();
                faults.extend(own.map(|fault| format!("{}: {fault}", kind.title())));
            }
            faults.into_iter().map(move |fault| format!("{case}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// The workbooks of every case as files, to be looked at.
#[test]
#[ignore = "writes files for tests/pictured.sh, which says where"]
fn workbooks_to_be_looked_at() {
    let folder = PathBuf::from(std::env::var_os("PICTURED").unwrap());
    cases().into_par_iter().for_each(|(case, forms)| {
        let line = forms.run();
        let told = line.told();
        let put = |name: &str, bytes: Vec<u8>| {
            let name = format!("{} {name}.xlsx", case.replace(',', "")).replace(' ', "-");
            fs::write(folder.join(name), bytes).unwrap();
        };
        put("consolidated", book::consolidated(&told, line.project()).unwrap());
        put("working", book::working(&told, line.project()).unwrap());
        put("programme", book::programme(&told, &[]).unwrap());
        if let Some(exempt) = book::exempt(&told, line.project()).unwrap() {
            put("exempt", exempt);
        }
    });
}

fn cases() -> Vec<(&'static str, Forms)> {
    vec![
        ("all in", Forms::w()),
        ("one missing", Forms::w().without("THA")),
        (
            "untidy",
            Forms::w()
                .with("THA REV_TRA_y0_budget = tbc")
                .with("DOV COV_return_type = Draft")
                .with("CAN REV_SUP_quality = Estimate"),
        ),
        ("no contracts", Forms::w().without_contracts()),
        ("one council", among(&["CAN"])),
        ("five councils", among(&["CAN", "DOV", "SHE", "THA", "ASH"])),
        ("five councils, one missing", among(&["CAN", "DOV", "SHE", "THA", "ASH"]).without("DOV")),
        ("longest names", longest()),
        ("none", ["CAN", "DOV", "SHE", "THA"].iter().fold(Forms::w(), |w, code| w.without(code))),
    ]
}

/// Set W among these councils; what Ashford returns is what Thanet does.
fn among(councils: &[&str]) -> Forms {
    let mut forms = Forms::w();
    for workbook in ["return", "profile"] {
        let key = |council: &str| (String::from(workbook), council.to_owned());
        let answers = forms.answers[&key("THA")].clone();
        forms.answers.entry(key("ASH")).or_insert(answers);
    }
    let project = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
    project.participation.retain(|part| councils.contains(&&*part.council));
    project.participation.iter_mut().for_each(|part| part.status = Status::In);
    forms.with(&format!("P3_option_councils_in 1 = {}", councils.join("; ")))
}

/// Names as long as they come.
fn longest() -> Forms {
    let mut forms = among(&["CAN", "DOV", "SHE", "THA", "ASH"]);
    let names = [
        "Bournemouth, Christchurch and Poole",
        "King’s Lynn and West Norfolk",
        "Cheshire West and Chester",
        "Basingstoke and Deane",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    ];
    for (council, name) in forms.programme.councils.iter_mut().zip(names) {
        council.name = name.to_owned();
    }
    let project = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
    project.title = String::from(
        "Building control, dangerous structures, street naming and numbering, and land charges",
    );
    forms
}

/// A workbook as its parts.
struct Package(BTreeMap<String, String>);

/// A table of a sheet: its name, first and last row and column, and headers.
struct Table {
    name: String,
    first: (u32, u32),
    last: (u32, u32),
    headers: Vec<String>,
}

/// A cell: its style, whether it is text, and what it holds.
struct Held {
    style: usize,
    text: bool,
    value: String,
}

impl Package {
    fn of(bytes: &[u8]) -> Package {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            parts.insert(file.name().unwrap().into_owned(), text);
        }
        Package(parts)
    }

    fn faults(&self, class: &str) -> Vec<String> {
        let mut faults = vec![];
        let mut must = |holds: bool, fault: String| {
            if !holds {
                faults.push(fault);
            }
        };
        let core = &self.0["docProps/core.xml"];
        let custom = &self.0["docProps/custom.xml"];
        must(core.contains("<dc:title>"), "the document has no title".into());
        must(custom.contains(">en-GB<"), "the document has no language".into());
        must(custom.to_lowercase().contains(&format!(">{class}<")), "the class is not said".into());
        must(!self.0.keys().any(|name| name.contains("vba")), "it has macros".into());

        let workbook = &self.0["xl/workbook.xml"];
        must(!workbook.contains("state="), "a sheet is hidden".into());
        let names: Vec<String> = all(r#"<sheet name="([^"]*)""#, workbook)
            .into_iter()
            .map(|found| found[0].clone())
            .collect();
        let styles = Styles::of(&self.0["xl/styles.xml"]);
        for fault in styles.faults() {
            must(false, fault);
        }
        let mut tables = BTreeSet::new();
        for (index, name) in names.iter().enumerate() {
            let sheet = &self.0[&format!("xl/worksheets/sheet{}.xml", index + 1)];
            let mut must = |holds: bool, fault: &str| must(holds, format!("{name}: {fault}"));
            must(name.len() <= 31 && !name.contains(' '), "the sheet's name is not plain");
            for (sign, fault) in [
                ("<mergeCell", "cells are merged"),
                ("hidden=", "rows or columns are hidden"),
                ("<legacyDrawing", "comments"),
            ] {
                must(!sheet.contains(sign), fault);
            }
            for (sign, fault) in [
                (r#"paperSize="9""#, "the paper is not A4"),
                ("state=\"frozen\"", "nothing is frozen"),
                ("OFFICIAL", "the marking is not in the header"),
                ("&amp;P of &amp;N", "pages are not numbered"),
                ("Run 2009-03-01-1a2b3c4d", "the run is not named"),
                (r#"showGridLines="0""#, "gridlines are shown"),
            ] {
                must(sheet.contains(sign), fault);
            }
            let widths = widths(sheet);
            // In pixels, of which an A4 page takes so many from margin to margin.
            let across: u32 = widths.values().map(|width| width * 8 + 5).sum();
            let page = if sheet.contains("landscape") { 1_015 } else { 690 };
            let fits = sheet.contains("fitToPage=\"1\"") || sheet.contains(" scale=");
            must(fits || across <= page, "it may print on more than one page across");
            let titles = format!("_xlnm.Print_Titles\" localSheetId=\"{index}\"");
            must(workbook.contains(&titles), "no row is repeated on each page");

            let cells = self.cells(sheet);
            let title = cells.get(&(1, 1));
            must(title.is_some_and(|cell| cell.text && cell.value.len() > 5), "A1 holds no title");
            let own = self.tables(index + 1);
            must(!own.is_empty() || cells.len() < 6, "it has cells and no table");
            for table in &own {
                must(tables.insert(table.name.clone()), "two tables have one name");
                let headers: BTreeSet<&String> = table.headers.iter().collect();
                must(headers.len() == table.headers.len(), "two headers are the same");
                must(!table.headers.iter().any(String::is_empty), "a header is empty");
                for row in table.first.0..=table.last.0 {
                    for column in table.first.1..=table.last.1 {
                        let cell = cells.get(&(row, column));
                        must(
                            cell.is_some_and(|cell| !cell.value.is_empty()),
                            &format!("the table {} is blank at {row}, {column}", table.name),
                        );
                    }
                }
            }
            let within = |row: u32, column: u32| {
                own.iter().any(|table| {
                    (table.first.0..=table.last.0).contains(&row)
                        && (table.first.1..=table.last.1).contains(&column)
                })
            };
            for ((row, column), cell) in &cells {
                if !cell.text {
                    must(
                        styles.formats[cell.style] != 0,
                        &format!("the number at {row}, {column} has no format"),
                    );
                    must(within(*row, *column), "a number stands outside the tables");
                }
                let width = widths.get(column).map_or(8, |width| *width as usize);
                let needed = if cell.text {
                    cell.value
                        .split_whitespace()
                        .map(|word| word.chars().count())
                        .max()
                        .unwrap_or(0)
                } else {
                    let digits = cell.value.split('.').next().unwrap_or("").len();
                    digits + digits.saturating_sub(1) / 3
                };
                must(
                    needed <= width * 9 / 8 + 1 || needed > 60 || !within(*row, *column),
                    &format!("{:?} is wider than its column", cell.value),
                );
            }
        }
        for (name, part) in &self.0 {
            if name.starts_with("xl/tables/") {
                must(part.contains("altText="), format!("{name} has no text beside it"));
            }
            if name.starts_with("xl/drawings/") && !name.contains("_rels") {
                must(part.contains(" descr="), format!("{name} has no text beside it"));
            }
        }
        faults
    }

    fn tables(&self, sheet: usize) -> Vec<Table> {
        let rels = self.0.get(&format!("xl/worksheets/_rels/sheet{sheet}.xml.rels"));
        let paths = all(r#"Target="\.\./(tables/[^"]*)""#, rels.map_or("", String::as_str));
        let table = |path: Vec<String>| {
            let part = &self.0[&format!("xl/{}", path[0])];
            let head = all(
                r#" name="([^"]*)" displayName="[^"]*" ref="([A-Z]+)(\d+):([A-Z]+)(\d+)""#,
                part,
            );
            let place = |letters: &str, digits: &str| (digits.parse().unwrap(), number(letters));
            Table {
                name: head[0][0].clone(),
                first: place(&head[0][1], &head[0][2]),
                last: place(&head[0][3], &head[0][4]),
                headers: all(r#"<tableColumn id="\d+" name="([^"]*)""#, part).concat(),
            }
        };
        paths.into_iter().map(table).collect()
    }

    /// By row and column, from 1.
    fn cells(&self, sheet: &str) -> BTreeMap<(u32, u32), Held> {
        let strings: Vec<String> =
            all(r"(?s)<si><t[^>]*>(.*?)</t></si>", &self.0["xl/sharedStrings.xml"]).concat();
        let found = all(
            r#"<c r="([A-Z]+)(\d+)"(?: s="(\d+)")?(?: t="(\w+)")?>(?:<f>[^<]*</f>)?<v>([^<]*)</v>"#,
            sheet,
        );
        let cells = found.into_iter().map(|cell| {
            let text = cell[3] == "s" || cell[3] == "str";
            let value = if cell[3] == "s" {
                strings[cell[4].parse::<usize>().unwrap()].clone()
            } else {
                cell[4].clone()
            };
            let style = cell[2].parse().unwrap_or(0);
            ((cell[1].parse().unwrap(), number(&cell[0])), Held { style, text, value })
        });
        cells.collect()
    }
}

/// What cells look like: number formats, and the colours of letters and ground.
struct Styles {
    formats: Vec<u32>,
    colours: Vec<(String, String)>,
}

impl Styles {
    fn of(part: &str) -> Styles {
        let block =
            |name: &str| all(&format!("(?s)<{name}[ >](.*?)</{name}>"), part).concat().concat();
        let fonts: Vec<String> = all("(?s)<font>(.*?)</font>", &block("fonts")).concat();
        let fills: Vec<String> = all("(?s)<fill>(.*?)</fill>", &block("fills")).concat();
        let colour = |text: &str, tag: &str, default: &str| {
            let found = all(&format!(r#"<{tag} rgb="FF([0-9A-F]{{6}})""#), text);
            found.first().map_or(default.to_owned(), |found| found[0].clone())
        };
        let cells = all(r#"<xf numFmtId="(\d+)" fontId="(\d+)" fillId="(\d+)""#, &block("cellXfs"));
        let of = |cell: &Vec<String>| {
            let at = |index: usize| cell[index].parse::<usize>().unwrap();
            (colour(&fonts[at(1)], "color", "000000"), colour(&fills[at(2)], "fgColor", "FFFFFF"))
        };
        Styles {
            formats: cells.iter().map(|cell| cell[0].parse().unwrap()).collect(),
            colours: cells.iter().map(of).collect(),
        }
    }

    fn faults(&self) -> Vec<String> {
        let low = |(letters, ground): &&(String, String)| contrast(letters, ground) < 4.5;
        let fault =
            |(letters, ground): &(String, String)| format!("{letters} on {ground} is too pale");
        self.colours.iter().filter(low).map(fault).collect()
    }
}

/// The width of each column, from 1, in digits.
fn widths(sheet: &str) -> BTreeMap<u32, u32> {
    let found = all(r#"<col min="(\d+)" max="(\d+)" width="(\d+)"#, sheet);
    let number = |text: &String| text.parse::<u32>().unwrap();
    let each = |col: &Vec<String>| {
        let width = number(&col[2]);
        (number(&col[0])..=number(&col[1])).map(move |column| (column, width))
    };
    found.iter().flat_map(each).collect()
}

fn number(letters: &str) -> u32 {
    letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1)
}

/// The groups of every match.
fn all(pattern: &str, text: &str) -> Vec<Vec<String>> {
    let regex = Regex::new(pattern).unwrap();
    let groups = |found: regex::Captures<'_>| {
        found.iter().skip(1).map(|group| group.map_or("", |g| g.as_str()).to_owned()).collect()
    };
    regex.captures_iter(text).map(groups).collect()
}
