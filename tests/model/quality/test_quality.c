/* test_quality.c: validity indices against published values, a plain O(n^2)
 * reference, and their limits. */
#include "model/quality/quality.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static tsl_quality_options options(size_t rows)
{
    tsl_quality_options opt;
    TSL_DEFAULTS(quality, &opt);
    opt.silhouette_rows = rows;
    return opt;
}

static tsl_quality get(const tsl_matrix *x, const int32_t *label, int k, size_t rows)
{
    tsl_quality q;
    tsl_error err;
    const tsl_quality_options opt = options(rows);
    assert_int_equal(tsl_quality_get(x, NULL, label, k, &opt, NULL, &q, NULL, &err), TSL_OK);
    return q;
}

/* The mean silhouette of the listed rows by its definition. */
static double plain_silhouette(const tsl_matrix *x, const int32_t *label, int k, const size_t *row, size_t m)
{
    double total = 0;
    for (size_t i = 0; i < m; i++) {
        double *sum = set_alloc((size_t)k), *size = set_alloc((size_t)k), within = 0, nearest = HUGE_VAL;
        const int own = label[row[i]];
        for (size_t j = 0; j < m; j++) {
            sum[label[row[j]]] +=
                sqrt(set_squared(set_values(x) + row[i] * x->stride, set_values(x) + row[j] * x->stride, x->cols));
            size[label[row[j]]]++;
        }
        for (int c = 0; c < k; c++) {
            if (c == own && size[c] > 1) {
                within = sum[c] / (size[c] - 1);
            } else if (c != own && size[c] > 0) {
                nearest = fmin(nearest, sum[c] / size[c]);
            }
        }
        total += size[own] > 1 && fmax(within, nearest) > 0 ? (nearest - within) / fmax(within, nearest) : 0;
        free(sum);
        free(size);
    }
    return total / (double)m;
}

static tsl_quality plain_quality(const tsl_matrix *x, const int32_t *label, int k)
{
    tsl_quality q = {0};
    const size_t n = x->rows, d = x->cols;
    double *mean = set_alloc(d), *center = set_alloc((size_t)k * d), *size = set_alloc((size_t)k);
    double *spread = set_alloc((size_t)k), between = 0;
    for (size_t r = 0; r < n; r++) {
        size[label[r]]++;
        for (size_t j = 0; j < d; j++) {
            mean[j] += set_values(x)[r * x->stride + j] / (double)n;
        }
    }
    for (size_t r = 0; r < n; r++) {
        for (size_t j = 0; j < d; j++) {
            center[(size_t)label[r] * d + j] += set_values(x)[r * x->stride + j] / size[label[r]];
        }
    }
    for (size_t r = 0; r < n; r++) {
        const double squared = set_squared(set_values(x) + r * x->stride, center + (size_t)label[r] * d, d);
        q.inertia += squared;
        spread[label[r]] += sqrt(squared) / size[label[r]];
    }
    for (size_t a = 0; a < (size_t)k; a++) {
        double worst = 0;
        between += size[a] * set_squared(center + a * d, mean, d);
        for (size_t b = 0; b < (size_t)k; b++) {
            if (a != b) {
                worst = fmax(worst, (spread[a] + spread[b]) / sqrt(set_squared(center + a * d, center + b * d, d)));
            }
        }
        q.davies_bouldin += worst / k;
    }
    q.calinski_harabasz = (between / (k - 1)) / (q.inertia / (double)(n - (size_t)k));
    free(mean);
    free(center);
    free(size);
    free(spread);
    return q;
}

static void assert_near(double seen, double expected, double share)
{
    if (!(fabs(seen - expected) <= share * fabs(expected))) {
        fprintf(stderr, "%.17g is not %.17g\n", seen, expected);
        fail();
    }
}

/* By hand: 0 and 1 against 5; silhouettes 4/5, 3/4 and 0. */
static void test_by_hand(void **state)
{
    (void)state;
    const double x[] = {0, 1, 5};
    const int32_t label[] = {0, 0, 1};
    const tsl_matrix m = {x, 3, 1, 1, TSL_F64};
    const tsl_quality q = get(&m, label, 2, 100);
    assert_near(q.inertia, 0.5, 1e-15);
    assert_near(q.silhouette, (4.0 / 5 + 3.0 / 4 + 0) / 3, 1e-15);
    assert_near(q.calinski_harabasz, 13.5 / 0.5, 1e-14);
    assert_near(q.davies_bouldin, 0.5 / 4.5, 1e-15);
    assert_int_equal(q.silhouette_rows, 3);
}

