/* descriptor_skill.c: what a tree of descriptors is worth on rows that it was not grown
 * from, and how many of its cuts that bears out. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/rng.h"
#include "model/descriptor/descriptor_work.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Uses of random numbers. */
enum { DRAW_ROWS = 0x64657363, DRAW_FOLD };

/* Of the skill of a tree. */
#define SKILL_LITTLE .01
#define SKILL_SOME .13
#define SKILL_MUCH .26
#define SURE_ERRORS 2 /* standard errors */

const char *tsl_descriptor_verdict_get_name(tsl_descriptor_verdict verdict)
{
    static const char *const name[] = {"nothing", "little", "some", "much"};
    return (unsigned)verdict < TSL_DESCRIPTOR_VERDICTS ? name[verdict] : NULL;
}

typedef struct validation {
    const tsl__descriptor_task *task;
    tsl__row_view x;
    size_t *row; /* rows: those that take part */
    size_t rows;
    int *fold; /* rows */
    int folds;
    size_t sizes; /* of trees: so many numbers of cuts, rising from 0 */
    int32_t *cuts;
    double *loss;       /* sizes x rows */
    unsigned char *hit; /* likewise: the class is its leaf's */
    double loss_total, weight_total;
} validation;

/* ---- The rows and their folds ------------------------------------------------------ */

static tsl_status draw_rows(validation *v, tsl_error *err)
{
    const tsl__descriptor_task *task = v->task;
    const size_t limit = (size_t)task->opt.fold_rows;
    size_t all = 0;
    tsl_status status = TSL_OK;
    tsl__rng rng = tsl__rng_open(task->opt.seed, DRAW_ROWS, 0);
    size_t *sample = NULL;
    TSL__NEED(v->row = tsl__alloc(task->weights.positive, sizeof *v->row));
    for (size_t r = 0; r < task->rows; r++) {
        if (tsl__weight_get(task->weights.of, r) > 0) {
            v->row[all++] = r;
        }
    }
    v->rows = limit && all > limit ? limit : all;
    if (v->rows < all) {
        TSL__NEED(sample = tsl__alloc(limit, sizeof *sample));
        TSL__TRY(tsl__rng_sample(&rng, all, limit, sample) == 0 ? TSL_OK : tsl__error_nomem(err));
        for (size_t i = 0; i < limit; i++) {
            v->row[i] = v->row[sample[i]]; /* rising, so that none is overwritten before it is read */
        }
    }
done:
    free(sample);
    return status;
}

static tsl_status draw_folds(validation *v, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t most = v->rows / 2;
    v->folds = (size_t)v->task->opt.folds > most ? (int)most : v->task->opt.folds;
    TSL__NEED(v->fold = tsl__alloc(v->rows, sizeof *v->fold));
    for (size_t i = 0; i < v->rows && v->folds > 1; i++) {
        tsl__rng rng = tsl__rng_open(v->task->opt.seed, DRAW_FOLD, 0);
        rng.draw = v->row[i];
        v->fold[i] = (int)(tsl__rng_u64(&rng) % (uint64_t)v->folds);
    }
done:
    return status;
}

/* ---- A fold ------------------------------------------------------------------------- */

/* The first node on a row's way that is a leaf of the tree of so many cuts. */
static int32_t go_on(const validation *v, const tsl_descriptor *tree, int32_t at, int32_t cuts, size_t row)
{
    while (tree->node[at].order >= 0 && tree->node[at].order < cuts) {
        const int32_t column = tree->node[at].column;
        at = tsl__descriptor_child(&v->task->column[column], &tree->node[at], tsl__cell(&v->x, row, (size_t)column));
    }
    return at;
}

static double get_squares(const tsl_descriptor_node *node, int k)
{
    double squares = 0;
    for (int c = 0; c < k; c++) {
        squares += node->share[c] * node->share[c];
    }
    return squares;
}

