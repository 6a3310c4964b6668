#!/bin/sh
# kinds.sh SOURCE VERSION CC CXX GENERATOR BUILD TYPE WERROR: BUILD_SHARED_LIBS says which library there is,
# folders of their own for libraries and headers are honoured, and a static build
# with a static HDF5 needs few shared libraries.
set -eu
source=$1 version=$2 cc=$3 cxx=$4 generator=$5 build=$6 type=None werror=OFF
here=$(cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-kinds-XXXXXX")
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/install/common.sh
. "$here/common.sh"

# Most of the time would go into compiling what BUILD holds already. Ninja takes an
# object for its own where command and sources are the same, and makes anew all others;
# other generators make everything, unoptimised.
if [ "$generator" = Ninja ] && [ -e "$build/.ninja_deps" ]; then
    type=$7 werror=$8
    mkdir "$work/build"
    cp -p "$build/.ninja_log" "$build/.ninja_deps" "$work/build"
    (cd -- "$build" && find src -name '*.o' -exec cp -p --parents -t "$work/build" {} +)
fi

# make OPTION...: builds and installs the library and the program with those options.
make() {
    quietly "configure $*" cmake --fresh -S "$source" -B "$work/build" -G "$generator" -DCMAKE_BUILD_TYPE="$type" \
        -DTESELA_WERROR="$werror" -DCMAKE_C_COMPILER="$cc" -DTESELA_TESTS=OFF -DTESELA_BENCH=OFF -DCMAKE_INSTALL_PREFIX="$work/usr" "$@"
    quietly "build $*" cmake --build "$work/build"
    rm -rf "${work:?}/usr" "$work/own"
    quietly "install $*" cmake --install "$work/build"
}

# libraries PATTERN...: what was installed must be exactly these.
libraries() {
    found=$(find "$work/usr" "$work/own" -name 'libtesela*' 2>/dev/null | sed 's|.*/||' | sort | tr '\n' ' ')
    [ "$found" = "$1" ] || fail "installed are $found, not $1"
}

make -DBUILD_SHARED_LIBS=ON
libraries "libtesela.so libtesela.so.${version%.*} libtesela.so.$version "
consume C "$work/usr" '' tesela
check shared "$(dirname "$(find "$work/usr" -name libtesela.so)")" "$work/app-C/app_tesela"
if (consume C "$work/usr" static static) >/dev/null 2>&1; then
    fail "a static library is found that is not there"
fi

make -DBUILD_SHARED_LIBS=OFF -DHDF5_USE_STATIC_LIBRARIES=ON -DCMAKE_INSTALL_LIBDIR="$work/own/lib" \
    -DCMAKE_INSTALL_INCLUDEDIR="$work/own/headers"
libraries "libtesela.a "
[ -e "$work/own/headers/tesela/tesela.h" ] || fail "the headers are not in their folder"
consume C "$work/own/lib/cmake" '' 'tesela'
check static none "$work/app-C/app_tesela"
consume C "$work/own/lib/cmake" static 'tesela;static'
check static none "$work/app-C/app_static"
# shellcheck disable=SC2046
quietly "by pkg-config" "$cc" -o "$work/pc" "$here/app.c" \
    $(PKG_CONFIG_LIBDIR=$work/own/lib/pkgconfig pkg-config --cflags --libs tesela)
check static none "$work/pc"
# Debian's shared HDF5 drags these in.
for program in "$work/usr/bin/tesela" "$work/pc" "$work/app-C/app_tesela"; do
    ! ldd "$program" | grep -q 'libhdf5\|libcurl\|libldap' || fail "$program: $(ldd "$program")"
done
