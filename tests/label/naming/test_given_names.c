/* test_given_names.c: names that somebody gives segments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "label/internal.h"
#include "label/policy.h"

static tsl_policy *make_policy(void)
{
    static const char *const made[3][3] = {
        {"CHAMP", "Champions", "重要价值客户"}, {"S2", "High income", "收入高"}, {"S3", "Average", "无突出特征"}};
    tsl_policy *policy = NULL;
    assert_int_equal(tsl__policy_open(3, &policy, NULL), TSL_OK);
    for (size_t s = 0; s < 3; s++) {
        policy->segment[s].code = tsl__strdup(made[s][0]);
        policy->segment[s].names[0] = tsl__strdup(made[s][1]);
        policy->segment[s].names[1] = tsl__strdup(made[s][2]);
    }
    return policy;
}

static tsl_label_options options_of(const tsl_segment_name *name, size_t count)
{
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    opt.name = name;
    opt.name_count = count;
    return opt;
}

static void test_taken(void **state)
{
    (void)state;
    static const tsl_segment_name names[] = {
        {"2", {"Rich", NULL}}, {"CHAMP", {"High income", "第一"}}, {"S3", {NULL, NULL}}};
    const tsl_label_options opt = options_of(names, 3);
    tsl_policy *policy = make_policy();
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    assert_int_equal(tsl__given_names_take(&opt, policy, NULL), TSL_OK);
    assert_string_equal(policy->segment[1].names[0], "Rich");
    assert_string_equal(policy->segment[1].names[1], "收入高");
    assert_string_equal(policy->segment[0].names[0], "High income"); /* which the second no longer has */
    assert_string_equal(policy->segment[0].names[1], "第一");
    assert_string_equal(policy->segment[2].names[0], "Average");
    tsl_policy_free(policy);
}

static void check_refused(const tsl_segment_name *names, size_t count, const char *message)
{
    const tsl_label_options opt = options_of(names, count);
    tsl_policy *policy = make_policy();
    tsl_error err;
    assert_int_equal(tsl__given_names_take(&opt, policy, &err), TSL_E_OPTION);
    assert_string_equal(err.message, message);
    tsl_policy_free(policy);
}

static void test_refused(void **state)
{
    (void)state;
    check_refused(&(tsl_segment_name){"LOYAL", {"a", NULL}}, 1,
                  "names: there is no segment \"LOYAL\"; the segments are 1 to 3: CHAMP, S2, S3");
    check_refused(&(tsl_segment_name){"4", {"a", NULL}}, 1,
                  "names: there is no segment \"4\"; the segments are 1 to 3: CHAMP, S2, S3");
    check_refused(&(tsl_segment_name){"0", {"a", NULL}}, 1,
                  "names: there is no segment \"0\"; the segments are 1 to 3: CHAMP, S2, S3");
    check_refused((const tsl_segment_name[]){{"CHAMP", {"a", NULL}}, {"1", {"b", NULL}}}, 2,
                  "names: segment 1 (CHAMP) is given twice");
    check_refused(&(tsl_segment_name){"S2", {"AVERAGE", NULL}}, 1,
                  "names: S2: segments S2 and S3 would both be called \"AVERAGE\"");
    check_refused((const tsl_segment_name[]){{"S2", {NULL, "一"}}, {"S3", {NULL, "一"}}}, 2,
                  "names: S3: segments S3 and S2 would both be called \"一\"");
}

static void check_name(const char *name, const char *message)
{
    const tsl_segment_name given = {"CHAMP", {NULL, name}};
    const tsl_label_options opt = options_of(&given, 1);
    tsl_error err;
    assert_int_equal(tsl_label_check(&opt, &err), message ? TSL_E_OPTION : TSL_OK);
    assert_string_equal(err.message, message ? message : "");
}

/* 255 characters are enough, of any alphabet; one line, and something on it. */
static void test_names(void **state)
{
    (void)state;
    char name[3 * 256 + 1] = "";
    for (int i = 0; i < 255; i++) {
        strcat(name, "客");
    }
    check_name(name, NULL);
    strcat(name, "户");
    check_name(name, "names: CHAMP: the name has 256 characters, more than 255");
    check_name("", "names: CHAMP: a name is one line of text, not \"\"");
    check_name("   ", "names: CHAMP: a name is one line of text, not \"   \"");
    const tsl_segment_name two_lines = {"CHAMP", {"a\nb", NULL}}, no_text = {"CHAMP", {"\xff", NULL}},
                           nobody = {NULL, {"a", NULL}};
    const tsl_segment_name *const wrong[] = {&two_lines, &no_text, &nobody, NULL};
    for (size_t i = 0; i < 4; i++) {
        const tsl_label_options opt = options_of(wrong[i], 1);
        assert_int_equal(tsl_label_check(&opt, NULL), TSL_E_OPTION);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taken),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
