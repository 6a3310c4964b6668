/* test_crm_plan.c: which fields the files have, in which order, and what they are called: what is asked, what is
 * refused, and what each target has by itself. */
#include "crm/made_run.h"

#include "crm/crm_plan.h"

static tsl_error err;

static tsl_export_options ask(tsl_crm target, const tsl_export_field *field, size_t count)
{
    tsl_export_options opt;
    TSL_DEFAULTS(export, &opt);
    opt.target = target;
    opt.field = field;
    opt.field_count = count;
    return opt;
}

static void assert_refused(tsl_crm target, const tsl_export_field *field, size_t count, const char *says)
{
    const tsl_export_options opt = ask(target, field, count);
    assert_int_equal(tsl_export_check(&opt, &err), TSL_E_OPTION);
    assert_says(&err, says);
}

/* ---- What is refused ------------------------------------------------------------------------------ */

static void test_fields_refused(void **state)
{
    (void)state;
    static const tsl_export_field near = {"segmnt", NULL, 0, -1, "map.yaml:3:5"}, far = {"qqqqqqqq", NULL, 0, -1, NULL},
                                  none = {NULL, "x", 0, -1, NULL}, id = {"id", NULL, 1, -1, "map.yaml:9:1"},
                                  other = {"tier", NULL, 0, 2, NULL}, still = {"clvv", NULL, 0, 0, "map.yaml:4:1"};
    static const tsl_export_field twice[] = {{"tier", "A", 0, -1, NULL}, {"tier", "B", 0, -1, "map.yaml:2:3"}};
    assert_refused(TSL_CRM_CSV, &near, 1, "map.yaml:3:5: export.fields.segmnt: there is no such field");
    assert_says(&err, "\"segment\"");
    assert_refused(TSL_CRM_CSV, &far, 1, "; there are id, segment, ");
    assert_refused(TSL_CRM_CSV, &none, 1, "a field needs its code");
    assert_refused(TSL_CRM_CSV, &id, 1, "map.yaml:9:1: export.leave_out: id: no file goes without ids");
    assert_refused(TSL_CRM_CSV, &other, 1, "compare is 1, 0 or -1");
    assert_refused(TSL_CRM_CSV, &still, 1, "map.yaml:4:1: export.no_change: clvv: there is no such field");
    assert_refused(TSL_CRM_CSV, twice, 2, "map.yaml:2:3: export.fields.tier: stands twice");
}

/* A name in the list and one beside it are to be the same. */
static void test_two_names_of_id(void **state)
{
    (void)state;
    static const tsl_export_field id = {"id", "Number", 0, -1, "map.yaml:3:7"};
    tsl_export_options opt = ask(TSL_CRM_CSV, &id, 1);
    opt.id_column = "Number";
    assert_int_equal(tsl_export_check(&opt, &err), TSL_OK);
    opt.id_column = "Key";
    assert_int_equal(tsl_export_check(&opt, &err), TSL_E_OPTION);
    assert_says(&err, "map.yaml:3:7: export.fields.id: \"Number\" is another name than export.id_column has, \"Key\"");
}

static void test_target_and_language_refused(void **state)
{
    (void)state;
    tsl_export_options opt = ask((tsl_crm)TSL_CRMS, NULL, 0);
    assert_int_equal(tsl_export_check(&opt, &err), TSL_E_OPTION);
    opt.target = (tsl_crm)-1;
    assert_int_equal(tsl_export_check(&opt, &err), TSL_E_OPTION);
    opt = ask(TSL_CRM_CSV, NULL, 0);
    opt.lang = "fr";
    assert_int_equal(tsl_export_check(&opt, &err), TSL_E_OPTION);
    assert_says(&err, "fr");
    opt = ask(TSL_CRM_CSV, NULL, 1); /* a count without a list */
    assert_int_equal(tsl_export_check(&opt, &err), TSL_E_OPTION);
    assert_int_equal(tsl_export_check(NULL, &err), TSL_OK); /* the defaults */
    opt.size = 0;
    assert_int_equal(tsl_export_check(&opt, &err), TSL_E_OPTION);
    assert_null(tsl_crm_get_code((tsl_crm)TSL_CRMS));
    assert_string_equal(tsl_crm_get_code(TSL_CRM_FXIAOKE), "fxiaoke");
}

