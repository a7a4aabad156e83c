//! The progress report to the joint committee (domain.md E5), made afresh by each run.

use super::{
    case::{BUDGET, Case, Values, Wanted, date, plural, text},
    front,
    kind::Kind,
    risks, table,
};
use crate::{
    answer::Value,
    book::{self, Standing},
    english,
    fact::gate::{GATES, Gates},
    figure::{Amount, Ask, Figure},
    form::{Field, brief::overview as brief},
    number::Exact,
    picture::{State, Told},
    programme::{Code, Project, Status},
    sentence,
    word::{Block, Table},
};

/// The gate from which on a service is shared.
const LIVE: usize = 9;

/// A project or case, with how it stands.
struct Line<'a> {
    case: Case<'a>,
    is_case: bool,
    standing: Standing,
    option: Option<u32>,
}

impl<'a> Line<'a> {
    /// Those consolidated: projects, then cases.
    fn all(told: &Told<'a>) -> Vec<Line<'a>> {
        let of = |project: &'a Project| {
            let own = told.picture.project(&project.code)?;
            Some(Line {
                case: Case::new(told, project, own, Kind::ProgressReport),
                is_case: told.programme.project(&project.code).is_none(),
                standing: Standing::of_project(told, project)?,
                option: sentence::tested(told, own),
            })
        };
        told.programme.subjects().filter_map(of).collect()
    }

    /// "H Building control".
    fn title(&self) -> String {
        format!("{} {}", self.case.project.code, self.case.project.title)
    }

    fn gates(&self) -> Gates<'_> {
        Gates::of(self.case.brief())
    }

    /// Returns in use, and returns expected.
    fn returns(&self) -> (usize, usize) {
        let lines = || self.case.own.expected();
        (lines().filter(|line| line.state == State::Used).count(), lines().count())
    }

    fn money(&self, field: &Field) -> Option<Exact> {
        match self.case.brief()?.used(field) {
            Some(Value::Number(number)) => Some(Exact::from(*number)),
            _ => None,
        }
    }
}

pub(super) fn values(told: &Told<'_>, values: &mut Values) {
    let say = |sentence: &str, form: &str, quoted: &[(&str, &str)]| {
        told.wording.say(sentence, form, quoted)
    };
    let title = say("progress.title", "some", &[("programme", &told.programme.title)]);
    front::edges(told, title.clone(), values);
    values.text("fig:title", title);
    values.text("fig:committee", told.programme.committee.clone());
    let lines = Line::all(told);
    values.text("say:summary", summary(told, &lines));
    values.passage("if:lines", !lines.is_empty());
    values.table("block:gates", gates(told, &lines));
    values.table("block:standing", standing(told, &lines));
    values.text("say:rule", book::STANDING_RULE);
    let decisions = decisions(told, &lines);
    values.passage("if:decisions", !decisions.rows.is_empty());
    values.passage("if:no_decisions", decisions.rows.is_empty());
    values.table("block:decisions", decisions);
    let fund = fund(told, &lines);
    values.passage("if:fund", !fund.rows.is_empty());
    values.passage("if:no_fund", fund.rows.is_empty());
    values.table("block:fund", fund);
    values.table("block:savings", savings(told, &lines));
    values.text("say:live", live(told, &lines));
    values.table("block:load", load(told));
    let red = red_risks(told, &lines);
    values.passage("if:red", !red.rows.is_empty());
    values.passage("if:no_red", red.rows.is_empty());
    values.table("block:red", red);
    values.blocks("block:coverage", coverage(told, &lines));
    let quoted = [
        ("run", &*told.run.name),
        ("as_at", &english::date(told.run.as_at)),
        ("reference", &english::date(told.run.reference_date)),
    ];
    values.text("say:run", say("progress.run", "some", &quoted));
}

