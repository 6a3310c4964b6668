/* test_writers.c: what holds for every writer of the room: files and functions get
 * the same bytes, "-" is standard output, replace means the same, err is reset and
 * set; long ones tell how far they are, stop when asked to, and write the same for
 * any number of threads. */
#include "files.h"
#include "sample.h"

#include <fcntl.h>

#include "base/text.h"

static sample run;
static char *summary;
static int32_t cluster[SAMPLE_CUSTOMERS];
static const tsl_assignment assignment = {.rows = SAMPLE_CUSTOMERS, .label = cluster};

typedef tsl_status (*writer)(const tsl_target *target, const tsl_exec *exec, tsl_error *err);

static tsl_status write_segments(const tsl_target *target, const tsl_exec *exec, tsl_error *err)
{
    return tsl_segments_write(&run.labels, target, exec, err);
}

static tsl_status write_labels(const tsl_target *target, const tsl_exec *exec, tsl_error *err)
{
    return tsl_labels_write(&run.labels, target, exec, err);
}

static tsl_status write_clusters(const tsl_target *target, const tsl_exec *exec, tsl_error *err)
{
    return tsl_clusters_write(&run.features, &assignment, target, exec, err);
}

static tsl_status write_rejects(const tsl_target *target, const tsl_exec *exec, tsl_error *err)
{
    (void)exec;
    tsl_rejects *rejects = (tsl_rejects *)(uintptr_t)1;
    tsl_status status = tsl_rejects_open(target, &rejects, err);
    if (status != TSL_OK) {
        assert_null(rejects);
        return status;
    }
    const tsl_reject_sink *sink = tsl_rejects_get_sink(rejects);
    const tsl_reject reject = {"a.csv", 7, "amount", (tsl_reject_kind)99, "x", "no number"};
    assert_int_equal(sink->write(sink->user, &reject, NULL), TSL_OK);
    return tsl_rejects_close(rejects, err);
}

static tsl_status write_summary(const tsl_target *target, const tsl_exec *exec, tsl_error *err)
{
    (void)exec;
    return tsl_summary_write(&run.run, target, err);
}

static tsl_status write_manifest(const tsl_target *target, const tsl_exec *exec, tsl_error *err)
{
    (void)exec;
    return tsl_manifest_write(&run.run, target, err);
}

static tsl_status write_report(const tsl_target *target, const tsl_exec *exec, tsl_error *err)
{
    (void)exec;
    return tsl_report_write(summary, NULL, target, err);
}

static tsl_status write_figures(const tsl_target *target, const tsl_exec *exec, tsl_error *err)
{
    (void)exec;
    return tsl_report_write_figures(summary, NULL, target, err);
}

static const writer writers[] = {write_segments, write_labels,   write_clusters, write_rejects,
                                 write_summary,  write_manifest, write_report,   write_figures};
#define WRITERS (sizeof writers / sizeof *writers)
#define LONG_WRITERS 3 /* those with rows */

static tsl_status collect(void *user, const void *bytes, size_t count, tsl_error *err)
{
    (void)err;
    tsl__text_append(user, bytes, count);
    return TSL_OK;
}

static tsl_status refuse(void *user, const void *bytes, size_t count, tsl_error *err)
{
    (void)bytes;
    (void)count;
    ++*(int *)user;
    if (err) {
        err->status = TSL_E_IO;
        strcpy(err->message, "no more room");
    }
    return TSL_E_IO;
}

static void stale(tsl_error *err)
{
    err->status = TSL_E_FORMAT;
    strcpy(err->message, "an old one");
}

static void assert_clean(const tsl_error *err)
{
    assert_int_equal(err->status, TSL_OK);
    assert_string_equal(err->message, "");
}

