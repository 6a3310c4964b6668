/* partition.c: tsl_partition_read: the labels of any tool, one a row, from CSV or
 * NumPy. */
#include "table/data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/options.h"
#include "base/parallel.h"
#include "base/text.h"
#include "table/cell/parse_number.h"
#include "table/names/column_hints.h"
#include "table/source/csv.h"
#include "table/source/ragged.h"

#define TICK_ROWS 4096

void tsl_partition_defaults(tsl_partition_options *opt, size_t size)
{
    const tsl_partition_options full = {.size = sizeof full, .header = -1};
    tsl__options_give(opt, size, &full, sizeof full);
}

static tsl_status take_options(const tsl_partition_options *given, tsl_partition_options *opt, tsl_error *err)
{
    tsl_data_options same, full;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(partition, opt);
    TSL_DEFAULTS(data, &same);
    TSL__TRY(tsl__options_take("partition", opt, sizeof *opt, given, err));
    same.header = opt->header;
    same.delimiter = opt->delimiter;
    same.encoding = opt->encoding;
    TSL__TRY(tsl__data_options_open(&same, &full, err));
done:
    return status;
}

tsl_status tsl_partition_check(const tsl_partition_options *opt, tsl_error *err)
{
    tsl_partition_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

void tsl_partition_free(tsl_partition *p)
{
    if (!p) {
        return;
    }
    free(p->label);
    tsl__free_texts(p->name, (size_t)p->k);
    tsl__free_texts(p->id, p->rows);
    free(p->column);
    free(p->id_column);
    if (p->file) {
        free((void *)(uintptr_t)p->file->name);
    }
    free((void *)(uintptr_t)p->file);
    free(p);
}

typedef struct reader {
    const tsl_partition_options *opt;
    tsl_partition *out;
    tsl_file_info *file; /* of out */
    tsl__dict *texts;    /* code = label, by first appearance */
    size_t label_room, id_room;
    tsl__csv *csv;
    const char *const *names;
    size_t fields, column, id; /* id = fields: none */
    tsl__ticker ticker;
} reader;

/* ---- Columns --------------------------------------------------------------------- */

/* The first of some names, whatever their case, that a column has; fields: none. */
static size_t find_known(const reader *r, const char *const *known)
{
    for (; *known; known++) {
        for (size_t i = 0; i < r->fields; i++) {
            size_t c = 0;
            while (r->names[i][c] && tsl__lower(r->names[i][c]) == (*known)[c]) {
                c++;
            }
            if (!r->names[i][c] && !(*known)[c]) {
                return i;
            }
        }
    }
    return r->fields;
}

static tsl_status find_given(const reader *r, const char *name, size_t *field, tsl_error *err)
{
    char hint[TSL__HINT_BYTES];
    *field = tsl__data_find_column(name, r->names, r->fields);
    return *field < r->fields ? TSL_OK
                              : tsl__error_set(err, TSL_E_OPTION, "%s has no column \"%s\"%s", r->file->name, name,
                                               tsl__column_hint_put(name, r->names, r->fields, hint));
}

/* The ids: the column that was named where the file has it (it may be the data's alone), or a known one. */
static void find_ids(reader *r)
{
    static const char *const known[] = {"customer_id", "id", NULL};
    r->id = r->opt->id ? tsl__data_find_column(r->opt->id, r->names, r->fields) : r->fields;
    if (r->id == r->fields) {
        r->id = find_known(r, known);
    }
    if (r->id == r->column) {
        r->id = r->fields;
    }
}

static tsl_status find_columns(reader *r, tsl_error *err)
{
    static const char *const known[] = {"cluster",  "segment", "label",   "class", "clusters",
                                        "segments", "labels",  "classes", NULL};
    char hint[TSL__HINT_BYTES];
    tsl_status status = TSL_OK;
    r->column = r->fields;
    if (r->opt->column) {
        TSL__TRY(find_given(r, r->opt->column, &r->column, err));
    }
    find_ids(r);
    if (r->column == r->fields && r->fields - (r->id < r->fields) == 1) {
        r->column = r->id == 0 ? 1 : 0;
    }
    if (r->column == r->fields) {
        r->column = find_known(r, known);
    }
    if (r->column == r->fields) {
        status = tsl__error_set(err, TSL_E_OPTION,
                                "%s: which column holds the labels is not said (--label-column, --truth-column)%s",
                                r->file->name, tsl__column_hint_put("", r->names, r->fields, hint));
        goto done;
    }
    TSL__NEED(r->out->column = tsl__strdup(r->names[r->column]));
    TSL__NEED(r->id == r->fields || (r->out->id_column = tsl__strdup(r->names[r->id])));
done:
    return status;
}

/* ---- Rows -------------------------------------------------------------------------- */

/* Adds the label of the next row; text of no bytes: none. */
static tsl_status add_label(reader *r, tsl__span text, tsl_error *err)
{
    tsl_partition *out = r->out;
    void *label = out->label;
    tsl_status status = TSL_OK;
    int32_t code = -1;
    TSL__NEED(!tsl__reserve(&label, &r->label_room, out->rows + 1, sizeof *out->label));
    out->label = label;
    if (text.n) {
        code = tsl__dict_add(r->texts, text.s, text.n);
        TSL__TRY(code < 0 ? tsl__error_nomem(err) : TSL_OK);
    }
    out->unlabelled += code < 0;
    out->label[out->rows] = code;
done:
    return status;
}

static tsl_status add_id(reader *r, const tsl__record *record, tsl_error *err)
{
    void *id = r->out->id;
    tsl_status status = TSL_OK;
    const tsl__span cell = record->field[r->id];
    TSL__NEED(!tsl__reserve(&id, &r->id_room, r->out->rows + 1, sizeof *r->out->id));
    r->out->id = id;
    if (tsl__cell_is_missing_id(cell)) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: %s is missing; rows are matched by it", r->file->name,
                              (unsigned long long)record->line, r->names[r->id]);
    }
    TSL__NEED(r->out->id[r->out->rows] = tsl__strndup(cell.s, cell.n));
