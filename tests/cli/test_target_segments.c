/* test_target_segments.c: segments of Online Retail by what comes next. What their means tell of the other half was
 * added up by itself from the lines (pandas), with who is in which leaf as the model, applied to the lines before the
 * cut, has it. */
#include "program.h"

#include <math.h>
#include <string.h>

static const struct {
    int seed, segments, rows;
    double told;
} found[] = {{1, 5, 1724, .11860}, {4, 6, 1691, .22412}};

static void tells_what_comes_next(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        assert_run(0, "run --transactions '%s' --target next --seed %d --output out --force --json",
                   source("datasets/online-retail/online_retail_lines.csv.xz"), found[i].seed);
        json_t *summary = get_json();
        assert_string_equal(json_text_at(summary, "target.name"), "next");
        assert_string_equal(json_text_at(summary, "target.label.en"),
                            "net amount in the next 90 days, learned before 2011-09-11");
        assert_int_equal((int)json_at(summary, "target.rows"), found[i].rows);
        assert_int_equal((int)(json_at(summary, "target.rows") + json_at(summary, "target.structure_rows")), 3370);
        assert_int_equal((int)json_at(summary, "clusters.k"), found[i].segments);
        assert_true(fabs(json_at(summary, "target.told") - found[i].told) < 5e-5);
        json_decref(summary);
    }
    assert_run(3, "run --transactions '%s' --target next --holdout 200 --output b",
               source("datasets/online-retail/online_retail_lines.csv.xz"));
    assert_err("takes 200 days of history before its 200 days, and the data span 374 days in all");
}

static void names_the_target(void **state)
{
    static const char *const asked[] = {"--method tree --target nosuch", "--target nosuch"};
    (void)state;
    put("customers.csv", "id,spend,visits\na,1,4\nb,2,3\nc,3,9\nd,5,1\n");
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        assert_run(2, "run --customers customers.csv --customer-id id %s --output t --evidence none", asked[i]);
        assert_err("target: no feature is called \"nosuch\"; there are spend, visits");
    }
}

/* Whether a segment is called by its place by spend. */
static int has_places(const json_t *summary)
{
    const json_t *segments = json_object_get(summary, "segments");
    int has = 0;
    for (size_t i = 0; i < json_array_size(segments); i++) {
        has |= strncmp(json_text_at(json_array_get(segments, i), "name"), "Spend: ", 7) == 0;
    }
    return has;
}

/* One in 97 spends by far the most, and nothing tells who: it is said in every place, and nobody is called the highest.
 */
static void says_where_it_misleads(void **state)
{
    (void)state;
    void *file = put_open("customers.csv");
    put_line(file, "id,visits,age,spend\n");
    for (int i = 0; i < 800; i++) {
        put_line(file, "c%03d,%d,%d,%d\n", i, i * 37 % 41, i * 53 % 47, i % 97 == 5 ? 20000 : 50 + i % 13);
    }
    put_close(file);
    assert_run(0, "run --customers customers.csv --customer-id id --target spend --descriptors none --output t");
    assert_out("not grown from. Over these the tree's own means are off by more than the mean of all is: do not rely "
               "on them.\n");
    assert_err(
        "note: over the customers that the tree of spend was not grown from its own means are off by more than the "
        "mean of all is: do not rely on them; no segment is called by its place\n");
    assert_run(0, "run --customers customers.csv --customer-id id --target spend --descriptors none --output t --force "
                  "--lang zh");
    assert_out("未参与建树的客户。对他们而言，建树所得均值比总均值偏差更大：不可依赖。\n");
    assert_run(0, "run --customers customers.csv --customer-id id --target spend --descriptors none --output t --force "
                  "--json");
    json_t *summary = get_json();
    assert_true(json_at(summary, "target.told") <= 0);
    assert_false(has_places(summary));
    json_decref(summary);
}

/* The tree tells a little, but of no segment that it is above the next. */
static void says_where_places_are_chance(void **state)
{
    (void)state;
    void *file = put_open("customers.csv");
    put_line(file, "id,visits,age,spend\n");
    for (int i = 0; i < 140; i++) {
        put_line(file, "c%03d,%d,%d,%d\n", i, i * 37 % 41, i * 53 % 47, 100 + i * 7919 % 101 + 28 * (i * 37 % 41 > 20));
    }
    put_close(file);
    assert_run(0,
               "run --customers customers.csv --customer-id id --target spend --seed 2 --descriptors none --output t "
               "--json");
    assert_err("segments' means of spend are too near their neighbours' to call any segment by its place\n");
    json_t *summary = get_json();
    assert_true(json_at(summary, "target.told") > 0);
    assert_false(has_places(summary));
    json_decref(summary);
}

/* A bound of the number of leaves is asked for, were it the default of k-means. */
static void bounds_the_leaves(void **state)
{
    static const struct {
        const char *asked;
        int expected;
    } rows[] = {{"", 3}, {"--k-max 8", 3}, {"--k-max 10", 3}, {"--k-min 2", 2}};
    (void)state;
    void *file = put_open("customers.csv");
    put_line(file, "id,member,visits,spend\n");
    for (int i = 0; i < 1000; i++) {
        put_line(file, "c%04d,%s,%d,%d\n", i, i % 2 ? "yes" : "no", i * 37 % 41, 100 + 400 * (i % 2) + i * 53 % 47);
    }
    put_close(file);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_run(0,
                   "run --customers customers.csv --customer-id id --target spend %s --descriptors none --output t "
                   "--force --json",
                   rows[i].asked);
        json_t *summary = get_json();
        assert_int_equal((int)json_at(summary, "clusters.k"), rows[i].expected);
        json_decref(summary);
    }
}

/* Beside rules that are made of demographics it is the others that say nothing. */
static void tells_other_demographics(void **state)
{
    (void)state;
    void *file = put_open("customers.csv");
    put_line(file, "id,region,town,spend\n");
    for (int i = 0; i < 1000; i++) {
        put_line(file, "c%04d,%c,%c,%d\n", i, 'a' + i % 4, 'p' + i * 37 % 41 % 3, 100 * (i % 4) + i * 53 % 47);
    }
    put_close(file);
    assert_run(0, "run --customers customers.csv --customer-id id --target spend --k 4 --output t --json");
    json_t *summary = get_json();
    assert_string_equal(json_text_at(summary, "clusters.method"), "tree");
    assert_string_equal(json_text_at(summary, "clusters.tree.method"), "cart");
    const char *said = json_text_at(summary, "descriptors.sentence.en");
    assert_ptr_equal(strstr(said, "no other demographics say who is in which segment"), said);
    json_decref(summary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_the_target, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(says_where_it_misleads, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(says_where_places_are_chance, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(bounds_the_leaves, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(tells_other_demographics, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(tells_what_comes_next, sandbox_open, sandbox_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
