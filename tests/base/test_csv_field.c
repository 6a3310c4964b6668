/* test_csv_field.c: a field is quoted as RFC 4180 has it, and is no formula. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static void assert_written(const char *field, const char *want)
{
    tsl__text text = {0};
    tsl__text_csv(&text, field);
    tsl__text_append(&text, "", 0);
    assert_string_equal(text.data, want);
    tsl__text_free(&text);
}

static void quoted_where_it_must_be(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"", ""},
        {"plain", "plain"},
        {"a,b", "\"a,b\""},
        {"12\" disk", "\"12\"\" disk\""},
        {"a\nb", "\"a\nb\""},
        {"a\rb", "\"a\rb\""},
        {" a", "\" a\""},
        {"a ", "\"a \""},
        {"a b", "a b"},
        {"\"", "\"\"\"\""},
        {"客户", "客户"},
        {"a;b", "a;b"},
        {"a\tb", "a\tb"},
        {"\xFF\xE3\x80", "\xFF\xE3\x80"}, /* no UTF-8, cut short */
        {"\xC2", "\xC2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_written(rows[i][0], rows[i][1]);
        assert_false(tsl__csv_is_marked(rows[i][0]));
    }
}

static void marked_where_a_cell_would_be_a_formula(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"=1+1", "\"'=1+1\""},
        {"+a", "\"'+a\""},
        {"-a", "\"'-a\""},
        {"@a", "\"'@a\""},
        {"\ta", "\"'\ta\""},
        {"\ra", "\"'\ra\""},
        {"\na", "\"'\na\""},
        {" =1", "\"' =1\""},
        {"\xEF\xBB\xBF=1", "\"'\xEF\xBB\xBF=1\""},
        {"＝1", "\"'＝1\""},
        {"'=1", "\"''=1\""}, /* was marked by somebody else */
        {"'\"=1", "\"''\"\"=1\""},
        {"=1\";=1", "\"'=1\"\";'=1\""}, /* OWASP's own, and the second cell as well */
        {"=1'\" ;,=1", "\"'=1'\"\" ;,=1\""},
        {"a;=1", "\"a;'=1\""},
        {"a\n=1", "\"a\n'=1\""},
        {"\t=1", "\"'\t'=1\""},
        {"a;'=1", "\"a;''=1\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_written(rows[i][0], rows[i][1]);
        assert_true(tsl__csv_is_marked(rows[i][0]));
    }
}

static void numbers_stay(void **state)
{
    (void)state;
    static const char *const numbers[] = {
        "-5", "+5", "+8613800000000", "-1.5", "-.5", "-5.", "-1e5", "+1.5E-3", "-", "-0", "5", "1e9"};
    static const char *const others[] = {"+",   "--5",  "+-5",  "-5 ",  " -5",  "-1e",  "-e5",  "-.",  "-1.5.2", "-1,5",
                                         "-5%", "+1 5", "-0x5", "-inf", "-nan", "-1e+", "-5;6", "'-5", "-５"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_written(numbers[i], numbers[i]);
        assert_false(tsl__csv_is_marked(numbers[i]));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_true(tsl__csv_is_marked(others[i]));
    }
}

/* Every text of up to five of these letters is written differently from all others. */
static void different_texts_stay_different(void **state)
{
    (void)state;
    static const char letters[] = "'=-5; \t\"";
    enum { BASE = sizeof letters - 1, LONGEST = 5 };
    size_t count = 0, all = 1;
    for (size_t n = 0, power = 1; n < LONGEST; n++) {
        power *= BASE;
        all += power;
    }
    char(*written)[24] = calloc(all, sizeof *written);
    assert_non_null(written);
    for (size_t length = 0, numbers = 1; length <= LONGEST; length++, numbers *= BASE) {
        for (size_t number = 0; number < numbers; number++) {
            char field[LONGEST + 1] = "";
            tsl__text text = {0};
            for (size_t i = 0, rest = number; i < length; i++, rest /= BASE) {
                field[i] = letters[rest % BASE];
            }
            tsl__text_csv(&text, field);
            assert_true(text.length < sizeof *written);
            memcpy(written[count++], text.data ? text.data : "", text.length);
            tsl__text_free(&text);
        }
    }
    assert_int_equal(count, all);
    qsort(written, all, sizeof *written, (int (*)(const void *, const void *))strcmp);
    for (size_t i = 1; i < all; i++) {
        assert_string_not_equal(written[i - 1], written[i]);
    }
    free(written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quoted_where_it_must_be),
        cmocka_unit_test(marked_where_a_cell_would_be_a_formula),
        cmocka_unit_test(numbers_stay),
        cmocka_unit_test(different_texts_stay_different),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
