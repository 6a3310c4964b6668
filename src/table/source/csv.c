/* csv.c: splits blocks into records and fields; see csv_open.c for the header, csv_block.c for the blocks. */
#include "table/source/csv_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "kernel/kernel.h"

#define MOST_MARKED ((size_t)64 << 20) /* bytes of a block */
#define MARKS_BEHIND 80                /* places that are overwritten behind the last */
#define MAX_FIELDS ((size_t)1 << 20)   /* a record that holds more is ragged in any case */

/* ---- One record -------------------------------------------------------- */

/* A field as the scan finds it; fields beyond MAX_FIELDS are counted only. */
static inline int add_field(tsl__scanner *r, const char *s, size_t n, int doubled)
{
    r->total_count++;
    if (r->field_count == MAX_FIELDS) {
        return 0;
    }
    if (r->field_count == r->field_capacity) {
        void *field = r->field, *flag = r->doubled;
        size_t capacity = r->field_capacity;
        int failed = tsl__reserve(&field, &capacity, r->field_count + 1, sizeof *r->field);
        r->field = field;
        failed = failed || !(flag = tsl__realloc(flag, capacity, 1));
        if (failed) {
            return -1;
        }
        r->doubled = flag;
        r->field_capacity = capacity;
    }
    r->doubled[r->field_count] = (char)doubled;
    r->any_doubled |= doubled;
    r->field[r->field_count++] = (tsl__span){s, n};
    return 0;
}

static uint64_t count_lines(const char *s, const char *end)
{
    uint64_t lines = 0;
    for (; s < end; s++) {
        lines += *s == '\n' || (*s == '\r' && (s + 1 == end || s[1] != '\n'));
    }
    return lines;
}

/* Scans the field that begins with a quote at p; returns where it ends (a
 * delimiter or a line end), or NULL where the buffer ends first. */
static const char *scan_quoted(tsl__scanner *r, const char *p, int *failed)
{
    const char *start = p + 1, *q = start;
    int doubled = 0;
    while ((q = memchr(q, '"', (size_t)(r->end - q))) && q + 1 < r->end && q[1] == '"') {
        doubled = 1;
        q += 2;
    }
    if (!q || (q + 1 == r->end && !!r->is_part)) {
        r->open_line = r->line + r->lines;
        return NULL;
    }
    r->open_line = 0;
    *failed = add_field(r, start, (size_t)(q - start), doubled);
    r->lines += count_lines(start, q);
    const char *after = tsl__csv_skip_blanks(r->form, ++q);
    for (q = after; !r->form->stop[(unsigned char)*q]; q++) {
    }
    if (q > after && !r->stray) {
        r->stray = r->total_count;
    }
    return q;
}

/* The quote behind the blanks at p, where it is closed on its line and a field may end there; else NULL, and any quote
 * there is a character. None in it stands behind a delimiter: whoever cuts blocks would take it for one that opens. */
static const char *find_spaced_quote(const tsl__csv_form *form, const char *p)
{
    const char *const open = tsl__csv_skip_blanks(form, p);
    const char *q = open + 1;
    if (open == p || *open != form->quote || !form->quote) {
        return NULL;
    }
    for (; *q != '"' || q[1] == '"'; q += 1 + (*q == '"')) {
        const int is_stop = form->stop[(unsigned char)*q];
        if (is_stop && (*q != form->delimiter || q[1] == '"')) {
            return NULL;
        }
    }
    return form->stop[(unsigned char)*tsl__csv_skip_blanks(form, q + 1)] ? open : NULL;
}

/* 1: the field begins or ends with a space, or with what may be one: no ASCII. */
static inline int is_spaced(const char *start, const char *end)
{
    return ((signed char)*start <= ' ') | ((signed char)end[-(end > start)] <= ' ');
}

/* Scans the record at next by the marks of its block, where no quote stands in it: 1, else 0, as where it has more
 * fields than there is room for. */
static int scan_marked(tsl__scanner *r, const char **stop, const char **after)
{
    const char *const bytes = r->bytes, *start = r->next, *found;
    const char delimiter = r->form->delimiter;
    const uint32_t *mark = r->mark + r->marked, *const end = r->mark + r->marks;
    tsl__span *field = r->field;
    int spaced = 0;
    while (mark < end && bytes + *mark < start) { /* LF of a CRLF, and what was scanned byte by byte */
        mark++;
    }
    r->marked = (size_t)(mark - r->mark);
    const uint32_t *const most = (size_t)(end - mark) > r->field_capacity ? mark + r->field_capacity : end;
    for (;; start = found + 1) {
        if (mark == most) {
            return 0;
        }
        found = bytes + *mark++;
        *field++ = (tsl__span){start, (size_t)(found - start)};
        spaced |= is_spaced(start, found);
        if (*found != delimiter) {
            break;
        }
    }
    if ((*found == r->form->quote && *found) || (*found == '\r' && found + 1 == r->end && !!r->is_part)) {
        return 0;
    }
    r->field_count = r->total_count = (size_t)(field - r->field);
    r->stray = r->lines = r->open_line = 0;
    r->any_doubled = r->is_open = 0;
    r->spaced = spaced;
    r->marked = (size_t)(mark - r->mark);
    *stop = found;
    *after = found + 1 + (*found == '\r' && found + 1 < r->end && found[1] == '\n');
    return 1;
}

