/* evaluation.c: tsl_evaluation_build: rows, the labels that any tool gave them, and
 * what these are worth. Labels are brought to the data's rows first; a row that is
 * left out has a weight of 0 from then on. */
#include <tesela/run.h>

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/options.h"
#include "base/parallel.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/store.h>

/* Up to here the labels are looked for by default. */
#define RECURRENCE_ROWS 100000
#define RECURRENCE_LABELS 100

/* ---- Options -------------------------------------------------------------------- */

void tsl_evaluation_defaults(tsl_evaluation_options *opt, size_t size)
{
    const tsl_evaluation_options full = {
        .size = sizeof full, .scale = TSL_SCALE_NONE, .stability = TSL_STABILITY_CHEAP};
    tsl__options_give(opt, size, &full, sizeof full);
}

static const tsl_option_range ranges[] = {TSL__RANGE(tsl_evaluation_options, stability, .low = 0, .high = 10000)};

const tsl_option_range *tsl_evaluation_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

static tsl_status take_options(const tsl_evaluation_options *given, tsl_evaluation_options *opt, tsl_data_options *data,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_evaluation_options asked;
    TSL_DEFAULTS(evaluation, &asked);
    TSL_DEFAULTS(evaluation, opt);
    TSL_DEFAULTS(data, data);
    TSL__TRY(tsl__options_take("evaluation", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_take("data", data, sizeof *data, opt->data, err));
    TSL__TRY(tsl_data_check(data, err));
    TSL__TRY(tsl_quality_check(opt->quality, err));
    asked.stability = opt->stability == TSL_STABILITY_CHEAP ? 0 : opt->stability;
    TSL__TRY(tsl__options_check_ranges(&asked, ranges, sizeof ranges / sizeof *ranges, err));
    if (opt->stability == 1) {
        status = tsl__error_set(err, TSL_E_OPTION, "stability: 1 replicate has none to be compared with");
    } else if ((unsigned)opt->scale >= TSL_SCALES) {
        status = tsl__error_set(err, TSL_E_OPTION, "scale: unknown method %d", (int)opt->scale);
    }
done:
    return status;
}

tsl_status tsl_evaluation_check(const tsl_evaluation_options *opt, tsl_error *err)
{
    tsl_evaluation_options full;
    tsl_data_options data;
    tsl__error_reset(err);
    return take_options(opt, &full, &data, err);
}

void tsl_evaluation_free(tsl_evaluation *e)
{
    if (!e) {
        return;
    }
    tsl__free_texts(e->name, (size_t)e->k);
    tsl__free_texts(e->truth_name, (size_t)e->truth_k);
    free(e->column);
    free(e->truth_column);
    free(e->noise_label);
    free(e->cluster);
    tsl_comparison_free(e->comparison);
    tsl_recurrence_free(e->recurrence);
    tsl__notes_free(&e->notes);
    free(e);
}

typedef struct work {
    tsl_evaluation_options opt;
    tsl_data_options data_opt;
    tsl_exec exec;
    tsl_evaluation *out;
    tsl_data *data;
    tsl_features *features;
    tsl_feature_matrix *matrix;
    tsl_matrix x;
    size_t all;            /* rows and, of features, customers who are set apart and stand in no row */
    const char *const *id; /* of all, or NULL */
    const char *id_name;
    tsl__dict *ids; /* code = place among all */
    double *weight; /* of the rows; NULL: once each */
    int32_t *label; /* rows: of out->name, or -1 */
    int32_t *truth; /* likewise, of out->truth_name */
} work;

static void close_work(work *w)
{
    tsl_data_free(w->data);
    tsl_feature_matrix_free(w->matrix);
    tsl_features_free(w->features);
    tsl__dict_free(w->ids);
    free(w->weight);
    free(w->label);
    free(w->truth);
    tsl_evaluation_free(w->out);
}

/* ---- The rows -------------------------------------------------------------------- */

/* Where a row stands among all; rows never come behind it. */
static size_t get_place(const work *w, size_t row)
{
    return w->matrix && w->matrix->customer ? w->matrix->customer[row] : row;
}

/* What is asked of plain numbers does nothing to features. */
static tsl_status refuse_plain(const work *w, tsl_error *err)
{
    const tsl_data_options *data = &w->data_opt;
    const char *asked = data->id ? "id" : data->ignore_count ? "ignore" : data->weight ? "weight" : NULL;
    if (w->opt.scale != TSL_SCALE_NONE) {
        return tsl__error_set(err, TSL_E_OPTION, "scale: features are judged in the space that clusters are found in");
    }
    return asked ? tsl__error_set(err, TSL_E_OPTION,
                                  "%s: is for plain data; a features file has its ids, columns and weights already",
                                  asked)
                 : TSL_OK;
}

static tsl_status read_features(work *w, const tsl_source *source, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(refuse_plain(w, err));
    TSL__TRY(tsl_features_read(source, &w->exec, &w->features, err));
    TSL__TRY(tsl_features_get_matrix(w->features, &w->exec, &w->matrix, err));
    w->id = (const char *const *)w->features->id;
    w->id_name = "customer_id";
    if (w->features->recipe->weight) {
        TSL__NEED(w->weight = tsl__alloc(w->features->customers, sizeof *w->weight));
        TSL__TRY(tsl_features_get_weights(w->features, w->weight, err));
        for (size_t r = 0; r < w->matrix->rows; r++) {
            w->weight[r] = w->weight[get_place(w, r)];
        }
    }
done:
    return status;
}

/* Numbers in the space that they are in, or brought to another scale. */
static tsl_status scale_data(work *w, tsl_error *err)
{
    tsl_feature_options opt;
    tsl_status status = TSL_OK;
    const tsl_data *data = w->data;
    if (w->opt.scale == TSL_SCALE_NONE) {
        return TSL_OK;
    }
    TSL_DEFAULTS(feature, &opt);
    opt.scale = w->opt.scale;
    TSL__TRY(tsl_features_build_plain(&w->x, data->weight, (const char *const *)data->name, NULL, NULL, &opt, &w->exec,
                                      &w->features, err));
    for (size_t i = 0; i < w->features->info.notes.count; i++) {
        TSL__TRY(tsl__notes_add(&w->out->notes, "%s", w->features->info.notes.text[i]));
    }
    TSL__TRY(tsl_features_get_matrix(w->features, &w->exec, &w->matrix, err));
done:
    return status;
}

static tsl_status read_data(work *w, const tsl_source *source, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl_data_read(source, &w->data_opt, &w->exec, &w->data, err));
    w->x = (tsl_matrix){w->data->values, w->data->rows, w->data->cols, w->data->cols, TSL_F64};
    w->id = (const char *const *)w->data->id;
    w->id_name = w->data_opt.id;
    for (size_t i = 0; i < w->data->notes.count; i++) {
        TSL__TRY(tsl__notes_add(&w->out->notes, "%s", w->data->notes.text[i]));
    }
    if (w->data->weight) {
        TSL__NEED(w->weight = tsl__alloc(w->data->rows, sizeof *w->weight));
        memcpy(w->weight, w->data->weight, w->data->rows * sizeof *w->weight);
    }
    TSL__TRY(scale_data(w, err));
done:
    return status;
}

