/* test_spill.c: bytes that come back as they went. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "store/files/spill.h"

static char folder[] = "/tmp/tesela-spill-XXXXXX";

static int count_entries(void)
{
    DIR *at = opendir(folder);
    int count = 0;
    assert_non_null(at);
    while (readdir(at)) {
        count++;
    }
    closedir(at);
    return count - 2;
}

static void test_places(void **state)
{
    (void)state;
    tsl__spill *spill;
    char back[8];
    assert_int_equal(tsl__spill_open(folder, &spill, NULL), TSL_OK);
    assert_int_equal(count_entries(), 0); /* it has no name */
    const uint64_t a = tsl__spill_take(spill, 5), b = tsl__spill_take(spill, 3);
    assert_int_equal(b, a + 5);
    assert_int_equal(tsl__spill_get_bytes(spill), 8);
    assert_int_equal(tsl__spill_write(spill, b, "xyz", 3, NULL), TSL_OK);
    assert_int_equal(tsl__spill_write(spill, a, "ab", 2, NULL), TSL_OK);
    assert_int_equal(tsl__spill_write(spill, a + 2, "cde", 3, NULL), TSL_OK);
    assert_int_equal(tsl__spill_read(spill, a, back, 8, NULL), TSL_OK);
    assert_memory_equal(back, "abcdexyz", 8);
    tsl__spill_free(spill);
    assert_int_equal(count_entries(), 0);
}

/* A message tells where, how far and why. */
static void test_errors(void **state)
{
    (void)state;
    tsl__spill *spill;
    tsl_error err;
    char back[8], expected[200];
    assert_int_equal(tsl__spill_open("/nowhere", &spill, &err), TSL_E_IO);
    assert_null(spill);
    assert_int_equal(tsl__spill_open(folder, &spill, NULL), TSL_OK);
    const uint64_t at = tsl__spill_take(spill, 3 << 20);
    assert_int_equal(tsl__spill_read(spill, at + (1 << 20), back, 8, &err), TSL_E_IO);
    snprintf(expected, sizeof expected, "%s: the temporary file cannot be read, at 1 MB of 3: it ends there", folder);
    assert_string_equal(err.message, expected);
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 1 << 20;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    const tsl_status status = tsl__spill_write(spill, at + (2 << 20), back, 8, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(status, TSL_E_IO);
    snprintf(expected, sizeof expected, "%s: the temporary file cannot be written, at 2 MB of 3: File too large",
             folder);
    assert_string_equal(err.message, expected);
    tsl__spill_free(spill);
    tsl__spill_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_places), cmocka_unit_test(test_errors)};
    if (!mkdtemp(folder)) {
        return 1;
    }
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