static void files_and_functions(void **state)
{
    (void)state;
    for (size_t w = 0; w < WRITERS; w++) {
        files f;
        tsl_error err;
        tsl__text text = {0};
        files_open(&f, "out");
        stale(&err);
        assert_int_equal(writers[w](&(tsl_target){.path = f.path}, NULL, &err), TSL_OK);
        assert_clean(&err);
        char *written = files_read(f.path);
        assert_non_null(written);
        stale(&err);
        assert_int_equal(writers[w](&(tsl_target){.path = f.path}, NULL, &err), TSL_E_EXISTS);
        assert_int_equal(err.status, TSL_E_EXISTS);
        assert_non_null(strstr(err.message, f.path));
        char *kept = files_read(f.path);
        assert_string_equal(kept, written);
        free(kept);
        assert_int_equal(writers[w](&(tsl_target){.path = f.path, .replace = 1}, NULL, NULL), TSL_OK);
        stale(&err);
        assert_int_equal(writers[w](&(tsl_target){.write = collect, .user = &text}, NULL, &err), TSL_OK);
        assert_clean(&err);
        assert_string_equal(text.data, written);
        tsl__text_free(&text);
        free(written);
        files_close(&f);
    }
}

static void to_standard_output(void **state)
{
    (void)state;
    for (size_t w = 0; w < WRITERS; w++) {
        files f;
        tsl__text text = {0};
        files_open(&f, "out");
        assert_int_equal(writers[w](&(tsl_target){.write = collect, .user = &text}, NULL, NULL), TSL_OK);
        fflush(stdout);
        int before = dup(1), file = open(f.path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        assert_true(before >= 0 && file >= 0);
        dup2(file, 1);
        tsl_status status = writers[w](&(tsl_target){.path = "-"}, NULL, NULL);
        dup2(before, 1);
        close(before);
        close(file);
        assert_int_equal(status, TSL_OK);
        char *written = files_read(f.path);
        assert_string_equal(written, text.data);
        free(written);
        tsl__text_free(&text);
        files_close(&f);
    }
}

static void failures(void **state)
{
    (void)state;
    for (size_t w = 0; w < WRITERS; w++) {
        tsl_error err;
        int calls = 0;
        stale(&err);
        assert_int_equal(writers[w](&(tsl_target){.write = refuse, .user = &calls}, NULL, &err), TSL_E_IO);
        assert_int_equal(err.status, TSL_E_IO);
        assert_non_null(strstr(err.message, "no more room"));
        assert_true(calls > 0);
        assert_int_equal(writers[w](&(tsl_target){.path = "/nowhere/at/all"}, NULL, NULL), TSL_E_IO);
        stale(&err);
        assert_int_equal(writers[w](&(tsl_target){.path = "/nowhere/at/all"}, NULL, &err), TSL_E_IO);
        assert_non_null(strstr(err.message, "/nowhere/at/all"));
    }
}

static int report(void *user, const tsl_progress_event *event)
{
    assert_string_equal(event->stage, "write");
    assert_true(event->fraction >= 0 && event->fraction <= 1);
    return ++*(int *)user < 0;
}

static int cancel(void *user, const tsl_progress_event *event)
{
    (void)event;
    ++*(int *)user;
    return 1;
}

static void progress_and_stop(void **state)
{
    (void)state;
    const volatile int stop = 1;
    for (size_t w = 0; w < LONG_WRITERS; w++) {
        files f;
        tsl_error err;
        tsl_exec exec;
        int calls = 0;
        files_open(&f, "out");
        TSL_DEFAULTS(exec, &exec);
        exec.report = report;
        exec.user = &calls;
        assert_int_equal(writers[w](&(tsl_target){.path = f.path}, &exec, NULL), TSL_OK);
        assert_int_equal(calls, 1);
        exec.report = cancel;
        assert_int_equal(writers[w](&(tsl_target){.path = f.path, .replace = 1}, &exec, &err), TSL_E_CANCELLED);
        assert_int_equal(err.status, TSL_E_CANCELLED);
        assert_int_equal(calls, 2);
        unlink(f.path);
        exec.report = NULL;
        exec.stop = &stop;
        assert_int_equal(writers[w](&(tsl_target){.path = f.path}, &exec, &err), TSL_E_CANCELLED);
        exec.stop = NULL;
        exec.threads = -1;
        assert_int_equal(writers[w](&(tsl_target){.path = f.path}, &exec, &err), TSL_E_OPTION);
        assert_null(files_read(f.path));
        assert_int_equal(rmdir(f.folder), 0);
    }
}

/* More rows than are put at once. */
static void any_number_of_threads(void **state)
{
    (void)state;
    enum { ROWS = 100003 };
    int32_t *label = calloc(ROWS, sizeof *label);
    const tsl_recipe recipe = {.plain = 1};
    const tsl_features features = {.recipe = (tsl_recipe *)(uintptr_t)&recipe};
    const tsl_assignment many = {.rows = ROWS, .label = label};
    static const int threads[] = {1, 2, 3, 7};
    tsl__text first = {0};
    assert_non_null(label);
    for (size_t i = 0; i < ROWS; i++) {
        label[i] = (int32_t)(i * 7919 % 13);
    }
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
        tsl__text text = {0};
        tsl_exec exec;
        TSL_DEFAULTS(exec, &exec);
        exec.threads = threads[t];
        assert_int_equal(tsl_clusters_write(&features, &many,
                                            &(tsl_target){.write = collect, .user = t ? &text : &first}, &exec, NULL),
                         TSL_OK);
        if (t) {
            assert_int_equal(text.length, first.length);
            assert_memory_equal(text.data, first.data, text.length);
        }
        tsl__text_free(&text);
    }
    const char *at = strchr(first.data, '\n') + 1;
    for (unsigned long i = 0; i < ROWS; i++) {
        char line[32];
        snprintf(line, sizeof line, "%lu,%d\n", i + 1, label[i] + 1);
        assert_memory_equal(at, line, strlen(line));
        at += strlen(line);
    }
    assert_int_equal(*at, '\0');
    tsl__text_free(&first);
    free(label);
}

