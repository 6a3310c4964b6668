/* test_run_folder.c: all outputs of a run in one folder, whole or not at all. */
#include "run/shop.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void check_outputs(const char *folder, int there)
{
    size_t count;
    const char *const *name = tsl_run_get_outputs(&count);
    assert_int_equal(count, 8);
    for (size_t i = 0; i < count; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, name[i]);
        assert_int_equal(access(path, F_OK) == 0, there);
    }
}

static char *read_all(const char *folder, const char *name, size_t *count)
{
    char path[512];
    struct stat at;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(stat(path, &at), 0);
    FILE *file = fopen(path, "rb");
    char *bytes = malloc((size_t)at.st_size + 1);
    assert_int_equal(fread(bytes, 1, (size_t)at.st_size, file), at.st_size);
    bytes[at.st_size] = '\0';
    fclose(file);
    *count = (size_t)at.st_size;
    return bytes;
}

/* A run with a rejected row, into a folder. */
static void write_run(const char *folder, const tsl_segmentation *given, int replace)
{
    tsl_error err;
    tsl_run *run = run_open(NULL, given, NULL);
    assert_int_equal(tsl_run_open_folder(run, folder, replace, &err), TSL_OK);
    assert_non_null(strstr(tsl_run_get_folder(run), ".partial-"));
    assert_true(given || access(folder, F_OK) != 0 || replace);
    run_read_shop(run);
    run_build(run, TSL_RUN_LABELS, TSL_NO_DAY);
    if (tsl_run_write_folder(run, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    check_outputs(tsl_run_get_folder(run), 1);
    assert_int_equal(tsl_run_close_folder(run, &err), TSL_OK);
    assert_null(tsl_run_get_folder(run));
    tsl_run_free(run);
}

static void put_bad_row(void)
{
    const char *path = scratch_path(shop_file[TSL_TRANSACTIONS]);
    FILE *file = fopen(path, "a");
    assert_true(fputs("c0001,x,no date,5,web\n", file) > 0);
    fclose(file);
}

static void test_whole(void **state)
{
    (void)state;
    const char *out = scratch_path("out"), *again = scratch_path("again");
    static const char *const same[] = {"features.h5", "model.h5", "segments.csv", "rejects.csv"};
    size_t n, m;
    shop_write(1);
    put_bad_row();
    write_run(out, NULL, 0);
    char *rejects = read_all(out, "rejects.csv", &n), *summary = read_all(out, "summary.json", &m);
    assert_non_null(strstr(rejects, "no date"));
    assert_non_null(strstr(summary, "\"rejected\": 1"));
    free(rejects);
    free(summary);
    /* by the model of the first: the same bytes */
    tsl_segmentation *given = NULL;
    char path[512];
    snprintf(path, sizeof path, "%s/model.h5", out);
    assert_int_equal(tsl_segmentation_read(&(tsl_source){.path = path}, &given, NULL), TSL_OK);
    write_run(again, given, 0);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char *a = read_all(out, same[i], &n), *b = read_all(again, same[i], &m);
        assert_int_equal(n, m);
        assert_memory_equal(a, b, n);
        free(a);
        free(b);
    }
    write_run(again, given, 1); /* replaced */
    check_outputs(again, 1);
    tsl_segmentation_free(given);
}

/* What is not published is taken away, at whatever stage the run ends. */
static void test_given_up(void **state)
{
    (void)state;
    const char *out = scratch_path("out");
    tsl_error err;
    shop_write(1);
    for (int stage = 0; stage < 4; stage++) {
        tsl_run *run = run_open(NULL, NULL, NULL);
        assert_int_equal(tsl_run_open_folder(run, out, 0, &err), TSL_OK);
        char *under = strdup(tsl_run_get_folder(run));
        if (stage > 0) {
            run_read_shop(run);
        }
        if (stage > 1) {
            run_build(run, TSL_RUN_LABELS, TSL_NO_DAY);
        }
        if (stage > 2) {
            assert_int_equal(tsl_run_write_folder(run, &err), TSL_OK);
        }
        tsl_run_free(run);
        assert_int_not_equal(access(under, F_OK), 0);
        assert_int_not_equal(access(out, F_OK), 0);
        free(under);
    }
}

static void test_refused(void **state)
{
    (void)state;
    const char *out = scratch_path("out");
    char *json = NULL;
    tsl_error err;
    shop_write(1);
    tsl_run *run = run_open(NULL, NULL, NULL);
    assert_int_equal(tsl_run_write_folder(run, &err), TSL_E_OPTION); /* none is open */
    assert_int_equal(tsl_run_close_folder(run, &err), TSL_E_OPTION);
    assert_int_equal(tsl_run_open_folder(run, scratch_path("no/where"), 0, &err), TSL_E_IO);
    assert_null(tsl_run_get_folder(run));
    assert_int_equal(tsl_run_open_folder(run, out, 0, &err), TSL_OK);
    assert_int_equal(tsl_run_open_folder(run, out, 0, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "open already"));
    assert_int_equal(tsl_run_write_folder(run, &err), TSL_E_OPTION); /* nothing is labelled */
    run_read_shop(run);
    run_build(run, TSL_RUN_MODEL, TSL_NO_DAY);
    assert_int_equal(tsl_run_write_folder(run, &err), TSL_E_OPTION);
    run_build(run, TSL_RUN_LABELS, TSL_NO_DAY);
    assert_int_equal(tsl_run_write_folder(run, &err), TSL_OK);
    assert_int_equal(tsl_run_write_folder(run, &err), TSL_E_OPTION); /* twice */
    assert_int_equal(tsl_run_build_summary(run, &json, &err), TSL_OK);
    assert_int_equal(tsl_run_close_folder(run, &err), TSL_OK);
    size_t n;
    char *written = read_all(out, "summary.json", &n);
    assert_string_equal(json, written); /* as it was written */
    free(written);
    tsl_text_free(json);
    tsl_run_free(run);
    run = run_open(NULL, NULL, NULL);
    assert_int_equal(tsl_run_open_folder(run, out, 0, &err), TSL_E_EXISTS);
    run_read_shop(run); /* its rejected rows would be lost */
    assert_int_equal(tsl_run_open_folder(run, scratch_path("late"), 0, &err), TSL_E_OPTION);
    assert_int_equal(tsl_run_build_summary(run, &json, &err), TSL_OK);
    assert_non_null(strstr(json, "\"rows\""));
    tsl_text_free(json);
    tsl_run_free(run);
}

/* Plain numbers have no such outputs. */
static void test_plain_numbers(void **state)
{
    (void)state;
    const char *path = scratch_path("numbers.csv");
    scratch_write(path, "x,y\n1,2\n3,4\n9,9\n8,9\n5,5\n", 24);
    const tsl_source data = {.path = path};
    tsl_error err;
    tsl_run *run = run_open(NULL, NULL, NULL);
    assert_int_equal(tsl_run_open_folder(run, scratch_path("out"), 0, &err), TSL_OK);
    assert_int_equal(tsl_run_read_data(run, &data, NULL, &err), TSL_OK);
    run_build(run, TSL_RUN_LABELS, TSL_NO_DAY);
    assert_int_equal(tsl_run_write_folder(run, &err), TSL_E_OPTION);
    tsl_run_free(run);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_whole),
        IN_SCRATCH(test_given_up),
        IN_SCRATCH(test_refused),
        IN_SCRATCH(test_plain_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
