/*
 * npy.c: NumPy's .npy files: a short Python literal that names type, order and
 * shape, then the numbers. Specification: numpy.lib.format (NEP 1).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/bytes/source.h"
#include "table/cell/stored.h"
#include "table/data.h"

#define MAX_HEADER ((size_t)1 << 20)
#define CHUNK_BYTES ((size_t)1 << 20)
#define SHOWN 80 /* bytes of a type that cannot be read */

struct tsl__npy {
    const char *path;
    tsl__source *source;
    unsigned char *chunk; /* CHUNK_BYTES, where numbers are converted */
    char type[24];        /* "<f8" */
    char letter;          /* of the type: f, i, u, b */
    size_t width;         /* bytes of a number */
    int swap;             /* 1: its bytes stand in the other order than this machine's */
    int flat;             /* 1: an array of one dimension is a column */
    int by_column;
    size_t rows, cols;
    size_t done; /* rows given, by row */
};

typedef struct tsl__npy npy;

static tsl_status damaged(const npy *n, const char *what, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_FORMAT, "%s: is no sound .npy file: %s", n->path, what);
}

/* Exactly `count` bytes. */
static tsl_status read_bytes(npy *n, void *to, size_t count, tsl_error *err)
{
    size_t got = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__source_read(n->source, to, count, &got, err));
    TSL__TRY(got < count ? damaged(n, "it is cut short", err) : TSL_OK);
done:
    return status;
}

/* ---- Header ------------------------------------------------------------ */

/* What stands behind 'key': in the header, or NULL. */
static const char *find_key(const char *header, const char *key)
{
    const char *at = strstr(header, key);
    if (!at) {
        return NULL;
    }
    at += strlen(key);
    at += strspn(at, " ");
    return *at == ':' ? at + 1 + strspn(at + 1, " ") : NULL;
}

static const char *read_count(const char *s, size_t *value)
{
    *value = 0;
    s += strspn(s, " ");
    if (!tsl__is_digit(*s)) {
        return NULL;
    }
    for (; tsl__is_digit(*s); s++) {
        if (__builtin_mul_overflow(*value, (size_t)10, value) ||
            __builtin_add_overflow(*value, (size_t)(*s - '0'), value)) {
            return NULL;
        }
    }
    s += *s == 'L'; /* as Python 2 wrote it */
    return s + strspn(s, " ");
}

static tsl_status parse_shape(npy *n, const char *shape, tsl_error *err)
{
    if (!shape || *shape != '(') {
        return damaged(n, "its header has no shape", err);
    }
    const char *s = read_count(shape + 1, &n->rows);
    if (s && n->flat && *s == ',' && s[1 + strspn(s + 1, " ")] == ')') {
        n->cols = 1;
        return TSL_OK;
    }
    if (s && *s == ',' && s[1 + strspn(s + 1, " ")] != ')') {
        s = read_count(s + 1, &n->cols);
        if (s && (*s == ')' || (*s == ',' && s[1 + strspn(s + 1, " ")] == ')'))) {
            return TSL_OK;
        }
    }
    return tsl__error_set(err, TSL_E_INPUT, "%s: a two-dimensional array is expected; its shape is %.*s", n->path,
                          (int)(strcspn(shape, ")") + (strchr(shape, ')') != NULL)), shape);
}

static tsl_status refuse_type(const npy *n, const char *type, size_t length, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s: values of type %.*s cannot be read; float16 to float64, int8 to int64, uint8 to uint64 "
                          "and bool can",
                          n->path, tsl__text_head(type, (int)(length < SHOWN ? length : SHOWN)), type);
}

/* "<f8": the order of bytes, the kind of number and its bytes. */
static tsl_status parse_type(npy *n, tsl_error *err)
{
    static const char *const known[] = {"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"};
    const char *type = n->type;
    size_t i = 0, count = sizeof known / sizeof *known;
    while (i < count && strcmp(known[i], *type ? type + 1 : type) != 0) {
        i++;
    }
    if (i == count || !strchr("<>|", type[0]) || (type[0] == '|' && type[2] != '1')) {
        return refuse_type(n, type, strlen(type), err);
    }
    n->letter = type[1];
    n->width = (size_t)(type[2] - '0');
    n->swap = type[0] == (TSL__HOST_IS_BIG ? '<' : '>');
    return TSL_OK;
}

