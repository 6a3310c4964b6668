/* test_rfm_scores.c: RFM scores as features: cut as the room value cuts them, by whatever was asked for, and kept by
 * the recipe. */
#include "feature/tables.h"

#include "base/text.h"
#include "feature/recipe.h"
#include "store/scratch.h"
#include "value/rfm_cuts.h"

enum { CUSTOMERS = 200, SCORES = 3 };
static const char *const score_name[SCORES] = {"r_score", "f_score", "m_score"};
static const char *const from_name[SCORES] = {"recency_days", "frequency", "monetary_total"};

/* Few different numbers of orders, so that many are alike; one who returned alone. */
static tsl_table *read_lines(int seed)
{
    tsl__text csv = {0};
    tsl__text_puts(&csv, "customer_id,date,amount\n");
    for (int c = 0; c < CUSTOMERS; c++) {
        for (int n = 0; n <= (c * 7 + seed) % 5; n++) {
            tsl__text_printf(&csv, "c%03d,2024-%02d-%02d,%d\n", c, 1 + (c * 5 + n * 3 + seed) % 12, 1 + (c + n) % 28,
                             5 + (c * 13 + n * seed) % 50);
        }
    }
    tsl__text_puts(&csv, "back,2024-03-01,-5\n");
    tsl_table *table = table_of_text(TSL_TRANSACTIONS, csv.data);
    tsl__text_free(&csv);
    return table;
}

static void take(const tsl_features *f, const char *name, double *out)
{
    const size_t column = tsl_features_get_index(f, name);
    assert_true(column < f->feature_count);
    for (size_t i = 0; i < f->customers; i++) {
        out[i] = f->x[i * f->feature_count + column];
    }
}

/* The scores are those that the recipe's cuts give, and these are found so, where they are of these customers. */
static void check_scores(const tsl_features *f, const tsl_rfm_options *opt)
{
    double from[SCORES][CUSTOMERS + 1], score[CUSTOMERS + 1];
    uint8_t expected[SCORES][CUSTOMERS + 1];
    tsl_rfm rfm = f->recipe->rfm;
    assert_int_equal(f->customers, CUSTOMERS + 1);
    for (int k = 0; k < SCORES; k++) {
        take(f, from_name[k], from[k]);
    }
    if (opt) {
        assert_int_equal(tsl_rfm_fit(from[0], from[1], from[2], f->customers, opt, &rfm, NULL), TSL_OK);
        assert_true(tsl__rfm_is_same(&rfm, &f->recipe->rfm));
    }
    tsl_rfm_predict(&rfm, from[0], from[1], from[2], f->customers, expected[0], expected[1], expected[2]);
    for (int k = 0; k < SCORES; k++) {
        take(f, score_name[k], score);
        for (size_t i = 0; i < f->customers; i++) {
            assert_true(expected[0][i] ? score[i] == expected[k][i] : isnan(score[i]));
        }
    }
}

static tsl_rfm_options options_of(tsl_rfm_method method, int bins, int nested)
{
    tsl_rfm_options opt;
    TSL_DEFAULTS(rfm, &opt);
    opt.method = method;
    opt.bins = bins;
    opt.nested = nested;
    for (int k = 0; k < SCORES; k++) {
        for (int c = 0; c < bins - 1; c++) {
            opt.cut[k][c] = (c + 1) * (k == 1 ? 1 : 30);
        }
    }
    return opt;
}

/* A recipe on its way through a file. */
static tsl_features *apply(const tsl_features *fitted, const tsl_table *lines, unsigned refit,
                           const tsl_rfm_options *rfm)
{
    const char *path = scratch_path("f.h5");
    tsl_features *read = NULL;
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.refit = refit;
    opt.rfm = rfm;
    assert_int_equal(tsl_features_write(fitted, &(tsl_target){.path = path, .replace = 1}, NULL, NULL), TSL_OK);
    assert_int_equal(tsl_features_read(&(tsl_source){.path = path}, NULL, &read, NULL), TSL_OK);
    assert_true(tsl__recipe_same(read->recipe, fitted->recipe));
    tsl_features *f = features_of(NULL, lines, NULL, read->recipe, &opt);
    tsl_features_free(read);
    return f;
}

static void test_all_ways(void **state)
{
    (void)state;
    tsl_table *lines = read_lines(1), *later = read_lines(2);
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    for (int way = 0; way < TSL_RFM_METHODS * 2 * 3; way++) {
        const tsl_rfm_method method = (tsl_rfm_method)(way % TSL_RFM_METHODS);
        const int nested = way / TSL_RFM_METHODS % 2 && method != TSL_RFM_THRESHOLDS;
        const tsl_rfm_options asked = options_of(method, 2 + way % 3 * 3, nested),
                              other = options_of(TSL_RFM_RANK, 4, 1);
        opt.rfm = &asked;
        opt.value_models = 0;
        tsl_features *fitted = features_of(NULL, lines, NULL, NULL, &opt), *same = apply(fitted, lines, 0, NULL);
        check_scores(fitted, &asked);
        assert_null(fitted->recipe->settings.rfm);
        assert_memory_equal(same->x, fitted->x, fitted->customers * fitted->feature_count * sizeof(double));
        /* Later customers by these cuts, whatever is said; by their own, cut in the same way, or in another. */
        tsl_features *by_fit = apply(fitted, later, 0, &other), *anew = apply(fitted, later, TSL_REFIT_RFM, NULL),
                     *otherwise = apply(fitted, later, TSL_REFIT_RFM, &other);
        assert_true(tsl__rfm_is_same(&by_fit->recipe->rfm, &fitted->recipe->rfm));
        check_scores(by_fit, NULL);
        check_scores(anew, &asked);
        check_scores(otherwise, &other);
        tsl_features_free(fitted);
        tsl_features_free(same);
        tsl_features_free(by_fit);
        tsl_features_free(anew);
        tsl_features_free(otherwise);
    }
    tsl_table_free(lines);
    tsl_table_free(later);
}

static void test_refused(void **state)
{
    (void)state;
    tsl_rfm_options asked = options_of(TSL_RFM_QUANTILE, 2, 0);
    tsl_feature_options opt;
    tsl_error err;
    TSL_DEFAULTS(feature, &opt);
    opt.rfm = &asked;
    assert_int_equal(tsl_feature_check(&opt, &err), TSL_OK);
    asked.bins = 10;
    assert_int_equal(tsl_feature_check(&opt, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "bins: 10 is outside 2 to 9");
    asked = options_of(TSL_RFM_THRESHOLDS, 3, 0);
    asked.cut[1][1] = asked.cut[1][0];
    assert_int_equal(tsl_feature_check(&opt, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "the thresholds of frequency must rise"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_all_ways, scratch_setup, scratch_teardown),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