/// How many returns are in use, and how many tests are met. Cases are told of in the tables alone.
fn summary(told: &Told<'_>, lines: &[Line<'_>]) -> String {
    let projects: Vec<&Line<'_>> = lines.iter().filter(|line| !line.is_case).collect();
    let used: usize = projects.iter().map(|line| line.returns().0).sum();
    let of: usize = projects.iter().map(|line| line.returns().1).sum();
    let tests = |met| projects.iter().filter(|line| line.standing.met == met).count();
    let count = |sentence: &str, number| {
        told.wording.say(sentence, plural(number), &[("number", &english::count(number))])
    };
    let (form, said) = match projects.len() {
        0 => ("none", String::new()),
        some => ("some", count("progress.projects", some)),
    };
    let quoted = [
        ("projects", &*said),
        ("used", &english::count(used)),
        ("of", &english::count(of)),
        ("met", &count("progress.met", tests(Some(true)))),
        ("not_met", &count("progress.not_met", tests(Some(false)))),
        ("open", &count("progress.untested", tests(None))),
    ];
    told.wording.say("progress.summary", form, &quoted)
}

/// Which gate each has reached, and which is next.
fn gates(told: &Told<'_>, lines: &[Line<'_>]) -> Table {
    let name = |gate: usize| {
        let name = told.wording.say("gate.name", GATES[gate], &[]);
        format!("{} {}", GATES[gate], english::capital(&name))
    };
    let none = || told.wording.say("progress.none", "gate", &[]);
    let row = |line: &&Line<'_>| {
        let gates = line.gates();
        let next = gates.next().filter(|_| !gates.is_empty());
        vec![
            line.title(),
            english::capital(&line.case.project.lead),
            gates.reached().map_or_else(none, name),
            next.map_or_else(none, |(gate, _)| name(gate)),
            next.and_then(|(_, day)| day).map_or_else(none, english::date),
        ]
    };
    Table {
        title: String::from("Gates"),
        description: String::from("The gate that each project has passed, and the next."),
        columns: vec![
            table::text("Service", 44),
            table::text("Lead", 36),
            table::text("Last gate passed", 44),
            table::text("Next gate", 44),
            table::text("Expected", 32),
        ],
        rows: lines.iter().filter(|line| !line.is_case).map(|line| row(&line)).collect(),
        total: false,
    }
}

/// What the returns show, and how each stands.
fn standing(told: &Told<'_>, lines: &[Line<'_>]) -> Table {
    let row = |line: &Line<'_>| {
        let (used, of) = line.returns();
        let ask = Ask { key: "revenue.gross_controllable", column: Some(BUDGET), ..Ask::default() };
        let gross = line.case.ask(ask);
        let cost = match gross.filter(|own| !own.missing.is_empty() && own.value.is_some()) {
            Some(own) => format!("{} ({})", line.case.cell(gross), line.case.share(own)),
            None => line.case.cell(gross),
        };
        vec![
            line.title(),
            format!("{used} of {of}"),
            cost,
            test(told, line.standing.met),
            line.standing.rag.word().to_owned(),
            english::capital(&line.standing.reasons.join("; ")),
        ]
    };
    Table {
        title: String::from("How each stands"),
        description: String::from(
            "Returns, cost today, the savings test, and how each stands and why.",
        ),
        columns: vec![
            table::text("Service", 42),
            table::number("Returns", 22),
            table::number("Cost today", 34),
            table::text("Savings test", 26),
            table::text("Stands at", 22),
            table::text("Because", 54),
        ],
        rows: lines.iter().map(row).collect(),
        total: false,
    }
}

fn test(told: &Told<'_>, met: Option<bool>) -> String {
    let form = match met {
        Some(true) => "met",
        Some(false) => "not_met",
        None => "open",
    };
    told.wording.say("progress.test", form, &[])
}

/// What briefs ask to be decided that has not been yet.
fn decisions(told: &Told<'_>, lines: &[Line<'_>]) -> Table {
    let row = |line: &Line<'_>| {
        let brief = line.case.brief()?;
        let asked = text(brief, &brief::DECISION_ASKED)?;
        let gates = line.gates();
        let (gate, day) = gates.next()?;
        let day = day.map_or_else(|| told.wording.say("progress.none", "day", &[]), english::date);
        let body = gates.body(gate);
        let body =
            if body.is_empty() { told.wording.say("progress.none", "gate", &[]) } else { body };
        Some(vec![line.title(), asked.to_owned(), body, day])
    };
    Table {
        title: String::from("Decisions"),
        description: String::from("What each project asks to be decided next, by whom and when."),
        columns: vec![
            table::text("Service", 44),
            table::text("What is asked", 84),
            table::text("Next body", 40),
            table::text("Expected", 32),
        ],
        rows: lines.iter().filter_map(row).collect(),
        total: false,
    }
}

