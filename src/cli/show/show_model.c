/* show_model.c: a model's rules and a features file's catalogue on standard
 * output. */
#include "cli/show/show_summary.h"

#include "cli/arena.h"
#include "cli/fail.h"
#include "cli/show/print.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CURVE_LINES 8

/* ---- Rules ---------------------------------------------------------------------- */

/* A rule of several leaves, one below the other. */
static void print_rule(const char *rule, const char *lang)
{
    const char *joint = strcmp(lang, "zh") == 0 ? "；或 " : "; or ";
    const char *lead = "";
    for (const char *next; (next = strstr(rule, joint)) != NULL; rule = next + strlen(joint)) {
        cli_print("  %s%.*s\n", lead, (int)(next - rule), rule);
        lead = strcmp(lang, "zh") == 0 ? "或 " : "or ";
    }
    cli_print("  %s%s\n", lead, rule);
}

/* What its rows weigh, which the share is of; empty where they count once each. */
static const char *get_weight(const tsl_model *model, int cluster, const char *lang)
{
    const double *weight = model->sweep->candidate[model->sweep->best].weight;
    char number[CLI_NUMBER_BYTES];
    if (!weight) {
        return "";
    }
    cli_short_write(cluster < model->k ? weight[cluster] : model->class_weight[cluster - model->k], number);
    return cli_format(strcmp(lang, "zh") == 0 ? "，权重 %s" : ", weight %s", number);
}

static void show_rule(const tsl_model *model, int cluster, const char *rule, const char *lang)
{
    char count[CLI_NUMBER_BYTES], share[CLI_NUMBER_BYTES], precision[CLI_NUMBER_BYTES], coverage[CLI_NUMBER_BYTES];
    const char *weight = get_weight(model, cluster, lang);
    if (tsl_model_get_size(model, cluster) == 0) {
        cli_print(strcmp(lang, "zh") == 0 ? "\n客群 %d（无人）\n" : "\nSegment %d (nobody)\n", cluster + 1);
        print_rule(rule, lang);
        return;
    }
    cli_count_write(tsl_model_get_size(model, cluster), count);
    cli_share_write(tsl_model_get_share(model, cluster), share);
    cli_share_write(model->tree->precision[cluster], precision);
    cli_share_write(model->tree->coverage[cluster], coverage);
    if (strcmp(lang, "zh") == 0) {
        cli_print("\n客群 %d（%s%s，%s），准确率 %s，覆盖率 %s\n", cluster + 1, count, weight, share, precision,
                  coverage);
    } else {
        cli_print("\nSegment %d (%s%s, %s), precision %s, coverage %s\n", cluster + 1, count, weight, share, precision,
                  coverage);
    }
    print_rule(rule, lang);
}

/* Leaves against price: some points of the curve, evenly, and the last. */
static void show_curve(const tsl_tree *tree, const char *lang)
{
    static const char *const heads[] = {"Leaves", "Price", "Agreement"};
    cli_text_table grid = {.columns = sizeof heads / sizeof *heads, .align = "rrr"};
    const size_t step = (tree->curve_count + CURVE_LINES - 1) / CURVE_LINES;
    for (size_t c = 0; c < grid.columns; c++) {
        cli_text_table_add(&grid, cli_translate(heads[c], lang));
    }
    for (size_t i = 0; i < tree->curve_count; i++) {
        if (i % step == 0 || i + 1 == tree->curve_count) {
            cli_text_table_count(&grid, (uint64_t)tree->curve[i].leaves);
            cli_text_table_number(&grid, tree->curve[i].cost_ratio, 4);
            cli_text_table_share(&grid, tree->curve[i].agreement);
        }
    }
    if (tree->curve_count) {
        cli_print("\n");
        cli_text_table_print(&grid);
    }
}

tsl_status cli_show_rules(const tsl_model *model, const char *lang, tsl_error *err)
{
    char *text = NULL;
    tsl_rule *rule = NULL;
    int index;
    tsl_status status = tsl_lang_read(lang, &index, err);
    if (status == TSL_OK) {
        status = tsl_rules_get_tree(model->tree, lang, &text, err);
    }
    if (status == TSL_OK) {
        status = tsl_rules_build(model, &rule, err);
    }
    if (status == TSL_OK) {
        cli_print("%s", text);
        for (int cluster = 0; cluster < tsl_model_get_groups(model); cluster++) {
            show_rule(model, cluster, rule[cluster].words[index], lang);
        }
        show_curve(model->tree, lang);
    }
    tsl_text_free(text);
    tsl_rules_free(rule, (size_t)tsl_model_get_groups(model));
    return status;
}

/* ---- The catalogue ---------------------------------------------------------------- */

static const char *get_use(const tsl_features *features, size_t index)
{
    const tsl_feature *feature = &features->feature[index];
    const tsl_vector *vector = &features->vector[feature->group];
    for (size_t c = 0; c < vector->cols; c++) {
        if (vector->column[c].feature == index) {
            return feature->sensitive ? "sensitive" : "vector";
        }
    }
    return feature->sensitive ? "sensitive" : feature->profile ? "profile" : "";
}

static tsl_status add_feature(cli_text_table *grid, const tsl_features *features, size_t index, const char *lang,
                              tsl_error *err)
{
    const tsl_feature *feature = &features->feature[index];
    tsl_spread spread;
    tsl_status status = tsl_features_get_spread(features, index, &spread, err);
    cli_text_table_add(grid, feature->name);
    cli_text_table_add(grid, cli_translate(tsl_group_get_name(feature->group), lang));
    cli_text_table_add(grid, cli_translate(get_use(features, index), lang));
    cli_text_table_add(grid, feature->unit);
    cli_text_table_share(grid, spread.missing);
    cli_text_table_short(grid, spread.mean);
    cli_text_table_short(grid, spread.p05);
    cli_text_table_short(grid, spread.median);
    cli_text_table_short(grid, spread.p95);
    return status;
}

tsl_status cli_show_features(const tsl_features *features, const char *lang, tsl_error *err)
{
    static const char *const heads[] = {"Feature", "Group", "Use", "Unit", "Missing", "Mean", "5 %", "Median", "95 %"};
    cli_text_table grid = {.columns = sizeof heads / sizeof *heads, .align = "wlllrrrrr"};
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < grid.columns; c++) {
        cli_text_table_add(&grid, cli_translate(heads[c], lang));
    }
    for (size_t f = 0; f < features->feature_count; f++) {
        CLI_TRY(add_feature(&grid, features, f, lang, err));
    }
    cli_text_table_print(&grid);
done:
    return status;
}
