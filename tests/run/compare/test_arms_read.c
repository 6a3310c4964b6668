/* test_arms_read.c: who was treated: files of ids of any form, and a column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/run.h>

#include <string.h>

static char *ids[] = {"17", "18", "19", "20", "'+a"};
static char name[] = "june";
static const tsl_roster roster = {.name = name, .customers = 5, .id = ids};

static tsl_source make(const char *text)
{
    return (tsl_source){.path = "file.csv", .bytes = text, .count = strlen(text)};
}

static void check(const tsl_arms *arms, const int8_t expected[5])
{
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(arms->of[i], expected[i]);
    }
}

static void test_files(void **state)
{
    (void)state;
    static const char *const treated[] = {"customer_id\n17\n17\n18\n+a\n99\n", "17\n18\n18\n+a\n99\n",
                                          "CustomerNumber\n17\n18\n\"'+a\"\n99\n", "name,id\nx,17\ny,18\nz,+a\nw,99\n"};
    static const uint64_t again[] = {1, 1, 0, 0};
    const tsl_source control = make("id;note\n18;x\n19;y\n;z\n");
    for (size_t i = 0; i < sizeof treated / sizeof *treated; i++) {
        const tsl_source source = make(treated[i]);
        tsl_arms *arms = NULL;
        tsl_error err;
        if (tsl_arms_read(&roster, &source, &control, NULL, NULL, &arms, &err) != TSL_OK) {
            fail_msg("%zu: %s", i, err.message);
        }
        check(arms, (const int8_t[]){TSL_TREATED, -1, TSL_CONTROL, -1, TSL_TREATED});
        assert_int_equal(arms->given[TSL_TREATED], 4);
        assert_int_equal(arms->given[TSL_CONTROL], 2);
        assert_int_equal(arms->unknown[TSL_TREATED], 1);
        assert_int_equal(arms->unknown[TSL_CONTROL], 0);
        assert_int_equal(arms->again[TSL_TREATED], again[i]);
        assert_int_equal(arms->again[TSL_CONTROL], 0);
        assert_true(arms->blank[TSL_TREATED] == 0 && arms->blank[TSL_CONTROL] == 1);
        assert_int_equal(arms->both, 1);
        assert_int_equal(arms->has_control, 1);
        tsl_arms_free(arms);
    }
}

/* A list without a header, whose first line is a customer as the others are; and one of a single id. */
static void test_lists(void **state)
{
    (void)state;
    static char *words[] = {"U1", "U2", "U3", "U4", "U5"};
    const tsl_roster named = {.name = name, .customers = 5, .id = words};
    static const struct {
        const char *text;
        int8_t of[5];
        uint64_t given;
    } cases[] = {{"U1\nU4\nU5\n", {0, -1, -1, 0, 0}, 3},
                 {"U2\n", {-1, 0, -1, -1, -1}, 1},
                 {"Kunde\nU1\n", {0, -1, -1, -1, -1}, 1},
                 {"U3;x\nU4;y\n", {-1, -1, 0, 0, -1}, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_source source = make(cases[i].text);
        tsl_arms *arms = NULL;
        tsl_error err;
        if (tsl_arms_read(&named, &source, NULL, NULL, NULL, &arms, &err) != TSL_OK) {
            fail_msg("%zu: %s", i, err.message);
        }
        check(arms, cases[i].of);
        assert_int_equal(arms->given[TSL_TREATED], cases[i].given);
        tsl_arms_free(arms);
    }
}

static void test_alone(void **state)
{
    (void)state;
    const tsl_source source = make("a,CID\n1,17\n2,20\n");
    tsl_arms_options opt;
    tsl_arms *arms = NULL;
    TSL_DEFAULTS(arms, &opt);
    opt.id = "CID";
    assert_int_equal(tsl_arms_read(&roster, &source, NULL, &opt, NULL, &arms, NULL), TSL_OK);
    check(arms, (const int8_t[]){TSL_TREATED, -1, -1, TSL_TREATED, -1});
    assert_int_equal(arms->has_control, 0);
    tsl_arms_free(arms);
}

static void test_column(void **state)
{
    (void)state;
    static const struct {
        const char *text, *treated;
        uint64_t unsaid;
    } cases[] = {{"customer_id,mailed\n17,yes\n18,No\n19,\n20,yes\n20,no\n", NULL, 1},
                 {"CustomerID,mailed\n17,实验组\n18,对照组\n", NULL, 0},
                 {"id,mailed\n17,A\n18,B\n19,\n+a,NA\n19,\n", "A", 2},
                 {"id,mailed\n17,\n17,yes\n18,no\n18,\n98,\n", NULL, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_source source = make(cases[i].text);
        tsl_arms_options opt;
        tsl_arms *arms = NULL;
        tsl_error err;
        TSL_DEFAULTS(arms, &opt);
        opt.column = "mailed";
        opt.treated = cases[i].treated;
        if (tsl_arms_read(&roster, &source, NULL, &opt, NULL, &arms, &err) != TSL_OK) {
            fail_msg("%zu: %s", i, err.message);
        }
        check(arms, (const int8_t[]){TSL_TREATED, TSL_CONTROL, -1, -1, -1});
        assert_int_equal(arms->both, i == 0);
        assert_int_equal(arms->unsaid, cases[i].unsaid);
        assert_int_equal(arms->again[TSL_TREATED] + arms->again[TSL_CONTROL], 0);
        tsl_arms_free(arms);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *column, *treated, *id, *says;
        tsl_status status;
    } cases[] = {
        {"id,mailed\n17,A\n", "mailed", NULL, NULL, "does \"A\" mean treated, or not?", TSL_E_INPUT},
        {"id,mailed\n17,A\n", "mailed", "a", NULL, "\"a\" stands nowhere in it; did you mean \"A\"?", TSL_E_OPTION},
        {"id,mailed\n17,A\n", "maled", NULL, NULL, "has no column \"maled\"", TSL_E_OPTION},
        {"who,mailed\n17,yes\n", "mailed", NULL, NULL, "which column holds the ids", TSL_E_OPTION},
        {"id\n17\n", NULL, NULL, "CID", "has no column \"CID\"", TSL_E_OPTION},
        {"id\n17\n", NULL, "yes", NULL, "treated: goes with the column", TSL_E_OPTION},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_source source = make(cases[i].text);
        tsl_arms_options opt;
        tsl_arms *arms = NULL;
        tsl_error err;
        TSL_DEFAULTS(arms, &opt);
        opt.column = cases[i].column;
        opt.treated = cases[i].treated;
        opt.id = cases[i].id;
        assert_int_equal(tsl_arms_read(&roster, &source, NULL, &opt, NULL, &arms, &err), cases[i].status);
        assert_null(arms);
        if (!strstr(err.message, cases[i].says)) {
            fail_msg("\"%s\" does not say \"%s\"", err.message, cases[i].says);
        }
    }
    tsl_arms_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_files), cmocka_unit_test(test_lists),
                                       cmocka_unit_test(test_alone), cmocka_unit_test(test_column),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
