/* test_contradiction.c: names that the period held out speaks against; by what they say, not by codes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/notes.h"
#include "run/next/contradiction.h"

#include <stdlib.h>
#include <string.h>

enum { SEGMENTS = 3 };

static char code[SEGMENTS][16] = {"ACTIVE_SMALL", "GOOD_QUIET", "SMALL_QUIET"};

static tsl_next_segment then[SEGMENTS] = {
    {.name = code[1], .outcome = {.size = 500, .happened = 405, .rate = .81, .rate_low = .77, .rate_high = .84}},
    {.name = code[0], .outcome = {.size = 400, .happened = 272, .rate = .68, .rate_low = .63, .rate_high = .72}},
    {.name = code[2],
     .outcome =
         {.size = 300, .happened = 210, .rate = .70, .rate_low = .65, .rate_high = .75}}, /* by chance, perhaps */
};
static const tsl_next next = {.k = SEGMENTS, .segment = then, .days = 90};

typedef struct named {
    tsl_segment segment[SEGMENTS];
    tsl_labels labels;
} named;

static void name(named *of, char *first, char *second, char *third)
{
    char *const said[] = {first, second, third};
    *of = (named){.labels = {.segment_count = SEGMENTS, .segments = of->segment}};
    for (int s = 0; s < SEGMENTS; s++) {
        of->segment[s] = (tsl_segment){.segment = s + 1, .code = code[s], .names = {said[s], said[s]}};
    }
}

static void check_note(named *before, named *after, const char *text)
{
    assert_int_equal(tsl__contradictions_note(&next, &before->labels, &after->labels, NULL), TSL_OK);
    assert_int_equal(after->labels.notes.count, text ? 1 : 0);
    if (text) {
        assert_string_equal(after->labels.notes.text[0], text);
    }
    tsl__notes_free(&after->labels.notes);
    after->labels.notes = (tsl_notes){0};
}

static void test_quiet(void **state)
{
    (void)state;
    named before, after;
    unsigned char *back;
    name(&before, "Active, smaller", "Good, gone quiet", "Small, gone quiet");
    name(&after, "Active, smaller", "Good, between orders", "Small, gone quiet");
    assert_int_equal(tsl__contradictions_find(&next, &before.labels, &back, NULL), TSL_OK);
    assert_memory_equal(back, ((const unsigned char[]){0, 1, 0}), SEGMENTS);
    free(back);
    check_note(
        &before, &after,
        "segment 2 is called \"Good, between orders\", not \"Good, gone quiet\": 81 % of those who were in it (405 of "
        "500) "
        "bought in the 90 days that were held out, more than the 68 % (272 of 400) of segment 1, \"Active, smaller\"");
    check_note(&before, &before, /* it keeps its name */
               "segment 2 is called \"Good, gone quiet\", and yet 81 % of those who were in it (405 of 500) bought in "
               "the 90 days "
               "that were held out, more than the 68 % (272 of 400) of segment 1, \"Active, smaller\"");
    assert_int_equal(tsl__contradictions_find(&next, &after.labels, &back, NULL), TSL_OK);
    assert_null(back);
    check_note(&after, &after, NULL);
}

/* Who has many orders that fall off may well buy more than who has few that pick up: it is said, and no more. */
static void test_trend(void **state)
{
    (void)state;
    named labels;
    unsigned char *back;
    name(&labels, "Active, smaller: orders picking up", "Good: orders falling off", "Small");
    assert_int_equal(tsl__contradictions_find(&next, &labels.labels, &back, NULL), TSL_OK);
    assert_null(back);
    check_note(&labels, &labels,
               "segment 2 is called \"Good: orders falling off\", and yet 81 % of those who were in it (405 of 500) "
               "bought in the 90 "
               "days that were held out, more than the 68 % (272 of 400) of segment 1, \"Active, smaller: orders "
               "picking up\"");
}

