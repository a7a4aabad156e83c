//! What a return says once its cells are put together: totals, the cost of a post, the end of a system. Rules and
//! figures rest on the same facts, each with its cells or with the reason why it is not known.

pub mod chart;
pub mod contract;
pub mod costs;
pub mod exempt;
pub mod gate;
pub mod lifespan;
pub mod partner;
pub mod post;
pub mod revenue;
pub mod structure;
pub mod system;

use std::sync::Arc;

use crate::{
    answer::{Answer, Held, Refusal, Return, ReturnKind, Row, Spot, Value},
    figure::{Source, WITHHELD},
    form::{
        Field, Sheet,
        council_return::{cover, revenue::BLANK_IS_NIL},
    },
    number::Exact,
};

/// A value with the cells it rests on, or why there is none.
pub type Usable = Result<(Exact, Vec<Arc<Source>>), String>;

/// A number of the return, or why it cannot be used. A nil return confirms that every figure is nought.
pub fn number(ret: &Return, sheet: &Sheet, field: &Field) -> Usable {
    if ret.kind == ReturnKind::Nil {
        return Ok((Exact::zero(), source(ret.get(&cover::RETURN_TYPE))));
    }
    if let Some(code) = ret.refused_sheet(sheet) {
        return Err(format!("{code} {}", sheet.name));
    }
    let answer = ret.get(field);
    if answer.held == Held::NotApplicable {
        return Err(reason(answer, sheet));
    }
    if ret.is_confirmed_nil(field, answer) {
        return Ok((Exact::zero(), source(ret.get(&BLANK_IS_NIL))));
    }
    number_of(answer, sheet)
}

/// The number in a row of a table, or why it cannot be used. What is exempt is in no output but the exempt ones: the cell
/// says where it is, not what it is.
pub fn number_in(row: &Row, sheet: &Sheet, column: &Field) -> Usable {
    if let Some(refusal) = &row.refused {
        return Err(refused(refusal));
    }
    let answer = row.get(column);
    if answer.is_blank() {
        return Err(format!("{} {}", asked_by(column), answer.place().within()));
    }
    let (number, mut cells) = number_of(answer, sheet)?;
    if exempt::is_exempt_in(row, column) {
        cells.iter_mut().for_each(|cell| Arc::make_mut(cell).value = String::from(WITHHELD));
    }
    Ok((number, cells))
}

/// Why a refused row is not used.
pub fn refused(refusal: &Refusal) -> String {
    format!("{} {}", refusal.code, refusal.place.within())
}

fn number_of(answer: &Answer, sheet: &Sheet) -> Usable {
    match &answer.held {
        Held::Value(Value::Number(number)) => Ok((Exact::from(*number), source(answer))),
        _ => Err(reason(answer, sheet)),
    }
}

/// The rule that asks for an answer left blank: GEN-001, unless the question has a rule of its own (domain.md part C).
pub fn asked_by(field: &Field) -> &'static str {
    match field.name {
        "STF_vacant_since" => "STF-005",
        "CON_exit_fixed" | "CON_exit_per_month" => "CON-005",
        "P3_apportionment_agreed_on" | "P3_apportionment_agreed_by" => "BRF-006",
        "P2_leader_name" | "P2_leader_role" | "P2_leader_email" | "P2_leader_phone"
        | "P2_leader_address" | "P2_leader_council" => "BRF-015",
        "IMP_equality"
        | "IMP_community_safety"
        | "IMP_ward"
        | "IMP_property"
        | "IMP_communications"
        | "IMP_workforce"
        | "IMP_health_safety" => "IMP-003",
        _ => "GEN-001",
    }
}

/// What begins the reason of a value that cannot apply. It is not missing: the others are all there are.
pub const NOT_APPLICABLE: &str = "not applicable";

/// Why an answer is no value: the rule that says so, and the cell.
pub fn reason(answer: &Answer, sheet: &Sheet) -> String {
    let place = answer.place().within();
    let place = if place.is_empty() { sheet.name.to_owned() } else { place };
    match &answer.held {
        Held::Refused(refused) => format!("{} {place}", refused.code),
        Held::Blank => format!("GEN-001 {place}"),
        Held::NotApplicable => format!("{NOT_APPLICABLE} {place}"),
        Held::Unreadable(_) | Held::Value(_) => format!("not usable {place}"),
    }
}

/// The cell an answer was read from, as a source. The council is put in where the part is made.
pub fn source(answer: &Answer) -> Vec<Arc<Source>> {
    let of = |spot: &Spot| Source {
        council: Arc::default(),
        file: Arc::clone(&spot.origin.file.path),
        sheet: Arc::clone(&spot.origin.sheet),
        cell: answer.cells(),
        version: spot.origin.file.version,
        value: match answer.number() {
            Some(number) => Exact::from(number).decimal(2),
            None => answer.shown(),
        },
    };
    answer.spot.iter().map(of).map(Arc::new).collect()
}

/// The cell by which a row is told from others: that of its reference or, where none is kept, the first that was found.
pub fn row_source(row: &Row) -> Vec<Arc<Source>> {
    let key = row.table.key.map(|key| row.get(key)).filter(|own| own.spot.is_some());
    let named = key.or_else(|| row.found().find(|own| own.spot.is_some()));
    named.map(source).unwrap_or_default()
}

/// The sum of usable values; the first that is not usable is the reason for all.
pub fn add(parts: impl IntoIterator<Item = Usable>) -> Usable {
    let mut sum = Exact::zero();
    let mut sources = vec![];
    for part in parts {
        let (value, cells) = part?;
        sum = sum + value;
        sources.extend(cells);
    }
    Ok((sum, sources))
}
