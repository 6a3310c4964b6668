/*
 * translate_json_lines.c: JSON Lines, an object a line, as records.
 *
 * The keys of the first megabyte are the columns. Numbers keep the digits that were written, as no id survives a
 * double; hence the small reader here in place of a library's. A value is a text, a number, true, false or null (RFC
 * 8259); one of several values is refused. A line that is no such object becomes a record of its bytes alone, which no
 * table of these columns takes in.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/text/json_line.h"
#include "table/text/packed_number.h"
#include "table/text/text_source.h"
#include "table/text/translator.h"

#define FIRST_BYTES ((size_t)1 << 20) /* tell the columns */
#ifndef READ_BYTES                    /* the fuzzers have a small one */
#define READ_BYTES ((size_t)256 << 10)
#endif
#define STEP_BYTES ((size_t)256 << 10) /* of text, about, at a time */

typedef enum line_kind { LINE_BLANK, LINE_OBJECT, LINE_OTHER, LINE_TWICE, LINE_NESTED, LINE_NO_MEMORY } line_kind;

/* The value of a column in the object at hand. */
typedef struct json_cell {
    size_t from, count; /* bytes of `values` */
    uint64_t line;      /* that it stood on last */
} json_cell;

typedef struct json_lines {
    tsl__translation how;
    char *held;
    size_t count, at, capacity;
    int at_end;
    uint64_t line; /* of the one at hand */
    tsl__dict *keys;
    json_cell *cell; /* one a column; NULL while columns are looked for */
    size_t columns;
    tsl__text key, values;
    uint64_t late, late_line; /* values whose key came too late to be a column; the line of the first */
    char late_key[80];
    uint64_t others, other_line; /* lines that are no object; the first */
} json_lines;

/* ---- Values --------------------------------------------------------------------- */

static const char *skip_spaces(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r')) {
        p++;
    }
    return p;
}

