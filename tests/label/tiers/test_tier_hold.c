/* test_tier_hold.c: tiers that rise at once and fall slowly: each case by hand, and whole histories by another way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/notes.h"
#include "base/rng.h"
#include "label/internal.h"
#include "label/policy.h"
#include "label/tiers/tier_hold.h"

static char value_name[] = "monetary_total", unit[] = "currency";
static tsl_feature feature = {.name = value_name, .unit = unit};
static tsl_recipe recipe = {.feature_count = 1, .feature = &feature};
static char *codes[] = {"high", "mid", "low", "gone"};
static const tsl_tier_cut cuts[] = {{1000, 0}, {100, 0}};

typedef struct fixture {
    tsl_features features;
    tsl_labels labels;
} fixture;

/* Labels these values by the cuts 1000 and 100, or by a policy that was; then: NULL: nothing is known; by: what those
 * tiers were cut by, or NULL. */
static void run_after(fixture *f, double *value, size_t n, const tsl__former_tier *then, const tsl_policy *by,
                      const tsl_label_options *opt, const tsl_policy *policy)
{
    *f = (fixture){0};
    f->features = (tsl_features){.customers = n, .recipe = &recipe, .feature_count = 1, .feature = &feature};
    f->labels = (tsl_labels){.customers = n,
                             .features = &f->features,
                             .value = value,
                             .value_name = value_name,
                             .applied = policy != NULL,
                             .tier_drift = {NAN, NAN}};
    assert_int_equal(policy ? tsl__policy_copy(policy, &f->labels.policy, NULL)
                            : tsl__policy_open(1, &f->labels.policy, NULL),
                     TSL_OK);
    if (!f->labels.policy->value) {
        f->labels.policy->value = strdup(value_name);
    }
    tsl_policy_segment *segment = f->labels.policy->segment;
    if (!segment->code) { /* nothing of a policy is NULL */
        segment->names[0] = strdup("All");
        segment->names[1] = strdup("全部");
        segment->code = strdup("S1");
    }
    const tsl__kept_names kept = {.tier = then, .tier_code = codes, .tier_codes = 4, .tier_policy = by};
    const tsl__labeling job = {.opt = opt, .threads = 1, .labels = &f->labels, .kept = then ? &kept : NULL};
    assert_int_equal(tsl__tiers_fill(&job, NULL), TSL_OK);
}

static void run(fixture *f, double *value, size_t n, const tsl__former_tier *then, const tsl_label_options *opt,
                const tsl_policy *policy)
{
    run_after(f, value, n, then, NULL, opt, policy);
}

static void release(fixture *f)
{
    free(f->labels.customer_tier);
    free(f->labels.tier_by_value);
    free(f->labels.tier_before);
    free(f->labels.tier_below);
    free(f->labels.tier);
    tsl__notes_free(&f->labels.notes);
    tsl_policy_free(f->labels.policy);
}

static tsl_label_options make_options(double margin, int grace, int step)
{
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.tier_method = TSL_TIER_CUTS;
    opt.tier_cut = cuts;
    opt.tier_cut_count = 2;
    opt.tier_margin = margin;
    opt.tier_grace = grace;
    opt.tier_step = step;
    return opt;
}

