/* test_scale.c: words that multiply, and words that only look so. */
#include "table/cell/scale.h"

#include "help.h"

static void test_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bytes;
        int power;
    } cases[] = {
        {"万", 3, 4},        {"万元", 3, 4},     {"万人", 3, 4},     {"百万", 6, 6},        {"万亿", 6, 12},
        {"亿", 3, 8},        {"千", 3, 3},       {"千元", 3, 3},     {"千 ", 3, 3},         {"千克", 0, 0},
        {"千米", 0, 0},      {"百", 0, 0},       {"k", 1, 3},        {"K", 1, 3},           {"k€", 1, 3},
        {"kUSD", 1, 3},      {"K+", 1, 3},       {"k)", 1, 3},       {"kg", 0, 0},          {"km", 0, 0},
        {"kr", 0, 0},        {"k2", 0, 0},       {"M", 1, 6},        {"m", 0, 0},           {"MM", 0, 0},
        {"M€", 1, 6},        {"mn", 2, 6},       {"MN", 2, 6},       {"bn", 2, 9},          {"b", 0, 0},
        {"B", 0, 0},         {"T", 0, 0},        {"million", 7, 6},  {"millions", 8, 6},    {"millionaire", 0, 0},
        {"Mrd. €", 4, 9},    {"Tsd", 3, 3},      {"млн", 6, 6},      {"млрд", 8, 9},        {"", 0, 0},
        {"lakhs", 5, 5},     {"Crores", 6, 7},   {"milliers", 8, 3}, {"Millionen €", 9, 6}, {"Milliarde", 9, 9},
        {"milliards", 9, 9}, {"millones", 8, 6}, {"Tausend", 7, 3},  {"millions", 8, 6},    {"miles", 0, 0},
        {"kč", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int power = 0;
        const size_t bytes = tsl__scale_find(tsl__span_make(cases[i].text), &power);
        if (bytes != cases[i].bytes || power != cases[i].power) {
            fail_msg("%s: %zu bytes, %d", cases[i].text, bytes, power);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
