/* fuzz_table.h: any bytes as a table: read, or refused with a message, and the same whatever the number of threads and
 * the size of the pieces in which they are read. */
#ifndef TESTS_FUZZ_FUZZ_TABLE_H
#define TESTS_FUZZ_FUZZ_TABLE_H

#include "table/source/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FUZZ_MUST(holds)                                                                                               \
    do {                                                                                                               \
        if (!(holds)) {                                                                                                \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #holds);                                 \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

/* All that was seen, as one number: FNV-1a. */
typedef uint64_t fuzz_digest;

static inline void fuzz_add(fuzz_digest *d, const void *bytes, size_t count)
{
    const unsigned char *s = bytes;
    for (size_t i = 0; i < count; i++) {
        *d = (*d ^ s[i]) * UINT64_C(0x100000001B3);
    }
}

static inline void fuzz_add_text(fuzz_digest *d, const char *text)
{
    fuzz_add(d, text ? text : "", text ? strlen(text) + 1 : 1);
}

static inline void fuzz_add_number(fuzz_digest *d, uint64_t number)
{
    fuzz_add(d, &number, sizeof number);
}

static inline void fuzz_add_notes(fuzz_digest *d, const tsl_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        fuzz_add_text(d, notes->text[i]);
    }
}

static inline tsl_status fuzz_reject(void *user, const tsl_reject *r, tsl_error *err)
{
    fuzz_digest *d = user;
    (void)err;
    fuzz_add_number(d, r->line);
    fuzz_add_number(d, r->kind);
    fuzz_add_text(d, r->column);
    fuzz_add_text(d, r->text);
    fuzz_add_text(d, r->message);
    FUZZ_MUST(strlen(r->text) <= 200);
    return TSL_OK;
}

static inline void fuzz_add_column(fuzz_digest *d, const tsl_column *c, size_t rows)
{
    fuzz_add_text(d, c->name);
    fuzz_add_number(d, (uint64_t)c->role << 8 | (uint64_t)c->type);
    fuzz_add_number(d, (uint64_t)c->missing << 32 | c->misfits);
    for (size_t i = 0; i < c->dict_count; i++) {
        fuzz_add_text(d, c->dict[i]);
    }
    for (size_t i = 0; c->code && i < rows; i++) {
        FUZZ_MUST(c->code[i] >= -1 && c->code[i] < (int64_t)c->dict_count);
    }
    if (c->integer) {
        fuzz_add(d, c->integer, rows * sizeof *c->integer);
    }
    if (c->number) {
        fuzz_add(d, c->number, rows * sizeof *c->number);
    }
    if (c->code) {
        fuzz_add(d, c->code, rows * sizeof *c->code);
    }
}

static inline void fuzz_add_table(fuzz_digest *d, const tsl_table *table)
{
    const tsl_table_info *info = tsl_table_get_info(table);
    const size_t rows = tsl_table_get_rows(table);
    FUZZ_MUST(info->read == info->used + info->rejected);
    fuzz_add_number(d, rows);
    fuzz_add_number(d, info->read);
    fuzz_add_number(d, info->used);
    fuzz_add_number(d, info->rounded);
    fuzz_add_number(d, (uint64_t)info->first_time);
    fuzz_add_number(d, (uint64_t)info->last_time);
    fuzz_add_number(d, (uint64_t)(8 * info->decimals + 4 * info->row_ids + 2 * info->time_of_day + info->clock));
    fuzz_add_text(d, info->currency);
    fuzz_add_notes(d, &info->understood);
    fuzz_add_notes(d, &info->notes);
    fuzz_add_text(d, tsl_table_get_reading(table));
    for (size_t i = 0; i < tsl_table_get_column_count(table); i++) {
        fuzz_add_column(d, tsl_table_get_column(table, i), rows);
    }
}

/* The bytes as a table of a kind. */
static inline fuzz_digest fuzz_read(const void *bytes, size_t count, tsl_table_kind kind, const tsl_table_options *opt,
                                    int threads)
{
    fuzz_digest digest = UINT64_C(0xCBF29CE484222325);
    const tsl_source source = {.bytes = bytes, .count = count};
    const tsl_reject_sink sink = {fuzz_reject, &digest};
    tsl_error err = {TSL_OK, ""};
    tsl_table *table;
    tsl_exec exec;
    TSL_DEFAULTS(exec, &exec);
    exec.threads = threads;
    const tsl_status status = tsl_table_read(kind, &source, 1, NULL, &sink, opt, &exec, &table, &err);
    FUZZ_MUST((status == TSL_OK) == (table != NULL));
    FUZZ_MUST((status == TSL_OK) == (err.message[0] == '\0'));
    fuzz_add_text(&digest, err.message);
    if (table) {
        fuzz_add_table(&digest, table);
    }
    tsl_table_free(table);
    return digest;
}

/* The bytes as records, read in pieces of so many bytes. *opening: what was made of the first piece, which tells where
 * the table begins and how it is divided. */
static inline fuzz_digest fuzz_split(const void *bytes, size_t count, tsl__csv_options opt, size_t piece,
                                     fuzz_digest *opening)
{
    fuzz_digest digest = UINT64_C(0xCBF29CE484222325);
    const tsl_source source = {.bytes = bytes, .count = count};
    tsl_error err = {TSL_OK, ""};
    tsl__record record = {.count = 1};
    tsl__csv *csv;
    size_t names = 0;
    opt.from = &source;
    opt.read_bytes = piece;
    tsl_status status = tsl__csv_open(&opt, &csv, &err);
    if (csv) {
        const char *const *name = tsl__csv_get_names(csv, &names);
        for (size_t i = 0; i < names; i++) {
            fuzz_add_text(&digest, name[i]);
        }
        fuzz_add_number(&digest, (uint64_t)tsl__csv_has_header(csv) << 8 | (unsigned char)tsl__csv_get_delimiter(csv));
        fuzz_add_notes(&digest, tsl__csv_get_notes(csv));
    }
    fuzz_add_text(&digest, err.message);
    *opening = digest;
    for (int is_first = 1; status == TSL_OK && record.count; is_first = 0) {
        status = tsl__csv_read(csv, &record, &err);
        if (is_first && status == TSL_OK) {
            fuzz_add_number(opening, record.line);
        }
        fuzz_add_number(&digest, status == TSL_OK && record.count
                                     ? record.line << 2 | (uint64_t)(record.valid << 1) | !!record.stray
                                     : 0);
        for (size_t i = 0; status == TSL_OK && i < record.count; i++) {
            fuzz_add_number(&digest, record.field[i].n);
            fuzz_add(&digest, record.field[i].s, record.field[i].n);
        }
    }
    FUZZ_MUST((status == TSL_OK) == (err.message[0] == '\0'));
    fuzz_add_text(&digest, err.message);
    if (csv) {
        fuzz_add_notes(&digest, tsl__csv_get_notes(csv));
    }
    tsl__csv_free(csv);
    return digest;
}

/* Once it is known how the table is divided, the size of the pieces makes no difference. */
static inline void fuzz_split_twice(const void *bytes, size_t count, tsl__csv_options opt, size_t piece)
{
    fuzz_digest small, large;
    const fuzz_digest all_small = fuzz_split(bytes, count, opt, piece, &small),
                      all_large = fuzz_split(bytes, count, opt, (size_t)1 << 16, &large);
    FUZZ_MUST(small != large || all_small == all_large);
}

#endif
