#!/usr/bin/env bash
# Makes the README's pictures anew from a run over the sample. Needs LibreOffice and poppler's pdftoppm.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r samples/east-kent "$work/east-kent"
cargo run --release --locked -- run "$work/east-kent" --as-at 2009-03-01 --quiet
run=$(cat "$work/east-kent/out/latest.txt")

picture() { # file, page, name
  libreoffice --headless "-env:UserInstallation=file://$work/profile" --convert-to pdf --outdir "$work" "$1" > /dev/null
  pdftoppm -png -r 70 -f "$2" -l "$2" -singlefile "$work/$(basename "${1%.*}").pdf" "samples/pictures/$3"
}
picture "$work/east-kent/drafts/H-building-control/business-case.docx" 4 draft
picture "$work/east-kent/out/$run/projects/H-building-control/consolidated.xlsx" 1 summary
