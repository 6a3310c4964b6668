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
static int k_max = 20, numbers;
static size_t distinct = 0;
static size_t cols = 4;
static double agreement_of_groups = (double)NAN, silhouette = .4;
static tsl_natural_test shallow[] = {{.k = 3, .pairs = 2, .dip = .4, .valley = .9, .rows = 30}};
static tsl_natural besides = {.cols = 4, .counted = 4}; /* columns, and what is found with those who are far */

static tsl_verdict *judge_rows(const scene *s, size_t rows)
{
    double jaccard[3];
    memcpy(jaccard, s->jaccard, sizeof jaccard);
    tsl_natural natural = {.k = s->natural_k,
                           .only_two = s->only_two,
                           .at_limit = s->at_limit,
                           .rows = rows,
                           .k_max = k_max,
                           .distinct = distinct,
                           .count = besides.count ? besides.count : 1,
                           .test = besides.count ? besides.test : shallow,
                           .cols = besides.cols,
                           .counted = besides.counted,
                           .two_valued = besides.two_valued,
                           .pinned = besides.pinned,
                           .far_rows = besides.far_rows,
                           .k_with_far = besides.far_rows ? besides.k_with_far : s->natural_k};
    tsl_evidence evidence = {.natural = &natural};
    tsl_stable_clusters of = {.k = 3, .agreement = s->agreement, .jaccard = jaccard};
    tsl_stability delivered = {.count = 1, .of = &of, .replicates = 200};
    tsl_sweep sweep = {.placed = s->placed, .places = places};
    tsl_validity validity = {.natural_agreement = agreement_of_groups, .quality = {.silhouette = silhouette}};
    static char *column[] = {"Age", "b", "c", "d"};
    const tsl_model model = {.rows = rows,
                             .cols = cols,
                             .column = column,
                             .k = s->k,
                             .sweep = &sweep,
                             .evidence = &evidence,
                             .delivered = &delivered,
                             .validity = &validity};
    const tsl_recipe recipe = {.plain = numbers};
    tsl_results results;
    tsl_verdict *v = NULL;
    tsl_results_defaults(&results, sizeof results);
    results.model = &model;
    results.recipe = &recipe;
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
    check(&(scene){1, 0, 0, 3, .95, {.9, .8, .74}, 0}, "constructed", "constructed", "much the same segments");
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

/* Gaps between clusters without a width are not denied, and are no groups; one below the answer is not told. */
static void test_flat(void **state)
{
    (void)state;
    tsl_natural_test test[] = {{.k = 2}, {.k = 3, .passes = 1, .flat = 1}, {.k = 4}};
    const scene none = {1, 0, 0, 3, .95, {.9, .8, .75}, 0}, two = {2, 0, 0, 2, .95, {.9, .9}, 0};
    const scene four = {4, 0, 0, 3, .95, {.9, .8, .75}, 0};
    besides = (tsl_natural){.count = 3, .test = test};
    tsl_verdict *v = judge(&none);
    assert_true(says(v, 0, "no natural groups were found: 3 clusters have gaps between them, but in some direction"));
    assert_true(says(v, 1, "3 个簇之间虽有空隙"));
    assert_false(says(v, 0, "some neighbouring clusters have no gap"));
    tsl_verdict_free(v);
    v = judge(&two);
    assert_true(v->word == TSL_VERDICT_NATURAL && says(v, 0, "2 groups lie apart"));
    assert_true(says(v, 0, "3 clusters have gaps between them, but") && !says(v, 0, "no natural groups were found"));
    tsl_verdict_free(v);
    v = judge(&four);
    assert_false(says(v, 0, "3 clusters have gaps between them"));
    tsl_verdict_free(v);
    besides = (tsl_natural){.cols = 0};
}

/* Where no test could be made there is no claim, neither way. */
static void test_untested(void **state)
{
    (void)state;
    const scene same = {1, 0, 0, 3, .95, {.9, .8, .75}, 0}, alike = {1, 0, 0, 3, .8, {.9, .8, .7}, 0};
    const scene other = {1, 0, 0, 3, .2, {.9, .8, .7}, 0};
    besides = (tsl_natural){.cols = 6, .two_valued = 6};
    check(&same, "reproducible", "not tested for natural groups",
          "only columns of two values: the test of natural groups needs numbers that spread");
    check(&alike, "constructed", "not tested for natural groups", "only columns of two values");
    check(&other, "none", "not tested for natural groups", "only columns of two values");
    besides = (tsl_natural){.cols = 6, .two_valued = 4, .pinned = 2};
    check(&same, "reproducible", "not tested", "such as many zeros");
    tsl_verdict *v = judge(&same);
    assert_false(says(v, 0, "continuum"));
    tsl_verdict_free(v);
    distinct = 7;
    check(&same, "reproducible", "not tested", "only 7 kinds of customers");
    distinct = 0;
    besides = (tsl_natural){.cols = 6, .counted = 4, .pinned = 2};
    check(&same, "reproducible", "no natural groups", "2 of 6 columns have a gap that single values make");
    besides = (tsl_natural){.cols = 4, .counted = 4};
}

/* The answer hangs on those who were left out. */
static void test_far(void **state)
{
    (void)state;
    besides = (tsl_natural){.cols = 3, .counted = 3, .far_rows = 32, .k_with_far = 2};
    const scene none = {1, 0, 0, 3, .95, {.9, .8, .75}, 0}, two = {2, 0, 0, 2, 1, {1, 1, 1}, 0};
    check(&none, "reproducible", "no natural groups", "hangs on the 32 customers");
    tsl_verdict *v = judge(&none);
    assert_true(says(v, 0, "with them 2 groups") && says(v, 1, "32") && !says(v, 0, "continuum"));
    tsl_verdict_free(v);
    v = judge(&two);
    assert_false(says(v, 0, "hangs on"));
    tsl_verdict_free(v);
    besides.k_with_far = 1;
    check(&two, "natural", "natural groups", "with them no natural groups are found");
    besides = (tsl_natural){.cols = 4, .counted = 4};
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

/* As many clusters are not the groups: what counts is whose rows they hold; where that is not known, what draws them.
 */
static void test_whose_rows(void **state)
{
    (void)state;
    const scene three = {3, 0, 0, 3, .97, {.9, .9, .9}, 0}, placed = {3, 0, 0, 3, .97, {.9, .9, .9}, 3};
    agreement_of_groups = .899;
    check(&three, "reproducible", "do not follow the natural groups", "3 clusters (adjusted Rand index 0.89)");
    agreement_of_groups = .9;
    check(&three, "natural", "natural groups", "3 groups lie apart");
    check(&placed, "natural", "natural groups", "3 groups lie apart");
    check(&(scene){3, 0, 0, 4, .97, {.9, .9, .9}, 0}, "reproducible", "do not follow", "4 clusters (adjusted Rand");
    agreement_of_groups = (double)NAN;
    check(&three, "natural", "natural groups", "3 groups lie apart");
    check(&placed, "reproducible", "do not follow", "3 clusters, drawn by places");
}

static int calls_it_continuum(const scene *s)
{
    tsl_verdict *v = judge(s);
    const int en = says(v, 0, "continuum");
    assert_int_equal(en, says(v, 1, "连续分布"));
    tsl_verdict_free(v);
    return en;
}

/* A continuum is spoken of where one was seen: the test was made of so many clusters, no groups were found, and nothing
 * else may part the segments. */
static void test_continuum(void **state)
{
    (void)state;
    const scene plainly = {1, 0, 0, 3, .95, {.9, .8, .75}, 0}, four = {1, 0, 0, 4, .95, {.9, .8, .75}, 0};
    const tsl_natural_test before = shallow[0];
    assert_true(calls_it_continuum(&plainly));
    assert_false(calls_it_continuum(&(scene){4, 0, 0, 3, .97, {.9, .9, .9}, 0}));
    assert_false(calls_it_continuum(&four)); /* no test of so many */
    shallow[0].valley = INFINITY;            /* too few rows between two of them */
    assert_false(calls_it_continuum(&plainly));
    shallow[0].dip = 1;
    shallow[0].valley = .7; /* a gap, whatever the test made of it */
    assert_false(calls_it_continuum(&plainly));
    shallow[0].valley = .71;
    assert_true(calls_it_continuum(&plainly));
    shallow[0] = before;
    silhouette = .71;
    assert_false(calls_it_continuum(&plainly));
    silhouette = (double)NAN;
    assert_true(calls_it_continuum(&plainly));
    silhouette = .4;
    besides.pinned = 1;
    assert_false(calls_it_continuum(&plainly));
    besides = (tsl_natural){.cols = 4, .counted = 3, .two_valued = 1};
    assert_false(calls_it_continuum(&plainly));
    besides = (tsl_natural){.cols = 4, .counted = 4};
}

/* Numbers are no customers, and one column has a gap. */
static void test_plain_rows(void **state)
{
    (void)state;
    const scene scenes[] = {{1, 0, 0, 3, .95, {.9, .8, .75}, 0},
                            {1, 0, 0, 3, .2, {.9, .8, .7}, 0},
                            {3, 0, 0, 3, (double)NAN, {NAN, NAN, NAN}, 0}};
    numbers = 1;
    for (size_t i = 0; i < 2 * sizeof scenes / sizeof *scenes; i++) {
        besides = i < 3 ? (tsl_natural){.cols = 4, .counted = 4, .far_rows = 2, .k_with_far = 2}
                        : (tsl_natural){.cols = 4, .counted = 3, .pinned = 1};
        k_max = i < 3 ? 20 : 1;
        tsl_verdict *v = judge(&scenes[i % 3]);
        assert_false(says(v, 0, "customer") || says(v, 1, "客户"));
        assert_int_equal(says(v, 0, "1 of 4 columns has a gap"), i >= 3);
        assert_true(says(v, 0, "rows"));
        tsl_verdict_free(v);
    }
    besides = (tsl_natural){.cols = 4, .counted = 4};
    k_max = 20;
    check(&scenes[0], "reproducible", "no natural groups", "continuum: rows near a border");
    distinct = 7;
    check(&scenes[0], "reproducible", "no natural groups", "rows of one kind");
    distinct = 0;
    numbers = 0;
}

/* That bands of one number come back is nothing that speaks for them. */
static void test_one_column(void **state)
{
    (void)state;
    const scene same = {1, 0, 0, 3, .95, {.9, .8, .75}, 0}, alike = {1, 0, 0, 3, .8, {.9, .8, .7}, 0};
    const scene groups = {3, 0, 0, 3, .95, {.9, .8, .75}, 0};
    for (cols = 1; cols <= 2; cols++) {
        tsl_verdict *v = judge(&same);
        assert_int_equal(says(v, 0, "by Age alone: bands of one number are always steady"), cols == 1);
        assert_int_equal(says(v, 1, "只依据 Age 一列"), cols == 1);
        tsl_verdict_free(v);
    }
    cols = 1;
    tsl_verdict *v = judge(&alike), *apart = judge(&groups);
    assert_false(says(v, 0, "always steady") || says(apart, 0, "always steady"));
    tsl_verdict_free(v);
    tsl_verdict_free(apart);
    cols = 4;
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
        cmocka_unit_test(test_words),        cmocka_unit_test(test_what_it_is),       cmocka_unit_test(test_flat),
        cmocka_unit_test(test_few),          cmocka_unit_test(test_untested),         cmocka_unit_test(test_far),
        cmocka_unit_test(test_reservations), cmocka_unit_test(test_whose_rows),       cmocka_unit_test(test_continuum),
        cmocka_unit_test(test_plain_rows),   cmocka_unit_test(test_without_evidence), cmocka_unit_test(test_one_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
