/* descriptor.c: which columns tell the classes of rows, or a value, and how well:
 * options, checks, the tree as a whole. docs/methods/descriptors.md. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "model/descriptor/descriptor_work.h"
#include "model/matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Options ------------------------------------------------------------------- */

void tsl_descriptor_defaults(tsl_descriptor_options *opt, size_t size)
{
    const tsl_descriptor_options full = {.size = sizeof full,
                                         .method = TSL_DESCRIPTOR_CART,
                                         .leaves_max = 16,
                                         .leaves_min = 1,
                                         .depth = 5,
                                         .min_rows = 10,
                                         .min_share = .005,
                                         .folds = 10,
                                         .fold_rows = 100000,
                                         .alpha_merge = .05,
                                         .alpha_split = .05,
                                         .effect = .05,
                                         .bins = 10,
                                         .seed = 1};
    tsl__options_give(opt, size, &full, sizeof full);
}

static const tsl_option_range ranges[] = {
    TSL__RANGE(tsl_descriptor_options, leaves, .low = 1, .high = 1024, .unset = 1),
    TSL__RANGE(tsl_descriptor_options, leaves_max, .low = 2, .high = 1024),
    TSL__RANGE(tsl_descriptor_options, leaves_min, .low = 1, .high = 1024),
    TSL__RANGE(tsl_descriptor_options, depth, .low = 1, .high = 64),
    TSL__RANGE(tsl_descriptor_options, min_rows, .low = 1, .high = 1e9),
    TSL__RANGE(tsl_descriptor_options, min_share, .low = 0, .high = .5),
    TSL__RANGE(tsl_descriptor_options, folds, .low = 2, .high = 100, .unset = 1),
    TSL__RANGE(tsl_descriptor_options, fold_rows, .low = 100, .high = 1e9, .unset = 1),
    TSL__RANGE(tsl_descriptor_options, alpha_merge, .low = 0, .high = 1),
    TSL__RANGE(tsl_descriptor_options, alpha_split, .low = 0, .high = 1),
    TSL__RANGE(tsl_descriptor_options, effect, .low = 0, .high = 1),
    TSL__RANGE(tsl_descriptor_options, bins, .low = 2, .high = 64),
};

const tsl_option_range *tsl_descriptor_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

const char *tsl_descriptor_method_get_name(tsl_descriptor_method method)
{
    static const char *const name[] = {"cart", "chaid"};
    return (unsigned)method < TSL_DESCRIPTOR_METHODS ? name[method] : NULL;
}

