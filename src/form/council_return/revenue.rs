//! The Revenue sheet (REV) of the council return.

use rust_decimal::dec;

use crate::form::{Field, Grid, GridColumn, GridRow, Group, Kind, Need, Part, Sheet, Sum};

pub static SHEET: Sheet = Sheet {
    name: "Revenue",
    code: "REV",
    about: "The revenue budget of the service in whole pounds. Enter expenditure and income as positive figures; the form takes income away.",
    asks: "Finance",
    parts: &[
        Part::Singles(&[&YEAR_Y_1, &YEAR_Y0, &YEAR_Y1, &YEAR_Y2, &BLANK_IS_NIL]),
        Part::Grid(&LINES),
        Part::Grid(&TOTALS),
        Part::Singles(&[
            &MEMO_ONEOFF,
            &MEMO_CUTS,
            &MEMO_HRA,
            &MEMO_SSC_ICT,
            &MEMO_SSC_HR,
            &MEMO_SSC_FIN,
            &MEMO_SSC_LEGAL,
            &MEMO_SSC_ACCOM,
            &COMPLETED_BY,
            &NOTES,
        ]),
    ],
};

pub static YEAR_Y_1: Field = Field::new(Kind::Fy, "REV_year_y_1", "Heading of last year")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("2007/08")
    .source("IDN-009");

pub static YEAR_Y0: Field = Field::new(Kind::Fy, "REV_year_y0", "Heading of the base year")
    .need(Need::Locked)
    .help("Filled in by the programme office.")
    .example("2008/09")
    .source("IDN-009");

pub static YEAR_Y1: Field = Field::new(Kind::Fy, "REV_year_y1", "Heading of next year")
    .need(Need::Locked)
    .group(Group::Forecast)
    .help("Filled in by the programme office.")
    .example("2009/10")
    .source("IDN-009");

pub static YEAR_Y2: Field = Field::new(Kind::Fy, "REV_year_y2", "Heading of the year after")
    .need(Need::Locked)
    .group(Group::Forecast)
    .help("Filled in by the programme office.")
    .example("2010/11")
    .source("IDN-009");

pub static BLANK_IS_NIL: Field = Field::new(
    Kind::Yn,
    "REV_blank_is_nil",
    "Lines left empty are nil",
)
.need(Need::Yes)
.help("Yes: every empty line of this sheet counts as a confirmed zero. No or empty: we will ask.")
.example("Yes")
.source("J");

pub static Y_1_ACTUAL: GridColumn = GridColumn {
    field: Field::new(Kind::Money, "y_1_actual", "outturn last year").need(Need::Yes),
    exemplified: false,
};

pub static Y0_BUDGET: GridColumn = GridColumn {
    field: Field::new(Kind::Money, "y0_budget", "budget this year, as approved").need(Need::Yes),
    exemplified: true,
};

pub static Y0_FORECAST: GridColumn = GridColumn {
    field: Field::new(Kind::Money, "y0_forecast", "expected outturn this year")
        .group(Group::Forecast),
    exemplified: false,
};

pub static Y1_BUDGET: GridColumn = GridColumn {
    field: Field::new(Kind::Money, "y1_budget", "budget next year").group(Group::Forecast),
    exemplified: false,
};

pub static Y2_BUDGET: GridColumn = GridColumn {
    field: Field::new(Kind::Money, "y2_budget", "budget the year after").group(Group::Forecast),
    exemplified: false,
};

pub static QUALITY: GridColumn = GridColumn {
    field: Field::new(Kind::Choice, "quality", "how good is the figure")
        .one_of(&["Budget book", "Ledger", "Estimate", "Apportioned"])
        .help("Leave empty if it is from the budget book or ledger.")
        .example("Budget book")
        .source("LGA; RO"),
    exemplified: false,
};

pub static NOTE: GridColumn = GridColumn {
    field: Field::new(Kind::Text, "note", "note")
        .help("What a reader should know; the reason where you answered N/A.")
        .source("J"),
    exemplified: false,
};

pub static EMP_DIR: GridRow = GridRow {
    help: "Pay, national insurance, pension and overtime of the posts on the Staffing sheet.",
    example: "356480",
    source: "Q11; BV 1",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("EMP_DIR", "Direct employees")
};

pub static EMP_AGY: GridRow = GridRow {
    help: "Separate, because they are not on the Staffing sheet.",
    example: "0",
    source: "Q11; BV 1",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("EMP_AGY", "Agency and temporary staff")
};

pub static EMP_IND: GridRow = GridRow {
    help: "Training, recruitment, severance, employee insurance.",
    example: "0",
    source: "Q11; BV 1",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("EMP_IND", "Other employee costs")
};

