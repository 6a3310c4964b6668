/* test_choice.c: the candidate of the greatest index; one that is not defined counts least. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/notes.h"
#include "model/choice.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 4 };

static char noted[2 * MOST][256]; /* what was noted since `note` was set to 0 */
static size_t note, smallest = 10;

static void check(const double *silhouette, size_t count, size_t best, const char *said)
{
    tsl_candidate candidate[MOST];
    uint64_t size[MOST] = {20, 20, 20, 20};
    tsl_kmeans_options opt;
    tsl_sweep sweep = {.count = count, .candidate = candidate};
    tsl_error err;
    assert_int_equal(tsl__notes_put(&sweep.info.notes, NULL, "k was lowered"), TSL_OK);
    for (size_t i = 0; i < count; i++) {
        candidate[i] = (tsl_candidate){.k = (int)i + 1,
                                       .silhouette = silhouette[i],
                                       .calinski_harabasz = i ? 10 - (double)i : (double)NAN,
                                       .smallest_share = .2,
                                       .size = size};
    }
    TSL_DEFAULTS(kmeans, &opt);
    opt.min_share = .1;
    opt.min_rows = smallest;
    assert_int_equal(tsl__sweep_choose(&sweep, &opt, &err), TSL_OK);
    assert_int_equal(sweep.best, best);
    assert_non_null(strstr(sweep.info.choice, said));
    for (size_t i = 1; i < sweep.info.notes.count; i++) {
        assert_true(note < 2 * MOST);
        snprintf(noted[note++], sizeof noted[0], "%s", sweep.info.notes.text[i]);
    }
    /* A sweep that chose nothing keeps what is no doubt of its choice. */
    assert_int_equal(tsl__notes_put(&sweep.info.notes, NULL, "and later"), TSL_OK);
    tsl__sweep_drop_doubts(&sweep);
    assert_int_equal(sweep.info.notes.count, 2);
    assert_string_equal(sweep.info.notes.text[0], "k was lowered");
    assert_string_equal(sweep.info.notes.text[1], "and later");
    tsl__sweep_drop_doubts(&sweep);
    assert_int_equal(sweep.info.notes.count, 2);
    tsl__notes_free(&sweep.info.notes);
}

static int has_note(const char *part)
{
    int found = 0;
    for (size_t i = 0; i < note; i++) {
        found |= strstr(noted[i], part) != NULL;
    }
    return found;
}

/* The last of the range is said to be so, with the option that widens it, and what comes near the best one. */
static void test_open_choices(void **state)
{
    (void)state;
    note = 0;
    check((const double[]){NAN, .2, .3, .4}, 4, 3, "k = 4 has the greatest silhouette (0.4");
    assert_true(has_note("the best k, 4, lies at the edge of the range from 1 to 4") && has_note("--k-max"));
    assert_false(has_note("open"));
    note = 0;
    check((const double[]){NAN, .395, .4, .391}, 4, 2, "k = 3 has");
    assert_true(has_note("k = 2 (0.395), k = 4 (0.391) are about as good") && !has_note("edge"));
    note = 0;
    check((const double[]){NAN, .38, .4, .1}, 4, 2, "k = 3 has");
    assert_int_equal(note, 0);
}

/* All of three kinds. */
static void test_doubts(void **state)
{
    (void)state;
    note = 0;
    smallest = 21;
    check((const double[]){NAN, .391, .395, .4}, 4, 3, "k = 4 has");
    smallest = 10;
    assert_int_equal(note, 3);
}

/* Clusters of too few rows do not make a k eligible, unless there is no other. */
static void test_few_rows(void **state)
{
    (void)state;
    note = 0;
    smallest = 21;
    check((const double[]){NAN, .2, .4, .3}, 4, 2, "k = 3 has the greatest silhouette (0.4)");
    assert_true(has_note("fewer than 21; k was chosen among all"));
    smallest = 10;
}

static void test_undefined(void **state)
{
    (void)state;
    check((const double[]){NAN, .3, .4, NAN}, 4, 2, "k = 3 has the greatest silhouette (0.4"); /* as of k = 1 */
    check((const double[]){NAN, -.5}, 2, 1, "k = 2 has the greatest silhouette (-0.5");
    check((const double[]){NAN, NAN, NAN}, 3, 1, "k = 2 has the greatest Calinski-Harabasz index");
}

static void test_ties(void **state)
{
    (void)state;
    check((const double[]){NAN, .4, .4}, 3, 1, "k = 2 has");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_undefined), cmocka_unit_test(test_ties),
                                       cmocka_unit_test(test_open_choices), cmocka_unit_test(test_few_rows),
                                       cmocka_unit_test(test_doubts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
