/* test_natural.c: natural groups where there are some, none where there are not. */
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static tsl_natural *fit(const tsl_matrix *x, const double *weight, const tsl_natural_options *opt)
{
    tsl_natural *natural;
    tsl_error err;
    if (tsl_natural_fit(x, weight, opt, NULL, &natural, &err)) {
        fail_msg("%s", err.message);
    }
    return natural;
}

static tsl_natural_options options(int k_max)
{
    tsl_natural_options opt;
    TSL_DEFAULTS(natural, &opt);
    opt.k_max = k_max;
    return opt;
}

/* Groups that lie on a grid of three columns, so far apart; row r is of group r % groups. */
static tsl_matrix draw_grid(size_t rows, size_t groups, double apart, uint32_t key)
{
    tsl__rng rng = tsl__rng_open(12, 6, key);
    double *x = set_alloc(rows * 3);
    for (size_t i = 0; i < rows * 3; i++) {
        const size_t group = i / 3 % groups, at[] = {group % 2, group / 2 % 2, group / 4};
        x[i] = apart * (double)at[i % 3] + draw_normal(&rng);
    }
    return (tsl_matrix){x, rows, 3, 3, TSL_F64};
}

static void test_groups(void **state)
{
    (void)state;
    for (size_t groups = 2; groups <= 8; groups += 2) {
        const tsl_natural_options opt = options(12);
        tsl_matrix x = draw_grid(200 * groups, groups, 8, (uint32_t)groups);
        tsl_natural *n = fit(&x, NULL, &opt);
        assert_int_equal(n->k, groups);
        assert_true(!n->at_limit && n->only_two == (groups == 2));
        assert_true(n->rows == x.rows && n->cols == 3 && n->k_max == 12 && n->count == 11);
        for (size_t s = 0; s < n->count; s++) {
            const tsl_natural_test *test = &n->test[s];
            assert_true(test->k == (int)s + 2 && test->pairs == test->k - 1);
            assert_true(test->pairs_hit >= 0 && test->pairs_hit <= test->pairs);
            assert_int_equal(test->passes, test->pairs_hit == test->pairs);
            assert_true(!test->passes || (test->dip >= 1 && test->valley <= 0.7 && test->rows >= 8));
            assert_true(test->k <= n->k || !test->passes);
        }
        tsl_natural_free(n);
        set_free(&x);
    }
}

/* The greatest k's, and the one before it, are "at least". */
static void test_limit(void **state)
{
    (void)state;
    tsl_matrix x = draw_grid(1200, 6, 8, 1);
    for (int k_max = 6; k_max <= 8; k_max++) {
        const tsl_natural_options opt = options(k_max);
        tsl_natural *n = fit(&x, NULL, &opt);
        assert_true(n->k == 6 && n->at_limit == (k_max < 8));
        tsl_natural_free(n);
    }
    set_free(&x);
}

/* Fewer than 5 in 100 of clouds: of these none. */
static void test_clouds(void **state)
{
    (void)state;
    for (uint32_t key = 0; key < 12; key++) {
        const tsl_natural_options opt = options(8);
        tsl_matrix x = set_draw(300 + 100 * key, 2 + key, 1, 0, key);
        double *values = (double *)x.data;
        for (size_t i = 0; i < x.rows * x.cols; i++) {
            values[i] = key % 4 == 1 ? exp(values[i]) : key % 4 == 2 ? round(2 * values[i]) : values[i];
            values[i] = key % 4 == 3 && i % 2 ? values[i] > 0.3 : values[i];
        }
        tsl_natural *n = fit(&x, NULL, &opt);
        assert_true(n->k == 1 && !n->at_limit && !n->only_two);
        tsl_natural_free(n);
        set_free(&x);
    }
}

