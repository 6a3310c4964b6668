/* test_strategies_fill.c: whose row counts, against the same said otherwise; the default table; what is left open. */
#include "label/crowds.h"

#include "label/label_codes.h"
#include "label/strategies/strategies.h"

static tsl_labels *advise(const tsl_features *f, const tsl_model *model, const tsl_policy *policy,
                          const tsl_strategy *row, size_t count, tsl_error *err)
{
    tsl_label_options opt;
    tsl_labels *labels = NULL;
    TSL_DEFAULTS(label, &opt);
    opt.strategy = row;
    opt.strategy_count = count;
    opt.strategies_given = row ? TSL_STRATEGIES_GIVEN : TSL_STRATEGIES_KEPT;
    (void)!tsl_labels_build(f, model, model->assignment, policy, &opt, NULL, &labels, err);
    return labels;
}

static const char *get_action(const tsl_labels *l, size_t i)
{
    const int32_t row = l->customer_strategy[i];
    return row < 0 ? "" : l->strategies->of[row].action;
}

typedef struct crowd {
    tsl_features *f;
    tsl_model *model;
} crowd;

static int open_crowd(void **state)
{
    static crowd c;
    c.f = make_features(0);
    c.model = make_model(c.f, 3);
    *state = &c;
    return 0;
}

static int close_crowd(void **state)
{
    const crowd *c = *state;
    tsl_model_free(c->model);
    tsl_features_free(c->f);
    return 0;
}

/* 1 where "vip|gold" or "*" has the code. */
static int has(const char *codes, const char *code)
{
    const size_t length = strlen(code);
    for (const char *c = codes; c && *c && strcmp(c, "*") != 0; c += strcspn(c, "|") + (c[strcspn(c, "|")] == '|')) {
        if (strcspn(c, "|") == length && strncmp(c, code, length) == 0) {
            return 1;
        }
    }
    return !codes || !*codes || strcmp(codes, "*") == 0;
}

static int tells(const char *codes)
{
    return codes && *codes && strcmp(codes, "*") != 0;
}

/* The row that tells by most: one by one. */
static const char *find_action(const tsl_strategy *row, size_t count, const char *segment, const char *tier,
                               const char *stage)
{
    const char *action = "";
    int best = -1;
    for (size_t i = 0; i < count; i++) {
        const int rank = tells(row[i].segment) * 4 + tells(row[i].tier) * 2 + tells(row[i].lifecycle);
        if (rank > best && has(row[i].segment, segment) && has(row[i].tier, tier) && has(row[i].lifecycle, stage)) {
            best = rank;
            action = row[i].action;
        }
    }
    return action;
}

