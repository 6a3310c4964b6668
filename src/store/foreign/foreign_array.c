/* foreign_array.c: plain arrays of numbers from anyone's HDF5 file. */
#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "store/attribute.h"
#include "store/foreign/foreign.h"
#include "store/foreign/foreign_packing.h"
#include "store/handle.h"

#include <stdlib.h>
#include <string.h>

typedef struct foreign {
    tsl__hdf hdf;
    const char *name;
    hid_t dataset, type, space;
    size_t rows, cols, size; /* size: bytes of a number in the file */
    int is_bool;
} foreign;

static tsl_status refuse(const foreign *f, const char *what, tsl_error *err)
{
    if (!tsl__memory_has_room()) {
        return tsl__error_nomem(err);
    }
    return tsl__error_set(err, TSL_E_FORMAT, "%s: %s: %s", f->hdf.stream.name, f->name, what);
}

/* ---- Type, shape and storage ---- */

static tsl_status check_type(foreign *f, tsl_error *err)
{
    f->type = H5Dget_type(f->dataset);
    f->size = f->type < 0 ? 0 : H5Tget_size(f->type);
    f->is_bool = f->type >= 0 && tsl__foreign_is_bool(f->type);
    if (f->type < 0 || !(f->is_bool || tsl__foreign_is_number(f->type))) {
        return refuse(f, "holds no plain numbers; expected integers or floats of 1 to 8 bytes, or booleans", err);
    }
    return TSL_OK;
}

static tsl_status check_shape(foreign *f, size_t most, tsl_error *err)
{
    hsize_t size[2] = {1, 1};
    size_t bytes;
    f->space = H5Dget_space(f->dataset);
    int rank = H5Sget_simple_extent_type(f->space) == H5S_SIMPLE ? H5Sget_simple_extent_ndims(f->space) : 0;
    if (rank != 1 && rank != 2) {
        return refuse(f, "is no array of one or two dimensions", err);
    }
    H5Sget_simple_extent_dims(f->space, size, NULL);
    f->rows = (size_t)size[0];
    f->cols = (size_t)size[1];
    if (__builtin_mul_overflow(f->rows, f->cols, &bytes) || __builtin_mul_overflow(bytes, sizeof(double), &bytes)) {
        return refuse(f, "claims more numbers than any memory holds", err);
    }
    if (most && bytes > most) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: %s: %zu x %zu numbers need %zu bytes, more than the %zu allowed",
                              f->hdf.stream.name, f->name, f->rows, f->cols, bytes, most);
    }
    return TSL_OK;
}

static tsl_status check_storage(foreign *f, tsl_error *err)
{
    const char *fault = tsl__foreign_find_fault(&f->hdf, f->dataset, f->rows * f->cols, f->size);
    return fault ? refuse(f, fault, err) : TSL_OK;
}

/* What a table would follow is refused of plain numbers, which have no missing ones. */
static tsl_status check_packing(foreign *f, tsl_error *err)
{
    const tsl__foreign_column kind = {.kind = f->is_bool ? TSL__FOREIGN_BOOL : TSL__FOREIGN_FLOAT};
    char what[TSL__PACKING_FAULT_BYTES];
    tsl__packing packing;
    tsl__foreign_texts *texts = tsl__foreign_texts_open(&f->hdf.disk);
    if (!texts) {
        return tsl__error_nomem(err);
    }
    const char *fault = tsl__packing_read(texts, f->dataset, f->type, &kind, &packing, what);
    tsl__foreign_texts_free(texts);
    if (!fault && !tsl__packing_is_none(&packing)) {
        fault = "has attributes (scale_factor, add_offset, _FillValue, ...) by which its numbers are packed, or some "
                "of them "
                "missing, which is followed in tables alone";
    }
    return fault ? refuse(f, fault, err) : TSL_OK;
}

/* Tesela's own arrays have checksums, which are heard here as well. (One that
 * somebody added to our file has none.) */
static tsl_status check_sums(foreign *f, tsl_error *err)
{
    size_t row_bytes = f->cols * f->size, blocks = row_bytes ? tsl__block_count(f->rows) : 0, begin, end;
    uint64_t offset = H5Dget_offset(f->dataset);
    if (H5Aexists(f->hdf.file, "tesela") <= 0 || H5Aexists(f->dataset, TSL__CHECKSUMS) <= 0 || offset == HADDR_UNDEF) {
        return TSL_OK;
    }
    uint64_t *hash = tsl__alloc(blocks, sizeof *hash);
    char *buffer = tsl__alloc(f->rows < TSL__BLOCK_ROWS ? f->rows : TSL__BLOCK_ROWS, row_bytes);
    tsl_status status = hash && buffer ? TSL_OK : tsl__error_nomem(err);
    if (status == TSL_OK && tsl__attribute_get_hashes(f->dataset, TSL__CHECKSUMS, hash, blocks)) {
        status = refuse(f, "has no checksums, or they are damaged", err);
    }
    for (size_t b = 0; b < blocks && status == TSL_OK; b++) {
        tsl__block_get(f->rows, b, &begin, &end);
        if (tsl__block_read(&f->hdf.disk, offset, row_bytes, begin, end, hash, buffer) != TSL_OK) {
            status = refuse(f, "is damaged: a checksum does not match", err);
        }
    }
    free(hash);
    free(buffer);
    return status;
}

