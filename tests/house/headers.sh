#!/bin/sh
# headers.sh ROOT CC CXX: each public header compiles alone, as strict C11 and
# as C++11. CXX may be empty: C++ is then left out, and said so.
set -eu
cd -- "$1"
for header in include/tesela/*.h; do
    "$2" -std=c11 -pedantic -Wall -Wextra -Werror -fsyntax-only -Iinclude -x c "$header"
    [ -z "$3" ] || "$3" -std=c++11 -pedantic -Wall -Wextra -Werror -fsyntax-only -Iinclude -x c++ "$header"
done
[ -n "$3" ] || echo "no C++ compiler: the headers were tried in C only"
