/* sheet_csv.c: a CSV file for a program, in the target's form: byte order mark, line ends, what stands for nothing; and
 * the reader that holds it against RFC 4180, byte by byte, and shares nothing with the writer. */
#include "crm/crm_sheet.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "store/files/stream.h"

#include <stdlib.h>
#include <string.h>

#include <tesela/store.h>

#define FLUSH_BYTES ((size_t)1 << 20)
#define MARK "\xEF\xBB\xBF"
#define MARK_BYTES 3

/* ---- Writing ------------------------------------------------------------------------------------ */

typedef struct csv_state {
    tsl_file *file;
    tsl__text text, cell; /* what is not written yet; a cell as it will read back */
} csv_state;

static const char *get_line_end(const tsl__crm_target *target)
{
    return target->has_crlf ? "\r\n" : "\n";
}

static tsl_status flush(csv_state *csv, size_t least, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(csv->text.failed || csv->cell.failed ? tsl__error_nomem(err) : TSL_OK);
    if (csv->text.length > least) {
        TSL__TRY(tsl_file_write(csv->file, csv->text.data, csv->text.length, err));
        tsl__text_clear(&csv->text);
    }
done:
    return status;
}

static int is_word(char c)
{
    const char low = tsl__lower(c);
    return (low >= 'a' && low <= 'z') || tsl__is_digit(c);
}

/* 1: none that any mark could go into: it begins with a letter or digit, as does, behind a blank, what a sign that
 * parts cells is followed by. */
static int is_plain(const char *text, size_t length)
{
    static const unsigned char parts[256] = {[';'] = 1, ['\t'] = 1, ['\r'] = 1, ['\n'] = 1};
    int plain = length == 0 || is_word(*text);
    for (size_t i = 0; i < length && plain; i++) {
        if (parts[(unsigned char)text[i]]) {
            plain = text[i] == ';' && i + 2 < length && text[i + 1] == ' ' && is_word(text[i + 2]);
        }
    }
    return plain;
}

/* Appends a cell, and adds what it reads back as. */
static uint64_t put_cell(const tsl__crm_sheet *sheet, csv_state *csv, const char *text, size_t length, uint64_t digest)
{
    const tsl__crm_target *target = sheet->plan->target;
    if (!length) {
        text = target->blank;
        length = strlen(text);
    }
    if (!target->marks || is_plain(text, length)) {
        tsl__text_csv_plain(&csv->text, text, length);
        return tsl__crm_digest_add(digest, text, length);
    }
    tsl__text_clear(&csv->cell);
    tsl__text_append(&csv->cell, text, length);
    const size_t begin = length + 1;
    tsl__text_append(&csv->cell, "", 1);
    if (csv->cell.failed) {
        return 0;
    }
    tsl__text_csv(&csv->text, csv->cell.data);
    tsl__text_csv_cell(&csv->cell, csv->cell.data);
    return csv->cell.failed ? 0 : tsl__crm_digest_add(digest, csv->cell.data + begin, csv->cell.length - begin);
}

static tsl_status open_csv(tsl__crm_sheet *sheet, tsl_error *err)
{
    const tsl__crm_plan *plan = sheet->plan;
    const char *end = get_line_end(plan->target);
    tsl_status status = TSL_OK;
    csv_state *csv = NULL;
    TSL__NEED(csv = tsl__alloc_zero(1, sizeof *csv));
    sheet->state = csv;
    TSL__TRY(tsl_file_open(&(tsl_target){.path = sheet->path}, &csv->file, err));
    tsl__text_append(&csv->text, MARK, plan->target->has_bom ? MARK_BYTES : 0);
    for (size_t i = 0; i < plan->count; i++) {
        tsl__text_puts(&csv->text, i ? "," : "");
        sheet->digest = put_cell(sheet, csv, plan->header[i], strlen(plan->header[i]), sheet->digest);
    }
    tsl__text_puts(&csv->text, end);
    sheet->bytes = csv->text.length;
    TSL__TRY(flush(csv, 0, err));
done:
    return status;
}

static tsl_status put_csv(tsl__crm_sheet *sheet, const tsl__span *cell, int *fits, tsl_error *err)
{
    csv_state *csv = sheet->state;
    const tsl__crm_plan *plan = sheet->plan;
    const size_t before = csv->text.length;
    uint64_t digest = sheet->digest;
    for (size_t i = 0; i < plan->count; i++) {
        tsl__text_append(&csv->text, ",", i > 0);
        digest = put_cell(sheet, csv, cell[i].s, cell[i].n, digest);
    }
    tsl__text_puts(&csv->text, get_line_end(plan->target));
    const size_t bytes = csv->text.length - before;
    *fits = sheet->bytes + bytes <= plan->target->bytes && sheet->rows < plan->target->rows;
    if (!*fits) {
        csv->text.length = before;
        return TSL_OK;
    }
    sheet->digest = digest;
    sheet->bytes += bytes;
    sheet->rows++;
    return flush(csv, FLUSH_BYTES, err);
}

static void free_csv(tsl__crm_sheet *sheet)
{
    csv_state *csv = sheet->state;
    if (csv) {
        tsl_file_free(csv->file);
        tsl__text_free(&csv->text);
        tsl__text_free(&csv->cell);
        free(csv);
        sheet->state = NULL;
    }
}

static tsl_status close_csv(tsl__crm_sheet *sheet, tsl_error *err)
{
    csv_state *csv = sheet->state;
    tsl_status status = TSL_OK;
    TSL__TRY(flush(csv, 0, err));
    tsl_file *file = csv->file;
    csv->file = NULL;
    TSL__TRY(tsl_file_close(file, err));
done:
    free_csv(sheet);
    return status;
}

