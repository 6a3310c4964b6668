/* test_prism.c: the test of a pair against its definition, foot by foot. */
#include "model/natural/dip.h"
#include "model/natural/prism.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* ---- The verdict on places ---------------------------------------------------- */

static tsl__prism_pair judge(double *s, size_t n)
{
    size_t *work = calloc(4 * n + 1, sizeof *work);
    tsl__prism_pair pair = {0};
    qsort(s, n, sizeof *s, compare);
    tsl__prism_judge(s, n, work, &pair);
    free(work);
    return pair;
}

static size_t plain_window(const double *s, size_t n, double at)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += s[i] >= at - 0.1 && s[i] < at + 0.1;
    }
    return count;
}

static double plain_valley(const double *s, size_t n)
{
    double least = HUGE_VAL, a = 0, b = 0;
    for (int i = 0; i < 7; i++) {
        least = fmin(least, (double)plain_window(s, n, 0.35 + 0.05 * i));
    }
    for (int i = -1; i < 2; i++) {
        a = fmax(a, (double)plain_window(s, n, 0.1 * i));
        b = fmax(b, (double)plain_window(s, n, 0.9 + 0.1 * (i + 1)));
    }
    return least / fmax(1, fmin(a, b));
}

static void test_judge(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(4, 1, 1);
    double s[600];
    for (int round = 0; round < 200; round++) {
        const size_t n = 20 + (size_t)tsl__rng_below(&rng, 580), at_a = (size_t)tsl__rng_below(&rng, n);
        const double wide = 0.05 + 0.4 * tsl__rng_uniform(&rng);
        for (size_t i = 0; i < n; i++) {
            s[i] = (i < at_a ? 0 : 1) + wide * draw_normal(&rng);
        }
        const tsl__prism_pair pair = judge(s, n);
        size_t below = 0, work[4 * 600];
        while (below < n && s[below] < 0.5) {
            below++;
        }
        size_t side = below < n - below ? below : n - below;
        side = side > 4 ? side : 4;
        const size_t from = below > side ? below - side : 0, to = below + side < n ? below + side : n;
        assert_int_equal(pair.rows, to - from);
        if (to - from >= 8) {
            const double dip = sqrt((double)(to - from)) * tsl__dip_get(s + from, to - from, work);
            assert_true(pair.dip == dip / tsl__dip_limit(to - from));
            assert_true(fabs(pair.valley - plain_valley(s, n)) < 1e-12);
            assert_int_equal(pair.passes, pair.dip >= 1 && pair.valley <= 0.7);
        } else {
            assert_true(pair.dip == 0 && !pair.passes && isinf(pair.valley));
        }
    }
}

/* Two heaps pass, a small one beside a large one too; one heap and few rows do not. */
static void test_clear(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(4, 2, 1);
    double s[1000];
    for (size_t i = 0; i < 1000; i++) {
        s[i] = (i % 2 ? 1 : 0) + 0.15 * draw_normal(&rng);
    }
    assert_true(judge(s, 1000).passes);
    for (size_t i = 0; i < 1000; i++) {
        s[i] = (i < 30 ? 1 : 0) + 0.1 * draw_normal(&rng);
    }
    assert_true(judge(s, 1000).passes);
    for (size_t i = 0; i < 1000; i++) {
        s[i] = tsl__rng_uniform(&rng) * 2 - 0.5;
    }
    assert_false(judge(s, 1000).passes);
    double few[] = {0, 0.01, -0.01, 1, 0.99, 1.01, 1.02};
    const tsl__prism_pair pair = judge(few, 7);
    assert_true(pair.rows == 7 && !pair.passes && isinf(pair.valley));
    assert_true(judge(few, 0).rows == 0);
}

/* ---- Pairs ----------------------------------------------------------------------- */

typedef struct plain_edge {
    double squared;
    int a, b;
} plain_edge;

static int compare_edges(const void *left, const void *right)
{
    const plain_edge *x = left, *y = right;
    return (x->squared > y->squared) - (x->squared < y->squared);
}

/* Kruskal's minimum spanning tree: 1 at [a * k + b] for its edges. */
static char *plain_tree(const double *center, int k, size_t cols)
{
    plain_edge edge[400];
    int part[20], count = 0;
    char *tree = calloc((size_t)(k * k), 1);
    for (int a = 0; a < k; a++) {
        part[a] = a;
        for (int b = a + 1; b < k; b++) {
            edge[count++] = (plain_edge){set_squared(center + (size_t)a * cols, center + (size_t)b * cols, cols), a, b};
        }
    }
    qsort(edge, (size_t)count, sizeof *edge, compare_edges);
    for (int e = 0; e < count; e++) {
        const int from = part[edge[e].b], to = part[edge[e].a];
        tree[edge[e].a * k + edge[e].b] = from != to;
        for (int c = 0; c < k && from != to; c++) {
            part[c] = part[c] == from ? to : part[c];
        }
    }
    return tree;
}

