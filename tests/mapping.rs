//! Workbooks in a council's own layout, read as the mappings of samples/mappings say.

mod common;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::{Cursor, Write as _},
    path::Path,
    sync::Arc,
};

use calamine::Reader;

use common::{AS_AT, Forms, Line, folder, lathe, printed, programme};
use insta::assert_snapshot;
use lathe::{
    answer::{Found, Return},
    book, check, consolidate,
    figure::Figure,
    finding::{Finding, Severity},
    mapping::Mapping,
    programme::Programme,
    read,
};
use rust_decimal::{Decimal, dec};
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

/// Lines of the ledger that belong to building control, with their code, and last year's and this year's amounts.
const LINES: [(u32, &str, Decimal, Decimal); 9] = [
    (1010, "Basic pay", dec!(345780), dec!(356480)),
    (2100, "Accommodation", dec!(13480), dec!(13900)),
    (3200, "Car allowances", dec!(18770), dec!(19360)),
    (4010, "Equipment", dec!(36640), dec!(37775)),
    (5400, "Structural engineers", dec!(8000), dec!(8250)),
    (7010, "Central support", dec!(85740), dec!(88400)),
    (7600, "Depreciation", dec!(3490), dec!(3600)),
    (9110, "Building regulation fees", dec!(-311950), dec!(-321600)),
    (9400, "Recharges", dec!(-6060), dec!(-6250)),
];

const ROWS: usize = 5_000;

#[test]
fn files_in_a_layout_of_their_own_give_the_figures_of_the_form_filled_by_hand() {
    let by_hand = Forms::w().run();
    let mapped = run(&sent(), &mappings());

    let ret = mapped.intake.return_of("H", "THA").unwrap();
    let files: Vec<&str> = ret.files.iter().map(|file| &*file.path).collect();
    assert_eq!(
        files,
        [
            "returns/H-THA.xlsx",
            "returns/THA/Contract Register Jan09.ods",
            "returns/THA/HR extract.xlsx",
            "returns/THA/ledger-0809.csv",
            "mappings/THA-contracts.toml",
            "mappings/THA-staff.toml",
            "mappings/THA-ledger.toml",
        ]
    );
    let (own, other) = (figures(&by_hand), figures(&mapped));
    assert!(own.len() > 500, "{}", own.len());
    for (own, other) in own.iter().zip(&other) {
        assert_eq!(own, other);
    }
    assert_eq!(own.len(), other.len());
    let graver = |line: &Line| -> Vec<String> {
        let graver = line.findings.iter().filter(|own| own.severity < Severity::Note);
        graver.map(ToString::to_string).collect()
    };
    assert_eq!(graver(&mapped), graver(&by_hand));
}

#[test]
fn what_a_mapping_took_and_made_of_it_is_said_aloud() {
    let line = run(&sent(), &mappings());
    let mut said = String::new();
    for finding in &line.findings {
        writeln!(said, "{} {}", finding.rule.code, finding.message).unwrap();
    }
    assert_snapshot!(said);
}

#[test]
fn a_sum_knows_every_cell_it_was_made_of() {
    let line = run(&sent(), &mappings());
    let ret = line.intake.return_of("H", "THA").unwrap();
    let pay = &ret.cells["REV_EMP_DIR_y0_budget"];
    assert_eq!(pay.found(), Found::ByMapping);
    assert_eq!(pay.number(), Some(dec!(356480)));
    let ledger = ledger();
    let rows: Vec<usize> = (1..)
        .zip(ledger.lines())
        .filter(|(_, line)| line.contains(",1010,\"Basic pay"))
        .map(|(row, _)| row)
        .collect();
    assert!(rows.len() > 100, "{}", rows.len());
    let spot = pay.spot.as_ref().unwrap();
    assert_eq!(
        (&*spot.origin.sheet, spot.cell.to_string()),
        ("ledger-0809", format!("G{}", rows[0]))
    );
    let others = spot.origin.also.iter();
    let others: Vec<usize> = others.map(|cell| cell.row as usize + 1).collect();
    assert_eq!(others, rows[1..]);
    let source = &line.figure("revenue.line.emp_dir THA").sources[0];
    assert_eq!(
        (source.first(), source.count()),
        (&*format!("G{}", rows[0]), u32::try_from(rows.len()).unwrap())
    );
    assert!(source.cell.starts_with(&format!("G{}", rows[0])), "{}", source.cell);
    assert!(source.cell.matches('G').count() >= 100, "{}", source.cell);
}

