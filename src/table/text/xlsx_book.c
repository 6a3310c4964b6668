/* xlsx_book.c: the parts of a workbook that say what the cells of its sheets mean (ECMA-376, part 1, 18). */
#include "table/text/xlsx_book.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "table/text/xlsx_cell.h"

#define MOST_BYTES ((uint64_t)64 << 20)         /* of a part that is kept */
#define MOST_SHARED_BYTES ((uint64_t)512 << 20) /* of the shared texts with their marks */
#define WORKBOOK "xl/workbook.xml"

/* What one of the parts is read into. */
typedef struct reading_book {
    tsl__book *book;
    int failed;            /* out of memory */
    char *shared, *styles; /* parts, or NULL */
    int in_text, in_phonetic, in_cell_styles;
    tsl__text text;
    unsigned *format; /* numbers and what they show, in pairs */
    size_t formats, format_capacity;
} reading_book;

static void *grow(reading_book *r, void *block, size_t *capacity, size_t need, size_t size)
{
    r->failed |= tsl__reserve(&block, capacity, need, size) != 0;
    return block;
}

static void ignore_end(void *user, const char *element)
{
    (void)user;
    (void)element;
}

static void ignore_text(void *user, const char *text, size_t count)
{
    (void)user;
    (void)text;
    (void)count;
}

