/* test_date_ends.c: the ends of a column are those of its settled values, however it is cut. */
#include "table/date/date_ends.h"

#include "base/calendar.h"
#include "help.h"

#define MOST_CELLS 40

static uint64_t draw(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return *seed >> 33;
}

/* A cell of a column that is read month first. */
static void write_cell(uint64_t *seed, char out[48])
{
    int y = 2000 + (int)(draw(seed) % 3), m = 1 + (int)(draw(seed) % 12), d = 1 + (int)(draw(seed) % 28);
    switch (draw(seed) % 6) {
    case 0:
        snprintf(out, 48, "%d/%d/%d", m, d, y);
        break;
    case 1:
        snprintf(out, 48, "%d/%d/%d 23:00 -0500", m, d, y);
        break;
    case 2:
        snprintf(out, 48, "%04d-%02d-%02d", y, m, d);
        break;
    case 3:
        snprintf(out, 48, "%04d-%02d-%02d 10:00", y, m, d);
        break;
    case 4:
        snprintf(out, 48, "%04d-%02d-%02dT%02d:00Z", y, m, d, (int)(draw(seed) % 24));
        break;
    default:
        snprintf(out, 48, "%04d-%02d-%02d %02d:00+08:00", y, m, d, (int)(draw(seed) % 24));
    }
}

static void test_ends(void **state)
{
    (void)state;
    uint64_t seed = 5;
    tsl__zone *zone;
    tsl_error err;
    assert_int_equal(tsl__zone_open("+03:00", &zone, &err), TSL_OK);
    for (int round = 0; round < 2000; round++) {
        size_t count = 1 + draw(&seed) % MOST_CELLS, blocks = 0;
        int64_t value[MOST_CELLS];
        tsl__date_ends block[MOST_CELLS];
        tsl__date_evidence e = {0};
        for (size_t i = 0; i < count; i++) {
            char cell[48];
            write_cell(&seed, cell);
            assert_int_equal(tsl__date_evidence_add(&e, tsl__span_make(cell), -1, NULL, i, &value[i]), TSL__DATE_GOOD);
            if (i == 0 || draw(&seed) % 5 == 0) {
                block[blocks++] = (tsl__date_ends){0};
            }
            tsl__date_ends_add(&block[blocks - 1], value[i], i / 20, i % 20);
        }
        for (; blocks > 1; blocks--) {
            tsl__date_ends_join(&block[blocks - 2], &block[blocks - 1]);
        }
        tsl__date_reading way = {.order = round % 2 ? TSL_DATES_MDY : TSL_DATES_DMY, .zone = round % 3 ? zone : NULL};
        int64_t first = INT64_MAX, last = INT64_MIN;
        size_t first_at = 0, last_at = 0;
        for (size_t i = 0; i < count; i++) {
            int64_t time = tsl__date_settle(&way, value[i]);
            if (time == TSL_MISSING_INT) {
                continue; /* no day by the other order */
            }
            first_at = time < first ? i : first_at;
            first = time < first ? time : first;
            last_at = time > last ? i : last_at;
            last = time > last ? time : last;
        }
        tsl__dated a = tsl__date_ends_get_first(&block[0], &way), b = tsl__date_ends_get_last(&block[0], &way);
        if (first == INT64_MAX) {
            assert_true(a.time == TSL_MISSING_INT && b.time == TSL_MISSING_INT);
            continue;
        }
        assert_true(a.time == first && a.file == first_at / 20 && a.line == first_at % 20);
        assert_true(b.time == last && b.file == last_at / 20 && b.line == last_at % 20);
    }
    tsl__zone_free(zone);
}

static void test_none(void **state)
{
    (void)state;
    tsl__date_ends ends = {0};
    const tsl__date_reading way = {0};
    tsl__date_ends_add(&ends, TSL_MISSING_INT, 0, 1);
    assert_true(tsl__date_ends_get_first(&ends, &way).time == TSL_MISSING_INT);
    tsl__date_ends_add(&ends, 0, 0, 2);
    assert_true(tsl__date_ends_get_first(&ends, &way).time == 0 && tsl__date_ends_get_last(&ends, &way).line == 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
