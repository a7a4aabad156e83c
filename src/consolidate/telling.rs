//! What sums tell by adding and subtracting.
//!
//! Whatever anybody can work out from sums is a sum of multiples of them. It tells of few people when it is made of
//! the pay of few people alone, so the question is whether among those multiples there is one, other than nought,
//! that leaves all groups of posts out but some that are small together. Asked the other way round: whether in the
//! space of what the sums say nothing about, the columns of some such groups depend on each other.

use std::collections::BTreeSet;

use crate::programme::Disclosure;

/// Reckoning is in whole numbers modulo this prime: as sure as fractions for sums of noughts and ones, and quick.
const PRIME: u64 = (1 << 61) - 1;

/// More combinations than these are not tried; what is not known to be safe counts as told.
const MOST_TRIED: usize = 5_000;

/// Posts that are in the same sums, all of one council.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) council: usize,
    pub(super) people: u64,
}

/// Whether the sums tell the public something about few people or few councils, or a council that takes its own part
/// away something about few people. A sum is made of the groups where it has a one; elsewhere it has a nought.
pub(super) fn tells(sums: &[Vec<u64>], groups: &[Group], fewest: &Disclosure) -> bool {
    let all: Vec<usize> = (0..groups.len()).collect();
    let known: BTreeSet<usize> = groups.iter().map(|group| group.council).collect();
    let told = Unsaid::of(sums, &all);
    let by_council: Vec<Vec<usize>> = known
        .iter()
        .map(|own| all.iter().copied().filter(|at| groups[*at].council == *own).collect())
        .collect();
    let least = u64::from(fewest.fewest_people);
    told.of_few_councils(&by_council, fewest.fewest_councils)
        || told.of_few_people(groups, least)
        || known.into_iter().any(|own| {
            let others: Vec<usize> =
                all.iter().copied().filter(|at| groups[*at].council != own).collect();
            let groups: Vec<Group> = others.iter().map(|at| groups[*at]).collect();
            Unsaid::of(sums, &others).of_few_people(&groups, least)
        })
}

/// What sums say nothing about: a column for each group.
struct Unsaid(Vec<Vec<u64>>);

impl Unsaid {
    fn of(sums: &[Vec<u64>], groups: &[usize]) -> Unsaid {
        let mut sums: Vec<Vec<u64>> =
            sums.iter().map(|sum| groups.iter().map(|at| sum[*at]).collect()).collect();
        let pivots = reduce(&mut sums, groups.len());
        let free: Vec<usize> = (0..groups.len()).filter(|at| !pivots.contains(at)).collect();
        let column = |at: usize| -> Vec<u64> {
            match pivots.iter().position(|pivot| *pivot == at) {
                Some(row) => free.iter().map(|other| sums[row][*other]).collect(),
                None => free.iter().map(|other| u64::from(*other == at)).collect(),
            }
        };
        Unsaid((0..groups.len()).map(column).collect())
    }

    fn of_few_people(&self, groups: &[Group], least: u64) -> bool {
        let small = groups.iter().enumerate().filter(|(_, group)| group.people < least);
        let mut small: Vec<(u64, usize)> = small.map(|(at, group)| (group.people, at)).collect();
        small.sort_unstable();
        // Groups without people, such as vacant posts, go with any others.
        let empty = small.iter().take_while(|(people, _)| *people == 0).count();
        let mut chosen = Chosen::default();
        if small[..empty].iter().any(|(_, at)| !chosen.add(self.0[*at].clone())) {
            return true;
        }
        let rest: Vec<(u64, &[u64])> =
            small[empty..].iter().map(|(people, at)| (*people, &*self.0[*at])).collect();
        chosen.depend(&rest, least.saturating_sub(1), &mut 0)
    }

    fn of_few_councils(&self, councils: &[Vec<usize>], least: u32) -> bool {
        let columns: Vec<Vec<&[u64]>> =
            councils.iter().map(|own| own.iter().map(|at| &*self.0[*at]).collect()).collect();
        Chosen::default().depend_by(&columns, least.saturating_sub(1), &mut 0)
    }
}

/// Columns that do not depend on each other, each with a one where the later ones have a nought.
#[derive(Default)]
struct Chosen(Vec<(usize, Vec<u64>)>);

impl Chosen {
    /// Adds a column, unless it depends on those that are there.
    fn add(&mut self, mut column: Vec<u64>) -> bool {
        for (at, own) in &self.0 {
            let factor = column[*at];
            subtract(&mut column, own, factor);
        }
        let Some(at) = column.iter().position(|number| *number != 0) else { return false };
        let factor = inverse(column[at]);
        column.iter_mut().for_each(|number| *number = times(*number, factor));
        self.0.push((at, column));
        true
    }

    /// Whether with some of the columns, of no more than `left` people together, there is a dependence.
    fn depend(&mut self, columns: &[(u64, &[u64])], left: u64, tried: &mut usize) -> bool {
        for (at, (people, column)) in columns.iter().enumerate() {
            if *people > left {
                return false;
            }
            *tried += 1;
            if *tried > MOST_TRIED || !self.add(column.to_vec()) {
                return true;
            }
            if self.depend(&columns[at + 1..], left - people, tried) {
                return true;
            }
            self.0.pop();
        }
        false
    }

