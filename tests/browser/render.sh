#!/bin/sh
# render.sh MAKE_SAMPLE FOLDER TESELA: opens the reports of the sample runs, and a page of tesela check, in headless
# Chromium and looks at what came out: no error on the console, the texts that
# must be there, hostile names inert, charts drawn, no page wider than its
# window. Exits 77 where there is no browser that works.
#
# The browser starts twice, whatever the number of pages: each is drawn in a
# frame of its own width.
set -eu
make_sample=$1 folder=$2 tesela=$3
here=$(cd -- "$(dirname -- "$0")" && pwd)
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

fail() {
    echo "$*" >>"$failures"
}

# Once all frames are drawn, and what a page still does (window.done, a promise) is done, the page that holds them is what
# stands in them, less their scripts: as text, which nothing escapes or runs.
# A language of its own, not the shell's.
# shellcheck disable=SC2016
gather='<script>addEventListener("load", async () => {
  const pages = Array.from(frames);
  await Promise.all(pages.map((frame) => frame.done));
  document.body.replaceChildren(...pages.map((frame) => {
    const page = frame.document.documentElement;
    page.querySelectorAll("script").forEach((script) => script.remove());
    return Object.assign(document.createElement("script"),
      { type: "text/plain", textContent: `\npage ${frame.name}\n${page.outerHTML}\n` });
  }));
})</script>'

# draw LOG: each page of the list (NAME WIDTH) as drawn, to NAME.dom; what the browser said to LOG.
draw() {
    {
        printf '<!DOCTYPE html>\n<title>Frames</title>\n<body>\n'
        while read -r name width; do
            rm -f "$folder/$name.dom"
            printf '<iframe name="%s" src="%s.html" style="width: %dpx; height: 1000px; border: 0"></iframe>\n' \
                "$name" "$name" "$width"
        done <"$folder/list"
        printf '%s\n' "$gather"
    } >"$folder/frames.html"
    timeout 400 "$browser" --headless $sandbox --disable-gpu --disable-quic --no-first-run --disable-sync \
        --disable-background-networking --disable-component-update --disable-dev-shm-usage \
        --allow-file-access-from-files --user-data-dir="$folder/profile" --enable-logging=stderr \
        --window-size=1400,1000 --virtual-time-budget=60000 --dump-dom "file://$folder/frames.html" >"$folder/frames.dom" 2>"$1" || return 1
    awk -v folder="$folder" '
        /^page [a-z-]+$/ { file = folder "/" $2 ".dom"; next }
        /^<\/script>/ { file = "" }
        file != "" { print >file }' "$folder/frames.dom"
}

# What the page says of itself once it is drawn stands in its last element: whether it is wider than its window, how many
# charts it has, whether one that is seen is empty, and how many labels of charts reach out of them.
probe='<script>{
  const charts = [...document.querySelectorAll(".chart")].filter((box) => box.clientWidth > 0);
  const outside = (label) => { const at = label.getBoundingClientRect(), of = label.ownerSVGElement.getBoundingClientRect();
    return at.left < of.left - 3 || at.right > of.right + 3 || at.top < of.top - 3 || at.bottom > of.bottom + 3; };
  document.body.append(Object.assign(document.createElement("div"), {id: "probe", textContent: [
  "wider=" + Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
  "charts=" + charts.length,
  "blank=" + charts.filter((box) => !box.querySelector("svg path, svg rect, svg circle, svg polygon")).length,
  "cut=" + [...document.querySelectorAll(".chart svg text")].filter(outside).map((label) => label.textContent).join("|"),
  "images=" + document.images.length,
  "height=" + document.documentElement.scrollHeight,
  "title=" + document.title,
  "loads=" + performance.getEntriesByType("resource").length].join(" ")}))}</script>'

# open NAME PAGE WIDTH [SCRIPT]: makes a copy of the page with the probe in it,
# after SCRIPT; once it is drawn, checks what holds for every page.
open() {
    if [ "$looking" = no ]; then
        # The policy lets no other script run: here it has to.
        sed "s/script-src 'sha256-[^;]*;/script-src 'unsafe-inline';/" "$2" | sed '$d' | sed '$d' >"$folder/$1.html"
        printf '%s\n%s\n</body>\n</html>\n' "${4-}" "$probe" >>"$folder/$1.html"
        echo "$1 $3" >>"$folder/list"
        return
    fi
    [ -s "$folder/$1.dom" ] || fail "$1: was not drawn"
    refuse "$1" '>[^<]*\(undefined\|\[object\|NaN\|Infinity\|∞\)'
    refuse "$1" '>[^<]*[0-9]\( \|&nbsp;\)%' # no space stands before the sign
    refuse "$1" '[^0-9.,]1 \(days\|customers\|segments\|clusters\|purchases\|leaves\)'
    expect "$1" 'id="probe">wider=0 charts=[0-9]* blank=0 cut= images=0 height=[0-9]* title=[^<]*Tesela[^<]* loads=0<'
}

