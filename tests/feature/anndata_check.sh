#!/bin/sh
# anndata_check.sh WRITE_SAMPLE PROGRAM DATASETS FOLDER PYTHON...: opens features
# files by AnnData and h5py, some made by hand and one of a run with its model;
# all are made in FOLDER. PYTHON...: how to run Python.
set -eu
write_sample=$1 program=$2 datasets=$3 folder=$4
shift 4
here=$(dirname -- "$0")
mkdir -p "$folder"
for sample in '1 1' '2 0' '5000 1' '5000 0'; do
    # shellcheck disable=SC2086
    "$write_sample" "$folder/features.h5" "$folder/ids.csv" $sample
    "$@" "$here/anndata_check.py" "$folder/features.h5" "$folder/ids.csv"
done

run=$folder/run
"$program" run --quiet --force --output "$run" --transactions "$datasets/online-retail/"*.csv.xz >"$folder/run.log"
"$@" "$here/anndata_check.py" "$run/features.h5" "$run/segments.csv" "$run/model.h5"
