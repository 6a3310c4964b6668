#!/bin/sh
# render.sh MAKE_SAMPLE FOLDER: opens the reports of the sample runs in headless
# Chromium and looks at what came out: no error on the console, the texts that
# must be there, hostile names inert, charts drawn, no page wider than its
# window. Exits 77 where there is no browser that works.
set -eu
make_sample=$1 folder=$2
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    echo 'skipped: no Chromium (Debian: chromium)'
    exit 77
}
rm -rf "$folder"
mkdir -p "$folder/en" "$folder/zh"
failures=$folder/failures
: >"$failures"
sandbox=
[ "$(id -u)" -ne 0 ] || sandbox=--no-sandbox

# dump NAME PAGE WIDTH: the page as drawn, less its scripts, to NAME.dom, what
# the browser said to NAME.log.
dump() {
    timeout 60 "$browser" --headless $sandbox --disable-gpu --disable-quic --no-first-run --disable-sync \
        --disable-background-networking --disable-component-update --disable-dev-shm-usage \
        --user-data-dir="$folder/profile" --enable-logging=stderr --window-size="$3,1000" \
        --dump-dom "file://$2" >"$folder/$1.raw" 2>"$folder/$1.log" || return 1
    sed 's|<script|\n&|g; s|</script>|&\n|g' "$folder/$1.raw" | sed '/<script/,/<\/script>/d' >"$folder/$1.dom"
}

fail() {
    echo "$*" >>"$failures"
}

# What the page says of itself once it is drawn stands in its last element.
probe='<script>document.body.append(Object.assign(document.createElement("div"), {id: "probe", textContent: [
  "wider=" + Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
  "canvases=" + document.querySelectorAll("canvas").length,
  "blank=" + [...document.querySelectorAll("canvas")].filter((c) =>
    !new Uint32Array(c.getContext("2d").getImageData(0, 0, c.width, c.height).data.buffer).some((p) => p)).length,
  "images=" + document.images.length,
  "title=" + document.title,
  "loads=" + performance.getEntriesByType("resource").length].join(" ")}))</script>'

# open NAME PAGE WIDTH [SCRIPT]: dumps a copy of the page with the probe in it,
# after SCRIPT, and checks what holds for every page.
open() {
    sed '$d' "$2" | sed '$d' >"$folder/$1.html"
    printf '%s\n%s\n</body>\n</html>\n' "${4-}" "$probe" >>"$folder/$1.html"
    dump "$1" "$folder/$1.html" "$3" || fail "$1: the browser failed"
    ! grep 'CONSOLE' "$folder/$1.log" >>"$failures" || fail "$1: said on the console"
    expect "$1" 'id="probe">wider=0 canvases=[0-9]* blank=0 images=0 title=[^<]*Tesela loads=0<'
}

expect() {
    grep -q -- "$2" "$folder/$1.dom" || {
        fail "$1: expected $2"
        grep -o 'id="probe">[^<]*' "$folder/$1.dom" >>"$failures" || :
    }
}

refuse() {
    ! grep -q -- "$2" "$folder/$1.dom" || fail "$1: did not expect $2"
}

# A browser that cannot draw anything here proves nothing; one whose console
# this script cannot hear would make the test blind.
printf '<!DOCTYPE html><title>x</title><p id="p">no</p><script>p.textContent = "yes"; nothing.here</script>' >"$folder/try.html"
if ! dump try "$folder/try.html" 800 || ! grep -q '>yes<' "$folder/try.dom"; then
    echo "skipped: $browser does not start here"
    tail -n 3 "$folder/try.log"
    exit 77
fi
grep -q 'CONSOLE.*nothing is not defined' "$folder/try.log" || fail 'errors on the console cannot be heard'

"$make_sample" "$folder/en" report en
"$make_sample" "$folder/zh" report zh

open full "$folder/en/full.html" 1400
expect full '<h1>Customer segments</h1>'
expect full 'Data from 1 December 2010 to 9 December 2011'
expect full 'Frequent, high spend”'
expect full 'canvases=4 '
expect full '135,080'
expect full 'Days since last purchase'
expect full '>k = 6 has the greatest silhouette'
refuse full 'undefined\|\[object\|NaN'

open full-zh "$folder/zh/full.html" 1400
expect full-zh 'lang="zh-CN"'
expect full-zh '<h1>客户分群报告</h1>'
expect full-zh '金卡'
expect full-zh '距上次购买天数'

open switched "$folder/en/full.html" 1400 '<script>document.getElementById("language").click()</script>'
expect switched '<h1>客户分群报告</h1>'
open dark "$folder/en/full.html" 1400 '<script>dispatchEvent(new Event("beforeprint")); dispatchEvent(new Event("afterprint"))</script>'
expect dark 'canvases=4 '
open narrow "$folder/en/full.html" 400
open narrow-zh "$folder/zh/full.html" 400

# As text in the page; never as an element of it.
open hostile "$folder/en/hostile.html" 1400
expect hostile '<b>&lt;/script&gt;&lt;img src=x onerror="document.title=.broken."&gt;'
refuse hostile '<img'
refuse hostile 'title=broken'

open customers-only "$folder/en/customers-only.html" 1400
expect customers-only 'There is no value to cut tiers by'
expect customers-only 'no lifecycle can be told'
refuse customers-only 'Share of value'
open features-only "$folder/en/features-only.html" 1400
expect features-only '<h1>Customer features</h1>'
open cluster-only "$folder/en/cluster-only.html" 1400
expect cluster-only '<h1>Clusters</h1>'
open from-files "$folder/en/from-files.html" 1400
expect from-files 'no table was read'

rm -rf "$folder/profile"
cat "$failures"
[ ! -s "$failures" ]
