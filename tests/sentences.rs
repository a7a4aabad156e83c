//! The sentences of domain.md E7, in every plural and missing form, as a text to read through.

mod common;

use common::{AS_AT, Forms, Line};
use lathe::{
    consolidate,
    programme::{Participation, Status},
    word::Data,
};

/// What is said in each case: a name, what is changed in W, and the controls to show.
#[test]
fn sentences_fit_what_is_the_case() {
    let mut said = String::new();
    for (name, forms, tags) in cases() {
        said.push_str(&format!("# {name}\n"));
        let line = forms.run();
        show(&mut said, &line.draft(), tags);
    }
    let mut refused = Forms::w().run();
    for ret in &mut refused.intake.returns {
        if ret.council.as_deref() == Some("THA") && ret.project.is_some() {
            ret.refused = Some("IDN-010");
        }
    }
    let Line { programme, intake, findings, .. } = &refused;
    refused.picture = consolidate::consolidate(intake, findings, programme, AS_AT);
    said.push_str("# one return is refused\n");
    show(&mut said, &refused.draft(), &["say:coverage", "fig:covers.revenue.gross_controllable"]);
    let mut charts = Forms::w().run();
    for (name, supplied) in [("three charts", 3), ("all charts", 4), ("one chart", 1)] {
        for (index, line) in charts.picture.projects[7].coverage.iter_mut().enumerate() {
            line.chart = index < supplied;
        }
        said.push_str(&format!("# {name}\n"));
        show(&mut said, &charts.draft(), &["say:charts"]);
    }
    insta::assert_snapshot!("sentences", said);
}

fn show(said: &mut String, data: &Data, tags: &[&str]) {
    for tag in tags {
        said.push_str(&format!("{}\n", data.texts[*tag].text));
    }
    said.push('\n');
}

type Shown = &'static [&'static str];

fn cases() -> Vec<(&'static str, Forms, Shown)> {
    let w = Forms::w;
    let changed = |changes: &[&str]| changes.iter().fold(w(), |forms, change| forms.with(change));
    let only = |councils: &[&str]| {
        let mut forms = w();
        let project = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
        project.participation.retain(|part| councils.contains(&&*part.council));
        forms
    };
    let standing = |council: &str, status: Status| {
        let mut forms = w();
        let project = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
        let part: &mut Participation =
            project.participation.iter_mut().find(|part| &*part.council == council).unwrap();
        part.status = status;
        forms
    };
    let out = Status::Out { minute: String::from("CAB 41"), date: jiff::civil::date(2008, 12, 2) };
    let councils = ["CAN", "DOV", "SHE", "THA"];
    let each = |change: &str| {
        councils.iter().fold(w(), |forms, council| forms.with(&format!("{council} {change}")))
    };
    let without = |gone: &[&str]| gone.iter().fold(w(), |forms, council| forms.without(council));
    let all: Shown = &[
        "say:coverage",
        "say:revenue",
        "say:capital",
        "say:staff",
        "say:ict",
        "say:contracts",
        "say:gaps",
    ];
    vec![
        ("all four", w(), all),
        ("one is missing", without(&["THA"]), all),
        ("two are missing", without(&["DOV", "THA"]), &["say:coverage", "say:staff"]),
        ("three are missing", without(&["CAN", "DOV", "THA"]), all),
        ("all are missing", without(&councils), all),
        ("one council asked", only(&["DOV"]), all),
        ("two councils asked", only(&["CAN", "DOV"]), all),
        ("one is to be clarified", standing("SHE", Status::ToBeClarified), &["say:coverage"]),
        ("one is out", standing("THA", out), &["say:coverage", "say:revenue"]),
        ("one is a draft", changed(&["THA COV_return_type = Draft"]), &["say:coverage"]),
        (
            "one does not provide the service",
            changed(&["THA COV_return_type = Nil"]),
            &["say:coverage", "say:revenue"],
        ),
        ("other dates", changed(&["THA COV_data_as_at = 2009-01-05"]), &["say:dates"]),
        (
            "a line left empty",
            changed(&["THA REV_TRA_y0_budget = -"]),
            &["say:revenue", "say:gaps"],
        ),
        (
            "a line of income left empty",
            changed(&["THA REV_INC_FEE_y0_budget = -"]),
            &["say:revenue"],
        ),
        (
            "all leave the same lines empty",
            each("REV_TRF_y0_budget = -"),
            &["say:revenue", "say:gaps"],
        ),
        (
            "two lines cannot be used",
            changed(&["CAN REV_PRE_y0_budget = tbc", "CAN REV_SUP_y0_budget = about 5"]),
            &["say:revenue"],
        ),
        (
            "estimates",
            changed(&["CAN REV_PRE_quality = Estimate", "DOV REV_PRE_quality = Estimate"]),
            &["say:gaps"],
        ),
        ("a bid", changed(&["DOV CAP_approval 1 = Bid"]), &["say:capital"]),
        (
            "nothing approved",
            changed(&[
                "CAN CAP_approval 1 = Bid",
                "DOV CAP_approval 1 = Provisional",
                "THA CAP_approval 1 = Bid",
            ]),
            &["say:capital"],
        ),
        ("no vacancies", councils.iter().fold(w(), full), &["say:staff"]),
        (
            "no systems in one",
            cleared(w(), "THA", "ICT", 2).with("THA ICT_nil_systems = Yes"),
            &["say:ict"],
        ),
        (
            "no contracts in one",
            cleared(w(), "THA", "CON", 1).with("THA CON_nil_contracts = Yes"),
            &["say:contracts"],
        ),
        ("no contracts at all", no_contracts(&councils), &["say:contracts"]),
        (
            "no contracts in three of four",
            no_contracts(&councils).without("THA"),
            &["say:contracts"],
        ),
        ("one contract", no_contracts(&["DOV", "SHE", "THA"]), &["say:contracts"]),
        ("one rolling contract", no_contracts(&["CAN", "DOV", "SHE"]), &["say:contracts"]),
        (
            "an unknown end",
            changed(&["CAN CON_end_date 1 = -", "DOV CON_end_date 1 = -"]),
            &["say:contracts"],
        ),
        ("no systems at all", councils.iter().fold(w(), no_systems), &["say:ict"]),
        (
            "two to be clarified",
            standing_too(standing("SHE", Status::ToBeClarified), "DOV"),
            &["say:coverage"],
        ),
        ("benefits and criteria", w(), &["say:benefits", "say:criteria"]),
    ]
}