static tsl_status take_options(const tsl_descriptor_options *given, tsl_descriptor_options *opt, tsl_error *err)
{
    TSL_DEFAULTS(descriptor, opt);
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_take("descriptor", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
    if ((unsigned)opt->method >= TSL_DESCRIPTOR_METHODS) {
        status = tsl__error_set(err, TSL_E_OPTION, "method: %d is no method of descriptors", (int)opt->method);
    }
done:
    return status;
}

tsl_status tsl_descriptor_check(const tsl_descriptor_options *opt, tsl_error *err)
{
    tsl_descriptor_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

/* ---- Checks ------------------------------------------------------------------------ */

static tsl_status check_values(const tsl_descriptor_column *column, const tsl_matrix *values, tsl_error *err)
{
    const tsl__row_view x = tsl__row_view_of(values, 1);
    for (size_t c = 0; c < x.cols; c++) {
        const size_t levels = column ? column[c].level_count : 0;
        if (levels > TSL_LEVELS_MAX) {
            return tsl__error_set(err, TSL_E_OPTION, "column %zu: %zu levels; expected at most %d", c + 1, levels,
                                  TSL_LEVELS_MAX);
        }
        for (size_t r = 0; r < x.rows; r++) {
            const double v = tsl__cell(&x, r, c);
            if (isinf(v)) {
                return tsl__error_set(err, TSL_E_INPUT, "row %zu, column %zu: the value is infinite", r + 1, c + 1);
            }
            if (levels && !isnan(v) && !(v >= 0 && v < (double)levels && v == floor(v))) {
                return tsl__error_set(err, TSL_E_INPUT, "row %zu, column %zu: not one of the levels 0 to %zu", r + 1,
                                      c + 1, levels - 1);
            }
        }
    }
    return TSL_OK;
}

static tsl_status check_target(const tsl_descriptor_target *target, size_t rows, tsl_error *err)
{
    if (!target->label && !target->value) {
        return tsl__error_set(err, TSL_E_INPUT, "there is nothing to tell: neither classes nor a value");
    }
    if (target->label && (target->k < 1 || target->k > TSL_CLUSTERS_MAX)) {
        return tsl__error_set(err, TSL_E_OPTION, "k: %d is outside 1 to %d", target->k, TSL_CLUSTERS_MAX);
    }
    for (size_t r = 0; r < rows; r++) {
        if (target->label && (target->label[r] < 0 || target->label[r] >= target->k)) {
            return tsl__error_set(err, TSL_E_INPUT, "row %zu: label %d is outside 0 to %d", r + 1, target->label[r],
                                  target->k - 1);
        }
        if (!target->label && !isfinite(target->value[r])) {
            return tsl__error_set(err, TSL_E_INPUT, "row %zu: the value is not finite", r + 1);
        }
    }
    return TSL_OK;
}

static tsl_status check_input(const tsl_descriptor_columns *columns, const tsl_descriptor_target *target,
                              const tsl_descriptor_options *opt, tsl_error *err)
{
    const tsl_matrix *values = columns->values;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__matrix_check_layout(values, err));
    if (!values->rows || !values->cols || values->rows > UINT32_MAX) {
        return tsl__error_set(err, TSL_E_INPUT, "the matrix is %zu x %zu; expected a row and a column at least",
                              values->rows, values->cols);
    }
    if (opt->method == TSL_DESCRIPTOR_CHAID && !target->label) {
        return tsl__error_set(err, TSL_E_OPTION, "method: chaid tells classes; a value is told by cart");
    }
    TSL__TRY(check_target(target, values->rows, err));
    TSL__TRY(check_values(columns->column, values, err));
done:
    return status;
}

/* ---- The tree ------------------------------------------------------------------------ */

/* Of so many; texts NULL: "0", "1", ... */
static tsl_status copy_texts(const char *const *texts, size_t count, const char *const **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char **copy = NULL;
    size_t made = 0;
    if (count == 0) {
        return TSL_OK;
    }
    TSL__NEED(copy = tsl__alloc_zero(count, sizeof *copy));
    for (; made < count; made++) {
        TSL__NEED(copy[made] = texts ? tsl__strdup(texts[made]) : tsl__format("%zu", made));
    }
    *out = (const char *const *)copy;
    copy = NULL;
done:
    tsl__free_texts(copy, made);
    return status;
}

static tsl_status copy_column(const tsl_descriptor_column *from, size_t index, tsl_descriptor_column *to,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(to->name = from && from->name ? tsl__strdup(from->name) : tsl__format("c%zu", index + 1));
    if (from) {
        TSL__TRY(copy_texts(from->level, from->level_count, &to->level, err));
        to->level_count = from->level_count;
        TSL__TRY(copy_texts(from->rank, from->rank_count, &to->rank, err));
        to->rank_count = from->rank_count;
    }
done:
    return status;
}

static tsl_status finish_tree(const tsl_descriptor_columns *columns, tsl_descriptor *tree, tsl_error *err)
{
    const size_t cols = columns->values->cols;
    tsl_status status = TSL_OK;
    TSL__NEED(tree->column = tsl__alloc_zero(cols, sizeof *tree->column));
    tree->cols = cols;
    for (size_t c = 0; c < cols; c++) {
        TSL__TRY(copy_column(columns->column ? &columns->column[c] : NULL, c, &tree->column[c], err));
    }
    TSL__NEED(tree->importance = tsl__alloc_zero(cols, sizeof *tree->importance));
    for (size_t i = 0; i < tree->node_count; i++) {
        if (tree->node[i].column >= 0) {
            tree->importance[tree->node[i].column] += tree->node[i].gain;
        }
    }
done:
    return status;
}

/* The weighted mean, so that squares about it lose no digits. */
static double get_center(const tsl__descriptor_task *task)
{
    double sum = 0;
    for (size_t r = 0; task->value && r < task->rows; r++) {
        sum += tsl__weight_get(task->weights.of, r) * task->value[r];
    }
    return sum / task->weights.total;
}

/* The rows that have a weight, with room for as many; owned. */
static tsl_status get_rows(const tsl__descriptor_task *task, uint32_t **row, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t count = 0;
    TSL__NEED(*row = tsl__alloc(2 * task->weights.positive, sizeof **row));
    for (size_t r = 0; r < task->rows; r++) {
        if (tsl__weight_get(task->weights.of, r) > 0) {
            (*row)[count++] = (uint32_t)r;
        }
    }
done:
    return status;
}

static tsl_status grow(tsl__descriptor_task *task, const tsl_descriptor_columns *columns, tsl_descriptor **out,
                       tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_descriptor *tree = NULL;
    uint32_t *row = NULL;
    int32_t cuts = INT32_MAX;
    TSL__TRY(get_rows(task, &row, err));
    TSL__TRY(tsl__descriptor_grow(task, row, task->weights.positive, &tree, err));
    tree->skill = tree->skill_error = tree->accuracy = tree->base = NAN;
    if (task->opt.folds) {
        TSL__TRY(tsl__descriptor_measure(task, columns->values, tree, &cuts, err));
    }
    tsl__descriptor_prune(tree, cuts);
    TSL__TRY(finish_tree(columns, tree, err));
    *out = tree;
    tree = NULL;
done:
    tsl_descriptor_free(tree);
    free(row);
    return status;
}

/* Columns as the tree reads them: without any given, all are numbers. */
static tsl_status open_columns(const tsl_descriptor_columns *columns, tsl_descriptor_column **out, tsl_error *err)
{
    const size_t cols = columns->values->cols;
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc_zero(cols, sizeof **out));
    if (columns->column) {
        memcpy(*out, columns->column, cols * sizeof **out);
    }
done:
    return status;
}

