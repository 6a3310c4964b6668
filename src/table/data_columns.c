/* data_columns.c: columns of plain numbers that are left out, and the one that says how often each row counts. */
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

static void drop_columns(tsl_data *data, double *values, const char *left_out)
{
    const size_t cols = data->cols;
    size_t to = 0;
    for (size_t r = 0; r < data->rows; r++) {
        for (size_t c = 0; c < cols; c++) {
            if (!left_out[c]) {
                values[to++] = values[r * cols + c];
            }
        }
    }
    to = 0;
    for (size_t c = 0; c < cols; c++) {
        if (!left_out[c]) {
            data->name[to++] = data->name[c];
        } else if (data->name[c] != data->weight_name) {
            free(data->name[c]);
        }
    }
    data->cols = to;
}

static tsl_status take_weight(tsl_data *data, const double *values, size_t column, tsl_error *err)
{
    const char *name = data->name[column];
    char shown[32];
    tsl_status status = TSL_OK;
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
done:
    return status;
}

tsl_status tsl__data_take_columns(tsl_data *data, double *values, size_t weight, char *left_out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t kept = 0;
    if (weight < data->cols) {
        left_out[weight] = 1;
    }
    for (size_t c = 0; c < data->cols; c++) {
        kept += !left_out[c];
    }
    if (!kept) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: of the columns none is left", data->file->name);
    }
    TSL__TRY(weight < data->cols ? take_weight(data, values, weight, err) : TSL_OK);
    drop_columns(data, values, left_out);
done:
    return status;
}
