//! The life of a lead's document: weeks of editing in Word, new figures, refreshed again and again. What the lead did
//! stays, to the byte; notes stay beside their rows; the same refresh again does nothing.

mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::LazyLock,
};

use common::{Forms, assert_sound, edited, parts};
use lathe::{
    draft::{self, Kind, Templates},
    number::Decimal,
    word::{self, Block, Data, Filled, Item, NoticeKind},
};
use rayon::prelude::*;
use regex::Regex;

const DOCUMENT: &str = "word/document.xml";

/// The values of every kind of document: of set W, and of the same before Thanet returned.
static DAYS: LazyLock<[BTreeMap<Kind, Data>; 2]> = LazyLock::new(|| {
    [Forms::w(), Forms::w().without("THA")].map(|forms| forms.run().papers().into_iter().collect())
});

/// The same of the business case alone.
static DATA: LazyLock<[Data; 2]> =
    LazyLock::new(|| DAYS.each_ref().map(|day| day[&Kind::BusinessCase].clone()));

static BOOKMARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("<w:bookmark(?:Start|End) [^>]*/>").unwrap());

fn created(data: &Data) -> Vec<u8> {
    created_as(Kind::BusinessCase, data)
}

fn created_as(kind: Kind, data: &Data) -> Vec<u8> {
    draft::create_or_refresh(None, Templates::built_in().of(kind), data).unwrap().bytes
}

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        (!of.is_empty()).then(|| &of[self.below(of.len())])
    }
}

// ---- Looking into a document ----

/// The elements of a name, in the order of their starts.
fn elements(xml: &str, name: &str) -> Vec<Range<usize>> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut stack = vec![];
    let mut found = vec![];
    let mut at = 0;
    while let Some(next) = xml[at..].find('<').map(|next| next + at) {
        let end = xml[next..].find('>').unwrap() + next + 1;
        if xml[next..].starts_with(&close) {
            let start: usize = stack.pop().unwrap();
            found.push(start..end);
        } else if xml[next..].starts_with(&open)
            && matches!(xml.as_bytes()[next + open.len()], b' ' | b'>' | b'/')
        {
            if xml[next..end].ends_with("/>") {
                found.push(next..end);
            } else {
                stack.push(next);
            }
        }
        at = end;
    }
    found.sort_by_key(|range| (range.start, range.end));
    found
}

/// The tag of a control, from its source.
fn tag(control: &str) -> &str {
    let properties = control.split("<w:sdtContent").next().unwrap();
    properties.split("<w:tag w:val=\"").nth(1).map_or("", |rest| rest.split('"').next().unwrap())
}

fn is_ours(control: &str) -> bool {
    let verbs = ["fig:", "say:", "once:", "each:", "item:", "block:", "chart:", "if:"];
    verbs.iter().any(|verb| tag(control).starts_with(verb))
}

/// Our controls that stand in no other of ours.
fn outermost(xml: &str) -> Vec<Range<usize>> {
    let mut end = 0;
    let mut found = vec![];
    for control in elements(xml, "w:sdt") {
        if control.start >= end && is_ours(&xml[control.clone()]) {
            end = control.end;
            found.push(control);
        }
    }
    found
}

/// Every byte outside our controls.
fn outside(xml: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for control in outermost(xml) {
        out.push_str(&xml[done..control.start]);
        done = control.end;
    }
    out + &xml[done..]
}

fn body(document: &[u8]) -> String {
    parts(document).remove(DOCUMENT).unwrap()
}

/// The rows of lists, by their key's tag and where they stand.
fn rows(xml: &str) -> Vec<Range<usize>> {
    let controls = elements(xml, "w:sdt").into_iter();
    controls
        .filter(|row| {
            tag(&xml[row.clone()]).starts_with("row:") && tag(&xml[row.clone()]) != "row:"
        })
        .collect()
}