/* Do three of four rows of cluster c have the same value of column j? */
static int plain_single(const tsl__natural_rows *r, const tsl__prism_centers *of, int c, size_t j)
{
    size_t in = 0, most = 0;
    double squared;
    for (size_t i = 0; i < r->rows; i++) {
        size_t same = 0;
        if (set_nearest(r->plain + i * r->cols, of->center, of->k, r->cols, &squared) != c) {
            continue;
        }
        in++;
        for (size_t o = 0; o < r->rows; o++) {
            same += r->plain[o * r->cols + j] == r->plain[i * r->cols + j] &&
                    set_nearest(r->plain + o * r->cols, of->center, of->k, r->cols, &squared) == c;
        }
        most = same > most ? same : most;
    }
    return 4 * most >= 3 * in;
}

/* The places of all rows on the way of a pair, by feet that are laid out. */
static size_t plain_places(const tsl__natural_rows *r, const tsl__prism_centers *of, int a, int b, double *s)
{
    size_t count = 0;
    double *foot = set_alloc(r->cols), *mask = set_alloc(r->cols), squared;
    for (size_t j = 0; j < r->cols; j++) {
        mask[j] = plain_single(r, of, a, j) || plain_single(r, of, b, j) ? 0 : r->mask[j];
    }
    for (size_t i = 0; i < r->rows; i++) {
        size_t fold = 0;
        while ((fold + 1) * r->rows / of->folds <= i) {
            fold++;
        }
        const double *center = of->fold[fold], *row = r->spread + i * r->cols;
        const double *at_a = center + (size_t)a * r->cols, *at_b = center + (size_t)b * r->cols;
        const int own = set_nearest(row, center, of->k, r->cols, &squared);
        double along = 0, way = 0, masked = 0, masked_way = 0;
        for (size_t j = 0; j < r->cols; j++) {
            const double v = at_b[j] - at_a[j];
            along += (row[j] - at_a[j]) * v;
            way += v * v;
            masked += (row[j] - at_a[j]) * v * mask[j];
            masked_way += v * v * mask[j];
        }
        for (size_t j = 0; j < r->cols; j++) {
            foot[j] = row[j] + (0.5 - along / way) * (at_b[j] - at_a[j]);
        }
        int inside = own == a || own == b;
        for (int c = 0; c < of->k; c++) {
            inside &=
                c == a || c == b ||
                set_squared(foot, center + (size_t)c * r->cols, r->cols) >= set_squared(foot, at_a, r->cols) - 1e-9;
        }
        const double place = masked / masked_way;
        if (masked_way >= 0.1 * way && inside && place > -0.5 && place < 1.5) {
            s[count++] = place;
        }
    }
    free(foot);
    free(mask);
    return count;
}

static void test_plain_reference(void **state)
{
    (void)state;
    enum { N = 250, FOLDS = 3 };
    int singles = 0;
    for (uint32_t round = 0; round < 12; round++) {
        const size_t cols = 1 + round % 5;
        const int k = 2 + (int)round;
        tsl_matrix x = set_draw(N, cols, 4, 2, round);
        double *center = set_alloc((size_t)k * cols), *moved[FOLDS], *mask = set_alloc(cols), *s = set_alloc(N);
        for (size_t i = 0; i < N && round % 2; i++) { /* a column that has one value in some clusters */
            double *at = (double *)x.data + i * cols;
            *at = 6 * floor(*at / 6);
        }
        memcpy(center, x.data, (size_t)k * cols * sizeof *center);
        for (size_t f = 0; f < FOLDS; f++) {
            moved[f] = set_alloc((size_t)k * cols);
            for (size_t i = 0; i < (size_t)k * cols; i++) {
                moved[f][i] = center[i] + 0.1 * (double)((i * 7 + f * 3) % 5);
            }
        }
        for (size_t j = 0; j < cols; j++) {
            mask[j] = cols < 3 || j != 1;
        }
        const tsl__natural_rows rows = {
            .rows = N, .cols = cols, .plain = (double *)x.data, .spread = (double *)x.data, .mask = mask};
        const double *const fold[] = {moved[0], moved[1], moved[2]};
        const tsl__prism_centers of = {k, center, FOLDS, fold};
        tsl__prism_pair pair[20];
        int flat;
        char *tree = plain_tree(center, k, cols);
        assert_int_equal(tsl__prism_measure(&rows, &of, pair, &flat), 0);
        for (int p = 0; p < k - 1; p++) {
            assert_true(pair[p].a < pair[p].b);
            assert_int_equal(tree[pair[p].a * k + pair[p].b]--, 1);
            singles += cols > 1 && plain_single(&rows, &of, pair[p].a, 0) && pair[p].rows > 0;
            const tsl__prism_pair plain = judge(s, plain_places(&rows, &of, pair[p].a, pair[p].b, s));
            assert_int_equal(pair[p].rows, plain.rows);
            assert_true(fabs(pair[p].dip - plain.dip) < 1e-9);
            assert_true(pair[p].valley == plain.valley || fabs(pair[p].valley - plain.valley) < 1e-9);
            assert_int_equal(pair[p].passes, plain.passes);
        }
        free(tree);
        free(center);
        free(mask);
        free(s);
        for (size_t f = 0; f < FOLDS; f++) {
            free(moved[f]);
        }
        set_free(&x);
    }
    assert_true(singles > 3); /* or the test sees nothing of them */
}