/* Rows that have no density: no test is made, and none is claimed. */
static void test_points(void **state)
{
    (void)state;
    enum { N = 600 };
    tsl__rng rng = tsl__rng_open(12, 7, 0);
    double *values = set_alloc(N * 4), *zeros = set_alloc(N * 2);
    for (size_t r = 0; r < N; r++) {
        const size_t a = tsl__rng_below(&rng, 3), b = tsl__rng_below(&rng, 3);
        values[4 * r] = a == 0;
        values[4 * r + 1] = a == 1;
        values[4 * r + 2] = b == 0;
        values[4 * r + 3] = b == 1;
        for (size_t j = 0; j < 2; j++) {
            zeros[2 * r + j] = tsl__rng_uniform(&rng) < 0.4 ? 0 : 5 + 0.5 * draw_normal(&rng);
        }
    }
    const tsl_matrix yes_no = {values, N, 4, 4, TSL_F64}, pinned = {zeros, N, 2, 2, TSL_F64};
    tsl_natural *n = fit(&yes_no, NULL, NULL);
    assert_true(n->k == 1 && n->k_max == 1 && n->count == 0 && n->k_with_far == 1 && n->far_rows == 0);
    assert_true(n->cols == 4 && n->counted == 0 && n->two_valued == 4 && n->pinned == 0 && n->distinct == 9);
    tsl_natural_free(n);
    for (size_t r = 0; r < N; r++) { /* mixed into one another there are but nine kinds, and no two values a column */
        const double sum = values[4 * r] + 3 * values[4 * r + 1] + 7 * values[4 * r + 2] + 11 * values[4 * r + 3];
        for (size_t j = 0; j < 4; j++) {
            values[4 * r + j] -= sum / 20 * (double)(j + 1);
        }
    }
    n = fit(&yes_no, NULL, NULL);
    assert_true(n->k == 1 && n->count == 0 && n->counted == 0 && n->distinct == 9);
    tsl_natural_free(n);
    n = fit(&pinned, NULL, NULL);
    assert_true(n->k == 1 && n->count == 0 && n->counted == 0 && n->pinned == 2 && n->distinct == 0);
    tsl_natural_free(n);
    free(values);
    free(zeros);
}

/* A dozen codes in each of two columns are no groups; two groups that were rounded are, to half of their sd, too. */
static void test_codes(void **state)
{
    (void)state;
    enum { N = 600, CODES = 12, SETS = 6 };
    const tsl_natural_options opt = options(8);
    for (uint32_t key = 0; key < SETS; key++) {
        tsl__rng rng = tsl__rng_open(12, 8, key);
        double code[2 * CODES];
        tsl_matrix codes = {set_alloc(2 * N), N, 2, 2, TSL_F64}, rounded = {set_alloc(2 * N), N, 2, 2, TSL_F64};
        for (size_t i = 0; i < 2 * CODES; i++) {
            code[i] = (double)tsl__rng_below(&rng, 1000);
        }
        for (size_t i = 0; i < 2 * N; i++) {
            const double unit = key % 2 ? 2 : 4, at = i / 2 % 2 && i % 2 ? 6 : 0;
            ((double *)codes.data)[i] = code[i % 2 * CODES + tsl__rng_below(&rng, CODES)];
            ((double *)rounded.data)[i] = round(unit * (at + draw_normal(&rng)));
        }
        tsl_natural *c = fit(&codes, NULL, &opt), *r = fit(&rounded, NULL, &opt);
        assert_int_equal(c->k, 1);
        assert_int_equal(r->k, 2);
        assert_int_equal(r->pinned, 0);
        tsl_natural_free(c);
        tsl_natural_free(r);
        set_free(&codes);
        set_free(&rounded);
    }
}

/* Groups stay groups however tight they are, beyond what rounding leaves. */
static void test_tight(void **state)
{
    (void)state;
    const tsl_natural_options opt = options(6);
    for (int digits = 1; digits < 6; digits++) {
        tsl_matrix x = draw_grid(900, 3, pow(10, digits), 5), line = {set_alloc(900), 900, 1, 1, TSL_F64};
        for (size_t r = 0; r < 900; r++) {
            ((double *)line.data)[r] = set_values(&x)[3 * r] + set_values(&x)[3 * r + 1] * 2.3;
        }
        tsl_natural *n = fit(&x, NULL, &opt), *l = fit(&line, NULL, &opt);
        assert_true(n->k == 3 && l->k == 3 && !n->test[1].flat && !l->test[1].flat);
        tsl_natural_free(n);
        tsl_natural_free(l);
        set_free(&x);
        set_free(&line);
    }
}

/* A yes/no column that was mixed into numbers parts the rows into sheets; groups that have a width stay groups. */
static void test_sheets(void **state)
{
    (void)state;
    const tsl_natural_options opt = options(6);
    for (int round = 0; round < 3; round++) { /* doubles, floats, and a width */
        const int wide = round == 2;
        tsl_matrix x = draw_grid(900, 1, 0, 5);
        double *values = (double *)x.data;
        for (size_t r = 0; r < 900; r++) {
            const double mark = 12 * (double)(r % 2) + (wide ? set_values(&x)[3 * r + 2] : 0);
            const double a = values[3 * r], b = values[3 * r + 1];
            values[3 * r] = a + mark;
            values[3 * r + 1] = b - mark;
            values[3 * r + 2] = a - b + mark;
        }
        for (size_t i = 0; i < 2700 && round == 1; i++) {
            values[i] = (double)(float)values[i];
        }
        tsl_natural *n = fit(&x, NULL, &opt);
        assert_true(n->counted == 3 && n->k == (wide ? 2 : 1));
        assert_true(n->test[0].passes && n->test[0].pairs_hit == 1 && n->test[0].flat == !wide);
        tsl_natural_free(n);
        set_free(&x);
    }
}