static tsl_status parse_header(npy *n, const char *header, tsl_error *err)
{
    const char *type = find_key(header, "'descr'"), *order = find_key(header, "'fortran_order'");
    if (!type) {
        return damaged(n, "its header has no type", err);
    }
    if (*type != '\'' && *type != '"') { /* a list of the fields of records */
        return refuse_type(n, type, *type == '[' ? strcspn(type, "]") + 1 : strcspn(type, ","), err);
    }
    size_t length = strcspn(type + 1, "'\"");
    if (length >= sizeof n->type) {
        return refuse_type(n, type + 1, length, err);
    }
    memcpy(n->type, type + 1, length);
    if (!order || (strncmp(order, "True", 4) != 0 && strncmp(order, "False", 5) != 0)) {
        return damaged(n, "its header does not say the order", err);
    }
    n->by_column = *order == 'T';
    tsl_status status = TSL_OK;
    TSL__TRY(parse_type(n, err));
    TSL__TRY(parse_shape(n, find_key(header, "'shape'"), err));
done:
    return status;
}

static tsl_status read_header(npy *n, tsl_error *err)
{
    unsigned char start[8], size[4] = {0};
    char *header = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(read_bytes(n, start, sizeof start, err));
    if (memcmp(start, TSL__NPY_MAGIC, 6) != 0) {
        return damaged(n, "it begins otherwise", err);
    }
    if (start[6] < 1 || start[6] > 3) {
        return damaged(n, "its version is unknown", err);
    }
    TSL__TRY(read_bytes(n, size, start[6] == 1 ? 2 : 4, err));
    size_t length = (size_t)size[0] | (size_t)size[1] << 8 | (size_t)size[2] << 16 | (size_t)size[3] << 24;
    if (length > MAX_HEADER) {
        return damaged(n, "its header is too long", err);
    }
    TSL__NEED(header = tsl__alloc_zero(length + 1, 1));
    TSL__TRY(read_bytes(n, header, length, err));
    TSL__TRY(parse_header(n, header, err));
done:
    free(header);
    return status;
}

/* ---- Numbers ----------------------------------------------------------- */

/* 0 on success, -1 for a whole number that a double may not hold. */
static int convert(const npy *n, const unsigned char *s, double *value)
{
    uint64_t bits = tsl__stored_bits(s, n->width, n->swap);
    if (n->letter == 'f') {
        *value = tsl__stored_float(bits, n->width);
        return 0;
    }
    if (n->letter == 'b') {
        *value = bits != 0;
        return 0;
    }
    int64_t number = n->letter == 'i' ? tsl__stored_signed(bits, n->width) : 0;
    uint64_t size = n->letter == 'u' ? bits : number < 0 ? -(uint64_t)number : (uint64_t)number;
    *value = number < 0 ? -(double)size : (double)size;
    return size <= TSL__GREATEST_WHOLE ? 0 : -1;
}

static tsl_status fail_number(const npy *n, size_t at, const unsigned char *s, tsl_error *err)
{
    uint64_t bits = tsl__stored_bits(s, n->width, n->swap);
    char number[24];
    if (n->letter == 'u') {
        snprintf(number, sizeof number, "%llu", (unsigned long long)bits);
    } else {
        snprintf(number, sizeof number, "%lld", (long long)tsl__stored_signed(bits, n->width));
    }
    return tsl__error_set(
        err, TSL_E_INPUT,
        "%s: row %zu, column %zu: %s is beyond 2^53 - 1, where whole numbers lose digits; is it an id?", n->path,
        at / n->cols + 1, at % n->cols + 1, number);
}

/* The next numbers as the file has them, the first of which is the done'th. */
static tsl_status read_numbers(npy *n, size_t done, size_t count, double *values, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t begin = 0, most = CHUNK_BYTES / n->width; begin < count; begin += most) {
        size_t some = count - begin < most ? count - begin : most;
        TSL__TRY(read_bytes(n, n->chunk, some * n->width, err));
        for (size_t i = 0; i < some; i++) {
            size_t at = done + begin + i;
            if (!convert(n, n->chunk + i * n->width, &values[begin + i])) {
                continue;
            }
            TSL__TRY(fail_number(n, n->by_column ? at % n->rows * n->cols + at / n->rows : at, n->chunk + i * n->width,
                                 err));
        }
    }
