/* test_beside.c: what stands beside amounts is counted, the same however the rows are cut into blocks. */
#include "table/row/beside.h"

#include "base/rng.h"
#include "help.h"

enum { ROWS = 2000, COLUMNS = 2 };

#define ONE TSL_DECIMAL_ONE

typedef struct row {
    tsl__line_money line;
    tsl__beside_value value[COLUMNS];
} row;

static void add(tsl__besides *b, const row *r, size_t i)
{
    tsl__besides_add(b, &r->line, r->value, COLUMNS, i / 500, i + 2);
}

static int64_t draw(tsl__rng *rng, int64_t least, uint32_t many)
{
    const int64_t value = least + (int64_t)tsl__rng_below(rng, many);
    return tsl__rng_below(rng, 8) ? value * ONE / 2 : TSL_MISSING_INT;
}

static void test_blocks(void **state)
{
    (void)state;
    static row rows[ROWS];
    tsl__rng rng = tsl__rng_open(3, 0, 0);
    for (size_t i = 0; i < ROWS; i++) {
        rows[i].line = (tsl__line_money){draw(&rng, -4, 40), draw(&rng, -2, 9), draw(&rng, 0, 6)};
        rows[i].value[0] = (tsl__beside_value){draw(&rng, -1, 4), (int)tsl__rng_below(&rng, 2)};
        rows[i].value[1] = (tsl__beside_value){draw(&rng, 0, 3), 0};
    }
    for (size_t block = 1; block < ROWS; block += 131) {
        tsl__besides whole, all, part = {.uncounted = 0};
        memset(&whole, 0, sizeof whole); /* with what lies between its fields */
        memset(&all, 0, sizeof all);
        for (size_t i = 0; i < ROWS; i++) {
            add(&whole, &rows[i], i);
            add(&part, &rows[i], i);
            if (i % block == 0) {
                tsl__besides_join(&all, &part);
                assert_int_equal(part.of[0].rows.rows + part.against.rows + part.uncounted, 0);
            }
        }
        tsl__besides_join(&all, &part);
        assert_true(whole.of[0].rows.rows > 20 && whole.against.rows > 5 && whole.of[1].form[TSL__BESIDE_LESS] > 2);
        assert_true(whole.of[0].percents > 5 && whole.of[0].percents < whole.of[0].rows.rows && !whole.of[1].percents);
        assert_memory_equal(&all, &whole, sizeof all);
    }
}

/* One line and one value: by what the amount is. */
static void test_forms(void **state)
{
    (void)state;
    static const struct {
        int64_t amount, value; /* of 2 pieces at 10 */
        int form;
    } cases[] = {
        {20 * ONE, 3 * ONE, TSL__BESIDE_FULL},     {17 * ONE, 3 * ONE, TSL__BESIDE_LESS},
        {17 * ONE, -3 * ONE, TSL__BESIDE_LESS},    {18 * ONE, ONE / 10, TSL__BESIDE_SHARE},
        {18 * ONE, 10 * ONE, TSL__BESIDE_PERCENT}, {5 * ONE, 3 * ONE, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__besides b = {.uncounted = 0};
        const tsl__line_money line = {cases[i].amount, 2 * ONE, 10 * ONE};
        tsl__besides_add(&b, &line, &(tsl__beside_value){.value = cases[i].value}, 1, 0, 2);
        assert_int_equal(b.of[0].lines, 1);
        for (int f = 0; f < TSL__BESIDE_FORMS; f++) {
            assert_int_equal(b.of[0].form[f], f == cases[i].form);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_blocks), cmocka_unit_test(test_forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
