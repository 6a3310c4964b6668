/* unknown_text.h: texts that say that nobody knows, among numbers or answers. What stands for nothing everywhere is
 * parse_number.h's. */
#ifndef TSL_TABLE_CELL_UNKNOWN_TEXT_H
#define TSL_TABLE_CELL_UNKNOWN_TEXT_H

/* "Unknown", "n.a.", "?", "不详", whatever the case. */
int tsl__unknown_is_text(const char *text);

#endif
