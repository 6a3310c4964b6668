/* test_order_statuses.c: what orders tell their lines is the same for lines in any order, and cut anyhow. */
#include "table/row/order_statuses.h"

#include "base/rng.h"
#include "help.h"

typedef struct order_line {
    uint64_t order;
    const char *text[2]; /* "": it lacks it */
} order_line;

#define ORDERS ((size_t)4000)
#define LINES ((size_t)4 * ORDERS)

/* Order o has o % 4 + 1 lines. The first status stands on its last one, and in one order of 100 on its first as well,
 * in half of these another text; the second on one line of few, and on none of the rest. */
static size_t make_lines(order_line *line)
{
    size_t lines = 0;
    for (size_t o = 0; o < ORDERS; o++) {
        for (size_t i = 0; i <= o % 4; i++) {
            const int last = i == o % 4, more = o % 100 == 3 && i == 0;
            line[lines++] = (order_line){o * UINT64_C(0x9e3779b97f4a7c15),
                                         {last   ? (o % 3 ? "paid" : "refunded")
                                          : more ? (o % 200 == 3 ? "open"
                                                    : o % 3      ? "paid"
                                                                 : "refunded")
                                                 : "",
                                          o % 16 == 1 && i == 1 ? "yes" : ""}};
        }
    }
    return lines;
}

static tsl__order_statuses pass_over(const order_line *line, size_t lines, size_t block, size_t most)
{
    tsl__order_statuses all = {.statuses = 2, .most = most};
    tsl__order_lines part = {0};
    tsl_error err;
    do {
        for (size_t i = 0; i < lines; i++) {
            for (size_t s = 0; s < 2; s++) {
                const tsl__span text = tsl__span_make(line[i].text[s]);
                part.has |= text.n ? 1U << s : 0;
                if (tsl__order_statuses_want(&all, s, line[i].order, text.n > 0)) {
                    assert_int_equal(tsl__order_lines_add(&part, s, line[i].order, text, &err), TSL_OK);
                }
            }
            if (i % block == block - 1 || i == lines - 1) {
                assert_int_equal(tsl__order_statuses_take(&all, &part, &err), TSL_OK);
                assert_int_equal(part.count, 0);
            }
        }
    } while (tsl__order_statuses_turn(&all));
    tsl__order_lines_free(&part);
    return all;
}

static void shuffle(order_line *line, size_t lines, tsl__rng *rng)
{
    for (size_t i = lines; i-- > 1;) {
        const size_t j = (size_t)tsl__rng_below(rng, i + 1);
        const order_line kept = line[i];
        line[i] = line[j];
        line[j] = kept;
    }
}

static void test_any_order(void **state)
{
    (void)state;
    order_line *line = calloc(LINES, sizeof *line);
    const size_t lines = make_lines(line);
    tsl__rng rng = tsl__rng_open(7, 0, 0);
    for (size_t block = 1; block < 5000; block *= 8) {
        tsl__order_statuses all = pass_over(line, lines, block, SIZE_MAX);
        const tsl__order_gaps *g = &all.of[0];
        assert_int_equal(g->orders, 3 * ORDERS / 4); /* those of several lines */
        assert_int_equal(g->on_several, 40);         /* 3, 103, 203, ..., on two of four */
        assert_int_equal(g->on_one, g->orders - 40);
        assert_true(g->is_of_order);
        assert_int_equal(all.of[1].on_one, ORDERS / 16);
        assert_false(all.of[1].is_of_order);
        for (size_t i = 0; i < lines; i++) {
            const size_t o = (size_t)(line[i].order * UINT64_C(0xf1de83e19937733d)); /* the inverse */
            tsl__span text;
            if (!*line[i].text[0]) {
                const int differ = o % 200 == 3;
                assert_int_equal(tsl__order_statuses_find(&all, 0, line[i].order, &text),
                                 differ ? TSL__ORDER_LACKS : TSL__ORDER_TELLS);
                assert_true(differ || tsl__span_equal(text, tsl__span_make(o % 3 ? "paid" : "refunded")));
            }
            if (!*line[i].text[1]) {
                assert_int_equal(tsl__order_statuses_find(&all, 1, line[i].order, &text),
                                 o % 16 == 1 ? TSL__ORDER_LACKS : TSL__ORDER_HAS_NONE);
            }
        }
        tsl__order_statuses_free(&all);
        shuffle(line, lines, &rng);
    }
    free(line);
}

/* Over so many orders of a status nothing of it is kept; the other one is. */
static void test_too_many(void **state)
{
    (void)state;
    static const order_line line[] = {
        {7, {"paid", "yes"}}, {7, {"", "yes"}}, {9, {"", "yes"}}, {9, {"", ""}}, {8, {"", "no"}}};
    tsl__span text;
    for (size_t most = 2; most < 4; most++) {
        tsl__order_statuses all = pass_over(line, 5, 2, most);
        assert_int_equal(all.of[0].over, most == 2);
        assert_int_equal(all.of[0].orders, most == 2 ? 0 : 3);
        assert_int_equal(tsl__order_statuses_find(&all, 0, 9, &text), most == 2 ? TSL__ORDER_LACKS : 0);
        assert_int_equal(tsl__order_statuses_find(&all, 1, 9, &text), TSL__ORDER_TELLS);
        tsl__order_statuses_free(&all);
    }
}

/* A status that no line has is not looked for a second time, however many lack it. */
static void test_nobody_has(void **state)
{
    (void)state;
    static const order_line line[] = {{7, {"", "a"}}, {8, {"", "b"}}, {9, {"", "c"}}};
    tsl__span text;
    tsl__order_statuses all = pass_over(line, 3, 1, 2);
    assert_int_equal(all.pass, TSL__ORDERS_FIND_TEXTS); /* the first pass was the last */
    assert_false(all.of[0].over);
    assert_int_equal(tsl__order_statuses_find(&all, 0, 7, &text), TSL__ORDER_HAS_NONE);
    tsl__order_statuses_free(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_any_order), cmocka_unit_test(test_too_many),
                                       cmocka_unit_test(test_nobody_has)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
