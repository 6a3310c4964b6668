/* test_outcome.c: what the customers of each segment did next, against pairs and sums written out. */
#include <tesela/label.h>

#include "base/hash.h"
#include "base/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define N 400

static int32_t segment[N];
static double value[N];
static unsigned char happened[N];
static char text[N][8];
static const char *id[N];

/* Three segments of rising rates, and some customers left out. */
static tsl_outcome_input draw(uint64_t seed)
{
    tsl__rng rng = tsl__rng_open(seed, 1, 1);
    for (size_t i = 0; i < N; i++) {
        segment[i] = (int32_t)tsl__rng_below(&rng, 4) - 1;
        happened[i] = tsl__rng_uniform(&rng) < .2 + .25 * (segment[i] + 1);
        value[i] = happened[i] ? -20 + 200 * tsl__rng_uniform(&rng) * (segment[i] + 2) : 0;
        snprintf(text[i], sizeof text[i], "c%zu", i);
        id[i] = text[i];
    }
    return (tsl_outcome_input){N, segment, 3, id, value, happened};
}

static tsl_outcome *build(const tsl_outcome_input *in)
{
    tsl_outcome *out = NULL;
    assert_int_equal(tsl_outcome_build(in, &out, NULL), TSL_OK);
    return out;
}

static int is_in(size_t i, int split, int half)
{
    return segment[i] >= 0 && (int)(tsl__hash64(id[i], strlen(id[i]), (uint64_t)split) & 1) == half;
}

/* The mean of y, or of what happened, in one half of a segment; -1: of all. */
static double mean_of(int what, int split, int half, int of)
{
    double sum = 0, n = 0;
    for (size_t i = 0; i < N; i++) {
        if (is_in(i, split, half) && (of < 0 || segment[i] == of)) {
            sum += what ? happened[i] : log1p(fmax(0, value[i]));
            n++;
        }
    }
    return sum / n;
}

static void naive(double *eta2, double *auc)
{
    *eta2 = *auc = 0;
    for (int split = 0; split < 10; split++) {
        for (int half = 0; half < 2; half++) {
            double left = 0, total = 0, won = 0, pairs = 0, y[3], b[3], mean = mean_of(0, split, !half, -1);
            for (int s = 0; s < 3; s++) {
                y[s] = mean_of(0, split, half, s);
                b[s] = mean_of(1, split, half, s);
            }
            for (size_t i = 0; i < N; i++) {
                if (!is_in(i, split, !half)) {
                    continue;
                }
                const double is = log1p(fmax(0, value[i]));
                left += pow(is - y[segment[i]], 2);
                total += pow(is - mean, 2);
                for (size_t j = 0; j < N && happened[i]; j++) {
                    if (is_in(j, split, !half) && !happened[j]) {
                        pairs++;
                        won += b[segment[i]] > b[segment[j]] ? 1 : b[segment[i]] == b[segment[j]] ? .5 : 0;
                    }
                }
            }
            *eta2 += (1 - left / total) / 20;
            *auc += won / pairs / 20;
        }
    }
}

static void test_naive(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        const tsl_outcome_input in = draw(seed);
        tsl_outcome *out = build(&in);
        double eta2, auc;
        naive(&eta2, &auc);
        assert_true(fabs(out->eta2 - eta2) < 1e-12);
        assert_true(fabs(out->auc - auc) < 1e-12);
        assert_true(out->auc > .55 && out->eta2 > 0 && out->eta2 < 1);
        uint64_t all = 0;
        for (int s = 0; s < 3; s++) {
            all += out->segment[s].size;
        }
        assert_int_equal(all, out->customers);
        assert_true(out->customers < N);
        tsl_outcome_free(out);
    }
}