/* 1: by its bytes and its name; an array in a file (FILE.h5:/array) is plain numbers. */
static tsl_status are_features(const tsl_source *source, int *features, tsl_error *err)
{
    const char *kind = "csv";
    tsl_status status = TSL_OK;
    if (source->bytes || !source->path || !strstr(source->path, ":/")) {
        TSL__TRY(tsl_file_get_kind(source, &kind, err));
    }
    TSL__TRY(strcmp(kind, "model") == 0
                 ? tsl__error_set(err, TSL_E_FORMAT, "%s: is a model file, expected a features file or plain data",
                                  source->path ? source->path : "bytes")
                 : TSL_OK);
    *features = strcmp(kind, "features") == 0 || strcmp(kind, "hdf5") == 0;
done:
    return status;
}

/* Each id stands once. */
static tsl_status index_ids(work *w, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (!w->id) {
        return TSL_OK;
    }
    TSL__NEED(w->ids = tsl__dict_open());
    for (size_t r = 0; r < w->all; r++) {
        const int32_t code = tsl__dict_add(w->ids, w->id[r], strlen(w->id[r]));
        TSL__TRY(code < 0 ? tsl__error_nomem(err) : TSL_OK);
        TSL__TRY((size_t)code < r
                     ? tsl__error_set(err, TSL_E_INPUT,
                                      "the data: the same %s stands in the rows %zu and %zu; labels cannot "
                                      "be matched by it",
                                      w->id_name, (size_t)code + 1, r + 1)
                     : TSL_OK);
    }
done:
    return status;
}

