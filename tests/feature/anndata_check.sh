#!/bin/sh
# anndata_check.sh WRITE_SAMPLE FOLDER: writes features files made by hand into
# FOLDER and opens them by AnnData and h5py, in a virtual environment that is
# made there once. Exits 77 where that cannot be had.
set -eu
write_sample=$1 folder=$2
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
        echo 'skipped: anndata could not be installed (no network?)'
        exit 77
    }
    cp "$here/requirements.txt" "$venv/installed.txt"
fi
for sample in '1 1' '2 0' '5000 1' '5000 0'; do
    # shellcheck disable=SC2086
    "$write_sample" "$folder/features.h5" "$folder/ids.csv" $sample
    "$venv/bin/python" "$here/anndata_check.py" "$folder/features.h5" "$folder/ids.csv"
done
