/* show_evaluation.c: what labels are worth, as short tables. */
#include "cli/show/show_summary.h"

#include "cli/show/print.h"

#include <math.h>
#include <string.h>

typedef struct figure {
    const char *name;
    double value;
    int decimals;
} figure;

static void add_cells(cli_text_table *grid, const char *const *text, size_t count, const char *lang)
{
    for (size_t i = 0; i < count; i++) {
        cli_text_table_add(grid, cli_translate(text[i], lang));
    }
}

static void show_title(const tsl_evaluation *e, const char *lang)
{
    char rows[CLI_NUMBER_BYTES], all[CLI_NUMBER_BYTES];
    cli_count_write(e->used, rows);
    cli_count_write(e->rows, all);
    if (strcmp(lang, "zh") == 0) {
        cli_print("%s / %s 行，%zu 列，%d 个标签（%s）\n\n", rows, all, e->cols, e->k, e->column);
    } else {
        cli_print("%s (%s) of %s of %s on %s\n\n", cli_count_name((uint64_t)e->k, "label"), e->column, rows,
                  cli_count_name(e->rows, "row"), cli_count_name(e->cols, "column"));
    }
}

static void show_figures(const figure *row, size_t count)
{
    cli_text_table grid = {.columns = 2, .align = "lr"};
    for (size_t i = 0; i < count; i++) {
        if (!isnan(row[i].value)) {
            cli_text_table_add(&grid, row[i].name);
            cli_text_table_number(&grid, row[i].value, row[i].decimals);
        }
    }
    cli_text_table_print(&grid);
    cli_print("\n");
}

/* Both silhouettes: by rows, with the error, and by clusters. */
static void show_silhouettes(const tsl_evaluation *e, const char *lang)
{
    static const char *const heads[] = {"Index", "Mean", "Error", "Macro", "Rows"};
    const tsl_quality *q = &e->quality;
    cli_text_table grid = {.columns = 5, .align = "lrrrr"};
    if (isnan(q->silhouette) && isnan(q->simplified_silhouette)) {
        return;
    }
    add_cells(&grid, heads, 5, lang);
    if (!isnan(q->silhouette)) {
        cli_text_table_add(&grid, cli_translate("Silhouette", lang));
        cli_text_table_number(&grid, q->silhouette, 6);
        cli_text_table_number(&grid, q->silhouette_error > 0 ? q->silhouette_error : (double)NAN, 6);
        cli_text_table_number(&grid, q->silhouette_macro, 6);
        cli_text_table_count(&grid, q->silhouette_rows);
    }
    cli_text_table_add(&grid, cli_translate("Simplified silhouette", lang));
    cli_text_table_number(&grid, q->simplified_silhouette, 6);
    cli_text_table_add(&grid, "");
    cli_text_table_number(&grid, q->simplified_macro, 6);
    cli_text_table_count(&grid, e->used);
    cli_text_table_print(&grid);
    cli_print("\n");
}

static void show_internal(const tsl_evaluation *e, const char *lang)
{
    const tsl_quality *q = &e->quality;
    const figure row[] = {{cli_translate("Inertia", lang), q->inertia, 6},
                          {cli_translate("Calinski-Harabasz", lang), q->calinski_harabasz, 4},
                          {cli_translate("Davies-Bouldin", lang), q->davies_bouldin, 6},
                          {cli_translate("BIC (X-means)", lang), q->bic, 4},
                          {cli_translate("Dunn", lang), q->dunn, 6}};
    show_silhouettes(e, lang);
    show_figures(row, sizeof row / sizeof *row);
}

/* Whether k-means finds the labels, each with its error. */
static void show_recurrence(const tsl_evaluation *e, const char *lang)
{
    static const char *const heads[] = {"Index", "Mean", "Error", "Rows"};
    const tsl_recurrence *r = e->recurrence;
    cli_text_table grid = {.columns = 4, .align = "lrrr"};
    if (!r) {
        return;
    }
    const struct {
        const char *name;
        double value, error;
        size_t rows;
    } row[] = {{"Found by k-means", r->agreement, r->agreement_error, r->rows},
               {"k-means with itself", r->between, r->between_error, r->rows},
               {"Gap", r->gap, r->gap_error, r->sample_rows},
               {"Prediction strength", r->strength, r->strength_error, r->sample_rows}};
    add_cells(&grid, heads, 4, lang);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (!isnan(row[i].value)) {
            cli_text_table_add(&grid, cli_translate(row[i].name, lang));
            cli_text_table_number(&grid, row[i].value, 4);
            cli_text_table_number(&grid, row[i].error, 4);
            cli_text_table_count(&grid, row[i].rows);
        }
    }
    cli_text_table_print(&grid);
    cli_print("\n");
}

