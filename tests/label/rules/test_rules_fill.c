/* test_rules_fill.c: classes of rule sets against the same written out in C, three truth values, counts, threads. */
#include "label/rules/judged.h"

static const tsl_rule_class sets[] = {
    {"spend", "large", {"Large", "大额"}, "monetary_total > 1000 and recency_days <= 60", NULL},
    {"spend", "middle", {"Middle", NULL}, "monetary_total > 20 and recency_days <= 200", NULL},
    {"spend", "rest", {NULL, NULL}, "frequency >= 1", NULL},
    {"who", "dear_women", {"Dear women", "高价值女客"}, "gender = 'F' and tier in ('vip', 'gold') and age < 40", NULL},
    {"who", "quiet", {"Quiet", "沉寂"}, "lifecycle in ('lost', 'at_risk') or value <= 0", NULL},
};
#define SETS (sizeof sets / sizeof *sets)

enum { YES = 1, NO = 0, NEITHER = -1 };

static int under(double x, double limit)
{
    return isnan(x) ? NEITHER : x <= limit;
}

static int over(double x, double limit)
{
    return isnan(x) ? NEITHER : x > limit;
}

static int both(int a, int b)
{
    return a == NO || b == NO ? NO : a == NEITHER || b == NEITHER ? NEITHER : YES;
}

static int either(int a, int b)
{
    return a == YES || b == YES ? YES : a == NEITHER || b == NEITHER ? NEITHER : NO;
}

/* The classes of "spend" and "who", and the conditions of their first ones. */
static void judge_customer(const tsl_labels *l, size_t i, int class[SETS], int first[5])
{
    const tsl_features *f = l->features;
    const double total = feature_of(f, f->id[i], "monetary_total"), recency = feature_of(f, f->id[i], "recency_days");
    const int tier = l->customer_tier[i], stage = l->customer_stage[i];
    first[0] = over(total, 1000);
    first[1] = under(recency, 60);
    class[0] = both(first[0], first[1]);
    class[1] = both(over(total, 20), under(recency, 200));
    class[2] = over(feature_of(f, f->id[i], "frequency"), 0.5);
    first[2] = feature_of(f, f->id[i], "gender=F") > 0;
    first[3] = tier <= 1;
    first[4] = under(feature_of(f, f->id[i], "age"), 39.5);
    class[3] = both(both(first[2], first[3]), first[4]);
    class[4] = either(stage == TSL_LOST || stage == TSL_AT_RISK, under(l->value[i], 0));
}

static int first_of(const int *class, size_t count)
{
    int unknown = 0;
    for (size_t c = 0; c < count; c++) {
        if (class[c] == YES) {
            return (int)c;
        }
        unknown |= class[c] == NEITHER;
    }
    return unknown ? TSL_RULE_UNKNOWN : TSL_RULE_NONE;
}

