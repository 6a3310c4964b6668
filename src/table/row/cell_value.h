/* cell_value.h: what one cell or expression of a row gives. */
#ifndef TSL_TABLE_CELL_VALUE_H
#define TSL_TABLE_CELL_VALUE_H

#include "expr/decimal.h"
#include "table/cell/span.h"

typedef struct tsl__cell_value {
    tsl__span text;  /* text; s NULL: missing */
    int64_t integer; /* decimal, time on the way: TSL_MISSING_INT missing */
    int64_t kept;    /* what a row that is kept by customer holds: the code of the text (-1 missing), the number, the
                        folded time */
    int rounded;
    int is_unpriced;      /* of money that is converted: 1: nothing tells its currency */
    size_t rate;          /* likewise: the rate that it goes by, */
    tsl__decimal written; /* and what it was before */
    int is_fixed;         /* 1: a time of a common form (fixed_time.h), */
    int32_t day;          /* of this day */
} tsl__cell_value;

#endif
