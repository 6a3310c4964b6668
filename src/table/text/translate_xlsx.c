/*
 * translate_xlsx.c: a sheet of an Excel workbook as records, row n being record n.
 *
 * The archive is held in memory as it is stored, with the texts that cells share; the sheet streams through. A row goes
 * up to its last cell that holds something.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/text/translator.h"
#include "table/text/xlsx_book.h"
#include "table/text/xlsx_cell.h"

#define MOST_BYTES ((size_t)512 << 20) /* of the file */
#define MOST_ROWS 1048576
#define MOST_COLUMNS 16384
#define HEADER_ROWS 32 /* among which the names of columns stand, below titles */
#define MOST_MERGED ((size_t)1 << 20)
#define MOST_CELL_BYTES ((size_t)256 << 10) /* Excel's have 32,767 characters */
#define MOST_STEP_BYTES ((size_t)64 << 20)  /* of text, of 64 KiB of the sheet */

/* Merged cells of several rows, the first of which holds what all of them show. */
typedef struct merged {
    unsigned first, last, column;
    char *text; /* of the first row, once it was read; or NULL */
} merged;

typedef struct sheet_reading {
    tsl__translation how;
    tsl__book *book;
    tsl__xml *part;
    tsl__text *out;    /* of the step at hand */
    const char *wrong; /* what the sheet is damaged by, or NULL */
    unsigned row;      /* the row at hand, from 1 */
    unsigned column;   /* of the last cell begun, from 1 */
    unsigned field;    /* that the record is at, from 1, */
    unsigned held;     /* and the last one that holds something */

    char type; /* of the cell at hand: as its attribute begins, 'i' of inline texts, 'x' of texts of formulas */
    unsigned style;
    int in_value, in_phonetic, is_formula;
    tsl__text value;

    merged *merge; /* where they are filled: by first row, then column */
    size_t merges, merge_capacity;
    size_t merge_from;       /* those before it begin in rows before the one at hand */
    const merged **active;   /* those that go on in the row at hand, by column; room for MOST_COLUMNS */
    size_t actives, filled;  /* how many; those before the field at hand */
    char *is_summed;         /* one a column, from 1: its cells are added up */
    uint64_t merges_seen;    /* of several rows */
    uint64_t summed;         /* which are not filled, being of a column whose cells are added up */
    uint64_t times;          /* numbers that a format shows as such */
    uint64_t empty_formulas; /* cells with a formula and no value */
    uint64_t hidden_rows;    /* that hold something */
    int is_hidden;           /* the row at hand */
    tsl__text sheets;        /* the names of them all, */
    size_t tables;           /* and how many they are */
} sheet_reading;

static const char too_long[] = "its texts are longer than those of any cell";

/* ---- Places ----------------------------------------------------------------------- */

/* "AB12": *column 28, *row 12; behind it, or NULL. */
static const char *read_place(const char *s, unsigned *column, unsigned *row)
{
    *column = *row = 0;
    for (; (*s >= 'A' && *s <= 'Z') || *s == '$'; s++) {
        *column = *s == '$' ? *column : 26 * *column + (unsigned)(*s - 'A' + 1);
        if (*column > MOST_COLUMNS) {
            return NULL;
        }
    }
    for (; tsl__is_digit(*s); s++) {
        *row = 10 * *row + (unsigned)(*s - '0');
        if (*row > MOST_ROWS) {
            return NULL;
        }
    }
    return *column && *row ? s : NULL;
}

/* ---- Records ------------------------------------------------------------------------ */

static void put_repeated(tsl__text *out, char c, size_t count)
{
    char some[64];
    memset(some, c, sizeof some);
    for (; count; count -= count < sizeof some ? count : sizeof some) {
        tsl__text_append(out, some, count < sizeof some ? count : sizeof some);
    }
}

/* Goes on to the field of this column. */
static void go_to(sheet_reading *x, unsigned column)
{
    put_repeated(x->out, TSL__PACKED_FIELD, column - x->field);
    x->field = x->held = column;
}

/* What a cell holds, with bad bytes for what divides fields. */
static void put_field(sheet_reading *x, const char *s, size_t n)
{
    const size_t from = x->out->length;
    tsl__xlsx_put_text(x->out, s, n);
    for (size_t i = from; i < x->out->length; i++) {
        char *c = &x->out->data[i];
        *c = *c == TSL__PACKED_FIELD || *c == TSL__PACKED_RECORD ? TSL__BAD_BYTE : *c;
    }
}

