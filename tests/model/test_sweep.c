/* test_sweep.c: the sweep against published values, its promises (the same
 * bits, nearest labels, sizes, choice) and its refusals. */
#include "model/kmeans/init.h"
#include "model/quality/quality.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static tsl_kmeans_options options(int k, int restarts)
{
    tsl_kmeans_options opt;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k = k;
    opt.restarts = restarts;
    opt.min_rows = 0;
    return opt;
}

static const tsl_exec by_two = {.size = sizeof by_two, .threads = 2};

static tsl_sweep *fit_by(const tsl_matrix *x, const tsl_kmeans_options *opt, const tsl_exec *exec)
{
    tsl_sweep *sweep;
    tsl_error err = {0};
    if (tsl_kmeans_fit(x, NULL, NULL, opt, exec, &sweep, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return sweep;
}

static tsl_sweep *fit(const tsl_matrix *x, const tsl_kmeans_options *opt)
{
    return fit_by(x, opt, &by_two);
}

static void check_refused(const tsl_matrix *x, const tsl_kmeans_options *opt, tsl_status status, const char *message)
{
    tsl_sweep *sweep = (tsl_sweep *)&sweep;
    tsl_error err = {0};
    assert_int_equal(tsl_kmeans_fit(x, NULL, NULL, opt, NULL, &sweep, &err), status);
    assert_null(sweep);
    assert_int_equal(err.status, status);
    if (!strstr(err.message, message)) {
        fail_msg("\"%s\" does not hold \"%s\"", err.message, message);
    }
}

/* The best k-means of each set, found by 200 starts of other programs, and its
 * indices, as printed (the last digit of a printed index may be rounded from a
 * rounded one: 513.92455 stands as 513.9246). */
static void test_published(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int z, k;
        double inertia, inertia_unit, silhouette, calinski_harabasz, davies_bouldin;
    } row[] = {
        {"iris", 0, 2, 152.347952, 1e-6, .681046, 513.9246, .404293},
        {"iris", 0, 3, 78.851441, 1e-6, .552819, 561.6278, .661972},
        {"wine", 0, 3, 2370689.6868, 1e-4, .571138, 561.8157, .534243},
        {"wine", 1, 3, 1277.928489, 1e-6, .284859, 70.9400, 1.389188},
        {"wdbc", 0, 2, 77943099.878, 1e-3, .697265, 1300.2082, .504404},
        {"wdbc", 1, 2, 11595.461474, 1e-6, .344974, 267.6964, 1.312320},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        tsl_matrix x = set_read(row[i].name);
        if (row[i].z) {
            set_standardise(&x);
        }
        for (uint64_t seed = 1; seed <= 5; seed++) {
            tsl_kmeans_options opt = options(row[i].k, 50);
            opt.seed = seed;
            tsl_sweep *sweep = fit(&x, &opt);
            const tsl_candidate *c = sweep->candidate;
            assert_true(fabs(c->inertia - row[i].inertia) <= 0.50001 * row[i].inertia_unit);
            assert_true(fabs(c->silhouette - row[i].silhouette) <= 0.50001e-6);
            assert_true(fabs(c->calinski_harabasz - row[i].calinski_harabasz) <= 0.6e-4);
            assert_true(fabs(c->davies_bouldin - row[i].davies_bouldin) <= 0.50001e-6);
            assert_true(c->converged);
            tsl_sweep_free(sweep);
        }
        set_free(&x);
    }
}

/* Of a sample of so many rows against each other, as the sweep draws it. */
static double get_silhouette(const tsl_matrix *x, int32_t *label, int k, size_t most)
{
    const tsl__weights weights = {.total = (double)x->rows, .positive = x->rows};
    const tsl__row_view view = tsl__row_view_of(x, 1);
    const size_t m = tsl__silhouette_count(&weights, most);
    size_t *row = calloc(m, sizeof *row);
    int32_t *sampled = calloc(m, sizeof *sampled);
    double silhouette;
    assert_int_equal(tsl__silhouette_rows(&weights, x->rows, most, 1, row), 0);
    for (size_t i = 0; i < m; i++) {
        sampled[i] = label[row[i]];
    }
    const tsl__labelling labelling = {k, sampled};
    tsl__cancel cancel;
    tsl__cancel_open(&cancel, NULL, "test", NULL);
    tsl__silhouettes(&(tsl__silhouette_input){&view, &weights, row, m}, &labelling, 1, 2, &cancel, &silhouette);
    free(row);
    free(sampled);
    return silhouette;
}

/* What must hold of any candidate. */
static void check_candidate(const tsl_matrix *x, const tsl_candidate *c)
{
    int32_t *label = calloc(x->rows, sizeof *label);
    tsl_quality_options few;
    TSL_DEFAULTS(quality, &few);
    few.silhouette_rows = 0;
    double *distance = set_alloc(x->rows), inertia = 0, *sum = set_alloc((size_t)c->k * x->cols);
    uint64_t *size = calloc((size_t)c->k, sizeof *size), least = x->rows;
    tsl_assignment out = {.rows = x->rows, .label = label, .distance = distance};
    assert_int_equal(tsl_kmeans_predict(x, c->center, c->k, &by_two, &out, NULL), TSL_OK);
    for (size_t r = 0; r < x->rows; r++) {
        inertia += distance[r] * distance[r];
        size[label[r]]++;
        for (size_t j = 0; j < x->cols; j++) {
            sum[(size_t)label[r] * x->cols + j] += set_values(x)[r * x->stride + j];
        }
    }
    assert_true(fabs(inertia - c->inertia) <= 1e-12 * inertia);
    for (int i = 0; i < c->k; i++) {
        assert_true(c->size[i] > 0 && c->size[i] == size[i]);
        least = size[i] < least ? size[i] : least;
        for (size_t j = 0; c->converged && j < x->cols; j++) {
            const double mean = sum[(size_t)i * x->cols + j] / (double)size[i];
            assert_true(fabs(mean - c->center[(size_t)i * x->cols + j]) <= 1e-9 * (1 + fabs(mean)));
        }
    }
    assert_true(c->smallest_share == (double)least / (double)x->rows);
    if (c->k > 1) {
        tsl_quality q;
        assert_int_equal(tsl_quality_get(x, NULL, label, c->k, &few, &by_two, &q, NULL, NULL), TSL_OK);
        assert_true(fabs(get_silhouette(x, label, c->k, 500) - c->silhouette) <= 1e-12);
        assert_true(!c->converged || fabs(q.davies_bouldin - c->davies_bouldin) <= 1e-7 * q.davies_bouldin + 1e-9);
        assert_true(!c->converged || isnan(c->calinski_harabasz) ||
                    fabs(q.calinski_harabasz - c->calinski_harabasz) <= 1e-7 * q.calinski_harabasz);
    }
    free(label);
    free(distance);
    free(sum);
    free(size);
}

/* On all rows and on sampled seeds alike. */
static void test_candidates(void **state)
{
    (void)state;
    static const size_t rows[] = {300, 5000, TSL__SAMPLE_ROWS + 3000};
    for (size_t i = 0; i < 3; i++) {
        tsl_matrix x = set_draw(rows[i], 5, 4, 1.5, (uint32_t)i);
        tsl_kmeans_options opt = options(0, 3);
        opt.k_min = 1;
        opt.k_max = 7;
        opt.silhouette_rows = 500;
        tsl_sweep *sweep = fit(&x, &opt);
        assert_int_equal(sweep->count, 7);
        assert_int_equal(sweep->info.silhouette_rows, rows[i] < 500 ? rows[i] : 500);
        assert_true(sweep->info.passes > 0 && sweep->info.iterations >= 7 && sweep->info.threads == 2);
        for (size_t s = 0; s < sweep->count; s++) {
            const tsl_candidate *c = &sweep->candidate[s];
            assert_int_equal(c->k, s + 1);
            assert_true(c->converged && c->restart >= 0 && c->restart < 3);
            assert_true(s == 0 || c->inertia < sweep->candidate[s - 1].inertia);
            check_candidate(&x, c);
        }
        tsl_sweep_free(sweep);
        set_free(&x);
    }
}

/* One cluster is the mean; as many as rows cost nothing. */
static void test_ends_of_the_range(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(40, 3, 2, 1, 1);
    tsl_kmeans_options opt = options(1, 5);
    tsl_sweep *sweep = fit(&x, &opt);
    double inertia = 0, mean[3] = {0};
    for (size_t i = 0; i < 120; i++) {
        mean[i % 3] += set_values(&x)[i] / 40;
    }
    for (size_t r = 0; r < 40; r++) {
        inertia += set_squared(set_values(&x) + 3 * r, mean, 3);
    }
    const tsl_candidate *c = sweep->candidate;
    assert_true(fabs(c->inertia - inertia) < 1e-12 * inertia && c->size[0] == 40 && c->smallest_share == 1);
    assert_true(isnan(c->silhouette) && isnan(c->calinski_harabasz) && isnan(c->davies_bouldin));
    for (int j = 0; j < 3; j++) {
        assert_true(fabs(c->center[j] - mean[j]) < 1e-14);
    }
    assert_string_equal(sweep->info.choice, "k = 1 was asked for");
    tsl_sweep_free(sweep);

    opt.k = 40;
    sweep = fit(&x, &opt);
    c = sweep->candidate;
    assert_true(c->inertia == 0 && c->silhouette == 0 && isnan(c->calinski_harabasz) && c->davies_bouldin == 0);
    check_candidate(&x, c);
    tsl_sweep_free(sweep);
    set_free(&x);
}

/* The order of rows and the unit change nothing that counts where groups are
 * plain. */
static void test_permuted_and_scaled(void **state)
{
    (void)state;
    enum { N = 2000, COLS = 3 };
    tsl_matrix x = set_draw(N, COLS, 5, 30, 2);
    double *values = set_alloc(N * COLS);
    const tsl_matrix y = {values, N, COLS, COLS, TSL_F64};
    tsl_kmeans_options opt = options(0, 10);
    tsl_sweep *a = fit(&x, &opt);
    assert_int_equal(a->candidate[a->best].k, 5);
    for (int kind = 0; kind < 3; kind++) {
        const double unit = kind == 1 ? 1e-120 : kind == 2 ? 1e100 : 1;
        for (size_t i = 0; i < N * COLS; i++) {
            const size_t row = kind == 0 ? (i / COLS * 1237 + 11) % N : i / COLS;
            values[i] = unit * set_values(&x)[row * COLS + i % COLS];
        }
        tsl_sweep *b = fit(&y, &opt);
        for (size_t s = 0; s < 4; s++) { /* up to the groups that are there */
            const tsl_candidate *p = &a->candidate[s], *q = &b->candidate[s];
            assert_true(fabs(p->inertia - q->inertia / unit / unit) <= 1e-9 * p->inertia);
            assert_true(fabs(p->silhouette - q->silhouette) <= 1e-9);
        }
        assert_int_equal(b->best, a->best);
        tsl_sweep_free(b);
    }
    tsl_sweep_free(a);
    free(values);
    set_free(&x);
}

static void check_same(const tsl_sweep *a, const tsl_sweep *b, size_t cols)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->best, b->best);
    assert_string_equal(a->info.choice, b->info.choice);
    assert_int_equal(a->info.passes, b->info.passes);
    assert_int_equal(a->info.iterations, b->info.iterations);
    for (size_t s = 0; s < a->count; s++) {
        const tsl_candidate *p = &a->candidate[s], *q = &b->candidate[s];
        assert_memory_equal(p->center, q->center, (size_t)p->k * cols * sizeof(double));
        assert_memory_equal(p->size, q->size, (size_t)p->k * sizeof *p->size);
        assert_memory_equal(&p->inertia, &q->inertia, sizeof(double));
        assert_memory_equal(&p->silhouette, &q->silhouette, sizeof(double));
        assert_memory_equal(&p->calinski_harabasz, &q->calinski_harabasz, sizeof(double));
        assert_memory_equal(&p->davies_bouldin, &q->davies_bouldin, sizeof(double));
        assert_true(p->iterations == q->iterations && p->restart == q->restart && p->converged == q->converged);
    }
}

