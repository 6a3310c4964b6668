/* test_name_index.c: an index of names finds what a walk over them finds. */
#include "table/names/name_index.h"

#include "base/rng.h"
#include "expr/expr.h"
#include "help.h"

static void test_like_a_walk(void **state)
{
    (void)state;
    enum { NAMES = 200, LENGTH = 4 };
    char text[NAMES][LENGTH + 1];
    const char *names[NAMES];
    tsl__rng rng = tsl__rng_open(1, 2, 3);
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < NAMES; i++) {
            int length = (int)tsl__rng_below(&rng, LENGTH + 1);
            for (int c = 0; c < length; c++) {
                text[i][c] = "aAbB \n\xC3"[tsl__rng_below(&rng, 7)];
            }
            text[i][length] = 0;
            names[i] = text[i];
        }
        size_t count = (size_t)tsl__rng_below(&rng, NAMES);
        tsl__name_index *index = tsl__name_index_open(names, count);
        assert_non_null(index);
        for (int i = 0; i < NAMES; i++) {
            assert_int_equal(tsl__name_index_get(index, names[i]), tsl__name_find(names[i], names, count));
        }
        for (int i = 0; i < NAMES; i++) { /* with more white space, it is longer than all of them, perhaps */
            char wide[2 * LENGTH + 3] = "";
            for (const char *c = names[i]; *c; c++) {
                snprintf(wide + strlen(wide), sizeof wide - strlen(wide), *c == ' ' || *c == '\n' ? "%c\t" : "%c", *c);
            }
            assert_int_equal(tsl__name_index_get(index, wide), tsl__name_find(wide, names, count));
        }
        assert_int_equal(tsl__name_index_get(index, "longer than all of them"), count);
        tsl__name_index_free(index);
    }
    tsl__name_index_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_like_a_walk)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
