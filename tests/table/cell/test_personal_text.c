/* test_personal_text.c: texts that reach a person, by published examples of each form, and those that do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "table/cell/personal_text.h"

static void test_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        tsl__personal kind;
    } cases[] = {
        {"ada@example.org", TSL__PERSONAL_MAIL},
        {"a.b+c@mail.example.co.uk", TSL__PERSONAL_MAIL},
        {"@example.org", TSL__PERSONAL_NONE},
        {"a@b", TSL__PERSONAL_NONE},
        {"a@b.", TSL__PERSONAL_NONE},
        {"a@b@c.org", TSL__PERSONAL_NONE},
        {"5 @ 3.20", TSL__PERSONAL_NONE},
        {"13800138000", TSL__PERSONAL_PHONE},
        {"138-0013-8000", TSL__PERSONAL_PHONE},
        {"8613800138000", TSL__PERSONAL_PHONE},
        {"+86 138 0013 8000", TSL__PERSONAL_PHONE},
        {"+49 (30) 901820000", TSL__PERSONAL_PHONE},
        {"(212) 555-0123", TSL__PERSONAL_PHONE},
        {"212-555-0123", TSL__PERSONAL_PHONE},
        {"12800138000", TSL__PERSONAL_NONE}, /* no such prefix */
        {"2125550123", TSL__PERSONAL_NONE},  /* any number */
        {"2020-01-02", TSL__PERSONAL_NONE},
        {"2020-01-02 10:00", TSL__PERSONAL_NONE},
        {"+5", TSL__PERSONAL_NONE},
        {"+1234567.5", TSL__PERSONAL_NONE},
        {"1 000 000", TSL__PERSONAL_NONE},
        {"", TSL__PERSONAL_NONE},
        {"+", TSL__PERSONAL_NONE},
        {"1234567890123456", TSL__PERSONAL_NONE},
        {"11010519491231002X", TSL__PERSONAL_CITIZEN}, /* the example of GB 11643 */
        {"11010519491231002x", TSL__PERSONAL_CITIZEN},
        {"440524188001010014", TSL__PERSONAL_NONE}, /* its second example, of 1880: nobody's any more */
        {"110105194912310021", TSL__PERSONAL_NONE},
        {"DE89370400440532013000", TSL__PERSONAL_ACCOUNT}, /* the examples of ISO 13616's registry */
        {"GB29 NWBK 6016 1331 9268 19", TSL__PERSONAL_ACCOUNT},
        {"FR1420041010050500013M02606", TSL__PERSONAL_ACCOUNT},
        {"NO9386011117947", TSL__PERSONAL_ACCOUNT},
        {"DE89370400440532013001", TSL__PERSONAL_NONE},
        {"AB-1234567890123", TSL__PERSONAL_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl__personal kind = tsl__personal_find(tsl__span_make(cases[i].text));
        if (kind != cases[i].kind) {
            fail_msg("\"%s\" is %d, not %d", cases[i].text, (int)kind, (int)cases[i].kind);
        }
    }
}

/* Each digit that is another one, and any two neighbours that are exchanged, are found. */
static void test_check_digits(void **state)
{
    (void)state;
    static const char *const well[] = {"11010519491231002X", "DE89370400440532013000"};
    for (size_t w = 0; w < 2; w++) {
        for (size_t i = w ? 2 : 0; i < strlen(well[w]) - 1; i++) {
            char text[40];
            strcpy(text, well[w]);
            text[i] = (char)('0' + (text[i] - '0' + 3) % 10);
            assert_int_equal(tsl__personal_find(tsl__span_make(text)), TSL__PERSONAL_NONE);
            strcpy(text, well[w]);
            const char c = text[i];
            text[i] = text[i + 1];
            text[i + 1] = c;
            if (strcmp(text, well[w]) != 0) {
                assert_int_equal(tsl__personal_find(tsl__span_make(text)), TSL__PERSONAL_NONE);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms), cmocka_unit_test(test_check_digits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
