/* column_names.c: makes names distinct, however often the same one comes. */
#include "table/source/column_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/dict.h"

struct tsl__names {
    tsl__dict *seen; /* names given out */
    size_t *next;    /* one a code: the number to try where the name comes again */
    size_t capacity, columns;
};

tsl__names *tsl__names_open(void)
{
    tsl__names *names = tsl__alloc_zero(1, sizeof *names);
    if (names && !(names->seen = tsl__dict_open())) {
        free(names);
        names = NULL;
    }
    return names;
}

void tsl__names_free(tsl__names *names)
{
    if (!names) {
        return;
    }
    tsl__dict_free(names->seen);
    free(names->next);
    free(names);
}

/* The code of a name, given out from now on; -1: out of memory. */
static int32_t take(tsl__names *names, const char *name)
{
    size_t count = tsl__dict_get_count(names->seen);
    void *next = names->next;
    if (tsl__reserve(&next, &names->capacity, count + 1, sizeof *names->next)) {
        return -1;
    }
    names->next = next;
    names->next[count] = 2;
    return tsl__dict_add(names->seen, name, strlen(name));
}

char *tsl__names_add(tsl__names *names, tsl__span header)
{
    names->columns++;
    char *plain = header.n ? tsl__strndup(header.s, header.n) : tsl__format("c%zu", names->columns), *name = plain;
    int32_t code = plain ? tsl__dict_get(names->seen, plain, strlen(plain)) : -1;
    if (code >= 0) {
        do { /* a number that was tried is never tried again, so that all of them take as many steps as columns */
            if (name != plain) {
                free(name);
            }
            name = tsl__format("%s (%zu)", plain, names->next[code]++);
        } while (name && tsl__dict_get(names->seen, name, strlen(name)) >= 0);
        free(plain);
    }
    if (name && take(names, name) < 0) {
        free(name);
        name = NULL;
    }
    return name;
}
