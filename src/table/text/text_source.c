/* text_source.c: finds out what the bytes of a source are, and has them translated where they are no UTF-8. */
#include "table/text/text_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/text/blanks.h"
#include "table/text/encoding.h"
#include "table/text/translator.h"

#define HEAD_BYTES ((size_t)64 << 10)    /* tell what a file is */
#define WIDE_HEAD 1024                   /* characters of UTF-16 tell whether it is JSON */
#define MOST_BLANK ((size_t)16 << 20)    /* bytes of empty lines that may stand before what tells it */
#define ALIGNED_BYTES ((size_t)64 << 10) /* packed at a time */
#define JUDGED_BYTES ((size_t)256 << 10) /* from the first that is no ASCII on, tell its encoding */

/* Text that was made. */
typedef struct flow {
    tsl__text out;
    size_t taken; /* so much of it was read */
    int ended;    /* nothing comes behind it */
} flow;

struct tsl__text_source {
    tsl__input input;
    char *file;                        /* of FILE.h5:/group, or NULL */
    const tsl__translator *translator; /* NULL: the bytes are the text */
    void *state;
    flow translated;
    int blank;   /* 1: the text is divided by blanks, */
    int unnamed; /* 1: and its header lacks the first name */
    tsl__blanks blanks;
    char *aligned; /* such text, and room to pack it */
    flow packed;   /* and what it packs to */

    tsl_encoding encoding; /* TSL_ENCODING_AUTO: all was ASCII so far */
    int mark;
    char last; /* byte of what was read while all was ASCII */
    tsl__text_options opt;
    tsl_notes *notes;
};

/* ---- What is it? ------------------------------------------------------------- */

static tsl_status check_magic(const char *name, const char *bytes, size_t n, tsl_error *err)
{
    static const struct {
        const char *magic;
        size_t count;
        const char *what;
    } foreign[] = {
        {"\xFF\xFE\0\0", 4, "is UTF-32 text; save it as UTF-8"},
        {"\0\0\xFE\xFF", 4, "is UTF-32 text; save it as UTF-8"},
        {"\xD0\xCF\x11\xE0", 4, "is an Excel workbook of the old form, or an encrypted one; save it as .xlsx or CSV"},
        {"PAR1", 4, "is a Parquet file; export it as CSV"},
        {"ARROW1\0\0", 8, "is an Arrow file (Feather); export it as CSV"},
        {"FEA1", 4, "is a Feather file; export it as CSV"},
        {"BZh", 3, "is compressed with bzip2; gzip, zstd and xz can be read"},
        {"\x93NUMPY", 6,
         "is an array of NumPy; tesela cluster and assign read arrays of numbers, others are to be saved as CSV"},
    };
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (n >= foreign[i].count && memcmp(bytes, foreign[i].magic, foreign[i].count) == 0) {
            return tsl__error_set(err, TSL_E_FORMAT, "%s: %s", name, foreign[i].what);
        }
    }
    return TSL_OK;
}

static const char *skip_any(const char *s, const char *end, const char *any, size_t count)
{
    while (s < end && memchr(any, *s, count)) {
        s++;
    }
    return s;
}

/* A page of HTML, as some shops and banks name .xls. */
static tsl_status check_html(const char *name, const char *bytes, size_t n, tsl_error *err)
{
    static const char *const tags[] = {"<!DOCTYPE HTML", "<HTML", "<HEAD", "<META", "<STYLE", "<BODY", "<TABLE"};
    const char *const end = bytes + n, *const s = skip_any(bytes, end, " \t\r\n", 4);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        const size_t count = strlen(tags[i]);
        if ((size_t)(end - s) > count && strncasecmp(s, tags[i], count) == 0 && s[count] &&
            strchr(" \t\r\n>", s[count])) {
            return tsl__error_set(
                err, TSL_E_FORMAT,
                "%s: is a page of HTML, whatever its name; open it in a spreadsheet program and save it "
                "as .xlsx or CSV",
                name);
        }
    }
    return TSL_OK;
}

/* NUL bytes in most of the lines: no text. Elsewhere they spoil their row alone. */
static tsl_status check_nuls(const char *name, const char *bytes, size_t n, tsl_error *err)
{
    size_t with = 0, without = 0;
    for (size_t i = 0, end; i < n; i = end + 1) {
        for (end = i; end < n && bytes[end] != '\n' && bytes[end] != '\r';) {
            end++;
        }
        const int has = memchr(bytes + i, 0, end - i) != NULL;
        with += (size_t)has;
        without += !has && end > i;
    }
    return with > without
               ? tsl__error_set(err, TSL_E_FORMAT,
                                "%s: holds NUL bytes throughout; it is no text file, or UTF-16 (--encoding utf-16le or "
                                "utf-16be)",
                                name)
               : TSL_OK;
}

