/* list_values.c: lists that stand in one value: taken apart, and as JSON. */
#include "cli/ask/list_values.h"

#include "cli/system/arena.h"

#include <math.h>
#include <string.h>

int cli_parts_add(void *to, const char *text, int (*add)(void *to, const char *part, tsl_error *err), tsl_error *err)
{
    int bad = 0;
    for (const char *part = text; part && !bad;) {
        const size_t length = strcspn(part, ",");
        bad = add(to, cli_copy(part, length), err);
        part = part[length] ? part + length + 1 : NULL;
    }
    return bad;
}

json_t *cli_numbers_build_json(const double *value, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(array, isfinite(value[i]) ? json_real(value[i]) : json_null());
    }
    return array;
}
