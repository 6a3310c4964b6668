#!/bin/sh
# install.sh BUILD VERSION CC CXX GENERATOR: installs into a fresh prefix, moves the
# prefix, then builds and runs a program against it: through find_package and
# through pkg-config, in C and C++, with the shared library and with the static
# one. Looks at the pages, and takes the shared library out of a running program.
set -eu
build=$1 version=$2 cc=$3 cxx=$4 generator=$5
here=$(cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-install-XXXXXX")
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/install/common.sh
. "$here/common.sh"
prefix=$work/moved

quietly "cmake --install" cmake --install "$build" --prefix "$work/there"
mv "$work/there" "$prefix"
libdir=$(dirname "$(find "$prefix" -name 'libtesela.so')")

# The program itself, from its new place.
if [ -x "$prefix/bin/tesela" ]; then
    "$prefix/bin/tesela" --version | grep -qF "$version" || fail "the installed program does not print its version"
fi

for command in "$here"/../../src/cli/cmd_*.c; do
    page=$(basename "$command" .c | sed 's/^cmd_/tesela-/').1
    [ -s "$prefix/share/man/man1/$page" ] || fail "no manual page $page"
done
for page in man/man5/tesela.yaml.5 bash-completion/completions/tesela zsh/site-functions/_tesela \
    fish/vendor_completions.d/tesela.fish; do
    [ -s "$prefix/share/$page" ] || fail "no $page"
done

consume C "$prefix" static 'tesela;static'
check shared "$libdir" "$work/app-C/app_tesela"
check static "$libdir" "$work/app-C/app_static"
if [ -n "$cxx" ]; then
    consume CXX "$prefix" static 'tesela;static'
    check shared "$libdir" "$work/app-CXX/app_tesela"
    check static "$libdir" "$work/app-CXX/app_static"
fi

# Nobody else's .pc files are there, as without anybody's -dev packages; and what
# is named must mean the same to any compiler.
PKG_CONFIG_LIBDIR=$libdir/pkgconfig
export PKG_CONFIG_LIBDIR
unset PKG_CONFIG_PATH
[ "$(pkg-config --modversion tesela)" = "$version" ] || fail "tesela.pc: version"
shared=$(pkg-config --cflags --libs tesela) static=$(pkg-config --cflags --libs --static tesela)
case "$shared $static" in
*openmp*) fail "tesela.pc: a compiler's own flag for OpenMP: $static" ;;
esac
for compiler in "$cc" gcc clang; do
    command -v "$compiler" >/dev/null || continue
    # The flags are one word each.
    # shellcheck disable=SC2086
    quietly "$compiler by pkg-config" "$compiler" -o "$work/pc_shared" "$here/app.c" $shared
    check shared "$libdir" "$work/pc_shared"
    # shellcheck disable=SC2086
    quietly "$compiler by pkg-config --static" "$compiler" -o "$work/pc_static" "$here/app.c" \
        "$libdir/libtesela.a" -Wl,--as-needed $static
    check static "$libdir" "$work/pc_static"
done

quietly "unload.c" "$cc" -o "$work/unload" "$here/unload.c" -I"$prefix/include" -ldl
quietly "the library cannot be taken out again" "$work/unload" "$libdir/libtesela.so"

# The pages lie together as their links expect; the data sets stay at home.
docs=$(dirname "$(find "$prefix" -path '*/doc/tesela/README.md')")
find "$docs" -name '*.md' | while read -r page; do
    grep -o '](\(\.\./\)*[A-Za-z][A-Za-z0-9_./-]*' "$page" | sed 's/^](//' | grep -v '^\(\.\./\)*datasets/\|^https\{0,1\}$' |
        while read -r link; do
            [ -e "$(dirname "$page")/$link" ] || echo "$page: no $link"
        done
done >"$work/broken"
[ -s "$docs/docs/formats.md" ] || fail "the docs are not there"
[ ! -s "$work/broken" ] || fail "broken links: $(cat "$work/broken")"