/* At the beginning of a row: which merged cells go on in it, by column. */
static void find_active(sheet_reading *x)
{
    size_t kept = 0;
    for (size_t i = 0; i < x->actives; i++) {
        if (x->active[i]->last >= x->row) {
            x->active[kept++] = x->active[i];
        }
    }
    for (; x->merge_from < x->merges && x->merge[x->merge_from].first < x->row; x->merge_from++) {
        const merged *m = &x->merge[x->merge_from];
        size_t at = kept;
        if (m->last < x->row || !m->text) {
            continue;
        }
        if (kept == MOST_COLUMNS) {
            x->wrong = "its merged cells overlap";
            break;
        }
        for (; at > 0 && x->active[at - 1]->column > m->column; at--) {
            x->active[at] = x->active[at - 1];
        }
        x->active[at] = m;
        kept++;
    }
    x->actives = kept;
}

/* Fills what merged cells left of this column show in the row at hand. */
static void fill_up_to(sheet_reading *x, unsigned column)
{
    for (; x->filled < x->actives && x->active[x->filled]->column < column; x->filled++) {
        const merged *m = x->active[x->filled];
        if (m->column > x->held) {
            go_to(x, m->column);
            tsl__text_puts(x->out, m->text);
        }
    }
}

/* Remembers what the cell at hand shows for those merged with it. An amount that stood in each of them would be one a
 * row. */
static void keep_for_merged(sheet_reading *x, size_t from)
{
    for (size_t i = x->merge_from; i < x->merges && x->merge[i].first <= x->row; i++) {
        merged *m = &x->merge[i]; /* those of earlier rows are behind merge_from */
        if (m->column == x->column && x->is_summed[x->column]) {
            x->summed++;
        } else if (m->column == x->column && !m->text) {
            m->text = tsl__strndup(x->out->data + from, x->out->length - from);
            x->out->failed |= !m->text;
        }
    }
}

/* The names of columns stand above them. */
static void look_at_name(sheet_reading *x, size_t from)
{
    char *name = NULL;
    if (x->how.fill_merged && x->how.summed && x->row <= HEADER_ROWS && x->type != 'n' && !x->out->failed) {
        name = tsl__strndup(x->out->data + from, x->out->length - from);
        x->out->failed |= !name;
        x->is_summed[x->column] |= (char)(name && x->how.summed(x->how.of, name));
    }
    free(name);
}

/* ---- Cells --------------------------------------------------------------------------- */

static void put_shared(sheet_reading *x)
{
    const tsl__texts *t = &x->book->shared;
    size_t index = 0;
    for (size_t i = 0; i < x->value.length; i++) {
        const char c = x->value.data[i];
        if (!tsl__is_digit(c) || index >= t->count) {
            x->wrong = "a cell names a text that is not there";
            return;
        }
        index = 10 * index + (size_t)(c - '0');
    }
    if (index >= t->count) {
        x->wrong = "a cell names a text that is not there";
        return;
    }
    const size_t from = index ? t->end[index - 1] : 0;
    if (t->end[index] - from > MOST_CELL_BYTES) {
        x->wrong = too_long;
        return;
    }
    for (size_t i = from; i < t->end[index]; i++) {
        const char c = t->bytes.data[i];
        const char kept = c == TSL__PACKED_FIELD || c == TSL__PACKED_RECORD ? TSL__BAD_BYTE : c;
        tsl__text_append(x->out, &kept, 1);
    }
}

static void put_number(sheet_reading *x)
{
    const unsigned shows = x->style < x->book->styles ? x->book->shows[x->style] : 0;
    x->times += (shows & TSL__SHOWS_TIME) != 0;
    if (shows & TSL__SHOWS_TIME) {
        tsl__xlsx_put_time(x->out, x->value.data, x->value.length, shows, x->book->from_1904);
    } else {
        tsl__xlsx_put_number(x->out, x->value.data, x->value.length, shows);
    }
}

