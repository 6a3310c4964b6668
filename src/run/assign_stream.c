/* assign_stream.c: plain numbers assigned chunk by chunk: while one chunk is worked
 * on, the one before is written and the next is read. Nothing is kept of a row, so
 * that there may be any number. */
#include "run/run_state.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/parallel.h"
#include "base/text.h"
#include "feature/drift.h"
#include "feature/plain.h"
#include "label/confidence.h"
#include "label/evolution/segment_drift.h"
#include "label/internal.h"
#include "label/policy.h"
#include "model/kmeans/predict.h"
#include "output/csv/fields.h"
#include "output/labels_csv.h"
#include "table/data_stream.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BLOCKS 32
#define CHUNK_ROWS ((size_t)CHUNK_BLOCKS * TSL__BLOCK_ROWS)

/* Some rows, what was made of them, and what they add up to. */
typedef struct chunk {
    double *values;
    const char *const *id;
    size_t first, rows; /* from 0 */
    tsl__text text[CHUNK_BLOCKS];
    tsl__segment_sum *sum; /* blocks x k */
} chunk;

/* What one thread works with. */
typedef struct desk {
    tsl__drift_count *count; /* one a feature */
    double *ordered;         /* a block of rows, columns in the recipe's order */
    tsl_assignment *assignment;
    uint32_t outside[TSL__BLOCK_ROWS];
} desk;

typedef struct stream {
    tsl_run *run;
    const tsl_segmentation *given;
    tsl__data_stream *data;
    tsl_file *file;     /* NULL: nothing is written */
    tsl_policy *policy; /* with the names that were given */
    char **segment;     /* ",2,Loyal," */
    char **code;        /* ",CHAMP\n" */
    size_t cols;        /* of the data */
    size_t *place;      /* of each feature among them */
    int same;           /* 1: they stand in the recipe's order */
    chunk chunk[2];
    tsl__drift_count *count;
    tsl__segment_sum *sum; /* k */
    size_t rows;
    int lang;
    tsl__ticker ticker;
    tsl_status written; /* of the thread that reads and writes */
    tsl_error *err;
} stream;

/* ---- Room ---------------------------------------------------------------------- */

static int chunk_open(chunk *c, size_t cols, size_t k)
{
    c->values = tsl__alloc(CHUNK_ROWS * cols, sizeof *c->values);
    c->sum = tsl__alloc(CHUNK_BLOCKS * k, sizeof *c->sum);
    return c->values && c->sum;
}

static void chunk_free(chunk *c)
{
    free(c->values);
    free(c->sum);
    for (int b = 0; b < CHUNK_BLOCKS; b++) {
        tsl__text_free(&c->text[b]);
    }
}

static desk *desk_open(const tsl_recipe *recipe)
{
    desk *d = tsl__alloc_zero(1, sizeof *d);
    if (d) {
        d->count = tsl__alloc_zero(recipe->feature_count, sizeof *d->count);
        d->ordered = tsl__alloc(TSL__BLOCK_ROWS * recipe->feature_count, sizeof *d->ordered);
        d->assignment = tsl__assignment_open(TSL__BLOCK_ROWS);
    }
    return d;
}

static void desk_free(desk *d)
{
    if (d) {
        free(d->count);
        free(d->ordered);
        tsl__assignment_free(d->assignment);
        free(d);
    }
}

/* ---- One block -------------------------------------------------------------------- */

static int32_t get_number(const tsl_policy *policy, int32_t cluster)
{
    return cluster < 0 ? 0 : tsl_policy_get_number(policy, (size_t)cluster);
}

static void put_rows(const stream *s, const chunk *c, size_t begin, size_t end, const desk *d, tsl__text *out)
{
    const tsl_assignment *a = d->assignment;
    for (size_t i = 0; i < end - begin; i++) {
        tsl__labels_put_row(&(tsl__label_row){.id = c->id ? c->id[begin + i] : NULL,
                                              .number = c->first + begin + i + 1,
                                              .segment = s->segment[a->label[i]],
                                              .distance = a->distance[i],
                                              .runner_up = get_number(s->policy, a->runner_up[i]),
                                              .confidence = tsl__confidence_get(a, i),
                                              .outside = d->outside[i],
                                              .code = s->code[a->label[i]]},
                            out);
    }
}

/* A block's rows in the recipe's order of columns. */
static double *order_rows(const stream *s, const chunk *c, size_t begin, size_t end, desk *d)
{
    size_t count = s->given->recipe->feature_count;
    double *values = c->values + begin * s->cols;
    if (s->same) {
        return values;
    }
    for (size_t i = 0; i < end - begin; i++) {
        for (size_t f = 0; f < count; f++) {
            d->ordered[i * count + f] = values[i * s->cols + s->place[f]];
        }
    }
    return d->ordered;
}