static tsl_status judge_fold(validation *v, const tsl_descriptor *tree, int fold)
{
    double *squares = tsl__alloc(tree->node_count, sizeof *squares);
    if (!squares) {
        return TSL_E_NOMEM;
    }
    for (size_t n = 0; n < tree->node_count; n++) {
        squares[n] = tree->k ? get_squares(&tree->node[n], tree->k) : 0;
    }
    for (size_t i = 0; i < v->rows; i++) {
        int32_t at = 0;
        for (size_t s = 0; v->fold[i] == fold && s < v->sizes; s++) {
            at = go_on(v, tree, at, v->cuts[s], v->row[i]);
            const tsl_descriptor_node *node = &tree->node[at];
            if (tree->k) {
                const int32_t label = v->task->label[v->row[i]];
                v->loss[s * v->rows + i] = 1 - 2 * node->share[label] + squares[at];
                v->hit[s * v->rows + i] = label == node->label;
            } else {
                const double off = v->task->value[v->row[i]] - node->mean;
                v->loss[s * v->rows + i] = off * off;
            }
        }
    }
    free(squares);
    return TSL_OK;
}

/* A tree of the rows of all other folds, judged by those of this one. */
static tsl_status do_fold(validation *v, int fold)
{
    tsl__descriptor_task task = *v->task;
    tsl_descriptor *tree = NULL;
    size_t count = 0;
    uint32_t *row = tsl__alloc(2 * v->rows, sizeof *row);
    tsl_status status = row ? TSL_OK : TSL_E_NOMEM;
    double weight = 0;
    for (size_t i = 0; row && i < v->rows; i++) {
        if (v->fold[i] != fold) {
            row[count++] = (uint32_t)v->row[i];
            weight += tsl__weight_get(task.weights.of, v->row[i]);
        }
    }
    task.threads = 1;
    task.weights.total = weight;
    if (status == TSL_OK && count > 0 && count < v->rows) {
        status = tsl__descriptor_grow(&task, row, count, &tree, NULL);
        status = status == TSL_OK ? judge_fold(v, tree, fold) : status;
    }
    tsl_descriptor_free(tree);
    free(row);
    return status;
}

static tsl_status do_folds(validation *v)
{
    tsl__cancel *cancel = v->task->cancel;
#pragma omp parallel for num_threads(v->task->threads) schedule(dynamic)
    for (int fold = 0; fold < v->folds; fold++) {
        if (!tsl__cancel_stopped(cancel)) {
            const tsl_status status = do_fold(v, fold);
            if (status != TSL_OK) {
                tsl__cancel_fail(cancel, status);
            }
        }
    }
    return tsl__cancel_get(cancel);
}

/* ---- What comes of it ----------------------------------------------------------------- */

static double weight_of(const validation *v, size_t i)
{
    return tsl__weight_get(v->task->weights.of, v->row[i]);
}

static double add_loss(const validation *v, size_t s)
{
    double sum = 0;
    for (size_t i = 0; i < v->rows; i++) {
        sum += weight_of(v, i) * v->loss[s * v->rows + i];
    }
    return sum;
}

/* The standard error of the sum of a - ratio * b. */
static double get_error(const validation *v, size_t a, size_t b, double ratio)
{
    double squares = 0;
    for (size_t i = 0; i < v->rows; i++) {
        const double off = weight_of(v, i) * (v->loss[a * v->rows + i] - ratio * v->loss[b * v->rows + i]);
        squares += off * off;
    }
    return sqrt(squares);
}

static double get_hits(const validation *v, size_t s)
{
    double hits = 0;
    for (size_t i = 0; i < v->rows; i++) {
        hits += weight_of(v, i) * v->hit[s * v->rows + i];
    }
    return hits / v->weight_total;
}

static void get_skill(const validation *v, size_t s, double *skill, double *error)
{
    const double base = v->loss_total, ratio = base > 0 ? add_loss(v, s) / base : 1;
    *skill = 1 - ratio;
    *error = base > 0 ? get_error(v, s, 0, ratio) / base : 0;
}