static void test_whose_row_counts(void **state)
{
    const crowd *c = *state;
    static const tsl_strategy rows[] = {
        {NULL, NULL, NULL, "all", {"All", NULL}, NULL},
        {"S2", "", "*", "first", {NULL, NULL}, NULL},
        {"*", "vip|gold", NULL, "best", {"Best", "最好"}, NULL},
        {NULL, "gold", "lost|active", "gold", {NULL, "金"}, NULL},
        {NULL, NULL, "potential", "potential", {NULL, NULL}, NULL},
        {"S2|S1", "normal", NULL, "small", {NULL, NULL}, NULL},
        {"S3", NULL, "active|new|at_risk", "third", {NULL, NULL}, NULL},
    };
    tsl_error err;
    tsl_labels *l = advise(c->f, c->model, NULL, rows, 7, &err);
    assert_non_null(l);
    uint64_t size[7] = {0};
    for (size_t i = 0; i < c->f->customers; i++) {
        const char *stage = tsl_stage_get_code((tsl_stage)l->customer_stage[i]);
        assert_string_equal(get_action(l, i), find_action(rows, 7, l->policy->segment[l->customer_segment[i] - 1].code,
                                                          l->policy->tier_name[l->customer_tier[i]].code, stage));
        size[l->customer_strategy[i]]++;
    }
    for (size_t row = 0; row < 7; row++) {
        assert_int_equal(l->strategy_use[row].size, size[row]);
    }
    assert_true(size[1] > 0 && size[2] + size[3] > 0 && size[4] > 0);
    assert_string_equal(l->strategies->of[0].texts[1], "All");
    assert_string_equal(l->strategies->of[1].texts[0], "first");
    assert_string_equal(l->strategies->of[3].texts[0], "金");
    assert_string_equal(l->strategies->of[0].segment, "*");
    assert_int_equal(l->strategy_gap_count, 0);
    /* the policy has it for the next time, until another one is given */
    tsl_labels *again = advise(c->f, c->model, l->policy, NULL, 0, &err);
    assert_memory_equal(again->customer_strategy, l->customer_strategy, c->f->customers * sizeof(int32_t));
    tsl_labels *none = advise(c->f, c->model, l->policy, rows, 0, &err);
    assert_null(none->strategies);
    assert_null(none->customer_strategy);
    assert_true(none->policy->own_strategies);
    tsl_label_options opt;
    tsl_labels *usual = NULL;
    TSL_DEFAULTS(label, &opt);
    opt.strategies_given = TSL_STRATEGIES_DEFAULT;
    assert_int_equal(tsl_labels_build(c->f, c->model, c->model->assignment, l->policy, &opt, NULL, &usual, &err),
                     TSL_OK);
    assert_false(usual->policy->own_strategies);
    assert_true(usual->strategies->count > 7);
    tsl_labels_free(usual);
    tsl_labels_free(none);
    tsl_labels_free(again);
    tsl_labels_free(l);
}

/* Every tier and stage has an action in both languages, and each customer his. */
static void test_default(void **state)
{
    const crowd *c = *state;
    tsl_error err;
    tsl_labels *l = advise(c->f, c->model, NULL, NULL, 0, &err);
    assert_non_null(l);
    assert_int_equal(l->strategy_gap_count, 0);
    for (size_t i = 0; i < c->f->customers; i++) {
        const tsl_strategy *row = &l->strategies->of[l->customer_strategy[i]];
        assert_string_equal(row->tier, l->policy->tier_name[l->customer_tier[i]].code);
        assert_string_equal(row->lifecycle, tsl_stage_get_code((tsl_stage)l->customer_stage[i]));
    }
    for (size_t i = 0; i < l->strategies->count; i++) {
        const tsl_strategy *row = &l->strategies->of[i];
        assert_true(*row->action && *row->texts[0] && *row->texts[1]);
        assert_true(strcmp(row->texts[0], row->texts[1]) != 0);
    }
    size_t told = 0;
    for (size_t t = 0; t < l->policy->tier_count; t++) {
        for (int s = 0; s < TSL_STAGES; s++) {
            told += *find_action(l->strategies->of, l->strategies->count, "S1", l->policy->tier_name[t].code,
                                 tsl_stage_get_code((tsl_stage)s)) != '\0';
        }
    }
    assert_int_equal(l->policy->tier_count, 5);
    assert_int_equal(told, 5 * TSL_STAGES);
    assert_string_equal(find_action(l->strategies->of, l->strategies->count, "S1", "vip", "lost"), "manager_win_back");
    assert_string_equal(find_action(l->strategies->of, l->strategies->count, "S1", "normal", "lost"), "rest");
    assert_string_equal(find_action(l->strategies->of, l->strategies->count, "S1", "normal", "potential"),
                        "first_offer");
    tsl_labels_free(l);
}

static size_t find_feature(const tsl_features *f, const char *name)
{
    const size_t i = tsl_features_get_index(f, name);
    assert_true(i < f->feature_count);
    return i;
}

/* Who has lines and no purchase is no prospect: rows that do not ask for the stage stand before those of potential
 * customers, which count where there is no other. */
