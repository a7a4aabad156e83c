//! What one draft is about, and the words that any part of it needs: whom a figure covers, and how it is written.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    answer::{Return, Value},
    chart::Chart,
    english,
    figure::{Amount, Ask, Figure, Unit},
    finding::Finding,
    form::Field,
    intake::Intake,
    number::Exact,
    picture::{Coverage, Picture, ProjectPicture, Run, State, Told},
    programme::{Code, Programme, Project},
    sentence::{self, Document},
    word::{Block, Data, Item, Table, Text},
    wording::Wording,
};

use super::kind::Kind;

/// One project on the day of a run.
pub(super) struct Case<'a> {
    pub(super) kind: Kind,
    pub(super) programme: &'a Programme,
    pub(super) project: &'a Project,
    pub(super) picture: &'a Picture,
    pub(super) own: &'a ProjectPicture,
    pub(super) intake: &'a Intake,
    pub(super) findings: &'a [Finding],
    pub(super) run: &'a Run,
    pub(super) wording: &'a Wording,
}

/// Names one figure of a project fully: what is not named must be absent, save the scenario, which is `all`.
#[derive(Clone, Copy, Default)]
pub(super) struct Wanted<'k> {
    pub(super) key: &'k str,
    pub(super) council: Option<&'k str>,
    pub(super) item: Option<&'k str>,
    pub(super) option: Option<u32>,
    pub(super) basis: Option<&'k str>,
    pub(super) case: Option<&'k str>,
    pub(super) income: Option<&'k str>,
    pub(super) scenario: Option<&'k str>,
}

/// The year and column of the budget, and of the outturn of the year before.
pub(super) const BUDGET: &str = "y0_budget";
pub(super) const OUTTURN: &str = "y_1_actual";

impl<'a> Case<'a> {
    pub(super) fn new(
        told: &Told<'a>,
        project: &'a Project,
        own: &'a ProjectPicture,
        kind: Kind,
    ) -> Case<'a> {
        let Told { programme, intake, findings, picture, run, wording } = *told;
        Case { kind, programme, project, picture, own, intake, findings, run, wording }
    }

    pub(super) fn told(&self) -> Told<'a> {
        let Case { programme, picture, intake, findings, run, wording, .. } = *self;
        Told { programme, intake, findings, picture, run, wording }
    }

    /// Whose returns the draft rests on.
    pub(super) fn whose_returns(&self) -> String {
        let document = match self.kind {
            Kind::BusinessCase | Kind::StatementOfIntent => Document::Draft,
            Kind::CoveringReport | Kind::ProgressReport => Document::Report,
            Kind::MemberSummary | Kind::CouncilPage => Document::Summary,
        };
        paragraph(sentence::coverage(&self.told(), self.own, document))
    }
}

