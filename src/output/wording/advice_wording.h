/* advice_wording.h: what is to be done about a segment, and what not, as far as the data bear it out. */
#ifndef TSL_OUTPUT_WORDING_ADVICE_WORDING_H
#define TSL_OUTPUT_WORDING_ADVICE_WORDING_H

#include <tesela/output.h>

/* What is known of a segment, as bits. */
enum {
    TSL__SEGMENT_RETURNS = 1, /* at least three in four bought in the period held out: the interval lies above */
    TSL__SEGMENT_BACK = 2,    /* more of them did than of all, by the interval */
    TSL__SEGMENT_SELDOM = 4,  /* fewer of them did */
    TSL__SEGMENT_QUIET = 8,   /* half of them have been silent for longer than the usual gap */
    TSL__SEGMENT_LATELY = 16, /* half of them bought within it */
    TSL__SEGMENT_DEAR = 32,   /* worth one and a half of the average customer */
    TSL__SEGMENT_LESS = 64,   /* worth less than he */
    TSL__SEGMENT_CHEAP = 128, /* worth less than half of him */
    TSL__SEGMENT_ONCE = 256,  /* half of them, or more, bought once */
    TSL__SEGMENT_NEVER = 512  /* half of them, or more, never did */
};
/* Of segment s of results that have labels and their portrait. */
unsigned tsl__segment_find_traits(const tsl_results *results, size_t s);

/* What came after the cut of those who were in the segment then; NULL: not known. */
const tsl_outcome_segment *tsl__segment_get_outcome(const tsl_results *results, size_t s);

/* Views. No figure stands in a text. */
typedef struct tsl__advice {
    const char *todo[TSL_LANGS];  /* NULL: nothing is to be said */
    const char *avoid[TSL_LANGS]; /* NULL: nothing */
    const char *action;           /* code of the strategy that it is of; NULL: the program's own */
} tsl__advice;
/* That of a row of the strategies which names the segment, and neither tier nor stage; else the program's own, by the
 * code of the segment, or by its traits. */
void tsl__advice_find(const tsl_results *results, size_t s, tsl__advice *out);

#endif
