/* test_dip.c: Hartigan's dip against values of another program, against its
 * definition, and its limits against simulation. */
#include "model/natural/dip.h"
#include "model/sets.h"
#include "nightly.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double get(double *x, size_t n)
{
    size_t *work = calloc(4 * n, sizeof *work);
    qsort(x, n, sizeof *x, compare);
    const double dip = tsl__dip_get(x, n, work);
    free(work);
    return dip;
}

/* Numbers (a i^2 + i) mod m; values of the Python package diptest 0.12.0, by its
 * port of Maechler's R package. */
static void test_other_program(void **state)
{
    (void)state;
    static const struct {
        int n, a, m;
        double dip;
    } known[] = {
        {4, 7, 5, 0.125},
        {5, 7, 5, 0.2},
        {7, 7, 5, 0.14285714285714285},
        {7, 3, 11, 0.14285714285714285},
        {7, 13, 101, 0.08970099667774087},
        {7, 5, 1009, 0.07142857142857142},
        {10, 7, 5, 0.2},
        {10, 3, 11, 0.1},
        {10, 13, 101, 0.0875},
        {10, 5, 1009, 0.05},
        {13, 7, 5, 0.15384615384615385},
        {13, 3, 11, 0.11538461538461539},
        {13, 13, 101, 0.07692307692307693},
        {13, 5, 1009, 0.038461538461538464},
        {20, 7, 5, 0.2},
        {20, 3, 11, 0.1},
        {20, 13, 101, 0.08125},
        {20, 5, 1009, 0.04909638554216868},
        {31, 7, 5, 0.1935483870967742},
        {31, 3, 11, 0.0967741935483871},
        {31, 13, 101, 0.07661290322580645},
        {31, 5, 1009, 0.04884792626728111},
        {50, 7, 5, 0.2},
        {50, 3, 11, 0.1},
        {50, 13, 101, 0.04},
        {50, 5, 1009, 0.0451131221719457},
        {77, 7, 5, 0.19480519480519481},
        {77, 3, 11, 0.09090909090909091},
        {77, 13, 101, 0.038277511961722493},
        {77, 5, 1009, 0.03854840811362551},
        {100, 7, 5, 0.2},
        {100, 3, 11, 0.095},
        {100, 13, 101, 0.038684210526315786},
        {100, 5, 1009, 0.03125},
        {150, 7, 5, 0.2},
        {150, 3, 11, 0.09333333333333334},
        {150, 13, 101, 0.03245614035087719},
        {150, 5, 1009, 0.030549507516848113},
        {300, 7, 5, 0.2},
        {300, 3, 11, 0.09166666666666666},
        {300, 13, 101, 0.03982456140350877},
        {300, 5, 1009, 0.017128712871287123},
        {1000, 7, 5, 0.2},
        {1000, 3, 11, 0.091},
        {1000, 13, 101, 0.04105263157894737},
        {1000, 5, 1009, 0.0064800000000000005},
    };
    for (size_t s = 0; s < sizeof known / sizeof *known; s++) {
        double x[1000];
        for (int i = 0; i < known[s].n; i++) {
            x[i] = (i * i * known[s].a + i) % known[s].m;
        }
        const double dip = get(x, (size_t)known[s].n);
        if (!(fabs(dip - known[s].dip) < 1e-12)) {
            fail_msg("%d numbers (%d i^2 + i) mod %d: %.17g", known[s].n, known[s].a, known[s].m, dip);
        }
    }
}

/* ---- By the definition -------------------------------------------------------- */

/* Distinct values and the shares of the sample up to each, without and with it. */
typedef struct steps {
    size_t count;
    double x[16], below[16], up_to[16];
} steps;

/* The line through (x1, y1) and (x2, y2) at x. */
static double line(double x1, double y1, double x2, double y2, double x)
{
    return y1 + (y2 - y1) / (x2 - x1) * (x - x1);
}

/* May a function that is convex up to value `mode` of the sample keep within d of
 * it there? least: the least that it may then be at the mode. A convex function
 * passes between bounds where none of three of them in a row forbids it. */
static int fits_below(const steps *s, size_t mode, double d, double *least)
{
    *least = s->below[mode] - d;
    for (size_t i = 0; i < mode; i++) {
        if (s->up_to[i] - d > s->below[i] + d) {
            return 0;
        }
        for (size_t j = i + 1; j < mode; j++) {
            const double low = s->up_to[j] - d, high = s->below[i] + d;
            *least = fmax(*least, line(s->x[i], high, s->x[j], low, s->x[mode]));
            for (size_t l = j + 1; l < mode; l++) {
                if (low > line(s->x[i], high, s->x[l], s->below[l] + d, s->x[j])) {
                    return 0;
                }
            }
        }
    }
    return *least <= s->below[mode] + d;
}

