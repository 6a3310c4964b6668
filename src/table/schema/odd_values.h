/* odd_values.h: numbers of a column that can hardly be meant: off the scale of all others, or no ages. They are used as
 * they stand; a note says how many there are. */
#ifndef TSL_TABLE_SCHEMA_ODD_VALUES_H
#define TSL_TABLE_SCHEMA_ODD_VALUES_H

#include <tesela/table.h>

/* What the numbers are. */
typedef enum tsl__oddity { TSL__ODD_AMOUNTS, TSL__ODD_SCORES, TSL__ODD_AGES } tsl__oddity;

/* Of a plain column of this name. */
tsl__oddity tsl__odd_find(const char *name);
/* value, rows: as below. *are: 1: a column of this name holds ages in years, by their median, but for fewer than half
 * of the rows. */
TSL_FALLIBLE tsl_status tsl__odd_find_ages(const char *name, double *value, double *rows, size_t count, int *are,
                                           tsl_error *err);
/* 1: no age of anybody, so that it stands for none: below 0, or beyond 130. What may be one is but noted. */
int tsl__odd_is_no_age(double value);
/* value, rows: `count` pairs, which are sorted; the same value may stand twice. What a missing number is written as
 * (-1, 999) in several rows of a plain column is left to the features, which note it. docs/methods/numbers.md. */
TSL_FALLIBLE tsl_status tsl__odd_note(const char *name, tsl__oddity what, double *value, double *rows, size_t count,
                                      tsl_notes *notes, tsl_error *err);

#endif
