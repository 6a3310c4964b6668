#!/bin/sh
# value.sh: purchase and spend models against lifetimes: fits, and what they expect of every customer
#
#   ./dev bench value [COPIES [ROUNDS [MODEL...]]]
#
# CDNOW's 2,357 customers (datasets/cdnow), COPIES (420) times each: 990,000 by default. Each contestant runs in turn,
# ROUNDS (3) times; MODEL: bg-nbd, mbg-nbd, pareto-nbd, gamma-gamma (all of them; lifetimes takes minutes for the
# pareto-nbd). Python with pinned packages is put into build/bench/value/python once. `build/bench/bench_value made`
# measures without a peer: 1,000,000 customers by days, most of whose histories are different.
set -eu
build=${TESELA_BUILD-build}
here=$(dirname -- "$0")
work=$build/bench/value
mkdir -p "$work"
sh "$here/../tests/python/environment.sh" "$work/python" "$here/value/packages.txt"
exec "$work/python/bin/python" -B "$here/value/value_rounds.py" "$build" "$here/../datasets/cdnow" "$@"
