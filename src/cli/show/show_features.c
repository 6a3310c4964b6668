/* show_features.c: the catalogue of a features file, one customer in it, and how a feature is computed, on standard
 * output. */
#include "cli/show/show_summary.h"

#include "cli/show/print.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <math.h>
#include <string.h>

static const char *get_use(const tsl_features *features, size_t index)
{
    const tsl_feature *feature = &features->feature[index];
    const tsl_vector *vector = &features->vector[feature->group];
    for (size_t c = 0; c < vector->cols; c++) {
        if (vector->column[c].feature == index) {
            return feature->sensitive ? "sensitive" : "vector";
        }
    }
    return feature->outcome ? "outcome" : feature->sensitive ? "sensitive" : feature->profile ? "profile" : "";
}

/* "▂▄▇█▃▁..": shares by the greatest of them; a stretch that holds nobody is a dot. */
static const char *draw(const tsl_spread *spread)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const size_t steps = sizeof bars / sizeof *bars;
    const char *shape = "";
    double most = 0;
    for (size_t i = 0; i < TSL_SPREAD_BARS; i++) {
        most = fmax(most, spread->bar[i]);
    }
    for (size_t i = 0; i < TSL_SPREAD_BARS && most > 0; i++) {
        const size_t height = (size_t)ceil(spread->bar[i] / most * (double)steps);
        shape = cli_format("%s%s", shape, height ? bars[height - 1] : ".");
    }
    return shape;
}

static tsl_status add_feature(cli_text_table *grid, const tsl_features *features, size_t index, const char *lang,
                              tsl_error *err)
{
    const tsl_feature *feature = &features->feature[index];
    tsl_spread spread;
    tsl_status status = tsl_features_get_spread(features, index, &spread, err);
    cli_text_table_add(grid, feature->name);
    cli_text_table_add(grid, cli_translate(get_use(features, index), lang));
    cli_text_table_add(grid, cli_translate(feature->unit, lang));
    cli_text_table_share(grid, spread.missing);
    cli_text_table_short(grid, spread.mean);
    cli_text_table_short(grid, spread.low);
    cli_text_table_short(grid, spread.q25);
    cli_text_table_short(grid, spread.median);
    cli_text_table_short(grid, spread.q75);
    cli_text_table_short(grid, spread.high);
    cli_text_table_add(grid, draw(&spread));
    return status;
}

static tsl_status add_standing(cli_text_table *grid, const tsl_features *features, size_t index, size_t customer,
                               const char *lang, tsl_error *err)
{
    const tsl_feature *feature = &features->feature[index];
    tsl_standing standing;
    tsl_status status = tsl_features_get_standing(features, customer, index, &standing, err);
    cli_text_table_add(grid, cli_feature_name(feature->name, lang));
    cli_text_table_add(grid, cli_translate(feature->unit, lang));
    cli_text_table_short(grid, standing.value);
    cli_text_table_share(grid, standing.percentile);
    cli_text_table_number(grid, standing.normalised, 3);
    return status;
}

/* The features of a group; customer: whose values, or customers: how all are distributed. */
static tsl_status show_group(const tsl_features *features, int group, size_t customer, const char *lang, tsl_error *err)
{
    static const char *const of_all[] = {"Feature", "Use",    "Unit", "Missing",  "Mean", "Least",
                                         "25 %",    "Median", "75 %", "Greatest", "Shape"},
                             *const of_one[] = {"Feature", "Unit", "Raw value", "Percentile", "Normalised"};
    const int all = customer == features->customers;
    const char *const *heads = all ? of_all : of_one;
    tsl_status status = TSL_OK;
    cli_text_table grid = {.columns = all ? sizeof of_all / sizeof *of_all : sizeof of_one / sizeof *of_one,
                           .align = all ? "wllrrrrrrrl" : "wlrrr"};
    for (size_t c = 0; c < grid.columns; c++) {
        cli_text_table_add(&grid, cli_translate(heads[c], lang));
    }
    const size_t head = grid.count;
    for (size_t f = 0; f < features->feature_count; f++) {
        if ((int)features->feature[f].group == group) {
            CLI_TRY(all ? add_feature(&grid, features, f, lang, err)
                        : add_standing(&grid, features, f, customer, lang, err));
        }
    }
    if (grid.count > head) {
        cli_print("%s\n", cli_translate(tsl_group_get_name((tsl_group)group), lang));
        cli_text_table_print(&grid);
        cli_print("\n");
    }
done:
    return status;
}

