//! Set W, the worked data set of project H: its forms filled, read by the ordinary reader, checked and consolidated.

#![expect(dead_code, reason = "each test file uses a part of this")]

pub(crate) mod readable;
mod sound;

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{Arc, LazyLock},
};

use calamine::{Reader, Xlsx};
use jiff::civil::{Date, date};
use lathe::{
    again, check, consolidate,
    draft::{Kind, Subject},
    figure::Figure,
    finding::Finding,
    form::Group,
    intake::Intake,
    issue::{Answers, Shape, issues},
    picture::{Picture, Run, Told},
    programme::{Case, Programme, Project},
    read,
    word::Data,
    wording::Wording,
};
pub(crate) use sound::assert_sound;
use tempfile::TempDir;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// R and as-at of the worked numbers.
pub(crate) const AS_AT: Date = date(2009, 3, 1);

/// The sample's programme.
pub(crate) fn programme() -> Programme {
    Programme::parse(include_str!("../../samples/east-kent/programme.toml"), "programme.toml")
        .unwrap()
}

/// Filled forms of project H and its councils' profiles, by the word for the workbook and the council.
#[derive(Clone)]
pub(crate) struct Forms {
    pub(crate) programme: Programme,
    pub(crate) answers: BTreeMap<(String, String), Answers>,
    pub(crate) shapes: BTreeMap<(String, String), Shape>,
}

/// What the line made of some forms.
pub(crate) struct Line {
    pub(crate) programme: Programme,
    pub(crate) intake: Intake,
    pub(crate) findings: Vec<Finding>,
    pub(crate) picture: Picture,
}

/// The councils of set W.
pub(crate) const COUNCILS: [&str; 4] = ["CAN", "DOV", "SHE", "THA"];

/// The structure charts of set W.
pub(crate) const CHARTS: [&str; 3] = [
    "returns/CAN-building-control-chart.pdf",
    "returns/DOV-building-control-chart.pdf",
    "returns/THA-building-control-chart.pdf",
];

/// Set W with changes.
pub(crate) fn changed(changes: &[&str]) -> Forms {
    changes.iter().fold(Forms::w(), |forms, change| forms.with(change))
}

/// Set W with the same change for every council.
pub(crate) fn each(change: &str) -> Forms {
    COUNCILS.iter().fold(Forms::w(), |forms, own| forms.with(&format!("{own} {change}")))
}

/// Set W without the forms of some councils.
pub(crate) fn without(gone: &[&str]) -> Forms {
    gone.iter().fold(Forms::w(), |forms, council| forms.without(council))
}

/// A source of chance that is the same on every machine (Knuth, MMIX). Another seed gives other numbers.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    pub(crate) fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// Puts them into any order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

impl Forms {
    /// Set W as it stands.
    pub(crate) fn w() -> Forms {
        let answers = Answers::by_form(include_str!("../data/set-w.csv")).unwrap();
        Forms { programme: programme(), answers, shapes: BTreeMap::new() }
    }

    /// Set W, and the same once more for a project K that is one case with it, HK: with posts, contracts and systems of
    /// its own.
    pub(crate) fn doubled() -> Forms {
        let mut forms = Forms::w();
        let mut second = forms.programme.project("H").unwrap().clone();
        (second.code, second.slug) = ("K".into(), "street-works".into());
        let mut case = second.clone();
        (case.code, case.slug) = ("HK".into(), "both".into());
        let of = vec![forms.programme.project("H").unwrap().clone(), second.clone()];
        forms.programme.projects.push(second);
        forms.programme.cases = vec![Case { project: case, of }];
        let own = forms.answers.clone().into_iter().filter(|((form, _), _)| form != "profile");
        forms.answers.extend(
            own.map(|((form, council), answers)| ((form, format!("K:{council}")), answers)),
        );
        for council in ["CAN", "DOV", "SHE", "THA"] {
            for row in 1..=4 {
                forms =
                    forms.with(&format!("K:{council} STF_job_title {row} = Street works {row}"));
            }
            forms = forms.with(&format!("K:{council} CON_title 1 = Street works of {council}"));
            for row in 1..=if council == "THA" { 2 } else { 3 } {
                forms = forms.with(&format!("K:{council} ICT_annual_cost {row} = {row}001"));
            }
        }
        forms
    }

