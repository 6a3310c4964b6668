/* csv_open.c: recognises what a file is: text at all, its delimiter, its header. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "table/cell/parse_date.h"
#include "table/source/column_names.h"
#include "table/source/csv_state.h"

#define SNIFF_RECORDS 100
#define SNIFF_NUL_BYTES 4096
#define READ_BYTES ((size_t)1 << 20)

/* ---- Is it text? ------------------------------------------------------- */

static tsl_status check_text(tsl__csv *csv, tsl_error *err)
{
    static const struct {
        const char *magic;
        size_t count;
        const char *what;
    } foreign[] = {
        {"\xFF\xFE", 2, "is UTF-16 text; save it as UTF-8"},
        {"\xFE\xFF", 2, "is UTF-16 text; save it as UTF-8"},
        {"PK\x03\x04", 4, "is a ZIP archive or an Excel workbook; save the sheet as CSV"},
        {"\xD0\xCF\x11\xE0", 4, "is an Excel workbook; save the sheet as CSV"},
        {"PAR1", 4, "is a Parquet file; export it as CSV"},
        {"\x89HDF", 4, "is an HDF5 file; a CSV file is expected"},
        {"BZh", 3, "is compressed with bzip2; gzip, zstd and xz can be read"},
    };
    const size_t n = csv->held.count;
    const char *name = csv->form.file, *bytes = csv->held.bytes;
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (n >= foreign[i].count && memcmp(bytes, foreign[i].magic, foreign[i].count) == 0) {
            return tsl__error_set(err, TSL_E_FORMAT, "%s: %s", name, foreign[i].what);
        }
    }
    if (memchr(bytes, 0, n < SNIFF_NUL_BYTES ? n : SNIFF_NUL_BYTES)) {
        return tsl__error_set(err, TSL_E_FORMAT, "%s: holds NUL bytes; it is UTF-16 (save it as UTF-8) or no text file",
                              name);
    }
    csv->bom = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    tsl__csv_drop(csv, csv->bom ? 3 : 0);
    return TSL_OK;
}

/* ---- Delimiter --------------------------------------------------------- */

static void set_delimiter(tsl__csv_form *form, char delimiter)
{
    memset(form->stop, 0, sizeof form->stop);
    form->stop['\n'] = form->stop['\r'] = form->stop[(unsigned char)delimiter] = 1;
    form->delimiter = delimiter;
}

/* Lets go of what the scanner has read. */
static void drop_read(tsl__csv *csv, const tsl__scanner *scanner)
{
    csv->held.line = scanner->line;
    tsl__csv_drop(csv, (size_t)(scanner->next - csv->held.bytes));
}

/* Begins at the first byte that is held. */
static void begin(tsl__scanner *scanner, const tsl__csv *csv)
{
    tsl__scanner_take(scanner, &csv->held);
    scanner->is_part = !csv->at_end;
}

/* Fields of the first record by this delimiter, and the share of the first
 * records that have as many. */
static tsl_status try_delimiter(tsl__csv *csv, tsl__scanner *scanner, char delimiter, size_t *count, double *share,
                                tsl_error *err)
{
    const char *stop, *after;
    size_t records = 0, alike = 0;
    set_delimiter(&csv->form, delimiter);
    begin(scanner, csv);
    *count = 0;
    while (records < SNIFF_RECORDS) {
        tsl__csv_found f = tsl__scanner_scan(scanner, &stop, &after);
        if (f == TSL__CSV_NO_MEMORY) {
            return tsl__error_nomem(err);
        }
        if (f != TSL__CSV_RECORD) {
            break;
        }
        if (stop > scanner->next) {
            *count = records ? *count : scanner->total_count;
            records++;
            alike += scanner->total_count == *count;
        }
        scanner->next = after;
    }
    *share = records ? (double)alike / (double)records : 0;
    return TSL_OK;
}

static tsl_status recognise_delimiter(tsl__csv *csv, tsl__scanner *scanner, char declared, tsl_error *err)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    char best = ',';
    size_t best_count = 1;
    double best_share = 0;
    tsl_status status = TSL_OK;
    for (size_t i = 0; !declared && i < sizeof delimiters; i++) {
        size_t count = 0;
        double share = 0;
        TSL__TRY(try_delimiter(csv, scanner, delimiters[i], &count, &share, err));
        if (count > 1 && (share > best_share || (share == best_share && count > best_count))) {
            best = delimiters[i];
            best_count = count;
            best_share = share;
        }
    }
    set_delimiter(&csv->form, declared ? declared : best);
done:
    return status;
}

/* ---- Header ------------------------------------------------------------ */

static int is_value(tsl__span cell)
{
    double number;
    tsl__moment moment;
    return tsl__cell_number(cell, &number) == 0 || tsl__moment_read(cell, &moment);
}

static int repeats_names(const tsl__csv_options *opt, const tsl__record *r)
{
    if (!opt->names || opt->name_count != r->count) {
        return 0;
    }
    for (size_t i = 0; i < r->count; i++) {
        if (!tsl__span_equal(tsl__span_make(opt->names[i]), r->field[i])) {
            return 0;
        }
    }
    return 1;
}

/* A first row of distinct texts, none of them empty, a number or a date; but the first may be empty, over the numbers
 * of the rows. */
