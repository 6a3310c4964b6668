/* date_words.h: the names of months and weekdays in dates: English, German, French, Spanish, full and short; and the
 * Chinese weekdays. Small or large letters, with their accents or without. */
#ifndef TSL_TABLE_DATE_DATE_WORDS_H
#define TSL_TABLE_DATE_DATE_WORDS_H

#include "table/cell/text_cursor.h"

/* The month whose name stands here, 1 to 12, which is passed; 0 where none does. */
int tsl__month_take(tsl__cursor *c);
/* The weekday, 0 Monday to 6 Sunday; -1 where none does. "mar" is a month in English, a Tuesday in French: who calls
 * knows which is wanted. */
int tsl__weekday_take(tsl__cursor *c);

#endif
