/* json_check.c: whether a text that a caller hands over is JSON, told at once. */
#include "output/json/json_check.h"

#include "base/error.h"

#include <jansson.h>

tsl_status tsl__json_check_object(const char *text, const char *what, tsl_error *err)
{
    json_error_t why = {0};
    json_t *value = text ? json_loads(text, JSON_DECODE_ANY, &why) : NULL;
    tsl_status status = TSL_OK;
    if (text && !value) {
        status = json_error_code(&why) == json_error_out_of_memory
                     ? tsl__error_nomem(err)
                     : tsl__error_set(err, TSL_E_OPTION, "%s: %d:%d: a JSON object is expected: %s", what, why.line,
                                      why.column, why.text);
    } else if (text && !json_is_object(value)) {
        status = tsl__error_set(err, TSL_E_OPTION, "%s: a JSON object is expected", what);
    }
    json_decref(value);
    return status;
}
