/* defects.h: the ways in which lines are broken. */
#ifndef TSL_SYNTH_DEFECTS_H
#define TSL_SYNTH_DEFECTS_H

#include "base/text.h"
#include "synth/shop.h"

#define TSL__DEFECT_NO_COLUMN SIZE_MAX
#define TSL__MOST_DEFECTS 128

/* A line that is to be broken. */
typedef struct tsl__broken {
    tsl__shop_line *line;
    size_t columns;
    const tsl__shop *shop;
    const char *const *name; /* of the columns, as the header has them */
    char delimiter;          /* of the file */
    int is_behind;           /* 1: the line before is broken */
    uint64_t row;            /* of the table, from 1 */
    int64_t order_cents;     /* of a sale: of its whole order, */
    size_t order_lines;      /* which has so many, */
    size_t order_place;      /* and this one from 0 */
    uint64_t turn;           /* lines that the same defect broke before */
    tsl__rng rng;

    /* How it is written. */
    size_t column;   /* of the cell that is broken, as the table of defects has it; or NO_COLUMN */
    char *cell;      /* this cell, or NULL */
    int is_raw;      /* 1: it stands without quotes around, whatever it holds */
    size_t bytes;    /* > 0: of what it holds, NUL included */
    const char *end; /* of the line; NULL: as of all others */
    int fields;      /* -1: the last is lacking, +1: one too many */
    int times;       /* 2: it stands twice */
    int is_beside;   /* 1: the line as it was stands behind it, and is as broken */
} tsl__broken;

typedef enum tsl__defect_place {
    TSL__DEFECT_LINES,   /* a share of the lines */
    TSL__DEFECT_EACH,    /* every line that it suits */
    TSL__DEFECT_ABOVE,   /* a line more, under the header */
    TSL__DEFECT_BELOW,   /* behind all others */
    TSL__DEFECT_BETWEEN, /* before a share of the lines */
    TSL__DEFECT_WHOLE    /* header and all lines, below whatever else befalls them: told once, by the header's line */
} tsl__defect_place;

typedef enum tsl__synth_encoding {
    TSL__SYNTH_UTF8,
    TSL__SYNTH_LATIN1,
    TSL__SYNTH_GB18030,
    TSL__SYNTH_UTF16
} tsl__synth_encoding;

/* How a file is written; 0: as the clean one. */
typedef struct tsl__layout {
    tsl__synth_encoding encoding;
    int is_marked; /* 1: a byte order mark stands in front */
    char delimiter;
    const char *above;  /* a line above the header */
    const char *behind; /* at the end of each line */
    const char *end;    /* of each line */
} tsl__layout;

typedef struct tsl__defect {
    const char *name;
    tsl__shop_table table;
    size_t column;
    const char *expected; /* what a reader ought to make of it: "found: KIND" (docs/findings.md), "rejected: KIND",
                             "read right": as in the clean table */
    int (*change)(tsl__broken *b); /* 0: this line is none for it, and is as it was; NULL: of a whole file alone */
    tsl__defect_place place;
    int by_name;        /* 1: "all" leaves it out: the table is refused for it, or is another as a whole */
    const char *header; /* of a whole column: its name, NULL: it stays */
    tsl__layout layout; /* of a whole file */
} tsl__defect;

/* A defect by its place in the list of all; NULL beyond the last. */
const tsl__defect *tsl__defect_get(size_t index);
const tsl__defect *tsl__whole_defect_get(size_t index); /* those of a whole column or file, the last ones in the list */

/* Whether an encoding has all characters of a text; and the text in it. */
int tsl__synth_can_encode(tsl__synth_encoding encoding, const char *text);
void tsl__synth_encode(tsl__synth_encoding encoding, const char *bytes, size_t count, tsl__text *out);

/* The cell, with something before and behind it; anew. Both return 1. */
int tsl__broken_rewrite(tsl__broken *b, const char *before, const char *behind);
int tsl__broken_print(tsl__broken *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The parts of "2024-03-05 14:22:10". */
typedef struct tsl__shop_time {
    int year, month, day;
    char clock[9];
    int64_t seconds; /* since 1970 */
} tsl__shop_time;

tsl__shop_time tsl__shop_time_split(const char *cell);
int tsl__broken_date_compact(tsl__broken *b); /* 20240305142210 */

#endif
