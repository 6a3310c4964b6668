/* test_report.c: how the page is put together. What it shows is looked at in a
 * browser (tests/browser). */
#include "files.h"
#include "sample.h"

#include <jansson.h>
#include <tesela/model.h>

static sample run;

static char *summary_of(sample_kind kind)
{
    tsl_error err;
    char *json;
    sample_make(&run, kind, "en");
    assert_int_equal(tsl_summary_build(&run.run, &json, &err), TSL_OK);
    return json;
}

static char *page_of(const char *json, const char *lang)
{
    files f;
    tsl_error err;
    tsl_report_options opt;
    TSL_DEFAULTS(report, &opt);
    opt.lang = lang;
    files_open(&f, "report.html");
    assert_int_equal(tsl_report_write(json, &opt, &(tsl_target){.path = f.path}, &err), TSL_OK);
    char *page = files_read(f.path);
    assert_non_null(page);
    files_close(&f);
    return page;
}

static size_t count_of(const char *text, const char *word)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, word)); p += strlen(word)) {
        n++;
    }
    return n;
}

static void one_whole_page(void **state)
{
    (void)state;
    char *json = summary_of(SAMPLE_FULL), *page = page_of(json, NULL);
    assert_memory_equal(page, "<!DOCTYPE html>\n<html lang=\"en\">", 32);
    assert_null(strstr(page, "{{"));
    assert_int_equal(count_of(page, "<script"), 2);
    assert_int_equal(count_of(page, "</script>"), 2);
    /* nothing is loaded from anywhere */
    assert_null(strstr(page, " src="));
    assert_int_equal(count_of(page, "<link"), 1);
    assert_non_null(strstr(page, "<link rel=\"icon\" href=\"data:"));
    assert_null(strstr(page, "@import"));
    assert_null(strstr(page, "innerHTML"));
    free(page);
    tsl_text_free(json);
}

static void language(void **state)
{
    (void)state;
    tsl_error err;
    tsl_report_options other;
    TSL_DEFAULTS(report, &other);
    other.lang = "xx";
    char *json = summary_of(SAMPLE_FULL), *page = page_of(json, "zh");
    assert_non_null(strstr(page, "<html lang=\"zh\">"));
    free(page);
    tsl_text_free(json);
    sample_make(&run, SAMPLE_FULL, "zh");
    assert_int_equal(tsl_summary_build(&run.run, &json, &err), TSL_OK);
    page = page_of(json, NULL);
    assert_non_null(strstr(page, "<html lang=\"zh\">"));
    free(page);
    page = page_of(json, "en");
    assert_non_null(strstr(page, "<html lang=\"en\">"));
    free(page);
    assert_int_equal(tsl_report_write(json, &other, &(tsl_target){.path = "/nowhere/report.html"}, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "\"xx\""));
    tsl_text_free(json);
}

/* The data in the page are the summary's, and no name can end the script. */
static void hostile_names_stay_data(void **state)
{
    (void)state;
    char *json = summary_of(SAMPLE_HOSTILE), *page = page_of(json, NULL);
    const char *mark = "<script type=\"application/json\" id=\"figures\">";
    char *data = strstr(page, mark);
    assert_non_null(data);
    data += strlen(mark);
    *strstr(data, "</script>") = '\0';
    assert_null(strpbrk(data, "<>&"));
    assert_null(strstr(data, "\xE2\x80\xA8"));
    json_t *figures = json_loads(data, 0, NULL), *before = json_loads(json, 0, NULL);
    assert_non_null(figures);
    json_t *in_page = json_object_get(figures, "summary");
    assert_int_equal(json_object_del(before, "threads"), 0); /* which change nothing */
    assert_true(json_equal(in_page, before));
    const char *name =
        json_string_value(json_object_get(json_array_get(json_object_get(in_page, "segments"), 1), "name"));
    assert_non_null(strstr(name, "</script><img src=x onerror="));
    json_decref(figures);
    json_decref(before);
    free(page);
    tsl_text_free(json);
}

/* How many threads there were is not in the page. */
static void same_for_any_threads(void **state)
{
    (void)state;
    char *page[2];
    for (int i = 0; i < 2; i++) {
        tsl_error err;
        char *json;
        sample_make(&run, SAMPLE_FULL, "en");
        run.run.threads = 1 + 6 * i;
        assert_int_equal(tsl_summary_build(&run.run, &json, &err), TSL_OK);
        assert_non_null(strstr(json, i ? "\"threads\": 7" : "\"threads\": 1"));
        page[i] = page_of(json, NULL);
        tsl_text_free(json);
    }
    assert_string_equal(page[0], page[1]);
    free(page[0]);
    free(page[1]);
}

static void what_is_no_summary_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *json, *message;
    } rows[] = {
        {"", "not valid JSON"},
        {"{\"format\": \"tesela summary\",", "summary:1:"},
        {"[]", "not a summary"},
        {"{}", "not a summary"},
        {"{\"format\": \"tesela manifest\", \"format_version\": 1, \"language\": \"en\"}", "not a summary"},
        {"{\"format\": \"tesela summary\", \"format_version\": 2, \"language\": \"en\"}", "version 2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        files f;
        tsl_error err;
        files_open(&f, "report.html");
        assert_int_equal(tsl_report_write(rows[i].json, NULL, &(tsl_target){.path = f.path}, &err), TSL_E_FORMAT);
        assert_non_null(strstr(err.message, rows[i].message));
        assert_null(files_read(f.path));
        files_close(&f);
    }
}

static void existing_file_is_refused(void **state)
{
    (void)state;
    files f;
    tsl_error err;
    char *json = summary_of(SAMPLE_FULL);
    files_open(&f, "report.html");
    assert_int_equal(tsl_report_write(json, NULL, &(tsl_target){.path = f.path}, &err), TSL_OK);
    assert_int_equal(tsl_report_write(json, NULL, &(tsl_target){.path = f.path}, &err), TSL_E_EXISTS);
    assert_int_equal(tsl_report_write(json, NULL, &(tsl_target){.path = f.path, .replace = 1}, &err), TSL_OK);
    files_close(&f);
    tsl_text_free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_whole_page),           cmocka_unit_test(language),
        cmocka_unit_test(hostile_names_stay_data),  cmocka_unit_test(what_is_no_summary_is_refused),
        cmocka_unit_test(existing_file_is_refused), cmocka_unit_test(same_for_any_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
