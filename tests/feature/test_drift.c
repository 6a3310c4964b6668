/* test_drift.c: how far customers have moved: the population stability index by
 * hand, by NumPy and as published, missing, outside, and what chance alone gives. */
#include "tables.h"

#include "base/rng.h"
#include "base/text.h"
#include "feature/columns/bins.h"
#include "feature/drift.h"
#include "stat/sort.h"

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
    static const tsl_bins bins = {.count = 2, .cut = {10}, .share = {.5, .5}, .low = 0, .high = 20};
    sample s;
    open_sample(&s, 50, &bins);
    add(&s, 10, 1); /* a cut belongs to the bin below it */
    add(&s, 10.5, 3);
    tsl_feature_drift seen = drift_of(&s);
    check_near(seen.psi, .25 * log(3), "psi");
    check_near(seen.psi_chance, 1. / 4 + 1. / 50, "psi of chance");
    check_near(seen.psi_limit, 10.828 * (1. / 4 + 1. / 50), "limit of chance");
    add(&s, 20, 1);
    add(&s, 21, 1);
    add(&s, -1, 2);
    add(&s, NAN, 4);
    seen = drift_of(&s);
    check_near(seen.missing, 4. / 12, "missing");
    check_near(seen.outside, 3. / 12, "outside"); /* the least and greatest themselves are within */
}

/* Those without a value are a bin of their own. Where a fifth was missing, and a third is now, and the known halves
 * are three eighths and five: shares .4, .4, .2 become .25, .41666..., .33333... */
static void test_missing(void **state)
{
    (void)state;
    static const tsl_bins bins = {.count = 2, .cut = {10}, .share = {.5, .5}, .low = 0, .high = 20, .missing = .2};
    sample s;
    open_sample(&s, 50, &bins);
    add(&s, 5, 3);
    add(&s, 15, 5);
    add(&s, NAN, 4);
    tsl_feature_drift seen = drift_of(&s);
    check_near(seen.psi,
               (3. / 12 - .4) * log(3. / 12 / .4) + (5. / 12 - .4) * log(5. / 12 / .4) +
                   (4. / 12 - .2) * log(4. / 12 / .2),
               "psi with missing");
    check_near(seen.psi_chance, 2 * (1. / 12 + 1. / 50), "psi of chance with missing");
    check_near(seen.psi_limit, 13.816 * (1. / 12 + 1. / 50), "limit of chance with missing");
}

/* Missing for everybody now, of which nothing was missing: the greatest shift there is. With 1,000 and 1,000 no share
 * is taken as less than 0.0005: 2 (.0005 - .5) ln(.0005 / .5) + (1 - .0005) ln(1 / .0005). */
static void test_all_missing(void **state)
{
    (void)state;
    static const tsl_bins bins = {.count = 2, .cut = {10}, .share = {.5, .5}, .low = 0, .high = 20};
    sample s;
    open_sample(&s, 1000, &bins);
    add(&s, NAN, 1000);
    tsl_feature_drift seen = drift_of(&s);
    check_near(seen.psi, 2 * (.0005 - .5) * log(.001) + (1 - .0005) * log(2000), "psi");
    check_near(seen.psi_chance, 2 * .002, "psi of chance");
    assert_true(seen.missing == 1 && seen.outside == 0);
    add(&s, 5, 500); /* and the other way: mostly missing, of which nothing was */
    add(&s, 15, 500);
    assert_true(drift_of(&s).psi > TSL_PSI_DRIFTED && drift_of(&s).psi > drift_of(&s).psi_limit);
    open_sample(&s, 1000, &bins); /* a share that was missing and is not */
    s.feature.bins.missing = .6;
    add(&s, 5, 500);
    add(&s, 15, 500);
    check_near(drift_of(&s).psi, 2 * (.5 - .2) * log(.5 / .2) + (.0005 - .6) * log(.0005 / .6), "no more missing");
    for (size_t customers = 3; customers <= 30; customers *= 10) { /* few suffice to tell */
        open_sample(&s, 1000, &bins);
        add(&s, NAN, customers);
        assert_true(drift_of(&s).psi > TSL_PSI_DRIFTED && drift_of(&s).psi > drift_of(&s).psi_limit);
    }
}

/* Fitted and counted from the values, against NumPy:
 *     x, y = [10, 12, ..., 200], [5, 12, ..., 260]; 1 and 5 are missing
 *     cuts = numpy.quantile(x, numpy.arange(1, 10) / 10)
 *     count = lambda v: numpy.bincount(numpy.searchsorted(cuts, v), minlength=10)
 *     e, a = numpy.append(count(x), 1) / 20, numpy.append(count(y), 5) / 20
 *     e, a = numpy.maximum(e, .5 / 20), numpy.maximum(a, .5 / 20)
 *     ((a - e) * numpy.log(a / e)).sum()
 * where count(x) is 2 2 2 2 2 1 2 2 2 2 and count(y) 4 1 0 0 2 0 3 1 2 2. */
