//! Laws that figures keep whatever comes back, tried on returns filled in by chance.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{AS_AT, COUNCILS, Chance, Forms, Line};
use lathe::{
    again::add_up,
    answer::{Answer, Return},
    consolidate::consolidate,
    figure::{Amount, Figure, Figures, Source, Status, Unit},
    issue::Answers,
    number::Exact,
    picture::Picture,
};
use rayon::prelude::*;

const LINES: [&str; 14] = [
    "EMP_DIR", "EMP_AGY", "EMP_IND", "PRE", "TRA", "SUP", "TPP", "TRF", "SSC", "DEP", "INC_FEE",
    "INC_GRT", "INC_RCH", "INC_OTH",
];

/// Set W with other amounts in every council's return and in the brief.
fn by_chance(chance: &mut Chance) -> Forms {
    let mut changes = vec![];
    for council in COUNCILS {
        let mut put = |what: &str, value: &dyn std::fmt::Display| {
            changes.push(format!("{council} {what} = {value}"));
        };
        for line in LINES {
            for column in ["y_1_actual", "y0_budget"] {
                let most = if line == "EMP_DIR" { 400_000 } else { 60_000 };
                let pounds = if chance.one_in(5) { 0 } else { chance.below(most) };
                put(&format!("REV_{line}_{column}"), &pounds);
            }
        }
        put("REV_MEMO_ONEOFF", &chance.below(2_000));
        put("SVC_volume_y0", &(100 + chance.below(2_000)));
        for row in 1..=4 {
            let filled = chance.below(9);
            let posts = filled.max(1) + chance.below(3);
            for (name, value) in [
                ("posts", posts),
                ("fte_established", posts),
                ("fte_filled", filled),
                ("headcount", if filled == 0 { 0 } else { filled + chance.below(3) }),
                ("salary_fte", 15_000 + chance.below(30_000)),
                ("pct_time", *chance.pick(&[100, 80, 50, 30])),
            ] {
                put(&format!("STF_{name} {row}"), &value);
            }
            let since = if posts > filled { "2008-11-01" } else { "-" };
            put(&format!("STF_vacant_since {row}"), &since);
        }
    }
    for row in 1..=3 {
        for year in 1..=5 {
            changes.push(format!("P3_saving_y{year} {row} = {}", chance.below(300_000)));
        }
    }
    for row in 1..=5 {
        let basis = chance.pick(&["Equal", "Population", "Budget", "Agreed shares"]);
        changes.push(format!("P3_oneoff_y0 {row} = {}", chance.below(90_000)));
        changes.push(format!("P3_oneoff_payer_basis {row} = {basis}"));
    }
    let mut left = 100;
    for row in 1..=4 {
        let share = if row == 4 { left } else { chance.below(left) };
        left -= share;
        changes.push(format!("P3_share_pct {row} = {share}"));
    }
    let mut forms = changes.iter().fold(Forms::w(), |forms, change| forms.with(change));
    forms.programme.projects.retain(|own| &*own.code == "H");
    forms.programme.cases.clear();
    forms
}

/// Leaves some answers empty, and in others what cannot be used.
fn with_gaps(mut forms: Forms, chance: &mut Chance) -> Forms {
    for council in COUNCILS {
        for _ in 0..chance.below(4) {
            let line = chance.pick(&LINES);
            let value = chance.pick(&["-", "tbc", "n/a"]);
            forms = forms.with(&format!("{council} REV_{line}_y0_budget = {value}"));
        }
        if chance.one_in(3) {
            let row = 1 + chance.below(4);
            forms = forms.with(&format!("{council} STF_fte_filled {row} = 99"));
        }
    }
    forms
}

/// Runs a law for so many seeds.
fn tried(cases: u64, law: impl Fn(&mut Chance) + Sync) {
    (1..=cases).into_par_iter().for_each(|seed| law(&mut Chance(seed)));
}

