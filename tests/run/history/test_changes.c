/* test_changes.c: what changed in the last month, of histories by hand. */
#include "run/shop.h"

#include "label/kept_names.h"
#include "run/history/changes.h"

#include <math.h>

enum { K = 6, CUTS = 3 };

static tsl_segment segments[K] = {
    {.code = "CHAMP", .names = {"Champions", "核心客户"}, .value_total = 900},
    {.code = "ACTIVE_SMALL", .names = {"Active, smaller: few units", ""}, .value_total = 300},
    {.code = "GOOD_QUIET", .names = {"Good, gone quiet", ""}, .value_total = 500},
    {.code = "ONCE_RECENT", .names = {"Once, recent", ""}, .value_total = 50},
    {.code = "ONCE_LAPSED", .names = {"Once, lapsed", ""}, .value_total = 20},
    {.code = "POTENTIAL", .names = {"Potential", ""}, .value_total = NAN},
};
static tsl_labels labels = {.segment_count = K, .segments = segments};

static uint64_t customers[CUTS * K], active[CUTS * (K + 1)], moves[CUTS * (K + 1) * K];
static int64_t revenue[CUTS * (K + 1)], value[CUTS * (K + 1) * K];

/* From a group (K: not known before) to another, so many of so much. */
static void add_move(int from, int to, uint64_t count, int64_t worth)
{
    const int last = CUTS - 1;
    moves[(last * (K + 1) + from) * K + to] += count;
    value[(last * (K + 1) + from) * K + to] += worth * TSL_DECIMAL_ONE;
    customers[last * K + to] += count;
    if (from < K) {
        customers[(last - 1) * K + from] += count;
    }
}

static tsl_history open_history(void)
{
    memset(customers, 0, sizeof customers);
    memset(active, 0, sizeof active);
    memset(moves, 0, sizeof moves);
    memset(revenue, 0, sizeof revenue);
    memset(value, 0, sizeof value);
    return (tsl_history){.k = K,
                         .cuts = CUTS,
                         .customers = customers,
                         .active = active,
                         .moves = moves,
                         .revenue = revenue,
                         .value = value};
}

static const tsl_month_change *find(const tsl_history *h, tsl_month_change_kind kind)
{
    for (size_t i = 0; i < h->change_count; i++) {
        if (h->change[i].kind == kind) {
            return &h->change[i];
        }
    }
    return NULL;
}

/* A month in which all of it happened. */
static tsl_history fill(void)
{
    tsl_history h = open_history();
    const int64_t now[K + 1] = {400, 100, 200, 30, 20, -50, 300}, before[K + 1] = {100, 0, 0, 0, 0, 0, 400};
    const uint64_t bought[K + 1] = {9, 8, 7, 6, 5, 4, 3};
    for (int s = 0; s <= K; s++) {
        revenue[(CUTS - 1) * (K + 1) + s] = now[s] * TSL_DECIMAL_ONE;
        revenue[(CUTS - 2) * (K + 1) + s] = before[s] * TSL_DECIMAL_ONE;
        active[(CUTS - 1) * (K + 1) + s] = bought[s];
    }
    add_move(0, 0, 50, 0);
    add_move(0, 2, 7, 70);
    add_move(0, 1, 3, 30);
    add_move(1, 2, 4, 40);
    add_move(1, 0, 11, 0);
    add_move(2, 0, 2, 0);
    add_move(2, 1, 6, 0);
    add_move(3, 4, 13, 0);
    add_move(3, 3, 1, 0);
    add_move(K, 0, 1, 0);
    add_move(K, 3, 17, 0);
    return h;
}

static void test_all_kinds(void **state)
{
    (void)state;
    tsl_history h = fill();
    tsl__changes_find(&h, &labels);
    const tsl_month_change *of = h.change;
    assert_int_equal(h.change_count, 5);
    assert_int_equal(of[0].kind, TSL_CHANGE_REVENUE);
    assert_true(of[0].value == 1000 && of[0].before == 500);
    assert_int_equal(of[0].segment, 0);
    assert_true(of[0].share == .4);
    assert_int_equal(of[1].kind, TSL_CHANGE_GREW);
    assert_int_equal(of[1].segment, 0);
    assert_int_equal(of[1].size, 64);
    assert_int_equal(of[1].by, 4);
    assert_int_equal(of[1].joined, 14);
    assert_int_equal(of[1].left, 10);
    assert_int_equal(of[1].left_to, 2);
    assert_int_equal(of[2].kind, TSL_CHANGE_QUIET);
    assert_int_equal(of[2].count, 11);
    assert_true(of[2].value == 110 && !of[2].between_orders);
    assert_int_equal(of[3].kind, TSL_CHANGE_RETURNED);
    assert_int_equal(of[3].count, 7);
    assert_true(of[3].second == 11);
    assert_int_equal(of[4].kind, TSL_CHANGE_NEW);
    assert_int_equal(of[4].count, 18);
    assert_true(of[4].lapsed == 13);
}

