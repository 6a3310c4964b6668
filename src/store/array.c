/* array.c: arrays of a store: contiguous, with a checksum for each block of rows.
 *
 * HDF5 keeps the name, type, shape and place of an array; its bytes go straight
 * between memory and file, so that each block is hashed while it is in cache. */
#include "store/array_store.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "store/attribute.h"
#include "store/cell_codec.h"
#include "store/handle.h"

#include <omp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* An array on its way: rank 0 (one row, one column), 1 or 2. */
typedef struct array {
    const char *path;
    tsl__cells cells; /* count: rows x cols; kinds that are not plain have one column */
    int rank;
    size_t rows, cols;
    size_t width; /* bytes of a cell in the file */
    hid_t dataset;
    uint64_t offset;      /* of the bytes in the file */
    uint64_t *hash;       /* one a block of rows */
    tsl__rows_maker make; /* in place of cells; or NULL */
    void *user;
    size_t listed; /* parcels that are */
} array;

/* rows may be TSL__SCALAR. The cells follow each other in memory. */
static array make_array(const char *path, tsl__kind kind, const void *values, size_t rows, size_t cols, int rank)
{
    int scalar = rows == TSL__SCALAR;
    return (array){.path = path,
                   .cells = {.kind = kind, .base = (char *)(uintptr_t)values, .stride = tsl__kind_get_memory(kind)},
                   .rank = scalar ? 0 : rank,
                   .rows = scalar ? 1 : rows,
                   .cols = cols,
                   .width = tsl__kind_get_bytes(kind),
                   .dataset = -1};
}

static size_t row_bytes(const array *a)
{
    return a->cols * a->width;
}

/* The cells of some rows, as a part of all. */
static tsl__cells cells_of(const array *a, size_t begin, size_t end)
{
    tsl__cells part = a->cells;
    part.base += begin * a->cols * part.stride;
    part.count = (end - begin) * a->cols;
    return part;
}

/* Where the rows stand as in the file: the memory itself, or NULL where they
 * must go through a buffer. */
static char *direct(const array *a, size_t begin)
{
    int same = !a->make && tsl__kind_is_plain(a->cells.kind) && a->cells.stride == a->width;
    return same ? a->cells.base + begin * row_bytes(a) : NULL;
}

/* Blocks that hold bytes: each has a checksum. */
static size_t block_count(const array *a)
{
    return row_bytes(a) ? tsl__block_count(a->rows) : 0;
}

static size_t block_bytes(const array *a)
{
    return (a->rows < TSL__BLOCK_ROWS ? a->rows : TSL__BLOCK_ROWS) * row_bytes(a);
}

static void close_dataset(array *a)
{
    if (a->dataset >= 0) {
        H5Dclose(a->dataset);
    }
    free(a->hash);
}

/* ---- Writing ---- */

static void create_dataset(tsl__store *store, array *a)
{
    const hsize_t size[2] = {a->rows, a->cols};
    hid_t type = tsl__kind_open_type(a->cells.kind, a->width);
    hid_t space = a->rank ? H5Screate_simple(a->rank, size, NULL) : H5Screate(H5S_SCALAR);
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    if (type >= 0 && space >= 0 && H5Pset_layout(creation, H5D_CONTIGUOUS) >= 0 &&
        H5Pset_alloc_time(creation, H5D_ALLOC_TIME_EARLY) >= 0 &&
        H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER) >= 0 && H5Pset_obj_track_times(creation, 0) >= 0) {
        a->dataset = H5Dcreate2(store->hdf.file, a->path, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    }
    a->offset = a->dataset < 0 ? HADDR_UNDEF : H5Dget_offset(a->dataset);
    if (a->dataset < 0 || (a->rows && row_bytes(a) && a->offset == HADDR_UNDEF)) {
        tsl__store_fail(store, TSL_E_INTERNAL, a->path, "cannot be made");
    }
    H5Pclose(creation);
    H5Sclose(space);
    H5Tclose(type);
}

/* Blocks that are written at a time. */
static size_t count_together(const array *a)
{
    const size_t blocks = block_count(a), most = block_bytes(a) ? TSL__DISK_LONG / block_bytes(a) + 1 : 1;
    return blocks < most ? blocks : most;
}

/* Bytes that a thread has on their way; 0: they are written from where they lie. */
static size_t count_buffered(const tsl__store *store, const array *a)
{
    const size_t bytes = count_together(a) * block_bytes(a);
    return direct(a, 0) && (!store->hdf.disk.direct || bytes < TSL__DISK_LONG) ? 0 : bytes;
}

