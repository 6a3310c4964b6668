/* column_words.h: the name of a user's column, as a reader would write it. */
#ifndef TSL_FEATURE_COLUMN_WORDS_H
#define TSL_FEATURE_COLUMN_WORDS_H

#include "base/text.h"

/* Appends it: Marital_Status, Marital.Status, MaritalStatus, MARITAL_STATUS -> "Marital status". Abbreviations (CLTV,
 * "Total EUR"), what stands in brackets or after "=", and names with spaces keep their letters, other alphabets all
 * they have. */
void tsl__column_words_write(const char *name, tsl__text *text);

#endif