/* Where nobody was anywhere there is nothing to tell; where there are two days the month before is not known. */
static void test_nothing(void **state)
{
    (void)state;
    tsl_history h = open_history();
    tsl__changes_find(&h, &labels);
    assert_int_equal(h.change_count, 0);
    tsl__changes_find(NULL, &labels);
    h.cuts = 0;
    tsl__changes_find(&h, &labels);
    assert_int_equal(h.change_count, 0);
    h = fill();
    memmove(customers, customers + K, sizeof customers - K * sizeof *customers);
    memmove(revenue, revenue + K + 1, sizeof revenue - (K + 1) * sizeof *revenue);
    memmove(active, active + K + 1, sizeof active - (K + 1) * sizeof *active);
    memmove(moves, moves + (K + 1) * K, sizeof moves - (K + 1) * K * sizeof *moves);
    h.cuts = 2;
    h.value = NULL;
    tsl__changes_find(&h, &labels);
    assert_true(isnan(find(&h, TSL_CHANGE_REVENUE)->before));
    assert_int_equal(find(&h, TSL_CHANGE_QUIET)->count, 11);
    assert_true(isnan(find(&h, TSL_CHANGE_QUIET)->value));
}

/* Of segments without such codes there are the kinds that need none. */
static void test_no_codes(void **state)
{
    (void)state;
    tsl_segment plain[K];
    const tsl_labels others = {.segment_count = K, .segments = plain};
    for (int s = 0; s < K; s++) {
        plain[s] = (tsl_segment){.code = "", .names = {"Large orders", ""}, .value_total = NAN};
    }
    tsl_history h = fill();
    tsl__changes_find(&h, &others);
    assert_int_equal(h.change_count, 2);
    assert_int_equal(h.change[0].kind, TSL_CHANGE_REVENUE);
    assert_int_equal(h.change[1].kind, TSL_CHANGE_NEW);
    assert_true(isnan(h.change[1].lapsed));
    plain[4].value_total = 1; /* it shrank: nobody is in it */
    h = fill();
    add_move(4, 3, 2, 0);
    add_move(4, 5, 3, 0);
    add_move(4, 1, 3, 0);
    moves[((CUTS - 1) * (K + 1) + 3) * K + 4] = 0;
    customers[(CUTS - 1) * K + 4] = 0;
    tsl__changes_find(&h, &others);
    const tsl_month_change *of = find(&h, TSL_CHANGE_SHRANK);
    assert_non_null(of);
    assert_int_equal(of->segment, 4);
    assert_int_equal(of->by, 8);
    assert_int_equal(of->left, 8);
    assert_int_equal(of->left_to, 1); /* of two to whom as many went, the first */
}

/* A month of returns alone has no part that brought most. */
static void test_a_loss(void **state)
{
    (void)state;
    tsl_history h = open_history();
    revenue[(CUTS - 1) * (K + 1)] = -5 * TSL_DECIMAL_ONE;
    tsl__changes_find(&h, &labels);
    assert_int_equal(h.change_count, 1);
    assert_true(h.change[0].value == -5 && h.change[0].before == 0 && isnan(h.change[0].share));
    assert_int_equal(h.change[0].segment, -1);
}

/* What a segment's customers do goes by its code, unless its name says otherwise. */
static void test_states(void **state)
{
    (void)state;
    const struct {
        const char *code, *name;
        tsl__base_state is;
    } cases[] = {{"CHAMP", "Champions: many units", TSL__BASE_ACTIVE},
                 {"LOYAL", "Loyal", TSL__BASE_ACTIVE},
                 {"CHAMP", "Best, gone quiet", TSL__BASE_QUIET},
                 {"GOOD_QUIET", "Good, gone quiet: fewer orders", TSL__BASE_QUIET},
                 {"SMALL_QUIET", "Small, between orders: small orders", TSL__BASE_PAUSED},
                 {"SMALL_QUIET", "Sleepers", TSL__BASE_QUIET},
                 {"ONCE", "Once", TSL__BASE_ONCE},
                 {"ONCE_LARGER", "Once, larger", TSL__BASE_ONCE},
                 {"ONCE_RECENT_SMALLER", "Once, recent, smaller", TSL__BASE_ONCE_RECENT},
                 {"ONCE_LAPSED", "Once, lapsed", TSL__BASE_ONCE_LAPSED},
                 {"ONCE_LAPSED", "Once, earlier", TSL__BASE_ONCE},
                 {"REPEAT", "Repeat buyers", TSL__BASE_OTHER},
                 {"POTENTIAL", "Potential", TSL__BASE_OTHER},
                 {"", "Large orders", TSL__BASE_OTHER},
                 {"ONCE_MORE", "A code of one's own", TSL__BASE_OTHER}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_segment segment = {.code = cases[i].code, .names = {cases[i].name, ""}};
        if (tsl__base_get_state(&segment) != cases[i].is) {
            fail_msg("%s, \"%s\": %d", cases[i].code, cases[i].name, (int)tsl__base_get_state(&segment));
        }
    }
    segments[2].names[0] = "Good, between orders";
    tsl_history h = fill();
    tsl__changes_find(&h, &labels);
    assert_int_equal(find(&h, TSL_CHANGE_QUIET)->count, 11);
    assert_true(find(&h, TSL_CHANGE_QUIET)->between_orders);
    assert_true(find(&h, TSL_CHANGE_RETURNED)->between_orders);
    assert_int_equal(find(&h, TSL_CHANGE_RETURNED)->count, 7);
    segments[2].names[0] = "Good, gone quiet";
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(tsl_month_change_kind_get_name(TSL_CHANGE_REVENUE), "revenue");
    assert_string_equal(tsl_month_change_kind_get_name(TSL_CHANGE_NEW), "new");
    assert_string_equal(tsl_month_change_kind_get_name(TSL_CHANGE_KINDS), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_kinds), cmocka_unit_test(test_nothing), cmocka_unit_test(test_no_codes),
        cmocka_unit_test(test_a_loss),    cmocka_unit_test(test_states),  cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