static tsl_status translate(tsl__text_source *t, const tsl__translator *translator, tsl_error *err)
{
    const tsl__translation how = {.input = &t->input,
                                  .name = tsl__source_get_name(t->input.source),
                                  .encoding = t->encoding,
                                  .sheet = t->opt.sheet,
                                  .fill_merged = t->opt.fill_merged,
                                  .summed = t->opt.summed,
                                  .of = t->opt.of,
                                  .notes = t->notes};
    t->translator = translator;
    return translator->open(&how, &t->state, err);
}

static tsl_status set_encoding(tsl__text_source *t, tsl_encoding encoding, tsl_error *err)
{
    t->encoding = encoding;
    return encoding == TSL_ENCODING_AUTO || encoding == TSL_ENCODING_UTF8 ? TSL_OK
                                                                          : translate(t, &tsl__translate_encoding, err);
}

static tsl_status note_encoding(const tsl__text_source *t, tsl_error *err)
{
    return t->encoding > TSL_ENCODING_UTF8
               ? tsl__notes_add(t->notes,
                                "%s is no UTF-8; it is read as %s, by what its bytes are (--encoding says otherwise)",
                                tsl__source_get_name(t->input.source), tsl_encoding_get_name(t->encoding))
               : TSL_OK;
}

typedef enum json_kind { NO_JSON, JSON_LINES, JSON_OTHER } json_kind;

/* What begins with {"key": is JSON: an object a line, unless a list begins before or the line ends behind the {. */
static json_kind find_json(const char *s, size_t n)
{
    const char *const end = s + n;
    s = skip_any(s, end, " \t\r\n", 4);
    const int listed = s < end && *s == '[';
    s = listed ? skip_any(s + 1, end, " \t\r\n", 4) : s;
    if (s == end || *s++ != '{') {
        return NO_JSON;
    }
    const char *const open = s;
    s = skip_any(s, end, " \t\r\n", 4);
    const int broken = memchr(open, '\n', (size_t)(s - open)) != NULL;
    if (s == end || *s++ != '"') {
        return NO_JSON;
    }
    while (s < end && *s != '"' && *s != '\n') {
        s += *s == '\\' ? 2 : 1;
    }
    s = s < end ? skip_any(s + 1, end, " \t", 2) : end;
    return s == end || *s != ':' ? NO_JSON : listed || broken ? JSON_OTHER : JSON_LINES;
}

/* Of UTF-16, as the ASCII of its first characters says. */
static json_kind find_wide_json(const char *s, size_t n, tsl_encoding encoding)
{
    char text[WIDE_HEAD];
    const size_t low = encoding == TSL_ENCODING_UTF16BE;
    size_t count = 0;
    for (size_t i = 0; i + 1 < n && count < sizeof text; i += 2) {
        text[count++] = (char)(s[i + 1 - low] ? '?' : s[i + low]);
    }
    return find_json(text, count);
}

static tsl_status recognise_json(tsl__text_source *t, const char *head, size_t n, tsl_encoding encoding, tsl_error *err)
{
    const int wide = encoding == TSL_ENCODING_UTF16LE || encoding == TSL_ENCODING_UTF16BE;
    const json_kind kind = wide                            ? find_wide_json(head, n, encoding)
                           : encoding <= TSL_ENCODING_UTF8 ? find_json(head, n)
                                                           : NO_JSON;
    if (wide && kind != NO_JSON) {
        return tsl__error_set(err, TSL_E_FORMAT, "%s: is JSON in %s; JSON Lines are read as UTF-8 alone, save it so",
                              tsl__source_get_name(t->input.source), tsl_encoding_get_name(encoding));
    }
    if (kind == JSON_OTHER) {
        return tsl__error_set(err, TSL_E_FORMAT,
                              "%s: is JSON, but not JSON Lines, an object on each line (jq -c writes these)",
                              tsl__source_get_name(t->input.source));
    }
    if (kind == NO_JSON) {
        return TSL_OK;
    }
    t->encoding = TSL_ENCODING_UTF8;
    return translate(t, &tsl__translate_json_lines, err);
}

