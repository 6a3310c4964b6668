#!/bin/sh
# figures.sh TESELA DATASET FOLDER PYTHON...: the page of a real run, drawn by headless Chromium in both languages, against
# what another program says must stand on it (figures/figures.py). Exits 77 where there is no browser that works.
set -eu
tesela=$1 data=$2 folder=$3
shift 3
here=$(dirname -- "$0")
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    echo 'skipped: no Chromium (Debian: chromium)'
    exit 77
}
rm -rf "$folder"
mkdir -p "$folder"
sandbox=
[ "$(id -u)" -ne 0 ] || sandbox=--no-sandbox

# draw ADDRESS: the page as it stands once it is drawn.
draw() {
    timeout 60 "$browser" --headless $sandbox --disable-gpu --disable-quic --no-first-run --disable-sync \
        --disable-background-networking --disable-component-update --disable-dev-shm-usage --user-data-dir="$folder/profile" \
        --window-size=1400,1000 --virtual-time-budget=20000 --dump-dom "file://$1" 2>"$folder/browser.log"
}

printf '<!DOCTYPE html><title>x</title><p id="p">no</p><script>p.textContent = "yes"</script>' >"$folder/try.html"
draw "$folder/try.html" >"$folder/try.dom" || :
grep -q '>yes<' "$folder/try.dom" || {
    echo "skipped: $browser does not start here"
    tail -n 3 "$folder/browser.log"
    exit 77
}

"$tesela" run --config "$data/online-retail.yaml" --output "$folder/run" --quiet
for lang in en zh; do
    draw "$folder/run/report.html#lang=$lang" >"$folder/$lang.dom"
done
rm -rf "$folder/profile"
"$@" "$here/figures/figures.py" "$data/online_retail_lines.csv.xz" "$folder"