const FUND: [(&Field, Option<&Field>); 3] = [
    (&brief::FIGHTING_FUND_REQUESTED, Some(&brief::FIGHTING_FUND_REQUESTED_ON)),
    (&brief::FIGHTING_FUND_APPROVED, Some(&brief::FIGHTING_FUND_APPROVED_ON)),
    (&brief::FIGHTING_FUND_RELEASED, Some(&brief::FIGHTING_FUND_RELEASED_ON)),
];

/// What is asked of the fighting fund, approved and released, and in all.
fn fund(told: &Told<'_>, lines: &[Line<'_>]) -> Table {
    let none = || told.wording.say("progress.none", "money", &[]);
    let mut sums: [Option<Exact>; 3] = [None, None, None];
    let mut rows: Vec<Vec<String>> = vec![];
    for line in lines.iter().filter(|line| !line.is_case) {
        let amounts = FUND.map(|(amount, _)| line.money(amount));
        if amounts.iter().all(Option::is_none) {
            continue;
        }
        let mut row = vec![line.title()];
        for ((amount, (_, on)), sum) in amounts.into_iter().zip(FUND).zip(&mut sums) {
            let Some(amount) = amount else {
                row.push(none());
                continue;
            };
            let day = on.and_then(|on| date(line.case.brief()?, on));
            let day = day.map_or_else(String::new, |day| format!(", {}", english::date(day)));
            row.push(format!("{}{day}", english::pounds(&amount)));
            *sum = Some(sum.take().map_or(amount.clone(), |sum| sum + amount));
        }
        rows.push(row);
    }
    if rows.len() > 1 {
        let mut row = vec![told.wording.say("progress.together", "some", &[])];
        row.extend(sums.map(|sum| sum.map_or_else(none, |sum| english::pounds(&sum))));
        rows.push(row);
    }
    Table {
        title: String::from("Fighting fund"),
        description: String::from("Asked for, approved and released, by project and together."),
        columns: vec![
            table::text("Service", 44),
            table::number("Asked for", 60),
            table::number("Approved", 48),
            table::number("Released", 48),
        ],
        total: rows.len() > 1,
        rows,
    }
}

/// What was named earlier, what the option is to save, and what the test makes of it: each apart.
fn savings(told: &Told<'_>, lines: &[Line<'_>]) -> Table {
    let row = |line: &Line<'_>| {
        let none = || told.wording.say("financial.untested", "figure", &[]);
        let of = |case| {
            let option = line.option?;
            let wanted =
                Wanted { key: "savings.year2", option: Some(option), case, ..Wanted::default() };
            line.case.number(wanted).map(english::pounds)
        };
        let earlier = line.money(&brief::PRIOR_ESTIMATE).as_ref().map(english::pounds);
        let low = line.case.find(Wanted {
            key: "savings.met",
            option: line.option,
            case: Some("low"),
            ..Wanted::default()
        });
        let low = match low.and_then(|own: &Figure| own.value.as_ref()) {
            Some(Amount::YesNo(met)) if line.option.is_some() => Some(*met),
            _ => None,
        };
        vec![
            line.title(),
            earlier.unwrap_or_else(|| told.wording.say("progress.none", "money", &[])),
            of(None).unwrap_or_else(none),
            test(told, line.standing.met),
            of(Some("low")).unwrap_or_else(none),
            test(told, low),
        ]
    };
    Table {
        title: String::from("Savings"),
        description: String::from("Savings named earlier, planned, and tested, by project."),
        columns: vec![
            table::text("Service", 50),
            table::number("Named earlier", 30),
            table::number("Planned, year 2", 33),
            table::text("Test", 27),
            table::number("Low case", 33),
            table::text("Test, low case", 27),
        ],
        rows: lines.iter().map(row).collect(),
        total: false,
    }
}

/// How many of the planned services are live, and so whether anything can have been realised.
fn live(told: &Told<'_>, lines: &[Line<'_>]) -> String {
    let projects = || lines.iter().filter(|line| !line.is_case);
    let live = projects().filter(|line| line.gates().passed(LIVE).is_some()).count();
    let quoted = [("number", &*english::count(live)), ("of", &english::count(projects().count()))];
    told.wording.say("progress.live", plural(live), &quoted)
}

