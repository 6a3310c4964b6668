/* csv.c: splits bytes into records and fields; see csv_open.c for the header. */
#include "table/source/csv_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#define READ_BYTES ((size_t)1 << 20)
#define MAX_FIELDS ((size_t)1 << 20) /* a record that holds more is ragged in any case */

/* ---- The buffer -------------------------------------------------------- */

static tsl_status fail_long(const tsl__csv *csv, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: the row is longer than 16 MiB%s",
                          tsl__source_get_name(csv->source), (unsigned long long)csv->line,
                          csv->open_line ? "; is a quote in it not closed?" : "");
}

tsl_status tsl__csv_fill(tsl__csv *csv, tsl_error *err)
{
    size_t left = (size_t)(csv->end - csv->next), got;
    tsl_status status = TSL_OK;
    if (left > TSL__RECORD_BYTES) {
        return fail_long(csv, err);
    }
    if (csv->buffer && left) {
        memmove(csv->buffer, csv->next, left);
    }
    if (csv->capacity < left + READ_BYTES) {
        size_t more = left > READ_BYTES ? left : READ_BYTES, most = TSL__RECORD_BYTES + READ_BYTES;
        size_t capacity = left + more < most ? left + more : most;
        char *grown = tsl__realloc(csv->buffer, capacity + 1, 1);
        TSL__NEED(grown);
        csv->buffer = grown;
        csv->capacity = capacity;
    }
    TSL__TRY(tsl__source_read(csv->source, csv->buffer + left, csv->capacity - left, &got, err));
    csv->next = csv->buffer;
    csv->end = csv->buffer + left + got;
    csv->at_end = left + got < csv->capacity;
    csv->buffer[left + got] = '\n'; /* stops every scan */
done:
    return status;
}

/* ---- One record -------------------------------------------------------- */