static void test_against_c(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *l = judge_well(f, model, NULL, sets, SETS, 2);
    uint64_t holds[SETS] = {0}, unknown[SETS] = {0}, size[SETS] = {0}, overlap = 0, fails = 0, none = 0, open = 0;
    assert_int_equal(l->rule_set_count, 2);
    const tsl_rule_set *spend = tsl_labels_get_rule_set(l, 0), *who = tsl_labels_get_rule_set(l, 1);
    assert_null(tsl_labels_get_rule_set(l, 2));
    assert_string_equal(spend->name, "spend");
    assert_int_equal(spend->class_count, 3);
    for (size_t i = 0; i < f->customers; i++) {
        int class[SETS], first[5];
        judge_customer(l, i, class, first);
        assert_int_equal(spend->customer_class[i], first_of(class, 3));
        assert_int_equal(who->customer_class[i], first_of(class + 3, 2));
        for (int c = 0; c < 2; c++) {
            assert_int_equal(spend->first_fails[i] >> c & 1, first[c] == NO);
            assert_int_equal(spend->first_unknown[i] >> c & 1, first[c] == NEITHER);
        }
        for (int c = 0; c < 3; c++) {
            assert_int_equal(who->first_fails[i] >> c & 1, first[2 + c] == NO);
        }
        for (size_t c = 0; c < SETS; c++) {
            holds[c] += class[c] == YES;
            unknown[c] += class[c] == NEITHER;
            size[c] += (c < 3 ? spend : who)->customer_class[i] == (int)(c < 3 ? c : c - 3);
        }
        overlap += class[0] == YES && class[2] == YES;
        fails += first[1] == NO;
        none += first_of(class, 3) == TSL_RULE_NONE;
        open += first_of(class, 3) == 2 && (class[0] == NEITHER || class[1] == NEITHER);
    }
    for (size_t c = 0; c < SETS; c++) {
        const tsl_rule_count *count = c < 3 ? &spend->classes[c] : &who->classes[c - 3];
        assert_int_equal(count->holds, holds[c]);
        assert_int_equal(count->unknown, unknown[c]);
        assert_int_equal(count->size, size[c]);
        assert_int_equal(count->reach, size[c] ? TSL_RULE_REACHED : holds[c] ? TSL_RULE_SHADOWED : TSL_RULE_NOBODY);
    }
    assert_true(size[0] > 0 && size[1] > 0 && size[2] > 0 && size[4] > 0 && unknown[1] == 0);
    assert_int_equal(spend->classes[0].both[2], overlap);
    assert_int_equal(spend->classes[2].both[0], overlap);
    assert_int_equal(spend->classes[0].both[0], holds[0]);
    assert_int_equal(spend->classes[0].condition_count, 2);
    assert_string_equal(spend->classes[0].condition[1].text, "recency_days <= 60");
    assert_int_equal(spend->classes[0].condition[1].fails, fails);
    assert_int_equal(spend->none, none);
    assert_int_equal(spend->open, open);
    assert_int_equal(who->classes[1].condition_count, 1);
    assert_string_equal(spend->classes[1].names[1], "Middle"); /* in place of the one that lacks */
    assert_string_equal(spend->classes[2].names[0], "rest");
    tsl_labels_free(l);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* A customer without a purchase has no recency: neither this nor that holds of it. */
static void test_unknown(void **state)
{
    (void)state;
    static const tsl_rule_class rules[] = {
        {"s", "near", {NULL, NULL}, "recency_days < 30", NULL},
        {"s", "far", {NULL, NULL}, "not recency_days < 30", NULL},
        {"t", "no_date", {NULL, NULL}, "recency_days is missing", NULL},
        {"u", "anyhow", {NULL, NULL}, "recency_days < 30 or frequency = 0", NULL},
        {"v", "later", {NULL, NULL}, "satisfaction_mean >= 4.5 and frequency >= 0", NULL},
        {"v", "all", {NULL, NULL}, "coalesce(satisfaction_mean, 3) = 3", NULL},
    };
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *l = judge_well(f, model, NULL, rules, 6, 1);
    const tsl_rule_set *s = &l->rule_set[0], *t = &l->rule_set[1], *u = &l->rule_set[2], *v = &l->rule_set[3];
    uint64_t never = 0;
    for (size_t i = 0; i < f->customers; i++) {
        const int none = isnan(feature_of(f, f->id[i], "recency_days"));
        never += (uint64_t)none;
        assert_int_equal(s->customer_class[i] == TSL_RULE_UNKNOWN, none);
        assert_int_equal(t->customer_class[i], none ? 0 : TSL_RULE_NONE);
        assert_true(!none || u->customer_class[i] == 0);
        assert_int_equal(v->customer_class[i], 1);
    }
    assert_true(never > 0 && never < f->customers);
    assert_int_equal(s->unknown, never);
    assert_int_equal(s->none, 0);
    assert_int_equal(s->classes[0].condition[0].unknown, never);
    assert_int_equal(v->open, f->customers);
    assert_int_equal(v->classes[0].unknown, f->customers);
    int said = 0;
    for (size_t i = 0; i < l->notes.count; i++) {
        said +=
            strcmp(l->notes.text[i], "rules.v.later: whether \"satisfaction_mean >= 4.5\" holds is not known of any "
                                     "customer") == 0;
    }
    assert_int_equal(said, 1);
    tsl_labels_free(l);
    tsl_model_free(model);
    tsl_features_free(f);
}

/* The same for any number of threads, and by the policy that was made. */
static void test_same(void **state)
{
    (void)state;
    tsl_features *f = make_features(0);
    tsl_model *model = make_model(f, 3);
    tsl_labels *one = judge_well(f, model, NULL, sets, SETS, 1), *many = judge_well(f, model, NULL, sets, SETS, 5);
    tsl_labels *applied = judge_well(f, model, one->policy, NULL, 0, 2);
    for (size_t k = 0; k < 2; k++) {
        for (size_t s = 0; s < 2; s++) {
            const tsl_rule_set *a = &one->rule_set[s], *b = &(k ? many : applied)->rule_set[s];
            assert_memory_equal(a->customer_class, b->customer_class, f->customers);
            assert_memory_equal(a->first_fails, b->first_fails, f->customers * sizeof *a->first_fails);
            assert_int_equal(a->classes[0].both[1], b->classes[0].both[1]);
            assert_int_equal(a->classes[1].holds, b->classes[1].holds);
        }
    }
    /* others stand in their place, none too */
    tsl_labels *other = judge_well(f, model, one->policy, sets, 1, 1),
               *none = judge_well(f, model, one->policy, sets, 0, 1);
    assert_int_equal(other->rule_set_count, 1);
    assert_int_equal(other->policy->rule_count, 1);
    assert_int_equal(none->rule_set_count, 0);
    assert_int_equal(none->policy->rule_count, 0);
    tsl_labels_free(other);
    tsl_labels_free(none);
    tsl_labels_free(applied);
    tsl_labels_free(many);
    tsl_labels_free(one);
    tsl_model_free(model);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_c), cmocka_unit_test(test_unknown),
                                       cmocka_unit_test(test_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
