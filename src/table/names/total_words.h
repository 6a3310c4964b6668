/* total_words.h: what stands around a word for a sum and changes nothing: how many rows it is of, and of what period.
 */
#ifndef TSL_TABLE_NAMES_TOTAL_WORDS_H
#define TSL_TABLE_NAMES_TOTAL_WORDS_H

#include <stddef.h>

/* `Q1 total`, `Total for January 2024`, `合计：40人` without that: the words that are left, without what parts them; 0
 * where nothing was taken or nothing is left. */
int tsl__total_words_strip(const char *text, char *out, size_t size);

#endif
