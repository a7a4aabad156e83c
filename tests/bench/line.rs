//! Each step of the line as a multiple of its floor: the time to inflate the parts it reads and to deflate those it
//! writes, with the same zlib on the same threads. Memory as the peak of the whole run, and that of filling a draft as a
//! multiple of its XML.

#[path = "../common/watched.rs"]
mod watched;

use std::{
    fs,
    hint::black_box,
    io::{self, Cursor, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use criterion::Criterion;
use jiff::civil::date;
use lathe::{
    book, calendar, check, consolidate,
    disclosure::{Names, Private},
    draft::{self, Kind, Templates},
    finding::{Finding, findings_json},
    intake::Intake,
    issue::{self, Answers, Shape},
    picture::{Picture, Run, Told},
    programme::{Programme, Project},
    read,
    word::Data,
};
use rayon::prelude::*;
use watched::watched;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

fn main() {
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench");
    let line = Line::new();
    let (outputs, peak) = watched(|| line.run());

    let forms = line.forms();
    let read = line.read();
    let (intake, findings, picture) = line.figures(read.clone());
    let told = line.told(&intake, &findings, &picture);
    let workbooks = line.workbooks(&told);
    let drafts = line.drafts(&told);
    // Another day: one council's returns are gone, so figures, sentences and rows of every draft change.
    let fewer = line.without("Thanet");
    let (later, later_findings, later_picture) = fewer.figures(fewer.read());
    let later = fewer.told(&later, &later_findings, &later_picture);
    let refreshed = line.refreshed(&later, &drafts);
    let returns: Vec<Vec<u8>> = line.files.iter().map(|(_, bytes)| bytes.clone()).collect();
    let templates = |kind: Kind| vec![line.templates.of(kind).to_vec(); drafts.len()];
    let template = templates(Kind::BusinessCase);
    let kept: Vec<Vec<u8>> = Kind::KEPT.into_iter().flat_map(templates).collect();

    let mut criterion =
        Criterion::default().sample_size(20).output_directory(&home).configure_from_args();
    let mut steps = vec![];
    let mut step = |name: &'static str, work: &dyn Fn(), read: &[Vec<u8>], written: &[Vec<u8>]| {
        let (read, written) = (zips(read), parts(written));
        criterion.bench_function(name, |bencher| bencher.iter(work));
        criterion.bench_function(&format!("{name} floor"), |bencher| {
            bencher.iter(|| {
                read.par_iter().for_each(|zip| drop(black_box(inflate(zip))));
                written.par_iter().for_each(|parts| drop(black_box(deflate(parts))));
            });
        });
        criterion.bench_function(&format!("{name} floor, one thread"), |bencher| {
            bencher.iter(|| {
                read.iter().for_each(|zip| drop(black_box(inflate(zip))));
                written.iter().for_each(|parts| drop(black_box(deflate(parts))));
            });
        });
        steps.push(name);
    };
    step("issue forms", &|| drop(black_box(line.forms())), &[], &forms);
    step("read and check", &|| drop(black_box(line.checked(line.read()))), &returns, &[]);
    step("workbooks", &|| drop(black_box(line.workbooks(&told))), &[], &workbooks);
    step(
        "figures and workbooks",
        &|| drop(black_box(line.figures_and_workbooks(&read))),
        &[],
        &workbooks,
    );
    step("drafts", &|| drop(black_box(line.drafts(&told))), &template, &drafts);
    step("refresh", &|| drop(black_box(line.refreshed(&later, &drafts))), &drafts, &refreshed);
    step("whole run", &|| drop(black_box(line.run())), &[returns, kept].concat(), &outputs);
    criterion.final_summary();

    let mut out = io::stdout().lock();
    for name in steps {
        let (work, floor) = (median(&home, name), median(&home, &format!("{name} floor")));
        let one = median(&home, &format!("{name} floor, one thread"));
        let (Some(work), Some(floor), Some(one)) = (work, floor, one) else { continue };
        let times = lathe::number::Exact::ratio(work, floor).rounded(2);
        let of_one = lathe::number::Exact::ratio(work, one).rounded(2);
        writeln!(
            out,
            "{name:<21} {:>8} µs  floor {:>8} µs  {times:>6} ×  one thread {:>8} µs  {of_one:>6} ×",
            work / 1000,
            floor / 1000,
            one / 1000
        )
        .unwrap();
    }
    writeln!(out, "peak memory of the whole run {} KiB", peak / 1024).unwrap();
    let project = line.programme.project("H").unwrap();
    let at = line.programme.projects.iter().position(|own| own.code == project.code).unwrap();
    for (name, before, told) in [("fill", None, &told), ("refresh", Some(&*drafts[at]), &later)] {
        let data = Kind::BusinessCase.values(told, project);
        let (bytes, most) = line.memory_of_fill(before, &data);
        let xml: usize = inflate(&bytes).iter().map(Vec::len).sum();
        let times = lathe::number::Exact::ratio(most, xml).rounded(2);
        writeln!(
            out,
            "peak memory of the {name} of a draft {} KiB, {times} × its XML",
            most / 1024
        )
        .unwrap();
    }
}

/// A fill takes less time than lies between two looks at the memory, so it is looked at over many.
const FILLS: usize = 300;

/// The sample in memory, so that no disk is measured.
struct Line {
    programme: Programme,
    templates: Templates,
    files: Vec<(Arc<str>, Vec<u8>)>,
    run: Run,
}

impl Line {
    fn new() -> Line {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent");
        let found = walkdir::WalkDir::new(sample.join("returns")).sort_by_file_name();
        let files = found
            .into_iter()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().is_file());
        let as_at = date(2009, 3, 1);
        Line {
            programme: Programme::load(&sample).unwrap(),
            templates: Templates::built_in(),
            files: files
                .map(|entry| {
                    let path =
                        entry.path().strip_prefix(&sample).unwrap().to_string_lossy().into_owned();
                    (Arc::from(path), fs::read(entry.path()).unwrap())
                })
                .collect(),
            run: Run { name: String::from("2009-03-01-00000000"), as_at, reference_date: as_at },
        }
    }

    fn forms(&self) -> Vec<Vec<u8>> {
        let issues = issue::issues(&self.programme);
        let of = |issue: &issue::Issue<'_>| {
            issue.workbook_bytes(&self.programme, &Answers::new(), &Shape::default()).unwrap()
        };
        issues.par_iter().map(of).collect()
    }

    fn read(&self) -> Intake {
        read::read(self.files.clone(), &self.programme)
    }

    fn checked(&self, mut intake: Intake) -> (Intake, Vec<Finding>) {
        let findings = check::check(&mut intake, &self.programme, self.run.as_at);
        (intake, findings)
    }

    fn figures(&self, intake: Intake) -> (Intake, Vec<Finding>, Picture) {
        let (intake, findings) = self.checked(intake);
        let picture = consolidate::consolidate(&intake, &findings, &self.programme, self.run.as_at);
        (intake, findings, picture)
    }

    /// From what was read to the workbooks.
    fn figures_and_workbooks(&self, intake: &Intake) -> Vec<Vec<u8>> {
        let (intake, findings, picture) = self.figures(intake.clone());
        self.workbooks(&self.told(&intake, &findings, &picture))
    }

    /// The same programme before the returns of a council came in.
    fn without(&self, council: &str) -> Line {
        let files = self.files.iter().filter(|(path, _)| !path.contains(council));
        Line {
            programme: self.programme.clone(),
            templates: self.templates.clone(),
            files: files.cloned().collect(),
            run: Run { name: String::from("2009-03-01-11111111"), ..self.run.clone() },
        }
    }

    fn told<'a>(
        &'a self,
        intake: &'a Intake,
        findings: &'a [Finding],
        picture: &'a Picture,
    ) -> Told<'a> {
        let (programme, run, wording) = (&self.programme, &self.run, &self.templates.wording);
        Told { programme, intake, findings, picture, run, wording }
    }

    fn workbooks(&self, told: &Told<'_>) -> Vec<Vec<u8>> {
        let of = |project: &&Project| {
            let consolidated = book::consolidated(told, project).unwrap();
            let working = book::working(told, project).unwrap();
            let exempt = book::exempt(told, project).unwrap();
            [Some(consolidated), Some(working), exempt].into_iter().flatten().collect::<Vec<_>>()
        };
        let subjects: Vec<&Project> = self.programme.subjects().collect();
        let mut workbooks: Vec<Vec<u8>> = subjects.par_iter().flat_map(of).collect();
        workbooks.push(book::programme(told, &[]).unwrap());
        workbooks
    }

    /// The business case of each project, made from the template.
    fn drafts(&self, told: &Told<'_>) -> Vec<Vec<u8>> {
        let of =
            |project| draft::fresh(&self.templates, told, Kind::BusinessCase, project).unwrap();
        self.programme.projects.par_iter().map(of).collect()
    }

    /// The same brought up to date.
    fn refreshed(&self, told: &Told<'_>, drafts: &[Vec<u8>]) -> Vec<Vec<u8>> {
        let of = |(project, draft): (&Project, &Vec<u8>)| {
            let data = Kind::BusinessCase.values(told, project);
            draft::create_or_refresh(Some(draft), &[], &data).unwrap().bytes
        };
        self.programme.projects.par_iter().zip(drafts).map(of).collect()
    }

    /// A draft, and the most memory that filling it takes, its own bytes with it.
    fn memory_of_fill(&self, before: Option<&[u8]>, data: &Data) -> (Vec<u8>, usize) {
        let template = self.templates.of(Kind::BusinessCase);
        let fill = || draft::create_or_refresh(before, template, data).unwrap().bytes;
        let ((), most) = watched(|| (0..FILLS).for_each(|_| drop(black_box(fill()))));
        (fill(), most)
    }

    /// Everything `lathe run` does between reading the disk and writing to it.
    fn run(&self) -> Vec<Vec<u8>> {
        let (intake, findings, picture) = self.figures(self.read());
        let told = self.told(&intake, &findings, &picture);
        let private = Private::of(&told).unwrap();
        let of = |project: &&Project| {
            let consolidated = book::consolidated(&told, project).unwrap();
            black_box(private.hits(&consolidated, project, Names::Nobody));
            let mut outputs = vec![consolidated, book::working(&told, project).unwrap()];
            outputs.extend(book::exempt(&told, project).unwrap());
            let is_case = self.programme.project(&project.code).is_none();
            for kind in Kind::KEPT.into_iter().filter(|_| !is_case) {
                let draft = draft::fresh(&self.templates, &told, kind, *project).unwrap();
                black_box(private.hits(&draft, project, Names::Leader));
                outputs.push(draft);
            }
            outputs
        };
        let subjects: Vec<&Project> = self.programme.subjects().collect();
        let mut outputs: Vec<Vec<u8>> = subjects.par_iter().flat_map(of).collect();
        outputs.push(book::programme(&told, &[]).unwrap());
        let page = |council| draft::fresh(&self.templates, &told, Kind::CouncilPage, council);
        let pages = self.programme.councils.par_iter().map(page).collect::<Result<Vec<_>, _>>();
        outputs.extend(pages.unwrap());
        black_box(calendar::ics(&told));
        black_box(picture.figures_json(&self.programme, &self.run));
        black_box(findings_json(&findings, Some(&self.run.name)));
        outputs
    }
}

/// Those of some files that are zip packages.
fn zips(files: &[Vec<u8>]) -> Vec<&[u8]> {
    files.iter().map(Vec::as_slice).filter(|bytes| bytes.starts_with(b"PK")).collect()
}

/// The parts of each package.
fn parts(files: &[Vec<u8>]) -> Vec<Vec<Vec<u8>>> {
    zips(files).into_iter().map(inflate).collect()
}

fn inflate(zip: &[u8]) -> Vec<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(zip)).unwrap();
    let part = |index| {
        let mut bytes = vec![];
        archive.by_index(index).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    (0..ZipArchive::new(Cursor::new(zip)).unwrap().len()).map(part).collect()
}

fn deflate(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (index, part) in parts.iter().enumerate() {
        zip.start_file(index.to_string(), SimpleFileOptions::default()).unwrap();
        zip.write_all(part).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The median of a measurement just made, in nanoseconds.
fn median(home: &Path, name: &str) -> Option<u64> {
    let path = home.join(name).join("new/estimates.json");
    let estimates: serde_json::Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let nanoseconds = estimates["median"]["point_estimate"].as_f64()?;
    format!("{nanoseconds:.0}").parse().ok()
}
