/*
 * unit_text.h: a text that is a unit, whole: 秒, "USD thousands", 万元, k€. Where it stands tells which short words are
 * units there; unit.h finds such texts in a name.
 */
#ifndef TSL_TABLE_CELL_UNIT_TEXT_H
#define TSL_TABLE_CELL_UNIT_TEXT_H

#include "table/cell/unit.h"

#define TSL__UNIT_BYTES_MOST 32

/* How the text of a unit stands in the name, or that it stands behind numbers. */
typedef enum tsl__unit_stand {
    TSL__UNIT_IN_BRACKETS,
    TSL__UNIT_BEHIND_MARK,
    TSL__UNIT_GLUED,
    TSL__UNIT_BEHIND_NUMBER
} tsl__unit_stand;

/* 1: the text is a unit; fills in kind, factor, text and per, and the currency where it tells one. */
int tsl__unit_text_read(tsl__span text, tsl__unit_stand how, tsl__unit_kind expected, tsl__unit *out);
/* 1: it is this word, but for capitals. */
int tsl__unit_text_is(tsl__span text, const char *word);

#endif
