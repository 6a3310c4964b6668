/* decimal_mark.c: gathers what the numbers of a column show, and decides how they are read. */
#include "table/cell/decimal_mark.h"

#include <tesela/table.h>

#include <string.h>

#include "base/error.h"
#include "base/notes.h"
#include "table/cell/currency.h"

typedef unsigned long long ull;

#define WAY "say which is right by --decimal point or --decimal comma (decimal: in the configuration)"

/* ---- Gathering --------------------------------------------------------- */

/* A cell, and the rows that it stands in, the first of which is this one. */
typedef struct seen {
    tsl__span cell;
    uint64_t rows;
    const char *file;
    uint64_t line;
} seen;

static inline void count_cell(tsl__mark_cells *cells, const seen *s)
{
    if (cells->count == 0) {
        cells->file = s->file;
        cells->line = s->line;
        tsl__span_show(s->cell, cells->text, sizeof cells->text);
    }
    cells->count += s->rows;
}

static void join_cells(tsl__mark_cells *a, const tsl__mark_cells *b, uint64_t lines)
{
    const uint64_t count = a->count + b->count;
    if (!a->count && b->count) {
        *a = *b;
        a->line += lines;
    }
    a->count = count;
}

static void add_text(tsl__mark_text *t, tsl__span text, const seen *s)
{
    if (!t->cells.count) {
        t->differ = text.n > sizeof t->bytes;
        t->length = t->differ ? 0 : text.n;
        memcpy(t->bytes, text.s, t->length);
    } else if (text.n != t->length || memcmp(text.s, t->bytes, text.n) != 0) {
        t->differ = 1;
    }
    count_cell(&t->cells, s);
}

static void join_text(tsl__mark_text *a, const tsl__mark_text *b, uint64_t lines)
{
    if (!a->cells.count) {
        a->differ = b->differ;
        a->length = b->length;
        memcpy(a->bytes, b->bytes, sizeof a->bytes);
    } else if (b->cells.count) {
        a->differ |= b->differ || a->length != b->length || memcmp(a->bytes, b->bytes, a->length) != 0;
    }
    join_cells(&a->cells, &b->cells, lines);
}

/* The place of a currency among those seen, added where there is room; NULL where there is none. */
static tsl__mark_cells *find_currency(tsl__mark_evidence *e, int currency)
{
    for (int i = 0; i < e->currencies; i++) {
        if (e->currency[i] == currency) {
            return &e->priced[i];
        }
    }
    if (e->currencies == TSL__MARK_CURRENCIES) {
        return NULL;
    }
    e->currency[e->currencies] = currency;
    return &e->priced[e->currencies++];
}

static void add_decoration(tsl__mark_evidence *e, const tsl__figure *f, const seen *s)
{
    tsl__mark_cells *priced = f->currency ? find_currency(e, f->currency) : NULL;
    if (priced && !priced->count) { /* the first alone: more than have room would be counted by how the rows are cut */
        count_cell(priced, s);
    }
    if (f->percent) {
        count_cell(&e->percent, s);
    }
    if (f->scale) {
        e->scale = e->scaled.count ? e->scale : f->scale;
        count_cell(&e->scaled, s);
        if (f->scale != e->scale && !e->rescaled.count) { /* the first alone */
            count_cell(&e->rescaled, s);
            e->rescaled.count = 1;
        }
    }
    if (f->suffix.n) {
        add_text(&e->suffix, f->suffix, s);
    }
}

void tsl__mark_add_rows(tsl__mark_evidence *e, tsl__span cell, const tsl__figure *f, uint64_t rows, const char *file,
                        uint64_t line)
{
    const seen s = {cell, rows, file, line};
    if (!f) {
        add_text(&e->other, cell, &s);
        return;
    }
    e->count += rows;
    if (f->currency || f->percent || f->scale || f->suffix.n) {
        add_decoration(e, f, &s);
    } else {
        count_cell(&e->unmarked, &s);
    }
    tsl__mark_proof *proof = f->suffix.n ? &e->suffixed : &e->bare;
    if (f->proven != TSL__MARK_NONE) {
        count_cell(f->proven == TSL__MARK_POINT ? &proof->point : &proof->comma, &s);
    } else if (f->open != TSL__MARK_NONE) {
        count_cell(&proof->open, &s);
        count_cell(f->open == TSL__MARK_COMMA ? &proof->open_comma : &proof->open_point, &s);
    }
}

