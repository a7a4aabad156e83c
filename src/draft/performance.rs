//! Section 10: what a unit of work costs, the indicators side by side, and how sure the councils are of quality.

use super::{
    case::{Case, Values, Wanted, paragraph, plural},
    side::{Place, Side, answered},
    table::{self, Line},
};
use crate::{
    english,
    figure::Ask,
    form::council_return::service::{
        PI_CODE, PI_TABLE, PI_VALUE_Y0, QUALITY_CERTAINTY, QUALITY_EVIDENCE,
    },
    number::Exact,
    programme::{Code, Indicator},
    word::{Block, Table},
};

/// A council's cost of a unit of work as a part of the median; there is none for all together.
const TO_MEDIAN: &str = "unit_cost.to_median";

const COSTS: [(&str, &str); 5] = [
    ("unit_cost.per_unit", "Cost of a unit of work"),
    (TO_MEDIAN, "The same against the median"),
    ("unit_cost.per_head", "Cost for each inhabitant"),
    ("unit_cost.per_fte", "Cost for each FTE"),
    ("unit_cost.of_running_cost", "Part of the council's running cost"),
];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let costs = Costs::of(case);
    values.text("say:unit_cost", costs.said(case));
    // Without every council there is no median to hold a cost against.
    let known = |key: &str| {
        key != TO_MEDIAN
            || case.number(Wanted { key: "unit_cost.median", ..Wanted::default() }).is_some()
    };
    let lines: Vec<Line<'_>> = COSTS
        .into_iter()
        .filter(|(key, _)| known(key))
        .map(|(key, label)| Line { label: label.to_owned(), ask: Ask { key, ..Ask::default() } })
        .collect();
    let shows = "What the service costs for each thing it serves, by council and together.";
    let tables = table::by_council(case, "Unit costs", shows, "Measure", &lines);
    values.blocks("block:unit_cost", tables);
    let asked = !case.project.indicators.is_empty();
    values.passage("if:indicators", asked);
    values.text("say:indicators", if asked { indicators(case) } else { String::new() });
    values.blocks("block:indicators", compared(case));
    let quality = [("How sure", &QUALITY_CERTAINTY), ("Why", &QUALITY_EVIDENCE)];
    let quality = quality.map(|(label, field)| (label.to_owned(), field));
    let quality = Side::new(case, Place::Returns, quality);
    let any = quality.any(case);
    values.blocks("block:quality", quality_table(case));
    let reported = case.used().any(|(_, ret)| ret.used_rows(&PI_TABLE).next().is_some());
    values.passage("if:section.10", any || !costs.each.is_empty() || reported);
}

/// What a unit of work costs.
struct Costs<'a> {
    together: Option<&'a Exact>,
    /// Each council's that can be given, the cheapest first.
    each: Vec<(&'a Code, &'a Exact)>,
    without: Vec<&'a Code>,
}

impl<'a> Costs<'a> {
    fn of(case: &'a Case<'_>) -> Costs<'a> {
        let key = "unit_cost.per_unit";
        let of = |council: &'a Code| {
            let wanted = Wanted { key, council: Some(&**council), ..Wanted::default() };
            Some((council, case.number(wanted)?))
        };
        let mut each: Vec<(&Code, &Exact)> = case.expected().into_iter().filter_map(of).collect();
        each.sort_by_key(|(_, cost)| *cost);
        let used = case.used().map(|(line, _)| &line.council);
        let without = used.filter(|council| !each.iter().any(|(own, _)| own == council)).collect();
        let together = case.number(Wanted { key, ..Wanted::default() });
        Costs { together, without, each }
    }

    fn said(&self, case: &Case<'_>) -> String {
        let pounds = english::pounds_and_pence;
        let edge = |edge: Option<&(&Code, &Exact)>| {
            edge.map(|(council, cost)| (case.programme.name(council).to_owned(), pounds(cost)))
                .unwrap_or_default()
        };
        let (cheapest, least) = edge(self.each.first());
        let (dearest, most) = edge(self.each.last());
        let number = |key| case.number(Wanted { key, ..Wanted::default() });
        let median = number("unit_cost.median").map(pounds).unwrap_or_default();
        let used: Vec<Code> = self.each.iter().map(|(council, _)| (*council).clone()).collect();
        let form = match (self.together, self.each.len()) {
            (_, 0) => "none",
            (Some(_), 1) => "only",
            (Some(_), _) => "all",
            (None, 1) => "some_one",
            (None, _) => "some",
        };
        let quoted = [
            ("unit", &*case.project.volume_unit),
            ("councils", &case.councils(&used)),
            ("cost", &self.together.map(pounds).unwrap_or_default()),
            ("least", &least),
            ("cheapest", &cheapest),
            ("most", &most),
            ("dearest", &dearest),
            ("median", &median),
        ];
        let gap = number("unit_cost.indicative_gap").filter(|gap| !gap.is_zero());
        let gap = gap.map(|gap| {
            case.say("unit_cost.gap", "some", &[("gap", &english::pounds_in_words(gap))])
        });
        let missing = case.about("unit_cost.missing", &self.without);
        let said = case.say("unit_cost.said", form, &quoted);
        paragraph([said].into_iter().chain(missing).chain(gap))
    }
}

