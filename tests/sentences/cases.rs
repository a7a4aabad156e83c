//! What may be the case: forms with changes, and what the line makes of them.

use jiff::civil::date;
use lathe::{
    answer::Return,
    consolidate,
    form::Group,
    picture::{Coverage, State},
    programme::{Basis, Code, Participation, Scenario, Status},
};

use crate::common::{AS_AT, COUNCILS, Forms, Line, changed, each, without};

/// The tags of the texts and lists that show what is said.
pub(crate) type Shown = &'static [&'static str];

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
pub(crate) fn asked(councils: &[&str]) -> Forms {
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

pub(crate) fn forms() -> Vec<(&'static str, Forms, Shown)> {
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
        ("three councils leave early", leaving_early(), contracts),
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

/// The cases of cases.txt.
pub(crate) fn told() -> impl Iterator<Item = (&'static str, Forms)> {
    let cases = include_str!("cases.txt").split("\n\n# ").skip(1);
    cases.map(|case| {
        let (name, changes) = case.split_once('\n').unwrap();
        let mut forms = Forms::w();
        if !changes.contains(" PRO_") && !changes.contains(" TRM_") {
            // Profiles take long to read.
            forms.answers.retain(|(word, _), _| word != "profile");
        }
        let changes = changes.lines().filter(|line| !line.is_empty());
        (name, changes.fold(forms, told_one))
    })
}

fn told_one(mut forms: Forms, change: &str) -> Forms {
    let words: Vec<&str> = change.split(' ').collect();
    match &words[..] {
        ["each", ..] => {
            let own = change.trim_start_matches("each ");
            let all: Vec<String> = COUNCILS.iter().map(|code| format!("{code} {own}")).collect();
            all.iter().fold(forms, |forms, change| forms.with(change))
        }
        ["doubled"] => Forms::doubled(),
        ["scenario", "without", out, with @ ..] => {
            let with = with.iter().skip(1).map(|own| Code::from(*own)).collect();
            let (name, without) = (Code::from(change), vec![Code::from(*out)]);
            forms.programme.scenarios.push(Scenario { name, without, with });
            forms
        }
        ["clear", "K:", sheet, rows @ ..] => {
            clear(&mut forms, "brief", "K:", sheet, rows);
            forms
        }
        ["clear", council, sheet, rows @ ..] if COUNCILS.contains(council) => {
            clear(&mut forms, "return", council, sheet, rows);
            forms
        }
        ["clear", sheet, rows @ ..] => {
            clear(&mut forms, "brief", "", sheet, rows);
            forms
        }
        ["without", council] => forms.without(council),
        ["asked", councils @ ..] => {
            parts(&mut forms).retain(|part| councils.contains(&&*part.council));
            forms
        }
        ["only", project] => {
            forms.programme.projects.retain(|own| &*own.code == *project);
            forms.programme.cases.clear();
            forms
        }
        ["led", "by", lead @ ..] => {
            let own = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
            own.lead = lead.join(" ");
            forms
        }
        ["asking", group] => {
            let group = Group::ALL.into_iter().find(|own| own.word() == *group).unwrap();
            forms.asking(group)
        }
        ["basis", basis] => {
            let own = forms.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
            own.test_basis = Basis::ALL.into_iter().find(|own| own.word() == *basis).unwrap();
            forms
        }
        [standing, council] => {
            let out = |minute: &str| Status::Out { minute: minute.into(), date: date(2008, 12, 2) };
            let status = match *standing {
                "out" => out("CAB 41"),
                "no_minute" => out(""),
                "invited" => Status::Optional,
                "clarify" => Status::ToBeClarified,
                other => panic!("{other} is no standing"),
            };
            let all = forms.programme.projects.iter_mut().flat_map(|own| &mut own.participation);
            for part in all.filter(|part| &*part.council == *council) {
                part.status = status.clone();
            }
            forms
        }
        _ => forms.with(change),
    }
}

/// Empties rows of a table.
fn clear(forms: &mut Forms, workbook: &str, council: &str, table: &str, rows: &[&str]) {
    let key = (workbook.to_owned(), council.to_owned());
    let answers = forms.answers.get_mut(&key).unwrap();
    let rows: Vec<u32> = rows.iter().map(|row| row.parse().unwrap()).collect();
    let names: Vec<(String, Option<u32>)> = answers
        .iter()
        .filter(|(name, row, _)| {
            name.starts_with(table) && row.is_some_and(|row| rows.contains(&row))
        })
        .map(|(name, row, _)| (name.to_owned(), row))
        .collect();
    for (name, row) in names {
        answers.remove(&name, row);
    }
}

/// What only a rule or the number of things can bring about.
pub(crate) fn brought_about() -> Vec<Line> {
    let set_aside = |line: &mut Line| {
        line.intake.returns.retain(|own| own.council.as_deref() != Some("DOV"));
        again(line);
        coverage(line, "DOV").state = State::SetAside("IDN-002");
    };
    let unread = |line: &mut Line| {
        for own in &mut line.intake.returns {
            let word = own.workbook.word;
            if word == "brief" || word == "profile" || own.council.as_deref() == Some("DOV") {
                own.refused = Some("CMP-004");
            }
        }
        again(line);
    };
    let one_sheet = |line: &mut Line| {
        let mut returns = line.intake.returns.iter_mut();
        let own =
            |own: &&mut Return| own.project.is_some() && own.council.as_deref() == Some("DOV");
        returns.find(own).unwrap().refused_sheets.insert("REV", "CMP-004");
        again(line);
    };
    let corrections = |line: &mut Line| {
        let own = coverage(line, "DOV");
        (own.errors, own.warnings) = (2, 0);
    };
    let many = |line: &mut Line| {
        let own = line.picture.projects.iter_mut().find(|own| &*own.project == "H").unwrap();
        own.contracts = own.contracts.iter().cycle().take(40).cloned().collect();
    };
    let of = |forms: &Forms, change: &dyn Fn(&mut Line)| {
        let mut line = forms.run();
        change(&mut line);
        line
    };
    let w = Forms::w();
    let mixed = without(&["THA"]);
    let all = |line: &mut Line| {
        line.intake.returns.iter_mut().for_each(|own| own.refused = Some("IDN-010"));
        again(line);
    };
    vec![
        of(&w, &set_aside),
        of(&Forms::doubled(), &unread),
        of(&w, &one_sheet),
        of(&w, &corrections),
        of(&w, &many),
        of(&mixed, &all),
    ]
}

fn coverage<'a>(line: &'a mut Line, council: &str) -> &'a mut Coverage {
    let own = line.picture.projects.iter_mut().find(|own| &*own.project == "H").unwrap();
    own.coverage.iter_mut().find(|own| &*own.council == council).unwrap()
}

