/* make_trees.c: writes trees in every format, with rows and the segment that tsl_tree_predict gives each, for
 * check_trees.py to ask the formats the same.
 *
 *     make_trees FOLDER                        many trees and rows drawn at random, thresholds among them
 *     make_trees FOLDER NAME MODEL FEATURES    a model's tree and the customers of a features file
 *
 * NAME.rows: fields between tabs, the first line names; texts as "t" and their bytes in hexadecimal digits,
 * numbers as "d" and C's %a, "n": missing. The first field is the segment. */
#include "base/rng.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/tesela.h>

enum { NUMBERS = 7, BOOLEANS = 2, LEVELS = 7, COLS = NUMBERS + BOOLEANS + LEVELS, K = 5, TREES = 60, NODES = 81 };

static tsl_error err;

static void must(tsl_status status)
{
    if (status != TSL_OK) {
        fprintf(stderr, "make_trees: %s\n", err.message);
        exit(1);
    }
}

/* ---- Writing ------------------------------------------------------------------ */

static void put_text(FILE *file, const char *text)
{
    fputc('t', file);
    for (; *text; text++) {
        fprintf(file, "%02x", (unsigned char)*text);
    }
}

static void put_number(FILE *file, double value)
{
    if (isnan(value)) {
        fputc('n', file);
    } else {
        fprintf(file, "d%a", value);
    }
}

static const char *path_of(const char *folder, const char *name, const char *ending)
{
    static char path[1024];
    snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending);
    return path;
}

static void write_formats(const char *folder, const char *name, const tsl_segmentation *segmentation)
{
    tsl_rules_options opt;
    TSL_DEFAULTS(rules, &opt);
    for (int f = 0; f < TSL_RULES_FORMATS; f++) {
        opt.format = (tsl_rules_format)f;
        opt.lang = f % 2 ? "zh" : "en";
        for (int d = 0; d < (f == TSL_RULES_SQL ? TSL_SQL_DIALECTS : 1); d++) {
            opt.dialect = (tsl_sql_dialect)d;
            const char *ending =
                f == TSL_RULES_SQL ? tsl_sql_dialect_get_name(opt.dialect) : tsl_rules_format_get_name(opt.format);
            const tsl_target target = {.path = path_of(folder, name, ending), .replace = 1};
            const tsl_status status = tsl_rules_write(segmentation, &opt, &target, &err);
            if (f != TSL_RULES_SQL || status != TSL_E_INPUT) { /* check_trees.py knows which may be refused */
                must(status);
            }
        }
    }
}

/* ---- Trees at random -------------------------------------------------------------- */

/* The first is cut in some trees only: no database but PostgreSQL has it beside the second. */
static const char *const names[COLS] = {
    "RECENCY_DAYS",   "recency_days",    "a \"quoted\" name", "with, comma; 'and' `tick` \\",
    "中文列 🙂", "line\nbreak <&>", "segment",           "HomeOwner",
    "is it?",         "Gender=F\\",      "Gender=M",          "Gender=other",
    "城市=上海",      "城市=O'Hare\\",   "城市=\"x\" & <y>",  "城市=a=b"};
static const char *const levels[LEVELS] = {"F\\", "M", "", "上海", "O'Hare\\", "\"x\" & <y>", "a=b"};
static const char *const others[2] = {"X 'other'", "Paris"}; /* values that no level names */

static tsl__rng rng;

/* 0 to n - 1 */
static size_t draw(size_t n)
{
    return (size_t)tsl__rng_below(&rng, n);
}

static tsl_tree_form form_of(size_t column)
{
    return column < NUMBERS ? TSL_TREE_NUMBER : column < NUMBERS + BOOLEANS ? TSL_TREE_BOOLEAN : TSL_TREE_LEVEL;
}

static double draw_number(void)
{
    switch (draw(8)) {
    case 0:
        return (double)draw(10);
    case 1:
        return ((double)draw(2000000) - 1e6) / 10000;
    case 2:
        return (double)draw(1000000) / 1e7;
    case 3:
        return tsl__rng_uniform(&rng) * 1000;
    case 4:
        return -exp(1400 * tsl__rng_uniform(&rng) - 700);
    case 5:
        return 1 / (1 + (double)draw(100));
    case 6:
        return ldexp((double)draw((size_t)1 << 53), -1074);
    default:
        return exp(60 * tsl__rng_uniform(&rng) - 30);
    }
}

static double draw_threshold(size_t column)
{
    const size_t kind = draw(10);
    if (kind == 0) {
        return (double)INFINITY;
    }
    if (form_of(column) != TSL_TREE_NUMBER) {
        return kind == 1 ? 1 : kind == 2 ? -0.5 : kind == 3 ? 0.5 : 0;
    }
    return draw_number();
}

