#!/bin/sh
# embed.sh SOURCE VERSION CC GENERATOR: Tesela as a folder of somebody else's
# project brings its library and nothing else, and asks for nothing else: neither
# for cmocka nor for what the program alone needs.
set -eu
source=$1 version=$2 cc=$3 generator=$4
here=$(cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-embed-XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() {
    cat "$work/log"
    echo "embed: $*" >&2
    exit 1
}

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
    -DSOURCE="$here/app.c" -DCMAKE_C_COMPILER="$cc" >"$work/log" 2>&1 || fail "it cannot be configured"

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

cmake --build "$work/app" >"$work/log" 2>&1 || fail "it cannot be built"
for kind in tesela static; do
    "$work/app/app_$kind" "$version" >"$work/log" 2>&1 || fail "app_$kind does not run"
done
[ ! -e "$work/app/tesela/tesela" ] || fail "the program was built"
cmake --install "$work/app" --prefix "$work/there" >"$work/log" 2>&1 || fail "it cannot be installed"
[ ! -e "$work/there" ] || fail "Tesela was installed with it"
