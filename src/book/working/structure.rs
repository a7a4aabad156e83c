//! Who reports to whom: the posts of each council, each indented under its manager (question 12). Posts, never people.

use crate::{
    book::{
        board::Board,
        consolidated::given,
        said,
        sheet::{Block, Cell, Column, Page, Row, Sheet, Table},
        style::Look,
        working::trail,
    },
    english,
    number::Exact,
    picture::{Manager, StructurePost},
};

/// The sheet, where the structure is asked and known.
pub(super) fn sheet(board: &Board<'_>) -> Option<Sheet> {
    if board.picture.structure.is_empty() {
        return None;
    }
    let row = |post: &StructurePost| {
        let number = |number: Option<_>, look| match number {
            Some(number) => Cell::number(Exact::from(number), look),
            None => Cell::words("not given [x]"),
        };
        let title = post.title.trim();
        Row::of(vec![
            Cell::under(post.depth, if title.is_empty() { "not given [x]" } else { title }),
            Cell::text(board.programme.name(&post.council)),
            given(&post.reference),
            Cell::text(match &post.manager {
                Manager::None => "nobody in the service",
                Manager::Post(reference) => reference,
                Manager::Unknown(reason) => reason,
            }),
            Cell::count(post.depth),
            number(post.level, Look::Count),
            number(post.posts, Look::Count),
            number(post.fte_established, Look::Fte),
            trail::place(&post.place),
        ])
    };
    let mut lead = said::coverage(board);
    lead.extend(charts(board));
    lead.push(String::from(
        "Each post stands under the one it reports to. One whose manager is not on the list stands at the \
         top. Posts are named by title and reference only.",
    ));
    Some(Sheet {
        name: "Staffing_Structure",
        title: format!("{}: who reports to whom", board.project.title),
        lead,
        blocks: vec![Block::Table(Table {
            name: "Structure_posts",
            title: String::new(),
            columns: vec![
                Column::text("Post", 50),
                Column::text("Council", 20),
                Column::text("Reference", 14),
                Column::text("Reports to", 22),
                Column::numbers("Posts above it"),
                Column::numbers("Management level"),
                Column::numbers("Posts"),
                Column::numbers("Budgeted FTE"),
                Column::text("Cell", 18),
            ],
            rows: board.picture.structure.iter().map(row).collect(),
            filter: false,
            if_empty: String::new(),
        })],
        page: Page::Across,
    })
}

/// "Structure charts have come from 3 of 4 councils.", and of a case for how many returns.
pub(in crate::book) fn charts(board: &Board<'_>) -> Option<String> {
    let exact = board.combined("coverage.charts")?.exact.as_deref()?;
    let (some, all) = exact.split_once('/')?;
    let all = english::some(all.parse().ok()?, "council");
    let councils = board.councils();
    let of_returns = match board.is_case() {
        true => {
            let held: usize = councils.iter().map(|line| line.charts).sum();
            let asked: usize = councils.iter().map(|line| line.forms).sum();
            format!(", for {held} of {}", english::some(asked, "return"))
        }
        false => String::new(),
    };
    Some(format!("Structure charts have come from {some} of {all}{of_returns}."))
}