static void test_same_bits(void **state)
{
    (void)state;
    static const int threads[] = {1, 2, 3, 7};
    static const size_t rows[] = {2500, TSL__SAMPLE_ROWS + 9001};
    for (size_t n = 0; n < 2; n++) {
        tsl_matrix x = set_draw(rows[n], 9, 5, 0.7, 3);
        tsl_kmeans_options opt = options(0, 2);
        opt.k_max = 5;
        opt.silhouette_rows = 700;
        tsl_sweep *first = fit(&x, &opt);
        for (int v = 0; v < SET_KERNELS; v++) {
            setenv("TESELA_KERNEL", set_kernels[v], 1);
            for (int t = 0; t < 4; t++) {
                const tsl_exec exec = {.size = sizeof exec, .threads = threads[t]};
                tsl_sweep *sweep = fit_by(&x, &opt, &exec);
                check_same(first, sweep, x.cols);
                assert_string_equal(sweep->info.kernel, tsl_kernel_get_name());
                tsl_sweep_free(sweep);
            }
        }
        unsetenv("TESELA_KERNEL");
        opt.seed = 2;
        tsl_sweep *other = fit(&x, &opt);
        int differs = 0;
        for (size_t s = 0; s < other->count; s++) {
            differs |= other->candidate[s].restart != first->candidate[s].restart;
            differs |= other->candidate[s].iterations != first->candidate[s].iterations;
        }
        assert_true(differs);
        tsl_sweep_free(other);
        tsl_sweep_free(first);
        set_free(&x);
    }
}