    /// Changes an answer of a council's return: `THA REV_TRA_y0_budget = tbc`, `THA STF_posts 2 = 3`.
    /// A name without a council is the brief's; `-` alone takes the answer away. `K:THA` is Thanet's for project K.
    pub(crate) fn with(mut self, change: &str) -> Forms {
        let (what, value) = change.split_once('=').unwrap();
        let words: Vec<&str> = what.split_whitespace().collect();
        let (council, name, row) = match words[..] {
            [name] => ("", name, None),
            [council, name] if name.parse::<u32>().is_err() => (council, name, None),
            [name, row] => ("", name, Some(row.parse().unwrap())),
            [council, name, row] => (council, name, Some(row.parse().unwrap())),
            _ => panic!("not a change: {change}"),
        };
        let workbook = match name.split('_').next() {
            Some("P1" | "P2" | "P3" | "P4" | "P5") => "brief",
            Some("PRO" | "TRM") => "profile",
            _ => "return",
        };
        let answers = self.answers.entry((workbook.to_owned(), council.to_owned())).or_default();
        match value.trim() {
            "-" => answers.remove(name, row),
            value => answers.set(name, row, value),
        }
        self
    }

    /// Asks project H's questions of a group as well.
    pub(crate) fn asking(mut self, group: Group) -> Forms {
        let own = self.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
        own.groups.push(group);
        self
    }

    /// Takes a council's return away.
    pub(crate) fn without(mut self, council: &str) -> Forms {
        self.answers.remove(&(String::from("return"), council.to_owned())).unwrap();
        self
    }

    /// Every council says that it has no contracts.
    pub(crate) fn without_contracts(mut self) -> Forms {
        let returns = self.answers.iter_mut().filter(|((workbook, _), _)| workbook == "return");
        for (_, answers) in returns {
            let own = answers.iter().filter(|(name, ..)| name.starts_with("CON_"));
            let own: Vec<(String, Option<u32>)> =
                own.map(|(name, row, _)| (name.to_owned(), row)).collect();
            own.iter().for_each(|(name, row)| answers.remove(name, *row));
            answers.set("CON_nil_contracts", None, "Yes");
        }
        self
    }

    /// Disturbs the layout of a council's return.
    pub(crate) fn shaped(mut self, council: &str, shape: Shape) -> Forms {
        self.shapes.insert((String::from("return"), council.to_owned()), shape);
        self
    }

    /// The workbooks, as they would lie in returns/.
    pub(crate) fn files(&self) -> Vec<(Arc<str>, Vec<u8>)> {
        let mut files = vec![];
        for issue in issues(&self.programme) {
            let council = issue.council.map_or("", |council| &council.code);
            let council = match issue.project.map(|project| &*project.code) {
                None | Some("H") => council.to_owned(),
                Some(project) => format!("{project}:{council}"),
            };
            let key = (issue.workbook.word.to_owned(), council);
            let Some(answers) = self.answers.get(&key) else { continue };
            let shape = self.shapes.get(&key).cloned().unwrap_or_default();
            let bytes = issue.workbook_bytes(&self.programme, answers, &shape).unwrap();
            files.push((Arc::from(format!("returns/{}", issue.file_name())), bytes));
        }
        files
    }

    /// Reads, checks and consolidates.
    pub(crate) fn run(&self) -> Line {
        self.run_beside(&[])
    }

    /// The same with other papers beside the forms.
    pub(crate) fn run_beside(&self, papers: &[&str]) -> Line {
        let papers = papers.iter().map(|paper| (Arc::from(*paper), b"%PDF-1.4".to_vec()));
        self.run_files(self.files().into_iter().chain(papers).collect())
    }

