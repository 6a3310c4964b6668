#!/bin/sh
# embed.sh SOURCE VERSION CC CXX GENERATOR: Tesela as a folder of somebody else's
# project brings its library and nothing else, and asks for nothing else: neither
# for cmocka nor for what the program alone needs.
set -eu
source=$1 version=$2 cc=$3 generator=$5
here=$(cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-embed-XXXXXX")
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/install/common.sh
. "$here/common.sh"

# A pkg-config that has never heard of them.
cat >"$work/pkg-config" <<'END'
#!/bin/sh
case "$*" in
*cmocka* | *libfyaml*) exit 1 ;;
esac
exec pkg-config "$@"
END
chmod +x "$work/pkg-config"

PKG_CONFIG=$work/pkg-config cmake -S "$here/embed" -B "$work/app" -G "$generator" -DTESELA="$source" \
    -DSOURCE="$here/app.c" -DCMAKE_C_COMPILER="$cc" >"$work/log" 2>&1 || fail "configure"

# The library, its rooms and its flags.
sed -n 's/^-- target //p' "$work/log" | sort >"$work/targets"
{
    printf '%s\n' tesela tesela_static tesela_flags
    sed -n 's/^set(TESELA_ROOMS \(.*\))/\1/p' "$source/src/CMakeLists.txt" | tr ' ' '\n' | sed 's/^/tesela_/'
} | sort >"$work/expected"
cmp -s "$work/targets" "$work/expected" || {
    diff "$work/expected" "$work/targets" >"$work/log" || true
    fail "other targets than expected"
}

quietly build cmake --build "$work/app"
check shared none "$work/app/app_tesela"
check static none "$work/app/app_static"
[ ! -e "$work/app/tesela/tesela" ] || fail "the program was built"
quietly install cmake --install "$work/app" --prefix "$work/there"
[ ! -e "$work/there" ] || fail "Tesela was installed with it"
