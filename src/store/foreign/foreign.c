/* foreign.c: which types and which ways of storing are read of anyone's HDF5 file. */
#include "store/foreign/foreign.h"

/* Deflate cannot make more than some 1,032 bytes out of one. */
#define DEFLATE_MOST 1040

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
int tsl__foreign_is_number(hid_t type)
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

int tsl__foreign_is_bool(hid_t type)
{
    hid_t base = H5Tget_class(type) == H5T_ENUM ? H5Tget_super(type) : -1;
    int fits = base >= 0 && H5Tget_size(type) == 1 && H5Tget_nmembers(type) == 2 && tsl__foreign_is_number(base);
    H5Tclose(base);
    return fits;
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

static const char *find_fault(const tsl__hdf *hdf, hid_t dataset, hid_t creation, size_t count, size_t size)
{
    hsize_t chunk[2] = {1, 1}, stored = H5Dget_storage_size(dataset);
    size_t bytes, end = hdf->disk.end, one;
    H5D_layout_t layout = H5Pget_layout(creation);
    if (H5Pget_external_count(creation) != 0 ||
        (layout != H5D_CONTIGUOUS && layout != H5D_CHUNKED && layout != H5D_COMPACT)) {
        return "is kept outside of this file, which is not followed";
    }
    if (!check_filters(creation)) {
        return "is packed by a filter other than deflate, shuffle and fletcher32";
    }
    if (__builtin_mul_overflow(count, size, &bytes) || stored > end || (layout != H5D_CHUNKED && stored != bytes)) {
        return "is cut short, or was never written";
    }
    if (layout == H5D_CHUNKED && (H5Pget_chunk(creation, 2, chunk) < 1 || bytes / DEFLATE_MOST > stored ||
                                  __builtin_mul_overflow(chunk[0], chunk[1], &one) ||
                                  __builtin_mul_overflow(one, size, &one) || one / DEFLATE_MOST > end)) {
        return "claims more numbers than the file can hold, or was never written";
    }
    return NULL;
}

const char *tsl__foreign_find_fault(const tsl__hdf *hdf, hid_t dataset, size_t count, size_t size)
{
    hid_t creation = H5Dget_create_plist(dataset);
    const char *fault = creation < 0 ? "cannot be understood" : find_fault(hdf, dataset, creation, count, size);
    H5Pclose(creation);
    return fault;
}
