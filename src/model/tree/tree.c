/* tree.c: the explanation tree and how well it tells the clusters apart. */
#include "model/tree/tree.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "kernel/kernel.h"
#include "model/cluster_means.h"
#include "model/matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SMALL_CELLS 100000    /* raw values that are not worth a second thread */
#define GATHER_BYTES 1048576  /* of sums that columns are gathered in together */
#define TILE_BYTES 65536      /* of distances that are gathered at once */
#define MARGIN_BYTES 16777216 /* of the margins of a column; beyond, they are left out */
#define LEAVES_A_CLUSTER 2
#define CURVE_A_CLUSTER 4
#define CURVE_MOST 1024
#define LEAST_SHARE 0.001 /* of the weight in a leaf of growth, where there are */
#define LEAST_ROWS 200000 /* so many rows; of fewer less, in proportion */

/* ---- Options ------------------------------------------------------------- */

void tsl_tree_defaults(tsl_tree_options *opt, size_t size)
{
    const tsl_tree_options full = {.size = sizeof full, .method = TSL_TREE_GREEDY, .round = 0.005};
    tsl__options_give(opt, size, &full, sizeof full);
}

static const tsl_option_range ranges[] = {
    TSL__RANGE(tsl_tree_options, leaves, .low = 1, .high = 1e6, .unset = 1),
    TSL__RANGE(tsl_tree_options, round, .high = 1),
    TSL__RANGE(tsl_tree_options, curve, .low = 1, .high = 1e6, .unset = 1),
    TSL__RANGE(tsl_tree_options, least, .above = 1, .high = 1, .unset = 1),
};

const char *tsl_tree_method_get_name(tsl_tree_method method)
{
    static const char *const name[] = {"greedy", "imm", "shallow"};
    return (unsigned)method < TSL_TREE_METHODS ? name[method] : NULL;
}

const tsl_option_range *tsl_tree_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

static tsl_status take_options(const tsl_tree_options *given, tsl_tree_options *opt, tsl_error *err)
{
    TSL_DEFAULTS(tree, opt);
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_take("tree", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
    if ((unsigned)opt->method >= TSL_TREE_METHODS) {
        status = tsl__error_set(err, TSL_E_OPTION, "method: %d is no method of trees", (int)opt->method);
    }
done:
    return status;
}

tsl_status tsl_tree_check(const tsl_tree_options *opt, tsl_error *err)
{
    tsl_tree_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

/* ---- Checks -------------------------------------------------------------- */

static tsl_status check_labels(const int32_t *label, size_t rows, int k, tsl_error *err)
{
    for (size_t r = 0; r < rows; r++) {
        if (label[r] < 0 || label[r] >= k) {
            return tsl__error_set(err, TSL_E_INPUT, "row %zu: label %d is outside 0 to %d", r + 1, label[r], k - 1);
        }
    }
    return TSL_OK;
}

static tsl_status check(const tsl__tree_work *w, const tsl_raw_columns *raw, int leaves, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__matrix_check_layout(raw->values, err));
    if (w->k < 1 || w->k > TSL_CLUSTERS_MAX) {
        return tsl__error_set(err, TSL_E_OPTION, "k: %d is outside 1 to %d", w->k, TSL_CLUSTERS_MAX);
    }
    if (leaves && leaves < w->k) {
        return tsl__error_set(err, TSL_E_OPTION, "leaves: %d; expected at least one for each of the %d clusters",
                              leaves, w->k);
    }
    if (!w->raw->rows || !w->raw->cols || w->x->rows != w->raw->rows) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "the raw matrix is %zu x %zu; expected a column at least, and the %zu rows of clustering",
                              w->raw->rows, w->raw->cols, w->x->rows);
    }
    for (size_t c = 0; raw->column && c < w->raw->cols; c++) {
        tsl_tree_form form = raw->column[c].form;
        if (form < TSL_TREE_NUMBER || form > TSL_TREE_LEVEL) {
            return tsl__error_set(err, TSL_E_OPTION, "raw column %zu: %d is no form", c + 1, (int)form);
        }
    }
    TSL__TRY(check_labels(w->label, w->x->rows, w->k, err));
done:
    return status;
}

/* ---- The tree ------------------------------------------------------------ */

static char *copy_text(const char *text)
{
    return tsl__strdup(text ? text : "");
}

