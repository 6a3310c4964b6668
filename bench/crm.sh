#!/bin/sh
# crm.sh: how long the files for each CRM take, and how much memory, of 1,000,000 customers
#
#   ./dev bench crm [CUSTOMERS]
#
# Runs the bundled orders of 995 customers once, and gives each of its rows to as many new ids as there are to be
# customers. Times `tesela export` to every target, and of what has changed since a run in which one row of seven
# differs, one customer of 500 is new and one has vanished. A line each: seconds, seconds of the processors, memory.
set -eu
build=${TESELA_BUILD-build}
customers=${1-1000000}
data=$build/bench/crm-$customers
measure=$build/bench/measure
tesela=$build/tesela

# many SEED: the rows of the run, again and again, by rising ids; a row of seven and an id of 500 depend on the seed.
many() {
    awk -F, -v customers="$customers" -v seed="$1" '
        NR == 1 { print; next }
        { sub(/^("([^"]|"")*"|[^,]*),/, ""); row[NR - 2] = $0; rows = NR - 1 }
        END {
            for (i = 0; i < customers; i++) {
                if (i % 500 != seed) printf "C%09d,%s\n", i, row[(i + (i % 7 == 0) * seed) % rows]
            }
        }' "$data/run/segments.csv"
}

if [ ! -e "$data/now/segments.csv" ]; then
    mkdir -p "$data/then" "$data/now"
    "$tesela" run --transactions datasets/rfm/rfm_data_orders.csv --evidence none --output "$data/run" --quiet --force
    cp "$data/run/summary.json" "$data/run/model.h5" "$data/then"
    cp "$data/run/summary.json" "$data/run/model.h5" "$data/now"
    many 1 >"$data/then/segments.csv"
    many 2 >"$data/now/segments.csv"
fi

# time_it WHAT ARGUMENT...: of an export, which prints nothing.
time_it() {
    printf '%s: ' "$1"
    shift
    "$measure" "$tesela" export "$data/now" --output "$data/out" --force --quiet "$@" 2>&1 >"$data/printed" | tail -n 1
    rm -rf "$data/out"
}

for target in csv salesforce zoho hubspot excel fxiaoke; do
    time_it "$target" --for "$target"
    time_it "$target --since" --for "$target" --since "$data/then"
done