/* 5 of 10 and none of 10: Wilson's limits as published tables have them; a mean with its t-free interval. */
static void test_segments(void **state)
{
    (void)state;
    static const int32_t of[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3};
    static const double spent[] = {10, 20, 30, 40, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7};
    static const unsigned char bought[] = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    const tsl_outcome_input in = {21, of, 4, NULL, spent, bought};
    tsl_outcome *out = build(&in);
    const tsl_outcome_segment *s = out->segment;
    assert_int_equal(s[0].size, 10);
    assert_int_equal(s[0].happened, 5);
    assert_true(s[0].rate == .5);
    assert_true(fabs(s[0].rate_low - .236593) < 1e-6 && fabs(s[0].rate_high - .763407) < 1e-6);
    assert_true(fabs(s[0].value_mean - 15) < 1e-12);
    assert_true(fabs(s[0].value_high - (15 + 2.262157162854099 * sqrt(3250. / 9 / 10))) < 1e-9);
    assert_true(fabs(s[0].value_low + s[0].value_high - 30) < 1e-9);
    assert_true(s[1].rate == 0 && s[1].rate_low == 0 && fabs(s[1].rate_high - .277533) < 1e-6);
    assert_true(s[1].value_mean == 0 && s[1].value_low == 0 &&
                s[1].value_high == 0); /* nobody spent: nothing is left over */
    assert_true(s[2].size == 0 && isnan(s[2].rate) && isnan(s[2].value_mean));
    assert_true(s[3].rate == 1 && s[3].rate_high == 1 && s[3].value_mean == 7 && isnan(s[3].value_low));
    tsl_outcome_free(out);
}

/* Segments that know nothing tell nothing; those that are the outcome tell all of it; names do not matter. */
static void test_extremes(void **state)
{
    (void)state;
    tsl_outcome_input in = draw(9);
    for (size_t i = 0; i < N; i++) {
        value[i] = happened[i] ? 5 : 0;
        segment[i] = happened[i];
    }
    tsl_outcome *out = build(&in);
    assert_true(fabs(out->eta2 - 1) < 1e-12 && out->auc == 1);
    tsl_outcome_free(out);
    memset(segment, 0, sizeof segment);
    out = build(&in);
    assert_true(out->auc == .5 && out->eta2 <= 0 && out->eta2 > -.05);
    tsl_outcome_free(out);
    memset(happened, 0, sizeof happened);
    memset(value, 0, sizeof value);
    out = build(&in);
    assert_true(isnan(out->auc) && isnan(out->eta2));
    tsl_outcome_free(out);
}

/* Who else is there changes no half: customers who are left out, wherever they stand. */
static void test_order(void **state)
{
    (void)state;
    tsl_outcome_input in = draw(4);
    tsl_outcome *a = build(&in);
    for (size_t i = 0; i < N / 2; i++) { /* the other way round */
        const size_t o = N - 1 - i;
        const int32_t s = segment[i];
        const double v = value[i];
        const unsigned char h = happened[i];
        const char *name = id[i];
        segment[i] = segment[o];
        value[i] = value[o];
        happened[i] = happened[o];
        id[i] = id[o];
        segment[o] = s;
        value[o] = v;
        happened[o] = h;
        id[o] = name;
    }
    tsl_outcome *b = build(&in);
    assert_true(fabs(a->eta2 - b->eta2) < 1e-12 && a->auc == b->auc);
    tsl_outcome_free(a);
    tsl_outcome_free(b);
}

static void test_refusals(void **state)
{
    (void)state;
    tsl_outcome_input in = draw(5);
    tsl_outcome *out;
    tsl_error err;
    segment[7] = 3;
    assert_int_equal(tsl_outcome_build(&in, &out, &err), TSL_E_INPUT);
    assert_null(out);
    assert_non_null(strstr(err.message, "customer 8: segment 3 is outside -1 to 2"));
    segment[7] = -1;
    value[3] = NAN;
    assert_int_equal(tsl_outcome_build(&in, &out, &err), TSL_E_INPUT);
    value[3] = 0;
    in.k = 0;
    assert_int_equal(tsl_outcome_build(&in, &out, &err), TSL_E_OPTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_naive), cmocka_unit_test(test_segments), cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_order), cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