static int columns_open(const tsl_tree_column *from, size_t cols, tsl_tree_column *column)
{
    for (size_t c = 0; c < cols; c++) {
        const int level = from && from[c].form == TSL_TREE_LEVEL;
        column[c].name = from && from[c].name ? tsl__strdup(from[c].name) : tsl__format("c%zu", c + 1);
        column[c].form = from ? from[c].form : TSL_TREE_NUMBER;
        column[c].category = copy_text(level ? from[c].category : NULL);
        column[c].level = copy_text(level ? from[c].level : NULL);
        if (!column[c].name || !column[c].category || !column[c].level) {
            return 0;
        }
    }
    return 1;
}

static tsl_tree *tree_open(const tsl__tree_work *w, const tsl_tree_column *column)
{
    tsl_tree *tree = tsl__alloc_zero(1, sizeof *tree);
    if (!tree) {
        return NULL;
    }
    size_t k = (size_t)w->k, cols = w->raw->cols;
    tree->k = w->k;
    tree->cols = cols;
    tree->method = w->method;
    tree->node = tsl__alloc_zero(2 * (size_t)w->most - 1, sizeof *tree->node);
    tree->curve = tsl__alloc_zero((size_t)w->most, sizeof *tree->curve);
    tree->column = tsl__alloc_zero(cols, sizeof *tree->column);
    tree->precision = tsl__alloc_zero(k, sizeof *tree->precision);
    tree->coverage = tsl__alloc_zero(k, sizeof *tree->coverage);
    if (!tree->node || !tree->curve || !tree->column || !tree->precision || !tree->coverage ||
        !columns_open(column, cols, tree->column)) {
        tsl_tree_free(tree);
        tree = NULL;
    }
    return tree;
}

void tsl_tree_free(tsl_tree *tree)
{
    if (tree) {
        for (size_t c = 0; tree->column && c < tree->cols; c++) {
            free((char *)tree->column[c].name);
            free((char *)tree->column[c].category);
            free((char *)tree->column[c].level);
        }
        free(tree->column);
        free(tree->node);
        free(tree->precision);
        free(tree->coverage);
        free(tree->curve);
        free(tree);
    }
}

/* ---- What the tree is worth ---------------------------------------------- */

/* precision, coverage, agreement, by weight; drawn: each row's cluster by the tree. */
static tsl_status rate(const tsl__tree_work *w, const int32_t *drawn, tsl_tree *tree, tsl_error *err)
{
    size_t k = (size_t)w->k;
    double all = 0, total = 0, *mass = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(mass = tsl__alloc_zero(k * 3, sizeof *mass));
    double *caught = mass, *size = mass + k, *hits = mass + 2 * k;
    for (size_t r = 0; r < w->x->rows; r++) {
        const double weight = tsl__weight_get(w->weight, r);
        caught[drawn[r]] += weight;
        size[w->label[r]] += weight;
        hits[drawn[r]] += drawn[r] == w->label[r] ? weight : 0;
    }
    for (size_t c = 0; c < k; c++) {
        tree->precision[c] = caught[c] > 0 ? hits[c] / caught[c] : NAN;
        tree->coverage[c] = hits[c] / size[c];
        all += hits[c];
        total += size[c];
    }
    tree->agreement = all / total;
done:
    free(mass);
    return status;
}

/* Of the clusters as the tree draws them, against the clusters: of those that places hold the centres are no means. */
static tsl_status price(const tsl__tree_work *w, const int32_t *drawn, tsl_tree *tree, tsl_error *err)
{
    double reference = 0, *mean = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(mean = tsl__alloc((size_t)w->k, w->x->cols * sizeof *mean));
    TSL__TRY(tsl__means_get(w->x, w->weight, drawn, w->k, w->threads, mean, err));
    TSL__TRY(tsl__cost_get(w->x, w->weight, drawn, mean, w->threads, &tree->cost, err));
    TSL__TRY(tsl__cost_get(w->x, w->weight, w->label, w->mean, w->threads, &reference, err));
    tree->cost_ratio = reference > 0 ? tree->cost / reference : tree->cost > 0 ? INFINITY : 1;
done:
    free(mean);
    return status;
}

/* ---- Clusters without rows ----------------------------------------------- */

/* The clusters that have rows, under numbers of their own: a tree knows no others. */
typedef struct peopled {
    int k;
    int *old;       /* k: the callers' numbers */
    double *center; /* k x cols; NULL: every cluster has rows */
    int32_t *label; /* rows; likewise */
} peopled;

static void peopled_free(peopled *p)
{
    free(p->old);
    free(p->center);
    free(p->label);
}

