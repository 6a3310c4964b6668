#!/bin/sh
# exports.sh LIBRARY ROOT: the shared library exports exactly the functions that
# the public headers mark TSL_API, all of them named tsl_<noun>.
set -eu
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-exports-XXXXXX")
trap 'rm -rf "$work"' EXIT

nm -D --defined-only "$1" | awk '$2 ~ /^[A-Z]$/ { print $3 }' | LC_ALL=C sort >"$work/exported"
# A declaration may run over lines: the name is the word before the first "(".
cat "$2"/include/tesela/*.h | tr '\n' ' ' | sed 's/TSL_API/\n&/g' |
    sed -n 's/^TSL_API \([^(;]*[ *]\)\(tsl_[a-z0-9_]*\)(.*/\2/p' | LC_ALL=C sort >"$work/declared"
[ -s "$work/declared" ] || {
    echo "no declaration was found in the headers"
    exit 1
}

LC_ALL=C comm -23 "$work/exported" "$work/declared" | sed 's/$/: exported, but no header declares it/' >"$work/breaches"
LC_ALL=C comm -13 "$work/exported" "$work/declared" | sed 's/$/: declared, but not exported/' >>"$work/breaches"
grep -v '^tsl_[a-z]' "$work/exported" | sed 's/$/: exported names begin with tsl_/' >>"$work/breaches" || true
cat "$work/breaches"
[ ! -s "$work/breaches" ]
