/* test_assign_stream.c: plain numbers assigned as they are read: the bytes, and the
 * drift, of reading them whole, for any number of rows and threads. */
#include "run/shop.h"

#include <pthread.h>

enum { COLS = 3 };

static const char *const column[COLS] = {"a", "b", "c"};

/* Three crowds; columns in the order given, ids where they are wanted. */
static void put_numbers(const char *path, size_t rows, int ids, const int order[COLS], double shift)
{
    tsl__text csv = {0};
    tsl__rng rng = tsl__rng_open(3, 1, 1);
    tsl__text_puts(&csv, ids ? "name" : "");
    for (int c = 0; c < COLS; c++) {
        tsl__text_printf(&csv, "%s%s", c || ids ? "," : "", column[order[c]]);
    }
    tsl__text_puts(&csv, "\n");
    for (size_t i = 0; i < rows; i++) {
        double value[COLS];
        for (int c = 0; c < COLS; c++) {
            value[c] = (double)(i % 3) * 10 * (c + 1) + floor(tsl__rng_uniform(&rng) * 4096) / 1024 + shift;
        }
        if (ids) {
            tsl__text_printf(&csv, "row \"\"%zu", i);
        }
        for (int c = 0; c < COLS; c++) {
            tsl__text_puts(&csv, c || ids ? "," : "");
            tsl__text_double(&csv, value[order[c]]);
        }
        tsl__text_puts(&csv, "\n");
    }
    scratch_write(path, csv.data, csv.length);
    tsl__text_free(&csv);
}

static const int in_order[COLS] = {0, 1, 2}, turned[COLS] = {2, 0, 1};

static tsl_run *fit_numbers(void)
{
    const char *path = scratch_path("then.csv");
    put_numbers(path, 300, 0, in_order, 0);
    const tsl_source data = {.path = path};
    tsl_run *run = run_open(NULL, NULL, NULL);
    assert_int_equal(tsl_run_read_data(run, &data, NULL, NULL), TSL_OK);
    run_build(run, TSL_RUN_LABELS, TSL_NO_DAY);
    return run;
}

/* What a target takes in. */
static tsl_status take(void *user, const void *bytes, size_t count, tsl_error *err)
{
    (void)err;
    tsl__text_append(user, bytes, count);
    return TSL_OK;
}

static void check_same(const tsl_segmentation *parts, const tsl_source *data, const tsl_data_options *opt, int threads)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl__text whole = {0}, streamed = {0};
    const tsl_target first = {.write = take, .user = &whole}, second = {.write = take, .user = &streamed};
    tsl_error err;
    tsl_run *a = run_open(NULL, parts, &exec), *b = run_open(NULL, parts, &exec);
    if (tsl_run_read_data(a, data, opt, &err) != TSL_OK || tsl_run_read_assign(b, data, opt, &second, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    run_build(a, TSL_RUN_LABELS, TSL_NO_DAY);
    assert_int_equal(tsl_labels_write(tsl_run_get_labels(a), &first, NULL, NULL), TSL_OK);
    assert_int_equal(whole.length, streamed.length);
    assert_memory_equal(whole.data, streamed.data, whole.length);
    tsl_results p, q;
    tsl_run_get_results(a, &p, sizeof p);
    tsl_run_get_results(b, &q, sizeof q);
    assert_int_equal(p.drift->customers, q.drift->customers);
    assert_memory_equal(p.drift->feature, q.drift->feature, p.drift->feature_count * sizeof *p.drift->feature);
    for (size_t s = 0; s < parts->policy->segment_count; s++) {
        const tsl_segment_drift *x = &p.segment_drift[s], *y = &q.segment_drift[s];
        assert_true(x->size_then == y->size_then && x->size_now == y->size_now && x->share_now == y->share_now);
        assert_true(x->distance_now == y->distance_now || (isnan(x->distance_now) && isnan(y->distance_now)) ||
                    fabs(x->distance_now - y->distance_now) < 1e-12 * x->distance_now);
    }
    const tsl_segmentation_drift *x = p.segmentation_drift, *y = q.segmentation_drift;
    assert_true(x->psi == y->psi && x->psi_limit == y->psi_limit && x->distance_then == y->distance_then);
    assert_true(fabs(x->distance_now - y->distance_now) < 1e-12 * x->distance_now);
    assert_true(fabs(x->distance_limit - y->distance_limit) < 1e-9 * x->distance_limit);
    tsl_run_free(a);
    tsl_run_free(b);
    tsl__text_free(&whole);
    tsl__text_free(&streamed);
}

/* Around the edges of a block of rows and of a chunk of blocks. */
static void test_rows(void **state)
{
    (void)state;
    static const size_t rows[] = {1, 2, 4095, 4096, 4097, 32 * 4096, 32 * 4096 + 1};
    tsl_run *fit = fit_numbers();
    tsl_segmentation parts;
    tsl_run_get_segmentation(fit, &parts);
    const char *path = scratch_path("now.csv");
    const tsl_source data = {.path = path};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put_numbers(path, rows[i], 0, in_order, .5);
        check_same(&parts, &data, NULL, 1 + (int)i % 3);
    }
    tsl_run_free(fit);
}

