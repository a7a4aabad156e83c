//! Posts, people and pay by grade (domain.md D3), as each council names its grades.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Set,
    part::{Named, Part, Usable, number_in, reason},
    staffing::{Posts, posts, rates},
};
use crate::{
    answer::Return,
    fact::post::{established, filled, post_cost},
    figure::{Figure, Source, Unit},
    form::council_return::staffing::{self as form, SHEET},
    number::Exact,
};

/// So many grades can be taken in; where every post has a name of its own for a grade, there is no table of them.
const MOST_GRADES: usize = 100;

/// The sums over the posts of a grade, in the order of [`MEASURES`].
type Sums = [Usable; 4];

const MEASURES: [(&str, Unit); 3] = [
    ("staffing.grade.fte_established", Unit::Fte),
    ("staffing.grade.fte_filled", Unit::Fte),
    ("staffing.grade.headcount", Unit::People),
];

/// What a council brings: its grades, or the cells that confirm that it has no posts, or why neither is known.
type Own = Result<Known, String>;
type Known = (BTreeMap<String, Sums>, Vec<Arc<Source>>);

pub(super) fn figures(set: &Set<'_>) -> Vec<Figure> {
    let own: Vec<(Part, Own)> = set
        .councils
        .iter()
        .map(|council| {
            let own = set.each(council, |ret| by_grade(set, ret)).map(together);
            (Part::new(council, Ok((Exact::zero(), vec![]))), own)
        })
        .collect();
    let known = own.iter().filter_map(|(_, own)| own.as_ref().ok());
    let grades: BTreeSet<&String> = known.flat_map(|(grades, _)| grades.keys()).collect();
    if grades.len() > MOST_GRADES {
        return vec![];
    }
    let mut figures = vec![];
    for grade in grades {
        let parts = |measure: usize| -> Vec<Part> {
            let of = |(part, own): &(Part, Own)| {
                let usable = match own {
                    Ok((grades, none)) => match grades.get(grade) {
                        Some(sums) => sums[measure].clone(),
                        None => Ok((Exact::zero(), none.clone())),
                    },
                    Err(reason) => Err(reason.clone()),
                };
                Part::new(&part.council, usable)
            };
            own.iter().map(of).collect()
        };
        for (measure, (key, unit)) in MEASURES.into_iter().enumerate() {
            figures.extend(set.sums(Named::new(key, unit).item(grade), &parts(measure)));
        }
        // Of a council's grade only what is public could be shown, which is next to nothing.
        let (cost, fte) = (parts(3), parts(0));
        let named = Named::new("staffing.grade.post_cost", Unit::Pounds).item(grade);
        figures.extend(set.sums(named, &cost).into_iter().take(1));
        let named = Named::new("staffing.grade.cost_per_fte", Unit::Pounds).item(grade);
        let each = rates(set, named, &cost, &fte, |cost, fte| cost.over(&fte));
        figures.extend(each.into_iter().take(1));
    }
    figures
}

fn by_grade(set: &Set<'_>, ret: &Return) -> Own {
    let rows = match posts(set, ret)? {
        Posts::Listed(rows) => rows,
        Posts::None(cells) => return Ok((BTreeMap::new(), cells)),
    };
    let mut grades: BTreeMap<String, Sums> = BTreeMap::new();
    for row in rows {
        let answer = row.get(&form::GRADE);
        let grade = answer.text().ok_or_else(|| reason(answer, &SHEET))?.trim().to_owned();
        let people = number_in(row, &SHEET, &form::HEADCOUNT);
        let measures = [established(row), filled(row), people, post_cost(row, set.project_of(ret))];
        add(&mut grades, grade, measures);
    }
    Ok((grades, vec![]))
}

/// The grades of a council's returns.
fn together(all: Vec<Known>) -> Known {
    let mut grades: BTreeMap<String, Sums> = BTreeMap::new();
    let mut none = vec![];
    for (own, cells) in all {
        none.extend(cells);
        for (grade, measures) in own {
            add(&mut grades, grade, measures);
        }
    }
    (grades, none)
}

fn add(grades: &mut BTreeMap<String, Sums>, grade: String, measures: Sums) {
    let sums = grades.entry(grade).or_insert_with(|| [(); 4].map(|()| Ok((Exact::zero(), vec![]))));
    for (sum, own) in sums.iter_mut().zip(measures) {
        *sum = joined(std::mem::replace(sum, Err(String::new())), own);
    }
}

fn joined(sum: Usable, own: Usable) -> Usable {
    let ((sum, mut cells), (own, more)) = (sum?, own?);
    cells.extend(more);
    Ok((sum + own, cells))
}
