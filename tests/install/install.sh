#!/bin/sh
# install.sh BUILD VERSION CC GENERATOR: installs into a fresh prefix, moves the prefix,
# then builds and runs a program against it: through find_package and through
# pkg-config, with the shared library and with the static one.
set -eu
build=$1 version=$2 cc=$3 generator=$4
here=$(cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-install-XXXXXX")
trap 'rm -rf "$work"' EXIT
prefix=$work/moved

fail() {
    echo "install: $*" >&2
    exit 1
}

# check KIND PROGRAM: it must run, and take libtesela.so where KIND is shared, not where it is static.
check() {
    kind=$1 program=$2
    printed=$(LD_LIBRARY_PATH=$libdir "$program" "$version") || fail "$program does not run"
    [ "$printed" = "$version" ] || fail "$program prints $printed, not $version"
    needed=static
    if LD_LIBRARY_PATH=$libdir ldd "$program" | grep -q libtesela; then
        needed=shared
    fi
    [ "$needed" = "$kind" ] || fail "$program is $needed, not $kind"
}

cmake --install "$build" --prefix "$work/there" >"$work/log"
mv "$work/there" "$prefix"
libdir=$(dirname "$(find "$prefix" -name 'libtesela.so')")

# The program itself, from its new place.
if [ -x "$prefix/bin/tesela" ]; then
    "$prefix/bin/tesela" --version | grep -qF "$version" || fail "the installed program does not print its version"
fi

cmake -S "$here" -B "$work/app" -G "$generator" -DSOURCE="$here/app.c" -DWANTED="$version" -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_C_COMPILER="$cc" >"$work/log" 2>&1 || {
    cat "$work/log"
    fail "find_package"
}
cmake --build "$work/app" >"$work/log" 2>&1 || {
    cat "$work/log"
    fail "build by find_package"
}
check shared "$work/app/app_shared"
check static "$work/app/app_static"

PKG_CONFIG_PATH=$libdir/pkgconfig
export PKG_CONFIG_PATH
[ "$(pkg-config --modversion tesela)" = "$version" ] || fail "tesela.pc: version"
# The flags are one word each.
# shellcheck disable=SC2046
"$cc" -o "$work/pc_shared" "$here/app.c" $(pkg-config --cflags --libs tesela)
check shared "$work/pc_shared"
# shellcheck disable=SC2046
"$cc" -o "$work/pc_static" "$here/app.c" $(pkg-config --cflags tesela) "$libdir/libtesela.a" \
    -Wl,--as-needed $(pkg-config --libs --static tesela)
check static "$work/pc_static"
