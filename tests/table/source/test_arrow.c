/* test_arrow.c: Arrow's formats, and arrays that are not as their schema says. */
#include "table/source/arrays.h"

#include "help.h"

static const tsl__zone *declared; /* NULL: none */

static tsl__cell_array open_format(const char *format, const char *values)
{
    struct ArrowSchema dictionary = {.format = values};
    const struct ArrowSchema schema = {.format = format, .dictionary = values ? &dictionary : NULL};
    static tsl__cell_array levels;
    tsl__cell_array cells;
    assert_int_equal(tsl__arrow_open(&schema, declared, &cells, &levels, NULL), TSL_OK);
    return cells;
}

static void test_formats(void **state)
{
    (void)state;
    static const char *const known[] = {"n",       "b",          "c",          "C",         "s",    "S",       "i",
                                        "I",       "l",          "L",          "e",         "f",    "g",       "u",
                                        "U",       "vu",         "tdD",        "tdm",       "tss:", "tsn:UTC", "d:10,2",
                                        "d:38,38", "d:10,0,128", "tsm:+08:00", "tsu:-03:30"};
    static const char *const unknown[] = {NULL,
                                          "",
                                          "z",
                                          "Z",
                                          "vz",
                                          "w:4",
                                          "tts",
                                          "ttm",
                                          "tDs",
                                          "tiM",
                                          "+l",
                                          "+s",
                                          "+w:3",
                                          "+r",
                                          "+ud:0",
                                          "d:10",
                                          "d:10,",
                                          "d:10,-1",
                                          "d:39,39",
                                          "d:10,2,256",
                                          "d:10,2,",
                                          "tss",
                                          "tss:Asia/Nowhere",
                                          "tss:CST",
                                          "tss:../zone",
                                          "tss:+8",
                                          "tss:+08-00",
                                          "tss:08:00",
                                          "tss:+0800",
                                          "tss:+a8:00",
                                          "tss:UTC+8",
                                          "tss:+99:99",
                                          "tss:+24:00",
                                          "tss:-14:01",
                                          "tsn:-08:60",
                                          "uu",
                                          "ix"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (open_format(known[i], NULL).layout == TSL__LAYOUT_UNKNOWN) {
            fail_msg("%s is not known", known[i]);
        }
    }
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        if (open_format(unknown[i], NULL).layout != TSL__LAYOUT_UNKNOWN) {
            fail_msg("%s is known", unknown[i] ? unknown[i] : "NULL");
        }
    }
    assert_int_equal(open_format("tss:+08:00", NULL).zone, 8 * 3600);
    assert_int_equal(open_format("tss:-14:00", NULL).zone, -14 * 3600);
    assert_int_equal(open_format("tss:-03:30", NULL).zone, -(3 * 3600 + 1800));
    assert_int_equal(open_format("d:20,7", NULL).places, 7);
}

static void test_dictionaries(void **state)
{
    (void)state;
    assert_int_equal(open_format("c", "u").content, TSL__CONTENT_CODE);
    assert_int_equal(open_format("L", "tdD").content, TSL__CONTENT_CODE);
    assert_int_equal(open_format("f", "u").layout, TSL__LAYOUT_UNKNOWN);   /* an index is whole */
    assert_int_equal(open_format("tdD", "u").layout, TSL__LAYOUT_UNKNOWN); /* and no day */
    assert_int_equal(open_format("c", "+l").layout, TSL__LAYOUT_UNKNOWN);
    struct ArrowSchema inner = {.format = "u"}, outer = {.format = "c", .dictionary = &inner},
                       schema = {.format = "c", .dictionary = &outer};
    tsl__cell_array cells, levels;
    assert_int_equal(tsl__arrow_open(&schema, NULL, &cells, &levels, NULL), TSL_OK);
    assert_int_equal(cells.layout, TSL__LAYOUT_UNKNOWN);
}

