//! The names that a template may use: the tags that documents have of their own, and every figure of figures.json with
//! what sets it apart.
//!
//! | typed | means |
//! |---|---|
//! | `title` | the text of this name, its first wording or table: `fig:`, `say:`, `once:`, `block:`, in this order |
//! | `say revenue`, `say:revenue` | the one that is meant where several have a name |
//! | `revenue.net_total` | the figure of all councils together, in the base year where there are several |
//! | `revenue.net_total THA 2007/08` | the figure of one council, of one year |
//! | `apportionment.share THA population own` | what else sets it apart, as figures.json has it; an item last |
//! | `chart budget` | the chart of this name, in a paragraph of its own |
//! | `each systems` | in a table's row: the row is repeated; in it names are those of the list's columns |

mod find;
mod list;
mod meanings;

use std::collections::BTreeSet;

use find::Figures;
pub use list::{Listed, listed};

use super::{
    Kind, Subject,
    case::{Case, shown},
};
use crate::{
    english,
    figure::Figure,
    picture::{ProjectPicture, Told},
    programme::Project,
    word::{Data, Text},
};

/// The verbs that stand before a tag's name, the most likely first.
const VERBS: [&str; 5] = ["fig", "say", "once", "block", "chart"];

/// The figure of a project that words mean in a template: its name, and what sets it apart. `None` where the project has
/// no such figure.
///
/// # Errors
/// What is wrong with the words; nothing where the first is no figure's name.
pub fn figure<'a>(
    told: &'a Told<'a>,
    project: &'a Project,
    words: &[&str],
) -> Result<Option<&'a Figure>, Option<String>> {
    let figures = Figures::new(told);
    figures.tag(words)?;
    let apart = figures.apart(words)?;
    let Some(own) = told.picture.project(&project.code) else { return Ok(None) };
    Ok(figures.find(&Case::new(told, project, own, Kind::BusinessCase), &apart))
}

