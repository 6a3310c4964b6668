/* merge.c: batches, in the order of their blocks -> the columns of the table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "table/reading.h"

static tsl_status reserve_rows(tsl__reading *r, size_t rows, tsl_error *err)
{
    size_t capacity = r->capacity ? r->capacity : 256;
    tsl_status status = TSL_OK;
    if (r->capacity >= rows) {
        return TSL_OK;
    }
    while (capacity < rows) {
        capacity *= 2;
    }
    for (size_t i = 0; i < r->terms.plan.outputs; i++) {
        tsl__column_build *b = &r->build[i];
        void *block = b->dict ? tsl__realloc(b->code, capacity, sizeof *b->code)
                              : tsl__realloc(b->integer, capacity, sizeof *b->integer);
        TSL__NEED(block);
        if (b->dict) {
            b->code = block;
        } else {
            b->integer = block;
        }
    }
    if (r->terms.kind == TSL_CUSTOMERS) {
        void *block = tsl__realloc(r->origin, capacity, sizeof *r->origin);
        TSL__NEED(block);
        r->origin = block;
    }
    r->capacity = capacity;
done:
    return status;
}

/* ---- Texts ------------------------------------------------------------------- */

/* Asks once a customer whether he is known. */
static tsl_status ask_known(tsl__reading *r, int32_t code, const char *id, tsl_error *err)
{
    void *known = r->known_code;
    const size_t before = r->known_capacity;
    if (tsl__reserve(&known, &r->known_capacity, (size_t)code + 1, 1)) {
        return tsl__error_nomem(err);
    }
    r->known_code = known;
    memset(r->known_code + before, 0, r->known_capacity - before);
    if (!r->known_code[code]) {
        r->known_code[code] = (uint8_t)tsl__terms_get_known(&r->terms, id);
    }
    return TSL_OK;
}

#define AHEAD 8 /* texts, whose places are on their way to the caches */

/* The texts that are new to the worker: their codes in the table's dictionary. */
static tsl_status map_texts(tsl__reading *r, size_t output, tsl__code_map *map, const tsl__batch_column *c,
                            tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *code = map->code;
    const char *text = c->text.bytes, *ahead = text;
    tsl__dict *dict = r->build[output].dict;
    size_t fetched = 0;
    int failed = tsl__reserve(&code, &map->capacity, map->count + c->fresh_count, sizeof *map->code);
    map->code = code;
    TSL__TRY(failed ? tsl__error_nomem(err) : TSL_OK);
    for (size_t i = 0; i < c->fresh_count; i++) {
        for (; fetched < c->fresh_count && fetched <= i + AHEAD; fetched++) {
            tsl__dict_fetch(dict, ahead, c->fresh[fetched]);
            ahead += c->fresh[fetched] + 1;
        }
        int32_t found = tsl__dict_add(dict, text, c->fresh[i]);
        TSL__TRY(found < 0 ? tsl__error_nomem(err) : TSL_OK);
        TSL__TRY(output == 0 && r->terms.known ? ask_known(r, found, text, err) : TSL_OK);
        map->code[map->count++] = found;
        text += c->fresh[i] + 1;
    }
done:
    return status;
}

/* The numbers of the rows, which stand where no column holds the customer. */
static tsl_status number_rows(tsl__reading *r, const tsl__batch *b, tsl_error *err)
{
    char number[24];
    tsl_status status = TSL_OK;
    for (size_t row = 0; row < b->rows; row++) {
        int n = snprintf(number, sizeof number, "%llu", (unsigned long long)r->table->info.read + b->number[row]);
        int32_t code = tsl__dict_add(r->build[0].dict, number, (size_t)n);
        TSL__TRY(code < 0 ? tsl__error_nomem(err) : TSL_OK);
        r->build[0].code[r->rows + row] = code;
    }
done:
    return status;
}

/* ---- Rows -------------------------------------------------------------------- */

