//! The sentences of domain.md E7, in every plural and missing form, as a text to read through.

mod common;

use common::{AS_AT, COUNCILS, Forms, Line, changed, each, without};
use jiff::civil::date;
use lathe::{
    consolidate, english,
    picture::State,
    programme::{Participation, Status},
};
use rayon::prelude::*;

/// What is said in each case: its name, and the texts and lists that show it.
#[test]
fn sentences_fit_what_is_the_case() {
    let mut said: Vec<String> = forms()
        .into_par_iter()
        .map(|(name, mut forms, tags)| {
            // Profiles take long to read, and these sentences say nothing of them.
            forms.answers.retain(|(word, _), _| word != "profile");
            shown(name, &forms.run(), tags)
        })
        .collect();
    said.extend(refusals().map(|(name, line, tags)| shown(name, &line, tags)));
    said.extend(charts());
    insta::assert_snapshot!("sentences", said.join("\n"));
}

fn shown(name: &str, line: &Line, tags: &[&str]) -> String {
    let data = line.draft();
    let mut said = format!("# {name}\n");
    for tag in tags {
        match (data.texts.get(*tag), data.lists.get(*tag)) {
            (Some(own), _) => said.push_str(&format!("{}\n", own.text)),
            (None, Some(items)) => {
                for item in items.iter().filter(|item| !item.key.ends_with("-profile")) {
                    let texts: Vec<&str> = item.texts.values().map(String::as_str).collect();
                    said.push_str(&format!("| {} |\n", texts.join(" | ")));
                }
            }
            (None, None) => panic!("no {tag}"),
        }
    }
    said
}

type Shown = &'static [&'static str];

const ALL: Shown = &[
    "say:coverage",
    "say:service",
    "say:revenue",
    "say:capital",
    "say:staff",
    "say:ict",
    "say:contracts",
    "say:gaps",
];

/// A programme in which only these councils were asked.
fn asked(councils: &[&str]) -> Forms {
    let mut forms = Forms::w();
    parts(&mut forms).retain(|part| councils.contains(&&*part.council));
    forms
}

fn standing(councils: &[&str], status: &Status) -> Forms {
    let mut forms = Forms::w();
    for part in parts(&mut forms).iter_mut().filter(|part| councils.contains(&&*part.council)) {
        part.status = status.clone();
    }
    forms
}

fn parts(forms: &mut Forms) -> &mut Vec<Participation> {
    let project = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
    &mut project.participation
}