/* Who bought once, long ago, and came back more often than who bought once lately (AdventureWorks). */
static void test_once(void **state)
{
    (void)state;
    named labels;
    unsigned char *back;
    name(&labels, "Once, recent, larger", "Once, lapsed, larger", "Once, lapsed, smaller");
    assert_int_equal(tsl__contradictions_find(&next, &labels.labels, &back, NULL), TSL_OK);
    assert_non_null(back);
    assert_memory_equal(back, ((const unsigned char[]){0, 1, 0}), SEGMENTS); /* .65 is not above .72 */
    free(back);
    name(&labels, "Active, smaller", "Once, lapsed", "Small"); /* of one who is active that is no contradiction */
    assert_int_equal(tsl__contradictions_find(&next, &labels.labels, &back, NULL), TSL_OK);
    assert_null(back);
}

/* Segments that were there at the cut alone are told by their codes. */
static void test_former(void **state)
{
    (void)state;
    static char lapsed[] = "ONCE_LAPSED_LARGER", recent[] = "ONCE_RECENT", smaller[] = "ONCE_LAPSED_SMALLER";
    tsl_next_segment former[SEGMENTS] = {
        {.name = lapsed, .outcome = then[0].outcome},
        {.name = recent, .outcome = then[1].outcome},
        {.name = smaller, .outcome = then[2].outcome},
    };
    tsl_next all = {.k = SEGMENTS, .segment = former, .days = 333};
    named labels;
    name(&labels, "Champions", "Loyal", "Active, smaller");
    assert_int_equal(tsl__contradictions_mark_former(&all, &labels.labels, NULL), TSL_OK);
    assert_true(former[0].back);
    assert_false(former[1].back || former[2].back);
    assert_int_equal(labels.labels.notes.count, 1);
    assert_string_equal(
        labels.labels.notes.text[0],
        "ONCE_LAPSED_LARGER, a segment of the cut, is called \"Once, earlier, larger\", not \"Once, "
        "lapsed, larger\": 81 % of those who were in it (405 of 500) bought in the 333 days that were held out, "
        "more than the 68 % (272 of 400) of ONCE_RECENT, \"Once, recent\"");
    tsl__notes_free(&labels.labels.notes);
    labels.labels.notes = (tsl_notes){0};
    labels.segment[0].code = lapsed; /* it is there today, and has its own name */
    assert_int_equal(tsl__contradictions_mark_former(&all, &labels.labels, NULL), TSL_OK);
    assert_false(former[0].back);
    assert_int_equal(labels.labels.notes.count, 0);
}

/* Few are judged by what is certain of them: nobody of 23 is less than 14 of 20, of 3 not for certain. */
static void test_few(void **state)
{
    (void)state;
    static const struct {
        tsl_outcome_segment active;
        int speaks;
    } cases[] = {{{.size = 23, .rate = 0, .rate_low = 0, .rate_high = .143}, 1},
                 {{.size = 3, .rate = 0, .rate_low = 0, .rate_high = .5615}, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_next_segment few[] = {
            {.name = code[1], .outcome = {.size = 20, .happened = 14, .rate = .7, .rate_low = .481, .rate_high = .855}},
            {.name = code[0], .outcome = cases[i].active}};
        const tsl_next of = {.k = 2, .segment = few, .days = 95};
        named labels;
        name(&labels, "Active, smaller", "Good, gone quiet", "Small");
        assert_int_equal(tsl__contradictions_note(&of, &labels.labels, &labels.labels, NULL), TSL_OK);
        assert_int_equal(labels.labels.notes.count, cases[i].speaks);
        if (cases[i].speaks) {
            assert_non_null(strstr(labels.labels.notes.text[0], "70 % of those who were in it (14 of 20) bought"));
            assert_non_null(strstr(labels.labels.notes.text[0], "more than the 0 % (0 of 23) of segment 1"));
        }
        tsl__notes_free(&labels.labels.notes);
    }
}

/* Nobody was in it at the cut. */
static void test_unknown(void **state)
{
    (void)state;
    named labels;
    unsigned char *back;
    then[0].outcome.size = 0;
    name(&labels, "Active, smaller", "Good, gone quiet", "Small, gone quiet");
    assert_int_equal(tsl__contradictions_find(&next, &labels.labels, &back, NULL), TSL_OK);
    assert_null(back);
    check_note(&labels, &labels, NULL);
    then[0].outcome.size = 500;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_quiet), cmocka_unit_test(test_trend),
                                       cmocka_unit_test(test_once),  cmocka_unit_test(test_former),
                                       cmocka_unit_test(test_few),   cmocka_unit_test(test_unknown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