impl Case<'_> {
    /// The combined figure with this key: the base year's, where there is one for each year.
    pub(super) fn figure(&self, key: &str) -> Option<&Figure> {
        self.ask(Ask { key, ..Ask::default() })
    }

    pub(super) fn ask<'a>(&'a self, ask: Ask<'_>) -> Option<&'a Figure> {
        self.picture.figures.find(Ask { project: Some(&self.project.code), ..ask })
    }

    pub(super) fn find(&self, wanted: Wanted<'_>) -> Option<&Figure> {
        self.keyed(wanted.key).find(|own| {
            &*own.scenario == wanted.scenario.unwrap_or("all")
                && own.council.as_deref() == wanted.council
                && own.item.as_deref() == wanted.item
                && own.option == wanted.option
                && own.basis == wanted.basis
                && own.case == wanted.case
                && own.income == wanted.income
        })
    }

    /// The figures with a key, of every scenario.
    pub(super) fn keyed(&self, key: &str) -> impl Iterator<Item = &Figure> {
        self.picture.figures.of(Some(&self.project.code), key)
    }

    /// A number that may stand in public.
    pub(super) fn number(&self, wanted: Wanted<'_>) -> Option<&Exact> {
        self.find(wanted).filter(|own| own.public).and_then(Figure::number)
    }

    /// The councils that figures are expected from, in the order of the programme.
    pub(super) fn expected(&self) -> Vec<&Code> {
        self.project.expected().collect()
    }

    /// The returns in use, with their coverage.
    pub(super) fn used(&self) -> impl Iterator<Item = (&Coverage, &Return)> {
        self.own.expected().filter(|line| line.state == State::Used).filter_map(|line| {
            Some((line, self.intake.return_of(&self.project.code, &line.council)?))
        })
    }

    /// Councils whose return is used, but which have no usable value for a figure.
    pub(super) fn used_without(&self, figure: &Figure) -> Vec<&Code> {
        let used = self.used().map(|(line, _)| &line.council);
        used.filter(|council| figure.missing.contains(council)).collect()
    }

    pub(super) fn brief(&self) -> Option<&Return> {
        self.intake.brief(&self.project.code).filter(|brief| brief.refused.is_none())
    }

    /// The profile of a council, unless it may not be used.
    pub(super) fn profile(&self, council: &Code) -> Option<&Return> {
        self.intake.profile(council).filter(|profile| profile.refused.is_none())
    }

    pub(super) fn say(&self, sentence: &str, form: &str, quoted: &[(&str, &str)]) -> String {
        self.wording.say(sentence, form, quoted)
    }

    /// A sentence that goes by a number: `none`, `one` or `many`. Quotes {number} in words.
    pub(super) fn count(&self, sentence: &str, number: usize) -> String {
        self.say(sentence, plural(number), &[("number", &english::count(number))])
    }

    /// A sentence about some councils: `one` or `many`; nothing about none. Quotes {list}.
    pub(super) fn about(&self, sentence: &str, councils: &[&Code]) -> Option<String> {
        let form = if councils.len() == 1 { "one" } else { "many" };
        (!councils.is_empty()).then(|| self.say(sentence, form, &[("list", &self.list(councils))]))
    }

    /// That all whom a figure covers confirmed that there is nothing: `all`, or `some` where others are missing.
    pub(super) fn all_nil(&self, sentence: &str, figure: &Figure) -> String {
        let form = if figure.missing.is_empty() { "all" } else { "some" };
        self.say(sentence, form, &[("councils", &self.councils(&figure.used))])
    }

    /// "Canterbury, Dover and Thanet".
    pub(super) fn list(&self, councils: &[&Code]) -> String {
        let names: Vec<&str> = councils.iter().map(|code| self.programme.name(code)).collect();
        english::list(&names)
    }

    /// Whom a figure covers, as it stands in a sentence: "the four councils".
    pub(super) fn councils(&self, used: &[Code]) -> String {
        self.covers("councils", used, !self.all_in_use(used))
    }

    /// `gave` where not all whose returns are used gave what is needed.
    fn covers(&self, sentence: &str, used: &[Code], gave: bool) -> String {
        let form = match (used.len(), self.expected().len()) {
            (1, 1) => "only",
            (2, 2) => "both",
            (some, all) if some == all => "all",
            (1, _) if gave => "gave_one",
            (1, _) => "some_one",
            _ if gave => "gave",
            _ => "some",
        };
        let list = self.list(&used.iter().collect::<Vec<_>>());
        self.say(sentence, form, &[("number", &english::count(used.len())), ("list", &list)])
    }

    /// Whether every return in use is among these councils'.
    pub(super) fn all_in_use(&self, councils: &[Code]) -> bool {
        self.used().all(|(line, _)| councils.contains(&line.council))
    }

    /// The heading over a figure: "All four councils", "Total of 3 of 4 councils (Thanet not returned)".
    pub(super) fn coverage(&self, figure: &Figure) -> String {
        let (used, all) = (figure.used.len(), self.expected().len());
        let form = match (used, all) {
            (1, 1) => "only",
            (2, 2) => "both",
            _ if used == all => "all",
            _ => "some",
        };
        let list = self.list(&figure.used.iter().collect::<Vec<_>>());
        let quoted = [
            ("asked", &*english::count(all)),
            ("list", &list),
            ("n", &used.to_string()),
            ("of", &all.to_string()),
            ("missing", &self.missing(figure)),
        ];
        self.say("table.total", form, &quoted)
    }

    /// "3 of 4 councils".
    pub(super) fn share(&self, figure: &Figure) -> String {
        self.share_of(&figure.used.len().to_string())
    }

    /// The same for a number in figures, or for two: "2 to 3 of 4 councils".
    pub(super) fn share_of(&self, number: &str) -> String {
        let of = self.expected().len();
        let form = if of == 1 { "one" } else { "some" };
        self.say("table.share", form, &[("n", number), ("of", &of.to_string())])
    }

    /// "Thanet not returned; Dover has no usable figure".
    fn missing(&self, figure: &Figure) -> String {
        let mut by_reason: BTreeMap<&str, Vec<&Code>> = BTreeMap::new();
        for council in &figure.missing {
            let line = self.own.coverage.iter().find(|line| line.council == *council);
            let form = match line.map(|line| &line.state) {
                Some(State::Used) => "no_figure",
                Some(State::Refused(_) | State::SetAside(_)) => "refused",
                Some(State::NotReturned) | None => "not_returned",
            };
            by_reason.entry(form).or_default().push(council);
        }
        let said = by_reason
            .iter()
            .rev()
            .map(|(form, who)| self.say("table.missing", form, &[("list", &self.list(who))]));
        said.collect::<Vec<_>>().join("; ")
    }

    /// The short references of the papers behind figures: "R1, R2, R4, B1".
    pub(super) fn references(&self, figures: &[&Figure]) -> String {
        let rests = |council: &Code| {
            let own = |figure: &&Figure| {
                figure.used.contains(council)
                    || figure.council.as_ref() == Some(council) && figure.value.is_some()
            };
            figures.iter().any(own)
        };
        let lines = self.own.coverage.iter().filter(|line| rests(&line.council));
        let mut references: Vec<&str> =
            lines.filter_map(|line| line.reference.as_deref()).collect();
        let of_brief =
            |figure: &&Figure| figure.sources.iter().any(|source| source.council.is_empty());
        if figures.iter().any(of_brief) {
            references.push("B1");
        }
        references.join(", ")
    }

    /// What the handle of a control says: label, coverage, reference.
    pub(super) fn title(&self, label: &str, figure: &Figure) -> String {
        let share = self.share(figure);
        match &*self.references(&[figure]) {
            "" => format!("{label}: {share}"),
            references => format!("{label}: {share}: {references}"),
        }
    }

    /// A figure as tables have it, or why a council has none.
    pub(super) fn cell(&self, figure: Option<&Figure>) -> String {
        let Some(figure) = figure else { return String::from("not collected") };
        match shown(figure) {
            Some(text) => text,
            None => self.no_value(figure),
        }
    }

    fn no_value(&self, figure: &Figure) -> String {
        if let Some(why) = figure.kept_back() {
            return why.to_owned();
        }
        if figure.council.is_none() {
            return String::from("cannot be given");
        }
        let reason = figure.reasons.values().next().map_or("", String::as_str);
        let code = |text: &str| {
            text.split([' ', '(', ')']).find(|word| word.contains('-')).map(str::to_owned)
        };
        match reason {
            "not returned" => String::from("not returned"),
            reason if reason.starts_with("not applicable") => String::from("not applicable"),
            reason if reason.starts_with("GEN-001") => String::from("not answered"),
            reason => match code(reason) {
                Some(code) => format!("rejected ({code})"),
                None => String::from("not usable"),
            },
        }
    }
}

