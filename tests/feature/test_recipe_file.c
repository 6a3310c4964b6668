/* test_recipe_file.c: src/feature/recipe_file.c: what is written is read back, to the
 * bit; what is damaged, or could not be applied, is refused. */
#include "tables.h"

#include "feature/recipe.h"
#include "feature/recipe_file.h"
#include "feature/recipe_sample.h"
#include "store/damage.h"
#include "store/scratch.h"

static const tsl__store_kind kind = {"model", 1, "dict", "0.1.0", 0};

static void write_recipe(const tsl_recipe *recipe, const char *path)
{
    tsl__store *store;
    tsl_error err;
    assert_int_equal(tsl__store_create(&(tsl_target){.path = path, .replace = 1}, &kind, &store, &err), TSL_OK);
    tsl__recipe_put(store, "recipe", recipe);
    if (tsl__store_close(store, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
}

static tsl_status read_recipe(const char *path, tsl_recipe **out, tsl_error *err)
{
    tsl__store *store;
    *out = NULL;
    tsl_status status = tsl__store_open(&(tsl_source){.path = path}, &kind, &store, err);
    if (status != TSL_OK) {
        return status;
    }
    *out = tsl__recipe_get(store, "recipe");
    status = tsl__store_close(store, err);
    if (status != TSL_OK) { /* nothing is given where the store has failed */
        assert_null(*out);
    }
    return status;
}

static void test_round_trip(void **state)
{
    (void)state;
    const char *path = scratch_path("r.h5");
    for (int transactions = 0; transactions < 2; transactions++) {
        for (uint64_t seed = 1; seed < 4; seed++) {
            tsl_recipe *recipe = sample_recipe(transactions, seed), *back;
            tsl_error err;
            if (seed == 2) {
                sample_add_pool(recipe);
            }
            write_recipe(recipe, path);
            if (read_recipe(path, &back, &err) != TSL_OK) {
                fail_msg("%s", err.message);
            }
            const char *difference = recipe_difference(recipe, back);
            if (difference) {
                fail_msg("%s differs", difference);
            }
            tsl_recipe *copy = NULL;
            assert_int_equal(tsl__recipe_copy(back, &copy, &err), TSL_OK);
            assert_null(recipe_difference(recipe, copy));
            tsl_recipe_free(copy);
            tsl_recipe_free(recipe);
            tsl_recipe_free(back);
        }
    }
}

/* ---- What cannot be applied -------------------------------------------------------- */

typedef struct fault {
    void (*make)(tsl_recipe *recipe);
    const char *said;
} fault;

/* As if all features were the customers' columns. */
static void drop_entries(tsl_recipe *r)
{
    for (size_t f = 0; f < r->feature_count; f++) {
        *r->feature[f].entry = 0;
    }
}

#define FAULT(name, statement)                                                                                         \
    static void name(tsl_recipe *r)                                                                                    \
    {                                                                                                                  \
        statement;                                                                                                     \
    }
FAULT(feature_beyond, r->column[3].feature = r->feature_count)
FAULT(no_scale, r->column[3].scale = 0)
FAULT(negative_scale, r->column[3].scale = -1)
FAULT(endless_scale, r->column[3].scale = INFINITY)
FAULT(no_center, r->column[3].center = NAN)
FAULT(no_fill, r->column[3].fill = INFINITY)
FAULT(turned_bounds, (r->column[3].low = 2, r->column[3].high = 1))
FAULT(no_bound, r->column[3].high = NAN)
FAULT(negative_weight, r->column[3].weight = -.5)
FAULT(no_weight, r->column[3].weight = NAN)
FAULT(column_order, r->column[0].group = TSL_VALUE)
FAULT(extra_order, r->column[2].extra = 1)
FAULT(too_many_bins, r->feature[12].bins.count = TSL_BINS_MAX + 1)
FAULT(falling_bins, r->feature[12].bins.cut[5] = r->feature[12].bins.cut[4] - 1)
FAULT(equal_bins, r->feature[12].bins.cut[5] = r->feature[12].bins.cut[4])
FAULT(endless_bins, r->feature[12].bins.cut[0] = -INFINITY)
FAULT(no_bin, r->feature[12].bins.cut[3] = NAN)
FAULT(no_share, r->feature[12].bins.share[3] = NAN)
FAULT(negative_share, r->feature[12].bins.share[3] = -.1)
FAULT(missing_share, r->feature[12].bins.missing = 1.5)
FAULT(no_range, r->feature[12].bins.low = NAN)
FAULT(turned_range, r->feature[12].bins.high = -2e300)
FAULT(torn_block, r->feature[3].block = 0)
FAULT(number_as_value, r->feature[9].type = TSL_TYPE_NUMBER)
FAULT(category_as_number, r->feature[12].type = TSL_TYPE_CATEGORY)
FAULT(no_recency, r->feature[0].entry[0] = 'R')
FAULT(no_score, r->feature[8].entry[0] = 'R')
FAULT(no_rate, r->value.purchases.model[3].parameter[0] = 0)
FAULT(other_kind, r->value.purchases.model[2].kind = TSL_NBD)
FAULT(empty_choice, r->value.purchases.model[3].verdict = TSL_FIT_EMPTY)
FAULT(chosen_discrete, r->value.purchases.chosen = TSL_BG_BB)
FAULT(no_spend, r->value.spend.parameter[1] = NAN)
FAULT(beyond_correlation, r->value.spend.correlation = 1.5)
FAULT(negative_discount, r->settings.discount = -.1)
FAULT(falling_cuts, r->rfm.frequency[1][2] = -1)
FAULT(no_cut, r->rfm.monetary[15][2] = NAN)
FAULT(decimals_below, r->decimals = -1)
FAULT(decimals_above, r->decimals = 5)
FAULT(unknown_tables, r->tables = 8)
FAULT(no_median, r->median_purchase = NAN)
FAULT(negative_median, r->median_purchase = -1)
FAULT(no_group_weight, r->settings.weight[1] = NAN)
FAULT(unknown_weight, r->weight[0] = 'R')
FAULT(turned_quantiles, r->settings.winsor_low = 1)
FAULT(no_reading, r->reading[TSL_CUSTOMERS][0] = '[')
FAULT(no_unit, r->column[3].unit = 0)
FAULT(endless_unit, r->column[3].unit = INFINITY)
FAULT(negative_gap, r->gap_days = -1)
FAULT(endless_gap, r->gap_days = INFINITY)
FAULT(never_first, (r->classes[0].purchase_days = 0, r->classes[3].purchase_days = 1))
FAULT(two_days, r->classes[1].purchase_days = 2)
FAULT(no_days, r->classes[0].purchase_days = NAN)
FAULT(bounded_potential, r->classes[3].total_low = 5)
FAULT(gap_between, r->classes[1].recency_low = 1)
FAULT(ends_before, r->classes[2].recency_high = 1e9)
FAULT(no_larger, r->classes[1].total_low = NAN)
FAULT(hole_between, r->classes[2].total_high = -7)
FAULT(recent_bounded, r->classes[0].total_high = 7)
FAULT(three_of_one, (r->classes[0].recency_low = .3, r->classes[0].recency_high = INFINITY))
FAULT(no_purchase_days, r->feature[13].name[0] = 'R')
FAULT(no_core, (r->basis = TSL_BASIS_CORE, drop_entries(r), tsl__recipe_drop_classes(r)))
FAULT(no_smaller, (free(r->classes[2].code), r->classes[2] = r->classes[--r->class_count]))
FAULT(part_of_vector, (r->basis = TSL_BASIS_NUMERIC, r->column[0].part = TSL_PART_FIRST))
FAULT(part_of_another, r->column[r->column_count - 1].part = TSL_PART_REST)
FAULT(second_alone, (r->basis = TSL_BASIS_NUMERIC, r->column[r->column_count - 1].feature = 12,
                     r->column[r->column_count - 1].part = TSL_PART_SECOND))
FAULT(value_as_number, (r->basis = TSL_BASIS_NUMERIC, r->column[r->column_count - 1].part = TSL_PART_FIRST))
FAULT(added_to_vector, r->column[0].added = 1)
FAULT(falling_knots, r->column[4].knot[1] = -2e300)
FAULT(equal_knots, r->column[4].knot[1] = -1e300)
FAULT(falling_scores, r->column[1].knot[4] = -3)
FAULT(endless_knot, r->column[1].knot[2] = INFINITY)
FAULT(no_knot, r->column[1].knot[0] = NAN)
FAULT(one_column, r->correlated[1].a = 2)
FAULT(pair_beyond, r->correlated[0].b = r->column_count)
FAULT(no_correlation, r->correlated[1].r = .97)
FAULT(beyond_one, r->correlated[0].r = -1.01)
#define POOL_FAULT(name, statement)                                                                                    \
    static void name(tsl_recipe *r)                                                                                    \
    {                                                                                                                  \
        sample_add_pool(r);                                                                                            \
        statement;                                                                                                     \
    }
#define POOL r->pool[TSL_BEHAVIORAL]
POOL_FAULT(pooled_beyond, POOL.column[1] = r->column_count)
POOL_FAULT(pooled_twice, POOL.column[1] = POOL.column[0])
POOL_FAULT(pooled_of_another, r->column[POOL.column[0]].group = TSL_DEMOGRAPHIC)
POOL_FAULT(pooled_weighs, r->column[POOL.column[0]].weight = 1)
POOL_FAULT(pooled_extra, POOL.column[1] = POOL.first - 1)
POOL_FAULT(no_deviation, POOL.sd[0] = 0)
POOL_FAULT(no_mean, POOL.mean[0] = NAN)
POOL_FAULT(no_loading, POOL.loading[1] = INFINITY)
POOL_FAULT(no_variance, POOL.variance[0] = NAN)
POOL_FAULT(no_component, POOL.first++)
POOL_FAULT(first_component, POOL.first = 0)
POOL_FAULT(component_of_another, r->column[POOL.first].group = TSL_VALUE)
POOL_FAULT(component_before, (POOL.first--, r->column[POOL.first].group = TSL_BEHAVIORAL))
POOL_FAULT(two_and_a_half, r->settings.pca[TSL_BEHAVIORAL] = 2.5)
FAULT(unknown_reading, r->reading[TSL_CUSTOMERS][3] = 'i')

static void test_faults(void **state)
{
    (void)state;
    static const fault faults[] = {
        {feature_beyond, "column 4 is of a feature that is not there"},
        {no_scale, "column 4 cannot be applied"},
        {negative_scale, "column 4 cannot be applied"},
        {endless_scale, "column 4 cannot be applied"},
        {no_center, "column 4 cannot be applied"},
        {no_fill, "column 4 cannot be applied"},
        {turned_bounds, "column 4 cannot be applied"},
        {no_bound, "column 4 cannot be applied"},
        {negative_weight, "column 4 cannot be applied"},
        {no_weight, "column 4 cannot be applied"},
        {column_order, "column 2 is out of order"},
        {extra_order, "column 4 is out of order"},
        {too_many_bins, "feature 13 has bins that do not rise"},
        {falling_bins, "feature 13 has bins that do not rise"},
        {equal_bins, "feature 13 has bins that do not rise"},
        {endless_bins, "feature 13 has bins that do not rise"},
        {no_bin, "feature 13 has bins that do not rise"},
        {no_share, "feature 13 has bins that cannot be"},
        {negative_share, "feature 13 has bins that cannot be"},
        {missing_share, "feature 13 has bins that cannot be"},
        {no_range, "feature 13 has bins that cannot be"},
        {turned_range, "feature 13 has bins that cannot be"},
        {torn_block, "feature 4 stands apart from its block"},
        {number_as_value, "feature 10 counts a value of what is no category"},
        {category_as_number, "feature 13 counts a value of what is no category"},
        {no_recency, "has scores without what they are made of"},
        {no_score, "has scores without what they are made of"},
        {falling_cuts, "constants that cannot be"},
        {no_cut, "constants that cannot be"},
        {no_rate, "constants that cannot be"},
        {other_kind, "constants that cannot be"},
        {empty_choice, "constants that cannot be"},
        {chosen_discrete, "constants that cannot be"},
        {no_spend, "constants that cannot be"},
        {beyond_correlation, "constants that cannot be"},
        {negative_discount, "constants that cannot be"},
        {decimals_below, "constants that cannot be"},
        {decimals_above, "constants that cannot be"},
        {unknown_tables, "constants that cannot be"},
        {no_median, "constants that cannot be"},
        {negative_median, "constants that cannot be"},
        {no_group_weight, "constants that cannot be"},
        {turned_quantiles, "constants that cannot be"},
        {no_unit, "column 4 cannot be applied"},
        {endless_unit, "column 4 cannot be applied"},
        {negative_gap, "constants that cannot be"},
        {endless_gap, "constants that cannot be"},
        {never_first, "sets customers apart by limits that cannot be"},
        {two_days, "sets customers apart by limits that cannot be"},
        {no_days, "sets customers apart by limits that cannot be"},
        {bounded_potential, "sets customers apart by limits that cannot be"},
        {gap_between, "sets customers apart by limits that cannot be"},
        {ends_before, "sets customers apart by limits that cannot be"},
        {no_larger, "sets customers apart by limits that cannot be"},
        {hole_between, "sets customers apart by limits that cannot be"},
        {recent_bounded, "sets customers apart by limits that cannot be"},
        {three_of_one, "sets customers apart by limits that cannot be"},
        {no_purchase_days, "sets customers apart by limits that cannot be"},
        {no_core, "lacks the features of its basis"},
        {no_smaller, "sets customers apart by limits that cannot be"},
        {no_reading, "reading/customers: like: is no JSON"},
        {part_of_vector, "parts in its basis cannot be"},
        {part_of_another, "parts in its basis cannot be"},
        {second_alone, "parts in its basis cannot be"},
        {value_as_number, "parts in its basis cannot be"},
        {added_to_vector, "parts in its basis cannot be"},
        {falling_knots, "knots: entry 4 begins knots that cannot be"},
        {equal_knots, "knots: entry 4 begins knots that cannot be"},
        {falling_scores, "knots: entry 1 begins knots that cannot be"},
        {endless_knot, "knots: entry 1 begins knots that cannot be"},
        {no_knot, "knots: entry 1 begins knots that cannot be"},
        {one_column, "correlated: entry 2 is of no two columns, or no correlation"},
        {pair_beyond, "correlated: entry 1 is of no two columns, or no correlation"},
        {no_correlation, "correlated: entry 2 is of no two columns, or no correlation"},
        {beyond_one, "correlated: entry 1 is of no two columns, or no correlation"},
        {pooled_beyond, "pools/behavioral: holds components that cannot be"},
        {pooled_twice, "pools/behavioral: holds components that cannot be"},
        {pooled_of_another, "pools/behavioral: holds components that cannot be"},
        {pooled_weighs, "pools/behavioral: holds components that cannot be"},
        {pooled_extra, "pools/behavioral: holds components that cannot be"},
        {no_deviation, "pools/behavioral: holds components that cannot be"},
        {no_mean, "pools/behavioral: holds components that cannot be"},
        {no_loading, "pools/behavioral: holds components that cannot be"},
        {no_variance, "pools/behavioral: holds components that cannot be"},
        {no_component, "pools/behavioral: holds components that cannot be"},
        {first_component, "pools/behavioral: holds components that cannot be"},
        {component_of_another, "pools/behavioral: holds components that cannot be"},
        {component_before, "pools: has components before other columns"},
        {two_and_a_half, "constants that cannot be"},
        {unknown_reading, "reading/customers: like: is of no table"},
        {unknown_weight, "is weighted by a feature that is not there"},
    };
    const char *path = scratch_path("r.h5");
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        tsl_recipe *recipe = sample_recipe(1, 1), *back;
        tsl_error err = {0};
        faults[i].make(recipe);
        write_recipe(recipe, path);
        tsl_status status = read_recipe(path, &back, &err);
        if (status != TSL_E_FORMAT || !strstr(err.message, faults[i].said)) {
            fail_msg("fault %zu: \"%s\" does not say \"%s\"", i, err.message, faults[i].said);
        }
        tsl_recipe_free(recipe);
    }
}

static damage_verdict read_damaged(const char *name, const void *recipe)
{
    tsl_error err = {0};
    tsl_recipe *back;
    tsl_status status = read_recipe(name, &back, &err);
    if (status != TSL_OK) {
        return status == TSL_E_FORMAT && err.message[0] ? DAMAGE_REFUSED : DAMAGE_WRONG;
    }
    damage_verdict verdict = recipe_difference(recipe, back) ? DAMAGE_WRONG : DAMAGE_SAME;
    tsl_recipe_free(back);
    return verdict;
}

static void test_flips(void **state)
{
    (void)state;
    const char *path = scratch_path("r.h5");
    const size_t flips = 600, cuts = 60;
    tsl_recipe *recipe = sample_recipe(1, 1);
    write_recipe(recipe, path);
    long refused = damage_flip(path, flips, 1, read_damaged, recipe);
    assert_true(refused >= (long)(flips - flips / 100)); /* HDF5 may leave gaps that hold nothing */
    assert_int_equal(damage_cut(path, cuts, 2, read_damaged, recipe), cuts);
    tsl_recipe_free(recipe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_faults, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_flips, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