/* A k is the same alone and within a sweep, also where runs go in groups. */
static void test_alone_and_in_a_sweep(void **state)
{
    (void)state;
    static const size_t rows[] = {1000, TSL__SAMPLE_ROWS + 2000};
    for (size_t n = 0; n < 2; n++) {
        tsl_matrix x = set_draw(rows[n], 4, 3, 1, 4);
        tsl_kmeans_options one = options(4, 5), all = options(0, 5);
        one.silhouette_rows = all.silhouette_rows = 500;
        tsl_sweep *a = fit(&x, &one), *b = fit(&x, &all);
        assert_int_equal(b->candidate[2].k, 4);
        assert_true(a->candidate[0].inertia == b->candidate[2].inertia);
        assert_memory_equal(a->candidate[0].center, b->candidate[2].center, 16 * sizeof(double));
        tsl_sweep_free(a);
        tsl_sweep_free(b);
        set_free(&x);
    }
}

/* Two far groups and a lone outlier: three clusters separate best, but one of
 * them holds too few rows. */
static void test_choice(void **state)
{
    (void)state;
    enum { N = 401 };
    double x[N];
    tsl__rng rng = tsl__rng_open(1, 1, 1);
    for (int i = 0; i < N; i++) {
        x[i] = i == N - 1 ? 300 : 100 * (i % 2) + 0.1 * draw_normal(&rng);
    }
    const tsl_matrix m = {x, N, 1, 1, TSL_F64};
    tsl_kmeans_options opt = options(0, 10);
    opt.k_max = 4;
    opt.min_share = 0;
    tsl_sweep *sweep = fit(&m, &opt);
    assert_int_equal(sweep->candidate[sweep->best].k, 3);
    tsl_sweep_free(sweep);
    opt.min_share = 0.01;
    sweep = fit(&m, &opt);
    assert_int_equal(sweep->candidate[sweep->best].k, 2);
    assert_non_null(strstr(sweep->info.choice, "k = 2 has the greatest silhouette (0.9"));
    assert_non_null(strstr(sweep->info.choice, "among those whose smallest cluster holds at least 1 % of the rows"));
    tsl_sweep_free(sweep);
    opt.min_share = 0.9;
    sweep = fit(&m, &opt);
    assert_int_equal(sweep->candidate[sweep->best].k, 3);
    assert_true(sweep->info.notes.count >= 1);
    assert_string_equal(sweep->info.notes.text[0],
                        "every k has a cluster with less than 90 % of the rows; k was chosen among all");
    tsl_sweep_free(sweep);
    opt.min_share = 0;
    opt.silhouette_rows = 0;
    sweep = fit(&m, &opt);
    assert_non_null(strstr(sweep->info.choice, "Calinski-Harabasz"));
    assert_true(isnan(sweep->candidate[0].silhouette) && sweep->info.silhouette_rows == 0);
    for (size_t s = 0; s < sweep->count; s++) {
        assert_true(sweep->candidate[s].calinski_harabasz <= sweep->candidate[sweep->best].calinski_harabasz);
    }
    tsl_sweep_free(sweep);
}

