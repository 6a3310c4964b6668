#!/bin/sh
# headers.sh ROOT CC CXX: each public header compiles alone, as strict C11 and
# as C++11, and so does the example in its head, if it has one, as it stands. Each
# function that can fail is called in tests/run/test_err_reset.c. The version is the
# same in base.h, the changelog and the project. CXX may be empty: C++ is then left
# out, and said so.
set -eu
cd -- "$1"
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-headers-XXXXXX")
trap 'rm -rf "$work"' EXIT
examples=0
for header in include/tesela/*.h; do
    "$2" -std=c11 -pedantic -Wall -Wextra -Werror -fsyntax-only -Iinclude -x c "$header"
    [ -z "$3" ] || "$3" -std=c++11 -pedantic -Wall -Wextra -Werror -fsyntax-only -Iinclude -x c++ "$header"
    # What is indented in the comment at the head.
    sed -n '/^ \*\//q; s/^ \*     //p' "$header" >"$work/example"
    [ -s "$work/example" ] || continue
    examples=$((examples + 1))
    {
        printf '#include <stdio.h>\n#include <%s>\nvoid example(void);\nvoid example(void)\n{\n' "${header#include/}"
        cat "$work/example"
        echo '}'
    } >"$work/example.c"
    "$2" -std=c11 -pedantic -Wall -Wextra -Werror -fsyntax-only -Iinclude "$work/example.c"
done
sed -n 's/.*TSL_FALLIBLE tsl_status \(tsl_[a-z_]*\).*/\1/p' include/tesela/*.h | while read -r name; do
    grep -q "GIVES([A-Z_]*, $name(" tests/run/test_err_reset.c ||
        { echo "tests/run/test_err_reset.c does not call $name" >&2; exit 1; }
done
version=$(sed -n 's/^project(tesela VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
grep -q "tsl_version_get(void); /\* \"$version\"" include/tesela/base.h ||
    { echo "include/tesela/base.h does not name version $version" >&2; exit 1; }
[ "$(sed -n '/^## \[[0-9]/{s/^## \[\([0-9.]*\)\].*/\1/p;q;}' CHANGELOG.md)" = "$version" ] ||
    { echo "CHANGELOG.md does not begin with version $version" >&2; exit 1; }
[ "$examples" -gt 0 ] || { echo "no header has an example any more" >&2; exit 1; }
[ -n "$3" ] || echo "no C++ compiler: the headers were tried in C only"
