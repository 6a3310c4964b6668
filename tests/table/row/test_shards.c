/* test_shards.c: rows that are kept by customer, against a list of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "table/date/parse_date.h"
#include "table/row/shards.h"

enum { ROWS = 40000, WRITERS = 3, CUSTOMERS = 900, COLUMNS = 5 };

static const tsl__shard_form forms[COLUMNS] = {TSL__SHARD_ID, TSL__SHARD_TIME, TSL__SHARD_TEXT, TSL__SHARD_CODE,
                                               TSL__SHARD_NUMBER};

typedef struct row {
    char id[24], order[300];
    int has_order, code, seen;
    int64_t time, amount;
    size_t file;
    uint64_t line;
    unsigned small;
} row;

static row made[ROWS];

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return *state >> 20;
}

/* Numbers of all sizes, with money in front. */
static int64_t make_number(uint64_t *state)
{
    static const int64_t odd[] = {0,
                                  1,
                                  -1,
                                  INT64_MIN,
                                  INT64_MAX,
                                  INT64_C(1) << 61,
                                  -(INT64_C(1) << 61),
                                  (INT64_C(1) << 61) - 1,
                                  1 - (INT64_C(1) << 61),
                                  99,
                                  100,
                                  -100};
    const uint64_t r = next_random(state);
    if (r % 16 == 0) {
        return odd[r / 16 % (sizeof odd / sizeof *odd)];
    }
    const int64_t v = (int64_t)(next_random(state) >> (r / 16 % 40));
    return r % 3 ? v / 100 * 100 : -v;
}

static void make_rows(void)
{
    uint64_t state = 1, line = 2;
    for (size_t i = 0; i < ROWS; i++) {
        row *r = &made[i];
        static const char *const ids[] = {"C%u", "客户-%u", "%u", "%07u", "00%u", "%016u", "%u-x", "A%09u", "%020u"};
        snprintf(r->id, sizeof r->id, ids[i % 9], (unsigned)(next_random(&state) % CUSTOMERS));
        r->has_order = i % 11 != 0;
        const int length = i % 503 ? 12 : 290;
        snprintf(r->order, sizeof r->order, "%0*u", length, (unsigned)(next_random(&state) % 5000));
        r->code = (int)(next_random(&state) % 300) - 1;
        r->time = INT64_C(1600000000) + (int64_t)(next_random(&state) % 100000000);
        r->time = i % 97 == 0 ? make_number(&state) : i % 89 == 0 ? -r->time : r->time; /* and wide ones */
        r->amount = make_number(&state);
        r->file = i / 15000;
        line = i % 15000 ? line + 1 + next_random(&state) % 3 : 2;
        r->line = line;
        r->small = (unsigned)(next_random(&state) % 16);
        r->seen = 0;
    }
}

static void write_rows(tsl__shards *shards)
{
    tsl__shard_writer *writer[WRITERS];
    for (size_t w = 0; w < WRITERS; w++) {
        writer[w] = tsl__shard_writer_open(shards, w);
        assert_non_null(writer[w]);
    }
    for (size_t i = 0; i < ROWS; i++) {
        const row *r = &made[i];
        const tsl__cell_value cell[COLUMNS] = {
            {.text = {r->id, strlen(r->id)}},
            {.kept = r->time},
            {.text = {r->has_order ? r->order : NULL, r->has_order ? strlen(r->order) : 0}},
            {.kept = r->code},
            {.kept = r->amount}};
        assert_int_equal(tsl__shard_write(writer[i / 100 % WRITERS], r->file, r->line, r->small, cell, NULL), TSL_OK);
    }
}

static int compare_places(const void *key, const void *entry)
{
    const row *a = key, *b = entry;
    return a->file != b->file ? (a->file < b->file ? -1 : 1) : (a->line > b->line) - (a->line < b->line);
}

/* Every row of the shard is one of the list, and its customers are of this shard. */
static size_t check_shard(const tsl__shard *s, size_t number)
{
    char(*order)[300] = calloc(s->rows + 1, sizeof *order);
    assert_non_null(order);
    for (size_t i = 0; i < s->rows; i++) {
        row key = {.file = s->file[i], .line = s->line[i]};
        row *r = bsearch(&key, made, ROWS, sizeof *made, compare_places);
        assert_non_null(r);
        r->seen++;
        const tsl__span id = s->id[s->customer[i]];
        assert_string_equal(id.s, r->id);
        assert_int_equal(id.n, strlen(r->id));
        assert_int_equal(tsl__shard_find(id), number);
        assert_int_equal(s->small[i], r->small & 3);
        assert_int_equal(s->code[3][i], r->code < 0 ? -1 : 2 * r->code);
        assert_true(s->number[1][i] == r->time);
        assert_true(s->number[4][i] == r->amount);
        const int32_t code = s->code[2][i];
        assert_int_equal(code >= 0, r->has_order);
        if (code >= 0 && order[code][0]) { /* the same code, the same text */
            assert_string_equal(order[code], r->order);
        } else if (code >= 0) {
            for (size_t k = 0; k < s->rows && order[k][0]; k++) {
                assert_string_not_equal(order[k], r->order);
            }
            strcpy(order[code], r->order);
        }
    }
    for (size_t i = 0; i < s->ids; i++) {
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(s->id[i].s, s->id[k].s);
        }
    }
    free(order);
    return s->rows;
}

