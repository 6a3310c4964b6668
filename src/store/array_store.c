/* array_store.c: files of arrays: made, opened, published. */
#include "store/array_store.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "store/attribute.h"
#include "store/cell_codec.h"
#include "store/files/paths.h"
#include "store/handle.h"

#include <errno.h>
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
    /* The cause of it all, where there is one. */
    int code = store->hdf.disk.code || tsl__memory_has_room() ? store->hdf.disk.code : ENOMEM;
    if (code && store->file) {
        tsl__staged_path_error(&store->error, code, store->name);
    } else if (code == ENOMEM) {
        tsl__error_nomem(&store->error);
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
        store->threads = 1;
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

void tsl__store_set_threads(tsl__store *store, int threads)
{
    store->threads = threads;
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
    if (version < kind->oldest) {
        return tsl__error_set(
            err, TSL_E_FORMAT,
            "%s: has version %lld of the %s format, made by an older program; this one reads from %d on: "
            "make the file anew",
            store->name, (long long)version, name, kind->oldest);
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

void tsl__store_get_hash(tsl__store *store, uint64_t *bytes, char sha256[65])
{
    enum { PIECE = 1 << 16 };
    tsl__disk *disk = &store->hdf.disk;
    tsl__sha256 *hash = tsl__sha256_open();
    char *piece = tsl__alloc(PIECE, 1);
    int sound = hash && piece;
    for (uint64_t at = 0; sound && at < disk->end; at += PIECE) {
        const size_t count = disk->end - at < PIECE ? (size_t)(disk->end - at) : PIECE;
        sound = tsl__disk_read(disk, piece, count, at) == 0 && tsl__sha256_add(hash, piece, count) == 0;
    }
    free(piece);
    *bytes = disk->end;
    if (!sound && disk->code) {
        tsl__store_fail(store, TSL_E_IO, "", "cannot be read: %s", strerror(disk->code));
    } else if (!sound) {
        tsl__store_fail_nomem(store);
    }
    if (!sound) {
        tsl__sha256_free(hash);
    } else if (tsl__sha256_close(hash, sha256)) {
        tsl__store_fail_nomem(store);
    }
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

int tsl__element_put(hid_t object, const char *encoding, const char *version)
{
    return tsl__attribute_put_text(object, "encoding-type", encoding) ||
                   tsl__attribute_put_text(object, "encoding-version", version)
               ? -1
               : 0;
}