/* The sample seen from its other end. */
static steps turn(const steps *s)
{
    steps out = {.count = s->count};
    for (size_t i = 0; i < s->count; i++) {
        const size_t o = s->count - 1 - i;
        out.x[i] = -s->x[o];
        out.below[i] = 1 - s->up_to[o];
        out.up_to[i] = 1 - s->below[o];
    }
    return out;
}

/* Is there a distribution with one mode, which may have a step there, within d? */
static int fits(const steps *s, double d)
{
    const steps turned = turn(s);
    for (size_t mode = 0; mode < s->count; mode++) {
        double least, other;
        if (fits_below(s, mode, d, &least) && fits_below(&turned, s->count - 1 - mode, d, &other) &&
            least <= 1 - other) {
            return 1;
        }
    }
    return 0;
}

static double plain_dip(const double *sorted, size_t n)
{
    steps s = {0};
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || sorted[i] > sorted[i - 1]) {
            s.x[s.count] = sorted[i];
            s.below[s.count++] = (double)i / (double)n;
        }
        s.up_to[s.count - 1] = (double)(i + 1) / (double)n;
    }
    double low = 0, high = 0.5;
    for (int i = 0; i < 45; i++) {
        const double middle = (low + high) / 2;
        *(fits(&s, middle) ? &high : &low) = middle;
    }
    return high;
}

static void test_definition(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(3, 1, 4);
    for (size_t round = 0; round < some_or_all(3000, 100000); round++) {
        const size_t n = 2 + (size_t)tsl__rng_below(&rng, 11);
        const uint64_t values = round % 3 == 0 ? 4 : round % 3 == 1 ? 12 : 1000000;
        double x[16];
        for (size_t i = 0; i < n; i++) {
            x[i] = (double)tsl__rng_below(&rng, values) + (round % 2 && i < n / 2 ? 0.7 * (double)values : 0.0);
        }
        const double dip = get(x, n), least = 0.5 / (double)n, expected = fmax(plain_dip(x, n), least);
        if (!(fabs(dip - expected) < 1e-10)) {
            fail_msg("round %zu, %zu numbers: %.12g, by the definition %.12g", round, n, dip, expected);
        }
    }
}

/* ---- Properties ---------------------------------------------------------------- */

static void test_properties(void **state)
{
    (void)state;
    double x[2000], mirrored[2000], moved[2000], two[2000];
    tsl__rng rng = tsl__rng_open(3, 2, 4);
    for (size_t i = 0; i < 2000; i++) {
        x[i] = draw_normal(&rng);
        mirrored[i] = -x[i];
        moved[i] = 1024 * x[i];
        two[i] = i % 2 ? 1 : 0;
    }
    const double dip = get(x, 2000);
    assert_true(fabs(get(mirrored, 2000) - dip) < 1e-12);
    assert_true(get(moved, 2000) == dip); /* a power of two */
    assert_true(get(two, 2000) == 0.25);  /* the greatest there is, or nearly */
    assert_true(dip > 1.0 / 4000 && dip < 0.02);
    for (size_t i = 0; i < 2000; i++) {
        x[i] = (double)i;
        two[i] = 5;
    }
    assert_true(get(x, 2000) == 1.0 / 4000); /* evenly */
    assert_true(get(two, 2000) == 1.0 / 4000);
    assert_true(get(two, 1) == 0.5);
}

/* Of uniform samples 2 in 100 exceed the limit. */
static void test_limit(void **state)
{
    (void)state;
    static const size_t sizes[] = {8, 14, 40, 300};
    const size_t rounds = some_or_all(20000, 400000);
    tsl__rng rng = tsl__rng_open(3, 3, 4);
    for (size_t s = 0; s < 4; s++) {
        const size_t n = sizes[s];
        const double limit = tsl__dip_limit(n);
        size_t over = 0, work[4 * 300];
        double x[300];
        for (size_t round = 0; round < (n > 100 ? rounds / 4 : rounds); round++) {
            double sum = 0; /* sums of waiting times lie as sorted uniform numbers do */
            for (size_t i = 0; i < n; i++) {
                x[i] = sum += -log(1 - tsl__rng_uniform(&rng));
            }
            over += sqrt((double)n) * tsl__dip_get(x, n, work) >= limit;
        }
        const double share = (double)over / (double)(n > 100 ? rounds / 4 : rounds);
        if (!(fabs(share - 0.02) < 0.0002 * (double)some_or_all(25, 8))) {
            fail_msg("of %zu numbers a share of %.4f exceeds the limit", n, share);
        }
    }
    for (size_t n = 9; n < 30000; n++) {
        assert_true(tsl__dip_limit(n) >= tsl__dip_limit(n - 1));
    }
    assert_true(tsl__dip_limit(1) == tsl__dip_limit(8) && tsl__dip_limit(1000000) == tsl__dip_limit(20000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_other_program),
        cmocka_unit_test(test_definition),
        cmocka_unit_test(test_properties),
        cmocka_unit_test(test_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
