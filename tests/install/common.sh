# common.sh: what the tests of the installed libraries share. They set here, work,
# version, cc, cxx and generator.
# shellcheck shell=sh disable=SC2154

fail() {
    [ ! -s "$work/log" ] || cat "$work/log"
    echo "install: $*" >&2
    exit 1
}

# quietly WHAT COMMAND...: shows what the command says where it fails.
quietly() {
    what=$1
    shift
    "$@" >"$work/log" 2>&1 || fail "$what"
    : >"$work/log"
}

# check KIND LIBDIR PROGRAM: it must run, and take libtesela.so where KIND is shared, not where it is static.
check() {
    kind=$1 libdir=$2 program=$3
    printed=$(LD_LIBRARY_PATH=$libdir "$program" "$version") || fail "$program does not run"
    [ "$printed" = "$version" ] || fail "$program prints $printed, not $version"
    needed=static
    if LD_LIBRARY_PATH=$libdir ldd "$program" | grep -q libtesela; then
        needed=shared
    fi
    [ "$needed" = "$kind" ] || fail "$program is $needed, not $kind"
}

# consume LANGUAGE PREFIX COMPONENTS KINDS: builds app_KIND for each of KINDS (a list of
# CMake's) in $work/app-LANGUAGE.
consume() {
    rm -rf "$work/app-$1"
    quietly "find_package in $1" cmake -S "$here" -B "$work/app-$1" -G "$generator" -DLANGUAGE="$1" \
        -DCOMPONENTS="$3" -DKINDS="$4" -DSOURCE="$here/app.c" -DWANTED="$version" -DCMAKE_PREFIX_PATH="$2" \
        -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx"
    quietly "build by find_package in $1" cmake --build "$work/app-$1"
}