/// The picture of what may be used now.
fn again(line: &mut Line) {
    let Line { programme, intake, findings, .. } = &*line;
    line.picture = consolidate::consolidate(intake, findings, programme, AS_AT);
}

/// Returns and sheets that a rule keeps from being used.
pub(crate) fn refusals() -> impl Iterator<Item = (&'static str, Line, Shown)> {
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
        again(&mut line);
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
    let rows: Vec<String> = (1..=rows).map(|row| row.to_string()).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    clear(&mut forms, "return", council, sheet, &rows);
    forms
}

fn no_contracts(councils: &[&str]) -> Forms {
    councils.iter().fold(Forms::w(), |forms, council| {
        cleared(forms, council, "CON", 2).with(&format!("{council} CON_nil_contracts = Yes"))
    })
}

/// Contracts of three councils that cost something to leave, so that their sum tells no price.
fn leaving_early() -> Forms {
    let early =
        ["end_date 1 = 2012-09-30", "rolling 1 = No", "early_exit 1 = Yes", "exit_fixed 1 = 0"]
            .into_iter()
            .chain([
                "exit_per_month 1 = 1100",
                "earliest_break 1 = 2010-04-01",
                "notice_months 1 = 12",
            ]);
    early.fold(Forms::w(), |forms, said| {
        forms.with(&format!("CAN CON_{said}")).with(&format!("SHE CON_{said}"))
    })
}