void tsl__mark_add(tsl__mark_evidence *e, tsl__span cell, const tsl__figure *f, const char *file, uint64_t line)
{
    tsl__mark_add_rows(e, cell, f, 1, file, line);
}

static void join_proof(tsl__mark_proof *a, const tsl__mark_proof *b, uint64_t lines)
{
    join_cells(&a->point, &b->point, lines);
    join_cells(&a->comma, &b->comma, lines);
    join_cells(&a->open, &b->open, lines);
    join_cells(&a->open_comma, &b->open_comma, lines);
    join_cells(&a->open_point, &b->open_point, lines);
}

/* Of those with another scale the first alone: how many there are is told by how the rows are cut. */
static void join_scales(tsl__mark_evidence *e, const tsl__mark_evidence *behind, uint64_t lines)
{
    const tsl__mark_cells *other = e->scaled.count && behind->scale != e->scale ? &behind->scaled : &behind->rescaled;
    if (!e->rescaled.count) {
        join_cells(&e->rescaled, other, lines);
        e->rescaled.count = other->count > 0;
    }
    e->scale = e->scaled.count ? e->scale : behind->scale;
    join_cells(&e->scaled, &behind->scaled, lines);
}

void tsl__mark_join(tsl__mark_evidence *e, const tsl__mark_evidence *behind, uint64_t lines)
{
    e->count += behind->count;
    join_proof(&e->bare, &behind->bare, lines);
    join_proof(&e->suffixed, &behind->suffixed, lines);
    join_cells(&e->unmarked, &behind->unmarked, lines);
    join_cells(&e->percent, &behind->percent, lines);
    join_scales(e, behind, lines);
    join_text(&e->suffix, &behind->suffix, lines);
    join_text(&e->other, &behind->other, lines);
    for (int i = 0; i < behind->currencies; i++) {
        tsl__mark_cells *priced = find_currency(e, behind->currency[i]);
        if (priced && !priced->count) {
            join_cells(priced, &behind->priced[i], lines);
        }
    }
}

/* ---- Deciding ---------------------------------------------------------- */

/* The text with its mark as a decimal point, or without it. Returns out. */
static char *rewrite(const char *text, int decimal, char *out)
{
    char *to = out;
    for (; *text; text++) {
        if (*text != ',' && *text != '.') {
            *to++ = *text;
        } else if (decimal) {
            *to++ = '.';
        }
    }
    *to = 0;
    return out;
}

static tsl_status fail_open(const tsl__mark_cells *open, const char *column, tsl_error *err)
{
    char whole[sizeof open->text], decimal[sizeof open->text];
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s:%llu: %s: \"%s\" may be %s or %s, and no number of the column tells which (%llu such in "
                          "a file divided by \";\"); " WAY,
                          open->file, (ull)open->line, column, open->text, rewrite(open->text, 0, whole),
                          rewrite(open->text, 1, decimal), (ull)open->count);
}

static tsl_status fail_both(const tsl__mark_proof *p, const char *column, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s: \"%s\" (%s:%llu) has a decimal point, \"%s\" (%s:%llu) a decimal comma, and \"%s\" "
                          "(%s:%llu) may have either; " WAY ", and the numbers that show the other are refused",
                          column, p->point.text, p->point.file, (ull)p->point.line, p->comma.text, p->comma.file,
                          (ull)p->comma.line, p->open.text, p->open.file, (ull)p->open.line);
}

/* One mark cannot be both: whichever is decimal, the other divides thousands, and nothing tells which. */
static tsl_status fail_two(const tsl__mark_proof *p, const char *column, tsl_error *err)
{
    const tsl__mark_cells *c = &p->open_comma, *d = &p->open_point;
    char whole[sizeof c->text], decimal[sizeof c->text];
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s: \"%s\" (%s:%llu; %llu such) may be %s or %s, and \"%s\" (%s:%llu; %llu such) the other "
                          "way round, and no number of the column tells which; " WAY,
                          column, c->text, c->file, (ull)c->line, (ull)c->count, rewrite(c->text, 0, whole),
                          rewrite(c->text, 1, decimal), d->text, d->file, (ull)d->line, (ull)d->count);
}

