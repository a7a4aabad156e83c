//! What may be public on pay (domain.md D12): as worked, and no more than can be withstood by adding and subtracting.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{COUNCILS, Chance, Forms, Line};
use lathe::{
    figure::{Figure, WITHHELD},
    number::Exact,
};
use rayon::prelude::*;

const FAMILIES: [&str; 4] = ["Manager", "Senior", "Surveyor", "Admin"];

/// What a public document shows of a figure.
fn shown(line: &Line, asked: &str) -> String {
    let figure = line.figure(asked);
    match figure.number() {
        Some(number) if figure.public => number.rounded(2),
        None if figure.public => figure.kept_back().unwrap_or("none").to_owned(),
        _ => String::from("[c]"),
    }
}

#[test]
fn the_next_smallest_family_is_withheld_with_the_small_one() {
    let line = Forms::w().run();
    let people = FAMILIES.map(|family| line.says(&format!("staffing.headcount :{family}")));
    assert_eq!(people, ["3", "8", "12", "9"]);
    for (key, total, two) in [
        ("staffing.post_cost", "1304412.50", ["494062.50", "193100.00"]),
        // Behind an average there are ten people at the least: nine hide nothing, they are too few to tell by.
        ("staffing.cost_per_fte", "37918.97", ["36597.22", "too few for an average"]),
    ] {
        assert_eq!(shown(&line, key), total);
        let families = FAMILIES.map(|family| shown(&line, &format!("{key} :{family}")));
        assert_eq!(families, ["[c]", "[c]", two[0], two[1]], "{key}");
        for council in COUNCILS {
            assert_eq!(shown(&line, &format!("{key} {council}")), "[c]");
            for family in FAMILIES {
                assert_eq!(shown(&line, &format!("{key} {council} :{family}")), "[c]");
            }
        }
    }
    let reasons = &line.figure("staffing.post_cost :Manager").reasons;
    assert_eq!(reasons.values().collect::<Vec<_>>(), ["withheld"; 4]);
}

/// What all pay, and what all but Shepway pay, would tell what Shepway pays.
#[test]
fn a_scenario_tells_no_more_than_the_picture_itself() {
    let line = Forms::w().run();
    assert_eq!(shown(&line, "staffing.post_cost"), "1304412.50");
    assert_eq!(shown(&line, "staffing.post_cost ~without-SHE"), "[c]");
    assert_eq!(shown(&line, "harmonisation.to_highest ~without-SHE"), "[c]");
}

#[test]
fn where_the_office_says_so_councils_of_five_people_stand_alone() {
    let mut forms = Forms::w();
    forms.programme.disclosure.fewest_councils = 1;
    let of = |forms: &Forms| {
        let line = forms.run();
        COUNCILS.map(|own| shown(&line, &format!("staffing.post_cost {own}")))
    };
    assert_eq!(of(&forms), ["398125.00", "282425.00", "274987.50", "348875.00"]);
    for row in 2..=4 {
        for name in ["posts", "fte_established", "fte_filled", "headcount"] {
            forms = forms.with(&format!("SHE STF_{name} {row} = 1"));
        }
    }
    assert_eq!(forms.run().says("staffing.headcount SHE"), "3");
    // Dover knows its own pay: beside Thanet's it would tell that of Shepway's three people.
    assert_eq!(of(&forms), ["398125.00", "[c]", "[c]", "[c]"]);
}

#[test]
fn bringing_pay_together_is_told_over_several_families_only() {
    assert_eq!(shown(&Forms::w().run(), "harmonisation.to_highest"), "39025.00");
    let mut one = Forms::w();
    for council in COUNCILS {
        for row in 1..=4 {
            one = one.with(&format!("{council} STF_job_family {row} = Surveyor"));
        }
    }
    assert_eq!(shown(&one.run(), "harmonisation.to_highest"), "[c]");
}

/// Posts of one council, family and grade: people, and the cost that only the council knows.
type Cells = BTreeMap<(String, String, String), u64>;

/// Staffing by chance: some families empty, some of one person, some of many.
fn by_chance(seed: u64) -> (Forms, Cells) {
    let mut chance = Chance(seed);
    let (mut forms, mut cells) = (Forms::w(), Cells::new());
    forms.programme.disclosure.fewest_councils = if seed.is_multiple_of(2) { 3 } else { 1 };
    for council in COUNCILS {
        for (row, family) in (1..).zip(FAMILIES) {
            let people = *chance.pick(&[0, 1, 2, 3, 5, 6, 9, 14]);
            let grade = *chance.pick(&["G1", "G2", "G3"]);
            let posts = people.max(1);
            for (name, value) in [
                ("posts", posts.to_string()),
                ("fte_established", posts.to_string()),
                ("fte_filled", people.to_string()),
                ("headcount", people.to_string()),
                ("grade", grade.to_owned()),
                ("salary_fte", (18_000 + chance.below(30_000)).to_string()),
                ("vacant_since", if people == 0 { "2008-11-01" } else { "-" }.to_owned()),
            ] {
                forms = forms.with(&format!("{council} STF_{name} {row} = {value}"));
            }
            let own = [council, family, grade].map(str::to_owned);
            *cells.entry(own.into()).or_default() += people;
        }
    }
    (forms, cells)
}