static tsl_status read_rows(work *w, const tsl_source *source, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int features = 0;
    TSL__TRY(are_features(source, &features, err));
    TSL__TRY(features ? read_features(w, source, err) : read_data(w, source, err));
    if (w->matrix) {
        w->x = (tsl_matrix){w->matrix->values, w->matrix->rows, w->matrix->cols, w->matrix->cols, TSL_F64};
    }
    w->all = features ? w->features->customers : w->x.rows;
    w->out->rows = w->all;
    w->out->apart = w->all - w->x.rows;
    w->out->cols = w->x.cols;
    w->out->plain = !features;
    w->out->scale = w->opt.scale;
    TSL__TRY(index_ids(w, err));
done:
    return status;
}

/* ---- The labels --------------------------------------------------------------------- */

/* The labels of a partition brought to all: -1 where there is none. */
static tsl_status match_by_id(work *w, const tsl_partition *p, int32_t *label, uint64_t *unknown, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t *seen = NULL, found = 0; /* row of the labels + 1 */
    TSL__NEED(seen = tsl__alloc_zero(w->all, sizeof *seen));
    for (size_t i = 0; i < p->rows; i++) {
        const int32_t row = tsl__dict_get(w->ids, p->id[i], strlen(p->id[i]));
        if (row < 0) {
            (*unknown)++;
            continue;
        }
        TSL__TRY(seen[row] ? tsl__error_set(err, TSL_E_INPUT, "%s: the same %s stands in the rows %zu and %zu",
                                            p->file->name, p->id_column, seen[row], i + 1)
                           : TSL_OK);
        seen[row] = i + 1;
        label[row] = p->label[i];
        found++;
    }
    TSL__TRY(found == 0 ? tsl__error_set(err, TSL_E_INPUT, "%s: none of its %zu ids (%s) is one of the data (%s)",
                                         p->file->name, p->rows, p->id_column, w->id_name)
                        : TSL_OK);
done:
    free(seen);
    return status;
}

static tsl_status match_rows(work *w, const tsl_partition *p, int32_t **label, int *by_id, uint64_t *unknown,
                             tsl_error *err)
{
    const size_t rows = w->all;
    tsl_status status = TSL_OK;
    TSL__NEED(*label = tsl__alloc(rows, sizeof **label));
    for (size_t r = 0; r < rows; r++) {
        (*label)[r] = -1;
    }
    *by_id = w->ids && p->id;
    if (*by_id) {
        TSL__TRY(match_by_id(w, p, *label, unknown, err));
    } else if (p->rows == rows) {
        memcpy(*label, p->label, rows * sizeof **label);
    } else {
        status = tsl__error_set(err, TSL_E_INPUT,
                                "%s: holds %zu labels, the data %zu rows; without ids in both they are matched by row",
                                p->file->name, p->rows, rows);
    }
    for (size_t r = 0; r < w->x.rows; r++) {
        (*label)[r] = (*label)[get_place(w, r)];
    }
done:
    return status;
}

