/* test_stage_machine.c: the state machine over every state and a grid of what can be known: against its table in plain
 * words, day by day, and what must hold whatever is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "label/stages/stage_machine.h"

#define AS_OF 20000

static const tsl__stage_state unknown = {-1, -1, TSL_NO_DAY};

static tsl_policy make_policy(double back, double dwell)
{
    return (tsl_policy){
        .has_lifecycle = 1,
        .new_days = 30,
        .lost_factor = 2,
        .levels = {.risk = .5, .back = back, .dwell_days = dwell, .mature_purchases = 6, .mature_pauses = 4}};
}

/* A customer who bought on `days` days over a span of 400, or of his only gap, and has been silent since. */
static tsl__stage_facts make_facts(double days, double silence, double gap_last, double gap_max)
{
    const double span = days > 2 ? 400 : days > 1 ? gap_last : 0;
    return (tsl__stage_facts){.gaps = days > 0 ? days - 1 : (double)NAN,
                              .span = days > 0 ? span : (double)NAN,
                              .tenure = days > 0 ? span + silence : (double)NAN,
                              .silence = days > 0 ? silence : (double)NAN,
                              .gap_last = days > 1 ? gap_last : (double)NAN,
                              .gap_max = days > 1 ? gap_max : (double)NAN,
                              .limit = 60,
                              .alive = NAN,
                              .as_of = AS_OF};
}

static const double silences[] = {1, 29, 30, 31, 47, 48, 49, 60, 61, 95, 96, 97, 120, 121, 500};
static const double gaps[] = {10, 60, 61, 120, 121};
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The table of docs/methods/lifecycle.md, said once more and otherwise. */
static int expect(double days, double silence, double gap_last, double gap_max, int was, int bought, int dwells)
{
    const double back = .8, limit = days == 1 ? 30 : 60;
    const int held = !bought && (was == TSL_AT_RISK || was == TSL_LOST);
    if (days == 0) {
        return TSL_POTENTIAL;
    }
    if (days == 1 && silence <= 30) {
        return TSL_NEW;
    }
    int stage = silence > 120 ? TSL_LOST : silence > limit ? TSL_AT_RISK : -1;
    if (held && was == TSL_LOST) {
        stage = silence > 120 * back || dwells ? TSL_LOST : silence > limit * back ? TSL_AT_RISK : -1;
    } else if (held && stage != TSL_LOST) {
        stage = silence > limit * back || dwells ? TSL_AT_RISK : -1;
    }
    if (stage < 0) {
        const int first = (was == TSL_LOST && bought) || (was == TSL_REACTIVATED && !bought);
        stage = (gap_last > 120 || first) && silence <= 30            ? TSL_REACTIVATED
                : days >= 6 && gap_max <= 120 && 400 + silence >= 240 ? TSL_MATURE
                                                                      : TSL_ACTIVE;
    }
    return stage;
}

/* Counts told of one order on two days: no gap is known, but he came again. */
static void test_once(void **state)
{
    (void)state;
    const tsl__stage_facts once = make_facts(1, 10, 0, 0), never = make_facts(0, 0, 0, 0),
                           again = make_facts(2, 5, 9, 9);
    tsl__stage_facts apart = once;
    apart.span = 152;
    assert_true(tsl__stage_is_once(&once));
    assert_false(tsl__stage_is_once(&apart));
    assert_false(tsl__stage_is_once(&never));
    assert_false(tsl__stage_is_once(&again));
    const tsl_policy policy = make_policy(.8, 14);
    assert_int_equal(tsl__stage_find(&once, &policy, &unknown).stage, TSL_NEW);
    assert_int_equal(tsl__stage_find(&apart, &policy, &unknown).stage, TSL_ACTIVE);
}

static void check_case(double days, double silence, double last, double max, int was, int bought, int dwells)
{
    const tsl_policy policy = make_policy(.8, 14);
    const tsl__stage_facts f = make_facts(days, silence, last, max);
    /* of before the last purchase (the only one since then) where he bought, else of after it */
    const int32_t since = bought ? AS_OF - (int32_t)silence - 1 : dwells ? AS_OF - 13 : AS_OF - 14;
    const tsl__stage_state before = {(int8_t)was, -1, since};
    const tsl__stage_state now = tsl__stage_find(&f, &policy, was < 0 ? &unknown : &before);
    const int expected = expect(days, silence, last, max, was, bought, dwells);
    if (now.stage != expected) {
        fail_msg("%g days, silent for %g, gaps %g and %g, was %d (bought %d, dwells %d): %s, expected %s", days,
                 silence, last, max, was, bought, dwells, tsl_stage_get_code((tsl_stage)now.stage),
                 tsl_stage_get_code((tsl_stage)expected));
    }
    assert_true(now.from != now.stage || now.stage == was);
    assert_true(now.since <= AS_OF); /* as TSL_NO_DAY is */
    assert_true(now.stage != TSL_LOST || now.since != TSL_NO_DAY);
    if (was >= 0 && now.stage != was && now.stage != TSL_POTENTIAL) {
        assert_int_equal(now.from, was);
        assert_true(now.since != TSL_NO_DAY);
    }
    const tsl__stage_state again = tsl__stage_find(&f, &policy, &now); /* nothing changes where nothing happens */
    assert_true(now.stage == TSL_POTENTIAL || again.stage == now.stage);
    assert_int_equal(again.since, now.since);
}

