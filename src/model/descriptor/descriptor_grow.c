/* descriptor_grow.c: a tree of descriptors, its leaves cut best first. */
#include "base/alloc.h"
#include "base/error.h"
#include "model/descriptor/descriptor_work.h"
#include "model/matrix.h"
#include "stat/threshold.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define WORK_A_CELL 4    /* of a row and a column, in multiplications */
#define LEAST_GAIN 1e-12 /* of the root's loss: less is rounding */

/* ---- The state --------------------------------------------------------------------- */

/* A node's rows, and how it would be cut. */
typedef struct growth_node {
    size_t begin, end;
    double *sum;
    tsl__descriptor_split split;
} growth_node;

typedef struct growth {
    const tsl__descriptor_task *task;
    uint32_t *row, *other; /* the rows, node by node, and as much room */
    tsl_descriptor *tree;
    growth_node *node;
    size_t capacity;              /* of both nodes' arrays */
    tsl__descriptor_room *room;   /* threads */
    tsl__descriptor_split *found; /* cols */
    double loss;                  /* of the root */
    tsl_error *err;
} growth;

static size_t count_codes(const tsl__descriptor_task *task)
{
    size_t most = 0;
    for (size_t c = 0; c < task->cols; c++) {
        const size_t levels = (size_t)task->codes[c].count + 1;
        const int chosen = !task->codes[c].ordered || task->opt.method == TSL_DESCRIPTOR_CHAID;
        most = chosen && levels > most ? levels : most;
    }
    return most;
}

/* Cells of the greatest table, and whether a column may be sorted instead. */
static size_t count_cells(const tsl__descriptor_task *task, size_t rows, int *sorts)
{
    size_t most = 1;
    *sorts = 0;
    for (size_t c = 0; c < task->cols; c++) {
        const size_t cells = tsl__descriptor_cells(&task->codes[c], task->channels);
        const int sorted = task->codes[c].ordered && task->opt.method == TSL_DESCRIPTOR_CART;
        *sorts |= sorted && cells > TSL__DESCRIPTOR_FEW_CELLS;
        if (!sorted || cells <= TSL__DESCRIPTOR_FEW_CELLS || cells <= rows) {
            most = cells > most ? cells : most;
        }
    }
    return most;
}

static tsl_status open_rooms(growth *g, size_t rows)
{
    const tsl__descriptor_task *task = g->task;
    const size_t most = count_codes(task);
    int sorts;
    const size_t cells = count_cells(task, rows, &sorts);
    tsl_error *err = g->err;
    tsl_status status = TSL_OK;
    TSL__NEED(g->room = tsl__alloc_zero((size_t)task->threads, sizeof *g->room));
    for (int t = 0; t < task->threads; t++) {
        tsl__descriptor_room *room = &g->room[t];
        TSL__NEED(room->cell = tsl__alloc(cells, sizeof *room->cell));
        TSL__NEED(room->sums = tsl__alloc(TSL__DESCRIPTOR_SUMS * task->channels, sizeof *room->sums));
        TSL__NEED(room->item = tsl__alloc(4 * most, sizeof *room->item));
        TSL__NEED(room->key = tsl__alloc(most, sizeof *room->key));
        if (sorts) {
            TSL__NEED(room->sorted = tsl__alloc(4 * rows, sizeof *room->sorted));
        }
        if (task->opt.method == TSL_DESCRIPTOR_CHAID) {
            TSL__NEED(room->pair = tsl__alloc(2 * most * most, sizeof *room->pair));
        }
    }
    TSL__NEED(g->found = tsl__alloc_zero(task->cols, sizeof *g->found));
    for (size_t c = 0; c < task->cols; c++) {
        if (!task->codes[c].ordered) {
            TSL__NEED(g->found[c].part = tsl__alloc(task->codes[c].count, sizeof *g->found[c].part));
        }
    }
done:
    return status;
}

