/* place_words.h: the words of a place among segments: "second-highest", 第二高. */
#ifndef TSL_LABEL_PLACE_WORDS_H
#define TSL_LABEL_PLACE_WORDS_H

#define TSL__PLACE_LAST 6 /* from either end; a later place tells nobody anything */

/* The place-th from the highest (high: 1) or from the lowest (0), 1 to TSL__PLACE_LAST; lang: 0: en, 1: zh. */
const char *tsl__place_get_word(int place, int high, int lang);

#endif