/* Of text that begins so in UTF-8. */
static tsl_status recognise_blanks(tsl__text_source *t, const char *head, size_t n, tsl_error *err)
{
    t->blank = t->opt.delimiter == ' ' || (!t->opt.delimiter && tsl__blanks_find(head, n, n < HEAD_BYTES, &t->unnamed));
    return t->blank && !t->opt.delimiter
               ? tsl__notes_add(t->notes, "%s: its fields are divided by blanks (--delimiter says otherwise)",
                                tsl__source_get_name(t->input.source))
               : TSL_OK;
}

/* A text begins so; it is put back but for a byte order mark. */
static tsl_status look_at_text(tsl__text_source *t, const char *head, size_t n, tsl_error *err)
{
    const tsl_encoding declared = t->opt.encoding;
    size_t mark;
    tsl_encoding found = tsl__encoding_of_mark(head, n, &mark);
    tsl_status status = TSL_OK;
    t->mark = mark > 0;
    found = found == TSL_ENCODING_AUTO ? declared : found;
    if (found == TSL_ENCODING_AUTO) {
        found = tsl__encoding_of_zeros(head, n);
        TSL__TRY(found == TSL_ENCODING_AUTO ? check_nuls(tsl__source_get_name(t->input.source), head, n, err) : TSL_OK);
    }
    TSL__TRY(check_html(tsl__source_get_name(t->input.source), head + mark, n - mark, err));
    TSL__TRY(tsl__input_put_back(&t->input, head + mark, n - mark, err));
    TSL__TRY(recognise_json(t, head + mark, n - mark, found, err));
    TSL__TRY(t->translator ? TSL_OK : recognise_blanks(t, head + mark, n - mark, err));
    TSL__TRY(t->translator ? TSL_OK : set_encoding(t, found, err));
    TSL__TRY(declared == TSL_ENCODING_AUTO && !mark ? note_encoding(t, err) : TSL_OK);
done:
    return status;
}

/* What holds tables as no text. */
static const struct {
    const char *magic;
    size_t count;
    const tsl__translator *translator;
} binaries[] = {{"PK\x03\x04", 4, &tsl__translate_xlsx}, {"\x89HDF\r\n\x1a\n", 8, &tsl__translate_hdf5}};

static tsl_status open_binary(tsl__text_source *t, const tsl__translator *translator, const char *head, size_t n,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__input_put_back(&t->input, head, n, err));
    TSL__TRY(translate(t, translator, err));
done:
    return status;
}

/* The first bytes; of a file that begins with many empty lines, so many that something stands behind them. */
static tsl_status read_head(tsl__text_source *t, char **head, size_t *n, tsl_error *err)
{
    size_t more, size = HEAD_BYTES;
    tsl_status status = TSL_OK;
    TSL__NEED(*head = tsl__alloc(size, 1));
    TSL__TRY(tsl__input_read(&t->input, *head, size, n, err));
    while (*n == size && size < MOST_BLANK && skip_any(*head, *head + size, " \t\r\n", 4) == *head + size) {
        char *grown = tsl__realloc(*head, size *= 2, 1);
        TSL__NEED(grown);
        *head = grown;
        TSL__TRY(tsl__input_read(&t->input, *head + *n, size - *n, &more, err));
        *n += more;
    }
done:
    return status;
}

static tsl_status look_at_head(tsl__text_source *t, tsl_error *err)
{
    size_t n;
    char *head = NULL;
    const tsl__translator *translator = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(read_head(t, &head, &n, err));
    TSL__TRY(check_magic(tsl__source_get_name(t->input.source), head, n, err));
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++) {
        const int is_it = n >= binaries[i].count && memcmp(head, binaries[i].magic, binaries[i].count) == 0;
        translator = is_it ? binaries[i].translator : translator;
    }
    if (t->file && translator != &tsl__translate_hdf5) {
        TSL__TRY(tsl__error_set(err, TSL_E_NOT_FOUND, "%s: is no HDF5 file, so that there is no %s in it", t->file,
                                t->opt.sheet));
    }
    if (!translator && t->opt.sheet) {
        TSL__TRY(tsl__notes_add(t->notes, "%s: is no workbook and no HDF5 file, so that --sheet is not used",
                                tsl__source_get_name(t->input.source)));
    }
    TSL__TRY(translator ? open_binary(t, translator, head, n, err) : look_at_text(t, head, n, err));
