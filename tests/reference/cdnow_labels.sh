#!/bin/sh
# cdnow_labels.sh TESELA FOLDER: CDNOW's lines as a CSV file in FOLDER, and a run of them. Skipped where the file, which
# may not be shipped, is neither in $TESELA_TEST_DATA nor in datasets/cdnow.
set -eu
if ! from=$(sh "$(dirname -- "$0")/find_data.sh" CDNOW_master.txt); then
    echo "skipped: no CDNOW_master.txt in \$TESELA_TEST_DATA or datasets/cdnow"
    exit 77
fi
mkdir -p "$2"
awk 'NR == 1 { print "customer_id,date,units,amount"; next }
     { print $1 "," substr($2, 1, 4) "-" substr($2, 5, 2) "-" substr($2, 7, 2) "," $3 "," $4 }' "$from" > "$2/lines.csv"
exec "$1" run --quiet --force --no-value-models --holdout 0 --evidence none --transactions "$2/lines.csv" --output "$2/run"
