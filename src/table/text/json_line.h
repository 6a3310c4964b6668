/* json_line.h: what is wrong with one line of JSON Lines. */
#ifndef TSL_TABLE_TEXT_JSON_LINE_H
#define TSL_TABLE_TEXT_JSON_LINE_H

#include "table/cell/span.h"

#define TSL__JSON_KEY_BYTES 64

/* 1: the line is an object in which a key stands twice, which is put, cut perhaps, into out[]. */
int tsl__json_line_find_twice(tsl__span line, char out[TSL__JSON_KEY_BYTES]);

#endif