static tsl_status peopled_open(const tsl__tree_work *w, peopled *out, tsl_error *err)
{
    size_t k = (size_t)w->k, cols = w->x->cols, rows = w->x->rows;
    int32_t *new = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(new = tsl__alloc_zero(k, sizeof *new));
    TSL__NEED(out->old = tsl__alloc(k, sizeof *out->old));
    for (size_t r = 0; r < rows; r++) {
        new[w->label[r]] |= tsl__weight_get(w->weight, r) > 0;
    }
    for (size_t c = 0; c < k; c++) {
        if (new[c]) {
            new[c] = out->k;
            out->old[out->k++] = (int)c;
        }
    }
    if (out->k < w->k) {
        TSL__NEED(out->center = tsl__alloc((size_t)out->k, cols * sizeof *out->center));
        TSL__NEED(out->label = tsl__alloc(rows, sizeof *out->label));
        for (size_t c = 0; c < (size_t)out->k; c++) {
            memcpy(out->center + c * cols, w->center + (size_t)out->old[c] * cols, cols * sizeof *out->center);
        }
        for (size_t r = 0; r < rows; r++) {
            out->label[r] = new[w->label[r]]; /* of a row without weight perhaps another: it takes no part */
        }
    }
done:
    free(new);
    return status;
}

/* Gives the tree, which has room for k clusters, the callers' numbers back. */
static void peopled_restore(const peopled *p, int k, tsl_tree *tree)
{
    for (size_t i = 0; i < tree->node_count; i++) {
        tsl_tree_node *node = &tree->node[i];
        node->cluster = node->cluster < 0 ? -1 : p->old[node->cluster];
    }
    for (int c = k - 1, from = p->k - 1; c >= 0; c--) {
        const int there = from >= 0 && p->old[from] == c;
        tree->precision[c] = there ? tree->precision[from] : NAN;
        tree->coverage[c] = there ? tree->coverage[from] : NAN;
        from -= there;
    }
    tree->k = k;
}

/* ---- Fit and predict ----------------------------------------------------- */

static void scratch_free(tsl__scratch *s)
{
    free(s->place);
    free(s->best);
    free(s->base);
    free(s->sum);
    free(s->margin);
    free(s->parted);
    free(s->tile);
    free(s->tile_code);
    free(s->count);
    free(s->mass);
    free(s->rank);
    free(s->first);
    free(s->moving);
    free(s->wanted);
    free(s->loaded);
    free(s->value);
    free(s->start);
}

static int scratch_open(const tsl__tree_work *w, tsl__scratch *s)
{
    const size_t k = (size_t)w->k, most = (size_t)w->bins.most, all = w->together * most;
    const int margins = most * k * sizeof *s->margin <= MARGIN_BYTES;
    s->place = tsl__alloc(k, sizeof *s->place);
    s->best = tsl__alloc(k + 1, sizeof *s->best);
    s->base = tsl__alloc(k + 1, sizeof *s->base);
    s->sum = tsl__alloc(most, 2 * sizeof *s->sum);
    s->margin = margins ? tsl__alloc(all, k * sizeof *s->margin) : NULL;
    s->parted = margins ? tsl__alloc(most, k) : NULL;
    s->tile = tsl__alloc(w->tile_rows, tsl__tally_line(w) * sizeof *s->tile);
    s->tile_code = tsl__alloc(TSL__BLOCK_ROWS, sizeof *s->tile_code);
    s->count = tsl__alloc(most, sizeof *s->count);
    s->mass = tsl__alloc(most, sizeof *s->mass);
    s->wanted = tsl__alloc(most, sizeof *s->wanted);
    s->loaded = tsl__alloc(most, sizeof *s->loaded);
    s->rank = tsl__alloc(k, sizeof *s->rank);
    s->first = tsl__alloc(most, sizeof *s->first);
    s->moving = tsl__alloc(most, sizeof *s->moving);
    s->value = tsl__alloc(w->bins.room, sizeof *s->value);
    s->start = tsl__alloc(most, sizeof *s->start);
    return s->place && s->best && s->base && s->sum && ((s->margin && s->parted) || !margins) && s->tile &&
           s->tile_code && s->count && s->mass && s->rank && s->first && s->moving && s->wanted && s->loaded &&
           s->value && s->start;
}

/* Columns that are gathered together: as many as their sums are small, and as leave work to each thread. */
static size_t count_together(const tsl__tree_work *w)
{
    const size_t column = (size_t)w->bins.most * tsl__tally_line(w) * sizeof(int64_t);
    const size_t fit = GATHER_BYTES / column, share = (w->raw->cols + (size_t)w->threads - 1) / (size_t)w->threads;
    return fit < 1 ? 1 : fit < share ? fit : share;
}

static void work_free(tsl__tree_work *w)
{
    for (int t = 0; w->scratch && t < w->threads; t++) {
        scratch_free(&w->scratch[t]);
    }
    free(w->scratch);
    free(w->rank);
    free(w->nearest);
    free(w->margin);
    free(w->gap_least);
    free(w->place);
    free(w->mean);
    free(w->distance);
    tsl__bins_free(&w->bins);
}

