/* test_scored_run.c: a run's rows as they were before its CSV file marked them, in the order of their ids; and what is
 * said of a folder that is none. */
#include "crm/made_run.h"

#include "base/text.h"
#include "crm/scored_run.h"
#include "output/payloads.h"

static tsl_error err;

static tsl__scored_run open_run(const char *folder)
{
    tsl__scored_run run;
    if (tsl__scored_run_open(folder, &made_exec, &run, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return run;
}

static void assert_cell(const tsl__scored_run *run, size_t field, const char *text)
{
    const tsl__span cell = run->cell[field];
    if (cell.n != strlen(text) || memcmp(cell.s, text, cell.n) != 0) {
        fail_msg("%s of row %llu: \"%.*s\", and not \"%s\"", tsl__crm_fields[field].code, (unsigned long long)run->row,
                 (int)cell.n, cell.s, text);
    }
}

/* ---- Rows ----------------------------------------------------------------------------------------------- */

static void test_rows(void **state)
{
    (void)state;
    tsl__scored_run run = open_run(
        made_run("run", NULL, "other,segment_code,customer_id,clv\n1,CHAMP,c1,12.5\n2,LOYAL,c10,\n3,LOYAL,c2,-1\n"));
    for (int again = 0; again < 2; again++) {
        assert_int_equal(tsl__scored_run_read(&run, &err), TSL_OK);
        assert_cell(&run, TSL__FIELD_ID, "c1");
        assert_cell(&run, TSL__FIELD_SEGMENT, "CHAMP");
        assert_cell(&run, TSL__FIELD_SEGMENT_LABEL, "CHAMP");
        assert_cell(&run, TSL__FIELD_CLV, "12.5");
        assert_cell(&run, TSL__FIELD_TIER, ""); /* there is no such column */
        assert_cell(&run, TSL__FIELD_SCORED_ON, "2024-06-30");
        assert_cell(&run, TSL__FIELD_MODEL, "");
        assert_true(run.row == 1 && run.line == 2);
        assert_int_equal(tsl__scored_run_read(&run, &err), TSL_OK);
        assert_cell(&run, TSL__FIELD_CLV, "");
        assert_int_equal(tsl__scored_run_read(&run, &err), TSL_OK);
        assert_cell(&run, TSL__FIELD_ID, "c2"); /* by bytes */
        for (int more = 0; more < 2; more++) {
            assert_int_equal(tsl__scored_run_read(&run, &err), TSL_OK);
            assert_true(run.ended && run.row == 3);
        }
        assert_int_equal(tsl__scored_run_rewind(&run, &err), TSL_OK);
    }
    assert_string_equal(run.currency, "EUR");
    assert_int_equal(run.lang, 0);
    tsl__scored_run_close(&run);
}

static void test_model_version(void **state)
{
    (void)state;
    const char *folder = made_run("run", &(made_summary){.lang = "zh"}, MADE_HEADER MADE_ROW("a"));
    scratch_write(scratch_path("run/model.h5"), "abc", 3);
    tsl__scored_run run = open_run(folder);
    assert_string_equal(run.model, "mba7816bf8f01"); /* SHA-256 of "abc", FIPS 180-2 */
    assert_int_equal(run.lang, 1);
    tsl__scored_run_close(&run);
}

/* ---- Marks ------------------------------------------------------------------------------------------------ */

/* No cell of a table begins or ends with a blank: whatever reads it takes them off. NULL: one that does. */
static const char *get_text(size_t i)
{
    const char *text = i < PAYLOADS ? payloads[i] : harmless[i - PAYLOADS];
    return tsl__cell_trim(tsl__span_make(text)).n == strlen(text) ? text : NULL;
}

static int by_bytes(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

#define TEXTS (PAYLOADS + HARMLESS)

/* Those of them, by their bytes; how many. */
static size_t get_texts(const char *text[TEXTS])
{
    size_t count = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        text[count] = get_text(i);
        count += text[count] != NULL;
    }
    qsort(text, count, sizeof *text, by_bytes);
    assert_in_range(count, 130, TEXTS);
    return count;
}

static void put_row(tsl__text *rows, const char *id, const char *reason)
{
    tsl__text_csv(rows, id);
    tsl__text_puts(rows, ",CHAMP,");
    tsl__text_csv(rows, reason);
    tsl__text_puts(rows, "\n");
}

/* What tesela wrote, with each payload as an id and as a reason: it reads as it was. Ids stand in the order of what
 * they are, not of what a CSV file has in their place. */
static void test_marks_are_taken_off(void **state)
{
    (void)state;
    const char *text[TEXTS];
    const size_t count = get_texts(text);
    tsl__text rows = {0};
    tsl__text_puts(&rows, "customer_id,segment_code,reason\n");
    for (size_t i = 0; i < count; i++) {
        put_row(&rows, text[i], text[count - 1 - i]);
    }
    tsl__scored_run run = open_run(made_run("run", NULL, rows.data));
    for (size_t i = 0; i < count; i++) {
        if (tsl__scored_run_read(&run, &err) != TSL_OK) {
            fail_msg("%s", err.message);
        }
        assert_cell(&run, TSL__FIELD_ID, text[i]);
        assert_cell(&run, TSL__FIELD_REASON, text[count - 1 - i]);
    }
    tsl__scored_run_close(&run);
    tsl__text_free(&rows);
}

/* Unmarking gives back what marking took, of texts of four signs that matter, all of them up to a length. */
static void test_unmark_is_the_inverse(void **state)
{
    (void)state;
    static const char signs[] = "'=a;\t-1\" \n";
    enum { SIGNS = sizeof signs - 1, LONGEST = 5 };
    char text[LONGEST + 1], back[64];
    for (size_t number = 0; number < 111111; number++) { /* 0 + 10 + 100 + ... texts of each length */
        size_t left = number, length = 0, of_length = 1;
        while (left >= of_length) {
            left -= of_length;
            of_length *= SIGNS;
            length++;
        }
        for (size_t i = 0; i < length; i++, left /= SIGNS) {
            text[i] = signs[left % SIGNS];
        }
        text[length] = '\0';
        tsl__text cell = {0};
        tsl__text_csv_cell(&cell, text);
        const char *end = tsl__csv_unmark(length ? cell.data : "", back);
        if (strcmp(back, text) != 0 || end != back + length) {
            fail_msg("\"%s\" is written \"%s\" and reads \"%s\"", text, cell.data, back);
        }
        tsl__text_free(&cell);
    }
}

/* ---- What is refused --------------------------------------------------------------------------------------- */

static void assert_refused(const char *rows, const char *says)
{
    tsl__scored_run run;
    tsl_status status = tsl__scored_run_open(made_run("run", NULL, rows), &made_exec, &run, &err);
    while (status == TSL_OK && !run.ended) {
        status = tsl__scored_run_read(&run, &err);
    }
    assert_int_equal(status, TSL_E_INPUT);
    assert_says(&err, says);
    tsl__scored_run_close(&run);
}

static void test_rows_refused(void **state)
{
    (void)state;
    assert_refused("customer_id,segment_code\na,CHAMP\nb,CHAMP\nb,LOYAL\n",
                   "run/segments.csv:4: customer_id: stands twice");
    assert_refused("customer_id,segment_code\nb,CHAMP\na,CHAMP\n",
                   "run/segments.csv:3: customer_id: stands behind a greater id");
    assert_refused("customer_id,segment_code\nb,CHAMP\nB,CHAMP\n", "stands behind a greater id");
    assert_refused("customer_id,segment_code\n\xC3\xA9,CHAMP\nz,CHAMP\n", "stands behind a greater id");
    assert_refused("customer_id,segment_code\na,CHAMP\nb,CHAMP,1\n", "run/segments.csv:3");
    assert_refused("customer_id,segment_code,clv\na,CHAMP\n", "run/segments.csv:2");
    assert_refused("customer_id,segment_code\na,\"CHAMP\n", "run/segments.csv:2");
    assert_refused("customer_id,segment\na,1\n", "run/segments.csv:1: has no column segment_code");
    assert_refused("id,segment_code\na,1\n", "run/segments.csv:1: has no column customer_id");
    assert_refused("", "run/segments.csv");
}

static void assert_no_run(const char *folder, tsl_status expected, const char *says)
{
    tsl__scored_run run;
    assert_int_equal(tsl__scored_run_open(folder, &made_exec, &run, &err), expected);
    assert_says(&err, says);
    tsl__scored_run_close(&run);
}

static void test_summary_refused(void **state)
{
    (void)state;
    static const struct {
        const char *summary, *says;
    } cases[] = {
        {"", "summary.json"},
        {"{\n\"format\": \"tesela summary\",,\n", "summary.json:2: is no JSON: "},
        {"[]", "is no summary that tesela wrote"},
        {"{\"format\": \"tesela manifest\"}", "is no summary that tesela wrote"},
        {"{\"format\": \"tesela summary\"}", "language: \"\" is none"},
        {"{\"format\": \"tesela summary\", \"language\": \"fr\"}", "language: \"fr\" is none"},
        {"{\"format\": \"tesela summary\", \"language\": \"en\"}", "as_of: \"\" is no date, YYYY-MM-DD"},
        {"{\"format\": \"tesela summary\", \"language\": \"en\", \"as_of\": \"2024-02-30\"}", "as_of: \"2024-02-30\""},
        {"{\"format\": \"tesela summary\", \"language\": \"en\", \"as_of\": \"2024-02-29\"}", "lists no segments"},
    };
    const char *folder = made_run("run", NULL, MADE_HEADER MADE_ROW("a"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        scratch_write(scratch_path("run/summary.json"), cases[i].summary, strlen(cases[i].summary));
        assert_no_run(folder, TSL_E_FORMAT, cases[i].says);
    }
}

static void test_no_folder(void **state)
{
    (void)state;
    assert_no_run(scratch_path("nothing"), TSL_E_NOT_FOUND, "is no folder of a run: there is no summary.json in it");
    assert_no_run(made_run_open("run", NULL), TSL_E_NOT_FOUND, "there is no segments.csv in it");
    char *path = tsl__scored_run_find("a/", "b");
    assert_string_equal(path, "a/b");
    free(path);
    assert_true(tsl__span_compare(tsl__span_make("a"), tsl__span_make("ab")) < 0);
    assert_true(tsl__span_compare(tsl__span_make("b"), tsl__span_make("ab")) > 0);
    assert_true(tsl__span_compare(tsl__span_make("\x80"), tsl__span_make("z")) > 0);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_rows),
        IN_SCRATCH(test_model_version),
        IN_SCRATCH(test_marks_are_taken_off),

        cmocka_unit_test(test_unmark_is_the_inverse),
        IN_SCRATCH(test_rows_refused),
        IN_SCRATCH(test_summary_refused),
        IN_SCRATCH(test_no_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