static void test_cases(void **state)
{
    (void)state;
    static const struct {
        double value;
        int32_t code, below; /* then */
        int8_t tier;
        int32_t now;
        const char *en, *zh;
    } cases[] = {
        {1000, 2, 0, 0, 0, "", ""}, /* two up at once */
        {999, 0, 1, 0, 0, ", kept High: under its cut by 0.1 %, within the margin of 10 %",
         "，保留高价值：低于其起点 0.1 %，未超过容许的 10 %"},
        {900, 0, 0, 0, 0, ", kept High: under its cut by 10 %, within the margin of 10 %",
         "，保留高价值：低于其起点 10 %，未超过容许的 10 %"}, /* on the margin is within it */
        {860, 0, 0, 0, 1, ", kept High: under its cut by 14 % since 1 evaluation, falls at 3",
         "，保留高价值：低于其起点 14 %，已连续 1 次评估，满 3 次降级"},
        {860, 0, 1, 0, 2, ", kept High: under its cut by 14 % since 2 evaluations, falls at 3",
         "，保留高价值：低于其起点 14 %，已连续 2 次评估，满 3 次降级"},
        {860, 0, 2, 1, 0, "", ""},
        {5, 0, 2, 1, 0, ", fell to Mid: Low by the value, but no more than 1 at a time",
         "，降至中价值：按价值为低价值，但每次最多降 1 级"},
        {95, 0, 2, 1, 0, ", fell to Mid: Low by the value, but no more than 1 at a time",
         "，降至中价值：按价值为低价值，但每次最多降 1 级"}, /* within the margin of a tier that he did not have */
        {5, 1, 0, 1, 1, ", kept Mid: under its cut by 95 % since 1 evaluation, falls at 3",
         "，保留中价值：低于其起点 95 %，已连续 1 次评估，满 3 次降级"},
        {5, 1, 2, 2, 0, "", ""},
        {-5, 1, 1, 1, 2, ", kept Mid: under its cut by 100 % since 2 evaluations, falls at 3",
         "，保留中价值：低于其起点 100 %，已连续 2 次评估，满 3 次降级"},
        {NAN, 1, 1, 1, 2, ", kept Mid: under its cut since 2 evaluations, falls at 3",
         "，保留中价值：低于其起点，已连续 2 次评估，满 3 次降级"},
        {5, -1, 0, 2, 0, "", ""}, /* new */
        {5, 3, 2, 2, 0, "", ""},  /* of a tier that is no more */
        {500, 2, 2, 1, 0, "", ""},
    };
    enum { N = sizeof cases / sizeof *cases };
    double value[N];
    tsl__former_tier then[N];
    const tsl_label_options opt = make_options(.1, 3, 1);
    fixture f;
    for (size_t i = 0; i < N; i++) {
        value[i] = cases[i].value;
        then[i] = (tsl__former_tier){cases[i].code, cases[i].below};
    }
    run(&f, value, N, then, &opt, NULL);
    uint64_t held = 0;
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(f.labels.customer_tier[i], cases[i].tier);
        assert_int_equal(f.labels.tier_below[i], cases[i].now);
        for (int lang = 0; lang < 2; lang++) {
            tsl__text text = {0};
            const char *said = lang ? cases[i].zh : cases[i].en;
            assert_int_equal(tsl__tier_hold_put(&f.labels, i, lang, &text), *said != '\0');
            assert_string_equal(text.data ? text.data : "", said);
            tsl__text_free(&text);
        }
        held += *cases[i].en != '\0';
    }
    assert_int_equal(f.labels.held, held);
    assert_string_equal(f.labels.notes.text[0],
                        "9 customers keep a higher tier than the value gives, as tiers fall slowly");
    assert_string_equal(f.labels.notes.text[1],
                        "1 customer had a tier in the previous run that there is no more: the value alone counts");
    assert_string_equal(f.labels.notes.text[2],
                        "whether tiers of the previous run were cut by monetary_total, too, is not known without its "
                        "model: they are taken to be");
    release(&f);
}

