#!/bin/sh
# check_data_quality.sh TESELA SCHEMA FOLDER PYTHON...: what the program says of some tables is as the schema says, the
# same for any number of threads, and what another program finds of them.
set -eu
tesela=$1 schema=$2 folder=$3
shift 3
here=$(dirname -- "$0")
data=$here/../../datasets
orders=$data/rfm/rfm_data_orders.csv
rm -rf "$folder"
mkdir -p "$folder"
"$tesela" check "$orders" --json --quiet >"$folder/orders.json"
"$tesela" check "$orders" --json --quiet --threads 1 | cmp - "$folder/orders.json"
"$tesela" check --config "$data/adventureworks/adventureworks.yaml" \
    --customers "$data/adventureworks/AdventureWorks_Customers.csv" \
    --transactions "$data"/adventureworks/AdventureWorks_Sales_20*.csv --json --quiet --show-values >"$folder/works.json"
printf 'customer,time,amount,currency,email\na,2024-01-05,x,EUR,a@b.org\nb,2024-01-06,2,USD,c@d.org\n' >"$folder/mixed.csv"
"$tesela" check "$folder/mixed.csv" --json --quiet --max-rejects 1 >"$folder/mixed.json"
grep -q 'b[.]org' "$folder/mixed.json" && exit 1
"$tesela" check --transactions "$folder/none.csv" --customers "$data/adventureworks/AdventureWorks_Customers.csv" \
    --json --quiet >"$folder/none.json" 2>/dev/null && exit 1
"$@" "$here/check_data_quality.py" "$schema" "$orders" "$folder/orders.json" "$folder/works.json" "$folder/mixed.json" \
    "$folder/none.json"
