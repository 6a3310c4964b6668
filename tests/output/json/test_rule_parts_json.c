/* test_rule_parts_json.c: a rule as data says what its words say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "output/json/rule_parts_json.h"

static tsl_tree_node leaf_of(int32_t parent, int32_t cluster, uint64_t hits)
{
    return (tsl_tree_node){-1, -1, -1, 0, -1, cluster, parent, hits, hits};
}

static tsl_tree_node cut_at(int32_t parent, int32_t left, int32_t right, int32_t column, double threshold)
{
    return (tsl_tree_node){left, right, column, threshold, -1, -1, parent, 0, 0};
}

enum { DAYS, SPEND, GENDER, MEMBER, COLUMNS };
static tsl_tree_column columns[COLUMNS] = {{"purchase_days", TSL_TREE_NUMBER, "", ""},
                                           {"monetary_total", TSL_TREE_NUMBER, "", ""},
                                           {"Gender=F", TSL_TREE_LEVEL, "Gender", "F"},
                                           {"member", TSL_TREE_BOOLEAN, "", ""}};

/* "[[purchase_days > 1, ...], ...]": the parts of a cluster in short. */
static void put_parts(json_t *paths, char *text, size_t room)
{
    size_t p, c;
    json_t *path, *part;
    text[0] = '\0';
    json_array_foreach(paths, p, path)
    {
        strncat(text, p ? "; " : "", room - strlen(text) - 1);
        json_array_foreach(path, c, part)
        {
            json_t *level = json_object_get(part, "level"), *threshold = json_object_get(part, "threshold");
            char one[128];
            snprintf(one, sizeof one, "%s%s %s", c ? ", " : "", json_string_value(json_object_get(part, "name")),
                     json_string_value(json_object_get(part, "operator")));
            strncat(text, one, room - strlen(text) - 1);
            if (threshold) {
                snprintf(one, sizeof one, " %g", json_number_value(threshold));
            } else {
                snprintf(one, sizeof one, " %s",
                         json_is_string(level) ? json_string_value(level)
                         : json_is_true(level) ? "yes"
                                               : "no");
            }
            strncat(text, one, room - strlen(text) - 1);
            strncat(text, json_object_get(part, "or_unknown") ? "?" : "", room - strlen(text) - 1);
            assert_non_null(json_object_get(json_object_get(part, "label"), "zh"));
        }
    }
}

static void assert_parts(const tsl_model *model, int cluster, const char *expected, const char *among)
{
    tsl__json doc = {.root = json_object()};
    char text[512];
    tsl__json_set_rule_parts(&doc, doc.root, model, cluster);
    assert_int_equal(doc.failed, 0);
    put_parts(json_object_get(doc.root, "rule_parts"), text, sizeof text);
    assert_string_equal(text, expected);
    json_t *list = json_object_get(doc.root, "rule_among");
    assert_true(!list == !among);
    if (list) {
        json_t *one = json_pack("[O]", list);
        put_parts(one, text, sizeof text);
        assert_string_equal(text, among);
        json_decref(one);
    }
    json_decref(doc.root);
}

/* Never bought: class 3; once: class 2; the clusters 0 and 1 by gender and membership. */
static void test_parts(void **state)
{
    (void)state;
    tsl_tree_node node[] = {cut_at(-1, 1, 2, DAYS, 0),
                            leaf_of(0, 3, 50),
                            cut_at(0, 3, 4, DAYS, 1),
                            leaf_of(2, 2, 50),
                            cut_at(2, 5, 6, SPEND, 90),
                            leaf_of(4, 0, 60),
                            cut_at(4, 7, 8, GENDER, 0.5),
                            cut_at(6, 9, 10, MEMBER, 0.5),
                            leaf_of(6, 1, 80),
                            leaf_of(7, 1, 40),
                            leaf_of(7, 0, 40)};
    node[6].missing_left = 1; /* of whom it is not known goes with the others */
    uint64_t size[] = {100, 120, 50, 50}, class_size[] = {50, 50};
    tsl_tree tree = {.node_count = 11, .node = node, .k = 4, .cols = COLUMNS, .column = columns};
    tsl_model model = {.k = 2, .size = size, .class_count = 2, .class_size = class_size, .tree = &tree};
    assert_parts(&model, 3, "purchase_days <= 0", NULL);
    assert_parts(&model, 2, "purchase_days = 1", NULL);
    assert_parts(&model, 0, "monetary_total <= 90; monetary_total > 90, Gender != F?, member = yes",
                 "purchase_days > 1");
    assert_parts(&model, 1, "monetary_total > 90, Gender != F?, member = no; monetary_total > 90, Gender = F",
                 "purchase_days > 1");
}

/* Small leaves are counted; without a tree, or a leaf, there is nothing. */
static void test_others(void **state)
{
    (void)state;
    tsl_tree_node node[] = {cut_at(-1, 1, 2, SPEND, 5), leaf_of(0, 0, 990), cut_at(0, 3, 4, DAYS, 3),
                            leaf_of(2, 1, 500), leaf_of(2, 0, 10)};
    uint64_t size[] = {1000, 500, 0};
    tsl_tree tree = {.node_count = 5, .node = node, .k = 3, .cols = COLUMNS, .column = columns};
    tsl_model model = {.k = 3, .size = size, .tree = &tree};
    tsl__json doc = {.root = json_object()};
    char text[512];
    tsl__json_set_rule_parts(&doc, doc.root, &model, 0);
    put_parts(json_object_get(doc.root, "rule_parts"), text, sizeof text);
    assert_string_equal(text, "monetary_total <= 5");
    json_t *others = json_object_get(doc.root, "rule_others");
    assert_int_equal(json_integer_value(json_object_get(others, "leaves")), 1);
    assert_true(fabs(json_number_value(json_object_get(others, "share")) - .01) < 1e-12);
    tsl__json_set_rule_parts(&doc, doc.root, &model, 2);
    assert_true(json_is_null(json_object_get(doc.root, "rule_parts")));
    model.tree = NULL;
    tsl__json_set_rule_parts(&doc, doc.root, &model, 0);
    assert_true(json_is_null(json_object_get(doc.root, "rule_parts")));
    json_decref(doc.root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parts), cmocka_unit_test(test_others)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