/* The species of iris as a labelling; values of scikit-learn 1.9.1. */
static void test_iris_species(void **state)
{
    (void)state;
    tsl_matrix x = set_read("iris");
    int32_t label[150];
    for (int r = 0; r < 150; r++) {
        label[r] = r / 50;
    }
    const tsl_quality q = get(&x, label, 3, 10000);
    assert_near(q.silhouette, 0.503477440693296, 1e-12);
    assert_near(q.calinski_harabasz, 487.33087637489984, 1e-12);
    assert_near(q.davies_bouldin, 0.7513707094756737, 1e-12);
    tsl_cluster_quality cluster[3];
    tsl_quality all;
    assert_int_equal(tsl_quality_get(&x, NULL, label, 3, NULL, NULL, &all, cluster, NULL), TSL_OK);
    assert_near(cluster[0].silhouette, 0.7893812421871648, 1e-12);
    assert_near(cluster[1].silhouette, 0.40908463959698776, 1e-12);
    assert_near(cluster[2].silhouette, 0.3119664402957373, 1e-12);
    assert_near(all.silhouette_macro, 0.5034774406932966, 1e-12);
    assert_true(cluster[1].size == 50 && cluster[1].silhouette_rows == 50 && cluster[1].silhouette_error == 0);
    set_free(&x);
}

static void test_plain_reference(void **state)
{
    (void)state;
    static const size_t sizes[] = {3, 7, 15, 16, 17, 31, 33, 63, 64, 65, 200};
    for (size_t n = 0; n < 11; n++) {
        for (int k = 2; k < 6 && (size_t)k < sizes[n]; k++) {
            tsl_matrix x = set_draw(sizes[n], 1 + n, (size_t)k, 2, (uint32_t)n);
            int32_t *label = calloc(sizes[n], sizeof *label);
            size_t *row = calloc(sizes[n], sizeof *row);
            for (size_t r = 0; r < sizes[n]; r++) {
                label[r] = (int32_t)((r < (size_t)k ? r : r * r + r / 3) % (size_t)k);
                row[r] = r;
            }
            const tsl_quality expected = plain_quality(&x, label, k), q = get(&x, label, k, 10000);
            assert_near(q.inertia, expected.inertia, 1e-12);
            assert_near(q.calinski_harabasz, expected.calinski_harabasz, 1e-9);
            assert_near(q.davies_bouldin, expected.davies_bouldin, 1e-10);
            assert_near(q.silhouette, plain_silhouette(&x, label, k, row, sizes[n]), 1e-9);
            free(label);
            free(row);
            set_free(&x);
        }
    }
}

/* A sample against each other, as the sweep takes it: a cluster that no sampled row
 * is in is left out. */
static void test_sampled(void **state)
{
    (void)state;
    enum { N = 3000, M = 400, K = 5 };
    tsl_matrix x = set_draw(N, 3, 4, 2, 4);
    int32_t *label = calloc(N, sizeof *label), sampled[M];
    size_t row[M];
    double seen;
    const tsl__weights weights = {.total = N, .positive = N};
    assert_int_equal(tsl__silhouette_count(&weights, M), M);
    assert_int_equal(tsl__silhouette_rows(&weights, N, M, 1, row), 0);
    size_t rare = 0; /* a row that is not in the sample becomes a cluster of its own */
    while (row[rare] == rare) {
        rare++;
    }
    for (size_t r = 0; r < N; r++) {
        label[r] = r == rare ? 4 : (int32_t)(r % 4);
    }
    for (size_t i = 0; i < M; i++) {
        sampled[i] = label[row[i]];
    }
    const tsl__row_view view = tsl__row_view_of(&x, 1);
    tsl__cancel cancel;
    tsl__cancel_open(&cancel, NULL, "test", NULL);
    tsl__silhouettes(&(tsl__silhouette_input){&view, &weights, row, M}, &(tsl__labelling){K, sampled}, 1, 2, &cancel,
                     &seen);
    assert_near(seen, plain_silhouette(&x, label, K, row, M), 1e-9);
    assert_int_equal(tsl__silhouette_rows(&weights, N, M, 2, row), 0);
    assert_true(seen != plain_silhouette(&x, label, K, row, M)); /* another seed, another sample */
    free(label);
    set_free(&x);
}

