/* arrays.c: the caller's arrays as columns of cells, checked as far as that can be done before a row is read. */
#include "table/source/arrays.h"

#include <string.h>

#include "base/dict.h"
#include "base/error.h"
#include "base/text.h"

#define MAX_SCALE 18 /* 10^18 < 2^63 */

/* How the values of each dtype lie. */
static const struct dtype_line {
    size_t width;
    tsl__cell_layout layout;
    tsl__cell_content content;
    int missing_least, missing_below;
} dtypes[] = {
    [TSL_F64] = {8, TSL__LAYOUT_FLOAT, TSL__CONTENT_NUMBER, 0, 0},
    [TSL_F32] = {4, TSL__LAYOUT_FLOAT, TSL__CONTENT_NUMBER, 0, 0},
    [TSL_I32] = {4, TSL__LAYOUT_SIGNED, TSL__CONTENT_NUMBER, 0, 0},
    [TSL_I64] = {8, TSL__LAYOUT_SIGNED, TSL__CONTENT_NUMBER, 0, 0},
    [TSL_DECIMAL64] = {8, TSL__LAYOUT_SIGNED, TSL__CONTENT_NUMBER, 1, 0},
    [TSL_BOOL8] = {1, TSL__LAYOUT_UNSIGNED, TSL__CONTENT_BOOLEAN, 0, 0},
    [TSL_DAY32] = {4, TSL__LAYOUT_SIGNED, TSL__CONTENT_DAY, 1, 0},
    [TSL_SECOND64] = {8, TSL__LAYOUT_SIGNED, TSL__CONTENT_TIME, 1, 0},
    [TSL_TEXT] = {sizeof(char *), TSL__LAYOUT_POINTER, TSL__CONTENT_NUMBER, 0, 0},
    [TSL_CODE32] = {4, TSL__LAYOUT_SIGNED, TSL__CONTENT_CODE, 0, 1},
};

static tsl_status check(const tsl_array *a, const char *name, size_t rows, tsl_error *err)
{
    if ((size_t)a->dtype >= sizeof dtypes / sizeof *dtypes) {
        return tsl__error_set(err, TSL_E_OPTION, "array \"%s\": %d is no dtype", name, (int)a->dtype);
    }
    if ((int)a->role < TSL_ROLE_NONE || a->role >= TSL_ROLES) {
        return tsl__error_set(err, TSL_E_OPTION, "array \"%s\": %d is no role", name, (int)a->role);
    }
    size_t width = dtypes[a->dtype].width;
    if (rows && !a->data) {
        return tsl__error_set(err, TSL_E_OPTION, "array \"%s\": has no data", name);
    }
    if (a->stride && a->stride < width) {
        return tsl__error_set(err, TSL_E_OPTION, "array \"%s\": a stride of %zu is below the %zu bytes of a value",
                              name, a->stride, width);
    }
    if (a->dtype == TSL_DECIMAL64 && (a->scale < 0 || a->scale > MAX_SCALE)) {
        return tsl__error_set(err, TSL_E_OPTION, "array \"%s\": a scale of %d is outside 0 to %d", name, a->scale,
                              MAX_SCALE);
    }
    return TSL_OK;
}

static tsl_status check_levels(const tsl_array *a, const char *name, tsl_error *err)
{
    tsl__dict *seen = NULL;
    tsl_status status = TSL_OK;
    if (a->level_count && !a->level) {
        return tsl__error_set(err, TSL_E_OPTION, "array \"%s\": its levels are not there", name);
    }
    TSL__NEED(seen = tsl__dict_open());
    for (size_t i = 0; i < a->level_count; i++) {
        const char *level = a->level[i];
        size_t length = level ? strlen(level) : 0;
        if (!level || tsl__utf8_check(level, length) != length) {
            TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "array \"%s\": level %zu is %s", name, i + 1,
                                    level ? "not valid UTF-8" : "not there"));
        }
        int32_t code = tsl__dict_add(seen, level, length);
        TSL__NEED(code >= 0);
        if ((size_t)code < i) {
            TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "array \"%s\": levels %d and %zu are both \"%s\"", name,
                                    code + 1, i + 1, level));
        }
    }
done:
    tsl__dict_free(seen);
    return status;
}

tsl_status tsl__array_open(const tsl_array *a, const char *name, size_t rows, tsl__cell_array *out,
                           tsl__cell_array *levels, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(check(a, name, rows, err));
    const struct dtype_line *line = &dtypes[a->dtype];
    *out = (tsl__cell_array){.layout = line->layout,
                             .content = line->content,
                             .data = a->data,
                             .stride = a->stride ? a->stride : line->width,
                             .width = line->width,
                             .valid = a->valid,
                             .missing_least = line->missing_least,
                             .missing_below = line->missing_below,
                             .places = a->dtype == TSL_DECIMAL64 ? a->scale : 0,
                             .per_second = 1};
    if (a->dtype == TSL_CODE32) {
        TSL__TRY(check_levels(a, name, err));
        *levels = (tsl__cell_array){.layout = TSL__LAYOUT_POINTER,
                                    .data = (const unsigned char *)a->level,
                                    .stride = sizeof *a->level,
                                    .width = sizeof *a->level};
        out->levels = levels;
        out->level_count = a->level_count;
    }
done:
    return status;
}