pub static PRE: GridRow = GridRow {
    help: "Repairs, energy, rents, rates, water, cleaning. A credit may be negative: say why in the note.",
    example: "13900",
    source: "Q11; BV 2",
    min: Some(dec!(-999999999)),
    max: Some(dec!(999999999)),
    ..GridRow::new("PRE", "Premises")
};

pub static TRA: GridRow = GridRow {
    help: "Vehicles, hire, car allowances.",
    example: "19360",
    source: "Q11; BV 3",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("TRA", "Transport")
};

pub static SUP: GridRow = GridRow {
    help: "Equipment, printing, postage, ICT licences the service pays itself.",
    example: "37775",
    source: "Q11; BV 4",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("SUP", "Supplies and services")
};

pub static TPP: GridRow = GridRow {
    help: "Contractors, trusts, other councils. Should agree with the Contracts sheet.",
    example: "8250",
    source: "Q11; BV 5",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("TPP", "Third-party payments")
};

pub static TRF: GridRow = GridRow {
    help: "For example benefits paid. Outside the savings test.",
    example: "0",
    source: "Q11; BV 6",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("TRF", "Transfer payments")
};

pub static SSC: GridRow = GridRow {
    help: "Finance, HR, ICT, legal, accommodation recharged to the service. Outside gross controllable.",
    example: "88400",
    source: "Q11; BV 7",
    min: Some(dec!(-999999999)),
    max: Some(dec!(999999999)),
    ..GridRow::new("SSC", "Support services charged in")
};

pub static DEP: GridRow = GridRow {
    help: "As in the budget book. Outside gross controllable.",
    example: "3600",
    source: "Q11; BV 8",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("DEP", "Depreciation and impairment")
};

pub static INC_FEE: GridRow = GridRow {
    help: "Enter as a positive figure.",
    example: "321600",
    source: "Q11; BV 9",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("INC_FEE", "Fees, charges, sales and rents")
};

pub static INC_GRT: GridRow = GridRow {
    help: "Positive; includes benefit subsidy.",
    example: "0",
    source: "Q11; BV 9",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("INC_GRT", "Grants and contributions")
};

pub static INC_RCH: GridRow = GridRow {
    help: "Positive; includes the HRA and capital.",
    example: "6250",
    source: "Q11; BV 9",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("INC_RCH", "Recharges to other services or accounts")
};

pub static INC_OTH: GridRow = GridRow {
    help: "Positive.",
    example: "0",
    source: "Q11; BV 9",
    min: Some(dec!(0)),
    max: Some(dec!(999999999)),
    ..GridRow::new("INC_OTH", "Other income")
};

pub static LINES: Grid = Grid::new(
    "REV",
    "Budget line",
    &[
        &EMP_DIR, &EMP_AGY, &EMP_IND, &PRE, &TRA, &SUP, &TPP, &TRF, &SSC, &DEP, &INC_FEE, &INC_GRT,
        &INC_RCH, &INC_OTH,
    ],
    &[&Y_1_ACTUAL, &Y0_BUDGET, &Y0_FORECAST, &Y1_BUDGET, &Y2_BUDGET, &QUALITY, &NOTE],
);

pub static TOTAL_Y_1_ACTUAL: GridColumn = GridColumn {
    field: Field::new(Kind::Money, "y_1_actual", "outturn last year")
        .need(Need::Formula)
        .help("Adds up by itself; we add the lines again.")
        .source("D1"),
    exemplified: false,
};

pub static TOTAL_Y0_BUDGET: GridColumn = GridColumn {
    field: Field::new(Kind::Money, "y0_budget", "budget this year")
        .need(Need::Formula)
        .help("Adds up by itself; we add the lines again.")
        .source("D1"),
    exemplified: false,
};

pub static TOTAL_Y0_FORECAST: GridColumn = GridColumn {
    field: Field::new(Kind::Money, "y0_forecast", "expected outturn this year")
        .need(Need::Formula)
        .group(Group::Forecast)
        .help("Adds up by itself; we add the lines again.")
        .source("D1"),
    exemplified: false,
};

pub static TOTAL_Y1_BUDGET: GridColumn = GridColumn {
    field: Field::new(Kind::Money, "y1_budget", "budget next year")
        .need(Need::Formula)
        .group(Group::Forecast)
        .help("Adds up by itself; we add the lines again.")
        .source("D1"),
    exemplified: false,
};

pub static TOTAL_Y2_BUDGET: GridColumn = GridColumn {
    field: Field::new(Kind::Money, "y2_budget", "budget the year after")
        .need(Need::Formula)
        .group(Group::Forecast)
        .help("Adds up by itself; we add the lines again.")
        .source("D1"),
    exemplified: false,
};

pub static TOT_GC: GridRow = GridRow {
    source: "D1",
    sum: Some(Sum { plus: &[&EMP_DIR, &EMP_AGY, &EMP_IND, &PRE, &TRA, &SUP, &TPP], minus: &[] }),
    ..GridRow::new("TOT_GC", "Gross controllable expenditure")
};

