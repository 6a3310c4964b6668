/* test_column_words.c: names of columns as readers write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "feature/words/column_words.h"

static void check(const char *name, const char *expected)
{
    tsl__text text = {0};
    tsl__column_words_write(name, &text);
    char *words = tsl__text_take(&text);
    assert_string_equal(words, expected);
    free(words);
}

static void test_words(void **state)
{
    (void)state;
    check("Marital_Status", "Marital status");
    check("MaritalStatus", "Marital status");
    check("MARITAL_STATUS", "Marital status");
    check("marital_status", "marital status");
    check("maritalStatus", "marital status");
    check("NumWebVisitsMonth", "Num web visits month");
    check("Marital.Status", "Marital status");
    check("Annual.Income..k..", "Annual income k");
    check("share.1", "share 1");
    check("iOS_14.5", "iOS 14.5");
    check("Avg. spend", "Avg. spend");
    check("Charge  Amount", "Charge Amount");
    check("INCOME", "Income");
    check("income", "income");
    check("Channel2Sales", "Channel2 sales");
    check("x_1", "x 1");
    check("c1", "c1");
}

static void test_abbreviations(void **state)
{
    (void)state;
    check("CLTV", "CLTV");
    check("AGE", "AGE");
    check("Total EUR", "Total EUR");
    check("TOTAL_EUR", "Total EUR");
    check("CLTV_SCORE", "CLTV score");
    check("AverageAOVUSD", "Average AOVUSD");
    check("HTTPServer", "HTTP server");
    check("iPhone", "iPhone");
    check("PlanA", "Plan A");
}

/* What was written for readers, other alphabets, units and values stay. */
static void test_kept(void **state)
{
    (void)state;
    check("Annual Income (k$)", "Annual Income (k$)");
    check("Annual_Income_(kUSD)", "Annual income (kUSD)");
    check("AnnualIncome(kUSD)", "Annual income(kUSD)");
    check("Marital_Status=Now_Married", "Marital status=Now_Married");
    check("a=b", "a=b");
    check("婚姻状况", "婚姻状况");
    check("Größe_CM", "Größe CM");
    check("__a__b_", "a b");
    check("_", "_");
    check("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_abbreviations),
        cmocka_unit_test(test_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
