/* lookup.c: a file by key, held in memory as codes into one dictionary a column. */
#include "table/lookup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/expr.h"
#include "table/names/column_hints.h"
#include "table/source/csv.h"

typedef struct lookup_column {
    tsl__dict *dict; /* NULL: not used */
    int32_t *code;
    size_t capacity;
} lookup_column;

struct tsl__lookup {
    tsl__csv *csv;
    size_t key; /* column of the file */
    lookup_column *column;
    size_t columns;
    tsl__dict *keys; /* code = row */
    uint64_t *line;  /* of each row */
    size_t line_capacity;
    tsl_file_info file;
    uint64_t left_out, first_left_out;
};

static tsl_status find_key(tsl__lookup *l, const tsl_lookup *spec, tsl_error *err)
{
    const char *key = spec->file_key ? spec->file_key : spec->key;
    const char *const *names = tsl__csv_get_names(l->csv, &l->columns);
    char hint[TSL__HINT_BYTES];
    l->key = tsl__name_find(key, names, l->columns);
    return l->key < l->columns
               ? TSL_OK
               : tsl__error_set(err, TSL_E_OPTION, "%s: there is no key column \"%s\"%s%s", tsl__csv_get_path(l->csv),
                                key, spec->file_key ? "" : " (file_key names another)",
                                tsl__column_hint_put(key, names, l->columns, hint));
}

tsl_status tsl__lookup_open(const tsl_lookup *spec, tsl__lookup **out, tsl_error *err)
{
    *out = NULL;
    tsl__csv_options opt = {.from = &spec->source, .header = -1};
    tsl_status status = TSL_OK;
    tsl__lookup *l = NULL;
    TSL__NEED(l = tsl__alloc_zero(1, sizeof *l));
    TSL__TRY(tsl__csv_open(&opt, &l->csv, err));
    TSL__TRY(find_key(l, spec, err));
    TSL__NEED(l->column = tsl__alloc_zero(l->columns, sizeof *l->column));
    TSL__NEED(l->keys = tsl__dict_open());
    *out = l;
    l = NULL;
done:
    tsl__lookup_free(l);
    return status;
}

void tsl__lookup_free(tsl__lookup *l)
{
    if (!l) {
        return;
    }
    for (size_t c = 0; l->column && c < l->columns; c++) {
        tsl__dict_free(l->column[c].dict);
        free(l->column[c].code);
    }
    tsl__csv_free(l->csv);
    tsl__dict_free(l->keys);
    free(l->column);
    free(l->line);
    free(l);
}

const char *const *tsl__lookup_get_names(const tsl__lookup *l, size_t *count)
{
    return tsl__csv_get_names(l->csv, count);
}

size_t tsl__lookup_get_key(const tsl__lookup *l)
{
    return l->key;
}

const char *tsl__lookup_get_path(const tsl__lookup *l)
{
    return tsl__csv_get_path(l->csv);
}

static tsl_status add_cell(lookup_column *c, size_t row, tsl__span cell, tsl_error *err)
{
    void *code = c->code;
    int32_t value = tsl__dict_add(c->dict, cell.s, cell.n);
    int failed = value < 0 || tsl__reserve(&code, &c->capacity, row + 1, sizeof *c->code);
    c->code = code;
    if (failed) {
        return tsl__error_nomem(err);
    }
    c->code[row] = value;
    return TSL_OK;
}

/* A key that was there before must bring the same values. */
static tsl_status check_same(const tsl__lookup *l, int32_t row, const tsl__record *r, tsl_error *err)
{
    size_t count;
    const char *const *names = tsl__csv_get_names(l->csv, &count);
    for (size_t c = 0; c < l->columns; c++) {
        char key[64];
        if (!l->column[c].dict || tsl__span_equal(tsl__lookup_get(l, row, c), r->field[c])) {
            continue;
        }
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: %s \"%s\" stands on line %llu with another %s",
                              tsl__csv_get_path(l->csv), (unsigned long long)r->line, names[l->key],
                              tsl__span_show(r->field[l->key], key, sizeof key), (unsigned long long)l->line[row],
                              names[c]);
    }
    return TSL_OK;
}

static tsl_status add_row(tsl__lookup *l, const tsl__record *r, tsl_error *err)
{
    if (tsl__record_get_fault(r) || r->count != l->columns || tsl__cell_is_missing_id(r->field[l->key])) {
        if (!l->left_out++) {
            l->first_left_out = r->line;
        }
        return TSL_OK;
    }
    tsl__span key = r->field[l->key];
    size_t row = tsl__dict_get_count(l->keys);
    int32_t code = tsl__dict_add(l->keys, key.s, key.n);
    if (code < 0) {
        return tsl__error_nomem(err);
    }
    if ((size_t)code < row) {
        return check_same(l, code, r, err);
    }
    tsl_status status = TSL_OK;
    void *line = l->line;
    TSL__NEED(!tsl__reserve(&line, &l->line_capacity, row + 1, sizeof *l->line));
    l->line = line;
    l->line[row] = r->line;
    for (size_t c = 0; c < l->columns; c++) {
        TSL__TRY(l->column[c].dict ? add_cell(&l->column[c], row, r->field[c], err) : TSL_OK);
    }
done:
    return status;
}

