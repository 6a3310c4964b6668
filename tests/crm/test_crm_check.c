/* test_crm_check.c: what a target would refuse is said with count, line and column before anything is written: each
 * kind of cell, every limit at its edge, ids that a spreadsheet mauls, ids that are alike, values of lists. */
#include "crm/made_run.h"

#include "base/text.h"
#include "crm/crm_check.h"
#include "output/payloads.h"

static tsl_error err;

/* Surveys the rows for a target. */
static tsl_status look(tsl_crm target, const tsl_export_field *field, size_t fields, const char *rows,
                       tsl__scored_run *run, tsl__crm_survey *out)
{
    tsl_export_options opt;
    TSL_DEFAULTS(export, &opt);
    opt.target = target;
    opt.field = field;
    opt.field_count = fields;
    assert_int_equal(tsl__scored_run_open(made_run("run", NULL, rows), &made_exec, run, &err), TSL_OK);
    return tsl__crm_survey_take(&(tsl__crm_pair){.run = run}, &opt, out, &err);
}

static tsl__crm_survey look_well(tsl_crm target, const char *rows)
{
    tsl__scored_run run;
    tsl__crm_survey survey;
    if (look(target, NULL, 0, rows, &run, &survey) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    tsl__scored_run_close(&run);
    return survey;
}

static void assert_refused(tsl_crm target, const char *rows, const char *says)
{
    tsl__scored_run run;
    tsl__crm_survey survey;
    if (look(target, NULL, 0, rows, &run, &survey) != TSL_E_INPUT) {
        fail_msg("%s takes\n%s", tsl_crm_get_code(target), rows);
    }
    assert_says(&err, says);
    tsl__scored_run_close(&run);
}

/* ---- Cells ----------------------------------------------------------------------------------------------- */

#define ROW(since, tier, r, clv, reason_code) "CHAMP,," since "," tier ",," r ",,,," clv ",," reason_code ",,,\n"

static void test_each_refusal(void **state)
{
    (void)state;
    static const struct {
        const char *row, *says;
    } cases[] = {
        {ROW("2024-13-01", "", "", "", ""),
         "segments.csv:3: segment_since: \"2024-13-01\" is no date, as in 2024-06-30"},
        {ROW("2024-06-30 and far more than a date", "", "", "", ""), "is no date"},
        {ROW("", "platinum", "", "", ""), "segments.csv:3: tier: \"platinum\" is in no list of summary.json"},
        {ROW("", "VIP", "", "", ""), "tier: \"VIP\" is in no list"}, /* case matters */
        {ROW("", "", "high", "", ""), "segments.csv:3: r_score: \"high\" is no number"},
        {ROW("", "", "", "1,5", ""), "segments.csv:3"},
        {ROW("", "", "", "12.", ""), NULL},
        {ROW("", "", "", "-12.5e3", ""), NULL},
        {ROW("", "", "", "nan", ""), "clv: \"nan\" is no number"},
        {ROW("", "", "", "inf", ""), "clv: \"inf\" is no number"},
        {ROW("", "", "", "", "no_reason"), "reason_code: \"no_reason\" is in no list"},
        {"GONE,,,,,,,,,,,,,,\n", "segment_code: \"GONE\" is in no list"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rows[1024];
        snprintf(rows, sizeof rows, MADE_HEADER MADE_ROW("a") "b,%s", cases[i].row);
        if (cases[i].says) {
            assert_refused(TSL_CRM_SALESFORCE, rows, cases[i].says);
        } else {
            look_well(TSL_CRM_SALESFORCE, rows);
        }
    }
    assert_refused(TSL_CRM_CSV, MADE_HEADER ",CHAMP,,,,,,,,,,,,,,\n", "segments.csv:2: customer_id: is empty");
    assert_refused(TSL_CRM_CSV, MADE_HEADER, "run/segments.csv: holds no customer");
}

static void test_refusals_are_counted(void **state)
{
    (void)state;
    char rows[4096] = MADE_HEADER;
    for (int i = 0; i < 7; i++) {
        snprintf(rows + strlen(rows), sizeof rows - strlen(rows), "c%d," ROW("", "none", "", "x", ""), i);
    }
    assert_refused(TSL_CRM_ZOHO, rows, "run/segments.csv: 14 cells that Zoho CRM would refuse: ");
    assert_says(&err, "segments.csv:2: tier");
    assert_says(&err, "segments.csv:2: clv");
    assert_says(&err, "segments.csv:3: tier");
    assert_says(&err, "; ...");
    assert_null(strstr(err.message, "segments.csv:4:"));
    assert_refused(TSL_CRM_ZOHO, MADE_HEADER "a," ROW("", "none", "", "", ""), ": 1 cell that Zoho CRM would refuse: ");
    assert_null(strstr(err.message, "..."));
}

/* A field that no file has is not looked at. */
static void test_left_out(void **state)
{
    (void)state;
    static const tsl_export_field field[] = {{"tier", NULL, 1, -1, NULL}};
    tsl__scored_run run;
    tsl__crm_survey survey;
    assert_int_equal(look(TSL_CRM_ZOHO, field, 1, MADE_HEADER "a," ROW("", "none", "", "", ""), &run, &survey), TSL_OK);
    assert_false(survey.known[TSL__FIELD_TIER]);
    tsl__scored_run_close(&run);
}

static void test_what_is_known(void **state)
{
    (void)state;
    tsl__scored_run run;
    tsl__crm_survey survey;
    static const char rows[] = MADE_HEADER MADE_ROW("a") MADE_ROW("b") "c,LOYAL,GONE,,,,,,,,,,,,,\n";
    assert_int_equal(look(TSL_CRM_HUBSPOT, NULL, 0, rows, &run, &survey), TSL_OK);
    assert_int_equal(survey.customers, 3);
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        assert_int_equal(survey.known[f], f != TSL__FIELD_MODEL); /* there is no model.h5 */
    }
    const tsl__crm_list *segments = &run.lists.of[TSL__LIST_SEGMENTS];
    assert_int_equal(segments->count, 3); /* one that is gone came to it */
    assert_true(segments->value[0].customers == 2 && segments->value[1].customers == 1 &&
                segments->value[2].customers == 0);
    assert_string_equal(segments->value[2].code, "GONE");
    assert_int_equal(run.lists.of[TSL__LIST_TIERS].value[0].customers, 2);
    assert_true(run.ended && run.row == 3);
    tsl__scored_run_close(&run);
    survey = look_well(TSL_CRM_CSV, "customer_id,segment_code\na,LOYAL\n");
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        const int has =
            f == TSL__FIELD_ID || f == TSL__FIELD_SEGMENT || f == TSL__FIELD_SEGMENT_LABEL || f == TSL__FIELD_SCORED_ON;
        assert_int_equal(survey.known[f], has);
    }
}

