/*
 * foreign_packing.h: what the attributes of an array say of its values, by the CF conventions: packed ones, of which
 * the numbers are packed * scale_factor + add_offset (8.1), and those that are missing: _FillValue, missing_value,
 * and what lies outside of valid_min, valid_max or valid_range (2.5.1). What cannot be followed is refused.
 */
#ifndef TSL_STORE_FOREIGN_FOREIGN_PACKING_H
#define TSL_STORE_FOREIGN_FOREIGN_PACKING_H

#include "store/foreign/foreign_heap.h"
#include "store/foreign/foreign_table.h"

#include <hdf5.h>

#define TSL__PACKING_VALUES 8 /* the most of one attribute */

typedef struct tsl__packing {
    int is_packed, is_float;     /* is_float: the numbers are floats of 4 bytes, as scale and offset are */
    double scale, parts, offset; /* parts: 1 / scale where that is whole, which divides exactly; else 0 */
    double low, high;            /* of packed numbers */
    size_t fills;
    unsigned char fill[2 * TSL__PACKING_VALUES][sizeof(int64_t)]; /* as the values lie in memory */
} tsl__packing;

/* What the attributes of an array say whose values are `column` in memory, of the type `cell`. NULL, or what is wrong
 * with them, behind the array's name: a view of what[]. */
#define TSL__PACKING_FAULT_BYTES 160
const char *tsl__packing_read(tsl__foreign_texts *texts, hid_t set, hid_t cell, const tsl__foreign_column *column,
                              tsl__packing *out, char what[TSL__PACKING_FAULT_BYTES]);
/* 1: the values are as they stand. */
int tsl__packing_is_none(const tsl__packing *packing);
/* Unpacks the values that were read; 0 on success, -1: out of memory. */
int tsl__packing_apply(const tsl__packing *packing, hid_t cell, tsl__foreign_column *column, size_t rows);

#endif
