#!/bin/sh
# anndata_check.sh WRITE_SAMPLE FOLDER PYTHON...: writes features files made by
# hand into FOLDER and opens them by AnnData and h5py. PYTHON...: how to run Python.
set -eu
write_sample=$1 folder=$2
shift 2
here=$(dirname -- "$0")
mkdir -p "$folder"
for sample in '1 1' '2 0' '5000 1' '5000 0'; do
    # shellcheck disable=SC2086
    "$write_sample" "$folder/features.h5" "$folder/ids.csv" $sample
    "$@" "$here/anndata_check.py" "$folder/features.h5" "$folder/ids.csv"
done