/* The quote at p is a character: it opens a field by mistake. */
static int is_mistaken(tsl__scanner *r, const char *p)
{
    while (r->passed < r->mistakes && r->bytes + r->mistake[r->passed] < p) {
        r->passed++;
    }
    const int is = r->passed < r->mistakes && r->bytes + r->mistake[r->passed] == p;
    r->is_open |= is;
    return is;
}

tsl__csv_found tsl__scanner_scan(tsl__scanner *r, const char **stop, const char **after)
{
    const char *p = r->next, *end = r->end, *const is_stop = r->form->stop;
    const char quote = r->form->quote, delimiter = r->form->delimiter;
    int failed = 0;
    r->field_count = r->total_count = r->stray = 0;
    r->lines = 0;
    r->any_doubled = r->is_open = 0;
    r->spaced = 1;
    r->open_line = 0;
    for (;;) {
        const int opens = p < end && *p == quote && quote && !is_mistaken(r, p);
        const char *const open = opens ? p : find_spaced_quote(r->form, p);
        if (open) {
            if (!(p = scan_quoted(r, open, &failed))) {
                return TSL__CSV_CUT;
            }
        } else {
            const char *start = p;
            while (!is_stop[(unsigned char)*p]) {
                p++;
            }
            failed = add_field(r, start, (size_t)(p - start), 0);
        }
        if (failed) {
            return TSL__CSV_NO_MEMORY;
        }
        if (p >= end || *p != delimiter) {
            break;
        }
        p++;
    }
    if (p >= end && !!r->is_part) {
        return TSL__CSV_CUT;
    }
    if (p + 1 >= end && *p == '\r' && !!r->is_part) {
        return TSL__CSV_CUT; /* a LF may follow */
    }
    *stop = p < end ? p : end;
    *after = p >= end ? end : *p == '\r' && p + 1 < end && p[1] == '\n' ? p + 2 : p + 1;
    return p >= end && r->next == end ? TSL__CSV_NOTHING : TSL__CSV_RECORD;
}

/* Takes the doubled quotes of the fields that have them out, into scratch. */
static int undouble(tsl__scanner *r, size_t record_bytes)
{
    void *scratch = r->scratch;
    if (tsl__reserve(&scratch, &r->scratch_capacity, record_bytes, 1)) {
        return -1;
    }
    char *to = r->scratch = scratch;
    for (size_t i = 0; i < r->field_count; i++) {
        if (!r->doubled[i]) {
            continue;
        }
        const char *s = r->field[i].s, *end = s + r->field[i].n;
        r->field[i].s = to;
        for (; s < end; s++) {
            *to++ = *s;
            s += *s == '"';
        }
        r->field[i].n = (size_t)(to - r->field[i].s);
    }
    return 0;
}

/* Takes ="..." off the fields that are such a text as a whole; how many these are. */
static size_t unguard(tsl__scanner *r)
{
    size_t guarded = 0;
    for (size_t i = 0; i < r->field_count; i++) {
        const tsl__span f = r->field[i];
        if (f.n > 2 && f.s[0] == '=' && f.s[1] == '"' && memchr(f.s + 2, '"', f.n - 2) == f.s + f.n - 1) {
            r->field[i] = (tsl__span){f.s + 2, f.n - 3};
            guarded++;
        }
    }
    return guarded;
}

/* Fields but for an empty one behind the columns, where all rows have one. */
static size_t count_fields(const tsl__scanner *r)
{
    const size_t n = r->total_count;
    return n - (r->form->trails && n == r->form->column_count + 1 && n == r->field_count &&
                tsl__cell_trim(r->field[n - 1]).n == 0);
}

/* Adds the empty fields that the record lacks. */
static int pad(tsl__scanner *r)
{
    while (r->total_count < r->form->column_count) {
        if (add_field(r, r->next, 0, 0)) {
            return -1;
        }
    }
    return 0;
}

/* A line of spaces, which is no row of a table of several columns. */
static int is_blank(const tsl__scanner *r, size_t bytes)
{
    const tsl__span *only = r->field;
    return bytes == 0 ||
           (r->total_count == 1 && r->form->column_count != 1 && only->n == bytes && tsl__cell_trim(*only).n == 0);
}

/* No NUL, and UTF-8 throughout. */
static int is_valid(const char *s, size_t n)
{
    return tsl__kernel_get()->is_plain((const unsigned char *)s, n) || (!memchr(s, 0, n) && tsl__utf8_check(s, n) == n);
}

