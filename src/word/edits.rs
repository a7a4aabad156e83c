//! Edits to a text, spliced in together.

use std::ops::Range;

/// Replacements of byte ranges, in any order, that do not overlap.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.0.push((range, String::new()));
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.0.push((at..at, text.into()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with every edit made; none if two overlap.
    pub(super) fn splice(self, text: &str) -> Option<String> {
        self.splice_range(text, 0..text.len())
    }

    /// The same for a range of the text that holds every edit.
    pub(super) fn splice_range(mut self, text: &str, within: Range<usize>) -> Option<String> {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(within.len());
        let mut done = within.start;
        for (range, new) in &self.0 {
            out.push_str(text.get(done..range.start)?);
            out.push_str(new);
            done = range.end;
        }
        out.push_str(text.get(done..within.end)?);
        Some(out)
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
}
