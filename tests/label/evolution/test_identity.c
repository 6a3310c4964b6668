/* test_identity.c: which segment is which, against all ways to match; numbering changes nothing; fates by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "label/evolution/identity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 8, CUSTOMERS = 400 };

/* Customers in segments then and groups now; some are not there on one side. */
typedef struct crowd {
    size_t then, now;
    int32_t was[CUSTOMERS], is[CUSTOMERS];
    unsigned char then_known[MOST], now_known[MOST];
} crowd;

static void draw(uint32_t key, crowd *c)
{
    tsl__rng rng = tsl__rng_open(11, 3, key);
    memset(c, 0, sizeof *c);
    c->then = 1 + tsl__rng_below(&rng, MOST);
    c->now = 1 + tsl__rng_below(&rng, MOST);
    const uint64_t stay = tsl__rng_below(&rng, 10);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        const size_t s = tsl__rng_below(&rng, c->then);
        c->was[i] = tsl__rng_below(&rng, 20) ? (int32_t)s : -1;
        c->is[i] = (int32_t)(tsl__rng_below(&rng, 10) < stay ? s * 5 % c->now : tsl__rng_below(&rng, c->now));
        c->is[i] = tsl__rng_below(&rng, 20) ? c->is[i] : -1;
    }
    if (key % 3 == 0) {
        c->then_known[tsl__rng_below(&rng, c->then)] = c->now_known[tsl__rng_below(&rng, c->now)] = 1;
    }
}

static tsl__identity_input input_of(const crowd *c)
{
    return (tsl__identity_input){CUSTOMERS, c->was, c->is, c->then, c->now, c->then_known, c->now_known};
}

static double get_shared(const crowd *c, size_t s, size_t t)
{
    double shared = 0, either = 0;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        const int there = c->was[i] >= 0 && c->is[i] >= 0;
        shared += there && c->was[i] == (int32_t)s && c->is[i] == (int32_t)t;
        either += there && (c->was[i] == (int32_t)s || c->is[i] == (int32_t)t);
    }
    return !c->then_known[s] && !c->now_known[t] && shared > 0 && shared / either >= .3 ? shared : 0;
}

static double get_best(const crowd *c, double gain[MOST][MOST], size_t s, unsigned taken)
{
    double best = s < c->then ? get_best(c, gain, s + 1, taken) : 0;
    for (size_t t = 0; t < c->now && s < c->then; t++) {
        if (gain[s][t] > 0 && !(taken >> t & 1)) {
            best = fmax(best, gain[s][t] + get_best(c, gain, s + 1, taken | 1U << t));
        }
    }
    return best;
}

static void test_all_ways(void **state)
{
    (void)state;
    size_t kept = 0, left = 0;
    for (uint32_t key = 0; key < 200; key++) {
        crowd c;
        double gain[MOST][MOST], sum = 0;
        int32_t match[MOST];
        unsigned taken = 0;
        draw(key, &c);
        for (size_t s = 0; s < c.then; s++) {
            for (size_t t = 0; t < c.now; t++) {
                gain[s][t] = get_shared(&c, s, t);
            }
        }
        const tsl__identity_input in = input_of(&c);
        assert_int_equal(tsl__identity_match(&in, match, NULL), TSL_OK);
        for (size_t t = 0; t < c.now; t++) {
            if (match[t] >= 0) {
                assert_false(taken >> match[t] & 1);
                assert_true(gain[match[t]][t] > 0);
                taken |= 1U << match[t];
                sum += gain[match[t]][t];
            }
            kept += match[t] >= 0;
            left += match[t] < 0;
        }
        assert_true(sum == get_best(&c, gain, 0, 0));
    }
    assert_true(kept > 200 && left > 200); /* there were both */
}

/* Groups of now under other numbers: each is the same segment. */
static void test_numbering(void **state)
{
    (void)state;
    for (uint32_t key = 0; key < 200; key++) {
        crowd c, other;
        int32_t place[MOST], match[MOST], again[MOST];
        draw(key, &c);
        other = c;
        tsl__rng rng = tsl__rng_open(11, 4, key);
        for (size_t t = 0; t < c.now; t++) { /* Durstenfeld's shuffle, inside out */
            const size_t at = tsl__rng_below(&rng, t + 1);
            place[t] = place[at];
            place[at] = (int32_t)t;
        }
        for (size_t t = 0; t < c.now; t++) {
            other.now_known[place[t]] = c.now_known[t];
        }
        for (size_t i = 0; i < CUSTOMERS; i++) {
            other.is[i] = c.is[i] < 0 ? -1 : place[c.is[i]];
        }
        const tsl__identity_input in = input_of(&c), in_other = input_of(&other);
        assert_int_equal(tsl__identity_match(&in, match, NULL), TSL_OK);
        assert_int_equal(tsl__identity_match(&in_other, again, NULL), TSL_OK);
        for (size_t t = 0; t < c.now; t++) {
            assert_int_equal(again[place[t]], match[t]);
        }
    }
}