tsl_status tsl__scanner_read(tsl__scanner *r, tsl__record *out, tsl_error *err)
{
    const char *stop, *after;
    for (;;) {
        const int is_marked = r->mark && scan_marked(r, &stop, &after); /* no quote stands in it */
        const tsl__csv_found f = is_marked ? TSL__CSV_RECORD : tsl__scanner_scan(r, &stop, &after);
        if (f == TSL__CSV_NO_MEMORY) {
            return tsl__error_nomem(err);
        }
        if (f == TSL__CSV_CUT && !r->is_part) {
            return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: the quote that opens on this line is not closed",
                                  r->form->file, (unsigned long long)r->open_line);
        }
        if (f != TSL__CSV_RECORD) {
            *out = (tsl__record){.line = r->line};
            return TSL_OK;
        }
        size_t bytes = (size_t)(stop - r->next);
        if (bytes > TSL__RECORD_BYTES) {
            return tsl__csv_fail_long(r->form, r->line, 0, err);
        }
        out->line = r->line; /* one by one: to clear all of it first costs more than all the rest */
        out->raw = (tsl__span){r->next, bytes};
        out->valid = 1;
        out->stray = r->stray;
        out->is_open = r->is_open;
        out->guarded = 0;
        out->lines = r->lines;
        out->taken = r->lines ? tsl__csv_count_taken(r->form, out) : 0;
        r->line += r->lines + 1;
        r->next = after;
        if (is_blank(r, bytes)) {
            continue;
        }
        if (r->form->pads && pad(r)) {
            return tsl__error_nomem(err);
        }
        out->count = count_fields(r);
        out->field = r->field;
        if (r->any_doubled && undouble(r, bytes)) {
            return tsl__error_nomem(err);
        }
        out->valid = r->valid || is_valid(out->raw.s, bytes);
        for (size_t i = 0; i < r->field_count && r->spaced; i++) {
            r->field[i] = tsl__cell_trim(r->field[i]);
        }
        if (!is_marked && r->form->quote) {
            out->guarded = unguard(r);
        }
        out->field = r->field;
        return TSL_OK;
    }
}

const char *tsl__record_get_fault(const tsl__record *record)
{
    return !record->valid    ? "not valid UTF-8"
           : record->stray   ? "malformed: text follows a closing quote"
           : record->is_open ? "malformed: a quote opens that the line does not close"
                             : NULL;
}

/* ---- A scanner ------------------------------------------------------------ */

tsl__scanner *tsl__scanner_open(const tsl__csv *csv)
{
    tsl__scanner *scanner = tsl__alloc_zero(1, sizeof *scanner);
    if (scanner) {
        scanner->form = &csv->form;
    }
    return scanner;
}

void tsl__scanner_free(tsl__scanner *scanner)
{
    if (!scanner) {
        return;
    }
    free(scanner->field);
    free(scanner->doubled);
    free(scanner->scratch);
    free(scanner->mark_room);
    free(scanner);
}

/* Finds the marks of a block, if there is room for them: without, its bytes are looked at one by one. */
static void find_marks(tsl__scanner *r, const tsl__block *block)
{
    const tsl__csv_form *form = r->form;
    const unsigned char line_end = form->record_end == '\n' ? '\r' : (unsigned char)form->record_end;
    const unsigned char wanted[4] = {(unsigned char)form->delimiter, (unsigned char)form->record_end, line_end,
                                     form->quote ? (unsigned char)form->quote : line_end};
    void *room = r->mark_room;
    const int failed = block->count > MOST_MARKED ||
                       tsl__reserve(&room, &r->mark_capacity, block->count + MARKS_BEHIND, sizeof *r->mark);
    r->mark_room = room;
    r->mark = failed ? NULL : r->mark_room;
    r->bytes = block->bytes;
    r->marked = 0;
    r->marks =
        r->mark ? tsl__kernel_get()->find((const unsigned char *)block->bytes, block->count, wanted, r->mark) : 0;
}

void tsl__scanner_take(tsl__scanner *scanner, const tsl__block *block)
{
    scanner->next = block->bytes;
    scanner->end = block->bytes + block->count;
    scanner->line = block->line;
    scanner->is_part = 0;
    scanner->valid = is_valid(block->bytes, block->count);
    scanner->mistake = block->mistake;
    scanner->mistakes = block->mistakes;
    scanner->passed = 0;
    find_marks(scanner, block);
}

tsl_status tsl__csv_read(tsl__csv *csv, tsl__record *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(csv->scanner || (csv->scanner = tsl__scanner_open(csv)));
    for (;;) {
        if (csv->block.count) {
            TSL__TRY(tsl__scanner_read(csv->scanner, out, err));
            if (out->count) {
                return TSL_OK;
            }
        }
        TSL__TRY(tsl__csv_cut(csv, &csv->block, err));
        if (csv->block.count == 0) {
            *out = (tsl__record){.line = csv->held.line};
            return TSL_OK;
        }
        tsl__scanner_take(csv->scanner, &csv->block);
    }
done:
    return status;
}
