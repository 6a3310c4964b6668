/* column_totals.c: which rows of a customers table sum up the others. */
#include "table/ids/column_totals.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/cell/parse_number.h"
#include "table/ids/sum_proof.h"

/* The value of a cell in 1/10000; 0: it is no number. */
static int read_decimal(tsl__span cell, int64_t *value)
{
    tsl__decimal exact;
    int rounded;
    return tsl__cell_decimal(cell, &exact) == 0 && tsl__decimal_get(exact, value, &rounded) == TSL__DECIMAL_OK;
}

/* What stands in a column, by its code: the value, and how many rows have it. */
typedef struct code_value {
    int64_t value; /* TSL_MISSING_INT: none */
    size_t rows;
} code_value;

/* Reads the values; 0: one of them is no number. */
static int read_values(const tsl__column_build *b, size_t rows, code_value *of)
{
    const size_t count = tsl__dict_get_count(b->dict);
    for (size_t row = 0; row < rows; row++) {
        if (b->code[row] >= 0) {
            of[b->code[row]].rows++;
        }
    }
    for (size_t code = 0; code < count; code++) {
        tsl__span cell;
        cell.s = tsl__dict_get_text(b->dict, (int32_t)code, &cell.n);
        of[code].value = TSL_MISSING_INT;
        if (of[code].rows && !tsl__cell_is_missing(cell) && !read_decimal(cell, &of[code].value)) {
            return 0;
        }
    }
    return 1;
}

static void find_total(const tsl__column_build *b, size_t rows, const code_value *of, tsl__column_total *out)
{
    const size_t count = tsl__dict_get_count(b->dict);
    __int128 sum = 0;
    uint64_t step = 0;
    size_t total = TSL__NONE, row = 0;
    for (size_t code = 0; code < count; code++) {
        const int is_there = of[code].value != TSL_MISSING_INT;
        sum += is_there ? (__int128)of[code].value * (__int128)of[code].rows : 0;
        step = is_there ? tsl__step_take(step, of[code].value) : step;
        out->numbers += is_there ? of[code].rows : 0;
    }
    for (size_t code = 0, alike = 0; code < count && sum != 0; code++) {
        if (of[code].value != TSL_MISSING_INT && 2 * (__int128)of[code].value == sum) {
            alike += of[code].rows;
            total = alike == 1 ? code : TSL__NONE;
        }
    }
    if (total == TSL__NONE) {
        return;
    }
    while (row < rows && (size_t)b->code[row] != total) {
        row++;
    }
    const int64_t value = of[total].value;
    out->row = row;
    out->steps = (value < 0 ? 0 - (uint64_t)value : (uint64_t)value) / step;
}

tsl_status tsl__column_totals_find(const tsl__reading *r, tsl__column_total **out, tsl_error *err)
{
    const size_t outputs = r->terms.plan.outputs;
    tsl_status status = TSL_OK;
    atomic_int failed = 0;
    tsl__column_total *total = tsl__alloc_zero(outputs, sizeof *total);
    *out = NULL;
    TSL__NEED(total);
#pragma omp parallel for num_threads(r->threads) schedule(dynamic, 1)
    for (size_t i = 0; i < outputs; i++) {
        const tsl__column_build *b = &r->build[i];
        code_value *of = NULL;
        total[i].row = TSL__NONE;
        if (i == 0 || !b->dict) {
            continue;
        }
        of = tsl__alloc_zero(tsl__dict_get_count(b->dict), sizeof *of);
        atomic_fetch_or(&failed, !of);
        if (of && read_values(b, r->rows, of)) {
            find_total(b, r->rows, of, &total[i]);
        }
        free(of);
    }
    TSL__NEED(!atomic_load(&failed));
    *out = total;
    total = NULL;
done:
    free(total);
    return status;
}

int tsl__column_totals_has(const tsl__reading *r, const tsl__column_total *total, size_t row)
{
    for (size_t i = 1; i < r->terms.plan.outputs; i++) {
        if (total[i].row == row) {
            return 1;
        }
    }
    return 0;
}

int tsl__column_totals_prove(const tsl__reading *r, const tsl__column_total *total, size_t row)
{
    uint64_t steps = 1;
    for (size_t i = 1; i < r->terms.plan.outputs && tsl__column_totals_has(r, total, row); i++) {
        const tsl__column_build *b = &r->build[i];
        tsl__span cell = {"", 0};
        if (total[i].numbers == 0 || b->code[row] < 0) {
            continue;
        }
        cell.s = tsl__dict_get_text(b->dict, b->code[row], &cell.n);
        if (total[i].row != row ? !tsl__cell_is_missing(cell) : total[i].numbers <= TSL__SUM_OTHERS) {
            return 0;
        }
        if (total[i].row == row && steps < TSL__SUM_STEPS) {
            steps *= total[i].steps < TSL__SUM_STEPS ? total[i].steps : TSL__SUM_STEPS;
        }
    }
    return steps >= TSL__SUM_STEPS;
}
