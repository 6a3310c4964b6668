/* fitted_rules.c: what a recipe's fit took the customers' columns for, as rules
 * for reading others: of a few customers a column may look like something else,
 * or like nothing, being the same everywhere. */
#include "run/run_state.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/recipe.h"

#include <stdint.h>
#include <string.h>

static int is_plain_column(const tsl_feature *feature)
{
    return !feature->entry[0] && feature->column[0] && feature->role == TSL_ROLE_NONE;
}

static tsl_column_rule get_rule(const tsl_feature *feature)
{
    int ordinal = feature->type == TSL_TYPE_ORDINAL;
    return (tsl_column_rule){.name = feature->column,
                             .type = feature->type,
                             .group = feature->group,
                             .levels = ordinal ? (const char *const *)(uintptr_t)feature->known : NULL,
                             .level_count = ordinal ? feature->known_count : 0,
                             .sensitive = feature->sensitive,
                             .optional = 1};
}

/* What the user declares goes before. */
static void merge(tsl_column_rule *own, const tsl_column_rule *fitted)
{
    if (own->type == TSL_TYPE_AUTO) {
        own->type = fitted->type;
        own->levels = fitted->levels;
        own->level_count = fitted->level_count;
    }
    own->group = own->group == TSL_GROUP_AUTO ? fitted->group : own->group;
}

tsl_status tsl__fitted_rules_get(const tsl_recipe *recipe, const tsl_table_options *opt, tsl_column_rule **out,
                                 size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t own = opt->rule_count;
    tsl_column_rule *rule = NULL;
    *out = NULL;
    *count = 0;
    TSL__NEED(rule = tsl__alloc(own + recipe->feature_count, sizeof *rule));
    for (size_t i = 0; i < own; i++) {
        rule[i] = opt->rules[i];
    }
    *count = own;
    for (size_t f = 0; f < recipe->feature_count; f = tsl__block_end(recipe, f)) {
        if (is_plain_column(&recipe->feature[f])) {
            size_t i = 0;
            tsl_column_rule fitted = get_rule(&recipe->feature[f]);
            while (i < own && strcmp(rule[i].name, fitted.name) != 0) {
                i++;
            }
            if (i < own) {
                merge(&rule[i], &fitted);
            } else {
                rule[(*count)++] = fitted;
            }
        }
    }
    *out = rule;
done:
    return status;
}