/* A writer's codes are twice what it wrote, at first by three, as is said behind. */
static void set_codes(tsl__shards *shards)
{
    int32_t rank[900];
    for (int32_t i = 0; i < 900; i++) {
        rank[i] = i / 3 * 2;
    }
    for (size_t w = 0; w < WRITERS; w++) {
        int32_t *code = malloc(300 * sizeof *code);
        assert_non_null(code);
        for (int32_t i = 0; i < 300; i++) {
            code[i] = 3 * i;
        }
        tsl__shards_set_codes(shards, w, 3, code, 300);
    }
    tsl__shards_map_codes(shards, 3, rank);
}

/* memory 0: no limit; kept: bytes that may stay in memory at the end. */
static void check_all_rows(size_t memory, size_t kept)
{
    const uint8_t wanted[COLUMNS] = {1, 1, 1, 1, 1};
    tsl__shards *shards = tsl__shards_open(forms, COLUMNS, WRITERS);
    tsl__shard shard = {.rows = 0};
    size_t rows = 0;
    assert_non_null(shards);
    if (memory) {
        assert_int_equal(tsl__shards_set_memory(shards, memory, NULL, NULL), TSL_OK);
    }
    make_rows();
    write_rows(shards);
    assert_true(!memory || tsl__shards_get_bytes(shards) <= memory);
    assert_int_equal(tsl__shards_close(shards, kept, NULL), TSL_OK);
    assert_true(!memory || tsl__shards_get_bytes(shards) <= kept);
    set_codes(shards);
    for (size_t s = 0; s < TSL__SHARDS; s++) {
        assert_int_equal(tsl__shard_read(shards, s, wanted, 1, &shard, NULL), TSL_OK);
        rows += check_shard(&shard, s);
    }
    assert_int_equal(rows, ROWS);
    assert_int_equal(tsl__shards_get_rows(shards), ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        assert_int_equal(made[i].seen, 1);
    }
    tsl__shard_free(shards, &shard);
    tsl__shards_free(shards);
}

static void test_all_rows(void **state)
{
    (void)state;
    check_all_rows(0, 0);
}

/* With the same rows, mostly in the temporary file; the last ones in memory, or not. */
static void test_little_memory(void **state)
{
    (void)state;
    check_all_rows((size_t)192 << 10, (size_t)192 << 10);
    check_all_rows((size_t)192 << 10, 0);
    check_all_rows((size_t)64 << 20, 0);
}