/// The key of the row in which each of the lead's notes stands, and the words of the rest.
fn notes(xml: &str) -> BTreeMap<String, String> {
    let rows = rows(xml);
    let mut notes = BTreeMap::new();
    for (at, _) in xml.match_indices("note-") {
        let word: String =
            xml[at..].chars().take_while(|char| *char != ' ' && *char != '<').collect();
        let row = rows.iter().rfind(|row| row.contains(&at));
        notes.insert(word, row.map_or("", |row| tag(&xml[row.clone()])).to_owned());
    }
    notes
}

/// The lead's words, each with how often it stands.
fn words(document: &[u8]) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for text in parts(document).values() {
        for (at, _) in text.match_indices("lead-") {
            let word: String = text[at..]
                .chars()
                .take_while(|char| char.is_alphanumeric() || *char == '-')
                .collect();
            *count.entry(word).or_default() += 1;
        }
    }
    count
}

// ---- What a lead does ----

struct Lead {
    dice: Dice,
    words: usize,
}

impl Lead {
    fn word(&mut self, kind: &str) -> String {
        self.words += 1;
        format!("{kind}-{}", self.words)
    }

    /// The document after one more thing done to it.
    fn edit(&mut self, document: &[u8]) -> Vec<u8> {
        let xml = body(document);
        let new = match self.dice.below(11) {
            0 => self.reword(&xml),
            1 => self.paragraph(&xml, "<w:r><w:t>lead</w:t></w:r>"),
            2 => self.paragraph(&xml, "<w:ins w:id=\"{id}\" w:author=\"x\"><w:r><w:t>lead</w:t></w:r></w:ins>"),
            3 => self.paragraph(&xml, "<w:del w:id=\"{id}\" w:author=\"x\"><w:r><w:delText>lead</w:delText></w:r></w:del>"),
            4 => self.paragraph(&xml, "<w:commentRangeStart w:id=\"{id}\"/><w:r><w:t>lead</w:t></w:r><w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"),
            5 => self.control(&xml, false, true),
            6 => self.control(&xml, true, false),
            7 => self.control(&xml, false, false),
            8 => self.note(&xml),
            9 => self.row(&xml),
            _ => self.sort(&xml),
        };
        match new.filter(|new| *new != xml) {
            Some(new) => edited(document, DOCUMENT, |_| new.clone()),
            None => document.to_vec(),
        }
    }

    /// Words typed into the text, between our controls.
    fn reword(&mut self, xml: &str) -> Option<String> {
        let ours = outermost(xml);
        let texts: Vec<_> = elements(xml, "w:t")
            .into_iter()
            .filter(|text| !ours.iter().any(|own| own.contains(&text.start)))
            .collect();
        let at = self.dice.one(&texts)?.end - "</w:t>".len();
        Some(format!("{} {}{}", &xml[..at], self.word("lead"), &xml[at..]))
    }

    /// A paragraph of its own between others of the body.
    fn paragraph(&mut self, xml: &str, content: &str) -> Option<String> {
        let at = self.gap(xml)?;
        let word = self.word("lead");
        let id = 70_000 + self.words;
        let content =
            content.replace(">lead<", &format!(">{word}<")).replace("{id}", &id.to_string());
        Some(format!("{}<w:p>{content}</w:p>{}", &xml[..at], &xml[at..]))
    }

    /// A place between paragraphs of the body, outside controls and tables.
    fn gap(&mut self, xml: &str) -> Option<usize> {
        let closed: Vec<_> =
            elements(xml, "w:sdt").into_iter().chain(elements(xml, "w:tbl")).collect();
        let paragraphs = elements(xml, "w:p").into_iter();
        let own: Vec<_> = paragraphs
            .filter(|own| !closed.iter().any(|other| other.contains(&own.start)))
            .collect();
        self.dice.one(&own).map(|own| own.end)
    }