static void show_external(const tsl_evaluation *e, const char *lang)
{
    char rows[CLI_NUMBER_BYTES];
    const tsl_comparison *c = e->comparison;
    if (!c) {
        return;
    }
    const figure row[] = {{cli_translate("Adjusted Rand", lang), c->adjusted_rand, 6},
                          {cli_translate("Adjusted mutual information", lang), c->adjusted_mutual_information, 6},
                          {cli_translate("Normalised mutual information", lang), c->normalised_mutual_information, 6},
                          {cli_translate("V-measure", lang), c->v_measure, 6},
                          {cli_translate("Homogeneity", lang), c->homogeneity, 6},
                          {cli_translate("Completeness", lang), c->completeness, 6},
                          {cli_translate("Fowlkes-Mallows", lang), c->fowlkes_mallows, 6},
                          {cli_translate("Rand", lang), c->rand, 6},
                          {cli_translate("Pair-sets index", lang), c->pair_sets_index, 6},
                          {cli_translate("Normalised accuracy", lang), c->normalised_accuracy, 6},
                          {cli_translate("Matched rows", lang), c->matched_share, 6}};
    cli_count_write(c->rows, rows);
    if (strcmp(lang, "zh") == 0) {
        cli_print("与 %d 个真实标签（%s）相比，%s 行：\n\n", e->truth_k, e->truth_column, rows);
    } else {
        cli_print("Against %s (%s) of %s:\n\n", cli_count_name((uint64_t)e->truth_k, "true label"), e->truth_column,
                  cli_count_name(c->rows, "row"));
    }
    show_figures(row, sizeof row / sizeof *row);
}

/* Which columns the table of the labels has. */
typedef struct shown {
    int weight, error, truth;
    double all; /* weight of all labels */
} shown;

static void add_group(cli_text_table *grid, const tsl_evaluation *e, int i, const shown *with)
{
    const tsl_cluster_quality *of = &e->cluster[i];
    const tsl_comparison *c = e->comparison;
    cli_text_table_add(grid, e->name[i]);
    cli_text_table_count(grid, of->size);
    if (with->weight) {
        cli_text_table_short(grid, of->weight);
    }
    cli_text_table_share(grid, of->weight / with->all);
    cli_text_table_number(grid, of->silhouette, 4);
    if (with->error) {
        cli_text_table_number(grid, of->silhouette_error, 4);
    }
    cli_text_table_number(grid, of->simplified_silhouette, 4);
    cli_text_table_short(grid, of->mean_distance);
    if (e->recurrence) {
        cli_text_table_number(grid, e->recurrence->jaccard[i], 2);
    }
    if (with->truth) {
        cli_text_table_add(grid, c->match[i] >= 0 ? e->truth_name[c->match[i]] : "–");
        cli_text_table_short(grid, c->matched[i]);
    }
}

/* More labels than anybody reads stand in --json alone. */
#define MOST_GROUPS 100

static void show_groups(const tsl_evaluation *e, const char *lang)
{
    shown with = {e->weighted, e->quality.silhouette_error > 0, e->comparison != NULL, 0};
    const struct {
        const char *head;
        char align;
        int is_shown;
    } column[] = {{"Label", 'w', 1},
                  {"Rows", 'r', 1},
                  {"Weight", 'r', with.weight},
                  {"Share", 'r', 1},
                  {"Silhouette", 'r', 1},
                  {"Error", 'r', with.error},
                  {"Simplified", 'r', 1},
                  {"Distance", 'r', 1},
                  {"Jaccard", 'r', e->recurrence != NULL},
                  {"Truth", 'l', with.truth},
                  {"In both", 'r', with.truth}};
    char align[CLI_GRID_COLUMNS] = "";
    cli_text_table grid = {.align = align};
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        if (column[i].is_shown) {
            align[grid.columns++] = column[i].align;
        }
    }
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        if (column[i].is_shown) {
            cli_text_table_add(&grid, cli_translate(column[i].head, lang));
        }
    }
    for (int i = 0; i < e->k; i++) {
        with.all += e->cluster[i].weight;
    }
    for (int i = 0; i < e->k && i < MOST_GROUPS; i++) {
        add_group(&grid, e, i, &with);
    }
    cli_text_table_print(&grid);
    if (e->k > MOST_GROUPS) {
        cli_print(strcmp(lang, "zh") == 0 ? "  …… 共 %d 个\n" : "  ... of %d\n", e->k);
    }
}

void cli_show_evaluation(const tsl_evaluation *evaluation, const char *lang)
{
    show_title(evaluation, lang);
    show_internal(evaluation, lang);
    show_recurrence(evaluation, lang);
    show_external(evaluation, lang);
    show_groups(evaluation, lang);
}
