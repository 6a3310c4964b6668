#!/bin/sh
# check_schema.sh MAKE_SAMPLE SCHEMA FOLDER PYTHON...: makes summaries of whole and
# partial runs in FOLDER and validates them by Python's jsonschema. PYTHON...: how
# to run Python.
set -eu
make_sample=$1 schema=$2 folder=$3
shift 3
here=$(dirname -- "$0")
mkdir -p "$folder"
rm -rf "$folder/samples"
mkdir "$folder/samples"
"$make_sample" "$folder/samples" summary
"$@" "$here/check_schema.py" "$schema" "$folder"/samples/*.json
