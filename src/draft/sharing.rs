//! Who would pay what: an option's cost shared by every basis, with income kept or pooled (domain.md D9).

use super::{
    case::{Case, Values, Wanted, date, paragraph, plural, pounds, text, whole},
    financial::{everybody, money},
    kind::Kind,
    table,
};
use crate::{
    english,
    figure::Figure,
    form::brief::options::{APPORTIONMENT_AGREED_BY, APPORTIONMENT_AGREED_ON, APPORTIONMENT_BASIS},
    number::Exact,
    programme::Code,
    sentence,
    word::{Block, Table},
};

/// How cost may be shared, as figures name it, and as the brief does.
pub(super) const BASES: [(&str, &str); 5] = [
    ("agreed", "Agreed shares"),
    ("population", "Population"),
    ("budget", "Budget"),
    ("equal", "Equal"),
    ("usage", "Usage"),
];

pub(super) fn values(case: &Case<'_>, values: &mut Values) {
    let option = sentence::tested(&case.told(), case.own);
    let sharing = Sharing::of(case, option);
    values.passage("if:shares", !sharing.readings.is_empty());
    values.text("say:sharing", sharing.said(case));
    values.blocks("block:shares", sharing.tables(case));
    values.text("say:basis_agreed", agreed(case));
    values.blocks("block:each_share", sharing.each(case));
    values.text("say:compensation", sharing.compensation(case));
    values.blocks("block:amounts", sharing.amounts(case));
}

/// Who would pay what, as far as an option has been tested.
struct Sharing {
    option: Option<u32>,
    /// Income kept or pooled: those that can be given.
    readings: Vec<&'static str>,
    /// The bases that can be given, as figures name them.
    bases: Vec<&'static str>,
    /// The one that the brief names, if it can be given; else the first.
    basis: Option<&'static str>,
}

impl Sharing {
    fn of(case: &Case<'_>, option: Option<u32>) -> Sharing {
        let given = |income: &str, basis: &str| {
            let key = "apportionment.losers";
            let (basis, income) = (Some(basis), Some(income));
            let wanted = Wanted { key, option, basis, income, ..Wanted::default() };
            option.is_some() && case.number(wanted).is_some()
        };
        let any = |income: &&str| BASES.iter().any(|(basis, _)| given(income, basis));
        let readings: Vec<&'static str> = ["own", "pooled"].into_iter().filter(any).collect();
        let named = case.brief().and_then(|brief| text(brief, &APPORTIONMENT_BASIS));
        let bases: Vec<&'static str> = BASES
            .iter()
            .map(|(basis, _)| *basis)
            .filter(|basis| readings.iter().any(|income| given(income, basis)))
            .collect();
        let wanted = BASES.iter().find(|(_, word)| Some(*word) == named).map(|(basis, _)| *basis);
        let basis = wanted.filter(|own| bases.contains(own)).or(bases.first().copied());
        Sharing { option, readings, bases, basis }
    }

