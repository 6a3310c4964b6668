/* test_params.c: the words of the table of parameters are the library's. */
#include "cli/ask/settings.h"
#include "cli/system/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *name_scale(int value)
{
    return tsl_scale_get_name((tsl_scale)value);
}

static const char *name_group(int value)
{
    return tsl_group_get_name((tsl_group)value);
}

static const char *name_type(int value)
{
    return tsl_column_type_get_name((tsl_column_type)value);
}

static const cli_param *find_field(const cli_param *param, const char *key)
{
    size_t f = 0;
    while (strcmp(param->record->field[f].key, key) != 0) {
        f++;
    }
    return &param->record->field[f];
}

static void choices_are_called_alike(void **state)
{
    (void)state;
    const cli_param *rules = cli_params_get_key("customers.columns");
    const struct {
        const cli_param *param;
        const char *(*name)(int value);
    } named[] = {{cli_params_get_option("scale"), name_scale},
                 {find_field(rules, "group"), name_group},
                 {find_field(rules, "type"), name_type}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        for (const cli_choice *choice = named[i].param->choices; choice->name; choice++) {
            assert_string_equal(choice->name, named[i].name(choice->value));
        }
    }
}

static void languages_are_all_there(void **state)
{
    (void)state;
    int count = 0, index;
    for (const cli_choice *choice = cli_params_get_option("lang")->choices; choice->name; choice++) {
        assert_int_equal(tsl_lang_read(choice->name, &index, NULL), TSL_OK);
        count++;
    }
    assert_int_equal(count, TSL_LANGS);
}

static void parts_to_refit_are_all_told(void **state)
{
    (void)state;
    int told = 0, count = 0;
    for (unsigned part = 1; tsl_refit_get_name(part); part <<= 1) {
        count++;
    }
    for (const cli_choice *choice = cli_params_get_option("refit")->choices; choice->name; choice++) {
        unsigned part;
        assert_int_equal(tsl_refit_read(choice->name, &part, NULL), TSL_OK);
        assert_int_equal(choice->value, part);
        told++;
    }
    assert_int_equal(told, count);
}

/* Defaults that are shown in words of their own. */
static void shares_are_the_defaults(void **state)
{
    (void)state;
    double share[2][4];
    char list[200], option[200];
    tsl_tiers_defaults(TSL_TIER_QUANTILE, 5, share[0]);
    tsl_tiers_defaults(TSL_TIER_REVENUE, 5, share[1]);
    snprintf(list, sizeof list, "[%g, %g, %g, %g]; by revenue [%g, %g, %g, %g]", share[0][0], share[0][1], share[0][2],
             share[0][3], share[1][0], share[1][1], share[1][2], share[1][3]);
    snprintf(option, sizeof option, "quantile:%g%%,%g%%,%g%%,%g%%", 100 * share[0][0], 100 * share[0][1],
             100 * share[0][2], 100 * share[0][3]);
    assert_string_equal(cli_params_get_key("tiers.shares")->unset, list);
    assert_string_equal(cli_params_get_option("tiers")->unset, option);
}

/* Each role of each table has the option that the library's messages name, and the key that the configuration has. */
static void roles_have_their_options(void **state)
{
    (void)state;
    int count = 0;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        for (int role = 0; role < TSL_ROLES; role++) {
            const char *option = tsl_role_get_option((tsl_role)role, (tsl_table_kind)kind);
            int found = 0;
            for (size_t i = 0; option && i < cli_params_get_count(); i++) {
                const cli_param *param = cli_params_get(i);
                found += param->type == CLI_ROLE && strcmp(param->option, option) == 0 && param->key &&
                         param->detail == role && param->offset == offsetof(cli_settings, table[kind]) &&
                         (param->commands & CLI_ON(CLI_RUN)) && (param->commands & CLI_ON(CLI_FEATURES));
            }
            assert_int_equal(found, option != NULL);
            count += found;
        }
    }
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        count -= cli_params_get(i)->type == CLI_ROLE;
    }
    assert_int_equal(count, 0);
}

/* A choice beside which a whole number may stand. */
static void a_line_may_be_the_header(void **state)
{
    (void)state;
    const char *const names[] = {"header", "transactions.header"};
    const char *const bad[] = {"1", "0", "-2", "2.5", "", "maybe", "4294967298", "99999999999999999999"};
    for (int i = 0; i < 2; i++) {
        const cli_param *param = i ? cli_params_get_key(names[i]) : cli_params_get_option(names[i]);
        cli_settings set;
        tsl_error err;
        cli_settings_defaults(&set);
        assert_int_equal(cli_value_read(param, &set, "no", &err), TSL_OK);
        assert_string_equal(cli_value_get_text(param, &set), "no");
        assert_int_equal(cli_value_read(param, &set, "12", &err), TSL_OK);
        assert_int_equal(i ? set.table[TSL_TRANSACTIONS].header : set.any.header, 12);
        assert_string_equal(cli_value_get_text(param, &set), "12");
        for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
            assert_int_equal(cli_value_read(param, &set, bad[b], &err), TSL_E_OPTION);
            assert_non_null(strstr(err.message, "is not yes or no, or a whole number, 2 or more"));
        }
        assert_int_equal(i ? set.table[TSL_TRANSACTIONS].header : set.any.header, 12);
    }
    tsl_error err;
    cli_settings set;
    cli_settings_defaults(&set);
    assert_int_equal(cli_value_read(cli_params_get_option("fill-merged"), &set, "2", &err), TSL_E_OPTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(choices_are_called_alike),    cmocka_unit_test(languages_are_all_there),
        cmocka_unit_test(parts_to_refit_are_all_told), cmocka_unit_test(shares_are_the_defaults),
        cmocka_unit_test(roles_have_their_options),    cmocka_unit_test(a_line_may_be_the_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
