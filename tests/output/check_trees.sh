#!/bin/sh
# check_trees.sh MAKE_TREES TESELA ROOT FOLDER PYTHON...: makes trees at random, and those of the bundled data sets by
# TESELA, in FOLDER, in every format, and asks the formats for the segment of each row. PYTHON...: how to run Python.
set -eu
make_trees=$1 tesela=$2 root=$3 folder=$4
shift 4
here=$(dirname -- "$0")
works=$root/datasets/adventureworks
rm -rf "$folder"
mkdir -p "$folder/trees"
"$make_trees" "$folder/trees"
quietly() {
    "$tesela" run "$@" --quiet >/dev/null
}
quietly --transactions "$root/datasets/online-retail/online_retail_lines.csv.xz" --output "$folder/retail"
"$make_trees" "$folder/trees" retail "$folder/retail/model.h5" "$folder/retail/features.h5"
quietly --config "$works/adventureworks.yaml" --customers "$works/AdventureWorks_Customers.csv" \
    --transactions "$works/AdventureWorks_Sales_2017.csv" "$works/AdventureWorks_Sales_2018.csv" \
    "$works/AdventureWorks_Sales_2019.csv" --basis demographic --apart none --anchors none --leaves 60 \
    --output "$folder/works"
"$make_trees" "$folder/trees" works "$folder/works/model.h5" "$folder/works/features.h5"
quietly --transactions "$root/datasets/online-retail/online_retail_lines.csv.xz" --target frequency \
    --output "$folder/target"
"$make_trees" "$folder/trees" target "$folder/target/model.h5" "$folder/target/features.h5"
for id in 12346 12347 12748; do
    "$tesela" explain "$folder/retail/model.h5" --features "$folder/retail/features.h5" --customer $id --json \
        >"$folder/trees/$id.customer"
done
"$@" "$here/check_trees.py" "$root/docs" "$folder/trees"
