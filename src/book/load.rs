//! The load on each council and leader over all projects: principle l asks for equal loads.

use std::collections::BTreeMap;

use crate::{
    answer::{Return, Value},
    book::{
        board::Board,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
    },
    english,
    form::{
        Field,
        brief::team::{
            FINANCE_LEAD_COUNCIL, LEADER_COUNCIL, LEADER_EMAIL, LEADER_NAME, LEADER_PCT_TIME,
            LEGAL_LEAD_COUNCIL, MEMBER_COUNCIL, MEMBER_PCT_TIME, MEMBER_TABLE,
        },
    },
    number::Exact,
    picture::Told,
    programme::{Code, Council, Programme},
};

/// What one council bears.
#[derive(Default)]
struct Load {
    takes_part: usize,
    leads: usize,
    legal: usize,
    finance: usize,
    /// Of its leaders and team members, in per cent of a person.
    leaders: Shares,
    members: Shares,
}

/// A sum of shares of time, in per cent.
#[derive(Default)]
struct Shares(Vec<Exact>);

/// A leader, told apart by e-mail address, or by name where there is none.
#[derive(Default)]
struct Leader {
    name: String,
    council: String,
    projects: Vec<Code>,
    time: Shares,
    /// Projects whose brief does not give the share of time.
    open: usize,
}

/// What one council bears, for a document. Times are parts of one person's.
pub(crate) struct Borne<'a> {
    pub(crate) council: &'a Council,
    pub(crate) takes_part: usize,
    pub(crate) leads: usize,
    pub(crate) legal: usize,
    pub(crate) finance: usize,
    pub(crate) leaders: Option<Exact>,
    pub(crate) members: Option<Exact>,
}

/// The load of every council over all projects that were consolidated.
pub(crate) fn borne<'a>(told: &Told<'a>) -> Vec<Borne<'a>> {
    let projects = told.programme.projects.iter();
    let boards: Vec<Board<'_>> =
        projects.filter_map(|project| Board::new(told, project).ok()).collect();
    let all = Loads::of(told.programme, &boards);
    let none = Load::default();
    let of = |council: &'a Council| {
        let load = all.councils.get(&council.code).unwrap_or(&none);
        Borne {
            council,
            takes_part: load.takes_part,
            leads: load.leads,
            legal: load.legal,
            finance: load.finance,
            leaders: load.leaders.part(),
            members: load.members.part(),
        }
    };
    told.programme.councils.iter().map(of).collect()
}

/// What councils and leaders bear, and in how many briefs it stands.
struct Loads<'a> {
    councils: BTreeMap<&'a Code, Load>,
    leaders: BTreeMap<String, Leader>,
    briefs: usize,
}

impl<'a> Loads<'a> {
    fn of(programme: &'a Programme, boards: &[Board<'a>]) -> Loads<'a> {
        let mut loads: BTreeMap<&Code, Load> = BTreeMap::new();
        let mut leaders: BTreeMap<String, Leader> = BTreeMap::new();
        let mut briefs = 0;
        for board in boards {
            for line in board.councils() {
                loads.entry(&line.council).or_default().takes_part += 1;
            }
            let Some(brief) = board.intake.brief(&board.project.code) else { continue };
            briefs += 1;
            let council = |field: &Field| Some(&programme.recognise(&text(brief, field)?)?.code);
            let time = number(brief, &LEADER_PCT_TIME);
            if let Some(code) = council(&LEADER_COUNCIL) {
                let load = loads.entry(code).or_default();
                load.leads += 1;
                load.leaders.0.extend(time.clone());
            }
            if let Some(code) = council(&LEGAL_LEAD_COUNCIL) {
                loads.entry(code).or_default().legal += 1;
            }
            if let Some(code) = council(&FINANCE_LEAD_COUNCIL) {
                loads.entry(code).or_default().finance += 1;
            }
            for row in brief.used_rows(&MEMBER_TABLE) {
                let named = programme.recognise(&row.used_text(&MEMBER_COUNCIL));
                let share = row.get(&MEMBER_PCT_TIME).number().map(Exact::from);
                if let (Some(council), Some(share)) = (named, share) {
                    loads.entry(&council.code).or_default().members.0.push(share);
                }
            }
            if let Some(name) = text(brief, &LEADER_NAME) {
                let key = text(brief, &LEADER_EMAIL).unwrap_or_else(|| name.clone()).to_lowercase();
                let leader = leaders.entry(key).or_default();
                let of =
                    council(&LEADER_COUNCIL).map_or("not given [x]", |code| programme.name(code));
                (leader.name, leader.council) = (name, of.to_owned());
                leader.projects.push(board.project.code.clone());
                leader.open += usize::from(time.is_none());
                leader.time.0.extend(time);
            }
        }
        Loads { councils: loads, leaders, briefs }
    }
}

