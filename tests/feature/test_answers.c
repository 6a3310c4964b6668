/* test_answers.c: outcomes of two answers, and the cells that say that nobody knows, in a fit and in what its recipe is
 * applied to. */
#include "feature/answers.h"

#include "base/text.h"
#include "feature/recipe.h"
#include "feature/tables.h"

enum { PEOPLE = 120 };

/* Customers whose outcome takes the cells in turn, but for those that are `without`. */
static tsl_table *make_people(const char *const *cell, size_t kinds, const char *without)
{
    tsl__text csv = {0};
    tsl__text_puts(&csv, "customer_id,spend,churn\n");
    for (size_t i = 0; i < PEOPLE; i++) {
        if (strcmp(cell[i % kinds], without) != 0) {
            tsl__text_printf(&csv, "c%03zu,%zu.5,%s\n", i, (i * 37) % 50, cell[i % kinds]);
        }
    }
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv.data);
    tsl__text_free(&csv);
    return table;
}

static tsl_features *build(const char *const *cell, size_t kinds, const char *without, const tsl_recipe *recipe)
{
    tsl_table *table = make_people(cell, kinds, without);
    tsl_features *f = features_of(table, NULL, NULL, recipe, NULL);
    tsl_table_free(table);
    return f;
}

/* So many customers of each are 0, 1, and not known. */
static void check_cells(const tsl_features *f, const char *name, size_t none, size_t one, size_t unknown)
{
    const size_t at = tsl_features_get_index(f, name);
    size_t found[3] = {0};
    assert_true(at < f->feature_count && f->feature[at].outcome);
    for (size_t i = 0; i < f->customers; i++) {
        const double x = f->x[i * f->feature_count + at];
        assert_true(isnan(x) || x == 0 || x == 1);
        found[isnan(x) ? 2 : (int)x]++;
    }
    assert_int_equal(found[0], none);
    assert_int_equal(found[1], one);
    assert_int_equal(found[2], unknown);
    assert_true(tsl__features_is_rate(f, at));
}

static int has_note(const tsl_features *f, const char *part)
{
    int said = 0;
    for (size_t i = 0; i < f->info.notes.count; i++) {
        said += strstr(f->info.notes.text[i], part) != NULL;
    }
    return said;
}

/* What the fit found to be a yes or no stays so where nobody says no. */
static void test_remembered(void **state)
{
    (void)state;
    static const char *const cells[] = {"1", "0", "0", "1", "0", "-1"}, *const more[] = {"1", "0", "-1", "99", "2"};
    tsl_features *f = build(cells, 6, "", NULL), *again = build(cells, 6, "0", f->recipe),
                 *other = build(more, 5, "", f->recipe);
    check_cells(f, "churn", 60, 40, 20);
    check_cells(again, "churn", 0, 40, 20);
    assert_true(has_note(f, "has two answers, and -1 of 20 customers, which"));
    assert_true(has_note(again, "has two answers, and -1 of 20 customers, which"));
    const size_t churn = tsl_features_get_index(f, "churn");
    assert_int_equal(f->feature[churn].form, TSL_FORM_BOOLEAN);
    assert_int_equal(f->feature[churn].type, TSL_TYPE_NUMBER);
    double sum = 0;
    for (size_t i = 0; i < other->customers; i++) {
        const double x = other->x[i * other->feature_count + churn];
        sum += isnan(x) ? 0 : x;
    }
    assert_true(sum == 24 + 2 * 24);
    assert_false(tsl__features_is_rate(other, churn));
    assert_true(has_note(other, "holds 2 beside 0 and 1"));
    tsl_features_free(other);
    tsl_features_free(again);
    tsl_features_free(f);
}

static void test_codes(void **state)
{
    (void)state;
    static const char *const two[] = {"1", "0", "0", "-1", "0", "9"}, *const answer[] = {"1", "0", "2", "-1"},
                             *const plain[] = {"1.0", "0.0", "0.0", ""};
    tsl_features *f = build(two, 6, "none", NULL);
    check_cells(f, "churn", 60, 20, 40);
    assert_true(has_note(f, "-1 of 20 customers, 9 of 20, which"));
    tsl_features_free(f);
    f = build(answer, 4, "none", NULL);
    assert_false(tsl__features_is_rate(f, tsl_features_get_index(f, "churn")));
    assert_true(has_note(f, "holds 2 beside 0 and 1"));
    assert_false(has_note(f, "two answers"));
    tsl_features_free(f);
    f = build(plain, 4, "none", NULL);
    check_cells(f, "churn", 60, 30, 30);
    tsl_features_free(f);
}

/* Beside two texts a third that says so is no answer; beside three it is one like the others. */
static void test_texts(void **state)
{
    (void)state;
    static const char *const cells[] = {"Yes", "No", "No", "Unknown"}, *const zh[] = {"Yes", "No", "不详", "No"},
                             *const more[] = {"Yes", "No", "Never", "Unknown"};
    tsl_features *f = build(cells, 4, "", NULL), *again = build(zh, 4, "No", f->recipe);
    assert_int_equal(f->feature_count, 3);
    check_cells(f, "churn=Yes", 60, 30, 30);
    check_cells(f, "churn=No", 30, 60, 30);
    check_cells(again, "churn=Yes", 0, 30, 30);
    assert_true(has_note(f, "has two answers, and Unknown of 30 customers"));
    assert_true(has_note(again, "has two answers, and 不详 of 30 customers"));
    assert_false(has_note(again, "does not know"));
    assert_int_equal(tsl__answers_find_named(f->recipe, "churn"), tsl_features_get_index(f, "churn=Yes"));
    assert_int_equal(tsl__answers_find_named(f->recipe, "spend"), f->feature_count);
    tsl_features_free(again);
    tsl_features_free(f);
    f = build(more, 4, "", NULL);
    assert_int_equal(f->feature_count, 5);
    check_cells(f, "churn=Unknown", 90, 30, 0);
    assert_int_equal(tsl__answers_find_named(f->recipe, "churn"), f->feature_count);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_remembered), cmocka_unit_test(test_codes),
                                       cmocka_unit_test(test_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
