/*
 * output_writers.c: how fast the outputs are written; bench/outputs.sh runs it
 *
 *   output_writers FEATURES.h5 MODEL.h5 FOLDER [REPEATS]     default 5
 *
 * Labels the features by the model and writes each output to a file in FOLDER a
 * few times, as the program does: made beside its place, brought to the disk,
 * renamed. Prints the median seconds (and the least), with rows and megabytes a
 * second; of the summary and the report, which have no rows, the latter alone.
 */
#include "base/parallel.h"

#include <tesela/tesela.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { MOST_REPEATS = 99 };

typedef struct outputs {
    const tsl_run *run;
    const tsl_segmentation *segmentation;
    char *summary;
} outputs;

static tsl_status write_features(const outputs *o, const tsl_target *to, tsl_error *err)
{
    return tsl_features_write(tsl_run_get_features(o->run), to, NULL, err);
}

static tsl_status write_model(const outputs *o, const tsl_target *to, tsl_error *err)
{
    return tsl_segmentation_write(o->segmentation, to, err);
}

static tsl_status write_segments(const outputs *o, const tsl_target *to, tsl_error *err)
{
    return tsl_segments_write(tsl_run_get_labels(o->run), to, NULL, err);
}

static tsl_status write_labels(const outputs *o, const tsl_target *to, tsl_error *err)
{
    return tsl_labels_write(tsl_run_get_labels(o->run), to, NULL, err);
}

static tsl_status write_clusters(const outputs *o, const tsl_target *to, tsl_error *err)
{
    return tsl_clusters_write(tsl_run_get_features(o->run), tsl_run_get_assignment(o->run), to, NULL, err);
}

/* As many as there are customers. */
static tsl_status write_rejects(const outputs *o, const tsl_target *to, tsl_error *err)
{
    tsl_rejects *rejects = NULL;
    size_t rows = tsl_run_get_features(o->run)->customers;
    tsl_status status = tsl_rejects_open(to, &rejects, err);
    for (size_t i = 0; status == TSL_OK && i < rows; i++) {
        const tsl_reject_sink *sink = tsl_rejects_get_sink(rejects);
        const tsl_reject reject = {.file = "transactions.csv",
                                   .line = i + 2,
                                   .column = "amount",
                                   .kind = TSL_REJECT_BAD_CELL,
                                   .text = "12,5o",
                                   .message = "\"12,5o\" is not a decimal number"};
        status = sink->write(sink->user, &reject, err);
    }
    if (status == TSL_OK) {
        return tsl_rejects_close(rejects, err);
    }
    tsl_rejects_free(rejects);
    return status;
}

static tsl_status write_summary(const outputs *o, const tsl_target *to, tsl_error *err)
{
    tsl_results results;
    tsl_run_get_results(o->run, &results, sizeof results);
    return tsl_summary_write(&results, to, err);
}

static tsl_status write_report(const outputs *o, const tsl_target *to, tsl_error *err)
{
    return tsl_report_write(o->summary, NULL, to, err);
}

static const struct {
    const char *file;
    tsl_status (*write)(const outputs *o, const tsl_target *to, tsl_error *err);
    int has_rows;
} writers[] = {
    {"features.h5", write_features, 1}, {"model.h5", write_model, 0},        {"segments.csv", write_segments, 1},
    {"labels.csv", write_labels, 1},    {"clusters.csv", write_clusters, 1}, {"rejects.csv", write_rejects, 1},
    {"summary.json", write_summary, 0}, {"report.html", write_report, 0},
};

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static tsl_status measure(const outputs *o, size_t writer, const char *folder, size_t repeats, tsl_error *err)
{
    double seconds[MOST_REPEATS];
    char path[1024];
    struct stat there = {0};
    snprintf(path, sizeof path, "%s/%s", folder, writers[writer].file);
    for (size_t r = 0; r < repeats; r++) {
        double begin = tsl__clock();
        tsl_status status = writers[writer].write(o, &(tsl_target){.path = path, .replace = 1}, err);
        if (status != TSL_OK) {
            return status;
        }
        seconds[r] = tsl__clock() - begin;
    }
    qsort(seconds, repeats, sizeof *seconds, compare);
    double median = seconds[repeats / 2];
    stat(path, &there);
    printf("%-12s %6.3f s (least %.3f) %7.1f MB %6.0f MB/s", writers[writer].file, median, seconds[0],
           1e-6 * (double)there.st_size, 1e-6 * (double)there.st_size / median);
    if (writers[writer].has_rows) {
        printf("  %.2f million rows/s", 1e-6 * (double)tsl_run_get_features(o->run)->customers / median);
    }
    putchar('\n');
    return TSL_OK;
}

static tsl_status bench(const char *features, tsl_run *run, const tsl_segmentation *given, const char *folder,
                        size_t repeats, tsl_error *err)
{
    outputs o = {run, given, NULL};
    tsl_status status = tsl_run_read_features(run, &(tsl_source){.path = features}, err);
    if (status == TSL_OK) {
        status = tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, err);
    }
    if (status == TSL_OK) {
        status = tsl_run_build_summary(run, &o.summary, err);
    }
    for (size_t w = 0; w < sizeof writers / sizeof writers[0] && status == TSL_OK; w++) {
        status = measure(&o, w, folder, repeats, err);
    }
    tsl_text_free(o.summary);
    return status;
}

int main(int argc, char **argv)
{
    size_t repeats = argc > 4 ? strtoul(argv[4], NULL, 10) : 5;
    if (argc < 4 || argc > 5 || repeats < 1 || repeats > MOST_REPEATS) {
        fputs("usage: output_writers FEATURES.h5 MODEL.h5 FOLDER [REPEATS]\n", stderr);
        return 2;
    }
    tsl_segmentation *given = NULL;
    tsl_run *run = NULL;
    tsl_error err = {0};
    tsl_status status = tsl_segmentation_read(&(tsl_source){.path = argv[2]}, &given, &err);
    if (status == TSL_OK) {
        status = tsl_run_open(NULL, given, NULL, &run, &err);
    }
    if (status == TSL_OK) {
        status = bench(argv[1], run, given, argv[3], repeats, &err);
    }
    if (status != TSL_OK) {
        fprintf(stderr, "output_writers: %s\n", err.message);
    }
    tsl_run_free(run);
    tsl_segmentation_free(given);
    return status != TSL_OK;
}
