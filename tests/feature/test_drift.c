/* test_drift.c: how far customers have moved: the population stability index by
 * hand and as published, missing, outside, and what chance alone gives. */
#include "tables.h"

#include "base/rng.h"
#include "base/text.h"
#include "feature/drift.h"

enum { MOST = 5000 };

/* Customers now of one feature, whose bins in the fit are given. */
typedef struct sample {
    tsl_recipe recipe;
    tsl_feature feature;
    tsl_features features;
    double x[MOST];
} sample;

static void open_sample(sample *s, uint64_t customers, const tsl_bins *bins)
{
    memset(s, 0, sizeof *s);
    s->feature.bins = *bins;
    s->recipe = (tsl_recipe){.feature_count = 1, .feature = &s->feature, .customers = customers};
    s->features = (tsl_features){.recipe = &s->recipe, .feature_count = 1, .feature = &s->feature, .x = s->x};
}

static void add(sample *s, double x, size_t times)
{
    while (times--) {
        assert_true(s->features.customers < MOST);
        s->x[s->features.customers++] = x;
    }
}

static tsl_feature_drift drift_of(const sample *s)
{
    tsl_drift *drift = NULL;
    assert_int_equal(tsl_drift_build(&s->features, NULL, &drift, NULL), TSL_OK);
    assert_int_equal(drift->feature_count, 1);
    assert_int_equal(drift->customers, s->features.customers);
    tsl_feature_drift seen = drift->feature[0];
    tsl_drift_free(drift);
    return seen;
}

/* psi() of the R package KAscore, whose page
 * https://ketchbrookanalytics.github.io/KAscore/reference/psi.html draws 1,000
 * and 200 values of four bins by sample() from set.seed(123) and prints
 * 0.3404592. The counts are those of its draws. */
static void test_published(void **state)
{
    (void)state;
    static const tsl_bins bins = {
        .count = 4, .cut = {215, 221, 227}, .share = {.248, .247, .260, .245}, .low = 188, .high = 237};
    static const size_t now[] = {13, 43, 63, 81};
    sample s;
    open_sample(&s, 1000, &bins);
    for (size_t b = 0; b < 4; b++) {
        add(&s, 212 + (double)b * 6, now[b]);
    }
    tsl_feature_drift seen = drift_of(&s);
    assert_true(fabs(seen.psi - .3404592) < 5e-8);
    assert_true(fabs(seen.psi_chance - 3 * (1. / 200 + 1. / 1000)) < 1e-15);
    assert_true(seen.missing == 0 && seen.outside == 0);
}

/* Halves that become a quarter and three: (.25 - .5) ln .5 + (.75 - .5) ln 1.5 = .25 ln 3. */
static void test_by_hand(void **state)
{
    (void)state;
    static const tsl_bins bins = {.count = 2, .cut = {10}, .share = {.5, .5}, .low = 0, .high = 20, .missing = .2};
    sample s;
    open_sample(&s, 50, &bins);
    add(&s, 10, 1); /* a cut belongs to the bin below it */
    add(&s, 10.5, 3);
    tsl_feature_drift seen = drift_of(&s);
    check_near(seen.psi, .25 * log(3), "psi");
    check_near(seen.psi_chance, 1. / 4 + 1. / 40, "psi of chance"); /* 40 of the 50 were known */
    add(&s, NAN, 4);                                                /* the index is of known values */
    add(&s, 20, 1);
    add(&s, 21, 1);
    add(&s, -1, 2);
    seen = drift_of(&s);
    check_near(seen.psi, (3. / 8 - .5) * log(3. / 4) + (5. / 8 - .5) * log(5. / 4), "psi with missing");
    check_near(seen.missing, 4. / 12, "missing");
    check_near(seen.outside, 3. / 12, "outside"); /* the least and greatest themselves are within */
    check_near(seen.psi_chance, 1. / 8 + 1. / 40, "psi of chance with missing");
}

/* No share is taken as less than 0.0001, then or now. */
static void test_floors(void **state)
{
    (void)state;
    static const tsl_bins bins = {.count = 3, .cut = {1, 2}, .share = {.5, .5, 0}, .low = 0, .high = 2};
    sample s;
    open_sample(&s, 10, &bins);
    add(&s, 1, 4);
    check_near(drift_of(&s).psi, .5 * log(2) + (.0001 - .5) * log(.0001 / .5) + 0, "one bin has lost all");
    add(&s, 3, 4);
    check_near(drift_of(&s).psi, 0 + (.0001 - .5) * log(.0001 / .5) + (.5 - .0001) * log(.5 / .0001),
               "half have gone where nobody was");
    check_near(drift_of(&s).outside, .5, "outside");
}

/* Nothing known, then or now; nobody at all. */
static void test_unknown(void **state)
{
    (void)state;
    static const tsl_bins known = {.count = 1, .share = {1}, .low = 5, .high = 5};
    static const tsl_bins unknown = {.low = NAN, .high = NAN, .missing = 1};
    sample s;
    open_sample(&s, 10, &unknown);
    add(&s, 3, 2);
    tsl_feature_drift seen = drift_of(&s);
    assert_true(isnan(seen.psi) && isnan(seen.psi_chance) && seen.missing == 0 && seen.outside == 0);
    open_sample(&s, 10, &known);
    add(&s, NAN, 2);
    seen = drift_of(&s);
    assert_true(isnan(seen.psi) && isnan(seen.psi_chance) && seen.missing == 1 && seen.outside == 0);
    open_sample(&s, 10, &known);
    seen = drift_of(&s);
    assert_true(isnan(seen.psi) && isnan(seen.missing) && isnan(seen.outside));
    /* a constant has one bin: what differs from it lies outside */
    open_sample(&s, 10, &known);
    add(&s, 7, 3);
    add(&s, 5, 1);
    seen = drift_of(&s);
    assert_true(seen.psi == 0 && seen.psi_chance == 0 && seen.outside == .75);
}

