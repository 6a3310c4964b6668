/* test_conjunction.c: conditions cut at their outermost `and`. */
#include "expr/conjunction.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void test_cuts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t count;
        const char *part[4];
    } cases[] = {
        {"a > 1", 1, {"a > 1"}},
        {" a > 1  and\tb < 2 ", 2, {"a > 1", "b < 2"}},
        {"a AND not b And c is not missing", 3, {"a", "not b", "c is not missing"}},
        {"a or b and c", 1, {"a or b and c"}},
        {"a and b or c", 1, {"a and b or c"}},
        {"(a or b) and c", 2, {"(a or b)", "c"}},
        {"(a and b) and if(c and d, e, f)", 2, {"(a and b)", "if(c and d, e, f)"}},
        {"(a and b)", 1, {"(a and b)"}},
        {"\"and\" = 'x and y' and \"a or b\" > 2", 2, {"\"and\" = 'x and y'", "\"a or b\" > 2"}},
        {"c in ('and', 'or') and d = 2024-01-01", 2, {"c in ('and', 'or')", "d = 2024-01-01"}},
        {"brand = 'x' and android > 1", 2, {"brand = 'x'", "android > 1"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__operand_texts parts;
        tsl_error err;
        assert_int_equal(tsl__conjunction_split("c", cases[i].text, &parts, &err), TSL_OK);
        assert_int_equal(parts.count, cases[i].count);
        for (size_t k = 0; k < parts.count; k++) {
            assert_string_equal(parts.text[k], cases[i].part[k]);
        }
        tsl__operand_texts_free(&parts);
    }
}

static void test_no_tokens(void **state)
{
    (void)state;
    tsl__operand_texts parts;
    tsl_error err;
    assert_int_equal(tsl__conjunction_split("here", "a > 1 and b = 'x", &parts, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "here: a quote that does not close"));
    assert_null(parts.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cuts), cmocka_unit_test(test_no_tokens)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