/* Splits leaves until there are so many nodes, by columns from `first` on. */
static void draw_tree(tsl_tree *tree, tsl_tree_node *node, size_t first)
{
    size_t count = 1, wanted = 1 + 2 * draw((NODES + 1) / 2);
    node[0] = (tsl_tree_node){-1, -1, -1, 0, -1, (int32_t)draw(K), -1, 1000000, 0};
    while (count < wanted) {
        const int32_t at = (int32_t)draw(count);
        if (node[at].column >= 0) {
            continue;
        }
        node[at].column = (int32_t)(first + draw(COLS - first));
        node[at].threshold = draw_threshold((size_t)node[at].column);
        node[at].missing_left = (int32_t)draw(3) - 1;
        node[at].cluster = -1;
        const uint64_t left = draw(2) ? node[at].rows / 2 : draw((size_t)node[at].rows + 1);
        for (int side = 0; side < 2; side++) {
            *(side ? &node[at].right : &node[at].left) = (int32_t)count;
            node[count++] =
                (tsl_tree_node){-1, -1, -1, 0, -1, (int32_t)draw(K), at, side ? node[at].rows - left : left, 0};
        }
    }
    for (size_t i = 0; i < count; i++) {
        node[i].hits = node[i].column < 0 ? draw((size_t)node[i].rows + 1) : 0;
    }
    tree->node = node;
    tree->node_count = count;
    tree->leaves = (int)(count + 1) / 2;
}

/* A category's value: one of its levels, one of none, or missing. */
static const char *draw_category(size_t first, size_t count, double *x)
{
    const size_t kind = draw(count + 2);
    for (size_t l = 0; l < count; l++) {
        x[first + l] = kind == count + 1 ? (double)NAN : 0;
    }
    if (kind < count && levels[first - NUMBERS - BOOLEANS + kind][0]) {
        x[first + kind] = 1;
        return levels[first - NUMBERS - BOOLEANS + kind];
    }
    if (kind == count + 1) {
        return NULL;
    }
    if (count == 3) {
        x[first + 2] = 1; /* Gender has a feature for the rest */
    }
    return others[draw(2)];
}

static double draw_value(const tsl_tree *tree, size_t column)
{
    const tsl_tree_node *node = &tree->node[draw(tree->node_count)];
    const double near = node->column == (int32_t)column && isfinite(node->threshold) ? node->threshold : draw_number();
    switch (draw(6)) {
    case 0:
        return (double)NAN;
    case 1:
        return nextafter(near, (double)INFINITY);
    case 2:
        return nextafter(near, -(double)INFINITY);
    case 3:
        return draw_number();
    default:
        return near;
    }
}

enum { ROWS = 400 };

static void write_rows(const char *folder, const char *name, const tsl_tree *tree)
{
    static double x[ROWS][COLS];
    static int32_t cluster[ROWS];
    static const char *text[ROWS][2];
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t c = 0; c < NUMBERS; c++) {
            x[r][c] = draw_value(tree, c);
        }
        for (size_t c = NUMBERS; c < NUMBERS + BOOLEANS; c++) {
            const size_t value = draw(3);
            x[r][c] = value == 2 ? (double)NAN : (double)value;
        }
        text[r][0] = draw_category(NUMBERS + BOOLEANS, 3, x[r]);
        text[r][1] = draw_category(NUMBERS + BOOLEANS + 3, 4, x[r]);
    }
    must(tsl_tree_predict(tree, &(tsl_matrix){x, ROWS, COLS, COLS, TSL_F64}, NULL, NULL, cluster, &err));
    FILE *file = fopen(path_of(folder, name, "rows"), "w");
    for (size_t c = 0; c < NUMBERS + BOOLEANS; c++) {
        fprintf(file, "\t");
        put_text(file, names[c]);
    }
    fprintf(file, "\t");
    put_text(file, "Gender");
    fprintf(file, "\t");
    put_text(file, "城市");
    for (size_t r = 0; r < ROWS; r++) {
        fprintf(file, "\n%d", cluster[r] + 1);
        for (size_t c = 0; c < NUMBERS + BOOLEANS; c++) {
            fputc('\t', file);
            put_number(file, x[r][c]);
        }
        for (int i = 0; i < 2; i++) {
            fputc('\t', file);
            if (text[r][i]) {
                put_text(file, text[r][i]);
            } else {
                fputc('n', file);
            }
        }
    }
    fputc('\n', file);
    fclose(file);
}

/* Texts of what the library makes are not const. */
static char *text(const char *literal)
{
    return (char *)(uintptr_t)literal;
}

