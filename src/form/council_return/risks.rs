//! The Risks sheet (RSK) of the council return.

use rust_decimal::dec;

use crate::form::{Field, Grid, GridColumn, GridRow, Group, Kind, Need, Part, Sheet, Table};

pub static SHEET: Sheet = Sheet {
    name: "Risks",
    code: "RSK",
    about: "The five risks of a joint service. 1 is hardly likely or slight, 5 almost certain or very serious.",
    asks: "Head of service",
    parts: &[Part::Grid(&RISKS), Part::Table(&OWN_TABLE), Part::Singles(&[&COMPLETED_BY, &NOTES])],
};

pub static LIKELIHOOD: GridColumn = GridColumn {
    field: Field::new(Kind::Int, "likelihood", "how likely")
        .need(Need::Yes)
        .min(dec!(1))
        .max(dec!(5))
        .help("1 hardly, 5 almost certain.")
        .example("3"),
    exemplified: false,
};

pub static IMPACT: GridColumn = GridColumn {
    field: Field::new(Kind::Int, "impact", "how bad")
        .need(Need::Yes)
        .min(dec!(1))
        .max(dec!(5))
        .help("1 slight, 5 very serious.")
        .example("4"),
    exemplified: false,
};

pub static MITIGATION: GridColumn = GridColumn {
    field: Field::new(Kind::Text, "mitigation", "what we will do")
        .need(Need::Yes)
        .unit("characters")
        .min(dec!(20))
        .max(dec!(1000))
        .help("One or two sentences, in words you would stand by in committee.")
        .example("Agree the staffing model before notice is given."),
    exemplified: false,
};

pub static OWNER_ROLE: GridColumn = GridColumn {
    field: Field::new(Kind::Text, "owner_role", "who")
        .need(Need::Yes)
        .help("A job, not a name.")
        .example("Head of building control"),
    exemplified: false,
};

pub static ACTION_BY: GridColumn = GridColumn {
    field: Field::new(Kind::Date, "action_by", "by when")
        .group(Group::RiskDetail)
        .help("As dd/mm/yyyy. Leave empty if it does not apply.")
        .example("30/09/2009"),
    exemplified: false,
};

pub static RESIDUAL_LIKELIHOOD: GridColumn = GridColumn {
    field: Field::new(Kind::Int, "residual_likelihood", "how likely afterwards")
        .group(Group::RiskDetail)
        .min(dec!(1))
        .max(dec!(5))
        .help("A whole number. Leave empty if it does not apply.")
        .example("2"),
    exemplified: false,
};

pub static RESIDUAL_IMPACT: GridColumn = GridColumn {
    field: Field::new(Kind::Int, "residual_impact", "how bad afterwards")
        .group(Group::RiskDetail)
        .min(dec!(1))
        .max(dec!(5))
        .help("A whole number. Leave empty if it does not apply.")
        .example("3"),
    exemplified: false,
};

pub static FIN: GridRow = GridRow { source: "Q15", ..GridRow::new("FIN", "Cost is not reduced") };

pub static OPS: GridRow =
    GridRow { source: "Q16", ..GridRow::new("OPS", "Service dips while it changes") };

pub static STF: GridRow =
    GridRow { source: "Q17", ..GridRow::new("STF", "Experienced staff leave") };

pub static REP: GridRow =
    GridRow { source: "Q18", ..GridRow::new("REP", "Expected benefits do not come") };

pub static STR: GridRow =
    GridRow { source: "Q19", ..GridRow::new("STR", "Other partnerships and aims suffer") };

pub static RISKS: Grid = Grid::new(
    "RSK",
    "Risk",
    &[&FIN, &OPS, &STF, &REP, &STR],
    &[
        &LIKELIHOOD,
        &IMPACT,
        &MITIGATION,
        &OWNER_ROLE,
        &ACTION_BY,
        &RESIDUAL_LIKELIHOOD,
        &RESIDUAL_IMPACT,
    ],
);

pub static OWN_TITLE: Field = Field::new(Kind::Text, "RSK_own_title", "Another risk")
    .need(Need::RowUsed)
    .group(Group::RiskDetail)
    .help("5 rows.")
    .source("Q15-19");

pub static OWN_LIKELIHOOD: Field = Field::new(Kind::Int, "RSK_own_likelihood", "How likely")
    .need(Need::RowUsed)
    .group(Group::RiskDetail)
    .min(dec!(1))
    .max(dec!(5))
    .help("A whole number.")
    .source("Q15-19");

pub static OWN_IMPACT: Field = Field::new(Kind::Int, "RSK_own_impact", "How bad")
    .need(Need::RowUsed)
    .group(Group::RiskDetail)
    .min(dec!(1))
    .max(dec!(5))
    .help("A whole number.")
    .source("Q15-19");

pub static OWN_MITIGATION: Field = Field::new(Kind::Text, "RSK_own_mitigation", "What we will do")
    .need(Need::RowUsed)
    .unit("characters")
    .group(Group::RiskDetail)
    .min(dec!(20))
    .max(dec!(1000))
    .help("A few words.")
    .source("Q15-19");

pub static OWN_OWNER_ROLE: Field = Field::new(Kind::Text, "RSK_own_owner_role", "Who")
    .need(Need::RowUsed)
    .group(Group::RiskDetail)
    .help("A job, not a name.")
    .source("Q15-19");

pub static OWN_TABLE: Table = Table {
    name: "RSK_own_table",
    prefix: "RSK_own",
    title: "Other risks of your own",
    rows: 5,
    columns: &[&OWN_TITLE, &OWN_LIKELIHOOD, &OWN_IMPACT, &OWN_MITIGATION, &OWN_OWNER_ROLE],
    key: None,
};

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "RSK_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "RSK_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