/// Whom the sentences of a paragraph cover, said at the beginning of the first that covers others than those before it.
pub(super) struct Reach<'b, 'a> {
    case: &'b Case<'a>,
    covered: Vec<Code>,
}

impl<'b, 'a> Reach<'b, 'a> {
    pub(super) fn new(case: &'b Case<'a>) -> Reach<'b, 'a> {
        Reach { case, covered: case.project.expected().cloned().collect() }
    }

    /// What a sentence about these councils begins with: "in Canterbury and Dover, ", or nothing.
    pub(super) fn to(&mut self, used: &[Code]) -> String {
        if self.covered == used {
            return String::new();
        }
        let all = self.case.expected().len();
        let first = self.covered.len() == all && self.case.all_in_use(used);
        self.covered = used.to_vec();
        let place = if used.len() == all || first {
            self.case.covers("of_councils", used, false)
        } else {
            // Where figures differ in whom they cover, a number alone would not say which councils are meant.
            let list = self.case.list(&used.iter().collect::<Vec<_>>());
            let number = english::count(used.len());
            self.case.say("of_councils", "only", &[("number", &number), ("list", &list)])
        };
        self.case.say("where", "some", &[("of_councils", &place)])
    }
}

/// The text of an answer that may be used.
pub(super) fn text<'r>(ret: &'r Return, field: &Field) -> Option<&'r str> {
    match ret.used(field) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// The date of an answer that may be used.