/* Nothing is held without a policy, or without an earlier run; the policy is kept, and heeded in an apply. */
static void test_when(void **state)
{
    (void)state;
    double value[] = {5};
    const tsl__former_tier then[] = {{0, 0}};
    const tsl_label_options plain = make_options(0, 1, 0), slow = make_options(.1, 2, 0);
    tsl_label_options unset = make_options(.5, 0, 3);
    fixture f, g;
    run(&f, value, 1, then, &plain, NULL);
    assert_null(f.labels.tier_below);
    assert_int_equal(f.labels.customer_tier[0], 2);
    assert_int_equal(f.labels.policy->tier_grace, 1);
    release(&f);
    run(&f, value, 1, NULL, &slow, NULL); /* the first run of all */
    assert_null(f.labels.tier_below);
    assert_int_equal(f.labels.notes.count, 0);
    assert_true(f.labels.policy->tier_margin == .1 && f.labels.policy->tier_grace == 2);
    run(&g, value, 1, NULL, &unset, f.labels.policy); /* an apply that forgets it is told so */
    assert_null(g.labels.tier_below);
    assert_non_null(strstr(g.labels.notes.text[0], "--previous"));
    release(&g);
    run(&g, value, 1, then, &unset, f.labels.policy);
    assert_int_equal(g.labels.customer_tier[0], 0);
    assert_int_equal(g.labels.tier_below[0], 1);
    assert_true(g.labels.policy->tier_margin == .1);
    release(&g);
    run(&g, value, 1, then, &plain, f.labels.policy); /* another one stands before the model's */
    assert_int_equal(g.labels.customer_tier[0], 2);
    release(&g);
    release(&f);
}

/* Tiers of something else are held by nobody, and a note names both; of the same value, or of one that is not known,
 * they are. */
static void test_other_scale(void **state)
{
    (void)state;
    static char money[] = "monetary_total", count[] = "frequency";
    static const struct {
        tsl_policy by;
        const char *note; /* NULL: they are held */
    } cases[] = {
        {{.tier_count = 3, .value = money}, NULL},
        {{.tier_count = 0}, NULL}, /* it had no tiers that it knows of */
        {{.tier_count = 3, .value = count},
         "tiers of the previous run were cut by frequency, and these are by monetary_total: nobody keeps an earlier "
         "tier, and the values alone count"},
        {{.tier_count = 3, .value = money, .tiers_of_score = 1},
         "tiers of the previous run were cut by the score, and these are by monetary_total: nobody keeps an earlier "
         "tier, and the values alone count"},
    };
    double value[] = {950};
    const tsl__former_tier then[] = {{0, 0}};
    const tsl_label_options opt = make_options(.1, 2, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        run_after(&f, value, 1, then, &cases[i].by, &opt, NULL);
        assert_int_equal(f.labels.customer_tier[0], cases[i].note ? 1 : 0);
        assert_int_equal(f.labels.held, cases[i].note ? 0 : 1);
        assert_true(!cases[i].note == (f.labels.tier_below != NULL));
        if (cases[i].note) {
            assert_int_equal(f.labels.notes.count, 1);
            assert_string_equal(f.labels.notes.text[0], cases[i].note);
        }
        release(&f);
    }
}

/* Whole histories: what the last evaluations tell, without counting along. With steps of any size a customer is in
 * the best tier of those that his value has given since he was last `grace` evaluations in a row below. */
static void test_histories(void **state)
{
    (void)state;
    enum { N = 500, T = 40 };
    static double value[N];
    static tsl__former_tier then[N];
    static int tier[N][T + 1], count[N];
    tsl__rng rng = tsl__rng_open(9, 1, 1);
    for (int grace = 1; grace <= 4; grace++) {
        for (int step = 0; step <= 1; step++) {
            const tsl_label_options opt = make_options(.2, grace, step);
            for (size_t i = 0; i < N; i++) {
                then[i] = (tsl__former_tier){-1, 0};
                count[i] = 0;
            }
            for (int t = 1; t <= T; t++) {
                fixture f;
                for (size_t i = 0; i < N; i++) {
                    value[i] = pow(10, (double)tsl__rng_below(&rng, 4000) / 1000);
                }
                run(&f, value, N, then, &opt, NULL);
                for (size_t i = 0; i < N; i++) {
                    const int own = value[i] >= 1000 ? 0 : value[i] >= 100 ? 1 : 2, had = tier[i][t - 1];
                    const int under = t > 1 && had < 2 && value[i] < (had == 0 ? 800 : 80);
                    count[i] = t > 1 && own > had && under ? count[i] + 1 : 0;
                    const int falls = t == 1 || own <= had || count[i] == grace;
                    tier[i][t] = !falls ? had : t > 1 && step && own > had + 1 ? had + 1 : own;
                    count[i] = falls ? 0 : count[i];
                    assert_int_equal(f.labels.customer_tier[i], tier[i][t]);
                    assert_true(tier[i][t] <= own || t == 1); /* never lower than the value gives */
                    then[i] = (tsl__former_tier){f.labels.customer_tier[i], f.labels.tier_below[i]};
                }
                release(&f);
            }
        }
    }
}