    /// A control between paragraphs taken out, moved or copied.
    fn control(&mut self, xml: &str, copy: bool, remove: bool) -> Option<String> {
        let blocks: Vec<_> = outermost(xml)
            .into_iter()
            .filter(|own| {
                let content = xml[own.clone()].split("<w:sdtContent>").nth(1).unwrap_or_default();
                let is_block =
                    ["<w:p>", "<w:p ", "<w:sdt>"].iter().any(|it| content.starts_with(it));
                is_block
                    && (xml[..own.start].ends_with("</w:p>")
                        || xml[..own.start].ends_with("</w:sdt>"))
            })
            .collect();
        let own = self.dice.one(&blocks)?.clone();
        let mut source = xml[own.clone()].to_owned();
        if copy {
            // Word leaves a bookmark where it was.
            source = BOOKMARK.replace_all(&source, "").into_owned();
        }
        let without = format!("{}{}", &xml[..own.start], &xml[own.end..]);
        if remove {
            return Some(without);
        }
        let base = if copy { xml.to_owned() } else { without };
        let at = self.gap(&base)?;
        Some(format!("{}{source}{}", &base[..at], &base[at..]))
    }

    /// A note typed in the last cell of a row of ours.
    fn note(&mut self, xml: &str) -> Option<String> {
        let rows = rows(xml);
        let row = self.dice.one(&rows)?.clone();
        let at = xml[row.clone()].rfind("</w:tc>")? + row.start;
        let word = self.word("note");
        Some(format!("{}<w:p><w:r><w:t>{word} </w:t></w:r></w:p>{}", &xml[..at], &xml[at..]))
    }

    /// Word's + beside a row, with words typed over one of its texts.
    fn row(&mut self, xml: &str) -> Option<String> {
        let rows = rows(xml);
        let row = self.dice.one(&rows)?.clone();
        let copy = &xml[row.clone()];
        let text = elements(copy, "w:t").into_iter().next()?;
        let word = self.word("lead");
        let copy = format!("{}<w:t>{word}</w:t>{}", &copy[..text.start], &copy[text.end..]);
        Some(format!("{}{copy}{}", &xml[..row.end], &xml[row.end..]))
    }

    /// A table sorted the other way round.
    fn sort(&mut self, xml: &str) -> Option<String> {
        let lists: Vec<_> = elements(xml, "w:sdt")
            .into_iter()
            .filter(|list| tag(&xml[list.clone()]).starts_with("each:"))
            .collect();
        let list = self.dice.one(&lists)?.clone();
        let rows: Vec<_> = rows(xml).into_iter().filter(|row| list.contains(&row.start)).collect();
        let (first, last) = (rows.first()?, rows.last()?);
        let turned: String = rows.iter().rev().map(|row| &xml[row.clone()]).collect();
        let whole: String = rows.iter().map(|row| &xml[row.clone()]).collect();
        (xml[first.start..last.end] == *whole)
            .then(|| format!("{}{turned}{}", &xml[..first.start], &xml[last.end..]))
    }
}

/// Figures of another day: any of them moved, rows come and gone, passages that apply or not.
fn another_day(kind: Kind, dice: &mut Dice) -> Data {
    let mut data = DAYS[dice.below(2)][&kind].clone();
    for text in data.texts.values_mut() {
        if dice.below(3) == 0 {
            text.text = text.text.replace(['1', '7'], &dice.below(10).to_string());
        }
    }
    for items in data.lists.values_mut() {
        items.retain(|_| dice.below(4) > 0);
        if dice.below(2) == 0 {
            items.reverse();
        }
        let own = items.first().cloned();
        items.extend(own.map(|own| Item { key: format!("K{}", dice.below(3)), ..own }));
        let mut keys = BTreeSet::new();
        items.retain(|item| keys.insert(item.key.clone()));
    }
    for chart in data.charts.values_mut() {
        match dice.below(4) {
            0 => chart.categories.clear(),
            1 => {
                let values = chart.series.iter_mut().flat_map(|own| &mut own.values).flatten();
                values.for_each(|value| *value += Decimal::ONE);
                chart.alt.push_str(" A day later.");
            }
            2 => chart.series.truncate(2),
            _ => {}
        }
    }
    for block in data.blocks.values_mut().flatten() {
        if let Block::Table(table) = block
            && dice.below(2) == 0
        {
            let by = dice.below(table.rows.len().max(1));
            table.rows.rotate_left(by);
        }
    }
    for shown in data.passages.values_mut() {
        *shown = *shown != (dice.below(5) == 0);
    }
    data
}