static void test_every_state(void **state)
{
    (void)state;
    size_t checked = 0;
    for (int days = 0; days <= 7; days++) {
        for (size_t s = 0; s < COUNT(silences); s++) {
            for (size_t g = 0; g < COUNT(gaps) * COUNT(gaps); g++) {
                const double last = gaps[g / COUNT(gaps)], max = gaps[g % COUNT(gaps)];
                for (int was = -1; was < TSL_STAGES && last <= max; was++) {
                    /* who has not bought since he was at risk has been silent for longer than since then */
                    const int bought = was < 0 || silences[s] <= 14;
                    for (int dwells = 0; dwells < 2; dwells++) {
                        check_case(days, silences[s], last, max, was, bought, dwells);
                        checked++;
                    }
                }
            }
        }
    }
    assert_true(checked > 20000);
}

/* Without a purchase danger only grows, whatever he was; by both marks, and by P(alive) alone likewise. */
static void test_silence(void **state)
{
    (void)state;
    static const int rank[TSL_STAGES] = {[TSL_AT_RISK] = 1, [TSL_LOST] = 2};
    const tsl_policy policy = make_policy(.8, 14);
    tsl_policy by_alive = policy;
    by_alive.stage_basis = TSL_STAGES_ALIVE;
    for (int was = -1; was < TSL_STAGES; was++) {
        for (int days = 1; days < 8; days++) {
            int before[3] = {0, 0, 0};
            for (int silence = 40; silence < 200; silence++) {
                const tsl__stage_state old = {(int8_t)was, -1, was < 0 ? TSL_NO_DAY : AS_OF - 20};
                for (int how = 0; how < 3; how++) {
                    tsl__stage_facts f = make_facts(days, silence, 60, 60);
                    f.alive = how ? 1 - (silence - 40) / 160.0 : (double)NAN;
                    const int now = rank[tsl__stage_find(&f, how == 2 ? &by_alive : &policy, &old).stage];
                    assert_true(now >= before[how]);
                    before[how] = now;
                }
            }
            for (int how = 0; how < 3; how++) {
                assert_int_equal(before[how], 2);
            }
        }
    }
}

/* Both marks, around all levels: at risk by either, lost by both, and what is held leaves likewise. */
static void test_both(void **state)
{
    (void)state;
    static const double lives[] = {.99, .61, .6, .59, .51, .5, .49, .21, .01};
    const tsl_policy policy = make_policy(.8, 14);
    for (size_t s = 0; s < COUNT(silences); s++) {
        for (size_t p = 0; p < COUNT(lives); p++) {
            const double silence = silences[s], gone = 1 - lives[p];
            tsl__stage_facts f = make_facts(3, silence, 60, 60);
            f.alive = lives[p];
            const int expected = silence > 120 && gone > .5  ? TSL_LOST
                                 : silence > 60 || gone > .5 ? TSL_AT_RISK
                                                             : TSL_ACTIVE;
            const tsl__stage_state now = tsl__stage_find(&f, &policy, &unknown);
            assert_int_equal(now.stage, expected);
            if (expected == TSL_AT_RISK) { /* by P(alive) alone the day is not known, and is that on which it is seen */
                assert_int_equal(now.since, silence > 60 ? AS_OF - (int32_t)silence + 61 : AS_OF);
            }
            assert_true(expected != TSL_LOST || (now.since == AS_OF && now.from == TSL_AT_RISK));
            if (silence < 40) {
                continue; /* he has bought since */
            }
            const tsl__stage_state lost = {TSL_LOST, TSL_AT_RISK, AS_OF - 30}, risk = {TSL_AT_RISK, -1, AS_OF - 30};
            const int over = silence > 48 || gone > .4;
            assert_int_equal(tsl__stage_find(&f, &policy, &risk).stage, expected == TSL_LOST ? TSL_LOST
                                                                        : over               ? TSL_AT_RISK
                                                                                             : TSL_ACTIVE);
            assert_int_equal(tsl__stage_find(&f, &policy, &lost).stage, silence > 96 && gone > .4 ? TSL_LOST
                                                                        : over                    ? TSL_AT_RISK
                                                                                                  : TSL_ACTIVE);
        }
    }
}

