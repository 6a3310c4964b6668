/* test_segment_change.c: where customers were before: who stays keeps what the earlier run said, who moves and who is
 * new has today. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "label/internal.h"

enum { STAYS, STAYS_UNKNOWN, MOVES, COMES, RETIRED, ALL };

static void test_change(void **state)
{
    (void)state;
    static char *then[] = {"CHAMP", "GOOD", "OLD"};
    static const tsl__former_segment former[ALL] = {[STAYS] = {0, 1, 15000},
                                                    [STAYS_UNKNOWN] = {0, -1, TSL_NO_DAY},
                                                    [MOVES] = {0, 1, 15000},
                                                    [COMES] = {-1, -1, TSL_NO_DAY},
                                                    [RETIRED] = {2, -1, TSL_NO_DAY}};
    int32_t now[ALL] = {1, 1, 2, 1, 2};
    char champ[] = "CHAMP", good[] = "GOOD";
    tsl_policy_segment segment[2] = {{.code = champ}, {.code = good}};
    tsl_policy policy = {.segment = segment, .segment_count = 2};
    tsl_features features = {.customers = ALL, .as_of = 16000};
    tsl_labels labels = {.customers = ALL, .features = &features, .policy = &policy, .customer_segment = now};
    const tsl__kept_names kept = {.segment = former, .segment_code = then, .segment_codes = 3};
    const tsl__labeling job = {.labels = &labels, .kept = &kept, .threads = 1};
    const tsl__labeling alone = {.labels = &labels, .threads = 1};
    assert_int_equal(tsl__segment_change_fill(&alone, NULL), TSL_OK);
    assert_null(labels.segment_from);
    assert_int_equal(tsl__segment_change_fill(&job, NULL), TSL_OK);
    static const int32_t from[ALL] = {1, -1, 0, -1, 2}, since[ALL] = {15000, TSL_NO_DAY, 16000, 16000, 16000};
    for (int i = 0; i < ALL; i++) {
        assert_int_equal(labels.segment_from[i], from[i]);
        assert_int_equal(labels.segment_since[i], since[i]);
    }
    assert_int_equal(labels.former_codes, 3);
    assert_string_equal(labels.former_code[2], "OLD");
    free(labels.segment_from);
    free(labels.segment_since);
    tsl__free_texts(labels.former_code, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_change)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
