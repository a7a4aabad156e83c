//! Panics over one file, kept to that file.

use std::{
    cell::{Cell, RefCell},
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

thread_local! {
    /// How many calls of [`caught`] are under way.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Does work on a file. Nothing is printed where it panics.
///
/// # Errors
/// The line of the source where it panicked: `read/form.rs:120`.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| match (DEPTH.get(), panic.location()) {
            (0, _) => usual(panic),
            (_, place) => PLACE.set(place.map(|at| line(at.file(), at.line())).unwrap_or_default()),
        }));
    });
    DEPTH.set(DEPTH.get() + 1);
    // What is half done is dropped with the file.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    done.map_err(|_| PLACE.take())
}

/// A line of the source, wherever the program was built.
fn line(file: &str, line: u32) -> String {
    let file = file.replace('\\', "/");
    let within = file.rsplit_once("src/").map_or(&*file, |(_, within)| within);
    format!("{within}:{line}")
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    #[test]
    fn what_is_stumbled_over_costs_itself_alone() {
        let one = |number: usize| caught(|| [number][usize::from(number == 7)]);
        let done: Vec<Result<usize, String>> = (0..20).into_par_iter().map(one).collect();
        for (number, own) in done.into_iter().enumerate() {
            match number {
                7 => assert!(own.unwrap_err().starts_with("read/stumble.rs:")),
                _ => assert_eq!(own, Ok(number)),
            }
        }
    }

    #[test]
    fn a_panic_is_told_by_its_line_alone() {
        let stumbles = || caught(|| panic!("what the file holds")).unwrap_or_else(|at: String| at);
        // One that is caught within keeps the work around it going.
        let at = caught(stumbles).unwrap();
        assert!(at.starts_with("read/stumble.rs:") && !at.contains("holds"), "{at}");
        assert_eq!(line("C:\\lathe\\src\\read\\form.rs", 7), "read/form.rs:7");
    }
}