/* Iris has the two groups that all see; wine and WDBC are called one cloud, as by
 * the reference (docs/methods/natural-groups.md). */
static void test_published(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int k;
    } known[] = {{"iris", 2}, {"wine", 1}, {"wdbc", 1}};
    for (size_t s = 0; s < 3; s++) {
        tsl_matrix x = set_read(known[s].name);
        tsl_natural *n = fit(&x, NULL, NULL);
        if (n->k != known[s].k) {
            fail_msg("%s: %d", known[s].name, n->k);
        }
        tsl_natural_free(n);
        set_free(&x);
    }
}

/* ---- Few rows ------------------------------------------------------------------ */

static void test_few(void **state)
{
    (void)state;
    tsl_matrix x = draw_grid(40, 2, 8, 1), alike = {set_alloc(300), 100, 3, 3, TSL_F64};
    for (size_t rows = 1; rows <= 40; rows++) {
        const tsl_matrix few = {x.data, rows, 3, 3, TSL_F64};
        tsl_natural *n = fit(&few, NULL, NULL);
        assert_int_equal(n->k_max, rows < 10 ? 1 : rows / 5);
        assert_int_equal(n->count, n->k_max - 1);
        assert_int_equal(n->distinct, rows < 10 ? 0 : rows);
        assert_true(n->k == 1 || (n->k == 2 && rows > 12));
        assert_true(n->counted == (rows < 3 ? 0 : 3) && n->k_with_far == n->k);
        tsl_natural_free(n);
    }
    tsl_natural *n = fit(&alike, NULL, NULL);
    assert_true(n->k == 1 && n->cols == 0 && n->count == 0 && n->rows == 100);
    tsl_natural_free(n);
    double *values = (double *)alike.data;
    values[5] = 1; /* two distinct rows, one of them alone */
    n = fit(&alike, NULL, NULL);
    assert_true(n->k == 1 && n->cols == 1 && n->count == 0 && n->counted == 0 && n->distinct == 2);
    tsl_natural_free(n);
    set_free(&x);
    set_free(&alike);
}

/* Columns that say nothing change nothing; nor does the size of the numbers. */
static void test_columns(void **state)
{
    (void)state;
    const tsl_natural_options opt = options(6);
    tsl_matrix x = draw_grid(600, 4, 8, 1);
    double *more = set_alloc(600 * 4), *large = set_alloc(600 * 3);
    for (size_t i = 0; i < 600 * 3; i++) {
        more[i / 3 * 4 + i % 3] = set_values(&x)[i];
        more[i / 3 * 4 + 3] = 7;
        large[i] = ldexp(set_values(&x)[i], 1000);
    }
    const tsl_matrix wide = {more, 600, 4, 4, TSL_F64}, huge = {large, 600, 3, 3, TSL_F64};
    tsl_natural *n = fit(&x, NULL, &opt), *w = fit(&wide, NULL, &opt), *h = fit(&huge, NULL, &opt);
    assert_int_equal(n->k, 4);
    assert_true(w->cols == 3 && h->k == 4);
    assert_memory_equal(w->test, n->test, n->count * sizeof *n->test);
    assert_memory_equal(h->test, n->test, n->count * sizeof *n->test);
    tsl_natural_free(n);
    tsl_natural_free(w);
    tsl_natural_free(h);
    free(more);
    free(large);
    set_free(&x);
}

/* ---- Weights, folds, threads ------------------------------------------------------ */

static void test_weights(void **state)
{
    (void)state;
    const tsl_natural_options opt = options(6);
    tsl_matrix x = draw_grid(1200, 4, 8, 1);
    double weight[1200];
    for (size_t r = 0; r < 1200; r++) {
        weight[r] = r % 4 < 2; /* two of the groups */
    }
    tsl_natural *n = fit(&x, weight, &opt);
    assert_true(n->k == 2 && n->rows == 600);
    tsl_natural_free(n);
    for (size_t r = 0; r < 1200; r++) {
        weight[r] = 1e6; /* no more evidence than 1,200 rows */
    }
    n = fit(&x, weight, &opt);
    assert_true(n->k == 4 && n->rows == 1200);
    tsl_natural_free(n);
    set_free(&x);
    x = set_draw(60, 3, 1, 0, 2);
    n = fit(&x, weight, &opt);
    assert_true(n->k == 1 && n->rows == 60);
    tsl_natural_free(n);
    set_free(&x);
}

