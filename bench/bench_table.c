/*
 * bench_table.c: how fast a table is read.
 *
 *   bench_table [customers|transactions|interactions] FILE...
 *
 * Reads the files a few times, from the page cache, and prints the median
 * seconds (and the least) of
 *
 *   bytes     reading, hashing and decompressing alone (src/table/source/source.c)
 *   table     all of tsl_table_read
 *
 * with rows and megabytes of text a second.
 */
#include "base/parallel.h"
#include "table/source/source.h"

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
static uint64_t read_bytes(const char *path, tsl_error *err)
{
    static char piece[PIECE];
    tsl__source *source;
    uint64_t bytes = 0;
    size_t got = PIECE;
    tsl_status st = tsl__source_open(path, &source, err);
    while (st == TSL_OK && got == PIECE) {
        st = tsl__source_read(source, piece, PIECE, &got, err);
        bytes += got;
    }
    tsl__source_free(source);
    return st == TSL_OK ? bytes : 0;
}

static int measure_bytes(const tsl_table_options *opt, tsl_error *err)
{
    double seconds[REPEATS];
    uint64_t bytes = 0;
    for (int i = 0; i < REPEATS; i++) {
        double start = tsl__clock();
        bytes = 0;
        for (size_t f = 0; f < opt->file_count; f++) {
            uint64_t n = read_bytes(opt->files[f], err);
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

static int measure_table(const tsl_table_options *opt, tsl_error *err)
{
    double seconds[REPEATS];
    uint64_t rows = 0, bytes = 0;
    for (int i = 0; i < REPEATS; i++) {
        tsl_table *table;
        double start = tsl__clock();
        if (tsl_table_read(opt, &table, err) != TSL_OK) {
            return -1;
        }
        seconds[i] = tsl__clock() - start;
        rows = table->info.read;
        bytes = 0;
        for (size_t f = 0; f < table->info.file_count; f++) {
            bytes += table->info.file[f].bytes_text;
        }
        tsl_table_free(table);
    }
    print_line("table", seconds, rows, bytes);
    return 0;
}

int main(int count, char **argument)
{
    tsl_table_kind kind = TSL_TRANSACTIONS;
    int first = 1;
    for (int k = 0; count > 1 && k < TSL_TABLE_KINDS; k++) {
        if (strcmp(argument[1], tsl_table_get_name((tsl_table_kind)k)) == 0) {
            kind = (tsl_table_kind)k;
            first = 2;
        }
    }
    if (first >= count) {
        fprintf(stderr, "usage: bench_table [customers|transactions|interactions] FILE...\n");
        return 2;
    }
    tsl_table_options opt = tsl_table_defaults(kind);
    tsl_error err = {0};
    opt.files = (const char *const *)argument + first;
    opt.file_count = (size_t)(count - first);
    if (measure_bytes(&opt, &err) || measure_table(&opt, &err)) {
        fprintf(stderr, "bench_table: %s\n", err.message);
        return 1;
    }
    return 0;
}
