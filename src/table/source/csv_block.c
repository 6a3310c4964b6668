/* csv_block.c: cuts the bytes of a file into blocks of whole records. All that it looks at are line ends, and quotes,
 * which hide line ends where they open a field: at its very beginning. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "kernel/kernel.h"
#include "table/source/csv_state.h"

tsl_status tsl__csv_fail_long(const tsl__csv_form *form, uint64_t line, int open, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: the row is longer than 16 MiB%s", form->file,
                          (unsigned long long)line, open ? "; is a quote in it not closed?" : "");
}

void tsl__block_free(tsl__block *block)
{
    free(block->bytes);
    free(block->mistake);
    *block = (tsl__block){0};
}

/* Room for so many bytes and the line end behind them. */
static tsl_status reserve(tsl__block *block, size_t count, tsl_error *err)
{
    if (block->capacity < count + 1) {
        char *grown = tsl__realloc(block->bytes, count + 1, 1);
        if (!grown) {
            return tsl__error_nomem(err);
        }
        block->bytes = grown;
        block->capacity = count + 1;
    }
    return TSL_OK;
}

/* Reads on behind the bytes of the block. */
static tsl_status read_on(tsl__csv *csv, tsl__block *block, tsl_error *err)
{
    const size_t limit = TSL__RECORD_BYTES + csv->read_bytes;
    size_t got, most = block->count > csv->read_bytes ? block->count : csv->read_bytes;
    tsl_status status = TSL_OK;
    most = most < limit - block->count ? most : limit - block->count;
    TSL__TRY(reserve(block, block->count + most, err));
    TSL__TRY(tsl__text_source_read(csv->source, block->bytes + block->count, most, &got, err));
    csv->at_end = got < most;
    block->count += got;
    block->bytes[block->count] = csv->form.record_end; /* stops every scan */
done:
    return status;
}

tsl_status tsl__csv_fill(tsl__csv *csv, tsl_error *err)
{
    return read_on(csv, &csv->held, err);
}

void tsl__csv_drop(tsl__csv *csv, size_t count)
{
    tsl__block *held = &csv->held;
    held->count -= count;
    memmove(held->bytes, held->bytes + count, held->count + 1);
}

/* ---- Where the last record ends --------------------------------------------- */

/* How far a block was looked at. */
typedef struct look {
    size_t at;       /* where it goes on */
    size_t gap;      /* since where no quote hides a line end */
    size_t end;      /* behind the last line end that none hides; 0: there is none */
    int is_quoted;   /* at `at` a quote is open, */
    size_t open;     /* which stands here, */
    int is_judged;   /* and is none by mistake */
    size_t line_end; /* the first one behind the quotes looked at so far, or before */
} look;

/* Looks for the last line end of an unhidden part, [l->gap, to). A CR at the end of all bytes may be half of one. */
static void find_end(look *l, const tsl__csv_form *form, const tsl__block *block, size_t to)
{
    const char *s = block->bytes, *lf = memrchr(s + l->gap, form->record_end, to - l->gap);
    l->end = lf ? (size_t)(lf - s) + 1 : l->end;
    if (lf || !form->quote) {
        return;
    }
    const size_t sure = to < block->count ? to : to - (to > l->gap);
    const char *cr = memrchr(s + l->gap, '\r', sure - l->gap);
    l->end = cr && cr[1] != '\n' ? (size_t)(cr - s) + 1 : l->end;
}

/* 1: the quote at this place opens a field. */
static int opens(const tsl__csv_form *form, const tsl__block *block, size_t at)
{
    return at == 0 || form->stop[(unsigned char)block->bytes[at - 1]];
}

/* Goes on over an open quote, until it is closed; 0 where the bytes end before that is known. */
static int close_quote(look *l, const tsl__block *block)
{
    const char *s = block->bytes, *q;
    while ((q = memchr(s + l->at, '"', block->count - l->at))) {
        const size_t at = (size_t)(q - s);
        if (at + 1 == block->count) {
            l->at = at;
            return 0;
        }
        l->at = at + 1 + (q[1] == '"');
        if (q[1] != '"') {
            l->is_quoted = 0;
            l->gap = l->at;
            return 1;
        }
    }
    l->at = block->count;
    return 0;
}

/* Is there a line end in [l->open, to)? Each line is looked through once, however many quotes it has. */
static int holds_line_end(look *l, const tsl__block *block, size_t to)
{
    if (l->line_end <= l->open) {
        const char *s = block->bytes + l->open;
        const size_t count = block->count - l->open;
        const char *lf = memchr(s, '\n', count), *cr = memchr(s, '\r', lf ? (size_t)(lf - s) : count);
        lf = cr ? cr : lf;
        l->line_end = lf ? l->open + (size_t)(lf - s) : 0;
    }
    return l->line_end > l->open && l->line_end < to;
}