#[test]
fn the_audit_trail_leads_to_the_first_cell_of_a_sum() {
    let line = run(&sent(), &mappings());
    let bytes = book::working(&line.told(), line.project()).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let mut cells: Vec<String> = vec![];
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        cells.extend(range.used_cells().map(|(.., cell)| cell.to_string()));
    }
    assert!(cells.iter().any(|cell| cell == "ledger-0809!G6 and 141 more cells"));
}

#[test]
fn what_the_mapping_itself_says_stands_in_its_line() {
    let line = run(&sent(), &mappings());
    let ret = line.intake.return_of("H", "THA").unwrap();
    let nil = &ret.cells["REV_blank_is_nil"];
    assert_eq!(nil.place().to_string(), "mappings/THA-ledger.toml THA-ledger.toml!A44");
    let row = &ret.rows["STF_table"][2];
    let time = row.answers().find(|(field, _)| field.name == "STF_pct_time").unwrap().1;
    assert_eq!(time.number(), Some(dec!(100)));
    assert_eq!(time.place().within(), "THA-staff.toml, for row 9!A27");
    assert_eq!(row.spot.place().within(), "Establishment 31.01.09!A9");
}

/// What is changed in the files or the mappings, and what is said of it.
#[test]
fn what_does_not_go_together_is_a_finding() {
    let mut said = String::new();
    let mut case = |title: &str, old: &str, new: &str| {
        let mut texts = texts();
        let text = texts.values_mut().find(|text| text.contains(old)).unwrap();
        *text = text.replacen(old, new, 1);
        let programme = programme();
        let mappings: Vec<Mapping> = texts
            .iter()
            .map(|(path, text)| {
                Mapping::parse(text, path, &programme).unwrap_or_else(|e| panic!("{e}"))
            })
            .collect();
        let line = run(&sent(), &mappings);
        writeln!(said, "## {title}").unwrap();
        // What set W lacks, however it comes.
        let of_w = |own: &&Finding| ["ICT-004", "STF-014"].contains(&own.rule.code);
        let graver = line.findings.iter().filter(|own| own.severity < Severity::Note);
        for finding in graver.filter(|own| !of_w(own)) {
            writeln!(said, "{} {}: {}", finding.rule.code, finding.place, finding.message).unwrap();
        }
    };
    case("a heading that is not there", "\"FTE est.\"", "\"FTE budget\"");
    case("a heading that is there twice", "\"Heads\"", "\"Remarks\"");
    case("a filter's heading that is not there", "only  = { Service", "only  = { Section");
    case("no such sheet", "\"Establishment*\"", "\"Staff\"");
    case("several such sheets", "\"Register\"", "\"*\"");
    case("a sheet not named", "sheet = \"Register\"\n", "");
    case("no such title", "\"Posts at 31 January 2009\"", "\"Posts at 31 March\"");
    case("no such label", "\"Register kept by\"", "\"Compiled by\"");
    case("codes that no line takes", "REV_TRA     = \"3000-3999\"\n", "");
    case("an amount that is no number", "\"Actual 2007/08\"", "\"Description\"");
    case("no such file", "\"HR extract*.xlsx\"", "\"HR-extract*.xlsx\"");
    case("a column of amounts that is not there", "\"Actual 2007/08\"", "\"Outturn 2007/08\"");
    case("totals not left out", "skip  = { \"Post No\" = [\"\", \"Total*\"] }\n", "");
    assert_snapshot!(said);
}