static tsl__typed cell_at(const tsl__cell_array *cells, size_t row)
{
    tsl__typed cell = {0};
    tsl__cell_array_get(cells, row, &cell);
    return cell;
}

/* Seconds are cut towards the past, and a day stays one in its zone. */
static void test_times(void **state)
{
    (void)state;
    static const int64_t value[] = {-1, -1000, 999, INT64_MAX, INT64_MIN};
    const void *buffers[] = {NULL, value};
    const struct ArrowArray array = {.length = 5, .n_buffers = 2, .buffers = buffers};
    tsl__cell_array cells = open_format("tsm:+01:00", NULL);
    assert_int_equal(tsl__arrow_fill(&array, "x", 0, 5, &cells, NULL, NULL), TSL_OK);
    assert_int_equal(cell_at(&cells, 0).seconds, 3599);
    assert_int_equal(cell_at(&cells, 1).seconds, 3599);
    assert_int_equal(cell_at(&cells, 2).seconds, 3600);
    cells = open_format("tss:-01:00", NULL);
    assert_int_equal(tsl__arrow_fill(&array, "x", 0, 5, &cells, NULL, NULL), TSL_OK);
    assert_int_equal(cell_at(&cells, 3).seconds, INT64_MAX - 3600);
    assert_true(cell_at(&cells, 4).seconds == INT64_MAX); /* beyond all times: no day of the calendar */
}

/* A named zone has the clock of its day; a declared one takes its place, but not that of times without any. */
static void test_named_zones(void **state)
{
    (void)state;
    static const int64_t value[] = {1704067200, 1720000800, INT64_MAX,
                                    INT64_MIN}; /* 2024-01-01 00:00, 2024-07-03 10:00 */
    const void *buffers[] = {NULL, value};
    const struct ArrowArray array = {.length = 4, .n_buffers = 2, .buffers = buffers};
    tsl__cell_array cells = open_format("tss:America/New_York", NULL);
    assert_int_equal(tsl__arrow_fill(&array, "x", 0, 4, &cells, NULL, NULL), TSL_OK);
    assert_true(cell_at(&cells, 0).seconds == value[0] - 5 * 3600);
    assert_true(cell_at(&cells, 1).seconds == value[1] - 4 * 3600);
    assert_true(cell_at(&cells, 2).seconds == INT64_MAX && cell_at(&cells, 3).seconds == INT64_MIN);
    tsl__zone *zone = NULL;
    assert_int_equal(tsl__zone_open("Asia/Kolkata", &zone, NULL), TSL_OK);
    tsl__zone_free(cells.own_clock);
    declared = zone;
    static const char *const formats[] = {"tss:America/New_York", "tss:+08:00", "tss:UTC", "tss:"};
    for (size_t i = 0; i < 4; i++) {
        cells = open_format(formats[i], NULL);
        assert_null(cells.own_clock);
        assert_int_equal(tsl__arrow_fill(&array, "x", 0, 4, &cells, NULL, NULL), TSL_OK);
        assert_true(cell_at(&cells, 1).seconds == value[1] + (i < 3 ? 11 * 1800 : 0));
    }
    declared = NULL;
    tsl__zone_free(zone);
}

/* Where two whole numbers become one depends on the width. */
static void test_floats(void **state)
{
    (void)state;
    static const uint16_t half[] = {0x67FF, 0x6800}; /* 2047, and 2048, which may have been 2049 */
    static const float single[] = {16777215, 16777216};
    static const double number[] = {9007199254740991, 9007199254740992};
    const struct {
        const char *format;
        const void *values;
    } cases[] = {{"e", half}, {"f", single}, {"g", number}};
    for (size_t i = 0; i < 3; i++) {
        const void *buffers[] = {NULL, cases[i].values};
        const struct ArrowArray array = {.length = 2, .n_buffers = 2, .buffers = buffers};
        tsl__cell_array cells = open_format(cases[i].format, NULL);
        assert_int_equal(tsl__arrow_fill(&array, "x", 0, 2, &cells, NULL, NULL), TSL_OK);
        assert_true(cell_at(&cells, 0).number == cell_at(&cells, 0).greatest_whole);
        assert_true(cell_at(&cells, 1).number == cell_at(&cells, 1).greatest_whole + 1);
    }
}

