/*
 * csv_swallow.c: a quote by mistake, which takes in the lines up to the next one.
 *
 * A text may well run over lines. But where most of the lines that a quote takes in, read by themselves, have as many
 * fields as the table, and numbers and dates stand in the same places as in the quote's own line, or text follows where
 * it is closed, they are rows, and the quote is none. The first lines tell, so that little has to be held.
 */
#include <string.h>

#include "table/source/csv_state.h"

#define MOST_PLACES 64 /* fields that are looked at */
#define MOST_LINES 16  /* behind the quote's own, */
#define MOST_BYTES ((size_t)256 << 10)

/* Where the field at p ends: at a delimiter or `end`. A quote that opens it counts if it is closed before the end. */
static const char *find_field_end(const tsl__csv_form *form, const char *p, const char *end)
{
    if (*p == '"') {
        for (const char *q = p + 1; (q = memchr(q, '"', (size_t)(end - q))); q += 2) {
            if (q + 1 >= end || q[1] != '"') {
                p = q + 1;
                break;
            }
        }
    }
    while (p < end && *p != form->delimiter) {
        p++;
    }
    return p;
}

/* Without quotes around, of which one may be missing. */
static tsl__span unquote(tsl__span s)
{
    const size_t before = s.n > 0 && s.s[0] == '"', behind = s.n > before && s.s[s.n - 1] == '"';
    return (tsl__span){s.s + before, s.n - before - behind};
}

/* Fields of a line, and what the first MOST_PLACES hold, a bit each: a number or date; anything else but nothing. */
static size_t look_at(const tsl__csv_form *form, const char *p, const char *end, uint64_t *values, uint64_t *others)
{
    size_t count = 0;
    *values = *others = 0;
    for (const char *stop;; p = stop + 1) {
        stop = p < end ? find_field_end(form, p, end) : end;
        const tsl__span cell = tsl__cell_trim(unquote(tsl__cell_trim((tsl__span){p, (size_t)(stop - p)})));
        if (count < MOST_PLACES && !tsl__cell_is_missing(cell)) {
            const uint64_t bit = UINT64_C(1) << count, is = tsl__csv_is_value(cell) ? bit : 0;
            *values |= is;
            *others |= bit ^ is;
        }
        count++;
        if (stop == end) {
            return count - (form->trails && count == form->column_count + 1 && cell.n == 0);
        }
    }
}

/* Where the open quote at q is closed, NULL: not before the end. */
static const char *find_close(const char *q, const char *end)
{
    while ((q = memchr(q + 1, '"', (size_t)(end - q - 1))) && q + 1 < end && q[1] == '"') {
        q++;
    }
    return q;
}

static const char *find_line_end(const char *s, const char *end)
{
    while (s < end && *s != '\n' && *s != '\r') {
        s++;
    }
    return s;
}

/* What the lines behind the quote's own say. */
typedef struct evidence {
    uint64_t first; /* values of the line that the others are compared with */
    int has_first;
    int loose; /* 1: a quote would be amiss in any case, as text follows where it is closed, or it is not */
    int like, unlike;
} evidence;

static int count_places(uint64_t places)
{
    return __builtin_popcountll(places);
}

/* A line is like the first where it has the table's fields, and values in more of the first one's places than anything
 * else: ids may well be numbers in some lines alone. Where a quote would be amiss in any case, two such places do. */
static void weigh(evidence *e, const tsl__csv_form *form, const char *line, const char *end)
{
    uint64_t values, others;
    const int is_whole = look_at(form, line, end, &values, &others) == form->column_count;
    const int alike = count_places(values & e->first), against = count_places(others & e->first);
    if (is_whole && !e->has_first && e->loose) {
        e->has_first = 1;
        e->first = values;
        return;
    }
    const int by_values = alike > against && (is_whole || (e->loose && alike > 1));
    const int by_fields = is_whole && e->loose && form->column_count > 2;
    const int is_like = e->has_first && (e->first ? by_values : by_fields);
    e->like += is_like;
    e->unlike += !is_like;
}

tsl__csv_quote tsl__csv_judge_quote(const tsl__csv_form *form, const tsl__block *block, size_t at, int at_end)
{
    const char *const s = block->bytes + at, *line = s;
    const int is_cut = block->count - at > MOST_BYTES; /* no further than this */
    const char *const end = s + (is_cut ? MOST_BYTES : block->count - at);
    uint64_t others;
    evidence e = {.like = 0};
    if (form->column_count < 2) {
        return TSL__QUOTE_OPENS;
    }
    const char *const close = find_close(s, end), *stop = find_line_end(s, end);
    int lines = 0, is_past = 0; /* the line in which it is closed */
    const char *const behind = close ? tsl__csv_skip_blanks(form, close + 1) : end;
    if (!is_cut && !at_end && behind >= end) {
        return TSL__QUOTE_UNKNOWN;
    }
    while (line > block->bytes && line[-1] != '\n' && line[-1] != '\r') {
        line--;
    }
    e.loose = !close || (behind < end && !form->stop[(unsigned char)*behind]);
    e.has_first = look_at(form, line, stop, &e.first, &others) == form->column_count;
    while (stop < end && lines < MOST_LINES && !is_past) {
        line = stop + 1 + (*stop == '\r' && stop + 1 < end && stop[1] == '\n');
        stop = find_line_end(line, end);
        if (stop >= end && !(at_end && !is_cut)) {
            break;
        }
        is_past = close && close < stop;
        if (stop > line) {
            weigh(&e, form, line, stop);
            lines++;
        }
    }
    if (!is_cut && !at_end && !is_past && lines < MOST_LINES) {
        return TSL__QUOTE_UNKNOWN;
    }
    /* what would be rejected or refused as a whole, one line says */
    const int is_lost = e.loose && e.first && (close || !is_cut);
    const int is_last = lines == 0 && !close && at_end && !is_cut;
    return e.like > (is_lost ? 0 : e.unlike) || is_last ? TSL__QUOTE_MISTAKEN : TSL__QUOTE_OPENS;
}

/* 1: a blank follows a delimiter, as in a sentence. */
static int is_spaced(const tsl__csv_form *form, const char *line, const char *end)
{
    for (const char *p = line; (p = memchr(p, form->delimiter, (size_t)(end - p))) && ++p < end;) {
        if (*p == ' ') {
            return 1;
        }
    }
    return 0;
}

uint64_t tsl__csv_count_taken(const tsl__csv_form *form, const tsl__record *record)
{
    const char *line = record->raw.s, *const end = line + record->raw.n, *stop = find_line_end(line, end);
    const int may_be_spaced = is_spaced(form, line, stop);
    uint64_t taken = 0, values, others;
    while (form->column_count > 1 && stop < end) {
        line = stop + 1 + (*stop == '\r' && stop + 1 < end && stop[1] == '\n');
        stop = find_line_end(line, end);
        taken += look_at(form, line, stop, &values, &others) == form->column_count &&
                 (may_be_spaced || !is_spaced(form, line, stop));
    }
    /* a line of a text may well have one delimiter */
    return form->column_count > 2 || taken > 1 || record->stray ? taken : 0;
}
