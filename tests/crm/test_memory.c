/* test_memory.c: every allocation of an export fails once: of a delta to Zoho, by night to each target, with
 * names of its own. */
#include "crm/made_run.h"

#include "failing.h"
#include "nightly.h"

#include <unistd.h>

static tsl_status write_delta(void *user, tsl_error *err)
{
    static const tsl_exec one_thread = {.size = sizeof one_thread, .threads = 1};
    tsl_export *export = NULL;
    const tsl_status status =
        tsl_export_write(scratch_path("run"), user, scratch_path("out"), 1, &one_thread, &export, err);
    assert_int_equal(status == TSL_OK, export != NULL);
    if (export) {
        assert_true(export->created == 1 && export->changed == 1 && export->vanished == 1 && export->unchanged == 1);
    }
    tsl_export_free(export);
    return status;
}

static void test_export(void **state)
{
    (void)state;
    static const tsl_export_field field[] = {{"tier", "Level", 0, -1, NULL}, {"clv", NULL, 1, -1, NULL}};
#define COLUMNS "customer_id,segment_code,segment_from,tier,clv,reason\n"
    made_run("then", &(made_summary){.as_of = "2024-05-31", .lang = "zh"},
             COLUMNS "'=a,CHAMP,,vip,1,x\nb,CHAMP,OLD,vip,1,x\nc,LOYAL,,vip,1,x\n");
    made_run("run", NULL, COLUMNS "'=a,CHAMP,,vip,9,x\nB,CHAMP,GONE,vip,1,x\nb,CHAMP,,gold,1,\"'=y\"\n");
    scratch_write(scratch_path("run/model.h5"), "abc", 3);
    char then[512];
    snprintf(then, sizeof then, "%s", scratch_path("then"));
    static const tsl_crm crms[TSL_CRMS] = {TSL_CRM_ZOHO,    TSL_CRM_EXCEL,   TSL_CRM_CSV,
                                           TSL_CRM_FXIAOKE, TSL_CRM_HUBSPOT, TSL_CRM_SALESFORCE};
    for (size_t c = 0; c < some_or_all(1, TSL_CRMS); c++) {
        const tsl_crm t = crms[c];
        tsl_export_options opt;
        TSL_DEFAULTS(export, &opt);
        opt.target = t;
        opt.since = then;
        opt.lang = t % 2 ? "zh" : "en";
        opt.field = t < TSL_CRM_SALESFORCE ? field : field + 1;
        opt.field_count = t < TSL_CRM_SALESFORCE ? 2 : 1;
        sweep_failures(write_delta, &opt, 50);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_export, scratch_setup, scratch_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
