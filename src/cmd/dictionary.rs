//! `lathe dictionary`: every field of the form.

use std::io::{self, Write};

use clap::ValueEnum;
use lathe::form::{self, dictionary};

use super::Outcome;

/// Every field of the form, as text or CSV.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Csv,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    match args.format {
        Format::Csv => out.write_all(&dictionary::csv())?,
        Format::Text => text(&mut out)?,
    }
    Ok(Outcome::Done)
}

fn text(out: &mut impl Write) -> io::Result<()> {
    for workbook in form::WORKBOOKS {
        writeln!(out, "{} ({})", workbook.title, workbook.form_id)?;
        for sheet in workbook.sheets {
            writeln!(out, "\n  {}: {}", sheet.name, sheet.about)?;
            for field in sheet.parts.iter().flat_map(form::Part::fields) {
                let group = match field.group {
                    form::Group::Core => String::new(),
                    group => format!(", group {}", group.word()),
                };
                let kind = field.kind.word();
                writeln!(
                    out,
                    "    {:<32} {kind:<7} {}  [{}{group}]",
                    field.name, field.label, field.need
                )?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}