static void end_cell(sheet_reading *x)
{
    if (x->out->length > MOST_STEP_BYTES) {
        x->wrong = too_long;
        return;
    }
    x->empty_formulas += x->is_formula && x->value.length == 0;
    if (x->value.length == 0) {
        return;
    }
    go_to(x, x->column);
    const size_t from = x->out->length;
    switch (x->type) {
    case 's':
        put_shared(x);
        break;
    case 'b':
        tsl__text_puts(x->out, strcmp(x->value.data, "1") == 0 ? "true" : "false");
        break;
    case 'n':
        put_number(x);
        break;
    default:
        put_field(x, x->value.data, x->value.length);
    }
    keep_for_merged(x, from);
    look_at_name(x, from);
}

static void start_cell(sheet_reading *x, const char *const *attributes)
{
    const char *place = tsl__xml_get(attributes, "r"), *type = tsl__xml_get(attributes, "t"),
               *style = tsl__xml_get(attributes, "s");
    unsigned column = x->column + 1, row = x->row;
    if ((place && !read_place(place, &column, &row)) || row != x->row || column <= x->column || column > MOST_COLUMNS) {
        x->wrong = column > MOST_COLUMNS ? "it has more than 16,384 columns" : "its cells do not stand in order";
        return;
    }
    fill_up_to(x, column);
    x->column = column;
    x->type = !type ? 'n' : strcmp(type, "inlineStr") == 0 ? 'i' : strcmp(type, "str") == 0 ? 'x' : *type;
    x->style = 0;
    for (; style && tsl__is_digit(*style) && x->style < 1000000; style++) {
        x->style = 10 * x->style + (unsigned)(*style - '0');
    }
    x->is_formula = 0;
    tsl__text_clear(&x->value);
}

static void start_row(sheet_reading *x, const char *const *attributes)
{
    const char *place = tsl__xml_get(attributes, "r");
    unsigned row = place ? 0 : x->row + 1;
    for (; place && tsl__is_digit(*place) && row <= MOST_ROWS; place++) {
        row = 10 * row + (unsigned)(*place - '0');
    }
    if (row <= x->row || row > MOST_ROWS) {
        x->wrong = row > MOST_ROWS ? "it has more than 1,048,576 rows" : "its rows do not stand in order";
        return;
    }
    put_repeated(x->out, TSL__PACKED_RECORD, row - x->row - 1);
    const char *hidden = tsl__xml_get(attributes, "hidden");
    x->is_hidden = hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0);
    x->row = row;
    x->column = x->held = 0;
    x->field = 1;
    x->filled = 0;
    find_active(x);
}

static void start_of_sheet(void *user, const char *element, const char *const *attributes)
{
    sheet_reading *x = user;
    if (x->wrong) {
        return;
    }
    if (strcmp(element, "c") == 0) {
        start_cell(x, attributes);
    } else if (strcmp(element, "row") == 0) {
        start_row(x, attributes);
    } else if (strcmp(element, "v") == 0 || (strcmp(element, "t") == 0 && x->type == 'i' && !x->in_phonetic)) {
        x->in_value = 1;
    } else if (strcmp(element, "f") == 0) {
        x->is_formula = 1;
    } else if (strcmp(element, "rPh") == 0) {
        x->in_phonetic = 1;
    } else if (strcmp(element, "mergeCell") == 0) {
        unsigned column, first, last;
        const char *ref = tsl__xml_get(attributes, "ref");
        const char *behind = ref ? read_place(ref, &column, &first) : NULL;
        x->merges_seen += behind && *behind == ':' && read_place(behind + 1, &column, &last) && last > first;
    }
}

static void text_of_sheet(void *user, const char *text, size_t count)
{
    sheet_reading *x = user;
    if (x->in_value && !x->wrong) {
        tsl__text_append(&x->value, text, count);
        x->wrong = x->value.length > MOST_CELL_BYTES ? too_long : NULL;
    }
}

static void end_of_sheet(void *user, const char *element)
{
    sheet_reading *x = user;
    if (x->wrong) {
        return;
    }
    if (strcmp(element, "v") == 0 || strcmp(element, "t") == 0) {
        x->in_value = 0;
    } else if (strcmp(element, "c") == 0) {
        end_cell(x);
    } else if (strcmp(element, "row") == 0) {
        fill_up_to(x, MOST_COLUMNS + 1);
        put_repeated(x->out, TSL__PACKED_RECORD, 1);
        x->hidden_rows += x->is_hidden && x->held;
    } else if (strcmp(element, "rPh") == 0) {
        x->in_phonetic = 0;
    }
}

/* ---- Merged cells, which stand behind all others ------------------------------------------ */