/// What names mean in one project's document of a kind.
pub(super) struct Vocabulary<'a> {
    told: &'a Told<'a>,
    of: Subject<'a>,
    kind: Kind,
    data: &'a Data,
    figures: Figures<'a>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(
        told: &'a Told<'a>,
        of: Subject<'a>,
        kind: Kind,
        data: &'a Data,
    ) -> Vocabulary<'a> {
        Vocabulary { told, of, kind, data, figures: Figures::new(told) }
    }

    /// The tag that a marker's words stand for, or why they stand for none.
    pub(super) fn tag(&self, words: &str, list: Option<&str>) -> Result<String, String> {
        // `say:revenue`, `say: revenue`
        let words = match words.split_once(':') {
            Some((verb, _)) if !verb.contains(char::is_whitespace) => words.replacen(':', " ", 1),
            _ => words.to_owned(),
        };
        let words: Vec<&str> = words.split_whitespace().collect();
        let Some((first, rest)) = words.split_first() else {
            return Err(String::from("there is no name between the braces"));
        };
        let verb = first.to_lowercase();
        match (&*verb, list) {
            ("each", _) => self.list(rest),
            (_, Some(list)) => self.column(&words.join(" "), list),
            ("if", _) if !rest.is_empty() => Err(String::from(
                "what comes and goes is made with a tagged control around it, not with a marker",
            )),
            (verb, _) if VERBS.contains(&verb) && !rest.is_empty() => {
                let tag = format!("{verb}:{}", rest.join("_").to_lowercase());
                match verb {
                    _ if self.has(&tag) => Ok(tag),
                    "fig" => self.figure(rest).or_else(|why| self.nearest(rest, why)),
                    _ => self.nearest(rest, None),
                }
            }
            _ => {
                let name = words.join("_").to_lowercase();
                let tags = VERBS.map(|verb| format!("{verb}:{name}"));
                match tags.into_iter().find(|tag| self.has(tag)) {
                    Some(tag) => Ok(tag),
                    None => self.figure(&words).or_else(|why| self.nearest(&words, why)),
                }
            }
        }
    }

    /// The tag of a figure. `Err(None)` when it is no figure's name.
    fn figure(&self, words: &[&str]) -> Result<String, Option<String>> {
        let tag = self.figures.tag(words)?;
        match self.of {
            Subject::Project(_) => Ok(tag),
            Subject::Council(_) | Subject::Programme => {
                Err(Some(format!("figures are of one project, and a {} is not", self.kind.title())))
            }
        }
    }

    /// That a control's tag means something, `list` being that of the list it stands in; or why not.
    pub(super) fn knows(&self, tag: &str, list: Option<&str>) -> Result<(), String> {
        let Some((verb, name)) = tag.split_once(':') else {
            // A tag of the office's own, unless it is a name of ours and only the verb was forgotten.
            return match self.tag(tag, list) {
                Ok(meant) => Err(format!("is not filled in; the tag for it is {meant}")),
                Err(_) => Ok(()),
            };
        };
        match verb {
            "item" => match list {
                Some(list) => self.column(name, list).map(|_| ()),
                None => Err(String::from("stands outside the rows of a list")),
            },
            _ if self.has(tag) => Ok(()),
            "each" => self.list(&[name]).map(|_| ()),
            "if" => Err(self.no_passage(name)),
            _ if !VERBS.contains(&verb) => match nearest(verb, VERBS.into_iter().chain(["each"])) {
                // "Note: see above" is no slip of ours.
                Some(near) if self.has(&format!("{near}:{name}")) => {
                    Err(format!("is not filled in; did you mean {near}:{name}?"))
                }
                _ => Ok(()),
            },
            _ => self.tag(&format!("{verb} {name}"), None).map(|_| ()),
        }
    }

    fn has(&self, tag: &str) -> bool {
        let Data { texts, seeds, lists, blocks, passages, charts, .. } = self.data;
        texts.contains_key(tag)
            || charts.contains_key(tag)
            || seeds.contains_key(tag)
            || blocks.contains_key(tag)
            || lists.contains_key(tag)
            || passages.contains_key(tag)
    }

    fn no_passage(&self, name: &str) -> String {
        let known = self.data.passages.keys().filter_map(|own| own.split_once(':'));
        match nearest(name, known.map(|(_, name)| name)) {
            Some(near) => format!("there is no passage of this name; did you mean if:{near}?"),
            None => String::from("there is no passage of this name"),
        }
    }

    /// `systems`, or `systems by reference`: rows are known by their key, whatever is said.
    fn list(&self, words: &[&str]) -> Result<String, String> {
        let words = match words {
            [name @ .., "by", _] => name,
            words => words,
        };
        let name = words.join("_").to_lowercase();
        let tag = format!("each:{name}");
        if self.has(&tag) {
            return Ok(tag);
        }
        let known = self.data.lists.keys().filter_map(|own| own.split_once(':'));
        let known: Vec<&str> = known.map(|(_, name)| name).collect();
        let title = self.kind.title();
        Err(match nearest(&name, known.iter().copied()) {
            Some(near) => format!("a {title} has no list of this name; did you mean each {near}?"),
            None => format!("a {title} has no list of this name; it has {}", english::list(&known)),
        })
    }

    /// A column of a list.
    fn column(&self, name: &str, list: &str) -> Result<String, String> {
        let wanted = name.to_lowercase().replace(' ', "_");
        let known = list::columns(self.kind, self.data, list);
        if known.contains(&wanted) {
            return Ok(format!("item:{wanted}"));
        }
        let list = list.split_once(':').map_or(list, |(_, name)| name);
        let columns: Vec<&str> = known.iter().map(String::as_str).collect();
        Err(match nearest(&wanted, columns.iter().copied()) {
            Some(near) => format!("the rows of {list} have no {name}; did you mean {near}?"),
            None => {
                format!("the rows of {list} have no {name}; they have {}", english::list(&columns))
            }
        })
    }

    /// That there is nothing of this name, with the one probably meant.
    fn nearest(&self, words: &[&str], why: Option<String>) -> Result<String, String> {
        if let Some(why) = why {
            return Err(why);
        }
        let name = words.join(" ").to_lowercase();
        let Data { texts, seeds, blocks, charts, .. } = self.data;
        let tags = texts.keys().chain(seeds.keys()).chain(blocks.keys()).chain(charts.keys());
        let own = tags.filter_map(|tag| tag.split_once(':')).map(|(_, name)| name.to_owned());
        let figures = meanings::all().into_iter().map(|(key, _)| key.into_owned());
        let known: BTreeSet<String> = own.chain(figures).collect();
        // What sets a figure apart is not a part of its name.
        let first = name.split(' ').next().unwrap_or_default();
        let near = nearest(&name, known.iter().map(String::as_str))
            .or_else(|| nearest(first, known.iter().map(String::as_str)));
        Err(match near {
            Some(near) => format!("there is nothing of this name; did you mean {near}?"),
            None => String::from("there is nothing of this name; `lathe figures` lists all names"),
        })
    }

    /// The text of a figure's control that no document has of its own.
    pub(super) fn text(&self, tag: &str) -> Option<Text> {
        let name = tag.strip_prefix("fig:")?;
        let words: Vec<&str> = name.split_whitespace().collect();
        let apart = self.figures.apart(&words).ok()?;
        let Subject::Project(project) = self.of else { return None };
        let none = ProjectPicture { project: project.code.clone(), ..ProjectPicture::default() };
        let own = self.told.picture.project(&project.code).unwrap_or(&none);
        let case = Case::new(self.told, project, own, self.kind);
        let Some(figure) = self.figures.find(&case, &apart) else {
            let needs_option = self.figures.of(&apart.key).any(|own| own.option.is_some());
            let text = match needs_option {
                true => case.say("financial.untested", "figure", &[]),
                false => case.cell(None),
            };
            return Some(Text { text, title: String::new() });
        };
        let label = meanings::meaning(&apart.key).unwrap_or_default();
        Some(Text { text: value(&case, figure), title: title(&case, &label, figure) })
    }
}

/// A figure as documents print it. What could tell somebody's pay stands in none of them.
fn value(case: &Case<'_>, figure: &Figure) -> String {
    match (figure.public, shown(figure)) {
        (true, _) | (_, None) => case.cell(Some(figure)),
        (false, Some(_)) => String::from(crate::figure::WITHHELD),
    }
}

/// Label, coverage and reference.
fn title(case: &Case<'_>, label: &str, figure: &Figure) -> String {
    let council = figure.council.as_ref().map(|code| case.programme.name(code).to_owned());
    let council = council.map(|name| format!(", {name}")).unwrap_or_default();
    let year = figure.year.as_ref().map(|year| format!(", {year}")).unwrap_or_default();
    case.title(&format!("{label}{council}{year}"), figure)
}

/// The likeliest of some names for one that is not among them: one that has it as a part, else the one most alike.
pub(super) fn nearest<'n>(
    name: &str,
    known: impl Iterator<Item = &'n str> + Clone,
) -> Option<&'n str> {
    let part = known.clone().filter(|own| name.len() > 3 && own.contains(name));
    if let Some(shortest) = part.min_by_key(|own| own.len()) {
        return Some(shortest);
    }
    let likeness = |own: &&str| strsim::damerau_levenshtein(own, name);
    known.min_by_key(likeness).filter(|own| likeness(own) <= 3.min(1 + name.len() / 4))
}
