/* tree.c: the explanation tree and how well it tells the clusters apart. */
#include "model/tree/tree.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/cluster_means.h"

#include <math.h>
#include <stdlib.h>

#define MOST_CLUSTERS 30000 /* so that bins are counted in 16 bits */
#define SMALL_CELLS 100000  /* raw values that are not worth a second thread */

tsl_tree_options tsl_tree_defaults(void)
{
    return (tsl_tree_options){0};
}

/* ---- Checks -------------------------------------------------------------- */

static tsl_status check_labels(const tsl__tree_work *w, tsl_error *err)
{
    char *used = tsl__alloc_zero((size_t)w->k, 1);
    if (!used) {
        return tsl__error_nomem(err);
    }
    tsl_status status = TSL_OK;
    for (size_t r = 0; r < w->x->rows && status == TSL_OK; r++) {
        int32_t label = w->label[r];
        if (label < 0 || label >= w->k) {
            status = tsl__error_set(err, TSL_E_INPUT, "row %zu: label %d is outside 0 to %d", r, label, w->k - 1);
        } else {
            used[label] = 1;
        }
    }
    for (int c = 0; c < w->k && status == TSL_OK; c++) {
        if (!used[c]) {
            status = tsl__error_set(err, TSL_E_INPUT, "cluster %d has no row", c);
        }
    }
    free(used);
    return status;
}