/* Places, bins, distances and scratch. */
static tsl_status work_open(tsl__tree_work *w, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(w->place = tsl__alloc((size_t)w->k, w->raw->cols * sizeof *w->place));
    TSL__NEED(w->mean = tsl__alloc((size_t)w->k, w->x->cols * sizeof *w->mean));
    TSL__NEED(w->rank = tsl__alloc(w->raw->cols, sizeof *w->rank));
    TSL__NEED(w->nearest = tsl__alloc_aligned(w->raw->rows, sizeof *w->nearest));
    TSL__NEED(w->margin = tsl__alloc_aligned(w->raw->rows, sizeof *w->margin));
    TSL__NEED(w->gap_least = tsl__alloc(2 * w->raw->cols, (size_t)w->k * sizeof *w->gap_least));
    TSL__NEED(w->distance = tsl__alloc_aligned(w->raw->rows, ((size_t)w->k + 1) * sizeof *w->distance));
    TSL__NEED(w->scratch = tsl__alloc_zero((size_t)w->threads, sizeof *w->scratch));
    tsl__tree_tell(w, "places");
    TSL__TRY(tsl__means_get(w->raw, w->weight, w->label, w->k, w->threads, w->place, err));
    TSL__TRY(tsl__means_get(w->x, w->weight, w->label, w->k, w->threads, w->mean, err));
    tsl__tree_tell(w, "bins");
    TSL__TRY(tsl__bins_build(w->raw, w->place, w->k, w->threads, &w->bins, err));
    tsl__tree_tell(w, "distances");
    w->kernel = tsl__kernel_get();
    TSL__TRY(tsl__tree_measure(w, w->method == TSL_TREE_IMM, err));
    w->together = count_together(w);
    w->tile_rows = TILE_BYTES / (tsl__tally_line(w) * sizeof *w->distance);
    w->tile_rows = w->tile_rows < 16 ? 16 : w->tile_rows < TSL__BLOCK_ROWS ? w->tile_rows : TSL__BLOCK_ROWS;
    for (int t = 0; t < w->threads; t++) {
        TSL__NEED(scratch_open(w, &w->scratch[t]));
    }
done:
    return status;
}

/* The tree of work that is checked. */
static tsl_status grow(tsl__tree_work *w, const tsl_tree_column *column, int k, tsl_tree **out, tsl_error *err)
{
    peopled clusters = {0};
    tsl_tree *tree = NULL;
    int32_t *drawn = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(tree = tree_open(w, column));
    TSL__NEED(drawn = tsl__alloc_zero(w->x->rows, sizeof *drawn));
    TSL__TRY(peopled_open(w, &clusters, err));
    w->k = tree->k = clusters.k;
    w->center = clusters.center ? clusters.center : w->center;
    w->label = clusters.label ? clusters.label : w->label;
    TSL__TRY(work_open(w, err));
    TSL__TRY(tsl__tree_shape(w, tree, drawn, err));
    tsl__tree_tell(w, "price");
    TSL__TRY(rate(w, drawn, tree, err));
    TSL__TRY(price(w, drawn, tree, err));
    peopled_restore(&clusters, k, tree);
    *out = tree;
    tree = NULL;
done:
    work_free(w);
    peopled_free(&clusters);
    free(drawn);
    tsl_tree_free(tree);
    return status;
}

/* The space of clustering in a unit in which no square over- or underflows. */
static tsl_status open_space(const tsl_matrix *x, const tsl_exec *exec, tsl__tree_work *w, tsl__row_view *view,
                             double **center, tsl_error *err)
{
    const size_t cells = (size_t)w->k * x->cols;
    const tsl_matrix centers = {w->center, (size_t)w->k, x->cols, x->cols, TSL_F64};
    tsl__weights weights;
    tsl__extent extent, of_centers;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__matrix_check(x, exec->threads, &extent, err));
    TSL__TRY(tsl__weights_check(w->weight, x->rows, &weights, err));
    if (tsl__matrix_check(&centers, 1, &of_centers, NULL) != TSL_OK) {
        return tsl__error_set(err, TSL_E_INPUT, "a centre is not finite");
    }
    tsl__extent_add(&extent, w->center, cells);
    w->least *= weights.total;
    *view = tsl__row_view_of(x, tsl__unit_get(&extent, weights.total * (double)x->cols));
    TSL__NEED(*center = tsl__alloc(cells, sizeof **center));
    for (size_t i = 0; i < cells; i++) {
        (*center)[i] = w->center[i] * view->unit;
    }
    w->center = *center;
