/* sheet_xlsx.c: a workbook of one sheet, by libxlsxwriter, which writes its rows when all of them are there, so that
 * several can be written side by side: ids and texts as text, which no spreadsheet runs or takes
 * for a number, days as days; and read back by the table's reader of workbooks, which is built of libzip and expat. */
#include "crm/crm_sheet.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/source/csv.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <xlsxwriter.h>

/* Excel counts the days from 1900, and takes that for a leap year. */
#define EXCEL_EPOCH 25569

typedef struct xlsx_state {
    tsl__text rows; /* of cells: four bytes of length, then the text */
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *format[TSL__CRM_KINDS];
    tsl__text cell;
} xlsx_state;

/* ---- Writing --------------------------------------------------------------------------------------- */

/* "_x0041_" would be read as a character: its first _ is written as one itself. */
static int is_escape(const char *s, size_t n)
{
    return n >= 7 && s[0] == '_' && s[1] == 'x' && s[6] == '_' && strspn(s + 2, "0123456789abcdefABCDEF") >= 4;
}

static const char *make_text(xlsx_state *xlsx, const char *text, size_t length)
{
    const char *from = text; /* not appended yet */
    tsl__text_clear(&xlsx->cell);
    for (const char *p = memchr(text, '_', length); p; p = memchr(p + 1, '_', (size_t)(text + length - p - 1))) {
        if (is_escape(p, (size_t)(text + length - p))) {
            tsl__text_append(&xlsx->cell, from, (size_t)(p - from));
            tsl__text_puts(&xlsx->cell, "_x005F");
            from = p;
        }
    }
    tsl__text_append(&xlsx->cell, from, (size_t)(text + length - from));
    return xlsx->cell.failed ? NULL : xlsx->cell.data;
}

static tsl_status fail(const tsl__crm_sheet *sheet, lxw_error why, tsl_error *err)
{
    return why == LXW_ERROR_MEMORY_MALLOC_FAILED
               ? tsl__error_nomem(err)
               : tsl__error_set(err, TSL_E_IO, "%s: cannot be written: %s", sheet->path, lxw_strerror(why));
}

/* Kinds that look the same share a format: the library would look for an equal one at every cell. */
static int make_formats(xlsx_state *xlsx)
{
    static const char *const form[TSL__CRM_KINDS] = {
        [TSL__CRM_ID] = "@",    [TSL__CRM_PICK] = "@",     [TSL__CRM_TEXT] = "@",        [TSL__CRM_DAY] = "yyyy-mm-dd",
        [TSL__CRM_WHOLE] = "0", [TSL__CRM_SHARE] = "0.0%", [TSL__CRM_MONEY] = "#,##0.00"};
    for (int kind = 0; kind < TSL__CRM_KINDS; kind++) {
        const int again = kind > 0 && strcmp(form[kind], form[kind - 1]) == 0;
        xlsx->format[kind] = again ? xlsx->format[kind - 1] : workbook_add_format(xlsx->book);
        if (!xlsx->format[kind]) {
            return -1;
        }
        format_set_num_format(xlsx->format[kind], form[kind]);
    }
    return 0;
}

/* Characters that a column shows without being widened. */
static double get_width(const tsl__crm_plan *plan, size_t i)
{
    static const double kinds[TSL__CRM_KINDS] = {
        [TSL__CRM_ID] = 16,   [TSL__CRM_PICK] = 22,  [TSL__CRM_TEXT] = 44, [TSL__CRM_DAY] = 12,
        [TSL__CRM_WHOLE] = 8, [TSL__CRM_SHARE] = 10, [TSL__CRM_MONEY] = 14};
    const double header = 1.2 * (double)tsl__text_width(plan->header[i]) * (plan->lang ? 2 : 1) + 2;
    return fmax(kinds[tsl__crm_fields[plan->field[i]].kind], header);
}