static tsl_status check(const tsl__tree_work *w, int leaves, tsl_error *err)
{
    if (w->k < 1 || w->k > MOST_CLUSTERS) {
        return tsl__error_set(err, TSL_E_OPTION, "k: %d is outside 1 to %d", w->k, MOST_CLUSTERS);
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
    return check_labels(w, err);
}

/* ---- The tree ------------------------------------------------------------ */

static tsl_tree *tree_open(const tsl__tree_work *w, const tsl_tree_options *opt)
{
    tsl_tree *tree = tsl__alloc_zero(1, sizeof *tree);
    if (!tree) {
        return NULL;
    }
    size_t k = (size_t)w->k, cols = w->raw->cols;
    tree->k = w->k;
    tree->cols = cols;
    tree->node = tsl__alloc_zero(2 * (size_t)w->leaves - 1, sizeof *tree->node);
    tree->name = tsl__alloc_zero(cols, sizeof *tree->name);
    tree->form = tsl__alloc_zero(cols, sizeof *tree->form);
    tree->precision = tsl__alloc_zero(k, sizeof *tree->precision);
    tree->coverage = tsl__alloc_zero(k, sizeof *tree->coverage);
    int failed = !tree->node || !tree->name || !tree->form || !tree->precision || !tree->coverage;
    for (size_t c = 0; c < cols && !failed; c++) {
        tree->name[c] = opt->name ? tsl__strdup(opt->name[c]) : tsl__format("c%zu", c + 1);
        tree->form[c] = opt->form ? opt->form[c] : TSL_TREE_NUMBER;
        failed = !tree->name[c];
    }
    if (failed) {
        tsl_tree_free(tree);
        tree = NULL;
    }
    return tree;
}

void tsl_tree_free(tsl_tree *tree)
{
    if (tree) {
        tsl__free_texts(tree->name, tree->name ? tree->cols : 0);
        free(tree->node);
        free(tree->form);
        free(tree->precision);
        free(tree->coverage);
        free(tree);
    }
}

/* ---- What the tree is worth ---------------------------------------------- */

/* hits, precision, coverage, agreement; drawn: each row's cluster by the tree. */
static tsl_status rate(const tsl__tree_work *w, const int32_t *drawn, tsl_tree *tree, tsl_error *err)
{
    size_t k = (size_t)w->k;
    uint64_t *count = tsl__alloc_zero(k * 3, sizeof *count);
    if (!count) {
        return tsl__error_nomem(err);
    }
    uint64_t *caught = count, *size = count + k, *hits = count + 2 * k, all = 0;
    for (size_t r = 0; r < w->x->rows; r++) {
        caught[drawn[r]]++;
        size[w->label[r]]++;
        hits[drawn[r]] += drawn[r] == w->label[r];
    }
    for (size_t c = 0; c < k; c++) {
        tree->precision[c] = caught[c] ? (double)hits[c] / (double)caught[c] : NAN;
        tree->coverage[c] = (double)hits[c] / (double)size[c];
        all += hits[c];
    }
    tree->agreement = (double)all / (double)w->x->rows;
    free(count);
    return TSL_OK;
}

/* cost: to the means of the clusters as the tree draws them. */
static tsl_status price(const tsl__tree_work *w, const int32_t *drawn, tsl_tree *tree, tsl_error *err)
{
    double reference = 0, *mean = tsl__alloc((size_t)w->k, w->x->cols * sizeof *mean);
    tsl_status status = mean ? TSL_OK : tsl__error_nomem(err);
    if (status == TSL_OK) {
        status = tsl__means_get(w->x, drawn, w->k, w->threads, mean, err);
    }
    if (status == TSL_OK) {
        status = tsl__cost_get(w->x, drawn, mean, w->threads, &tree->cost, err);
    }
    if (status == TSL_OK) {
        status = tsl__cost_get(w->x, w->label, w->center, w->threads, &reference, err);
    }
    if (status == TSL_OK) {
        tree->cost_ratio = reference > 0 ? tree->cost / reference : tree->cost > 0 ? INFINITY : 1;
    }
    free(mean);
    return status;
}

/* ---- Fit and predict ----------------------------------------------------- */

static void scratch_free(tsl__scratch *s)
{
    free(s->place);
    free(s->best);
    free(s->base);
    free(s->sum);
    free(s->count);
    free(s->rank);
    free(s->first);
    free(s->moving);
    free(s->value);
    free(s->start);
}

static int scratch_open(const tsl__tree_work *w, tsl__scratch *s)
{
    size_t k = (size_t)w->k, most = (size_t)w->bins.most;
    s->place = tsl__alloc(k, sizeof *s->place);
    s->best = tsl__alloc(k + 1, sizeof *s->best);
    s->base = tsl__alloc(k + 1, sizeof *s->base);
    s->sum = tsl__alloc(most, (k + 1) * sizeof *s->sum);
    s->count = tsl__alloc(most, sizeof *s->count);
    s->rank = tsl__alloc(k, sizeof *s->rank);
    s->first = tsl__alloc(most, sizeof *s->first);
    s->moving = tsl__alloc(most, sizeof *s->moving);
    s->value = tsl__alloc(w->bins.room, sizeof *s->value);
    s->start = tsl__alloc(most, sizeof *s->start);
    return s->place && s->best && s->base && s->sum && s->count && s->rank && s->first && s->moving && s->value &&
           s->start;
}

static void work_free(tsl__tree_work *w)
{
    for (int t = 0; w->scratch && t < w->threads; t++) {
        scratch_free(&w->scratch[t]);
    }
    free(w->scratch);
    free(w->rank);
    free(w->nearest);
    free(w->place);
    free(w->distance);
    tsl__bins_free(&w->bins);
}

/* Places, bins, distances and scratch. */
static tsl_status work_open(tsl__tree_work *w, tsl_error *err)
{
    w->place = tsl__alloc((size_t)w->k, w->raw->cols * sizeof *w->place);
    w->rank = tsl__alloc(w->raw->cols, sizeof *w->rank);
    w->nearest = tsl__alloc(w->raw->rows, sizeof *w->nearest);
    w->scratch = tsl__alloc_zero((size_t)w->threads, sizeof *w->scratch);
    int there = w->place && w->rank && w->nearest && w->scratch;
    tsl_status status = there ? TSL_OK : tsl__error_nomem(err);
    if (status == TSL_OK) {
        status = tsl__means_get(w->raw, w->label, w->k, w->threads, w->place, err);
    }
    if (status == TSL_OK) {
        status = tsl__bins_build(w->raw, w->place, w->k, w->threads, &w->bins, err);
    }
    if (status == TSL_OK) {
        status = tsl__tree_measure(w, err);
    }
    for (int t = 0; t < w->threads && status == TSL_OK; t++) {
        status = scratch_open(w, &w->scratch[t]) ? TSL_OK : tsl__error_nomem(err);
    }
    return status;
}

tsl_status tsl_tree_fit(const tsl_matrix *x, const double *center, int k, const int32_t *label, const tsl_matrix *raw,
                        const tsl_tree_options *opt, tsl_tree **out, tsl_error *err)
{
    tsl_tree_options defaults = tsl_tree_defaults();
    opt = opt ? opt : &defaults;
    *out = NULL;
    tsl__tree_work w = {.x = x, .raw = raw, .center = center, .label = label, .k = k};
    w.leaves = opt->leaves > k ? opt->leaves : k;
    w.ticker = tsl__ticker_of(opt->progress);
    tsl_tree *tree = NULL;
    int32_t *drawn = NULL;
    tsl_status status = check(&w, opt->leaves, err);
    if (status == TSL_OK) {
        status = tsl__threads_resolve(opt->threads, &w.threads, err);
    }
    if (status == TSL_OK) {
        w.threads = raw->rows * raw->cols > SMALL_CELLS ? w.threads : 1;
        tree = tree_open(&w, opt);
        drawn = tsl__alloc(x->rows, sizeof *drawn);
        status = tree && drawn ? work_open(&w, err) : tsl__error_nomem(err);
    }
    if (status == TSL_OK) {
        status = tsl__tree_shape(&w, tree, drawn, err);
    }
    if (status == TSL_OK) {
        status = rate(&w, drawn, tree, err);
    }
    if (status == TSL_OK) {
        status = price(&w, drawn, tree, err);
    }
    if (status == TSL_OK) {
        *out = tree;
        tree = NULL;
    }
    work_free(&w);
    free(drawn);
    tsl_tree_free(tree);
    return status;
}

int tsl__tree_goes_left(const tsl_tree *tree, const tsl_tree_node *node, double value)
{
    if (!isnan(value)) {
        return value <= node->threshold;
    }
    if (node->missing_left >= 0) {
        return node->missing_left;
    }
    return tree->node[node->left].rows >= tree->node[node->right].rows;
}

tsl_status tsl_tree_predict(const tsl_tree *tree, const tsl_matrix *raw, int32_t *leaf, int32_t *cluster,
                            tsl_error *err)
{
    if (raw->cols != tree->cols) {
        return tsl__error_set(err, TSL_E_INPUT, "the raw matrix has %zu columns; the tree expects %zu", raw->cols,
                              tree->cols);
    }
    for (size_t r = 0; r < raw->rows; r++) {
        const double *value = raw->data + r * raw->stride;
        int32_t at = 0;
        while (tree->node[at].column >= 0) {
            const tsl_tree_node *node = &tree->node[at];
            at = tsl__tree_goes_left(tree, node, value[node->column]) ? node->left : node->right;
        }
        if (leaf) {
            leaf[r] = at;
        }
        if (cluster) {
            cluster[r] = tree->node[at].cluster;
        }
    }
    return TSL_OK;
}