    /// Whether with all columns of some councils, of no more than `left`, there is a dependence.
    fn depend_by(&mut self, councils: &[Vec<&[u64]>], left: u32, tried: &mut usize) -> bool {
        for (at, columns) in councils.iter().enumerate() {
            if left == 0 {
                return false;
            }
            let before = self.0.len();
            *tried += 1;
            if *tried > MOST_TRIED || columns.iter().any(|column| !self.add(column.to_vec())) {
                return true;
            }
            if self.depend_by(&councils[at + 1..], left - 1, tried) {
                return true;
            }
            self.0.truncate(before);
        }
        false
    }
}

/// Brings rows to reduced echelon form and gives the column of each row's leading one. Empty rows go.
fn reduce(rows: &mut Vec<Vec<u64>>, width: usize) -> Vec<usize> {
    let mut pivots = vec![];
    for column in 0..width {
        let done = pivots.len();
        let Some(found) = (done..rows.len()).find(|row| rows[*row][column] != 0) else { continue };
        rows.swap(done, found);
        let factor = inverse(rows[done][column]);
        rows[done].iter_mut().for_each(|number| *number = times(*number, factor));
        let own = rows[done].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(row, _)| *row != done) {
            let factor = row[column];
            subtract(row, &own, factor);
        }
        pivots.push(column);
    }
    rows.truncate(pivots.len());
    pivots
}

fn subtract(from: &mut [u64], what: &[u64], factor: u64) {
    if factor != 0 {
        for (number, own) in from.iter_mut().zip(what) {
            *number = below(*number + PRIME - times(*own, factor));
        }
    }
}

fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    // 2⁶¹ is one more than the prime, so what stands above it counts once more.
    below((product >> 61) as u64 + (product as u64 & PRIME))
}

/// The remainder of a number less than twice the prime.
fn below(number: u64) -> u64 {
    if number >= PRIME { number - PRIME } else { number }
}

/// By Fermat's little theorem.
fn inverse(number: u64) -> u64 {
    let (mut power, mut exponent, mut result) = (number, PRIME - 2, 1);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = times(result, power);
        }
        power = times(power, power);
        exponent /= 2;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{Group, tells};
    use crate::programme::Disclosure;

    /// Groups of a council and so many people each, and sums as the places of their groups. Five people are enough,
    /// and one council.
    fn told(groups: &[(usize, u64)], sums: &[&[usize]]) -> bool {
        told_of(groups, sums, 1)
    }

    fn told_of(groups: &[(usize, u64)], sums: &[&[usize]], fewest_councils: u32) -> bool {
        let groups: Vec<Group> = groups
            .iter()
            .map(|(council, people)| Group { council: *council, people: *people })
            .collect();
        let row =
            |sum: &&[usize]| (0..groups.len()).map(|at| u64::from(sum.contains(&at))).collect();
        let sums: Vec<Vec<u64>> = sums.iter().map(row).collect();
        tells(&sums, &groups, &Disclosure { fewest_councils, ..Disclosure::default() })
    }

    #[test]
    fn a_small_group_is_told_by_itself_or_as_what_is_left() {
        let groups = [(0, 3), (0, 8), (1, 12), (1, 9)];
        assert!(told(&groups, &[&[0]]));
        assert!(told(&groups, &[&[0, 1, 2, 3], &[1], &[2], &[3]]));
        assert!(!told(&groups, &[&[0, 1, 2, 3], &[2], &[3]]));
    }

    #[test]
    fn two_small_groups_that_are_few_together_are_told_too() {
        assert!(told(&[(0, 2), (1, 2), (2, 9), (3, 9)], &[&[0, 1, 2, 3], &[2], &[3]]));
        assert!(!told(&[(0, 2), (1, 3), (2, 9), (3, 9)], &[&[0, 1, 2, 3]]));
    }

    #[test]
    fn what_several_steps_tell_is_told() {
        // Two rows and two columns of a table, and a cell that only one column has.
        let groups = [(0, 20), (0, 20), (1, 20), (1, 20), (1, 3)];
        let [first, second] = [&[0, 1][..], &[2, 3, 4]];
        let [left, right, _third] = [&[0, 2][..], &[1, 3], &[4]];
        assert!(told(&groups, &[first, second, left, right]));
        assert!(!told(&groups, &[first, second, left]));
    }

    #[test]
    fn a_council_takes_its_own_away() {
        assert!(told(&[(0, 8), (1, 4)], &[&[0, 1]]));
        assert!(!told(&[(0, 8), (1, 5)], &[&[0, 1]]));
    }

    #[test]
    fn what_one_council_or_two_pay_is_told_by_what_all_pay_and_the_others() {
        let groups = [(0, 20), (1, 20), (2, 20), (3, 20), (4, 20)];
        let told = |sums: &[&[usize]]| told_of(&groups, sums, 3);
        assert!(told(&[&[0, 1]]));
        assert!(!told(&[&[0, 1, 2, 3, 4]]));
        assert!(told(&[&[0, 1, 2, 3, 4], &[0, 1, 2, 3]]));
        assert!(told(&[&[0, 1, 2, 3, 4], &[0, 1, 2]]));
    }

    #[test]
    fn a_vacant_post_is_nobody_and_may_not_be_told() {
        assert!(told(&[(0, 8), (0, 0), (1, 9)], &[&[0, 1, 2], &[0], &[2]]));
    }
}