/* Notes numbers that are read otherwise than a reader may think. */
static tsl_status note_open(const tsl__mark_cells *cells, const char *column, const char *how, tsl_notes *notes,
                            tsl_error *err)
{
    const tsl__found found = {.kind = TSL_FINDING_THOUSANDS_MARKS,
                              .count = cells->count,
                              .column = column,
                              .example = {{cells->file, cells->line, NULL, cells->text}}};
    return cells->count == 1
               ? tsl__found_add(notes, &found, "%s: \"%s\" (%s:%llu) is read with %s", column, cells->text, cells->file,
                                (ull)cells->line, how)
               : tsl__found_add(notes, &found, "%s: %llu numbers such as \"%s\" (%s:%llu) are read with %s", column,
                                (ull)cells->count, cells->text, cells->file, (ull)cells->line, how);
}

static tsl_status note_proven_comma(const tsl__mark_proof *p, const char *column, tsl_notes *notes, tsl_error *err)
{
    const tsl__mark_cells *c = &p->open;
    return tsl__found_add(notes,
                          &(tsl__found){.kind = TSL_FINDING_THOUSANDS_MARKS,
                                        .count = c->count,
                                        .column = column,
                                        .example = {{c->file, c->line, NULL, c->text}}},
                          "%s: the decimal mark is the comma, as \"%s\" (%s:%llu) shows; so \"%s\" (%s:%llu) is read",
                          column, p->comma.text, p->comma.file, (ull)p->comma.line, c->text, c->file, (ull)c->line);
}

/* What may be either, and nothing in the file tells which. */
static tsl_status settle_open(const tsl__mark_proof *p, const char *column, char delimiter, tsl_notes *notes,
                              tsl_error *err)
{
    if (delimiter == ';') {
        return fail_open(&p->open, column, err);
    }
    if (p->open_comma.count && p->open_point.count) {
        return fail_two(p, column, err);
    }
    return p->open_comma.count ? note_open(&p->open_comma, column, "the comma as a thousands separator", notes, err)
                               : note_open(&p->open_point, column, "the point as a decimal mark", notes, err);
}

/* What the column itself shows, where no one has declared it. */
static tsl_status decide(const tsl__mark_proof *p, const char *column, char delimiter, tsl__mark assumed,
                         tsl_notes *notes, tsl__mark *mark, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *mark = TSL__MARK_POINT;
    if (p->point.count && p->comma.count) {
        TSL__TRY(p->open.count ? fail_both(p, column, err) : TSL_OK);
        TSL__TRY(tsl__found_add(notes,
                                &(tsl__found){.kind = TSL_FINDING_MIXED_MARKS,
                                              .count = p->comma.count,
                                              .column = column,
                                              .example = {{p->comma.file, p->comma.line, NULL, p->comma.text},
                                                          {p->point.file, p->point.line, NULL, p->point.text}}},
                                "%s: %llu numbers have a decimal point, such as \"%s\" (%s:%llu), and %llu a decimal "
                                "comma, such as \"%s\" (%s:%llu); each is read by its own",
                                column, (ull)p->point.count, p->point.text, p->point.file, (ull)p->point.line,
                                (ull)p->comma.count, p->comma.text, p->comma.file, (ull)p->comma.line));
    } else if (p->comma.count) {
        *mark = TSL__MARK_COMMA;
        TSL__TRY(p->open.count ? note_proven_comma(p, column, notes, err) : TSL_OK);
    } else if (!p->point.count && p->open.count && assumed != TSL__MARK_NONE) {
        *mark = assumed;
        if (assumed == TSL__MARK_COMMA) {
            TSL__TRY(note_open(&p->open, column, "a decimal comma, which is known from elsewhere", notes, err));
        } else if (p->open_comma.count) {
            TSL__TRY(note_open(&p->open_comma, column, "the comma as a thousands separator", notes, err));
        }
    } else if (!p->point.count && p->open.count) {
        TSL__TRY(settle_open(p, column, delimiter, notes, err));
    }
done:
    return status;
}

const tsl__mark_proof *tsl__mark_get_proof(const tsl__mark_evidence *e)
{
    return tsl__mark_get_suffix(e).n ? &e->suffixed : &e->bare;
}