static void start_of_merges(void *user, const char *element, const char *const *attributes)
{
    sheet_reading *x = user;
    merged m = {0};
    unsigned column;
    const char *ref = strcmp(element, "mergeCell") == 0 ? tsl__xml_get(attributes, "ref") : NULL;
    const char *behind = ref ? read_place(ref, &m.column, &m.first) : NULL;
    if (!behind || *behind != ':' || !read_place(behind + 1, &column, &m.last) || m.last <= m.first ||
        x->merges > MOST_MERGED) {
        return;
    }
    void *merge = x->merge;
    x->value.failed |= tsl__reserve(&merge, &x->merge_capacity, x->merges + 1, sizeof *x->merge);
    x->merge = merge;
    if (!x->value.failed) {
        x->merge[x->merges++] = m;
    }
}

static void no_end(void *user, const char *element)
{
    (void)user;
    (void)element;
}

static void no_text(void *user, const char *text, size_t count)
{
    (void)user;
    (void)text;
    (void)count;
}

static int compare_merged(const void *a, const void *b)
{
    const merged *m = a, *n = b;
    return m->first != n->first ? (m->first > n->first) - (m->first < n->first)
                                : (m->column > n->column) - (m->column < n->column);
}

static tsl_status find_merged(sheet_reading *x, const char *part, tsl_error *err)
{
    static const tsl__xml_reader merges = {start_of_merges, no_end, no_text};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__xml_read(x->book->archive, part, 0, &merges, x, err));
    TSL__NEED(!x->value.failed);
    TSL__TRY(x->merges > MOST_MERGED
                 ? tsl__error_set(err, TSL_E_FORMAT, "%s: the sheet has too many merged cells", x->how.name)
                 : TSL_OK);
    TSL__NEED(x->active = tsl__alloc(MOST_COLUMNS, sizeof(const merged *)));
    TSL__NEED(x->is_summed = tsl__alloc_zero(MOST_COLUMNS + 1, 1));
    if (x->merges) {
        qsort(x->merge, x->merges, sizeof *x->merge, compare_merged);
    }
done:
    return status;
}

/* ---- The translator -------------------------------------------------------------------------- */

static tsl_status read_file(const tsl__translation *how, char **bytes, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__input_read_all(how->input, MOST_BYTES, bytes, count, err));
    TSL__TRY(*count > MOST_BYTES
                 ? tsl__error_set(err, TSL_E_INPUT, "%s: the workbook is larger than 512 MiB; save the sheet as CSV",
                                  how->name)
                 : TSL_OK);
done:
    if (status != TSL_OK) {
        free(*bytes);
        *bytes = NULL;
    }
    return status;
}

/* Which of several sheets is read, where that was not said. */
static tsl_status note_sheets(sheet_reading *x, const tsl__sheet *sheet, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < x->book->sheets; i++) {
        const tsl__sheet *s = &x->book->sheet[i];
        if (s->part) {
            tsl__text_printf(&x->sheets, "%s%s%s", x->tables++ ? ", " : "", s->name, s->hidden ? " (hidden)" : "");
        }
    }
    TSL__NEED(!x->sheets.failed);
    if (!x->how.sheet && x->tables > 1) {
        TSL__TRY(tsl__found_add(x->how.notes, &(tsl__found){.kind = TSL_FINDING_SEVERAL_SHEETS, .count = x->tables},
                                "%s: the sheet \"%s\" is read, of %zu: %.*s (--sheet names another)", x->how.name,
                                sheet->name, x->tables, tsl__text_head(x->sheets.data, 200), x->sheets.data));
    }
    TSL__TRY(sheet->hidden ? tsl__notes_add(x->how.notes, "%s: the sheet \"%s\" is hidden in the workbook, and is read",
                                            x->how.name, sheet->name)
                           : TSL_OK);
done:
    return status;
}

static const char *get_sheets(const void *state)
{
    const sheet_reading *x = state;
    return x->tables > 1 ? x->sheets.data : NULL;
}

static void free_sheet(void *state)
{
    sheet_reading *x = state;
    if (!x) {
        return;
    }
    for (size_t i = 0; i < x->merges; i++) {
        free(x->merge[i].text);
    }
    free(x->merge);
    free(x->active);
    free(x->is_summed);
    tsl__text_free(&x->sheets);
    tsl__text_free(&x->value);
    tsl__xml_free(x->part);
    tsl__book_free(x->book);
    free(x);
}