#[test]
fn a_mapping_alone_makes_a_return() {
    let programme = programme();
    let text = texts()["mappings/THA-ledger.toml"].replace("# type  =", "type =");
    let mapping = Mapping::parse(&text, "mappings/THA-ledger.toml", &programme).unwrap();
    let files = vec![(Arc::from("returns/THA/ledger-0809.csv"), ledger().into_bytes())];
    let intake = read::with_mappings(files, &programme, &[mapping]);
    let [ret]: &[Return] = &intake.returns else { panic!("{:?}", intake.set_aside) };
    assert_eq!(
        (ret.council.as_deref(), ret.project.as_deref(), ret.version),
        (Some("THA"), Some("H"), 1)
    );
    assert_eq!(ret.cells["COV_return_type"].text(), Some("Final"));
    assert_eq!(ret.cells["REV_INC_FEE_y_1_actual"].number(), Some(dec!(311950)));
    assert!(ret.cells["REV_EMP_AGY_y0_budget"].is_blank());
    assert!(ret.lost.iter().any(|field| field.name == "RSK_FIN_likelihood"));
    assert!(!ret.lost.iter().any(|field| field.name.starts_with("REV_EMP")));
}

#[test]
fn a_folder_has_its_mappings_in_mappings() {
    let dir = tempfile::tempdir().unwrap();
    let put = |path: &str, bytes: &[u8]| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    for (path, bytes) in sent() {
        put(&path, &bytes);
    }
    for (path, text) in texts() {
        put(&path, text.as_bytes());
    }
    put("programme.toml", include_bytes!("../samples/east-kent/programme.toml"));
    let intake = read::folder(dir.path(), &programme(), &[]).unwrap();
    let ret = intake.return_of("H", "THA").unwrap();
    assert_eq!(ret.rows["CON_table"].len(), 1);
    assert!(intake.hashes.iter().any(|(path, _)| &**path == "mappings/THA-staff.toml"));
    put(
        "mappings/more.toml",
        b"file = \"Contract Register*\"\ncouncil = \"THA\"\nproject = \"H\"\n[[table]]\n",
    );
    let intake = read::folder(dir.path(), &programme(), &[]).unwrap();
    let ret = intake.return_of("H", "THA").unwrap();
    assert_eq!(ret.rows["CON_table"].len(), 1, "what others take from the same file is read");
    put("mappings/wrong.toml", b"file = \"x.csv\"\ncouncil = \"Thannet\"\n");
    let error = read::folder(dir.path(), &programme(), &[]).unwrap_err();
    assert_snapshot!(error.to_string());
}

