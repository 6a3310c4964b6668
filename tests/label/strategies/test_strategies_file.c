/* test_strategies_file.c: a table of strategies from CSV, and what is refused of one. */
#include <tesela/label.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static tsl_status read(const char *text, tsl_strategies **out, tsl_error *err)
{
    return tsl_strategies_read(&(tsl_source){.path = "s.csv", .bytes = text, .count = strlen(text)}, out, err);
}

static void test_reads(void **state)
{
    (void)state;
    tsl_strategies *s = NULL;
    tsl_error err;
    const char *text = "tier,lifecycle,action,zh,en\n"
                       "vip|gold,*,manager,专属客户经理,\"Own manager, always\"\n"
                       ",lost,win_back,,Win back\n"
                       "*,*,rest,,\n";
    if (read(text, &s, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(s->count, 3);
    assert_string_equal(s->of[0].segment, "*");
    assert_string_equal(s->of[0].tier, "vip|gold");
    assert_string_equal(s->of[0].texts[0], "Own manager, always");
    assert_string_equal(s->of[0].texts[1], "专属客户经理");
    assert_string_equal(s->of[0].where, "s.csv:2");
    assert_string_equal(s->of[1].tier, "*");
    assert_string_equal(s->of[1].lifecycle, "lost");
    assert_string_equal(s->of[1].texts[1], "Win back");
    assert_string_equal(s->of[2].texts[0], "rest");
    assert_string_equal(s->of[2].where, "s.csv:4");
    tsl_strategies_free(s);
    tsl_strategies_free(NULL);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"tire,action\nvip,a\n", "s.csv:1: there is no column \"tire\" here; did you mean \"tier\"?"},
        {"tier,lifecycle\nvip,lost\n", "s.csv:1: has no column \"action\", which says what is to be done"},
        {"tier,lifecycle,action\n",
         "s.csv:1: expected rows of strategies below the names of the columns, but found none"},
        {"tier,action\nvip,a,b\n", "s.csv:2: 3 fields instead of 2"},
        {"tier,action\nvip,a\ngold,\n", "s.csv:3: action: \"\" is no code; expected letters, digits and _"},
        {"tier,action,en\nvip,a b,x\n", "s.csv:2: action: \"a b\" is no code"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_strategies *s = (tsl_strategies *)1;
        tsl_error err;
        assert_int_equal(read(cases[i].text, &s, &err), TSL_E_INPUT);
        assert_null(s);
        if (!strstr(err.message, cases[i].message)) {
            fail_msg("%s\ninstead of\n%s", err.message, cases[i].message);
        }
    }
    tsl_strategies *s;
    tsl_error err;
    assert_int_equal(tsl_strategies_read(&(tsl_source){.path = "/nowhere/s.csv"}, &s, &err), TSL_E_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_reads), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