/// How many of the indicators all councils report.
fn indicators(case: &Case<'_>) -> String {
    let figure = case.find(Wanted { key: "service.indicators", ..Wanted::default() });
    let by_all = super::case::whole(figure.filter(|own| own.missing.is_empty()));
    let all = case.project.indicators.len();
    let form = match by_all {
        None => "some",
        Some(number) if number == all && all > 1 => "all",
        Some(number) => plural(number),
    };
    let number = english::count(by_all.unwrap_or_default());
    case.say("indicators", form, &[("number", &number), ("all", &english::count(all))])
}

/// Each indicator with what every council reports for the base year.
fn compared(case: &Case<'_>) -> Vec<Block> {
    let councils = case.expected();
    let of = |group: &[&Code]| {
        let mut columns = vec![table::text("Indicator", 34)];
        columns.extend(group.iter().map(|code| table::number(case.programme.name(code), 15)));
        columns.push(table::text("Which way", 18));
        let row = |indicator: &Indicator| {
            let mut cells = vec![indicator.label.clone()];
            cells.extend(group.iter().map(|code| reported(case, code, indicator)));
            cells.push(String::from(match &*indicator.polarity {
                "High" => "a high value is good",
                "Low" => "a low value is good",
                _ => "not said",
            }));
            cells
        };
        Block::Table(Table {
            title: String::from("Indicators"),
            description: String::from("What each council reports for each indicator this year."),
            columns,
            rows: case.project.indicators.iter().map(row).collect(),
            total: false,
        })
    };
    councils.chunks(table::ACROSS).map(of).collect()
}

fn reported(case: &Case<'_>, council: &Code, indicator: &Indicator) -> String {
    let Some((_, ret)) = case.used().find(|(line, _)| line.council == *council) else {
        return String::from("not returned");
    };
    let mut rows = ret.used_rows(&PI_TABLE);
    let row = rows.find(|row| row.get(&PI_CODE).is(&indicator.code));
    let value = row.and_then(|row| row.get(&PI_VALUE_Y0).number());
    value.map_or_else(
        || String::from("not given"),
        |value| english::thousands(&value.normalize().to_string()),
    )
}

/// How sure each council is, and what that rests on.
fn quality_table(case: &Case<'_>) -> Vec<Block> {
    let row = |council: &&Code| {
        let ret = case.used().find(|(line, _)| line.council == **council).map(|(_, ret)| ret);
        let said =
            |field| ret.map_or_else(|| String::from("not returned"), |ret| answered(ret, field));
        vec![
            case.programme.name(council).to_owned(),
            said(&QUALITY_CERTAINTY),
            said(&QUALITY_EVIDENCE),
        ]
    };
    let table = Table {
        title: String::from("Certainty of quality"),
        description: String::from("How sure each council is that quality would be kept, and why."),
        columns: vec![
            table::text("Council", 20),
            table::text("How sure", 16),
            table::text("What that rests on", 64),
        ],
        rows: case.expected().iter().map(row).collect(),
        total: false,
    };
    vec![Block::Table(table)]
}