/// What sets a figure apart from all others.
fn name(figure: &Figure) -> String {
    let Figure { key, project, council, year, column, item, basis, income, option, case, .. } =
        figure;
    format!(
        "{key} {project:?} {council:?} {year:?} {column:?} {item:?} {basis:?} {income:?} {option:?} {case:?} {}",
        figure.scenario
    )
}

/// All that figures.json says of a figure but the scenario's name, its lists in one order.
fn said(figure: &Figure) -> String {
    let mut own = figure.clone();
    own.scenario = "".into();
    if own.key == "ict.pair_score" {
        let mut pair: Vec<&str> = own.item.as_deref().unwrap().split('-').collect();
        pair.sort_unstable();
        own.item = Some(pair.join("-"));
    }
    own.used.sort();
    own.missing.sort();
    own.sources.sort_by_key(|source| format!("{source:?}"));
    for reason in own.reasons.values_mut() {
        let mut words: Vec<&str> = reason.split(&[' ', ',', '(', ')', ';']).collect();
        words.sort_unstable();
        *reason = words.concat();
    }
    serde_json::to_string(&own).unwrap()
}

#[test]
fn the_order_of_files_and_threads_never_matters() {
    tried(2, |chance| {
        let forms = by_chance(chance);
        let forms = with_gaps(forms, chance);
        let mut files = forms.files();
        let json = forms.run_files(files.clone()).json();
        for threads in [1, 3] {
            chance.shuffle(&mut files);
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let own = pool.install(|| forms.run_files(files.clone())).json();
            assert!(own == json, "{threads} threads");
        }
    });
}

#[test]
fn the_order_of_councils_never_matters() {
    tried(3, |chance| {
        let forms = by_chance(chance);
        let mut forms = paying(with_gaps(forms, chance), chance);
        let line = forms.run();
        let wanted: BTreeSet<String> = line.picture.figures.iter().map(said).collect();
        chance.shuffle(&mut forms.programme.councils);
        let order: Vec<_> = forms.programme.councils.iter().map(|own| own.code.clone()).collect();
        for project in &mut forms.programme.projects {
            project
                .participation
                .sort_by_key(|own| order.iter().position(|code| *code == own.council));
        }
        let line = forms.run();
        let found: BTreeSet<String> = line.picture.figures.iter().map(said).collect();
        let differ: Vec<&String> = wanted.symmetric_difference(&found).take(6).collect();
        assert!(differ.is_empty(), "{order:?} {differ:#?}");
    });
}

/// Payments between councils that both report.
fn paying(mut forms: Forms, chance: &mut Chance) -> Forms {
    let mut rows: BTreeMap<&str, u32> = BTreeMap::new();
    for payer in COUNCILS {
        for payee in COUNCILS.iter().filter(|own| **own != payer) {
            if !chance.one_in(3) {
                continue;
            }
            let amount = chance.below(40_000);
            for (own, other, direction) in
                [(payer, *payee, "Pay them"), (*payee, payer, "Are paid")]
            {
                let row = rows.entry(own).or_insert(0);
                *row += 1;
                for (name, value) in
                    [("partner", other), ("direction", direction), ("amount", &amount.to_string())]
                {
                    forms = forms.with(&format!("{own} SVC_shared_{name} {row} = {value}"));
                }
                forms = forms.with(&format!("{own} SVC_shared_already = Yes"));
            }
        }
    }
    forms
}