fn forms() -> Vec<(&'static str, Forms, Shown)> {
    let out = Status::Out { minute: String::from("CAB 41"), date: date(2008, 12, 2) };
    let clarify = Status::ToBeClarified;
    let coverage: Shown = &["say:coverage"];
    let staff: Shown = &["say:staff"];
    let ict: Shown = &["say:ict"];
    let contracts: Shown = &["say:contracts"];
    let revenue: Shown = &["say:revenue", "say:gaps", "each:gaps"];
    let brief: Shown = &["say:benefits", "say:criteria", "each:gaps"];
    let mut forms = vec![
        ("all four", Forms::w(), ALL),
        ("one is missing", without(&["THA"]), ALL),
        ("two are missing", without(&["DOV", "THA"]), ALL),
        ("three are missing", without(&["CAN", "DOV", "THA"]), ALL),
        ("all are missing", without(&COUNCILS), ALL),
        ("one council asked", asked(&["DOV"]), ALL),
        ("two councils asked", asked(&["CAN", "DOV"]), ALL),
        ("one is to be clarified", standing(&["SHE"], &clarify), coverage),
        ("two are to be clarified", standing(&["SHE", "DOV"], &clarify), coverage),
        ("two are invited", standing(&["SHE"], &Status::Optional), coverage),
        ("one is out", standing(&["THA"], &out), &["say:coverage", "say:revenue"]),
        ("one is a draft", changed(&["THA COV_return_type = Draft"]), coverage),
        ("all are drafts", each("COV_return_type = Draft"), coverage),
        ("one does not provide the service", changed(&["THA COV_return_type = Nil"]), ALL),
        ("nobody provides the service", each("COV_return_type = Nil"), ALL),
        ("other dates", changed(&["THA COV_data_as_at = 2009-01-05"]), &["say:dates"]),
        ("other functions", changed(&["THA SVC_functions_in = Plan checking"]), &["say:service"]),
        ("a line left empty", changed(&["THA REV_TRA_y0_budget = -"]), revenue),
        (
            "two lines left empty",
            changed(&["THA REV_TRA_y0_budget = -", "THA REV_PRE_y0_budget = -"]),
            revenue,
        ),
        ("income left empty", changed(&["THA REV_INC_FEE_y0_budget = -"]), revenue),
        ("all leave a line empty", each("REV_TRF_y0_budget = -"), revenue),
        ("a line cannot be used", changed(&["THA REV_TRA_y0_budget = tbc"]), revenue),
        (
            "two lines cannot be used",
            changed(&["CAN REV_PRE_y0_budget = tbc", "CAN REV_SUP_y0_budget = about 5"]),
            revenue,
        ),
        ("one estimate", changed(&["CAN REV_PRE_quality = Estimate"]), &["say:gaps"]),
        ("estimates", each("REV_PRE_quality = Estimate"), &["say:gaps"]),
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
        ("no vacancies", COUNCILS.iter().fold(Forms::w(), full), staff),
        ("no vacancies in three", COUNCILS.iter().fold(Forms::w(), full).without("THA"), staff),
        ("a post mostly elsewhere", changed(&["CAN STF_pct_time 4 = 20"]), staff),
        ("posts mostly elsewhere", each("STF_pct_time 4 = 20"), staff),
        ("no systems in one", no_systems(&["THA"]), ict),
        ("no systems in two", no_systems(&["DOV", "THA"]), ict),
        ("no systems at all", no_systems(&COUNCILS), ict),
        ("one system", cleared(no_systems(&["CAN", "DOV", "THA"]), "SHE", "ICT", 2), ict),
        ("no contracts in one", no_contracts(&["THA"]), contracts),
        ("no contracts at all", no_contracts(&COUNCILS), contracts),
        ("no contracts in three of four", no_contracts(&COUNCILS).without("THA"), contracts),
        ("one contract", no_contracts(&["DOV", "SHE", "THA"]), contracts),
        ("one rolling contract", no_contracts(&["CAN", "DOV", "SHE"]), contracts),
        (
            "contracts that end together",
            each("CON_end_date 1 = 2010-03-31").with("THA CON_rolling 1 = No"),
            contracts,
        ),
        ("a long contract", changed(&["CAN CON_end_date 1 = 2019-03-31"]), contracts),
        ("benefits and criteria", Forms::w(), brief),
        ("a brief without a purpose", changed(&["P1_purpose = -"]), brief),
    ];
    let outcomes = ["o11", "o12", "o13", "o21", "o22", "o23", "o31"];
    let none = outcomes.iter().fold(Forms::w(), |forms, outcome| {
        forms.with(&format!("P5_{outcome}_contribution = None"))
    });
    let criteria = ["c11", "c12", "c21", "c22", "c31"];
    let none = criteria
        .iter()
        .fold(none, |forms, criterion| forms.with(&format!("P5_{criterion}_answer = No")));
    forms.push(("nothing expected", none.with("P5_net_financial = No"), brief));
    let none = ["c13", "c21", "c33"]
        .iter()
        .fold(Forms::w(), |forms, criterion| forms.with(&format!("P5_{criterion}_answer = -")));
    let none = none.with("P5_o11_contribution = -").with("P5_o24_contribution = Much");
    forms.push(("some outcomes and criteria are open", none, brief));
    forms.extend(figure_by_figure());
    forms
}

