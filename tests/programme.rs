//! programme.toml: what the sample says, and what is said of one that is wrong.

use std::{fs, path::Path};

use lathe::programme::{Programme, Status};

fn sample() -> Programme {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent");
    Programme::load(&dir).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn east_kent_asks_five_profiles_and_42_returns() {
    let programme = sample();
    let issued = programme.projects.iter().map(|project| project.issued().count());
    let (councils, projects) = (programme.councils.len(), programme.projects.len());
    assert_eq!((councils, projects, issued.sum::<usize>()), (5, 10, 42));
    let expected = programme.projects.iter().map(|project| project.expected().count());
    assert_eq!(expected.sum::<usize>(), 40);
    let people: u32 = programme.councils.iter().take(4).map(|council| council.population).sum();
    assert_eq!(people, 492_453);
}

#[test]
fn building_control_is_asked_as_in_the_worked_example() {
    let programme = sample();
    let project = programme.project("H").unwrap();
    assert_eq!(project.folder(), "H-building-control");
    assert_eq!(project.functions, ["Plan checking", "Site inspection", "Dangerous structures"]);
    assert_eq!(project.ict_functions, ["Building control core", "Document management", "CRM"]);
    let families = project.families.iter().map(|family| (&*family.name, family.head));
    let expected = [("Manager", true), ("Senior", false), ("Surveyor", false), ("Admin", false)];
    assert_eq!(Vec::from_iter(families), expected);
    assert!(project.indicators.iter().all(|indicator| indicator.polarity == "High"));
    assert_eq!((project.indicators.len(), &*project.volume_unit), (3, "applications"));
    assert_eq!((project.groups.len(), project.go_live.to_string()), (0, "2010-04-01".into()));
    assert_eq!(project.status("ASH"), Some(&Status::Optional));
}

/// What is wrong with the small programme of tests/data after some of its text is replaced.
fn report(edits: &[(&str, &str)]) -> String {
    let mut text = include_str!("data/programme.toml").to_owned();
    for (old, new) in edits {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    match Programme::parse(&text, "programme.toml") {
        Ok(_) => String::from("nothing is wrong"),
        Err(mistakes) => mistakes.to_string(),
    }
}

/// What is replaced, and by what.
type Edit = (&'static str, &'static str);

const SLIPS: &[(&str, &[Edit])] = &[
    ("nothing changed", &[]),
    // What is not TOML.
    ("no quotation marks", &[("\"Thanet\"", "Thanet")]),
    ("quotation marks as Word makes them", &[("\"Thanet\"", "“Thanet”")]),
    ("a quotation mark not closed", &[("\"Thanet\"", "\"Thanet")]),
    ("a quotation mark within the text", &[("\"Thanet\"", "\"Thanet \"new\"\"")]),
    ("a date with slashes", &[("2010-04-01", "01/04/2010")]),
    ("a date in words", &[("2010-04-01", "1 April 2010")]),
    ("a date of one digit", &[("2010-04-01", "2010-4-1")]),
    ("a date with hyphens the wrong way round", &[("2010-04-01", "01-04-2010")]),
    ("a day that does not exist", &[("2010-04-01", "2010-04-31")]),
    ("a number with a comma", &[("131_750", "131,750")]),
    ("a number in pounds", &[("pct_time = 50", "pct_time = £50")]),
    ("a number with its unit", &[("pct_time = 50", "pct_time = 50%")]),
    ("a number with a nought in front", &[("131_750", "0131750")]),
    ("a colon for the equals sign", &[("round = ", "round: ")]),
    ("no equals sign", &[("round = ", "round ")]),
    ("a note without its #", &[("[calendar]", "Dates of next year to follow\n[calendar]")]),
    ("nothing after the equals sign", &[("\"2009 spring\"", "")]),
    ("a capital letter", &[("head = true", "head = True")]),
    ("an unquoted word in curly brackets", &[("DOV = \"in\"", "DOV = in")]),
    ("a comma missing", &[("\"sites\"", "\"sites\" \"forecast\"")]),
    ("a list not closed", &[("[\"DDC\"]", "[\"DDC\"")]),
    ("curly brackets not closed", &[("ASH = \"optional\" }", "ASH = \"optional\"")]),
    ("a heading without its bracket", &[("[[council]]", "[[council]")]),
    ("a heading with a bracket too many", &[("[calendar]", "[calendar]]")]),
    ("one of two headings in single brackets", &[("[[project]]", "[project]")]),
    ("the only heading in single brackets", &[("[[calendar.meeting]]", "[calendar.meeting]")]),
    ("headings in single brackets", &[("[[project]]", "[project]"), ("[[project]]", "[project]")]),
    ("a key twice", &[("round = ", "title = ")]),
    ("a backslash", &[("\"Thanet\"", "\"Isle\\Thanet\"")]),
    // Keys.
    ("a key misspelt", &[("volume_unit", "volume_units")]),
    ("a key unlike any other", &[("lead = ", "sponsor = \"A. Member\"\nlead = ")]),
    (
        "a key under the wrong heading",
        &[("base_year = \"2008/09\"\n", ""), ("pct_time", "base_year = \"2008/09\"\npct_time")],
    ),
    (
        "keys left out",
        &[
            ("title = \"East Kent\"\n", ""),
            ("population = 131_750", ""),
            ("returns_due = 2009-02-27", ""),
        ],
    ),
    ("a heading misspelt", &[("[[council]]", "[[councl]]")]),
    ("a key above its heading", &[("[calendar]\nreturns_due", "returns_due")]),
    (
        "no councils",
        &[
            ("[[council]]", "[[borough]]"),
            ("[[council]]", "[[borough]]"),
            ("[[council]]", "[[borough]]"),
        ],
    ),
    // Values of the wrong type.
    ("a number in quotation marks", &[("131_750", "\"131,750\"")]),
    ("nobody lives there", &[("131_750", "0")]),
    ("half a person", &[("131_750", "131.75")]),
    ("more people than there are", &[("131_750", "131_750_000_000")]),
    ("text for a list", &[("[\"sites\"]", "\"sites\"")]),
    ("a number for text", &[("\"2009 spring\"", "2009")]),
    ("an empty text", &[("\"2009 spring\"", "\" \"")]),
    ("a text of two lines", &[("\"2009 spring\"", "\"\"\"2009\nspring\"\"\"")]),
    ("a date in quotation marks is good", &[("2010-04-01", "\"01/04/2010\"")]),
    ("a date in quotation marks that does not exist", &[("2010-04-01", "\"31/04/2010\"")]),
    ("a date with two digits for the year", &[("2010-04-01", "\"01/04/10\"")]),
    ("a date of another century", &[("2010-04-01", "2100-04-01")]),
    ("a date with the time of day", &[("2010-04-01", "2010-04-01T10:00:00")]),
    ("a year", &[("\"2008/09\"", "\"2008/10\"")]),
    ("a year as a number", &[("\"2008/09\"", "2008")]),
    // Codes and names.
    ("a code in small letters", &[("code = \"THA\"", "code = \"tha\"")]),
    ("a code that is no name of a file", &[("code = \"THA\"", "code = \"T/A\"")]),
    ("a code that Windows keeps", &[("code = \"THA\"", "code = \"CON\"")]),
    ("a code that a form has", &[("code = \"THA\"", "code = \"BRIEF\"")]),
    ("two councils of one code", &[("code = \"THA\"", "code = \"DOV\"")]),
    (
        "two councils of one name",
        &[("aliases = [\"DDC\"]", "aliases = [\"thanet-district council\"]")],
    ),
    ("two projects of one code", &[("code = \"F\"", "code = \"H\"")]),
    ("two projects of one slug", &[("\"call-centre\"", "\"building-control\"")]),
    ("a slug with capital letters and spaces", &[("\"building-control\"", "\"Building Control\"")]),
    ("a slug that leaves the folder", &[("\"building-control\"", "\"../forms\"")]),
    ("a slug that Windows keeps", &[("\"building-control\"", "\"aux\"")]),
    // Lists.
    ("no functions", &[("[\"Plan checking\", \"Site inspection\"]", "[]")]),
    ("a function twice", &[("\"Site inspection\"", "\"Plan-checking\"")]),
    ("a function with a semicolon", &[("\"Site inspection\"", "\"Sites; visits\"")]),
    ("no head of service", &[("head = true", "head = false")]),
    ("two heads of service", &[("\"Surveyor\"", "{ name = \"Surveyor\", head = true }")]),
    ("a key of a family misspelt", &[("head = true", "heads = true")]),
    ("an indicator as text", &[("indicators = []", "indicators = [\"Calls answered\"]")]),
    ("an indicator of no known direction", &[("polarity = \"High\"", "polarity = \"Up\"")]),
    ("a group misspelt", &[("\"sites\"", "\"site\"")]),
    ("a group there is not", &[("\"sites\"", "\"weather\"")]),
    ("the core as a group", &[("\"sites\"", "\"core\"")]),
    // Participation.
    ("a council misspelt", &[("THA = \"in\"", "THN = \"in\"")]),
    ("a council by its name", &[("THA = \"in\"", "Thanet = \"in\"")]),
    ("a council there is not", &[("THA = \"in\"", "MED = \"in\"")]),
    ("a status misspelt", &[("\"optional\"", "\"optonal\"")]),
    ("a status there is not", &[("\"optional\"", "\"maybe\"")]),
    ("a status that is no text", &[("ASH = \"optional\"", "ASH = true")]),
    ("out without a minute", &[("DOV = \"in\"", "DOV = \"out\"")]),
    (
        "out with a minute and no date",
        &[("DOV = \"in\"", "DOV = { status = \"out\", minute = \"12\" }")],
    ),
    (
        "out with both is good",
        &[("DOV = \"in\"", "DOV = { status = \"out\", minute = \"12\", date = 2009-01-14 }")],
    ),
    ("in with a minute", &[("DOV = \"in\"", "DOV = { status = \"in\", minute = \"12\" }")]),
    ("nobody takes part", &[("DOV = \"in\", THA = \"in\", ASH", "ASH")]),
    // Scenarios, calendar, thresholds, aliases.
    ("a scenario without an unknown council", &[("\"without-THA\"", "\"without-THN\"")]),
    ("a scenario of another name", &[("\"without-THA\"", "\"THA\"")]),
    ("the full set as a scenario", &[("\"without-THA\"", "\"all\"")]),
    (
        "a scenario that changes nothing",
        &[("\"with-ASH\"", "\"with-DOV\""), ("\"without-THA\"", "\"without-ASH\"")],
    ),
    ("a scenario without two councils is good", &[("\"without-THA\"", "\"without-THA-DOV\"")]),
    ("a bank holiday twice", &[("2009-04-13", "2009-04-10")]),
    ("a meeting of an unknown council", &[("council = \"THA\"", "council = \"Tanet\"")]),
    ("a meeting without dates", &[("dates = [2009-07-14]", "date = 2009-07-14")]),
    ("a threshold out of range", &[("pct_time = 50", "pct_time = 500")]),
    ("thresholds that contradict each other", &[("pct_time = 50", "sheet_answered_pct = 96")]),
    ("an alias under two names", &[("[\"NPS\"]", "[\"NPS\", \"IDOX PLC\"]")]),
    ("a name that counts as another's alias", &[("[\"NPS\"]", "[\"idox\"]")]),
    ("an alias as text", &[("[\"NPS\"]", "\"NPS\"")]),
    ("a threshold of half a day", &[("pct_time = 50", "data_age_days = 0.5")]),
    ("a risk amber from where it is red", &[("pct_time = 50", "risk_amber = 15")]),
    // Cases.
    ("a case of one project", &[("[\"F\", \"H\"]", "[\"F\"]")]),
    ("a case of a project twice", &[("[\"F\", \"H\"]", "[\"F\", \"F\"]")]),
    ("a case of a project there is not", &[("[\"F\", \"H\"]", "[\"F\", \"Q\"]")]),
    ("a case of a project of small letters", &[("[\"F\", \"H\"]", "[\"F\", \"h\"]")]),
    ("a case with a project's code", &[("code = \"FH\"", "code = \"H\"")]),
    ("a case with a project's slug", &[("\"contact-and-control\"", "\"call-centre\"")]),
    ("a case without a title", &[("title = \"Call centre and building control\"\n", "")]),
    ("a case in single brackets", &[("[[case]]", "[case]")]),
    // What savings are tested and money is discounted with.
    ("a basis misspelt", &[("\"gross_controllable\"", "\"gross_controlable\"")]),
    ("a basis there is not", &[("\"gross_controllable\"", "\"cash\"")]),
    (
        "a basis of one project that there is not",
        &[("groups = [\"sites\"]", "groups = [\"sites\"]\ntest_basis = \"net\"")],
    ),
    (
        "a basis of one project is good",
        &[("groups = [\"sites\"]", "groups = [\"sites\"]\ntest_basis = \"net_total\"")],
    ),
    ("fees in words", &[("groups = [\"sites\"]", "groups = [\"sites\"]\nfees = \"none\"")]),
    ("a discount rate as a fraction of a hundred", &[("3.5", "350")]),
    ("one rate for two", &[("[10, 200]", "[10]")]),
    ("rates the wrong way round", &[("[10, 200]", "[200, 10]")]),
    ("a rate for a list", &[("[10, 200]", "200")]),
    ("nobody is enough", &[("fewest_people = 5", "fewest_people = 0")]),
    (
        "fewer for an average than for a sum",
        &[("fewest_people = 5", "fewest_people = 5\nfewest_people_statistics = 3")],
    ),
    // Pay spines.
    ("a spine of no year", &[("[pay_spine.\"2008/09\"]", "[pay_spine.\"2008/11\"]")]),
    ("a spine without its year", &[("[pay_spine.\"2008/09\"]", "[pay_spine]")]),
    ("a spine point that is none", &[("34 = 28_353", "\"thirty-four\" = 28_353")]),
    ("a spine point without pay", &[("34 = 28_353", "34 = 0")]),
    ("a spine point with less pay than the one below", &[("34 = 28_353", "34 = 2_835.3")]),
    ("a spine point as text", &[("34 = 28_353", "34 = \"28,353\"")]),
    // Overrides.
    ("an override of a figure misspelt", &[("\"revenue.line.tra\"", "\"revenue.line.trs\"")]),
    ("an override of a figure that has none", &[("\"revenue.line.tra\"", "\"savings.met\"")]),
    ("an override by the name of a field", &[("\"revenue.line.tra\"", "\"REV_TRA_y0_budget\"")]),
    ("an override of a year far off", &[("value = 19_360", "year = \"2019/20\"\nvalue = 19_360")]),
    (
        "an override of a year where there is none",
        &[("\"revenue.line.tra\"", "\"staffing.headcount\"\nyear = \"2008/09\"")],
    ),
    ("an override without its reason", &[("why = \"Budget book 2008/09, page 31\"\n", "")]),
    ("an override without an end", &[("until = 2009-06-30\n", "")]),
    ("an override that ends before it begins", &[("until = 2009-06-30", "until = 2009-01-30")]),
    ("an override without a value", &[("value = 19_360\n", "")]),
    (
        "an override of a council that is only invited",
        &[("council = \"THA\"\nfigure", "council = \"ASH\"\nfigure")],
    ),
    (
        "an override of a project there is not",
        &[("project = \"H\"\ncouncil", "project = \"Q\"\ncouncil")],
    ),
    ("an override in single brackets", &[("[[override]]", "[override]")]),
];

#[test]
fn every_slip_has_a_line_and_a_way_out() {
    let mut table = String::new();
    for (name, edits) in SLIPS {
        table += &format!("{name}\n");
        for (old, new) in *edits {
            table += &format!("  - {}\n  + {}\n", old.replace('\n', "⏎"), new.replace('\n', "⏎"));
        }
        table += &format!("{}\n\n", report(edits));
    }
    insta::assert_snapshot!(table);
}

#[test]
fn all_mistakes_come_at_once_in_the_order_of_the_file() {
    let report = report(&[
        ("\"2009 spring\"", "“2009 spring”"),
        ("with-ASH", "with-AHS"),
        ("109_848", "109,848"),
        ("slug = \"building-control\"", "slug = \"Building control\""),
        ("service = \"building control\"\n", ""),
        ("2010-04-01", "01/04/2010"),
        ("head = true", "head = false"),
        ("\"sites\"", "\"sits\""),
        ("THA = \"in\", ASH", "Thanet = \"out\", ASH"),
        ("returns_due", "return_due"),
    ]);
    insta::assert_snapshot!(report, @r#"
    programme.toml, line 2: the quotation marks are curly, as Word makes them. Type straight ones: "2009 spring"
    programme.toml, line 8: scenario "with-AHS": there is no council with the code "AHS". Did you mean ASH?
    programme.toml, line 15: write the number without commas: 109_848
    programme.toml, line 29: project H: service is missing. Add a line such as: service = "building control"
    programme.toml, line 31: project H: slug "Building control" cannot be part of a folder's name. Use a to z, 0 to 9 and single hyphens, at most 40: slug = "building-control"
    programme.toml, line 34: dates are written year-month-day: 2010-04-01
    programme.toml, line 37: project H: no job family is marked as leading the service. Mark one: { name = "Manager", head = true }
    programme.toml, line 40: project H: there is no group of questions "sits". Did you mean "sites"?
    programme.toml, line 41: project H: there is no council with the code "Thanet". Did you mean THA?
    programme.toml, line 41: project H: Thanet is out, but not by which minute and when. Write: Thanet = { status = "out", minute = "Cabinet 45", date = 2009-01-14 }
    programme.toml, line 58: calendar: "return_due" is not known here. Did you mean "returns_due"?
    "#);
}

#[test]
fn nine_indicators_are_more_than_the_form_has_rows() {
    let nine: Vec<String> = (1..=9)
        .map(|n| format!("{{ code = \"CC{n}\", label = \"Calls\", polarity = \"High\" }}"))
        .collect();
    let list = format!("indicators = [{}]", nine.join(", "));
    insta::assert_snapshot!(report(&[("indicators = []", &list)]), @"programme.toml, line 55: project F: there are 9 indicators, but the form has room for 8. Leave some out.");
}

#[test]
fn a_slip_in_the_sample_is_named_with_its_line() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent/programme.toml");
    let text = fs::read_to_string(file).unwrap();
    let slips =
        [("round = \"2009 spring\"", "rond = \"2009 spring\""), ("CAN = \"in\"", "CANT = \"in\"")];
    let broken = slips.iter().fold(text, |text, (old, new)| text.replacen(old, new, 1));
    let line = |new| broken.lines().position(|line| line.contains(new)).unwrap() + 1;
    let report = Programme::parse(&broken, "programme.toml").unwrap_err().to_string();
    let expected = [
        format!(
            "programme.toml, line {}: the programme: \"rond\" is not known here. Did you mean \"round\"?",
            line("rond")
        ),
        format!(
            "programme.toml, line {}: project A: there is no council with the code \"CANT\". Did you mean CAN?",
            line("CANT")
        ),
    ];
    assert_eq!(report, expected.join("\n"));
}

#[test]
fn a_file_that_is_not_there_or_no_text_is_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let sentence = || {
        let error = format!("{:#}", Programme::load(dir.path()).unwrap_err());
        error.replace(&dir.path().display().to_string(), "DIR").replace('\\', "/")
    };
    insta::assert_snapshot!(sentence(), @"There is no DIR/programme.toml. Go to the folder of your programme, or make a new one: lathe init DIR");
    fs::write(dir.path().join("programme.toml"), b"title = \"East Kent\"\nunit = \"\xa3\"\n")
        .unwrap();
    insta::assert_snapshot!(sentence(), @"DIR/programme.toml, line 2: this is not plain UTF-8 text. Save it again as UTF-8 (in Notepad: Save As, Encoding: UTF-8).");
    fs::write(dir.path().join("programme.toml"), b"\xff\xfet\0i\0").unwrap();
    insta::assert_snapshot!(sentence(), @"DIR/programme.toml, line 1: this is not plain UTF-8 text. Save it again as UTF-8 (in Notepad: Save As, Encoding: UTF-8).");
}

#[test]
fn notepad_may_mark_and_end_lines_in_its_own_way() {
    let text = include_str!("data/programme.toml").replace('\n', "\r\n");
    assert!(Programme::parse(&format!("\u{feff}{text}"), "programme.toml").is_ok());
}

#[test]
fn no_text_stops_the_reading() {
    let text = include_str!("data/programme.toml");
    for (at, letter) in text.char_indices() {
        let curly = format!("{}“{}", &text[..at], &text[at + letter.len_utf8()..]);
        for text in [&text[..at], &curly] {
            if let Err(mistakes) = Programme::parse(text, "programme.toml") {
                let report = mistakes.to_string();
                let names_its_line = |line: &str| line.starts_with("programme.toml, line ");
                assert!(report.lines().all(names_its_line), "{report}");
            }
        }
    }
}

/// What a new programme may take the # away from is good as it stands there.
#[test]
fn every_setting_that_the_template_shows_can_be_switched_on() {
    let text = include_str!("../src/init/programme.toml");
    let case = "# projects = [\"A\", \"B\"]\n";
    let second = "[[project]]\ncode = \"B\"\nslug = \"streets\"\n";
    let start = text.find("\n[[project]]").unwrap() + 1;
    let end = start + text[start..].find("\n\n").unwrap();
    let project = text[start..end]
        .replace("[[project]]\ncode = \"A\"\nslug = \"waste-collection\"\n", second);
    assert!(text.contains(case) && project.starts_with(second));
    let mut on = String::new();
    let mut open = false;
    for line in text.lines() {
        open = line.starts_with("# [") || open && line.starts_with("# ");
        on += if open { &line[2..] } else { line };
        on += "\n";
    }
    on = on.replacen("[calendar]", &format!("{project}\n\n[calendar]"), 1);
    let programme = Programme::parse(&on, "programme.toml").unwrap_or_else(|all| panic!("{all}"));
    assert_eq!((programme.cases.len(), programme.cases[0].of.len()), (1, 2));
    assert_eq!((programme.pay_spines.len(), programme.estimates.len()), (1, 1));
}

#[test]
fn a_case_is_asked_what_its_projects_are_asked() {
    let programme = sample();
    let case = &programme.cases[0];
    let of: Vec<&str> = case.of.iter().map(|project| &*project.code).collect();
    assert_eq!((&*case.project.folder(), of), ("CD-revenues-and-benefits", vec!["C", "D"]));
    assert_eq!((case.project.expected().count(), case.project.transfer_payments), (4, true));
    assert_eq!((case.project.functions.len(), &*case.project.volume_unit), (12, ""));
    assert_eq!(case.project.families.iter().filter(|family| family.head).count(), 1);
}
