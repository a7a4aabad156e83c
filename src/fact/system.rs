//! The systems that a council has for one function, by product (domain.md D5).

use super::{reason, refused};
use crate::{
    answer::{Return, ReturnKind, Row},
    form::council_return::ict::{FUNCTION, NIL_SYSTEMS, PRODUCT, SHEET, SUPPLIER, TABLE, VERSION},
    programme::product::{Key, Product, Products},
};

/// Each with its product. A row that may not be used hides what it stands for: its own function, or all of them where
/// that cannot be read either.
///
/// # Errors
/// The reason why they are not known.
pub fn of<'a>(
    ret: &'a Return,
    function: &str,
    products: &Products,
) -> Result<Vec<(Key, &'a Row)>, String> {
    if ret.kind == ReturnKind::Nil {
        return Ok(vec![]);
    }
    if let Some(code) = ret.refused_sheet(&SHEET) {
        return Err(format!("{code} {}", SHEET.name));
    }
    let rows = ret.rows(&TABLE);
    if rows.is_empty() && !ret.get(&NIL_SYSTEMS).is("Yes") {
        return Err(format!("nothing is listed on {}", SHEET.name));
    }
    let mut systems = vec![];
    for row in rows {
        if row.get(&FUNCTION).text().is_some_and(|other| other != function) {
            continue;
        }
        if let Some(refusal) = &row.refused {
            return Err(refused(refusal));
        }
        let mut needed = [&FUNCTION, &SUPPLIER, &PRODUCT].map(|column| row.get(column)).into_iter();
        if let Some(answer) = needed.find(|answer| answer.text().is_none()) {
            return Err(reason(answer, &SHEET));
        }
        systems.push((product(row, products).key, row));
    }
    Ok(systems)
}

/// The product that a row of the sheet names.
pub fn product(row: &Row, products: &Products) -> Product {
    let text = |column| row.used_text(column);
    products.named(&text(&SUPPLIER), &text(&PRODUCT), &text(&VERSION))
}