fn refreshed(document: &[u8], data: &Data, at: &str) -> Filled {
    let filled = word::fill(document, data).unwrap_or_else(|refusal| panic!("{at}: {refusal}"));
    let again = word::fill(&filled.bytes, data).unwrap();
    assert!(again.bytes == filled.bytes, "{at}: a second refresh changes {:?}", again.changes);
    filled
}

/// The business case is the longest, and is lived through most often.
#[test]
fn whatever_a_lead_does_over_weeks_stays() {
    let lives = Kind::ALL.into_iter().flat_map(|kind| {
        let often = if kind == Kind::BusinessCase { 10 } else { 4 };
        (0..often).map(move |seed| (kind, seed))
    });
    lives.collect::<Vec<_>>().into_par_iter().for_each(|(kind, seed)| lives_through(kind, seed));
}

fn lives_through(kind: Kind, seed: u64) {
    let mut lead = Lead { dice: Dice(seed), words: 0 };
    let mut document = created_as(kind, &DAYS[1][&kind]);
    assert_sound(&document);
    for round in 0..3 {
        let at = format!("{}, seed {seed}, round {round}", kind.word());
        for _ in 0..4 {
            document = lead.edit(&document);
        }
        let data = another_day(kind, &mut lead.dice);
        let filled = refreshed(&document, &data, &at);
        let (before, after) = (parts(&document), parts(&filled.bytes));
        for (name, text) in &before {
            match name.strip_prefix("word/").filter(|name| !name.contains('/')) {
                Some(_) => assert!(outside(text) == outside(&after[name]), "{at}: {name}"),
                None if name == "customXml/lathe-state.xml" || is_chart(name) => {}
                None if name.ends_with(".rels") || name.starts_with('[') => {
                    assert!(without_charts(text) == without_charts(&after[name]), "{at}: {name}");
                }
                None => assert!(*text == after[name], "{at}: {name}"),
            }
        }
        assert_eq!(words(&document), words(&filled.bytes), "{at}: the lead's words");
        assert_notes(&before[DOCUMENT], &after[DOCUMENT], &data, &filled, &at);
        assert_sound(&filled.bytes);
        document = filled.bytes;
    }
}

/// Whether a part is one of a chart of ours, which come and go with the figures.
fn is_chart(name: &str) -> bool {
    ["word/charts/chart-", "word/charts/_rels/chart-", "word/embeddings/chart-"]
        .iter()
        .any(|own| name.starts_with(own))
}

/// The entries of a list of parts but for those of charts of ours.
fn without_charts(xml: &str) -> String {
    let entries = xml.split_inclusive("/>");
    entries.filter(|entry| !entry.contains("charts/chart-")).collect()
}

/// Each note beside its row still; a row without an item is kept by its note, and says so.
fn assert_notes(before: &str, after: &str, data: &Data, filled: &Filled, at: &str) {
    let (was, is) = (notes(before), notes(after));
    let keys: BTreeSet<String> =
        data.lists.values().flatten().map(|item| format!("row:{}", item.key.trim())).collect();
    for (note, row) in was {
        let now = is.get(&note).unwrap_or_else(|| panic!("{at}: {note} is gone"));
        // A row that somebody copied is theirs, and has no key any more.
        assert!(*now == row || now.is_empty(), "{at}: {note} was in {row} and is in {now}");
        if *now == row && !row.is_empty() && !keys.contains(&row) {
            assert!(
                filled.notices.iter().any(|own| own.kind == NoticeKind::RowKept),
                "{at}: {note}"
            );
            let here = &after
                [rows(after).into_iter().rfind(|own| tag(&after[own.clone()]) == row).unwrap()];
            assert!(here.contains("no longer returned"), "{at}: {note}");
        }
    }
}

