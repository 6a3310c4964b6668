#!/bin/sh
# gallery.sh TESELA FOLDER: the reports of all bundled data sets, and of awkward ones, as pictures: in either language,
# light and dark, at 1400 and 400 pixels, and on paper. FOLDER/index.html shows them all, to be looked at.
set -eu
tesela=$1 folder=$2
datasets=$(cd -- "$(dirname -- "$0")/../../datasets" && pwd)
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    echo 'gallery: no Chromium (Debian: chromium)' >&2
    exit 1
}
sandbox=
[ "$(id -u)" -ne 0 ] || sandbox=--no-sandbox
rm -rf "$folder"
mkdir -p "$folder/data"
: >"$folder/reports"

# report NAME ARGUMENT...: a run, whose page is FOLDER/NAME.html.
report() {
    name=$1
    shift
    echo "$name"
    "$tesela" run "$@" --output "$folder/data/$name" --force --quiet 2>"$folder/data/$name.log" || {
        echo "gallery: $name was refused: $(tail -n 1 "$folder/data/$name.log")" >&2
        return 0
    }
    cp "$folder/data/$name/report.html" "$folder/$name.html"
    echo "$name" >>"$folder/reports"
}

# ---- Orders that are made up: the same each time --------------------------------------------

# orders CUSTOMERS HEAD: id, day, amount; some buy often and much, some once.
orders() {
    awk -v customers="$1" -v head="$2" 'BEGIN {
        print head
        seed = 7
        for (c = 1; c <= customers; c++) {
            seed = (seed * 16807) % 2147483647
            n = 1 + int((seed % 1000) / 1000 * (seed % 7 + 1) * 2.2)
            for (i = 0; i < n; i++) {
                seed = (seed * 16807) % 2147483647
                day = seed % 500
                month = int(day / 30.5)
                amount = 5 + (seed % 9000) / 100 * (1 + (c % 5) * (c % 3))
                printf "K%05d,%d-%02d-%02d,%.2f\n", c, 2024 + int(month / 12), month % 12 + 1, day % 28 + 1, amount
            }
        }
    }'
}

# people COUNT: customers without anything that is a value or a day.
people() {
    awk -v customers="$1" 'BEGIN {
        print "customer_id,age,city,children,channel,renewed"
        seed = 11
        for (c = 1; c <= customers; c++) {
            seed = (seed * 16807) % 2147483647
            young = seed % 100 < 45
            printf "K%05d,%d,%s,%d,%s,%s\n", c, (young ? 19 : 48) + seed % 17, substr("NorthSouthEast West ", 1 + 5 * (seed % 4), 5), \
                young ? seed % 2 : 1 + seed % 4, young ? "web" : "shop", seed % 10 < (young ? 7 : 3) ? "yes" : "no"
        }
    }' | sed 's/ ,/,/'
}

# ---- The runs ---------------------------------------------------------------------------------

report online-retail --config "$datasets/online-retail/online-retail.yaml"
report adventureworks --config "$datasets/adventureworks/adventureworks.yaml"
report rfm "$datasets/rfm/rfm_data_orders.csv"
awk 'NR == 1 { print "respondent," $0; next } { printf "R%04d,%s\n", NR - 1, $0 }' "$datasets/quality/mcdonalds.csv" >"$folder/data/mcdonalds.csv"
report mcdonalds --customers "$folder/data/mcdonalds.csv" --customer-id respondent
if [ -e "${TESELA_TEST_DATA-}/CDNOW_master.txt" ]; then # not bundled
    cp "$datasets/cdnow/cdnow.yaml" "$TESELA_TEST_DATA/CDNOW_master.txt" "$folder/data"
    report cdnow --config "$folder/data/cdnow.yaml"