static tsl_status is_header(const tsl__csv_options *opt, const tsl__record *r, int *header, tsl_error *err)
{
    *header = opt->header;
    if (opt->header >= 0) {
        return TSL_OK;
    }
    *header = 1;
    size_t values = 0;
    for (size_t i = 0; i < r->count; i++) {
        values += (size_t)is_value(r->field[i]);
    }
    if (repeats_names(opt, r) || (values * 2 < r->count && opt->is_header && opt->is_header(r->field, r->count))) {
        return TSL_OK;
    }
    tsl__dict *seen = tsl__dict_open();
    int32_t code = 0;
    for (size_t i = 0; seen && code >= 0 && *header && i < r->count; i++) {
        code = tsl__dict_add(seen, r->field[i].s, r->field[i].n);
        *header = values == 0 && (r->field[i].n > 0 || (i == 0 && r->count > 1)) && (size_t)code == i;
    }
    tsl__dict_free(seen);
    return seen && code >= 0 ? TSL_OK : tsl__error_nomem(err);
}

/* The names of the columns, made distinct. */
static tsl_status make_names(tsl__csv *csv, const tsl__record *r, tsl_error *err)
{
    const tsl__span none = {"", 0};
    tsl_status status = TSL_OK;
    tsl__names *names = NULL;
    TSL__NEED(names = tsl__names_open());
    TSL__NEED(csv->name = tsl__alloc_zero(r->count, sizeof *csv->name));
    for (size_t i = 0; i < r->count; i++) {
        TSL__NEED(csv->name[i] = tsl__names_add(names, csv->header ? r->field[i] : none));
        csv->name_count++;
    }
done:
    tsl__names_free(names);
    return status;
}

/* The first record, whole among the bytes that are held. */
static tsl_status read_first(tsl__csv *csv, tsl__scanner *scanner, tsl__record *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (;;) {
        begin(scanner, csv);
        TSL__TRY(tsl__scanner_read(scanner, out, err));
        if (out->count || csv->at_end) {
            break;
        }
        drop_read(csv, scanner); /* empty lines */
        TSL__TRY(csv->held.count > TSL__RECORD_BYTES
                     ? tsl__csv_fail_long(&csv->form, csv->held.line, scanner->open_line > 0, err)
                     : TSL_OK);
        TSL__TRY(tsl__csv_fill(csv, err));
    }
done:
    return status;
}

static tsl_status read_names(tsl__csv *csv, tsl__scanner *scanner, const tsl__csv_options *opt, tsl_error *err)
{
    tsl__record r;
    tsl_status status = TSL_OK;
    TSL__TRY(read_first(csv, scanner, &r, err));
    const char *path = csv->form.file;
    unsigned long long line = (unsigned long long)r.line;
    if (r.count == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: is empty", path);
    }
    if (r.count != scanner->field_count) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: %zu columns are too many", path, line, r.count);
    }
    if (!r.valid) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: the first row is not valid UTF-8; save the file as UTF-8",
                              path, line);
    }
    TSL__TRY(is_header(opt, &r, &csv->header, err));
    if (csv->header && r.stray) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: text follows the closing quote of column name %zu", path,
                              line, r.stray);
    }
    csv->unnamed = csv->header && r.field[0].n == 0;
    TSL__TRY(make_names(csv, &r, err));
    csv->form.column_count = csv->name_count;
    if (csv->header) {
        drop_read(csv, scanner);
    }
done:
    return status;
}

/* ---- Open, close, ask -------------------------------------------------- */

tsl_status tsl__csv_open(const tsl__csv_options *opt, tsl__csv **out, tsl_error *err)
{
    *out = NULL;
    tsl_status status = TSL_OK;
    tsl__csv *csv = NULL;
    tsl__scanner *scanner = NULL;
    TSL__NEED(csv = tsl__alloc_zero(1, sizeof *csv));
    csv->held.line = 1;
    csv->read_bytes = opt->read_bytes ? opt->read_bytes : READ_BYTES;
    TSL__TRY(tsl__source_open(opt->from, &csv->source, err));
    csv->form.file = tsl__source_get_name(csv->source);
    TSL__NEED(scanner = tsl__scanner_open(csv));
    TSL__TRY(tsl__csv_fill(csv, err));
    TSL__TRY(check_text(csv, err));
    TSL__TRY(recognise_delimiter(csv, scanner, opt->delimiter, err));
    TSL__TRY(read_names(csv, scanner, opt, err));
    *out = csv;
    csv = NULL;
done:
    tsl__scanner_free(scanner);
    tsl__csv_free(csv);
    return status;
}

void tsl__csv_free(tsl__csv *csv)
{
    if (!csv) {
        return;
    }
    tsl__source_free(csv->source);
    tsl__free_texts(csv->name, csv->name_count);
    tsl__scanner_free(csv->scanner);
    tsl__block_free(&csv->held);
    tsl__block_free(&csv->block);
    free(csv);
}

const char *const *tsl__csv_get_names(const tsl__csv *csv, size_t *count)
{
    *count = csv->name_count;
    return (const char *const *)csv->name;
}

const char *tsl__csv_get_path(const tsl__csv *csv)
{
    return tsl__source_get_name(csv->source);
}

char tsl__csv_get_delimiter(const tsl__csv *csv)
{
    return csv->form.delimiter;
}

int tsl__csv_has_header(const tsl__csv *csv)
{
    return csv->header;
}

int tsl__csv_is_unnamed(const tsl__csv *csv)
{
    return csv->unnamed;
}

uint64_t tsl__csv_get_position(const tsl__csv *csv)
{
    return tsl__source_get_position(csv->source);
}

uint64_t tsl__csv_get_size(const tsl__csv *csv)
{
    return tsl__source_get_size(csv->source);
}

tsl_status tsl__csv_get_info(tsl__csv *csv, tsl_file_info *info, tsl_error *err)
{
    info->delimiter = csv->form.delimiter;
    info->header = csv->header;
    info->bom = csv->bom;
    return tsl__source_get_info(csv->source, info, err);
}