done:
    return status;
}

/* Doubles that lie as they are wanted need no chunk. */
static int is_plain(const npy *n)
{
    return n->letter == 'f' && n->width == sizeof(double) && !n->swap;
}

static tsl_status check_size(const npy *n, tsl_error *err)
{
    size_t total;
    if (__builtin_mul_overflow(n->rows, n->cols, &total) || total > PTRDIFF_MAX / sizeof(double)) {
        return damaged(n, "its shape is too large", err);
    }
    /* A shape that lies must not take the memory before the bytes are there. */
    uint64_t size = tsl__source_get_size(n->source);
    if (size && (uint64_t)total * n->width > size && !tsl__source_is_compressed(n->source)) {
        return damaged(n, "it is cut short", err);
    }
    return TSL_OK;
}

static tsl_status check_end(npy *n, tsl_error *err)
{
    unsigned char beyond;
    size_t got = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__source_read(n->source, &beyond, 1, &got, err));
    TSL__TRY(got ? damaged(n, "it is longer than its shape says", err) : TSL_OK);
done:
    return status;
}

static tsl_status read_some(npy *n, size_t done, size_t count, double *values, tsl_error *err)
{
    return is_plain(n) ? read_bytes(n, values, count * sizeof *values, err) : read_numbers(n, done, count, values, err);
}

/* ---- The file ------------------------------------------------------------ */

tsl_status tsl__npy_open(const tsl_source *from, int flat, tsl__npy **out, tsl_error *err)
{
    npy *n = NULL;
    tsl_status status = TSL_OK;
    *out = NULL;
    TSL__NEED(n = tsl__alloc_zero(1, sizeof *n));
    n->flat = flat;
    TSL__NEED(n->chunk = tsl__alloc(CHUNK_BYTES, 1));
    TSL__TRY(tsl__source_open(from, 1, &n->source, err));
    n->path = tsl__source_get_name(n->source);
    TSL__TRY(read_header(n, err));
    TSL__TRY(check_size(n, err));
    *out = n;
    n = NULL;
done:
    tsl__npy_free(n);
    return status;
}

void tsl__npy_free(tsl__npy *n)
{
    if (n) {
        tsl__source_free(n->source);
        free(n->chunk);
        free(n);
    }
}

void tsl__npy_get_shape(const tsl__npy *n, size_t *rows, size_t *cols, int *by_column)
{
    *rows = n->rows;
    *cols = n->cols;
    *by_column = n->by_column;
}

tsl_status tsl__npy_next(tsl__npy *n, size_t most, double *values, size_t *rows, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t left = n->rows - n->done, some = left < most ? left : most;
    TSL__ASSERT(!n->by_column);
    *rows = 0;
    TSL__TRY(read_some(n, n->done * n->cols, some * n->cols, values, err));
    TSL__TRY(some == left ? check_end(n, err) : TSL_OK);
    n->done += some;
    *rows = some;
done:
    return status;
}

/* Column by column, into rows. */
static tsl_status read_columns(npy *n, double *values, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *column = tsl__alloc(n->rows, sizeof *column);
    TSL__NEED(column);
    for (size_t c = 0; c < n->cols; c++) {
        TSL__TRY(read_some(n, c * n->rows, n->rows, column, err));
        for (size_t r = 0; r < n->rows; r++) {
            values[r * n->cols + c] = column[r];
        }
    }
    TSL__TRY(check_end(n, err));
done:
    free(column);
    return status;
}

tsl_status tsl__npy_read(tsl__npy *n, tsl_data *data, tsl_file_info *file, tsl_error *err)
{
    size_t rows;
    double *values = NULL;
    tsl_status status = TSL_OK;
    TSL__ASSERT(n->done == 0);
    TSL__NEED(values = tsl__alloc(n->rows * n->cols, sizeof *values));
    data->values = values;
    data->rows = n->rows;
    data->cols = n->cols;
    TSL__TRY(n->by_column ? read_columns(n, values, err) : tsl__npy_next(n, n->rows, values, &rows, err));
    TSL__TRY(tsl__npy_get_info(n, file, err));
done:
    return status;
}

tsl_status tsl__npy_get_info(tsl__npy *n, tsl_file_info *file, tsl_error *err)
{
    return tsl__source_get_info(n->source, file, err);
}