pub(super) fn sheet(programme: &Programme, boards: &[Board<'_>]) -> Sheet {
    let Loads { councils, leaders, briefs } = Loads::of(programme, boards);
    Sheet {
        name: "Load",
        title: format!("{}: what each council and leader bears", programme.title),
        lead: vec![format!(
            "From the {} project briefs that are in use. Time is a share of one person’s; what a brief \
             does not say is not counted.",
            english::count(briefs)
        )],
        blocks: vec![
            Block::Table(by_council(programme, &councils)),
            Block::Table(by_leader(leaders.into_values().collect())),
        ],
        page: Page::Across,
    }
}

fn by_council(programme: &Programme, loads: &BTreeMap<&Code, Load>) -> Table {
    let none = Load::default();
    let row = |council: &Council| {
        let load = loads.get(&council.code).unwrap_or(&none);
        let count = |number: usize| Cell::count(number);
        Row::of(vec![
            Cell::text(&council.name),
            count(load.takes_part),
            count(load.leads),
            count(load.legal),
            count(load.finance),
            load.leaders.cell(),
            load.members.cell(),
        ])
    };
    Table {
        name: "Load_by_council",
        title: String::from("Load by council"),
        columns: vec![
            Column::text("Council", 30),
            Column::numbers("Takes part in"),
            Column::numbers("Leads"),
            Column::numbers("Gives legal advice to"),
            Column::numbers("Gives finance advice to"),
            Column::numbers("Time of its project leaders"),
            Column::numbers("Time of its team members"),
        ],
        rows: programme.councils.iter().map(row).collect(),
        filter: false,
        if_empty: String::new(),
    }
}

fn by_leader(mut leaders: Vec<Leader>) -> Table {
    leaders.sort_by(|one, other| one.projects.cmp(&other.projects));
    let row = |leader: &Leader| {
        let all: Exact = leader.time.0.iter().cloned().sum();
        let remark = match (all > Exact::from(100_u32), leader.open) {
            (true, _) => "more than one person’s time",
            (false, 0) => "none",
            (false, _) => "not every share of time is given",
        };
        Row::of(vec![
            Cell::text(&leader.name),
            Cell::text(&leader.council),
            Cell::text(english::list(&leader.projects)),
            leader.time.cell(),
            Cell::text(remark),
        ])
    };
    Table {
        name: "Load_by_leader",
        title: String::from("Project leaders"),
        columns: vec![
            Column::text("Leader", 30),
            Column::text("Council", 20),
            Column::text("Projects", 14),
            Column::numbers("Time in all"),
            Column::text("Remark", 24),
        ],
        rows: leaders.iter().map(row).collect(),
        filter: false,
        if_empty: String::from("No brief names a leader yet."),
    }
}

impl Shares {
    /// The sum, as a part of one person's time; none where none is given.
    fn part(&self) -> Option<Exact> {
        let sum: Exact = self.0.iter().cloned().sum();
        (!self.0.is_empty()).then(|| sum * Exact::ratio(1, 100))
    }

    fn cell(&self) -> Cell {
        match self.part() {
            None => Cell::words("not given [x]"),
            Some(part) => Cell::number(part, Look::Percent),
        }
    }
}

/// The text of an answer that may be used.
fn text(brief: &Return, field: &Field) -> Option<String> {
    match brief.used(field) {
        Some(Value::Text(text)) if !text.trim().is_empty() => Some(text.to_string()),
        _ => None,
    }
}

fn number(brief: &Return, field: &Field) -> Option<Exact> {
    match brief.used(field) {
        Some(Value::Number(number)) => Some(Exact::from(*number)),
        _ => None,
    }
}