    /// What a council would pay, gain or lose by a basis: `share` or `gain`.
    fn amount<'c>(
        &self,
        case: &'c Case<'_>,
        key: &str,
        council: &Code,
        [basis, income]: [&str; 2],
    ) -> Option<&'c Exact> {
        let (basis, income) = (Some(basis), Some(income));
        let council = Some(&**council);
        let option = self.option;
        case.number(Wanted { key, council, option, basis, income, ..Wanted::default() })
    }

    /// How many councils would pay more than they do now (the end of sentence 13).
    fn said(&self, case: &Case<'_>) -> String {
        let Some(basis) = self.basis else {
            return case.say("sharing.none", "some", &[]);
        };
        let sentences = self.readings.iter().filter_map(|income| {
            let key = "apportionment.losers";
            let wanted = Wanted {
                key,
                option: self.option,
                basis: Some(basis),
                income: Some(income),
                ..Wanted::default()
            };
            let losers = whole(case.find(wanted))?;
            let of = case.expected().len();
            let quoted = [
                ("basis", &*case.say("sharing.basis", basis, &[])),
                ("income", &case.say("sharing.income", income, &[])),
                ("number", &english::count(losers)),
                ("of", &english::count(of)),
                ("list", &case.list(&case.expected())),
            ];
            let form = everybody(losers, of).unwrap_or(plural(losers));
            Some(case.say("sharing.losers", form, &quoted))
        });
        paragraph(sentences)
    }

    /// Sentence 13 of domain.md E7, for every council and reading of income, by the basis of the brief.
    fn each(&self, case: &Case<'_>) -> Vec<Block> {
        let Some(basis) = self.basis else { return vec![] };
        let one = |at: usize, income: &str, council: &Code| {
            let amount = |key| self.amount(case, key, council, [basis, income]);
            let (share, gain) = (amount("apportionment.share")?, amount("apportionment.gain")?);
            let form = match () {
                () if gain.is_zero() => "same",
                () if gain.is_negative() => "more",
                () => "less",
            };
            let change = [("amount", &*english::pounds(&gain.abs()))];
            let today = share.clone() + gain.clone();
            let quoted = [
                ("basis", &*case.say("sharing.basis", basis, &[])),
                ("income", &case.say("sharing.income", income, &[])),
                ("council", case.programme.name(council)),
                ("share", &money(share)),
                ("today", &money(&today)),
                ("change", &case.say("sharing.change", form, &change)),
            ];
            let form = if at == 0 { "first" } else { "next" };
            Some(Block::Bullet(case.say("sharing.each", form, &quoted)))
        };
        let councils = case.expected();
        let all = self.readings.iter().flat_map(|income| {
            let councils = councils.iter().enumerate();
            councils.filter_map(|(at, council)| one(at, income, council)).collect::<Vec<_>>()
        });
        all.collect()
    }

    /// Where a basis makes a council pay more: whether what others gain would make that good.
    fn compensation(&self, case: &Case<'_>) -> String {
        let mut said = vec![];
        for income in &self.readings {
            let before = said.len();
            for basis in &self.bases {
                let number = |key| {
                    let (basis, income) = (Some(*basis), Some(*income));
                    let option = self.option;
                    case.find(Wanted { key, option, basis, income, ..Wanted::default() })
                };
                let amount = |key| number(key).and_then(Figure::number);
                let Some(losses) = amount("apportionment.losses").filter(|own| !own.is_zero())
                else {
                    continue;
                };
                let councils = case.expected();
                let losers = councils.into_iter().filter(|council| {
                    let gain = self.amount(case, "apportionment.gain", council, [basis, income]);
                    gain.is_some_and(Exact::is_negative)
                });
                let losers: Vec<&Code> = losers.collect();
                let feasible = number("apportionment.feasible").is_some_and(Figure::is_yes);
                let remainder = amount("apportionment.remainder").map(pounds).unwrap_or_default();
                let quoted = [
                    ("basis", &*case.say("sharing.basis", basis, &[])),
                    ("income", &case.say("sharing.income", income, &[])),
                    ("list", &case.list(&losers)),
                    ("losses", &pounds(losses)),
                    ("remainder", &remainder),
                ];
                let form = if feasible { "feasible" } else { "not_feasible" };
                said.push(case.say("sharing.compensation", form, &quoted));
            }
            if said.len() == before {
                let income = case.say("sharing.income", income, &[]);
                let quoted = [
                    ("basis", ""),
                    ("income", &*income),
                    ("list", ""),
                    ("losses", ""),
                    ("remainder", ""),
                ];
                said.push(case.say("sharing.compensation", "nobody", &quoted));
            }
        }
        paragraph(said)
    }

    /// A table for each reading of income: what each council would pay less or more than today, by basis.
    fn tables(&self, case: &Case<'_>) -> Vec<Block> {
        let shows = "What each council would pay less or more than today.";
        self.by_basis(case, "sharing.table", shows, |council, way| {
            let gain = self.amount(case, "apportionment.gain", council, way)?;
            Some(gained(case, gain))
        })
    }

    /// The same with what each council would pay.
    fn amounts(&self, case: &Case<'_>) -> Vec<Block> {
        let shows = "What each council would pay in year 2.";
        self.by_basis(case, "sharing.amounts", shows, |council, way| {
            self.amount(case, "apportionment.share", council, way).map(money)
        })
    }

    fn by_basis(
        &self,
        case: &Case<'_>,
        caption: &str,
        shows: &str,
        of: impl Fn(&Code, [&str; 2]) -> Option<String>,
    ) -> Vec<Block> {
        let one = |income: &&'static str| {
            let none = || case.say("financial.untested", "figure", &[]);
            let row = |council: &&Code| {
                let mut cells = vec![case.programme.name(council).to_owned()];
                let bases = self.bases.iter();
                cells.extend(bases.map(|basis| of(council, [basis, income]).unwrap_or_else(none)));
                cells
            };
            let mut columns = vec![table::text("Council", 18)];
            let heading = |basis: &&str| {
                table::number(english::capital(&case.say("sharing.basis", basis, &[])), 16)
            };
            columns.extend(self.bases.iter().map(heading));
            let caption = case.say(caption, income, &[]);
            let style = "Caption";
            let table = Table {
                title: caption.clone(),
                description: shows.to_owned(),
                columns,
                rows: case.expected().iter().map(row).collect(),
                total: false,
            };
            [Block::Paragraph { style, text: caption }, Block::Table(table)]
        };
        // A summary has room for one.
        let room = if case.kind == Kind::MemberSummary { 1 } else { self.readings.len() };
        self.readings.iter().take(room).flat_map(one).collect()
    }
}

/// A way of sharing that the brief names, as a sentence has it; nothing while none is agreed.
pub(super) fn shared_by(case: &Case<'_>, word: &str) -> Option<String> {
    let basis = BASES.iter().find(|(_, own)| *own == word).map(|(basis, _)| *basis);
    let incurring = (word == "Incurring council").then_some("incurring");
    Some(case.say("sharing.basis", basis.or(incurring)?, &[]))
}

/// By which basis the brief shares cost, and whose agreement that is.
fn agreed(case: &Case<'_>) -> String {
    let brief = case.brief();
    let basis = brief.and_then(|brief| shared_by(case, text(brief, &APPORTIONMENT_BASIS)?));
    let who = brief.and_then(|brief| text(brief, &APPORTIONMENT_AGREED_BY)).unwrap_or_default();
    let day = brief.and_then(|brief| date(brief, &APPORTIONMENT_AGREED_ON));
    let form = match (&basis, day) {
        (None, _) => "none",
        (Some(_), Some(_)) if !who.is_empty() => "some",
        (Some(_), _) => "undated",
    };
    let quoted = [
        ("basis", &*basis.unwrap_or_default()),
        ("who", who),
        ("date", &day.map(english::date).unwrap_or_default()),
    ];
    case.say("sharing.agreed", form, &quoted)
}

/// "£24,350 less", "£8,111 more", "the same".
pub(super) fn gained(case: &Case<'_>, gain: &Exact) -> String {
    let form = match () {
        () if gain.is_zero() => "same",
        () if gain.is_negative() => "more",
        () => "less",
    };
    case.say("sharing.gain", form, &[("amount", &english::pounds(&gain.abs()))])
}