const SLIPS: &[(&str, &str, &str, &str)] = &[
    ("nothing changed", "ledger", "", ""),
    ("an unknown council", "ledger", "\"Thanet\"", "\"Thannet District Council\""),
    ("a council unlike any other", "ledger", "\"Thanet\"", "\"Medway\""),
    (
        "a council that takes no part",
        "ledger",
        "\"Thanet\"       # any of the council's names in programme.toml\nproject = \"H\"",
        "\"Ashford\"\nproject = \"A\"",
    ),
    ("an unknown project", "ledger", "\"H\"", "\"Z\""),
    (
        "no file, no version",
        "staff",
        "file    = \"HR extract*.xlsx\"\ncouncil = \"THA\"\nproject = \"H\"\nversion = 1\n",
        "council = \"THA\"\nproject = \"H\"\n",
    ),
    ("nobody's", "staff", "council = \"THA\"\nproject = \"H\"\n", ""),
    ("a key misspelt", "ledger", "leave_out", "leaveout"),
    ("a key under the wrong heading", "staff", "until = ", "code = "),
    ("a heading in single brackets", "staff", "[[table]]", "[table]"),
    ("a name misspelt", "staff", "STF_post_ref ", "STF_post_reff"),
    ("a name unlike any other", "staff", "STF_post_ref ", "Post_number "),
    ("a column of another table", "staff", "STF_grade ", "CON_title "),
    ("what the form fills in", "ledger", "REV_blank_is_nil", "REV_TOT_GC_y0_budget"),
    ("what this project is not asked", "staff", "STF_grade ", "STF_scp_min "),
    ("a line misspelt", "ledger", "REV_EMP_AGY", "REV_EMP_AGENCY"),
    ("a column of amounts misspelt", "ledger", "y0_budget  =", "y0_buget ="),
    ("codes that meet", "ledger", "\"1600-1699\"", "\"1500-1699\""),
    ("codes that are none", "ledger", "\"2000-2999\"", "\"premises\""),
    ("codes the wrong way round", "ledger", "\"2000-2999\"", "\"2999-2000\""),
    ("a unit there is not", "staff", "unit = \"£000\"", "unit = \"thousand\""),
    (
        "a unit of what is no money",
        "staff",
        "STF_posts           = \"No. of posts\"",
        "STF_posts = { heading = \"No. of posts\", unit = \"£000\" }",
    ),
    ("two ways to look", "staff", "column = \"J\"", "column = \"J\", heading = \"Grade\""),
    ("no way to look", "staff", "column = \"J\"", "turn_sign = true"),
    ("no such column", "staff", "column = \"J\"", "column = \"10\""),
    ("a constant that is no number", "staff", "always = 25", "always = \"a quarter\""),
    ("a constant outside the form's range", "staff", "always = 25", "always = 0.25"),
    ("a constant that is not listed", "contracts", "always = \"TPP\"", "always = \"TTP\""),
    ("a word the form has not", "staff", "\"Snr\" = \"Senior\"", "\"Snr\" = \"Seniors\""),
    (
        "an answer filled twice",
        "ledger",
        "REV_blank_is_nil = { always = \"Yes\" }",
        "REV_TRA_y0_budget = \"Transport\"",
    ),
    (
        "rows that begin nowhere",
        "contracts",
        "only  = { Directorate = [\"Building*\", \"BC\"] }\n\n[table.columns]\nCON_contract_ref     = \"Ref\"",
        "[table.columns]\nCON_contract_ref = { column = \"A\" }\n[[table]]\n[table.columns]\nCON_contract_ref = \"Ref\"",
    ),
    ("nothing taken", "contracts", "[[table]]", "[[tables]]"),
];

#[test]
fn every_slip_in_a_mapping_has_its_line_and_a_way_out() {
    let mut said = String::new();
    for (title, file, old, new) in SLIPS {
        let path = format!("mappings/THA-{file}.toml");
        let text = texts()[&path].clone();
        assert!(text.contains(old), "{title}");
        let text = text.replacen(old, new, 1);
        let report = match Mapping::parse(&text, &path, &programme()) {
            Ok(_) => String::from("nothing is wrong"),
            Err(mistakes) => mistakes.to_string(),
        };
        writeln!(said, "## {title}\n{report}").unwrap();
    }
    assert_snapshot!(said);
}

#[test]
fn a_mapping_is_proposed_and_says_what_is_a_guess() {
    let programme = programme();
    let (council, project) = (programme.council("THA"), programme.project("H"));
    for (path, bytes) in sent().into_iter().filter(|(path, _)| path.starts_with("returns/THA/")) {
        let proposal = read::propose(&path, &bytes, &programme, council, project).unwrap();
        let name = path.rsplit('/').next().unwrap().split(['.', ' ', '-']).next().unwrap();
        assert_snapshot!(format!("proposal_{name}"), proposal.toml);
        match Mapping::parse(&proposal.toml, "mappings/proposal.toml", &programme) {
            Ok(mapping) => assert!(mapping.is_for(&path)),
            // A person must say which codes make which line.
            Err(mistakes) => {
                assert_snapshot!(format!("proposal_{name}_is_to_be_finished"), mistakes)
            }
        }
    }
}

