/*
 * unit.h: the unit that the name of a column ends with: "停留时长（秒）",
 * "duration (ms)", "session_seconds", "amount_cents", "金额（万元）", "income (k€)".
 *
 * A unit stands in brackets, or behind a space, a mark (_ - . , / :) or a capital
 * that begins a word (durationMs): never inside a word, so that "terms" holds no ms
 * and "administration" no min. Chinese names have no spaces; theirs is looked for at
 * the end where it can be nothing else (停留秒数, 金额万元, but not 积分).
 *
 * Some short words are units of one kind of quantity alone: min is a minimum unless
 * a duration is read, 分 are minutes, cents or points, k may be kelvin. They are taken
 * where the caller says what the column holds. Not taken: m (minute, month, metre,
 * million; but "$m", "€m", "revenue_m (EUR)" are millions), months and years (of no fixed length).
 *
 * A name may tell its unit in several texts, and each is read: "Amount (EUR) thousands",
 * "Sales (net, k€)", 金额(元)万. Of two that multiply by something else neither is followed.
 *
 * The same words stand behind numbers: 500 cents, 300s, 5 TEUR.
 */
#ifndef TSL_TABLE_CELL_UNIT_H
#define TSL_TABLE_CELL_UNIT_H

#include <stdint.h>

#include "base/text.h"
#include "expr/decimal.h"
#include "table/cell/span.h"

typedef enum tsl__unit_kind {
    TSL__UNIT_ANY,      /* as what is expected: nothing is known */
    TSL__UNIT_DURATION, /* in minutes */
    TSL__UNIT_MONEY,    /* in whole units of the currency */
    TSL__UNIT_SHARE,    /* of 1 */
    TSL__UNIT_COUNT,    /* of things */
    TSL__UNIT_SCALE     /* 万, thousand: of whatever the column holds */
} tsl__unit_kind;

typedef struct tsl__unit {
    tsl__unit_kind kind;
    int64_t numerator, denominator; /* value of the column * numerator / denominator is in the kind's own unit;
                                       numerator 0: not the same everywhere (minor units, cr), or told twice and
                                       not the same, for the caller to refuse */
    int currency;                   /* of money, where it is told (currency.h); else 0 */
    tsl__span text;                 /* as written: "ms", "万元" */
    tsl__span per;                  /* what it is for: 月 of 元/月; or empty */
    tsl__span name;                 /* the name without it; the whole of it where the unit stands amid */
    tsl__span other;                /* what stands in brackets and is no unit: "net", "含税"; or empty */
} tsl__unit;

/* Reads a trimmed name; 1: it has a unit, 0: none (factor 1; `other` may be one that is not known). expected: what
 * the column holds, ANY where that is not known; a unit of another kind is told in brackets, where it is certain to
 * be one, for the caller to refuse. Spans are views. */
int tsl__unit_read(tsl__span name, tsl__unit_kind expected, tsl__unit *out);

/* The same of what stands behind the numbers of a column; what is no unit is `other`. */
int tsl__unit_read_suffix(tsl__span suffix, tsl__unit_kind expected, tsl__unit *out);

/* 1: a value of the column is in the kind's own unit. */
static inline int tsl__unit_is_plain(const tsl__unit *unit)
{
    return unit->numerator == 1 && unit->denominator == 1;
}

/* By what a value is multiplied and divided; zeros: by nothing. */
typedef struct tsl__factor {
    int64_t numerator, denominator;
} tsl__factor;

/* The value times it: exact where it divides it, else to 12 places. */
tsl__decimal tsl__factor_apply(tsl__factor factor, tsl__decimal value);
/* The value in the kind's own unit. */
tsl__decimal tsl__unit_get_value(const tsl__unit *unit, tsl__decimal value);
/* " * 10000", " / 100": the same behind an expression; unit may be NULL. */
void tsl__unit_put_factor(tsl__text *out, const tsl__unit *unit);

#endif
