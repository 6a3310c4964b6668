/* status_texts.h: values of a status as a finding names them. */
#ifndef TSL_TABLE_AMOUNTS_STATUS_TEXTS_H
#define TSL_TABLE_AMOUNTS_STATUS_TEXTS_H

#include "base/text.h"
#include "table/row/status_counts.h"

/* 1: it stands for any date. */
int tsl__status_is_date(const tsl__status_value *value);
/* The chosen ones to the front, those of most rows first; so many there are. chosen: one a value. */
size_t tsl__status_sort(tsl__status_counts *counts, const uint8_t *chosen);
/* Of the first so many, more than none, the one that stands first. */
const tsl__status_value *tsl__status_find_first(const tsl__status_counts *counts, size_t count);
/* `"Cancelled" in 40 rows (3.1 % of the money), "Refunded" in 7 (…)`: those from `from` to `to`. */
void tsl__status_put_values(const tsl__status_counts *counts, size_t from, size_t to, tsl__text *text);
/* `coalesce(status, '') not in ('Cancelled', 'Refunded')`, or `in`, of the first so many; rows without a status are
 * none of them. */
void tsl__status_put_condition(const tsl__status_counts *counts, size_t count, const char *name, int is_in,
                               tsl__text *where);

#endif