/* The fewest cuts whose loss is within a standard error, of the difference, of the least. */
static size_t choose_size(const validation *v)
{
    double least = v->loss_total;
    size_t best = 0;
    for (size_t s = 1; s < v->sizes; s++) {
        const double loss = add_loss(v, s);
        best = loss < least ? s : best;
        least = loss < least ? loss : least;
    }
    const size_t first = (size_t)v->task->opt.leaves_min - 1, from = first < v->sizes ? first : v->sizes - 1;
    for (size_t s = from; s < best; s++) {
        if (add_loss(v, s) <= least + get_error(v, s, best, 1)) {
            return s;
        }
    }
    return best > from ? best : from;
}

static tsl_descriptor_verdict get_verdict(double skill, double error)
{
    return !(skill >= SKILL_LITTLE) || skill <= SURE_ERRORS * error ? TSL_DESCRIPTOR_NOTHING
           : skill < SKILL_SOME                                     ? TSL_DESCRIPTOR_LITTLE
           : skill < SKILL_MUCH                                     ? TSL_DESCRIPTOR_SOME
                                                                    : TSL_DESCRIPTOR_MUCH;
}

/* Into the tree; *cuts: those that are kept. */
static tsl_status conclude(validation *v, tsl_descriptor *tree, int32_t *cuts, tsl_error *err)
{
    const int chosen = v->task->opt.method == TSL_DESCRIPTOR_CART && !v->task->opt.leaves;
    tsl_status status = TSL_OK;
    v->loss_total = add_loss(v, 0);
    for (size_t i = 0; i < v->rows; i++) {
        v->weight_total += weight_of(v, i);
    }
    const size_t s = chosen ? choose_size(v) : v->sizes - 1;
    get_skill(v, s, &tree->skill, &tree->skill_error);
    tree->accuracy = tree->k ? get_hits(v, s) : NAN;
    tree->base = tree->k ? get_hits(v, 0) : NAN;
    tree->verdict = get_verdict(tree->skill, tree->skill_error);
    tree->skill_rows = v->rows;
    tree->folds = v->folds;
    *cuts = v->cuts[s];
    if (chosen) {
        TSL__NEED(tree->curve = tsl__alloc(v->sizes, sizeof *tree->curve));
        tree->curve_count = v->sizes;
        for (size_t i = 0; i < v->sizes; i++) {
            tree->curve[i].leaves = v->cuts[i] + 1;
            get_skill(v, i, &tree->curve[i].skill, &tree->curve[i].error);
        }
    }
done:
    return status;
}

/* Each number of cuts of CART, from none on; of other trees none and all. */
static tsl_status set_sizes(validation *v, const tsl_descriptor *tree, tsl_error *err)
{
    const int each = v->task->opt.method == TSL_DESCRIPTOR_CART && !v->task->opt.leaves;
    tsl_status status = TSL_OK;
    v->sizes = each ? (size_t)tree->leaves : 2;
    TSL__NEED(v->cuts = tsl__alloc(v->sizes, sizeof *v->cuts));
    for (size_t s = 0; s < v->sizes; s++) {
        v->cuts[s] = each ? (int32_t)s : s ? INT32_MAX : 0;
    }
    TSL__NEED(v->loss = tsl__alloc_zero(v->sizes * v->rows, sizeof *v->loss));
    TSL__NEED(v->hit = tsl__alloc_zero(v->sizes * v->rows, sizeof *v->hit));
done:
    return status;
}

tsl_status tsl__descriptor_measure(const tsl__descriptor_task *task, const tsl_matrix *values, tsl_descriptor *tree,
                                   int32_t *cuts, tsl_error *err)
{
    validation v = {.task = task, .x = tsl__row_view_of(values, 1)};
    tsl_status status = TSL_OK;
    *cuts = INT32_MAX;
    TSL__TRY(draw_rows(&v, err));
    TSL__TRY(draw_folds(&v, err));
    if (v.folds < 2) {
        goto done;
    }
    TSL__TRY(set_sizes(&v, tree, err));
    TSL__TRY(do_folds(&v));
    TSL__TRY(conclude(&v, tree, cuts, err));
done:
    free(v.row);
    free(v.fold);
    free(v.cuts);
    free(v.loss);
    free(v.hit);
    return status;
}
