/* test_portrait.c: grid, crosses, medians and concentration of customers, against counts one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "label/crowds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct made {
    tsl_features *features;
    tsl_model *model;
    tsl_labels *labels;
    tsl_portrait *portrait;
} made;

static made make(void)
{
    made m = {.features = make_features(0)};
    tsl_error err;
    m.model = make_model(m.features, 4);
    m.labels = make_labels(m.features, m.model, "en");
    assert_int_equal(tsl_portrait_build(m.labels, NULL, &m.portrait, &err), TSL_OK);
    return m;
}

static void unmake(made *m)
{
    tsl_portrait_free(m->portrait);
    tsl_labels_free(m->labels);
    tsl_model_free(m->model);
    tsl_features_free(m->features);
}

static double get(const made *m, const char *feature, size_t customer)
{
    const size_t f = tsl_features_get_index(m->features, feature);
    assert_true(f < m->features->feature_count);
    return m->features->x[customer * m->features->feature_count + f];
}

static int is_within(double value, const double *limit, size_t classes, size_t at)
{
    return (at == 0 || value > limit[at - 1]) && (at + 1 == classes || value <= limit[at]);
}

static void assert_close(double a, double b)
{
    assert_true((isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9 * fmax(1, fabs(b)));
}

/* Every cell by going through all customers; cells sum to them. */
static void test_grid(void **state)
{
    (void)state;
    made m = make();
    const tsl_grid *grid = m.portrait->grid;
    uint64_t sum = 0;
    assert_non_null(grid);
    assert_in_range(grid->rows, 2, TSL_GRID_CLASSES);
    assert_int_equal(grid->cols, 2); /* orders are 2 or 12 */
    for (size_t r = 0; r < grid->rows; r++) {
        for (size_t f = 0; f < grid->cols; f++) {
            const tsl_grid_cell *cell = &grid->cell[r * grid->cols + f];
            uint64_t size = 0, segment[4] = {0};
            double value = 0;
            for (size_t i = 0; i < CUSTOMERS; i++) {
                const double recency = get(&m, "recency_days", i), orders = get(&m, "frequency", i);
                if (!isnan(recency) && is_within(recency, grid->recency, grid->rows, r) &&
                    is_within(orders, grid->frequency, grid->cols, f)) {
                    size++;
                    segment[m.labels->customer_segment[i] - 1]++;
                    value += m.labels->value[i];
                }
            }
            assert_int_equal(cell->size, size);
            assert_close(cell->value_total, value);
            assert_memory_equal(cell->segment, segment, sizeof segment);
            sum += size;
        }
    }
    assert_int_equal(sum, grid->customers);
    assert_int_equal(sum, CUSTOMERS - CUSTOMERS / 4); /* a quarter never bought */
    unmake(&m);
}

static void test_stage_tier(void **state)
{
    (void)state;
    made m = make();
    const size_t tiers = m.labels->tier_count;
    uint64_t sum = 0;
    assert_non_null(m.portrait->stage_tier);
    for (size_t s = 0; s < m.labels->stage_count; s++) {
        for (size_t t = 0; t < tiers; t++) {
            const tsl_portrait_cell *cell = &m.portrait->stage_tier[s * tiers + t];
            uint64_t size = 0;
            double value = 0;
            for (size_t i = 0; i < CUSTOMERS; i++) {
                if (m.labels->customer_stage[i] == (int8_t)s && m.labels->customer_tier[i] == (int8_t)t) {
                    size++;
                    value += m.labels->value[i];
                }
            }
            assert_int_equal(cell->size, size);
            assert_close(cell->value_total, value);
            sum += size;
        }
    }
    assert_int_equal(sum, CUSTOMERS);
    unmake(&m);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The middle one, or the mean of the two in the middle. */
static double middle(double *value, size_t n)
{
    qsort(value, n, sizeof *value, by_size);
    return n == 0 ? (double)NAN : (value[(n - 1) / 2] + value[n / 2]) / 2;
}

static double naive_median(const made *m, const char *feature, size_t s)
{
    double value[CUSTOMERS];
    size_t n = 0;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        const double x = feature ? get(m, feature, i) : m->labels->value[i];
        if (m->labels->customer_segment[i] == (int32_t)s + 1 && !isnan(x)) {
            value[n++] = x;
        }
    }
    return middle(value, n);
}