/* A field as the scan finds it; fields beyond MAX_FIELDS are counted only. */
static int add_field(tsl__csv *csv, const char *s, size_t n, int doubled)
{
    csv->total_count++;
    if (csv->field_count == MAX_FIELDS) {
        return 0;
    }
    if (csv->field_count == csv->field_capacity) {
        void *field = csv->field, *flag = csv->doubled;
        size_t capacity = csv->field_capacity;
        int failed = tsl__reserve(&field, &capacity, csv->field_count + 1, sizeof *csv->field);
        csv->field = field;
        failed = failed || !(flag = tsl__realloc(flag, capacity, 1));
        if (failed) {
            return -1;
        }
        csv->doubled = flag;
        csv->field_capacity = capacity;
    }
    csv->doubled[csv->field_count] = (char)doubled;
    csv->any_doubled |= doubled;
    csv->field[csv->field_count++] = (tsl__span){s, n};
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
static const char *scan_quoted(tsl__csv *csv, const char *p, int *failed)
{
    const char *start = p + 1, *q = start;
    int doubled = 0;
    while ((q = memchr(q, '"', (size_t)(csv->end - q))) && q + 1 < csv->end && q[1] == '"') {
        doubled = 1;
        q += 2;
    }
    if (!q || (q + 1 == csv->end && !csv->at_end)) {
        csv->open_line = csv->line + csv->lines;
        return NULL;
    }
    csv->open_line = 0;
    *failed = add_field(csv, start, (size_t)(q - start), doubled);
    csv->lines += count_lines(start, q);
    const char *after = ++q;
    while (!csv->stop[(unsigned char)*q]) {
        q++;
    }
    if (q > after && !csv->stray) {
        csv->stray = csv->total_count;
    }
    return q;
}

tsl__csv_found tsl__csv_scan(tsl__csv *csv, const char **stop, const char **after)
{
    const char *p = csv->next, *end = csv->end;
    int failed = 0;
    csv->field_count = csv->total_count = csv->stray = 0;
    csv->lines = 0;
    csv->any_doubled = 0;
    csv->open_line = 0;
    for (;;) {
        if (p < end && *p == '"') {
            if (!(p = scan_quoted(csv, p, &failed))) {
                return TSL__CSV_CUT;
            }
        } else {
            const char *start = p;
            while (!csv->stop[(unsigned char)*p]) {
                p++;
            }
            failed = add_field(csv, start, (size_t)(p - start), 0);
        }
        if (failed) {
            return TSL__CSV_NO_MEMORY;
        }
        if (p >= end || *p != csv->delimiter) {
            break;
        }
        p++;
    }
    if (p >= end && !csv->at_end) {
        return TSL__CSV_CUT;
    }
    if (p + 1 >= end && *p == '\r' && !csv->at_end) {
        return TSL__CSV_CUT; /* a LF may follow */
    }
    *stop = p < end ? p : end;
    *after = p >= end ? end : *p == '\r' && p + 1 < end && p[1] == '\n' ? p + 2 : p + 1;
    return p >= end && csv->next == end ? TSL__CSV_NOTHING : TSL__CSV_RECORD;
}

/* Takes the doubled quotes of the fields that have them out, into scratch. */
static int undouble(tsl__csv *csv, size_t record_bytes)
{
    void *scratch = csv->scratch;
    if (tsl__reserve(&scratch, &csv->scratch_capacity, record_bytes, 1)) {
        return -1;
    }
    char *to = csv->scratch = scratch;
    for (size_t i = 0; i < csv->field_count; i++) {
        if (!csv->doubled[i]) {
            continue;
        }
        const char *s = csv->field[i].s, *end = s + csv->field[i].n;
        csv->field[i].s = to;
        for (; s < end; s++) {
            *to++ = *s;
            s += *s == '"';
        }
        csv->field[i].n = (size_t)(to - csv->field[i].s);
    }
    return 0;
}

/* A line of spaces, which is no row of a table of several columns. */
static int is_blank(const tsl__csv *csv, size_t bytes)
{
    const tsl__span *only = csv->field;
    return bytes == 0 ||
           (csv->total_count == 1 && csv->name_count != 1 && only->n == bytes && tsl__cell_trim(*only).n == 0);
}

/* No NUL, and UTF-8 throughout. */
static int is_valid(const char *s, size_t n)
{
    return !memchr(s, 0, n) && tsl__utf8_check(s, n) == n;
}

tsl_status tsl__csv_read_raw(tsl__csv *csv, tsl__record *out, tsl_error *err)
{
    const char *stop, *after;
    tsl_status status = TSL_OK;
    for (;;) {
        tsl__csv_found f = tsl__csv_scan(csv, &stop, &after);
        if (f == TSL__CSV_NO_MEMORY) {
            return tsl__error_nomem(err);
        }
        if (f == TSL__CSV_CUT && csv->at_end) {
            return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: the quote that opens on this line is not closed",
                                  tsl__source_get_name(csv->source), (unsigned long long)csv->open_line);
        }
        if (f == TSL__CSV_CUT) {
            TSL__TRY(tsl__csv_fill(csv, err));
            continue;
        }
        if (f == TSL__CSV_NOTHING) {
            *out = (tsl__record){.line = csv->line};
            return TSL_OK;
        }
        size_t bytes = (size_t)(stop - csv->next);
        if (bytes > TSL__RECORD_BYTES) {
            return fail_long(csv, err);
        }
        *out = (tsl__record){csv->line, csv->total_count, csv->field, {csv->next, bytes}, 1, csv->stray};
        csv->line += csv->lines + 1;
        csv->next = after;
        if (is_blank(csv, bytes)) {
            continue;
        }
        if (csv->any_doubled && undouble(csv, bytes)) {
            return tsl__error_nomem(err);
        }
        out->valid = is_valid(out->raw.s, bytes);
        for (size_t i = 0; i < csv->field_count; i++) {
            csv->field[i] = tsl__cell_trim(csv->field[i]);
        }
        out->field = csv->field;
        return TSL_OK;
    }
done:
    return status;
}

tsl_status tsl__csv_read(tsl__csv *csv, tsl__record *out, tsl_error *err)
{
    if (csv->first_waits) {
        csv->first_waits = 0;
        *out = csv->first;
        return TSL_OK;
    }
    return tsl__csv_read_raw(csv, out, err);
}