fi
report wholesale --customers "$datasets/wholesale/Wholesale_customers_data.csv" --customer-id '#'
orders 1500 customer_id,order_date,amount >"$folder/data/orders.csv"
people 900 >"$folder/data/people.csv"
report two --transactions "$folder/data/orders.csv" --k 2
report twelve --transactions "$folder/data/orders.csv" --k 12
report no-value --customers "$folder/data/people.csv"
{
    echo customer_id,orders,spend
    sed 1d "$folder/data/orders.csv" | awk -F, '{ n[$1]++; s[$1] += $3 } END { for (c in n) printf "%s,%d,%.2f\n", c, n[c], s[c] }' | sort
} >"$folder/data/no-dates.csv"
report no-dates --customers "$folder/data/no-dates.csv"
{
    echo 'names:'
    for i in 1 2 3 4; do
        echo "  $i: {en: \"Customers of segment $i, whose name has just sixty characters.\", zh: \"名称很长的第${i}个客群（购买频繁、金额较高、近期活跃、偏好线上渠道）\"}"
    done
} >"$folder/data/long-names.yaml"
report long-names --transactions "$folder/data/orders.csv" --k 4 --config "$folder/data/long-names.yaml"
orders 1500 '客户编号,下单时间,金额（元）' >"$folder/data/zh-headers.csv"
report zh-headers --transactions "$folder/data/zh-headers.csv" --customer 客户编号 --time 下单时间 --amount '"金额（元）"' --lang zh
if "$tesela" help run | grep -q -- --min-cell; then
    orders 70 customer_id,order_date,amount >"$folder/data/few.csv"
    report small-cells --transactions "$folder/data/few.csv" --k 3 --min-cell 10
fi

# ---- The pictures -------------------------------------------------------------------------------

chromium() {
    timeout 120 "$browser" --headless $sandbox --disable-gpu --hide-scrollbars --no-first-run --user-data-dir="$folder/profile" --allow-file-access-from-files \
        --virtual-time-budget=8000 "$@" 2>/dev/null
}

# The height of each page at each width, from one browser.
{
    printf '<!DOCTYPE html>\n<body>\n'
    while read -r name; do
        for width in 1400 400; do
            for lang in en zh; do
                printf '<iframe name="%s-%s-%s" src="%s.html#lang=%s" style="width: %dpx; height: 1000px; border: 0"></iframe>\n' "$name" "$lang" "$width" "$name" "$lang" "$width"
            done
        done
    done <"$folder/reports"
    # A language of its own, not the shell's.
    # shellcheck disable=SC2016
    printf '%s\n' '<script>addEventListener("load", () => { document.body.textContent = Array.from(frames).map((f) => `${f.name} ${f.document.documentElement.scrollHeight}`).join("\n"); })</script>'
} >"$folder/heights.html"
chromium --dump-dom "file://$folder/heights.html" | grep -o '[a-z-]*-\(en\|zh\)-[0-9]* [0-9]*' >"$folder/heights"

# picture NAME LANG WIDTH THEME
picture() {
    height=$(sed -n "s/^$1-$2-$3 //p" "$folder/heights")
    printf '<!DOCTYPE html><body style="margin:0"><iframe src="%s.html#lang=%s&amp;theme=%s" style="width:%dpx;height:%dpx;border:0;display:block"></iframe>' \
        "$1" "$2" "$4" "$3" "$height" >"$folder/frame.html"
    chromium --screenshot="$folder/$1-$2-$3-$4.png" --window-size="$3,$height" "file://$folder/frame.html" >/dev/null
    printf '<figure><img src="%s-%s-%s-%s.png" width="%d" alt=""><figcaption>%s, %s, %s</figcaption></figure>\n' "$1" "$2" "$3" "$4" $(($3 / 3)) "$2" "$4" "$3" >>"$folder/index.html"
}

{
    printf '<!DOCTYPE html>\n<meta charset="utf-8">\n<title>Tesela: reports</title>\n'
    printf '<style>body { font-family: sans-serif; } .row { display: flex; gap: 12px; align-items: start; } figure { margin: 0; } img { border: 1px solid #999; }</style>\n'
} >"$folder/index.html"
while read -r name; do
    echo "pictures of $name"
    printf '<h2>%s</h2>\n<p><a href="%s.html">page</a> <a href="%s-en.pdf">paper</a> <a href="%s-zh.pdf">纸面</a></p>\n<div class="row">\n' "$name" "$name" "$name" "$name" >>"$folder/index.html"
    picture "$name" en 1400 light
    picture "$name" zh 1400 dark
    picture "$name" en 400 dark
    picture "$name" zh 400 light
    printf '</div>\n' >>"$folder/index.html"
    for lang in en zh; do
        chromium --no-pdf-header-footer --print-to-pdf="$folder/$name-$lang.pdf" "file://$folder/$name.html#lang=$lang" >/dev/null
        pages=$(grep -a -c '/Type */Page$' "$folder/$name-$lang.pdf" || :)
        printf '<p>%s: %s pages</p>\n' "$lang" "$pages" >>"$folder/index.html"
    done
done <"$folder/reports"
rm -rf "$folder/profile" "$folder/frame.html" "$folder/heights.html" "$folder/heights"
echo "$folder/index.html"