static void test_names(void **state)
{
    (void)state;
    char most[256], over[257];
    memset(most, 'a', 255);
    most[255] = '\0';
    memset(over, 'a', 256);
    over[256] = '\0';
    const struct {
        tsl_crm target;
        const char *name;
        int takes;
    } cases[] = {
        {TSL_CRM_SALESFORCE, "Segment__c", 1},
        {TSL_CRM_SALESFORCE, "Owner.Tesela_ID__c", 1},
        {TSL_CRM_SALESFORCE, "Seg ment", 0},
        {TSL_CRM_SALESFORCE, "Seg-ment", 0},
        {TSL_CRM_SALESFORCE, "分群", 0},
        {TSL_CRM_SALESFORCE, "1st__c", 0},
        {TSL_CRM_SALESFORCE, "_x", 0},
        {TSL_CRM_SALESFORCE, "", 0},
        {TSL_CRM_ZOHO, "a,b", 0},
        {TSL_CRM_ZOHO, "Account_Name.id", 1},
        {TSL_CRM_CSV, "客户 分群, neu", 1},
        {TSL_CRM_CSV, "=x", 0},
        {TSL_CRM_CSV, "a;=x", 0},
        {TSL_CRM_CSV, "a\nb", 0},
        {TSL_CRM_CSV, "\xFF", 0},
        {TSL_CRM_CSV, most, 1},
        {TSL_CRM_CSV, over, 0},
        {TSL_CRM_HUBSPOT, "customer_segment", 1},
        {TSL_CRM_HUBSPOT, "Customer segment", 0},
        {TSL_CRM_EXCEL, "@x", 0},
        {TSL_CRM_FXIAOKE, "客户等级", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_export_field field = {"segment", cases[i].name, 0, -1, NULL};
        tsl_export_options opt = ask(cases[i].target, &field, 1), by_id = ask(cases[i].target, NULL, 0), object = by_id;
        by_id.id_column = object.object = cases[i].name;
        const tsl_status expected = cases[i].takes ? TSL_OK : TSL_E_OPTION;
        if (tsl_export_check(&opt, &err) != expected) {
            fail_msg("\"%s\" for %s", cases[i].name, tsl_crm_get_code(cases[i].target));
        }
        assert_int_equal(tsl_export_check(&by_id, &err), expected);
        assert_int_equal(tsl_export_check(&object, &err), cases[i].target == TSL_CRM_HUBSPOT ? TSL_OK : expected);
    }
    const tsl_export_field wrong = {"segment", "Seg ment", 0, -1, NULL};
    assert_refused(TSL_CRM_SALESFORCE, &wrong, 1,
                   "\"Seg ment\" is no name of a field: a letter, then letters, digits, _ and .");
}

/* ---- The plan ---------------------------------------------------------------------------------------- */

static void know_all(int known[TSL__CRM_FIELDS])
{
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        known[f] = 1;
    }
}

static void assert_plan(const tsl__crm_plan *plan, const char *headers)
{
    char all[4096] = "";
    for (size_t i = 0; i < plan->count; i++) {
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", i ? "," : "", plan->header[i]);
    }
    assert_string_equal(all, headers);
}

static void test_order(void **state)
{
    (void)state;
    static const tsl_export_field field[] = {{"tier", "Level", 0, -1, NULL}, {"id", NULL, 0, -1, NULL},
                                             {"reason", NULL, 1, -1, NULL},  {"clv", "Value", 0, 0, NULL},
                                             {"r_score", NULL, 1, -1, NULL}, {"model_version", NULL, 0, 1, NULL}};
    const tsl_export_options opt = ask(TSL_CRM_CSV, field, 6);
    int known[TSL__CRM_FIELDS] = {0};
    tsl__crm_plan plan;
    known[TSL__FIELD_ID] = known[TSL__FIELD_SEGMENT] = known[TSL__FIELD_TIER] = known[TSL__FIELD_REASON] =
        known[TSL__FIELD_MODEL] = known[TSL__FIELD_SCORED_ON] = 1;
    assert_int_equal(tsl__crm_plan_open(&opt, known, 0, &plan, &err), TSL_OK);
    assert_plan(&plan, "Level,id,segment,model_version,scored_on");
    /* Asked for and not known; what is not wanted is not missed. */
    assert_string_equal(plan.left_out,
                        "segment_label, previous_segment, changed_on, lifecycle, f_score, m_score, rfm_segment, clv, "
                        "churn_risk, reason_code, action, action_text, confidence");
    assert_true(plan.compares[TSL__FIELD_SEGMENT] && plan.compares[TSL__FIELD_MODEL]);
    assert_false(plan.compares[TSL__FIELD_SCORED_ON] || plan.compares[TSL__FIELD_REASON] ||
                 plan.compares[TSL__FIELD_CLV]);
    tsl__crm_plan_close(&plan);
}

static void assert_not_planned(const tsl_export_options *opt, const char *says)
{
    int known[TSL__CRM_FIELDS];
    tsl__crm_plan plan;
    know_all(known);
    assert_int_equal(tsl__crm_plan_open(opt, known, 0, &plan, &err), TSL_E_OPTION);
    assert_says(&err, says);
    tsl__crm_plan_close(&plan);
}

static void test_one_header_twice(void **state)
{
    (void)state;
    static const tsl_export_field both[] = {{"tier", "Level", 0, -1, NULL}, {"lifecycle", "LEVEL", 0, -1, NULL}},
                                  usual = {"tier", "clv", 0, -1, NULL};
    tsl_export_options opt = ask(TSL_CRM_CSV, both, 2);
    assert_not_planned(&opt, "export.fields.lifecycle: is called \"Level\", as tier is");
    opt = ask(TSL_CRM_CSV, &usual, 1);
    assert_not_planned(&opt, "export.fields.clv: is called \"clv\", as tier is");
    opt = ask(TSL_CRM_CSV, NULL, 0);
    opt.id_column = "Segment";
    assert_not_planned(&opt, "export.fields.segment");
}