static void test_views(void **state)
{
    (void)state;
    static const char text[] = "more than twelve bytes";
    struct view {
        int32_t length;
        union {
            char text[12];
            int32_t place[3];
        } rest;
    } views[] = {{3, {.text = "abc"}},
                 {12, {.text = {'t', 'w', 'e', 'l', 'v', 'e', ' ', 'b', 'y', 't', 'e', 's'}}},
                 {22, {.place = {0, 0, 0}}},
                 {14, {.place = {0, 0, 8}}},
                 {22, {.place = {0, 9, 0}}}};
    static const uint8_t valid[] = {0x0F};
    const int64_t sizes[] = {sizeof text - 1};
    const void *buffers[] = {valid, views, text, sizes};
    const struct ArrowArray array = {.length = 5, .null_count = 1, .n_buffers = 4, .buffers = buffers};
    tsl__cell_array cells = open_format("vu", NULL);
    assert_int_equal(tsl__arrow_fill(&array, "x", 0, 5, &cells, NULL, NULL), TSL_OK);
    static const char *const expected[] = {"abc", "twelve bytes", text, text + 8};
    for (size_t row = 0; row < 4; row++) {
        assert_true(tsl__span_equal(cell_at(&cells, row).text, tsl__span_make(expected[row])));
    }
    assert_int_equal(cell_at(&cells, 4).form, TSL__TYPED_MISSING); /* whatever stands there */
}

/* Views that lie elsewhere than in their buffers. */
static void test_odd_views(void **state)
{
    (void)state;
    static const char text[] = "more than twelve bytes";
    const struct {
        int32_t view[4]; /* length, prefix, buffer, place */
        int64_t n_buffers;
        const void *text;
        int64_t size;
    } cases[] = {
        {{22, 0, 0, 0}, 4, text, 22}, /* fine */
        {{22, 0, 1, 0}, 4, text, 22}, {{22, 0, -1, 0}, 4, text, 22},       {{22, 0, 0, -1}, 4, text, 22},
        {{22, 0, 0, 1}, 4, text, 22}, {{13, 0, 0, 10}, 4, text, 22},       {{22, 0, 0, 0}, 4, text, 21},
        {{22, 0, 0, 0}, 4, text, -1}, {{22, 0, 0, 0}, 4, NULL, 22},        {{INT32_MAX, 0, 0, INT32_MAX}, 4, text, 22},
        {{-1, 0, 0, 0}, 4, text, 22}, {{INT32_MIN, 0, 0, 0}, 4, text, 22}, {{22, 0, 0, 0}, 3, text, 22},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const void *buffers[] = {NULL, cases[i].view, cases[i].text, &cases[i].size};
        const struct ArrowArray array = {.length = 1, .n_buffers = cases[i].n_buffers, .buffers = buffers};
        tsl__cell_array cells = open_format("vu", NULL);
        if ((tsl__arrow_fill(&array, "x", 0, 1, &cells, NULL, NULL) == TSL_OK) != (i == 0)) {
            fail_msg("view %zu", i);
        }
    }
    const void *buffers[] = {NULL, cases[0].view, text, NULL}; /* nobody says how long the text is */
    const struct ArrowArray array = {.length = 1, .n_buffers = 4, .buffers = buffers};
    tsl__cell_array cells = open_format("vu", NULL);
    assert_int_equal(tsl__arrow_fill(&array, "x", 0, 1, &cells, NULL, NULL), TSL_E_INPUT);
}

