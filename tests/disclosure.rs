//! The disclosure check (PRV-004): nothing private leaves in a public document, wherever in its bytes it may hide.

mod common;

use std::{
    fs,
    io::{Cursor, Read, Write},
    path::Path,
};

use common::{Forms, Line, changed, folder, lathe, printed};
use lathe::{
    book, check, consolidate,
    disclosure::{Hit, Names, Private, What},
    draft::{self, Kind, Templates},
    picture::{Run, Told},
    programme::Programme,
    read,
};
use rayon::prelude::*;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// What the check finds in a document of project H.
fn hits(line: &Line, bytes: &[u8], names: Names) -> Vec<Hit> {
    let private = Private::of(&line.told()).unwrap();
    private.hits(bytes, line.project(), names).into_iter().collect()
}

/// A package with one part more, or another one of this name.
fn with_part(bytes: &[u8], name: &str, held: &[u8]) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(vec![]));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let own = part.name().unwrap().into_owned();
        if own != name {
            let mut bytes = vec![];
            part.read_to_end(&mut bytes).unwrap();
            new.start_file(own, SimpleFileOptions::default()).unwrap();
            new.write_all(&bytes).unwrap();
        }
    }
    new.start_file(name, SimpleFileOptions::default()).unwrap();
    new.write_all(held).unwrap();
    new.finish().unwrap().into_inner()
}

fn business_case(line: &Line) -> Vec<u8> {
    let data = Kind::BusinessCase.values(&line.told(), line.project());
    draft::create_or_refresh(None, Templates::built_in().of(Kind::BusinessCase), &data)
        .unwrap()
        .bytes
}

#[test]
fn nothing_private_stands_in_what_is_written() {
    let cases = [
        Forms::w(),
        Forms::w().without("THA"),
        Forms::w().with("THA REV_TRA_y0_budget = tbc").with("CAN STF_salary_fte 1 = tbc"),
        Forms::w().with("SHE STF_headcount 3 = 0").with("SHE STF_fte_filled 3 = 0"),
        Forms::w().without("CAN").without("DOV").without("THA"),
    ];
    cases.into_par_iter().for_each(|forms| {
        let line = forms.run();
        let consolidated = book::consolidated(&line.told(), line.project()).unwrap();
        assert_eq!(hits(&line, &consolidated, Names::Nobody), []);
        assert_eq!(hits(&line, &business_case(&line), Names::Leader), []);
        // The same search finds what the papers of the office hold.
        let working = book::working(&line.told(), line.project()).unwrap();
        assert!(hits(&line, &working, Names::Nobody).iter().any(|hit| hit.what == What::Path));
        let exempt = book::exempt(&line.told(), line.project()).unwrap().unwrap();
        assert!(hits(&line, &exempt, Names::Nobody).iter().any(|hit| hit.what == What::Pay));
    });
}

#[test]
fn nothing_private_stands_in_what_the_sample_yields() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent");
    let programme = Programme::load(&sample).unwrap();
    let mut intake = read::folder(&sample, &programme, &[]).unwrap();
    let findings = check::check(&mut intake, &programme, common::AS_AT);
    let picture = consolidate::consolidate(&intake, &findings, &programme, common::AS_AT);
    let name = String::from("2009-03-01-1a2b3c4d");
    let run = Run { name, as_at: common::AS_AT, reference_date: common::AS_AT };
    let templates = Templates::built_in();
    let told = Told {
        programme: &programme,
        intake: &intake,
        findings: &findings,
        picture: &picture,
        run: &run,
        wording: &templates.wording,
    };
    let private = Private::of(&told).unwrap();
    for project in programme.subjects() {
        let consolidated = book::consolidated(&told, project).unwrap();
        let found = private.hits(&consolidated, project, Names::Nobody);
        assert!(found.is_empty(), "{} {found:?}", project.code);
        let data = Kind::BusinessCase.values(&told, project);
        let case =
            draft::create_or_refresh(None, templates.of(Kind::BusinessCase), &data).unwrap().bytes;
        let found = private.hits(&case, project, Names::Leader);
        assert!(found.is_empty(), "{} {found:?}", project.code);
    }
}

