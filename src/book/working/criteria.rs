//! What is expected of the project, by the brief and the councils, beside what the returns show (domain.md A2).

use jiff::civil::Date;

use crate::{
    book::{
        board::Board,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        working::side::{Said, in_returns},
    },
    english,
    figure::Figure,
    form::{
        Grid, GridColumn, Group,
        brief::benefits,
        council_return::{criteria, service},
    },
    number::Exact,
    picture::Coverage,
};

pub(super) fn sheet(board: &Board<'_>) -> Sheet {
    let mut lead = said::coverage(board);
    let outcomes = board.combined("coverage.outcomes").and_then(|figure| figure.exact.as_deref());
    lead.extend(outcomes.and_then(|exact| {
        let (some, all) = exact.split_once('/')?;
        Some(format!("The project lead expects it to bring about {some} of the {all} outcomes."))
    }));
    lead.push(String::from(
        "Opinions are counted and never weighted. What the returns show stands beside them and does not \
         replace them.",
    ));
    let outcomes = Asked {
        name: "Criteria_outcomes",
        title: "Outcomes",
        brief: (&benefits::OUTCOMES, &benefits::OUTCOME_CONTRIBUTION),
        councils: (&criteria::OUTCOMES, &criteria::OUTCOME_CONTRIBUTION),
    };
    let criteria = Asked {
        name: "Criteria_answers",
        title: "Criteria",
        brief: (&benefits::CRITERIA, &benefits::CRITERION_ANSWER),
        councils: (&criteria::CRITERIA, &criteria::CRITERION_ANSWER),
    };
    Sheet {
        name: "Criteria",
        title: format!("{}: expected outcomes and criteria", board.project.title),
        lead,
        blocks: vec![Block::Table(table(board, &outcomes)), Block::Table(table(board, &criteria))],
        page: Page::Across,
    }
}

/// The same questions in the brief and, where they are asked, in the returns.
struct Asked {
    name: &'static str,
    title: &'static str,
    brief: (&'static Grid, &'static GridColumn),
    councils: (&'static Grid, &'static GridColumn),
}

fn table(board: &Board<'_>, asked: &Asked) -> Table {
    let each = board.project.asks(Group::Criteria);
    let councils = board.councils();
    let mut columns = vec![Column::text(asked.title, 50), Column::text("Project brief", 16)];
    if each {
        let names = councils.iter().map(|line| board.programme.name(&line.council));
        columns.extend(names.map(|name| Column::text(name, 16)));
        columns.push(Column::text("Councils’ answers", 30));
    }
    columns.push(Column::text("What the returns show", 60));
    let (grid, column) = asked.councils;
    let row = |(own, line): (&&'static crate::form::GridRow, &&'static crate::form::GridRow)| {
        let said = board.combined(&format!("criteria.{}", own.key)).and_then(Figure::text);
        let mut cells = vec![
            Cell::text(own.label),
            Cell::text(said.unwrap_or_else(|| String::from("not given [x]"))),
        ];
        if each {
            let said = in_returns(board, &criteria::SHEET, grid.at(line, column));
            cells.extend(said.iter().map(|said| match said {
                Ok(value) => Cell::text(value.to_string()),
                Err(words) => Cell::text(words),
            }));
            cells.push(Cell::text(counted(&said)));
        }
        cells.push(Cell::text(shown(board, own.key)));
        Row::of(cells)
    };
    Table {
        name: asked.name,
        title: asked.title.to_owned(),
        columns,
        rows: asked.brief.0.rows.iter().zip(grid.rows).map(row).collect(),
        filter: false,
        if_empty: String::new(),
    }
}

/// "2 Yes, 1 No: views differ".
fn counted(said: &[Said]) -> String {
    let mut counts: Vec<(String, usize)> = vec![];
    for answer in said.iter().flatten().map(ToString::to_string) {
        match counts.iter_mut().find(|(own, _)| *own == answer) {
            Some((_, count)) => *count += 1,
            None => counts.push((answer, 1)),
        }
    }
    let listed: Vec<String> =
        counts.iter().map(|(answer, count)| format!("{count} {answer}")).collect();
    match counts.len() {
        0 => String::from("none yet"),
        1 => listed.join(", "),
        _ => format!("{}: views differ", listed.join(", ")),
    }
}

/// What the figures say to a criterion or outcome; words where there is nothing to go by.
fn shown(board: &Board<'_>, key: &str) -> String {
    let nothing = || String::from("nothing to go by in the returns");
    let find = |key: &str| board.combined(key);
    let number = |key: &str| find(key).and_then(Figure::number).cloned();
    let said = match key {
        "o11" => number("staffing.vacancy_rate")
            .map(|rate| format!("{} of budgeted posts are vacant", english::percent(&rate))),
        "c11" => number("staffing.vacant_over_six_months").map(|posts| match posts.is_zero() {
            true => String::from("no post has been vacant for more than six months"),
            false => format!("yes: posts vacant for more than six months: {}", posts.rounded(0)),
        }),
        "o21" | "c12" => overlaps(board, |_| true),
        "o13" => scarce(board),
        "o24" => sites(board),
        "c33" => above_average(board),
        "c31" => overlaps(board, |function| function == "CRM"),
        "o22" => find("service.indicators").and_then(|figure| {
            let (some, all) = figure.exact.as_deref()?.split_once('/')?;
            Some(format!("all report {some} of the {all} indicators"))
        }),
        "o23" | "c21" => number("unit_cost.indicative_gap").map(|gap| {
            format!(
                "indicative gap of the dearest to the median, which is no saving: {}",
                english::pounds(&gap)
            )
        }),
        "c13" => shared(board),
        "c22" => board.figures.iter().find(|own| own.key == "appraisal.payback_years").and_then(
            |figure| {
                let option = figure.option?;
                let years = figure.number()?.rounded(1);
                Some(format!("option {option} pays back in {years} years"))
            },
        ),
        "c23" => number("savings.cuts")
            .or_else(|| number_of(board, "savings.cuts"))
            .map(|cuts| format!("cuts already in budgets: {}", english::pounds(&cuts))),
        _ => None,
    };
    said.unwrap_or_else(nothing)
}