/* ---- Reading back ---------------------------------------------------------------------------------- */

typedef enum place { AT_CELL, IN_PLAIN, IN_QUOTES, AFTER_QUOTE, AFTER_CR } place;

typedef struct strict_reader {
    const tsl__crm_sheet *sheet;
    place at;
    size_t cells; /* of the row at hand that have ended */
    uint64_t line, rows, digest;
    tsl__text cell;
    const char *wrong;
} strict_reader;

static void end_cell(strict_reader *r)
{
    r->digest = tsl__crm_digest_add(r->digest, r->cell.length ? r->cell.data : "", r->cell.length);
    tsl__text_clear(&r->cell);
    r->cells++;
    r->at = AT_CELL;
}

static void end_row(strict_reader *r)
{
    end_cell(r);
    r->wrong =
        r->cells == r->sheet->plan->count ? r->wrong : "another number of cells than the header is meant to have";
    r->cells = 0;
    r->rows++;
    r->line++;
}

/* A character outside of quotes that may end a cell. 0: it does not. */
static int take_end(strict_reader *r, char c)
{
    const int crlf = r->sheet->plan->target->has_crlf;
    if (c == ',') {
        end_cell(r);
    } else if (c == '\r' && crlf) {
        r->at = AFTER_CR;
    } else if (c == '\n' && !crlf) {
        end_row(r);
    } else {
        return 0;
    }
    return 1;
}

static void take(strict_reader *r, char c)
{
    switch (r->at) {
    case AFTER_CR:
        r->wrong = c == '\n' ? r->wrong : "a line end that is none of this file";
        end_row(r);
        return;
    case IN_QUOTES:
        if (c == '"') {
            r->at = AFTER_QUOTE;
        } else {
            tsl__text_append(&r->cell, &c, 1);
        }
        return;
    case AFTER_QUOTE:
        if (c == '"') {
            tsl__text_append(&r->cell, &c, 1);
            r->at = IN_QUOTES;
        } else if (!take_end(r, c)) {
            r->wrong = "a character behind a closing quote";
        }
        return;
    case AT_CELL:
        if (c == '"') {
            r->at = IN_QUOTES;
            return;
        }
        r->at = IN_PLAIN; /* fall through */
    case IN_PLAIN:
        if (!take_end(r, c)) {
            r->wrong = c == '"' || c == '\r' || c == '\n' ? "a quote or line end outside of quotes" : r->wrong;
            tsl__text_append(&r->cell, &c, 1);
        }
        return;
    default:
        return;
    }
}

/* Runs of plain characters go at once. */
static void take_all(strict_reader *r, const char *bytes, size_t count)
{
    static const unsigned char ends[256] = {[','] = 1, ['"'] = 1, ['\r'] = 1, ['\n'] = 1};
    for (size_t i = 0; i < count && !r->wrong;) {
        size_t run = 0;
        if (r->at == IN_QUOTES) {
            const char *end = memchr(bytes + i, '"', count - i);
            run = end ? (size_t)(end - bytes) - i : count - i;
        } else if (r->at == IN_PLAIN) {
            while (i + run < count && !ends[(unsigned char)bytes[i + run]]) {
                run++;
            }
        }
        if (run) {
            tsl__text_append(&r->cell, bytes + i, run);
            i += run;
        }
        if (i < count) {
            take(r, bytes[i++]);
        }
    }
}

static tsl_status read_all(strict_reader *r, tsl__stream *stream, char *buffer, tsl_error *err)
{
    const size_t mark = r->sheet->plan->target->has_bom ? MARK_BYTES : 0;
    size_t got, skip = mark;
    uint64_t bytes = 0;
    tsl_status status = TSL_OK;
    for (;;) {
        TSL__TRY(tsl__stream_read(stream, buffer, FLUSH_BYTES, &got, err));
        if (!got) {
            break;
        }
        if (bytes == 0 && (got < mark || memcmp(buffer, MARK, mark) != 0)) {
            r->wrong = "no byte order mark";
        }
        bytes += got;
        take_all(r, buffer + skip, got - skip);
        skip = 0;
        TSL__TRY(r->cell.failed ? tsl__error_nomem(err) : TSL_OK);
    }
    r->wrong = r->wrong ? r->wrong : r->at != AT_CELL || r->cells ? "a last line without an end" : NULL;
    r->wrong = r->wrong ? r->wrong : bytes != r->sheet->bytes ? "another number of bytes than were written" : NULL;
done:
    return status;
}

static tsl_status check_csv(const tsl__crm_sheet *sheet, tsl_error *err)
{
    strict_reader r = {.sheet = sheet, .line = 1};
    tsl__stream stream = {.fd = -1};
    char *buffer = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(buffer = tsl__alloc(FLUSH_BYTES, 1));
    TSL__TRY(tsl__stream_open(&(tsl_source){.path = sheet->path}, &stream, err));
    TSL__TRY(read_all(&r, &stream, buffer, err));
    if (r.wrong) {
        TSL__TRY(tsl__error_set(err, TSL_E_INTERNAL, "%s:%llu: reads back with %s", sheet->path,
                                (unsigned long long)r.line, r.wrong));
    }
    TSL__TRY(tsl__crm_sheet_compare(sheet, r.rows ? r.rows - 1 : 0, r.digest, err));
done:
    tsl__stream_close(&stream);
    tsl__text_free(&r.cell);
    free(buffer);
    return status;
}

const tsl__crm_sheet_form tsl__crm_csv = {".csv", open_csv, put_csv, close_csv, free_csv, check_csv};
