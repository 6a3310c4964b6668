/* dict.h: texts -> dense codes 0, 1, 2, ... in order of first appearance. */
#ifndef TSL_BASE_DICT_H
#define TSL_BASE_DICT_H

#include <stddef.h>
#include <stdint.h>

typedef struct tsl__dict tsl__dict;

tsl__dict *tsl__dict_open(void); /* NULL: out of memory */
void tsl__dict_free(tsl__dict *dict);
/* The code of [s, s + n), added where it is new; -1: out of memory. */
int32_t tsl__dict_add(tsl__dict *dict, const char *s, size_t n);
/* The code, or -1 where it is not there. */
int32_t tsl__dict_get(const tsl__dict *dict, const char *s, size_t n);
/* Nothing but sooner: of many texts that are added, best said some before it is. */
void tsl__dict_fetch(const tsl__dict *dict, const char *s, size_t n);
size_t tsl__dict_get_count(const tsl__dict *dict);
/* The text of a code: NUL-terminated, borrowed. */
const char *tsl__dict_get_text(const tsl__dict *dict, int32_t code, size_t *length);
/* rank[code] = place of the text in bytewise order; count entries. 0 on success. */
int tsl__dict_get_ranks(const tsl__dict *dict, int32_t *rank);

#endif
