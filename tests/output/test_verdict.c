/* test_verdict.c: the word and the reasons by what the evidence says. */
#include <tesela/output.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

typedef struct scene {
    int natural_k, only_two, at_limit, k;
    double agreement, jaccard[3];
    int placed;
} scene;

/* Besides, of all scenes. */
static tsl_place_kind places = TSL_PLACES_UNKNOWN;
static int k_max = 20;
static size_t distinct = 0;

static tsl_verdict *judge_rows(const scene *s, size_t rows)
{
    double jaccard[3];
    memcpy(jaccard, s->jaccard, sizeof jaccard);
    tsl_natural natural = {.k = s->natural_k,
                           .only_two = s->only_two,
                           .at_limit = s->at_limit,
                           .rows = rows,
                           .k_max = k_max,
                           .distinct = distinct};
    tsl_evidence evidence = {.natural = &natural};
    tsl_stable_clusters of = {.k = 3, .agreement = s->agreement, .jaccard = jaccard};
    tsl_stability delivered = {.count = 1, .of = &of, .replicates = 200};
    tsl_sweep sweep = {.placed = s->placed, .places = places};
    const tsl_model model = {.rows = rows, .k = s->k, .sweep = &sweep, .evidence = &evidence, .delivered = &delivered};
    tsl_results results;
    tsl_verdict *v = NULL;
    tsl_results_defaults(&results, sizeof results);
    results.model = &model;
    assert_int_equal(tsl_verdict_build(&results, &v, NULL), TSL_OK);
    return v;
}

static tsl_verdict *judge(const scene *s)
{
    return judge_rows(s, 30);
}

static int says(const tsl_verdict *v, int lang, const char *part)
{
    int found = 0;
    for (size_t r = 0; r < v->reason_count; r++) {
        found |= strstr(v->reason[lang][r], part) != NULL;
    }
    return found;
}

static void check(const scene *s, const char *word, const char *headline, const char *reason)
{
    tsl_verdict *v = judge(s);
    assert_string_equal(tsl_verdict_get_name(v->word), word);
    assert_non_null(strstr(v->headline[0], headline));
    assert_true(v->headline[1][0] != '\0');
    assert_true(says(v, 0, reason));
    assert_int_equal(v->natural_k, s->natural_k);
    tsl_verdict_free(v);
}

static void test_words(void **state)
{
    (void)state;
    check(&(scene){3, 0, 0, 3, 1, {1, 1, 1}, 0}, "natural", "natural groups", "3 groups lie apart");
    check(&(scene){1, 0, 0, 3, .95, {.9, .8, .75}, 0}, "reproducible", "no natural groups",
          "no natural groups were found: at each k from 2 to 20");
    check(&(scene){1, 0, 0, 3, .95, {.9, .8, .74}, 0}, "constructed", "constructed", "gives the same segments");
    check(&(scene){1, 0, 0, 3, .899, {.9, .8, .8}, 0}, "constructed", "constructed", "much the same segments");
    check(&(scene){1, 0, 0, 3, .749, {.9, .8, .8}, 0}, "constructed", "constructed", "segments that are alike in part");
    check(&(scene){1, 0, 0, 3, .59, {.9, .8, .8}, 0}, "none", "no natural groups here", "gives other segments");
    check(&(scene){1, 0, 0, 1, 1, {1, 1, 1}, 0}, "none", "nothing to judge", "one cluster, which any sample gives");
    check(&(scene){1, 0, 0, 3, (double)NAN, {NAN, NAN, NAN}, 0}, "none", "nothing to judge",
          "too few customers to tell");
}

/* What draws the clusters is called what it is, and a few kinds of customers are no continuum. */
static void test_what_it_is(void **state)
{
    (void)state;
    static const char *const drawn[] = {
        [TSL_PLACES_UNKNOWN] = "3 clusters, drawn by places",
        [TSL_PLACES_TYPICAL] = "3 clusters, drawn by typical places",
        [TSL_PLACES_GIVEN] = "3 clusters, drawn by the places of a file",
        [TSL_PLACES_PREVIOUS] = "3 clusters, drawn by the centres of the previous run's segments",
    };
    const scene plain = {1, 0, 0, 3, .95, {.9, .8, .75}, 0};
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++) {
        places = (tsl_place_kind)i;
        check(&(scene){3, 0, 0, 3, .97, {.9, .9, .9}, 3}, "reproducible", "do not follow", drawn[i]);
    }
    places = TSL_PLACES_UNKNOWN;
    k_max = 2;
    check(&plain, "reproducible", "no natural groups",
          "no natural groups were found: two clusters have no gap between them (");
    k_max = 20;
    distinct = 7;
    check(&plain, "reproducible", "no natural groups", "there are only 7 distinct rows");
    distinct = 8;
    check(&plain, "reproducible", "no natural groups", "the segments part a continuum");
    distinct = 0;
}

/* Of a handful any sample says the same. */
static void test_few(void **state)
{
    (void)state;
    tsl_verdict *v = judge_rows(&(scene){1, 0, 0, 3, 1, {1, 1, 1}, 0}, 29);
    assert_int_equal(v->word, TSL_VERDICT_NONE);
    assert_non_null(strstr(v->headline[0], "nothing to judge"));
    assert_true(says(v, 0, "too few customers to tell"));
    tsl_verdict_free(v);
}

/* What weakens a claim of natural groups is said; agreements are rounded down. */
static void test_reservations(void **state)
{
    (void)state;
    check(&(scene){2, 1, 0, 2, 1, {1, 1, 1}, 0}, "natural", "natural groups", "weakest claim");
    check(&(scene){20, 0, 1, 20, 1, {1, 1, 1}, 0}, "natural", "natural groups", "at least 20 groups");
    check(&(scene){2, 1, 0, 4, .97, {.9, .9, .9}, 0}, "reproducible", "do not follow the natural groups",
          "do not follow these groups: there are 4 clusters");
    check(&(scene){3, 0, 0, 3, .97, {.9, .9, .9}, 3}, "reproducible", "do not follow the natural groups",
          "do not follow these groups: there are 3 clusters");
    check(&(scene){1, 0, 0, 3, .9999, {.999, .9, .9}, 0}, "reproducible", "reproducible", "agreement 0.99");
    tsl_verdict *v = judge(&(scene){1, 0, 0, 3, .95, {.9, .9, .9}, 0});
    assert_true(says(v, 1, "未发现天然群体") && says(v, 1, "0.95"));
    tsl_verdict_free(v);
}

static void test_without_evidence(void **state)
{
    (void)state;
    tsl_results results;
    tsl_verdict *v = NULL;
    tsl_results_defaults(&results, sizeof results);
    assert_int_equal(tsl_verdict_build(&results, &v, NULL), TSL_OK);
    assert_string_equal(tsl_verdict_get_name(v->word), "");
    assert_int_equal(v->reason_count, 0);
    assert_true(isnan(v->agreement));
    tsl_verdict_free(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),        cmocka_unit_test(test_what_it_is),       cmocka_unit_test(test_few),
        cmocka_unit_test(test_reservations), cmocka_unit_test(test_without_evidence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