/* Rows that were given back are not read once more, as if there were none. */
static void test_empty(void **state)
{
    (void)state;
    const uint8_t wanted[COLUMNS] = {1, 1, 1, 1, 1};
    tsl__shards *shards = tsl__shards_open(forms, COLUMNS, WRITERS);
    tsl__shard shard = {.rows = 0};
    tsl_error err;
    assert_non_null(shards);
    make_rows();
    write_rows(shards);
    assert_true(tsl__shards_get_bytes(shards) > 0);
    tsl__shards_empty(shards);
    assert_int_equal(tsl__shards_get_bytes(shards), 0);
    assert_int_equal(tsl__shard_read(shards, 0, wanted, 1, &shard, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "the rows of the table are used up: it has to be read again");
    tsl__shard_free(shards, &shard);
    tsl__shards_free(shards);
}

static void test_no_folder(void **state)
{
    (void)state;
    tsl_error err;
    tsl__shards *shards = tsl__shards_open(forms, COLUMNS, 1);
    assert_int_equal(tsl__shards_set_memory(shards, 1 << 20, "/nowhere/at/all", &err), TSL_E_IO);
    assert_string_equal(err.message, "/nowhere/at/all: no temporary file can be made there: No such file or directory");
    tsl__shards_free(shards);
}

/* Times on the way are settled, times of day told and cut off, late rows gone; of columns that are not asked for
 * nothing is said. */
static void test_times(void **state)
{
    (void)state;
    const uint8_t wanted[COLUMNS] = {1, 1, 0, 0, 0};
    static const char *const cells[] = {"3/4/2021 10:00",         "3/4/2021",         "2021-04-03 09:59",
                                        "2021-04-03T18:30+09:30", "2021-04-03 00:00", "2021-04-04 10:00"};
    enum { CELLS = sizeof cells / sizeof *cells };
    static const int hours[CELLS] = {10, 0, 9, 17, 0, 34}, clock[CELLS] = {1, 0, 1, 1, 1, 1};
    tsl__shards *shards = tsl__shards_open(forms, COLUMNS, 1);
    tsl__shard_writer *writer = tsl__shard_writer_open(shards, 0);
    tsl__shard shard = {.rows = 0};
    const int64_t day = (int64_t)tsl__day_make(2021, 4, 3) * TSL__DAY_SECONDS;
    for (size_t i = 0; i < CELLS; i++) {
        int64_t value;
        unsigned bits;
        assert_int_equal(tsl__date_read(tsl__span_make(cells[i]), TSL_DATES_AUTO, &value), TSL__DATE_GOOD);
        const int64_t folded = tsl__time_fold(value, &bits);
        assert_true(tsl__time_unfold(folded, bits) == value);
        const tsl__cell_value cell[COLUMNS] = {{.text = {"a", 1}}, {.kept = folded}, {.text = {NULL, 0}}};
        assert_int_equal(tsl__shard_write(writer, 0, i + 2, bits << TSL__SHARD_TIME_BITS | i % 4, cell, NULL), TSL_OK);
    }
    const size_t number = tsl__shard_find((tsl__span){"a", 1});
    for (int days = 0; days < 2; days++) {
        const tsl__shard_times times = {.reading = {.order = TSL_DATES_DMY, .offset = 8 * 3600},
                                        .days_alone = days,
                                        .until = day + TSL__DAY_SECONDS + (days ? 1 : 0)};
        tsl__shards_set_times(shards, &times);
        assert_int_equal(tsl__shard_read(shards, number, wanted, 1, &shard, NULL), TSL_OK);
        assert_int_equal(shard.rows, days ? CELLS : CELLS - 1);
        for (size_t i = 0; i < shard.rows; i++) {
            const size_t from = (size_t)shard.line[i] - 2;
            assert_true(tsl__time_day(shard.number[1][i]) == tsl__time_day(day) + (from == CELLS - 1));
            assert_int_equal(tsl__time_hour(shard.number[1][i]), days ? 0 : hours[from] % 24);
            assert_int_equal(shard.clock[i], !days && clock[from]);
            assert_int_equal(shard.small[i], from % 4);
        }
    }
    tsl__shard_free(shards, &shard);
    tsl__shards_free(shards);
}

/* A shard with a word, or what may be a rounded number, is known, and no other. */
static void test_odd(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        int odd;
    } cases[] = {{"Total", 1},  {"\xE5\x90\x88\xE8\xAE\xA1", 1},
                 {"12E5", 1},   {"17850", 0},
                 {"C001-x", 0}, {"1a2e50", 0},
                 {"007", 0},    {"4f7a91bc", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__shards *shards = tsl__shards_open(forms, 1, 2);
        tsl__shard_writer *writer = tsl__shard_writer_open(shards, 1);
        const tsl__cell_value cell = {.text = {cases[i].id, strlen(cases[i].id)}};
        assert_int_equal(tsl__shard_write(writer, 0, 2, 0, &cell, NULL), TSL_OK);
        for (size_t s = 0; s < TSL__SHARDS; s++) {
            assert_int_equal(tsl__shards_has_odd(shards, s), cases[i].odd && s == tsl__shard_find(cell.text));
        }
        tsl__shards_free(shards);
    }
}

/* What a shard holds of the column that is weighed, of all writers; of none that is not. */
static void test_weight(void **state)
{
    (void)state;
    static const tsl__shard_form two[] = {TSL__SHARD_ID, TSL__SHARD_NUMBER};
    static const int64_t values[] = {5, -7, TSL_MISSING_INT, INT64_MAX, INT64_MAX};
    for (size_t column = 0; column < 2; column++) {
        tsl__shards *shards = tsl__shards_open(two, 2, 2);
        tsl__shard_writer *writer[2] = {tsl__shard_writer_open(shards, 0), tsl__shard_writer_open(shards, 1)};
        tsl__cell_value cell[2] = {{.text = {"K1", 2}}};
        const size_t own = tsl__shard_find(cell[0].text);
        tsl__shards_set_weighed(shards, column);
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            cell[1].kept = values[i];
            assert_int_equal(tsl__shard_write(writer[i % 2], 0, i + 2, 0, cell, NULL), TSL_OK);
        }
        for (size_t s = 0; s < TSL__SHARDS; s++) {
            const __int128 weight = s == own && column ? 2 * (__int128)INT64_MAX + 12 : 0;
            assert_true(tsl__shards_get_weight(shards, s) == weight);
        }
        tsl__shards_free(shards);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_rows), cmocka_unit_test(test_little_memory),
                                       cmocka_unit_test(test_empty),    cmocka_unit_test(test_no_folder),
                                       cmocka_unit_test(test_times),    cmocka_unit_test(test_odd),
                                       cmocka_unit_test(test_weight)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