static int hex4(const char *p, const char *end, unsigned *value)
{
    *value = 0;
    for (int i = 0; i < 4; i++, p++) {
        const char c = p < end ? tsl__lower(*p) : 0;
        if (!tsl__is_digit(c) && (c < 'a' || c > 'f')) {
            return -1;
        }
        *value = *value << 4 | (unsigned)(tsl__is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return 0;
}

static void append_character(tsl__text *out, unsigned c)
{
    char s[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if ((c >= 0xD800 && c < 0xE000) || c == TSL__PACKED_FIELD || c == TSL__PACKED_RECORD) {
        s[0] = TSL__BAD_BYTE;
        n = 1;
    } else if (n == 1) {
        s[0] = (char)c;
    } else {
        for (size_t i = n; i-- > 1; c >>= 6) {
            s[i] = (char)(0x80 | (c & 0x3F));
        }
        s[0] = (char)((n == 2 ? 0xC0 : n == 3 ? 0xE0 : 0xF0) | c);
    }
    tsl__text_append(out, s, n);
}

/* What stands behind a backslash; where it ends, or NULL. */
static const char *read_escape(const char *p, const char *end, tsl__text *out)
{
    static const char names[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    const char *name = p < end && *p ? strchr(names, *p) : NULL;
    unsigned c, low;
    if (name) {
        tsl__text_append(out, &means[name - names], 1);
        return p + 1;
    }
    if (p == end || *p != 'u' || hex4(p + 1, end, &c)) {
        return NULL;
    }
    p += 5;
    if (c >> 10 == 0xD800 >> 10 && end - p > 5 && p[0] == '\\' && p[1] == 'u' && !hex4(p + 2, end, &low) &&
        low >> 10 == 0xDC00 >> 10) {
        c = 0x10000 + ((c & 0x3FF) << 10 | (low & 0x3FF));
        p += 6;
    }
    append_character(out, c);
    return p;
}

/* The text whose quote is at p; behind its closing quote, or NULL where it is none. */
static const char *read_text(const char *p, const char *end, tsl__text *out)
{
    for (p++; p < end;) {
        const char *start = p;
        while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20) {
            p++;
        }
        tsl__text_append(out, start, (size_t)(p - start));
        if (p == end || (unsigned char)*p < 0x20) {
            return NULL;
        }
        if (*p == '"') {
            return p + 1;
        }
        if (!(p = read_escape(p + 1, end, out))) {
            return NULL;
        }
    }
    return NULL;
}

static const char *read_digits(const char *p, const char *end)
{
    const char *start = p;
    while (p < end && tsl__is_digit(*p)) {
        p++;
    }
    return p > start ? p : NULL;
}

static const char *read_number(const char *p, const char *end, tsl__text *out)
{
    const char *start = p, *whole = p += *p == '-';
    if (!(p = read_digits(p, end)) || (*whole == '0' && p > whole + 1)) {
        return NULL;
    }
    if (p < end && *p == '.' && !(p = read_digits(p + 1, end))) {
        return NULL;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        p += p < end && (*p == '+' || *p == '-');
        if (!(p = read_digits(p, end))) {
            return NULL;
        }
    }
    const size_t from = out->length;
    tsl__text_append(out, start, (size_t)(p - start));
    tsl__packed_number_settle(out, from);
    return p;
}

/* null leaves nothing. */
static const char *read_word(const char *p, const char *end, tsl__text *out)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++) {
        const size_t n = strlen(words[i]);
        if ((size_t)(end - p) >= n && memcmp(p, words[i], n) == 0) {
            tsl__text_append(out, p, i < 2 ? n : 0);
            return p + n;
        }
    }
    return NULL;
}

static const char *read_value(const char *p, const char *end, tsl__text *out)
{
    return p == end                         ? NULL
           : *p == '"'                      ? read_text(p, end, out)
           : *p == '-' || tsl__is_digit(*p) ? read_number(p, end, out)
                                            : read_word(p, end, out);
}

/* ---- Objects ----------------------------------------------------------------------- */

/* Takes the value [from, end of values) of the key at hand. 0; -1: out of memory, -2: the key stands twice. */
static int take_value(json_lines *j, size_t from)
{
    const char *key = j->key.data ? j->key.data : "";
    const int32_t code =
        j->cell ? tsl__dict_get(j->keys, key, j->key.length) : tsl__dict_add(j->keys, key, j->key.length);
    if (!j->cell || code < 0) {
        if (j->cell && j->late++ == 0) {
            j->late_line = j->line;
            snprintf(j->late_key, sizeof j->late_key, "%.*s", tsl__text_head(key, 60), key);
        }
        return j->cell || code >= 0 ? 0 : -1;
    }
    json_cell *cell = &j->cell[code];
    if (cell->line == j->line) {
        return -2;
    }
    *cell = (json_cell){from, j->values.length - from, j->line};
    return 0;
}

/* One "key": value; where it ends, or NULL with *kind. */
static const char *read_pair(json_lines *j, const char *p, const char *end, line_kind *kind)
{
    const size_t from = j->values.length;
    tsl__text_clear(&j->key);
    *kind = LINE_OTHER;
    if (p == end || *p != '"' || !(p = read_text(p, end, &j->key))) {
        return NULL;
    }
    p = skip_spaces(p, end);
    if (p == end || *p != ':') {
        return NULL;
    }
    p = skip_spaces(p + 1, end);
    if (p < end && (*p == '{' || *p == '[')) {
        *kind = LINE_NESTED;
        return NULL;
    }
    if (!(p = read_value(p, end, &j->values))) {
        return NULL;
    }
    const int taken = take_value(j, from);
    if (taken < 0 || j->values.failed || j->key.failed) {
        *kind = taken == -2 ? LINE_OTHER : LINE_NO_MEMORY;
        return NULL;
    }
    return skip_spaces(p, end);
}

static line_kind read_object(json_lines *j, const char *p, const char *end)
{
    line_kind kind;
    tsl__text_clear(&j->values);
    p = skip_spaces(p, end);
    if (p == end) {
        return LINE_BLANK;
    }
    if (*p != '{') {
        return LINE_OTHER;
    }
    p = skip_spaces(p + 1, end);
    if (p < end && *p == '}') {
        return skip_spaces(p + 1, end) == end ? LINE_OBJECT : LINE_OTHER;
    }
    while ((p = read_pair(j, p, end, &kind)) && p < end && *p == ',') {
        p = skip_spaces(p + 1, end);
    }
    if (!p) {
        return kind;
    }
    return p < end && *p == '}' && skip_spaces(p + 1, end) == end ? LINE_OBJECT : LINE_OTHER;
}

int tsl__json_line_find_twice(tsl__span line, char out[TSL__JSON_KEY_BYTES])
{
    json_lines j = {.keys = tsl__dict_open()};
    const char *end = line.s + line.n, *p = skip_spaces(line.s, end);
    int twice = 0;
    if (j.keys && p < end && *p == '{') {
        line_kind kind;
        size_t keys = 0;
        for (p = skip_spaces(p + 1, end); !twice && (p = read_pair(&j, p, end, &kind)); keys++) {
            twice = tsl__dict_get_count(j.keys) == keys;
            if (p == end || *p != ',') {
                break;
            }
            p = skip_spaces(p + 1, end);
        }
    }
    if (twice) {
        const char *key = j.key.data ? j.key.data : "";
        snprintf(out, TSL__JSON_KEY_BYTES, "%.*s", tsl__text_head(key, TSL__JSON_KEY_BYTES - 1), key);
    }
    tsl__dict_free(j.keys);
    tsl__text_free(&j.key);
    tsl__text_free(&j.values);
    return twice;
}

/* ---- Lines --------------------------------------------------------------------------- */

static tsl_status read_on(json_lines *j, tsl_error *err)
{
    size_t got;
    tsl_status status = TSL_OK;
    void *held = j->held;
    if (j->at) {
        memmove(j->held, j->held + j->at, j->count - j->at);
        j->count -= j->at;
        j->at = 0;
    }
    const int failed = tsl__reserve(&held, &j->capacity, j->count + READ_BYTES, 1);
    j->held = held;
    TSL__NEED(!failed);
    TSL__TRY(tsl__input_read(j->how.input, j->held + j->count, READ_BYTES, &got, err));
    j->at_end = got < READ_BYTES;
    j->count += got;
done:
    return status;
}

/* The line at `at`, where it is whole among the bytes held; 0 where it is not. */
static int find_line(const json_lines *j, size_t at, size_t *stop)
{
    const char *lf = at < j->count ? memchr(j->held + at, '\n', j->count - at) : NULL;
    *stop = lf ? (size_t)(lf - j->held) : j->count;
    return lf || (j->at_end && at < j->count);
}

static tsl_status fail_line(const json_lines *j, line_kind kind, tsl_error *err)
{
    if (kind == LINE_NO_MEMORY) {
        return tsl__error_nomem(err);
    }
    return tsl__error_set(
        err, TSL_E_INPUT,
        "%s:%llu: \"%s\" holds an object or a list; in JSON Lines each value is expected to be a text, "
        "a number, true, false or null",
        j->how.name, (unsigned long long)j->line, j->key.data ? j->key.data : "");
}

static tsl_status fail_long(const json_lines *j, uint64_t line, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: the line is longer than 16 MiB", j->how.name,
                          (unsigned long long)line);
}