static void test_independent(void **state)
{
    (void)state;
    static const double x[] = {10, 12, 15, 15, 20, 22, 30, 31, 35, 40, 44, 50, 60, 75, 75, 80, 90, 120, 200};
    static const double y[] = {5, 12, 12, 14, 18, 33, 36, 61, 62, 64, 70, 90, 95, 130, 260};
    tsl_bins bins;
    sample s;
    tsl__bins_fit(x, sizeof x / sizeof *x, TSL_FORM_NUMBER, &bins);
    bins.missing = 1. / 20;
    open_sample(&s, 20, &bins);
    for (size_t i = 0; i < sizeof y / sizeof *y; i++) {
        add(&s, y[i], 1);
    }
    add(&s, NAN, 5);
    tsl_feature_drift seen = drift_of(&s);
    check_near(seen.psi, 0.7060631076861996, "psi");
    check_near(seen.psi_chance, 10 * (1. / 20 + 1. / 20), "psi of chance");
    check_near(seen.outside, 2. / 20, "outside");
}

/* No share is taken as less than 0.0001, then or now, or as that of half a customer. A bin where nobody is or was
 * tells nothing. */
static void test_floors(void **state)
{
    (void)state;
    static const tsl_bins bins = {.count = 3, .cut = {1, 2}, .share = {.5, .5, 0}, .low = 0, .high = 2};
    sample s;
    open_sample(&s, 1000000, &bins);
    add(&s, 1, 50);
    check_near(drift_of(&s).psi, .5 * log(2) + (.01 - .5) * log(.01 / .5), "one bin has lost all");
    check_near(drift_of(&s).psi_chance, 1. / 50 + 1e-6, "of two bins");
    add(&s, 3, 50);
    check_near(drift_of(&s).psi, (.005 - .5) * log(.005 / .5) + (.5 - .0001) * log(.5 / .0001),
               "half have gone where nobody was");
    check_near(drift_of(&s).psi_chance, 2 * (1. / 100 + 1e-6), "of three bins");
    check_near(drift_of(&s).outside, .5, "outside");
    open_sample(&s, 10, &bins);
    add(&s, 3, 10);
    check_near(drift_of(&s).psi, 2 * (.05 - .5) * log(.05 / .5) + (1 - .05) * log(1 / .05), "all of ten have gone");
}

/* Nothing known, then and now; nobody at all. */
static void test_unknown(void **state)
{
    (void)state;
    static const tsl_bins known = {.count = 1, .share = {1}, .low = 5, .high = 5};
    static const tsl_bins unknown = {.low = NAN, .high = NAN, .missing = 1};
    sample s;
    open_sample(&s, 10, &unknown);
    add(&s, NAN, 2);
    tsl_feature_drift seen = drift_of(&s);
    assert_true(isnan(seen.psi) && isnan(seen.psi_chance) && isnan(seen.psi_limit));
    assert_true(seen.missing == 1 && seen.outside == 0);
    open_sample(&s, 10, &known);
    seen = drift_of(&s);
    assert_true(isnan(seen.psi) && isnan(seen.psi_limit) && isnan(seen.missing) && isnan(seen.outside));
    /* what nobody had and everybody has is a shift like any other */
    open_sample(&s, 1000, &unknown);
    add(&s, 3, 1000);
    seen = drift_of(&s);
    check_near(seen.psi, 2 * (1 - .0005) * log(1 / .0005), "psi of what is new");
    check_near(seen.psi_chance, .002, "psi of chance of what is new");
    assert_true(seen.missing == 0 && seen.outside == 0);
}

/* What was one value has that as a bin, and all else. */
static void test_constant(void **state)
{
    (void)state;
    static const tsl_bins bins = {.count = 1, .share = {1}, .low = 5, .high = 5};
    static const tsl_bins yes = {.count = 2, .cut = {0}, .share = {0, 1}, .low = 1, .high = 1};
    for (int boolean = 0; boolean < 2; boolean++) {
        sample s;
        open_sample(&s, 1000, boolean ? &yes : &bins);
        add(&s, boolean ? 1 : 5, 250);
        tsl_feature_drift seen = drift_of(&s);
        assert_true(seen.psi == 0 && seen.psi_chance == 0 && seen.psi_limit == 0);
        add(&s, boolean ? 0 : 7, 375);
        add(&s, boolean ? 0 : 3, 375);
        seen = drift_of(&s);
        check_near(seen.psi, (.25 - 1) * log(.25) + (.75 - .0005) * log(.75 / .0005), "psi of a constant");
        check_near(seen.psi_chance, .002, "psi of chance of a constant");
        assert_true(seen.outside == .75);
    }
}