/* ---- Rows against all rows ---------------------------------------------------- */

/* The silhouette of one row against all. */
static double plain_of_row(const tsl_matrix *x, const double *weight, const int32_t *label, int k, size_t row)
{
    double *sum = set_alloc((size_t)k), *mass = set_alloc((size_t)k), nearest = HUGE_VAL;
    for (size_t r = 0; r < x->rows; r++) {
        const double w = weight ? weight[r] : 1;
        sum[label[r]] += w * sqrt(set_squared(set_values(x) + row * x->stride, set_values(x) + r * x->stride, x->cols));
        mass[label[r]] += w;
    }
    const int own = label[row];
    for (int c = 0; c < k; c++) {
        nearest = c != own && mass[c] > 0 ? fmin(nearest, sum[c] / mass[c]) : nearest;
    }
    const double within = sum[own] / (mass[own] - 1), most = fmax(within, nearest);
    const double silhouette = mass[own] > 1 && most > 0 ? (nearest - within) / most : 0;
    free(sum);
    free(mass);
    return silhouette;
}

/* Which rows are drawn: each once, rising, with a weight, and of every cluster. */
static void test_draw(void **state)
{
    (void)state;
    enum { N = 5000, K = 4 };
    int32_t *label = calloc(N, sizeof *label);
    double *weight = set_alloc(N);
    tsl__weights weights;
    size_t *row, m, of[K] = {0}, rows = 0;
    for (size_t r = 0; r < N; r++) {
        label[r] = r % 100 == 7 ? 3 : (int32_t)(r / 2500);
        weight[r] = r % 10 ? 1.5 : 0;
    }
    label[11] = 2; /* alone */
    assert_int_equal(tsl__weights_check(weight, N, &weights, NULL), TSL_OK);
    const tsl__labelling labelling = {K, label};
    assert_int_equal(tsl__silhouette_draw(&weights, &labelling, N, 450, 4499, 1, &row, &m), 0);
    for (size_t i = 0; i < m; i++) {
        assert_true(row[i] < N && weight[row[i]] > 0 && (i == 0 || row[i] > row[i - 1]));
        of[label[row[i]]]++;
    }
    assert_true(of[0] >= 220 && of[0] <= 225 && of[1] >= 220 && of[1] <= 225);
    assert_int_equal(of[2], 1);
    assert_int_equal(of[3], 20); /* not 5 */
    free(row);
    assert_int_equal(tsl__silhouette_draw(&weights, &labelling, N, 450, 4500, 1, &row, &m), 0);
    assert_int_equal(m, 4500); /* all that have a weight */
    free(row);
    assert_int_equal(tsl__silhouette_draw(&weights, &labelling, N, 0, 4500, 1, &row, &m), 0);
    assert_true(m == 0 && !row);
    for (size_t r = 0; r < N; r++) { /* too many clusters to know each of them well */
        rows += weight[r] > 0;
        label[r] = (int32_t)(r / 50);
    }
    assert_int_equal(tsl__silhouette_draw(&weights, &(tsl__labelling){100, label}, N, 450, 0, 1, &row, &m), 0);
    assert_true(m >= 450 && m <= 550 && rows == 4500);
    free(row);
    free(label);
    free(weight);
}

