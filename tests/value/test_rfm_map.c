/* test_rfm_map.c: the usual map by its definition, and maps that are none: gaps, overlaps, ranges, names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <tesela/value.h>

/* By R from 1, then F from 1. */
static void test_usual(void **state)
{
    (void)state;
    static const char *const expected[5][5] = {
        {"hibernating", "hibernating", "at_risk", "at_risk", "cant_lose"},
        {"hibernating", "hibernating", "at_risk", "at_risk", "cant_lose"},
        {"about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal"},
        {"promising", "potential_loyalist", "potential_loyalist", "loyal", "loyal"},
        {"new", "potential_loyalist", "potential_loyalist", "champion", "champion"},
    };
    tsl_rfm_map map;
    tsl_rfm_map_defaults(&map);
    assert_int_equal(map.count, 10);
    assert_int_equal(map.bins, 5);
    for (uint8_t r = 1; r <= 5; r++) {
        for (uint8_t f = 1; f <= 5; f++) {
            int32_t segment;
            tsl_rfm_map_predict(&map, &r, &f, NULL, 1, &segment);
            assert_string_equal(map.segment[segment].code, expected[r - 1][f - 1]);
            assert_true(map.segment[segment].name[0][0] && (map.segment[segment].name[1][0] & 0x80));
        }
    }
    const uint8_t r[] = {0, 5, 5, 6}, f[] = {5, 0, 5, 5};
    int32_t segment[4];
    tsl_rfm_map_predict(&map, r, f, NULL, 4, segment);
    assert_true(segment[0] == -1 && segment[1] == -1 && segment[2] >= 0 && segment[3] == -1);
}

/* With M, blocks of one code in several places. */
static void test_by_m(void **state)
{
    (void)state;
    static const tsl_rfm_block block[] = {
        {1, 1, 1, 2, 0, 0, "gone", {"Gone", NULL}, NULL},
        {2, 2, 1, 2, 1, 1, "small", {NULL, "小额"}, NULL},
        {2, 2, 1, 1, 2, 2, "gone", {NULL, "流失"}, NULL},
        {2, 2, 2, 2, 2, 2, "big", {NULL, NULL}, NULL},
    };
    tsl_rfm_map map;
    tsl_error err;
    assert_int_equal(tsl_rfm_map_build(block, 4, 2, &map, &err), TSL_OK);
    assert_true(map.count == 3 && map.by_m);
    assert_string_equal(map.segment[0].name[1], "流失");
    assert_string_equal(map.segment[1].name[0], "small");
    assert_string_equal(map.segment[2].name[1], "big");
    const uint8_t r[] = {1, 2, 2, 2, 2}, f[] = {2, 1, 1, 2, 2}, m[] = {2, 1, 2, 2, 0};
    static const int32_t expected[] = {0, 1, 0, 2, -1};
    int32_t segment[5];
    tsl_rfm_map_predict(&map, r, f, m, 5, segment);
    assert_memory_equal(segment, expected, sizeof segment);
}

/* The map of eleven segments by R, F and M that many tools have, in its usual order, in which the first one that holds
 * is taken. */
static const tsl_rfm_block popular[] = {{4, 5, 4, 5, 4, 5, "champions", {NULL, NULL}, NULL},
                                        {2, 5, 3, 5, 3, 5, "loyal", {NULL, NULL}, NULL},
                                        {3, 5, 1, 3, 1, 3, "potential", {NULL, NULL}, NULL},
                                        {4, 5, 1, 1, 1, 1, "new", {NULL, NULL}, NULL},
                                        {3, 4, 1, 1, 1, 1, "promising", {NULL, NULL}, NULL},
                                        {2, 3, 2, 3, 2, 3, "attention", {NULL, NULL}, NULL},
                                        {2, 3, 1, 2, 1, 2, "about_to_sleep", {NULL, NULL}, NULL},
                                        {1, 2, 2, 5, 2, 5, "at_risk", {NULL, NULL}, NULL},
                                        {1, 1, 4, 5, 4, 5, "cant_lose", {NULL, NULL}, NULL},
                                        {1, 2, 1, 2, 1, 2, "hibernating", {NULL, NULL}, NULL},
                                        {1, 2, 1, 2, 1, 2, "lost", {NULL, NULL}, NULL}};

static int holds(const tsl_rfm_block *b, int r, int f, int m)
{
    return b->r_low <= r && r <= b->r_high && b->f_low <= f && f <= b->f_high && b->m_low <= m && m <= b->m_high;
}

/* As it stands its blocks overlap; by its order it leaves 36 of the 125 cells empty, and to four of its segments comes
 * nobody. */