expect_count() {
    [ "$looking" = yes ] || return 0
    found=$(grep -o -- "$2" "$folder/$1.dom" | wc -l)
    [ "$found" -eq "$3" ] || fail "$1: expected $2 $3 times, found it $found times"
}

expect() {
    [ "$looking" = yes ] || return 0
    grep -q -- "$2" "$folder/$1.dom" || {
        fail "$1: expected $2"
        grep -o 'id="probe">[^<]*' "$folder/$1.dom" >>"$failures" || :
    }
}

refuse() {
    [ "$looking" = yes ] || return 0
    ! grep -q -- "$2" "$folder/$1.dom" || fail "$1: did not expect $2"
}

# A browser that cannot draw anything here proves nothing; one whose console
# this script cannot hear would make the test blind.
printf '<!DOCTYPE html><title>x</title><p id="p">no</p><script>p.textContent = "yes"; nothing.here</script>' >"$folder/try.html"
echo try 800 >"$folder/list"
if ! draw "$folder/try.log" || ! grep -q '>yes<' "$folder/try.dom"; then
    echo "skipped: $browser does not start here"
    tail -n 3 "$folder/try.log"
    exit 77
fi
grep -q 'CONSOLE.*nothing is not defined' "$folder/try.log" || fail 'errors on the console cannot be heard'

# axe-core, by which pages are looked at as those who use them by ear or keys do: of npm, or not at all.
axe=$folder/../axe/node_modules/axe-core/axe.min.js
if [ ! -s "$axe" ] && command -v npm >/dev/null; then
    timeout 120 npm install --prefix "$folder/../axe" --no-save --silent axe-core@4.10.3 >/dev/null 2>&1 || :
fi

"$make_sample" "$folder/en" report en
"$make_sample" "$folder/zh" report zh
{
    echo 'customer,date,amount (dozen)'
    for i in 11 12 13 14 15 16 17 18 19; do
        echo "a$i,2024-01-$i,$i"
        echo "b$i,2024-02-$i,$i"
    done
    echo ',2024-01-03,2'
} >"$folder/check.csv"
for lang in en zh; do
    "$tesela" check "$folder/check.csv" --html "$folder/$lang/check.html" --lang "$lang" --force --quiet
done

: >"$folder/list"
looking=no
# shellcheck source=tests/browser/pages.sh
. "$here/pages.sh"
[ -z "$(cut -d ' ' -f 1 "$folder/list" | sort | uniq -d)" ] || fail 'two pages have one name'
draw "$folder/pages.log" || fail 'the browser failed, or was not done in 400 seconds'
! grep 'CONSOLE' "$folder/pages.log" >>"$failures" || fail 'a page said something on the console'
looking=yes
# shellcheck source=tests/browser/pages.sh
. "$here/pages.sh"

# The policy of the page as it is written lets no script run but the page's own.
: >"$folder/list"
sed '$d' "$folder/en/full.html" | sed '$d' >"$folder/strict.html"
printf '<script>document.title = "broken"</script>\n</body>\n</html>\n' >>"$folder/strict.html"
echo strict 1400 >"$folder/list"
draw "$folder/strict.log" || fail 'the browser failed'
expect strict '<h1>9% of the customers bring 48% of the revenue</h1>'
refuse strict '>broken<\|title=.broken'
grep -q 'CONSOLE.*Content Security Policy' "$folder/strict.log" || fail 'strict: a script that is not of the page was not refused'
[ "$(grep -c 'CONSOLE' "$folder/strict.log")" -eq 1 ] || fail 'strict: more was refused than that script'

# On paper: A4, seven pages of a run with all parts, as many as it says.
for lang in en zh; do
    {
        sed "s/script-src 'sha256-[^;]*;/script-src 'unsafe-inline';/" "$folder/$lang/full.html" | sed '$d' | sed '$d'
        # shellcheck disable=SC2154 # of pages.sh
        printf '%s\n</body>\n</html>\n' "$blocks"
    } >"$folder/paper-$lang.html"
    timeout 60 "$browser" --headless $sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$folder/profile" --virtual-time-budget=5000 \
        --print-to-pdf="$folder/paper-$lang.pdf" "file://$folder/paper-$lang.html" 2>/dev/null || fail "paper-$lang: was not printed"
    pages=$(grep -a -c '/Type */Page$' "$folder/paper-$lang.pdf" || :)
    [ "$pages" -eq 7 ] || fail "paper-$lang: expected 7 pages, found $pages"
    grep -a -q '/MediaBox *\[0 0 59[456][0-9.]* 84[123][0-9.]*\]' "$folder/paper-$lang.pdf" || fail "paper-$lang: is not A4"