static void test_returns(void **state)
{
    const crowd *c = *state;
    static const tsl_strategy rows[] = {{NULL, NULL, "potential", "first", {NULL, NULL}, NULL},
                                        {NULL, NULL, "*", "all", {NULL, NULL}, NULL}};
    tsl_error err;
    size_t potential = 0;
    const size_t lines = find_feature(c->f, "lines");
    for (int returns = 0; returns < 2; returns++) {
        for (size_t count = 1; count <= 3; count++) { /* without the second row, with it, by the table of default */
            double *x = malloc(c->f->customers * c->f->feature_count * sizeof *x), *kept = c->f->x;
            memcpy(x, kept, c->f->customers * c->f->feature_count * sizeof *x);
            for (size_t i = 0; i < c->f->customers; i++) {
                if (isnan(c->f->history[i * TSL_HISTORY_COLUMNS + TSL_HISTORY_X])) {
                    x[i * c->f->feature_count + lines] = returns;
                }
            }
            ((crowd *)*state)->f->x = x;
            tsl_labels *l = advise(c->f, c->model, NULL, count < 3 ? rows : NULL, count < 3 ? count : 0, &err);
            assert_non_null(l);
            for (size_t i = 0; i < c->f->customers; i++) {
                if (l->customer_stage[i] == TSL_POTENTIAL) {
                    const char *first = count < 3 ? "first" : "first_offer", *other = count < 3 ? "all" : "promotions";
                    assert_string_equal(get_action(l, i), returns && count > 1 ? other : first);
                    potential++;
                }
            }
            tsl_labels_free(l);
            ((crowd *)*state)->f->x = kept;
            free(x);
        }
    }
    assert_true(potential > 0);
}

static void test_gaps(void **state)
{
    const crowd *c = *state;
    static const tsl_strategy rows[] = {{NULL, NULL, "active|new|lost", "known", {NULL, NULL}, NULL},
                                        {"S1", NULL, NULL, "first", {NULL, NULL}, NULL}};
    tsl_error err;
    tsl_labels *l = advise(c->f, c->model, NULL, rows, 2, &err);
    assert_non_null(l);
    assert_int_equal(l->strategy_gap_count, 5 * (TSL_STAGES - 3));
    uint64_t idle = 0, told = 0;
    for (size_t i = 0; i < c->f->customers; i++) {
        idle += l->customer_strategy[i] < 0;
    }
    for (size_t g = 0; g < l->strategy_gap_count; g++) {
        told += l->strategy_gap[g].size;
        assert_true(l->strategy_gap[g].stage != TSL_ACTIVE);
    }
    assert_true(idle > 0);
    assert_int_equal(told, idle);
    char want[100];
    snprintf(want, sizeof want, "strategies: no row is for %d customers, who are left without action", (int)idle);
    assert_string_equal(l->notes.text[l->notes.count - 1], want);
    tsl_labels_free(l);
}

