/* test_mask.c: ids of which a part is hidden. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "table/cell/mask.h"

static void test_marks(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        int masked;
    } cases[] = {
        {"小**0", 1},       {"138****0000", 1}, {"138xxxx0000", 1}, {"138XXX0000", 1}, {"张＊＊", 1},
        {"••••4242", 1},    {"a***@b.com", 1},  {"**", 1},          {"", 0},           {"C00*", 0},
        {"*C*0*", 0},       {"A1xx20", 0},      {"maxxxine", 0},    {"xxx123", 0},     {"123xxx", 0},
        {"138 0000 12", 0}, {"Zoë·Ada", 0},     {"x", 0},           {"1xxx", 0},       {"C••", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (tsl__mask_is_in(tsl__span_make(cases[i].id)) != cases[i].masked) {
            fail_msg("%s", cases[i].id);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_marks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