/* Drawn rows are those of the whole, to the bit; their means and errors by the formulas. */
static void test_against_all(void **state)
{
    (void)state;
    enum { N = 900, M = 120, K = 3 };
    tsl_matrix x = set_draw(N, 3, 3, 2, 7);
    int32_t *label = calloc(N, sizeof *label);
    double *weight = set_alloc(N);
    for (size_t r = 0; r < N; r++) {
        label[r] = r % 31 == 0 ? 2 : (int32_t)(r % 2);
        weight[r] = (double)(1 + r % 3);
    }
    tsl_quality_options opt = options(M);
    opt.silhouette_exact = 0;
    tsl_quality q;
    tsl_cluster_quality cluster[K];
    assert_int_equal(tsl_quality_get(&x, weight, label, K, &opt, NULL, &q, cluster, NULL), TSL_OK);
    tsl__weights weights;
    size_t *row, m;
    assert_int_equal(tsl__weights_check(weight, N, &weights, NULL), TSL_OK);
    assert_int_equal(tsl__silhouette_draw(&weights, &(tsl__labelling){K, label}, N, M, 0, 1, &row, &m), 0);
    assert_int_equal(q.silhouette_rows, m);
    double mean = 0, error = 0, macro = 0;
    for (int c = 0; c < K; c++) {
        double sum = 0, mass = 0, drawn = 0, square = 0, all = 0, size = 0;
        for (size_t r = 0; r < N; r++) {
            all += label[r] == c ? weight[r] : 0;
            size += label[r] == c;
        }
        for (size_t i = 0; i < m; i++) {
            if (label[row[i]] == c) {
                sum += weight[row[i]] * plain_of_row(&x, weight, label, K, row[i]);
                mass += weight[row[i]];
                drawn++;
            }
        }
        for (size_t i = 0; i < m; i++) {
            if (label[row[i]] == c) {
                square += pow(weight[row[i]] * (plain_of_row(&x, weight, label, K, row[i]) - sum / mass), 2);
            }
        }
        const double variance = square / pow(mass / drawn, 2) / (drawn - 1) / drawn * (1 - drawn / size);
        assert_near(cluster[c].silhouette, sum / mass, 1e-12);
        assert_near(cluster[c].silhouette_error, sqrt(variance), 1e-9);
        assert_true(cluster[c].weight == all && (double)cluster[c].size == size);
        assert_int_equal(cluster[c].silhouette_rows, drawn);
        mean += all * sum / mass / weights.total;
        error += pow(all / weights.total, 2) * variance;
        macro += sum / mass / K;
    }
    assert_near(q.silhouette, mean, 1e-12);
    assert_near(q.silhouette_error, sqrt(error), 1e-9);
    assert_near(q.silhouette_macro, macro, 1e-12);
    free(row);
    free(label);
    free(weight);
    set_free(&x);
}

/* Over many samples: no bias, and an error that is the spread of the samples. */
static void test_standard_error(void **state)
{
    (void)state;
    enum { N = 3000, DRAWS = 200 };
    tsl_matrix x = set_draw(N, 3, 4, 2, 4);
    int32_t *label = calloc(N, sizeof *label);
    for (size_t r = 0; r < N; r++) {
        label[r] = (int32_t)(r % 4);
    }
    const tsl_quality whole = get(&x, label, 4, 10000);
    assert_true(whole.silhouette_error == 0 && whole.silhouette_rows == N);
    double mean = 0, square = 0, error = 0;
    for (int d = 0; d < DRAWS; d++) {
        tsl_quality_options opt = options(150);
        opt.silhouette_exact = 0;
        opt.seed = (uint64_t)d;
        tsl_quality q;
        assert_int_equal(tsl_quality_get(&x, NULL, label, 4, &opt, NULL, &q, NULL, NULL), TSL_OK);
        mean += q.silhouette / DRAWS;
        square += pow(q.silhouette - whole.silhouette, 2) / DRAWS;
        error += q.silhouette_error / DRAWS;
    }
    assert_true(fabs(mean - whole.silhouette) < 4 * sqrt(square / DRAWS));
    assert_true(sqrt(square) / error > 0.85 && sqrt(square) / error < 1.15);
    free(label);
    set_free(&x);
}

