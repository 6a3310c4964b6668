/* mask.h: ids of which a part is hidden, as platforms write them: 小**0, 138****0000, 138xxxx0000. */
#ifndef TSL_TABLE_CELL_MASK_H
#define TSL_TABLE_CELL_MASK_H

#include "table/cell/span.h"

/* 1: two or more marks such as * stand side by side in it, or three x between digits. */
int tsl__mask_is_in(tsl__span id);

#endif