#[test]
fn a_budget_page_is_proposed_by_its_labels_and_years() {
    let programme = programme();
    let text = "Service summary\n,Actual 2007/08,Estimate 2008/09,Estimate 2009/10\nPremises,13480,13900,14000\n\
                Transport costs,18770,19360,19500\nChief officer,A. Person\nApplications,1201\nLines left empty are nil,No\n";
    let proposal =
        read::propose("budget book.csv", text.as_bytes(), &programme, None, programme.project("H"))
            .unwrap();
    assert_snapshot!(proposal.toml);
    assert!(read::propose("a.pdf", b"%PDF-1.4\0\x01", &programme, None, None).is_err());
}

/// The mappings of the sample, as text by path.
fn texts() -> BTreeMap<String, String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/mappings");
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap());
    let text = |entry: &fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        (format!("mappings/{name}"), fs::read_to_string(entry.path()).unwrap())
    };
    entries.map(|entry| text(&entry)).filter(|(path, _)| path.ends_with(".toml")).collect()
}

fn mappings() -> Vec<Mapping> {
    let programme = programme();
    let parse = |(path, text): (&String, &String)| {
        Mapping::parse(text, path, &programme).unwrap_or_else(|mistakes| panic!("{mistakes}"))
    };
    texts().iter().map(parse).collect()
}

fn run(files: &[(Arc<str>, Vec<u8>)], mappings: &[Mapping]) -> Line {
    let programme: Programme = programme();
    let mut intake = read::with_mappings(files.to_vec(), &programme, mappings);
    let findings = check::check(&mut intake, &programme, AS_AT);
    let picture = consolidate::consolidate(&intake, &findings, &programme, AS_AT);
    Line { programme, intake, findings, picture }
}

/// Every figure of the run without its cells.
fn figures(line: &Line) -> Vec<String> {
    let bare = |figure: &Figure| {
        let bare = Figure { sources: vec![], ..figure.clone() };
        serde_json::to_string(&bare).unwrap()
    };
    line.picture.figures.iter().map(bare).collect()
}

/// Set W, in which Thanet has filled in neither Revenue nor Staffing nor Contracts but sent its own files.
fn sent() -> Vec<(Arc<str>, Vec<u8>)> {
    let mut forms = Forms::w();
    let answers = forms.answers.get_mut(&("return".into(), "THA".into())).unwrap();
    let own: Vec<(String, Option<u32>)> = answers
        .iter()
        .filter(|(name, row, _)| {
            name.starts_with("REV_") && !name.starts_with("REV_MEMO")
                || name.starts_with("STF_") && row.is_some()
                || name.starts_with("CON_")
        })
        .map(|(name, row, _)| (name.to_owned(), row))
        .collect();
    for (name, row) in own {
        answers.remove(&name, row);
    }
    let mut files = forms.files();
    files.push((Arc::from("returns/THA/ledger-0809.csv"), ledger().into_bytes()));
    files.push((Arc::from("returns/THA/HR extract.xlsx"), hr_extract()));
    files.push((Arc::from("returns/THA/Contract Register Jan09.ods"), register()));
    files
}