/* ---- Limits ----------------------------------------------------------------------------------------------------- */

static char *make_rows(const char *before, const char *character, size_t count, const char *behind)
{
    tsl__text rows = {0};
    tsl__text_puts(&rows, "customer_id,segment_code,reason\n");
    tsl__text_puts(&rows, before);
    for (size_t i = 0; i < count; i++) {
        tsl__text_puts(&rows, character);
    }
    tsl__text_puts(&rows, behind);
    assert_false(rows.failed);
    return tsl__text_take(&rows);
}

static void check_edge(tsl_crm target, const char *before, const char *character, size_t most, const char *behind,
                       const char *says)
{
    char *rows = make_rows(before, character, most, behind);
    look_well(target, rows);
    free(rows);
    rows = make_rows(before, character, most + 1, behind);
    assert_refused(target, rows, says);
    free(rows);
}

static void test_limits_at_their_edges(void **state)
{
    (void)state;
    for (int t = 0; t < TSL_CRMS; t++) {
        const tsl__crm_target *target = &tsl__crm_targets[t];
        char says[160];
        snprintf(says, sizeof says, "has %zu characters, and %s takes %zu", target->id_characters + 1, target->name,
                 target->id_characters);
        check_edge((tsl_crm)t, "", "a", target->id_characters, ",CHAMP,x\n", says);
        check_edge((tsl_crm)t, "", "客", target->id_characters, ",CHAMP,x\n", says);
        char *rows = make_rows("a,CHAMP,", "😀", target->text_characters / 2, "\n"); /* each is two */
        look_well((tsl_crm)t, rows);
        free(rows);
        rows = make_rows("a,CHAMP,", "😀", target->text_characters / 2 + 1, "\n");
        assert_refused((tsl_crm)t, rows, "segments.csv:2: reason: \"");
        free(rows);
        snprintf(says, sizeof says, "segments.csv:2: reason: \"");
        check_edge((tsl_crm)t, "a,CHAMP,", "é", target->text_characters, "\n", says);
    }
}

