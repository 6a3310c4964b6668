/* test_roster_read.c: the folder of a run as a roster: what stands in segments.csv and summary.json, by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/run.h>

#include "store/scratch.h"

#include <string.h>
#include <sys/stat.h>

static const char summary[] =
    "{\"format\": \"tesela summary\", \"as_of\": \"2024-07-01\", \"value\": {\"name\": \"monetary_total\", \"unit\": "
    "\"currency\"}, \"totals\": {\"currency\": \"EUR\"}, \"segments\": [{\"code\": \"S1\", \"names\": {\"en\": "
    "\"Good\", \"zh\": \"好\"}}], \"tiers\": [{\"tier\": \"platinum\", \"names\": {\"en\": \"Platinum\", \"zh\": "
    "\"白金\"}}, {\"tier\": \"rest\"}], \"lifecycle\": [{\"stage\": \"mature\", \"names\": {\"en\": \"Mature\"}}]}";

static const char *make_folder(const char *segments, const char *told)
{
    static char folder[512], path[600];
    strcpy(folder, scratch_path("run"));
    mkdir(folder, 0700);
    strcpy(path, folder);
    strcat(path, "/segments.csv");
    scratch_write(path, segments, strlen(segments));
    strcpy(path, folder);
    strcat(path, "/summary.json");
    if (told) {
        scratch_write(path, told, strlen(told));
    }
    return folder;
}

/* Columns in another order, more of them, and codes that the summary lacks. */
static void test_read(void **state)
{
    (void)state;
    tsl_roster *r = NULL;
    tsl_error err;
    const char *folder = make_folder("customer_id,strategy,segment_name,lifecycle,segment_code,tier,value,reason\n"
                                     "\"'+a\",x,Good,mature,S1,rest,12.3456,\"because, so\"\n"
                                     "b,x,New ones,lost,S9,platinum,-0.01,\n"
                                     "c,x,Good,,S1,rest,,why\n",
                                     summary);
    if (tsl_roster_read(folder, NULL, &r, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(r->customers, 3);
    assert_string_equal(r->id[0], "'+a");
    assert_string_equal(r->reason[0], "because, so");
    assert_int_equal(r->value[0], 123456);
    assert_int_equal(r->value[1], -100);
    assert_int_equal(r->value[2], TSL_MISSING_INT);
    assert_string_equal(r->value_name, "monetary_total");
    assert_string_equal(r->currency, "EUR");
    assert_int_equal(r->as_of, 19905);
    const tsl_roster_groups *segments = &r->by[TSL_BY_SEGMENT], *tiers = &r->by[TSL_BY_TIER],
                            *stages = &r->by[TSL_BY_STAGE];
    assert_int_equal(segments->count, 2);
    assert_string_equal(segments->group[1].code, "S9");
    assert_string_equal(segments->group[1].names[1], "New ones");
    assert_int_equal(tiers->of[0], 1);
    assert_int_equal(tiers->of[1], 0);
    assert_string_equal(tiers->group[0].names[1], "白金");
    assert_string_equal(tiers->group[1].names[0], "rest");
    assert_int_equal(stages->count, 3);
    assert_string_equal(stages->group[1].code, "lost");
    assert_string_equal(stages->group[2].code, "");
    assert_string_equal(stages->group[2].names[0], "(none)");
    assert_null(r->features);
    assert_null(r->segmentation);
    tsl_roster_free(r);
}

/* Without a summary, and with columns that are empty. */
static void test_bare(void **state)
{
    (void)state;
    tsl_roster *r = NULL;
    const char *folder = make_folder("customer_id,segment,segment_name,tier,lifecycle,value\n1,2,Two,,,\n", NULL);
    assert_int_equal(tsl_roster_read(folder, NULL, &r, NULL), TSL_OK);
    assert_string_equal(r->by[TSL_BY_SEGMENT].group[0].code, "2");
    assert_int_equal(r->by[TSL_BY_TIER].count, 0);
    assert_null(r->by[TSL_BY_STAGE].of);
    assert_null(r->value);
    assert_null(r->reason);
    assert_int_equal(r->as_of, TSL_NO_DAY);
    tsl_roster_free(r);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *segments, *told, *says;
        tsl_status status;
    } cases[] = {
        {"customer_id,segment_code,value\na,S1,1\nb,S1,12x\n", NULL, "segments.csv:3: value: \"12x\" is no number",
         TSL_E_INPUT},
        {"customer_id,segment_code,value\na,S1,9.1e14\n", NULL, "is no number from", TSL_E_INPUT},
        {"customer_id,segment_code\na,S1\nb\n", NULL, "segments.csv:3: ", TSL_E_INPUT},
        {"customer_id,segment_cod\na,S1\n", NULL, "has no column \"segment_code\"", TSL_E_INPUT},
        {"customer_id,segment_code\n", NULL, "holds no customer", TSL_E_INPUT},
        {"customer_id,segment_code\na,S1\n", "{", "is no JSON", TSL_E_FORMAT},
        {"customer_id,segment_code\na,S1\n", "{}", "is no summary", TSL_E_FORMAT},
        {"customer_id,segment_code\na,S1\n", "{\"format\": \"tesela summary\", \"as_of\": \"July\"}",
         "as_of: \"July\" is no date", TSL_E_FORMAT},
    };
    tsl_roster *r = NULL;
    tsl_error err;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *folder = make_folder(cases[i].segments, cases[i].told ? cases[i].told : summary);
        assert_int_equal(tsl_roster_read(folder, NULL, &r, &err), cases[i].status);
        assert_null(r);
        if (!strstr(err.message, cases[i].says)) {
            fail_msg("\"%s\" does not say \"%s\"", err.message, cases[i].says);
        }
    }
    assert_int_equal(tsl_roster_read("/nowhere", NULL, &r, &err), TSL_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "/nowhere: is no folder of a run"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_bare, scratch_setup, scratch_teardown),
                                       cmocka_unit_test_setup_teardown(test_read, scratch_setup, scratch_teardown),
                                       cmocka_unit_test_setup_teardown(test_refused, scratch_setup, scratch_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
