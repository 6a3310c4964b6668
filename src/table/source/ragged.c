/* ragged.c: why a record is no row, by its number of fields. */
#include "table/source/ragged.h"

#include <stdio.h>

#include "table/text/json_line.h"

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
