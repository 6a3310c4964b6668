/* build.c: tsl_table_build, tsl_table_build_arrow: arrays in memory -> cells -> rows of typed columns. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/cell/currency_cells.h"
#include "table/reading.h"
#include "table/source/arrays.h"
#include "table/source/column_names.h"

/* Rows of the cells that one worker decodes at a time. */
#define PIECE_ROWS 8192

typedef struct builder {
    tsl__reading r;
    const char *place; /* what messages call the arrays */
    tsl__field_map map;
    size_t first, rows, next; /* the rows before those of the cells; rows in the cells; the next one of them */
    size_t all;               /* rows of the table, 0 where that is not known */
    struct piece {
        size_t begin, end, worker;
    } * piece; /* one a slot */
    tsl__cell_array *cells, *levels;
    char **name;
    tsl_role *role;
    size_t count; /* of the columns */
} builder;

static tsl_status open_builder(builder *b, const char *place, size_t count, tsl_error *err)
{
    tsl__reading *r = &b->r;
    tsl_status status = TSL_OK;
    b->place = place;
    b->count = count;
    b->map = (tsl__field_map){.name = place, .columns = count};
    r->place = &b->place;
    if (count == 0) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: no column is given", place);
    }
    TSL__NEED(b->piece = tsl__alloc_zero(tsl__pipeline_get_slots(r->threads), sizeof *b->piece));
    TSL__NEED(b->cells = tsl__alloc_zero(count, sizeof *b->cells));
    TSL__NEED(b->levels = tsl__alloc_zero(count, sizeof *b->levels));
    TSL__NEED(b->name = tsl__alloc_zero(count, sizeof *b->name));
    TSL__NEED(b->role = tsl__alloc_zero(count, sizeof *b->role));
done:
    return status;
}

static void free_builder(builder *b)
{
    tsl__reading_free(&b->r);
    tsl__free_texts(b->name, b->count);
    free(b->map.form);
    for (size_t i = 0; i < b->count; i++) {
        tsl__zone_free(b->cells ? b->cells[i].own_clock : NULL);
        tsl__zone_free(b->levels ? b->levels[i].own_clock : NULL);
    }
    free(b->piece);
    free(b->cells);
    free(b->levels);
    free(b->role);
}

/* The name of column i, made distinct. */
static tsl_status add_name(builder *b, tsl__names *names, size_t i, const char *name, tsl_error *err)
{
    tsl__span header = tsl__cell_trim(tsl__span_make(name ? name : ""));
    if (tsl__utf8_check(header.s, header.n) != header.n) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: the name of column %zu is not valid UTF-8", b->place, i + 1);
    }
    b->name[i] = tsl__names_add(names, header);
    return b->name[i] ? TSL_OK : tsl__error_nomem(err);
}

/* Looks for codes of currencies in the first cells of the column. */
static void look_for_codes(const tsl__cell_array *array, size_t rows, tsl__currency_cells *codes)
{
    for (size_t row = 0; row < rows && row < PIECE_ROWS; row++) {
        tsl__typed cell;
        tsl__cell_array_get(array, row, &cell);
        if (cell.form != TSL__TYPED_TEXT && cell.form != TSL__TYPED_MISSING) {
            *codes = (tsl__currency_cells){.cells = 1}; /* that are no codes */
            return;
        }
        tsl__currency_cells_add(codes, cell.form == TSL__TYPED_TEXT ? cell.text : (tsl__span){"", 0}, 1);
    }
}

/* Decides on the columns, by their names and the first of their cells, where these are there: so many rows. Those that
 * are used must be of a type that can be read. */
static tsl_status plan_columns(builder *b, size_t rows, tsl_error *err)
{
    tsl__reading *r = &b->r;
    tsl__own_columns own = {
        .path = b->place, .name = (const char *const *)b->name, .count = b->count, .has_header = 1, .role = b->role};
    tsl__file_column *column = NULL;
    tsl_status status = TSL_OK;
    if (r->terms.kind == TSL_TRANSACTIONS) {
        TSL__NEED(column = tsl__alloc_zero(b->count, sizeof *column));
        for (size_t i = 0; i < b->count; i++) {
            look_for_codes(&b->cells[i], rows, &column[i].codes);
            column[i].codes.cells += rows == 0; /* of a stream the name alone decides */
        }
        own.files = column;
    }
    TSL__TRY(tsl__reading_plan(r, &own, err));
    for (int t = 0; t < r->threads; t++) {
        r->worker[t].decoder.cells = b->cells;
        r->worker[t].decoder.map = &b->map;
    }
    const size_t clock = r->terms.plan.clock;
    if (clock != TSL__NONE && b->cells[clock].layout == TSL__LAYOUT_UNKNOWN) { /* nobody asked for it */
        r->terms.plan.clock = TSL__NONE;
        r->terms.plan.input[clock].used = 0;
    }
    for (size_t i = 0; i < b->count; i++) {
        if (b->cells[i].layout == TSL__LAYOUT_UNKNOWN && r->terms.plan.input[i].used) {
            TSL__TRY(tsl__error_set(
                err, TSL_E_INPUT,
                "%s: column \"%s\" is of a type or in a time zone that cannot be read; cast it, or leave "
                "it out",
                b->place, b->name[i]));
        }
    }
done:
    free(column);
    return status;
}

