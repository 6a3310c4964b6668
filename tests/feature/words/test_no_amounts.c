/* test_no_amounts.c: columns that hold places or codes, by their names and their values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "feature/words/no_amounts.h"

static const char *look(const char *name, double a, double b)
{
    double values[] = {a, NAN, b};
    const tsl_column column = {.name = (char *)(uintptr_t)name, .type = TSL_TYPE_NUMBER, .number = values};
    return tsl__no_amount_get(&column, 3);
}

static void expect(const char *name, double a, double b, const char *what)
{
    const char *got = look(name, a, b);
    if (what ? !got || strcmp(got, what) != 0 : got != NULL) {
        fail_msg("%s: %s", name, got ? got : "an amount");
    }
}

static void test_coordinates(void **state)
{
    (void)state;
    expect("Latitude", 34.1, -41.5, "coordinates");
    expect("store_lng", -118.25, 100, "coordinates");
    expect("经度", 121.47, 116.4, "coordinates");
    expect("latitude", 34.1, 91, NULL);     /* none is there */
    expect("Long", 12, 60, NULL);           /* how long: whole numbers */
    expect("latitude_zone", .5, 1.5, NULL); /* the last word counts */
    expect("Latitude", NAN, NAN, NULL);
}

static void test_codes(void **state)
{
    (void)state;
    expect("ZIP Code", 90210, 10001, "postcodes");
    expect("客户邮编", 200000, 100000, "postcodes");
    expect("zip", .5, 3, NULL); /* a file's size, say */
    expect("Mobile Number", 13800138000, 13900139000, "telephone numbers");
    expect("Phone", 1, 3, NULL); /* how many */
    expect("Income", 90210, 10001, NULL);
}

/* Of a category the values are looked at, too. */
static void test_categories(void **state)
{
    (void)state;
    static char postcode[] = "postcode", mobile[] = "Mobile", lat[] = "lat";
    const char *level[] = {"0912-34"};
    tsl_column column = {.name = postcode, .type = TSL_TYPE_CATEGORY, .dict = level, .dict_count = 1};
    assert_string_equal(tsl__no_amount_get(&column, 9), "postcodes");
    column.name = mobile;
    assert_string_equal(tsl__no_amount_get(&column, 9), "telephone numbers");
    level[0] = "Android";
    assert_null(tsl__no_amount_get(&column, 9));
    level[0] = "0912-34";
    column.name = lat;
    assert_null(tsl__no_amount_get(&column, 9));
    column = (tsl_column){.name = postcode, .type = TSL_TYPE_BOOLEAN};
    assert_null(tsl__no_amount_get(&column, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_coordinates), cmocka_unit_test(test_codes),
                                       cmocka_unit_test(test_categories)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