/* The labels that rows which count have, and their names, in their order; others become -1. */
static tsl_status take_present(const work *w, const tsl_partition *p, int32_t *label, int *k, char ***name,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    int32_t *place = NULL;
    TSL__NEED(place = tsl__alloc_zero((size_t)p->k, sizeof *place));
    TSL__NEED(*name = tsl__alloc_zero((size_t)p->k, sizeof **name));
    for (size_t r = 0; r < w->x.rows; r++) {
        if (label[r] >= 0 && (!w->weight || w->weight[r] > 0)) {
            place[label[r]] = 1;
        }
    }
    for (int i = 0; i < p->k; i++) {
        if (place[i]) {
            TSL__NEED((*name)[*k] = tsl__strdup(p->name[i]));
            place[i] = ++*k; /* the label + 1 */
        }
    }
    for (size_t r = 0; r < w->x.rows; r++) {
        label[r] = label[r] < 0 ? -1 : place[label[r]] - 1;
    }
done:
    free(place);
    return status;
}

/* Counts and takes out the rows of the label that is left out. */
static tsl_status leave_noise(work *w, const tsl_partition *p, tsl_error *err)
{
    const char *noise = w->opt.noise;
    int32_t code = 0;
    tsl_status status = TSL_OK;
    while (noise && code < p->k && strcmp(p->name[code], noise) != 0) {
        code++;
    }
    if (!noise || code == p->k) {
        return noise ? tsl__error_set(err, TSL_E_OPTION, "noise: %s has no label \"%s\"", p->file->name, noise)
                     : TSL_OK;
    }
    TSL__NEED(w->out->noise_label = tsl__strdup(noise));
    for (size_t r = 0; r < w->x.rows; r++) {
        if (w->label[r] == code) {
            w->label[r] = -1;
            w->out->noise++;
        }
    }
done:
    return status;
}

/* Rows without a label take no part. */
static tsl_status leave_rows(work *w, tsl_error *err)
{
    tsl_status status = TSL_OK;
    uint64_t left = 0;
    for (size_t r = 0; r < w->x.rows; r++) {
        left += w->label[r] < 0;
    }
    w->out->unlabelled = left - w->out->noise;
    w->out->used = w->x.rows - left;
    w->out->weighted = w->weight != NULL;
    TSL__TRY(w->out->used == 0 ? tsl__error_set(err, TSL_E_INPUT, "no row has a label that counts") : TSL_OK);
    if (left && !w->weight) {
        TSL__NEED(w->weight = tsl__alloc(w->x.rows, sizeof *w->weight));
        for (size_t r = 0; r < w->x.rows; r++) {
            w->weight[r] = 1;
        }
    }
    for (size_t r = 0; left && r < w->x.rows; r++) {
        w->weight[r] = w->label[r] < 0 ? 0 : w->weight[r];
    }
done:
    return status;
}

static tsl_status read_partition(const work *w, const char *what, const tsl_source *source, const char *column,
                                 tsl_partition **out, tsl_error *err)
{
    tsl_partition_options opt;
    TSL_DEFAULTS(partition, &opt);
    opt.column = column;
    opt.id = w->id_name;
    opt.header = w->data_opt.header;
    opt.delimiter = w->data_opt.delimiter;
    opt.encoding = w->data_opt.encoding;
    tsl_status status = tsl_partition_read(source, &opt, &w->exec, out, err);
    return status == TSL_E_OPTION ? tsl__error_prefix(err, status, what) : status;
}

static tsl_status check_count(const tsl_partition *p, int k, tsl_error *err)
{
    return k <= TSL_CLUSTERS_MAX
               ? TSL_OK
               : tsl__error_set(err, TSL_E_INPUT, "%s: %s has %d different labels; there may be %d: is it an id?",
                                p->file->name, p->column, k, TSL_CLUSTERS_MAX);
}

