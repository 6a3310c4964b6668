#!/bin/sh
# compare.sh TESELA PROJECT FOLDER PYTHON...: Online Retail at the ends of two months: both by one model, by two, and
# backwards; what tesela compare tells of them is computed again by Python, and held against its schema.
set -eu
tesela=$1 project=$2 folder=$3
shift 3
here=$project/tests/reference
lines=$project/datasets/online-retail/online_retail_lines.csv.xz
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
"$tesela" run --quiet --transactions "$lines" --until 2011-09-30 --evidence none --holdout 0 --output "then"
"$tesela" run --quiet --transactions "$lines" --until 2011-10-31 --model then/model.h5 --output now
"$tesela" run --quiet --transactions "$lines" --until 2011-10-31 --evidence none --holdout 0 --output anew

# Who was treated: by the last digit of the id; one is in both, one is nobody.
awk -F, 'NR == 1 { print "customer_id" > "treated.csv"; next }
    $1 % 10 < 3 || $1 == 12347 { print $1 > "treated.csv" }
    $1 % 10 > 3 && $1 % 10 < 8 { print $1 > "control.csv" }
    END { print "nobody" > "control.csv" }' then/segments.csv

compare() { # NAME RUN_A RUN_B OPTION...
    name=$1
    shift
    "$tesela" compare "$@" --output "$name.csv" --json="$name.json" >"$name.out" 2>"$name.txt"
}
compare same "then" now --treated treated.csv --control control.csv
compare other "then" anew
compare back now "then"
compare alone "then" now --treated treated.csv
awk -F, 'NR == 1 { print "customer_id,mailed"; next }
    { print $1 "," ($1 % 3 == 0 ? "yes" : $1 % 3 == 1 ? "no" : "") }' then/segments.csv >people.csv
compare column "then" now --customers people.csv --treatment mailed
"$tesela" compare "then" now --treated treated.csv --control control.csv --threads 1 --json 2>one.txt | cmp - same.json
grep -q 'have not the same model' other.txt
grep -q 'which is earlier' back.txt
grep -q '1 customer is in both treated and control' same.txt
grep -q 'nobody was held back' alone.txt
grep -q "of $(grep -c ',$' people.csv) customers the cell that would say who was treated is empty" column.txt

"$@" "$here/compare_schema.py" "$project/docs/compare.schema.json" same.json other.json back.json alone.json column.json
"$@" "$here/compare_reference.py" same.json same.csv "then" now treated.csv control.csv
"$@" "$here/compare_reference.py" other.json other.csv "then" anew
"$@" "$here/compare_reference.py" back.json back.csv now "then"
