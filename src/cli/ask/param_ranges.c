/* param_ranges.c: the ranges of numbers, which the library knows of its options. */
#include "cli/ask/settings.h"

#include <stddef.h>

/* The options structs among the settings. */
static const struct {
    size_t offset, size;
    const tsl_option_range *(*get)(size_t *count);
} structs[] = {
    {offsetof(cli_settings, features), sizeof(tsl_feature_options), tsl_feature_get_ranges},
    {offsetof(cli_settings, label), sizeof(tsl_label_options), tsl_label_get_ranges},
};

cli_range cli_range_get(const cli_param *param)
{
    cli_range range = {param->low, param->high, param->above};
    if (range.low != range.high) {
        return range;
    }
    for (size_t s = 0; s < sizeof structs / sizeof *structs; s++) {
        size_t count;
        const tsl_option_range *field = structs[s].get(&count);
        for (size_t i = 0; i < count; i++) {
            if (param->offset == structs[s].offset + field[i].offset) {
                return (cli_range){field[i].low, field[i].high, field[i].above};
            }
        }
    }
    return range;
}
