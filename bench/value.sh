#!/bin/sh
# value.sh: purchase and spend models against lifetimes: fits, and what they expect of every customer
#
#   ./dev bench value [COPIES [ROUNDS [MODEL...]]]
#
# CDNOW's 2,357 customers (datasets/cdnow), COPIES (420) times each: 990,000 by default. Each contestant runs in turn,
# ROUNDS (3) times; MODEL: bg-nbd, mbg-nbd, pareto-nbd, gamma-gamma (all of them; of the pareto-nbd, for which lifetimes
# takes minutes, no more than 42 copies unless it is named). Python with pinned packages is put into
# build/bench/value/python once. `build/bench/bench_value made` measures without a peer: 1,000,000 customers by days,
# most of whose histories are different; `build/bench/bench_value covariates` fits by five columns of 100,000 customers.
set -eu
build=${TESELA_BUILD-build}
here=$(dirname -- "$0")
work=$build/bench/value
mkdir -p "$work"
sh "$here/../tests/python/environment.sh" "$work/python" "$here/value/packages.txt"
exec "$work/python/bin/python" -B "$here/value/value_rounds.py" "$build" "$here/../datasets/cdnow" "$@"
