/* test_warnings.c: whom to call first: the order, how many, what is not known, and the same list whatever the order of
 * the rows and however many are asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/output.h>

#define HEAD "customer_id,segment_name,tier,lifecycle,value,reason,churn_risk,value_at_risk\n"

static tsl_warnings *read_text(const char *text, size_t most)
{
    tsl_warnings *all = NULL;
    tsl_error err;
    if (tsl_warnings_read(&(tsl_source){.bytes = text, .count = strlen(text)}, most, NULL, &all, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return all;
}

static void check_order(const tsl_warnings *all, const char *ids)
{
    char got[64] = "";
    for (size_t i = 0; i < all->count; i++) {
        strcat(got, all->of[i].cell[TSL_WARNING_CUSTOMER]);
    }
    assert_string_equal(got, ids);
}

static const char mixed[] = HEAD "a,S,vip,lost,10,\"far, over\",0.5,5\n"
                                 "b,S,vip,lost,5,,1,5\n"
                                 "e,S,vip,lost,,,0.2,\n"
                                 "c,S,vip,lost,5,,1,5\n"
                                 "d,S,vip,potential,,,,\n"
                                 "f,S,,lost,,,0.9,\n"
                                 "g,S,,lost,-7,,0.9,0\n"
                                 "h,S,,lost,700,,0.01,7\n";

static void test_order(void **state)
{
    (void)state;
    tsl_warnings *all = read_text(mixed, SIZE_MAX);
    check_order(all, "hbcagfe");
    assert_int_equal(all->customers, 8);
    assert_int_equal(all->known, 7);
    assert_string_equal(all->of[3].cell[TSL_WARNING_REASON], "far, over");
    assert_string_equal(all->of[3].cell[TSL_WARNING_ACTION], ""); /* no such column */
    assert_true(all->of[0].value_at_risk == 7 && all->of[0].churn_risk == .01 && all->of[0].value == 700);
    assert_true(isnan(all->of[6].value_at_risk) && all->of[6].churn_risk == .2);
    tsl_warnings_free(all);
    for (size_t most = 1; most <= 8; most++) {
        char ids[] = "hbcagfe";
        ids[most < 7 ? most : 7] = '\0';
        all = read_text(mixed, most);
        check_order(all, ids);
        assert_int_equal(all->known, 7);
        tsl_warnings_free(all);
    }
}

static int falls(const void *a, const void *b)
{
    const int x = *(const int *)a, y = *(const int *)b;
    return (x < y) - (x > y);
}

/* Against sorting, with many ties, of every length of list. */
static void test_heap(void **state)
{
    (void)state;
    enum { ROWS = 300 };
    static char text[ROWS * 40];
    int risk[ROWS];
    size_t length = (size_t)sprintf(text, HEAD);
    uint32_t seed = 7;
    for (int i = 0; i < ROWS; i++) {
        seed = seed * 1664525U + 1013904223U;
        risk[i] = (int)(seed >> 16) % 90;
        length += (size_t)sprintf(text + length, "c%03d,S,vip,lost,1,,0.5,%d\n", ROWS - i, risk[i]);
    }
    qsort(risk, ROWS, sizeof *risk, falls);
    for (size_t most = 1; most <= ROWS; most += 13) {
        tsl_warnings *all = read_text(text, most);
        assert_int_equal(all->count, most);
        for (size_t i = 0; i < most; i++) {
            assert_true(all->of[i].value_at_risk == risk[i]);
            assert_true(i == 0 || risk[i] < risk[i - 1] ||
                        strcmp(all->of[i - 1].cell[TSL_WARNING_CUSTOMER], all->of[i].cell[TSL_WARNING_CUSTOMER]) < 0);
        }
        tsl_warnings_free(all);
    }
}

static tsl_status keep(void *to, const void *bytes, size_t count, tsl_error *err)
{
    (void)err;
    strncat(to, bytes, count);
    return TSL_OK;
}

static void test_written(void **state)
{
    (void)state;
    char got[1024] = "";
    tsl_error err;
    tsl_warnings *all =
        read_text("customer_id,churn_risk,value_at_risk,reason\n\"'=b\",0.5,2,\"a \"\"b\"\"\"\nc,0.5,3,x\n", 9);
    const tsl_target target = {.write = keep, .user = got};
    assert_int_equal(tsl_warnings_write(all, &target, NULL, &err), TSL_OK);
    assert_string_equal(got,
                        "rank,customer_id,segment_code,segment_name,tier,lifecycle,lifecycle_name,value,churn_risk,"
                        "value_at_risk,reason,action,action_text\n"
                        "1,c,,,,,,,0.5,3,x,,\n"
                        "2,\"'=b\",,,,,,,0.5,2,\"a \"\"b\"\"\",,\n");
    tsl_warnings_free(all);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"customer_id,value\na,1\n", "the segments:1: has no column \"churn_risk\", which says how likely"},
        {"customer_id,churn_risc\na,1\n", "\"churn_risc\"?"},
        {HEAD "a,S,vip,lost,1,,1.5,1\n", "the segments:2: churn_risk: \"1.5\" is no probability, 0 to 1"},
        {HEAD "a,S,vip,lost,1,,1,1\nb,S,vip,lost,1,,1,x\n",
         "the segments:3: value_at_risk: \"x\" is not a finite number"},
        {HEAD "a,S,vip,lost,inf,,1,1\n", "the segments:2: value: \"inf\" is not a finite number"},
        {HEAD "a,S,vip\n", "the segments:2: 3 fields instead of 8"},
        {HEAD "a,S,vip,lost,1,,,\n", "the segments: a churn risk is known of none of its 1 customer:"},
        {HEAD, "the segments: holds no customer"},
    };
    tsl_warnings *all;
    tsl_error err;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_source source = {.bytes = cases[i].text, .count = strlen(cases[i].text)};
        assert_int_equal(tsl_warnings_read(&source, 3, NULL, &all, &err), TSL_E_INPUT);
        assert_null(all);
        if (!strstr(err.message, cases[i].says)) {
            fail_msg("%s, not %s", err.message, cases[i].says);
        }
    }
    assert_int_equal(tsl_warnings_read(&(tsl_source){.path = "/nowhere"}, 3, NULL, &all, &err), TSL_E_NOT_FOUND);
    assert_int_equal(tsl_warnings_read(&(tsl_source){.path = "/nowhere"}, 0, NULL, &all, &err), TSL_E_OPTION);
    tsl_warnings_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_heap),
                                       cmocka_unit_test(test_written), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
