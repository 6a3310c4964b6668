/* attribute.c: attributes of our files, and the two types that HDF5 lacks. */
#include "store/attribute.h"

#include <string.h>

hid_t tsl__type_open_text(size_t width)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    if (type >= 0 && (H5Tset_size(type, width) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0 ||
                      H5Tset_strpad(type, H5T_STR_NULLPAD) < 0)) {
        H5Tclose(type);
        return -1;
    }
    return type;
}

hid_t tsl__type_open_bool(void)
{
    const int8_t no = 0, yes = 1;
    hid_t type = H5Tenum_create(H5T_STD_I8LE);
    if (type >= 0 && (H5Tenum_insert(type, "FALSE", &no) < 0 || H5Tenum_insert(type, "TRUE", &yes) < 0)) {
        H5Tclose(type);
        return -1;
    }
    return type;
}

/* Takes the type over. count SIZE_MAX: a scalar. */
static int put(hid_t object, const char *name, hid_t type, const void *value, size_t count)
{
    hsize_t size = count;
    hid_t space = count == SIZE_MAX ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &size, NULL);
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    int failed = attribute < 0 || (count && H5Awrite(attribute, type, value) < 0);
    failed |= attribute >= 0 && H5Aclose(attribute) < 0;
    H5Sclose(space);
    H5Tclose(type);
    return failed ? -1 : 0;
}

int tsl__attribute_put_text(hid_t object, const char *name, const char *text)
{
    size_t width = strlen(text);
    return put(object, name, tsl__type_open_text(width ? width : 1), text, SIZE_MAX);
}

int tsl__attribute_put_cells(hid_t object, const char *name, const char *cells, size_t width, size_t count)
{
    return put(object, name, tsl__type_open_text(width), cells, count);
}

int tsl__attribute_put_bool(hid_t object, const char *name, int value)
{
    int8_t cell = value != 0;
    return put(object, name, tsl__type_open_bool(), &cell, SIZE_MAX);
}

int tsl__attribute_put_number(hid_t object, const char *name, int64_t value)
{
    return put(object, name, H5Tcopy(H5T_STD_I64LE), &value, SIZE_MAX);
}

int tsl__attribute_put_hashes(hid_t object, const char *name, const uint64_t *value, size_t count)
{
    return put(object, name, H5Tcopy(H5T_STD_U64LE), value, count);
}

/* Opens an attribute that holds count cells (SIZE_MAX: a scalar); its type is
 * given as well. */
static hid_t open_attribute(hid_t object, const char *name, size_t count, hid_t *type)
{
    *type = -1;
    if (H5Aexists(object, name) <= 0) {
        return -1;
    }
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT), space = H5Aget_space(attribute);
    H5S_class_t shape = H5Sget_simple_extent_type(space);
    hssize_t there = H5Sget_simple_extent_npoints(space);
    int fits = count == SIZE_MAX ? shape == H5S_SCALAR
                                 : shape == H5S_SIMPLE && H5Sget_simple_extent_ndims(space) == 1 && there >= 0 &&
                                       (size_t)there == count;
    H5Sclose(space);
    *type = fits ? H5Aget_type(attribute) : -1;
    if (*type < 0) {
        H5Aclose(attribute);
        return -1;
    }
    return attribute;
}

/* Takes the type over. */
static int get(hid_t object, const char *name, hid_t expected, void *value, size_t count)
{
    hid_t type, attribute = open_attribute(object, name, count, &type);
    int failed = attribute < 0 || H5Tequal(type, expected) <= 0 || (count && H5Aread(attribute, type, value) < 0);
    if (attribute >= 0) {
        H5Aclose(attribute);
        H5Tclose(type);
    }
    H5Tclose(expected);
    return failed ? -1 : 0;
}

int tsl__attribute_get_text(hid_t object, const char *name, char *out, size_t capacity)
{
    hid_t type, attribute = open_attribute(object, name, SIZE_MAX, &type);
    if (attribute < 0) {
        return -1;
    }
    size_t width = H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0 ? H5Tget_size(type) : 0;
    int failed = width == 0 || width >= capacity || H5Aread(attribute, type, out) < 0;
    out[failed ? 0 : width] = '\0';
    H5Aclose(attribute);
    H5Tclose(type);
    return failed ? -1 : 0;
}

int tsl__attribute_get_cells(hid_t object, const char *name, char *cells, size_t width, size_t count)
{
    return get(object, name, tsl__type_open_text(width), cells, count);
}

int tsl__attribute_get_bool(hid_t object, const char *name, int *value)
{
    int8_t cell = 0;
    int failed = get(object, name, tsl__type_open_bool(), &cell, SIZE_MAX);
    *value = cell == 1;
    return failed || (cell != 0 && cell != 1) ? -1 : 0;
}

int tsl__attribute_get_number(hid_t object, const char *name, int64_t *value)
{
    return get(object, name, H5Tcopy(H5T_STD_I64LE), value, SIZE_MAX);
}

int tsl__attribute_get_hashes(hid_t object, const char *name, uint64_t *value, size_t count)
{
    return get(object, name, H5Tcopy(H5T_STD_U64LE), value, count);
}
