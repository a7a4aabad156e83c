//! What the sections of the business case print from the worked example, and what they leave unsaid.

mod common;

use common::{Forms, Line, changed, each, without};
use lathe::{
    draft::{self, Kind, Templates},
    form::Group,
    word,
};

fn text(line: &Line) -> String {
    let data = line.draft();
    let templates = Templates::built_in();
    let filled = draft::create_or_refresh(None, templates.of(Kind::BusinessCase), &data).unwrap();
    word::plain_text(&filled.bytes).unwrap()
}

fn holds(line: &Line, all: &[&str]) {
    let text = text(line);
    let missing: Vec<&&str> = all.iter().filter(|printed| !text.contains(**printed)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

fn says(line: &Line, tag: &str) -> String {
    line.draft().texts[tag].text.clone()
}

#[test]
fn the_test_stands_in_every_reading_and_on_every_basis() {
    holds(
        &Forms::w().run(),
        &[
            "| Most likely | £172,500 | 10.4% | met |",
            "| Without new income | £112,500 | 6.8% | not met, short by £53,405.50 |",
            "| In the low case | £138,000 | 8.3% | not met, short by £27,905.50 |",
            "| In the high case | £189,750 | 11.4% | met |",
            "Over the first two years together it saves £267,500, which is 16.1% of a year's budget, or 8.1% for each of the two.",
            "| Gross controllable expenditure | £1,659,055 | £165,906 | 10.4%, met | 6.8%, not met | 8.3%, not met |",
            "| Net controllable expenditure | £412,205 | £41,221 | 41.8%, met |",
            "| Net total | £744,905 | £74,491 | 23.2%, met |",
        ],
    );
}

#[test]
fn savings_and_one_off_costs_stand_line_by_line() {
    holds(
        &Forms::w().run(),
        &[
            "Option 1 saves £95,000 in year 1 and £172,500 in year 2. From year 3 on it saves £190,000 a year.",
            "| Income: Work won back from approved inspectors | £30,000 | £60,000 | £65,000 | £65,000 | £65,000 | 80% to 110% |",
            "| Saving | £95,000 | £172,500 | £190,000 | £190,000 | £190,000 | – |",
            "| ICT: One core system and its interfaces | £120,000 | nil | nil | Equal shares |",
            "| Together | £240,000 | £60,000 | nil | – |",
            "£51,889 of it (30.1%) comes to the General Fund",
            "Cuts of £40,000 are already in budgets",
            "Support services charged to the service today (£320,850)",
            "An earlier estimate of the saving was £150,000 a year (Report to the joint committee, 25 June 2008).",
            "The project brief asks for £300,000; the sources below come to as much, of which £240,000 is approved.",
            "£60,000 has been asked for from the fighting fund; none has been approved yet.",
            "A transition fund of £300,000 is shared by agreed shares.",
        ],
    );
}

#[test]
fn every_council_sees_what_it_would_pay() {
    let line = Forms::w().run();
    holds(
        &line,
        &[
            "The brief shares cost by agreed shares, agreed by East Kent Forum on 10 December 2008.",
            "Shared by agreed shares, each keeping its own income, Canterbury would pay £445,967 against £510,550 today, a saving of £64,583.",
            "Shared by agreed shares, with income pooled, Canterbury would pay £71,912 against £107,550 today, a saving of £35,638.",
            "Thanet would pay £62,323 against £107,915 today, a saving of £45,592.",
            "By equal shares, each keeping its own income, Shepway would pay £48,269 more; what the others gain would make that good and leave £172,500.",
            "With income pooled, no basis makes a council pay more than it does now.",
            "| Shepway | £26,059 less | £7,067 less | £33,622 less | £48,269 more | £42,653 less |",
            "| Shepway | £297,311 | £316,303 | £289,748 | £371,639 | £280,717 |",
        ],
    );
}

#[test]
fn cash_and_its_worth_stand_year_by_year() {
    holds(
        &Forms::w().run(),
        &[
            "| Year 0 (2009/10) | nil | £240,000 | -£240,000 | -£240,000 |",
            "| Year 2 (2011/12) | £172,500 | nil | £172,500 | -£32,500 |",
            "so that each pound spent brings back £2.52.",
            "At the saving of year 5, one-off costs are covered in 1.6 years.",
            "| Most likely | £451,765 | 2.2 years |",
            "| Low case: savings at worst, one-off costs at worst | £301,818 |",
            "| Without new income | £196,771 | – |",
            "| Savings one year late | £271,847 | – |",
            "| ICT costs 10% more | £439,765 | – |",
            "| ICT costs 200% more | £211,765 | – |",
            "If savings fall by 60.3%, the project breaks even.",
        ],
    );
}

#[test]
fn unit_costs_stand_beside_their_median() {
    holds(
        &Forms::w().run(),
        &[
            "Counted in applications, one unit of work costs the four councils together £385.83: from £359.54 in Canterbury to £430.24 in Dover, with a median of £386.46.",
            "it would cost £39,619 less. That is an indicative gap, not a saving.",
            "| Cost for each inhabitant | £3.50 | £3.54 | £3.09 | £3.31 | £3.37 |",
            "All councils report all three indicators asked for.",
        ],
    );
}

#[test]
fn opinions_stand_beside_what_the_returns_show() {
    holds(
        &Forms::w().run(),
        &[
            "expects it to bring about seven of the ten outcomes",
            "Building control core 2 of 4, Document management 2 of 3, CRM 3 of 4",
            "| Yes | Yes: two posts have been vacant for more than six months |",
            "| Partly | Cuts already in budgets: £40,000 |",
        ],
    );
}

#[test]
fn risks_are_told_group_by_group_with_where_views_differ() {
    holds(
        &Forms::w().run(),
        &[
            "Cost is not reduced: the highest rating is 16 of 25 (Shepway), red; ratings go from 8 to 16, so views differ.",
            "Service dips while it changes: the highest rating is 12 of 25 (Dover), amber; ratings go from 8 to 12.",
            "Other partnerships and aims suffer: the highest rating is 12 of 25 (Shepway), amber; ratings go from 4 to 12, so views differ.",
            "Risks and their cost would be shared by agreed shares.",
        ],
    );
}

#[test]
fn contracts_and_systems_are_told_with_what_to_do_by_when() {
    holds(
        &Forms::w().run(),
        &[
            "Canterbury and Shepway use Idox Uniform for building control core; Dover uses Northgate M3; Thanet uses Ocella Ocella2.",
            "Canterbury and Shepway use Idox DMS for document management; Dover uses Anite @Work. Thanet reported no system for it.",
            "all contracts could end together on 1 April 2010 at an exit cost that is in the exempt annex, or on 1 October 2012 at no exit cost; notice on K2 (Dover) would be needed by 31 March 2009 and on K4 (Thanet) by 31 December 2009.",
            "Thanet could join from 2 June 2009; Shepway could join from 1 January 2010; Canterbury and Dover could join from 1 April 2010.",
        ],
    );
}

#[test]
fn an_exit_that_is_not_known_makes_the_day_a_not_later_than() {
    let line = changed(&["DOV CON_early_exit 1 = Not known"]).run();
    assert_eq!(
        says(&line, "say:alignment"),
        "On the dates supplied, all contracts could end together not later than 1 October 2012 at no exit cost; it \
         may be sooner if K2 (Dover) can be left early; notice on K4 (Thanet) would be needed by 30 June 2012."
    );
}

#[test]
fn staff_and_law_are_told_with_rightful_names() {
    let line = Forms::w().run();
    holds(
        &line,
        &[
            "section 113 of the Local Government Act 1972",
            "section 1 of the Local Authorities (Goods and Services) Act 1970",
            "The councils were not asked in this round about advice on the transfer of staff (TUPE)",
        ],
    );
    let text = text(&line);
    for slip in ["Councils and Services Act", "LGA 1972", "tbc", "recommend that"] {
        assert!(!text.contains(slip), "{slip}");
    }
    let mut asked = Forms::w();
    let project = asked.programme.projects.iter_mut().find(|own| &*own.code == "H").unwrap();
    project.groups.push(Group::Implications);
    let answers = [
        ("tupe_advice_taken", "Yes"),
        ("staff_convergence", "Some"),
        ("delegation_needed", "Not known"),
        ("constitution_change", "No"),
        ("statutory_roles", "None"),
        ("equality", "None"),
        ("community_safety", "None"),
        ("ward", "None"),
        ("property", "One office would close."),
        ("communications", "None"),
        ("workforce", "None"),
        ("health_safety", "None"),
    ];
    let answer = |forms: Forms, (name, value): &(&str, &str)| {
        forms.with(&format!("CAN IMP_{name} = {value}")).with(&format!("DOV IMP_{name} = {value}"))
    };
    let asked = answers.iter().fold(asked, answer).with("CAN IMP_tupe_advice_taken = No").run();
    holds(&asked, &["| Advice on transfer of staff (TUPE) taken | No | Yes |"]);
    assert_eq!(says(&asked, "say:tupe"), "");
}

#[test]
fn the_way_out_has_its_notice_and_cost() {
    holds(
        &Forms::w().run(),
        &[
            "A council that leaves option 1 later would give 12 months' notice and bear a cost put at £120,000.",
            "in another place the same guide gives £400,000 for each council",
        ],
    );
}

/// Redundancy and pensions are told line by line in the exempt annex alone.
#[test]
fn what_is_exempt_stands_in_a_sum_with_others() {
    let line = changed(&["P3_oneoff_category 2 = Redundancy"]).run();
    let text = text(&line);
    assert!(text.contains("| All else, with what is exempt |"), "{text}");
    assert!(!text.contains("Redundancy:") && !text.contains("£70,000"), "{text}");
}

#[test]
fn without_one_council_nothing_is_tested_and_it_says_of_whom_what_is_missing() {
    let line = Forms::w().without("THA").run();
    holds(
        &line,
        &[
            "The 10% criterion cannot be tested until Thanet has supplied its return.",
            "Option 1 is not tested: it cannot be until Thanet has supplied its return.",
            "| All councils asked | 3 of 4 | £1,223,290 (3 of 4 councils) | cannot be given yet | not tested: figures of Thanet not in use |",
            "A cost for all councils together cannot be given yet.",
            "Who would pay what cannot be worked out yet.",
            "| Saving | £95,000 | £172,500 |",
        ],
    );
    let text = text(&line);
    assert!(!text.contains("12.91%") && !text.contains("breaks even"));
}

#[test]
fn a_section_without_anything_to_say_is_named_once_at_the_end() {
    let nobody = without(&["CAN", "DOV", "SHE", "THA"]);
    let text = text(&nobody.run());
    let head = |section: &str| text.matches(section).count();
    // The financial case, benefits, delivery and exit rest on the brief as well.
    for (section, times) in [
        ("10 Performance, unit costs and quality", 1),
        ("14 Risks", 1),
        ("12 Financial case", 2),
        ("16 Delivery", 2),
        ("18 Exit strategy", 2),
    ] {
        assert_eq!(head(section), times, "{section}\n{text}");
    }
    let mut none = without(&["CAN", "DOV", "SHE", "THA"]);
    none.answers.clear();
    let text = self::text(&none.run());
    for section in
        ["4 Strategic overview", "12 Financial case", "15 Implications", "18 Exit strategy"]
    {
        assert_eq!(text.matches(section).count(), 1, "{section}\n{text}");
    }
}

#[test]
fn a_saving_without_new_income_is_not_told_twice() {
    let line = changed(&["P3_saving_category 3 = Staff"]).run();
    let said = says(&line, "say:test");
    assert!(said.contains("budget of £1.66 million; none of it is new income."), "{said}");
    assert!(!said.contains("without new income it is"), "{said}");
}

#[test]
fn a_doubt_of_quality_is_told_with_its_council_and_reason() {
    let line = changed(&["SHE SVC_quality_certainty = Low"]).run();
    let said = says(&line, "say:quality");
    assert!(said.contains("Shepway rates it as low."), "{said}");
    assert!(said.contains("Shepway gives as its reason: “"), "{said}");
    let line = each("SVC_quality_certainty = Low").run();
    assert!(
        says(&line, "say:quality").contains("Canterbury, Dover, Shepway and Thanet rate it as low")
    );
}

#[test]
fn a_profile_that_is_missing_is_asked_of_its_council() {
    let mut forms = Forms::w();
    forms.answers.remove(&(String::from("profile"), String::from("DOV"))).unwrap();
    let line = forms.run();
    holds(
        &line,
        &[
            "Dover has not returned its profile, so how it accounts is not known.",
            "Dover has not returned its profile, so its terms are not known.",
            "Dover has not named any yet.",
            "| Dover | The council profile has not been received | Accounting basis, terms of employment and powers |",
        ],
    );
}