/* The nearest centres of a block, into the desk's assignment. */
static tsl_status assign_rows(const stream *s, const tsl_features *rows, desk *d)
{
    static const tsl_exec one = {.size = sizeof one, .threads = 1};
    const tsl_model *model = s->given->model;
    tsl_feature_matrix *m = NULL;
    tsl_status status = tsl_features_get_matrix(rows, &one, &m, NULL);
    if (status == TSL_OK) {
        const tsl_matrix x = {m->values, m->rows, m->cols, m->cols, TSL_F64};
        d->assignment->rows = x.rows;
        status = tsl_kmeans_predict(&x, model->center, model->k, &one, d->assignment, NULL);
    }
    tsl_feature_matrix_free(m);
    return status;
}

static tsl_status do_block(const stream *s, chunk *c, size_t b, desk *d)
{
    size_t begin, end, k = (size_t)s->given->model->k;
    const tsl_assignment *a = d->assignment;
    tsl__block_get(c->rows, b, &begin, &end);
    const tsl_features rows = {.customers = end - begin,
                               .recipe = s->given->recipe,
                               .feature_count = s->given->recipe->feature_count,
                               .feature = s->given->recipe->feature,
                               .x = order_rows(s, c, begin, end, d)};
    tsl_status status = assign_rows(s, &rows, d);
    tsl__segment_sum *sum = c->sum + b * k;
    memset(sum, 0, k * sizeof *sum);
    for (size_t i = 0; i < end - begin && status == TSL_OK; i++) {
        tsl__segment_sum_add(&sum[a->label[i]], a->distance[i], 1);
    }
    tsl__drift_add(&rows, 0, end - begin, d->count);
    if (s->file && status == TSL_OK) {
        tsl__drift_outside(&rows, 0, end - begin, d->outside);
        put_rows(s, c, begin, end, d, &c->text[b]);
        status = c->text[b].failed ? TSL_E_NOMEM : TSL_OK;
    }
    return status;
}

/* ---- One chunk ---------------------------------------------------------------------- */

/* The text of a chunk that is done goes out; the chunk is empty then. */
static tsl_status write_chunk(stream *s, chunk *c, tsl_error *err)
{
    size_t blocks = tsl__block_count(c->rows);
    tsl_status status = TSL_OK;
    for (size_t b = 0; b < blocks && s->file && status == TSL_OK; b++) {
        status = tsl_file_write(s->file, c->text[b].data, c->text[b].length, err);
        tsl__text_clear(&c->text[b]);
    }
    c->rows = 0;
    return status;
}

static tsl_status read_chunk(stream *s, chunk *c, tsl_error *err)
{
    c->first = s->rows;
    tsl_status status = tsl__data_stream_next(s->data, CHUNK_ROWS, c->values, &c->id, &c->rows, err);
    s->rows += status == TSL_OK ? c->rows : 0;
    return status;
}

/* Sums of a chunk, in the order of its blocks. */
static void take_chunk(stream *s, const chunk *c)
{
    size_t k = (size_t)s->given->model->k, blocks = tsl__block_count(c->rows);
    for (size_t b = 0; b < blocks; b++) {
        tsl__segment_sum_merge(s->sum, c->sum + b * k, k);
    }
}

/* Works on one chunk, while the calling thread, to which the target's callback is promised, writes the other and
 * fills it anew. */
static tsl_status do_chunk(stream *s, chunk *now, chunk *next, desk *const *desks)
{
    size_t blocks = tsl__block_count(now->rows);
    tsl_status worked = TSL_OK;
#pragma omp parallel num_threads(s->run->exec.threads)
    {
        tsl_status own = TSL_OK;
        desk *d = desks[omp_get_thread_num()];
#pragma omp master
        {
            s->written = write_chunk(s, next, s->err);
            s->written = s->written == TSL_OK ? read_chunk(s, next, s->err) : s->written;
        }
#pragma omp for schedule(dynamic, 1)
        for (size_t b = 0; b < blocks; b++) {
            own = own == TSL_OK ? do_block(s, now, b, d) : own;
        }
#pragma omp critical
        worked = own != TSL_OK ? own : worked;
    }
    if (worked == TSL_E_NOMEM) {
        return tsl__error_nomem(s->err);
    }
    return worked != TSL_OK ? tsl__error_set(s->err, worked, "the rows cannot be assigned") : s->written;
}

static tsl_status do_chunks(stream *s, desk *const *desks, tsl_error *err)
{
    tsl_status status = read_chunk(s, &s->chunk[0], err);
    for (int at = 0; status == TSL_OK && s->chunk[at].rows; at = !at) {
        tsl_progress_event event = {.stage = "assign", .rows = s->rows, .fraction = -1, .best_inertia = NAN};
        status = do_chunk(s, &s->chunk[at], &s->chunk[!at], desks);
        if (status == TSL_OK) {
            take_chunk(s, &s->chunk[at]);
            status = tsl__tick(&s->ticker, &event, err);
        }
        if (status == TSL_OK && s->chunk[!at].rows == 0) {
            return write_chunk(s, &s->chunk[at], err); /* the last */
        }
    }
    return status;
}

/* ---- All of it --------------------------------------------------------------------------- */

