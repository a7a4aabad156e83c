//! What an OpenDocument workbook shows beside the values of its cells: what is hidden or struck out, comments,
//! percentages, amounts shown in thousands, formulas, and whether a sheet is protected.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use super::{
    grid::{Beside, LAST},
    parts::Parts,
};
use crate::place::Cell;

/// What a workbook shows, by the names of its sheets; to how many other files it is linked.
pub(super) fn sheets(parts: &mut Parts<'_>) -> (BTreeMap<String, Beside>, usize) {
    let mut look = Look::default();
    for part in ["styles.xml", "content.xml"] {
        if let Some(text) = parts.text(part) {
            look.through(&text);
        }
    }
    (look.sheets, look.links.len())
}

/// A style of cells.
#[derive(Default)]
struct Style {
    strikes: bool,
    parent: String,
    format: String,
}

#[derive(Default)]
struct Look {
    styles: BTreeMap<String, Style>,
    /// Number formats that show thousands.
    scaled: Vec<String>,
    /// The style or the number format whose definition is being read.
    style: String,
    format: String,
    sheets: BTreeMap<String, Beside>,
    sheet: Option<(String, Beside)>,
    /// Up to and with each column, the style that its cells have by default.
    columns: Vec<(u32, String)>,
    /// The row reached, and how often it stands there.
    row: (u32, u32),
    row_style: String,
    column: u32,
    /// The cell being read, where it may hold a comment.
    cell: Cell,
    comment: Option<String>,
    /// Other files that cells are taken from.
    links: BTreeSet<String>,
}

