/* test_hdf.c: src/store/hdf.c: the version is that of the HDF5 that runs, and
 * asking for it leaves the host's error handler alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <hdf5.h>
#include <stdio.h>
#include <tesela/store.h>

static herr_t handler(hid_t stack, void *data)
{
    (void)stack;
    (void)data;
    return 0;
}

static void test_version(void **state)
{
    (void)state;
    unsigned major, minor, release;
    char text[48];
    H5E_auto2_t there;
    void *data;
    assert_true(H5Eset_auto2(H5E_DEFAULT, handler, text) >= 0);
    assert_true(H5get_libversion(&major, &minor, &release) >= 0);
    snprintf(text, sizeof text, "%u.%u.%u", major, minor, release);
    assert_string_equal(tsl_store_get_version(), text);
    assert_string_equal(tsl_store_get_version(), text);
    assert_true(H5Eget_auto2(H5E_DEFAULT, &there, &data) >= 0);
    assert_ptr_equal(data, text);
    assert_true(there == handler);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_version)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