/* A cluster that holds the share exactly does. */
static void test_share_is_met(void **state)
{
    (void)state;
    enum { N = 200 };
    double x[N];
    for (int i = 0; i < N; i++) {
        x[i] = i < N / 50 ? 300 : 100 * (i % 2); /* 2 %, and two of 49 % */
    }
    const tsl_matrix m = {x, N, 1, 1, TSL_F64};
    tsl_kmeans_options opt = options(0, 10);
    opt.k_max = 3;
    opt.min_share = 0.02;
    tsl_sweep *sweep = fit(&m, &opt);
    assert_int_equal(sweep->candidate[sweep->best].k, 3);
    assert_true(sweep->candidate[sweep->best].smallest_share == 0.02);
    tsl_sweep_free(sweep);
}

/* Ties go to the smaller k, and to the lower restart. */
static void test_ties(void **state)
{
    (void)state;
    double x[100];
    for (int i = 0; i < 100; i++) {
        x[i] = i;
    }
    const tsl_matrix m = {x, 100, 1, 1, TSL_F64};
    tsl_kmeans_options opt = options(0, 2);
    opt.k_max = 5;
    opt.silhouette_rows = 2; /* two rows in two clusters: 0, whatever k */
    int tied = 0;
    for (opt.seed = 1; opt.seed <= 20; opt.seed++) {
        tsl_sweep *sweep = fit(&m, &opt);
        int all = 1;
        for (size_t s = 0; s < sweep->count; s++) {
            all &= sweep->candidate[s].silhouette == 0;
        }
        assert_true(!all || sweep->best == 0);
        tied += all;
        tsl_sweep_free(sweep);
    }
    assert_true(tied > 0);
    const double four[] = {0, 1, 10, 11};
    const tsl_matrix pairs = {four, 4, 1, 1, TSL_F64};
    opt = options(2, 10);
    tsl_sweep *sweep = fit(&pairs, &opt);
    assert_int_equal(sweep->candidate[0].restart, 0);
    tsl_sweep_free(sweep);
}