static tsl_status read_piece(void *user, size_t slot, int *more, tsl_error *err)
{
    builder *b = user;
    (void)err;
    *more = b->next < b->rows;
    const size_t end = b->rows - b->next > PIECE_ROWS ? b->next + PIECE_ROWS : b->rows;
    b->piece[slot] = (struct piece){b->next, end, 0};
    b->next = end;
    return TSL_OK;
}

/* What is made of each row of a piece. */
static tsl_status go_over(builder *b, size_t slot, size_t worker, tsl_status (*make)(tsl__decoder *d, tsl_error *err),
                          tsl_error *err)
{
    struct piece *p = &b->piece[slot];
    tsl__decoder *d = &b->r.worker[worker].decoder;
    tsl_status status = TSL_OK;
    p->worker = worker;
    d->batch = &b->r.batch[slot];
    for (size_t row = p->begin; row < p->end; row++) {
        d->record = (tsl__record){.line = b->first + row + 1, .count = b->count, .raw = {"", 0}, .valid = 1};
        d->cell_row = row;
        TSL__TRY(make(d, err));
    }
done:
    return status;
}

static tsl_status decode_piece(void *user, size_t slot, size_t worker, tsl_error *err)
{
    return go_over(user, slot, worker, tsl__accept_record, err);
}

static tsl_status look_at_orders(void *user, size_t slot, size_t worker, tsl_error *err)
{
    return go_over(user, slot, worker, tsl__order_cells_look, err);
}

static tsl_status take_piece(void *user, size_t slot, tsl_error *err)
{
    builder *b = user;
    const struct piece *p = &b->piece[slot];
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__merge_batch(&b->r, p->worker, 0, &b->r.batch[slot], err));
    TSL__TRY(tsl__reading_tick(&b->r, 0, b->all ? (double)(b->first + p->end) / (double)b->all : -1, err));
done:
    return status;
}

static tsl_status take_orders(void *user, size_t slot, tsl_error *err)
{
    builder *b = user;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__order_statuses_take(&b->r.orders, &b->r.batch[slot].orders, err));
    TSL__TRY(tsl__reading_tick(&b->r, 0, b->all ? 0 : -1, err));
done:
    return status;
}

/* The first rows tell how numbers that are texts are read. */
static tsl_status look_ahead(builder *b, tsl_error *err)
{
    const tsl__plan *plan = &b->r.terms.plan;
    tsl__mark_evidence *evidence = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(evidence = tsl__alloc_zero(plan->numbers, sizeof *evidence));
    for (size_t n = 0; n < plan->numbers; n++) {
        const tsl__plan_input *in = &plan->input[plan->number[n]];
        for (size_t row = 0; in->lookup == TSL__NONE && row < b->rows && row < PIECE_ROWS; row++) {
            tsl__typed cell;
            tsl__cell_array_get(&b->cells[in->column], row, &cell);
            if (cell.form != TSL__TYPED_TEXT) {
                continue;
            }
            tsl__form_look(&evidence[n], cell.text, b->place, row + 1);
        }
    }
    TSL__TRY(tsl__forms_assume(&b->r, evidence, ',', &b->map, err));
done:
    free(evidence);
    return status;
}

/* The rows which stand in the cells, in a pass over the orders. all: of the table, 0 where that is not known. */
static tsl_status pass_over_rows(builder *b, size_t rows, size_t all, tsl_error *err)
{
    const tsl__pipeline pipeline = {b->r.threads, b, read_piece, look_at_orders, take_orders};
    b->rows = rows;
    b->next = 0;
    b->all = all;
    return tsl__pipeline_run(&pipeline, err);
}

/* The next `rows` rows, likewise. */
static tsl_status accept_rows(builder *b, size_t rows, size_t all, tsl_error *err)
{
    const tsl__pipeline pipeline = {b->r.threads, b, read_piece, decode_piece, take_piece};
    b->first = b->r.table->info.read;
    b->rows = rows;
    b->next = 0;
    b->all = all;
    tsl_status status = b->map.form ? TSL_OK : look_ahead(b, err);
    return status == TSL_OK ? tsl__pipeline_run(&pipeline, err) : status;
}

