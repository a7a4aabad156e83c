#!/usr/bin/env bash
# Every Word document of a programme as a PDF, and its pages as PNG, to be looked at.
#
#   tests/rendered.sh PICTURES [PROGRAMME]
#
# Without a programme's folder, runs the sample first. Needs LibreOffice and poppler's pdftoppm. Prints how many pages
# each document has, and ends with 1 if one cannot be opened. LATHE names another binary than the one it builds.
set -euo pipefail
[ $# -ge 1 ] || { sed -n 's/^# \{0,1\}//;2,7p' "$0"; exit 2; }
mkdir -p "$1"
pictures=$(realpath "$1")
programme=${2:+$(realpath "$2")}
LATHE=${LATHE:+$(realpath "$LATHE")}
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "$programme" ]; then
  [ -n "$LATHE" ] || { cargo build --quiet --locked; LATHE=target/debug/lathe; }
  programme=$work/east-kent
  mkdir "$programme"
  cp -r samples/east-kent/programme.toml samples/east-kent/returns "$programme"
  "$LATHE" run "$programme" --as-at 2009-03-01 --quiet
fi

# Those that are kept, and those of the newest run; all in one folder, so that one LibreOffice does them all.
run=out/$(cat "$programme/out/latest.txt")
mkdir "$work/documents"
while IFS= read -r -d '' document; do
  name=${document#"$programme/"}
  name=${name#"$run/"}
  name=${name//\//-}
  cp "$document" "$work/documents/$name"
  rm -f "$pictures/${name%.docx}.pdf" "$pictures/${name%.docx}"-[0-9]*.png
done < <(find "$programme/drafts" "$programme/$run" -name '*.docx' ! -name '~$*' -print0)
libreoffice --headless "-env:UserInstallation=file://$work/profile" --convert-to pdf --outdir "$pictures" \
  "$work/documents"/*.docx > /dev/null 2>&1 || true

failed=0
for document in "$work/documents"/*.docx; do
  name=$(basename "$document" .docx)
  if [ ! -e "$pictures/$name.pdf" ]; then
    echo "$name: cannot be opened"
    failed=1
    continue
  fi
  pdftoppm -png -r 60 "$pictures/$name.pdf" "$pictures/$name"
  echo "$name: $(find "$pictures" -name "$name-[0-9]*.png" | wc -l) pages"
done
exit $failed