/* The bytes of some rows. */
static void make_bytes(const array *a, size_t begin, size_t end, char *bytes)
{
    const char *there = direct(a, begin);
    if (there) {
        memcpy(bytes, there, (end - begin) * row_bytes(a));
    } else if (a->make) {
        a->make(a->user, begin, end, bytes);
    } else {
        tsl__cells part = cells_of(a, begin, end);
        tsl__cells_write(&part, a->width, bytes);
    }
}

/* The blocks from `first` on that are written together; 0 on success. */
static int write_together(tsl__store *store, array *a, size_t first, char *buffer)
{
    const size_t blocks = block_count(a), together = count_together(a), row = row_bytes(a),
                 behind = blocks - first < together ? blocks : first + together, from = first * TSL__BLOCK_ROWS;
    char *bytes = buffer ? buffer : direct(a, from);
    size_t begin, end = from;
    for (size_t b = first; b < behind; b++) {
        tsl__block_get(a->rows, b, &begin, &end);
        char *block = bytes + (begin - from) * row;
        if (buffer) {
            make_bytes(a, begin, end, block);
        }
        a->hash[b] = tsl__hash64(block, (end - begin) * row, b);
    }
    return tsl__disk_write(&store->hdf.disk, bytes, (end - from) * row, a->offset + from * row);
}

/* Of a plain file: what is made in memory grows as it is written. */
static int count_threads(const tsl__store *store, const array *list, size_t count)
{
    int many = 0;
    for (size_t i = 0; i < count; i++) {
        many = many || block_count(&list[i]) > count_together(&list[i]);
    }
    return store->hdf.disk.fd >= 0 && many ? store->threads : 1;
}

/* Blocks that are written together. */
typedef struct parcel {
    array *of;
    size_t first; /* block */
} parcel;

static size_t count_parcels(const array *a)
{
    const size_t together = count_together(a);
    return together ? (block_count(a) + together - 1) / together : 0;
}

/* The parcels of all arrays, mixed evenly: next is the one of which the least share is listed. Owned. */
static parcel *list_parcels(array *list, size_t count, size_t *parcels)
{
    *parcels = 0;
    for (size_t i = 0; i < count; i++) {
        list[i].listed = 0;
        *parcels += count_parcels(&list[i]);
    }
    parcel *all = tsl__alloc(*parcels, sizeof *all);
    for (size_t p = 0; all && p < *parcels; p++) {
        array *next = NULL;
        double least = 1; /* beyond the last of any */
        for (size_t i = 0; i < count; i++) {
            const double share = ((double)list[i].listed + .5) / (double)count_parcels(&list[i]);
            next = share < least ? &list[i] : next;
            least = share < least ? share : least;
        }
        all[p] = (parcel){next, next->listed++ * count_together(next)};
    }
    return all;
}

/* buffer: `bytes` a thread. */
static void write_parcels(tsl__store *store, const parcel *parcels, size_t count, int threads, char *buffer,
                          size_t bytes)
{
    _Atomic(const array *) failed = NULL;
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t p = 0; p < count; p++) {
        array *a = parcels[p].of;
        char *own = count_buffered(store, a) ? buffer + (size_t)omp_get_thread_num() * bytes : NULL;
        if (!atomic_load(&failed) && write_together(store, a, parcels[p].first, own)) {
            atomic_store(&failed, a);
        }
    }
    const array *one = atomic_load(&failed);
    if (one) {
        tsl__store_fail(store, TSL_E_IO, one->path, "cannot be written");
    }
}

/* The bytes of arrays that have their places. */
static void write_arrays(tsl__store *store, array *list, size_t count)
{
    const int threads = count_threads(store, list, count);
    size_t bytes = 0, parcels;
    for (size_t i = 0; i < count; i++) {
        const size_t own = count_buffered(store, &list[i]);
        bytes = own > bytes ? own : bytes;
        if (threads > 1) {
            tsl__disk_announce(&store->hdf.disk, list[i].offset + list[i].rows * row_bytes(&list[i]));
        }
    }
    parcel *all = list_parcels(list, count, &parcels);
    char *buffer = bytes ? tsl__alloc_aligned((size_t)threads * bytes, 1) : NULL;
    if (all && (buffer || !bytes) && tsl__memory_has_room()) { /* OpenMP, too, ends the process for want of it */
        write_parcels(store, all, parcels, threads, buffer, bytes);
    } else {
        tsl__store_fail_nomem(store);
    }
    free(all);
    free(buffer);
}