/* An index of any size is told whole: 3.243e+26, not 3.2. */
static void test_choice_of_great_index(void **state)
{
    (void)state;
    static const double x[] = {0, 1.3, 1e13, 1e13 + 1.3};
    const tsl_matrix m = {x, 4, 1, 1, TSL_F64};
    char expected[96];
    tsl_kmeans_options opt = options(0, 5);
    opt.k_max = 3;
    opt.silhouette_rows = 0;
    opt.min_share = 0;
    tsl_sweep *sweep = fit(&m, &opt);
    const double index = sweep->candidate[sweep->best].calinski_harabasz;
    assert_int_equal(sweep->candidate[sweep->best].k, 2);
    assert_true(index > 1e26 && index < 2e26);
    snprintf(expected, sizeof expected, "k = 2 has the greatest Calinski-Harabasz index (%.4g) among", index);
    assert_non_null(strstr(sweep->info.choice, expected));
    tsl_sweep_free(sweep);
    opt.min_share = 1e-7;
    sweep = fit(&m, &opt);
    assert_non_null(strstr(sweep->info.choice, "holds at least 1e-05 % of the rows"));
    tsl_sweep_free(sweep);
}

/* Where no silhouette is defined, since the sample holds one cluster only, the
 * next index chooses; where none is, the smallest k. */
