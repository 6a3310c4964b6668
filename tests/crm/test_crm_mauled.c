/* test_crm_mauled.c: ids that a spreadsheet makes numbers, days or times of, and those that it leaves alone: what is
 * published of symbols that were mauled, and the edges of each form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crm/crm_mauled.h"

/* Each in a block of its own length: a cell begins and ends anywhere, and what is beside it is not looked at. */
static void assert_mauled(const char *const *id, size_t count, int is)
{
    for (size_t i = 0; i < count; i++) {
        const size_t n = strlen(id[i]);
        char *cell = malloc(n ? n : 1);
        assert_non_null(cell);
        memcpy(cell, id[i], n);
        if (tsl__is_mauled((tsl__span){cell, n}) != is) {
            fail_msg("\"%s\" would %s", id[i], is ? "be mauled" : "stay");
        }
        free(cell);
    }
}
#define ASSERT_MAULED(ids) assert_mauled(ids, sizeof(ids) / sizeof *(ids), 1)
#define ASSERT_KEPT(ids) assert_mauled(ids, sizeof(ids) / sizeof *(ids), 0)

static void test_numbers(void **state)
{
    (void)state;
    static const char *const mauled[] = {
        "007",
        "00",
        "1234567890123456",
        "1E5",
        "1e05",
        "12E3",
        "1.10",
        "01.5",
        "1.5E3",
        "+8613800000000",
        "+1",
        "1.0",
        "-05",
        "1E+5",
        "1E-5",
        ".5",
        "5.",
        "-.50",
        "1,234",
        "12,345,678.9",
        "-1E5",
        "1E307",
        "0.10",
        "1E308", /* LibreOffice makes the greatest number of it, and 0 of the next */
        "1E-400",
        "-0",
        "12-",
        "(123)",
        "(007)",
        "50%",
        "5 %",
        "$100",
        "-$5",
        "100 €",
        "¥9",
    };
    static const char *const kept[] = {"",         "0",    "7",        "123456789012345",
                                       "C007",     "1E",   "E5",       "1E5x",
                                       "1.5",      "0.5",  "-5",       "1E5E5",
                                       "12345678", "-",    "+",        ".",
                                       "1E1000",   "1,23", "1234,567", "1,2345",
                                       "--5",      "+-5",  "1.2.3.4",  "12 34",
                                       "1_000",    "(123", "123)",     "()",
                                       "$",        "%",    "%5",       "12--",
                                       "50%%",     "-0.5", "$A1",      "-C5"};
    ASSERT_MAULED(mauled);
    ASSERT_KEPT(kept);
}

static void test_truths(void **state)
{
    (void)state;
    static const char *const mauled[] = {"TRUE", "true", "False"}, *const kept[] = {"T", "TRUE1", "tru", "falsee"};
    ASSERT_MAULED(mauled);
    ASSERT_KEPT(kept);
}

/* The symbols of genes that Ziemann et al. (2016) and the lists behind them name, and accessions such as 2310009E13. */
static void test_published(void **state)
{
    (void)state;
    static const char *const mauled[] = {"SEPT2", "MARCH1", "2310009E13", "SEPT14", "DEC1",  "MARCH11", "FEB10", "OCT4",
                                         "APR3",  "MAY1",   "NOV2",       "JUN1",   "Mar-1", "1-Mar",   "2-Sep"};
    static const char *const kept[] = {"SEPTIN2", "MARCHF1", "MTARC1", "DELEC1", "POU5F1", "BRCA2"}; /* the new names */
    ASSERT_MAULED(mauled);
    ASSERT_KEPT(kept);
}

static void test_days(void **state)
{
    (void)state;
    static const char *const mauled[] = {
        "3-4",    "1/2",      "3/4/2020", "2020-01-02", "MAR1",       "mar1",         "1MAR",     "MAR99", "MAR2020",
        "1-Jan",  "Jan-2020", "Jan 2020", "1 Jan 2020", "Jan/1/2020", "2020-Jan-1",   "1-Jan-20", "31/12", "12-31",
        "1-99",   "2020/3",   "3-1900",   "1.2.2024",   "31.12.99",   "12/31/2020",   "MÄRZ1",    "Okt-2", "mai 5",
        "1-févr", "3-dic",    "dez2",     "3月4日",     "2024年3月",  "2024年3月4日", "2-3-4",    "SEPT00"};
    static const char *const kept[] = {
        "3-x",     "客户-1",  "1-2-3-4",  "a/b",     "13-45",  "0-5",         "32-1-2020",  "13/13/2020", "MAR",
        "MAR100",  "MAR1899", "MAR12345", "MARX1",   "A1-Jan", "1-Jan-2020x", "1-Jan/2020", "1--2",       "-1-2",
        "12 3",    "100-200", "555-1234", "2020-13", "1.5",    "13月1日",     "3月",        "3月32日",    "2024年",
        "JANFEB1", "FEB-MAR", "20240102", "19001",   "1",      "20201",       "12011",      "1900112",    "202012"};
    ASSERT_MAULED(mauled);
    ASSERT_KEPT(kept);
}

static void test_times(void **state)
{
    (void)state;
    static const char *const mauled[] = {"12:30",
                                         "1:02:03",
                                         "12:30 PM",
                                         "3 a",
                                         "3 pm",
                                         "1:2:3 AM",
                                         "10:20:30.5",
                                         "2024-01-02 03:04",
                                         "2024-01-02T03:04:05",
                                         "1/2/24 3 PM"};
    static const char *const kept[] = {"12:", ":30", "1:2:3:4", "3pm",   "12:3x",  "3 am1",       "3  a",
                                       "a",   "3 x", "1:2:3.",  "1.5:2", "T03:04", "2024-01-02T", "x 12:30"};
    ASSERT_MAULED(mauled);
    ASSERT_KEPT(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers), cmocka_unit_test(test_truths),
                                       cmocka_unit_test(test_published), cmocka_unit_test(test_days),
                                       cmocka_unit_test(test_times)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
