/* csv_header.c: whether a row names the columns. */
#include "base/dict.h"
#include "base/error.h"
#include "table/date/parse_date.h"
#include "table/source/csv_state.h"

int tsl__csv_is_value(tsl__span cell)
{
    double number;
    tsl__moment moment;
    return tsl__cell_number(cell, &number) == 0 || tsl__moment_read(cell, &moment);
}

size_t tsl__csv_count_values(const tsl__record *r)
{
    size_t values = 0;
    for (size_t i = 0; i < r->count; i++) {
        values += (size_t)tsl__csv_is_value(r->field[i]);
    }
    return values;
}

static int repeats_names(const tsl__csv_options *opt, const tsl__record *r)
{
    if (!opt->names || opt->name_count != r->count) {
        return 0;
    }
    for (size_t i = 0; i < r->count; i++) {
        if (!tsl__span_equal(tsl__span_make(opt->names[i]), r->field[i])) {
            return 0;
        }
    }
    return 1;
}

/* A first row of distinct texts, none of them empty, a number or a date; but the first may be empty, over the numbers
 * of the rows. */
tsl_status tsl__csv_is_header(const tsl__csv_options *opt, const tsl__record *r, int *header, tsl_error *err)
{
    *header = opt->header != 0;
    if (opt->header >= 0) {
        return TSL_OK;
    }
    const size_t values = tsl__csv_count_values(r);
    if (repeats_names(opt, r) || (values * 2 < r->count && opt->is_header && opt->is_header(r->field, r->count))) {
        return TSL_OK;
    }
    tsl__dict *seen = tsl__dict_open();
    int32_t code = 0;
    for (size_t i = 0; seen && code >= 0 && *header && i < r->count; i++) {
        code = tsl__dict_add(seen, r->field[i].s, r->field[i].n);
        *header = values == 0 && (r->field[i].n > 0 || (i == 0 && r->count > 1)) && (size_t)code == i;
    }
    tsl__dict_free(seen);
    return seen && code >= 0 ? TSL_OK : tsl__error_nomem(err);
}
