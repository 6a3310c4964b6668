#!/bin/sh
# generate.sh GENERATOR: the same seed gives the same files, another seed other
# ones; the counts are those asked for; what the tables promise holds in them.
set -eu
generate=$1
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-generate-XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() {
    echo "generate: $*"
    exit 1
}

make() {
    "$generate" company --customers 5000 --lines 12345 --interactions 4321 --seed "$1" --output "$work/$2"
}

make 7 one
make 7 two
make 8 other
for file in customers transactions interactions; do
    cmp "$work/one/$file.csv" "$work/two/$file.csv" || fail "$file: not the same twice"
    ! cmp -s "$work/one/$file.csv" "$work/other/$file.csv" || fail "$file: the seed does nothing"
done

[ "$(wc -l <"$work/one/customers.csv")" -eq 5001 ] || fail "customers: not 5,000 rows"
[ "$(wc -l <"$work/one/transactions.csv")" -eq 12346 ] || fail "transactions: not 12,345 rows"
[ "$(wc -l <"$work/one/interactions.csv")" -eq 4322 ] || fail "interactions: not 4,321 rows"

awk -F, '
    FNR == 1 { file++; next }
    file == 1 { known[$1] = 1; if (NF != 8) bad("a customer with " NF " fields"); next }
    !($1 in known) { bad("a line of an unknown customer") }
    file == 2 {
        if (NF != 9) bad("a line with " NF " fields")
        if ($3 < last) bad("the lines are not in order of time")
        if ($3 < "2022" || $3 >= "2025") bad("a time outside the years: " $3)
        if ($2 in of && of[$2] != $1 $3 $8 $9) bad("an order of two customers, moments, channels or payments")
        if (($4 < 0) != ($5 < 0)) bad("quantity and amount differ in sign")
        last = $3; of[$2] = $1 $3 $8 $9; bought[$1] = 1; back += $5 < 0; orders[$2] = 1
    }
    function bad(what) { print FILENAME ":" FNR ": " what; failed = 1; exit }
    END {
        if (failed) exit 1
        for (c in bought) buyers++
        for (o in orders) count++
        if (buyers < 2500 || buyers > 4500) bad(buyers " of 5,000 customers bought")
        if (back < 100 || back > 1200) bad(back " returns of 12,345 lines")
        if (count < 5000 || count > 11000) bad(count " orders of 12,345 lines")
        exit failed
    }' "$work/one/customers.csv" "$work/one/transactions.csv" "$work/one/interactions.csv"

# What cannot be is refused, with the status of wrong usage.
for wrong in 'company' 'company --customers 0 --output x' 'company --customers ten --output x' \
    'company --customers 10' 'village --customers 10 --output x' 'company --customers 10 --output'; do
    status=0
    # shellcheck disable=SC2086 # words on purpose
    (cd "$work" && "$generate" $wrong 2>/dev/null) || status=$?
    [ "$status" -eq 2 ] || fail "\"$wrong\" ends with $status"
done
[ ! -e "$work/x" ] || fail "a refused call left files"
