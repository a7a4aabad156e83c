//! What others achieved and what leaving cost them, from the national guide. The office's own to change in Word.

use crate::draft::template::part::{Part, fixed, heading, text, words};

/// A case of the guide: what was shared, what it saved, what it cost once.
type Achieved = (&'static str, &'static str, &'static str, &'static str);

const CASES: [Achieved; 7] = [
    (
        "South Oxfordshire and Vale of White Horse",
        "Waste collection, one contract",
        "£1,374,930 a year (estimate for 2011/12)",
        "£4.54 million, recovered in 3.3 years",
    ),
    (
        "South Hams and West Devon",
        "Revenues and benefits",
        "About £0.35 million in the first year",
        "About £0.3 million, recovered in 0.9 years",
    ),
    (
        "Huntingdonshire with Cambridgeshire",
        "Call centre premises and systems",
        "£71,000 in the first year, from posts",
        "not given",
    ),
    (
        "North and North East Lincolnshire",
        "Procurement team",
        "£443,350 a year on the contracts listed",
        "About £20,000, matched with local funds",
    ),
    (
        "Weymouth and Portland, West Dorset and Purbeck",
        "Revenues and benefits",
        "£558,875 over four years projected; over £1 million by August 2010",
        "Contributions of the partners and a grant",
    ),
    (
        "Croydon, Kingston, Merton and Sutton",
        "Waste disposal contracts",
        "£3.5 million (gross)",
        "Cost of ending one contract early, shared by the others",
    ),
    (
        "Bromsgrove and Redditch",
        "Chief executive and management team",
        "Over £500,000 a year",
        "£1 million for redundancy and equal pay and terms",
    ),
];

pub(super) fn achieved() -> Vec<Part> {
    let style = "TableText";
    let head = ["Councils", "What was shared", "Saving", "One-off cost"];
    let mut rows = vec![head.map(|own| words(style, own)).into()];
    rows.extend(CASES.map(|(who, what, saving, cost)| {
        [who, what, saving, cost].map(|own| words(style, own)).into()
    }));
    vec![
        heading(2, "What others achieved"),
        text(
            "BodyText",
            "These are other councils' results as the Local Government Group's guide \u{201c}Shared services and management\u{201d} \
             (March 2011) reports them. They say nothing about what would be achieved here.",
        ),
        fixed("What others achieved", &[28, 22, 26, 24], rows),
        text(
            "Note",
            "The years of recovery are the one-off cost divided by the saving of a year. The guide asks that a shared service \
             save a tenth of the combined revenue budget by its second year, with a high degree of certainty that quality is kept.",
        ),
    ]
}

/// What leaving an arrangement was thought to cost elsewhere: the guide gives the figure in two ways.
pub(super) fn unravelling() -> Part {
    text(
        "Note",
        "Elsewhere: Bromsgrove and Redditch put the cost of unravelling their shared chief executive and management team at \
         around £400,000; in another place the same guide gives £400,000 for each council.",
    )
}
