/*
 * bench_store.c: what checksums cost: a matrix of doubles written and read in
 * four ways.
 *
 *   bench_store [ROWS [COLS [REPEATS [FOLDER]]]]     default 1000000 40 7 /tmp
 *
 *   ours        contiguous, an XXH3 hash for each 4,096 rows (src/store)
 *   plain       contiguous, no checksum, by HDF5 alone
 *   fletcher32  chunks of 4,096 rows with HDF5's fletcher32
 *   gzip        the same with shuffle and deflate 1
 *
 * Prints the median seconds of each (and the least). Writing includes fsync, as
 * ours does; reading is from the page cache into fresh memory.
 */
#include "base/alloc.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "store/array_store.h"

#include <fcntl.h>
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_REPEATS = 100, CHUNK_ROWS = 4096 };

typedef struct job {
    size_t rows, cols;
    double *out;
    char path[512];
} job;

static const tsl__store_kind kind = {"bench", 1, "dict", "0.1.0", 0};

static int write_ours(const job *j)
{
    tsl__store *store;
    if (tsl__store_create(&(tsl_target){.path = j->path, .replace = 1}, &kind, &store, NULL) != TSL_OK) {
        return -1;
    }
    tsl__store_put_array(store, "x", TSL__DOUBLE, j->out, j->rows, j->cols);
    return tsl__store_close(store, NULL) == TSL_OK ? 0 : -1;
}

static int read_ours(const job *j)
{
    tsl__store *store;
    if (tsl__store_open(&(tsl_source){.path = j->path}, &kind, &store, NULL) != TSL_OK) {
        return -1;
    }
    double *x = tsl__store_get_array(store, "x", TSL__DOUBLE, j->rows, j->cols);
    int same = x && memcmp(x, j->out, j->cols * sizeof *x) == 0;
    free(x);
    return tsl__store_close(store, NULL) == TSL_OK && same ? 0 : -1;
}

static int write_hdf5(const job *j, int filters)
{
    const hsize_t size[2] = {j->rows, j->cols}, chunk[2] = {j->rows < CHUNK_ROWS ? j->rows : CHUNK_ROWS, j->cols};
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(2, size, NULL);
    hid_t file = H5Fcreate(j->path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    if (filters) {
        H5Pset_chunk(creation, 2, chunk);
    }
    if (filters > 1) {
        H5Pset_shuffle(creation);
        H5Pset_deflate(creation, 1);
    } else if (filters) {
        H5Pset_fletcher32(creation);
    }
    hid_t set = H5Dcreate2(file, "x", H5T_IEEE_F64LE, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    int failed = H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, j->out) < 0;
    H5Dclose(set);
    H5Sclose(space);
    H5Pclose(creation);
    failed |= H5Fclose(file) < 0;
    int fd = open(j->path, O_RDONLY | O_CLOEXEC);
    failed |= fd < 0 || fsync(fd) != 0;
    close(fd);
    return failed ? -1 : 0;
}

static int write_plain(const job *j)
{
    return write_hdf5(j, 0);
}

static int write_fletcher(const job *j)
{
    return write_hdf5(j, 1);
}

static int write_gzip(const job *j)
{
    return write_hdf5(j, 2);
}

static int read_hdf5(const job *j)
{
    double *x = tsl__alloc(j->rows * j->cols, sizeof *x);
    hid_t file = H5Fopen(j->path, H5F_ACC_RDONLY, H5P_DEFAULT), set = H5Dopen2(file, "x", H5P_DEFAULT);
    int failed = !x || H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, x) < 0 ||
                 memcmp(x, j->out, j->cols * sizeof *x) != 0;
    free(x);
    H5Dclose(set);
    H5Fclose(file);
    return failed ? -1 : 0;
}

static const struct {
    const char *name;
    int (*write)(const job *);
    int (*read)(const job *);
} ways[] = {
    {"ours", write_ours, read_ours},
    {"plain", write_plain, read_hdf5},
    {"fletcher32", write_fletcher, read_hdf5},
    {"gzip", write_gzip, read_hdf5},
};

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int measure(const job *j, size_t way, int repeats)
{
    double written[MOST_REPEATS], read[MOST_REPEATS];
    struct stat there;
    for (int r = 0; r < repeats; r++) {
        double begin = tsl__clock();
        int failed = ways[way].write(j);
        double middle = tsl__clock();
        failed |= ways[way].read(j);
        read[r] = tsl__clock() - middle;
        written[r] = middle - begin;
        failed |= stat(j->path, &there);
        unlink(j->path);
        if (failed) {
            fprintf(stderr, "%s failed\n", ways[way].name);
            return -1;
        }
    }
    qsort(written, (size_t)repeats, sizeof *written, compare);
    qsort(read, (size_t)repeats, sizeof *read, compare);
    printf("%-12s write %6.3f (%.3f) s   read %6.3f (%.3f) s   %7.1f MB\n", ways[way].name, written[repeats / 2],
           written[0], read[repeats / 2], read[0], (double)there.st_size / 1e6);
    return 0;
}

int main(int argc, char **argv)
{
    job j = {.rows = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000,
             .cols = argc > 2 ? strtoul(argv[2], NULL, 10) : 40};
    unsigned long repeats = argc > 3 ? strtoul(argv[3], NULL, 10) : 7;
    int failed = 0;
    snprintf(j.path, sizeof j.path, "%s/tesela-bench-store.h5", argc > 4 ? argv[4] : "/tmp");
    j.out = tsl__alloc(j.rows * j.cols, sizeof *j.out);
    if (!j.out || !j.rows || !j.cols || repeats < 1 || repeats > MOST_REPEATS) {
        fputs("usage: bench_store [ROWS [COLS [REPEATS [FOLDER]]]]\n", stderr);
        return 2;
    }
    tsl__rng rng = tsl__rng_open(1, 0, 0);
    for (size_t i = 0; i < j.rows * j.cols; i++) {
        j.out[i] = tsl__rng_uniform(&rng);
    }
    for (size_t way = 0; way < sizeof ways / sizeof ways[0] && !failed; way++) {
        failed = measure(&j, way, (int)repeats);
    }
    free(j.out);
    return failed ? 1 : 0;
}