/// One figure of a sentence is known of fewer councils than another.
fn figure_by_figure() -> Vec<(&'static str, Forms, Shown)> {
    let staff: Shown = &["say:staff", "say:gaps", "each:gaps"];
    let capital: Shown = &["say:capital", "say:gaps", "each:gaps"];
    let service: Shown = &["say:service"];
    let ict: Shown = &["say:ict"];
    let contracts: Shown = &["say:contracts"];
    vec![
        ("filled posts of one unknown", changed(&["THA STF_fte_filled 1 = tbc"]), staff),
        ("filled posts unknown", each("STF_fte_filled 1 = tbc"), staff),
        ("budgeted posts unknown", each("STF_fte_established 1 = tbc"), staff),
        ("since when a post is vacant unknown", changed(&["THA STF_vacant_since 3 = tbc"]), staff),
        ("people of one unknown", changed(&["CAN STF_headcount 1 = tbc"]), staff),
        ("a salary unknown", changed(&["CAN STF_salary_fte 1 = tbc"]), staff),
        (
            "posts, people and pay each of other councils",
            changed(&[
                "THA STF_fte_filled 1 = tbc",
                "CAN STF_headcount 1 = tbc",
                "CAN STF_salary_fte 2 = tbc",
            ]),
            staff,
        ),
        (
            "posts budgeted and filled of other councils",
            changed(&["CAN STF_fte_established 1 = tbc", "THA STF_fte_filled 1 = tbc"]),
            staff,
        ),
        ("provisional spending of one unknown", changed(&["CAN CAP_spend_y2 2 = tbc"]), capital),
        (
            "provisional spending of fewer",
            changed(&["CAN CAP_spend_y2 2 = tbc", "DOV CAP_approval 1 = Provisional"]),
            capital,
        ),
        ("approved spending of one unknown", changed(&["CAN CAP_spend_y0 1 = tbc"]), capital),
        ("approval of one unknown", changed(&["DOV CAP_approval 1 = Maybe"]), capital),
        ("a way to provide the service unknown", changed(&["THA SVC_delivery_model = -"]), service),
        ("functions of one unknown", changed(&["THA SVC_functions_in = -"]), service),
        ("an unsupported system", changed(&["CAN ICT_support_status 2 = Unsupported"]), ict),
        (
            "an unsupported system and none past its end",
            no_systems(&["DOV"]).with("CAN ICT_support_status 2 = Unsupported"),
            ict,
        ),
        ("a system cannot be used", changed(&["DOV ICT_licence_end 2 = tbc"]), ict),
        ("a contract cannot be used", changed(&["DOV CON_end_date 1 = tbc"]), contracts),
        ("an estimate apportioned", changed(&["CAN REV_PRE_quality = Apportioned"]), &["say:gaps"]),
        (
            "something of everything is missing",
            changed(&[
                "THA REV_TRA_y0_budget = tbc",
                "DOV REV_TRA_y0_budget = -",
                "CAN REV_PRE_quality = Estimate",
            ])
            .without("SHE"),
            &["say:gaps"],
        ),
    ]
}

/// Whatever figure is lacking of whichever council, each number stands where it is said whom it covers.
#[test]
fn every_number_on_staff_covers_whom_its_sentence_names() {
    let columns =
        ["fte_established", "fte_filled", "headcount", "salary_fte", "pct_time", "vacant_since"];
    let mut cases: Vec<(Vec<String>, bool)> = vec![];
    for (index, first) in columns.iter().enumerate() {
        let one = vec![format!("THA STF_{first} 3 = tbc")];
        cases.extend([(one.clone(), true), (one, false)]);
        cases.push((each_of(|own| format!("{own} STF_{first} 1 = tbc")), true));
        for second in &columns[index + 1..] {
            let can = format!("CAN STF_{first} 3 = tbc");
            cases.push((vec![can, format!("DOV STF_{second} 2 = tbc")], true));
        }
    }
    let all = cases.into_par_iter().map(|(changes, all)| {
        let forms = changes.iter().fold(Forms::w(), |forms, change| forms.with(change));
        (changes, if all { forms } else { forms.without("SHE") })
    });
    all.for_each(|(changes, mut forms)| {
        forms.answers.retain(|(word, _), _| word != "profile");
        let line = forms.run();
        let text = line.draft().texts["say:staff"].text.clone();
        let mut covered: Vec<&str> = COUNCILS.to_vec();
        let mut said = 0;
        for sentence in text.split_inclusive(". ") {
            covered = named(&line, sentence).unwrap_or(covered);
            for (key, words) in [
                ("staffing.fte_established", " budgeted"),
                ("staffing.fte_filled", " filled"),
                ("staffing.vacancy_rate", "vacancy rate"),
                ("staffing.headcount", " in post"),
                ("staffing.vacant_over_six_months", " six months"),
                ("staffing.post_cost", "£"),
            ] {
                if sentence.contains(words) && sentence.contains(char::is_numeric)
                    || words == " in post" && sentence.contains(words)
                {
                    let used: Vec<&str> =
                        line.figure(key).used.iter().map(|code| &**code).collect();
                    let named = key == "staffing.post_cost" || !sentence.contains('£');
                    assert!(!named || used == covered, "{changes:?} {key}: {text}");
                    said += 1;
                }
            }
        }
        assert!(said > 0 || text.contains("No staff numbers"), "{changes:?}: {text}");
    });
}