static int is_yes(const char *text)
{
    return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

/* ---- workbook.xml: the sheets --------------------------------------------------- */

static void start_of_workbook(void *user, const char *element, const char *const *attributes)
{
    reading_book *r = user;
    tsl__book *b = r->book;
    if (strcmp(element, "workbookPr") == 0) {
        b->from_1904 = is_yes(tsl__xml_get(attributes, "date1904"));
    }
    const char *name = tsl__xml_get(attributes, "name"), *id = tsl__xml_get(attributes, "id"),
               *state = tsl__xml_get(attributes, "state");
    if (r->failed || strcmp(element, "sheet") != 0 || !name || !id) {
        return;
    }
    b->sheet = grow(r, b->sheet, &b->sheet_capacity, b->sheets + 1, sizeof *b->sheet);
    if (r->failed) {
        return;
    }
    b->sheet[b->sheets] = (tsl__sheet){
        .name = tsl__strdup(name), .relation = tsl__strdup(id), .hidden = state && strcmp(state, "visible") != 0};
    r->failed = !b->sheet[b->sheets].name || !b->sheet[b->sheets].relation;
    b->sheets++;
}

/* ---- workbook.xml.rels: which part is what ---------------------------------------- */

/* The name of a part, by what the workbook calls it. */
static char *resolve(const char *target)
{
    if (*target == '/') {
        return tsl__strdup(target + 1);
    }
    if (strncmp(target, "../", 3) == 0) {
        return tsl__strdup(target + 3);
    }
    return tsl__format("xl/%s", target);
}

static int ends_with(const char *text, const char *end)
{
    const size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static void start_of_relations(void *user, const char *element, const char *const *attributes)
{
    reading_book *r = user;
    const char *id = tsl__xml_get(attributes, "Id"), *type = tsl__xml_get(attributes, "Type"),
               *target = tsl__xml_get(attributes, "Target");
    if (r->failed || strcmp(element, "Relationship") != 0 || !id || !type || !target) {
        return;
    }
    char **to = ends_with(type, "/sharedStrings") ? &r->shared : ends_with(type, "/styles") ? &r->styles : NULL;
    for (size_t i = 0; !to && ends_with(type, "/worksheet") && i < r->book->sheets; i++) {
        to = strcmp(r->book->sheet[i].relation, id) == 0 ? &r->book->sheet[i].part : NULL;
    }
    if (to && !*to) {
        *to = resolve(target);
        r->failed |= !*to;
    }
}

/* ---- styles.xml: which are dates --------------------------------------------------- */

static unsigned find_format(const reading_book *r, unsigned id)
{
    for (size_t i = 0; i < r->formats; i++) {
        if (r->format[2 * i] == id) {
            return r->format[2 * i + 1];
        }
    }
    return tsl__xlsx_format_of_id(id);
}

static unsigned read_id(const char *text)
{
    unsigned id = 0;
    for (; text && tsl__is_digit(*text) && id < 100000000; text++) {
        id = 10 * id + (unsigned)(*text - '0');
    }
    return id;
}

static void start_of_styles(void *user, const char *element, const char *const *attributes)
{
    reading_book *r = user;
    tsl__book *b = r->book;
    const unsigned id = read_id(tsl__xml_get(attributes, "numFmtId"));
    const char *code = tsl__xml_get(attributes, "formatCode");
    r->in_cell_styles |= strcmp(element, "cellXfs") == 0;
    if (strcmp(element, "numFmt") == 0 && code) {
        r->format = grow(r, r->format, &r->format_capacity, 2 * r->formats + 2, sizeof *r->format);
        if (!r->failed) {
            r->format[2 * r->formats] = id;
            r->format[2 * r->formats++ + 1] = tsl__xlsx_format_of_code(code);
        }
    }
    if (strcmp(element, "xf") == 0 && r->in_cell_styles) {
        b->shows = grow(r, b->shows, &b->style_capacity, b->styles + 1, sizeof *b->shows);
        if (!r->failed) {
            b->shows[b->styles++] = (unsigned short)find_format(r, id);
        }
    }
}

static void end_of_styles(void *user, const char *element)
{
    reading_book *r = user;
    r->in_cell_styles &= strcmp(element, "cellXfs") != 0;
}

/* ---- sharedStrings.xml -------------------------------------------------------------- */

static int read_hex(const char *s, unsigned *value)
{
    *value = 0;
    for (int i = 0; i < 4; i++) {
        const char c = tsl__lower(s[i]);
        if (!tsl__is_digit(c) && (c < 'a' || c > 'f')) {
            return -1;
        }
        *value = *value << 4 | (unsigned)(tsl__is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return 0;
}

void tsl__xlsx_put_text(tsl__text *out, const char *s, size_t n)
{
    const char *const end = s + n;
    while (s < end) {
        const char *mark = memchr(s, '_', (size_t)(end - s));
        const char *stop = mark ? mark : end;
        unsigned c;
        tsl__text_append(out, s, (size_t)(stop - s));
        s = stop;
        if (!mark) {
            break;
        }
        if (end - s >= 7 && s[1] == 'x' && s[6] == '_' && read_hex(s + 2, &c) == 0 && c < 0x80) {
            const char one = (char)c;
            tsl__text_append(out, &one, 1);
            s += 7;
        } else {
            tsl__text_append(out, s++, 1);
        }
    }
}

static void start_of_shared(void *user, const char *element, const char *const *attributes)
{
    reading_book *r = user;
    (void)attributes;
    if (strcmp(element, "si") == 0) {
        tsl__text_clear(&r->text);
    }
    r->in_phonetic |= strcmp(element, "rPh") == 0;
    r->in_text |= strcmp(element, "t") == 0 && !r->in_phonetic;
}

static void text_of_shared(void *user, const char *text, size_t count)
{
    reading_book *r = user;
    if (r->in_text) {
        tsl__text_append(&r->text, text, count);
    }
}

static void end_of_shared(void *user, const char *element)
{
    reading_book *r = user;
    tsl__texts *t = &r->book->shared;
    r->in_phonetic &= strcmp(element, "rPh") != 0;
    r->in_text &= strcmp(element, "t") != 0;
    if (strcmp(element, "si") != 0 || r->failed) {
        return;
    }
    tsl__xlsx_put_text(&t->bytes, r->text.data ? r->text.data : "", r->text.length);
    t->end = grow(r, t->end, &t->capacity, t->count + 1, sizeof *t->end);
    r->failed |= t->bytes.failed || r->text.failed;
    if (!r->failed) {
        t->end[t->count++] = t->bytes.length;
    }
}

/* ---- All of it ------------------------------------------------------------------------ */

/* What the archive is where it is no workbook. */
static tsl_status fail_kind(const tsl__archive *a, tsl_error *err)
{
    static const struct {
        const char *part, *what;
    } kinds[] = {{"xl/workbook.bin", "is a binary Excel workbook (.xlsb); save it as .xlsx or the sheet as CSV"},
                 {"content.xml", "is an OpenDocument file; save the sheet as .xlsx or CSV"},
                 {"word/document.xml", "is a Word document; a table is expected"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (tsl__archive_has(a, kinds[i].part)) {
            return tsl__error_set(err, TSL_E_FORMAT, "%s: %s", tsl__archive_get_name(a), kinds[i].what);
        }
    }
    return tsl__error_set(err, TSL_E_FORMAT, "%s: is a ZIP archive without an Excel workbook in it; unpack it first",
                          tsl__archive_get_name(a));
}

static tsl_status read_parts(reading_book *r, tsl_error *err)
{
    static const tsl__xml_reader workbook = {start_of_workbook, ignore_end, ignore_text},
                                 relations = {start_of_relations, ignore_end, ignore_text},
                                 styles = {start_of_styles, end_of_styles, ignore_text},
                                 shared = {start_of_shared, end_of_shared, text_of_shared};
    tsl__archive *a = r->book->archive;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__archive_has(a, WORKBOOK) ? TSL_OK : fail_kind(a, err));
    TSL__TRY(tsl__xml_read(a, WORKBOOK, MOST_BYTES, &workbook, r, err));
    TSL__TRY(tsl__xml_read(a, "xl/_rels/workbook.xml.rels", MOST_BYTES, &relations, r, err));
    TSL__NEED(!r->failed);
    TSL__TRY(r->styles ? tsl__xml_read(a, r->styles, MOST_BYTES, &styles, r, err) : TSL_OK);
    TSL__TRY(r->shared ? tsl__xml_read(a, r->shared, MOST_SHARED_BYTES, &shared, r, err) : TSL_OK);
    TSL__NEED(!r->failed);
done:
    return status;
}

tsl_status tsl__book_open(char *bytes, size_t count, const char *name, tsl__book **out, tsl_error *err)
{
    reading_book r = {.book = tsl__alloc_zero(1, sizeof *r.book)};
    tsl_status status = TSL_OK;
    *out = NULL;
    if (!r.book) {
        free(bytes);
        return tsl__error_nomem(err);
    }
    TSL__TRY(tsl__archive_open(bytes, count, name, &r.book->archive, err));
    TSL__TRY(read_parts(&r, err));
    *out = r.book;
    r.book = NULL;
done:
    tsl__book_free(r.book);
    tsl__text_free(&r.text);
    free(r.shared);
    free(r.styles);
    free(r.format);
    return status;
}

void tsl__book_free(tsl__book *b)
{
    if (!b) {
        return;
    }
    for (size_t i = 0; i < b->sheets; i++) {
        free(b->sheet[i].name);
        free(b->sheet[i].part);
        free(b->sheet[i].relation);
    }
    free(b->sheet);
    free(b->shows);
    tsl__text_free(&b->shared.bytes);
    free(b->shared.end);
    tsl__archive_free(b->archive);
    free(b);
}

tsl_status tsl__book_find(const tsl__book *b, const char *name, const tsl__sheet **out, tsl_error *err)
{
    tsl__text names = {0};
    tsl_status status = TSL_OK;
    *out = NULL;
    for (size_t i = 0; !*out && i < b->sheets; i++) {
        const tsl__sheet *s = &b->sheet[i];
        *out = s->part && (name ? strcmp(s->name, name) == 0 : !s->hidden) ? s : NULL;
        tsl__text_printf(&names, "%s%s", names.length ? ", " : "", s->name);
    }
    if (!*out && name) {
        TSL__NEED(!names.failed);
        TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "%s: has no sheet \"%s\"; its sheets are %.*s",
                                tsl__archive_get_name(b->archive), name,
                                tsl__text_head(names.data ? names.data : "", 300), names.data ? names.data : ""));
    }
    TSL__TRY(*out ? TSL_OK
                  : tsl__error_set(err, TSL_E_INPUT, "%s: has no sheet that can be seen",
                                   tsl__archive_get_name(b->archive)));
done:
    tsl__text_free(&names);
    return status;
}