/* ---- Of features ------------------------------------------------------------------- */

/* Of 10,000 customers, so that there is more than one block, the number `from` on. */
static tsl_table *make_table(int from, int customers, double shift)
{
    tsl__text csv = {0};
    tsl__rng rng = tsl__rng_open(5, 1, (uint32_t)from);
    tsl__text_puts(&csv, "customer_id,spend,city,member,visits\n");
    for (int i = from; i < from + customers; i++) {
        static const char *const cities[] = {"Lima", "Oslo", "Rome", ""};
        tsl__text_printf(&csv, "c%06d,%.2f,%s,%s,%d\n", i, 5 / (tsl__rng_uniform(&rng) + .01) + shift,
                         cities[tsl__rng_below(&rng, 4)], tsl__rng_below(&rng, 3) ? "yes" : "no",
                         (int)(tsl__rng_below(&rng, 5) * tsl__rng_below(&rng, 2)));
    }
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv.data);
    tsl__text_free(&csv);
    return table;
}

static void test_own_data(void **state)
{
    (void)state;
    tsl_table *table = make_table(0, 10000, 0);
    tsl_features *fit = features_of(table, NULL, NULL, NULL, NULL),
                 *f = features_of(table, NULL, NULL, fit->recipe, NULL);
    tsl_drift *first = NULL;
    for (int threads = 1; threads <= 5; threads++) {
        const tsl_exec exec = {.size = sizeof exec, .threads = threads};
        tsl_drift *drift = NULL;
        assert_int_equal(tsl_drift_build(f, &exec, &drift, NULL), TSL_OK);
        for (size_t i = 0; i < f->feature_count; i++) {
            assert_true(drift->feature[i].psi == 0);
            assert_true(drift->feature[i].outside == 0);
            assert_true(drift->feature[i].missing == f->feature[i].bins.missing);
        }
        if (first) {
            assert_memory_equal(drift->feature, first->feature, f->feature_count * sizeof *drift->feature);
            tsl_drift_free(drift);
        } else {
            first = drift;
        }
    }
    tsl_drift_free(first);
    tsl_features_free(f);
    tsl_features_free(fit);
    tsl_table_free(table);
}

/* Of others like them the index is near what chance gives, (bins - 1) (1 / now + 1 / then):
 * over the features of twenty draws its mean is; of those who spend more it is far. */
static void test_others(void **state)
{
    (void)state;
    tsl_table *table = make_table(0, 4000, 0);
    tsl_features *fit = features_of(table, NULL, NULL, NULL, NULL);
    double ratio = 0;
    size_t count = 0;
    for (int draw = 1; draw <= 20; draw++) {
        tsl_table *others = make_table(10000 * draw, 1000, 0);
        tsl_features *f = features_of(others, NULL, NULL, fit->recipe, NULL);
        tsl_drift *drift = NULL;
        assert_int_equal(tsl_drift_build(f, NULL, &drift, NULL), TSL_OK);
        for (size_t i = 0; i < f->feature_count; i++) {
            assert_true(drift->feature[i].psi < TSL_PSI_SHIFTED);
            ratio += drift->feature[i].psi / drift->feature[i].psi_chance;
            count++;
        }
        tsl_drift_free(drift);
        tsl_features_free(f);
        tsl_table_free(others);
    }
    assert_true(ratio / (double)count > .8 && ratio / (double)count < 1.2);
    tsl_table *richer = make_table(900000, 1000, 20);
    tsl_features *f = features_of(richer, NULL, NULL, fit->recipe, NULL);
    tsl_drift *drift = NULL;
    assert_int_equal(tsl_drift_build(f, NULL, &drift, NULL), TSL_OK);
    assert_true(drift->feature[tsl_features_get_index(f, "spend")].psi > TSL_PSI_DRIFTED);
    assert_true(drift->feature[tsl_features_get_index(f, "visits")].psi < TSL_PSI_SHIFTED);
    tsl_drift_free(drift);
    tsl_features_free(f);
    tsl_table_free(richer);
    tsl_features_free(fit);
    tsl_table_free(table);
}

/* Counted in parts, and put together: the same. */
static void test_parts(void **state)
{
    (void)state;
    tsl_table *table = make_table(0, 1000, 0);
    tsl_features *f = features_of(table, NULL, NULL, NULL, NULL);
    size_t count = f->feature_count;
    tsl__drift_count *all = calloc(count, sizeof *all), *part = calloc(count, sizeof *part);
    tsl_drift *whole = NULL, *parts = NULL;
    assert_int_equal(tsl_drift_build(f, NULL, &whole, NULL), TSL_OK);
    tsl__drift_add(f, 0, 300, all);
    tsl__drift_add(f, 300, 300, part); /* none */
    tsl__drift_add(f, 300, 1000, part);
    tsl__drift_merge(all, part, count);
    assert_int_equal(tsl__drift_make(f->recipe, all, 1000, &parts, NULL), TSL_OK);
    assert_memory_equal(whole->feature, parts->feature, count * sizeof *whole->feature);
    tsl_drift_free(whole);
    tsl_drift_free(parts);
    free(all);
    free(part);
    tsl_features_free(f);
    tsl_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published), cmocka_unit_test(test_by_hand),  cmocka_unit_test(test_floors),
        cmocka_unit_test(test_unknown),   cmocka_unit_test(test_own_data), cmocka_unit_test(test_others),
        cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