tsl_status tsl__lookup_load(tsl__lookup *l, const char *used, tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__record r;
    for (size_t c = 0; c < l->columns; c++) {
        if (used[c]) {
            TSL__NEED(l->column[c].dict = tsl__dict_open());
        }
    }
    for (;;) {
        TSL__TRY(tsl__csv_read(l->csv, &r, err));
        if (r.count == 0) {
            break;
        }
        l->file.rows++;
        TSL__TRY(add_row(l, &r, err));
    }
    TSL__TRY(tsl__csv_get_info(l->csv, &l->file, err));
    TSL__TRY(tsl__csv_put_notes(l->csv, notes, err));
    if (l->left_out) {
        TSL__TRY(tsl__found_add(
            notes,
            &(tsl__found){.kind = TSL_FINDING_LOOKUP_ROWS,
                          .count = l->left_out,
                          .example = {{.file = tsl__csv_get_path(l->csv), .line = l->first_left_out}}},
            "%s: %llu rows without a key, of the wrong length, with a stray quote or not in UTF-8 are left out (the "
            "first on line %llu)",
            tsl__csv_get_path(l->csv), (unsigned long long)l->left_out, (unsigned long long)l->first_left_out));
    }
done:
    return status;
}

const tsl_file_info *tsl__lookup_get_file(const tsl__lookup *l)
{
    return &l->file;
}

int32_t tsl__lookup_find(const tsl__lookup *l, tsl__span key)
{
    return tsl__dict_get(l->keys, key.s, key.n);
}

tsl__span tsl__lookup_get(const tsl__lookup *l, int32_t row, size_t column)
{
    tsl__span cell;
    cell.s = tsl__dict_get_text(l->column[column].dict, l->column[column].code[row], &cell.n);
    return cell;
}

size_t tsl__lookup_get_rows(const tsl__lookup *l)
{
    return tsl__dict_get_count(l->keys);
}

uint64_t tsl__lookup_get_line(const tsl__lookup *l, int32_t row)
{
    return l->line[row];
}

/* ---- Keys that it lacks ------------------------------------------------ */

tsl_status tsl__miss_add(tsl__miss *miss, tsl__span key, const char *file, uint64_t line, tsl_error *err)
{
    if (!miss->keys) {
        char shown[80];
        miss->keys = tsl__dict_open();
        miss->example =
            tsl__format("\"%s\" (%s:%llu)", tsl__span_show(key, shown, sizeof shown), file, (unsigned long long)line);
    }
    miss->rows++;
    return miss->keys && miss->example && tsl__dict_add(miss->keys, key.s, key.n) >= 0 ? TSL_OK : tsl__error_nomem(err);
}

tsl_status tsl__miss_join(tsl__miss *miss, tsl__miss *behind, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (!miss->rows) {
        tsl__miss_free(miss);
        *miss = *behind;
        *behind = (tsl__miss){NULL, 0, NULL};
        return TSL_OK;
    }
    for (size_t k = 0; behind->rows && k < tsl__dict_get_count(behind->keys); k++) {
        size_t length;
        const char *key = tsl__dict_get_text(behind->keys, (int32_t)k, &length);
        TSL__TRY(tsl__dict_add(miss->keys, key, length) < 0 ? tsl__error_nomem(err) : TSL_OK);
    }
    miss->rows += behind->rows;
    tsl__miss_free(behind);
    *behind = (tsl__miss){NULL, 0, NULL};
done:
    return status;
}

void tsl__miss_free(tsl__miss *miss)
{
    tsl__dict_free(miss->keys);
    free(miss->example);
}

char *tsl__miss_describe(const tsl__miss *miss, const char *column, const char *path, char *out, size_t size)
{
    size_t keys = tsl__dict_get_count(miss->keys);
    snprintf(out, size, "%zu key%s of \"%.*s\" (in %llu row%s) %s not in %.*s, the first %.*s", keys,
             keys == 1 ? "" : "s", tsl__text_head(column, 100), column, (unsigned long long)miss->rows,
             miss->rows == 1 ? "" : "s", keys == 1 ? "is" : "are", tsl__text_head(path, 200), path,
             tsl__text_head(miss->example, 200), miss->example);
    return out;
}
