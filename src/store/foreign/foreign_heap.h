/* foreign_heap.h: texts of any length, which lie in heaps of an HDF5 file, and are only referred to where they stand.
 */
#ifndef TSL_STORE_FOREIGN_FOREIGN_HEAP_H
#define TSL_STORE_FOREIGN_FOREIGN_HEAP_H

#include "store/driver.h"

/* A reference: the text's length (4 bytes), the place of a heap (8) and the number in it (4). */
#define TSL__REFERENCE_BYTES 16

/* The texts that were read, and the heap that the last of them was in. */
typedef struct tsl__foreign_texts tsl__foreign_texts;
tsl__foreign_texts *tsl__foreign_texts_open(tsl__disk *disk); /* a view; NULL: out of memory */
void tsl__foreign_texts_free(tsl__foreign_texts *texts);
/* The text, NUL-terminated, which lives as long as texts. NULL: the reference leads nowhere, or there is no memory. */
const char *tsl__foreign_texts_get(tsl__foreign_texts *texts, const unsigned char reference[TSL__REFERENCE_BYTES]);

#endif
