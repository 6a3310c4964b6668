/* test_evaluation.c: rows and labels in memory: what is left out, by which ids, and what
 * must hold of any evaluation. */
#include "run/shop.h"

#include "base/rng.h"

#include <math.h>
#include <stdio.h>

static tsl_source bytes(const char *text)
{
    return (tsl_source){.bytes = text, .count = strlen(text)};
}

static tsl_evaluation *build(const char *data, const char *labels, const char *truth, const tsl_evaluation_options *opt)
{
    const tsl_source from[] = {bytes(data), bytes(labels), bytes(truth ? truth : "")};
    tsl_evaluation *e;
    tsl_error err = {0};
    if (tsl_evaluation_build(&from[0], &from[1], truth ? &from[2] : NULL, opt, NULL, &e, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return e;
}

/* Left out rows are as if they had not been there. */
static void test_left_out(void **state)
{
    (void)state;
    tsl_evaluation_options opt;
    TSL_DEFAULTS(evaluation, &opt);
    opt.noise = "-1";
    tsl_evaluation *a = build("x,y\n0,0\n1,5\n9,9\n50,50\n9,8\n77,1\n", "label\n0\n0\n1\n-1\n1\nNA\n",
                              "class\nu\nu\nv\nv\nNA\nu\n", &opt);
    tsl_evaluation *b = build("x,y\n0,0\n1,5\n9,9\n9,8\n", "label\n0\n0\n1\n1\n", "class\nu\nu\nv\nNA\n", NULL);
    assert_true(a->rows == 6 && a->used == 4 && a->noise == 1 && a->unlabelled == 1 && a->untrue == 1 && a->k == 2);
    assert_true(!a->weighted && a->comparison->rows == 3 && b->comparison->rows == 3);
    assert_memory_equal(&a->quality, &b->quality, sizeof a->quality);
    assert_memory_equal(a->cluster, b->cluster, 2 * sizeof *a->cluster);
    assert_true(a->comparison->adjusted_rand == 1 && b->comparison->adjusted_rand == 1);
    assert_string_equal(a->noise_label, "-1");
    tsl_evaluation_free(a);
    tsl_evaluation_free(b);
}

/* Neither what labels are called nor the order of their rows matters. */
static void test_names_and_order(void **state)
{
    (void)state;
    tsl_data_options data;
    tsl_evaluation_options opt;
    TSL_DEFAULTS(data, &data);
    TSL_DEFAULTS(evaluation, &opt);
    data.id = "#1";
    opt.data = &data;
    tsl_evaluation *a = build("id,x\np,0\nq,1\nr,8\ns,10\n", "customer_id,label\np,1\nq,1\nr,2\ns,2\n", NULL, &opt);
    tsl_evaluation *b = build("id,x\np,0\nq,1\nr,8\ns,10\n", "customer_id,label\ns,x\np,y\nr,x\nq,y\n", NULL, &opt);
    assert_true(a->matched_by_id && b->matched_by_id && !a->truth_column && !a->comparison);
    assert_memory_equal(&a->quality, &b->quality, sizeof a->quality);
    assert_memory_equal(&a->cluster[0], &b->cluster[1], sizeof *a->cluster);
    assert_string_equal(b->name[1], "y");
    tsl_evaluation_free(a);
    tsl_evaluation_free(b);
}

static void refuse(const char *data, const char *labels, const tsl_evaluation_options *opt, tsl_status status,
                   const char *message)
{
    const tsl_source x = bytes(data), y = bytes(labels);
    tsl_evaluation *e = (tsl_evaluation *)&e;
    tsl_error err;
    assert_int_equal(tsl_evaluation_build(&x, &y, NULL, opt, NULL, &e, &err), status);
    assert_null(e);
    if (!strstr(err.message, message)) {
        fail_msg("\"%s\" does not hold \"%s\"", err.message, message);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    tsl_evaluation_options opt;
    TSL_DEFAULTS(evaluation, &opt);
    refuse("x\n1\n2\n", "label\n1\n", NULL, TSL_E_INPUT, "holds 1 labels, the data 2 rows");
    refuse("x\n1\n2\n", "label,v\n,1\n,2\n", NULL, TSL_E_INPUT, "no row has a label that counts");
    refuse("x\n1\n2\n", "u,v\n1,1\n1,2\n", NULL, TSL_E_OPTION, "labels: bytes: which column holds the labels");
    opt.noise = "1";
    refuse("x\n1\n2\n", "label\n1\n1\n", &opt, TSL_E_INPUT, "no row has a label that counts");
    opt.noise = NULL;
    opt.scale = (tsl_scale)99;
    refuse("x\n1\n2\n", "label\n1\n1\n", &opt, TSL_E_OPTION, "scale: unknown method 99");
    assert_int_equal(tsl_evaluation_check(&opt, NULL), TSL_E_OPTION);
    tsl_evaluation *e = build("x\n1\n2\n", "label\n7\n7\n", NULL, NULL); /* one label: no index of two */
    assert_true(e->k == 1 && isnan(e->quality.silhouette) && e->quality.inertia == 0.5);
    assert_int_equal(e->notes.count, 1);
    tsl_evaluation_free(e);
    tsl_evaluation_free(NULL);
}

/* By default where it is cheap, else on request; Dunn's index of so many rows alone. */
static void test_what_is_dear(void **state)
{
    (void)state;
    static char data[100100 * 8], labels[100100 * 3];
    tsl_evaluation_options opt;
    tsl_quality_options quality;
    TSL_DEFAULTS(evaluation, &opt);
    TSL_DEFAULTS(quality, &quality);
    tsl_evaluation *e = build("x\n1\n2\n8\n9\n", "label\n1\n1\n2\n2\n", NULL, NULL);
    assert_true(e->recurrence && e->recurrence->replicates == 20);
    tsl_evaluation_free(e);
    opt.stability = 0;
    e = build("x\n1\n2\n8\n9\n", "label\n1\n1\n2\n2\n", NULL, &opt);
    assert_null(e->recurrence);
    tsl_evaluation_free(e);
    opt.stability = 1;
    assert_int_equal(tsl_evaluation_check(&opt, NULL), TSL_E_OPTION);
    opt.stability = TSL_STABILITY_CHEAP;
    size_t d = (size_t)sprintf(data, "x\n"), l = (size_t)sprintf(labels, "label\n");
    for (int i = 0; i < 100001; i++) {
        d += (size_t)sprintf(data + d, "%d\n", i % 1000);
        l += (size_t)sprintf(labels + l, "%d\n", i % 1000 > 499);
    }
    quality.silhouette_rows = 0;
    quality.dunn = 1;
    opt.quality = &quality;
    refuse(data, labels, &opt, TSL_E_OPTION, "of at most 20000 rows; there are 100001");
    quality.dunn = 0;
    e = build(data, labels, NULL, &opt);
    assert_null(e->recurrence);
    assert_non_null(strstr(e->notes.text[0], "on request (--stability 20)"));
    tsl_evaluation_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_left_out), cmocka_unit_test(test_names_and_order),
                                       cmocka_unit_test(test_refusals), cmocka_unit_test(test_what_is_dear)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
