/* data_weight.c: a column of plain numbers that says how often each row counts. */
#include "table/data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "expr/expr.h"

size_t tsl__data_find_column(const char *name, const char *const *names, size_t count)
{
    size_t found = tsl__name_find(name, names, count);
    double number;
    if (found == count && name[0] == '#' && tsl__double_read(name + 1, strlen(name + 1), &number) == 0 && number >= 1 &&
        number <= (double)count && number == floor(number)) {
        return (size_t)number - 1;
    }
    return found;
}

/* The other columns move up. */
static void close_gap(tsl_data *data, double *values, size_t column)
{
    const size_t cols = data->cols;
    for (size_t r = 0, to = 0; r < data->rows; r++) {
        for (size_t c = 0; c < cols; c++) {
            if (c != column) {
                values[to++] = values[r * cols + c];
            }
        }
    }
    for (size_t c = column; c + 1 < cols; c++) {
        data->name[c] = data->name[c + 1];
    }
    data->cols--;
}

tsl_status tsl__data_take_weight(tsl_data *data, double *values, size_t column, tsl_error *err)
{
    const char *name = data->name[column];
    char shown[32];
    tsl_status status = TSL_OK;
    if (data->cols == 1) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: beside the weights (%s) no column is left", data->file->name,
                              name);
    }
    size_t positive = 0;
    TSL__NEED(data->weight = tsl__alloc(data->rows, sizeof *data->weight));
    for (size_t r = 0; r < data->rows; r++) {
        double weight = data->weight[r] = values[r * data->cols + column];
        if (weight < 0) {
            tsl__double_write(weight, shown);
            return tsl__error_set(err, TSL_E_INPUT, "%s: row %zu: the weight (%s) is %s; expected 0 or more",
                                  data->file->name, r + 1, name, shown);
        }
        positive += weight > 0;
    }
    if (!positive) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: the weight (%s) is 0 in every row", data->file->name, name);
    }
    data->weight_name = data->name[column];
    close_gap(data, values, column);
done:
    return status;
}
