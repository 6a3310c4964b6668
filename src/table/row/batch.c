/* batch.c: the rows of one block. */
#include "table/row/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

tsl_status tsl__batch_open(tsl__batch *b, const tsl__plan *plan, const tsl__asked *asked, size_t lookups,
                           tsl_error *err)
{
    tsl_status status = TSL_OK;
    *b = (tsl__batch){.outputs = plan->outputs};
    TSL__NEED(b->column = tsl__alloc_zero(plan->outputs, sizeof *b->column));
    TSL__TRY(tsl__observed_open(&b->observed, plan, asked, lookups, err));
done:
    return status;
}

void tsl__batch_clear(tsl__batch *b)
{
    for (size_t i = 0; i < b->pendings; i++) {
        free(b->pending[i].text);
    }
    for (size_t i = 0; i < b->outputs; i++) {
        b->column[i].fresh_count = 0;
        b->column[i].text.used = 0;
    }
    b->rows = b->kept = b->rejects = b->pendings = 0;
    b->told.used = 0;
    b->hashes.rows = 0;
    b->read = b->filtered = b->suppressed = b->quotes = b->first_quote = b->guarded = b->first_guarded = 0;
}

void tsl__batch_free(tsl__batch *b)
{
    if (!b->column) {
        return;
    }
    tsl__batch_clear(b);
    for (size_t i = 0; i < b->outputs; i++) {
        free(b->column[i].code);
        free(b->column[i].integer);
        free(b->column[i].fresh);
        free(b->column[i].text.bytes);
    }
    tsl__row_hashes_free(&b->hashes);
    tsl__order_lines_free(&b->orders);
    tsl__observed_free(&b->observed);
    free(b->column);
    free(b->line);
    free(b->rounded);
    free(b->number);
    free(b->reject);
    free(b->told.bytes);
    free(b->pending);
    b->column = NULL;
}

/* ---- Adding ---------------------------------------------------------------- */

tsl_status tsl__batch_reserve(tsl__batch *b, const tsl__plan *plan, tsl_error *err)
{
    if (b->rows < b->capacity) {
        return TSL_OK;
    }
    size_t capacity = b->capacity ? b->capacity * 2 : 256;
    int failed = 0;
    for (size_t i = 0; i < b->outputs; i++) {
        tsl__batch_column *c = &b->column[i];
        failed |= plan->output[i].type == TSL_TYPE_TEXT ? tsl__grow((void **)&c->code, capacity, sizeof *c->code)
                                                        : tsl__grow((void **)&c->integer, capacity, sizeof *c->integer);
    }
    failed |= tsl__grow((void **)&b->line, capacity, sizeof *b->line);
    failed |= tsl__grow((void **)&b->rounded, capacity, sizeof *b->rounded);
    failed |= tsl__grow((void **)&b->number, capacity, sizeof *b->number);
    b->capacity = failed ? b->capacity : capacity;
    return failed ? tsl__error_nomem(err) : TSL_OK;
}

/* Appends n bytes and a NUL. */
static int put_text(tsl__text_heap *heap, const char *s, size_t n)
{
    void *bytes = heap->bytes;
    int failed = tsl__reserve(&bytes, &heap->capacity, heap->used + n + 1, 1);
    heap->bytes = bytes;
    if (failed) {
        return -1;
    }
    if (n) {
        memcpy(heap->bytes + heap->used, s, n);
    }
    heap->bytes[heap->used + n] = '\0';
    heap->used += n + 1;
    return 0;
}

tsl_status tsl__batch_add_text(tsl__batch *b, size_t output, tsl__span text, tsl_error *err)
{
    tsl__batch_column *c = &b->column[output];
    void *fresh = c->fresh;
    int failed = tsl__reserve(&fresh, &c->fresh_capacity, c->fresh_count + 1, sizeof *c->fresh);
    c->fresh = fresh;
    if (failed || put_text(&c->text, text.s, text.n)) {
        return tsl__error_nomem(err);
    }
    c->fresh[c->fresh_count++] = text.n;
    return TSL_OK;
}

tsl_status tsl__batch_reject_row(tsl__batch *b, const tsl__cell_place *place, tsl_reject_kind kind, tsl__span text,
                                 const char *message, tsl_error *err)
{
    char shown[TSL__REJECT_TEXT_BYTES];
    void *reject = b->reject;
    int failed = tsl__reserve(&reject, &b->reject_capacity, b->rejects + 1, sizeof *b->reject);
    b->reject = reject;
    if (failed) {
        return tsl__error_nomem(err);
    }
    tsl__span_show(text, shown, sizeof shown);
    const size_t at = b->told.used, next = at + strlen(shown) + 1;
    if (put_text(&b->told, shown, strlen(shown)) || put_text(&b->told, message, strlen(message))) {
        return tsl__error_nomem(err);
    }
    b->reject[b->rejects++] = (tsl__batch_reject){kind, place->line, place->column, at, next};
    return TSL_OK;
}
