#!/bin/sh
# law_bites.sh: law.sh passes a lawful tree and finds each kind of breach. Each
# case below puts one breach into an otherwise lawful tree.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-law-XXXXXX")
trap 'rm -rf "$work"' EXIT
failed=0

lawful_tree() {
    rm -rf "$work/tree"
    mkdir -p "$work/tree/src/base" "$work/tree/src/table" "$work/tree/src/model" "$work/tree/src/cli" \
        "$work/tree/include/tesela"
    echo 'project(tesela VERSION 0.1.0 LANGUAGES C)' >"$work/tree/CMakeLists.txt"
    cat >"$work/tree/include/tesela/table.h" <<'END'
/*
 * table.h: a public header.
 */
#include <tesela/base.h>
END
    cat >"$work/tree/src/table/read.c" <<'END'
/* read.c: what no check may take for a breach. */
#include "base/alloc.h"
#include "table/read.h"
#include <tesela/table.h>
#include <zstd.h>

/* exit(1), printf("x"), malloc(3): in a comment, over
 * two lines: abort(); */
static const char *text = "printf(\"exit(1)\") /* and \" malloc(3)"; // getenv("X")
static const char quote = '"';
void tsl__print(const char *format) __attribute__((format(printf, 1, 2)));
int exit_code = 3;
tsl__error_set(err, TSL_E_INPUT, "%g", x);
snprintf(out, 4, "%d %s 50%% f %%f %.0f", exit_code, text, 60.);
#pragma omp parallel for reduction(max : most)
END
    printf '/* main.c: the program. */\n#include <tesela/tesela.h>\n#include "cli/x.h"\nprintf("%%g", 1.5);\nexit(1);\n' \
        >"$work/tree/src/cli/main.c"
}

# bites ROOM MESSAGE LINE: a file of the room with this line is a breach.
bites() {
    lawful_tree
    mkdir -p "$work/tree/src/$1"
    printf '/* bad.c: one breach. */\n%s\n' "$3" >"$work/tree/src/$1/bad.c"
    expect "$2" "src/$1/bad.c:[0-9]*: .*$2"
}

# expect WHAT PATTERN: law.sh refuses the tree with exactly one line, like the pattern.
expect() {
    if sh "$here/law.sh" "$work/tree" >"$work/out" 2>&1; then
        echo "not found: $1"
        failed=1
    elif [ "$(wc -l <"$work/out")" -ne 1 ] || ! grep -q "^$2" "$work/out"; then
        echo "for \"$1\" it printed:"
        cat "$work/out"
        failed=1
    fi
}

lawful_tree
sh "$here/law.sh" "$work/tree" || {
    echo "the lawful tree was refused"
    failed=1
}

bites base 'base may not include table' '#include "table/read.h"'
bites base 'base may not include table' '#include <tesela/table.h>'
bites model 'model may not include feature' '#include <tesela/feature.h>'
bites model 'model may not include value' '#include "value/rfm.h"'
bites table 'table may not include feature' '#include "feature/catalogue.h"'
bites value 'value may not include store' '#include "store/array.h"'
bites cli 'cli may not include base' '#include "base/alloc.h"'
bites attic 'attic is no room' '#include "base/alloc.h"'
bites table 'another room' '#include <hdf5.h>'
bites model 'another room' '#include <gsl/gsl_sf.h>'
bites table 'another room' '#include <openssl/evp.h>'
bites label 'another room' '#include <jansson.h>'
bites output 'another room' '#include <libfyaml.h>'
bites model 'another room' '#include <immintrin.h>'
bites store 'another room' '#include <zstd.h>'
bites table 'printf: the library never prints' '    printf("x");'
bites store 'stderr: the library never prints' '    fprintf(stderr, "x");'
bites model 'exit: the library never ends' 'int x(void) { exit (1); }'
bites model 'abort: the library never ends' '/* so */ abort(); /* it */'
bites table 'getenv: the environment' 'char *x = getenv("HOME");'
bites base 'strtod: numbers' 'double x = strtod(s, &end);'
bites cli 'setlocale: numbers' 'setlocale(LC_ALL, "");'
bites label 'malloc: memory' 'char *x = malloc(3);'
bites table 'strdup: memory' 'char *x = strdup("malloc(");'
bites model '_mm256_add_pd: intrinsics' '__typeof__(a) x = _mm256_add_pd(a, b);'
bites model '__m256d: intrinsics' '__m256d x;'
bites model 'reduction depends on the threads' '#pragma omp parallel for reduction(+ : sum)'
bites kernel 'warnings are mended' '#pragma GCC diagnostic ignored "-Wconversion"'
bites label 'by the locale' 'snprintf(out, 9, "a %.3f", x);'

lawful_tree
echo 'int x;' >"$work/tree/src/base/bad.c"
expect 'no opening comment' 'src/base/bad.c:1: opens with no comment'
: >"$work/tree/src/base/bad.c"
expect 'an empty file' 'src/base/bad.c:1: opens with no comment'

lawful_tree
{
    printf '/* bad.c: a long function. */\nstatic int sum(int a, const char *b)\n{\n'
    yes '    a++;' | head -n 71
    printf '}\n'
} >"$work/tree/src/base/bad.c"
expect 'a long function' 'src/base/bad.c:3: sum has 71 lines'

# breach FILE LINES PATTERN: a file of the house with these lines is refused so.
breach() {
    lawful_tree
    mkdir -p "$work/tree/$(dirname "$1")"
    printf '/* %s: one breach. */\n%s\n' "$(basename "$1")" "$2" >"$work/tree/$1"
    expect "$3" ".*$3"
}

breach src/table/cell/bad.c '#include "table/schema/plan.h"' 'table/cell may not include table/schema'
breach src/model/tree/bad.c '#include "model/quality/quality.h"' 'model/tree may not include model/quality'
breach src/table/attic/bad.c 'int x;' 'table/attic is no wing'
breach include/tesela/store.h 'TSL_API int tsl_store_make(int a);' 'tsl_store_make has no verb'
breach src/table/bad.h 'tsl_status tsl__table_x(int a);' 'is TSL_FALLIBLE'
breach src/table/cell/read.c 'int x;' 'src/table/cell/read.c has this name already'

lawful_tree
for name in one two; do
    printf '/* %s.h: a meaning. */\ntypedef struct tsl__a {\n    int a;\n} tsl__a;\n' "$name" >"$work/tree/src/table/$name.h"
done
expect 'two meanings of a name' 'src/table/two.h:4: tsl__a is declared in src/table/one.h already'

exit "$failed"
