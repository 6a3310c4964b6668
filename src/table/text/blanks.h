/*
 * blanks.h: text whose fields are divided by blanks, as many as line up its columns, made packed text (translator.h).
 *
 * Blanks in front of the first field and behind the last one divide nothing. A field in double quotes may hold blanks,
 * doubled quotes and nothing at all; text behind its closing quote, and one that its line does not close, spoil the
 * record by a bad byte.
 */
#ifndef TSL_TABLE_TEXT_BLANKS_H
#define TSL_TABLE_TEXT_BLANKS_H

#include <stddef.h>

/* Where the text read so far ends. Starts as zeros. */
typedef struct tsl__blanks {
    enum { TSL__BLANKS_GAP, TSL__BLANKS_FIELD, TSL__BLANKS_QUOTED, TSL__BLANKS_CLOSED } at;
    int fields; /* 1: of its line there are some */
    int ended;  /* 1: by a CR, to which a LF belongs */
} tsl__blanks;

/* Looks at the first lines of a text, n bytes, whole: all of it; 1: they are divided so. No other delimiter is in them,
 * and all have as many fields, at least three; but the header may lack the name of a first column that numbers the
 * rows: *unnamed. */
int tsl__blanks_find(const char *text, size_t n, int whole, int *unnamed);
/* Packs the next n bytes; how many they become in `to`, which has room for 2 n. */
size_t tsl__blanks_pack(tsl__blanks *blanks, const char *text, size_t n, char *to);

#endif
