/* test_pseudonyms.c: pseudonyms against those of another implementation, and keys that are refused. */
#include "table/cell/pseudonyms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY "0123456789abcdef"

static tsl_error err;

static tsl_pseudonyms *open_key(const void *key, size_t bytes)
{
    tsl_pseudonyms *p;
    assert_int_equal(tsl_pseudonyms_build(key, bytes, &p, &err), TSL_OK);
    return p;
}

static void check(const tsl_pseudonyms *p, const char *id, const char *expected)
{
    char out[TSL_PSEUDONYM_CHARS + 1];
    assert_int_equal(tsl_pseudonyms_get_id(p, id, out, &err), TSL_OK);
    assert_string_equal(out, expected);
}

/* Python: base64.b32encode(hmac.new(key, id, 'sha256').digest()).decode().lower()[:26] */
static void test_values(void **state)
{
    (void)state;
    char long_key[100];
    memset(long_key, 'k', sizeof long_key);
    tsl_pseudonyms *p = open_key(KEY, 16), *q = open_key(long_key, sizeof long_key);
    check(p, "17850", "3bwx4qd5mlnqdy2cr646widzxg");
    check(p, "客户42", "hwgdlqc2zvgdffubfqr4qtxogy");
    check(q, "A1", "6lzsyqlx4avyf7dyn6pcazkzzn");
    assert_string_equal(tsl_pseudonyms_get_fingerprint(p), "b9db043096661536");
    assert_string_not_equal(tsl_pseudonyms_get_fingerprint(q), "b9db043096661536");
    tsl_pseudonyms_free(p);
    tsl_pseudonyms_free(q);
    tsl_pseudonyms_free(NULL);
}

/* Many at once are each by itself, for any number of threads. */
static void test_many(void **state)
{
    (void)state;
    enum { COUNT = 10000 };
    tsl_pseudonyms *p = open_key(KEY, 16);
    for (int threads = 1; threads <= 3; threads += 2) {
        char **id = malloc(COUNT * sizeof *id), own[16], one[TSL_PSEUDONYM_CHARS + 1];
        assert_non_null(id);
        for (size_t i = 0; i < COUNT; i++) {
            snprintf(own, sizeof own, "C%zu", i);
            id[i] = strdup(own);
        }
        assert_int_equal(tsl__pseudonyms_replace(p, id, COUNT, threads, &err), TSL_OK);
        for (size_t i = 0; i < COUNT; i++) {
            snprintf(own, sizeof own, "C%zu", i);
            assert_int_equal(tsl_pseudonyms_get_id(p, own, one, &err), TSL_OK);
            assert_string_equal(id[i], one);
            assert_int_equal(strlen(one), TSL_PSEUDONYM_CHARS);
            free(id[i]);
        }
        free(id);
    }
    tsl_pseudonyms_free(p);
}

static void test_refused(void **state)
{
    (void)state;
    char key[TSL_KEY_MOST + 1] = {0};
    tsl_pseudonyms *p;
    assert_int_equal(tsl_pseudonyms_build(KEY, 15, &p, &err), TSL_E_OPTION);
    assert_null(p);
    assert_int_equal(tsl_pseudonyms_build(key, sizeof key, &p, &err), TSL_E_OPTION);
    assert_int_equal(tsl_pseudonyms_build(NULL, 16, &p, &err), TSL_E_OPTION);
    assert_int_equal(tsl_pseudonyms_read("/nowhere/key", &p, &err), TSL_E_NOT_FOUND);
}

static void test_other_key(void **state)
{
    (void)state;
    assert_int_equal(tsl__pseudonyms_check_key("m", "aa", "aa", &err), TSL_OK);
    assert_int_equal(tsl__pseudonyms_check_key("m", "", "", &err), TSL_OK);
    assert_int_equal(tsl__pseudonyms_check_key("m", "aa", "bb", &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "another key, aa"));
    assert_int_equal(tsl__pseudonyms_check_key("m", "aa", "", &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "--pseudonymise"));
    assert_int_equal(tsl__pseudonyms_check_key("m", "", "bb", &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "their own ids"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values), cmocka_unit_test(test_many),
                                       cmocka_unit_test(test_refused), cmocka_unit_test(test_other_key)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
