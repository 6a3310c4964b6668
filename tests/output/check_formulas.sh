#!/bin/sh
# check_formulas.sh MAKE_SAMPLE FOLDER: opens CSV files of texts that would be
# formulas in LibreOffice, by each of the signs between fields that its dialog
# starts with: no cell may be a formula, and numbers must be numbers. Exits 77
# where there is no LibreOffice that takes formulas for formulas.
set -eu
make_sample=$1 folder=$2
office=$(command -v soffice || command -v libreoffice) || {
    echo 'skipped: no LibreOffice (Debian: libreoffice-calc-nogui)'
    exit 77
}
rm -rf "$folder"
mkdir -p "$folder/csv" "$folder/seen"
"$make_sample" "$folder/csv" formulas
failures=$folder/failures
: >"$failures"

# What shows that the reader can see them: behind a comma, a semicolon, a tab, on a line.
printf 'x,=1+1;=1+1\t=1+1\n=1+1\n' >"$folder/csv/control.csv"

# import SIGNS: every file, parted by these signs (character codes).
import() {
    rm -f "$folder/seen"/*
    timeout 250 "$office" -env:UserInstallation="file://$folder/profile" --headless \
        --infilter="CSV:$1,34,76,1,,0,false,true,false,false,false,-1,true" --convert-to fods --outdir "$folder/seen" \
        "$folder/csv"/*.csv >"$folder/log" 2>&1 || return 1
}

formulas() {
    grep -c 'table:formula=' "$folder/seen/$1.fods" || :
}

for signs in 44 59 9 44/59/9; do
    if ! import "$signs" || [ "$(formulas control)" -eq 0 ]; then
        echo "skipped: $office takes no formulas from a CSV file here"
        tail -n 3 "$folder/log"
        exit 77
    fi
    for file in segments labels clusters rejects; do
        [ -s "$folder/seen/$file.fods" ] || echo "$file.csv: not read ($signs)" >>"$failures"
        [ "$(formulas "$file")" -eq 0 ] || {
            echo "$file.csv: formulas ($signs)"
            grep -o 'table:formula="[^"]*"' "$folder/seen/$file.fods"
        } >>"$failures"
    done
    # confidence, value, distance of each row, and more
    [ "$signs" != 44 ] ||
        [ "$(grep -c 'office:value-type="float" office:value="-[0-9.]*"' "$folder/seen/segments.fods")" -gt 100 ] ||
        echo 'segments.csv: negative values are no numbers' >>"$failures"
done
rm -rf "$folder/profile"
cat "$failures"
[ ! -s "$failures" ]