done:
    return status;
}

static tsl_status add_record(reader *r, const tsl__record *record, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__record_check(record, r->fields, r->file->name, err));
    tsl__span text = record->field[r->column];
    text.n = tsl__cell_is_missing(text) ? 0 : text.n;
    TSL__TRY(add_label(r, text, err));
    TSL__TRY(r->id < r->fields ? add_id(r, record, err) : TSL_OK);
    r->out->rows++;
done:
    return status;
}

static tsl_status tick(reader *r, tsl_error *err)
{
    const uint64_t position = tsl__csv_get_position(r->csv), size = tsl__csv_get_size(r->csv);
    const tsl_progress_event event = {.stage = "labels",
                                      .rows = r->out->rows,
                                      .bytes = position,
                                      .fraction = size ? (double)position / (double)size : -1};
    return tsl__tick(&r->ticker, &event, err);
}

static tsl_status read_csv(reader *r, const tsl_source *source, tsl_error *err)
{
    const tsl__csv_options csv = {
        .from = source, .delimiter = r->opt->delimiter, .header = r->opt->header, .text.encoding = r->opt->encoding};
    tsl__record record;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__csv_open(&csv, &r->csv, err));
    r->names = tsl__csv_get_names(r->csv, &r->fields);
    TSL__TRY(find_columns(r, err));
    for (;;) {
        TSL__TRY(r->out->rows % TICK_ROWS == 0 ? tick(r, err) : TSL_OK);
        TSL__TRY(tsl__csv_read(r->csv, &record, err));
        if (record.count == 0) {
            break;
        }
        TSL__TRY(add_record(r, &record, err));
    }
    TSL__TRY(tsl__csv_get_info(r->csv, r->file, err));
done:
    return status;
}

/* ---- Arrays ------------------------------------------------------------------------- */

/* Numbers as the texts that they are written by; NaN is no label. */
static tsl_status add_numbers(reader *r, const double *values, size_t rows, size_t cols, tsl_error *err)
{
    char text[32];
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < rows; i++) {
        const double value = values[i * cols + r->column];
        tsl__double_write(value, text);
        TSL__TRY(add_label(r, (tsl__span){text, isnan(value) ? 0 : strlen(text)}, err));
        r->out->rows++;
    }
done:
    return status;
}

