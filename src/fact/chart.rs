//! Structure charts that came with the returns.

use crate::{
    answer::{Return, Value},
    form::council_return::staffing,
    intake::{Intake, Why},
    programme::Programme,
};

/// Whether the structure chart that a return names lies in the folder: beside the return, in a folder of the council,
/// or with the council's code in its name (domain.md part C).
pub fn chart_of(ret: &Return, intake: &Intake, programme: &Programme) -> bool {
    let Some(Value::Text(name)) = ret.used(&staffing::CHART_FILE) else { return false };
    let Some(council) = ret.council.as_deref().and_then(|code| programme.council(code)) else {
        return false;
    };
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let papers = intake.set_aside.iter().filter(|file| file.why == Why::Attachment);
    papers.map(|file| &*file.path).any(|path| {
        let file = path.rsplit('/').next().unwrap_or_default();
        let beside = || ret.files.iter().any(|own| folder(&own.path) == folder(path));
        let theirs = || {
            path.split('/')
                .rev()
                .skip(1)
                .any(|name| programme.recognise(name).is_some_and(|own| own.code == council.code))
        };
        let marked = || {
            let mut words = file.split(|letter: char| !letter.is_alphanumeric());
            words.any(|word| word.eq_ignore_ascii_case(&council.code))
        };
        file.eq_ignore_ascii_case(name) && (marked() || beside() || theirs())
    })
}
