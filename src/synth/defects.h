/* defects.h: the ways in which lines are broken. */
#ifndef TSL_SYNTH_DEFECTS_H
#define TSL_SYNTH_DEFECTS_H

#include "synth/shop.h"

#define TSL__DEFECT_NO_COLUMN SIZE_MAX
#define TSL__MOST_DEFECTS 128

/* A line that is to be broken. */
typedef struct tsl__broken {
    tsl__shop_line *line;
    size_t columns;
    const tsl__shop *shop;
    int64_t order_cents; /* of a sale: of its whole order, */
    size_t order_lines;  /* which has so many */
    tsl__rng rng;

    /* How it is written. */
    size_t column;   /* of the cell that is broken, as the table of defects has it; or NO_COLUMN */
    char *cell;      /* this cell, or NULL */
    int is_raw;      /* 1: it stands without quotes around, whatever it holds */
    size_t bytes;    /* > 0: of what it holds, NUL included */
    const char *end; /* of the line */
    int fields;      /* -1: the last is lacking, +1: one too many */
    int times;       /* 2: it stands twice */
} tsl__broken;

typedef enum tsl__defect_place {
    TSL__DEFECT_LINES,  /* a share of the lines */
    TSL__DEFECT_ORDERS, /* every line of an order that has several */
    TSL__DEFECT_ABOVE,  /* a line more, under the header */
    TSL__DEFECT_BELOW,  /* behind all others */
    TSL__DEFECT_BETWEEN /* before a share of the lines */
} tsl__defect_place;

typedef struct tsl__defect {
    const char *name;
    tsl__shop_table table;
    size_t column;
    const char *expected; /* what a reader ought to make of it: "found: KIND" (docs/findings.md), "rejected: KIND",
                             "read right": as in the clean table */
    int (*change)(tsl__broken *b); /* 0: this line is none for it, and is as it was */
    tsl__defect_place place;
    int by_name; /* 1: "all" leaves it out: the table is refused for it, or is another as a whole */
} tsl__defect;

const tsl__defect *tsl__defects_get(size_t *count);

#endif