/* Who is followed from day to day has the stages and first days that his past tells at once. */
static void test_day_by_day(void **state)
{
    (void)state;
    const tsl_policy policy = make_policy(.8, 14);
    for (int days = 1; days < 8; days++) {
        for (size_t g = 0; g < COUNT(gaps); g++) {
            tsl__stage_state followed = unknown;
            for (int silence = 1; silence < 200; silence++) {
                tsl__stage_facts f = make_facts(days, silence, gaps[g], gaps[g]);
                f.as_of = AS_OF + silence;
                const tsl__stage_state told = tsl__stage_find(&f, &policy, &unknown);
                const int8_t was = followed.stage;
                followed = tsl__stage_find(&f, &policy, &followed);
                assert_int_equal(followed.stage, told.stage);
                if (told.since != TSL_NO_DAY) {
                    assert_int_equal(followed.since, told.since);
                }
                if (was >= 0 && was != followed.stage) {
                    assert_int_equal(followed.since, f.as_of); /* he is seen on the very day */
                    assert_int_equal(followed.from, was);
                    assert_true(told.from == was || told.from == -1);
                }
            }
            assert_int_equal(followed.stage, TSL_LOST);
        }
    }
}

/* Where the levels move, one who is at risk leaves at the lower one, and not before his time; P(alive) alike. */
static void test_levels(void **state)
{
    (void)state;
    const tsl_policy policy = make_policy(.8, 14), still = make_policy(1, 0);
    const tsl__stage_state long_ago = {TSL_AT_RISK, TSL_ACTIVE, AS_OF - 40},
                           lately = {TSL_AT_RISK, TSL_ACTIVE, AS_OF - 5};
    tsl__stage_facts f = make_facts(3, 60, 60, 60);
    f.limit = 70;
    assert_int_equal(tsl__stage_find(&f, &policy, &unknown).stage, TSL_ACTIVE);
    assert_int_equal(tsl__stage_find(&f, &policy, &long_ago).stage, TSL_AT_RISK);
    assert_int_equal(tsl__stage_find(&f, &policy, &long_ago).since, AS_OF - 40);
    assert_int_equal(tsl__stage_find(&f, &still, &long_ago).stage, TSL_ACTIVE);
    assert_int_equal(tsl__stage_find(&f, &still, &long_ago).from, TSL_AT_RISK);
    f.limit = 75; /* .8 x 75: not over it */
    assert_int_equal(tsl__stage_find(&f, &policy, &long_ago).stage, TSL_ACTIVE);
    assert_int_equal(tsl__stage_find(&f, &policy, &lately).stage, TSL_AT_RISK);
    f.alive = .55; /* he is silent for 60 of 75 days: by that he would leave */
    assert_int_equal(tsl__stage_find(&f, &policy, &unknown).stage, TSL_ACTIVE);
    assert_int_equal(tsl__stage_find(&f, &policy, &long_ago).stage, TSL_AT_RISK);
    f.alive = .61;
    assert_int_equal(tsl__stage_find(&f, &policy, &long_ago).stage, TSL_ACTIVE);
    f.alive = .4;
    const tsl__stage_state seen = tsl__stage_find(&f, &policy, &unknown);
    assert_int_equal(seen.since, AS_OF); /* when he came to be so is not known: it is the day on which it is seen, */
    f.as_of += 31;
    f.tenure += 31;
    f.silence += 31;
    f.alive = .55; /* by another fit; and he leaves at the lower level from then on */
    assert_int_equal(tsl__stage_find(&f, &policy, &seen).stage, TSL_AT_RISK);
    assert_int_equal(tsl__stage_find(&f, &policy, &seen).since, AS_OF);
    f.as_of -= 31;
    f.tenure -= 31;
    f.silence -= 31;
    f.alive = .4;
    const tsl__stage_state active = {TSL_ACTIVE, TSL_NEW, AS_OF - 300};
    assert_int_equal(tsl__stage_find(&f, &policy, &active).since, AS_OF); /* seen now for the first time */
}

/* Days that are not known, or beyond all calendars. */
static void test_unknown(void **state)
{
    (void)state;
    const tsl_policy policy = make_policy(.8, 14);
    tsl__stage_facts f = make_facts(3, 10, 60, 60);
    f.silence = f.span = NAN;
    assert_int_equal(tsl__stage_find(&f, &policy, &unknown).stage, -1);
    f = make_facts(3, 10, NAN, NAN);
    f.tenure = f.span = NAN;
    assert_int_equal(tsl__stage_find(&f, &policy, &unknown).stage, TSL_ACTIVE);
    assert_int_equal(tsl__stage_find(&f, &policy, &unknown).since, TSL_NO_DAY);
    f = make_facts(1, 1e12, NAN, NAN);
    assert_int_equal(tsl__stage_find(&f, &policy, &unknown).stage, TSL_LOST);
    assert_int_equal(tsl__stage_find(&f, &policy, &unknown).since, TSL_NO_DAY);
    f = make_facts(3, 300, 60, 60);
    f.as_of = TSL_NO_DAY;
    assert_int_equal(tsl__stage_find(&f, &policy, &unknown).since, TSL_NO_DAY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_state), cmocka_unit_test(test_silence),
                                       cmocka_unit_test(test_both),        cmocka_unit_test(test_day_by_day),
                                       cmocka_unit_test(test_levels),      cmocka_unit_test(test_unknown),
                                       cmocka_unit_test(test_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