static void close_growth(growth *g)
{
    for (int t = 0; g->room && t < g->task->threads; t++) {
        free(g->room[t].cell);
        free(g->room[t].sums);
        free(g->room[t].item);
        free(g->room[t].key);
        free(g->room[t].sorted);
        free(g->room[t].pair);
    }
    free(g->room);
    for (size_t c = 0; g->found && c < g->task->cols; c++) {
        free(g->found[c].part);
    }
    free(g->found);
    for (size_t i = 0; g->node && i < g->tree->node_count; i++) {
        free(g->node[i].sum);
        free(g->node[i].split.part);
    }
    free(g->node);
    tsl_descriptor_free(g->tree);
}

/* ---- Nodes ----------------------------------------------------------------------- */

/* The variance within a node, in a second pass about its mean. */
static double get_variance(const growth *g, size_t at, double mean, double weight)
{
    double squares = 0;
    for (size_t i = g->node[at].begin; i < g->node[at].end; i++) {
        const double off = g->task->value[g->row[i]] - mean;
        squares += tsl__weight_get(g->task->weights.of, g->row[i]) * off * off;
    }
    return squares / weight;
}

static tsl_status describe_node(growth *g, size_t at)
{
    const tsl__descriptor_task *task = g->task;
    tsl_descriptor_node *node = &g->tree->node[at];
    const double *sum = g->node[at].sum;
    tsl_error *err = g->err;
    tsl_status status = TSL_OK;
    node->rows = (uint64_t)sum[0];
    node->weight = tsl__descriptor_weight(task, sum);
    node->child = node->column = node->order = node->missing = node->other = node->label = -1;
    node->mean = node->variance = node->gain = node->chi_square = node->degrees = node->p = node->effect = NAN;
    if (!task->label) {
        node->mean = task->center + sum[2] / node->weight;
        node->variance = get_variance(g, at, node->mean, node->weight);
        goto done;
    }
    TSL__NEED(node->share = tsl__alloc(task->channels - 1, sizeof *node->share));
    node->label = 0;
    for (size_t c = 0; c + 1 < task->channels; c++) {
        node->share[c] = sum[1 + c] / node->weight;
        node->label = sum[1 + c] > sum[1 + node->label] ? (int32_t)c : node->label;
    }
done:
    return status;
}

/* Room for so many more nodes. */
static tsl_status reserve_nodes(growth *g, size_t more)
{
    const size_t need = g->tree->node_count + more;
    tsl_error *err = g->err;
    tsl_status status = TSL_OK;
    if (need > g->capacity) {
        const size_t capacity = 2 * need;
        tsl_descriptor_node *node;
        growth_node *own;
        TSL__NEED(node = tsl__realloc(g->tree->node, capacity, sizeof *node));
        g->tree->node = node;
        TSL__NEED(own = tsl__realloc(g->node, capacity, sizeof *own));
        g->node = own;
        g->capacity = capacity;
    }
done:
    return status;
}

/* How the node is best cut. */
static tsl_status search_node(growth *g, size_t at)
{
    const tsl__descriptor_task *task = g->task;
    growth_node *own = &g->node[at];
    const tsl__descriptor_rows rows = {g->row + own->begin, own->end - own->begin, own->sum};
    const int team = tsl__team_size(task->threads, WORK_A_CELL * (double)rows.count * (double)task->cols);
    int32_t best = -1;
    tsl_error *err = g->err;
    tsl_status status = TSL_OK;
    if (g->tree->node[at].depth >= task->opt.depth || rows.count < 2) {
        return TSL_OK;
    }
#pragma omp parallel for num_threads(team) schedule(dynamic)
    for (size_t c = 0; c < task->cols; c++) {
        const tsl__descriptor_room *room = &g->room[omp_get_thread_num()];
        if (task->opt.method == TSL_DESCRIPTOR_CHAID) {
            tsl__chaid_search(task, &rows, c, room, &g->found[c]);
        } else {
            tsl__cart_search(task, &rows, c, room, &g->found[c]);
        }
    }
    for (size_t c = 0; c < task->cols; c++) {
        const int found = g->found[c].column >= 0 &&
                          (task->opt.method == TSL_DESCRIPTOR_CHAID || g->found[c].gain > LEAST_GAIN * g->loss);
        best = found && (best < 0 || g->found[c].gain > g->found[best].gain) ? (int32_t)c : best;
    }
    if (best >= 0) {
        const size_t codes = task->codes[best].count;
        own->split = g->found[best];
        own->split.part = NULL;
        if (!task->codes[best].ordered) {
            TSL__NEED(own->split.part = tsl__alloc(codes, sizeof *own->split.part));
            memcpy(own->split.part, g->found[best].part, codes * sizeof *own->split.part);
        }
    }
done:
    return status;
}

