/* test_first_texts.c: the first places of texts are those of the rows, however these are cut. */
#include "help.h"
#include "table/cell/first_texts.h"

static void test_join(void **state)
{
    (void)state;
    for (int cut = 0; cut <= 40; cut++) {
        static tsl__first_texts part[2];
        memset(part, 0, sizeof part);
        for (int i = 0; i < 40; i++) {
            char text[8];
            snprintf(text, sizeof text, "%d", i / 2);
            tsl__first_texts_add(&part[i >= cut], tsl__span_make(text), "f", (uint64_t)i);
        }
        tsl__first_texts_join(&part[0], &part[1]);
        assert_int_equal(part[0].count, TSL__FIRST_TEXTS);
        for (int i = 0; i < 20; i++) {
            char text[8];
            snprintf(text, sizeof text, "%d", i);
            const tsl__mark_cells *cell = tsl__first_texts_get(&part[0], text);
            assert_int_equal(cell != NULL, i < TSL__FIRST_TEXTS);
            assert_true(!cell || cell->line == 2 * (uint64_t)i);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_join)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