static tsl_status read_npy(reader *r, const tsl_source *source, tsl_error *err)
{
    tsl__npy *npy = NULL;
    tsl_data data = {0};
    char *name = NULL;
    size_t column = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__npy_open(source, 1, &npy, err));
    TSL__TRY(tsl__npy_read(npy, &data, r->file, err));
    data.file = r->file;
    TSL__TRY(tsl__data_name_array(&data, err));
    if (r->opt->column) {
        column = tsl__data_find_column(r->opt->column, (const char *const *)data.name, data.cols);
    }
    if (column >= data.cols || (!r->opt->column && data.cols > 1)) {
        status = tsl__error_set(err, TSL_E_OPTION, "%s has the columns #1 to #%zu; one of them is expected",
                                r->file->name, data.cols);
        goto done;
    }
    r->column = column;
    TSL__NEED(name = tsl__strdup(data.name[column]));
    r->out->column = name;
    TSL__TRY(add_numbers(r, data.values, data.rows, data.cols, err));
done:
    tsl__npy_free(npy);
    free((void *)(uintptr_t)data.values);
    tsl__free_texts(data.name, data.name ? data.cols : 0);
    return status;
}

/* ---- The labels in order ------------------------------------------------------------- */

typedef struct entry {
    double number;
    int32_t code, rank;
} entry;

/* By number, then as their bytes go. */
static int compare_entries(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    const int by_number = (x->number > y->number) - (x->number < y->number);
    return by_number ? by_number : (x->rank > y->rank) - (x->rank < y->rank);
}

/* Where all texts are numbers, these; else all 0. */
static void find_numbers(const tsl__dict *texts, size_t count, entry *all)
{
    int numbers = 1;
    for (size_t i = 0; i < count && numbers; i++) {
        size_t length;
        const char *text = tsl__dict_get_text(texts, (int32_t)i, &length);
        numbers = tsl__double_read(text, length, &all[i].number) == 0 && !isnan(all[i].number);
    }
    for (size_t i = 0; i < count && !numbers; i++) {
        all[i].number = 0;
    }
}

static tsl_status order_labels(reader *r, tsl_error *err)
{
    tsl_partition *out = r->out;
    const size_t count = tsl__dict_get_count(r->texts);
    entry *all = NULL;
    int32_t *rank = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(all = tsl__alloc_zero(count, sizeof *all));
    TSL__NEED(rank = tsl__alloc(count, sizeof *rank));
    TSL__NEED(tsl__dict_get_ranks(r->texts, rank) == 0);
    TSL__NEED(out->name = tsl__alloc_zero(count, sizeof *out->name));
    for (size_t i = 0; i < count; i++) {
        all[i].code = (int32_t)i;
        all[i].rank = rank[i];
    }
    find_numbers(r->texts, count, all);
    qsort(all, count, sizeof *all, compare_entries);
    for (size_t i = 0; i < count; i++) {
        size_t length;
        const char *text = tsl__dict_get_text(r->texts, all[i].code, &length);
        TSL__NEED(out->name[i] = tsl__strndup(text, length));
        out->k++;
        rank[all[i].code] = (int32_t)i;
    }
    for (size_t i = 0; i < out->rows; i++) {
        out->label[i] = out->label[i] < 0 ? -1 : rank[out->label[i]];
    }
done:
    free(all);
    free(rank);
    return status;
}

static tsl_status open_reader(reader *r, const tsl_source *source, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(r->texts = tsl__dict_open());
    TSL__NEED(r->out = tsl__alloc_zero(1, sizeof *r->out));
    TSL__NEED(r->out->file = r->file = tsl__alloc_zero(1, sizeof *r->file));
    TSL__NEED(r->file->name = tsl__strdup(source->path ? source->path : "bytes"));
done:
    return status;
}

tsl_status tsl_partition_read(const tsl_source *source, const tsl_partition_options *opt, const tsl_exec *exec,
                              tsl_partition **out, tsl_error *err)
{
    tsl_partition_options full;
    tsl_exec how;
    reader r = {.opt = &full};
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &full, err));
    TSL__TRY(tsl__exec_open(exec, &how, err));
    r.ticker = tsl__ticker_open(&how);
    TSL__TRY(open_reader(&r, source, err));
    TSL__TRY(tsl__data_is_npy(source) ? read_npy(&r, source, err) : read_csv(&r, source, err));
    TSL__TRY(r.out->rows == 0 ? tsl__error_set(err, TSL_E_INPUT, "%s: holds no rows", r.file->name) : TSL_OK);
    TSL__TRY(order_labels(&r, err));
    r.file->rows = r.out->rows;
    *out = r.out;
    r.out = NULL;
done:
    tsl__csv_free(r.csv);
    tsl__dict_free(r.texts);
    tsl_partition_free(r.out);
    return status;
}