/* Adds a node of these rows. */
static tsl_status add_node(growth *g, int32_t parent, size_t begin, size_t end)
{
    const tsl__descriptor_task *task = g->task;
    const size_t at = g->tree->node_count;
    tsl_error *err = g->err;
    tsl_status status = TSL_OK;
    g->tree->node[at] =
        (tsl_descriptor_node){.parent = parent, .depth = parent < 0 ? 0 : g->tree->node[parent].depth + 1};
    g->node[at] = (growth_node){.begin = begin, .end = end, .split.column = -1};
    g->tree->node_count++;
    TSL__NEED(g->node[at].sum = tsl__alloc_zero(task->channels, sizeof(double)));
    for (size_t i = begin; i < end; i++) {
        tsl__descriptor_add(task, g->row[i], g->node[at].sum);
    }
    TSL__TRY(describe_node(g, at));
done:
    return status;
}

/* ---- Cuts ------------------------------------------------------------------------- */

/* Puts the rows of each child side by side, in their order; begin: where each begins, and the end. */
static void part_rows_of(growth *g, size_t at, size_t *begin)
{
    const growth_node *own = &g->node[at];
    const tsl__descriptor_codes *codes = &g->task->codes[own->split.column];
    const size_t children = (size_t)own->split.child_count;
    memset(begin, 0, (children + 1) * sizeof *begin);
    for (size_t i = own->begin; i < own->end; i++) {
        begin[1 + tsl__descriptor_side(&own->split, codes, codes->code[g->row[i]])]++;
    }
    begin[0] = own->begin;
    for (size_t c = 1; c <= children; c++) {
        begin[c] += begin[c - 1];
    }
    for (size_t i = own->begin; i < own->end; i++) {
        g->other[begin[tsl__descriptor_side(&own->split, codes, codes->code[g->row[i]])]++] = g->row[i];
    }
    memmove(begin + 1, begin, children * sizeof *begin);
    begin[0] = own->begin;
    memcpy(g->row + own->begin, g->other + own->begin, (own->end - own->begin) * sizeof *g->row);
}

/* Writes the cut into the node, in the column's own values. */
static tsl_status word_split(growth *g, size_t at, int32_t order)
{
    const tsl__descriptor_split *split = &g->node[at].split;
    const tsl__descriptor_codes *codes = &g->task->codes[split->column];
    tsl_descriptor_node *node = &g->tree->node[at];
    tsl_error *err = g->err;
    tsl_status status = TSL_OK;
    node->column = split->column;
    node->order = order;
    node->missing = split->missing;
    node->chi_square = split->chi_square;
    node->degrees = split->degrees;
    node->p = exp(split->log_p);
    node->effect = split->effect;
    if (!codes->ordered) {
        TSL__NEED(node->part = tsl__alloc(codes->count, sizeof *node->part));
        memcpy(node->part, split->part, codes->count * sizeof *node->part);
        goto done;
    }
    TSL__NEED(node->cut = tsl__alloc(split->bound_count, sizeof *node->cut));
    node->cut_count = split->bound_count;
    for (size_t i = 0; i < split->bound_count; i++) {
        node->cut[i] = tsl__threshold_get(codes->high[split->last[i]], codes->low[split->first[i]]);
    }
done:
    return status;
}

