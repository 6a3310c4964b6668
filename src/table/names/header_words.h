/* header_words.h: what the words of a column's name say about it. */
#ifndef TSL_TABLE_NAMES_HEADER_WORDS_H
#define TSL_TABLE_NAMES_HEADER_WORDS_H

#include <tesela/table.h>

typedef enum tsl__hint {
    TSL__HINT_BIRTH,     /* a date of birth */
    TSL__HINT_EXPIRY,    /* a day on which something ends or falls due: no day of what has happened */
    TSL__HINT_JOINED,    /* a day on which somebody became a customer */
    TSL__HINT_KEY,       /* an id, key, code or number of something */
    TSL__HINT_PERSON,    /* names, addresses, numbers that identify a person */
    TSL__HINT_SENSITIVE, /* health, belief, origin, sexual life, politics, offences, financial distress, exact place */
    TSL__HINT_AGE,
    TSL__HINT_GENDER,
    TSL__HINTS
} tsl__hint;

int tsl__name_hints(const char *name, tsl__hint hint);
/* 1: that of a column that a program adds to number the rows: "index", "Unnamed: 0", "#". */
int tsl__name_is_index(const char *name);
/* Where whole numbers go up by one from row to row in so many rows, they number them, whatever their name. */
#define TSL__ROWS_NUMBERED 20

/* What a name may end with, but for digits behind it ("home zip code 2"). */
typedef enum tsl__name_end {
    TSL__ENDS_LATITUDE,
    TSL__ENDS_LONGITUDE,
    TSL__ENDS_POSTCODE,
    TSL__ENDS_PHONE,
    TSL__ENDS_MAIL,    /* an address of e-mail */
    TSL__ENDS_ADDRESS, /* where somebody lives */
    TSL__ENDS_PAPER,   /* the number of an identity card, a passport, a bank account */
    TSL__NAME_ENDS
} tsl__name_end;

int tsl__name_ends(const char *name, tsl__name_end end);
/* 1: all of the name is that of people's names: "name", "FirstName", 姓名; neither "plan name" nor "name_length". */
int tsl__name_is_persons(const char *name);
/* 1: a column of this name that plays this role names people or orders, whatever its cells are. */
int tsl__name_is_personal(const char *name, tsl_role role);

/* Are whole numbers under this name codes of something ("Region", "zip_code") and no amounts? */
typedef enum tsl__code {
    TSL__CODE_NONE,
    TSL__CODE_IF_FEW, /* where there are few different ones */
    TSL__CODE_ALWAYS
} tsl__code;

tsl__code tsl__name_code(const char *name);

/* 1: by its words the column may be the customer, the time or the amount of a table, though its name is not known. */
int tsl__name_may_be(const char *name, tsl_role role);
/* 1: by its words the column is none of these. */
int tsl__name_is_never(const char *name, tsl_role role);

/* 1: numbers under this name may count days from a first one: "DAY", "trans_date". */
int tsl__name_counts_days(const char *name);

/* The group that the words of a name point to, else `otherwise`. amounts: 1 for
 * a column of numbers that are not all whole. */
tsl_group tsl__name_group(const char *name, int amounts, tsl_group otherwise);

#endif
