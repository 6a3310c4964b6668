#!/bin/sh
# quality.sh: clusters against the classes of public sets: the program's, scikit-learn's, and ClustBench's published scores
#
#   ./dev bench quality [FAMILY...]
#
# FAMILY: real, scikit-learn, groups, clouds, clustbench (all of them), by
# docs/methods/clusters-compared.md. ClustBench's sets may not be shipped: they
# are looked for in $TESELA_TEST_DATA/clustering-data-v1 (github.com/gagolews).
# Writes quality.csv, quality.txt and quality.png to build/bench/quality. Python
# with pinned packages is put into build/bench/quality/python once. Ends with 1
# where an index of `tesela evaluate` is not scikit-learn's.
set -eu
build=${TESELA_BUILD-build}
here=$(dirname -- "$0")
work=$build/bench/quality
mkdir -p "$work"
sh "$here/../tests/python/environment.sh" "$work/python" "$here/quality/quality_packages.txt"
# There is a process a processor already.
OMP_NUM_THREADS=1 exec "$work/python/bin/python" -B "$here/quality/quality.py" "$build" "$work" "$@"
