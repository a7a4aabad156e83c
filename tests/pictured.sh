#!/usr/bin/env bash
# Every sheet of every workbook as it prints, as PNG, to be looked at: with all councils, one missing, one council, five,
# the longest names, nothing returned.
#
#   tests/pictured.sh PICTURES [CASE]
#
# The cases are those of tests/accessible.rs; CASE takes those whose name begins so (one-council). Needs LibreOffice and
# poppler's pdftoppm. Prints how many pages each workbook has, and ends with 1 if one cannot be opened.
set -euo pipefail
[ $# -ge 1 ] || { sed -n 's/^# \{0,1\}//;2,8p' "$0"; exit 2; }
mkdir -p "$1"
pictures=$(realpath "$1")
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/books"
PICTURED=$work/books cargo test --quiet --locked --test accessible -- --ignored workbooks_to_be_looked_at > /dev/null
find "$work/books" -name '*.xlsx' ! -name "${2:-}*" -delete
libreoffice --headless "-env:UserInstallation=file://$work/profile" --convert-to pdf --outdir "$pictures" \
  "$work/books"/*.xlsx > /dev/null 2>&1 || true

failed=0
for book in "$work/books"/*.xlsx; do
  name=$(basename "$book" .xlsx)
  if [ ! -e "$pictures/$name.pdf" ]; then
    echo "$name: cannot be opened"
    failed=1
    continue
  fi
  rm -f "$pictures/$name"-[0-9]*.png
  pdftoppm -png -r 60 "$pictures/$name.pdf" "$pictures/$name"
  echo "$name: $(find "$pictures" -name "$name-[0-9]*.png" | wc -l) pages"
done
exit $failed