    /// Reads, checks and consolidates these files instead.
    pub(crate) fn run_files(&self, files: Vec<(Arc<str>, Vec<u8>)>) -> Line {
        let mut intake = read::read(files, &self.programme);
        let findings = check::check(&mut intake, &self.programme, AS_AT);
        let picture = consolidate::consolidate(&intake, &findings, &self.programme, AS_AT);
        let reference = self.programme.reference(AS_AT);
        again::add_up(&picture.figures, &intake, &self.programme, reference).unwrap();
        Line { programme: self.programme.clone(), intake, findings, picture }
    }
}

impl Line {
    /// figures.json.
    pub(crate) fn json(&self) -> Vec<u8> {
        let name = String::from("2009-03-01-1a2b3c4d");
        let run = Run { name, as_at: AS_AT, reference_date: AS_AT };
        self.picture.figures_json(&self.programme, &run)
    }

    /// What workbooks and drafts are made from.
    pub(crate) fn told(&self) -> Told<'_> {
        static REST: LazyLock<(Run, Wording)> = LazyLock::new(|| {
            let name = String::from("2009-03-01-1a2b3c4d");
            (Run { name, as_at: AS_AT, reference_date: AS_AT }, Wording::built_in())
        });
        let Line { programme, intake, findings, picture } = self;
        Told { programme, intake, findings, picture, run: &REST.0, wording: &REST.1 }
    }

    pub(crate) fn project(&self) -> &Project {
        self.programme.project("H").unwrap()
    }

    /// The values of project H's business case.
    pub(crate) fn draft(&self) -> Data {
        Kind::BusinessCase.values(&self.told(), self.project())
    }

    /// What documents are about: project H, if there is one, Dover and the programme.
    pub(crate) fn subjects(&self) -> Vec<Subject<'_>> {
        let dover = self.programme.council("DOV").unwrap();
        let project = self.programme.project("H").map(Subject::Project);
        project.into_iter().chain([Subject::Council(dover), Subject::Programme]).collect()
    }

    /// Every kind of document with its values.
    pub(crate) fn papers(&self) -> Vec<(Kind, Data)> {
        let kinds = self
            .subjects()
            .into_iter()
            .flat_map(|own| own.kinds().into_iter().map(move |kind| (kind, own)));
        kinds.map(|(kind, own)| (kind, kind.values(&self.told(), own))).collect()
    }

    /// A figure of project H: `revenue.gross_controllable`, `revenue.line.tra THA`, `ict.lifespan :expired`,
    /// `capital.approved @2009/10`, `savings.percent #1`; `%basis`, `!case`, `+income`, `~scenario`; `=HK` of another project or case.
    pub(crate) fn figure(&self, asked: &str) -> &Figure {
        let mut words = asked.split(' ');
        let key = words.next().unwrap();
        let mut wanted: BTreeMap<char, String> = BTreeMap::new();
        for word in words {
            let mark = word.chars().next().unwrap();
            if ":@#%!+~=".contains(mark) {
                wanted.insert(mark, word[1..].replace('_', " "));
            } else {
                wanted.insert('c', word.to_owned());
            }
        }
        let want = |mark: char| wanted.get(&mark).map(String::as_str);
        let year = |own: &Figure| match want('@') {
            Some(year) => own.year.as_deref() == Some(year),
            None => {
                own.year.is_none() || own.column == Some("y0_budget") || own.key == "savings.year2"
            }
        };
        let found = self.picture.figures.iter().find(|own| {
            own.key == key
                && own.project.as_deref() == Some(want('=').unwrap_or("H"))
                && own.council.as_deref() == want('c')
                && own.item.as_deref() == want(':')
                && year(own)
                && own.option.map(|option| option.to_string()).as_deref() == want('#')
                && own.basis.map(|basis| basis.replace('_', " ")).as_deref() == want('%')
                && own.case == want('!')
                && own.income == want('+')
                && &*own.scenario == want('~').unwrap_or("all")
        });
        found.unwrap_or_else(|| panic!("no figure {asked}"))
    }

    /// The value as figures.json prints it, or the status and the reasons.
    pub(crate) fn says(&self, asked: &str) -> String {
        let figure = self.figure(asked);
        let reasons: Vec<String> =
            figure.reasons.iter().map(|(council, reason)| format!("{council} {reason}")).collect();
        let value = figure.text().unwrap_or_else(|| String::from("blocked"));
        match (&figure.missing[..], &reasons[..]) {
            ([], []) => value,
            _ => format!("{value} of {} ({})", figure.used.len(), reasons.join("; ")),
        }
    }

    /// Findings as lines: code, severity, cell, message.
    pub(crate) fn findings(&self) -> Vec<String> {
        let line = |finding: &Finding| {
            let council = finding.council.as_deref().unwrap_or("-");
            format!(
                "{} {} {council} {}",
                finding.rule.code,
                finding.severity,
                finding.place.within()
            )
        };
        self.findings.iter().map(line).collect()
    }
}

