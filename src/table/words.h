/* words.h: what the name of a customers column says about it. */
#ifndef TSL_TABLE_WORDS_H
#define TSL_TABLE_WORDS_H

#include <tesela/table.h>

typedef enum tsl__hint {
    TSL__HINT_BIRTH,  /* a date of birth */
    TSL__HINT_KEY,    /* an id, key, code or number of something */
    TSL__HINT_PERSON, /* names, addresses, numbers that identify a person */
    TSL__HINTS
} tsl__hint;

int tsl__name_hints(const char *name, tsl__hint hint);
/* The group that the words of a name point to; demographic where none does. */
tsl_group tsl__name_group(const char *name);

#endif