/* Many labellings of the same drawn rows in one pass are what each is alone. */
static void test_many_to_all(void **state)
{
    (void)state;
    enum { N = 700, M = 100 };
    tsl_matrix x = set_draw(N, 4, 3, 2, 5);
    size_t row[M];
    int32_t a[N], b[N];
    double both[2 * M], one[M];
    for (size_t r = 0; r < N; r++) {
        a[r] = (int32_t)(r % 3);
        b[r] = (int32_t)(r % 7);
        if (r < M) {
            row[r] = 7 * r;
        }
    }
    const tsl__labelling labelling[] = {{3, a}, {7, b}};
    tsl__cancel cancel;
    tsl__cancel_open(&cancel, NULL, "test", NULL);
    const tsl__row_view rows = tsl__row_view_of(&x, 1);
    const tsl__weights weights = {.total = N, .positive = N};
    const tsl__silhouette_input input = {&rows, &weights, row, M};
    tsl__silhouettes_to_all(&input, labelling, 2, 2, &cancel, both);
    for (int l = 0; l < 2; l++) {
        tsl__silhouettes_to_all(&input, &labelling[l], 1, 1, &cancel, one);
        assert_memory_equal(one, both + l * M, sizeof one);
        for (size_t i = 0; i < M; i++) {
            assert_true(fabs(one[i] - plain_of_row(&x, NULL, labelling[l].label, labelling[l].k, row[i])) <= 1e-12);
        }
    }
    set_free(&x);
}

/* ---- Further indices ------------------------------------------------------------- */

/* The best k-means of 200 starts by other programs, to the printed digits; BIC where they
 * give it. */
static void test_published(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int z, k;
        double simplified, dunn, bic, agreement[4]; /* ARI, AMI, NMI = V, Fowlkes-Mallows */
    } row[] = {
        {"iris", 0, 2, .769704, .076506, NAN, {.539922, .653838, .656519, .750473}},
        {"iris", 0, 3, .666386, .098807, -442.0780, {.730238, .755119, .758176, .820808}},
        {"wine", 0, 3, .676773, .016260, NAN, {.371114, .422687, .428757, .583537}},
        {"wine", 1, 3, .416305, .232257, -2900.0703, {.897495, .874579, .875894, .931908}},
        {"wdbc", 0, 2, .780125, .017311, NAN, {.491425, .464005, .464793, .791517}},
        {"wdbc", 1, 2, .472369, .060763, NAN, {.670721, .554005, .554612, .849837}},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        int32_t class[600];
        tsl_matrix x = set_read(row[i].name);
        set_read_classes(row[i].name, class);
        if (row[i].z) {
            set_standardise(&x);
        }
        tsl_kmeans_options kmeans;
        TSL_DEFAULTS(kmeans, &kmeans);
        kmeans.k = row[i].k;
        kmeans.restarts = 50;
        tsl_sweep *sweep;
        tsl_comparison *c;
        tsl_quality q;
        tsl_quality_options opt = options(1000);
        opt.dunn = 1;
        assert_int_equal(tsl_kmeans_fit(&x, NULL, NULL, &kmeans, NULL, &sweep, NULL), TSL_OK);
        const int32_t *label = sweep->assignment->label;
        assert_int_equal(tsl_quality_get(&x, NULL, label, row[i].k, &opt, NULL, &q, NULL, NULL), TSL_OK);
        assert_true(fabs(q.simplified_silhouette - row[i].simplified) <= 0.50001e-6);
        assert_true(fabs(q.dunn - row[i].dunn) <= 0.50001e-6);
        assert_true(isnan(row[i].bic) || fabs(q.bic - row[i].bic) <= 0.50001e-4);
        assert_int_equal(tsl_comparison_build(label, row[i].k, class, 3, NULL, x.rows, &c, NULL), TSL_OK);
        assert_true(fabs(c->adjusted_rand - row[i].agreement[0]) <= 0.50001e-6);
        assert_true(fabs(c->adjusted_mutual_information - row[i].agreement[1]) <= 0.50001e-6);
        assert_true(fabs(c->normalised_mutual_information - row[i].agreement[2]) <= 0.50001e-6);
        assert_true(fabs(c->v_measure - row[i].agreement[2]) <= 0.50001e-6);
        assert_true(fabs(c->fowlkes_mallows - row[i].agreement[3]) <= 0.50001e-6);
        tsl_comparison_free(c);
        tsl_sweep_free(sweep);
        set_free(&x);
    }
}