/* ---- What chance gives ------------------------------------------------------------- */

/* The share of a chi-square distribution above x, by Simpson's rule over its density. */
static double get_tail(double degrees, double x)
{
    enum { STEPS = 20000 };
    const double end = sqrt(x), step = end / STEPS; /* over the root, where the density is finite */
    double sum = 0;
    for (int i = 0; i <= STEPS; i++) {
        double root = i * step;
        double f = 2 * pow(root, degrees - 1) * exp(-root * root / 2) / (pow(2, degrees / 2) * tgamma(degrees / 2));
        sum += f * (i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2);
    }
    return 1 - sum * step / 3;
}

static void test_limit(void **state)
{
    (void)state;
    for (size_t count = 2; count <= TSL_BINS_MAX; count++) {
        tsl_bins bins = {.count = count, .low = 0, .high = (double)count, .missing = .1};
        for (size_t b = 0; b < count; b++) {
            bins.cut[b] = (double)b + .5;
            bins.share[b] = 1. / (double)count;
        }
        sample s;
        open_sample(&s, 1000, &bins);
        add(&s, 0, 500);
        tsl_feature_drift seen = drift_of(&s);
        assert_true(fabs(get_tail((double)count, seen.psi_limit / (1. / 1000 + 1. / 500)) - .001) < 1e-6);
        check_near(seen.psi_chance, (double)count * (1. / 1000 + 1. / 500), "psi of chance");
    }
}

typedef enum draw_kind { SPREAD, WITH_MISSING, RARE, DRAW_KINDS } draw_kind;

static double draw_value(draw_kind kind, tsl__rng *rng)
{
    double x = tsl__rng_uniform(rng);
    return kind == RARE ? x < .03 : kind == WITH_MISSING && tsl__rng_uniform(rng) < .03 ? (double)NAN : x;
}

/* Bins of `then` draws, in s, which is opened for customers of `then`. */
static void fit_draws(sample *s, draw_kind kind, size_t then, tsl__rng *rng)
{
    double known[MOST], scratch[MOST];
    size_t count = 0;
    tsl_bins bins;
    for (size_t i = 0; i < then; i++) {
        double x = draw_value(kind, rng);
        known[count] = x;
        count += isnan(x) ? 0 : 1;
    }
    tsl__sort(known, scratch, count);
    tsl__bins_fit(known, count, kind == RARE ? TSL_FORM_BOOLEAN : TSL_FORM_NUMBER, &bins);
    bins.missing = (double)(then - count) / (double)then;
    open_sample(s, then, &bins);
}

/* As drift_of, without the threads of a build. */
static tsl_feature_drift count_draws(const sample *s)
{
    tsl__drift_count count = {.missing = 0};
    tsl_drift *drift = NULL;
    tsl__drift_add(&s->features, 0, s->features.customers, &count);
    assert_int_equal(tsl__drift_make(&s->recipe, &count, s->features.customers, &drift, NULL), TSL_OK);
    tsl_feature_drift seen = drift->feature[0];
    tsl_drift_free(drift);
    return seen;
}

/* Draws of one distribution: the marks alone say of few customers that they have moved, and mostly far; with the
 * limit hardly one in 100 does, and those who do differ are still told. */
static void test_chance(void **state)
{
    (void)state;
    static const size_t sizes[][2] = {{30, 30},   {100, 30},  {12, 1000},  {1000, 3},  {1000, 10},
                                      {1000, 20}, {1000, 40}, {1000, 100}, {100, 100}, {3000, 300}};
    enum { ROUNDS = 400 };
    tsl__rng rng = tsl__rng_open(3, 1, 4);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const size_t lesser = sizes[i][0] < sizes[i][1] ? sizes[i][0] : sizes[i][1];
        for (draw_kind kind = SPREAD; kind < DRAW_KINDS; kind++) {
            int marked = 0, moved = 0;
            for (int round = 0; round < ROUNDS; round++) {
                sample s;
                fit_draws(&s, kind, sizes[i][0], &rng);
                for (size_t n = 0; n < sizes[i][1]; n++) {
                    add(&s, draw_value(kind, &rng), 1);
                }
                tsl_feature_drift seen = count_draws(&s);
                marked += seen.psi >= TSL_PSI_DRIFTED;
                moved += seen.psi >= TSL_PSI_SHIFTED && seen.psi > seen.psi_limit;
            }
            assert_true(moved <= ROUNDS / 100);
            assert_true(kind == RARE || lesser > 30 || marked > ROUNDS / 2);
        }
        sample s;
        fit_draws(&s, SPREAD, sizes[i][0], &rng);
        for (size_t n = 0; n < sizes[i][1]; n++) {
            add(&s, .9 + .2 * draw_value(SPREAD, &rng), 1);
        }
        tsl_feature_drift seen = drift_of(&s);
        assert_true(seen.psi >= TSL_PSI_DRIFTED);
        assert_true(seen.psi > seen.psi_limit || lesser < 20);
    }
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