#[test]
fn taking_payments_out_leaves_net_controllable_as_it_was() {
    let kept = |figure: &&Figure| {
        let net = figure.key == "revenue.net_controllable" || figure.key == "revenue.net_total";
        net || figure.key == "revenue.recurring" && figure.basis.is_some()
    };
    tried(4, |chance| {
        let forms = by_chance(chance);
        let (without, with) = (forms.run(), paying(forms, chance).run());
        let values =
            |line: &Line, wanted: &dyn Fn(&&Figure) -> bool| -> BTreeMap<String, Option<String>> {
                let all = line.picture.figures.iter().filter(|own| wanted(own));
                all.map(|own| (name(own), own.text())).collect()
            };
        assert_eq!(values(&without, &kept), values(&with, &kept));
        let of = |line: &Line, key: &str| line.figure(key).number().unwrap().clone();
        let fell = |key: &str| of(&without, key) - of(&with, key);
        assert_eq!(fell("revenue.gross_controllable"), fell("revenue.income"));
        assert!(!fell("revenue.gross_controllable").is_negative());
        assert_eq!(of(&without, "revenue.income THA"), of(&with, "revenue.income THA"));
    });
}

#[test]
fn shares_add_up_to_what_is_shared() {
    tried(5, |chance| {
        let line = by_chance(chance).run();
        let figures = || line.picture.figures.iter().filter(|own| own.value.is_some());
        let mut sums = 0;
        for total in figures().filter(|own| own.key == "apportionment.total") {
            if total.basis.is_some() {
                continue;
            }
            let like = |own: &&Figure| {
                own.option == total.option
                    && own.income == total.income
                    && own.scenario == total.scenario
            };
            let sum = |key: &str, basis: &str| -> Exact {
                let own = figures().filter(|own| own.key == key && own.basis == Some(basis));
                own.filter(like).map(|own| own.number().unwrap().clone()).sum()
            };
            for basis in ["agreed", "population", "budget", "equal", "usage"] {
                let whole = Exact::from(total.number().unwrap().whole());
                assert_eq!(sum("apportionment.share", basis), whole, "{basis}");
                let gains = sum("apportionment.gains", basis);
                let left = gains - sum("apportionment.losses", basis);
                assert_eq!(sum("apportionment.remainder", basis), left, "{basis}");
                assert_eq!(sum("apportionment.gain", basis), left, "{basis}");
                sums += 1;
            }
        }
        assert_eq!(sums, 10);
        let one_off = |key: &str| -> Exact {
            figures().filter(|own| own.key == key).map(|own| own.number().unwrap().clone()).sum()
        };
        assert_eq!(one_off("apportionment.one_off"), one_off("appraisal.one_off"));
    });
}

#[test]
fn dropping_a_council_equals_never_having_had_it() {
    tried(3, |chance| {
        let forms = by_chance(chance);
        let mut forms = paying(with_gaps(forms, chance), chance);
        let gone = "SHE";
        forms = forms
            .with("P3_option_councils_in 1 = CAN; DOV; THA")
            .with("P3_share_pct 1 = 40")
            .with("P3_share_pct 2 = 34")
            .with("P3_share_pct 4 = 26")
            .with("P2_member_council 3 = CAN");
        for own in ["P3_share_option 3", "P3_share_council 3", "P3_share_pct 3"] {
            forms = forms.with(&format!("{own} = -"));
        }
        let dropped = forms.run();
        let mut never = forms.without(gone);
        for project in &mut never.programme.projects {
            project.participation.retain(|own| &*own.council != gone);
        }
        never.programme.scenarios.clear();
        let never = never.run();
        let of = |line: &Line, scenario: &str| -> BTreeMap<String, String> {
            let all = line.picture.figures.iter().filter(|own| {
                &*own.scenario == scenario
                    && own.project.is_some()
                    && !own.key.starts_with("suppliers.")
            });
            let mut all: Vec<Figure> = all.cloned().collect();
            all.iter_mut().for_each(|own| own.scenario = "".into());
            all.iter().map(|own| (name(own), said(own))).collect()
        };
        let (dropped, never) = (of(&dropped, "without-SHE"), of(&never, "all"));
        let mut same = 0;
        for (name, own) in &never {
            // A scenario tells no more of pay than the picture beside it, so more of it is withheld.
            if !dropped[name].contains("\"CAN\":\"withheld\"") {
                assert_eq!(&dropped[name], own);
                same += 1;
            }
        }
        assert_eq!(dropped.len(), never.len());
        assert!(same > 500, "{same}");
    });
}