static void test_choice_without_indices(void **state)
{
    (void)state;
    enum { N = 4000 };
    double *x = set_alloc(N);
    for (int i = 0; i < N; i++) {
        x[i] = i == 1999 ? 1e6 : i == 2000 ? 2e6 : i % 2;
    }
    const tsl_matrix m = {x, N, 1, 1, TSL_F64};
    tsl_kmeans_options opt = options(0, 5);
    opt.k_max = 3;
    opt.silhouette_rows = 3;
    tsl_sweep *sweep = fit(&m, &opt);
    assert_true(isnan(sweep->candidate[0].silhouette) && isnan(sweep->candidate[1].silhouette));
    assert_int_equal(sweep->candidate[sweep->best].k, 3);
    assert_non_null(strstr(sweep->info.choice, "k = 3 has the greatest Calinski-Harabasz index ("));
    tsl_sweep_free(sweep);
    const double two[] = {0, 1, 1};
    const tsl_matrix few = {two, 3, 1, 1, TSL_F64};
    opt.k_min = 1;
    opt.k_max = 2;
    opt.silhouette_rows = 0;
    sweep = fit(&few, &opt);
    assert_string_equal(sweep->info.choice, "k = 1 is the smallest; no index tells them apart");
    tsl_sweep_free(sweep);
    free(x);
}

/* Duplicates: the range is lowered, an explicit k refused. */
static void test_distinct_rows(void **state)
{
    (void)state;
    double x[60];
    for (int i = 0; i < 60; i++) {
        x[i] = i % 3 * (i % 3);
    }
    const tsl_matrix m = {x, 60, 1, 1, TSL_F64};
    tsl_kmeans_options opt = options(0, 10);
    tsl_sweep *sweep = fit(&m, &opt);
    assert_int_equal(sweep->count, 2);
    assert_int_equal(sweep->info.k_max_lowered, 10);
    assert_string_equal(sweep->info.notes.text[0], "k goes up to 3, not 10: there are no more distinct rows than that");
    assert_true(sweep->candidate[1].k == 3 && sweep->candidate[1].inertia == 0 && sweep->candidate[1].silhouette == 1);
    check_candidate(&m, &sweep->candidate[0]);
    tsl_sweep_free(sweep);
    opt.k = 4;
    check_refused(&m, &opt, TSL_E_INPUT, "k = 4 is more than the 3 distinct rows");
    opt.k = 0;
    opt.k_min = 5;
    check_refused(&m, &opt, TSL_E_INPUT, "k = 5 is more than the 3 distinct rows");
    opt.scaled = 1; /* they may have been distinct before */
    check_refused(&m, &opt, TSL_E_INPUT, "k = 5 is more than the 3 distinct rows after scaling");
    opt.k_min = 2;
    sweep = fit(&m, &opt);
    assert_non_null(strstr(sweep->info.notes.text[0], "no more distinct rows than that after scaling"));
    tsl_sweep_free(sweep);
}

/* Few distinct rows among very many, so that samples miss some of them. */
static void test_rare_rows(void **state)
{
    (void)state;
    enum { N = TSL__SAMPLE_ROWS * 4, K = 6 };
    double *x = set_alloc(N);
    for (int i = 0; i < N; i++) {
        x[i] = i % (N / 2) == 77 ? 50 + i / (N / 2) : i % 4;
    }
    const tsl_matrix m = {x, N, 1, 1, TSL_F64};
    tsl_kmeans_options opt = options(K, 2);
    tsl_sweep *sweep = fit(&m, &opt);
    assert_true(sweep->candidate[0].inertia == 0);
    check_candidate(&m, &sweep->candidate[0]);
    tsl_sweep_free(sweep);
    free(x);
}