/* As many tiers at a time as are said, and no more than the value is below. */
static void test_steps(void **state)
{
    (void)state;
    static const tsl_tier_name names[] = {{"high", {NULL}}, {"mid", {NULL}}, {"low", {NULL}}, {"gone", {NULL}}};
    static const tsl_tier_cut four[] = {{1000, 0}, {100, 0}, {10, 0}};
    static const int8_t expected[][3] = {{3, 2, 3}, {1, 1, 2}, {2, 2, 3}, {3, 2, 3}}; /* by any, 1, 2, 3 */
    static const tsl__former_tier then[] = {{0, 0}, {0, 0}, {1, 0}};
    double value[] = {5, 50, 5};
    for (int step = 0; step <= 3; step++) {
        fixture f;
        tsl_label_options opt = make_options(.1, 1, step);
        opt.tier_name = names;
        opt.tier_name_count = 4;
        opt.tier_cut = four;
        opt.tier_cut_count = 3;
        run(&f, value, 3, then, &opt, NULL);
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(f.labels.customer_tier[i], expected[step][i]);
        }
        release(&f);
    }
}

/* Cuts that are frozen while everybody grows: the alarm; the shares that there were: none. */
static void test_drift(void **state)
{
    (void)state;
    enum { N = 3000 };
    static double value[N];
    fixture f, g;
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    for (size_t i = 0; i < N; i++) {
        value[i] = 1 + (double)(i * 7919 % N);
    }
    run(&f, value, N, NULL, &opt, NULL);
    assert_true(isnan(f.labels.tier_drift.psi));
    run(&g, value, N, NULL, &opt, f.labels.policy);
    assert_true(g.labels.tier_drift.psi == 0);
    assert_int_equal(g.labels.notes.count, 0);
    release(&g);
    for (size_t i = 0; i < N; i++) {
        value[i] *= 3;
    }
    run(&g, value, N, NULL, &opt, f.labels.policy);
    assert_true(g.labels.tier_drift.psi > TSL_PSI_DRIFTED && g.labels.tier_drift.psi > g.labels.tier_drift.psi_limit);
    assert_non_null(
        strstr(g.labels.notes.text[0], "the shares of the tiers have drifted far from those of the fit (PSI "));
    release(&g);
    static const size_t size[] = {2, 4, 4, 4, 6}; /* of 20 who were alike in all: as much may be chance */
    for (size_t t = 0, i = 0; t < 5; t++) {
        f.labels.policy->tier_size[t] = 4;
        for (size_t end = i + size[t]; i < end; i++) {
            value[i] = t < 4 ? f.labels.policy->tier_cut[t].least : .5;
        }
    }
    run(&g, value, 20, NULL, &opt, f.labels.policy);
    assert_true(g.labels.tier_drift.psi >= TSL_PSI_SHIFTED && g.labels.tier_drift.psi <= g.labels.tier_drift.psi_limit);
    assert_int_equal(g.labels.notes.count, 0);
    release(&g);
    memset(f.labels.policy->tier_size, 0, 5 * sizeof(uint64_t)); /* a model of before */
    run(&g, value, N, NULL, &opt, f.labels.policy);
    assert_true(isnan(g.labels.tier_drift.psi));
    release(&g);
    release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases), cmocka_unit_test(test_when),        cmocka_unit_test(test_histories),
        cmocka_unit_test(test_steps), cmocka_unit_test(test_other_scale), cmocka_unit_test(test_drift),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
