/* test_memory.c: the n-th allocation fails, for every n: an error, no crash, no leak, and no folder. */
#include "failing.h"

#include <stdio.h>
#include <tesela/synth.h>

#include "store/scratch.h"

static tsl_status make(void *user, tsl_error *err)
{
    static const tsl_defect_share share[] = {{"all", .005}, {"utf16_file", 1}, {"title_above", 1}};
    const char *path = user;
    tsl_dirty_options opt;
    TSL_DEFAULTS(dirty, &opt);
    opt.lines = 40;
    opt.customers = 20;
    opt.share = share;
    opt.share_count = sizeof share / sizeof *share;
    const tsl_status status = tsl_dirty_write(path, 1, &opt, NULL, err);
    assert_int_equal(status, err->status);
    return status;
}

static void makes_all_or_nothing(void **state)
{
    char path[512];
    (void)state;
    snprintf(path, sizeof path, "%s", scratch_path("d"));
    sweep_failures(make, path, 20);
}

static tsl_status make_scenario(void *user, tsl_error *err)
{
    const tsl_scenario_options opt = {sizeof opt, 20, 60, 20, 1};
    const tsl_exec exec = {.size = sizeof exec, .threads = 1};
    const tsl_status status = tsl_scenario_write(user, 1, "company", &opt, &exec, NULL, err);
    assert_int_equal(status, err->status);
    return status;
}

static void plays_all_or_nothing(void **state)
{
    char path[512];
    (void)state;
    snprintf(path, sizeof path, "%s", scratch_path("s"));
    sweep_failures(make_scenario, path, 20);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {TEST(makes_all_or_nothing), TEST(plays_all_or_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