static void test_refusals(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(30, 2, 2, 1, 1);
    const tsl_matrix empty = {x.data, 0, 2, 2, TSL_F64};
    const double alike[] = {3, 3, 3, 3};
    const tsl_matrix same = {alike, 4, 1, 1, TSL_F64}, single = {alike, 1, 1, 1, TSL_F64};
    check_refused(&same, NULL, TSL_E_INPUT, "all 4 rows are alike");
    check_refused(&single, NULL, TSL_E_INPUT, "alike");
    check_refused(&empty, NULL, TSL_E_INPUT, "0 rows");
    check_refused(&(tsl_matrix){x.data, 30, 2, 1, TSL_F64}, NULL, TSL_E_OPTION,
                  "a stride of 1 is less than the 2 columns");
    ((double *)x.data)[7] = INFINITY;
    check_refused(&x, NULL, TSL_E_INPUT, "row 4, column 2: the value is infinite");
    ((double *)x.data)[7] = 0;
    static const struct {
        size_t at;
        int value;
        const char *message;
    } bad[] = {
        {offsetof(tsl_kmeans_options, k), -1, "k: -1"},
        {offsetof(tsl_kmeans_options, k), TSL_CLUSTERS_MAX + 1, "k: 30001 is outside 1 to 30000"},
        {offsetof(tsl_kmeans_options, k_max), TSL_CLUSTERS_MAX + 1, "k_max: 30001"},
        {offsetof(tsl_kmeans_options, k_min), 0, "k_min: 0 is outside 1 to 30000"},
        {offsetof(tsl_kmeans_options, k_max), 1, "k_min: 2 is above k_max, 1"},
        {offsetof(tsl_kmeans_options, restarts), 0, "restarts: 0"},
        {offsetof(tsl_kmeans_options, restarts), 1000001, "restarts: 1000001 is outside 1 to 1000000"},
        {offsetof(tsl_kmeans_options, max_iterations), 0, "max_iterations: 0"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        tsl_kmeans_options opt = options(0, 10);
        memcpy((char *)&opt + bad[i].at, &bad[i].value, sizeof(int));
        check_refused(&x, &opt, TSL_E_OPTION, bad[i].message);
        tsl_error err = {0};
        assert_int_equal(tsl_kmeans_check(&opt, &err), TSL_E_OPTION);
        assert_non_null(strstr(err.message, bad[i].message));
    }
    tsl_kmeans_options opt = options(0, 10);
    assert_int_equal(tsl_kmeans_check(&opt, NULL), TSL_OK);
    opt.size = 0;
    check_refused(&x, &opt, TSL_E_OPTION, "kmeans options: size is 0: start from tsl_kmeans_defaults");
    opt = options(0, 10);
    opt.tolerance = NAN;
    check_refused(&x, &opt, TSL_E_OPTION, "tolerance");
    opt = options(0, 10);
    opt.min_share = 1.5;
    check_refused(&x, &opt, TSL_E_OPTION, "min_share");
    set_free(&x);
}

static void test_iterations_stop(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(3000, 4, 3, 0.4, 5);
    tsl_kmeans_options opt = options(8, 1);
    opt.max_iterations = 2;
    opt.silhouette_rows = 500;
    tsl_sweep *sweep = fit(&x, &opt);
    assert_true(!sweep->candidate[0].converged && sweep->candidate[0].iterations == 2);
    check_candidate(&x, &sweep->candidate[0]);
    tsl_sweep_free(sweep);
    set_free(&x);
}

/* An option of a program that was compiled before the last ones were added: the
 * rest are the defaults. */
static void test_short_options(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(200, 2, 2, 9, 1);
    tsl_kmeans_options opt;
    memset(&opt, 0xFF, sizeof opt);
    tsl_kmeans_defaults(&opt, offsetof(tsl_kmeans_options, restarts));
    opt.k = 2;
    tsl_sweep *sweep = fit(&x, &opt);
    assert_int_equal(sweep->candidate[0].k, 2);
    assert_int_equal(sweep->info.silhouette_rows, 200);
    tsl_sweep_free(sweep);
    set_free(&x);
}

/* The labels that come with the fit are those of its centres. */
static void test_assignment(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(5000, 4, 3, 2, 8);
    tsl_kmeans_options opt = options(0, 3);
    opt.k_min = 1;
    opt.k_max = 4;
    opt.silhouette_rows = 300;
    for (opt.k = 0; opt.k < 3; opt.k++) {
        tsl_sweep *sweep = fit(&x, &opt);
        const tsl_candidate *best = &sweep->candidate[sweep->best];
        const tsl_assignment *a = sweep->assignment;
        int32_t *label = calloc(x.rows, sizeof *label), *runner = calloc(x.rows, sizeof *runner);
        double *distance = set_alloc(x.rows), *next = set_alloc(x.rows);
        tsl_assignment out = {x.rows, label, distance, runner, next};
        assert_int_equal(tsl_kmeans_predict(&x, best->center, best->k, NULL, &out, NULL), TSL_OK);
        assert_int_equal(a->rows, x.rows);
        assert_memory_equal(tsl_sweep_get_labels(sweep), label, x.rows * sizeof *label);
        assert_ptr_equal(tsl_sweep_get_candidate(sweep, sweep->best), best);
        assert_null(tsl_sweep_get_candidate(sweep, sweep->count));
        assert_memory_equal(a->runner_up, runner, x.rows * sizeof *runner);
        assert_memory_equal(a->distance, distance, x.rows * sizeof *distance);
        for (size_t r = 0; r < x.rows; r++) {
            assert_true(best->k == 1 ? isnan(a->runner_up_distance[r]) : a->runner_up_distance[r] == next[r]);
        }
        free(label);
        free(runner);
        free(distance);
        free(next);
        tsl_sweep_free(sweep);
    }
    set_free(&x);
}

/* ---- Progress ------------------------------------------------------------ */

typedef struct watcher {
    int calls, stop_after, last_done;
    double last_fraction;
    int in_order;
} watcher;

static int cancel(void *user, const tsl_progress_event *event)
{
    watcher *w = user;
    w->calls++;
    w->in_order &= strcmp(event->stage, "cluster") == 0 && event->runs_total == 30 &&
                   event->runs_done >= w->last_done && event->runs_done <= 30 && event->fraction >= w->last_fraction &&
                   event->fraction <= 1 && (event->runs_done == 0 || event->best_inertia > 0);
    w->last_done = event->runs_done;
    w->last_fraction = event->fraction;
    return w->stop_after && w->calls >= w->stop_after;
}

static void test_progress(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(60000, 8, 4, 0.3, 6);
    watcher w = {.in_order = 1};
    const tsl_exec exec = {.size = sizeof exec, .threads = 2, .report = cancel, .user = &w};
    tsl_kmeans_options opt = options(0, 10);
    opt.k_min = 6;
    opt.k_max = 8;
    tsl_sweep *sweep = fit_by(&x, &opt, &exec);
    assert_true(w.in_order && w.calls > 2);
    tsl_sweep_free(sweep);
    /* Cancelled at any call: no result, no leak. */
    const int calls = w.calls;
    for (int stop = 1; stop <= calls; stop += 1 + calls / 5) {
        w = (watcher){.in_order = 1, .stop_after = stop};
        tsl_error err;
        const tsl_status status = tsl_kmeans_fit(&x, NULL, NULL, &opt, &exec, &sweep, &err);
        assert_true(status == TSL_E_CANCELLED || (status == TSL_OK && w.calls < stop));
        assert_true(status == TSL_OK || w.calls == stop);
        tsl_sweep_free(sweep);
    }
    set_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_candidates),
        cmocka_unit_test(test_ends_of_the_range),
        cmocka_unit_test(test_permuted_and_scaled),
        cmocka_unit_test(test_same_bits),
        cmocka_unit_test(test_alone_and_in_a_sweep),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_share_is_met),
        cmocka_unit_test(test_ties),
        cmocka_unit_test(test_choice_without_indices),
        cmocka_unit_test(test_choice_of_great_index),
        cmocka_unit_test(test_distinct_rows),
        cmocka_unit_test(test_rare_rows),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_iterations_stop),
        cmocka_unit_test(test_short_options),
        cmocka_unit_test(test_assignment),
        cmocka_unit_test(test_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
