#!/bin/sh
# law_bites.sh CC: law.sh passes a lawful tree and finds each kind of breach. Each
# case below puts one breach, in a file of its own, into an otherwise lawful tree;
# law.sh reads it once, with all of them, and says one line a case.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd)
cc=$1
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
typedef struct tsl_table tsl_table;
typedef struct tsl_kmeans_options {
    size_t size;
    int (*write)(int fd), *abort;
} tsl_kmeans_options;
TSL_API TSL_FALLIBLE tsl_status tsl_table_read(const char *path,
                                               tsl_table **out);
TSL_API void tsl_kmeans_defaults(tsl_kmeans_options *opt) __attribute__((nonnull(1)));
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
tsl_target target = {.write = 0}, *other = target->write;
#pragma omp atomic write
struct tsl_table {
    int rows;
};
END
    printf '/* main.c: the program. */\n#include <tesela/tesela.h>\n#include "cli/x.h"\nprintf("%%g", 1.5);\nexit(1);\n' \
        >"$work/tree/src/cli/main.c"
}

cases=0

# breach FOLDER EXTENSION LINES PATTERN: a file of the folder with these lines is refused so.
breach() {
    cases=$((cases + 1))
    mkdir -p "$work/tree/$1"
    printf '/* bad%s.%s: one breach. */\n%s\n' "$cases" "$2" "$3" >"$work/tree/$1/bad$cases.$2"
    printf '%s\t%s\n' "$1/bad$cases.$2" "$4" >>"$work/cases"
}

# bites ROOM PATTERN LINES: likewise, a source of a room.
bites() {
    breach "src/$1" c "$3" "$2"
}

# twice EXTENSION LINES: two files hold these lines, of which the second one is refused.
twice() {
    printf '/* a%s.%s: a meaning. */\n%s\n' "$cases" "$1" "$2" >"$work/tree/src/table/a$cases.$1"
    breach src/table "$1" "$2" "is declared in src/table/a$cases.$1 already"
}

# needs ROOM PATTERN LINES: an object of the room that is made of these lines is
# refused, whose source shows nothing.
needs() {
    breach "src/$1" c '' ":1: its object needs $2"
    mkdir -p "$work/objects/room.dir/$1"
    printf '%s\n' "$3" | "$cc" -w -fno-builtin -x c -c -o "$work/objects/room.dir/$1/bad$cases.c.o" -
}

# look: law.sh says of each case one line, like its pattern, and nothing else.
look() {
    if sh "$here/law.sh" "$work/tree" "$work/objects" >"$work/out" 2>&1; then
        echo 'no breach was found at all'
        failed=1
    fi
    while IFS='	' read -r file pattern; do
        grep "^$file:" "$work/out" >"$work/said" || true
        if [ "$(wc -l <"$work/said")" -ne 1 ] || ! grep -q -e "$pattern" "$work/said"; then
            echo "$file should be refused (\"$pattern\") for:"
            sed 1d "$work/tree/$file"
            echo "and law.sh said: $(cat "$work/said")"
            failed=1
        fi
    done <"$work/cases"
    [ "$(wc -l <"$work/out")" -eq "$cases" ] || {
        echo "$cases cases, and law.sh said:"
        cat "$work/out"
        failed=1
    }
}

# expect WHAT PATTERN [OBJECTS]: law.sh refuses the tree with exactly one line, like the pattern.
expect() {
    if sh "$here/law.sh" "$work/tree" ${3+"$3"} >"$work/out" 2>&1; then
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
bites store 'stderr: the library never prints' '    FILE *to = stderr;'
bites store 'fprintf: the library never prints' '    fprintf(to, "x");'
bites model 'printf: the library never prints' '    int (*p)(const char *, ...) = printf;'
bites model 'printf: the library never prints' '    __builtin_printf("x");'
bites model 'dprintf: what is written' '    dprintf(2, "x");'
bites model ': write: what is written' '    write(2, "x", 1);'
bites model 'perror: the library never prints' '    perror
    ("x");'
bites base 'puts: the library never prints' '    pu\
ts("x");'
bites model 'exit: the library never ends' 'int x(void) { exit (1); }'
bites model 'abort: the library never ends' '/* so */ abort(); /* it */'
bites model '__builtin_abort: the library never ends' '    __builtin_abort();'
bites model '__builtin_trap: the library never ends' '    __builtin_trap();'
bites model 'exit: the library never ends' '#define LEAVE exit'
bites store 'sigaction: the library never changes' 'void (*f)() = &sigaction;'
bites table 'getenv: the library reads the environment' 'char *x = getenv("HOME");'
bites base 'strtod: numbers' 'double x = strtod(s, &end);'
bites cli 'setlocale: numbers' 'setlocale(LC_ALL, "");'
bites label 'malloc: memory' 'char *x = malloc(3);'
bites table 'strdup: memory' 'char *x = strdup("malloc(");'
bites label 'malloc: memory' 'char *x = (malloc)(3);'
bites model 'rand_r: random numbers' 'int x = rand_r(0);'
bites model 'arc4random: random numbers' 'int x = (int)arc4random();'
bites model 'dlsym: what is called' 'void *x = dlsym(0, "write");'
bites model '__asm__: what is called' 'int say(int a) __asm__("printf");'
bites model '_mm256_add_pd: intrinsics' '__typeof__(a) x = _mm256_add_pd(a, b);'
bites model '__m256d: intrinsics' '__m256d x;'
bites model 'reduction depends on the threads' '#pragma omp parallel for reduction(+ : sum)'
bites model 'reduction depends on the threads' '#pragma omp parallel for \
    reduction(+ : s)'
bites model 'reduction depends on the threads' '#pragma omp parallel for /* in
    parts */ reduction(inscan, + : s)'
bites model 'sum depends on the threads' '#pragma omp atomic'
bites model 'sum depends on the threads' '#pragma omp atomic update'
bites model '_Pragma: a pragma stands' '_Pragma("omp atomic")'
bites model 'not as a digraph' '%:include "label/policy.h"'
bites model 'model may not include feature' '#include "feature/\
catalogue.h"'
bites model 'the name of a header stands' '#include HEADER'
bites kernel 'warnings are mended' '#pragma GCC diagnostic ignored "-Wconversion"'
bites label 'by the locale' 'snprintf(out, 9, "a %.3f", x);'
bites label 'by the locale' 'snprintf(out, 9, "%d "
    "%.3f", 3, x);'