/* Pairs of columns that say nearly the same. */
static void show_correlated(const tsl_recipe *recipe, const char *lang)
{
    cli_text_table grid = {.columns = 3, .align = "llr"};
    for (size_t p = 0; p < recipe->correlated_count; p++) {
        cli_text_table_add(&grid, recipe->column[recipe->correlated[p].a].name);
        cli_text_table_add(&grid, recipe->column[recipe->correlated[p].b].name);
        cli_text_table_number(&grid, recipe->correlated[p].r, 3);
    }
    if (grid.count) {
        cli_print("%s\n", cli_translate("Columns that say nearly the same, and their correlation", lang));
        cli_text_table_print(&grid);
        cli_print("\n");
    }
}

tsl_status cli_show_components(const tsl_recipe *recipe, const char *lang, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *label = NULL;
    int any = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        const tsl_pool *pool = &recipe->pool[column->group];
        char share[CLI_NUMBER_BYTES];
        if (!column->component) {
            continue;
        }
        if (!any++) {
            cli_print("%s\n",
                      cli_translate("Principal components, their part of the variance and largest loadings", lang));
        }
        CLI_TRY(tsl_vector_column_get_label(recipe, column, lang, &label, err));
        cli_share_write(pool->variance[column->component - 1] / (double)pool->count, share);
        cli_print("  %s %s  %s\n", column->name, share, label);
        tsl_text_free(label);
        label = NULL;
    }
    cli_print("%s", any ? "\n" : "");
done:
    return status;
}

tsl_status cli_show_features(const tsl_features *features, size_t customer, const char *lang, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int group = 0; group < TSL_GROUPS; group++) {
        CLI_TRY(show_group(features, group, customer, lang, err));
    }
    if (customer == features->customers) {
        show_correlated(features->recipe, lang);
        CLI_TRY(cli_show_components(features->recipe, lang, err));
    }
done:
    return status;
}

/* ---- How a feature is computed --------------------------------------------------------- */

static tsl_status show_one(const char *name, const tsl_derivation *derivation, const char *lang, tsl_error *err)
{
    cli_text_table grid = {.columns = 2, .align = "ln"};
    char *label = NULL;
    tsl_status status = tsl_feature_get_label(name, lang, &label, err);
    cli_print(label && strcmp(label, name) != 0 ? "%s: %s\n" : "%s\n", name, label ? label : "");
    for (size_t i = 0; i < derivation->count; i++) {
        cli_text_table_add(&grid, derivation->field[i]);
        cli_text_table_add(&grid, derivation->text[i]);
    }
    cli_text_table_print(&grid);
    tsl_text_free(label);
    return status;
}

/* Each with its definition, which is told first. */
static tsl_status show_all(const tsl_feature_options *opt, const tsl_recipe *recipe, const tsl_tables *tables,
                           tsl_error *err)
{
    cli_text_table grid = {.columns = 2, .align = "ln"};
    char **name = NULL;
    size_t count = 0;
    tsl_derivation *derivation = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_derivation_get_names(opt, recipe, &name, &count, err));
    for (size_t i = 0; i < count; i++) {
        CLI_TRY(tsl_derivation_build(name[i], opt, recipe, tables, &derivation, err));
        cli_text_table_add(&grid, name[i]);
        cli_text_table_add(&grid, derivation->count ? derivation->text[0] : "");
        tsl_derivation_free(derivation);
        derivation = NULL;
    }
    cli_text_table_print(&grid);
done:
    tsl_texts_free(name, count);
    return status;
}

tsl_status cli_show_derivation(const char *name, const tsl_feature_options *opt, const tsl_recipe *recipe,
                               const tsl_tables *tables, const char *lang, tsl_error *err)
{
    tsl_derivation *derivation = NULL;
    tsl_status status = TSL_OK;
    if (strcmp(name, "all") == 0) {
        return show_all(opt, recipe, tables, err);
    }
    CLI_TRY(tsl_derivation_build(name, opt, recipe, tables, &derivation, err));
    CLI_TRY(show_one(name, derivation, lang, err));
done:
    tsl_derivation_free(derivation);
    return status;
}