static void put_attributes(tsl__store *store, const array *a)
{
    int text = tsl__kind_is_text(a->cells.kind);
    const char *encoding = a->rank ? (text ? "string-array" : "array") : (text ? "string" : "numeric-scalar");
    if (tsl__element_put(a->dataset, encoding, "0.2.0") ||
        tsl__attribute_put_hashes(a->dataset, TSL__CHECKSUMS, a->hash, block_count(a))) {
        tsl__store_fail(store, TSL_E_INTERNAL, a->path, "cannot be made");
    }
}

/* Finds the place of an array, and makes room for its checksums. */
static void place(tsl__store *store, array *a)
{
    size_t bytes;
    if (a->width == 0) {
        a->cells.count = a->rows;
        a->width = tsl__cells_get_width(&a->cells);
    }
    if (__builtin_mul_overflow(a->cols, a->width, &bytes) || __builtin_mul_overflow(a->rows, bytes, &bytes)) {
        tsl__store_fail(store, TSL_E_INTERNAL, a->path, "is too large for a file");
    } else if (!(a->hash = tsl__alloc(block_count(a), sizeof *a->hash)) || !tsl__memory_has_room()) {
        tsl__store_fail_nomem(store);
    } else {
        create_dataset(store, a);
    }
}

static void put_all(tsl__store *store, array *list, size_t count)
{
    for (size_t i = 0; i < count && !tsl__store_failed(store); i++) {
        place(store, &list[i]);
    }
    if (!tsl__store_failed(store)) {
        write_arrays(store, list, count);
    }
    for (size_t i = 0; i < count; i++) {
        if (!tsl__store_failed(store)) {
            put_attributes(store, &list[i]);
        }
        close_dataset(&list[i]);
    }
}

static void put(tsl__store *store, array *a)
{
    if (!tsl__store_failed(store)) {
        put_all(store, a, 1);
    }
}

void tsl__store_put_array(tsl__store *store, const char *path, tsl__kind kind, const void *values, size_t rows,
                          size_t cols)
{
    array a = make_array(path, kind, values, rows, cols, 2);
    put(store, &a);
}

void tsl__store_put_rows(tsl__store *store, const tsl__rows_source *source, size_t count)
{
    array *list = tsl__store_failed(store) ? NULL : tsl__alloc(count, sizeof *list);
    for (size_t i = 0; list && i < count; i++) {
        list[i] = make_array(source[i].path, source[i].kind, source[i].values, source[i].rows, source[i].cols, 2);
        list[i].make = source[i].make;
        list[i].user = source[i].user;
    }
    if (list) {
        put_all(store, list, count);
    } else {
        tsl__store_fail_nomem(store);
    }
    free(list);
}

void tsl__store_put_column(tsl__store *store, const char *path, tsl__kind kind, const void *values, size_t rows)
{
    array a = make_array(path, kind, values, rows, 1, 1);
    put(store, &a);
}

void tsl__store_put_texts(tsl__store *store, const char *path, char *const *text, size_t rows, size_t width)
{
    array a = make_array(path, TSL__TEXT, text, rows, 1, 1);
    a.width = width;
    put(store, &a);
}

void tsl__store_put_text(tsl__store *store, const char *path, const char *text)
{
    tsl__store_put_column(store, path, TSL__TEXT, &text, TSL__SCALAR);
}

void tsl__store_put_number(tsl__store *store, const char *path, int64_t value)
{
    tsl__store_put_column(store, path, TSL__INT64, &value, TSL__SCALAR);
}

/* ---- Reading ---- */

/* Whether the shape is as expected, or, with rank -1, one that we write. */
static int read_shape(array *a)
{
    hsize_t size[2] = {1, 1};
    hid_t space = H5Dget_space(a->dataset);
    H5S_class_t class = H5Sget_simple_extent_type(space);
    int rank = H5Sget_simple_extent_ndims(space);
    int fits = (class == H5S_SCALAR || class == H5S_SIMPLE) && rank >= 0 && rank <= 2 &&
               H5Sget_simple_extent_dims(space, size, NULL) >= 0 && (a->rank < 0 || rank == a->rank);
    H5Sclose(space);
    if (fits && a->rank < 0) {
        a->rank = rank;
        a->rows = (size_t)size[0];
        a->cols = (size_t)size[1];
    }
    return fits && size[0] == a->rows && size[1] == a->cols;
}

