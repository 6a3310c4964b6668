/* test_limits.c: as little memory as there may be: the program does its work, or
 * says what it lacks; it is never ended by a library, and leaves nothing behind. */
#include "program.h"

#include "nightly.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEGA = 1 << 20, LEAST = 34, MOST = 400 };

typedef struct tally {
    int done, refused, fewer;
} tally;

/* One command under one limit; `entries`: what is in the folder after it failed. */
static void try(const char *line, long bytes, const char *entries, tally *sum)
{
    const outcome *seen = run_with(&(setting){.address_bytes = bytes}, "%s", line);
    if (seen->status == 127) { /* not even the shared libraries have room */
        return;
    }
    if (seen->status != 0 && (seen->status != 1 || !strstr(seen->err, "tesela: out of memory\n"))) {
        fail_msg("%s: with %ld bytes it ended with %d: %s", line, bytes, seen->status, seen->err);
    }
    assert_null(strstr(seen->err, "libgomp"));
    sum->done += seen->status == 0;
    sum->refused += seen->status == 1;
    sum->fewer += strstr(seen->err, "instead of 8, as the system gives no more") != NULL;
    if (seen->status) {
        assert_entries(entries);
    }
}

static void sweep(const char *line, const char *output, const char *entries, tally *sum)
{
    for (long bytes = LEAST * (long)MEGA; bytes < MOST * (long)MEGA;
         bytes += (bytes < 70L * MEGA ? MEGA / 4 : 7L * MEGA / 2) * (long)some_or_all(4, 1)) {
        try(line, bytes, entries, sum);
        remove_all(output);
    }
    print_message("%d done, %d for want of memory, %d with fewer threads\n", sum->done, sum->refused, sum->fewer);
    assert_true(sum->done > 0 && sum->refused > 0);
}

static void lives_with_little_memory(void **state)
{
    (void)state;
    tally run_tally = {0}, cluster_tally = {0};
#if defined __SANITIZE_ADDRESS__ || defined __clang__
    skip(); /* the sanitizer's shadow alone takes terabytes; LLVM's OpenMP: docs/decisions/openmp.md */
#endif
    put_orders("t.csv", 300, 20);
    assert_run(0, "features --transactions t.csv --output f.h5 --quiet");
    sweep("run --transactions t.csv --output out --k 3 --threads 8", "out", "f.h5,t.csv", &run_tally);
    sweep("cluster f.h5 --k 3 --threads 8 --output m.h5", "m.h5", "f.h5,t.csv", &cluster_tally);
    assert_true(run_tally.fewer + cluster_tally.fewer > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lives_with_little_memory, sandbox_open, sandbox_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
