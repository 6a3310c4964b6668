/* test_migration.c: two runs of six and seven customers, whose moves and values are counted by hand. */
#include "rosters.h"

#include <math.h>
#include <string.h>

static tsl_roster_group segments_now[] = {MAKE_GROUP("ONCE", "Once", "一次"), MAKE_GROUP("CHAMP", "Champions", "冠军"),
                                          MAKE_GROUP("NEXT", "Next", "新")};

#define ONE TSL_DECIMAL_ONE

/* a stays, b and c move, d vanishes, x and y are new; OLD is no more, NEXT is new. */
static char *ids_then[] = {"a", "b", "c", "d", "e"}, *ids_now[] = {"a", "b", "c", "e", "x", "y"};
static int32_t segment_then[] = {0, 1, 2, 1, 0}, segment_now[] = {1, 1, 2, 1, 0, 2};
static int32_t tier_then[] = {0, 2, 1, 2, 1}, tier_now[] = {0, 1, 2, 0, 2, 2};
static int64_t value_then[] = {100 * ONE, 5 * ONE, 70 * ONE + 1, 9 * ONE, TSL_MISSING_INT};
static int64_t value_now[] = {130 * ONE, 45 * ONE, 60 * ONE, 300 * ONE, 7 * ONE, -2 * ONE};

static tsl_roster make_then(void)
{
    static char name[] = "then", spend[] = "monetary_total";
    return (tsl_roster){.name = name,
                        .customers = 5,
                        .id = ids_then,
                        .by = {{3, segments_then, segment_then}, {3, tiers, tier_then}},
                        .value = value_then,
                        .value_name = spend,
                        .as_of = 100};
}

static tsl_roster make_now(void)
{
    static char name[] = "now", spend[] = "monetary_total";
    return (tsl_roster){.name = name,
                        .customers = 6,
                        .id = ids_now,
                        .by = {{3, segments_now, segment_now}, {3, tiers, tier_now}},
                        .value = value_now,
                        .value_name = spend,
                        .as_of = 131};
}

