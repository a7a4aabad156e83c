//! Puts right what docx-rs writes: elements in the order the schema wants, no ids that depend on chance.

use super::span::{Prefixes, Tree};

/// The children of an element in the order of the schema (ISO 29500, transitional).
const ORDERS: &[(&str, &str)] = &[
    ("p", "pPr"),
    ("r", "rPr"),
    ("tbl", "tblPr tblGrid"),
    ("tr", "tblPrEx trPr"),
    ("tc", "tcPr"),
    ("sdt", "sdtPr sdtEndPr sdtContent"),
    (
        "pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr \
         suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap \
         overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd \
         snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc \
         textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr \
         sectPr pPrChange",
    ),
    (
        "rPr",
        "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike \
         outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing \
         w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em \
         lang eastAsianLayout specVanish oMath rPrChange",
    ),
    ("numPr", "ilvl numId numberingChange ins"),
    ("pBdr", "top left bottom right between bar"),
    (
        "tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize \
         tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook \
         tblCaption tblDescription tblPrChange",
    ),
    ("tblBorders", "top left start bottom right end insideH insideV"),
    ("tblCellMar", "top left start bottom right end"),
    (
        "trPr",
        "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader \
         tblCellSpacing jc hidden ins del trPrChange",
    ),
    (
        "tcPr",
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection \
         tcFitText vAlign hideMark",
    ),
    ("tcBorders", "top left start bottom right end insideH insideV tl2br tr2bl"),
    ("tcMar", "top left start bottom right end"),
    (
        "sdtPr",
        "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label \
         tabIndex",
    ),
    (
        "sectPr",
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc \
         pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg \
         textDirection bidi rtlGutter docGrid printerSettings",
    ),
    ("styles", "docDefaults latentStyles style"),
    ("docDefaults", "rPrDefault pPrDefault"),
    (
        "style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden \
         unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr \
         rPr tblPr trPr tcPr tblStylePr",
    ),
    ("tblStylePr", "pPr rPr tblPr trPr tcPr"),
    ("abstractNum", "nsid multiLevelType tmpl name styleLink numStyleLink lvl"),
    (
        "lvl",
        "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc \
         pPr rPr",
    ),
    ("numbering", "numPicBullet abstractNum num"),
    (
        "settings",
        "writeProtection view zoom removePersonalInformation mirrorMargins attachedTemplate \
         mailMerge revisionView trackRevisions documentProtection defaultTabStop \
         evenAndOddHeaders characterSpacingControl updateFields footnotePr endnotePr compat \
         docVars rsids themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    ),
];

/// Where an element stands among its siblings; what the schema puts in no order comes last.
fn rank(order: &str, child: &str) -> usize {
    order.split(' ').position(|name| name == child).unwrap_or(usize::MAX)
}

/// A part or a piece of one as docx-rs builds it, with the children of its
/// properties in the order of the schema and without paragraph ids, which
/// docx-rs counts through the process. The prefix is `w`.
pub fn conform(xml: &str) -> String {
    let prefixes = Prefixes::usual();
    let Ok(tree) = Tree::piece(xml, &prefixes) else { return xml.to_owned() };
    let mut out = String::with_capacity(xml.len());
    node(&tree, 0, &mut out);
    out
}

fn node(tree: &Tree<'_>, at: usize, out: &mut String) {
    let kids: Vec<usize> = tree.kids(at).filter(|kid| !is_empty(tree, at, *kid)).collect();
    start_tag(tree, at, out);
    if tree.is_closed(at) {
        return;
    }
    let name = tree.word(at).unwrap_or_default();
    let schema = ORDERS.iter().find(|(parent, _)| *parent == name).filter(|_| kids.len() > 1);
    let order = |kid: &usize| {
        schema.map_or(0, |(_, order)| rank(order, tree.word(*kid).unwrap_or_default()))
    };
    if kids.is_sorted_by_key(order) {
        let mut done = tree.inner(at).start;
        for kid in tree.kids(at) {
            out.push_str(&tree.xml[done..tree.span(kid).start]);
            if kids.contains(&kid) {
                node(tree, kid, out);
            }
            done = tree.span(kid).end;
        }
        out.push_str(&tree.xml[done..tree.inner(at).end]);
    } else {
        let mut kids = kids;
        kids.sort_by_key(order);
        for kid in kids {
            node(tree, kid, out);
        }
    }
    out.push_str(&tree.xml[tree.inner(at).end..tree.span(at).end]);
}

fn start_tag(tree: &Tree<'_>, at: usize, out: &mut String) {
    if at == 0 {
        return;
    }
    let drop = |name: &str| {
        matches!(name, "w14:paraId" | "w14:textId") || tree.is(at, "gridCol") && name == "w:type"
    };
    let attributes: Vec<_> = tree.attributes(at).collect();
    if !attributes.iter().any(|(name, _)| drop(name)) {
        return out.push_str(&tree.xml[tree.start_tag(at)]);
    }
    out.push('<');
    out.push_str(tree.name(at));
    for (name, value) in attributes.iter().filter(|(name, _)| !drop(name)) {
        out.push_str(&format!(" {name}=\"{}\"", super::text::escape(value)));
    }
    out.push_str(if tree.is_closed(at) { "/>" } else { ">" });
}

/// docx-rs writes these whether there is anything in them or not.
fn is_empty(tree: &Tree<'_>, parent: usize, at: usize) -> bool {
    let bare = tree.kids(at).next().is_none();
    bare && match tree.word(at) {
        Some("rPr") => tree.is(parent, "pPr"),
        Some("tblBorders") => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stand_in_the_order_of_the_schema() {
        let raw = "<w:p w14:paraId=\"1\"><w:r><w:t>a</w:t></w:r><w:pPr><w:rPr /><w:jc w:val=\"left\"/>\
                   <w:numPr><w:numId w:val=\"1\"/><w:ilvl w:val=\"0\"/></w:numPr><w:pStyle w:val=\"S\"/></w:pPr></w:p>\
                   <w:gridCol w:w=\"9\" w:type=\"dxa\"/>";
        assert_eq!(
            conform(raw),
            "<w:p><w:pPr><w:pStyle w:val=\"S\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>\
             <w:jc w:val=\"left\"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p><w:gridCol w:w=\"9\"/>"
        );
    }
}
