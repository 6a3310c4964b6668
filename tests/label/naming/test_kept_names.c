/* test_kept_names.c: segments keep names by their codes; others do not take them; a name that the customers contradict
 * is noted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/notes.h"
#include "label/naming/naming.h"
#include "label/policy.h"

#include <stdlib.h>
#include <string.h>

enum { SEGMENTS = 3 };

/* Names as they were found, in the policy. */
static tsl_labels open_labels(const char *const *code, const char *const *found)
{
    tsl_labels labels = {.segment_count = SEGMENTS};
    assert_int_equal(tsl__policy_open(SEGMENTS, &labels.policy, NULL), TSL_OK);
    for (size_t s = 0; s < SEGMENTS; s++) {
        labels.policy->segment[s].code = tsl__strdup(code[s]);
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            labels.policy->segment[s].names[lang] = tsl__format("%s%s", found[s], lang ? "（中）" : "");
        }
    }
    return labels;
}

static void take(tsl_labels *labels, const tsl__kept_names *kept, const char *quiet_base)
{
    tsl__naming naming[SEGMENTS] = {{.base = {quiet_base, quiet_base}}};
    const tsl__labeling job = {.labels = labels, .kept = kept};
    const tsl__naming_plan plan = {.job = &job, .labels = labels, .k = SEGMENTS, .naming = naming};
    assert_int_equal(tsl__kept_names_take(&plan, NULL), TSL_OK);
}

static void check_name(const tsl_labels *labels, size_t s, const char *name)
{
    assert_string_equal(labels->policy->segment[s].names[0], name);
}

static void close_labels(tsl_labels *labels)
{
    tsl_policy_free(labels->policy);
    tsl__notes_free(&labels->notes);
}

static void test_by_code(void **state)
{
    (void)state;
    static const char *const code[] = {"GOOD_QUIET", "S2", "NEW"}, *const found[] = {"Good, between orders", "B", "C"};
    static const tsl_segment_name name[] = {
        {"S2", {"c", "丙"}}, {"GONE", {"x", "x"}}, {"GOOD_QUIET", {"Good, gone quiet: few", "优质"}}};
    tsl_labels labels = open_labels(code, found);
    take(&labels, &(tsl__kept_names){.name = name, .count = 3}, "Good, between orders");
    check_name(&labels, 0, "Good, gone quiet: few");
    check_name(&labels, 1, "c");
    check_name(&labels, 2, "C 2"); /* whatever the case */
    assert_string_equal(labels.policy->segment[1].names[1], "丙");
    assert_string_equal(labels.policy->segment[2].names[1], "C（中） 2");
    assert_int_equal(labels.notes.count, 1);
    assert_string_equal(
        labels.notes.text[0],
        "segment 1 (GOOD_QUIET) keeps the name \"Good, gone quiet: few\"; by its customers now it would "
        "be called \"Good, between orders\"");
    close_labels(&labels);
}

/* Two whose names would change places. */
static void test_changed_places(void **state)
{
    (void)state;
    static const char *const code[] = {"S1", "S2", "S3"}, *const found[] = {"Many units", "Few units", "Other"};
    static const tsl_segment_name name[] = {{"S1", {"Few units", "甲"}}, {"S2", {"Many units", "乙"}}};
    tsl_labels labels = open_labels(code, found);
    take(&labels, &(tsl__kept_names){.name = name, .count = 2}, NULL);
    check_name(&labels, 0, "Few units");
    check_name(&labels, 1, "Many units");
    check_name(&labels, 2, "Other");
    assert_int_equal(labels.notes.count, 2);
    close_labels(&labels);
    labels = open_labels(code, found);
    take(&labels, &(tsl__kept_names){.name = name, .count = 2, .placed = 1}, NULL); /* places by a target */
    check_name(&labels, 0, "Few units");
    assert_int_equal(labels.notes.count, 0);
    close_labels(&labels);
}

static void test_contradictions(void **state)
{
    (void)state;
    static const struct {
        const char *code, *base, *name;
        int contradicts;
    } cases[] = {{"LOYAL", "Loyal", "Loyal, gone quiet", 1},
                 {"LOYAL", "Loyal, gone quiet", "Loyal, gone quiet", 0},
                 {"LOYAL", "Loyal, gone quiet", "Loyal: many", 1},
                 {"LOYAL", "Loyal", "Loyal: many", 0},
                 {"LOYAL", "Loyal", "Key accounts", 0},
                 {"ACTIVE_SMALL", "Active", "Active, smaller: many", 1},
                 {"ACTIVE_SMALL", "Active, smaller", "Active: many", 1},
                 {"ACTIVE_SMALL", "Active", "Active: many", 0},
                 {"ONCE", "Once", "Potential", 0},
                 {"S1", NULL, "Loyal", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const base[TSL_LANGS] = {cases[i].base, cases[i].base};
        assert_int_equal(tsl__base_contradicts(cases[i].code, base, cases[i].name), cases[i].contradicts);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_code), cmocka_unit_test(test_changed_places),
                                       cmocka_unit_test(test_contradictions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