static int is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Reads the first megabyte behind the empty lines at the beginning, and the line in which it ends. */
static tsl_status read_first(json_lines *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t blank = 0;
    while (!j->at_end && j->count <= TSL__RECORD_BYTES &&
           (j->count < FIRST_BYTES + blank || !memchr(j->held + blank, '\n', j->count - blank))) {
        TSL__TRY(read_on(j, err));
        while (blank < j->count && is_white(j->held[blank])) {
            blank++;
        }
    }
done:
    return status;
}

/* Looks for the columns, and writes the header. */
static tsl_status find_columns(json_lines *j, tsl__text *out, tsl_error *err)
{
    static const char field[] = {TSL__PACKED_FIELD}, record[] = {TSL__PACKED_RECORD};
    size_t stop, n, at;
    tsl_status status = TSL_OK;
    TSL__TRY(read_first(j, err));
    for (at = 0; find_line(j, at, &stop); at = stop + 1) {
        j->line++;
        const line_kind kind = read_object(j, j->held + at, j->held + stop);
        TSL__TRY(kind >= LINE_NESTED ? fail_line(j, kind, err) : TSL_OK);
    }
    j->columns = tsl__dict_get_count(j->keys);
    if (j->columns == 0 && at < j->count && j->count - at > TSL__RECORD_BYTES) {
        return fail_long(j, j->line + 1, err);
    }
    j->line = 0;
    if (j->columns == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: begins like JSON Lines, but none of its first lines is an object",
                              j->how.name);
    }
    TSL__NEED(j->cell = tsl__alloc_zero(j->columns, sizeof *j->cell));
    for (size_t c = 0; c < j->columns; c++) {
        const char *name = tsl__dict_get_text(j->keys, (int32_t)c, &n);
        tsl__text_append(out, field, c > 0);
        tsl__text_append(out, name, n);
    }
    tsl__text_append(out, record, 1);
done:
    return status;
}