static tsl_status read_labels(work *w, const tsl_source *source, tsl_error *err)
{
    tsl_evaluation *out = w->out;
    tsl_partition *p = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(read_partition(w, "labels", source, w->opt.label_column, &p, err));
    TSL__TRY(match_rows(w, p, &w->label, &out->matched_by_id, &out->unknown, err));
    TSL__TRY(leave_noise(w, p, err));
    TSL__TRY(leave_rows(w, err));
    TSL__TRY(take_present(w, p, w->label, &out->k, &out->name, err));
    TSL__TRY(check_count(p, out->k, err));
    TSL__NEED(out->column = tsl__strdup(p->column));
done:
    tsl_partition_free(p);
    return status;
}

static tsl_status read_truth(work *w, const tsl_source *source, tsl_error *err)
{
    tsl_evaluation *out = w->out;
    tsl_partition *p = NULL;
    uint64_t unknown = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(read_partition(w, "truth", source, w->opt.truth_column, &p, err));
    TSL__TRY(match_rows(w, p, &w->truth, &out->truth_by_id, &unknown, err));
    TSL__TRY(take_present(w, p, w->truth, &out->truth_k, &out->truth_name, err));
    TSL__TRY(check_count(p, out->truth_k, err));
    TSL__NEED(out->truth_column = tsl__strdup(p->column));
    for (size_t r = 0; r < w->x.rows; r++) {
        out->untrue += w->label[r] >= 0 && w->truth[r] < 0;
    }
    TSL__TRY(out->truth_k == 0 ? tsl__error_set(err, TSL_E_INPUT, "%s: no labelled row has a true label", p->file->name)
                               : TSL_OK);
done:
    tsl_partition_free(p);
    return status;
}

/* ---- What is said of it --------------------------------------------------------------- */

static tsl_status note_counts(const work *w, tsl_error *err)
{
    tsl_evaluation *out = w->out;
    int noise = 0;
    tsl_status status = TSL_OK;
    for (int i = 0; i < out->k; i++) {
        noise |= strcmp(out->name[i], "-1") == 0 || strcmp(out->name[i], "-1.0") == 0;
    }
    if (noise) {
        TSL__TRY(tsl__notes_add(&out->notes,
                                "the label -1 counts as a segment of its own; where it means noise, --noise "
                                "-1 leaves its rows out"));
    }
    if (out->noise) {
        TSL__TRY(tsl__notes_add(&out->notes, "%" PRIu64 " row%s labelled %s %s left out", out->noise,
                                out->noise == 1 ? "" : "s", out->noise_label, out->noise == 1 ? "is" : "are"));
    }
    if (out->apart) {
        TSL__TRY(tsl__notes_add(&out->notes,
                                "%" PRIu64 " of %" PRIu64
                                " customers %s set apart by rule, without a place in the space "
                                "of clustering, and left out of the indices together with the labels",
                                out->apart, out->rows, out->apart == 1 ? "is" : "are"));
    }
    if (out->unlabelled) {
        TSL__TRY(tsl__notes_add(&out->notes, "%" PRIu64 " of %" PRIu64 " rows %s no label and %s left out",
                                out->unlabelled, out->rows, out->unlabelled == 1 ? "has" : "have",
                                out->unlabelled == 1 ? "is" : "are"));
    }
    if (out->unknown) {
        TSL__TRY(tsl__notes_add(&out->notes, "%" PRIu64 " label%s that the data lack", out->unknown,
                                out->unknown == 1 ? " is of an id" : "s are of ids"));
    }
    if (out->untrue) {
        TSL__TRY(tsl__notes_add(&out->notes, "%" PRIu64 " labelled row%s no true label and %s not compared",
                                out->untrue, out->untrue == 1 ? " has" : "s have", out->untrue == 1 ? "is" : "are"));
    }
    if (out->k == 1) {
        TSL__TRY(tsl__notes_add(&out->notes, "there is one label alone: most indices compare two"));
    }
done:
    return status;
}