/* Whether the type is as expected, or, with rank -1, anything; sets the width. */
static int read_type(array *a, int any)
{
    hid_t type = H5Dget_type(a->dataset);
    if (any || tsl__kind_is_text(a->cells.kind)) {
        a->width = H5Tget_size(type);
    }
    hid_t expected = any ? -1 : tsl__kind_open_type(a->cells.kind, a->width ? a->width : 1);
    int fits = a->width && (any || H5Tequal(type, expected) > 0);
    if (expected >= 0) {
        H5Tclose(expected);
    }
    H5Tclose(type);
    return fits;
}

/* Whether the bytes are in the file, as plainly as we write them. */
static int read_place(const tsl__store *store, array *a)
{
    size_t bytes;
    hid_t creation = H5Dget_create_plist(a->dataset);
    int plain = H5Pget_layout(creation) == H5D_CONTIGUOUS && H5Pget_external_count(creation) == 0;
    H5Pclose(creation);
    if (!plain || __builtin_mul_overflow(a->cols, a->width, &bytes) || __builtin_mul_overflow(a->rows, bytes, &bytes)) {
        return 0;
    }
    /* Also an array without bytes (n x 0) has a checksum a block of rows. */
    uint64_t end = store->hdf.disk.end;
    if (a->rows / TSL__BLOCK_ROWS > end || a->cols > end || a->width > end) {
        return 0;
    }
    a->offset = bytes ? H5Dget_offset(a->dataset) : 0;
    return a->offset <= end && bytes <= end - a->offset && (!bytes || H5Dget_storage_size(a->dataset) == bytes);
}

/* Opens the dataset and checks all that HDF5 says of it. With rank -1 the
 * shape and type are found out instead. */
static void open_dataset(tsl__store *store, array *a)
{
    int any = a->rank < 0;
    if (tsl__store_failed(store)) {
        return;
    }
    int there = tsl__memory_has_room() ? tsl__hdf_check(&store->hdf, a->path) : -1;
    if (there < 0) {
        tsl__store_fail_nomem(store);
    } else if (!there || (a->dataset = H5Dopen2(store->hdf.file, a->path, H5P_DEFAULT)) < 0) {
        tsl__store_fail(store, TSL_E_FORMAT, a->path, "is missing, or its description is damaged");
    } else if (!read_shape(a)) {
        tsl__store_fail(store, TSL_E_FORMAT, a->path, "has another shape than expected");
    } else if (!read_type(a, any)) {
        tsl__store_fail(store, TSL_E_FORMAT, a->path, "has another type than expected");
    } else if (!read_place(store, a)) {
        tsl__store_fail(store, TSL_E_FORMAT, a->path, "is not stored as Tesela stores arrays, or is cut short");
    }
}

tsl_status tsl__block_read(tsl__disk *disk, uint64_t offset, size_t row_bytes, size_t begin, size_t end,
                           const uint64_t *hash, char *bytes)
{
    size_t count = (end - begin) * row_bytes, block = begin / TSL__BLOCK_ROWS;
    if (tsl__disk_read(disk, bytes, count, offset + begin * row_bytes)) {
        return TSL_E_IO;
    }
    return tsl__hash64(bytes, count, block) == hash[block] ? TSL_OK : TSL_E_FORMAT;
}

/* Rows begin to end: from the file, checked, into memory. */
static void read_block(tsl__store *store, array *a, size_t begin, size_t end, char *buffer)
{
    char *bytes = direct(a, begin) ? direct(a, begin) : buffer;
    tsl_status status = tsl__block_read(&store->hdf.disk, a->offset, row_bytes(a), begin, end, a->hash, bytes);
    if (status != TSL_OK) {
        tsl__store_fail(store, status, a->path, "is damaged: the checksum of rows %zu to %zu does not match", begin + 1,
                        end);
    } else if (bytes == buffer) {
        tsl__cells part = cells_of(a, begin, end);
        status = tsl__cells_read(&part, a->width, buffer);
    }
    if (status == TSL_E_NOMEM) {
        tsl__store_fail_nomem(store);
    } else if (status != TSL_OK) {
        tsl__store_fail(store, status, a->path, "holds what cannot stand there, in rows %zu to %zu", begin + 1, end);
    }
}

