/* test_param_ranges.c: a number is taken by the program where, and only where,
 * the library takes it. */
#include "cli/ask/settings.h"
#include "cli/system/arena.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static cli_settings fresh(void)
{
    cli_settings set;
    cli_settings_defaults(&set);
    return set;
}

/* 1: one of the library's checks says that the field is outside its range; what
 * else does not hold together there is no matter. */
static int is_refused(const cli_settings *set, const tsl_option_range *range)
{
    const tsl_run_options run = {.size = sizeof run,
                                 .features = &set->features,
                                 .kmeans = &set->kmeans,
                                 .tree = &set->tree,
                                 .labels = &set->label,
                                 .holdout_days = set->run.holdout_days,
                                 .hold = set->run.hold,
                                 .history_months = set->run.history_months,

                                 .min_cell = set->run.min_cell};
    tsl_error err;
    if (tsl_run_check(&run, &err) == TSL_OK && tsl_table_check(&set->tables, &err) == TSL_OK &&
        tsl_exec_check(&set->exec, &err) == TSL_OK && tsl_evaluation_check(&set->evaluation, &err) == TSL_OK &&
        tsl_scenario_check(&set->scenario, &err) == TSL_OK && tsl_valuation_check(&set->valuation, &err) == TSL_OK &&
        tsl_rfm_check(&set->rfm.options, &err) == TSL_OK && tsl_next_check(&set->next, &err) == TSL_OK) {
        return 0;
    }
    size_t length = strlen(range->name);
    return err.status == TSL_E_OPTION && strncmp(err.message, range->name, length) == 0 &&
           strncmp(err.message + length, ": ", 2) == 0 && strstr(err.message, " is outside ") != NULL;
}

/* The library, with the number in place `at` of the parameter's. */
static int library_takes(const cli_param *param, const tsl_option_range *range, int at, double value)
{
    cli_settings set = fresh();
    char *target = (char *)&set + param->offset + (size_t)at * sizeof(double);
    int whole = (int)value;
    memcpy(target, range->type == 'i' ? (const void *)&whole : &value,
           range->type == 'i' ? sizeof whole : sizeof value);
    return !is_refused(&set, range + at);
}

static int program_takes(const cli_param *param, int at, double value)
{
    cli_settings set = fresh();
    char text[400] = "";
    tsl_error err;
    for (int i = 0; i < param->detail || i == 0; i++) {
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s%.17g", i ? "," : "", i == at ? value : 0.5);
    }
    return cli_value_read(param, &set, text, &err) == TSL_OK;
}

static void check_edges(const cli_param *param, int at)
{
    const tsl_option_range *range = cli_range_get(param) + at;
    int whole = range->type == 'i';
    double low = range->above ? nextafter(range->low, INFINITY) : range->low;
    double below = whole ? low - 1 : range->above ? range->low : nextafter(low, -INFINITY);
    double beyond = whole ? range->high + 1 : nextafter(range->high, INFINITY);
    for (int i = 0; i < 2; i++) {
        assert_true(program_takes(param, at, i ? range->high : low));
        assert_true(library_takes(param, cli_range_get(param), at, i ? range->high : low));
        assert_false(program_takes(param, at, i ? beyond : below));
        assert_false(library_takes(param, cli_range_get(param), at,
                                   i                            ? beyond
                                   : range->unset && below == 0 ? -1
                                                                : below));
    }
    const int has_zero = range->low < 0 || (range->low == 0 && !range->above);
    assert_true(library_takes(param, cli_range_get(param), at, 0) == (range->unset || has_zero));
}

/* Each number among the parameters but those that may be anything: seeds, counts of rows, values of tiers. */
static void edges_are_those_of_the_library(void **state)
{
    (void)state;
    size_t numbers = 0;
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const cli_param *param = cli_params_get(i);
        const cli_type type = param->type;
        if (type == CLI_INT || type == CLI_NUMBER || type == CLI_SHARE || type == CLI_SHARES) {
            assert_non_null(cli_range_get(param));
            for (int at = 0; at < param->detail || at == 0; at++) {
                check_edges(param, at);
                numbers++;
            }
        }
    }
    assert_true(numbers >= 22);
}

/* What a range says of the default, which no user has asked for. */
static void defaults_are_within(void **state)
{
    (void)state;
    const cli_settings set = fresh();
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const tsl_option_range *range = cli_range_get(cli_params_get(i));
        assert_false(range && is_refused(&set, range));
    }
    cli_arena_free();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_are_those_of_the_library),
        cmocka_unit_test(defaults_are_within),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