/* Loop by loop; a row of weight 2 is two rows, one of weight 0 is none. */
static void test_further_by_definition(void **state)
{
    (void)state;
    enum { N = 200, K = 3 };
    tsl_matrix x = set_draw(N, 3, 3, 3, 8);
    int32_t label[N], all_label[3 * N];
    double weight[N], *all = set_alloc((size_t)9 * N), *center = set_alloc(K * 3), mass[K] = {0};
    size_t rows = 0;
    for (size_t r = 0; r < N; r++) {
        label[r] = (int32_t)(r % 7 ? r % 2 : r % 3);
        weight[r] = (double)(r % 3);
        mass[label[r]] += weight[r];
        for (size_t j = 0; j < 3; j++) {
            center[(size_t)label[r] * 3 + j] += weight[r] * set_values(&x)[3 * r + j];
        }
        for (int i = 0; i < weight[r]; i++) {
            memcpy(all + 3 * rows, set_values(&x) + 3 * r, 3 * sizeof *all);
            all_label[rows++] = label[r];
        }
    }
    double simplified[K] = {0}, apart = HUGE_VAL, wide = 0, within = 0, bic = -(double)rows * log((double)rows);
    for (int i = 0; i < 3 * K; i++) {
        center[i] /= mass[i / 3];
    }
    for (size_t r = 0; r < rows; r++) {
        double own = 0, other = HUGE_VAL;
        for (int c = 0; c < K; c++) {
            const double away = sqrt(set_squared(all + 3 * r, center + 3 * (size_t)c, 3));
            own = c == all_label[r] ? away : own;
            other = c == all_label[r] ? other : fmin(other, away);
        }
        simplified[all_label[r]] += (other - own) / fmax(own, other);
        within += own * own;
        for (size_t q = 0; q < r; q++) {
            const double away = sqrt(set_squared(all + 3 * r, all + 3 * q, 3));
            wide = all_label[r] == all_label[q] ? fmax(wide, away) : wide;
            apart = all_label[r] == all_label[q] ? apart : fmin(apart, away);
        }
    }
    const double n = (double)rows, variance = within / (3 * (n - K));
    for (int c = 0; c < K; c++) {
        bic += mass[c] * log(mass[c]);
    }
    bic -= n * 3 / 2 * log(2 * M_PI * variance) + 3 * (n - K) / 2 + (K - 1 + K * 3 + 1) / 2. * log(n);
    const tsl_matrix whole = {all, rows, 3, 3, TSL_F64};
    tsl_quality_options opt = options(1000);
    opt.dunn = 1;
    for (int by_rows = 0; by_rows < 2; by_rows++) {
        tsl_quality q;
        tsl_cluster_quality cluster[K];
        assert_int_equal(by_rows ? tsl_quality_get(&whole, NULL, all_label, K, &opt, NULL, &q, cluster, NULL)
                                 : tsl_quality_get(&x, weight, label, K, &opt, NULL, &q, cluster, NULL),
                         TSL_OK);
        assert_near(q.simplified_silhouette, (simplified[0] + simplified[1] + simplified[2]) / n, 1e-12);
        assert_near(q.simplified_macro,
                    (simplified[0] / mass[0] + simplified[1] / mass[1] + simplified[2] / mass[2]) / 3, 1e-12);
        assert_near(q.dunn, apart / wide, 1e-12);
        assert_near(q.bic, bic, 1e-12);
        assert_near(cluster[2].simplified_silhouette, simplified[2] / mass[2], 1e-12);
        assert_true(cluster[2].weight == mass[2]);
    }
    free(all);
    free(center);
    set_free(&x);
}

/* Several labellings in one pass are what each is alone. */
static void test_many_labellings(void **state)
{
    (void)state;
    enum { N = 300 };
    tsl_matrix x = set_draw(N, 4, 3, 2, 5);
    size_t row[N];
    int32_t a[N], b[N];
    double both[2], one;
    for (size_t r = 0; r < N; r++) {
        row[r] = r;
        a[r] = (int32_t)(r % 3);
        b[r] = (int32_t)(r % 7);
    }
    const tsl__labelling labelling[] = {{3, a}, {7, b}};
    tsl__cancel cancel;
    tsl__cancel_open(&cancel, NULL, "test", NULL);
    const tsl__row_view rows = tsl__row_view_of(&x, 1);
    const tsl__weights weights = {.total = N, .positive = N};
    const tsl__silhouette_input input = {&rows, &weights, row, N};
    tsl__silhouettes(&input, labelling, 2, 2, &cancel, both);
    for (int l = 0; l < 2; l++) {
        tsl__silhouettes(&input, &labelling[l], 1, 1, &cancel, &one);
        assert_true(one == both[l]);
    }
    assert_true(both[0] > 0.2 && both[1] < both[0]);
    set_free(&x);
}