static tsl_status merge_column(tsl__reading *r, size_t output, tsl__code_map *map, const tsl__batch *b, tsl_error *err)
{
    const tsl__batch_column *c = &b->column[output];
    tsl__column_build *to = &r->build[output];
    tsl_status status = TSL_OK;
    if (!to->dict) {
        for (size_t row = 0; row < b->rows; row++) {
            to->integer[r->rows + row] = c->integer[row];
        }
        return TSL_OK;
    }
    TSL__TRY(map_texts(r, output, map, c, err));
    for (size_t row = 0; row < b->rows; row++) {
        to->code[r->rows + row] = c->code[row] < 0 ? -1 : map->code[c->code[row]];
    }
    TSL__TRY(output == 0 && tsl__plan_has_row_ids(&r->terms.plan) ? number_rows(r, b, err) : TSL_OK);
done:
    return status;
}

/* Where the rows stood. */
static tsl_status merge_lines(tsl__reading *r, size_t file, const tsl__batch *b, tsl_error *err)
{
    const int keeps_lines = r->terms.kind != TSL_CUSTOMERS && r->terms.opt->as_of == TSL_NO_DAY;
    tsl_status status = TSL_OK;
    for (size_t row = 0; row < b->rows; row++) {
        r->table->info.rounded += b->rounded[row];
        if (r->origin) {
            r->origin[r->rows + row] = (tsl__row_origin){(uint32_t)file, b->line[row]};
        }
        TSL__TRY(keeps_lines ? tsl__row_lines_add(&r->lines, file, b->line[row], b->rounded[row], err) : TSL_OK);
    }
done:
    return status;
}

static tsl_status merge_pendings(tsl__reading *r, tsl__batch *b, tsl_error *err)
{
    void *pending = r->pending;
    int failed = tsl__reserve(&pending, &r->pending_capacity, r->pendings + b->pendings, sizeof *r->pending);
    r->pending = pending;
    if (failed) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < b->pendings; i++) {
        r->pending[r->pendings] = b->pending[i];
        r->pending[r->pendings++].row += r->rows;
    }
    b->pendings = 0;
    return TSL_OK;
}

static tsl_status merge_rejects(tsl__reading *r, size_t file, const tsl__batch *b, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__reject_untold(&r->rejects, TSL_REJECT_FILTERED, b->filtered);
    tsl__reject_untold(&r->rejects, TSL_REJECT_SUPPRESSED, b->suppressed);
    if (b->quotes && r->quote.count == 0) {
        r->quote.example[0] = (tsl__found_at){.file = r->place[file], .line = b->first_quote};
    }
    r->quote.count += b->quotes;
    if (b->guarded && r->guard.count == 0) {
        r->guard.example[0] = (tsl__found_at){.file = r->place[file], .line = b->first_guarded};
    }
    r->guard.count += b->guarded;
    for (size_t i = 0; i < b->rejects; i++) {
        const tsl__batch_reject *reject = &b->reject[i];
        tsl__cell_place place = {r->place[file], reject->line, reject->column};
        TSL__TRY(tsl__reject_add(&r->rejects, reject->kind, &place, tsl__span_make(b->told.bytes + reject->text), err,
                                 "%s", b->told.bytes + reject->message));
    }
done:
    return status;
}

tsl_status tsl__merge_batch(tsl__reading *r, size_t worker, size_t file, tsl__batch *b, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (r->rows + b->rows + b->kept > INT32_MAX) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: more than 2,147,483,647 rows", r->place[file]);
    }
    TSL__TRY(merge_rejects(r, file, b, err));
    TSL__TRY(tsl__date_files_merge(r, &b->observed, err));
    TSL__TRY(tsl__observed_join(&r->observed, &b->observed, err));
    TSL__TRY(r->shards ? TSL_OK : reserve_rows(r, r->rows + b->rows, err));
    for (size_t i = 0; i < r->terms.plan.outputs; i++) {
        TSL__TRY(merge_column(r, i, &r->worker[worker].map[i], b, err));
    }
    TSL__TRY(merge_lines(r, file, b, err));
    TSL__TRY(tsl__row_hashes_join(&r->hashes, &b->hashes, r->terms.hashed_rows, err));
    TSL__TRY(b->pendings ? merge_pendings(r, b, err) : TSL_OK);
    r->rows += b->rows + b->kept;
    r->table->info.read += b->read;
    tsl__batch_clear(b);
done:
    return status;
}