#[test]
fn a_confirmed_zero_changes_no_sum_but_who_is_in_it() {
    tried(2, |chance| {
        let forms = by_chance(chance);
        let without = forms.clone().without("THA").run();
        let mut nil = forms;
        let answers = nil.answers.get_mut(&("return".to_owned(), "THA".to_owned())).unwrap();
        let cover = answers.clone();
        *answers = Answers::new();
        for own in ["completed_by_name", "completed_by_role", "completed_by_email", "data_as_at"] {
            let own = format!("COV_{own}");
            answers.set(&own, None, cover.get(&own, None).unwrap());
        }
        let with = nil
            .with("THA COV_return_version = 1")
            .with("THA COV_return_type = Nil")
            .with("THA COV_declaration = Yes")
            .run();
        assert_eq!(without.figure("coverage.councils").exact.as_deref(), Some("3/4"));
        assert_eq!(with.figure("coverage.councils").exact.as_deref(), Some("4/4"));
        let sums = |line: &Line| -> BTreeMap<String, Figure> {
            let is_sum = |own: &&Figure| {
                own.council.is_none()
                    && own.project.is_some()
                    && ["revenue.", "capital.", "staffing.", "harmonisation.to_highest"]
                        .iter()
                        .any(|key| own.key.starts_with(key))
                    && own.value.is_some()
                    && own.unit != Unit::Ratio
            };
            let all = line.picture.figures.iter().filter(is_sum);
            all.map(|own| (name(own), own.clone())).collect()
        };
        let (without, with) = (sums(&without), sums(&with));
        let mut grown = 0;
        for (name, own) in &without {
            let now = with.get(name).unwrap_or_else(|| panic!("{name} is gone"));
            assert_eq!(now.number(), own.number(), "{name}");
            assert_eq!(now.used.len(), own.used.len() + 1, "{name}");
            assert_eq!(now.missing.len() + 1, own.missing.len(), "{name}");
            grown += usize::from(own.status == Status::Partial && now.status == Status::Complete);
        }
        assert!(grown > 50, "{grown}");
    });
}

/// A cell by file, sheet and name.
type Cell = (String, String, String);

fn cell(answer: &Answer) -> Option<Cell> {
    let place = answer.place();
    Some((place.file?.to_string(), place.sheet?.to_string(), answer.cells()))
}

/// Refuses a cell as a rule would, and reckons again.
fn without_cell(line: &Line, refused: &Cell) -> Picture {
    let mut intake = line.intake.clone();
    for ret in &mut intake.returns {
        let rows = ret.rows.values_mut().flatten().flat_map(|row| row.found_mut());
        for answer in ret.cells.values_mut().chain(rows) {
            if cell(answer).as_ref() == Some(refused) {
                answer.refuse("GEN-002");
            }
        }
    }
    consolidate(&intake, &line.findings, &line.programme, AS_AT)
}

#[test]
fn no_figure_is_complete_without_a_cell_it_rests_on() {
    tried(2, |chance| {
        let line = by_chance(chance).run();
        // What a row is called changes nothing of what it holds.
        let all = line.intake.returns.iter().flat_map(Return::answers);
        let names: BTreeSet<Cell> = all
            .filter(|(field, _)| field.name.ends_with("_ref"))
            .filter_map(|(_, answer)| cell(answer))
            .collect();
        let mut resting: BTreeMap<Cell, Vec<&Figure>> = BTreeMap::new();
        // Coverage tells what came, whether it can be used or not.
        let figures = line.picture.figures.iter().filter(|own| !own.key.starts_with("coverage."));
        for figure in figures.filter(|own| own.status == Status::Complete) {
            for Source { file, sheet, cell, .. } in figure.sources.iter().map(|own| &**own) {
                let cell = (file.to_string(), sheet.to_string(), cell.clone());
                if !names.contains(&cell) {
                    resting.entry(cell).or_default().push(figure);
                }
            }
        }
        let cells: Vec<&Cell> = resting.keys().collect();
        assert!(cells.len() > 200, "{}", cells.len());
        for _ in 0..25 {
            let cell = *chance.pick(&cells);
            let picture = without_cell(&line, cell);
            let now: BTreeMap<String, &Figure> =
                picture.figures.iter().map(|own| (name(own), own)).collect();
            for name in resting[cell].iter().map(|own| name(own)) {
                let complete = now.get(&name).is_some_and(|own| own.status == Status::Complete);
                assert!(!complete, "without {cell:?}: {name}");
            }
        }
    });
}

