/* test_stage_options.c: what is asked of the stages, and cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <tesela/label.h>

static tsl_label_options opt;

static int reset(void **state)
{
    (void)state;
    TSL_DEFAULTS(label, &opt);
    return 0;
}

static void refuse(const char *expected)
{
    tsl_error err;
    assert_int_equal(tsl_label_check(&opt, &err), TSL_E_OPTION);
    if (!strstr(err.message, expected)) {
        fail_msg("%s: expected %s", err.message, expected);
    }
}

static void test_levels(void **state)
{
    (void)state;
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    opt.levels.lost = .4;
    refuse("lost from a probability of 0.4 on is below at risk from 0.5 on");
    opt.levels.lost = .5;
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    reset(NULL);
    opt.levels.back = 0;
    refuse("levels.back");
    reset(NULL);
    opt.levels.mature_purchases = 1;
    refuse("levels.mature_purchases");
    reset(NULL);
    opt.new_days = -1;
    refuse("new_days");
}

static void test_words(void **state)
{
    (void)state;
    tsl_segment_name name = {"at_rsk", {"Sleeping", NULL}};
    opt.vocabulary = TSL_VOCABULARIES;
    refuse("no vocabulary");
    reset(NULL);
    opt.stage_basis = (tsl_stage_basis)9;
    refuse("nothing that stages go by");
    reset(NULL);
    opt.stage_name_count = 1;
    refuse("none is");
    opt.stage_name = &name;
    refuse("did you mean \"at_risk\"?");
    name.segment = "at_risk";
    assert_int_equal(tsl_label_check(&opt, NULL), TSL_OK);
    name.names[1] = "两\n行";
    refuse("lifecycle.names: at_risk: a name is one line of text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup(test_levels, reset),
                                       cmocka_unit_test_setup(test_words, reset)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