static void test_sampled(void **state)
{
    (void)state;
    tsl_natural_options opt = options(6);
    tsl_matrix x = draw_grid(3000, 4, 8, 1);
    opt.rows = 800;
    tsl_natural *n = fit(&x, NULL, &opt);
    assert_true(n->k == 4 && n->rows == 800);
    tsl_natural_free(n);
    opt.folds = 1;
    n = fit(&x, NULL, &opt);
    assert_true(n->k == 4);
    tsl_natural_free(n);
    opt.rows = 0;
    n = fit(&x, NULL, &opt);
    assert_true(n->k == 1 && n->rows == 0 && n->count == 0);
    tsl_natural_free(n);
    set_free(&x);
}

static void test_same_bits(void **state)
{
    (void)state;
    tsl_natural_options opt = options(7);
    opt.rows = 5000;
    tsl_matrix x = draw_grid(9000, 6, 5, 3);
    tsl_natural *first = NULL;
    tsl_error err;
    for (int v = 0; v < SET_KERNELS; v++) {
        setenv("TESELA_KERNEL", set_kernels[v], 1);
        for (int threads = 1; threads <= 5; threads += 2) {
            const tsl_exec exec = {.size = sizeof exec, .threads = threads};
            tsl_natural *n;
            assert_int_equal(tsl_natural_fit(&x, NULL, &opt, &exec, &n, &err), TSL_OK);
            if (first) {
                assert_int_equal(n->k, first->k);
                assert_memory_equal(n->test, first->test, n->count * sizeof *n->test);
                tsl_natural_free(n);
            } else {
                first = n;
            }
        }
    }
    unsetenv("TESELA_KERNEL");
    tsl_natural_free(first);
    float *floats = calloc(27000, sizeof *floats);
    for (size_t i = 0; i < 27000; i++) {
        floats[i] = (float)set_values(&x)[i];
        ((double *)x.data)[i] = (double)floats[i];
    }
    const tsl_matrix narrow = {floats, 9000, 3, 3, TSL_F32};
    tsl_natural *a = fit(&x, NULL, &opt), *b = fit(&narrow, NULL, &opt);
    assert_memory_equal(a->test, b->test, a->count * sizeof *a->test);
    tsl_natural_free(a);
    tsl_natural_free(b);
    free(floats);
    set_free(&x);
}

/* ---- Refusals ------------------------------------------------------------------- */

static int stop_now(void *user, const tsl_progress_event *event)
{
    *(int *)user += strcmp(event->stage, "natural") == 0;
    return 1;
}

static void test_refusals(void **state)
{
    (void)state;
    const double x[] = {0, 1, 2, NAN};
    const tsl_matrix good = {x, 3, 1, 1, TSL_F64}, bad = {x, 4, 1, 1, TSL_F64}, none = {x, 0, 1, 1, TSL_F64};
    const double negative[] = {1, 1, -1};
    tsl_natural_options opt = options(1);
    tsl_natural *n;
    tsl_error err;
    size_t count;
    int calls = 0;
    assert_int_equal(tsl_natural_check(NULL, &err), TSL_OK);
    assert_int_equal(tsl_natural_check(&opt, &err), TSL_E_OPTION);
    assert_int_equal(tsl_natural_fit(&good, NULL, &opt, NULL, &n, &err), TSL_E_OPTION);
    assert_null(n);
    opt = options(5);
    opt.folds = 0;
    assert_int_equal(tsl_natural_check(&opt, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "folds"));
    opt.size = 3;
    assert_int_equal(tsl_natural_check(&opt, &err), TSL_E_OPTION);
    assert_true(tsl_natural_get_ranges(&count) != NULL && count == 2);
    assert_int_equal(tsl_natural_fit(&bad, NULL, NULL, NULL, &n, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "row 4, column 1"));
    assert_int_equal(tsl_natural_fit(&none, NULL, NULL, NULL, &n, &err), TSL_E_INPUT);
    assert_int_equal(tsl_natural_fit(&good, negative, NULL, NULL, &n, &err), TSL_E_INPUT);
    tsl_matrix more = draw_grid(2000, 4, 8, 1);
    const tsl_exec exec = {.size = sizeof exec, .report = stop_now, .user = &calls};
    assert_int_equal(tsl_natural_fit(&more, NULL, NULL, &exec, &n, &err), TSL_E_CANCELLED);
    assert_true(n == NULL && calls == 1);
    set_free(&more);
    tsl_natural_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),    cmocka_unit_test(test_limit),    cmocka_unit_test(test_clouds),
        cmocka_unit_test(test_published), cmocka_unit_test(test_points),   cmocka_unit_test(test_codes),
        cmocka_unit_test(test_tight),     cmocka_unit_test(test_sheets),   cmocka_unit_test(test_few),
        cmocka_unit_test(test_columns),   cmocka_unit_test(test_weights),  cmocka_unit_test(test_sampled),
        cmocka_unit_test(test_same_bits), cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