/// A download of cost centre × subjective code × amounts, for the whole council.
fn ledger() -> String {
    let mut seed = 5_u64;
    let mut roll = |sides: u64| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) % sides
    };
    let mut rows: Vec<String> = vec![];
    for (code, what, last, this) in LINES {
        let parts = 110 + roll(40);
        let (mut last, mut this) = (last, this);
        for part in 0..parts {
            let pence = |roll: u64| Decimal::new(i64::try_from(roll).unwrap(), 2);
            let own = if part + 1 == parts {
                (last, this)
            } else {
                (pence(roll(500_000)) - dec!(2000), pence(roll(500_000)) - dec!(2000))
            };
            (last, this) = (last - own.0, this - own.1);
            let centre = 100 + roll(10);
            rows.push(format!(
                "TDC,BC{centre},{code},\"{what}, part {part}\",{},Y,{}",
                own.0,
                own.1 / dec!(1000)
            ));
        }
    }
    for _ in 0..20 {
        rows.push(format!("TDC,BC10{},8010,Capital financing,{},Y,1", roll(10), roll(99_999)));
        rows.push(format!("TDC,BC10{},1010,Salaries c/fwd,{},Y,1", roll(10), roll(99_999)));
    }
    while rows.len() < ROWS - 3 {
        let (centre, code) = (200 + roll(700), 1000 + roll(9000));
        rows.push(format!(
            "TDC,ZZ{centre},{code},Other services,{}.{:02},Y,0.5",
            roll(99_999),
            roll(100)
        ));
    }
    for last in (1..rows.len()).rev() {
        let other = usize::try_from(roll(last as u64 + 1)).unwrap();
        rows.swap(last, other);
    }
    let heads =
        "Company,Cost centre,Subjective,Description,Actual 2007/08,Approved,Budget 2008/09 £000";
    let title = "Thanet District Council: budget monitoring download";
    format!("{title}\r\n\r\n{heads}\r\n{}\r\n,,,Total,99,,99\r\n", rows.join("\r\n"))
}

