/*
 * cell_array.h: one column in memory, as a row of cells: fixed-width numbers, texts
 * in four layouts, codes into another such column.
 *
 * Arrays of the caller and of Arrow streams are described in these terms; what
 * a cell holds is then asked in one way.
 */
#ifndef TSL_TABLE_CELL_CELL_ARRAY_H
#define TSL_TABLE_CELL_CELL_ARRAY_H

#include "base/zone.h"
#include "table/cell/typed.h"

typedef enum tsl__cell_layout {
    TSL__LAYOUT_NULL,      /* all missing */
    TSL__LAYOUT_SIGNED,    /* integers of `width` bytes */
    TSL__LAYOUT_UNSIGNED,  /* likewise */
    TSL__LAYOUT_FLOAT,     /* of 2, 4 or 8 bytes; NaN is missing */
    TSL__LAYOUT_WIDE,      /* __int128 */
    TSL__LAYOUT_BIT,       /* one bit a boolean, at bit `from` + row */
    TSL__LAYOUT_POINTER,   /* const char *, NUL-terminated; NULL is missing */
    TSL__LAYOUT_FIXED,     /* texts of `width` bytes, filled up with NUL */
    TSL__LAYOUT_OFFSETS32, /* text between two int32_t of `begins`, in data */
    TSL__LAYOUT_OFFSETS64, /* likewise, int64_t */
    TSL__LAYOUT_VIEW,      /* Arrow's string views: 16 bytes each, long texts in `buffers` */
    TSL__LAYOUT_UNKNOWN    /* of a type that cannot be read: refused where the column is used */
} tsl__cell_layout;

/* What the numbers of a column are. */
typedef enum tsl__cell_content {
    TSL__CONTENT_NUMBER,  /* floats; integers, divided by 10^places */
    TSL__CONTENT_BOOLEAN, /* 0 is false */
    TSL__CONTENT_DAY,
    TSL__CONTENT_TIME, /* `per_second` units a second; the clock to be read is `clock`, or else `zone` seconds
                          ahead */
    TSL__CONTENT_CODE  /* of `levels` */
} tsl__cell_content;

typedef struct tsl__cell_array {
    tsl__cell_layout layout;
    tsl__cell_content content;
    const unsigned char *data; /* of row 0 */
    size_t stride, width;      /* bytes from one value to the next, and of a value */
    size_t from;
    const uint8_t *valid; /* bitmap, least bit first, row 0 at bit valid_from; NULL: all are */
    size_t valid_from;
    int missing_least; /* 1: the least integer of this width means missing */
    int missing_below; /* 1: codes of -1 mean missing */
    int places;
    int64_t per_second, zone;
    const tsl__zone *clock;
    tsl__zone *own_clock;               /* owned: clock, where it is the array's own */
    const unsigned char *begins;        /* of row 0 */
    const unsigned char *const *buffer; /* of VIEW */
    const unsigned char *sizes;         /* of the buffers, int64_t */
    size_t buffers;
    const struct tsl__cell_array *levels;
    size_t level_count;
} tsl__cell_array;

/* 0: the texts of the first rows lie where they can, as far as that is known: offsets rise, views lie in a buffer;
 * -1: they do not, and no cell may be asked for. */
int tsl__cell_array_check(const tsl__cell_array *cells, size_t rows);

/* What the cell of a row holds. */
void tsl__cell_array_get(const tsl__cell_array *cells, size_t row, tsl__typed *out);

#endif