static void test_refused(void **state)
{
    const crowd *c = *state;
    static const struct {
        tsl_strategy row[2];
        const char *message;
    } cases[] = {
        {{{NULL, "vip|gold", NULL, "a", {NULL, NULL}, "s.csv:2"},
          {NULL, "gold|silver", NULL, "b", {NULL, NULL}, "s.csv:5"}},
         "s.csv:5: action: says \"b\" for tier gold, for which s.csv:2 says \"a\": which one?"},
        {{{NULL, NULL, NULL, "a", {"x", NULL}, "s.csv:2"}, {"*", "", "*", "a", {"y", NULL}, "s.csv:3"}},
         "s.csv:3: en: says \"y\" for all customers, for which s.csv:2 says \"x\": which one?"},
        {{{"S1", "vip", "lost", "a", {NULL, NULL}, NULL}, {"S1", "vip", "lost", "b", {NULL, NULL}, NULL}},
         "strategies: row 2: action: says \"b\" for segment S1, tier vip, lifecycle lost, for which strategies: row 1 "
         "says"},
        {{{NULL, "gild", NULL, "a", {NULL, NULL}, "s.csv:2"}, {NULL, NULL, NULL, "b", {NULL, NULL}, NULL}},
         "s.csv:2: tier: no tier is called \"gild\" (did you mean \"gold\"?); there are vip"},
        {{{NULL, NULL, "at_risk | losst", "a", {NULL, NULL}, "s.csv:2"}, {NULL, NULL, NULL, "b", {NULL, NULL}, NULL}},
         "s.csv:2: lifecycle: no lifecycle is called \"losst\" (did you mean \"lost\"?)"},
        {{{"S77", NULL, NULL, "a", {NULL, NULL}, "s.csv:2"}, {NULL, NULL, NULL, "b", {NULL, NULL}, NULL}},
         "s.csv:2: segment: no segment is called \"S77\""},
        {{{NULL, "vip||gold", NULL, "a", {NULL, NULL}, "s.csv:2"}, {NULL, NULL, NULL, "b", {NULL, NULL}, NULL}},
         "s.csv:2: tier: no tier is called \"\""},
        {{{NULL, NULL, NULL, "call him", {NULL, NULL}, "s.csv:2"}, {NULL, NULL, NULL, "b", {NULL, NULL}, NULL}},
         "s.csv:2: action: \"call him\" is no code; expected letters, digits and _"},
        {{{NULL, NULL, NULL, "call", {NULL, "a\nb"}, "s.csv:2"}, {NULL, NULL, NULL, "b", {NULL, NULL}, NULL}},
         "s.csv:2: zh: \"a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_error err = {TSL_OK, ""};
        assert_null(advise(c->f, c->model, NULL, cases[i].row, 2, &err));
        assert_int_equal(err.status, TSL_E_INPUT);
        if (!strstr(err.message, cases[i].message)) {
            fail_msg("%s\ninstead of\n%s", err.message, cases[i].message);
        }
    }
    tsl_label_options opt;
    tsl_error none;
    TSL_DEFAULTS(label, &opt);
    opt.strategies_given = TSL_STRATEGIES_GIVEN;
    opt.strategy_count = 2;
    assert_int_equal(tsl_label_check(&opt, &none), TSL_E_OPTION);
    assert_string_equal(none.message, "strategies: 2 rows are said to be there, but none is");
    /* alike, or that may come back: neither is refused */
    static const tsl_strategy fine[] = {{NULL, "vip|gold", NULL, "a", {NULL, NULL}, NULL},
                                        {NULL, "gold", NULL, "a", {NULL, NULL}, NULL},
                                        {"CHAMP", NULL, NULL, "b", {NULL, NULL}, NULL}};
    tsl_error err;
    tsl_labels *l = advise(c->f, c->model, NULL, fine, 3, &err);
    assert_non_null(l);
    tsl_labels_free(l);
}

/* Of three tiers the places are top, middle, base: the table is made for any number. */
static void test_places(void **state)
{
    const crowd *c = *state;
    tsl_error err;
    tsl_labels *l = advise(c->f, c->model, NULL, NULL, 0, &err), bare = *l;
    tsl_strategies *table = NULL;
    bare.has_tiers = 0;
    assert_int_equal(tsl__default_strategies_build(&bare, &table, &err), TSL_OK);
    assert_int_equal(table->count, TSL_STAGES);
    assert_string_equal(find_action(table->of, table->count, "S1", "vip", "lost"), "win_back_coupon");
    tsl_strategies_free(table);
    bare.has_tiers = 1;
    bare.has_lifecycle = 0;
    assert_int_equal(tsl__default_strategies_build(&bare, &table, &err), TSL_OK);
    assert_int_equal(table->count, 5);
    assert_string_equal(find_action(table->of, table->count, "S1", "vip", "lost"), "manager_events");
    tsl_strategies_free(table);
    bare.has_tiers = 0;
    assert_int_equal(tsl__default_strategies_build(&bare, &table, &err), TSL_OK);
    assert_null(table);
    tsl_labels_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whose_row_counts), cmocka_unit_test(test_default), cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_returns),          cmocka_unit_test(test_refused), cmocka_unit_test(test_places)};
    return cmocka_run_group_tests(tests, open_crowd, close_crowd);
}
