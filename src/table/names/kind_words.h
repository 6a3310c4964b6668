/*
 * kind_words.h: what the kind of an interaction says: a visit, a contact with the service, a complaint.
 *
 * Whole words count, in English, German, French, Spanish and Chinese, with their accents or without, however they are
 * joined ("page_view", "pageView"); in German also the last part of a word ("Kundenbeschwerde"). A "recall" is no call;
 * "no complaint" is none.
 */
#ifndef TSL_TABLE_NAMES_KIND_WORDS_H
#define TSL_TABLE_NAMES_KIND_WORDS_H

#include <tesela/table.h>

enum { TSL__KIND_VISIT = 1, TSL__KIND_SERVICE = 2, TSL__KIND_COMPLAINT = 4 };

/* A set of these; 0: no word is known. */
unsigned tsl__kind_find(const char *kind);
/* 1: one of the column's kinds is known. */
int tsl__kind_has_known(const tsl_column *kinds);

#endif
