/* xlsx_cell.h: what the numbers in the cells of a workbook say. */
#ifndef TSL_TABLE_TEXT_XLSX_CELL_H
#define TSL_TABLE_TEXT_XLSX_CELL_H

#include "base/text.h"

/* What a format shows a number as: bits; and above them the currency (currency.h) that it writes beside a number, and
 * the digits that it fills up with zeros. */
enum {
    TSL__SHOWS_DAY = 1,
    TSL__SHOWS_CLOCK = 2,
    TSL__SHOWS_LENGTH = 4,
    TSL__SHOWS_TIME = 7,
    TSL__SHOWS_BITS = 3,   /* the currency stands from this bit on, */
    TSL__SHOWS_DIGITS = 11 /* the digits from this one, to the sixteenth */
};

/* Of the formats that have a number only. */
unsigned tsl__xlsx_format_of_id(unsigned id);
/* Of the code of a format: "yyyy-mm-dd". */
unsigned tsl__xlsx_format_of_code(const char *s);

/* Appends the number that is written so, by the fewest digits that read back as the same double, with an exponent from
 * 16 digits on; what is no number as it is. Of a format with these bits: whole ones with zeros in front ("00007"), and
 * the currency behind (" EUR"). */
void tsl__xlsx_put_number(tsl__text *out, const char *text, size_t n, unsigned shows);
/* Appends what a format with these bits shows: "2024-01-31", "2024-01-31 08:30:00", "08:30:00", "36:00:00". from_1904:
 * which of Excel's two calendars counts the days. */
void tsl__xlsx_put_time(tsl__text *out, const char *text, size_t n, unsigned shows, int from_1904);

#endif