/* What the cut takes off the loss, and the child of the most rows. */
static void weigh_split(growth *g, size_t at)
{
    tsl_descriptor_node *node = &g->tree->node[at];
    double score = -tsl__descriptor_score(g->task, g->node[at].sum);
    node->other = 0;
    for (int32_t c = 0; c < node->child_count; c++) {
        const size_t child = (size_t)(node->child + c);
        score += tsl__descriptor_score(g->task, g->node[child].sum);
        node->other = g->tree->node[child].rows > g->tree->node[node->child + node->other].rows ? c : node->other;
    }
    node->gain = score / g->loss;
}

static tsl_status cut_node(growth *g, size_t at, int32_t order)
{
    const size_t children = (size_t)g->node[at].split.child_count;
    size_t begin[TSL_LEVELS_MAX + 3];
    tsl_status status = TSL_OK;
    tsl_error *err = g->err;
    TSL__TRY(reserve_nodes(g, children));
    TSL__TRY(word_split(g, at, order));
    part_rows_of(g, at, begin);
    g->tree->node[at].child = (int32_t)g->tree->node_count;
    g->tree->node[at].child_count = (int32_t)children;
    for (size_t c = 0; c < children; c++) {
        TSL__TRY(add_node(g, (int32_t)at, begin[c], begin[c + 1]));
    }
    weigh_split(g, at);
    for (size_t c = 0; c < children; c++) {
        TSL__TRY(search_node(g, (size_t)g->tree->node[at].child + c));
    }
    g->tree->leaves += (int)children - 1;
    if (tsl__cancel_stopped(g->task->cancel)) {
        TSL__TRY(tsl__cancel_owned(g->task->cancel) ? tsl__cancel_get(g->task->cancel)
                                                    : tsl__error_set(err, TSL_E_CANCELLED, "interrupted"));
    }
done:
    return status;
}

/* The leaf that gains most, ties the first; -1: none that leaves room. */
static int32_t find_leaf(const growth *g, int most)
{
    int32_t best = -1;
    for (size_t i = 0; i < g->tree->node_count; i++) {
        const tsl__descriptor_split *split = &g->node[i].split;
        if (g->tree->node[i].child < 0 && split->column >= 0 && g->tree->leaves + split->child_count - 1 <= most &&
            (best < 0 || split->gain > g->node[best].split.gain)) {
            best = (int32_t)i;
        }
    }
    return best;
}

tsl_status tsl__descriptor_grow(const tsl__descriptor_task *task, uint32_t *row, size_t rows, tsl_descriptor **out,
                                tsl_error *err)
{
    const int most = task->opt.leaves ? task->opt.leaves : task->opt.leaves_max;
    growth g = {.task = task, .err = err};
    tsl_status status = TSL_OK;
    int32_t at, order = 0;
    *out = NULL;
    g.row = row;
    g.other = row + rows;
    TSL__NEED(g.tree = tsl__alloc_zero(1, sizeof *g.tree));
    g.tree->method = task->opt.method;
    g.tree->k = task->label ? (int)task->channels - 1 : 0;
    g.tree->leaves = 1;
    TSL__TRY(open_rooms(&g, rows));
    TSL__TRY(reserve_nodes(&g, 1));
    TSL__TRY(add_node(&g, -1, 0, rows));
    const tsl_descriptor_node *root = &g.tree->node[0];
    g.loss = task->label ? root->weight - tsl__descriptor_score(task, g.node[0].sum) : root->weight * root->variance;
    if (g.loss > 0) {
        TSL__TRY(search_node(&g, 0));
    }
    while ((at = find_leaf(&g, most)) >= 0) {
        TSL__TRY(cut_node(&g, (size_t)at, order++));
    }
    for (size_t i = 0; i < g.tree->node_count; i++) { /* before the tree goes, as it knows how many there are */
        free(g.node[i].sum);
        free(g.node[i].split.part);
    }
    free(g.node);
    g.node = NULL;
    *out = g.tree;
    g.tree = NULL;
done:
    close_growth(&g);
    return status;
}