/* Three of ten are enough, and the tie of two halves goes to the one whose first customer comes first. */
static void test_limit(void **state)
{
    (void)state;
    static const int32_t was[] = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1}, enough[] = {0, 0, 0, -1, -1, -1, 0, 0, 0, 0},
                         more[] = {0, 0, 0, 1, 1, 1, 2, 2, 2, 2}, tied[] = {1, 0, 1, 0, 1, 0, 2, 2, 2, 2};
    int32_t match[3];
    tsl__identity_input in = {10, was, enough, 2, 1, NULL, NULL};
    assert_int_equal(tsl__identity_match(&in, match, NULL), TSL_OK);
    assert_int_equal(match[0], 1);
    static const unsigned char known[] = {0, 1}; /* 3 of 7 are */
    in.then_known = known;
    assert_int_equal(tsl__identity_match(&in, match, NULL), TSL_OK);
    assert_int_equal(match[0], 0);
    static const int32_t few[] = {0, 0, -1, -1, -1, -1, 0, 0, 0, 0}; /* 2 of 6 are, 1 of 5 is not */
    in.now = few;
    assert_int_equal(tsl__identity_match(&in, match, NULL), TSL_OK);
    assert_int_equal(match[0], 0);
    static const int32_t one[] = {0, -1, -1, -1, -1, -1, 0, 0, 0, 0};
    in.now = one;
    assert_int_equal(tsl__identity_match(&in, match, NULL), TSL_OK);
    assert_int_equal(match[0], -1);
    tsl__identity_input halves = {10, was, more, 2, 3, NULL, NULL};
    assert_int_equal(tsl__identity_match(&halves, match, NULL), TSL_OK);
    assert_int_equal(match[0], 0);
    assert_int_equal(match[1], -1);
    assert_int_equal(match[2], 1);
    halves.now = tied;
    assert_int_equal(tsl__identity_match(&halves, match, NULL), TSL_OK);
    assert_int_equal(match[0], -1);
    assert_int_equal(match[1], 0);
}

static void test_refusal(void **state)
{
    (void)state;
    tsl_error err;
    int32_t match[TSL_MATCH_MAX + 1];
    const tsl__identity_input in = {.then_count = 2, .now_count = TSL_MATCH_MAX + 1};
    assert_int_equal(tsl__identity_match(&in, match, &err), TSL_E_OPTION);
    assert_string_equal(err.message,
                        "segments are matched to those of the previous run up to 1000 of them; there were 2, and are "
                        "1001 now");
}

/* ---- Fates ------------------------------------------------------------------------------ */

enum { THEN = 4, NOW = 4 };

/* Rows: segments then, and of each the segment that has its code now (from 1), who are gone, and who went where. */
typedef struct fate_case {
    struct {
        int segment;
        uint64_t gone, to[NOW];
        unsigned char joined[NOW];
        tsl_fate fate;
        int into;
    } then[THEN];
    struct {
        tsl_fate fate;
        int from;
    } now[NOW];
} fate_case;

static void check_fates(fate_case *c)
{
    tsl_succession_segment of[THEN] = {{.code = NULL}};
    tsl_succession_now now[NOW];
    tsl_succession all = {.count = THEN, .of = of, .segment_count = NOW, .now = now};
    for (size_t s = 0; s < THEN; s++) {
        of[s].segment = c->then[s].segment;
        of[s].gone = of[s].size = c->then[s].gone;
        of[s].to = c->then[s].to;
        of[s].joined = c->then[s].joined;
        for (size_t t = 0; t < NOW; t++) {
            of[s].size += c->then[s].to[t];
            all.both += c->then[s].to[t];
        }
    }
    tsl__fates_find(&all);
    for (size_t s = 0; s < THEN; s++) {
        assert_int_equal(of[s].fate, c->then[s].fate);
        assert_int_equal(of[s].into, c->then[s].into);
        assert_true(isnan(of[s].jaccard) == (of[s].fate != TSL_FATE_KEPT));
    }
    for (size_t t = 0; t < NOW; t++) {
        assert_int_equal(now[t].fate, c->now[t].fate);
        assert_int_equal(now[t].from, c->now[t].from);
    }
}

