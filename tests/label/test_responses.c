/* test_responses.c: outcomes of the customers: kept out of basis, rules and names, and told of each segment, against
 * counting by hand. */
#include "crowds.h"

#include "feature/recipe.h"
#include "stat/interval.h"

enum { PEOPLE = 300 };

/* Customers of two crowds by spend; the columns behind are outcomes of one kind each. */
static void make_people(tsl__text *csv, const char *head, const char *const *cell, size_t kinds)
{
    *csv = (tsl__text){0};
    tsl__text_printf(csv, "customer_id,spend,visits,%s\n", head);
    for (int i = 0; i < PEOPLE; i++) {
        tsl__rng rng = tsl__rng_open(21, 1, (uint32_t)i);
        const int crowd = i % 2;
        tsl__text_printf(csv, "c%04d,%d,%d,%s\n", i, 100 * (1 + 5 * crowd) + (int)tsl__rng_below(&rng, 80),
                         1 + (int)tsl__rng_below(&rng, 20), cell[(tsl__rng_below(&rng, 4) + (uint32_t)crowd) % kinds]);
    }
}

static tsl_features *fit(const char *csv, const tsl_feature_options *opt)
{
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv);
    tsl_features *f = features_of(table, NULL, NULL, NULL, opt);
    tsl_table_free(table);
    return f;
}

