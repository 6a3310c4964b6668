#!/bin/sh
# same_bytes.sh TESELA FOLDER CONFIG OUT [OTHER_TESELA]: features.h5 of the tables of made_tables.py is the same for 1 to 7
# threads, for the transactions in three files, in any order of these, and for rows in another order; with OTHER_TESELA,
# a build by another compiler, for that one, too.
# Exits 77 (skipped) where the tables or that build could not be made.
set -eu
tesela=$1
made=$2
config=$3
out=$4
for file in "$made/transactions.csv" "${5-$tesela}"; do
    [ -e "$file" ] || {
        echo "skipped: no $file"
        exit 77
    }
done
mkdir -p "$out"
status=0

# features FILE PROGRAM TABLES TRANSACTIONS OPTION...: TABLES is the folder of the customers and interactions.
features() {
    file=$1
    program=$2
    tables=$3
    shift 3
    "$program" features --quiet --force --config "$config" --customers "$tables/customers.csv" \
        --interactions "$tables/interactions.csv" --output "$out/$file.h5" --transactions "$@"
}

# same FILE: it holds the bytes of the first one.
same() {
    if cmp "$out/first.h5" "$out/$1.h5"; then
        echo "same: $1"
    else
        status=1
    fi
    rm -f "$out/$1.h5"
}

features first "$tesela" "$made" "$made/transactions.csv" --threads 1
for threads in 2 3 4 5 6 7; do
    features "threads-$threads" "$tesela" "$made" "$made/transactions.csv" --threads "$threads"
    same "threads-$threads"
done
features parts "$tesela" "$made" "$made/part1.csv" "$made/part2.csv" "$made/part3.csv"
same parts
features parts-turned "$tesela" "$made" "$made/part3.csv" "$made/part1.csv" "$made/part2.csv" --threads 3
same parts-turned
for seed in 1 2; do
    features "shuffled$seed" "$tesela" "$made/shuffled$seed" "$made/shuffled$seed/transactions.csv"
    same "shuffled$seed"
done
if [ $# -gt 4 ]; then
    for threads in 1 2 7; do
        features "other-$threads" "$5" "$made" "$made/transactions.csv" --threads "$threads"
        same "other-$threads"
    done
fi
exit "$status"
