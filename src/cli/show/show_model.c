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

static tsl_status show_rule(const tsl_model *model, int cluster, char *const *label, const char *lang, tsl_error *err)
{
    char *rule = NULL, count[CLI_NUMBER_BYTES], share[CLI_NUMBER_BYTES], precision[CLI_NUMBER_BYTES],
         coverage[CLI_NUMBER_BYTES];
    tsl_status status = tsl_tree_get_rule(model->tree, cluster, label, lang, &rule, err);
    if (status != TSL_OK) {
        return status;
    }
    cli_count_write(model->size[cluster], count);
    cli_share_write((double)model->size[cluster] / (double)model->rows, share);
    cli_share_write(model->tree->precision[cluster], precision);
    cli_share_write(model->tree->coverage[cluster], coverage);
    if (strcmp(lang, "zh") == 0) {
        cli_print("\n客群 %d（%s，%s），准确率 %s，覆盖率 %s\n", cluster + 1, count, share, precision, coverage);
    } else {
        cli_print("\nSegment %d (%s, %s), precision %s, coverage %s\n", cluster + 1, count, share, precision, coverage);
    }
    print_rule(rule, lang);
    tsl_text_free(rule);
    return TSL_OK;
}

tsl_status cli_show_rules(const tsl_model *model, const char *lang, tsl_error *err)
{
    const tsl_tree *tree = model->tree;
    char *text = NULL, **label = NULL;
    tsl_status status = tsl_feature_get_labels(tree->name, tree->cols, lang, &label, err);
    if (status == TSL_OK) {
        status = tsl_tree_get_text(tree, label, lang, &text, err);
    }
    if (status == TSL_OK) {
        cli_print("%s", text);
    }
    for (int cluster = 0; cluster < model->k && status == TSL_OK; cluster++) {
        status = show_rule(model, cluster, label, lang, err);
    }
    tsl_text_free(text);
    tsl_texts_free(label, label ? tree->cols : 0);
    return status;
}

/* ---- The catalogue ---------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double get_quantile(const double *sorted, size_t count, double p)
{
    if (count == 0) {
        return NAN;
    }
    double at = p * (double)(count - 1);
    size_t below = (size_t)at;
    double next = below + 1 < count ? sorted[below + 1] : sorted[below];
    return sorted[below] + (at - (double)below) * (next - sorted[below]);
}

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

static void add_feature(cli_text_table *grid, const tsl_features *features, size_t index, const char *lang,
                        double *known)
{
    const tsl_feature *feature = &features->feature[index];
    size_t count = 0;
    double sum = 0;
    for (size_t r = 0; r < features->customers; r++) {
        double value = features->x[r * features->feature_count + index];
        if (!isnan(value)) {
            known[count++] = value;
            sum += value;
        }
    }
    qsort(known, count, sizeof *known, compare);
    cli_text_table_add(grid, feature->name);
    cli_text_table_add(grid, cli_translate(tsl_group_get_name(feature->group), lang));
    cli_text_table_add(grid, cli_translate(get_use(features, index), lang));
    cli_text_table_add(grid, feature->unit);
    cli_text_table_share(grid, 1 - (double)count / (double)features->customers);
    cli_text_table_short(grid, count ? sum / (double)count : NAN);
    cli_text_table_short(grid, get_quantile(known, count, 0.05));
    cli_text_table_short(grid, get_quantile(known, count, 0.5));
    cli_text_table_short(grid, get_quantile(known, count, 0.95));
}

tsl_status cli_show_features(const tsl_features *features, const char *lang, tsl_error *err)
{
    static const char *const heads[] = {"Feature", "Group", "Use", "Unit", "Missing", "Mean", "5 %", "Median", "95 %"};
    cli_text_table grid = {.columns = sizeof heads / sizeof *heads, .align = "wlllrrrrr"};
    double *known = calloc(features->customers + 1, sizeof *known);
    if (!known) {
        return cli_fail_nomem(err);
    }
    for (size_t c = 0; c < grid.columns; c++) {
        cli_text_table_add(&grid, cli_translate(heads[c], lang));
    }
    for (size_t f = 0; f < features->feature_count; f++) {
        add_feature(&grid, features, f, lang, known);
    }
    free(known);
    cli_text_table_print(&grid);
    return TSL_OK;
}