/* ---- Reading ---- */

/* HDF5 makes no floats of booleans. They are read, a byte each, into the last
 * eighth of `values` and made doubles there, the first one first: no double
 * reaches a boolean behind it that is still to be made one. */
static int read_bools(const foreign *f, double *values, size_t count)
{
    int8_t *cell = (int8_t *)values + count * (sizeof *values - 1);
    if (H5Dread(f->dataset, f->type, H5S_ALL, H5S_ALL, H5P_DEFAULT, cell) < 0) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        int8_t value = cell[i];
        values[i] = value;
    }
    return 0;
}

/* Integers of 8 bytes, which take the place of the doubles that they become.
 * *wide: the first of them that a double may not hold; else count. */
static int read_integers(const foreign *f, double *values, size_t count, size_t *wide)
{
    int is_signed = H5Tget_sign(f->type) == H5T_SGN_2;
    *wide = count;
    if (H5Dread(f->dataset, is_signed ? H5T_NATIVE_INT64 : H5T_NATIVE_UINT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) <
        0) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        int minus = is_signed && bits >> 63;
        uint64_t size = minus ? -bits : bits;
        values[i] = minus ? -(double)size : (double)size;
        if (size > TSL__GREATEST_WHOLE && *wide == count) {
            *wide = i;
        }
    }
    return 0;
}

static tsl_status read_values(const foreign *f, double **values, tsl_error *err)
{
    size_t count = f->rows * f->cols, wide = count;
    int is_wide = f->size == sizeof(int64_t) && H5Tget_class(f->type) == H5T_INTEGER, failed = 0;
    *values = tsl__alloc(count, sizeof **values);
    if (!*values) {
        return tsl__error_nomem(err);
    }
    if (count) {
        failed = f->is_bool ? read_bools(f, *values, count)
                 : is_wide  ? read_integers(f, *values, count, &wide)
                            : H5Dread(f->dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, *values) < 0;
    }
    tsl_status status = TSL_OK;
    if (failed) {
        status = refuse(f, "cannot be read: it is damaged", err);
    } else if (wide < count) {
        status =
            tsl__error_set(err, TSL_E_INPUT,
                           "%s: %s: row %zu, column %zu is beyond 2^53 - 1, where whole numbers lose digits; is it "
                           "an id?",
                           f->hdf.stream.name, f->name, wide / f->cols + 1, wide % f->cols + 1);
    }
    if (status != TSL_OK) {
        free(*values);
        *values = NULL;
    }
    return status;
}

/* The array by its name, without slashes at its ends. */
static tsl_status open_array(foreign *f, tsl_error *err)
{
    const char *begin = f->name + strspn(f->name, "/");
    size_t length = strlen(begin);
    while (length && begin[length - 1] == '/') {
        length--;
    }
    char *plain = tsl__strndup(begin, length);
    if (!plain) {
        return tsl__error_nomem(err);
    }
    int there = tsl__memory_has_room() ? tsl__hdf_check(&f->hdf, plain) : -1;
    if (there > 0) {
        f->dataset = H5Dopen2(f->hdf.file, plain, H5P_DEFAULT);
    }
    free(plain);
    if (there < 0) {
        return tsl__error_nomem(err);
    }
    return f->dataset >= 0
               ? TSL_OK
               : tsl__error_set(err, TSL_E_NOT_FOUND, "%s: has no array \"%s\"", f->hdf.stream.name, f->name);
}

tsl_status tsl_array_read(const tsl_source *source, const char *name, size_t max_bytes, double **values, size_t *rows,
                          size_t *cols, tsl_error *err)
{
    foreign f = {.name = name, .dataset = -1, .type = -1, .space = -1};
    tsl__error_reset(err);
    *values = NULL;
    *rows = *cols = 0;
    tsl_status status = tsl__hdf_open(source, &f.hdf, err);
    if (status != TSL_OK) {
        return status;
    }
    TSL__TRY(open_array(&f, err));
    TSL__TRY(check_type(&f, err));
    TSL__TRY(check_shape(&f, max_bytes, err));
    TSL__TRY(check_storage(&f, err));
    TSL__TRY(check_packing(&f, err));
    TSL__TRY(check_sums(&f, err));
    TSL__TRY(read_values(&f, values, err));
    *rows = f.rows;
    *cols = f.cols;
done:
    H5Sclose(f.space);
    H5Tclose(f.type);
    H5Dclose(f.dataset);
    tsl__hdf_close(&f.hdf);
    return status;
}

void tsl_array_free(double *values)
{
    free(values);
}