static void write_object(const json_lines *j, tsl__text *out)
{
    static const char field[] = {TSL__PACKED_FIELD};
    for (size_t c = 0; c < j->columns; c++) {
        const json_cell *cell = &j->cell[c];
        tsl__text_append(out, field, c > 0);
        if (cell->line == j->line && cell->count) {
            tsl__text_append(out, j->values.data + cell->from, cell->count);
        }
    }
}

/* The bytes as one field, and a further one where one is what is expected. */
static void write_other(json_lines *j, const char *s, size_t n, tsl__text *out)
{
    static const char field[] = {TSL__PACKED_FIELD};
    for (size_t i = 0; i < n; i++) {
        const char c = s[i] == TSL__PACKED_FIELD || s[i] == TSL__PACKED_RECORD || s[i] == '\r' ? ' ' : s[i];
        tsl__text_append(out, &c, 1);
    }
    tsl__text_append(out, field, j->columns == 1);
    j->other_line = j->others++ ? j->other_line : j->line;
}

static tsl_status write_line(json_lines *j, size_t stop, tsl__text *out, tsl_error *err)
{
    static const char record[] = {TSL__PACKED_RECORD};
    const char *s = j->held + j->at;
    j->line++;
    const line_kind kind = read_object(j, s, j->held + stop);
    if (kind == LINE_OBJECT) {
        write_object(j, out);
    } else if (kind == LINE_OTHER) {
        write_other(j, s, stop - j->at, out);
    } else if (kind != LINE_BLANK) {
        return fail_line(j, kind, err);
    }
    tsl__text_append(out, record, 1);
    return out->failed ? tsl__error_nomem(err) : TSL_OK;
}

static tsl_status say(const json_lines *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(j->late ? tsl__found_add(j->how.notes,
                                      &(tsl__found){.kind = TSL_FINDING_LATE_KEYS,
                                                    .count = j->late,
                                                    .column = j->late_key,
                                                    .example = {{.file = j->how.name, .line = j->late_line}}},
                                      "%s: the key \"%s\" first stands on line %llu, too late to be a column; such "
                                      "values, %llu in all, are left out",
                                      j->how.name, j->late_key, (unsigned long long)j->late_line,
                                      (unsigned long long)j->late)
                     : TSL_OK);
    TSL__TRY(j->others ? tsl__found_add(j->how.notes,
                                        &(tsl__found){.kind = TSL_FINDING_BROKEN_LINES,
                                                      .count = j->others,
                                                      .example = {{.file = j->how.name, .line = j->other_line}}},
                                        "%s: %llu of its lines %s no JSON object, the first is line %llu", j->how.name,
                                        (unsigned long long)j->others, j->others == 1 ? "is" : "are",
                                        (unsigned long long)j->other_line)
                       : TSL_OK);
done:
    return status;
}

/* ---- The translator --------------------------------------------------------------------- */

static void free_json_lines(void *state)
{
    json_lines *j = state;
    if (j) {
        free(j->held);
        free(j->cell);
        tsl__dict_free(j->keys);
        tsl__text_free(&j->key);
        tsl__text_free(&j->values);
        free(j);
    }
}

static tsl_status open_json_lines(const tsl__translation *how, void **state, tsl_error *err)
{
    json_lines *j = NULL;
    tsl_status status = TSL_OK;
    *state = NULL;
    TSL__NEED(j = tsl__alloc_zero(1, sizeof *j));
    j->how = *how;
    TSL__NEED(j->keys = tsl__dict_open());
    *state = j;
    j = NULL;
done:
    free_json_lines(j);
    return status;
}

static tsl_status step_json_lines(void *state, tsl__text *out, int *ended, tsl_error *err)
{
    json_lines *j = state;
    size_t stop;
    tsl_status status = TSL_OK;
    *ended = 0;
    TSL__TRY(j->cell ? TSL_OK : find_columns(j, out, err));
    while (out->length < STEP_BYTES) {
        if (find_line(j, j->at, &stop)) {
            TSL__TRY(write_line(j, stop, out, err));
            j->at = stop < j->count ? stop + 1 : stop;
        } else if (j->at_end) {
            TSL__TRY(say(j, err));
            *ended = 1;
            break;
        } else if (j->count - j->at > TSL__RECORD_BYTES) {
            TSL__TRY(fail_long(j, j->line + 1, err));
        } else {
            TSL__TRY(read_on(j, err));
        }
    }
done:
    return status;
}

const tsl__translator tsl__translate_json_lines = {
    .is_packed = 1, .open = open_json_lines, .step = step_json_lines, .free = free_json_lines};
