//! Answers picked from a list.

use std::sync::Arc;

use super::{Read, fault, shown};
use crate::{
    answer::{Fault, Held, Value},
    read::{fold, grid::Content},
};

/// What an answer may be chosen from.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) enum Choices<'a> {
    /// There is no list: any text will do.
    Any,
    Listed(&'a [&'static str]),
    Named(&'a [Choice]),
}

/// A choice that goes by several names.
#[derive(Clone, Debug)]
pub(in crate::read) struct Choice {
    /// As the list spells it.
    pub(in crate::read) spelling: Arc<str>,
    pub(in crate::read) others: Vec<String>,
}

const YES_NO: Choices<'_> = Choices::Listed(&["Yes", "No"]);

const YES_NO_UNKNOWN: Choices<'_> = Choices::Listed(&["Yes", "No", "Not known"]);

impl Choices<'_> {
    /// The choice that a text means, as its list spells it.
    fn find(self, text: &Arc<str>) -> Option<Arc<str>> {
        match self {
            Choices::Any => None,
            Choices::Listed(options) => {
                if options.contains(&&**text) {
                    return Some(Arc::clone(text));
                }
                let found = options.iter().find(|option| fold::same(option, text));
                found.map(|option| Arc::from(*option))
            }
            Choices::Named(choices) => {
                let is = |choice: &&Choice| {
                    let mut names = choice.others.iter().map(|name| &**name);
                    fold::same(&choice.spelling, text) || names.any(|name| fold::same(name, text))
                };
                choices.iter().find(is).map(|choice| Arc::clone(&choice.spelling))
            }
        }
    }

    /// Whether a comma parts two choices, or may stand within one.
    fn parted_by_commas(self) -> bool {
        match self {
            Choices::Any => false,
            Choices::Listed(options) => !options.iter().any(|option| option.contains(',')),
            Choices::Named(choices) => !choices.iter().any(|choice| choice.spelling.contains(',')),
        }
    }
}

pub(super) fn one(content: &Content, choices: Choices<'_>) -> Read {
    let typed = shown(content);
    if let Choices::Any = choices {
        return (Held::Value(Value::Text(typed)), None);
    }
    match choices.find(&typed) {
        Some(choice) => {
            let typed = (!fold::same(&choice, &typed)).then(|| Box::from(&*typed));
            (Held::Value(Value::Text(choice)), typed)
        }
        None => fault(Fault::NotListed, Some(&typed)),
    }
}

/// Reads Yes or No, or that neither is known where the form allows for it.
pub(super) fn yes_no(content: &Content, or_unknown: bool) -> Read {
    let choices = if or_unknown { YES_NO_UNKNOWN } else { YES_NO };
    let typed = shown(content);
    let meant = match &*fold::value(&typed) {
        "y" | "true" => "Yes",
        "n" | "false" => "No",
        "unknown" | "don't know" => "Not known",
        _ => return one(content, choices),
    };
    match choices.find(&Arc::from(meant)) {
        Some(choice) => (Held::Value(Value::Text(choice)), Some(Box::from(&*typed))),
        None => fault(Fault::NotListed, Some(&typed)),
    }
}

/// Reads several options of a list in one cell, with semicolons, new lines or, where no option has one, commas.
pub(super) fn several(content: &Content, choices: Choices<'_>) -> Read {
    let typed = shown(content);
    let commas = choices.parted_by_commas();
    let mut options: Vec<Arc<str>> = Vec::new();
    if let Some(only) = choices.find(&typed) {
        return (Held::Value(Value::Many([only].into())), None);
    }
    let parts = typed
        .split(|letter| matches!(letter, ';' | '\n') || commas && letter == ',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    for part in parts {
        let part = Arc::from(part);
        let option = match (choices.find(&part), choices) {
            (Some(option), _) => option,
            (None, Choices::Any) => part,
            (None, _) => return fault(Fault::NotListed, Some(&typed)),
        };
        if !options.contains(&option) {
            options.push(option);
        }
    }
    match options.is_empty() {
        true => (Held::Blank, None),
        false => (Held::Value(Value::Many(options.into())), None),
    }
}
