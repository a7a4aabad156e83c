//! Reading in a process of its own: what a damaged file does to it, it does to nothing else.

use std::{
    io::{self, BufReader, Read, Write},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use super::{grid::Grid, open_here, sniff::Sort, wire};
use crate::{english, programme::Limits};

/// The hidden command by which the child is started.
const COMMAND: &str = "__read";

static MOST: AtomicU64 = AtomicU64::new(0);

/// The most memory that a child of this process took, in bytes.
pub fn most_memory() -> u64 {
    MOST.load(Ordering::Relaxed)
}

/// What the child does: reads a workbook from its input and writes what it holds. `sort` and `limits` are the
/// arguments that the parent gave it; `before` is told the limits first, `peak` the most memory in use.
///
/// # Errors
/// When the arguments are not those of a parent of this version, or it cannot read or write.
pub fn serve(
    sort: &str,
    limits: &str,
    before: impl FnOnce(&Limits),
    peak: impl Fn() -> u64,
    mut input: impl Read,
    mut output: impl Write,
) -> anyhow::Result<()> {
    let sort = match sort {
        "xls" => Sort::Xls,
        "xlsb" => Sort::Xlsb,
        "ods" => Sort::Ods,
        other => anyhow::bail!("there is no kind of workbook {other}"),
    };
    let limits: Limits = serde_json::from_str(limits)?;
    before(&limits);
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let opened = open_here(&bytes, &sort, &limits);
    drop(bytes);
    wire::write(opened, peak, &mut output)?;
    Ok(())
}

/// Opens a workbook in a child.
pub(super) fn open(
    helper: &Path,
    bytes: &[u8],
    sort: &Sort,
    limits: &Limits,
) -> Result<Grid, String> {
    let sort = match sort {
        Sort::Xls => "xls",
        Sort::Xlsb => "xlsb",
        _ => "ods",
    };
    let as_text = serde_json::to_string(limits).unwrap_or_default();
    let child = Command::new(helper)
        .args([COMMAND, sort, &as_text])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let broken =
        |error: io::Error| format!("the program that reads such files cannot be started ({error})");
    let mut child = child.map_err(broken)?;
    let (input, output, last) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut input), Some(output), Some(last)) = (input, output, last) else {
        return Err("the program that reads such files gives no answer".to_owned());
    };
    let child = Mutex::new(child);
    let late = AtomicBool::new(false);
    let (done, waiting) = mpsc::channel::<()>();
    let answer = thread::scope(|scope| {
        let (child, late) = (&child, &late);
        scope.spawn(move || {
            let time = Duration::from_secs(u64::from(limits.seconds));
            if waiting.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
                late.store(true, Ordering::Relaxed);
                stop(child);
            }
        });
        // A child that has given up takes no more, and its answer says so.
        let _ = input.write_all(bytes);
        drop(input);
        let answer = wire::read(BufReader::new(output));
        drop(done);
        answer
    });
    if answer.is_none() {
        stop(&child);
    }
    let _ = child.into_inner().unwrap_or_else(PoisonError::into_inner).wait();
    match answer {
        Some((opened, peak)) => {
            MOST.fetch_max(peak, Ordering::Relaxed);
            opened
        }
        None if late.into_inner() => Err(format!(
            "it takes more than {} seconds to read (seconds in [limits] of programme.toml)",
            limits.seconds
        )),
        None if ran_out_of_memory(last) => Err(format!(
            "reading it takes more than {} MB of memory (memory_mb in [limits] of programme.toml)",
            english::thousands(&limits.memory_mb.to_string())
        )),
        None => Err("it is damaged".to_owned()),
    }
}

/// Whether a child that has ended was refused memory: the standard library says so with its last words.
fn ran_out_of_memory(last: impl Read) -> bool {
    let mut words = Vec::new();
    // What cannot be read says nothing.
    let _ = last.take(4096).read_to_end(&mut words);
    String::from_utf8_lossy(&words).contains("memory allocation of")
}

/// Ends a child. One that has ended already is no matter.
fn stop(child: &Mutex<Child>) {
    let _ = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
}
