/* test_period.c: what customers did in some days, by hand. */
#include "feature/tables.h"

#include "base/parallel.h"
#include "feature/records/period.h"

static int32_t day_of(const char *text)
{
    int32_t day = TSL_NO_DAY;
    tsl_error err;
    assert_int_equal(tsl_day_read(text, &day, &err), TSL_OK);
    return day;
}

static void test_by_hand(void **state)
{
    (void)state;
    tsl_table *lines = table_of_text(TSL_TRANSACTIONS, "customer_id,order_id,date,amount\n"
                                                       "b,1,2024-02-01,10.25\n"                /* before */
                                                       "b,2,2024-03-01,5\nb,2,2024-03-01,-7\n" /* an order below 0 */
                                                       "a,3,2024-03-31 23:59:59,4\n"
                                                       "a,4,2024-04-01,100\n" /* after */
                                                       "c,5,2024-02-20,3\n"
                                                       "d,6,2024-03-05,-2.5\nd,7,2024-03-09,1\n"
                                                       "e,8,2024-02-29,90\ne,8,2024-03-02,-80\n"); /* goes over both */
    static const struct {
        const char *id;
        double net;
        int bought;
        size_t days, lines; /* with a purchase, with a line */
    } want[] = {{"a", 4, 1, 1, 1}, {"b", -2, 0, 0, 1}, {"d", -1.5, 1, 1, 2}, {"e", -80, 0, 0, 1}};
    tsl_exec exec;
    tsl__period period;
    tsl__period_plan plan = {.from = day_of("2024-03-01"), .until = day_of("2024-04-01")};
    tsl_error err;
    assert_int_equal(tsl__exec_open(NULL, &exec, &err), TSL_OK);
    assert_int_equal(tsl__period_build(lines, &plan, &exec, &period, &err), TSL_OK);
    assert_int_equal(period.customers, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(period.id[i], want[i].id);
        assert_int_equal(period.net[i], (int64_t)(want[i].net * TSL_DECIMAL_ONE));
        assert_int_equal(period.bought[i], want[i].bought);
        assert_int_equal(period.begin[i + 1] - period.begin[i], want[i].days);
    }
    assert_int_equal(period.day[0], day_of("2024-03-31"));
    tsl__period_free(&period);
    plan.events = TSL_EVENTS_ALL;
    assert_int_equal(tsl__period_build(lines, &plan, &exec, &period, &err), TSL_OK);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(period.begin[i + 1] - period.begin[i], want[i].lines);
    }
    assert_true(period.day[period.begin[2]] == day_of("2024-03-05") &&
                period.day[period.begin[2] + 1] == day_of("2024-03-09"));
    tsl__period_free(&period);
    plan.from = TSL_NO_DAY; /* all before */
    assert_int_equal(tsl__period_build(lines, &plan, &exec, &period, &err), TSL_OK);
    assert_int_equal(period.customers, 5);
    assert_int_equal(period.begin[5], 8);
    tsl__period_free(&period);
    plan = (tsl__period_plan){.from = day_of("2025-03-01"), .until = day_of("2025-04-01")};
    assert_int_equal(tsl__period_build(lines, &plan, &exec, &period, &err), TSL_OK);
    assert_int_equal(period.customers, 0);
    tsl__period_free(&period);
    tsl_table_free(lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_hand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
