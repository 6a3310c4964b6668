/* test_policy.c: the fitted policy of the labels: copied, applied to the customers it
 * was fitted on and to others, and fitted anew in part. */
#include "label/crowds.h"

#include "label/policy.h"

static tsl_labels *apply(const tsl_features *f, const tsl_model *model, const tsl_assignment *a,
                         const tsl_policy *policy, const tsl_label_options *opt)
{
    tsl_labels *labels = NULL;
    tsl_error err;
    if (tsl_labels_build(f, model, a, policy, opt, NULL, &labels, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return labels;
}

static void check_same_policy(const tsl_policy *a, const tsl_policy *b)
{
    assert_int_equal(a->segment_count, b->segment_count);
    for (size_t s = 0; s < a->segment_count; s++) {
        assert_string_equal(a->segment[s].names[0], b->segment[s].names[0]);
        assert_string_equal(a->segment[s].names[1], b->segment[s].names[1]);
    }
    assert_int_equal(!a->value, !b->value);
    assert_true(!a->value || strcmp(a->value, b->value) == 0);
    assert_int_equal(a->tier_method, b->tier_method);
    assert_int_equal(a->tier_count, b->tier_count);
    for (size_t t = 0; t < a->tier_count; t++) {
        assert_string_equal(a->tier_name[t].code, b->tier_name[t].code);
        assert_string_equal(a->tier_name[t].names[1], b->tier_name[t].names[1]);
        assert_true(a->tier_share[t] == b->tier_share[t] && a->tier_size[t] == b->tier_size[t]);
        assert_true(a->tier_cut[t].least == b->tier_cut[t].least && a->tier_cut[t].above == b->tier_cut[t].above);
    }
    assert_int_equal(a->has_lifecycle, b->has_lifecycle);
    assert_int_equal(a->gap_learned, b->gap_learned);
    assert_true(a->gap_p90 == b->gap_p90 && a->new_days == b->new_days && a->lost_factor == b->lost_factor &&
                a->shrinkage == b->shrinkage && a->new_learned == b->new_learned && a->by_alive == b->by_alive);
    assert_memory_equal(&a->levels, &b->levels, sizeof a->levels);
    assert_int_equal(a->vocabulary, b->vocabulary);
    assert_int_equal(a->stage_basis, b->stage_basis);
    for (int i = 0; i < TSL_STAGES * TSL_LANGS; i++) {
        const char *x = a->stage_names[i / TSL_LANGS][i % TSL_LANGS], *y = b->stage_names[i / TSL_LANGS][i % TSL_LANGS];
        assert_true(!x == !y && (!x || (x != y && strcmp(x, y) == 0)));
    }
}

static void test_copy(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *labels = make_labels(f, model, "en");
    tsl_policy *copy = NULL, *again = NULL;
    assert_int_equal(tsl__policy_copy(labels->policy, &copy, NULL), TSL_OK);
    check_same_policy(labels->policy, copy);
    assert_int_equal(tsl__policy_copy(copy, &again, NULL), TSL_OK);
    tsl_policy_free(copy); /* nothing of it is borrowed */
    check_same_policy(labels->policy, again);
    tsl_policy_free(again);
    tsl_policy_free(NULL);
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
}

static void test_what_is_fitted(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *labels = make_labels(f, model, "zh");
    const tsl_policy *p = labels->policy;
    assert_int_equal(labels->applied, 0);
    assert_null(labels->drift);
    assert_int_equal(p->segment_count, 3);
    assert_string_equal(p->segment[2].names[0], "Potential");
    assert_string_equal(p->segment[2].names[1], "潜在客户");
    assert_string_equal(p->value, "monetary_total");
    assert_int_equal(p->tier_method, TSL_TIER_QUANTILE);
    assert_true(p->tier_share[0] == .01 && p->tier_share[3] == .3);
    for (size_t t = 0; t + 1 < p->tier_count; t++) { /* the least value of the tier */
        double least = INFINITY;
        for (size_t i = 0; i < labels->customers; i++) {
            least = labels->customer_tier[i] == (int)t && labels->value[i] < least ? labels->value[i] : least;
        }
        assert_true(p->tier_cut[t].least == least);
        assert_int_equal(p->tier_size[t], labels->tier[t].size);
    }
    assert_int_equal(p->has_lifecycle, 1);
    assert_int_equal(p->gap_learned, 1);
    assert_true(p->gap_p90 == labels->gap_p90 && p->gap_p90 > 0);
    assert_true(p->new_days >= 30 && p->new_learned && p->lost_factor == 2 && p->shrinkage == 5);
    assert_true(p->levels.risk == .5 && p->levels.mature_purchases == 6 && !p->by_alive);
    tsl_labels_free(labels);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* ---- Applied ------------------------------------------------------------------- */

static void check_same_labels(const tsl_labels *a, const tsl_labels *b)
{
    size_t n = a->customers;
    assert_int_equal(n, b->customers);
    assert_memory_equal(a->customer_segment, b->customer_segment, n * sizeof *a->customer_segment);
    assert_memory_equal(a->customer_tier, b->customer_tier, n);
    assert_memory_equal(a->customer_stage, b->customer_stage, n);
    assert_memory_equal(a->confidence, b->confidence, n * sizeof *a->confidence);
    assert_memory_equal(a->distance, b->distance, n * sizeof *a->distance);
    assert_memory_equal(a->r, b->r, n);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(a->reason[i], b->reason[i]);
    }
    for (size_t s = 0; s < a->segment_count; s++) {
        assert_string_equal(a->segments[s].name, b->segments[s].name);
        assert_int_equal(a->segments[s].size, b->segments[s].size);
    }
}

/* What it was fitted on is labelled as the fit did, whatever the options are. */
static void test_own_customers(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 4);
    tsl_labels *fit = make_labels(f, model, "en");
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.tier_method = TSL_TIER_CUTS;
    opt.tier_cut = (tsl_tier_cut[]){{4, 0}, {3, 0}, {2, 0}, {1, 0}};
    opt.tier_cut_count = 4;
    opt.new_days = 400;
    opt.lost_factor = 9;
    opt.value = "frequency";
    tsl_labels *labels = apply(f, model, model->assignment, fit->policy, &opt);
    check_same_labels(fit, labels);
    check_same_policy(fit->policy, labels->policy);
    assert_ptr_not_equal(fit->policy, labels->policy);
    assert_int_equal(labels->applied, 1);
    assert_int_equal(labels->refit, 0);
    for (size_t s = 0; s < labels->segment_count; s++) {
        const tsl_segment_drift *d = &labels->drift[s];
        assert_true(d->size_then == d->size_now && d->share_then == d->share_now);
        assert_true(fabs(d->distance_then - d->distance_now) <= 1e-12 * d->distance_then);
    }
    tsl_labels_free(labels);
    tsl_labels_free(fit);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* Other customers, made of these: those of one crowd alone, worth ten times as much, none of whom is in the
 * last segment. */
typedef struct others {
    tsl_features features;
    tsl_assignment *assignment;
} others;

static others make_others(const tsl_features *f, const tsl_labels *fit)
{
    others o = {.features = *f, .assignment = assignment_open(f->customers)};
    size_t cols = f->feature_count, total = tsl_features_get_index(f, "monetary_total"), n = 0;
    o.features.x = malloc(f->customers * cols * sizeof *f->x);
    o.features.history = malloc(f->customers * TSL_HISTORY_COLUMNS * sizeof *f->history);
    o.features.id = malloc(f->customers * sizeof *f->id);
    o.features.applied = 1;
    for (size_t i = 0; i < f->customers; i++) {
        if (fit->customer_segment[i] == 1) {
            memcpy(o.features.x + n * cols, f->x + i * cols, cols * sizeof *f->x);
            memcpy(o.features.history + n * TSL_HISTORY_COLUMNS, f->history + i * TSL_HISTORY_COLUMNS,
                   TSL_HISTORY_COLUMNS * sizeof *f->history);
            o.features.x[n * cols + total] *= 10;
            o.features.id[n] = f->id[i];
            o.assignment->label[n] = (int32_t)(n % 2);
            o.assignment->runner_up[n] = (int32_t)(1 - n % 2);
            o.assignment->distance[n] = 1;
            o.assignment->runner_up_distance[n] = 4;
            n++;
        }
    }
    o.features.customers = o.assignment->rows = n;
    return o;
}

static void free_others(others *o)
{
    free(o->features.x);
    free(o->features.history);
    free(o->features.id);
    assignment_free(o->assignment);
}

static void test_other_customers(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *fit = make_labels(f, model, "en");
    others o = make_others(f, fit);
    tsl_labels *labels = apply(&o.features, model, o.assignment, fit->policy, NULL);
    check_same_policy(fit->policy, labels->policy);
    for (size_t s = 0; s < 3; s++) {
        assert_string_equal(labels->segments[s].name, fit->segments[s].name);
        assert_int_equal(labels->segments[s].cluster, s);
    }
    /* by the cuts that were: who is worth ten times as much is in the best tier */
    assert_int_equal(labels->tier[0].size, labels->customers);
    assert_true(labels->tier[0].lowest == fit->policy->tier_cut[0].least);
    for (size_t i = 0; i < labels->customers; i++) {
        assert_true(labels->confidence[i] == .75);
    }
    assert_int_equal(labels->segments[0].size, (labels->customers + 1) / 2);
    assert_int_equal(labels->segments[2].size, 0); /* nobody, and nothing is said of them */
    assert_true(labels->segments[2].share == 0 && isnan(labels->segments[2].confidence_mean));
    const tsl_segment_drift *d = labels->drift;
    assert_int_equal(d[0].size_then, fit->segments[0].size);
    assert_int_equal(d[0].size_now, labels->segments[0].size);
    assert_true(d[0].share_then == fit->segments[0].share && d[0].share_now == labels->segments[0].share);
    assert_true(d[0].distance_now == 1);
    assert_true(isnan(d[2].distance_now) && d[2].share_now == 0 && d[2].size_then > 0);
    tsl_labels_free(labels);
    free_others(&o);
    tsl_labels_free(fit);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* ---- Fitted anew ---------------------------------------------------------------- */

static void test_refit(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *fit = make_labels(f, model, "en");
    others o = make_others(f, fit);
    for (size_t n = 0; n < o.features.customers * TSL_HISTORY_COLUMNS; n++) {
        o.features.history[n] *= n % TSL_HISTORY_COLUMNS == TSL_HISTORY_GAP_P90 ? 3 : 1;
    }
    for (unsigned refit = 0; refit <= 14; refit += 2) {
        tsl_label_options opt;
        TSL_DEFAULTS(label, &opt);
        opt.refit = refit;
        opt.shrinkage = 7;
        tsl_labels *labels = apply(&o.features, model, o.assignment, fit->policy, &opt);
        const tsl_policy *p = labels->policy, *then = fit->policy;
        assert_int_equal(labels->refit, refit);
        assert_int_equal(labels->applied, 1);
        assert_int_equal(p->tier_cut[0].least != then->tier_cut[0].least, (refit & TSL_REFIT_TIERS) != 0);
        assert_int_equal(labels->tier[0].size < labels->customers, (refit & TSL_REFIT_TIERS) != 0);
        assert_int_equal(p->gap_p90 != then->gap_p90, (refit & TSL_REFIT_LIFECYCLE) != 0);
        assert_true(p->shrinkage == (refit & TSL_REFIT_LIFECYCLE ? 7 : 5));
        assert_int_equal(strcmp(p->segment[0].names[0], then->segment[0].names[0]) != 0,
                         (refit & TSL_REFIT_NAMES) != 0);
        assert_string_equal(p->segment[2].names[0], then->segment[2].names[0]); /* whom nobody is in, nothing tells */
        tsl_labels_free(labels);
    }
    free_others(&o);
    tsl_labels_free(fit);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* The parameters that a policy was fitted with, to fit it anew by: it comes out as it was. */
static void test_its_own_options(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_label_options opt, own;
    TSL_DEFAULTS(label, &opt);
    TSL_DEFAULTS(label, &own);
    opt.tier_method = TSL_TIER_REVENUE;
    opt.tier_share = (double[]){.5, .2};
    opt.tier_share_count = 2;
    opt.lost_factor = 3;
    opt.shrinkage = 1;
    opt.levels.mature_pauses = 2;
    opt.levels.dwell_days = 7;
    opt.vocabulary = TSL_VOCABULARY_ACQUIRE;
    opt.stage_basis = TSL_STAGES_GAPS;
    opt.stage_name = &(tsl_segment_name){"at_risk", {"Wavering", NULL}}; /* stays where none is given anew */
    opt.stage_name_count = 1;
    opt.value = "frequency";
    for (int learned = 0; learned < 2; learned++) { /* the days that one is new for: given, and learned anew */
        opt.new_days = learned ? 0 : 12;
        tsl_labels *fit = apply(f, model, model->assignment, NULL, &opt);
        own.value = "monetary_total";
        tsl_policy_get_options(fit->policy, &own);
        assert_null(own.value);
        assert_true(own.new_days == opt.new_days);
        own.refit = TSL_REFIT_TIERS | TSL_REFIT_LIFECYCLE | TSL_REFIT_NAMES;
        tsl_labels *again = apply(f, model, model->assignment, fit->policy, &own);
        check_same_policy(fit->policy, again->policy);
        check_same_labels(fit, again);
        tsl_labels_free(again);
        tsl_labels_free(fit);
        own.refit = 0;
    }
    tsl_model_free(model);
    tsl_features_free(f);
}

/* Tiers that are fitted anew may go by another value; else it is the policy's. */
static void test_refit_value(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *fit = make_labels(f, model, "en");
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.value = "frequency";
    tsl_labels *labels = apply(f, model, model->assignment, fit->policy, &opt);
    assert_string_equal(labels->value_name, "monetary_total");
    tsl_labels_free(labels);
    opt.refit = TSL_REFIT_TIERS;
    labels = apply(f, model, model->assignment, fit->policy, &opt);
    assert_string_equal(labels->value_name, "frequency");
    assert_string_equal(labels->policy->value, "frequency");
    tsl_policy *by_frequency = labels->policy;
    opt.value = NULL; /* none named: as it was */
    tsl_labels *again = apply(f, model, model->assignment, by_frequency, &opt);
    assert_string_equal(again->value_name, "frequency");
    tsl_labels_free(again);
    tsl_labels_free(labels);
    tsl_labels_free(fit);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* A value that the features do not have, and purchases that are not known. */
static void test_lacking(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *fit = make_labels(f, model, "en"), *labels = NULL;
    tsl_error err;
    fit->policy->value[0] = 'x';
    assert_int_equal(tsl_labels_build(f, model, model->assignment, fit->policy, NULL, NULL, &labels, &err),
                     TSL_E_INPUT);
    assert_string_equal(err.message, "the features lack \"xonetary_total\", which the labels' tiers go by");
    fit->policy->value[0] = 'm';
    double *history = f->history;
    f->history = NULL;
    labels = apply(f, model, model->assignment, fit->policy, NULL);
    assert_int_equal(labels->has_lifecycle, 0);
    assert_null(labels->customer_stage);
    assert_true(labels->policy->has_lifecycle); /* which is kept for those who have some */
    assert_non_null(strstr(labels->notes.text[0], "no purchases are known"));
    tsl_labels_free(labels);
    f->history = history;
    tsl_labels_free(fit);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* Each part has one name, and each name is one part's. */
static void test_refit_names(void **state)
{
    (void)state;
    static const unsigned parts[] = {TSL_REFIT_RFM, TSL_REFIT_VALUE, TSL_REFIT_TIERS, TSL_REFIT_LIFECYCLE,
                                     TSL_REFIT_NAMES};
    unsigned all = 0, part;
    tsl_error err;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_int_equal(tsl_refit_read(tsl_refit_get_name(parts[i]), &part, &err), TSL_OK);
        assert_int_equal(part, parts[i]);
        all |= part;
    }
    for (part = 1; tsl_refit_get_name(part); part <<= 1) {
        all &= ~part;
    }
    assert_int_equal(all, 0); /* they are found one after the other */
    assert_null(tsl_refit_get_name(0));
    assert_int_equal(tsl_refit_read("cuts", &part, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "\"cuts\" is not rfm, value, tiers, lifecycle or names");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refit_names),     cmocka_unit_test(test_copy),
        cmocka_unit_test(test_what_is_fitted),  cmocka_unit_test(test_own_customers),
        cmocka_unit_test(test_other_customers), cmocka_unit_test(test_refit),
        cmocka_unit_test(test_refit_value),     cmocka_unit_test(test_its_own_options),
        cmocka_unit_test(test_lacking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