/// Fills every post of a council.
fn full(forms: Forms, council: &&str) -> Forms {
    let answers = &forms.answers[&(String::from("return"), (*council).to_owned())];
    let of = |name, row| answers.get(name, Some(row)).unwrap().to_owned();
    let posts: Vec<(u32, String, String)> =
        (1..=4).map(|row| (row, of("STF_fte_established", row), of("STF_posts", row))).collect();
    posts.into_iter().fold(forms, |forms, (row, fte, posts)| {
        forms
            .with(&format!("{council} STF_fte_filled {row} = {fte}"))
            .with(&format!("{council} STF_vacant_since {row} = -"))
            .with(&format!("{council} STF_headcount {row} = {posts}"))
    })
}

fn no_systems(forms: Forms, council: &&str) -> Forms {
    cleared(forms, council, "ICT", 3).with(&format!("{council} ICT_nil_systems = Yes"))
}

/// The position of another council is to be clarified too.
fn standing_too(mut forms: Forms, council: &str) -> Forms {
    let project = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
    for part in &mut project.participation {
        if &*part.council == council {
            part.status = Status::ToBeClarified;
        }
    }
    forms
}

/// Empties the first rows of a sheet's table.
fn cleared(mut forms: Forms, council: &str, sheet: &str, rows: u32) -> Forms {
    let key = (String::from("return"), council.to_owned());
    let answers = forms.answers.get_mut(&key).unwrap();
    let names: Vec<(String, Option<u32>)> = answers
        .iter()
        .filter(|(name, row, _)| name.starts_with(sheet) && row.is_some_and(|row| row <= rows))
        .map(|(name, row, _)| (name.to_owned(), row))
        .collect();
    for (name, row) in names {
        answers.remove(&name, row);
    }
    forms
}

fn no_contracts(councils: &[&str]) -> Forms {
    councils.iter().fold(Forms::w(), |forms, council| {
        cleared(forms, council, "CON", 2).with(&format!("{council} CON_nil_contracts = Yes"))
    })
}
