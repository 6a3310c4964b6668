/*
 * bench_table.c: how fast a table is read.
 *
 *   bench_table [customers|transactions|interactions] FILE...
 *
 * Reads the files a few times, from the page cache, and prints the median
 * seconds (and the least) of
 *
 *   bytes     reading, hashing and decompressing alone (src/table/bytes/source.c)
 *   table     all of tsl_table_read
 *   shards    the same, with the rows kept by customer
 *   build     tsl_table_build of the arrays of that table
 *
 * with rows and megabytes of text a second.
 */
#include "base/parallel.h"
#include "table/bytes/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPEATS = 5, PIECE = 1 << 20 };

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_line(const char *what, double seconds[REPEATS], uint64_t rows, uint64_t bytes)
{
    qsort(seconds, REPEATS, sizeof *seconds, compare);
    double median = seconds[REPEATS / 2];
    printf("%-6s %.3f s (least %.3f)", what, median, seconds[0]);
    if (rows) {
        printf("  %.2f million rows/s", 1e-6 * (double)rows / median);
    }
    printf("  %.0f MB/s\n", 1e-6 * (double)bytes / median);
}

/* All bytes of a file; their number, or 0 after an error. */
static uint64_t read_bytes(const tsl_source *from, tsl_error *err)
{
    static char piece[PIECE];
    tsl__source *source;
    uint64_t bytes = 0;
    size_t got = PIECE;
    tsl_status status = tsl__source_open(from, 1, &source, err);
    while (status == TSL_OK && got == PIECE) {
        status = tsl__source_read(source, piece, PIECE, &got, err);
        bytes += got;
    }
    tsl__source_free(source);
    return status == TSL_OK ? bytes : 0;
}

static int measure_bytes(const tsl_source *sources, size_t count, tsl_error *err)
{
    double seconds[REPEATS];
    uint64_t bytes = 0;
    for (int i = 0; i < REPEATS; i++) {
        double start = tsl__clock();
        bytes = 0;
        for (size_t f = 0; f < count; f++) {
            uint64_t n = read_bytes(&sources[f], err);
            if (n == 0) {
                return -1;
            }
            bytes += n;
        }
        seconds[i] = tsl__clock() - start;
    }
    print_line("bytes", seconds, 0, bytes);
    return 0;
}

static int measure_table(tsl_table_kind kind, const tsl_source *sources, size_t count, int by_customer, tsl_error *err)
{
    double seconds[REPEATS];
    uint64_t rows = 0, bytes = 0;
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    opt.by_customer = by_customer;
    for (int i = 0; i < REPEATS; i++) {
        tsl_table *table;
        double start = tsl__clock();
        if (tsl_table_read(kind, sources, count, NULL, NULL, &opt, NULL, &table, err) != TSL_OK) {
            return -1;
        }
        seconds[i] = tsl__clock() - start;
        rows = tsl_table_get_info(table)->read;
        bytes = 0;
        for (size_t f = 0; f < count; f++) {
            bytes += tsl_table_get_file(table, f)->bytes_text;
        }
        tsl_table_free(table);
    }
    print_line(by_customer ? "shards" : "table", seconds, rows, bytes);
    return 0;
}

static int measure_build(tsl_table_kind kind, const tsl_source *sources, size_t count, tsl_error *err)
{
    double seconds[REPEATS];
    tsl_table *table, *again;
    int failed = tsl_table_read(kind, sources, count, NULL, NULL, NULL, NULL, &table, err) != TSL_OK;
    size_t columns = failed ? 0 : tsl_table_get_column_count(table), rows = failed ? 0 : tsl_table_get_rows(table);
    tsl_array *array = calloc(columns + 1, sizeof *array);
    failed |= !array;
    for (size_t i = 0; i < columns && !failed; i++) {
        const tsl_column *c = tsl_table_get_column(table, i);
        int is_time = c->type == TSL_TYPE_TIME || c->type == TSL_TYPE_DATE || c->type == TSL_TYPE_BIRTH;
        array[i] = (tsl_array){.name = c->name, .role = c->role, .level = c->dict, .level_count = c->dict_count};
        array[i].data = c->code ? (const void *)c->code : c->integer ? (const void *)c->integer : c->number;
        array[i].dtype = c->code ? TSL_CODE32 : is_time ? TSL_SECOND64 : c->integer ? TSL_DECIMAL64 : TSL_F64;
        array[i].scale = TSL_DECIMAL_PLACES;
    }
    for (int i = 0; i < REPEATS && !failed; i++) {
        double start = tsl__clock();
        failed = tsl_table_build(kind, array, columns, rows, NULL, NULL, NULL, NULL, &again, err) != TSL_OK;
        seconds[i] = tsl__clock() - start;
        tsl_table_free(again);
    }
    if (!failed) {
        print_line("build", seconds, rows, rows * columns * 8);
    }
    free(array);
    tsl_table_free(table);
    return failed;
}

int main(int count, char **argument)
{
    tsl_table_kind kind = TSL_TRANSACTIONS;
    int first = 1;
    for (int k = 0; count > 1 && k < TSL_TABLE_KINDS; k++) {
        if (strcmp(argument[1], tsl_table_kind_get_name((tsl_table_kind)k)) == 0) {
            kind = (tsl_table_kind)k;
            first = 2;
        }
    }
    if (first >= count) {
        fprintf(stderr, "usage: bench_table [customers|transactions|interactions] FILE...\n");
        return 2;
    }
    size_t files = (size_t)(count - first);
    tsl_source *sources = calloc(files, sizeof *sources);
    tsl_error err = {0};
    for (size_t i = 0; sources && i < files; i++) {
        sources[i].path = argument[first + (int)i];
    }
    int failed = !sources || measure_bytes(sources, files, &err) || measure_table(kind, sources, files, 0, &err) ||
                 measure_table(kind, sources, files, 1, &err) || measure_build(kind, sources, files, &err);
    if (failed) {
        fprintf(stderr, "bench_table: %s\n", sources ? err.message : "out of memory");
    }
    free(sources);
    return failed;
}