done:
    free(head);
    return status;
}

/* ---- The first byte that is no ASCII ---------------------------------------------- */

static size_t find_other(const char *s, size_t n)
{
    size_t i = 0;
    for (; i + 64 <= n; i += 64) {
        char any = 0;
        for (size_t k = 0; k < 64; k++) {
            any |= s[i + k];
        }
        if (any < 0) {
            break;
        }
    }
    while (i < n && s[i] >= 0) {
        i++;
    }
    return i;
}

static tsl_status fail_uncertain(const tsl__text_source *t, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_INPUT, "%s: is not UTF-8; say --encoding gb18030 or --encoding windows-1252",
                          tsl__source_get_name(t->input.source));
}

/* The encoding of `n` bytes, which are what JUDGED_BYTES of the source begin with; what was read behind them for
 * that is put back. */
static tsl_status judge(tsl__text_source *t, const char *s, size_t n, tsl__encoding_found *found, tsl_error *err)
{
    size_t more = 0;
    char *all = NULL;
    tsl_status status = TSL_OK;
    if (n >= JUDGED_BYTES) {
        *found = tsl__encoding_judge(s, JUDGED_BYTES, t->last, 0);
        return TSL_OK;
    }
    TSL__NEED(all = tsl__alloc(JUDGED_BYTES, 1));
    memcpy(all, s, n);
    TSL__TRY(tsl__input_read(&t->input, all + n, JUDGED_BYTES - n, &more, err));
    *found = tsl__encoding_judge(all, n + more, t->last, n + more < JUDGED_BYTES);
    TSL__TRY(more ? tsl__input_put_back(&t->input, all + n, more, err) : TSL_OK);
done:
    free(all);
    return status;
}

/* Looks through bytes that were read while all was ASCII; *got becomes what stands, the rest is to be translated. */
static tsl_status look_through(tsl__text_source *t, const char *s, size_t *got, tsl_error *err)
{
    const size_t at = find_other(s, *got), left = *got - at;
    tsl__encoding_found found;
    tsl_status status = TSL_OK;
    t->last = at ? s[at - 1] : t->last;
    if (left == 0) {
        return TSL_OK;
    }
    TSL__TRY(judge(t, s + at, left, &found, err));
    TSL__TRY(found.encoding == TSL_ENCODING_AUTO ? fail_uncertain(t, err) : TSL_OK);
    if (found.encoding != TSL_ENCODING_UTF8) {
        TSL__TRY(tsl__input_put_back(&t->input, s + at, left, err));
        *got = at;
    }
    TSL__TRY(found.mixed ? tsl__found_add(t->notes,
                                          &(tsl__found){.kind = TSL_FINDING_MIXED_ENCODING,
                                                        .example = {{.file = tsl__source_get_name(t->input.source)}}},
                                          "%s is not UTF-8 throughout; --encoding says what else it may be",
                                          tsl__source_get_name(t->input.source))
                         : TSL_OK);
    TSL__TRY(set_encoding(t, found.encoding, err));
    TSL__TRY(note_encoding(t, err));
done:
    return status;
}

/* ---- Reading -------------------------------------------------------------------------- */

typedef tsl_status maker(tsl__text_source *t, tsl__text *out, int *ended, tsl_error *err);

/* Reads what a maker makes. */
static tsl_status read_made(tsl__text_source *t, flow *f, maker *make, char *buffer, size_t size, size_t *got,
                            tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (*got = 0; *got < size;) {
        const size_t left = f->out.length - f->taken, some = left < size - *got ? left : size - *got;
        if (some) {
            memcpy(buffer + *got, f->out.data + f->taken, some);
            f->taken += some;
            *got += some;
            continue;
        }
        if (f->ended) {
            break;
        }
        tsl__text_clear(&f->out);
        f->taken = 0;
        TSL__TRY(make(t, &f->out, &f->ended, err));
    }
done:
    return status;
}

static tsl_status make_translated(tsl__text_source *t, tsl__text *out, int *ended, tsl_error *err)
{
    return t->translator->step(t->state, out, ended, err);
}

static tsl_status read_translated(tsl__text_source *t, char *buffer, size_t size, size_t *got, tsl_error *err)
{
    return read_made(t, &t->translated, make_translated, buffer, size, got, err);
}

