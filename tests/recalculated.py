#!/usr/bin/env python3
"""Every formula of every workbook of a run, recalculated by LibreOffice, gives the result stored beside it, and what
follows from an assumption follows when it is changed.

    tests/recalculated.py [out/RUN]

Without a folder, runs the sample first. Needs LibreOffice and openpyxl. Prints what differs, and ends with 1 if
anything does.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import openpyxl

HOME = pathlib.Path(__file__).resolve().parent.parent
FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*)</f><v>([^<]*)</v></c>')


def main():
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        run = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else sample(work)
        books = sorted(run.rglob("*.xlsx"))
        stripped = work / "stripped"
        stripped.mkdir()
        names = {}
        for number, book in enumerate(books):
            names[f"{number}.xlsx"] = book
            strip(book, stripped / f"{number}.xlsx")
        recalculated = convert(work, sorted(stripped.iterdir()), "recalculated")
        count, wrong = 0, 0
        for name, book in names.items():
            for place, formula, stored, found in compare(book, recalculated / name):
                count += 1
                if not same(stored, found):
                    wrong += 1
                    print(f"{book.relative_to(run)} {place}: ={formula} is stored as {stored}, recalculated {found}")
        print(f"{count} formulas of {len(books)} workbooks recalculated: {wrong} differ")
        tried = [one for book in books if (one := try_rate(work, book)) is not None]
        print(f"{len(tried)} net present values follow a changed discount rate: {tried.count(False)} do not")
        return 1 if wrong or False in tried or not count or not tried else 0


def sample(work):
    """A run over the sample."""
    folder = work / "east-kent"
    shutil.copytree(HOME / "samples/east-kent", folder, ignore=shutil.ignore_patterns("out", "drafts"))
    command = ["cargo", "run", "--quiet", "--locked", "--", "run", str(folder), "--as-at", "2009-03-01", "--quiet"]
    subprocess.run(command, cwd=HOME, check=True)
    return folder / "out" / (folder / "out/latest.txt").read_text().strip()


def strip(book, to):
    """A copy without the results of its formulas, so that LibreOffice has to work them out."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part.startswith("xl/worksheets/sheet"):
                text = FORMULA.sub(r'<c r="\1"\2><f>\3</f></c>', data.decode())
                data = re.sub(r' t="str"(?=[^>]*><f>)', "", text).encode()
            new.writestr(part, data)


def convert(work, books, name):
    """The workbooks as LibreOffice saves them."""
    out = work / name
    command = ["libreoffice", "--headless", f"-env:UserInstallation=file://{work}/profile", "--convert-to", "xlsx"]
    subprocess.run(command + ["--outdir", str(out)] + [str(book) for book in books], check=True, capture_output=True)
    return out


def compare(book, recalculated):
    """Each formula: its place, itself, the result we stored, and LibreOffice's."""
    sheets = sheet_parts(book)
    found = openpyxl.load_workbook(recalculated, data_only=True)
    with zipfile.ZipFile(book) as package:
        for name, part in sheets:
            for cell, _, formula, stored in FORMULA.findall(package.read(part).decode()):
                yield f"{name}!{cell}", formula, stored, found[name][cell].value


def sheet_parts(book):
    """The sheets of a workbook of ours, in their order, with the parts that hold them."""
    with zipfile.ZipFile(book) as package:
        names = re.findall(r'<sheet name="([^"]*)"', package.read("xl/workbook.xml").decode())
    return [(name, f"xl/worksheets/sheet{number}.xml") for number, name in enumerate(names, 1)]


def same(stored, found):
    try:
        stored, found = float(stored), float(found)
    except (TypeError, ValueError):
        return str(stored) == str(found)
    return abs(stored - found) <= 1e-9 * max(1.0, abs(stored))


def try_rate(work, book):
    """Whether the net present value follows a discount rate of 5%; None where the workbook has none."""
    workbook = openpyxl.load_workbook(book)
    if "discount_rate" not in workbook.defined_names:
        return None
    sheet, cell = next(workbook.defined_names["discount_rate"].destinations)
    workbook[sheet][cell].value = 0.05
    changed = work / "changed.xlsx"
    workbook.save(changed)
    result = openpyxl.load_workbook(convert(work, [changed], "tried") / "changed.xlsx", data_only=True)
    rows = list(result["Payback_NPV"].iter_rows(values_only=True))
    net = [row[3] for row in rows if re.fullmatch(r"Year \d", str(row[0]))]
    scenarios = list(result["Scenarios"].iter_rows(values_only=True))
    values = [next(row[1] for row in sheet if row[0] == "Net present value") for sheet in (rows, scenarios)]
    return all(same(sum(amount / 1.05**year for year, amount in enumerate(net)), value) for value in values)


if __name__ == "__main__":
    sys.exit(main())