static void test_fates(void **state)
{
    (void)state;
    fate_case cases[] = {
        /* one goes on and loses half to a new one; one is in it by more than half; one scatters; one is gone */
        {{{1, 5, {50, 50, 0, 0}, {0}, TSL_FATE_KEPT, 0},
          {0, 0, {0, 0, 30, 29}, {0}, TSL_FATE_MERGED, 3},
          {3, 0, {0, 1, 90, 9}, {0}, TSL_FATE_KEPT, 0},
          {0, 9, {0, 0, 0, 0}, {0}, TSL_FATE_RETIRED, 0}},
         {{TSL_FATE_KEPT, 1}, {TSL_FATE_SPLIT, 1}, {TSL_FATE_KEPT, 3}, {TSL_FATE_SPLIT, 2}}},
        /* four quarters that none goes on as; three that become one; nobody of then */
        {{{0, 0, {25, 25, 25, 0}, {0}, TSL_FATE_SPLIT, 0},
          {0, 0, {0, 0, 0, 20}, {0}, TSL_FATE_MERGED, 4},
          {0, 0, {0, 0, 1, 20}, {0}, TSL_FATE_MERGED, 4},
          {0, 0, {0, 0, 0, 20}, {0}, TSL_FATE_MERGED, 4}},
         {{TSL_FATE_SPLIT, 1}, {TSL_FATE_SPLIT, 1}, {TSL_FATE_SPLIT, 1}, {TSL_FATE_MERGED, 0}}},
        /* a little of everybody; newcomers alone; a class that the rule joined, though few of it are there */
        {{{2, 0, {10, 40, 0, 0}, {0}, TSL_FATE_KEPT, 0},
          {4, 0, {10, 0, 0, 40}, {0}, TSL_FATE_KEPT, 0},
          {0, 0, {10, 12, 0, 14}, {0}, TSL_FATE_RETIRED, 0},
          {0, 0, {0, 9, 0, 3}, {0, 0, 0, 1}, TSL_FATE_MERGED, 4}},
         {{TSL_FATE_NEW, 0}, {TSL_FATE_KEPT, 1}, {TSL_FATE_NEW, 0}, {TSL_FATE_KEPT, 2}}},
        /* exactly half is half */
        {{{1, 0, {60, 0, 0, 0}, {0}, TSL_FATE_KEPT, 0},
          {2, 0, {0, 60, 0, 0}, {0}, TSL_FATE_KEPT, 0},
          {0, 0, {20, 20, 0, 0}, {0}, TSL_FATE_MERGED, 1},
          {0, 9, {0, 0, 0, 0}, {0}, TSL_FATE_RETIRED, 0}},
         {{TSL_FATE_KEPT, 1}, {TSL_FATE_KEPT, 2}, {TSL_FATE_NEW, 0}, {TSL_FATE_NEW, 0}}},
        /* nobody is in both, and codes that go on show nothing; nor does a class that was joined */
        {{{1, 9, {0, 0, 0, 0}, {0}, TSL_FATE_UNKNOWN, 0},
          {2, 9, {0, 0, 0, 0}, {0}, TSL_FATE_UNKNOWN, 0},
          {0, 9, {0, 0, 0, 0}, {0}, TSL_FATE_UNKNOWN, 0},
          {0, 9, {0, 0, 0, 0}, {0, 0, 0, 1}, TSL_FATE_UNKNOWN, 0}},
         {{TSL_FATE_UNKNOWN, 0}, {TSL_FATE_UNKNOWN, 0}, {TSL_FATE_UNKNOWN, 0}, {TSL_FATE_UNKNOWN, 0}}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_fates(&cases[i]);
    }
    assert_string_equal(tsl_fate_get_code(TSL_FATE_MERGED), "merged");
    assert_null(tsl_fate_get_code(TSL_FATES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_ways), cmocka_unit_test(test_numbering),
                                       cmocka_unit_test(test_limit), cmocka_unit_test(test_refusal),
                                       cmocka_unit_test(test_fates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
