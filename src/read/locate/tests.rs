//! Answers are found where they moved to, and what stands elsewhere is no answer.

use std::sync::Arc;

use super::*;
use crate::{
    answer::{RemarkKind, Return},
    form::council_return::{revenue, staffing},
    issue::{Answers, Shape, issues},
    programme::Programme,
    read::{Expected, assembly, form, grid::Cells, identity, xlsx},
};

fn programme() -> Programme {
    let text = include_str!("../../../samples/east-kent/programme.toml");
    Programme::parse(text, "programme.toml").unwrap()
}

/// Thanet's form for building control with some answers, as plain cells.
fn form(programme: &Programme, answers: &[(&str, Option<u32>, &str)], shape: &Shape) -> Grid {
    let issue = issues(programme).into_iter().find(|own| own.file_name() == "H-THA.xlsx");
    let mut typed = Answers::new();
    answers.iter().for_each(|(name, row, value)| typed.set(name, *row, value));
    let bytes = issue.unwrap().workbook_bytes(programme, &typed, shape).unwrap();
    xlsx::grid(&bytes, &programme.limits).unwrap()
}

fn read(grid: Grid, programme: &Programme) -> Return {
    let expected = Expected::of(programme, &[]);
    let path = Arc::from("returns/form.xlsx");
    let Ok(identity) = identity::identify(&grid, &path, "", &expected) else { panic!() };
    let sent = form::answers(grid, identity, &expected);
    assembly::returns(vec![sent], programme).0.remove(0)
}

fn area(grid: &Grid, field: &Field) -> Area {
    grid.names[&field.name.to_lowercase()]
}

fn put(grid: &mut Grid, tab: usize, row: u32, column: u32, text: &str) {
    let tab = &mut grid.tabs[tab];
    let empty = Tab::new(Arc::from(""), true, Cells::default());
    let cell = (Cell { row, column }, Content::Text(Arc::from(text)));
    *tab = std::mem::replace(tab, empty).with([cell]);
}

/// Moves what stands in some rows of a sheet down, and leaves the names where they are.
fn push_down(grid: &mut Grid, tab: usize, from: u32, by: u32) {
    let old = &grid.tabs[tab];
    let moved = old.cells().map(|(cell, content)| {
        let row = if cell.row >= from { cell.row + by } else { cell.row };
        (Cell { row, ..*cell }, content.clone())
    });
    let moved = Tab::new(Arc::clone(&old.name), old.shown, moved.collect());
    grid.tabs[tab] = moved;
}

fn refs(ret: &Return) -> Vec<(String, u32)> {
    let rows = ret.rows(&staffing::TABLE).iter();
    rows.map(|row| (row.get(&staffing::POST_REF).shown(), row.number())).collect()
}

#[test]
fn rows_pasted_below_the_room_for_them_are_read_up_to_the_next_words_of_the_form() {
    let programme = programme();
    let mut grid = form(&programme, &[("STF_post_ref", Some(1), "P1")], &Shape::default());
    let Area { tab, from, to } = area(&grid, &staffing::POST_REF);
    let next = area(&grid, &staffing::COMPLETED_BY).from.row;
    push_down(&mut grid, tab, to.row + 1, 60);
    // Names follow in Excel.
    for own in grid.names.values_mut().filter(|own| own.tab == tab && own.from.row >= next) {
        own.from.row += 60;
        own.to.row += 60;
    }
    put(&mut grid, tab, to.row + 3, from.column, "P2");
    put(&mut grid, tab, to.row + 23, from.column, "P3");
    put(&mut grid, tab, to.row + 44, from.column, "too far below");
    let first = from.row + 1;
    let rows = [("P1", first), ("P2", to.row + 4), ("P3", to.row + 24)];
    let ret = read(grid, &programme);
    assert_eq!(refs(&ret), rows.map(|(own, row)| (own.to_owned(), row)));
}

/// Puts posts into some rows, over whatever stands there.
fn put_posts(grid: &mut Grid, rows: std::ops::Range<u32>) {
    for row in rows {
        for column in staffing::TABLE.columns {
            let Some(Area { tab, from, .. }) = grid.names.get(&column.name.to_lowercase()) else {
                continue;
            };
            let (tab, column) = (*tab, from.column);
            put(grid, tab, row, column, &format!("{row}"));
        }
    }
}

