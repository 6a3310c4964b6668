/* packed_number.h: numbers of files that know numbers from texts, as text that says no less. */
#ifndef TSL_TABLE_TEXT_PACKED_NUMBER_H
#define TSL_TABLE_TEXT_PACKED_NUMBER_H

#include "base/text.h"

/* Appends the number. is_rounded: whole numbers near it may have become the same: it has an exponent then, with which
 * it is no id. */
void tsl__packed_number_put(tsl__text *out, const char *number, int is_rounded);
/* Of a number that was appended from here on, with a decimal point: as 1.250 may be 1250 to a reader, beside texts with
 * a decimal comma, it becomes 1.2500. */
void tsl__packed_number_settle(tsl__text *out, size_t from);

#endif