static tsl_status open_sheet(const tsl__translation *how, void **state, tsl_error *err)
{
    static const tsl__xml_reader cells = {start_of_sheet, end_of_sheet, text_of_sheet};
    sheet_reading *x = NULL;
    const tsl__sheet *sheet;
    char *bytes;
    size_t count;
    tsl_status status = TSL_OK;
    *state = NULL;
    TSL__NEED(x = tsl__alloc_zero(1, sizeof *x));
    x->how = *how;
    TSL__TRY(read_file(how, &bytes, &count, err));
    TSL__TRY(tsl__book_open(bytes, count, how->name, &x->book, err));
    TSL__TRY(tsl__book_find(x->book, how->sheet, &sheet, err));
    TSL__TRY(note_sheets(x, sheet, err));
    TSL__TRY(how->fill_merged ? find_merged(x, sheet->part, err) : TSL_OK);
    TSL__TRY(tsl__xml_open(x->book->archive, sheet->part, 0, &cells, x, &x->part, err));
    *state = x;
    x = NULL;
done:
    free_sheet(x);
    return status;
}

static tsl_status say(const sheet_reading *x, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(
        x->merges_seen && !x->how.fill_merged
            ? tsl__found_add(x->how.notes, &(tsl__found){.kind = TSL_FINDING_MERGED_CELLS, .count = x->merges_seen},
                             "%s: %llu merged ranges run over several rows, of which the first alone holds the value "
                             "(--fill-merged yes fills the others)",
                             x->how.name, (unsigned long long)x->merges_seen)
            : TSL_OK);
    TSL__TRY(x->summed
                 ? tsl__found_add(x->how.notes, &(tsl__found){.kind = TSL_FINDING_MERGED_CELLS, .count = x->summed},
                                  "%s: %llu merged range%s not filled, as what is added up would count once a row: the "
                                  "first row alone holds the value, and it is missing in the others",
                                  x->how.name, (unsigned long long)x->summed, x->summed == 1 ? " is" : "s are")
                 : TSL_OK);
    TSL__TRY(x->empty_formulas
                 ? tsl__found_add(
                       x->how.notes, &(tsl__found){.kind = TSL_FINDING_EMPTY_FORMULAS, .count = x->empty_formulas},
                       "%s: %llu cell%s a formula without a value, and %s empty; open the workbook in a spreadsheet "
                       "program and save it",
                       x->how.name, (unsigned long long)x->empty_formulas, x->empty_formulas == 1 ? " holds" : "s hold",
                       x->empty_formulas == 1 ? "is" : "are")
                 : TSL_OK);
    TSL__TRY(
        x->hidden_rows
            ? tsl__found_add(x->how.notes, &(tsl__found){.kind = TSL_FINDING_READ_AS, .count = x->hidden_rows},
                             "%s: %llu row%s hidden in the workbook, by a filter perhaps, and %s read as the others",
                             x->how.name, (unsigned long long)x->hidden_rows, x->hidden_rows == 1 ? " is" : "s are",
                             x->hidden_rows == 1 ? "is" : "are")
            : TSL_OK);
    TSL__TRY(x->book->from_1904 && !x->times
                 ? tsl__notes_add(x->how.notes,
                                  "%s: the workbook counts its days from 1904, but no cell has the format of a date; "
                                  "numbers that are read as dates are counted from 1900, and four years early",
                                  x->how.name)
                 : TSL_OK);
done:
    return status;
}

static tsl_status step_sheet(void *state, tsl__text *out, int *ended, tsl_error *err)
{
    sheet_reading *x = state;
    tsl_status status = TSL_OK;
    x->out = out;
    TSL__TRY(tsl__xml_step(x->part, ended, err));
    TSL__NEED(!out->failed && !x->value.failed);
    TSL__TRY(x->wrong ? tsl__error_set(err, TSL_E_FORMAT, "%s:%u: the sheet cannot be read: %s", x->how.name, x->row,
                                       x->wrong)
                      : TSL_OK);
    TSL__TRY(*ended ? say(x, err) : TSL_OK);
done:
    return status;
}

const tsl__translator tsl__translate_xlsx = {.is_packed = 1,
                                             .pads = 1,
                                             .is_binary = 1,
                                             .first_line = 1,
                                             .open = open_sheet,
                                             .step = step_sheet,
                                             .get_sheets = get_sheets,
                                             .free = free_sheet};