/* The simplified silhouette of a row that is alone in its cluster is 0, though it lies on its centre; a row of weight 2
 * is not alone. */
static void test_alone(void **state)
{
    (void)state;
    const double x[] = {0, 2, 10}, once[] = {1, 1, 1}, twice[] = {1, 1, 2};
    const tsl_matrix m = {x, 3, 1, 1, TSL_F64};
    const int32_t label[] = {0, 0, 1};
    const double pair = 9. / 10 + 7. / 8; /* 1 from the own centre; 10 and 8 from the other */
    tsl_quality_options opt = options(100);
    tsl_quality q;
    tsl_cluster_quality cluster[2];
    assert_int_equal(tsl_quality_get(&m, once, label, 2, &opt, NULL, &q, cluster, NULL), TSL_OK);
    assert_near(q.simplified_silhouette, pair / 3, 1e-12);
    assert_near(q.simplified_macro, pair / 4, 1e-12);
    assert_true(cluster[1].simplified_silhouette == 0);
    assert_int_equal(tsl_quality_get(&m, twice, label, 2, &opt, NULL, &q, cluster, NULL), TSL_OK);
    assert_near(q.simplified_silhouette, (pair + 2) / 4, 1e-12);
    assert_near(q.simplified_macro, (pair / 2 + 1) / 2, 1e-12);
    assert_true(cluster[1].simplified_silhouette == 1);
}

static void test_limits(void **state)
{
    (void)state;
    const double x[] = {0, 0, 1, 1, 4, 4};
    const tsl_matrix m = {x, 6, 1, 1, TSL_F64};
    const int32_t one[] = {0, 0, 0, 0, 0, 0}, each[] = {0, 1, 2, 3, 4, 5}, exact[] = {0, 0, 1, 1, 2, 2};
    const int32_t same_centers[] = {0, 1, 0, 1, 0, 1};
    tsl_quality q = get(&m, one, 1, 100);
    assert_true(isnan(q.silhouette) && isnan(q.calinski_harabasz) && isnan(q.davies_bouldin));
    assert_true(isnan(q.simplified_silhouette) && isnan(q.silhouette_macro) && isnan(q.dunn) && isfinite(q.bic));
    q = get(&m, each, 6, 100);
    assert_true(q.silhouette == 0 && isnan(q.calinski_harabasz) && q.inertia == 0 && q.davies_bouldin == 0);
    assert_true(q.simplified_silhouette == 0 && isnan(q.bic));
    q = get(&m, exact, 3, 100);
    assert_true(q.silhouette == 1 && isnan(q.calinski_harabasz) && q.davies_bouldin == 0);
    q = get(&m, same_centers, 2, 100);
    assert_true(q.davies_bouldin == 0 && q.silhouette < 0);
    q = get(&m, exact, 3, 0);
    assert_true(isnan(q.silhouette) && q.silhouette_rows == 0);
}

/* Means of equal rows are rounded, but nothing is left within; rows that differ by little still do. */
static void test_equal_rows(void **state)
{
    double x[60], weight[30];
    int32_t label[30];
    const tsl_matrix m = {x, 30, 2, 2, TSL_F64};
    const tsl_quality_options opt = options(0);
    tsl_quality q;
    (void)state;
    for (int r = 0; r < 30; r++) {
        x[2 * r] = .1 * (r / 3 + 1);
        x[2 * r + 1] = .37 * (r / 3 + 1) * (r / 3 + 1);
        label[r] = r / 3;
        weight[r] = r % 7 == 6 ? 0 : 1.7;
    }
    for (int w = 0; w < 2; w++) {
        assert_int_equal(tsl_quality_get(&m, w ? weight : NULL, label, 10, &opt, NULL, &q, NULL, NULL), TSL_OK);
        assert_true(q.inertia == 0 && q.davies_bouldin == 0);
        assert_true(isnan(q.calinski_harabasz) && isnan(q.bic));
    }
    x[1] += 1e-9;
    q = get(&m, label, 10, 0);
    assert_float_equal(q.inertia, 2e-18 / 3, 1e-22);
    assert_true(q.davies_bouldin > 0 && !isnan(q.calinski_harabasz));
}

