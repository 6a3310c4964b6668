/* ragged.c: why a record is no row: by its number of fields, or by its bytes. */
#include "table/source/ragged.h"

#include "base/error.h"
#include "table/text/json_line.h"

#include <stdio.h>

const char *tsl__ragged_describe(const tsl__record *record, size_t columns, char out[TSL__RAGGED_BYTES])
{
    char key[TSL__JSON_KEY_BYTES];
    if (tsl__json_line_find_twice(record->raw, key)) {
        snprintf(out, TSL__RAGGED_BYTES,
                 "the key \"%s\" stands twice in the object, and which value is meant is not known", key);
    } else {
        snprintf(out, TSL__RAGGED_BYTES, "%zu field%s instead of %zu", record->count, record->count == 1 ? "" : "s",
                 columns);
    }
    return out;
}

tsl_status tsl__record_check(const tsl__record *record, size_t columns, const char *file, tsl_error *err)
{
    const unsigned long long line = (unsigned long long)record->line;
    const char *fault = tsl__record_get_fault(record);
    char count[TSL__RAGGED_BYTES];
    return record->count != columns ? tsl__error_set(err, TSL_E_INPUT, "%s:%llu: %s", file, line,
                                                     tsl__ragged_describe(record, columns, count))
           : fault                  ? tsl__error_set(err, TSL_E_INPUT, "%s:%llu: the row is %s", file, line, fault)
                                    : TSL_OK;
}