/// A programme's folder with these returns in it.
pub(crate) fn folder(forms: &Forms) -> TempDir {
    let folder = TempDir::new().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent/programme.toml");
    fs::copy(sample, folder.path().join("programme.toml")).unwrap();
    fs::create_dir(folder.path().join("returns")).unwrap();
    for (path, bytes) in forms.files() {
        fs::write(folder.path().join(&*path), bytes).unwrap();
    }
    folder
}

/// Runs the binary in a folder. Every document that it wrote there is sound.
pub(crate) fn lathe(folder: &Path, args: &[&str]) -> Output {
    let before = documents(folder);
    let output =
        Command::new(env!("CARGO_BIN_EXE_lathe")).args(args).current_dir(folder).output().unwrap();
    for (path, bytes) in documents(folder) {
        let kept = path.iter().any(|part| part == "previous");
        if !kept && before.get(&path) != Some(&bytes) {
            assert_sound(&bytes);
        }
    }
    output
}

/// The Word documents in a folder and those within it.
pub(crate) fn documents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.append(&mut documents(&path));
        } else if path.extension().is_some_and(|ending| ending == "docx") {
            found.insert(path.clone(), fs::read(path).unwrap_or_default());
        }
    }
    found
}

/// What it wrote to standard output.
pub(crate) fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A sheet of a workbook as text, row by row from the first, its dates as 2009-03-01.
pub(crate) fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(name).unwrap();
    let (bottom, right) = range.end().unwrap();
    let cell = |row, column| match range.get_value((row, column)) {
        Some(calamine::Data::Float(number)) => number.to_string(),
        Some(calamine::Data::DateTime(day)) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        Some(calamine::Data::Empty) | None => String::new(),
        Some(other) => other.to_string(),
    };
    (0..=bottom).map(|row| (0..=right).map(|column| cell(row, column)).collect()).collect()
}

/// The rows that begin with one of these, in the order of the sheet.
pub(crate) fn rows(sheet: &[Vec<String>], first: &[&str]) -> Vec<String> {
    let rows = sheet.iter().filter(|row| first.contains(&&*row[0]));
    rows.map(|row| row.join(" | ").trim_end_matches([' ', '|']).to_owned()).collect()
}

/// A document with a part changed, as an editor would.
pub(crate) fn edited(document: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(document)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(vec![]));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().to_string();
        let mut bytes = vec![];
        entry.read_to_end(&mut bytes).unwrap();
        if name == part {
            let new = change(std::str::from_utf8(&bytes).unwrap()).into_bytes();
            assert!(new != bytes, "the edit found nothing to change");
            bytes = new;
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Every part of a document as text; of what is no text, what can be read of it.
pub(crate) fn parts(document: &[u8]) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(document)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().to_string();
        let mut bytes = vec![];
        entry.read_to_end(&mut bytes).unwrap();
        parts.insert(name, String::from_utf8_lossy(&bytes).into_owned());
    }
    parts
}
