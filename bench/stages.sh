#!/bin/sh
# stages.sh: what customers did after, by the stage that they had, on three real sets; and who has left, on made ones
#
#   ./dev bench stages [BY [LOST]]
#
# Labels the customers of Online Retail, CDNOW (where $TESELA_TEST_DATA has it)
# and AdventureWorks as of two or three days, and counts who bought in the 90,
# 180 and 365 days after, as far as the tables go, and what was spent; who
# bought once stands apart. Then, of each scenario of `tesela synth` with a
# model of purchases, how many of those who came back and are at risk or lost
# have left in truth. BY, LOST: lifecycle.by and lifecycle.lost (auto; as they
# are by default). docs/decisions/stages.md.
set -eu
here=$(cd -- "$(dirname -- "$0")/.." && pwd)
tesela=${TESELA_BUILD-$here/build}/tesela
work=${TESELA_BUILD-$here/build}/bench/stages
levels="  by: ${1-auto}${2:+\n  lost: $2}"
data=$here/datasets
mkdir -p "$work"

# FOLDER CONFIG OPTION...: customer_id and stage into FOLDER/stages.csv.
label() {
    folder=$1 config=$2
    shift 2
    if grep -q '^lifecycle:$' "$config"; then
        sed "s/^lifecycle:\$/&\n$levels/" "$config" >"$folder/run.yaml"
    else
        { cat "$config" && printf 'lifecycle:\n%b\n' "$levels"; } >"$folder/run.yaml"
    fi
    "$tesela" run --quiet --force --lang en --config "$folder/run.yaml" --evidence none --holdout 0 --output "$folder/run" "$@"
    awk 'BEGIN { print "customer_id,stage" }
        match($0, /,(potential|new|active|mature|at_risk|lost|reactivated),[0-9.]+,/) {
            split(substr($0, RSTART, RLENGTH), part, ",")
            print substr($0, 1, index($0, ",")) part[2] (/bought once,/ ? " once" : "")
        }' "$folder/run/segments.csv" >"$folder/stages.csv"
}

# SET CUT END CONFIG FILES: what came after CUT; FILES are the transactions.
follow() {
    folder=$work/$1 cut=$2
    rm -rf "$folder"
    mkdir -p "$folder"
    for file in "$(dirname -- "$4")"/* $5; do
        ln -sf "$file" "$folder"
    done
    label "$folder" "$4" --as-of "$cut" --max-rejects 1
    for days in 90 180 365; do
        [ "$(($(date -ud "$cut" +%s) + days * 86400))" -le "$(date -ud "$3" +%s)" ] || continue
        echo "$1 as of $cut, the next $days days"
        # shellcheck disable=SC2086
        "$tesela" evaluate --config "$folder/run.yaml" --transactions $5 --labels "$folder/stages.csv" \
            --label-column stage --cut "$cut" --horizon "$days" 2>"$folder/evaluate.log" | sed -n '/^  Segment/,/^$/p'
    done
}

for cut in 2011-06-10 2011-09-10; do
    follow online-retail $cut 2011-12-10 "$data/online-retail/online-retail.yaml" \
        "$data/online-retail/online_retail_lines.csv.xz"
done
cdnow=${TESELA_TEST_DATA:-}/CDNOW_master.txt
if [ -e "$cdnow" ]; then
    for cut in 1997-10-01 1998-01-01 1998-04-01; do
        follow cdnow $cut 1998-07-01 "$data/cdnow/cdnow.yaml" "$cdnow"
    done
fi
for cut in 2018-07-01 2018-10-01 2019-01-01; do
    follow adventureworks $cut 2019-07-01 "$data/adventureworks/adventureworks.yaml" \
        "$(echo "$data"/adventureworks/AdventureWorks_Sales_*.csv)"
done

for name in bank ecommerce education finance five-tiers insurer it-firm manufacturer noise retailer travel; do
    folder=$work/$name
    rm -rf "$folder"
    "$tesela" synth "$name" --customers 20000 --output "$folder" >"$work/synth.log"
    label "$folder" "$folder/config.yaml"
    awk -F, -v name="$name" '
        NR == FNR { gone[$1] = $4 == "lost"; next }
        $2 !~ /once|potential|stage/ { all += gone[$1]; seen[$2]++; left[$2] += gone[$1] }
        END {
            printf "%-14s lost: %.0f %% have left, %.0f %% of those who have", name, 100 * left["lost"] / seen["lost"],
                100 * left["lost"] / all
            printf "; at risk or lost: %.0f %% of those who have\n", 100 * (left["lost"] + left["at_risk"]) / all
        }' "$folder/truth.csv" "$folder/stages.csv"
done