/* Offsets that fall or lie in front of the texts, also where a text is missing, and also of levels. */
static void test_odd_offsets(void **state)
{
    (void)state;
    static const struct {
        int64_t begin[5];
        int good;
    } cases[] = {{{0, 1, 2, 3, 4}, 1},  {{2, 2, 2, 4, 4}, 1},  {{0, 1, -5, 3, 4}, 0},    {{0, 3, 1, 3, 4}, 0},
                 {{-1, 0, 1, 2, 3}, 0}, {{0, 1, 2, 3, -2}, 0}, {{-4, -3, -2, -1, -1}, 0}};
    static const uint8_t valid[] = {0x09};
    static const int8_t index[] = {0, 1, 2, 3};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t narrow[5];
        for (int k = 0; k < 5; k++) {
            narrow[k] = (int32_t)cases[i].begin[k];
        }
        for (int form = 0; form < 4; form++) {
            const void *buffers[] = {form / 2 ? valid : NULL, form % 2 ? (const void *)cases[i].begin : narrow, "abcd"};
            const void *indices[] = {NULL, index};
            struct ArrowArray array = {.length = 4, .null_count = -1, .n_buffers = 3, .buffers = buffers};
            const struct ArrowArray coded = {.length = 4, .n_buffers = 2, .buffers = indices, .dictionary = &array};
            const char *format = form % 2 ? "U" : "u";
            tsl__cell_array cells = open_format(format, NULL), codes = open_format("c", format), levels = cells;
            codes.levels = &levels;
            if ((tsl__arrow_fill(&array, "x", 0, 4, &cells, NULL, NULL) == TSL_OK) != cases[i].good ||
                (tsl__arrow_fill(&coded, "x", 0, 4, &codes, &levels, NULL) == TSL_OK) != cases[i].good) {
                fail_msg("offsets %zu, form %d", i, form);
            }
        }
    }
}

static void test_odd_arrays(void **state)
{
    (void)state;
    static const int32_t value[] = {0, 1, 2};
    const void *buffers[] = {NULL, value, NULL}, *none[] = {NULL, NULL, NULL};
    const struct {
        const char *format;
        struct ArrowArray array;
    } cases[] = {
        {"i", {.length = -1, .n_buffers = 2, .buffers = buffers}},
        {"i", {.length = 3, .offset = -1, .n_buffers = 2, .buffers = buffers}},
        {"i", {.length = 2, .n_buffers = 2, .buffers = buffers}},
        {"i", {.length = 3, .n_buffers = 1, .buffers = buffers}},
        {"i", {.length = 3, .n_buffers = 2, .buffers = NULL}},
        {"i", {.length = 3, .n_buffers = 2, .buffers = none}},
        {"u", {.length = 3, .n_buffers = 2, .buffers = buffers}},
        {"u", {.length = 3, .n_buffers = 3, .buffers = buffers}}, /* texts that are not there */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__cell_array cells = open_format(cases[i].format, NULL);
        tsl_error err;
        /* of the last one the offsets differ over two rows */
        assert_int_equal(tsl__arrow_fill(&cases[i].array, "x", 0, i == 7 ? 2 : 3, &cells, NULL, &err), TSL_E_INPUT);
        assert_string_equal(err.message, "Arrow stream: column \"x\" is not as its schema says");
    }
    tsl__cell_array cells = open_format("i", "u"), levels = {0};
    cells.levels = &levels;
    const struct ArrowArray array = {.length = 3, .n_buffers = 2, .buffers = buffers};
    assert_int_equal(tsl__arrow_fill(&array, "x", 0, 3, &cells, &levels, NULL), TSL_E_INPUT); /* no dictionary */
    cells = open_format("+l", NULL);
    assert_int_equal(tsl__arrow_fill(&array, "x", 0, 3, &cells, NULL, NULL), TSL_OK); /* not used, not looked at */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),     cmocka_unit_test(test_dictionaries), cmocka_unit_test(test_times),
        cmocka_unit_test(test_named_zones), cmocka_unit_test(test_floats),       cmocka_unit_test(test_views),
        cmocka_unit_test(test_odd_views),   cmocka_unit_test(test_odd_offsets),  cmocka_unit_test(test_odd_arrays)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
