/* array_store.c: files of arrays: made, opened, published; their groups. */
#include "store/array_store.h"

#include "base/alloc.h"
#include "base/error.h"
#include "store/attribute.h"
#include "store/cell_codec.h"
#include "store/handle.h"
#include "store/paths.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Errors ---- */

void tsl__store_fail(tsl__store *store, tsl_status status, const char *path, const char *what, ...)
{
    char text[512];
    va_list args;
    if (store->error.status != TSL_OK) {
        return;
    }
    va_start(args, what);
    vsnprintf(text, sizeof text, what, args);
    va_end(args);
    int code = store->hdf.disk.code; /* the cause of it all, where there is one */
    if (code && store->file) {
        tsl__staged_path_error(&store->error, code, store->name);
    } else if (code) {
        tsl__error_errno(&store->error, code, store->name, "cannot be read");
    } else {
        tsl__error_set(&store->error, status, "%s: /%s: %s", store->name, path, text);
    }
}

void tsl__store_fail_nomem(tsl__store *store)
{
    if (store->error.status == TSL_OK) {
        tsl__error_nomem(&store->error);
    }
}

int tsl__store_failed(const tsl__store *store)
{
    return store->error.status != TSL_OK;
}

/* ---- Files ---- */

static void free_store(tsl__store *store)
{
    if (store) {
        if (store->file) {
            free(store->hdf.disk.bytes); /* of a file that was made in memory */
        }
        tsl_file_free(store->file);
        free(store->name);
        free(store);
    }
}

/* name may be NULL until it is known. */
static tsl__store *new_store(void)
{
    tsl__store *store = tsl__alloc_zero(1, sizeof *store);
    if (store) {
        store->hdf = (tsl__hdf){.file = -1, .driver = -1};
    }
    return store;
}

tsl_status tsl__store_create(const tsl_target *target, const tsl__store_kind *kind, tsl__store **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__store *store = new_store();
    TSL__NEED(store);
    TSL__TRY(tsl_file_open(target, &store->file, err));
    TSL__NEED(store->name = tsl__strdup(tsl__file_get_name(store->file)));
    if (tsl__hdf_create(&store->hdf, tsl__file_get_plain(store->file))) {
        status = store->hdf.disk.code
                     ? tsl__staged_path_error(err, store->hdf.disk.code, store->name)
                     : tsl__error_set(err, TSL_E_INTERNAL, "%s: HDF5 cannot make the file", store->name);
        goto done;
    }
    if (tsl__element_put(store->hdf.file, kind->encoding, kind->encoding_version) ||
        tsl__attribute_put_text(store->hdf.file, "tesela", kind->name) ||
        tsl__attribute_put_number(store->hdf.file, "tesela-version", kind->version)) {
        tsl__store_fail(store, TSL_E_INTERNAL, "", "cannot be made");
    }
    *out = store;
    store = NULL;
done:
    free_store(store);
    return status;
}

static tsl_status check_kind(const tsl__store *store, const tsl__store_kind *kind, tsl_error *err)
{
    char name[64];
    int64_t version;
    htri_t ours = H5Aexists(store->hdf.file, "tesela");
    if (ours == 0) {
        return tsl__error_set(err, TSL_E_FORMAT, "%s: is an HDF5 file that Tesela did not write, expected a %s file",
                              store->name, kind->name);
    }
    if (ours < 0 || tsl__attribute_get_text(store->hdf.file, "tesela", name, sizeof name) ||
        tsl__attribute_get_number(store->hdf.file, "tesela-version", &version)) {
        return tsl__error_set(err, TSL_E_FORMAT, "%s: is damaged: what describes it cannot be read", store->name);
    }
    if (strcmp(name, kind->name) != 0) {
        return tsl__error_set(err, TSL_E_FORMAT, "%s: is a %s file, expected a %s file", store->name, name, kind->name);
    }
    if (version < 1 || version > kind->version) {
        return tsl__error_set(err, TSL_E_FORMAT, "%s: has version %lld of the %s format, this program reads up to %d",
                              store->name, (long long)version, name, kind->version);
    }
    return TSL_OK;
}

tsl_status tsl__store_open(const tsl_source *source, const tsl__store_kind *kind, tsl__store **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__store *store = new_store();
    TSL__NEED(store);
    TSL__TRY(tsl__hdf_open(source, &store->hdf, err));
    store->name = tsl__strdup(store->hdf.stream.name);
    status = store->name ? check_kind(store, kind, err) : tsl__error_nomem(err);
    if (status != TSL_OK) {
        tsl__hdf_close(&store->hdf);
        goto done;
    }
    *out = store;
    store = NULL;
done:
    free_store(store);
    return status;
}

tsl_status tsl__store_close(tsl__store *store, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    if (tsl__hdf_close(&store->hdf) && store->file) {
        tsl__store_fail(store, TSL_E_INTERNAL, "", "cannot be closed");
    }
    if (store->error.status != TSL_OK) {
        status = store->error.status;
        if (err) {
            *err = store->error;
        }
        goto done;
    }
    if (store->file && store->hdf.disk.fd < 0) {
        TSL__TRY(tsl_file_write(store->file, store->hdf.disk.bytes, (size_t)store->hdf.disk.end, err));
        free(store->hdf.disk.bytes);
    }
    if (store->file) {
        tsl_file *file = store->file;
        store->file = NULL;
        TSL__TRY(tsl_file_close(file, err));
    }
done:
    free_store(store);
    return status;
}

/* ---- Groups ---- */

int tsl__element_put(hid_t object, const char *encoding, const char *version)
{
    return tsl__attribute_put_text(object, "encoding-type", encoding) ||
                   tsl__attribute_put_text(object, "encoding-version", version)
               ? -1
               : 0;
}

/* A group without times, open; -1 once the store has failed. */
static hid_t make_group(tsl__store *store, const char *path, const char *encoding, const char *version)
{
    if (tsl__store_failed(store)) {
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
    int there = tsl__hdf_check(&store->hdf, path);
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
    htri_t there = tsl__store_failed(store) ? 0 : H5Lexists(store->hdf.file, path, H5P_DEFAULT);
    if (there < 0) { /* what cannot be looked up is not taken for missing */
        tsl__store_fail(store, TSL_E_FORMAT, path, "cannot be looked up: the file is damaged");
    }
    return there > 0;
}
