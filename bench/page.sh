#!/bin/sh
# page.sh: how long a browser takes to open the report of 1,000,000 customers
#
#   ./dev bench page [CUSTOMERS [ROUNDS]]
#
# Makes a run of the company once (docs/scenarios/company.md), and opens its report.html in headless Chromium so many
# times, from a page that is open already, as a link does. Prints the bytes of the page, the median and all rounds, in
# milliseconds: from the start of the navigation to the second frame after everything is loaded and drawn. (The first page
# of a browser that is starting, with a new profile, takes about as long again: that is the browser's.)
set -eu
build=${TESELA_BUILD-build}
customers=${1-1000000}
rounds=${2-9}
data=$PWD/$build/bench/page-$customers
tesela=$build/tesela
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    echo 'no Chromium (Debian: chromium)' >&2
    exit 1
}
sandbox=
[ "$(id -u)" -ne 0 ] || sandbox=--no-sandbox

if [ ! -e "$data/run/report.html" ]; then
    mkdir -p "$data"
    "$tesela" synth company --customers "$customers" --seed 1 --output "$data/company" --force >"$data/printed"
    "$tesela" run --config "$data/company/config.yaml" --output "$data/run" --quiet --force
fi
echo "page: $(wc -c <"$data/run/report.html") bytes"

# The page says on the console when it is there; its policy lets no other script run, but here it has to.
sed "s/script-src 'sha256-[^;]*;/script-src 'unsafe-inline';/" "$data/run/report.html" | sed '$d' | sed '$d' >"$data/page.html"
cat >>"$data/page.html" <<'END'
<script>addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() =>
  console.log("opened=" + Math.round(performance.now()))))));</script>
</body>
</html>
END
echo '<!DOCTYPE html><title>x</title><script>setTimeout(() => { location.href = "page.html"; }, 3000)</script>' >"$data/before.html"

# How long one opening took.
look() {
    rm -rf "$data/profile"
    "$browser" --headless=new $sandbox --disable-gpu --no-first-run --user-data-dir="$data/profile" --enable-logging=stderr \
        --window-size=1400,1000 "file://$data/before.html" >"$data/log" 2>&1 &
    pid=$!
    for _ in $(seq 300); do
        ! grep -q 'opened=[0-9]' "$data/log" || break
        sleep 0.1
    done
    kill "$pid" 2>/dev/null || :
    wait "$pid" 2>/dev/null || :
    sed -n 's/.*opened=\([0-9]*\).*/\1/p' "$data/log" | head -n 1
}

for _ in $(seq "$rounds"); do look; done | sort -n | awk '
    { all[NR] = $1 }
    END {
        printf "opened: %d ms (", all[int((NR + 1) / 2)]
        for (i = 1; i <= NR; i++) printf "%s%d", (i > 1 ? " " : ""), all[i]
        print ")"
    }'
rm -rf "$data/profile"