static tsl_status read_text(tsl__text_source *t, char *buffer, size_t size, size_t *got, tsl_error *err)
{
    size_t more;
    tsl_status status = TSL_OK;
    if (t->translator) {
        return read_translated(t, buffer, size, got, err);
    }
    TSL__TRY(tsl__input_read(&t->input, buffer, size, got, err));
    if (t->encoding == TSL_ENCODING_AUTO) {
        TSL__TRY(look_through(t, buffer, got, err));
        if (t->translator) {
            TSL__TRY(read_translated(t, buffer + *got, size - *got, &more, err));
            *got += more;
        }
    }
done:
    return status;
}

static tsl_status make_packed(tsl__text_source *t, tsl__text *out, int *ended, tsl_error *err)
{
    const char unnamed = TSL__PACKED_FIELD;
    size_t some;
    tsl_status status = TSL_OK;
    TSL__NEED(t->aligned || (t->aligned = tsl__alloc(3 * ALIGNED_BYTES, 1)));
    TSL__TRY(read_text(t, t->aligned, ALIGNED_BYTES, &some, err));
    *ended = some < ALIGNED_BYTES;
    tsl__text_append(out, &unnamed, (size_t)t->unnamed);
    t->unnamed = 0;
    char *const packed = t->aligned + ALIGNED_BYTES;
    tsl__text_append(out, packed, tsl__blanks_pack(&t->blanks, t->aligned, some, packed));
    TSL__NEED(!out->failed);
done:
    return status;
}

tsl_status tsl__text_source_read(tsl__text_source *t, char *buffer, size_t size, size_t *got, tsl_error *err)
{
    return t->blank ? read_made(t, &t->packed, make_packed, buffer, size, got, err)
                    : read_text(t, buffer, size, got, err);
}

/* ---- Open, close, ask ------------------------------------------------------------------ */

tsl_status tsl__text_source_open(const tsl_source *from, const tsl__text_options *opt, tsl_notes *notes,
                                 tsl__text_source **out, tsl_error *err)
{
    tsl__text_source *t = NULL;
    tsl_source whole = *from;
    const char *inside = from->bytes ? NULL : tsl__source_find_inside(from); /* of bytes the path is but a name */
    tsl_status status = TSL_OK;
    *out = NULL;
    TSL__NEED(t = tsl__alloc_zero(1, sizeof *t));
    t->last = '\n';
    t->opt = *opt;
    t->notes = notes;
    if (inside) {
        TSL__NEED(whole.path = t->file = tsl__strndup(from->path, (size_t)(inside - from->path)));
        t->opt.sheet = inside + 1;
    }
    TSL__TRY(tsl__source_open(&whole, !t->opt.unhashed, &t->input.source, err));
    TSL__TRY(look_at_head(t, err));
    *out = t;
    t = NULL;
done:
    tsl__text_source_free(t);
    return status;
}

void tsl__text_source_free(tsl__text_source *t)
{
    if (!t) {
        return;
    }
    if (t->translator) {
        t->translator->free(t->state);
    }
    tsl__source_free(t->input.source);
    free(t->input.ahead);
    tsl__text_free(&t->translated.out);
    tsl__text_free(&t->packed.out);
    free(t->aligned);
    free(t->file);
    free(t);
}

const tsl__source *tsl__text_source_get_source(const tsl__text_source *t)
{
    return t->input.source;
}

int tsl__text_source_is_packed(const tsl__text_source *t)
{
    return t->blank || (t->translator && t->translator->is_packed);
}

int tsl__text_source_is_blank(const tsl__text_source *t)
{
    return t->blank;
}

int tsl__text_source_pads(const tsl__text_source *t)
{
    return t->translator && t->translator->pads;
}

const char *tsl__text_source_get_sheets(const tsl__text_source *t)
{
    return t->translator && t->translator->get_sheets ? t->translator->get_sheets(t->state) : NULL;
}

int tsl__text_source_get_first_line(const tsl__text_source *t)
{
    return t->translator ? t->translator->first_line : 1;
}

tsl_status tsl__text_source_get_info(tsl__text_source *t, tsl_file_info *info, tsl_error *err)
{
    const int is_binary = t->translator && t->translator->is_binary;
    const tsl_encoding encoding = t->encoding == TSL_ENCODING_AUTO ? TSL_ENCODING_UTF8 : t->encoding;
    info->encoding = is_binary ? NULL : tsl_encoding_get_name(encoding);
    info->bom = t->mark;
    return tsl__source_get_info(t->input.source, info, err);
}
