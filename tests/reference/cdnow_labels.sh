#!/bin/sh
# cdnow_labels.sh TESELA FOLDER: CDNOW's lines as a CSV file in FOLDER, and a run of them. Skipped without
# $TESELA_TEST_DATA, as the file may not be shipped.
set -eu
from=${TESELA_TEST_DATA:-}/CDNOW_master.txt
if [ ! -e "$from" ]; then
    echo "skipped: no CDNOW_master.txt in \$TESELA_TEST_DATA"
    exit 77
fi
mkdir -p "$2"
awk 'NR == 1 { print "customer_id,date,units,amount"; next }
     { print $1 "," substr($2, 1, 4) "-" substr($2, 5, 2) "-" substr($2, 7, 2) "," $3 "," $4 }' "$from" > "$2/lines.csv"
exec "$1" run --quiet --force --no-value-models --holdout 0 --evidence none --transactions "$2/lines.csv" --output "$2/run"