static tsl_status put_header(tsl__crm_sheet *sheet, xlsx_state *xlsx, tsl_error *err)
{
    const tsl__crm_plan *plan = sheet->plan;
    tsl_status status = TSL_OK;
    lxw_format *bold = NULL;
    TSL__NEED(bold = workbook_add_format(xlsx->book));
    format_set_bold(bold);
    format_set_bottom(bold, LXW_BORDER_THIN);
    for (size_t i = 0; i < plan->count; i++) {
        const char *text = make_text(xlsx, plan->header[i], strlen(plan->header[i]));
        TSL__NEED(text);
        worksheet_set_column(xlsx->sheet, (lxw_col_t)i, (lxw_col_t)i, get_width(plan, i), NULL);
        const lxw_error why = worksheet_write_string(xlsx->sheet, 0, (lxw_col_t)i, text, bold);
        TSL__TRY(why ? fail(sheet, why, err) : TSL_OK);
        sheet->digest = tsl__crm_digest_add(sheet->digest, plan->header[i], strlen(plan->header[i]));
    }
    worksheet_freeze_panes(xlsx->sheet, 1, 1);
done:
    return status;
}

static tsl_status open_book(tsl__crm_sheet *sheet, xlsx_state *xlsx, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *folder = NULL;
    TSL__NEED(folder = tsl__strndup(sheet->path, (size_t)(strrchr(sheet->path, '/') - sheet->path)));
    lxw_workbook_options opt = {.constant_memory = LXW_TRUE, .tmpdir = folder};
    TSL__NEED(tsl__memory_has_room() ? (xlsx->book = workbook_new_opt(sheet->path, &opt)) : NULL);
    TSL__NEED(xlsx->sheet = workbook_add_worksheet(xlsx->book, sheet->plan->target->object[sheet->plan->lang]));
    TSL__NEED(make_formats(xlsx) == 0);
    lxw_doc_properties about = {.title = (char *)(uintptr_t)sheet->plan->object,
                                .company = (char *)(uintptr_t) "",
                                .created = 1}; /* no time of today: the same bytes each time */
    workbook_set_properties(xlsx->book, &about);
    TSL__TRY(put_header(sheet, xlsx, err));
done:
    free(folder);
    return status;
}

static tsl_status open_xlsx(tsl__crm_sheet *sheet, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(sheet->state = tsl__alloc_zero(1, sizeof(xlsx_state)));
done:
    return status;
}

static tsl_status put_xlsx(tsl__crm_sheet *sheet, const tsl__span *cell, int *fits, tsl_error *err)
{
    xlsx_state *xlsx = sheet->state;
    *fits = sheet->rows < sheet->plan->target->rows;
    if (!*fits) {
        return TSL_OK;
    }
    for (size_t i = 0; i < sheet->plan->count; i++) {
        const uint32_t length = (uint32_t)cell[i].n;
        tsl__text_append(&xlsx->rows, (const char *)&length, sizeof length);
        tsl__text_append(&xlsx->rows, cell[i].s, cell[i].n);
    }
    sheet->rows++;
    return xlsx->rows.failed ? tsl__error_nomem(err) : TSL_OK;
}

/* However many digits it is written with. */
static uint64_t add_number(uint64_t digest, tsl__span cell)
{
    double number;
    char shown[32];
    if (tsl__double_read(cell.s, cell.n, &number)) {
        return tsl__crm_digest_add(digest, cell.s, cell.n);
    }
    tsl__double_write(number, shown);
    return tsl__crm_digest_add(digest, shown, strlen(shown));
}

/* Adds what it reads back as. */
static lxw_error put_cell(xlsx_state *xlsx, uint64_t row, size_t column, tsl__crm_kind kind, tsl__span cell,
                          uint64_t *digest)
{
    const lxw_row_t r = (lxw_row_t)row;
    const lxw_col_t c = (lxw_col_t)column;
    lxw_format *format = xlsx->format[kind];
    double number = 0;
    int32_t day = 0;
    if (kind == TSL__CRM_DAY && tsl_day_read(make_text(xlsx, cell.s, cell.n), &day, NULL) == TSL_OK) {
        *digest = tsl__crm_digest_add(*digest, cell.s, cell.n);
        return worksheet_write_number(xlsx->sheet, r, c, day + EXCEL_EPOCH, format);
    }
    if (kind >= TSL__CRM_WHOLE && tsl__double_read(cell.s, cell.n, &number) == 0) {
        *digest = add_number(*digest, cell);
        return worksheet_write_number(xlsx->sheet, r, c, number, format);
    }
    const char *text = make_text(xlsx, cell.s, cell.n);
    *digest = tsl__crm_digest_add(*digest, cell.s, cell.n);
    return text ? worksheet_write_string(xlsx->sheet, r, c, text, format) : LXW_ERROR_MEMORY_MALLOC_FAILED;
}

