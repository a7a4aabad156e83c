#!/usr/bin/env bash
# The sample's returns, saved again by LibreOffice as xls, ods and xlsx and by openpyxl, give the same figures.
# Needs LibreOffice and a python3 that has openpyxl. Prints what differs, and ends with 1 if anything does.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --quiet --locked
work=$(mktemp -d)
lathe=$work/lathe
cp target/debug/lathe "$lathe"
trap 'rm -rf "$work"' EXIT

# The values of all figures, without the cells they were read from, which other programs may move.
values() { # programme folder
  "$lathe" run "$1" --as-at 2009-03-01 --quiet
  python3 - "$1" <<'PY'
import json, pathlib, sys
out = pathlib.Path(sys.argv[1]) / "out"
figures = json.load(open(out / (out / "latest.txt").read_text().strip() / "figures.json"))["figures"]
leave = {"sources", "reasons"}
for figure in figures:
    print(json.dumps({key: value for key, value in figure.items() if key not in leave}, ensure_ascii=False))
PY
}

copy() { # name
  rm -rf "$work/$1" && mkdir "$work/$1"
  cp -r samples/east-kent/programme.toml samples/east-kent/returns "$work/$1"
}

resave() { # name, ending
  local folder files made
  while IFS= read -r -d '' folder; do
    mapfile -d '' files < <(find "$folder" -maxdepth 1 -name '*.xlsx' ! -name '~$*' -print0)
    [ ${#files[@]} -gt 0 ] || continue
    if [ "$1" = openpyxl ]; then
      python3 -c 'import sys, openpyxl
for path in sys.argv[1:]:
    try: openpyxl.load_workbook(path).save(path)
    except Exception as error: print("not saved again:", path.rsplit("/", 1)[-1], type(error).__name__, file=sys.stderr)' "${files[@]}"
      continue
    fi
    made=$(mktemp -d -p "$work")
    libreoffice --headless "-env:UserInstallation=file://$work/profile" --convert-to "$2" --outdir "$made" "${files[@]}" > /dev/null 2>&1 || true
    for file in "${files[@]}"; do
      again=$made/$(basename "${file%.*}").$2
      if [ -e "$again" ]; then rm "$file"; mv "$again" "$folder/"; fi
    done
  done < <(find "$work/$1/returns" -type d -print0)
}

copy original
values "$work/original" > "$work/original.txt"
failed=0
for how in ${*:-xls ods xlsx openpyxl}; do
  copy "$how"
  resave "$how" "$how"
  values "$work/$how" > "$work/$how.txt"
  if diff "$work/original.txt" "$work/$how.txt" > "$work/$how.diff"; then
    echo "$how: the same $(wc -l < "$work/original.txt") figures"
  else
    echo "$how: $(grep -c '^>' "$work/$how.diff") figures differ, for instance:"
    grep '^[<>]' "$work/$how.diff" | head -4
    failed=1
  fi
done
exit $failed