static tsl_labels *label(const tsl_features *f, tsl_model **model)
{
    tsl_labels *labels = NULL;
    tsl_error err;
    *model = make_model(f, 3);
    if (tsl_labels_build(f, *model, (*model)->assignment, NULL, NULL, NULL, &labels, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return labels;
}

/* Counted by hand. */
static void check_part(const tsl_response_part *part, const tsl_labels *labels, const tsl_response *r, int segment)
{
    const tsl_features *f = labels->features;
    double sum = 0, square = 0, n = 0;
    for (size_t i = 0; i < labels->customers; i++) {
        const double x = f->x[i * f->feature_count + r->feature];
        if (!isnan(x) && (segment == 0 || labels->customer_segment[i] == segment)) {
            sum += x;
            n++;
        }
    }
    for (size_t i = 0; i < labels->customers; i++) {
        const double x = f->x[i * f->feature_count + r->feature];
        if (!isnan(x) && (segment == 0 || labels->customer_segment[i] == segment)) {
            square += (x - sum / n) * (x - sum / n);
        }
    }
    const tsl__interval want = r->is_mean ? tsl__interval_of_mean(sum / n, square, (uint64_t)n)
                                          : tsl__interval_of_rate((uint64_t)sum, (uint64_t)n);
    assert_true(part->known == (uint64_t)n && fabs(part->rate - sum / n) < 1e-12);
    assert_true(fabs(part->low - want.low) < 1e-12 && fabs(part->high - want.high) < 1e-12);
    assert_true(part->low <= part->rate && part->rate <= part->high);
}

static void check_responses(const tsl_labels *labels)
{
    for (size_t r = 0; r < labels->response_count; r++) {
        const tsl_response *of = tsl_labels_get_response(labels, r);
        check_part(&of->all, labels, of, 0);
        for (size_t s = 0; s < labels->segment_count; s++) {
            check_part(&of->segment[s], labels, of, (int)s + 1);
        }
    }
    assert_null(tsl_labels_get_response(labels, labels->response_count));
}

/* Every way in which a table may say it. */
static void test_ways(void **state)
{
    (void)state;
    static const struct {
        const char *head, *cell[4];
        size_t kinds;
        const char *told; /* NULL: kept out, but told by nothing */
        int is_mean;
    } ways[] = {
        {"churn", {"yes", "no", "no", "yes"}, 4, "churn", 0},
        {"Churn", {"Yes", "No", "", "No"}, 4, "Churn", 0},
        {"response", {"1", "0", "0", ""}, 4, "response", 0},
        {"流失", {"是", "否", "否", "是"}, 4, "流失", 0},
        {"是否购买", {"是", "否", "", "否"}, 4, "是否购买", 0},
        {"Attrition_Flag",
         {"Existing Customer", "Attrited Customer", "Existing Customer"},
         3,
         "Attrition_Flag=Attrited Customer",
         0},
        {"status", {"Stayed", "Churned", "Joined", ""}, 4, "status=Churned", 0},
        {"outcome", {"good", "bad", "good", "good"}, 4, "outcome=bad", 0}, /* the rarer one */
        {"churn reason", {"price", "service", "moved", ""}, 4, NULL, 0},
        {"churn", {"1", "0", "9", "0"}, 4, "churn", 0},           /* nobody knows of a quarter */
        {"purchased", {"1", "0", "0", "-99"}, 4, "purchased", 0}, /* two values, and unknown */
        {"churn", {"1", "0", "-1", "0"}, 4, "churn", 1},          /* three answers, perhaps */
        {"churn", {"1", "0", "-1", "9"}, 4, "churn", 0},          /* two codes */
        {"churn", {"1", "0", "2", "0"}, 4, "churn", 1},
        {"churn", {"1.0", "0.0", "", "0.0"}, 4, "churn", 0},
        {"purchased", {"Yes", "No", "Unknown", "No"}, 4, "purchased=Yes", 0}, /* two values, and unknown */
        {"churn_score", {"12.5", "80", "33", ""}, 4, "churn_score", 1},
        {"propensity", {"0.25", "0.5", "0.75", "0.1"}, 4, "propensity", 1},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        tsl__text csv;
        tsl_model *model = NULL;
        make_people(&csv, ways[i].head, ways[i].cell, ways[i].kinds);
        tsl_features *f = fit(csv.data, NULL);
        tsl_labels *labels = label(f, &model);
        for (size_t j = 0; j < f->feature_count; j++) {
            const int own = strncmp(f->feature[j].name, ways[i].head, strlen(ways[i].head)) == 0;
            assert_int_equal(f->feature[j].outcome, own);
        }
        if (labels->response_count != (ways[i].told != NULL)) {
            fail_msg("%s: %zu outcomes are told", ways[i].head, labels->response_count);
        }
        if (ways[i].told) {
            assert_string_equal(f->feature[labels->response[0].feature].name, ways[i].told);
            assert_int_equal(labels->response[0].is_mean, ways[i].is_mean);
        }
        check_responses(labels);
        tsl_labels_free(labels);
        tsl_model_free(model);
        tsl_features_free(f);
        tsl__text_free(&csv);
    }
}

/* Where -1 says that nobody knows, the rate is of 0 and 1 alone, in an apply as in the fit; a note has the count. */
static void test_unknown(void **state)
{
    (void)state;
    static const char *const cells[] = {"1,0", "0,-1", "0,1", "-1,0", "0,0", "1,0", "0,-1", "0,0"};
    tsl__text csv;
    make_people(&csv, "churn,plain", cells, 8);
    tsl_features *f = fit(csv.data, NULL);
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv.data);
    tsl_features *again = features_of(table, NULL, NULL, f->recipe, NULL);
    const tsl_features *both[] = {f, again};
    for (size_t w = 0; w < 2; w++) {
        const size_t churn = tsl_features_get_index(both[w], "churn"), plain = tsl_features_get_index(both[w], "plain");
        size_t unknown = 0, kept = 0;
        for (size_t i = 0; i < PEOPLE; i++) {
            const double *x = both[w]->x + i * both[w]->feature_count;
            assert_true(isnan(x[churn]) || x[churn] == 0 || x[churn] == 1);
            unknown += isnan(x[churn]) ? 1 : 0;
            kept += x[plain] == -1; /* no outcome: as it is */
        }
        char note[128];
        snprintf(note, sizeof note, "the outcome churn has two answers, and -1 of %zu customers", unknown);
        int said = 0;
        for (size_t i = 0; i < both[w]->info.notes.count; i++) {
            said += strstr(both[w]->info.notes.text[i], note) != NULL;
        }
        assert_true(unknown > 10 && kept > 10 && said == 1);
    }
    tsl_features_free(again);
    tsl_features_free(f);
    tsl_table_free(table);
    tsl__text_free(&csv);
}

/* An outcome that everything goes by is in no vector, basis, matrix, trait or name, in whatever basis. */
static void test_kept_out(void **state)
{
    (void)state;
    static const char *const cells[] = {"yes,900,gone", "no,100,here"};
    tsl__text csv;
    make_people(&csv, "churn,churn_score,exited", cells, 2);
    const char *all[] = {"*"};
    for (int basis = 0; basis < TSL_BASES; basis++) {
        tsl_feature_options opt;
        TSL_DEFAULTS(feature, &opt);
        if (basis == TSL_BASIS_CORE || basis == TSL_BASIS_DEMOGRAPHIC) {
            continue; /* which these customers do not have */
        }
        opt.selection.basis = (tsl_basis)basis;
        opt.selection.include = all;
        opt.selection.include_count = (size_t)(basis % 2);
        tsl_features *f = fit(csv.data, &opt);
        tsl_model *model = NULL;
        tsl_labels *labels = label(f, &model);
        for (size_t c = 0; c < f->recipe->column_count; c++) {
            assert_false(f->feature[f->recipe->column[c].feature].outcome);
        }
        assert_int_equal(labels->response_count, 3); /* gone is rarer, or as rare and later */
        assert_int_equal(labels->response[2].is_mean, 1);
        for (size_t s = 0; s < labels->segment_count; s++) {
            for (size_t t = 0; t < labels->segments[s].trait_count; t++) {
                assert_false(f->feature[labels->segments[s].trait[t].feature].outcome);
            }
            assert_null(strstr(labels->segments[s].name, "churn"));
            assert_null(strstr(labels->segments[s].name, "exited"));
        }
        check_responses(labels);
        tsl_labels_free(labels);
        tsl_model_free(model);
        tsl_features_free(f);
    }
    tsl_features *f = fit(csv.data, NULL);
    const char *churn[] = {"churn"}, *exited[] = {"exited=gone"};
    tsl_error err;
    assert_int_equal(tsl_features_fit_selection(f, &(tsl_selection){.include = churn, .include_count = 1}, &err),
                     TSL_E_OPTION);
    assert_non_null(strstr(err.message, "\"churn\" is an outcome"));
    assert_int_equal(tsl_features_fit_selection(f, &(tsl_selection){.include = exited, .include_count = 1}, &err),
                     TSL_E_OPTION);
    int said = 0;
    for (size_t i = 0; i < f->info.notes.count; i++) {
        said |= strstr(f->info.notes.text[i], "outcomes by their names: churn, churn_score, exited") != NULL;
    }
    assert_true(said);
    tsl_features_free(f);
    tsl__text_free(&csv);
}

/* Columns that are asked for, in place of those that are so by their names; or none. */
static void test_asked(void **state)
{
    (void)state;
    static const char *const cells[] = {"yes,1,x", "no,2,y", "no,3,x"};
    const char *names[] = {"basket", "plan"}, *wrong[] = {"baskte"};
    tsl__text csv;
    tsl_feature_options opt;
    tsl_error err;
    tsl_features *f = NULL;
    TSL_DEFAULTS(feature, &opt);
    make_people(&csv, "churn,basket,plan", cells, 3);
    opt.outcomes_given = 1;
    opt.outcome = names;
    for (opt.outcome_count = 0; opt.outcome_count < 3; opt.outcome_count++) {
        f = fit(csv.data, &opt);
        for (size_t j = 0; j < f->feature_count; j++) {
            const char *name = f->feature[j].name;
            assert_int_equal(f->feature[j].outcome, (opt.outcome_count > 0 && strcmp(name, "basket") == 0) ||
                                                        (opt.outcome_count > 1 && strncmp(name, "plan=", 5) == 0));
        }
        tsl_model *model = NULL;
        tsl_labels *labels = label(f, &model);
        assert_int_equal(labels->response_count, opt.outcome_count);
        check_responses(labels);
        tsl_labels_free(labels);
        tsl_model_free(model);
        tsl_features_free(f);
    }
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv.data);
    const tsl_tables tables = {table, NULL, NULL, TSL_NO_DAY, 0};
    opt.outcome = wrong;
    opt.outcome_count = 1;
    assert_int_equal(tsl_features_build(&tables, NULL, &opt, NULL, &f, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "\"baskte\"; did you mean \"basket\"?"));
    opt.outcome_count = 2; /* one more than there are */
    opt.outcome = (const char *const[]){"basket", NULL};
    assert_int_equal(tsl_feature_check(&opt, &err), TSL_E_OPTION);
    tsl_table_free(table);
    tsl__text_free(&csv);
}