#[test]
fn each_kind_of_leak_is_found_wherever_it_hides() {
    let line = Forms::w().run();
    let clean = book::consolidated(&line.told(), line.project()).unwrap();
    let case = business_case(&line);
    let ret = line.intake.return_of("H", "CAN").unwrap();
    let answer =
        |name: &str| ret.answers().find(|(field, _)| field.name == name).unwrap().1.shown();
    let (name, email) = (answer("COV_completed_by_name"), answer("COV_completed_by_email"));
    let (first, last) = name.split_once(' ').unwrap();
    let hash = &ret.files[0].hash;
    let inner = with_part(&clean, "xl/worksheets/sheet99.xml", b"<c><v>59375</v></c>");
    let planted: [(&str, Vec<u8>, What); 12] = [
        (
            "xl/worksheets/sheet99.xml",
            b"<sheetData><c><v>59375</v></c></sheetData>".into(),
            What::Pay,
        ),
        (
            "xl/sharedStrings99.xml",
            b"<si><t>paid \xc2\xa359,375.00 a year</t></si>".into(),
            What::Pay,
        ),
        ("xl/charts/chart99.xml", b"<c:pt><c:v>59375</c:v></c:pt>".into(), What::Pay),
        ("xl/worksheets/sheet98.xml", b"<c><v>398125</v></c>".into(), What::Pay),
        ("xl/comments1.xml", format!("<t>{name}</t>").into(), What::Name),
        (
            "word/comments9.xml",
            format!("<w:t>{first} </w:t></w:r><w:r><w:t>{last}</w:t>").into(),
            What::Name,
        ),
        ("docProps/custom.xml", format!("<vt:lpwstr>{email}</vt:lpwstr>").into(), What::Address),
        (
            "docProps/app9.xml",
            b"<Manager>somebody.else@dover.example.gov.uk</Manager>".into(),
            What::Address,
        ),
        ("xl/_rels/x.rels", br#"<R Target="file:///C:\Users\jo\H.xlsx"/>"#.into(), What::Path),
        ("xl/tables/t.xml", b"<!-- returns/H-THA.xlsx -->".into(), What::Path),
        ("customXml/item9.xml", format!("<h>{}</h>", &hash[..16]).into(), What::Hash),
        ("word/embeddings/chart.xlsx", inner, What::Pay),
    ];
    for (part, held, what) in planted {
        let document = if part.starts_with("word") { &case } else { &clean };
        let found = hits(&line, &with_part(document, part, &held), Names::Nobody);
        assert!(
            found.iter().any(|hit| hit.what == what && hit.part.starts_with(part)),
            "{part} {found:?}"
        );
    }
    let found = hits(&line, b"no document", Names::Nobody);
    assert_eq!(found[0].what, What::Unreadable);
    // The same number as an answer that is public: nothing can be told from it.
    let both = with_part(&clean, "xl/worksheets/sheet99.xml", b"<c><v>35000</v></c>");
    assert_eq!(hits(&line, &both, Names::Nobody), []);
}

/// Pay is often a round amount: it tells something beside a name of the post, and nothing anywhere else.
#[test]
fn round_pay_is_found_beside_its_post_and_no_other_number_is() {
    let line = Forms::w().run();
    let clean = book::consolidated(&line.told(), line.project()).unwrap();
    let case = business_case(&line);
    let shared = common::parts(&clean)["xl/sharedStrings.xml"].clone();
    let manager = shared.split("<si>").position(|own| own.contains(">Manager<")).unwrap() - 1;
    let row = |label: &str, pay: &str| {
        let label = format!("<c t=\"inlineStr\"><is><t>{label}</t></is></c>");
        format!("<sheetData><row r=\"9\">{label}<c><v>{pay}</v></c></row></sheetData>")
    };
    let by_index =
        format!("<row><c r=\"A1\" t=\"s\"><v>{manager}</v></c><c><v>46000</v></c></row>");
    let table = |label: &str| {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        format!("<w:tr>{}{}</w:tr>", cell(label), cell("£46,000"))
    };
    let said = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let told = [
        ("xl/worksheets/sheet99.xml", row("Building control manager", "46000")),
        ("xl/worksheets/sheet99.xml", row("manager", "46000.0")),
        ("xl/worksheets/sheet99.xml", by_index),
        ("xl/worksheets/sheet99.xml", row("PO12, one post", "57500")),
        ("word/footnotes9.xml", table("Building control manager")),
        ("word/footnotes9.xml", said("The manager is paid £46,000 a year.")),
    ];
    for (part, held) in told {
        let document = if part.starts_with("word") { &case } else { &clean };
        let found = hits(&line, &with_part(document, part, held.as_bytes()), Names::Nobody);
        let is_pay = |hit: &Hit| hit.what == What::Pay && hit.part == part;
        assert!(found.iter().any(is_pay), "{held} {found:?}");
    }
    let untold = [
        ("xl/worksheets/sheet99.xml", row("New scanners", "46000")),
        ("xl/worksheets/sheet99.xml", row("Building control manager", "45900")),
        ("word/footnotes9.xml", table("New scanners")),
        ("word/footnotes9.xml", said("The councils set £46,000 aside.")),
        ("word/footnotes9.xml", said("The management of £46,000 is shared.")),
    ];
    for (part, held) in untold {
        let document = if part.starts_with("word") { &case } else { &clean };
        let found = hits(&line, &with_part(document, part, held.as_bytes()), Names::Nobody);
        assert!(!found.iter().any(|hit| hit.what == What::Pay), "{held} {found:?}");
    }
}

/// So are prices: they tell something beside the contract, and nothing anywhere else.
#[test]
fn round_prices_are_found_beside_their_contract_and_no_other_number_is() {
    let line = Forms::w().with("DOV CON_exit_fixed 1 = 41000").run();
    let clean = book::consolidated(&line.told(), line.project()).unwrap();
    let case = business_case(&line);
    let row = |label: &str, price: &str| {
        let label = format!("<c t=\"inlineStr\"><is><t>{label}</t></is></c>");
        format!("<sheetData><row r=\"9\">{label}<c><v>{price}</v></c></row></sheetData>")
    };
    let said = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let told = [
        ("xl/worksheets/sheet99.xml", row("Fire engineering advice", "6400")),
        ("xl/worksheets/sheet99.xml", row("Marsh Fire Consultants, K3", "6400")),
        ("word/footnotes9.xml", said("Stour Structures Ltd is paid £12,000 a year.")),
        ("word/footnotes9.xml", said("Leaving Channel Building Services Ltd costs £41,000.")),
        ("word/footnotes9.xml", said("Channel Building Services Ltd wants £2,500 a month.")),
    ];
    for (part, held) in told {
        let document = if part.starts_with("word") { &case } else { &clean };
        let found = hits(&line, &with_part(document, part, held.as_bytes()), Names::Nobody);
        let is_price = |hit: &Hit| hit.what == What::Pay && hit.part == part;
        assert!(found.iter().any(is_price), "{held} {found:?}");
    }
    let untold = [
        ("xl/worksheets/sheet99.xml", row("Third-party payments", "12000")),
        ("xl/worksheets/sheet99.xml", row("Fire engineering advice", "6300")),
        // The last day of the contract, as a cell holds it.
        ("xl/worksheets/sheet99.xml", row("Plan checking and site inspection overflow", "41182")),
        ("word/footnotes9.xml", said("Advice of £6,400 was bought.")),
        ("word/footnotes9.xml", said("Since 2010 Stour Structures Ltd has had 12,500 calls.")),
    ];
    for (part, held) in untold {
        let document = if part.starts_with("word") { &case } else { &clean };
        let found = hits(&line, &with_part(document, part, held.as_bytes()), Names::Nobody);
        assert!(!found.iter().any(|hit| hit.what == What::Pay), "{held} {found:?}");
    }
    // A price that is the date of something else reads like it and is not looked for.
    let dated = Forms::w().with("DOV CON_exit_fixed 1 = 41182").run();
    let row = row("Plan checking and site inspection overflow", "41182");
    let found = hits(
        &dated,
        &with_part(&clean, "xl/worksheets/sheet99.xml", row.as_bytes()),
        Names::Nobody,
    );
    assert!(!found.iter().any(|hit| hit.what == What::Pay && hit.part.contains("99")), "{found:?}");
}

/// A budget line may be called what its one contract is called, and a scheme may name the supplier it pays.
#[test]
fn public_rows_that_read_like_a_contract_and_its_price_are_not_stopped() {
    let cases: [&[&str]; 4] = [
        &[
            "DOV CAP_scheme_name 1 = Civica document management",
            "DOV CAP_spend_y0 1 = 26300",
            "DOV CON_supplier 1 = Civica",
            "DOV CON_annual_value 1 = 26300",
        ],
        &[
            "SHE REV_EMP_AGY_y0_budget = 47300",
            "SHE CON_title 1 = Temporary staff",
            "SHE CON_annual_value 1 = 47300",
        ],
        &[
            "SHE REV_TRA_y0_budget = 47300",
            "SHE CON_title 1 = Transport",
            "SHE CON_annual_value 1 = 47300",
        ],
        &[
            "SHE REV_PRE_y0_budget = 47300",
            "SHE CON_supplier 1 = Premises",
            "SHE CON_annual_value 1 = 47300",
        ],
    ];
    for changes in cases {
        let line = changed(changes).run();
        let consolidated = book::consolidated(&line.told(), line.project()).unwrap();
        assert_eq!(hits(&line, &consolidated, Names::Nobody), [], "{changes:?}");
        assert_eq!(hits(&line, &business_case(&line), Names::Leader), [], "{changes:?}");
    }
}

#[test]
fn a_contract_is_named_by_whole_words_and_by_no_number() {
    let said = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let cases = [
        // Part of a word of the project, "site inspection".
        ("SHE CON_supplier 1 = Inspec", "Inspec is paid £6,400 a year.", true),
        ("SHE CON_supplier 1 = Site inspection", "Site inspection took £6,400 a year.", false),
        ("SHE CON_contract_ref 1 = 2008", "In 2008/09 £6,400 went on advice.", false),
        ("SHE CON_contract_ref 1 = FM2008", "In FM2008 £6,400 went on advice.", true),
    ];
    for (change, text, is_told) in cases {
        let line = Forms::w().with(change).run();
        let document =
            with_part(&business_case(&line), "word/footnotes9.xml", said(text).as_bytes());
        let found = hits(&line, &document, Names::Leader);
        let is_price = |hit: &Hit| hit.what == What::Pay && hit.part == "word/footnotes9.xml";
        assert_eq!(found.iter().any(is_price), is_told, "{change} {found:?}");
    }
}

/// A hit stops that document; the rest of the run goes on.
/// A case calls it "K CON-17", the council does not.
#[test]
fn a_contract_of_a_case_is_named_by_its_own_reference_too() {
    let forms = Forms::doubled().with("K:DOV CON_contract_ref 1 = CON-17");
    let line = forms.with("K:DOV CON_exit_fixed 1 = 41000").run();
    let case = line.programme.subject("HK").unwrap();
    let clean = book::consolidated(&line.told(), case).unwrap();
    let held = "<c t=\"inlineStr\"><is><t>Leaving CON-17 costs 41000 pounds</t></is></c>";
    let bytes = with_part(&clean, "xl/worksheets/sheet99.xml", held.as_bytes());
    let found = Private::of(&line.told()).unwrap().hits(&bytes, case, Names::Nobody);
    let is_price = |hit: &Hit| hit.what == What::Pay && hit.part.contains("99");
    assert!(found.iter().any(is_price), "{found:?}");
}

#[test]
fn a_document_that_would_tell_is_not_produced() {
    let told = "CAN CAP_scheme_name 1 = Hand-held devices at 59,375 like the manager";
    let folder = folder(&Forms::w().with(told));
    let output = lathe(folder.path(), &["run", "--as-at", "2009-03-01"]);
    assert!(output.status.success());
    let said = printed(&output);
    let document = "The public document projects/H-building-control/consolidated.xlsx was not produced: it \
                    would hold a figure that is withheld or exempt (in xl/sharedStrings.xml).";
    assert!(said.contains(document), "{said}");
    let out = folder.path().join("out");
    let run = out.join(fs::read_to_string(out.join("latest.txt")).unwrap().trim());
    assert!(!run.join("projects/H-building-control/consolidated.xlsx").exists());
    for made in [
        "H-building-control/working.xlsx",
        "H-building-control/exempt.xlsx",
        "C-revenues/consolidated.xlsx",
    ] {
        assert!(run.join("projects").join(made).exists(), "{made}");
    }
    assert!(!run.join("projects/C-revenues/exempt.xlsx").exists(), "nothing came back there");
    let findings = fs::read_to_string(run.join("findings.json")).unwrap();
    assert!(findings.contains("PRV-004") && !findings.contains("59,375 like\",\"message"));
    let drafts = folder.path().join("drafts/H-building-control/business-case.docx");
    assert!(drafts.exists() || said.contains("see PRV-004 below"));
}
