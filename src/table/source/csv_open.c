/* csv_open.c: opens a file, and names its columns by its header. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/source/column_names.h"
#include "table/source/csv_state.h"

#ifndef READ_BYTES /* the fuzzers have a small one */
#define READ_BYTES ((size_t)256 << 10)
#define FIRST_BYTES ((size_t)1 << 20) /* show how the file is written */
#else
#define FIRST_BYTES READ_BYTES
#endif

/* ---- Header ------------------------------------------------------------ */

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
        tsl__csv_begin(csv, scanner);
        TSL__TRY(tsl__scanner_read(scanner, out, err));
        if (out->count || csv->at_end) {
            break;
        }
        tsl__csv_drop_read(csv, scanner); /* empty lines */
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
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s:%llu: the first row is not valid UTF-8; save the file as UTF-8, or say "
                              "what it is by --encoding",
                              path, line);
    }
    r.count -= csv->trails == TSL__TRAILS_ALL;
    TSL__TRY(tsl__csv_is_header(opt, &r, &csv->header, err));
    r.count += csv->trails == TSL__TRAILS_ALL && !csv->header;
    if (csv->header && r.stray) {
        return tsl__error_set(err, TSL_E_INPUT, "%s:%llu: text follows the closing quote of column name %zu", path,
                              line, r.stray);
    }
    csv->form.trails = csv->header && csv->trails != TSL__TRAILS_NOT;
    TSL__TRY(csv->form.trails ? tsl__found_add(&csv->notes, &(tsl__found){.kind = TSL_FINDING_TRAILING_DELIMITER},
                                               "%s: every row ends with a delimiter; the column without a name behind "
                                               "it is left out",
                                               path)
                              : TSL_OK);
    csv->unnamed = csv->header && r.field[0].n == 0;
    TSL__TRY(make_names(csv, &r, err));
    csv->form.column_count = csv->name_count;
    if (csv->header) {
        tsl__csv_drop_read(csv, scanner);
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
    tsl__csv_options own = *opt;
    TSL__NEED(csv = tsl__alloc_zero(1, sizeof *csv));
    csv->read_bytes = opt->read_bytes ? opt->read_bytes : FIRST_BYTES;
    csv->block_bytes = opt->read_bytes ? opt->read_bytes : READ_BYTES;
    own.text.delimiter = opt->delimiter;
    TSL__TRY(tsl__text_source_open(opt->from, &own.text, &csv->notes, &csv->source, err));
    csv->held.line = (uint64_t)tsl__text_source_get_first_line(csv->source);
    csv->form.file = tsl__csv_get_path(csv);
    TSL__NEED(scanner = tsl__scanner_open(csv));
    if (tsl__text_source_is_packed(csv->source)) {
        tsl__csv_set_packed(&csv->form);
        csv->form.pads = tsl__text_source_pads(csv->source);
    } else {
        tsl__csv_set_delimiter(&csv->form, opt->delimiter ? opt->delimiter : ',');
    }
    TSL__TRY(tsl__csv_fill(csv, err));
    TSL__TRY(tsl__csv_sniff(csv, scanner, opt, err));
    own.header = csv->held.line == 0 ? 1 : own.header;
    TSL__TRY(read_names(csv, scanner, &own, err));
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
    tsl__text_source_free(csv->source);
    tsl__notes_free(&csv->notes);
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

const char *const *tsl__csv_get_header(const tsl__csv *csv, size_t *count)
{
    const char *const *const names = tsl__csv_get_names(csv, count);
    return csv->header && tsl__text_source_get_first_line(csv->source) > 0 ? names : NULL;
}

const char *tsl__csv_get_path(const tsl__csv *csv)
{
    return tsl__source_get_name(tsl__text_source_get_source(csv->source));
}

char tsl__csv_get_delimiter(const tsl__csv *csv)
{
    return csv->form.quote ? csv->form.delimiter : tsl__text_source_is_blank(csv->source) ? ' ' : 0;
}

const char *tsl__csv_get_sheets(const tsl__csv *csv)
{
    return tsl__text_source_get_sheets(csv->source);
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
    return tsl__source_get_position(tsl__text_source_get_source(csv->source));
}

uint64_t tsl__csv_get_size(const tsl__csv *csv)
{
    return tsl__source_get_size(tsl__text_source_get_source(csv->source));
}

tsl_status tsl__csv_get_info(tsl__csv *csv, tsl_file_info *info, tsl_error *err)
{
    info->delimiter = tsl__csv_get_delimiter(csv);
    info->header = csv->header;
    return tsl__text_source_get_info(csv->source, info, err);
}

const tsl_notes *tsl__csv_get_notes(const tsl__csv *csv)
{
    return &csv->notes;
}

tsl_status tsl__csv_put_notes(const tsl__csv *csv, tsl_notes *notes, tsl_error *err)
{
    return tsl__notes_copy(&csv->notes, notes, err);
}