static void test_own_names(void **state)
{
    (void)state;
    int known[TSL__CRM_FIELDS] = {0};
    static const tsl_export_field named = {"id", "Number", 0, -1, NULL};
    known[TSL__FIELD_ID] = known[TSL__FIELD_SEGMENT] = known[TSL__FIELD_ACTION] = known[TSL__FIELD_ACTION_TEXT] = 1;
    const struct {
        tsl_crm target;
        const char *lang, *id;
        int run;
        const char *headers, *object;
    } cases[] = {
        {TSL_CRM_CSV, NULL, NULL, 1, "Number,segment,action,action_text", "客户"},
        {TSL_CRM_CSV, "en", "cid", 1, "cid,segment,action,action_text", "customers"},
        {TSL_CRM_EXCEL, NULL, NULL, 0, "Number,Segment,Action", "Customers"},
        {TSL_CRM_EXCEL, "zh", "编号", 0, "编号,客户分群,建议动作", "客户"},
        {TSL_CRM_SALESFORCE, "zh", "Ext__c", 0, "Ext__c,Tesela_Segment__c,Tesela_Action__c,Tesela_Action_Text__c",
         "Account"},
        {TSL_CRM_ZOHO, NULL, "Ext", 0, "Ext,Tesela_Segment,Tesela_Action,Tesela_Action_Text", "Accounts"},
        {TSL_CRM_HUBSPOT, NULL, NULL, 0, "Number,Tesela: Segment,Tesela: Action,Tesela: Action in words", "contacts"},
        {TSL_CRM_FXIAOKE, NULL, NULL, 1, "Number,客户分群,建议动作", "客户"},
        {TSL_CRM_FXIAOKE, NULL, NULL, 0, "Number,Segment,Action", "客户"},
        {TSL_CRM_FXIAOKE, "en", NULL, 1, "Number,Segment,Action", "客户"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_export_options opt = ask(cases[i].target, &named, 1);
        tsl__crm_plan plan;
        opt.lang = cases[i].lang;
        opt.id_column = cases[i].id;
        assert_int_equal(tsl__crm_plan_open(&opt, known, cases[i].run, &plan, &err), TSL_OK);
        assert_plan(&plan, cases[i].headers);
        assert_string_equal(plan.object, cases[i].object);
        char *property = tsl__crm_plan_make_property(&plan, 0);
        assert_string_equal(property, plan.header[0]); /* the one that was asked for */
        free(property);
        property = tsl__crm_plan_make_property(&plan, 1);
        assert_string_equal(property, cases[i].target == TSL_CRM_HUBSPOT || plan.target->header == TSL__HEADER_NAME
                                          ? "tesela_segment"
                                          : plan.header[1]);
        free(property);
        tsl__crm_plan_close(&plan);
    }
}

/* What each target has by itself is what it takes itself. */
static void test_defaults_are_taken(void **state)
{
    (void)state;
    int known[TSL__CRM_FIELDS];
    know_all(known);
    for (int target = 0; target < TSL_CRMS; target++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            tsl_export_options opt = ask((tsl_crm)target, NULL, 0);
            tsl__crm_plan plan;
            opt.lang = tsl_lang_get_code(lang);
            assert_int_equal(tsl__crm_plan_open(&opt, known, 0, &plan, &err), TSL_OK);
            assert_null(plan.left_out);
            assert_in_range(plan.count, TSL__CRM_FIELDS - 1, TSL__CRM_FIELDS);
            for (size_t i = 0; i < plan.count; i++) {
                const tsl_export_field again = {tsl__crm_fields[plan.field[i]].code, plan.header[i], 0, -1, NULL};
                const tsl_export_options asked = ask((tsl_crm)target, &again, 1);
                assert_int_equal(tsl_export_check(&asked, &err),
                                 target == TSL_CRM_HUBSPOT ? TSL_E_OPTION : TSL_OK); /* labels, and no properties */
                assert_int_equal(tsl__crm_field_find(again.field), plan.field[i]);
                assert_in_range(strlen(plan.header[i]), 1, 43); /* Salesforce: 40 and __c */
            }
            tsl__crm_plan_close(&plan);
        }
    }
    assert_int_equal(tsl__crm_field_find("Segment"), TSL__CRM_FIELDS);
}

/* What kinds of fields are called is said in either language, and in Chinese is. */
static void test_types(void **state)
{
    (void)state;
    for (int t = 0; t < TSL_CRMS; t++) {
        for (int kind = 0; kind < TSL__CRM_KINDS; kind++) {
            const char *const *en = tsl__crm_targets[t].type[0], *const *zh = tsl__crm_targets[t].type[1];
            assert_true(en[kind] && zh[kind]);
            assert_string_not_equal(en[kind], zh[kind]);
            assert_true((unsigned char)zh[kind][0] >= 0xE4); /* a Chinese character */
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields_refused),
        cmocka_unit_test(test_two_names_of_id),
        cmocka_unit_test(test_target_and_language_refused),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_one_header_twice),
        cmocka_unit_test(test_own_names),
        cmocka_unit_test(test_defaults_are_taken),
        cmocka_unit_test(test_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