/// A figure with another value, or with another source.
fn spoiled(line: &Line, key: &str, spoil: impl Fn(&mut Figure)) -> String {
    let mut figures: Vec<Figure> = line.picture.figures.iter().cloned().collect();
    let own = figures
        .iter_mut()
        .find(|own| own.key == key && own.number().is_some_and(|own| !own.is_zero()))
        .unwrap();
    spoil(own);
    let found = add_up(&Figures::new(figures), &line.intake, &line.programme, AS_AT);
    found.map_or_else(|error| error.to_string(), |_| String::from("nothing is wrong"))
}

#[test]
fn a_figure_that_is_not_the_sum_of_its_cells_stops_the_run() {
    let line = Forms::w().run();
    assert_eq!(
        spoiled(&line, "revenue.gross_controllable", |own| {
            own.value = Some(Amount::Number(Exact::from(1_659_056_u32)));
        }),
        "revenue.gross_controllable of project H (all councils, 2008/09) came to 1659056.00, but the cells it names \
         add up to 1659055.00, which is a mistake in lathe: nothing was written."
    );
    for key in [
        "revenue.line.tra",
        "revenue.income",
        "revenue.net_controllable",
        "revenue.net_total",
        "revenue.recurring",
        "capital.approved",
        "staffing.fte_established",
        "staffing.fte_filled",
        "staffing.headcount",
        "staffing.post_cost",
        "staffing.cost_per_fte",
        "staffing.vacancy_rate",
        "staffing.vacant",
        "staffing.staff_per_head_of_service",
        "staffing.posts_without_redundancy",
        "staffing.vacant_over_six_months",
        "ict.annual_cost",
        "ict.lifespan",
        "ict.overlap",
        "ict.pair_score",
        "contracts.lifespan",
        "contracts.exit_cost",
        "harmonisation.to_highest",
        "harmonisation.protected",
        "risk.score",
        "savings.cuts",
        "savings.stranded",
        "savings.baseline",
        "savings.target",
        "savings.category",
        "savings.year2",
        "savings.percent",
        "savings.low_percent",
        "savings.short",
        "savings.two_years_percent",
        "savings.income_percent",
        "savings.quality_certainty",
        "appraisal.npv",
        "appraisal.payback_years",
        "appraisal.simple_payback",
        "appraisal.bcr",
        "appraisal.switching_value",
        "appraisal.year_cumulative",
        "unit_cost.per_unit",
        "unit_cost.per_fte",
        "unit_cost.of_running_cost",
        "unit_cost.median",
        "unit_cost.to_median",
        "unit_cost.indicative_gap",
        "service.volume",
        "service.indicators",
    ] {
        let more = spoiled(&line, key, |own| {
            own.value = own.number().map(|number| Amount::Number(number.clone() + Exact::one()));
        });
        assert!(more.starts_with(key), "{key}: {more}");
        let lost = spoiled(&line, key, |own| own.sources.clear());
        assert!(lost.starts_with(key), "{key}: {lost}");
    }
}

#[test]
fn sums_are_added_up_again() {
    let line = Forms::w().run();
    let tallies = add_up(&line.picture.figures, &line.intake, &line.programme, AS_AT).unwrap();
    let again: usize = tallies.values().map(|own| own.again).sum();
    assert_eq!(again, 2756);
}
