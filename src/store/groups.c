/* groups.c: the groups of a store: dicts, dataframes, categoricals. */
#include "store/array_store.h"

#include "base/alloc.h"
#include "store/attribute.h"
#include "store/cell_codec.h"
#include "store/handle.h"

#include <stdlib.h>
#include <string.h>

/* A group without times, open; -1 once the store has failed. */
static hid_t make_group(tsl__store *store, const char *path, const char *encoding, const char *version)
{
    if (tsl__store_failed(store)) {
        return -1;
    }
    if (!tsl__memory_has_room()) {
        tsl__store_fail_nomem(store);
        return -1;
    }
    hid_t creation = H5Pcreate(H5P_GROUP_CREATE);
    hid_t group = tsl__group_set(creation) ? -1 : H5Gcreate2(store->hdf.file, path, H5P_DEFAULT, creation, H5P_DEFAULT);
    H5Pclose(creation);
    if (group < 0 || tsl__element_put(group, encoding, version)) {
        tsl__store_fail(store, TSL_E_INTERNAL, path, "cannot be made");
    }
    return group;
}

static void finish_group(tsl__store *store, const char *path, hid_t group, int failed)
{
    if (group >= 0 && (H5Gclose(group) < 0 || failed)) {
        tsl__store_fail(store, TSL_E_INTERNAL, path, "cannot be made");
    }
}

void tsl__store_put_dict(tsl__store *store, const char *path)
{
    finish_group(store, path, make_group(store, path, "dict", "0.1.0"), 0);
}

/* The names of a frame's columns as cells of one width, NULL without memory. */
static char *make_cells(tsl__store *store, const char *const *name, size_t count, size_t *width)
{
    const tsl__cells all = {.kind = TSL__TEXT, .base = (char *)(uintptr_t)name, .stride = sizeof *name, .count = count};
    *width = tsl__cells_get_width(&all);
    char *cells = tsl__alloc(count, *width);
    if (cells) {
        tsl__cells_write(&all, *width, cells);
    } else {
        tsl__store_fail_nomem(store);
    }
    return cells;
}

void tsl__store_put_frame(tsl__store *store, const char *path, const char *index, const char *const *columns,
                          size_t count)
{
    size_t width;
    char *cells = make_cells(store, columns, count, &width);
    hid_t group = make_group(store, path, "dataframe", "0.2.0");
    int failed = group < 0 || tsl__attribute_put_text(group, "_index", index) ||
                 tsl__attribute_put_cells(group, "column-order", cells, width, count);
    finish_group(store, path, group, failed);
    free(cells);
}

/* The group, open, where it is an element of this encoding; -1 otherwise. */
static hid_t open_group(tsl__store *store, const char *path, const char *encoding)
{
    char name[64];
    if (tsl__store_failed(store)) {
        return -1;
    }
    int there = tsl__memory_has_room() ? tsl__hdf_check(&store->hdf, path) : -1;
    hid_t group = there > 0 ? H5Gopen2(store->hdf.file, path, H5P_DEFAULT) : -1;
    if (group >= 0 &&
        (tsl__attribute_get_text(group, "encoding-type", name, sizeof name) || strcmp(name, encoding) != 0)) {
        H5Gclose(group);
        group = -1;
    }
    if (there < 0) {
        tsl__store_fail_nomem(store);
    } else if (group < 0) {
        tsl__store_fail(store, TSL_E_FORMAT, path, "is missing, damaged, or no %s", encoding);
    }
    return group;
}

void tsl__store_check_dict(tsl__store *store, const char *path)
{
    hid_t group = open_group(store, path, "dict");
    if (group >= 0) {
        H5Gclose(group);
    }
}

void tsl__store_check_frame(tsl__store *store, const char *path, const char *index, const char *const *columns,
                            size_t count)
{
    char name[64];
    size_t width;
    char *cells = make_cells(store, columns, count, &width), *there = tsl__alloc(count, width);
    hid_t group = open_group(store, path, "dataframe");
    if (group >= 0 && !there) {
        tsl__store_fail_nomem(store);
    } else if (group >= 0 && (tsl__attribute_get_text(group, "_index", name, sizeof name) || strcmp(name, index) != 0 ||
                              tsl__attribute_get_cells(group, "column-order", there, width, count) ||
                              memcmp(cells, there, count * width) != 0)) {
        tsl__store_fail(store, TSL_E_FORMAT, path, "has other columns than expected, or they are damaged");
    }
    if (group >= 0) {
        H5Gclose(group);
    }
    free(cells);
    free(there);
}

/* The narrowest codes that hold the levels, as pandas has them. */
static tsl__kind code_kind(size_t levels)
{
    return levels <= INT8_MAX ? TSL__CODE8 : levels <= INT16_MAX ? TSL__CODE16 : TSL__INT32;
}

void tsl__store_put_categorical(tsl__store *store, const char *path, const int32_t *code, size_t rows,
                                char *const *level, size_t level_count, int ordered)
{
    char *codes = tsl__format("%s/codes", path), *levels = tsl__format("%s/categories", path);
    hid_t group = make_group(store, path, "categorical", "0.2.0");
    finish_group(store, path, group, group < 0 || tsl__attribute_put_bool(group, "ordered", ordered));
    if (codes && levels) {
        tsl__store_put_column(store, codes, code_kind(level_count), code, rows);
        tsl__store_put_texts(store, levels, level, level_count, 0);
    } else {
        tsl__store_fail_nomem(store);
    }
    free(codes);
    free(levels);
}

void tsl__store_get_categorical(tsl__store *store, const char *path, size_t rows, int32_t **code, char ***level,
                                size_t *level_count, int *ordered)
{
    char *codes = tsl__format("%s/codes", path), *levels = tsl__format("%s/categories", path);
    *level_count = 0;
    if (codes && levels) {
        size_t count = tsl__store_get_shape(store, levels).rows;
        *level = tsl__store_get_texts(store, levels, count);
        *level_count = *level ? count : 0;
        *code = tsl__store_get_column(store, codes, code_kind(count), rows);
    } else {
        tsl__store_fail_nomem(store);
    }
    hid_t group = open_group(store, path, "categorical");
    if (group >= 0) {
        if (tsl__attribute_get_bool(group, "ordered", ordered)) {
            tsl__store_fail(store, TSL_E_FORMAT, path, "does not say whether it is ordered");
        }
        H5Gclose(group);
    }
    for (size_t i = 0; !tsl__store_failed(store) && i < rows; i++) {
        if ((*code)[i] < -1 || (*code)[i] >= (int64_t)*level_count) {
            tsl__store_fail(store, TSL_E_FORMAT, path, "has a code without a category");
        }
    }
    free(codes);
    free(levels);
}

int tsl__store_has(tsl__store *store, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *group = slash ? tsl__strndup(path, (size_t)(slash - path)) : NULL;
    int above = slash && !group ? -1 : 1; /* links are not followed, not even to look */
    if (tsl__store_failed(store)) {
        free(group);
        return 0;
    }
    if (group) {
        above = tsl__hdf_check(&store->hdf, group);
    }
    htri_t there = above > 0 ? H5Lexists(store->hdf.file, path, H5P_DEFAULT) : -1;
    free(group);
    if (above < 0) {
        tsl__store_fail_nomem(store);
    } else if (there < 0) { /* what cannot be looked up is not taken for missing */
        tsl__store_fail(store, TSL_E_FORMAT, path, "cannot be looked up: the file is damaged");
    }
    return there > 0;
}