/* Whether k-means finds the labels; placed: of all rows. */
static tsl_status measure_recurrence(work *w, const int32_t *placed, tsl_error *err)
{
    tsl_evaluation *out = w->out;
    const int asked = w->opt.stability, cheap = out->used <= RECURRENCE_ROWS && out->k <= RECURRENCE_LABELS;
    tsl_status status = TSL_OK;
    tsl_stability_options opt;
    TSL_DEFAULTS(stability, &opt);
    opt.seed = w->opt.quality ? w->opt.quality->seed : opt.seed;
    opt.replicates = asked > 0 ? asked : 0;
    if (asked == 0) {
        return TSL_OK;
    }
    if (asked > 0 || cheap) {
        return tsl_recurrence_build(&w->x, w->weight, placed, out->k, &opt, &w->exec, &out->recurrence, err);
    }
    TSL__TRY(tsl__notes_add(&out->notes,
                            "of more than %d rows or %d labels stability, gap and prediction strength are measured on "
                            "request (--stability 20)",
                            RECURRENCE_ROWS, RECURRENCE_LABELS));
done:
    return status;
}

static tsl_status check_dunn(const work *w, tsl_error *err)
{
    return w->opt.quality && w->opt.quality->dunn && w->out->used > TSL_DUNN_ROWS
               ? tsl__error_set(err, TSL_E_OPTION,
                                "dunn: compares every row with every other, of at most %d rows; there are %" PRIu64,
                                TSL_DUNN_ROWS, w->out->used)
               : TSL_OK;
}

static tsl_status measure(work *w, tsl_error *err)
{
    tsl_evaluation *out = w->out;
    tsl_status status = TSL_OK;
    const size_t rows = w->x.rows;
    int32_t *placed = NULL; /* rows of no weight have to have a label, whichever */
    TSL__TRY(check_dunn(w, err));
    TSL__NEED(out->cluster = tsl__alloc((size_t)out->k, sizeof *out->cluster));
    TSL__NEED(placed = tsl__alloc(rows, sizeof *placed));
    for (size_t r = 0; r < rows; r++) {
        placed[r] = w->label[r] < 0 ? 0 : w->label[r];
    }
    TSL__TRY(
        tsl_quality_get(&w->x, w->weight, placed, out->k, w->opt.quality, &w->exec, &out->quality, out->cluster, err));
    TSL__TRY(measure_recurrence(w, placed, err));
    if (w->truth) {
        TSL__TRY(
            tsl_comparison_build(w->label, out->k, w->truth, out->truth_k, w->weight, rows, &out->comparison, err));
    }
done:
    free(placed);
    return status;
}

tsl_status tsl_evaluation_build(const tsl_source *data, const tsl_source *labels, const tsl_source *truth,
                                const tsl_evaluation_options *opt, const tsl_exec *exec, tsl_evaluation **out,
                                tsl_error *err)
{
    work w = {0};
    tsl_status status = TSL_OK;
    const double begun = tsl__clock();
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &w.opt, &w.data_opt, err));
    TSL__TRY(tsl__exec_open(exec, &w.exec, err));
    TSL__NEED(w.out = tsl__alloc_zero(1, sizeof *w.out));
    TSL__TRY(read_rows(&w, data, err));
    TSL__TRY(read_labels(&w, labels, err));
    TSL__TRY(truth ? read_truth(&w, truth, err) : TSL_OK);
    TSL__TRY(note_counts(&w, err));
    const double read = tsl__clock();
    TSL__TRY(measure(&w, err));
    w.out->seconds_read = read - begun;
    w.out->seconds_quality = tsl__clock() - read;
    *out = w.out;
    w.out = NULL;
done:
    close_work(&w);
    return status;
}
