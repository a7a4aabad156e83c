//! Edits to a text, spliced in together.

use std::ops::Range;

/// Replacements of byte ranges, in any order, that do not overlap.
#[derive(Debug, Default)]
pub(super) struct Edits {
    replaced: Vec<(Range<usize>, String)>,
    marks: Vec<usize>,
}

impl Edits {
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        let mut text = text.into();
        // It is held until all edits are made.
        text.shrink_to_fit();
        self.replaced.push((range, text));
    }

    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.replaced.push((range, String::new()));
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replaced.push((at..at, text.into()));
    }

    /// Where something starts that has to be found again when the edits are made. It must not be within any of them.
    pub(super) fn mark(&mut self, at: usize) {
        self.marks.push(at);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.replaced.is_empty()
    }

    /// The text with every edit made; none if two overlap.
    pub(super) fn splice(self, text: &str) -> Option<String> {
        Some(self.splice_range(text, 0..text.len())?.0)
    }

    /// The same for a range of the text that holds every edit, and where each mark is then, in the order of the text.
    pub(super) fn splice_range(
        mut self,
        text: &str,
        within: Range<usize>,
    ) -> Option<(String, Vec<usize>)> {
        self.replaced.sort_by_key(|(range, _)| (range.start, range.end));
        self.marks.sort_unstable();
        let gone: usize = self.replaced.iter().map(|(range, _)| range.len()).sum();
        let come: usize = self.replaced.iter().map(|(_, new)| new.len()).sum();
        let mut out = String::with_capacity((within.len() + come).saturating_sub(gone));
        let mut done = within.start;
        let mut marks = self.marks.into_iter().peekable();
        let mut moved = vec![];
        for (range, new) in self.replaced {
            while let Some(mark) = marks.next_if(|mark| *mark < range.end) {
                moved.push(out.len() + mark.checked_sub(done)?);
            }
            out.push_str(text.get(done..range.start)?);
            out.push_str(&new);
            done = range.end;
        }
        for mark in marks {
            moved.push(out.len() + mark.checked_sub(done)?);
        }
        out.push_str(text.get(done..within.end)?);
        Some((out, moved))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_that_overlap_are_not_made() {
        let mut edits = Edits::default();
        edits.replace(0..3, "x");
        edits.replace(2..4, "y");
        assert_eq!(edits.splice("abcdef"), None);
    }

    #[test]
    fn marks_move_with_what_they_stand_before() {
        let mut edits = Edits::default();
        edits.insert(2, "xx");
        edits.remove(3..5);
        for mark in [5, 2, 0] {
            edits.mark(mark);
        }
        assert_eq!(edits.splice_range("abcdef", 0..6), Some(("abxxcf".to_owned(), vec![0, 4, 5])));
    }
}