done:
    return status;
}

static void settle_sizes(tsl__tree_work *w, const tsl_tree_options *opt)
{
    const int usual = CURVE_A_CLUSTER * w->k < CURVE_MOST ? CURVE_A_CLUSTER * w->k : CURVE_MOST;
    const int curve = opt->curve ? opt->curve : usual;
    w->leaves = opt->leaves ? opt->leaves : LEAVES_A_CLUSTER * w->k;
    w->most = curve > w->leaves ? curve : w->leaves;
    w->method = opt->method;
    w->round = opt->round;
    w->least = opt->least > 0 ? opt->least : LEAST_SHARE * fmin(1, (double)w->x->rows / LEAST_ROWS);
}

tsl_status tsl__tree_fit_watched(const tsl__tree_task *task, const tsl_exec *exec, tsl__tree_watch watch,
                                 tsl_tree **out, tsl_error *err)
{
    const tsl__row_view raw_rows = tsl__row_view_of(task->raw->values, 1);
    tsl__row_view rows = tsl__row_view_of(task->x, 1);
    tsl__tree_work w = {.x = &rows, .raw = &raw_rows, .weight = task->weight, .center = task->center};
    tsl_tree_options all;
    tsl_exec full;
    double *scaled = NULL;
    tsl_status status = TSL_OK;
    *out = NULL;
    w.label = task->label;
    w.k = task->k;
    w.watch = watch;
    w.tallies = task->tallies;
    tsl__error_reset(err);
    TSL__TRY(take_options(task->opt, &all, err));
    TSL__TRY(tsl__exec_open(exec, &full, err));
    TSL__TRY(check(&w, task->raw, all.leaves, err));
    settle_sizes(&w, &all);
    tsl__tree_tell(&w, "check");
    TSL__TRY(open_space(task->x, &full, &w, &rows, &scaled, err));
    w.ticker = tsl__ticker_open(&full);
    w.threads = w.raw->rows * w.raw->cols > SMALL_CELLS ? full.threads : 1;
    TSL__TRY(grow(&w, task->raw->column, task->k, out, err));
    (*out)->cost = (*out)->cost / rows.unit / rows.unit;
    tsl__tree_tell(&w, "");
done:
    free(scaled);
    return status;
}

tsl_status tsl_tree_fit(const tsl_matrix *x, const double *weight, const double *center, int k, const int32_t *label,
                        const tsl_raw_columns *raw, const tsl_tree_options *opt, const tsl_exec *exec, tsl_tree **out,
                        tsl_error *err)
{
    const tsl__tree_task task = {x, weight, center, k, label, raw, opt, 0};
    return tsl__tree_fit_watched(&task, exec, (tsl__tree_watch){NULL, NULL}, out, err);
}

static int32_t find_leaf(const tsl_tree *tree, const tsl__row_view *raw, size_t row)
{
    int32_t at = 0;
    while (tree->node[at].column >= 0) {
        const tsl_tree_node *node = &tree->node[at];
        at = tsl__tree_goes_left(tree, node, tsl__cell(raw, row, (size_t)node->column)) ? node->left : node->right;
    }
    return at;
}

tsl_status tsl_tree_predict(const tsl_tree *tree, const tsl_matrix *raw, const tsl_exec *exec, int32_t *leaf,
                            int32_t *cluster, tsl_error *err)
{
    const tsl__row_view rows = tsl__row_view_of(raw, 1);
    tsl_exec full;
    tsl__cancel cancel;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(tsl__exec_open(exec, &full, err));
    TSL__TRY(tsl__matrix_check_layout(raw, err));
    if (raw->cols != tree->cols) {
        return tsl__error_set(err, TSL_E_INPUT, "the raw matrix has %zu columns; the tree expects %zu", raw->cols,
                              tree->cols);
    }
    tsl__cancel_open(&cancel, &full, "assign", err);
    const int team = tsl__team_size(full.threads, (double)raw->rows * (tree->depth + 1));
#pragma omp parallel for num_threads(team) schedule(static)
    for (size_t b = 0; b < tsl__block_count(raw->rows); b++) {
        size_t begin, end;
        tsl__block_get(raw->rows, b, &begin, &end);
        for (size_t r = begin; r < end && !tsl__cancel_stopped(&cancel); r++) {
            const int32_t at = find_leaf(tree, &rows, r);
            if (leaf) {
                leaf[r] = at;
            }
            if (cluster) {
                cluster[r] = tree->node[at].cluster;
            }
        }
    }
    TSL__TRY(tsl__cancel_get(&cancel));
done:
    return status;
}
