#!/bin/sh
# useful.sh: how much segments tell of the future, and how steady they are: the program's against other ways
#
#   ./dev bench useful [table|check|compare|places] [SET...]
#
# table (by itself): the program and others on the order tables, by docs/methods/usefulness.md.
# check: the features against pandas, the reference against the figures known of it.
# compare: the program's segments against the reference's.
# places: other places, weights and parts than the rule's, by docs/decisions/places.md.
# SET: retail, cdnow (where $TESELA_TEST_DATA has it), adventureworks, rfm (all of
# them), or a table of your own, described in a .json file (bench/useful/order_tables.py).
# Python with pinned packages is put into build/bench/useful/python once.
set -eu
build=${TESELA_BUILD-build}
here=$(dirname -- "$0")
work=$build/bench/useful
case ${1-} in
table | check | compare | places)
    verb=$1
    shift
    ;;
*) verb=table ;;
esac
mkdir -p "$work"
sh "$here/../tests/python/environment.sh" "$work/python" "$here/useful/packages.txt"
# There is a process a processor already.
OMP_NUM_THREADS=1 exec "$work/python/bin/python" -B "$here/useful/useful.py" "$verb" "$build/tesela" "$work" "$@"
