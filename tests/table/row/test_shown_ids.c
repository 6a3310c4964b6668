/* test_shown_ids.c: the spelling that is shown does not depend on which came first. */
#include "help.h"
#include "table/row/shown_ids.h"

static void add(tsl__shown_ids *ids, const char *form, const char *spelling)
{
    tsl_error err;
    assert_int_equal(tsl__shown_ids_add(ids, tsl__span_make(form), tsl__span_make(spelling), &err), TSL_OK);
}

static void test_any_order(void **state)
{
    (void)state;
    static const char *const spelling[] = {"ab1", "aB1", "ＡＢ１", "ab 1"};
    for (size_t shift = 0; shift < 4; shift++) {
        tsl__shown_ids ids = {0}, other = {0};
        tsl_error err;
        for (size_t i = 0; i < 4; i++) {
            add(i < 2 ? &ids : &other, "AB1", spelling[(i + shift) % 4]);
        }
        add(&other, "C2", "C2");
        assert_int_equal(tsl__shown_ids_join(&ids, &other, &err), TSL_OK);
        assert_string_equal(tsl__shown_ids_get(&ids, "AB1"), "aB1"); /* the shortest, then in byte order */
        assert_string_equal(tsl__shown_ids_get(&ids, "C2"), "C2");
        assert_null(tsl__shown_ids_get(&ids, "D3"));
        tsl__joined_ids joined = tsl__shown_ids_find_joined(&ids, NULL);
        assert_int_equal(joined.count, 1);
        assert_string_equal(joined.one, "aB1");
        assert_string_equal(joined.other, "ＡＢ１"); /* whichever came first */
        tsl__shown_ids known = {0};
        add(&known, "C2", "c2");
        add(&known, "AB1", "aB1");
        assert_int_equal(tsl__shown_ids_find_joined(&ids, &known).count, 2);
        assert_int_equal(tsl__shown_ids_find_joined(&known, &ids).count, 1);
        assert_string_equal(tsl__shown_ids_find_joined(&known, &ids).other, "C2");
        tsl__shown_ids_free(&known);
        add(&ids, "AB1", "AB1");
        assert_string_equal(tsl__shown_ids_get(&ids, "AB1"), "AB1");
        tsl__shown_ids_free(&ids);
        tsl__shown_ids_free(&other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_any_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
