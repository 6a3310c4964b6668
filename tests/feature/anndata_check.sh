#!/bin/sh
# anndata_check.sh WRITE_SAMPLE PROGRAM DATASETS FOLDER PYTHON...: opens features
# files by AnnData and h5py, some made by hand and one of a run with its model;
# all are made in FOLDER. PYTHON...: how to run Python.
set -eu
write_sample=$1 program=$2 datasets=$3 folder=$4
shift 4
here=$(dirname -- "$0")
rm -rf "$folder"
mkdir -p "$folder"
set -- "$@" "$here/anndata_check.py"
for sample in '1 1' '2 0' '5000 1' '5000 0'; do
    made=$folder/$(echo "$sample" | tr ' ' -)
    # shellcheck disable=SC2086
    "$write_sample" "$made.h5" "$made.csv" $sample
    set -- "$@" "$made.h5" "$made.csv" -
done

run=$folder/run
"$program" run --quiet --output "$run" --transactions "$datasets/online-retail/"*.csv.xz >"$folder/run.log"
ranked=$folder/ranked
echo 'features: {pca: {behavioral: 4, value: 0.9}}' >"$folder/ranked.yaml"
"$program" run --quiet --output "$ranked" --transactions "$datasets/online-retail/"*.csv.xz --scale rank-normal \
    --config "$folder/ranked.yaml" --basis all --evidence none >"$folder/ranked.log"
"$@" "$run/features.h5" "$run/segments.csv" "$run/model.h5" "$ranked/features.h5" "$ranked/segments.csv" "$ranked/model.h5"