static tsl_status finish(builder *b, tsl_table **out, tsl_error *err)
{
    tsl_status status = b->map.form ? tsl__forms_settle(&b->r, &b->map, ',', err) : TSL_OK;
    return status == TSL_OK ? tsl__reading_finish(&b->r, out, err) : status;
}

tsl_status tsl_table_build(tsl_table_kind kind, const tsl_array *arrays, size_t array_count, size_t rows,
                           const tsl_table *known, const tsl_reject_sink *rejects, const tsl_table_options *opt,
                           const tsl_exec *exec, tsl_table **out, tsl_error *err)
{
    builder b = {.count = 0};
    tsl__names *names = NULL;
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    array_count = arrays ? array_count : 0;
    TSL__TRY(tsl__reading_open(&b.r, kind, known, rejects, opt, exec, err));
    TSL__TRY(open_builder(&b, "arrays", array_count, err));
    TSL__NEED(names = tsl__names_open());
    for (size_t i = 0; i < array_count; i++) {
        TSL__TRY(add_name(&b, names, i, arrays[i].name, err));
        TSL__TRY(tsl__array_open(&arrays[i], b.name[i], rows, &b.cells[i], &b.levels[i], err));
        b.role[i] = arrays[i].role;
    }
    TSL__TRY(plan_columns(&b, rows, err));
    for (int more = b.r.orders.statuses > 0; more; more = tsl__order_statuses_turn(&b.r.orders)) {
        TSL__TRY(pass_over_rows(&b, rows, rows, err));
    }
    TSL__TRY(accept_rows(&b, rows, rows, err));
    TSL__TRY(finish(&b, out, err));
done:
    tsl__names_free(names);
    tsl__reading_hide(&b.r, status, err);
    free_builder(&b);
    return status;
}

/* ---- Arrow ------------------------------------------------------------------------ */

typedef struct batches {
    builder b;
    struct ArrowArrayStream *stream;
    struct ArrowSchema schema;
    struct ArrowArray *array; /* batches that are there and not released: one, or all where the rows are passed over */
    size_t arrays, capacity;
} batches;

/* What the producer says of its failure. */
static tsl_status fail_stream(batches *s, int code, tsl_error *err)
{
    const char *what = s->stream->get_last_error ? s->stream->get_last_error(s->stream) : NULL;
    char reason[128];
    if (code == ENOMEM) {
        return tsl__error_nomem(err);
    }
    return tsl__error_set(err, code == EIO ? TSL_E_IO : TSL_E_INPUT, "Arrow stream: %s",
                          what ? what : strerror_r(code, reason, sizeof reason));
}

static tsl_status check_schema(const struct ArrowSchema *schema, tsl_error *err)
{
    if (!schema->format || strcmp(schema->format, "+s") != 0 || schema->n_children < 0) {
        return tsl__error_set(err, TSL_E_INPUT, "Arrow stream: records of columns are expected");
    }
    if (schema->n_children && !schema->children) {
        return tsl__error_set(err, TSL_E_INPUT, "Arrow stream: the schema announces %lld columns, but none is there",
                              (long long)schema->n_children);
    }
    return TSL_OK;
}

static tsl_status open_schema(batches *s, tsl_error *err)
{
    builder *b = &s->b;
    const struct ArrowSchema *schema = &s->schema;
    tsl__names *names = NULL;
    tsl_status status = TSL_OK;
    int code = s->stream->get_schema(s->stream, &s->schema);
    TSL__TRY(code ? fail_stream(s, code, err) : TSL_OK);
    TSL__TRY(check_schema(schema, err));
    TSL__TRY(open_builder(b, "Arrow stream", (size_t)schema->n_children, err));
    TSL__NEED(names = tsl__names_open());
    for (size_t i = 0; i < b->count; i++) {
        const struct ArrowSchema *child = schema->children[i];
        TSL__TRY(child
                     ? add_name(b, names, i, child->name, err)
                     : tsl__error_set(err, TSL_E_INPUT, "Arrow stream: column %zu of the schema is not there", i + 1));
        TSL__TRY(tsl__arrow_open(child, b->r.terms.asked.zone, &b->cells[i], &b->levels[i], err));
    }
    TSL__TRY(plan_columns(b, 0, err));
done:
    tsl__names_free(names);
    return status;
}