static void test_characters_of_workbooks(void **state)
{
    (void)state;
    static const char *const none[] = {"a\x1F", "\x1Ez", "x\xEF\xBF\xBE", "\xEF\xBF\xBFy"};
    static const char *const some[] = {"a\x01z", "\xEF\xBF\xBDy", "\xEF\xBC\x9D", "x\x7F"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        for (int t = 0; t < TSL_CRMS; t++) {
            char *rows = make_rows("a,CHAMP,", none[i], 1, "\n");
            if (tsl__crm_targets[t].form == TSL__CRM_FORM_XLSX) {
                assert_refused((tsl_crm)t, rows, "segments.csv:2: reason: \"");
                assert_says(&err, "has a character that no workbook holds");
            } else {
                look_well((tsl_crm)t, rows);
            }
            free(rows);
            rows = make_rows("a,CHAMP,", some[i], 1, "\n");
            look_well((tsl_crm)t, rows);
            free(rows);
        }
    }
}

/* As published: what the table says is what the sources say (docs/methods/crm.md). */
static void test_published_limits(void **state)
{
    (void)state;
    const tsl__crm_target *of = tsl__crm_targets;
    assert_true(of[TSL_CRM_SALESFORCE].bytes <= 100 << 20 && of[TSL_CRM_SALESFORCE].characters == 32000);
    assert_true(of[TSL_CRM_ZOHO].rows == 25000 && of[TSL_CRM_ZOHO].bytes <= 25 << 20 &&
                of[TSL_CRM_ZOHO].columns == 200);
    assert_true(of[TSL_CRM_HUBSPOT].rows < 1048576 && of[TSL_CRM_HUBSPOT].bytes <= 512 << 20 &&
                of[TSL_CRM_HUBSPOT].columns < 1000);
    assert_true(of[TSL_CRM_EXCEL].rows < 1048576 && of[TSL_CRM_EXCEL].characters == 32767);
    assert_true(of[TSL_CRM_FXIAOKE].rows == 10000 && of[TSL_CRM_FXIAOKE].id_characters == 100 &&
                of[TSL_CRM_FXIAOKE].text_characters == 1000);
    assert_false(of[TSL_CRM_SALESFORCE].has_bom || of[TSL_CRM_SALESFORCE].has_crlf);
    assert_true(of[TSL_CRM_CSV].has_bom && of[TSL_CRM_CSV].has_crlf && of[TSL_CRM_CSV].marks);
    for (int t = 0; t < TSL_CRMS; t++) {
        assert_true(of[t].columns >= TSL__CRM_FIELDS && of[t].id_characters <= of[t].characters);
    }
}

/* ---- Ids ------------------------------------------------------------------------------------------------------------
 */

static void test_mauled(void **state)
{
    (void)state;
    tsl__crm_survey survey = look_well(TSL_CRM_CSV, "customer_id,segment_code\n007,CHAMP\nC1,CHAMP\nMAR1,CHAMP\n");
    assert_int_equal(survey.mauled.count, 2);
    assert_true(survey.mauled.line == 2 && !survey.mauled.is_earlier);
    survey = look_well(TSL_CRM_CSV, "customer_id,segment_code\nC1,CHAMP\n");
    assert_int_equal(survey.mauled.count, 0);
}

/* 3,000 ids in two cases of letters, 2,000 in one: more than the table of hashes has room for at first. */
static void test_alike(void **state)
{
    (void)state;
    tsl__text rows = {0};
    tsl__text_puts(&rows, "customer_id,segment_code\n");
    for (int upper = 1; upper >= 0; upper--) {
        for (int i = 0; i < (upper ? 5000 : 3000); i++) {
            tsl__text_printf(&rows, upper ? "KD%05d,CHAMP\n" : "kd%05d,LOYAL\n", i);
        }
    }
    tsl__crm_survey survey = look_well(TSL_CRM_SALESFORCE, rows.data);
    assert_int_equal(survey.customers, 8000);
    assert_int_equal(survey.alike.count, 3000);
    assert_int_equal(survey.alike.line, 5002);
    tsl__text_free(&rows);
    survey = look_well(TSL_CRM_SALESFORCE, "customer_id,segment_code\na,CHAMP\nb,CHAMP\n");
    assert_int_equal(survey.alike.count, 0);
}

