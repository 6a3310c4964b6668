/* inputs.c: the tables that a command reads: what is asked of each, and which file is which. */
#include "cli/inputs/inputs.h"

#include "cli/show/print.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <stddef.h>
#include <string.h>

#define LAST_DAY 2932896 /* 9999-12-31 */

tsl_table_options cli_inputs_get_options(const cli_settings *set, tsl_table_kind kind)
{
    const cli_table *asked = &set->table[kind];
    tsl_table_options opt = set->tables;
    opt.roles = asked->role;
    opt.role_count = asked->role_count;
    opt.rules = asked->rule;
    opt.rule_count = asked->rule_count;
    opt.value = set->label.value;
    opt.lookups = asked->lookup;
    opt.lookup_count = asked->lookup_count;
    opt.delimiter = (char)(cli_settings_get_source(set, "delimiter") ? set->any.delimiter : asked->delimiter);
    opt.header = cli_settings_get_source(set, "header") ? set->any.header : asked->header;
    opt.dates = (tsl_date_order)(cli_settings_get_source(set, "dates") ? set->any.dates : asked->dates);
    opt.encoding = (tsl_encoding)(cli_settings_get_source(set, "encoding") ? set->any.encoding : asked->encoding);
    opt.sheet = cli_settings_get_source(set, "sheet") ? set->any.sheet : asked->sheet;
    opt.fill_merged = cli_settings_get_source(set, "fill-merged") ? set->any.fill_merged : asked->fill_merged;
    opt.decimal = (tsl_decimal_mark)(cli_settings_get_source(set, "decimal") ? set->any.decimal : asked->decimal);
    opt.as_of = set->next.cut == TSL_NO_DAY ? set->as_of : LAST_DAY; /* after a cut all rows count */
    opt.reject_orphans = asked->reject_orphans;
    opt.where = asked->where;
    opt.purchases_told = kind == TSL_CUSTOMERS && set->table[TSL_TRANSACTIONS].files.count > 0;
    return opt;
}

/* What the reason ends with: the file's columns. */
static const char *find_columns(const char *why)
{
    const char *columns = strstr(why, "the columns are: ");
    return columns ? columns : why;
}

/* A file that check cannot tell is looked at nevertheless: as a table that there is none of so far, or as the file in
 * front of it, where it has the same columns. */
static void take_unknown(cli_settings *set, const char *path, const tsl_error *why)
{
    const size_t told = set->untold.count;
    if (!told || strcmp(find_columns(set->untold.item[told - 1]), find_columns(why->message)) != 0) {
        set->looked_at = TSL_TRANSACTIONS;
        while (set->looked_at + 1 < TSL_TABLE_KINDS && set->table[set->looked_at].files.count) {
            set->looked_at++;
        }
    }
    if (why->status == TSL_E_INPUT) { /* why stands among the findings */
        cli_say("%s is looked at as %s", path, tsl_table_kind_get_name(set->looked_at));
    }
    cli_list_add(&set->table[set->looked_at].files, path);
    cli_list_add(&set->untold, cli_copy(why->message, strlen(why->message)));
}

static tsl_status sort_files(cli_settings *set, tsl_error *err)
{
    tsl_table_options opt[TSL_TABLE_KINDS];
    const tsl_table_options *asked[TSL_TABLE_KINDS];
    tsl_status status = TSL_OK;
    for (int k = 0; k < TSL_TABLE_KINDS; k++) {
        opt[k] = cli_inputs_get_options(set, (tsl_table_kind)k);
        asked[k] = &opt[k];
    }
    for (int k = 0; k < TSL_TABLE_KINDS && set->input.count;
         k++) { /* the command line stands before the configuration */
        const char *name = tsl_table_kind_get_name((tsl_table_kind)k);
        if (cli_settings_get_source(set, name) == CLI_CONFIG) {
            set->table[k].files = (cli_list){0};
        }
    }
    for (size_t i = 0; i < set->input.count; i++) {
        const char *path = set->input.item[i];
        char reason[TSL_REASON_BYTES];
        tsl_table_kind kind;
        status = tsl_table_kind_read(&(tsl_source){.path = path}, asked, &kind, reason, err);
        if (set->command == CLI_CHECK &&
            (status == TSL_E_INPUT || status == TSL_E_NOT_FOUND || status == TSL_E_FORMAT || status == TSL_E_IO)) {
            take_unknown(set, path, err);
            status = TSL_OK;
            continue;
        }
        CLI_TRY(status);
        cli_say("%s is taken for %s, by %s", path, tsl_table_kind_get_name(kind), reason);
        cli_list_add(&set->table[kind].files, path);
    }
done:
    return status;
}

/* A column that is named on the command line is one of a table that is there. */
static tsl_status check_roles(const cli_settings *set, tsl_error *err)
{
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const cli_param *param = cli_params_get(i);
        for (int k = 0; set->given[i] == CLI_LINE && k < TSL_TABLE_KINDS; k++) {
            const int names = (param->type == CLI_ROLE && param->offset == offsetof(cli_settings, table[k])) ||
                              param->offset == offsetof(cli_settings, table[k].where);
            if (names && set->table[k].files.count == 0) {
                return cli_fail(err, TSL_E_OPTION, "--%s names a column of the %s, and there are none", param->option,
                                tsl_table_kind_get_name((tsl_table_kind)k));
            }
        }
    }
    return TSL_OK;
}

int cli_inputs_are_there(const cli_settings *set)
{
    size_t files = set->input.count;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        files += set->table[kind].files.count;
    }
    return files > 0;
}

tsl_status cli_inputs_sort(cli_settings *set, tsl_error *err)
{
    const unsigned of_tables = CLI_ON(CLI_RUN) | CLI_ON(CLI_FEATURES) | CLI_ON(CLI_CHECK) | CLI_ON(CLI_VALUE);
    const int spared = set->explain || set->histories;
    const int reads = (of_tables & CLI_ON(set->command)) != 0 && !(spared && !cli_inputs_are_there(set));
    tsl_status status = TSL_OK;
    CLI_TRY(reads ? sort_files(set, err) : TSL_OK);
    if (reads && set->table[TSL_TRANSACTIONS].files.count == 0 && set->table[TSL_CUSTOMERS].files.count == 0) {
        static const char alone[] = "interactions alone make no customers: transactions or customers are needed";
        if (set->command != CLI_CHECK) {
            return cli_fail(err, TSL_E_OPTION, "%s", alone);
        }
        cli_list_add(&set->untold, alone);
    }
    CLI_TRY(check_roles(set, err));
done:
    return status;
}
