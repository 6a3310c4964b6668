/* test_number_form.c: which figures are numbers of a column, their values, and what is said of others. */
#include "table/cell/number_form.h"

#include "help.h"

static int take(const tsl__number_form *form, const char *text, double *value, char what[TSL__FORM_FAULT_BYTES])
{
    tsl__figure f;
    const tsl__span cell = tsl__span_make(text);
    const int read = tsl__cell_read(cell, form->mark.mark, &f) == 0;
    tsl__form_describe(form, read ? &f : NULL, what);
    return read && tsl__form_take(form, &f) && tsl__form_get_number(&f, cell, value) == 0;
}

static void test_taken(void **state)
{
    (void)state;
    const tsl__number_form plain = {.mark = {TSL__MARK_POINT, 0}}, comma = {.mark = {TSL__MARK_COMMA, 1}},
                           weight = {.mark = {TSL__MARK_POINT, 0}, .suffix_length = 2, .suffix = "kg"};
    static const struct {
        const char *text;
        double plain, comma, weight; /* NAN: no number of the column */
    } cases[] = {
        {"1.250", 1.25, 1250, NAN},
        {"12,50", 12.5, 12.5, NAN},
        {"12.50", 12.5, NAN, NAN},
        {"2.5%", 0.025, NAN, NAN},
        {"0.1 %", 0.001, NAN, NAN},
        {"7%", 0.07, 0.07, NAN},
        {"12345678901234567891%", 123456789012345678.91, 123456789012345678.91, NAN},
        {"3.5 kg", NAN, NAN, 3.5},
        {"3.5 g", NAN, NAN, NAN},
        {"12万", 120000, 120000, NAN},
        {"?", NAN, NAN, NAN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl__number_form *const forms[] = {&plain, &comma, &weight};
        const double expected[] = {cases[i].plain, cases[i].comma, cases[i].weight};
        for (int k = 0; k < 3; k++) {
            char what[TSL__FORM_FAULT_BYTES];
            double value = 0;
            const int taken = take(forms[k], cases[i].text, &value, what);
            if (taken == isnan(expected[k]) || (taken && value != expected[k])) {
                fail_msg("%s by form %d: %d, %.17g", cases[i].text, k, taken, value);
            }
        }
    }
}

static void test_words(void **state)
{
    (void)state;
    const tsl__number_form comma = {.mark = {TSL__MARK_COMMA, 1}},
                           weight = {.mark = {TSL__MARK_POINT, 0}, .suffix_length = 2, .suffix = "kg"};
    char what[TSL__FORM_FAULT_BYTES];
    double value;
    take(&comma, "12.50", &value, what);
    assert_string_equal(what, "has a decimal point, where --decimal comma is said");
    take(&weight, "12", &value, what);
    assert_string_equal(what, "has no \"kg\" behind it, as the numbers before it have");
    take(&comma, "12 kg", &value, what);
    assert_string_equal(what, "is not a decimal number");
    take(&comma, "abc", &value, what);
    assert_string_equal(what, "is not a decimal number");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_taken), cmocka_unit_test(test_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