tsl__mark tsl__mark_get_proven(const tsl__mark_evidence *e)
{
    const tsl__mark_proof *p = tsl__mark_get_proof(e);
    return !p->point.count == !p->comma.count ? TSL__MARK_NONE : p->comma.count ? TSL__MARK_COMMA : TSL__MARK_POINT;
}

tsl_status tsl__mark_decide(const tsl__mark_evidence *e, const char *column, char delimiter, tsl__mark assumed,
                            tsl__mark declared, tsl_notes *notes, tsl__mark_reading *out, tsl_error *err)
{
    const tsl__mark_proof *proof = tsl__mark_get_proof(e);
    *out = (tsl__mark_reading){declared, 1};
    if (declared != TSL__MARK_NONE) {
        return TSL_OK;
    }
    out->strict = 0;
    return decide(proof, column, delimiter, assumed, notes, &out->mark, err);
}

tsl_status tsl__mark_fail_late(const tsl__mark_evidence *e, const char *column, tsl__mark mark, tsl_error *err)
{
    const tsl__mark_proof *p = tsl__mark_get_proof(e);
    const int point = mark == TSL__MARK_POINT;
    const tsl__mark_cells *other = point ? &p->comma : &p->point;
    const char *was = point ? "point" : "comma", *is = point ? "comma" : "point";
    if (!other->count) {
        return tsl__error_set(
            err, TSL_E_INPUT,
            "%s: \"%s\" (%s:%llu) was read with a decimal %s before other columns of the file showed a "
            "decimal %s; " WAY,
            column, p->open.text, p->open.file, (ull)p->open.line, was, is);
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s: \"%s\" (%s:%llu) was read with a decimal %s before \"%s\" (%s:%llu) showed a decimal "
                          "%s; " WAY,
                          column, p->open.text, p->open.file, (ull)p->open.line, was, other->text, other->file,
                          (ull)other->line, is);
}

tsl_status tsl__mark_fail_guessed(const tsl__mark_place *guessed, const tsl__mark_place *comma, tsl_error *err)
{
    const tsl__mark_cells *g = &guessed->cell, *c = &comma->cell;
    char whole[sizeof g->text], decimal[sizeof g->text];
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s:%llu: %s: \"%s\" may be %s or %s, and nothing in its file tells which, but %s \"%s\" "
                          "(%s:%llu) shows a decimal comma; " WAY,
                          g->file, (ull)g->line, guessed->column, g->text, rewrite(g->text, 0, whole),
                          rewrite(g->text, 1, decimal), comma->column, c->text, c->file, (ull)c->line);
}

int tsl__mark_admits(const tsl__mark_reading *reading, const tsl__figure *figure)
{
    return !reading->strict || figure->proven == TSL__MARK_NONE || figure->proven == reading->mark;
}

/* ---- Beside the number ------------------------------------------------- */

static tsl_status fail_currencies(const tsl__mark_evidence *e, int first, int second, const char *column,
                                  tsl_error *err)
{
    const tsl__mark_cells *a = &e->priced[first], *b = &e->priced[second];
    return tsl__error_set(
        err, TSL_E_INPUT,
        "%s is in more than one currency: \"%s\" (%s:%llu) is in %s, \"%s\" (%s:%llu) in %s; amounts of "
        "different currencies do not add up",
        column, a->text, a->file, (ull)a->line, tsl__currency_get_name(e->currency[first]), b->text, b->file,
        (ull)b->line, tsl__currency_get_name(e->currency[second]));
}

tsl_status tsl__mark_get_currency(const tsl__mark_evidence *e, const char *column, int *currency,
                                  const tsl__mark_cells **cell, tsl_error *err)
{
    *currency = TSL__CURRENCY_NONE;
    *cell = NULL;
    for (int i = 0; i < e->currencies; i++) {
        const uint64_t before = tsl__currency_get_fits(*currency), now = tsl__currency_get_fits(e->currency[i]);
        for (int k = 0; k < i; k++) {
            if (!tsl__currency_is_beside(e->currency[k], e->currency[i])) {
                *currency = TSL__CURRENCY_NONE;
                *cell = NULL;
                return fail_currencies(e, k, i, column, err);
            }
        }
        if (i == 0 || (now & before) != before) {
            *currency = e->currency[i];
            *cell = &e->priced[i];
        }
    }
    return TSL_OK;
}