fn each_of(change: impl Fn(&str) -> String) -> Vec<String> {
    COUNCILS.iter().map(|own| change(own)).collect()
}

/// The councils a sentence says at its beginning that it covers.
fn named<'a>(line: &Line, sentence: &str) -> Option<Vec<&'a str>> {
    let used = || {
        let own = line.picture.project("H").unwrap().expected();
        let used = own.filter(|own| own.state == State::Used);
        used.map(|own| own.council.to_string()).collect::<Vec<_>>()
    };
    if sentence.starts_with("In the four councils, ") {
        return Some(COUNCILS.to_vec());
    }
    if sentence.starts_with("In the three councils that returned figures, ") {
        return Some(
            COUNCILS.into_iter().filter(|own| used().contains(&(*own).to_owned())).collect(),
        );
    }
    let sets = (1..16).map(|set: usize| {
        let own = COUNCILS.into_iter().enumerate().filter(move |(at, _)| set & (1 << at) != 0);
        own.map(|(_, code)| code).collect::<Vec<&str>>()
    });
    let list = |set: &Vec<&str>| {
        let names: Vec<&str> = set.iter().map(|code| line.programme.name(code)).collect();
        format!("In {}, ", english::list(&names))
    };
    sets.filter(|set| sentence.starts_with(&list(set))).max_by_key(Vec::len)
}

/// Returns and sheets that a rule keeps from being used.
fn refusals() -> impl Iterator<Item = (&'static str, Line, Shown)> {
    let refused = |councils: &'static [&'static str], sheets: &'static [&'static str]| {
        let mut line = Forms::w().run();
        for ret in &mut line.intake.returns {
            let own = ret.project.is_some()
                && ret.council.as_deref().is_some_and(|council| councils.contains(&council));
            if own && sheets.is_empty() {
                ret.refused = Some("IDN-010");
            } else if own {
                ret.refused_sheets.extend(sheets.iter().map(|sheet| (*sheet, "CMP-004")));
            }
        }
        let Line { programme, intake, findings, .. } = &line;
        line.picture = consolidate::consolidate(intake, findings, programme, AS_AT);
        line
    };
    let sheets = &["REV", "CAP", "STF", "ICT", "CON"];
    let returns: Shown = &["say:coverage", "fig:covers.revenue.gross_controllable", "each:gaps"];
    let parts: Shown =
        &["say:revenue", "say:capital", "say:staff", "say:ict", "say:contracts", "each:gaps"];
    [
        ("one return is refused", refused(&["THA"], &[]), returns),
        ("two returns are refused", refused(&["DOV", "THA"], &[]), returns),
        ("every return is refused", refused(&COUNCILS, &[]), returns),
        ("sheets of one are refused", refused(&["THA"], sheets), parts),
        ("sheets of two are refused", refused(&["DOV", "THA"], sheets), parts),
    ]
    .into_iter()
}

fn charts() -> Vec<String> {
    let mut said = vec![];
    for (councils, most) in [(&COUNCILS[..], 4), (&COUNCILS[..2], 2), (&COUNCILS[..1], 1)] {
        let mut line = asked(councils).run();
        for supplied in 0..=most {
            let own = line.picture.projects.iter_mut().find(|own| &*own.project == "H").unwrap();
            for (index, line) in own.coverage.iter_mut().enumerate() {
                line.charts = usize::from(index < supplied);
            }
            said.push(shown(&format!("{supplied} of {most} charts"), &line, &["say:charts"]));
        }
    }
    said
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

fn no_systems(councils: &[&str]) -> Forms {
    councils.iter().fold(Forms::w(), |forms, council| {
        cleared(forms, council, "ICT", 3).with(&format!("{council} ICT_nil_systems = Yes"))
    })
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
