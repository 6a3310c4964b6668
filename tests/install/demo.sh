#!/bin/sh
# demo.sh SOURCE: what ./dev demo has built in a fresh copy of the sources can be
# installed, and the installed program runs.
set -eu
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-demo-XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/copy"
(cd -- "$1" && tar -c --exclude=./build --exclude=./.git .) | tar -x -C "$work/copy"

fail() {
    cat "$work/log"
    echo "demo: $*" >&2
    exit 1
}

"$work/copy/dev" demo >"$work/log" 2>&1 || fail "./dev demo"
[ ! -e "$work/copy/build/tests/cli_test_help" ] || fail "./dev demo built the tests"
cmake --install "$work/copy/build" --prefix "$work/there" >"$work/log" 2>&1 || fail "it cannot be installed"
[ -s "$work/there/share/man/man1/tesela-run.1" ] || fail "no manual pages"
"$work/there/bin/tesela" --version >"$work/log" || fail "the installed program does not run"
