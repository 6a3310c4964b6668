/* number_mix.c: a column that holds numbers, which are not all written one way, so that it is none of numbers. */
#include <string.h>

#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/schema/typing.h"

#define MOST_WAYS 6    /* in which numbers are written that are told apart */
#define SHOWN_WAYS 3   /* that a message shows */
#define SHOWN_TEXTS 3  /* that are no number */
#define NUMBERS .8     /* over this share of the cells are numbers, or the column is none of such */
#define SHOWN_BYTES 40 /* of a text */

/* ---- Ways ------------------------------------------------------------------- */

/* One way in which numbers of the column are written. */
typedef struct way {
    tsl__span mark; /* what stands before or behind them, or between two: "~", "cm", "/"; of no bytes: nothing */
    uint64_t rows;
    size_t code; /* of the first text */
} way;

typedef struct tally {
    way of[MOST_WAYS];
    size_t ways;
    size_t texts;              /* numbers */
    uint64_t rows;             /* that hold one */
    size_t other[SHOWN_TEXTS]; /* codes of texts that are none */
    size_t others;
} tally;

/* "4/5": of how many. */
static int is_ratio(tsl__span text)
{
    size_t digits[2] = {0}, part = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (tsl__is_digit(text.s[i])) {
            digits[part]++;
        } else if (text.s[i] != '/' || part++) {
            return 0;
        }
    }
    return part == 1 && digits[0] && digits[1];
}

/* What says of a number that it is not sure: "~5", ">= 100"; of no bytes where none stands before the text. */
static tsl__span find_prefix(tsl__span text)
{
    static const char *const signs[] = {"~", ">=", "<=", ">", "<", "≈", "≥", "≤", "＞", "＜", "约", "±"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (tsl__span_begins(text, signs[i], strlen(signs[i]))) {
            return (tsl__span){text.s, strlen(signs[i])};
        }
    }
    return (tsl__span){text.s, 0};
}

/* How a text is written; 0: as no number. */
static int read_way(tsl__span text, tsl__span *mark)
{
    const tsl__span prefix = find_prefix(text);
    const tsl__span number = tsl__cell_trim((tsl__span){text.s + prefix.n, text.n - prefix.n});
    tsl__figure figure;
    if (tsl__cell_read(number, TSL__MARK_NONE, &figure)) {
        *mark = (tsl__span){memchr(text.s, '/', text.n), 1};
        return is_ratio(text);
    }
    *mark = prefix.n ? prefix : figure.suffix;
    return !figure.suffix.n || tsl__profile_is_unit(figure.suffix);
}

static void add(tally *m, const tsl__profile *p, size_t code)
{
    tsl__span mark;
    size_t i = 0;
    if (!read_way(tsl__profile_get_text(p, code), &mark)) {
        if (m->others < SHOWN_TEXTS) {
            m->other[m->others] = code;
        }
        m->others++;
        return;
    }
    m->texts++;
    m->rows += p->use[code].rows;
    while (i < m->ways && !tsl__span_equal(m->of[i].mark, mark)) {
        i++;
    }
    if (i == m->ways && i < MOST_WAYS) {
        m->of[m->ways++] = (way){mark, 0, code};
    }
    if (i < MOST_WAYS) {
        m->of[i].rows += p->use[code].rows;
    }
}

/* ---- The words ---------------------------------------------------------------- */

static const char *show(const tsl__profile *p, size_t code, char out[SHOWN_BYTES])
{
    return tsl__span_show(tsl__profile_get_text(p, code), out, SHOWN_BYTES);
}

/* `: 500 as "154cm", 400 as "1.72m"` */
static void put_ways(const tsl__profile *p, const tally *m, tsl__mix *out, tsl__text *text)
{
    char shown[SHOWN_BYTES];
    tsl__text_puts(text, m->ways > 1 ? ", written in several ways: " : ", each written with what is no unit: ");
    for (size_t i = 0; i < m->ways && i < SHOWN_WAYS; i++) {
        tsl__text_printf(text, "%s%llu as \"%s\"", i ? ", " : "", (unsigned long long)m->of[i].rows,
                         show(p, m->of[i].code, shown));
        out->code[out->codes++] = m->of[i].code;
    }
    tsl__text_puts(text, m->ways > SHOWN_WAYS ? ", and others" : "");
    tsl__text_puts(text, "; write all of them as numbers alone, or with one unit");
}

/* `, and 120 do not ("~42606", "refused")` */
static void put_others(const tsl__profile *p, const tally *m, tsl__mix *out, tsl__text *text)
{
    char shown[SHOWN_BYTES];
    const char *name = p->output->name;
    tsl__text_printf(text, ", and %llu do not (", (unsigned long long)(p->present - m->rows));
    for (size_t i = 0; i < m->others && i < SHOWN_TEXTS; i++) {
        tsl__text_printf(text, "%s\"%s\"", i ? ", " : "", show(p, m->other[i], shown));
        out->code[out->codes++] = m->other[i];
    }
    tsl__text_printf(text, "%s); write those as numbers, or say that they are missing (columns: %.*s: type: number)",
                     m->others > SHOWN_TEXTS ? ", ..." : "", tsl__text_head(name, 60), name);
}

tsl_status tsl__profile_find_mix(const tsl__profile *p, tsl__mix *out, tsl_error *err)
{
    tally m = {.ways = 0};
    tsl_status status = TSL_OK;
    *out = (tsl__mix){.codes = 0};
    if (p->codes || p->by_code || p->by_digits) {
        return TSL_OK;
    }
    for (size_t c = 0; c < tsl__dict_get_count(p->dict); c++) {
        if (p->use[c].rows) {
            add(&m, p, c);
        }
    }
    const int several = m.ways > 1 || (m.ways == 1 && m.of[0].mark.n);
    if (m.texts < TSL__LEAST_NUMBERS || (double)m.rows < NUMBERS * (double)p->present || (!several && !m.others)) {
        return TSL_OK;
    }
    tsl__text_printf(&out->text, "%llu of %llu cells hold numbers", (unsigned long long)m.rows,
                     (unsigned long long)p->present);
    if (several) {
        put_ways(p, &m, out, &out->text);
    } else {
        put_others(p, &m, out, &out->text);
    }
    TSL__NEED(!out->text.failed);
done:
    return status;
}

tsl_status tsl__profile_note_mix(const tsl__profile *p, const tsl__mix *mix, const char *what, tsl_notes *notes,
                                 tsl_error *err)
{
    tsl__found found = {.kind = TSL_FINDING_MIXED_NUMBERS, .count = p->present, .column = p->output->name};
    char shown[TSL__FOUND_EXAMPLES][SHOWN_BYTES];
    for (size_t i = 0; i < mix->codes; i++) {
        found.example[i] = tsl__profile_get_place(p, mix->code[i]);
        found.example[i].text = show(p, mix->code[i], shown[i]);
    }
    return tsl__found_add(notes, &found, "%s is %s: %s", p->output->name, what, mix->text.data);
}
