//! The name of a run: its date and a hash over everything it depends on. No clock, no counter.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// Something a run depends on.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// A path inside the programme folder, or the name of an option.
    pub name: &'a str,
    pub bytes: &'a [u8],
}

/// `2009-03-01-1a2b3c4d`. The order in which inputs are given does not matter.
pub fn run_name(as_at: Date, inputs: &[Input<'_>]) -> String {
    let mut inputs = inputs.to_vec();
    inputs.sort_by_key(|input| (input.name, input.bytes));
    let mut hash = Sha256::new();
    // Lengths stand between the parts, so that no two lists of inputs run together into the same bytes.
    let mut part = |bytes: &[u8]| {
        hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(bytes);
    };
    part(env!("CARGO_PKG_VERSION").as_bytes());
    for input in &inputs {
        part(input.name.as_bytes());
        part(input.bytes);
    }
    let digits: String = hash.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{as_at}-{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_named_by_its_date_and_its_inputs_in_any_order() {
        let day = jiff::civil::date(2009, 3, 1);
        let inputs = [Input { name: "a", bytes: b"1" }, Input { name: "b", bytes: b"2" }];
        let name = run_name(day, &inputs);
        assert!(name.starts_with("2009-03-01-") && name.len() == "2009-03-01-1a2b3c4d".len());
        assert_eq!(name, run_name(day, &[inputs[1], inputs[0]]));
        assert_ne!(name, run_name(day, &inputs[..1]));
        assert_ne!(
            name,
            run_name(day, &[Input { name: "a", bytes: b"1b" }, Input { name: "", bytes: b"2" }])
        );
    }
}