static void read_blocks(tsl__store *store, array *a)
{
    char *buffer = NULL;
    size_t blocks = block_count(a), begin, end;
    const size_t bytes = direct(a, 0) ? 0 : block_bytes(a);
    a->hash = tsl__alloc(blocks, sizeof *a->hash);
    if (!a->hash || (bytes && !(buffer = tsl__alloc_aligned(bytes, 1)))) {
        tsl__store_fail_nomem(store);
    } else if (tsl__attribute_get_hashes(a->dataset, TSL__CHECKSUMS, a->hash, blocks)) {
        tsl__store_fail(store, TSL_E_FORMAT, a->path, "has no checksums, or they are damaged");
    }
    for (size_t b = 0; b < blocks && !tsl__store_failed(store); b++) {
        tsl__block_get(a->rows, b, &begin, &end);
        read_block(store, a, begin, end, buffer);
    }
    free(buffer);
}

/* Fills the cells, or allocates them where base is NULL (zeroed: texts can be
 * freed whatever happens). */
static void get(tsl__store *store, array *a)
{
    open_dataset(store, a);
    if (!tsl__store_failed(store) && !a->cells.base &&
        !(a->cells.base = tsl__alloc_zero(a->rows * a->cols, a->cells.stride))) {
        tsl__store_fail_nomem(store);
    }
    if (!tsl__store_failed(store)) {
        read_blocks(store, a);
    }
    close_dataset(a);
}

tsl__shape tsl__store_get_shape(tsl__store *store, const char *path)
{
    array a = make_array(path, TSL__TEXT, NULL, 0, 0, -1);
    open_dataset(store, &a);
    close_dataset(&a);
    return tsl__store_failed(store) ? (tsl__shape){0} : (tsl__shape){a.rows, a.cols, a.width};
}

/* The cells of an array that was allocated by get, or NULL after a failure. */
static void *take(tsl__store *store, array *a)
{
    get(store, a);
    if (!tsl__store_failed(store)) {
        return a->cells.base;
    }
    if (a->cells.kind == TSL__TEXT) {
        tsl__free_texts((char **)(void *)a->cells.base, a->cells.base ? a->rows : 0);
    } else {
        free(a->cells.base);
    }
    return NULL;
}

void *tsl__store_get_array(tsl__store *store, const char *path, tsl__kind kind, size_t rows, size_t cols)
{
    array a = make_array(path, kind, NULL, rows, cols, 2);
    return take(store, &a);
}

void *tsl__store_get_column(tsl__store *store, const char *path, tsl__kind kind, size_t rows)
{
    array a = make_array(path, kind, NULL, rows, 1, 1);
    return take(store, &a);
}

char **tsl__store_get_texts(tsl__store *store, const char *path, size_t rows)
{
    return tsl__store_get_column(store, path, TSL__TEXT, rows);
}

char *tsl__store_get_text(tsl__store *store, const char *path)
{
    char **text = tsl__store_get_column(store, path, TSL__TEXT, TSL__SCALAR), *only = text ? *text : NULL;
    free(text);
    return only;
}

int64_t tsl__store_get_number(tsl__store *store, const char *path)
{
    int64_t *value = tsl__store_get_column(store, path, TSL__INT64, TSL__SCALAR), only = value ? *value : 0;
    free(value);
    return only;
}

/* ---- Records ---- */

static void each_field(tsl__store *store, const char *group, const tsl__field *field, size_t fields,
                       const void *records, size_t rows, size_t size, void (*move)(tsl__store *, array *))
{
    for (size_t i = 0; i < fields && !tsl__store_failed(store); i++) {
        char *path = tsl__format("%s%s%s", group, *group ? "/" : "", field[i].name);
        if (!path) {
            tsl__store_fail_nomem(store);
            return;
        }
        array a = make_array(path, field[i].kind, (const char *)records + field[i].offset, rows, 1, 1);
        a.cells.stride = size;
        a.cells.namer = field[i].namer;
        move(store, &a);
        free(path);
    }
}

void tsl__store_put_records(tsl__store *store, const char *group, const tsl__field *field, size_t fields,
                            const void *records, size_t rows, size_t size)
{
    each_field(store, group, field, fields, records, rows, size, put);
}

void tsl__store_get_records(tsl__store *store, const char *group, const tsl__field *field, size_t fields, void *records,
                            size_t rows, size_t size)
{
    each_field(store, group, field, fields, records, rows, size, get);
}