static int by_bytes(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* As many ids begin as a formula as the run that wrote them marks: one rule. */
static void test_formulas(void **state)
{
    (void)state;
    const char *id[PAYLOADS + HARMLESS];
    size_t count = 0, marked = 0, used = 0;
    tsl__text rows = {0};
    for (size_t i = 0; i < PAYLOADS + HARMLESS; i++) {
        const char *text = i < PAYLOADS ? payloads[i] : harmless[i - PAYLOADS];
        id[count] = text; /* blanks around are none of a cell */
        count += tsl__cell_trim(tsl__span_make(text)).n == strlen(text);
    }
    qsort(id, count, sizeof *id, by_bytes);
    tsl__text_puts(&rows, "customer_id,segment_code\n");
    for (size_t i = 0; i < count; i++) {
        if (*id[i] && (i == 0 || strcmp(id[i - 1], id[i]) != 0)) {
            tsl__text_csv(&rows, id[i]);
            tsl__text_puts(&rows, ",CHAMP\n");
            marked += (size_t)tsl__csv_is_marked(id[i]);
            used++;
        }
    }
    const tsl__crm_survey survey = look_well(TSL_CRM_HUBSPOT, rows.data);
    assert_int_equal(survey.customers, used);
    assert_int_equal(survey.formulas.count, marked);
    assert_in_range(marked, 100, used - 20);
    tsl__text_free(&rows);
}

/* ---- Values of lists ----------------------------------------------------------------------------------------------
 */

static tsl_status check_lists(tsl_crm target, const char *code, const char *name, const char *action)
{
    char segments[512];
    tsl__scored_run run;
    snprintf(segments, sizeof segments, "{\"code\": \"%s\", \"names\": {\"en\": \"Fine\", \"zh\": \"%s\"}}", code,
             name);
    const char *folder =
        made_run("run", &(made_summary){.segments = segments, .action = action}, "customer_id,segment_code\n");
    assert_int_equal(tsl__scored_run_open(folder, &made_exec, &run, &err), TSL_OK);
    const tsl_status status = tsl__crm_lists_check(&run.lists, &tsl__crm_targets[target], "out/summary.json", &err);
    tsl__scored_run_close(&run);
    return status;
}

static void test_values_of_lists(void **state)
{
    (void)state;
    static const char *const dangerous[] = {"=1+1",  "+cmd|' /C calc'!A0", "@SUM(1,1)", "-2+3", "\\t=1", "a; =1+1",
                                            "＝1+1", "two\\nlines",        "a\\tb",     "a\\rb"};
    for (int t = 0; t < TSL_CRMS; t++) {
        const int takes = t <= TSL_CRM_EXCEL; /* marked, or text whatever it is */
        for (size_t i = 0; i < sizeof dangerous / sizeof *dangerous; i++) {
            assert_int_equal(check_lists((tsl_crm)t, "S1", dangerous[i], "Call"), takes ? TSL_OK : TSL_E_INPUT);
            assert_true(takes || strstr(err.message, "out/summary.json: S1: \""));
            assert_int_equal(check_lists((tsl_crm)t, dangerous[i], "Fine", "Call"), takes ? TSL_OK : TSL_E_INPUT);
        }
        assert_int_equal(check_lists((tsl_crm)t, "S1", "Fine", "=1+1"), takes ? TSL_OK : TSL_E_INPUT);
        assert_int_equal(check_lists((tsl_crm)t, "S1", "客户, 好", "Call; say \\\"hello\\\" | wave"), TSL_OK);
        assert_int_equal(check_lists((tsl_crm)t, "S1", "a;b", "Call"), t == TSL_CRM_HUBSPOT ? TSL_E_INPUT : TSL_OK);
        for (const char *c = "|<>"; *c; c++) {
            const char name[] = {'a', *c, 'b', '\0'};
            assert_int_equal(check_lists((tsl_crm)t, "S1", name, "Call"), t == TSL_CRM_ZOHO ? TSL_E_INPUT : TSL_OK);
        }
        assert_int_equal(check_lists((tsl_crm)t, "S1", "a\\\"b", "Call"), t == TSL_CRM_ZOHO ? TSL_E_INPUT : TSL_OK);
    }
    assert_int_equal(check_lists(TSL_CRM_ZOHO, "S1", "a|b", "Call"), TSL_E_INPUT);
    assert_says(&err,
                "out/summary.json: S1: \"a|b\" has a character that its lists do not take, so that Zoho CRM would");
    assert_says(&err, "another name can be given where the run is made (names:");
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_each_refusal),
        IN_SCRATCH(test_refusals_are_counted),
        IN_SCRATCH(test_left_out),
        IN_SCRATCH(test_what_is_known),
        IN_SCRATCH(test_limits_at_their_edges),
        IN_SCRATCH(test_characters_of_workbooks),
        cmocka_unit_test(test_published_limits),
        IN_SCRATCH(test_mauled),
        IN_SCRATCH(test_alike),
        IN_SCRATCH(test_formulas),
        IN_SCRATCH(test_values_of_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