static tsl_status take_results(stream *s, desk *const *desks, tsl_error *err)
{
    const tsl_model *model = s->given->model;
    const tsl_recipe *recipe = s->given->recipe;
    for (int t = 0; t < s->run->exec.threads; t++) {
        tsl__drift_merge(s->count, desks[t]->count, recipe->feature_count);
    }
    tsl_status status =
        tsl__segment_drift_make(model, s->sum, 0, &s->run->segment_drift, &s->run->segmentation_drift, err);
    return status == TSL_OK ? tsl__drift_make(recipe, s->count, s->rows, &s->run->drift, err) : status;
}

static const char *get_id_name(const tsl__data_stream *data)
{
    return tsl__data_stream_has_ids(data) ? "id" : "row";
}

static tsl_status open_stream(stream *s, const tsl_source *source, const tsl_data_options *opt,
                              const tsl_target *labels, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_recipe *recipe = s->given->recipe;
    size_t k = (size_t)s->given->model->k, cols;
    char *head = NULL;
    tsl_data_options own;
    TSL_DEFAULTS(data, &own);
    TSL__TRY(tsl__options_take("data", &own, sizeof own, opt, err));
    own.pseudonyms = own.pseudonyms ? own.pseudonyms : s->run->opt.pseudonyms;
    own.suppression = own.suppression ? own.suppression : s->run->opt.suppression;
    TSL__TRY(tsl__data_stream_open(source, &own, &s->run->exec, &s->data, err));
    cols = s->cols = tsl__data_stream_get_cols(s->data);
    TSL__NEED(s->place = tsl__alloc(recipe->feature_count, sizeof *s->place));
    TSL__TRY(tsl__plain_match(recipe, tsl__data_stream_get_names(s->data), cols, s->place, &s->same, err));
    TSL__TRY(chunk_open(&s->chunk[0], cols, k) && chunk_open(&s->chunk[1], cols, k) ? TSL_OK : tsl__error_nomem(err));
    TSL__NEED(s->count = tsl__alloc_zero(recipe->feature_count, sizeof *s->count));
    TSL__NEED(s->sum = tsl__alloc_zero(k, sizeof *s->sum));
    TSL__TRY(tsl__policy_copy(s->given->policy, &s->policy, err));
    TSL__TRY(tsl__given_names_take(&s->run->label_opt, s->policy, err));
    TSL__NEED(s->segment = tsl__put_segments(s->policy, s->lang));
    TSL__NEED(s->code = tsl__put_codes(s->policy));
    if (labels) {
        TSL__NEED(head = tsl__labels_make_head(get_id_name(s->data)));
        TSL__TRY(tsl_file_open(labels, &s->file, err));
        TSL__TRY(tsl_file_write(s->file, head, strlen(head), err));
    }
done:
    free(head);
    return status;
}

static void free_stream(stream *s)
{
    chunk_free(&s->chunk[0]);
    chunk_free(&s->chunk[1]);
    free(s->count);
    free(s->sum);
    free(s->place);
    tsl__free_texts(s->segment, s->segment ? s->policy->segment_count : 0);
    tsl__free_texts(s->code, s->code ? s->policy->segment_count : 0);
    tsl_policy_free(s->policy);
    tsl_file_free(s->file);
    tsl__data_stream_free(s->data);
}

static tsl_status assign_all(stream *s, tsl_error *err)
{
    int threads = s->run->exec.threads;
    tsl_status status = TSL_OK;
    desk **desks = NULL;
    TSL__NEED(desks = tsl__alloc_zero((size_t)threads, sizeof *desks));
    for (int t = 0; t < threads; t++) {
        desk *d = desks[t] = desk_open(s->given->recipe);
        TSL__TRY(d && d->count && d->ordered && d->assignment ? TSL_OK : tsl__error_nomem(err));
    }
    TSL__TRY(do_chunks(s, desks, err));
    TSL__TRY(take_results(s, desks, err));
done:
    for (int t = 0; desks && t < threads; t++) {
        desk_free(desks[t]);
    }
    free(desks);
    return status;
}

tsl_status tsl_run_read_assign(tsl_run *run, const tsl_source *source, const tsl_data_options *opt,
                               const tsl_target *labels, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_file *file = NULL;
    stream s = {.run = run, .given = run->given, .ticker = tsl__ticker_open(&run->exec), .err = err};
    tsl__error_reset(err);
    if (!run->given || !run->given->model || !run->given->policy) {
        return tsl__error_set(err, TSL_E_INPUT, "rows are assigned to a model: recipe, clusters and policy are needed");
    }
    if (!run->given->recipe->plain) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s: the model was made of tables of customers, not of plain numbers: make features of "
                              "tables with its recipe first (tesela features --like MODEL), or run --model",
                              source->path ? source->path : "the data");
    }
    TSL__TRY(tsl__run_check_empty(run, err));
    TSL__TRY(tsl_lang_read(run->label_opt.lang, &s.lang, err));
    TSL__TRY(tsl__run_stage(run, "assign", err));
    TSL__TRY(open_stream(&s, source, opt, labels, err));
    TSL__TRY(assign_all(&s, err));
    run->assigned = s.rows;
    if (s.file) {
        file = s.file;
        s.file = NULL;
        TSL__TRY(tsl_file_close(file, err));
    }
    TSL__TRY(tsl__run_stage(run, NULL, err));
done:
    free_stream(&s);
    return status;
}
