/* test_crm_lists.c: picklists from the summary of a run: short names that last, names that are alike, segments of an
 * earlier run that are gone. */
#include "crm/made_run.h"

#include "base/rng.h"
#include "crm/crm_lists.h"

#include <tesela/label.h>

static tsl_error err;

static tsl__crm_lists read_lists(const char *segments)
{
    tsl__crm_lists lists = {0};
    json_t *summary = json_pack("{so}", "segments", json_loads(segments, 0, NULL));
    assert_non_null(summary);
    assert_int_equal(tsl__crm_lists_add(&lists, summary, "summary.json", &err), TSL_OK);
    json_decref(summary);
    return lists;
}

static const tsl__crm_value *find(tsl__crm_lists *lists, size_t field, const char *code)
{
    return tsl__crm_list_find(tsl__crm_lists_get(lists, field), code, strlen(code));
}

#define NAMED(code, en, zh) "{\"code\": \"" code "\", \"names\": {\"en\": \"" en "\", \"zh\": \"" zh "\"}}"

static void test_short_names(void **state)
{
    (void)state;
    static const struct {
        const char *code, *en, *zh;
    } expected[] = {{"A", "Champions", "冠军：数量多"},
                    {"B", "Loyal: many", "冠军：数量少"},
                    {"C", "Loyal: few", "忠诚"},
                    {"D", "Quiet (D)", "沉睡"},
                    {"E", "Quiet (E)", "新"},
                    {"F", ": nothing before", "：无"},
                    {"G", "Odd：both: x", "甲: 乙：丙"}, /* what is short is another's name */
                    {"H", "Odd", "甲"}};
    tsl__crm_lists lists = read_lists(
        "[" NAMED("A", "Champions: many units", "冠军：数量多") "," NAMED("B", "Loyal: many", "冠军：数量少") "," NAMED(
            "C", "Loyal: few",
            "忠诚：常来") "," NAMED("D", "Quiet",
                                    "沉睡") "," NAMED("E", "Quiet",
                                                      "新：刚来") "," NAMED("F", ": nothing before",
                                                                            "：无") "," NAMED("G", "Odd：both: x",
                                                                                              "甲: 乙：丙") "," NAMED("H",
                                                                                                                      "Odd",
                                                                                                                      "甲") "]");
    assert_int_equal(tsl__crm_lists_settle(&lists, &err), TSL_OK);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const tsl__crm_value *value = find(&lists, TSL__FIELD_SEGMENT, expected[i].code);
        assert_non_null(value);
        assert_string_equal(value->choice[0], expected[i].en);
        assert_string_equal(value->choice[1], expected[i].zh);
    }
    tsl__crm_lists_close(&lists);
}

/* However names are alike, no two values of a list are called the same. */
static void test_all_differ(void **state)
{
    (void)state;
    static const char *const heads[] = {"Loyal", "Loyal: a", "Loyal: b", "Loyal: a: c", "Quiet", "Quiet: ", ": a"};
    enum { HEADS = sizeof heads / sizeof *heads };
    for (int three = 0; three < HEADS * HEADS * HEADS; three++) {
        char text[512];
        snprintf(text, sizeof text,
                 "[" NAMED("A", "%s", "%s") "," NAMED("B", "%s", "%s") "," NAMED("C", "%s", "%s") "]",
                 heads[three % HEADS], heads[three % HEADS], heads[three / HEADS % HEADS], heads[three / HEADS % HEADS],
                 heads[three / HEADS / HEADS], heads[three / HEADS / HEADS]);
        tsl__crm_lists lists = read_lists(text);
        assert_int_equal(tsl__crm_lists_settle(&lists, &err), TSL_OK);
        const tsl__crm_value *value = lists.of[TSL__LIST_SEGMENTS].value;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < i; j++) {
                assert_string_not_equal(value[i].choice[0], value[j].choice[0]);
            }
        }
        tsl__crm_lists_close(&lists);
    }
}

