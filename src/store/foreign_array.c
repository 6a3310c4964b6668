/* foreign_array.c: plain arrays of numbers from anyone's HDF5 file.
 *
 * HDF5 is not made for hostile files, so that an array is read only where its
 * bytes stand in this file, in a way that needs few of HDF5's parts. */
#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "store/attribute.h"
#include "store/handle.h"

#include <stdlib.h>
#include <string.h>

/* Deflate cannot make more than some 1,032 bytes out of one. */
#define DEFLATE_MOST 1040

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

/* ---- Types ---- */

/* NumPy's float16, which HDF5 has no name for. */
static int is_half(hid_t type)
{
    size_t sign, exponent, exponent_size, mantissa, mantissa_size;
    return H5Tget_class(type) == H5T_FLOAT && H5Tget_size(type) == 2 && H5Tget_precision(type) == 16 &&
           H5Tget_offset(type) == 0 &&
           H5Tget_fields(type, &sign, &exponent, &exponent_size, &mantissa, &mantissa_size) >= 0 && sign == 15 &&
           exponent == 10 && exponent_size == 5 && mantissa == 0 && mantissa_size == 10 && H5Tget_ebias(type) == 15;
}

/* The ordinary numbers only: conversions of invented ones are where HDF5 breaks. */
static int is_number(hid_t type)
{
    const hid_t known[] = {H5T_IEEE_F64LE, H5T_IEEE_F32LE, H5T_IEEE_F64BE, H5T_IEEE_F32BE, H5T_STD_I8LE,
                           H5T_STD_U8LE,   H5T_STD_I16LE,  H5T_STD_U16LE,  H5T_STD_I32LE,  H5T_STD_U32LE,
                           H5T_STD_I64LE,  H5T_STD_U64LE,  H5T_STD_I8BE,   H5T_STD_U8BE,   H5T_STD_I16BE,
                           H5T_STD_U16BE,  H5T_STD_I32BE,  H5T_STD_U32BE,  H5T_STD_I64BE,  H5T_STD_U64BE};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (H5Tequal(type, known[i]) > 0) {
            return 1;
        }
    }
    return is_half(type);
}

/* h5py's booleans: an enumeration of two over one byte. */
static int is_bool(hid_t type)
{
    hid_t base = H5Tget_class(type) == H5T_ENUM ? H5Tget_super(type) : -1;
    int fits = base >= 0 && H5Tget_size(type) == 1 && H5Tget_nmembers(type) == 2 && is_number(base);
    H5Tclose(base);
    return fits;
}

static tsl_status check_type(foreign *f, tsl_error *err)
{
    f->type = H5Dget_type(f->dataset);
    f->size = f->type < 0 ? 0 : H5Tget_size(f->type);
    f->is_bool = f->type >= 0 && is_bool(f->type);
    if (f->type < 0 || !(f->is_bool || is_number(f->type))) {
        return refuse(f, "holds no plain numbers; expected integers or floats of 1 to 8 bytes, or booleans", err);
    }
    return TSL_OK;
}

/* ---- Shape and storage ---- */

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

/* 1: no filters but the three that HDF5 itself brings and that need no more
 * memory than a chunk. */
static int check_filters(hid_t creation)
{
    int count = H5Pget_nfilters(creation), good = count >= 0;
    for (int i = 0; i < count; i++) {
        size_t values = 0;
        unsigned flags, config;
        H5Z_filter_t filter = H5Pget_filter2(creation, (unsigned)i, &flags, &values, NULL, 0, NULL, &config);
        good &= filter == H5Z_FILTER_DEFLATE || filter == H5Z_FILTER_SHUFFLE || filter == H5Z_FILTER_FLETCHER32;
    }
    return good;
}

/* NULL where the numbers can stand in the file as it says; otherwise what is wrong. */
static const char *storage_fault(const foreign *f, hid_t creation)
{
    hsize_t chunk[2] = {1, 1};
    size_t bytes = f->rows * f->cols * f->size, end = f->hdf.disk.end, one;
    hsize_t stored = H5Dget_storage_size(f->dataset);
    H5D_layout_t layout = H5Pget_layout(creation);
    if (H5Pget_external_count(creation) != 0 ||
        (layout != H5D_CONTIGUOUS && layout != H5D_CHUNKED && layout != H5D_COMPACT)) {
        return "is kept outside of this file, which is not followed";
    }
    if (!check_filters(creation)) {
        return "is packed by a filter other than deflate, shuffle and fletcher32";
    }
    if (stored > end || (layout != H5D_CHUNKED && stored != bytes)) {
        return "is cut short, or was never written";
    }
    if (layout == H5D_CHUNKED && (H5Pget_chunk(creation, 2, chunk) < 1 || bytes / DEFLATE_MOST > stored ||
                                  __builtin_mul_overflow(chunk[0], chunk[1], &one) ||
                                  __builtin_mul_overflow(one, f->size, &one) || one / DEFLATE_MOST > end)) {
        return "claims more numbers than the file can hold, or was never written";
    }
    return NULL;
}

static tsl_status check_storage(foreign *f, tsl_error *err)
{
    hid_t creation = H5Dget_create_plist(f->dataset);
    const char *fault = creation < 0 ? "cannot be understood" : storage_fault(f, creation);
    H5Pclose(creation);
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

/* Booleans have no conversion to floats in HDF5. They lie in the last bytes of
 * the doubles that they become, so that each is read before it is overwritten. */
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

static tsl_status read_values(const foreign *f, double **values, tsl_error *err)
{
    size_t count = f->rows * f->cols;
    *values = tsl__alloc(count, sizeof **values);
    if (!*values) {
        return tsl__error_nomem(err);
    }
    int failed =
        count && (f->is_bool ? read_bools(f, *values, count)
                             : H5Dread(f->dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, *values)) < 0;
    if (failed) {
        free(*values);
        *values = NULL;
        return refuse(f, "cannot be read: it is damaged", err);
    }
    return TSL_OK;
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