/// Projects, advice and time by council.
fn load(told: &Told<'_>) -> Table {
    let share = |share: Option<Exact>| {
        let none = || told.wording.say("progress.none", "time", &[]);
        share.map_or_else(none, |share| english::percent(&share))
    };
    let row = |own: book::Borne<'_>| {
        vec![
            own.council.name.clone(),
            own.takes_part.to_string(),
            own.leads.to_string(),
            own.legal.to_string(),
            own.finance.to_string(),
            share(own.leaders),
            share(own.members),
        ]
    };
    Table {
        title: String::from("Load by council"),
        description: String::from("Projects, legal and financial advice, and officers' time."),
        columns: vec![
            table::text("Council", 34),
            table::number("Takes part in", 26),
            table::number("Leads", 22),
            table::number("Legal advice to", 28),
            table::number("Finance advice to", 28),
            table::number("Time of leaders", 31),
            table::number("Time of teams", 31),
        ],
        rows: book::borne(told).into_iter().map(row).collect(),
        total: false,
    }
}

/// The risks that any council rates red, the highest first.
fn red_risks(told: &Told<'_>, lines: &[Line<'_>]) -> Table {
    let mut rated: Vec<(usize, Vec<String>)> = vec![];
    for line in lines.iter().filter(|line| !line.is_case) {
        for risk in risks::risks(&line.case) {
            if risks::rating(&line.case, risk.score) == "red" {
                let score = format!("{} of 25", risk.score);
                let row = vec![
                    line.title(),
                    risk.name.to_owned(),
                    score,
                    told.wording.say("risk.colour", "red", &[]),
                    line.case.list(&risk.by),
                ];
                rated.push((risk.score, row));
            }
        }
    }
    rated.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    Table {
        title: String::from("Risks above the threshold"),
        description: String::from("Risks that a council rates red, and who rates them so."),
        columns: vec![
            table::text("Service", 48),
            table::text("Risk", 60),
            table::text("Rating", 28),
            table::text("Colour", 22),
            table::text("Rated so by", 42),
        ],
        rows: rated.into_iter().map(|(_, row)| row).collect(),
        total: false,
    }
}

/// What became of each return, by project and council.
fn coverage(told: &Told<'_>, lines: &[Line<'_>]) -> Vec<Block> {
    let asked = |code: &&Code| {
        lines.iter().any(|line| line.case.own.coverage.iter().any(|own| own.council == **code))
    };
    let councils: Vec<&Code> =
        told.programme.councils.iter().map(|council| &council.code).filter(asked).collect();
    let cell = |line: &Line<'_>, council: &Code| {
        let own = line.case.own.coverage.iter().find(|own| own.council == *council);
        let Some(own) = own else { return told.wording.say("progress.coverage", "not_asked", &[]) };
        let form = match (&own.participation, &own.state) {
            (Status::Out { .. }, _) => "out",
            (Status::Optional, State::Used) => "invited",
            (Status::Optional, _) => "invited_out",
            (_, State::Used) => "used",
            (_, State::NotReturned) => "not_returned",
            (_, State::Refused(_) | State::SetAside(_)) => "refused",
        };
        let clarify = own.participation == Status::ToBeClarified;
        let said = told.wording.say("progress.coverage", form, &[]);
        let open = if clarify {
            told.wording.say("progress.coverage", "clarify", &[])
        } else {
            String::new()
        };
        format!("{said}{open}")
    };
    let of = |group: &[&Code]| {
        let mut columns = vec![table::text("Service", 50)];
        columns.extend(group.iter().map(|code| table::text(told.programme.name(code), 30)));
        let row = |line: &Line<'_>| {
            let mut cells = vec![line.title()];
            cells.extend(group.iter().map(|code| cell(line, code)));
            cells
        };
        Block::Table(Table {
            title: String::from("Returns by project and council"),
            description: String::from("Whether each council's return is in use."),
            columns,
            rows: lines.iter().filter(|line| !line.is_case).map(row).collect(),
            total: false,
        })
    };
    councils.chunks(table::ACROSS).map(of).collect()
}
