//! How long systems and contracts last, and where their ends lie against the planned start (domain.md D6).

use jiff::{ToSpan, civil::Date};

/// When a system or contract ends: the last day in force (domain.md D6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    On(Date),
    /// Goes on until notice is given.
    Rolling,
    Perpetual,
    Unknown,
}

/// How long something lasts from the reference date (domain.md D6), in the order of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lifespan {
    Expired,
    UnderOneYear,
    OneToTwoYears,
    TwoToFiveYears,
    FiveYearsOrMore,
    Rolling,
    Perpetual,
    Unknown,
}

impl Lifespan {
    pub const ALL: [Lifespan; 8] = [
        Lifespan::Expired,
        Lifespan::UnderOneYear,
        Lifespan::OneToTwoYears,
        Lifespan::TwoToFiveYears,
        Lifespan::FiveYearsOrMore,
        Lifespan::Rolling,
        Lifespan::Perpetual,
        Lifespan::Unknown,
    ];

    /// The item of its figures, and its heading in tables.
    pub fn word(self) -> &'static str {
        match self {
            Lifespan::Expired => "expired",
            Lifespan::UnderOneYear => "<12 months",
            Lifespan::OneToTwoYears => "1–2 years",
            Lifespan::TwoToFiveYears => "2–5 years",
            Lifespan::FiveYearsOrMore => "5+ years",
            Lifespan::Rolling => "rolling",
            Lifespan::Perpetual => "perpetual",
            Lifespan::Unknown => "unknown",
        }
    }
}

/// Where an end lies against the planned start of the shared service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placing {
    /// It runs past the start unless notice is given before.
    NoticeBefore,
    EndsBefore,
    /// It ends within twelve months from the start.
    WithinAYear,
    RunsOn,
    Unknown,
}

impl Placing {
    /// `by_notice`: whether notice can end it early.
    pub fn of(end: End, by_notice: bool, start: Date) -> Placing {
        let end = match end {
            End::Rolling => return Placing::NoticeBefore,
            End::Perpetual => return Placing::RunsOn,
            End::Unknown => return Placing::Unknown,
            End::On(end) => end,
        };
        let year = start.checked_add(12.months()).unwrap_or(Date::MAX);
        match () {
            () if end < start => Placing::EndsBefore,
            () if by_notice => Placing::NoticeBefore,
            () if end < year => Placing::WithinAYear,
            () => Placing::RunsOn,
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Placing::NoticeBefore => "notice must be given before it",
            Placing::EndsBefore => "ends before it",
            Placing::WithinAYear => "ends within a year after it",
            Placing::RunsOn => "runs on",
            Placing::Unknown => "not known",
        }
    }
}