static void write_random(const char *folder)
{
    static tsl_feature feature[COLS];
    static tsl_tree_column column[COLS];
    static tsl_tree_node node[NODES + 2];
    static uint64_t size[K] = {50, 40, 0, 30, 20};
    static double half[K] = {.5, .25, (double)NAN, 1, 0};
    tsl_policy_segment segment[K] = {{.names = {text("It's"), text("它")}, .number = 1, .colour = 0},
                                     {.names = {text("a\\b"), text("“乙”")}, .number = 2, .colour = 1},
                                     {.names = {text("<c>"), text("丙")}, .number = 3, .colour = 2},
                                     {.names = {text("d\"d"), text("丁")}, .number = 4, .colour = 3},
                                     {.names = {text("e, f"), text("戊")}, .number = 5, .colour = 4}};
    char *code[K] = {text("CHAMP"), text(""), text("X"), text("Y"), text("")};
    tsl_candidate candidate = {.k = K};
    tsl_sweep sweep = {.count = 1, .candidate = &candidate};
    tsl_policy policy = {.segment_count = K, .segment = segment};
    tsl_recipe recipe = {.feature = feature, .feature_count = COLS};
    for (size_t c = 0; c < COLS; c++) {
        const int level = form_of(c) == TSL_TREE_LEVEL, gender = c < NUMBERS + BOOLEANS + 3;
        const size_t at = c - NUMBERS - BOOLEANS;
        char *category = text(gender ? "Gender" : "城市");
        column[c] = (tsl_tree_column){names[c], form_of(c), level ? category : "",
                                      level ? (levels[at][0] ? levels[at] : "other") : ""};
        feature[c] = (tsl_feature){.name = text(names[c]),
                                   .unit = text(""),
                                   .definition = text("as drawn"),
                                   .form = level ? TSL_FORM_VALUE : TSL_FORM_NUMBER,
                                   .block = level ? (gender ? COLS : COLS + 1) : c,
                                   .column = level ? category : text(""),
                                   .level = level ? text(levels[at]) : text(""),
                                   .rest = level && !levels[at][0]};
    }
    for (int t = 0; t < TREES; t++) {
        tsl_tree tree = {.k = K,
                         .cols = COLS,
                         .column = column,
                         .cost_ratio = 1.25,
                         .agreement = .875,
                         .precision = half,
                         .coverage = half};
        tsl_model model = {.k = K, .size = size, .sweep = &sweep, .tree = &tree, .code = t % 2 ? code : NULL};
        const tsl_segmentation segmentation = {&recipe, &model, t % 3 ? &policy : NULL, NULL};
        char name[32];
        rng = tsl__rng_open((uint64_t)t + 1, 7, 0);
        draw_tree(&tree, node, t % 6 ? 1 : 0);
        snprintf(name, sizeof name, "random-%d", t);
        write_formats(folder, name, &segmentation);
        write_rows(folder, name, &tree);
    }
}

/* ---- A model's ------------------------------------------------------------------------- */

static size_t find_category(const tsl_features *features, const char *name)
{
    size_t c = 0;
    while (c < features->category_count && strcmp(features->category[c].name, name) != 0) {
        c++;
    }
    return c;
}

static void put_customer(FILE *file, const tsl_features *features, const tsl_tree *tree, const double *x, size_t row)
{
    for (size_t c = 0; c < tree->cols; c++) {
        fputc('\t', file);
        if (tree->column[c].form != TSL_TREE_LEVEL) {
            put_number(file, x[c]);
            continue;
        }
        const tsl_category *of = &features->category[find_category(features, tree->column[c].category)];
        if (of->code[row] < 0) {
            fputc('n', file);
        } else {
            put_text(file, of->level[of->code[row]]);
        }
    }
}

static void write_model(const char *folder, const char *name, const char *model, const char *from)
{
    tsl_segmentation *segmentation;
    tsl_features *features;
    must(tsl_segmentation_read(&(tsl_source){.path = model}, &segmentation, &err));
    must(tsl_features_read(&(tsl_source){.path = from}, NULL, &features, &err));
    const tsl_tree *tree = segmentation->model->tree;
    double *x = malloc(features->customers * tree->cols * sizeof *x);
    int32_t *cluster = malloc(features->customers * sizeof *cluster);
    for (size_t r = 0; r < features->customers; r++) {
        for (size_t c = 0; c < tree->cols; c++) {
            x[r * tree->cols + c] =
                features->x[r * features->feature_count + tsl_features_get_index(features, tree->column[c].name)];
        }
    }
    must(tsl_tree_predict(tree, &(tsl_matrix){x, features->customers, tree->cols, tree->cols, TSL_F64}, NULL, NULL,
                          cluster, &err));
    write_formats(folder, name, segmentation);
    FILE *file = fopen(path_of(folder, name, "rows"), "w");
    for (size_t c = 0; c < tree->cols; c++) {
        fputc('\t', file);
        put_text(file, tree->column[c].form == TSL_TREE_LEVEL ? tree->column[c].category : tree->column[c].name);
    }
    for (size_t r = 0; r < features->customers; r++) {
        fprintf(file, "\n%d", cluster[r] + 1);
        put_customer(file, features, tree, x + r * tree->cols, r);
    }
    fputc('\n', file);
    fclose(file);
    free(x);
    free(cluster);
    tsl_features_free(features);
    tsl_segmentation_free(segmentation);
}

int main(int argc, char **argv)
{
    if (argc == 5) {
        write_model(argv[1], argv[2], argv[3], argv[4]);
    } else {
        write_random(argv[1]);
    }
    return 0;
}