static void test_same_bits(void **state)
{
    (void)state;
    enum { N = 9000 };
    tsl_matrix x = set_draw(N, 5, 3, 1, 6);
    int32_t *label = calloc(N, sizeof *label);
    for (size_t r = 0; r < N; r++) {
        label[r] = (int32_t)(r % 3);
    }
    tsl_quality first, q;
    tsl_error err;
    memset(&first, 0, sizeof first);
    memset(&q, 0, sizeof q);
    for (int v = 0; v < SET_KERNELS; v++) {
        setenv("TESELA_KERNEL", set_kernels[v], 1);
        for (int threads = 1; threads <= 7; threads += 2) {
            tsl_quality_options opt = options(1500);
            opt.silhouette_exact = 0;
            opt.dunn = 1;
            const tsl_exec exec = {.size = sizeof exec, .threads = threads};
            assert_int_equal(tsl_quality_get(&x, NULL, label, 3, &opt, &exec, &q, NULL, &err), TSL_OK);
            if (v == 0 && threads == 1) {
                first = q;
            }
            assert_memory_equal(&q, &first, sizeof q);
        }
    }
    unsetenv("TESELA_KERNEL");
    free(label);
    set_free(&x);
}

static void test_refusals(void **state)
{
    (void)state;
    const double x[] = {0, 1, 2, NAN};
    const tsl_matrix good = {x, 3, 1, 1, TSL_F64}, bad = {x, 4, 1, 1, TSL_F64};
    const int32_t label[] = {0, 1, 1, 0}, gap[] = {0, 2, 2, 0}, below[] = {0, -1, 1, 0};
    const tsl_exec odd = {.size = sizeof odd, .threads = -1};
    tsl_quality q;
    tsl_error err;
    assert_int_equal(tsl_quality_get(&good, NULL, label, 3, NULL, NULL, &q, NULL, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "label 2 of 0 to 2 is on no row");
    assert_int_equal(tsl_quality_get(&good, NULL, gap, 2, NULL, NULL, &q, NULL, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "row 2: label 2 is outside 0 to 1");
    assert_int_equal(tsl_quality_get(&good, NULL, below, 2, NULL, NULL, &q, NULL, &err), TSL_E_INPUT);
    assert_int_equal(tsl_quality_get(&bad, NULL, label, 2, NULL, NULL, &q, NULL, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "row 4, column 1"));
    assert_int_equal(tsl_quality_get(&good, NULL, label, 0, NULL, NULL, &q, NULL, &err), TSL_E_OPTION);
    assert_int_equal(tsl_quality_get(&good, NULL, label, 2, NULL, &odd, &q, NULL, &err), TSL_E_OPTION);
    tsl_quality_options opt = options(10);
    assert_int_equal(tsl_quality_check(&opt, &err), TSL_OK);
    assert_int_equal(tsl_quality_check(NULL, &err), TSL_OK);
    opt.size = 4;
    assert_int_equal(tsl_quality_check(&opt, &err), TSL_E_OPTION);
    assert_int_equal(tsl_quality_get(&good, NULL, label, 2, &opt, NULL, &q, NULL, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "quality options: size is 4: start from tsl_quality_defaults");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draw),
        cmocka_unit_test(test_against_all),
        cmocka_unit_test(test_standard_error),
        cmocka_unit_test(test_many_to_all),
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_further_by_definition),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_iris_species),
        cmocka_unit_test(test_plain_reference),
        cmocka_unit_test(test_sampled),
        cmocka_unit_test(test_many_labellings),
        cmocka_unit_test(test_alone),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_equal_rows),
        cmocka_unit_test(test_same_bits),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
