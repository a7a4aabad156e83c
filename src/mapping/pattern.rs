//! Names with `*` for any letters, as people write them for files.

/// Whether a text is of a pattern. Both are folded alike before.
pub(crate) fn is_of(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match text.find(part) {
            Some(at) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    text.ends_with(end)
}

/// Whether a file is meant: by its path where the pattern has a slash, else by its name alone; in any case of letters.
pub(crate) fn names_file(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.replace('\\', "/").to_lowercase(), path.to_lowercase());
    let name = path.rsplit('/').next().unwrap_or_default();
    is_of(if pattern.contains('/') { &path } else { name }, &pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters() {
        for pattern in ["ledger.csv", "ledger*", "*.csv", "l*g*r.csv", "*", "ledger*.csv"] {
            assert!(is_of("ledger.csv", pattern), "{pattern}");
        }
        for pattern in ["ledger", "edger*", "*.xlsx", "ledger.csv?", "", "*r.csv*r.csv", "a*a"] {
            assert!(!is_of("ledger.csv", pattern), "{pattern}");
        }
    }

    #[test]
    fn a_file_is_named_by_its_path_or_its_name() {
        let path = "returns/THA/Ledger 2008.csv";
        assert!(names_file("ledger*.csv", path));
        assert!(names_file("returns\\THA\\*.CSV", path));
        assert!(!names_file("THA/ledger*.csv", path));
    }
}
