/* param_ranges.c: the ranges of numbers, which the library knows of its options. */
#include "cli/ask/settings.h"

#include <stddef.h>

/* The options structs among the settings. */
static const struct {
    size_t offset;
    const tsl_option_range *(*get)(size_t *count);
} structs[] = {
    {offsetof(cli_settings, exec), tsl_exec_get_ranges},
    {offsetof(cli_settings, tables), tsl_table_get_ranges},
    {offsetof(cli_settings, features), tsl_feature_get_ranges},
    {offsetof(cli_settings, kmeans), tsl_kmeans_get_ranges},
    {offsetof(cli_settings, tree), tsl_tree_get_ranges},
    {offsetof(cli_settings, label), tsl_label_get_ranges},
    {offsetof(cli_settings, run), tsl_run_get_ranges},
    {offsetof(cli_settings, next), tsl_next_get_ranges},
    {offsetof(cli_settings, evaluation), tsl_evaluation_get_ranges},
    {offsetof(cli_settings, scenario), tsl_scenario_get_ranges},
    {offsetof(cli_settings, valuation), tsl_valuation_get_ranges},
    {offsetof(cli_settings, rfm.options), tsl_rfm_get_ranges},
};

const tsl_option_range *cli_range_get(const cli_param *param)
{
    for (size_t s = 0; s < sizeof structs / sizeof *structs; s++) {
        size_t count;
        const tsl_option_range *field = structs[s].get(&count);
        for (size_t i = 0; i < count; i++) {
            if (param->offset == structs[s].offset + field[i].offset) {
                return &field[i];
            }
        }
    }
    return NULL;
}