static tsl_status write_rows(tsl__crm_sheet *sheet, xlsx_state *xlsx, tsl_error *err)
{
    const tsl__crm_plan *plan = sheet->plan;
    const char *at = xlsx->rows.data;
    tsl_status status = TSL_OK;
    for (uint64_t row = 1; row <= sheet->rows; row++) {
        for (size_t i = 0; i < plan->count; i++) {
            uint32_t length;
            memcpy(&length, at, sizeof length);
            const tsl__span cell = {at + sizeof length, length};
            at = cell.s + length;
            if (!length) { /* an empty cell is none */
                sheet->digest = tsl__crm_digest_add(sheet->digest, "", 0);
                continue;
            }
            const tsl__crm_kind kind = tsl__crm_fields[plan->field[i]].kind;
            const lxw_error why = put_cell(xlsx, row, i, kind, cell, &sheet->digest);
            TSL__TRY(why ? fail(sheet, why, err) : TSL_OK);
        }
    }
done:
    return status;
}

static void free_xlsx(tsl__crm_sheet *sheet)
{
    xlsx_state *xlsx = sheet->state;
    if (xlsx) {
        lxw_workbook_free(xlsx->book);
        tsl__text_free(&xlsx->rows);
        tsl__text_free(&xlsx->cell);
        free(xlsx);
        sheet->state = NULL;
    }
}

static tsl_status close_xlsx(tsl__crm_sheet *sheet, tsl_error *err)
{
    xlsx_state *xlsx = sheet->state;
    tsl_status status = TSL_OK;
    const tsl__crm_plan *plan = sheet->plan;
    TSL__TRY(open_book(sheet, xlsx, err));
    TSL__TRY(write_rows(sheet, xlsx, err));
    worksheet_autofilter(xlsx->sheet, 0, 0, (lxw_row_t)sheet->rows, (lxw_col_t)(plan->count - 1));
    lxw_workbook *book = xlsx->book;
    xlsx->book = NULL; /* closing frees it, also on failure */
    const lxw_error why = workbook_close(book);
    TSL__TRY(why ? fail(sheet, why, err) : TSL_OK);
    TSL__TRY(chmod(sheet->path, S_IRUSR | S_IWUSR)
                 ? tsl__error_errno(err, errno, sheet->path, "cannot be kept from others")
                 : TSL_OK);
done:
    free_xlsx(sheet);
    return status;
}

/* ---- Reading back -------------------------------------------------------------------------------------- */

static uint64_t add_row(const tsl__crm_sheet *sheet, const tsl__record *record, uint64_t digest)
{
    for (size_t i = 0; i < sheet->plan->count; i++) {
        const tsl__span cell = i < record->count ? record->field[i] : (tsl__span){"", 0};
        const int is_number = tsl__crm_fields[sheet->plan->field[i]].kind >= TSL__CRM_WHOLE;
        digest = is_number ? add_number(digest, cell) : tsl__crm_digest_add(digest, cell.s, cell.n);
    }
    return digest;
}

static tsl_status check_xlsx(const tsl__crm_sheet *sheet, tsl_error *err)
{
    const tsl_source source = {.path = sheet->path};
    const tsl__csv_options opt = {.from = &source, .header = 1};
    tsl_status status = TSL_OK;
    tsl__csv *csv = NULL;
    tsl__record record;
    uint64_t rows = 0, digest = 0;
    size_t columns = 0;
    TSL__TRY(tsl__csv_open(&opt, &csv, err));
    const char *const *header = tsl__csv_get_header(csv, &columns);
    for (size_t i = 0; header && i < columns; i++) {
        digest = tsl__crm_digest_add(digest, header[i], strlen(header[i]));
    }
    for (;;) {
        TSL__TRY(tsl__csv_read(csv, &record, err));
        if (record.count == 0) {
            break;
        }
        digest = add_row(sheet, &record, digest);
        rows++;
    }
    TSL__TRY(tsl__crm_sheet_compare(sheet, rows, digest, err));
done:
    tsl__csv_free(csv);
    if (status == TSL_E_FORMAT || status == TSL_E_INPUT) { /* the library does not tell of every write that failed */
        status = tsl__error_prefix(err, TSL_E_IO, "not written whole (is the disk full?)");
    }
    return status;
}

const tsl__crm_sheet_form tsl__crm_xlsx = {".xlsx", open_xlsx, put_xlsx, close_xlsx, free_xlsx, check_xlsx};