/* A column of which three quarters of either cluster have one value does not count between them, though it does in the
 * other. */
static void test_single(void **state)
{
    (void)state;
    enum { N = 400 };
    double s[N], mask[] = {1, 1};
    const double center[] = {0, 0, 6, 3};
    const double *const fold[] = {center};
    for (size_t share = 60; share <= 90; share += 5) {
        for (size_t single = 0; single < 2; single++) { /* the cluster with the value */
            tsl_matrix x = set_draw(N, 2, 1, 0, 3);
            double *values = (double *)x.data;
            for (size_t r = 0; r < N; r++) {
                const int has = r % 2 == single && r / 2 % 20 < share / 5;
                values[2 * r] = 6 * (double)(r % 2) + (has ? 0 : 0.5 * values[2 * r]);
                values[2 * r + 1] = 3 * (double)(r % 2) + 0.5 * values[2 * r + 1];
            }
            const tsl__natural_rows rows = {.rows = N, .cols = 2, .plain = values, .spread = values, .mask = mask};
            const tsl__prism_centers of = {2, center, 1, fold};
            tsl__prism_pair pair, plain;
            int flat;
            assert_int_equal(tsl__prism_measure(&rows, &of, &pair, &flat), 0);
            for (size_t r = 0; r < N; r++) { /* along both columns, or the second alone */
                s[r] = share < 75 ? (6 * values[2 * r] + 3 * values[2 * r + 1]) / 45 : values[2 * r + 1] / 3;
            }
            plain = judge(s, N);
            assert_int_equal(pair.rows, plain.rows);
            assert_true(fabs(pair.dip - plain.dip) < 1e-9);
            set_free(&x);
        }
    }
}

/* Clusters that all pass, and lie on two lines: passes and dip say what was measured, flat that it does not count. */
static void test_flat(void **state)
{
    (void)state;
    enum { N = 200 };
    double mask[] = {1, 1};
    char cut[N] = {0};
    const double center[] = {-2, -2, 2, 2};
    const double *const fold[] = {center};
    for (int wide = 0; wide < 2; wide++) {
        tsl_matrix x = set_draw(N, 2, 1, 0, 3);
        double *values = (double *)x.data;
        for (size_t r = 0; r < N; r++) {
            const double along = 0.5 * values[2 * r], beside = wide ? 1e-4 * values[2 * r + 1] : 0;
            const double mark = r % 2 ? 2 : -2;
            values[2 * r] = mark + along + beside;
            values[2 * r + 1] = mark - along + beside;
        }
        const tsl__natural_rows rows = {
            .rows = N, .cols = 2, .plain = values, .spread = values, .mask = mask, .cut = cut, .counted = 2};
        const tsl__prism_centers of = {2, center, 1, fold};
        tsl__prism_pair pair;
        int flat;
        assert_int_equal(tsl__prism_measure(&rows, &of, &pair, &flat), 0);
        assert_true(pair.passes && pair.dip > 2 && pair.valley == 0);
        assert_int_equal(flat, !wide);
        set_free(&x);
    }
}

/* Two centres at one place have no way between them. */
static void test_same_centers(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(50, 2, 2, 5, 1);
    double mask[] = {1, 1};
    const double center[] = {0, 0, 0, 0, 3, 3};
    const double *const fold[] = {center};
    const tsl__natural_rows rows = {
        .rows = 50, .cols = 2, .plain = (double *)x.data, .spread = (double *)x.data, .mask = mask};
    const tsl__prism_centers of = {3, center, 1, fold};
    tsl__prism_pair pair[2];
    int flat;
    assert_int_equal(tsl__prism_measure(&rows, &of, pair, &flat), 0);
    assert_true(pair[0].a == 0 && pair[0].b == 1 && pair[0].rows == 0 && !pair[0].passes);
    set_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_judge),  cmocka_unit_test(test_clear), cmocka_unit_test(test_plain_reference),
        cmocka_unit_test(test_single), cmocka_unit_test(test_flat),  cmocka_unit_test(test_same_centers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