pub static TOT_INC: GridRow = GridRow {
    source: "D1",
    sum: Some(Sum { plus: &[&INC_FEE, &INC_GRT, &INC_RCH, &INC_OTH], minus: &[] }),
    ..GridRow::new("TOT_INC", "Income")
};

pub static TOT_NC: GridRow = GridRow {
    source: "D1",
    sum: Some(Sum {
        plus: &[&EMP_DIR, &EMP_AGY, &EMP_IND, &PRE, &TRA, &SUP, &TPP, &TRF],
        minus: &[&INC_FEE, &INC_GRT, &INC_RCH, &INC_OTH],
    }),
    ..GridRow::new("TOT_NC", "Net controllable")
};

pub static TOT_NT: GridRow = GridRow {
    source: "D1",
    sum: Some(Sum {
        plus: &[&EMP_DIR, &EMP_AGY, &EMP_IND, &PRE, &TRA, &SUP, &TPP, &TRF, &SSC, &DEP],
        minus: &[&INC_FEE, &INC_GRT, &INC_RCH, &INC_OTH],
    }),
    ..GridRow::new("TOT_NT", "Net total")
};

pub static TOTALS: Grid = Grid::new(
    "REV",
    "Total",
    &[&TOT_GC, &TOT_INC, &TOT_NC, &TOT_NT],
    &[&TOTAL_Y_1_ACTUAL, &TOTAL_Y0_BUDGET, &TOTAL_Y0_FORECAST, &TOTAL_Y1_BUDGET, &TOTAL_Y2_BUDGET],
);

pub static MEMO_ONEOFF: Field =
    Field::new(Kind::Money, "REV_MEMO_ONEOFF", "One-off items in this year's expenditure budget")
        .need(Need::Yes)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("0 if there are none. They are taken out of the baseline of the savings test.")
        .example("0")
        .source("D8");

pub static MEMO_CUTS: Field = Field::new(
    Kind::Money,
    "REV_MEMO_CUTS",
    "Savings already agreed and built into later budgets",
)
.need(Need::Yes)
.min(dec!(0))
.max(dec!(999999999))
.help("Shown beside every savings test so that nothing is counted twice. 0 if there are none.")
.example("10000")
.source("D8");

pub static MEMO_HRA: Field = Field::new(
    Kind::Money,
    "REV_MEMO_HRA",
    "Part of gross controllable borne by a ring-fenced account",
)
.need(Need::Yes)
.min(dec!(0))
.max(dec!(999999999))
.help("Housing revenue account, building-control charging account. 0 if there is none.")
.example("305000")
.source("D8; Charges Regs");

pub static MEMO_SSC_ICT: Field =
    Field::new(Kind::Money, "REV_MEMO_SSC_ICT", "Support services charged in: of which ICT")
        .group(Group::SupportSplit)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .source("VfM");

pub static MEMO_SSC_HR: Field = Field::new(
    Kind::Money,
    "REV_MEMO_SSC_HR",
    "Support services charged in: of which HR and payroll",
)
.group(Group::SupportSplit)
.min(dec!(0))
.max(dec!(999999999))
.help("Whole pounds. Leave empty if it does not apply.")
.source("VfM");

pub static MEMO_SSC_FIN: Field =
    Field::new(Kind::Money, "REV_MEMO_SSC_FIN", "Support services charged in: of which Finance")
        .group(Group::SupportSplit)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .source("VfM");

pub static MEMO_SSC_LEGAL: Field =
    Field::new(Kind::Money, "REV_MEMO_SSC_LEGAL", "Support services charged in: of which Legal")
        .group(Group::SupportSplit)
        .min(dec!(0))
        .max(dec!(999999999))
        .help("Whole pounds. Leave empty if it does not apply.")
        .source("VfM");

pub static MEMO_SSC_ACCOM: Field = Field::new(
    Kind::Money,
    "REV_MEMO_SSC_ACCOM",
    "Support services charged in: of which Accommodation",
)
.group(Group::SupportSplit)
.min(dec!(0))
.max(dec!(999999999))
.help("Whole pounds. Leave empty if it does not apply.")
.source("VfM");

pub static COMPLETED_BY: Field = Field::new(Kind::Text, "REV_completed_by", "Who filled in this sheet").help("Only if it was not the person named on the first sheet. Part files are put together sheet by sheet, so this tells us whom to ask.").example("Payroll manager");

pub static NOTES: Field = Field::new(
    Kind::Text,
    "REV_notes",
    "Anything we should know about this sheet",
)
.help("Also the place for the reason where you answered N/A. Please no names of post-holders.")
.example("Fees reset in October");