/// Text from a return is never markup, a formula or a command, whatever it is and wherever it lands.
#[test]
fn hostile_answers_come_out_as_text_in_every_kind_of_place() {
    let long = "x".repeat(5_000);
    let hostile = [
        "]]>",
        "<w:p/>",
        "&amp;&#0;&lt;",
        "{{ revenue.gross }}",
        "=HYPERLINK(\"http://x\")",
        "\u{202e}\u{200f}שלום",
        "a\u{0}b\u{b}c\u{1f}",
        "one\r\ntwo\tthree",
        "\u{fffe}\u{fffc}",
        &long,
    ];
    for text in hostile {
        let mut data = DATA[0].clone();
        for own in data.texts.values_mut() {
            own.text = text.to_owned();
            own.title = text.to_owned();
        }
        data.seeds.values_mut().for_each(|own| text.clone_into(own));
        for item in data.lists.values_mut().flatten() {
            item.texts.values_mut().for_each(|own| text.clone_into(own));
        }
        for chart in data.charts.values_mut() {
            text.clone_into(&mut chart.alt);
            chart.categories.iter_mut().for_each(|own| text.clone_into(own));
            chart.series.iter_mut().for_each(|own| text.clone_into(&mut own.name));
        }
        for block in data.blocks.values_mut().flatten() {
            if let Block::Table(table) = block {
                text.clone_into(&mut table.title);
                table.rows.iter_mut().flatten().for_each(|own| text.clone_into(own));
            }
        }
        let document = created(&data);
        assert_sound(&document);
        assert!(refreshed(&document, &data, text).bytes == document);
        assert!(outside(&body(&document)) == outside(&body(&created(&DATA[0]))));
        let clean = word::finish(&document, &|_, _| None);
        assert!(!matches!(clean, Err(word::Unready::Refused(_))), "{text}");
    }
}

#[test]
fn two_thousand_contracts_are_a_long_table() {
    let mut data = DATA[0].clone();
    let contracts = data.lists.get_mut("each:contracts").unwrap();
    let own = contracts[0].clone();
    *contracts = (0..2_000).map(|at| Item { key: format!("CAN-{at}"), ..own.clone() }).collect();
    let document = created(&data);
    assert_sound(&document);
    assert_eq!(rows(&body(&document)).len(), 2_000 + other_rows(&data));
    data.lists.get_mut("each:contracts").unwrap().truncate(1_999);
    let filled = refreshed(&document, &data, "one fewer");
    assert_eq!(filled.changes.len(), 1);
}

/// The rows of the other lists.
fn other_rows(data: &Data) -> usize {
    data.lists
        .iter()
        .filter(|(tag, _)| *tag != "each:contracts")
        .map(|(_, items)| items.len())
        .sum()
}

/// A chart that a lead put in stays as it is, with its workbook.
#[test]
fn a_chart_of_the_leads_own_stays() {
    let chart = "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"77\" name=\"Mine\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rId99\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";
    let document = edited(&created(&DATA[1]), DOCUMENT, |xml| {
        let at = xml.rfind("<w:sectPr").unwrap();
        format!("{}{chart}{}", &xml[..at], &xml[at..])
    });
    let filled = refreshed(&document, &DATA[0], "a chart");
    assert!(body(&filled.bytes).contains(chart));
    let clean = word::finish(&filled.bytes, &|_, _| None).unwrap();
    assert!(body(&clean).contains(chart));
}