tsl_status tsl__mark_note_currency(const tsl__mark_evidence *e, const char *column, tsl_notes *notes, tsl_error *err)
{
    const tsl__mark_cells *u = &e->unmarked, *sure;
    int currency;
    tsl_error several;
    if (tsl__mark_get_currency(e, column, &currency, &sure, &several) != TSL_OK || !currency) {
        return TSL_OK; /* which is told elsewhere */
    }
    const char *name = tsl__currency_get_name(currency);
    tsl__found found = {.kind = TSL_FINDING_ASSUMED_CURRENCY, .count = u->count, .column = column};
    found.example[1] = (tsl__found_at){sure->file, sure->line, NULL, sure->text};
    if (u->count) {
        found.example[0] = (tsl__found_at){u->file, u->line, NULL, u->text};
        return tsl__found_add(
            notes, &found,
            "%s: %llu of %llu numbers have no currency, such as \"%s\" (%s:%llu), and are taken to be "
            "in %s, as \"%s\" (%s:%llu) is",
            column, (ull)u->count, (ull)e->count, u->text, u->file, (ull)u->line, name, sure->text, sure->file,
            (ull)sure->line);
    }
    for (int i = 0; i < e->currencies; i++) {
        const tsl__mark_cells *c = &e->priced[i];
        if (e->currency[i] != currency) {
            found.example[0] = (tsl__found_at){c->file, c->line, NULL, c->text};
            return tsl__found_add(notes, &found,
                                  "%s: \"%s\" (%s:%llu) and its like are taken to be in %s, as \"%s\" (%s:%llu) is, "
                                  "though several currencies have the sign %s",
                                  column, c->text, c->file, (ull)c->line, name, sure->text, sure->file, (ull)sure->line,
                                  tsl__currency_get_name(e->currency[i]));
        }
    }
    return TSL_OK;
}

/* Notes that `some` of the figures carry what the others do not. */
static tsl_status note_some(const tsl__mark_evidence *e, const tsl__mark_cells *some, const char *what,
                            const char *column, tsl_notes *notes, tsl_error *err)
{
    if (!some->count || some->count == e->count) {
        return TSL_OK;
    }
    return tsl__found_add(notes,
                          &(tsl__found){.kind = TSL_FINDING_MIXED_NUMBERS,
                                        .count = some->count,
                                        .column = column,
                                        .example = {{some->file, some->line, NULL, some->text}}},
                          "%s: %llu of %llu numbers have %s, such as \"%s\" (%s:%llu)", column, (ull)some->count,
                          (ull)e->count, what, some->text, some->file, (ull)some->line);
}

tsl_status tsl__mark_note(const tsl__mark_evidence *e, const char *column, tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(note_some(e, &e->percent, "a percent sign and are read as hundredths", column, notes, err));
    TSL__TRY(note_some(e, &e->scaled, "a word that multiplies", column, notes, err));
done:
    return status;
}

int tsl__mark_get_percent(const tsl__mark_evidence *e)
{
    return e->percent.count == 0 ? 0 : e->percent.count == e->count ? 1 : -1;
}

tsl__span tsl__mark_get_suffix(const tsl__mark_evidence *e)
{
    const int all = e->count && e->suffix.cells.count == e->count && !e->suffix.differ;
    return (tsl__span){e->suffix.bytes, all ? e->suffix.length : 0};
}

tsl__span tsl__mark_get_some_suffix(const tsl__mark_evidence *e)
{
    const int some = e->suffix.cells.count && e->suffix.cells.count < e->count && !e->suffix.differ;
    return (tsl__span){e->suffix.bytes, some ? e->suffix.length : 0};
}

void tsl__mark_take_suffixed(tsl__mark_evidence *e)
{
    join_proof(&e->bare, &e->suffixed, 0);
    e->suffixed = (tsl__mark_proof){.open = {.count = 0}};
}

tsl__span tsl__mark_get_missing(const tsl__mark_evidence *e)
{
    const int is_mark = e->other.cells.count && e->other.cells.count < e->count && !e->other.differ;
    return (tsl__span){e->other.bytes, is_mark ? e->other.length : 0};
}