static void test_popular(void **state)
{
    (void)state;
    enum { SEGMENTS = sizeof popular / sizeof *popular };
    static tsl_rfm_block cell[126];
    size_t cells = 0;
    tsl_rfm_map map;
    tsl_error err;
    assert_int_not_equal(tsl_rfm_map_build(popular, SEGMENTS, 5, &map, &err), TSL_OK);
    assert_non_null(strstr(err.message, "belongs to champions already"));
    for (int i = 0; i < 125; i++) {
        const int r = 1 + i / 25, f = 1 + i / 5 % 5, m = 1 + i % 5;
        size_t s = 0;
        while (s < SEGMENTS && !holds(&popular[s], r, f, m)) {
            s++;
        }
        if (s < SEGMENTS) {
            cell[cells++] = (tsl_rfm_block){r, r, f, f, m, m, popular[s].code, {NULL, NULL}, NULL};
        }
    }
    assert_int_not_equal(tsl_rfm_map_build(cell, cells, 5, &map, &err), TSL_OK);
    assert_true(strncmp(err.message, "36 cells of the map belong to no segment: ", 42) == 0);
    for (int i = 0; i < 125; i++) { /* the rest filled up */
        const int r = 1 + i / 25, f = 1 + i / 5 % 5, m = 1 + i % 5;
        int is_there = 0;
        for (size_t c = 0; c < cells && !is_there; c++) {
            is_there = holds(&cell[c], r, f, m);
        }
        if (!is_there) {
            cell[cells++] = (tsl_rfm_block){r, r, f, f, m, m, "others", {NULL, NULL}, NULL};
        }
    }
    assert_int_equal(tsl_rfm_map_build(cell, cells, 5, &map, &err), TSL_OK);
    assert_true(cells == 125 && map.count == SEGMENTS - 4 + 1);
    static const char *const nobody[] = {"new", "promising", "cant_lose", "lost"};
    for (size_t s = 0; s < map.count; s++) {
        for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++) {
            assert_string_not_equal(map.segment[s].code, nobody[i]);
        }
    }
}

static void check_refused(const tsl_rfm_block *block, size_t count, int bins, const char *message)
{
    tsl_rfm_map map;
    tsl_error err;
    assert_int_not_equal(tsl_rfm_map_build(block, count, bins, &map, &err), TSL_OK);
    assert_string_equal(err.message, message);
}

static void test_refused(void **state)
{
    (void)state;
    static const tsl_rfm_block gap[] = {{1, 3, 1, 2, 0, 0, "low", {NULL, NULL}, NULL},
                                        {1, 2, 3, 3, 0, 0, "high", {NULL, NULL}, NULL}};
    check_refused(gap, 2, 3, "1 cell of the map belongs to no segment: R3 F3");
    check_refused(gap, 1, 3, "3 cells of the map belong to no segment: R1 F3, R2 F3, R3 F3");
    check_refused(gap, 0, 5,
                  "25 cells of the map belong to no segment: R1 F1, R1 F2, R1 F3, R1 F4, R1 F5, R2 F1, R2 F2, R2 F3, "
                  "R2 F4, R2 F5, R3 F1, R3 F2, ...");
    static const tsl_rfm_block overlap[] = {{1, 3, 1, 3, 0, 0, "all", {NULL, NULL}, "map.csv:2"},
                                            {2, 2, 3, 3, 2, 2, "more", {NULL, NULL}, "map.csv:3"}};
    check_refused(overlap, 2, 3, "map.csv:3: r, f, m: R2 F3 M2 belongs to all already (map.csv:2)");
    check_refused(overlap, 1, 10, "rfm: bins is 10, and must be from 2 to 9");
    check_refused(overlap, 1, 2, "map.csv:2: r: from 1 to 3 is no range of scores from 1 to 2");
    static const tsl_rfm_block turned[] = {{1, 3, 3, 1, 0, 0, "a", {NULL, NULL}, NULL}};
    check_refused(turned, 1, 3, "block 1: f: from 3 to 1 is no range of scores from 1 to 3");
    static const tsl_rfm_block zero[] = {{1, 3, 1, 3, 0, 3, "a", {NULL, NULL}, NULL}};
    check_refused(zero, 1, 3, "block 1: m: from 0 to 3 is no range of scores from 1 to 3");
    static const tsl_rfm_block coded[] = {{1, 3, 1, 3, 0, 0, "at risk", {NULL, NULL}, NULL}};
    check_refused(coded, 1, 3, "block 1: code: \"at risk\" is no code; expected 1 to 31 of letters, 0 to 9 and _");
    static const tsl_rfm_block named[] = {{1, 3, 1, 2, 0, 0, "a", {"One", NULL}, NULL},
                                          {1, 3, 3, 3, 0, 0, "a", {"Two", NULL}, NULL}};
    check_refused(named, 2, 3, "block 2: name_en: a is called \"Two\" here and \"One\" before");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_usual), cmocka_unit_test(test_by_m),
                                       cmocka_unit_test(test_popular), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