/* A batch of records, behind so many rows, none of which may be missing as a whole. */
static tsl_status check_batch(const batches *s, const struct ArrowArray *a, uint64_t rows, tsl_error *err)
{
    const uint8_t *valid = a->null_count != 0 && a->n_buffers > 0 && a->buffers ? a->buffers[0] : NULL;
    if (a->length < 0 || a->offset < 0 || (size_t)a->n_children != s->b.count || !a->children) {
        return tsl__error_set(err, TSL_E_INPUT, "Arrow stream: a batch is not as the schema says");
    }
    for (size_t i = 0; i < s->b.count; i++) {
        if (!a->children[i]) {
            return tsl__error_set(err, TSL_E_INPUT, "Arrow stream: column \"%s\" of a batch is not there",
                                  s->b.name[i]);
        }
    }
    for (size_t row = 0; valid && row < (size_t)a->length; row++) {
        size_t bit = (size_t)a->offset + row;
        if (!(valid[bit / 8] >> bit % 8 & 1)) {
            return tsl__error_set(err, TSL_E_INPUT, "Arrow stream: record %llu is missing as a whole",
                                  (unsigned long long)rows + row + 1);
        }
    }
    return TSL_OK;
}

/* The next batch, behind those that are there; *more is 0 at the end of the stream. */
static tsl_status read_batch(batches *s, int *more, tsl_error *err)
{
    void *array = s->array;
    tsl_status status = TSL_OK;
    const int failed = tsl__reserve(&array, &s->capacity, s->arrays + 1, sizeof *s->array);
    s->array = array;
    TSL__NEED(!failed);
    struct ArrowArray *a = &s->array[s->arrays];
    *a = (struct ArrowArray){.length = 0};
    const int code = s->stream->get_next(s->stream, a);
    *more = !code && a->release;
    TSL__TRY(code ? fail_stream(s, code, err) : TSL_OK);
    s->arrays += (size_t)*more;
done:
    return status;
}

static void release_batches(batches *s)
{
    while (s->arrays) {
        struct ArrowArray *a = &s->array[--s->arrays];
        a->release(a);
    }
}

/* Hands on the rows of the batches that are there. */
static tsl_status take_batches(batches *s, tsl_status (*take)(builder *b, size_t rows, size_t all, tsl_error *err),
                               tsl_error *err)
{
    builder *b = &s->b;
    uint64_t rows = b->r.table->info.read;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < s->arrays; i++) {
        const struct ArrowArray *a = &s->array[i];
        TSL__TRY(check_batch(s, a, rows, err));
        for (size_t c = 0; c < b->count; c++) {
            TSL__TRY(tsl__arrow_fill(a->children[c], b->name[c], (size_t)a->offset, (size_t)a->length, &b->cells[c],
                                     &b->levels[c], err));
        }
        TSL__TRY(take(b, (size_t)a->length, 0, err));
        rows += (uint64_t)a->length;
    }
done:
    return status;
}

/* Where the rows are passed over first the whole stream is held: it is read once only. */
static tsl_status take_stream(batches *s, tsl_error *err)
{
    tsl__order_statuses *orders = &s->b.r.orders;
    tsl_status status = TSL_OK;
    for (int more = 1; more;) {
        TSL__TRY(read_batch(s, &more, err));
        if (!orders->statuses) {
            TSL__TRY(take_batches(s, accept_rows, err));
            release_batches(s);
        }
    }
    for (int more = orders->statuses > 0; more; more = tsl__order_statuses_turn(orders)) {
        TSL__TRY(take_batches(s, pass_over_rows, err));
    }
    TSL__TRY(take_batches(s, accept_rows, err));
done:
    release_batches(s);
    return status;
}

static tsl_status check_stream(const struct ArrowArrayStream *stream, tsl_error *err)
{
    if (!stream || !stream->release) {
        return tsl__error_set(err, TSL_E_OPTION, "Arrow stream: is not there, or released already");
    }
    if (!stream->get_schema || !stream->get_next) {
        return tsl__error_set(err, TSL_E_OPTION, "Arrow stream: %s is not there",
                              stream->get_schema ? "get_next" : "get_schema");
    }
    return TSL_OK;
}

tsl_status tsl_table_build_arrow(tsl_table_kind kind, struct ArrowArrayStream *stream, const tsl_table *known,
                                 const tsl_reject_sink *rejects, const tsl_table_options *opt, const tsl_exec *exec,
                                 tsl_table **out, tsl_error *err)
{
    batches s = {.stream = stream};
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__reading_open(&s.b.r, kind, known, rejects, opt, exec, err));
    TSL__TRY(check_stream(stream, err));
    TSL__TRY(open_schema(&s, err));
    TSL__TRY(take_stream(&s, err));
    TSL__TRY(finish(&s.b, out, err));
done:
    free(s.array);
    tsl__reading_hide(&s.b.r, status, err);
    free_builder(&s.b);
    if (s.schema.release) {
        s.schema.release(&s.schema);
    }
    if (stream && stream->release) {
        stream->release(stream);
    }
    return status;
}