/* Of two tables: those of the fit against others give the drift of an apply, whatever the order of the pairs and the
 * threads; against themselves none; and others against richer ones, by the fit's bins, not what the fit's own gives. */
static void test_between(void **state)
{
    (void)state;
    tsl_table *table = make_table(0, 5000, 0), *others = make_table(900000, 1000, 20);
    tsl_features *fit = features_of(table, NULL, NULL, NULL, NULL);
    tsl_features *now = features_of(others, NULL, NULL, fit->recipe, NULL);
    const size_t count = fit->feature_count, spend = tsl_features_get_index(fit, "spend");
    tsl_feature_pair *pair = calloc(count, sizeof *pair);
    tsl_exec exec;
    tsl_drift *drift = NULL;
    TSL_DEFAULTS(exec, &exec);
    assert_int_equal(tsl_drift_build(now, NULL, &drift, NULL), TSL_OK);
    for (exec.threads = 1; exec.threads <= 3; exec.threads++) {
        for (size_t i = 0; i < count; i++) {
            pair[i].then = pair[i].now = count - 1 - i;
        }
        assert_int_equal(tsl__drift_between(fit, now, &exec, pair, count, NULL), TSL_OK);
        for (size_t i = 0; i < count; i++) {
            const tsl_feature_drift *of = &drift->feature[count - 1 - i];
            assert_true(fabs(pair[i].drift.psi - of->psi) < 1e-9 || (isnan(pair[i].drift.psi) && isnan(of->psi)));
            assert_true(pair[i].drift.missing == of->missing && pair[i].drift.outside == of->outside);
            assert_true(pair[i].missing_then == fit->feature[count - 1 - i].bins.missing);
        }
    }
    pair[0].then = pair[0].now = spend;
    assert_int_equal(tsl__drift_between(now, now, NULL, pair, 1, NULL), TSL_OK);
    assert_true(pair[0].drift.psi == 0 && pair[0].drift.outside == 0);
    assert_int_equal(tsl__drift_between(now, fit, NULL, pair, 1, NULL), TSL_OK);
    assert_true(pair[0].drift.psi > TSL_PSI_DRIFTED && pair[0].drift.outside > 0);
    tsl_drift_free(drift);
    free(pair);
    tsl_features_free(now);
    tsl_features_free(fit);
    tsl_table_free(others);
    tsl_table_free(table);
}

/* Outside count those columns alone that clusters are found by, and no indicators. */
static void test_outside_of_columns(void **state)
{
    (void)state;
    tsl_feature feature[3] = {
        {.bins = {.low = 0, .high = 10}}, {.bins = {.low = 0, .high = 10}}, {.bins = {.low = 0, .high = 10}}};
    tsl_vector_column column[4] = {{.feature = 0, .weight = 1},
                                   {.feature = 1, .weight = 0},
                                   {.feature = 2, .weight = .5},
                                   {.feature = 2, .weight = 1, .indicator = 1}};
    tsl_recipe recipe = {.feature_count = 3, .feature = feature, .column_count = 4, .column = column};
    double x[] = {0, 5, 10, 11, 5, 5, 5, 11, 5, -1, -1, -1, NAN, NAN, 99};
    const tsl_features f = {.customers = 5, .recipe = &recipe, .feature_count = 3, .feature = feature, .x = x};
    static const uint32_t expected[] = {0, 1, 0, 2, 1};
    uint32_t outside[5];
    tsl__drift_outside(&f, 0, 5, outside);
    assert_memory_equal(outside, expected, sizeof expected);
    tsl__drift_outside(&f, 3, 5, outside);
    assert_memory_equal(outside, expected + 3, 2 * sizeof *expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_all_missing),
        cmocka_unit_test(test_independent),
        cmocka_unit_test(test_floors),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_constant),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_chance),
        cmocka_unit_test(test_own_data),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_between),
        cmocka_unit_test(test_outside_of_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