pub(super) fn date(ret: &Return, field: &Field) -> Option<Date> {
    match ret.used(field) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}

/// The form of a sentence that goes by a number.
pub(super) fn plural(number: usize) -> &'static str {
    match number {
        0 => "none",
        1 => "one",
        _ => "many",
    }
}

/// Sentences that have something to say, as a paragraph.
pub(super) fn paragraph(sentences: impl IntoIterator<Item = String>) -> String {
    let said: Vec<String> = sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    said.join(" ")
}

/// A figure as tables have it: "£1,659,055", "34.40", "13.1%", "nil"; `None` where there is no value.
pub(super) fn shown(figure: &Figure) -> Option<String> {
    let number = match figure.value.as_ref()? {
        Amount::Number(number) => number,
        Amount::Date(date) => return Some(english::date(*date)),
        Amount::YesNo(yes) => return Some(String::from(if *yes { "Yes" } else { "No" })),
        Amount::Text(text) => return Some(text.clone()),
    };
    Some(match figure.unit {
        Unit::Ratio => english::percent(number),
        _ if number.is_zero() => String::from("nil"),
        Unit::Pounds => english::pounds(number),
        Unit::PoundsPerUnit => english::pounds_and_pence(number),
        Unit::Fte | Unit::Years => english::fte(number),
        _ => english::thousands(&number.rounded(0)),
    })
}

/// A whole number of a figure, for counting words.
pub(super) fn whole(figure: Option<&Figure>) -> Option<usize> {
    usize::try_from(figure?.number()?.whole()).ok()
}

/// Money as running text has it, "nil" for a confirmed nought.
pub(super) fn pounds(number: &Exact) -> String {
    if number.is_zero() { String::from("nil") } else { english::pounds_in_words(number) }
}

/// The values of a draft, put in one by one.
#[derive(Default)]
pub(super) struct Values(pub(super) Data);

impl Values {
    /// A text without a title of its own.
    pub(super) fn text(&mut self, tag: &str, text: impl Into<String>) {
        self.titled(tag, text, String::new());
    }

    pub(super) fn titled(&mut self, tag: &str, text: impl Into<String>, title: String) {
        self.0.texts.insert(tag.to_owned(), Text { text: text.into(), title });
    }

    /// A first wording that is the lead's from then on.
    pub(super) fn seed(&mut self, tag: &str, text: impl Into<String>) {
        self.0.seeds.insert(tag.to_owned(), text.into());
    }

    pub(super) fn passage(&mut self, tag: &str, shown: bool) {
        self.0.passages.insert(tag.to_owned(), shown);
    }

    pub(super) fn table(&mut self, tag: &str, table: Table) {
        self.blocks(tag, vec![Block::Table(table)]);
    }

    pub(super) fn blocks(&mut self, tag: &str, blocks: Vec<Block>) {
        self.0.blocks.insert(tag.to_owned(), blocks);
    }

    pub(super) fn chart(&mut self, tag: &str, chart: Chart) {
        self.0.charts.insert(tag.to_owned(), chart);
    }

    pub(super) fn list(&mut self, tag: &str, items: Vec<Item>) {
        self.0.lists.insert(tag.to_owned(), items);
    }
}

/// A row of a list: its key, and its texts by column. What is empty prints as "not given".
pub(super) fn item<const N: usize>(key: impl Into<String>, texts: [(&str, String); N]) -> Item {
    let text = |text: String| if text.trim().is_empty() { String::from("not given") } else { text };
    Item {
        key: key.into(),
        texts: texts.into_iter().map(|(column, own)| (column.to_owned(), text(own))).collect(),
    }
}