/// An establishment list for two services, with titles, a total and a note.
fn hr_extract() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Read me").unwrap().write(0, 0, "From payroll").unwrap();
    let sheet = workbook.add_worksheet().set_name("Establishment 31.01.09").unwrap();
    let table = "\
Summary|FTE est.
All services|640
|
Posts at 31 January 2009
Post No|Job|Level|Service|No. of  posts|FTE Est.|FTE in post|Heads|Vacant from|Band|Full salary|Remarks|Remarks
PL01|Head of planning|Head|Planning|1|1|1|1||14|52|
BC01|Building control manager|Head|Building control|1|1|1|1||13|47.5|
BC02|Senior building control surveyor|Snr|Building control|2|2|2|2||10|35.6|
BC03|Building control surveyor|Prof|Building control|4|4|3|3|14/04/2008|9|30.1|one post held
BC04|Technical support officer|Support|Building control|2|2|1.5|2|1 November 2008|5|20|
Post No|Job|Level|Service|No. of  posts|FTE Est.|FTE in post|Heads|Vacant from|Band|Full salary|Remarks|Remarks
Total BC||Head|Building control|9|9|7.5|8||||
|
Prepared by HR
PL99|Not a post|Head|Building control|1|1|1|1||14|52|";
    for (row, line) in (0..).zip(table.lines()) {
        for (column, text) in (0..).zip(line.split('|')) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) if text.is_empty() => continue,
                Err(_) => sheet.write(row, column, text).unwrap(),
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A contract register as LibreOffice saves one.
fn register() -> Vec<u8> {
    let sheets = [
        (
            "Register",
            "\
Ref|Directorate|Contract|Contractor|£ per year|Start|End|Type|Notice (months)|Break clause?
K1|Waste|Refuse collection|Serco|2100000|2004-04-01|2014-03-31|Fixed term|12|No
K4|Building Control|Structural engineering advice|Isle Engineers|8250|2006-04-01||Rolling|3|Yes",
        ),
        ("Summary", "Register kept by|Procurement\nBuilding control: all contracted out?||Some"),
    ];
    let mut body = String::new();
    for (name, rows) in sheets {
        write!(body, "<table:table table:name=\"{name}\">").unwrap();
        for row in rows.lines() {
            body += "<table:table-row>";
            for text in row.split('|') {
                let cell = if text.is_empty() {
                    String::from("<table:table-cell/>")
                } else if text.parse::<f64>().is_ok() {
                    format!(
                        "<table:table-cell office:value-type=\"float\" office:value=\"{text}\"><text:p>{text}</text:p></table:table-cell>"
                    )
                } else if text.len() == 10 && text.starts_with("20") {
                    format!(
                        "<table:table-cell office:value-type=\"date\" office:date-value=\"{text}\"><text:p>{text}</text:p></table:table-cell>"
                    )
                } else {
                    format!(
                        "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
                    )
                };
                body += &cell;
            }
            body += "</table:table-row>";
        }
        body += "</table:table>";
    }
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.2\">\
         <office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/></manifest:manifest>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    let parts =
        [("mimetype", kind), ("content.xml", &*content), ("META-INF/manifest.xml", &*manifest)];
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What lathe map wrote for a person to finish lies where it will be used: that stops nothing, and nobody takes the rest
/// for the whole.
#[test]
fn an_unfinished_mapping_sets_its_file_aside_and_stops_nothing() {
    let folder = folder(&Forms::w());
    let mappings = folder.path().join("mappings");
    fs::create_dir(&mappings).unwrap();
    fs::write(folder.path().join("returns/ledger.csv"), ledger()).unwrap();
    let file = "file = \"ledger.csv\"\n";
    let unfinished = |text: &str| {
        fs::write(mappings.join("THA.toml"), text).unwrap();
        let output = lathe(folder.path(), &["check", "--as-at", "2009-03-01"]);
        let said = printed(&output) + &String::from_utf8(output.stderr).unwrap();
        let about = said.split("\n\n").filter(|part| part.contains("THA.toml"));
        about.collect::<Vec<_>>().join("\n\n")
    };
    let whose = "council = \"THA\"\nproject = \"H\"\nversion = 1\n";
    let ledger = "[[ledger]]\ncode = \"Subjective\"\n[ledger.amounts]\ny0_budget = \"Budget 08/09\"\n[ledger.lines]\n";
    let said = [
        unfinished(&format!("{file}{whose}{ledger}REV_EMP_DIR = \"\"\nREV_TRA = \"\"\n")),
        unfinished(&format!("{file}{whose}[[table]]\n[table.columns]\n")),
    ];
    assert_snapshot!(said.join("\n------\n"));
    let run = lathe(folder.path(), &["run", "--as-at", "2009-03-01", "--project", "H", "-q"]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
}

const WHOSE: &str = "council = \"THA\"\nproject = \"H\"\n";

/// Half of Thanet's posts came in one file whose mapping is finished, half in another whose mapping is not.
fn beside_half_the_posts(unfinished: &[u8]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut files: BTreeMap<String, Vec<u8>> =
        sent().into_iter().map(|(path, bytes)| (path.to_string(), bytes)).collect();
    files.extend(texts().into_iter().map(|(path, text)| (path, text.into_bytes())));
    let programme = include_bytes!("../samples/east-kent/programme.toml");
    files.insert(String::from("programme.toml"), programme.to_vec());
    files.insert(String::from("returns/THA/agency.csv"), b"Post\nA1\n".to_vec());
    files.insert(String::from("mappings/THA-b.toml"), unfinished.to_vec());
    for (path, bytes) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

#[test]
fn what_an_unfinished_mapping_would_fill_is_missing_from_the_figure() {
    let established = |unfinished: &str| {
        let head = format!("file = \"agency.csv\"\n{WHOSE}version = 1\n");
        let dir = beside_half_the_posts((head + unfinished).as_bytes());
        let programme = programme();
        let mut intake = read::folder(dir.path(), &programme, &[]).unwrap();
        let findings = check::check(&mut intake, &programme, AS_AT);
        let picture = consolidate::consolidate(&intake, &findings, &programme, AS_AT);
        let line = Line { programme, intake, findings, picture };
        let keys = ["staffing.fte_established", "staffing.fte_established THA"];
        keys.map(|key| line.says(key)).join("\n")
    };
    let whole = established("[[cells]]\n[cells.fields]\nSTF_notes = \"A2\"\n");
    let lacking = established("[[table]]\n[table.columns]\nSTF_post_ref = \"\"\n");
    assert_snapshot!(format!("{whole}\n\n{lacking}"));
    for unfinished in [
        "[[ table ]]\n",
        "[table]\n",
        "[[table]]\n[table.colums]\nSTF_post_ref = \"Post\"\n",
        "[[table]]\n[table.columns]\nSTF_postref = \"Post\"\n",
        "[[table]]\nSTF_post_ref = \"Post\"\n[table.columns]\n",
        "[[table]]\n[table.columns]\nCON_table = \"Post\"\nSTF_post_ref = \"Post\"\n",
        "[[cells]]\n[cells.fields]\nSTF_postref = \"A2\"\nSRV_x = \"\"\n",
    ] {
        assert_eq!(established(unfinished), lacking, "{unfinished}");
    }
}

/// It cannot be told then what they would fill a part of, and the rest would pass for the whole.
#[test]
fn mappings_that_do_not_say_what_they_would_fill_stop_the_run() {
    let file = "file = \"agency.csv\"\n";
    let table = "[[table]]\n[table.columns]\nSTF_post_ref = \"\"\n";
    let mut said = String::new();
    let cases: [(&str, Vec<u8>); 11] = [
        ("a heading misspelt", format!("{file}{WHOSE}version = 1\n[[tabel]]\n").into_bytes()),
        ("no text", [file.as_bytes(), WHOSE.as_bytes(), b"# \xa3\n", table.as_bytes()].concat()),
        (
            "as proposed",
            format!("{file}council = \"?\"\nproject = \"H\"\nversion = 1\n{table}").into(),
        ),
        (
            "council misspelt",
            format!("{file}concil = \"THA\"\nproject = \"H\"\nversion = 1\n[[table]]\n").into(),
        ),
        (
            "project misspelt",
            format!("{file}council = \"THA\"\nprojct = \"H\"\nversion = 1\n{table}").into(),
        ),
        ("no project", format!("{file}council = \"THA\"\nversion = 1\n{table}").into()),
        (
            "no such project",
            format!("{file}council = \"THA\"\nproject = \"Z\"\nversion = 1\n{table}").into(),
        ),
        (
            "a council that takes no part",
            format!("{file}council = \"ASH\"\nproject = \"A\"\nversion = 1\n{table}").into(),
        ),
        ("no TOML", format!("{file}{WHOSE}version = 1\n[[table\n").into()),
        ("no heading", format!("{file}{WHOSE}version = 1\n").into()),
        ("no file", format!("{WHOSE}version = 1\n{table}").into()),
    ];
    for (title, bytes) in cases {
        let dir = beside_half_the_posts(&bytes);
        let output = lathe(dir.path(), &["run", "--as-at", "2009-03-01", "-q"]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{title}: {error}");
        assert!(error.contains("mappings/THA-b.toml, line "), "{title}: {error}");
        assert!(!dir.path().join("out").exists(), "{title}");
        writeln!(said, "## {title}\n{error}").unwrap();
    }
    assert_snapshot!(said);
}

#[test]
fn a_proposed_mapping_has_no_key_twice() {
    let mut book = Workbook::new();
    for name in ["Summary", "Detail"] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.write(0, 1, "2008/09 budget").unwrap();
        for (row, (label, amount)) in
            [("Employees", 1.0), ("Premises", 2.0), ("Premises", 3.0)].into_iter().enumerate()
        {
            sheet.write(row as u32 + 1, 0, label).unwrap();
            sheet.write(row as u32 + 1, 1, amount).unwrap();
        }
    }
    let programme = programme();
    let bytes = book.save_to_buffer().unwrap();
    let (council, project) = (programme.council("THA"), programme.project("H"));
    let proposal = read::propose("budget.xlsx", &bytes, &programme, council, project).unwrap();
    let places = |name: &str| {
        proposal.toml.lines().filter(|line| line.trim_start_matches("# ").starts_with(name)).count()
    };
    assert_eq!(places("REV_PRE_y0_budget"), 4, "{}", proposal.toml);
    let keys =
        proposal.toml.lines().filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim());
    let mut keys: Vec<&str> = keys.filter(|key| key.starts_with("REV_")).collect();
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count, "{}", proposal.toml);
}