done

# Pictures of pages beside those that were looked at and found good: small, so that letters count for little. Another
# font may make a page somewhat longer; where light and dark lie, and hues, is the same. TESELA_GOLDEN=write takes them anew.
: >"$folder/pictures"
while read -r name width query; do
    height=$(sed -n 's/.*id="probe">.* height=\([0-9]*\) .*/\1/p' "$folder/$name.dom")
    printf '<!DOCTYPE html><body style="margin:0"><iframe src="%s.html%s" style="width:%dpx;height:%dpx;border:0;display:block"></iframe>' \
        "$name" "$query" "$width" "${height:-1000}" >"$folder/frame.html"
    timeout 60 "$browser" --headless $sandbox --disable-gpu --hide-scrollbars --user-data-dir="$folder/profile" --allow-file-access-from-files --virtual-time-budget=5000 \
        --screenshot="$folder/$name.png" --window-size="$width,${height:-1000}" "file://$folder/frame.html" 2>/dev/null || fail "$name: no picture was taken"
    echo "$name" >>"$folder/pictures"
done <<END
blocks 1400
blocks-zh 1400 #theme=dark
blocks-narrow 400
customers-only 1400
check 1400
END
# Mean differences of red, green and blue, of both at the size of the reference; how much longer one is.
# shellcheck disable=SC2016
{
    printf '<!DOCTYPE html>\n<title>Pictures</title>\n<body>\n<script>const names = "%s".trim().split(" ");\n' "$(tr '\n' ' ' <"$folder/pictures")"
    printf 'const reference = "file://%s/reference/";\n' "$here"
    cat <<'END'
const load = (url) => new Promise((done) => { const image = new Image(); image.onload = () => done(image); image.onerror = () => done(null); image.src = url; });
const small = (image, width, height) => { const canvas = document.createElement('canvas'); Object.assign(canvas, { width, height });
  const drawing = canvas.getContext('2d'); drawing.imageSmoothingQuality = 'high'; drawing.drawImage(image, 0, 0, width, height); return canvas; };
const pixels = (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
async function compare(name) {
  const [now, then] = await Promise.all([load(`${name}.png`), load(`${reference}${name}.png`)]);
  if (!now) return `${name} lacks`;
  const made = small(now, Math.round(now.width / 20), Math.round(now.height / 20));
  const lines = [`${name} data ${made.toDataURL('image/png').split(',')[1]}`];
  if (!then) return [...lines, `${name} new`].join('\n');
  const [a, b] = [made, then].map((picture) => pixels(small(picture, then.width, then.height)));
  const apart = a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length / 255;
  return [...lines, `${name} apart ${Math.round(1000 * apart)} longer ${Math.round(100 * Math.abs(Math.log(made.height / then.height)))}`].join('\n');
}
Promise.all(names.map(compare)).then((all) => { document.body.replaceChildren(Object.assign(document.createElement('pre'), { textContent: `\n${all.join('\n')}\n` })); });
END
    printf '</script>\n'
} >"$folder/compare.html"
timeout 60 "$browser" --headless $sandbox --disable-gpu --user-data-dir="$folder/profile" --allow-file-access-from-files --virtual-time-budget=10000 \
    --dump-dom "file://$folder/compare.html" >"$folder/compare.dom" 2>/dev/null || fail 'the pictures were not compared'
while read -r name; do
    if [ "${TESELA_GOLDEN-}" = write ]; then
        mkdir -p "$here/reference"
        sed -n "s/^$name data //p" "$folder/compare.dom" | base64 -d >"$here/reference/$name.png"
        continue
    fi
    found=$(sed -n "s/^$name apart \([0-9]*\) longer \([0-9]*\)$/\1 \2/p" "$folder/compare.dom")
    # Thousandths of full light; hundredths of length.
    if [ -z "$found" ] || [ "${found% *}" -gt 40 ] || [ "${found#* }" -gt 12 ]; then
        fail "$name: the picture is another than tests/browser/reference/$name.png: ${found:-it is not there} (at most 40 12)"
    fi
done <"$folder/pictures"

rm -rf "$folder/profile"
cat "$failures"
[ ! -s "$failures" ]
