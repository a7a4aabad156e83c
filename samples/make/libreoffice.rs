//! Saving in another format, by LibreOffice as a council would.

use std::{
    fs,
    io::{Cursor, ErrorKind},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use calamine::{Data, Reader, open_workbook_auto_from_rs};

use crate::returned::Format;

/// The workbook in the other format, or `None` if what is there can stay.
///
/// LibreOffice never writes the same bytes twice, so what is there stays as long as its cells hold the same.
pub(crate) fn saved(xlsx: &[u8], format: Format, there: Option<&[u8]>) -> Result<Option<Vec<u8>>> {
    let folder = tempfile::tempdir()?;
    let source = folder.path().join("form.xlsx");
    fs::write(&source, xlsx)?;
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("user").display());
    let ran = Command::new("libreoffice")
        .args(["--headless", &profile, "--convert-to", format.ending(), "--outdir"])
        .args([folder.path(), &source])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match ran {
        Err(error) if error.kind() == ErrorKind::NotFound && there.is_some() => return Ok(None),
        Err(error) => return Err(error).context("LibreOffice could not be started"),
        Ok(status) if !status.success() => bail!("LibreOffice could not save a form: {status}"),
        Ok(_) => {}
    }
    let saved =
        fs::read(source.with_extension(format.ending())).context("LibreOffice saved nothing")?;
    let same = there.is_some_and(|there| {
        cells(there).is_ok_and(|old| cells(&saved).is_ok_and(|new| old == new))
    });
    Ok((!same).then_some(saved))
}

/// Every cell of every sheet.
fn cells(workbook: &[u8]) -> Result<Vec<(String, Vec<Vec<Data>>)>> {
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(workbook))?;
    let sheets = workbook.worksheets();
    Ok(sheets
        .into_iter()
        .map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect()))
        .collect())
}