impl Look {
    fn through(&mut self, text: &str) {
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => self.start(&element, true),
                Ok(Event::Empty(element)) => {
                    self.start(&element, false);
                    self.end(element.local_name().as_ref());
                }
                Ok(Event::Text(text)) => {
                    if let Some(comment) = &mut self.comment {
                        comment.push_str(&text.xml10_content());
                    }
                }
                Ok(Event::End(element)) => self.end(element.local_name().as_ref()),
                Ok(Event::Eof) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>, holds: bool) {
        let get = |name: &str| attribute(element, name);
        let times = |name: &str| get(name).parse().unwrap_or(1_u32);
        match element.local_name().as_ref() {
            "style" => {
                self.style = get("name");
                let style = Style {
                    strikes: false,
                    parent: get("parent-style-name"),
                    format: get("data-style-name"),
                };
                self.styles.insert(self.style.clone(), style);
            }
            "text-properties" => {
                let line = get("text-line-through-style");
                let kind = get("text-line-through-type");
                let given = |own: &str| !own.is_empty() && own != "none";
                if let Some(style) = self.styles.get_mut(&self.style) {
                    style.strikes |= given(&line) || given(&kind);
                }
            }
            "number-style" | "currency-style" => self.format = get("name"),
            "number" if get("display-factor").starts_with("1000") => {
                self.scaled.push(self.format.clone());
            }
            "table" if self.sheet.is_none() => {
                let mut beside = Beside::default();
                beside.facts.protected = get("protected") == "true";
                self.sheet = Some((get("name"), beside));
                (self.row, self.columns) = ((0, 0), Vec::new());
            }
            "table-column" => {
                let from = self.columns.last().map_or(0, |(end, _)| *end);
                let end = from.saturating_add(times("number-columns-repeated"));
                if self.is_hidden(&get("visibility"))
                    && let Some((_, own)) = &mut self.sheet
                {
                    own.facts.hidden_columns.push((from, (end - 1).min(LAST.column)));
                }
                self.columns.push((end, get("default-cell-style-name")));
            }
            "table-row" => {
                self.row = (self.row.0.saturating_add(self.row.1), times("number-rows-repeated"));
                self.column = 0;
                self.row_style = get("default-cell-style-name");
                let (from, count) = self.row;
                if self.is_hidden(&get("visibility"))
                    && let Some((_, own)) = &mut self.sheet
                {
                    own.facts
                        .hidden_rows
                        .push((from, from.saturating_add(count - 1).min(LAST.row)));
                }
            }
            "table-cell" | "covered-table-cell" => {
                let count = times("number-columns-repeated");
                let value = get("value-type");
                if !value.is_empty() || !get("formula").is_empty() {
                    self.filled(count, &value, &get("formula"), &get("style-name"));
                }
                self.cell = Cell { row: self.row.0, column: self.column };
                self.column = self.column.saturating_add(count);
            }
            "table-source" | "cell-range-source" => drop(self.links.insert(get("href"))),
            "dde-source" => drop(self.links.insert(get("dde-topic"))),
            "annotation" if holds => self.comment = Some(String::new()),
            // Who wrote a comment, and when, is no part of it.
            "creator" | "date" | "date-string" => {
                if let Some(comment) = &mut self.comment {
                    comment.push('\u{0}');
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "table" => {
                if let Some((name, mut beside)) = self.sheet.take() {
                    beside.sort();
                    self.sheets.insert(name, beside);
                }
            }
            "creator" | "date" | "date-string" => {
                if let Some(comment) = &mut self.comment
                    && let Some(start) = comment.rfind('\u{0}')
                {
                    comment.truncate(start);
                }
            }
            "annotation" => {
                if let (Some(comment), Some((_, own))) = (self.comment.take(), &mut self.sheet) {
                    own.facts.comments.push((self.cell, comment.trim().into()));
                }
            }
            _ => {}
        }
    }

    /// Notes what there is to say of a cell that is filled, once or several times over.
    fn filled(&mut self, columns: u32, value: &str, formula: &str, style: &str) {
        let in_column = |column: u32| {
            let own = self.columns.iter().find(|(end, _)| column < *end);
            own.map_or("", |(_, style)| &**style)
        };
        let (from, rows) = self.row;
        let last = (from.saturating_add(rows)).min(LAST.row + 1);
        let end = self.column.saturating_add(columns).min(LAST.column + 1);
        let mut struck_out = Vec::new();
        let mut scaled = Vec::new();
        let mut cells = Vec::new();
        for column in self.column..end {
            let names = [style, &*self.row_style, in_column(column)];
            let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
            let (strikes, scales) = self.shows(name);
            for row in from..last {
                let cell = Cell { row, column };
                struck_out.extend(strikes.then_some(cell));
                scaled.extend((scales && matches!(value, "float" | "currency")).then_some(cell));
                cells.push(cell);
            }
        }
        let Some((_, own)) = &mut self.sheet else { return };
        own.facts.struck_out.extend(struck_out);
        own.facts.scaled.extend(scaled);
        if !formula.is_empty() {
            own.facts.formulas.extend(&cells);
        }
        if formula.is_empty() && matches!(value, "float" | "currency" | "percentage") {
            own.numbers.extend(&cells);
        }
        if value == "percentage" {
            own.percent.extend(cells);
        }
    }

    /// Whether a style strikes out, and whether it shows thousands; what it does not say, its parent may.
    fn shows(&self, name: &str) -> (bool, bool) {
        let (mut strikes, mut format, mut name) = (false, "", name);
        for _ in 0..8 {
            let Some(style) = self.styles.get(name) else { break };
            strikes |= style.strikes;
            if format.is_empty() {
                format = &style.format;
            }
            name = &style.parent;
        }
        (strikes, self.scaled.iter().any(|own| own == format))
    }

    fn is_hidden(&self, visibility: &str) -> bool {
        self.sheet.is_some() && matches!(visibility, "collapse" | "filter")
    }
}

/// The value of an attribute, whatever its prefix; "" when it is not there.
fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let mut attributes = element.attributes();
    let own =
        attributes.with_checks(false).flatten().find(|own| own.key.local_name().as_ref() == name);
    own.and_then(|own| own.normalized_value(XmlVersion::Implicit1_0).ok())
        .map(|value| value.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;
    use crate::programme::Limits;

    fn looked(content: &str) -> (BTreeMap<String, Beside>, usize) {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        sheets(&mut Parts::of(&bytes, &Limits::default()).unwrap())
    }

    #[test]
    fn what_is_shown_beside_the_values_is_seen() {
        let (sheets, links) = looked(
            r#"<c><s:style s:name="N" /><n:number-style s:name="N7"><n:number n:display-factor="1000"/></n:number-style>
            <s:style s:name="struck"><s:text-properties s:text-line-through-style="solid"/></s:style>
            <s:style s:name="k" s:parent-style-name="N" s:data-style-name="N7"/>
            <t:table t:name="Our staff" t:protected="true"><t:table-column/>
            <t:table-column t:number-columns-repeated="2" t:visibility="collapse"/>
            <t:table-row t:number-rows-repeated="3" t:visibility="filter"><t:table-cell/></t:table-row>
            <t:table-row><t:table-cell o:value-type="percentage" o:value="1"/>
            <t:table-cell t:style-name="struck" o:value-type="float" t:formula="of:=1"/>
            <t:table-cell t:style-name="k" t:number-columns-repeated="2" o:value-type="float">
            <o:annotation><dc:creator>A. Person</dc:creator><dc:date>2009</dc:date><p>this is Q3 only</p></o:annotation>
            </t:table-cell></t:table-row></t:table><t:table t:name="'file:///b.ods'#$A">
            <t:table-source x:href="../b.ods"/><t:cell-range-source x:href="../b.ods"/></t:table></c>"#,
        );
        assert_eq!(links, 1);
        let own = &sheets["Our staff"];
        let cell = |column| Cell { row: 3, column };
        assert_eq!(
            (&*own.facts.hidden_rows, &*own.facts.hidden_columns),
            (&[(0, 2)][..], &[(1, 2)][..])
        );
        assert_eq!(
            (&*own.facts.struck_out, &*own.facts.formulas),
            (&[cell(1)][..], &[cell(1)][..])
        );
        assert_eq!((&*own.facts.scaled, &*own.percent), (&[cell(2), cell(3)][..], &[cell(0)][..]));
        assert_eq!(own.facts.comments, [(cell(2), "this is Q3 only".into())]);
        assert_eq!(own.numbers, [cell(0), cell(2), cell(3)]);
        assert!(own.facts.protected);
    }
}