#[test]
fn rows_pasted_over_the_lines_below_a_table_are_rows_of_it() {
    let programme = programme();
    let mut grid = form(&programme, &[("STF_post_ref", Some(1), "P1")], &Shape::default());
    let Area { to, .. } = area(&grid, &staffing::POST_REF);
    let next = area(&grid, &staffing::COMPLETED_BY).from.row;
    assert!((to.row..to.row + 10).contains(&next));
    put_posts(&mut grid, to.row + 1..to.row + 21);
    let ret = read(grid, &programme);
    assert_eq!(refs(&ret).len(), 21);
    assert!(ret.lost.contains(&&staffing::COMPLETED_BY), "{:?}", ret.lost);
    assert_eq!(ret.remarks, []);
}

#[test]
fn rows_below_the_lines_that_end_a_table_are_not_passed_over_in_silence() {
    let programme = programme();
    let mut grid = form(&programme, &[("STF_post_ref", Some(1), "P1")], &Shape::default());
    let next = area(&grid, &staffing::COMPLETED_BY).from.row;
    put_posts(&mut grid, next + 6..next + 8);
    let ret = read(grid, &programme);
    assert_eq!(refs(&ret).len(), 1);
    let said = ret.remarks.iter().map(|remark| (remark.kind, remark.place.cell.unwrap().row));
    assert_eq!(said.collect::<Vec<_>>(), [(RemarkKind::Beyond("STF"), next + 6)]);
}

#[test]
fn a_calculation_below_a_table_is_told_of_and_costs_nothing() {
    let programme = programme();
    let mut grid = form(&programme, &[("STF_post_ref", Some(1), "P1")], &Shape::default());
    put_posts(&mut grid, 12..16);
    let next = area(&grid, &staffing::COMPLETED_BY).from.row;
    let tab = area(&grid, &staffing::POST_REF).tab;
    for (column, text) in [(0, "Check"), (3, "9"), (4, "9.5"), (5, "7.5")] {
        put(&mut grid, tab, next + 6, column, text);
    }
    let ret = read(grid, &programme);
    let said = ret.remarks.iter().map(|remark| (remark.kind, remark.place.cell.unwrap().row));
    assert_eq!(said.collect::<Vec<_>>(), [(RemarkKind::Below, next + 6)]);
}

#[test]
fn what_a_file_format_does_not_show_is_said() {
    let programme = programme();
    let mut grid = form(&programme, &[], &Shape::default());
    for tab in &mut grid.tabs {
        *tab = Tab::new(Arc::clone(&tab.name), true, tab.cells().cloned().collect());
    }
    let said = read(grid, &programme).remarks;
    assert_eq!(said.iter().map(|own| own.kind).collect::<Vec<_>>(), [RemarkKind::Unseen]);
}

#[test]
fn what_the_form_prints_below_a_table_is_no_row_of_it() {
    let programme = programme();
    for shape in [Shape::default(), Shape::default().without_names()] {
        let ret = read(form(&programme, &[], &shape), &programme);
        for (table, rows) in &ret.rows {
            assert!(rows.is_empty() || *table == "SVC_pi_table", "{table}");
        }
    }
}

#[test]
fn a_row_put_in_right_below_the_heading_is_read() {
    let programme = programme();
    let mut grid = form(&programme, &[("STF_post_ref", Some(1), "P1")], &Shape::default());
    let Area { tab, from, .. } = area(&grid, &staffing::POST_REF);
    push_down(&mut grid, tab, from.row, 1);
    for own in grid.names.values_mut().filter(|own| own.tab == tab && own.from.row >= from.row) {
        own.from.row += 1;
        own.to.row += 1;
    }
    put(&mut grid, tab, from.row, from.column, "P0");
    let first = from.row + 1;
    let ret = read(grid, &programme);
    assert_eq!(refs(&ret), [("P0".to_owned(), first), ("P1".to_owned(), first + 1)]);
}

