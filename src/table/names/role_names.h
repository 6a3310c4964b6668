/*
 * role_names.h: the names of columns that are recognised as roles.
 *
 * One table (role_names.c) holds every name; case, accents, spaces, "_", "-",
 * ".", "#", the width of letters and a unit in brackets behind the name do not
 * matter. A column is recognised by its whole name only.
 */
#ifndef TSL_TABLE_NAMES_ROLE_NAMES_H
#define TSL_TABLE_NAMES_ROLE_NAMES_H

#include <tesela/table.h>

#include "table/cell/parse_number.h"

/* What a name says besides the role. */
typedef enum tsl__name_sense {
    TSL__SENSE_PLAIN,
    TSL__SENSE_PER_UNIT, /* a price or cost of one piece of the quantity */
    TSL__SENSE_PER_ITEM, /* likewise, of one of the lines of an order */
    TSL__SENSE_OF_ORDER, /* an amount of the whole order, which stands on each of its lines or on the first alone */
    TSL__SENSE_MAY_BE_OF_ORDER, /* likewise, where the lines have prices of their own */
    TSL__SENSE_CARD,            /* a customer by the number of a card, ... */
    TSL__SENSE_PHONE,           /* ... a telephone number, ... */
    TSL__SENSE_EMAIL,           /* ... an address, ... */
    TSL__SENSE_PERSON,          /* ... or a name, which two may share */
    TSL__SENSE_ANYONE           /* an id that does not say whose */
} tsl__name_sense;

/* A line of the table. Names are divided by "|", the most telling first, and are
 * written as tsl__name_fold gives them, with spaces for the reader; {a,b,} stands
 * for each of its texts. */
typedef struct tsl__role_names {
    tsl_role role;
    unsigned kinds; /* sets of TSL__IN */
    tsl__name_sense sense;
    const char *beside; /* holds only where a column of one of these names stands there, too; NULL: anywhere */
    const char *list;
} tsl__role_names;

/* NULL beyond the last. Of the names of a role the first one that is there holds. */
const tsl__role_names *tsl__role_names_get(size_t line);
/* The next name of a list, and its length; NULL behind the last. at: NULL at first. */
const char *tsl__role_names_next(const char *list, const char *at, size_t *length);
/* The i-th text that [name, name + length) stands for, into out; 0: there are no so many. */
int tsl__role_names_expand(const char *name, size_t length, size_t i, char *out, size_t size);

/* The column among folded names that is recognised as the role, the most telling
 * name first, among those with taken[i] == 0; count where there is none. */
size_t tsl__role_find(tsl_role role, tsl_table_kind kind, const char *const *folded, size_t count, const char *taken,
                      tsl__name_sense *sense);

/* 1: the name of a column comes near one of the role's; that one into meant[size]. */
int tsl__role_guess(tsl_role role, tsl_table_kind kind, const char *column, char *meant, size_t size);

/* 1: one of the fields is a name that is recognised as the customer. */
int tsl__role_is_header(const tsl__span *field, size_t count);

/* Bytes of a name without a unit in brackets behind it: "Amount (EUR)", "金额（元）". */
size_t tsl__name_length(const char *name);

/* A name without what does not matter, into out[size]. */
void tsl__name_fold(const char *name, char *out, size_t size);
/* 1: folded it is one of the names, which stand between bars as tsl__name_fold gives them: "|status|state|". Names of
 * 64 bytes and more are none. */
int tsl__name_is_among(tsl__span name, const char *names);
/* A name whose letters with an accent, or of full width, are those of ASCII. */
void tsl__name_fold_accents(const char *name, char *out, size_t size);
/* All of them, in one block to be freed as a whole; NULL: out of memory. */
char **tsl__names_fold(const char *const *list, size_t count);

#endif