/// Which cells a figure adds up.
fn holds(figure: &Figure, (council, family, grade): &(String, String, String)) -> bool {
    let item = |own: &str| figure.item.as_deref().is_none_or(|item| item == own);
    let of_item = if figure.key.contains(".grade.") { item(grade) } else { item(family) };
    of_item && figure.used.iter().any(|code| **code == **council)
}

/// Gauss with fractions: rows of shown sums to reduced echelon form.
fn reduced(mut rows: Vec<Vec<Exact>>) -> Vec<Vec<Exact>> {
    let (mut done, width) = (0, rows.first().map_or(0, Vec::len));
    for column in 0..width {
        let Some(found) = (done..rows.len()).find(|row| !rows[*row][column].is_zero()) else {
            continue;
        };
        rows.swap(done, found);
        let lead = rows[done][column].clone();
        rows[done] = rows[done].iter().map(|own| own.over(&lead).unwrap()).collect();
        for row in (0..rows.len()).filter(|row| *row != done).collect::<Vec<_>>() {
            let factor = rows[row][column].clone();
            let own = rows[done].clone();
            for (number, own) in rows[row].iter_mut().zip(own) {
                *number = number.clone() - factor.clone() * own;
            }
        }
        done += 1;
    }
    rows.truncate(done);
    rows
}

/// Whether a sum of cells can be worked out from the shown ones: it adds nothing to their rank.
fn is_told(shown: &[Vec<Exact>], sum: &[Exact]) -> bool {
    let with: Vec<Vec<Exact>> = shown.iter().cloned().chain([sum.to_vec()]).collect();
    reduced(with).len() == shown.len()
}

#[test]
fn no_pay_of_a_few_can_be_worked_out_from_what_is_shown() {
    let told: usize = (0..16u64).into_par_iter().map(cannot_be_worked_out).sum();
    assert!(told > 100, "{told} figures were shown");
}

/// Gives how many figures are shown.
fn cannot_be_worked_out(seed: u64) -> usize {
    let (forms, cells) = by_chance(seed);
    let line = forms.run();
    let names: Vec<&(String, String, String)> = cells.keys().collect();
    let bit = |yes: bool| if yes { Exact::one() } else { Exact::zero() };
    let row = |figure: &Figure| -> Vec<Exact> {
        names.iter().map(|name| bit(holds(figure, name))).collect()
    };
    let is_pay =
        |own: &&Figure| own.key.ends_with("post_cost") || own.key.ends_with("cost_per_fte");
    let public =
        line.picture.figures.iter().filter(is_pay).filter(|own| own.public && own.value.is_some());
    let public: Vec<&Figure> = public.collect();
    let rows: Vec<Vec<Exact>> = public.iter().map(|figure| row(figure)).collect();
    // An average is its sum over posts that everybody may count: one is not withheld beside the other.
    let is_withheld = |own: &&Figure| own.kept_back() == Some(WITHHELD);
    for average in line.picture.figures.iter().filter(is_withheld) {
        let Some(start) = average.key.strip_suffix("cost_per_fte") else { continue };
        let sum = format!("{start}post_cost");
        let beside = |own: &&Figure| {
            own.key == sum
                && (&own.scenario, &own.council, &own.item)
                    == (&average.scenario, &average.council, &average.item)
        };
        let sum = line.picture.figures.iter().find(beside).expect("a sum to each average");
        assert!(sum.value.is_none(), "seed {seed}: {sum:?} beside the withheld average");
    }
    let people = |row: &[Exact]| -> u64 {
        let of = |(own, name): (&Exact, &&(String, String, String))| {
            if own.is_zero() { 0 } else { cells[*name] }
        };
        row.iter().zip(&names).map(of).sum()
    };
    for (figure, row) in public.iter().zip(&rows) {
        assert!(people(row) >= 5, "seed {seed}: {} of {} people", figure.key, people(row));
    }
    let shown = reduced(rows);
    // A cell by itself, two of them, a council's part of a family, a family, a council: whatever is of a few.
    let mut few: Vec<Vec<Exact>> = vec![];
    for (at, one) in names.iter().enumerate() {
        for other in &names[at..] {
            few.push(names.iter().map(|name| bit(name == one || name == other)).collect());
        }
    }
    let wide = |pick: &dyn Fn(&(String, String, String)) -> bool| -> Vec<Exact> {
        names.iter().map(|name| bit(pick(name))).collect()
    };
    for council in COUNCILS {
        few.push(wide(&|name| name.0 == council));
        few.extend(FAMILIES.map(|family| wide(&|name| name.0 == council && name.1 == family)));
    }
    few.extend(FAMILIES.map(|family| wide(&|name| name.1 == family)));
    few.extend(["G1", "G2", "G3"].map(|grade| wide(&|name| name.2 == grade)));
    let fewest = usize::try_from(forms.programme.disclosure.fewest_councils).unwrap();
    let councils = |sum: &[Exact]| {
        let of = names.iter().zip(sum).filter(|(_, own)| !own.is_zero()).map(|(name, _)| &name.0);
        of.collect::<BTreeSet<_>>().len()
    };
    for sum in few.iter().filter(|sum| people(sum) < 5 || councils(sum) < fewest) {
        if sum.iter().any(|own| !own.is_zero()) {
            let who: Vec<_> = names.iter().zip(sum).filter(|(_, own)| !own.is_zero()).collect();
            assert!(!is_told(&shown, sum), "seed {seed}: {who:?}");
        }
    }
    public.len()
}
