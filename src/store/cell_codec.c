/* cell_codec.c: how each kind of cell stands in memory and in the file. */
#include "store/cell_codec.h"

#include "base/alloc.h"
#include "base/text.h"
#include "store/attribute.h"

#include <string.h>

_Static_assert(sizeof(int) == 4 && sizeof(size_t) == 8 && sizeof(double) == 8, "the sizes that the file has");

static const struct {
    size_t memory, bytes;
} kinds[] = {
    [TSL__DOUBLE] = {8, 8}, [TSL__FLOAT] = {4, 4}, [TSL__INT64] = {8, 8}, [TSL__UINT64] = {8, 8},
    [TSL__SIZE] = {8, 8},   [TSL__INT32] = {4, 4}, [TSL__INT] = {4, 4},   [TSL__CODE8] = {4, 1},
    [TSL__CODE16] = {4, 2}, [TSL__BOOL] = {4, 1},  [TSL__TEXT] = {8, 0},  [TSL__NAME] = {4, 0},
};

size_t tsl__kind_get_memory(tsl__kind kind)
{
    return kinds[kind].memory;
}

size_t tsl__kind_get_bytes(tsl__kind kind)
{
    return kinds[kind].bytes;
}

int tsl__kind_is_plain(tsl__kind kind)
{
    return kinds[kind].memory == kinds[kind].bytes;
}

int tsl__kind_is_text(tsl__kind kind)
{
    return kinds[kind].bytes == 0;
}

hid_t tsl__kind_open_type(tsl__kind kind, size_t width)
{
    switch (kind) {
    case TSL__DOUBLE:
        return H5Tcopy(H5T_IEEE_F64LE);
    case TSL__FLOAT:
        return H5Tcopy(H5T_IEEE_F32LE);
    case TSL__INT64:
        return H5Tcopy(H5T_STD_I64LE);
    case TSL__UINT64:
    case TSL__SIZE:
        return H5Tcopy(H5T_STD_U64LE);
    case TSL__INT32:
    case TSL__INT:
        return H5Tcopy(H5T_STD_I32LE);
    case TSL__CODE8:
        return H5Tcopy(H5T_STD_I8LE);
    case TSL__CODE16:
        return H5Tcopy(H5T_STD_I16LE);
    case TSL__BOOL:
        return tsl__type_open_bool();
    default:
        return tsl__type_open_text(width);
    }
}

/* The text of a cell that is one in the file. */
static const char *text_of(const tsl__cells *cells, size_t i)
{
    const char *at = cells->base + i * cells->stride, *text = NULL;
    if (cells->kind == TSL__TEXT) {
        memcpy(&text, at, sizeof text);
    } else {
        int value;
        memcpy(&value, at, sizeof value);
        text = cells->namer(value);
    }
    return text ? text : "";
}

size_t tsl__cells_get_width(const tsl__cells *cells)
{
    size_t width = 1;
    for (size_t i = 0; i < cells->count; i++) {
        size_t length = strlen(text_of(cells, i));
        width = length > width ? length : width;
    }
    return width;
}

void tsl__cells_write(const tsl__cells *cells, size_t width, char *out)
{
    for (size_t i = 0; i < cells->count; i++, out += width) {
        const char *at = cells->base + i * cells->stride;
        int32_t value;
        if (tsl__kind_is_text(cells->kind)) {
            const char *text = text_of(cells, i);
            size_t length = strnlen(text, width);
            memcpy(out, text, length);
            memset(out + length, 0, width - length);
        } else if (tsl__kind_is_plain(cells->kind)) {
            memcpy(out, at, width);
        } else { /* narrower in the file: the low bytes, as all of it is little-endian */
            memcpy(&value, at, sizeof value);
            value = cells->kind == TSL__BOOL ? value != 0 : value;
            memcpy(out, &value, width);
        }
    }
}

/* Whether nothing but NUL stands behind the text. */
static int is_filled_up(const char *in, size_t length, size_t width)
{
    while (length < width && in[length] == '\0') {
        length++;
    }
    return length == width;
}

static tsl_status read_text(const tsl__cells *cells, char *at, const char *in, size_t width)
{
    size_t length = strnlen(in, width);
    if (!is_filled_up(in, length, width)) {
        return TSL_E_FORMAT;
    }
    if (cells->kind == TSL__TEXT) {
        if (tsl__utf8_check(in, length) != length) {
            return TSL_E_FORMAT;
        }
        char *text = tsl__strndup(in, length);
        memcpy(at, &text, sizeof text);
        return text ? TSL_OK : TSL_E_NOMEM;
    }
    const char *name;
    for (int value = 0; (name = cells->namer(value)); value++) {
        if (strlen(name) == length && memcmp(name, in, length) == 0) {
            memcpy(at, &value, sizeof value);
            return TSL_OK;
        }
    }
    return TSL_E_FORMAT;
}

tsl_status tsl__cells_read(const tsl__cells *cells, size_t width, const char *in)
{
    for (size_t i = 0; i < cells->count; i++, in += width) {
        char *at = cells->base + i * cells->stride;
        tsl_status status = TSL_OK;
        if (tsl__kind_is_text(cells->kind)) {
            status = read_text(cells, at, in, width);
        } else if (tsl__kind_is_plain(cells->kind)) {
            memcpy(at, in, width);
        } else {
            int16_t wide = 0;
            memcpy(&wide, in, width == 2 ? 2 : 0);
            int32_t value = width == 2 ? wide : (signed char)*in;
            status = cells->kind == TSL__BOOL && value != 0 && value != 1 ? TSL_E_FORMAT : TSL_OK;
            memcpy(at, &value, sizeof value);
        }
        if (status != TSL_OK) {
            return status;
        }
    }
    return TSL_OK;
}