/* Likewise names that look as one does that was made of a name and a code, by lists of every kind. */
static void test_all_differ_by_chance(void **state)
{
    (void)state;
    static const char *const pieces[] = {"Loyal", "Loyal", " (C)", " (A)", " (C, 2)", " (C (C))", ": ", "：", "x", "C"};
    static const char *const codes[] = {"C", "A", "C (C)", "C, 2", "A, 2", "B", "C, 2 (C)"};
    enum { PIECES = sizeof pieces / sizeof *pieces, CODES = sizeof codes / sizeof *codes };
    tsl__rng rng = tsl__rng_open(7, 0, 0);
    int numbered = 0;
    for (int round = 0; round < 20000; round++) {
        tsl__crm_lists lists = {0};
        tsl__crm_list *list = &lists.of[round % 2 ? TSL__LIST_SEGMENTS : TSL__LIST_TIERS];
        for (int i = 0; i < CODES; i++) {
            char name[2][64] = {"Loyal", "Loyal"};
            for (int lang = 0; lang < 2; lang++) {
                for (uint64_t n = tsl__rng_below(&rng, 4); n > 0; n--) {
                    strcat(name[lang], pieces[tsl__rng_below(&rng, PIECES)]);
                }
            }
            assert_int_equal(
                tsl__crm_list_add(list, codes[i], (const char *const[TSL_LANGS]){name[0], name[1]}, -1, &err), TSL_OK);
        }
        assert_int_equal(tsl__crm_lists_settle(&lists, &err), TSL_OK);
        for (int i = 0; i < 2 * CODES; i++) {
            const char *choice = list->value[i / 2].choice[i % 2];
            numbered += strstr(choice, ", 2)") != NULL;
            for (int j = i % 2; j < i; j += 2) {
                assert_string_not_equal(choice, list->value[j / 2].choice[i % 2]);
            }
        }
        tsl__crm_lists_close(&lists);
    }
    assert_in_range(numbered, 100, 2 * CODES * 20000);
    /* A user's "Loyal (C)" beside two that are called Loyal. */
    tsl__crm_lists lists =
        read_lists("[" NAMED("A", "Loyal", "甲") "," NAMED("C", "Loyal", "乙") "," NAMED("B", "Loyal (C)", "丙") "]");
    assert_int_equal(tsl__crm_lists_settle(&lists, &err), TSL_OK);
    assert_string_equal(find(&lists, TSL__FIELD_SEGMENT, "A")->choice[0], "Loyal (A)");
    assert_string_equal(find(&lists, TSL__FIELD_SEGMENT, "C")->choice[0], "Loyal (C, 2)");
    assert_string_equal(find(&lists, TSL__FIELD_SEGMENT, "B")->choice[0], "Loyal (C)");
    tsl__crm_lists_close(&lists);
}

static void test_retired(void **state)
{
    (void)state;
    tsl__crm_lists now = read_lists("[" NAMED("A", "Now", "现") "]"),
                   then = read_lists("[" NAMED("A", "Then", "昔") "," NAMED("GONE", "Gone: away", "离开：远") "]");
    assert_int_equal(tsl__crm_lists_join(&now, &then, &err), TSL_OK);
    assert_int_equal(tsl__crm_lists_settle(&now, &err), TSL_OK);
    assert_int_equal(now.of[TSL__LIST_SEGMENTS].count, 2);
    assert_string_equal(find(&now, TSL__FIELD_SEGMENT, "A")->choice[0], "Now");
    assert_string_equal(find(&now, TSL__FIELD_SEGMENT, "GONE")->choice[1], "离开");
    assert_int_equal(find(&now, TSL__FIELD_SEGMENT, "GONE")->colour, -1);
    tsl__crm_lists_close(&now);
    tsl__crm_lists_close(&then);
}

static void test_of_fields(void **state)
{
    (void)state;
    tsl__crm_lists lists = read_lists("[" NAMED("A", "Now", "现") ", {\"names\": {}}, 5, {\"code\": \"B\"}]");
    assert_int_equal(lists.of[TSL__LIST_SEGMENTS].count, 2);
    assert_string_equal(find(&lists, TSL__FIELD_SEGMENT, "B")->name[1], "B"); /* called by its code */
    assert_int_equal(lists.of[TSL__LIST_REASONS].count, TSL_REASONS);
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        const int is_pick = tsl__crm_fields[f].kind == TSL__CRM_PICK;
        assert_true(!is_pick || tsl__crm_lists_get(&lists, f));
        assert_int_equal(*tsl__crm_lists_get_name(f) != '\0', tsl__crm_lists_get(&lists, f) != NULL);
    }
    assert_string_equal(tsl__crm_lists_get_name(TSL__FIELD_PREVIOUS), "segments");
    assert_string_equal(tsl__crm_lists_get_name(TSL__FIELD_RFM), "rfm_segments");
    assert_null(find(&lists, TSL__FIELD_TIER, "vip"));
    assert_null(tsl__crm_list_find(&lists.of[TSL__LIST_SEGMENTS], "AB", 2));
    assert_non_null(tsl__crm_list_find(&lists.of[TSL__LIST_SEGMENTS], "AB", 1));
    tsl__crm_lists_close(&lists);
}

static void test_none(void **state)
{
    (void)state;
    static const char *const summaries[] = {"{}", "[]", "{\"segments\": 5}", "{\"segments\": [{\"code\": 7}]}",
                                            "{\"segments\": [], \"strategies\": []}"};
    for (size_t i = 0; i < sizeof summaries / sizeof *summaries; i++) {
        tsl__crm_lists lists = {0};
        json_t *summary = json_loads(summaries[i], 0, NULL);
        assert_int_equal(tsl__crm_lists_add(&lists, summary, "out/summary.json", &err), TSL_E_FORMAT);
        assert_says(&err, "out/summary.json: lists no segments");
        tsl__crm_lists_close(&lists);
        json_decref(summary);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short_names),
        cmocka_unit_test(test_all_differ),
        cmocka_unit_test(test_all_differ_by_chance),
        cmocka_unit_test(test_retired),
        cmocka_unit_test(test_of_fields),
        cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