/* What is known of a run may be less than this library knows of, or nothing. */
static void results_that_grow(void **state)
{
    (void)state;
    tsl_results results;
    tsl_error err;
    char *json = NULL, *other = NULL;
    TSL_DEFAULTS(results, &results);
    assert_int_equal(results.size, sizeof results);
    assert_int_equal(tsl_summary_build(&results, &json, &err), TSL_OK);
    assert_int_equal(tsl_summary_build(NULL, &other, &err), TSL_OK);
    assert_string_equal(json, other);
    assert_non_null(strstr(json, "\"language\": \"en\""));
    tsl_text_free(other);
    memset((char *)&results + offsetof(tsl_results, lang), 0xFF, sizeof results - offsetof(tsl_results, lang));
    results.size = offsetof(tsl_results, lang); /* of a program that knew no more */
    assert_int_equal(tsl_summary_build(&results, &other, &err), TSL_OK);
    assert_string_equal(json, other);
    tsl_text_free(other);
    tsl_text_free(json);
    other = (char *)(uintptr_t)1;
    results.size = sizeof results + 8;
    stale(&err);
    assert_int_equal(tsl_summary_build(&results, &other, &err), TSL_E_OPTION);
    assert_null(other);
    assert_non_null(strstr(err.message, "tsl_results_defaults"));
    TSL_DEFAULTS(results, &results);
    results.lang = "fr";
    assert_int_equal(tsl_summary_build(&results, &other, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "\"fr\""));
    assert_int_equal(tsl_manifest_write(&results, &(tsl_target){.path = "/nowhere/at/all"}, &err), TSL_E_OPTION);
    results.size = 0;
    assert_int_equal(tsl_manifest_write(&results, &(tsl_target){.path = "/nowhere/at/all"}, &err), TSL_E_OPTION);
}

static int make_run(void **state)
{
    (void)state;
    static double x[SAMPLE_CUSTOMERS * SAMPLE_FEATURES];
    sample_make(&run, SAMPLE_APPLIED, "en");
    run.features.x = x;
    run.r[3] = 255; /* no score that there is */
    run.customer_tier[4] = 99;
    run.customer_stage[5] = 99;
    return tsl_summary_build(&run.run, &summary, NULL) != TSL_OK;
}

static int free_run(void **state)
{
    (void)state;
    tsl_text_free(summary);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_and_functions),
        cmocka_unit_test(to_standard_output),
        cmocka_unit_test(failures),
        cmocka_unit_test(progress_and_stop),
        cmocka_unit_test(any_number_of_threads),
        cmocka_unit_test(results_that_grow),
    };
    return cmocka_run_group_tests(tests, make_run, free_run);
}
