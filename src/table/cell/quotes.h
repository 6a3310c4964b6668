/* quotes.h: a message without what it quotes. */
#ifndef TSL_TABLE_CELL_QUOTES_H
#define TSL_TABLE_CELL_QUOTES_H

#include <stddef.h>

/* Whatever stands between quotes becomes three points, in place; size: of the room of the message, to which it is cut.
 * What a quote opens and nothing closes is hidden up to the end. */
void tsl__quotes_hide(char *message, size_t size);

#endif