static tsl_migration *build(const tsl_roster *then, const tsl_roster *now)
{
    tsl_migration *out = NULL;
    tsl_error err;
    if (tsl_migration_build(then, now, NULL, &out, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return out;
}

static const tsl_migration_cell *get_cell(const tsl_migration *m, tsl_by by, size_t then, size_t now)
{
    return &m->by[by].cell[then * (m->by[by].now + 1) + now];
}

/* Two runs whose models differ by their policies alone. Valid until the next one. */
static tsl_migration *build_by(tsl_policy *was, tsl_policy *is)
{
    static tsl_recipe recipe = {.feature_count = 0};
    static tsl_model model = {.k = 0};
    static tsl_segmentation then_model, now_model;
    static tsl_roster then, now;
    then_model = (tsl_segmentation){.recipe = &recipe, .model = &model, .policy = was};
    now_model = (tsl_segmentation){.recipe = &recipe, .model = &model, .policy = is};
    then = make_then();
    now = make_now();
    then.segmentation = &then_model;
    now.segmentation = &now_model;
    return build(&then, &now);
}

/* Stages that go by P(alive) in one run and by gaps in the other are told, whatever else the models have. */
static void test_bases(void **state)
{
    (void)state;
    for (int alive = 0; alive < 4; alive++) {
        tsl_policy was = {.has_lifecycle = 1, .by_alive = alive & 1}, is = {.has_lifecycle = 1, .by_alive = alive >> 1};
        tsl_migration *m = build_by(&was, &is);
        const int differ = alive == 1 || alive == 2;
        int told = 0;
        for (size_t n = 0; n < m->notes.count; n++) {
            told += strstr(m->notes.text[n], alive == 1
                                                 ? "the stages of then go by P(alive), those of now by gaps"
                                                 : "the stages of now go by P(alive), those of then by gaps") != NULL;
        }
        assert_int_equal(m->bases_differ, differ);
        assert_int_equal(told, differ);
        assert_int_equal(m->same[TSL_PART_OF_STAGES], !differ);
        tsl_migration_free(m);
    }
}

/* Stages of other levels are another model's. */
static void test_levels(void **state)
{
    (void)state;
    for (int other = 0; other < 2; other++) {
        tsl_policy was = {.has_lifecycle = 1, .levels = {.least_days = 7}},
                   is = {.has_lifecycle = 1, .levels = {.least_days = other ? 0 : 7}};
        tsl_migration *m = build_by(&was, &is);
        assert_int_equal(m->same[TSL_PART_OF_STAGES], !other);
        tsl_migration_free(m);
    }
}

static void test_counts(void **state)
{
    (void)state;
    const tsl_roster then = make_then(), now = make_now();
    tsl_migration *m = build(&then, &now);
    assert_int_equal(m->both, 4);
    assert_int_equal(m->vanished, 1);
    assert_int_equal(m->arrived, 2);
    const tsl_moves *segments = &m->by[TSL_BY_SEGMENT];
    assert_int_equal(segments->same[0], 1);
    assert_int_equal(segments->same[1], 0);
    assert_int_equal(segments->same[2], -1);
    assert_int_equal(get_cell(m, TSL_BY_SEGMENT, 0, 1)->customers, 2); /* a, e */
    assert_int_equal(get_cell(m, TSL_BY_SEGMENT, 1, 1)->customers, 1); /* b */
    assert_int_equal(get_cell(m, TSL_BY_SEGMENT, 2, 2)->customers, 1); /* c */
    assert_int_equal(get_cell(m, TSL_BY_SEGMENT, 1, 3)->customers, 1); /* d */
    assert_int_equal(get_cell(m, TSL_BY_SEGMENT, 3, 0)->customers, 1); /* x */
    assert_int_equal(get_cell(m, TSL_BY_SEGMENT, 3, 2)->customers, 1); /* y */
    assert_int_equal(get_cell(m, TSL_BY_SEGMENT, 1, 1)->value_then, 5 * ONE);
    assert_int_equal(get_cell(m, TSL_BY_SEGMENT, 1, 1)->value_now, 45 * ONE);
    assert_int_equal(segments->stayed, 2);
    assert_int_equal(segments->moved, 2);
    assert_int_equal(m->by[TSL_BY_TIER].up, 2);   /* b normal to gold, e gold to vip */
    assert_int_equal(m->by[TSL_BY_TIER].down, 1); /* c */
    assert_null(m->by[TSL_BY_STAGE].cell);
    assert_int_equal(m->has_value, 1);
    assert_int_equal(m->unknown_then, 1);
    assert_int_equal(m->unknown_now, 0);
    for (int part = 0; part < TSL_MODEL_PARTS; part++) {
        assert_int_equal(m->same[part], -1);
    }
    tsl_migration_free(m);
}

/* now = then + grown + came - left + arrived - vanished, of each group and of all. */
static void check_flow(const tsl_flow *flow)
{
    assert_int_equal(flow->value_now, flow->value_then + flow->grown + flow->value_came - flow->value_left +
                                          flow->value_arrived - flow->value_vanished);
    assert_int_equal(flow->size_then, flow->stayed + flow->left + flow->vanished);
    assert_int_equal(flow->size_now, flow->stayed + flow->came + flow->arrived);
}

static void test_flow(void **state)
{
    (void)state;
    const tsl_roster then = make_then(), now = make_now();
    tsl_migration *m = build(&then, &now);
    check_flow(&m->all);
    assert_int_equal(m->all.value_then, 184 * ONE + 1);
    assert_int_equal(m->all.value_now, 540 * ONE);
    assert_int_equal(m->all.value_vanished, 9 * ONE);
    assert_int_equal(m->all.value_arrived, 5 * ONE);
    for (int by = 0; by < TSL_BY_STAGE; by++) {
        int64_t total_then = 0, total_now = 0;
        for (size_t f = 0; f < m->by[by].flow_count; f++) {
            check_flow(&m->by[by].flow[f]);
            total_then += m->by[by].flow[f].value_then;
            total_now += m->by[by].flow[f].value_now;
        }
        assert_int_equal(total_then, m->all.value_then);
        assert_int_equal(total_now, m->all.value_now);
    }
    const tsl_flow *flow = m->by[TSL_BY_SEGMENT].flow; /* CHAMP, ONCE, OLD, NEXT */
    assert_int_equal(m->by[TSL_BY_SEGMENT].flow_count, 4);
    assert_int_equal(flow[0].grown, 330 * ONE); /* a 30, e from unknown to 300 */
    assert_int_equal(flow[0].value_came, 45 * ONE);
    assert_int_equal(flow[1].value_left, 5 * ONE);
    assert_int_equal(flow[1].value_vanished, 9 * ONE);
    assert_int_equal(flow[2].value_left, 70 * ONE + 1);
    assert_int_equal(flow[2].now, -1);
    assert_int_equal(flow[3].then, -1);
    assert_int_equal(flow[3].value_arrived, -2 * ONE);
    tsl_migration_free(m);
}

/* b and c, e (by tier), d who vanished, x and y: by the id. */
static void test_migrants(void **state)
{
    (void)state;
    static const char *const expected[] = {"b", "c", "d", "e", "x", "y"};
    const tsl_roster then = make_then(), now = make_now();
    tsl_migration *m = build(&then, &now);
    assert_int_equal(m->migrant_count, 6);
    for (size_t i = 0; i < 6; i++) {
        const tsl_migrant *of = &m->migrant[i];
        assert_string_equal(of->now == SIZE_MAX ? ids_then[of->then] : ids_now[of->now], expected[i]);
        assert_int_equal(of->then == SIZE_MAX, i >= 4);
        assert_int_equal(of->turn_count, 0); /* no features */
    }
    tsl_migration_free(m);
}

static int has_note(const tsl_migration *m, const char *text)
{
    int found = 0;
    for (size_t i = 0; i < m->notes.count; i++) {
        found |= strstr(m->notes.text[i], text) != NULL;
    }
    return found;
}

/* What cannot be compared is said, and not told. */
static void test_notes(void **state)
{
    (void)state;
    static char euro[] = "EUR", dollar[] = "USD", margin[] = "margin_total";
    tsl_roster then = make_then(), now = make_now();
    tsl_migration *m = build(&now, &then);
    assert_true(has_note(m, "which is earlier"));
    tsl_migration_free(m);
    then.currency = euro;
    now.currency = dollar;
    m = build(&then, &now);
    assert_true(has_note(m, "are in EUR"));
    assert_int_equal(m->has_value, 0);
    assert_int_equal(m->all.value_then, 0);
    tsl_migration_free(m);
    now.currency = NULL;
    now.value_name = margin;
    now.as_of = TSL_NO_DAY;
    m = build(&then, &now);
    assert_true(has_note(m, "the value of then is monetary_total, that of now is margin_total"));
    assert_true(has_note(m, "of which day now is, is not known"));
    tsl_migration_free(m);
    now = make_now();
    now.as_of = 100;
    now.value = NULL;
    m = build(&then, &now);
    assert_true(has_note(m, "both runs are as of"));
    assert_true(has_note(m, "is not known of now"));
    tsl_migration_free(m);
}

static void test_refused(void **state)
{
    (void)state;
    static char *twice[] = {"a", "b", "a", "e", "x", "y"}, *then_twice[] = {"a", "a", "c", "d", "e"};
    static int64_t much[] = {INT64_MAX / 2, INT64_MAX / 2, INT64_MAX / 2, 0, 0, 0};
    tsl_roster then = make_then(), now = make_now();
    tsl_migration *m = NULL;
    tsl_error err;
    now.id = twice;
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, &err), TSL_E_INPUT);
    assert_null(m);
    assert_non_null(strstr(err.message, "now: customer \"a\" stands in segments.csv twice"));
    now = make_now();
    then.id = then_twice;
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "then: customer \"a\""));
    then = make_then();
    now.value = much;
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "add up to more"));
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(tsl_by_get_name(TSL_BY_STAGE), "lifecycle");
    assert_string_equal(tsl_by_get_name(TSL_BYS), "?");
    assert_string_equal(tsl_model_part_get_name(TSL_PART_OF_TIERS), "tiers");
    assert_string_equal(tsl_model_part_get_name(TSL_MODEL_PARTS), "?");
    tsl_migration_free(NULL);
    tsl_roster_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bases),    cmocka_unit_test(test_levels),
                                       cmocka_unit_test(test_counts),   cmocka_unit_test(test_flow),
                                       cmocka_unit_test(test_migrants), cmocka_unit_test(test_notes),
                                       cmocka_unit_test(test_refused),  cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