static void test_usual(void **state)
{
    (void)state;
    made m = make();
    int known = 0;
    for (size_t s = 0; s < m.labels->segment_count; s++) {
        const tsl_portrait_segment *of = &m.portrait->segment[s];
        assert_close(of->recency_median, naive_median(&m, "recency_days", s));
        assert_close(of->frequency_median, naive_median(&m, "frequency", s));
        assert_close(of->purchase_median, naive_median(&m, "monetary_mean", s));
        assert_close(of->value_median, naive_median(&m, NULL, s));
        assert_close(of->value_mean, m.labels->segments[s].value_total / (double)m.labels->segments[s].size);
        known += !isnan(of->recency_median);
    }
    double buyers = 0, total = 0;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        buyers += get(&m, "frequency", i) > 0;
        total += m.labels->value[i];
    }
    assert_close(m.portrait->value_mean, total / buyers); /* who never bought has spent nothing */
    assert_in_range(known, 2, 3);                         /* of those who never bought nothing is */
    unmake(&m);
}

/* From none to all, rising ever less, and the very shares of so many customers. */
static void test_concentration(void **state)
{
    (void)state;
    static const double share[TSL_TOP_SHARES] = {.01, .05, .2, .5};
    made m = make();
    const tsl_concentration *c = m.portrait->concentration;
    double value[CUSTOMERS], all = 0, sum[CUSTOMERS + 1] = {0};
    memcpy(value, m.labels->value, sizeof value);
    qsort(value, CUSTOMERS, sizeof *value, by_size);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        sum[i + 1] = sum[i] + value[CUSTOMERS - 1 - i];
        all += value[i];
    }
    assert_int_equal(c->customers, CUSTOMERS);
    assert_true(c->point[0].share == 0 && c->point[0].value_share == 0);
    assert_true(c->point[c->count - 1].share == 1 && c->point[c->count - 1].value_share == 1);
    for (size_t p = 1; p < c->count; p++) {
        const tsl_concentration_point *of = &c->point[p], *before = of - 1;
        assert_true(of->customers > before->customers && of->value_share >= before->value_share);
        assert_close(of->share, (double)of->customers / CUSTOMERS);
        assert_close(of->value_share, sum[of->customers] / all);
        assert_true(of->value_share >= of->share - 1e-12);
    }
    for (size_t t = 0; t < TSL_TOP_SHARES; t++) {
        assert_int_equal(c->top[t].customers, (size_t)(share[t] * CUSTOMERS + .5));
        assert_close(c->top[t].value_share, sum[c->top[t].customers] / all);
    }
    unmake(&m);
}

/* Counts are rounded up, and a few customers have few points. */
static void test_few(void **state)
{
    (void)state;
    made m = make();
    tsl_labels few = *m.labels;
    tsl_portrait *portrait;
    tsl_error err;
    double value[CUSTOMERS];
    for (size_t i = 0; i < CUSTOMERS; i++) {
        value[i] = i < 3 ? 10 - (double)i : (double)NAN;
    }
    few.value = value;
    assert_int_equal(tsl_portrait_build(&few, NULL, &portrait, &err), TSL_OK);
    const tsl_concentration *c = portrait->concentration;
    assert_int_equal(c->customers, 3);
    assert_int_equal(c->count, 4);
    assert_close(c->point[1].value_share, 10. / 27);
    assert_int_equal(c->top[0].customers, 1);
    assert_int_equal(c->top[3].customers, 2);
    assert_close(c->top[3].value_share, 19. / 27);
    tsl_portrait_free(portrait);
    value[2] = -30; /* nothing is left of it */
    assert_int_equal(tsl_portrait_build(&few, NULL, &portrait, &err), TSL_OK);
    assert_null(portrait->concentration);
    tsl_portrait_free(portrait);
    value[2] = -1; /* above 1, and back */
    assert_int_equal(tsl_portrait_build(&few, NULL, &portrait, &err), TSL_OK);
    assert_close(portrait->concentration->point[2].value_share, 19. / 18);
    assert_close(portrait->concentration->point[3].value_share, 1);
    tsl_portrait_free(portrait);
    few.value = NULL;
    assert_int_equal(tsl_portrait_build(&few, NULL, &portrait, &err), TSL_OK);
    assert_null(portrait->concentration);
    assert_true(isnan(portrait->value_mean) && isnan(portrait->segment[0].value_median));
    assert_true(isnan(portrait->grid->cell[0].value_total));
    tsl_portrait_free(portrait);
    unmake(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grid),          cmocka_unit_test(test_stage_tier), cmocka_unit_test(test_usual),
        cmocka_unit_test(test_concentration), cmocka_unit_test(test_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
