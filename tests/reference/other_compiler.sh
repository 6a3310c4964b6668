#!/bin/sh
# other_compiler.sh SOURCE FOLDER COMPILER: the program, built once more by COMPILER in FOLDER. Exits 77 (skipped) where
# that compiler is not there.
set -eu
command -v "$3" >/dev/null || {
    echo "skipped: no $3"
    exit 77
}
cmake -S "$1" -B "$2" -G Ninja -DCMAKE_C_COMPILER="$3" -DCMAKE_BUILD_TYPE=Release -DTESELA_WERROR=ON -DTESELA_TESTS=OFF \
    -DTESELA_BENCH=OFF -DTESELA_INSTALL=OFF >/dev/null
cmake --build "$2" --target tesela_cli