/* Goes on over the open quote, to where it is closed; or behind it, where it is one by mistake. *known: 0 where the
 * bytes end before that is known. */
static tsl_status pass_quote(look *l, const tsl__csv *csv, tsl__block *block, int *known, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *known = close_quote(l, block);
    if (l->is_judged || !holds_line_end(l, block, l->at)) {
        return TSL_OK;
    }
    const tsl__csv_quote quote = tsl__csv_judge_quote(&csv->form, block, l->open, csv->at_end);
    l->is_judged = quote == TSL__QUOTE_OPENS;
    if (quote == TSL__QUOTE_UNKNOWN) {
        *known = 0;
        l->is_quoted = 1;
        l->at = l->open + 1;
    } else if (quote == TSL__QUOTE_MISTAKEN) {
        void *mistake = block->mistake;
        const int failed =
            tsl__reserve(&mistake, &block->mistake_capacity, block->mistakes + 1, sizeof *block->mistake);
        block->mistake = mistake;
        TSL__NEED(!failed);
        block->mistake[block->mistakes++] = l->open;
        *known = 1;
        l->is_quoted = 0;
        l->gap = l->at = l->open + 1;
    }
done:
    return status;
}

static tsl_status look_on(const tsl__csv *csv, tsl__block *block, look *l, tsl_error *err)
{
    int known;
    tsl_status status = TSL_OK;
    if (!csv->form.quote) {
        find_end(l, &csv->form, block, block->count);
        l->gap = block->count;
        return TSL_OK;
    }
    for (;;) {
        if (l->is_quoted) {
            TSL__TRY(pass_quote(l, csv, block, &known, err));
            if (!known) {
                return TSL_OK;
            }
        }
        const char *q = memchr(block->bytes + l->at, '"', block->count - l->at);
        const size_t at = q ? (size_t)(q - block->bytes) : block->count;
        if (!q || opens(&csv->form, block, at)) {
            find_end(l, &csv->form, block, at);
            l->is_quoted = q != NULL;
            l->open = at;
            l->is_judged = 0;
        }
        l->at = at + (q != NULL);
        if (!q) {
            return TSL_OK;
        }
    }
done:
    return status;
}

/* Line ends: LF, CR and CRLF; without quotes, of the one kind that the file has. */
static uint64_t count_lines(const tsl__csv_form *form, const char *s, size_t count)
{
    const tsl__kernel *kernel = tsl__kernel_get();
    const unsigned char *bytes = (const unsigned char *)s;
    uint64_t lines = kernel->count(bytes, count, (unsigned char)(form->quote ? '\n' : form->record_end));
    const char *cr = form->quote ? memchr(s, '\r', count) : NULL;
    for (size_t i = cr ? (size_t)(cr - s) : count; i < count; i++) {
        lines += (s[i] == '\r') & (s[i + 1] != '\n');
    }
    return lines;
}

tsl_status tsl__csv_cut(tsl__csv *csv, tsl__block *block, tsl_error *err)
{
    tsl__block *held = &csv->held;
    look l = {0};
    tsl_status status = TSL_OK;
    TSL__TRY(reserve(block, held->count, err));
    memcpy(block->bytes, held->bytes, held->count);
    block->count = held->count;
    block->line = held->line;
    block->mistakes = 0;
    TSL__TRY(look_on(csv, block, &l, err));
    while (!l.end && !csv->at_end) {
        TSL__TRY(block->count > TSL__RECORD_BYTES ? tsl__csv_fail_long(&csv->form, block->line, l.is_quoted, err)
                                                  : TSL_OK);
        TSL__TRY(read_on(csv, block, err));
        TSL__TRY(look_on(csv, block, &l, err));
    }
    const size_t end = csv->at_end ? block->count : l.end;
    while (block->mistakes && block->mistake[block->mistakes - 1] >= end) { /* found again with the next block */
        block->mistakes--;
    }
    held->count = block->count - end;
    TSL__TRY(reserve(held, held->count, err));
    memcpy(held->bytes, block->bytes + end, held->count);
    held->line += count_lines(&csv->form, block->bytes, end);
    block->bytes[block->count = end] = csv->form.record_end;
    csv->read_bytes = csv->block_bytes;
done:
    if (status != TSL_OK) { /* what was read stays, and fails again */
        const tsl__block read = *block;
        *block = *held;
        *held = read;
        block->count = 0;
    }
    return status;
}