#[test]
fn a_name_that_did_not_follow_its_line_is_not_believed() {
    let programme = programme();
    let answers = [
        ("REV_TRA_y0_budget", None, "100"),
        ("REV_SUP_y0_budget", None, "200"),
        ("REV_EMP_DIR_y0_budget", None, "300"),
        ("STF_post_ref", Some(1), "P1"),
        ("STF_posts", Some(1), "2"),
    ];
    let mut grid = form(&programme, &answers, &Shape::default());
    let at = |grid: &Grid, row| area(grid, revenue::LINES.at(row, &revenue::Y0_BUDGET));
    let line = at(&grid, &revenue::TRA);
    push_down(&mut grid, line.tab, line.from.row, 1);
    let heading = area(&grid, &staffing::POST_REF);
    push_down(&mut grid, heading.tab, 3, 4);
    let ret = read(grid, &programme);
    let get = |row| ret.get(revenue::LINES.at(row, &revenue::Y0_BUDGET));
    assert_eq!(get(&revenue::EMP_DIR).shown(), "300");
    assert_eq!(get(&revenue::TRA).spot, None);
    assert_eq!(get(&revenue::SUP).spot, None);
    assert!(ret.lost.contains(&revenue::LINES.at(&revenue::SUP, &revenue::Y0_BUDGET)));
    assert_eq!(refs(&ret), [("P1".to_owned(), heading.from.row + 5)]);
    assert_eq!(ret.rows(&staffing::TABLE)[0].get(&staffing::POSTS).shown(), "2");
}

#[test]
fn of_two_labels_alike_none_is_chosen() {
    let programme = programme();
    let answers = [("REV_TRA_y0_budget", None, "100"), ("REV_SUP_y0_budget", None, "200")];
    let mut grid = form(&programme, &answers, &Shape::default().without_names());
    let tab = grid.tabs.iter().position(|tab| &*tab.name == "Revenue").unwrap();
    put(&mut grid, tab, 70, 0, "  TRANSPORT * ");
    let ret = read(grid, &programme);
    let get = |row| ret.get(revenue::LINES.at(row, &revenue::Y0_BUDGET));
    assert_eq!(get(&revenue::SUP).shown(), "200");
    assert_eq!(get(&revenue::TRA).spot, None);
}

#[test]
fn columns_put_in_and_headings_retyped_change_nothing() {
    let programme = programme();
    let answers = [
        ("REV_TRA_y0_budget", None, "100"),
        ("COV_completed_by_name", None, "A. Officer"),
        ("STF_posts", Some(2), "3"),
        ("STF_chart_available", None, "Yes"),
    ];
    let form = || form(&programme, &answers, &Shape::default().without_names());
    let (mut grid, plain) = (form(), read(form(), &programme));
    let expected = Expected::of(&programme, &[]);
    let map = expected.atlas.map(plain.workbook, plain.project.as_ref());
    let printed = |text: &str| {
        map.sheets.iter().any(|sheet| {
            let caption = sheet.caption.as_ref().map(|(words, _)| words);
            let words = fold::label(text);
            sheet.words.contains(&words) || caption == Some(&words)
        })
    };
    for tab in &mut grid.tabs {
        let moved = tab.cells().map(|(cell, content)| {
            let content = match content {
                Content::Text(text) if printed(text) => {
                    Content::Text(Arc::from(format!(" {}\u{a0}* ", text.to_uppercase())))
                }
                other => other.clone(),
            };
            (Cell { column: cell.column + 1 + u32::from(cell.column > 0), ..*cell }, content)
        });
        *tab = Tab::new(Arc::clone(&tab.name), true, moved.collect());
    }
    let ret = read(grid, &programme);
    let shown = |ret: &Return| -> Vec<String> {
        let input = ret.answers().filter(|(field, own)| field.is_input() && !own.is_blank());
        input.map(|(_, own)| own.shown()).collect()
    };
    assert_eq!(ret.lost, Vec::<&Field>::new());
    assert_eq!(shown(&ret), shown(&plain));
    assert!(shown(&ret).len() >= 4);
}
