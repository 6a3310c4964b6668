#!/bin/sh
# guide.sh BUILD VERSION CC CXX GENERATOR PAGE: the programs of the guide to the C
# API, as they stand in it, against an installed library: in C by pkg-config, in C
# and C++ by CMake. Each must print what the page says.
set -eu
build=$1 version=$2 cc=$3 cxx=$4 generator=$5 page=$6
here=$(cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-guide-XXXXXX")
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/install/common.sh
. "$here/common.sh"

quietly "cmake --install" cmake --install "$build" --prefix "$work/there"
libdir=$(dirname "$(find "$work/there" -name 'libtesela.so')")
PKG_CONFIG_LIBDIR=$libdir/pkgconfig
export PKG_CONFIG_LIBDIR

# A block of C begins with a comment that names its file; the next block of text is
# what it prints.
mkdir "$work/page"
awk -v folder="$work/page" '
    /^```/ { kind = $0 == "```c" ? "c" : $0 == "```text" ? "text" : ""; first = kind != ""; file = ""; next }
    kind == "c" && first { split($0, word, /[ :]+/); name = word[2]; file = folder "/" name; sub(/[.]c$/, "", name) }
    kind == "text" && first { file = folder "/" name ".txt" }
    { first = 0 }
    kind != "" && file != "" { print >file }' "$page"

# printed PROGRAM NAME: what it prints is what the page says.
printed() {
    LD_LIBRARY_PATH=$libdir "$1" >"$work/printed" 2>"$work/log" || fail "$1 does not run"
    diff "$work/page/$2.txt" "$work/printed" >"$work/log" || fail "$1 prints something else"
    : >"$work/log"
}

flags=$(pkg-config --cflags --libs tesela)
names='' sources=''
for source in "$work"/page/*.c; do
    name=$(basename "$source" .c)
    # The flags are one word each.
    # shellcheck disable=SC2086
    quietly "$name by pkg-config" "$cc" -std=c99 -D_GNU_SOURCE -Wall -Wextra -Werror -o "$work/$name" "$source" $flags -lpthread
    printed "$work/$name" "$name"
    names="$names $name" sources="$sources;$source"
done
[ "$(echo "$names" | wc -w)" = 3 ] || fail "the programs of the page are$names"
for language in C ${cxx:+CXX}; do
    quietly "CMake in $language" cmake -S "$here" -B "$work/app-$language" -G "$generator" -DLANGUAGE="$language" \
        -DCOMPONENTS= -DKINDS=tesela -DSOURCE="${sources#;}" -DWANTED="$version" \
        -DCMAKE_PREFIX_PATH="$work/there" -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx" \
        -DCMAKE_CXX_STANDARD=17
    quietly "build in $language" cmake --build "$work/app-$language"
    for name in $names; do
        printed "$work/app-$language/${name}_tesela" "$name"
    done
done