/// A figure that only options have: the first of them, as they share it.
fn number_of(board: &Board<'_>, key: &str) -> Option<Exact> {
    board.figures.iter().find(|own| own.key == key && own.council.is_none())?.number().cloned()
}

/// "Building control core 2 of 4, CRM 3 of 4 use the same product".
fn overlaps(board: &Board<'_>, wanted: impl Fn(&str) -> bool) -> Option<String> {
    let functions = board.picture.functions.iter().filter(|function| wanted(&function.name));
    let said = functions.filter_map(|function| {
        let figure = board.figure("ict.overlap", None, None, Some(&function.name))?;
        let exact = figure.exact.as_deref()?.replace('/', " of ");
        Some(format!("{} {exact}", function.name))
    });
    let said: Vec<String> = said.collect();
    let some = !said.is_empty();
    some.then(|| format!("councils with the most common product: {}", said.join(", ")))
}

/// Who shares the service with whom already.
fn shared(board: &Board<'_>) -> Option<String> {
    let said = in_returns(board, &service::SHEET, &service::SHARED_ALREADY);
    let councils = board.councils();
    let yes = said.iter().zip(&councils).filter_map(|(said, line)| {
        let yes = said.as_ref().is_ok_and(|value| value.to_string() == "Yes");
        yes.then(|| board.programme.name(&line.council))
    });
    let names: Vec<&str> = yes.collect();
    let known = said.iter().any(Result::is_ok);
    known.then(|| match names.as_slice() {
        [] => String::from("no council shares any of it with another"),
        names => format!("shared with another council already: {}", english::list(names)),
    })
}

/// Who holds the posts with scarce skills.
fn scarce(board: &Board<'_>) -> Option<String> {
    let all = board.combined("staffing.scarce_posts")?.number()?;
    if all.is_zero() {
        return Some(String::from("no post is said to need a scarce skill"));
    }
    let own = |line: &&Coverage| {
        let figure = board.figure("staffing.scarce_posts", Some(&line.council), None, None)?;
        let posts = figure.number().filter(|posts| !posts.is_zero())?;
        Some(format!("{} {}", board.programme.name(&line.council), posts.rounded(0)))
    };
    let holders: Vec<String> = board.councils().iter().filter_map(own).collect();
    let only = if holders.len() == 1 { ", in one council only" } else { "" };
    Some(format!("posts with scarce skills{only}: {}", holders.join(", ")))
}

/// How many sites there are, what they cost and when their leases end.
fn sites(board: &Board<'_>) -> Option<String> {
    let sites = board.combined("service.sites")?.number()?;
    let mut said = vec![format!("sites: {}", sites.rounded(0))];
    let cost = board.combined("service.sites_cost").and_then(Figure::number);
    said.extend(cost.map(|cost| format!("they cost {} a year", english::pounds(cost))));
    let councils = board.councils();
    let members = board.programme.members(board.project).iter();
    let returns = members.flat_map(|project| {
        councils.iter().filter_map(|line| board.intake.return_of(&project.code, &line.council))
    });
    let usable = returns.filter(|ret| ret.refused.is_none());
    let rows = usable.flat_map(|ret| ret.used_rows(&service::SITE_TABLE));
    let ends = rows.filter_map(|row| row.get(&service::SITE_LEASE_END).date());
    let ends: Vec<Date> = ends.collect();
    if let (Some(first), Some(last)) = (ends.iter().min(), ends.iter().max()) {
        let [first_day, last_day] = [first, last].map(|day| english::date(*day));
        said.push(match first == last {
            true => format!("leases end on {first_day}"),
            false => format!("leases end from {first_day} to {last_day}"),
        });
    }
    Some(said.join("; "))
}

/// In how many years each indicator beat the average of its comparison group.
fn above_average(board: &Board<'_>) -> Option<String> {
    let one = |figure: &&Figure| {
        let (some, all) = figure.exact.as_deref()?.split_once('/')?;
        let council = board.programme.name(figure.council.as_deref()?);
        let years = if all == "1" { "year" } else { "years" };
        Some(format!("{council} {} in {some} of {all} {years}", figure.item.as_deref()?))
    };
    let all = board.figures.iter().filter(|own| own.key == "service.above_average");
    let said: Vec<String> = all.filter_map(one).collect();
    let some = !said.is_empty();
    some.then(|| format!("better than the average of the comparison group: {}", said.join(", ")))
}
