#!/bin/sh
# find_data.sh FILE: where a file that may not be shipped lies: in $TESELA_TEST_DATA, or in a folder of datasets, where its
# README says to put it. Fails where it is in neither.
set -eu
for folder in "${TESELA_TEST_DATA:-/nowhere}" "$(dirname -- "$0")"/../../datasets/*; do
    if [ -e "$folder/$1" ]; then
        printf '%s\n' "$folder/$1"
        exit 0
    fi
done
exit 1