tsl_status tsl_descriptor_fit(const tsl_descriptor_columns *columns, const double *weight,
                              const tsl_descriptor_target *target, const tsl_descriptor_options *opt,
                              const tsl_exec *exec, tsl_descriptor **out, tsl_error *err)
{
    const double begun = tsl__clock();
    tsl_status status = TSL_OK;
    tsl_exec own;
    tsl__cancel cancel;
    tsl__descriptor_codes *codes = NULL;
    tsl_descriptor_column *column = NULL;
    tsl__descriptor_task task = {.rows = columns->values->rows, .cols = columns->values->cols};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &task.opt, err));
    TSL__TRY(tsl__exec_open(exec, &own, err));
    TSL__TRY(check_input(columns, target, &task.opt, err));
    TSL__TRY(tsl__weights_check(weight, task.rows, &task.weights, err));
    tsl__cancel_open(&cancel, &own, "descriptors", err);
    const int bins = task.opt.method == TSL_DESCRIPTOR_CHAID ? task.opt.bins : 0;
    TSL__TRY(tsl__descriptor_codes_open(columns, weight, bins, own.threads, &codes, err));
    TSL__TRY(open_columns(columns, &column, err));
    task.column = column;
    task.codes = codes;
    task.label = target->label;
    task.value = target->label ? NULL : target->value;
    task.center = get_center(&task);
    task.channels = target->label ? (size_t)target->k + 1 : 3;
    task.threads = own.threads;
    task.cancel = &cancel;
    TSL__TRY(grow(&task, columns, out, err));
    (*out)->seconds = tsl__clock() - begun;
done:
    tsl__descriptor_codes_free(codes, task.cols);
    free(column);
    return status;
}

tsl_status tsl_descriptor_predict(const tsl_descriptor *descriptor, const tsl_matrix *values, const tsl_exec *exec,
                                  int32_t *leaf, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_exec own;
    tsl__error_reset(err);
    TSL__TRY(tsl__exec_open(exec, &own, err));
    TSL__TRY(tsl__matrix_check_layout(values, err));
    if (values->cols != descriptor->cols) {
        return tsl__error_set(err, TSL_E_INPUT, "%zu columns; the tree was grown on %zu", values->cols,
                              descriptor->cols);
    }
    const tsl__row_view x = tsl__row_view_of(values, 1);
    const int team = tsl__team_size(own.threads, (double)x.rows * descriptor->depth);
#pragma omp parallel for num_threads(team) schedule(static)
    for (size_t r = 0; r < x.rows; r++) {
        int32_t at = 0;
        while (descriptor->node[at].child >= 0) {
            const int32_t column = descriptor->node[at].column;
            at = tsl__descriptor_child(&descriptor->column[column], &descriptor->node[at],
                                       tsl__cell(&x, r, (size_t)column));
        }
        leaf[r] = at;
    }
done:
    return status;
}
