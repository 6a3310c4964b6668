/* test_comparison.c: two labellings of the same rows: values of scikit-learn 1.9.1
 * and genieclust 1.3.0 (pair sets: by their formula in NumPy), the definitions pair by pair, and what must hold of any.
 */
#include "model/comparison/external.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static tsl_comparison *compare(const int32_t *label, int k, const int32_t *truth, int truth_k, const double *weight,
                               size_t rows)
{
    tsl_comparison *c;
    tsl_error err = {0};
    if (tsl_comparison_build(label, k, truth, truth_k, weight, rows, &c, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return c;
}

static void assert_near(double seen, double expected, double most)
{
    if (!(fabs(seen - expected) <= most)) {
        fail_msg("%.17g is not %.17g", seen, expected);
    }
}

/* Labellings by rule, so that another program can make the same. */
static int32_t first_of(int which, int64_t r)
{
    switch (which) {
    case 0:
        return (int32_t)(r * r / 7 % 5);
    case 1:
        return (int32_t)(r / 170 % 6);
    case 2:
        return (int32_t)(r / 250 % 4);
    case 3:
        return (int32_t)(r % 2);
    case 4:
        return (int32_t)r;
    case 5:
        return (int32_t)(r / 150000 % 7);
    default:
        return (int32_t)(r * 7919 / 31 % 8);
    }
}

static int32_t second_of(int which, int64_t r)
{
    switch (which) {
    case 0:
        return (int32_t)(r / 200 % 5);
    case 1:
        return (int32_t)(r % 10 < 7 ? r / 200 % 5 : r * r / 3 % 5);
    case 2:
        return (int32_t)(r % 10 < 8 ? r / 250 % 4 : r * r / 3 % 4);
    case 3:
        return (int32_t)(r / 500);
    case 4:
        return (int32_t)(r / 2);
    case 5:
        return (int32_t)(r % 10 < 6 ? r / 200000 % 5 : r * 7919 / 31 % 5);
    default:
        return (int32_t)(r * 104729 / 17 % 9);
    }
}

static void test_other_programs(void **state)
{
    (void)state;
    /* accuracy, pair sets: NaN where the other program gives none */
    static const struct {
        size_t rows;
        double value[11];
    } set[] = {
        {1000,
         {0.6718178178178178, -0.003711062528904188, 0.2027355404993802, 0.00028572930486729653, 0.00017951877297641168,
          -0.0049053005395392792, 0.00017753359894148501, 0.00018154884534581265, 0.0001795187729764117,
          0.0062499999999999778, 0.0054259764242335137}},
        {1000,
         {0.77695695695695699, 0.27045927510499423, 0.40820730447442799, 0.56698538630493134, 0.33590187085870271,
          0.33191393546110548, 0.35768165698311305, 0.31662225486878814, 0.33590187085870271, NAN,
          0.36391953994997855}},
        {1000,
         {0.8613473473473473, 0.63220355220030333, 0.72491062303364384, 0.84233357417384502, 0.6100301327357166,
          0.60874955929955932, 0.6124643024202665, 0.60761523511744098, 0.61003013273571671, 0.81710501226866628,
          0.73716655043822754}},
        {1000,
         {0.49949949949949951, -0.001002004008016032, 0.49899799599198391, 0, 0, -0.00072295375486816236, 0, 0, 0, 0,
          0}},
        {1000,
         {0.99899899899899902, 0, 0, 6.2146080984221932, 0.94717817510270408, 0, 1, 0.89965666811200684,
          0.94717817510270408, NAN, 0.2496248124062031}},
        {1000000,
         {0.77490544786344784, 0.21571166439927508, 0.35206855956860084, 0.42897674382199757, 0.24187575337311068,
          0.24187062373543114, 0.26654170392301096, 0.22138832702877329, 0.24187575337311068, NAN,
          0.24016686064338544}},
        {1000000,
         {0.79166645848645845, -7.4658744107562218e-06, 0.11784364736050547, 3.2080254216970694e-09,
          1.5002459076899687e-09, -1.3093179571357441e-05, 1.4600352894968111e-09, 1.5427341223331039e-09,
          1.5002459076899687e-09, NAN, 1.0356175370179032e-05}},
    };
    int32_t *a = calloc(1000000, sizeof *a), *b = calloc(1000000, sizeof *b);
    for (int s = 0; s < 7; s++) {
        for (size_t r = 0; r < set[s].rows; r++) {
            a[r] = first_of(s, (int64_t)r);
            b[r] = second_of(s, (int64_t)r);
        }
        tsl_comparison *c = compare(a, 1000, b, 500, NULL, set[s].rows);
        const double seen[] = {c->rand,
                               c->adjusted_rand,
                               c->fowlkes_mallows,
                               c->mutual_information,
                               c->normalised_mutual_information,
                               c->adjusted_mutual_information,
                               c->homogeneity,
                               c->completeness,
                               c->v_measure,
                               c->normalised_accuracy,
                               c->pair_sets_index};
        for (int i = 0; i < 11; i++) {
            if (!isnan(set[s].value[i])) {
                assert_near(seen[i], set[s].value[i], 1e-11);
            }
        }
        assert_int_equal(c->rows, set[s].rows);
        tsl_comparison_free(c);
    }
    free(a);
    free(b);
}

/* By the definitions, pair by pair. */
static void test_pairs(void **state)
{
    (void)state;
    enum { N = 60 };
    for (uint32_t key = 0; key < 30; key++) {
        tsl__rng rng = tsl__rng_open(3, 4, key);
        int32_t a[N], b[N];
        double both = 0, first = 0, second = 0, neither = 0;
        for (int r = 0; r < N; r++) {
            a[r] = (int32_t)tsl__rng_below(&rng, 1 + key % 6);
            b[r] = tsl__rng_uniform(&rng) < 0.5 ? a[r] : (int32_t)tsl__rng_below(&rng, 5);
        }
        for (int r = 0; r < N; r++) {
            for (int q = r + 1; q < N; q++) {
                both += a[r] == a[q] && b[r] == b[q];
                first += a[r] == a[q] && b[r] != b[q];
                second += a[r] != a[q] && b[r] == b[q];
                neither += a[r] != a[q] && b[r] != b[q];
            }
        }
        const double all = both + first + second + neither;
        const double chance = (both + first) * (both + second) / all, most = (2 * both + first + second) / 2;
        tsl_comparison *c = compare(a, 6, b, 6, NULL, N);
        assert_near(c->rand, (both + neither) / all, 1e-15);
        assert_near(c->adjusted_rand, (both - chance) / (most - chance), 1e-14);
        assert_near(c->fowlkes_mallows, both / sqrt((both + first) * (both + second)), 1e-14);
        tsl_comparison_free(c);
    }
}

/* How labels are numbered does not matter, nor, for most, which one is the truth. */
static void test_numbering_and_sides(void **state)
{
    (void)state;
    enum { N = 500 };
    static const int32_t other[] = {4, 0, 3, 1, 2};
    int32_t a[N], b[N], c[N];
    tsl__rng rng = tsl__rng_open(3, 5, 0);
    for (int r = 0; r < N; r++) {
        a[r] = (int32_t)tsl__rng_below(&rng, 5);
        b[r] = tsl__rng_uniform(&rng) < 0.6 ? a[r] : (int32_t)tsl__rng_below(&rng, 3);
        c[r] = other[a[r]];
    }
    tsl_comparison *one = compare(a, 5, b, 5, NULL, N), *two = compare(c, 5, b, 5, NULL, N),
                   *turned = compare(b, 5, a, 5, NULL, N);
    assert_near(one->adjusted_rand, two->adjusted_rand, 0);
    assert_near(one->adjusted_rand, turned->adjusted_rand, 0);
    assert_near(one->adjusted_mutual_information, two->adjusted_mutual_information, 1e-13);
    assert_near(one->adjusted_mutual_information, turned->adjusted_mutual_information, 1e-13);
    assert_near(one->v_measure, turned->v_measure, 1e-14);
    assert_near(one->homogeneity, turned->completeness, 1e-14);
    assert_near(one->fowlkes_mallows, turned->fowlkes_mallows, 1e-15);
    assert_near(one->pair_sets_index, two->pair_sets_index, 1e-14);
    assert_near(one->pair_sets_index, turned->pair_sets_index, 1e-14);
    assert_near(one->normalised_accuracy, two->normalised_accuracy, 1e-14);
    assert_near(one->matched_share, turned->matched_share, 1e-15);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(one->match[i], two->match[other[i]]);
        assert_true(one->match[i] < 0 || turned->match[one->match[i]] == i);
        assert_true(one->matched[i] == two->matched[other[i]]);
    }
    tsl_comparison_free(one);
    tsl_comparison_free(two);
    tsl_comparison_free(turned);
}

static void test_same(void **state)
{
    (void)state;
    const int32_t a[] = {0, 0, 1, 1, 2, 5}, b[] = {3, 3, 0, 0, 2, 1}, one[6] = {0}, each[] = {0, 1, 2, 3, 4, 5};
    const struct {
        const int32_t *a, *b;
    } same[] = {{a, b}, {one, one}, {each, each}};
    for (int i = 0; i < 3; i++) {
        tsl_comparison *c = compare(same[i].a, 6, same[i].b, 6, NULL, 6);
        assert_near(c->rand, 1, 0);
        assert_near(c->adjusted_rand, 1, 0);
        assert_near(c->adjusted_mutual_information, 1, 1e-12);
        assert_near(c->normalised_mutual_information, 1, 1e-15);
        assert_near(c->v_measure, 1, 1e-15);
        assert_near(c->pair_sets_index, 1, 1e-15);
        assert_near(c->normalised_accuracy, 1, 1e-15);
        assert_near(c->matched_share, 1, 0);
        assert_near(c->fowlkes_mallows, i < 2, 1e-15); /* no pair is together */
        tsl_comparison_free(c);
    }
    tsl_comparison *c = compare(one, 1, a, 6, NULL, 6); /* one label says nothing */
    assert_true(c->adjusted_rand == 0 && c->adjusted_mutual_information == 0 && c->v_measure == 0);
    assert_true(c->normalised_accuracy == 0 && c->pair_sets_index == 0);
    tsl_comparison_free(c);
}

/* A row of weight w is w rows, and one of label -1 or weight 0 is none. */
static void test_weights(void **state)
{
    (void)state;
    enum { N = 300 };
    int32_t a[N], b[N], all_a[4 * N], all_b[4 * N];
    double weight[N];
    size_t rows = 0;
    tsl__rng rng = tsl__rng_open(3, 6, 0);
    for (int r = 0; r < N; r++) {
        a[r] = (int32_t)tsl__rng_below(&rng, 5) - (r % 17 == 0);
        b[r] = tsl__rng_uniform(&rng) < 0.6 ? a[r] : (int32_t)tsl__rng_below(&rng, 3);
        weight[r] = (double)tsl__rng_below(&rng, 4);
        for (int i = 0; i < weight[r] && a[r] >= 0 && b[r] >= 0; i++) {
            all_a[rows] = a[r];
            all_b[rows++] = b[r];
        }
    }
    tsl_comparison *one = compare(a, 5, b, 5, weight, N), *two = compare(all_a, 5, all_b, 5, NULL, rows);
    assert_near(one->adjusted_rand, two->adjusted_rand, 1e-15);
    assert_near(one->adjusted_mutual_information, two->adjusted_mutual_information, 1e-13);
    assert_near(one->pair_sets_index, two->pair_sets_index, 1e-14);
    assert_near(one->normalised_accuracy, two->normalised_accuracy, 1e-14);
    assert_near(one->v_measure, two->v_measure, 1e-14);
    assert_memory_equal(one->match, two->match, 5 * sizeof *one->match);
    assert_memory_equal(one->matched, two->matched, 5 * sizeof *one->matched);
    tsl_comparison_free(one);
    tsl_comparison_free(two);
    for (int r = 0; r < N; r++) {
        weight[r] = weight[r] * 1.5 + 0.25;
    }
    one = compare(a, 5, b, 5, weight, N); /* parts of rows cannot be dealt out */
    assert_true(isnan(one->adjusted_mutual_information) && isfinite(one->adjusted_rand) && isfinite(one->v_measure));
    tsl_comparison_free(one);
}

/* More labels than are matched; all the rest is there. */
static void test_many_labels(void **state)
{
    (void)state;
    enum { N = 5000 };
    int32_t *a = calloc(N, sizeof *a), *b = calloc(N, sizeof *b);
    for (int r = 0; r < N; r++) {
        a[r] = r / 2;
        b[r] = r / 4;
    }
    tsl_comparison *c = compare(a, N, b, N, NULL, N);
    assert_true(isnan(c->pair_sets_index) && isnan(c->normalised_accuracy) && isnan(c->matched_share));
    assert_true(c->match[0] == -1 && c->matched[0] == 0);
    assert_near(c->homogeneity, 1, 1e-14);
    assert_near(c->adjusted_rand, 0.49984992496248126, 1e-12);
    tsl_comparison_free(c);
    free(a);
    free(b);
}

static void test_refusals(void **state)
{
    (void)state;
    const int32_t a[] = {0, 1, 2}, b[] = {0, -2, 0};
    const double bad[] = {1, -1, 1}, none[] = {0, 0, 0};
    tsl_comparison *c = (tsl_comparison *)&c;
    tsl_error err;
    assert_int_equal(tsl_comparison_build(a, 2, a, 3, NULL, 3, &c, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "row 3: label 2 is outside 0 to 1");
    assert_null(c);
    assert_int_equal(tsl_comparison_build(a, 3, b, 3, NULL, 3, &c, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "row 2: label -2 is outside 0 to 2");
    assert_int_equal(tsl_comparison_build(a, 0, a, 3, NULL, 3, &c, &err), TSL_E_OPTION);
    assert_int_equal(tsl_comparison_build(a, 3, a, 3, bad, 3, &c, &err), TSL_E_INPUT);
    assert_int_equal(tsl_comparison_build(a, 3, a, 3, none, 3, &c, &err), TSL_E_INPUT);
    c = compare(a, 3, a, 3, NULL, 0);
    assert_true(c->rows == 0 && isnan(c->adjusted_rand) && isnan(c->v_measure) && isnan(c->pair_sets_index));
    tsl_comparison_free(c);
    tsl_comparison_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_other_programs),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_numbering_and_sides),
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_many_labels),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
