#!/bin/sh
# check_schema.sh MAKE_SAMPLE SCHEMA FOLDER: makes summaries of whole and partial
# runs in FOLDER and validates them by Python's jsonschema, in a virtual
# environment that is made there once. Exits 77 where that cannot be had.
set -eu
make_sample=$1 schema=$2 folder=$3
here=$(dirname -- "$0")
venv=$folder/venv
mkdir -p "$folder"
if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv" || {
        echo 'skipped: no Python with venv (Debian: python3-venv)'
        exit 77
    }
    "$venv/bin/pip" --quiet --disable-pip-version-check install --requirement "$here/requirements.txt" || {
        echo 'skipped: jsonschema could not be installed (no network?)'
        exit 77
    }
    cp "$here/requirements.txt" "$venv/installed.txt"
fi
rm -rf "$folder/samples"
mkdir "$folder/samples"
"$make_sample" "$folder/samples" summary
"$venv/bin/python" "$here/check_schema.py" "$schema" "$folder"/samples/*.json