# A long function: its brace on a line of its own, on that of its signature, and
# behind another branch of a condition.
body=$(yes '    a++;' | head -n 71)
bites base ':3: sum has 71 lines' "static int sum(int a, const char *b)
{
$body
}"
bites base ':3: total has 71 lines' "static int total(int a,
    const char *b) {
$body
}"
bites base ':6: sum has 72 lines' "#if A
static int sum(int a) {
#else
static int sum(int a,
    const char *b) {
#endif
$body
}"

breach src/table/cell c '#include "table/schema/plan.h"' 'table/cell may not include table/schema'
breach src/model/tree c '#include "model/quality/quality.h"' 'model/tree may not include model/quality'
breach src/table/attic c 'int x;' 'table/attic is no wing'
breach src/table h 'tsl_status tsl__table_x(int a);' 'is TSL_FALLIBLE'
breach src/table h 'tsl_status
tsl__table_y(int a);' 'is TSL_FALLIBLE'
breach include/tesela h 'TSL_API int tsl_store_make(int a);' 'tsl_store_make has no verb'
breach include/tesela h 'TSL_API int
tsl_table_frobnicate(int x);' 'tsl_table_frobnicate has no verb'
breach include/tesela h 'TSL_API int tsl_free_frobnicate(int x);' 'tsl_free_frobnicate has no verb'
breach include/tesela h 'TSL_API int tsl_table_frobnicate_open_sesame(int x);' 'sesame has no verb'
breach include/tesela h 'TSL_API int tsl_frobnicate_open(int x);' 'tsl_frobnicate_open has no verb'
breach include/tesela h 'int tsl_table_open(int x);' 'a public function is TSL_API'
breach include/tesela h 'TSL_API tsl_status
tsl_table_close(int x);' 'is TSL_FALLIBLE'

twice h 'enum { TSL_NEW };'
twice h 'enum {
    TSL_LOST = (1, 2)
};'
twice h 'struct tsl_labels { int other; };'
twice h 'typedef struct tsl__a {
    int a;
} tsl__a;'
twice h 'void tsl__say(void);'
twice h 'typedef int (*tsl__call)(int a);'
twice h 'typedef int tsl__number;'
twice h 'extern const int tsl__tens[20];'
twice h '#  define TSL__TEN(x) \
    10'
twice c 'struct tsl_places { int rows; };'
# A function that two files hold, however it is laid out; one of the same name that differs is lawful.
printf '/* a.c: a digit. */\nstatic int is_digit(char c)\n{\n    return c >= 48;\n}\n' >"$work/tree/src/table/a.c"
printf '/* b.c: a digit. */\nstatic int is_digit(char c)\n{\n    return c > 48;\n}\n' >"$work/tree/src/table/b.c"
bites table 'is_digit stands in src/table/a.c likewise' 'static int is_digit(char c) {
    return c >= 48; /* so */ }'

needs model 'printf: the library never prints' 'int say(const char *, ...) __asm__("printf"); int f(void) { return say("x"); }'
needs model 'malloc: memory' '#define JOIN(a, b) a##b
void *JOIN(mal, loc)(long); void *f(void) { return JOIN(mal, loc)(3); }'
needs table '__vfprintf_chk: the library never prints' 'int __vfprintf_chk(void); int f(void) { return __vfprintf_chk(); }'
needs model 'H5Fopen: this library belongs' 'int H5Fopen(void); int f(void) { return H5Fopen(); }'
needs table 'stdout: the library never prints' 'extern int stdout; int f(void) { return stdout; }'

look

lawful_tree
echo 'int x;' >"$work/tree/src/base/bad.c"
expect 'no opening comment' 'src/base/bad.c:1: opens with no comment'
: >"$work/tree/src/base/bad.c"
expect 'an empty file' 'src/base/bad.c:1: opens with no comment'
lawful_tree
mkdir -p "$work/tree/src/table/cell"
printf '/* read.c: a name. */\nint x;\n' >"$work/tree/src/table/cell/read.c"
expect 'a name that two files share' 'src/table/read.c:1: src/table/cell/read.c has this name already'
lawful_tree
rm -r "$work/objects"
mkdir "$work/objects"
expect 'a folder without objects' '.*/objects:1: holds no object' "$work/objects"

exit "$failed"