static void test_names_and_ids(void **state)
{
    (void)state;
    tsl_run *fit = fit_numbers();
    tsl_segmentation parts;
    tsl_run_get_segmentation(fit, &parts);
    const char *path = scratch_path("now.csv");
    const tsl_source data = {.path = path};
    put_numbers(path, 5000, 1, turned, 1);
    tsl_data_options opt;
    TSL_DEFAULTS(data, &opt);
    opt.id = "name";
    for (int threads = 1; threads <= 5; threads++) {
        check_same(&parts, &data, &opt, threads);
    }
    tsl_run_free(fit);
}

/* Who calls the target, and how often. */
typedef struct callers {
    pthread_t own;
    size_t calls, others;
} callers;

static tsl_status note_caller(void *user, const void *bytes, size_t count, tsl_error *err)
{
    callers *c = user;
    (void)bytes;
    (void)count;
    (void)err;
    c->calls++;
    c->others += !pthread_equal(c->own, pthread_self());
    return TSL_OK;
}

/* The target is called on the thread that called the library, however many work. */
static void test_on_the_calling_thread(void **state)
{
    (void)state;
    tsl_run *fit = fit_numbers();
    tsl_segmentation parts;
    tsl_run_get_segmentation(fit, &parts);
    const char *path = scratch_path("now.csv");
    const tsl_source data = {.path = path};
    put_numbers(path, 5 * 32 * 4096, 0, in_order, .5); /* chunks enough for another thread to come first */
    for (int threads = 2; threads <= 4; threads++) {
        const tsl_exec exec = {.size = sizeof exec, .threads = threads};
        callers c = {.own = pthread_self()};
        const tsl_target target = {.write = note_caller, .user = &c};
        tsl_error err;
        tsl_run *run = run_open(NULL, &parts, &exec);
        if (tsl_run_read_assign(run, &data, NULL, &target, &err) != TSL_OK) {
            fail_msg("%s", err.message);
        }
        assert_true(c.calls > 5);
        assert_int_equal(c.others, 0);
        tsl_run_free(run);
    }
    tsl_run_free(fit);
}

static tsl_status refuse(void *user, const void *bytes, size_t count, tsl_error *err)
{
    (void)user;
    (void)bytes;
    (void)count;
    if (err) {
        err->status = TSL_E_IO;
        strcpy(err->message, "full");
    }
    return TSL_E_IO;
}

static void test_refused(void **state)
{
    (void)state;
    tsl_run *fit = fit_numbers();
    tsl_segmentation parts;
    tsl_run_get_segmentation(fit, &parts);
    const char *path = scratch_path("now.csv");
    const tsl_source data = {.path = path};
    const tsl_target full = {.write = refuse};
    tsl_error err;
    put_numbers(path, 5000, 0, in_order, 0);
    tsl_run *run = run_open(NULL, NULL, NULL);
    assert_int_equal(tsl_run_read_assign(run, &data, NULL, NULL, &err), TSL_E_INPUT); /* to what? */
    assert_non_null(strstr(err.message, "recipe, clusters and policy are needed"));
    tsl_run_free(run);
    run = run_open(NULL, &parts, NULL);
    assert_int_equal(tsl_run_read_assign(run, &data, NULL, &full, &err), TSL_E_IO);
    assert_string_equal(err.message, "full");
    tsl_run_free(run);
    run = run_open(NULL, &parts, NULL); /* without labels, for the drift alone; and once */
    assert_int_equal(tsl_run_read_assign(run, &data, NULL, NULL, &err), TSL_OK);
    assert_int_equal(tsl_run_get_drift(run)->customers, 5000);
    assert_int_equal(tsl_run_read_assign(run, &data, NULL, NULL, &err), TSL_E_OPTION);
    assert_int_equal(tsl_run_read_data(run, &data, NULL, &err), TSL_E_OPTION);
    tsl_run_free(run);
    scratch_write(path, "a,b\n1,2\n", 8);
    run = run_open(NULL, &parts, NULL);
    assert_int_equal(tsl_run_read_assign(run, &data, NULL, NULL, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "the data lack the column \"c\" that the model was made of"));
    tsl_run_free(run);
    tsl_run_free(fit);
    shop_write(1);
    fit = run_shop(NULL, NULL, NULL, TSL_NO_DAY);
    tsl_run_get_segmentation(fit, &parts);
    run = run_open(NULL, &parts, NULL);
    assert_int_equal(tsl_run_read_assign(run, &data, NULL, NULL, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "the model was made of tables of customers"));
    tsl_run_free(run);
    tsl_run_free(fit);
}

static void test_stopped(void **state)
{
    (void)state;
    volatile int stop = 1;
    const tsl_exec exec = {.size = sizeof exec, .stop = &stop};
    tsl_run *fit = fit_numbers();
    tsl_segmentation parts;
    tsl_run_get_segmentation(fit, &parts);
    const char *path = scratch_path("now.csv");
    const tsl_source data = {.path = path};
    tsl_error err;
    put_numbers(path, 10, 0, in_order, 0);
    tsl_run *run = run_open(NULL, &parts, &exec);
    assert_int_equal(tsl_run_read_assign(run, &data, NULL, &(tsl_target){.path = scratch_path("l.csv")}, &err),
                     TSL_E_CANCELLED);
    assert_false(scratch_has(scratch_path("l.csv")));
    tsl_run_free(run);
    tsl_run_free(fit);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_rows),    IN_SCRATCH(test_names_and_ids), IN_SCRATCH(test_on_the_calling_thread),
        IN_SCRATCH(test_refused), IN_SCRATCH(test_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