/* Customers of whom it is not known yet are labelled all the same. */
static void test_not_known_yet(void **state)
{
    (void)state;
    static const char *const cells[] = {"yes", "no"};
    tsl__text csv;
    make_people(&csv, "churn", cells, 2);
    tsl_features *f = fit(csv.data, NULL);
    tsl_model *model = NULL;
    tsl_labels *labels = label(f, &model), *later = NULL;
    tsl_table *table = table_of_text(TSL_CUSTOMERS, "customer_id,spend,visits\na,120,3\nb,640,9\n");
    tsl_features *g = features_of(table, NULL, NULL, f->recipe, NULL);
    int32_t of[2] = {0, 2}, none[2] = {-1, -1};
    double zero[2] = {0};
    const tsl_assignment assignment = {2, of, zero, none, zero};
    tsl_error err;
    int said = 0;
    for (size_t i = 0; i < g->info.notes.count; i++) {
        said |= strcmp(g->info.notes.text[i], "outcomes that are not known here: churn") == 0;
    }
    assert_true(said);
    assert_int_equal(tsl_labels_build(g, model, &assignment, labels->policy, NULL, NULL, &later, &err), TSL_OK);
    assert_int_equal(later->response_count, 0); /* there is nothing to tell */
    tsl_drift *drift = NULL;
    assert_int_equal(tsl_drift_build(g, NULL, &drift, &err), TSL_OK);
    assert_true(isnan(drift->feature[tsl_features_get_index(g, "churn")].psi)); /* nor has it drifted */
    tsl_drift_free(drift);
    tsl_labels_free(later);
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(g);
    tsl_features_free(f);
    tsl_table_free(table);
    tsl__text_free(&csv);
}

static void test_none(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = NULL;
    tsl_labels *labels = label(f, &model);
    assert_int_equal(labels->response_count, 0);
    assert_null(labels->response);
    assert_null(tsl_labels_get_response(labels, 0));
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ways),          cmocka_unit_test(test_kept_out),
                                       cmocka_unit_test(test_unknown),       cmocka_unit_test(test_asked),
                                       cmocka_unit_test(test_not_known_yet), cmocka_unit_test(test_none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
