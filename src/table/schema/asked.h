/*
 * asked.h: what is asked of a table: the options given and, behind them, what
 * was said, found and shown of the one before (tsl_table_options.like). All of
 * it is remembered for the next one.
 */
#ifndef TSL_TABLE_SCHEMA_ASKED_H
#define TSL_TABLE_SCHEMA_ASKED_H

#include <tesela/table.h>

#include "base/zone.h"
#include "table/cell/rates.h"
#include "table/text/text_source.h"

/* The order of day and month that a column has shown. */
typedef struct tsl__shown {
    char *column; /* "time" for the role, else the name; owned */
    tsl_date_order order;
} tsl__shown;

/* The decimal mark that a column has shown. */
typedef struct tsl__shown_mark {
    char *column; /* owned */
    tsl_decimal_mark mark;
} tsl__shown_mark;
/* Days that stand for no date in a column of the customers. */
typedef struct tsl__unknown_days {
    char *column;  /* owned */
    unsigned days; /* bits, by tsl__unknown_day */
} tsl__unknown_days;
/* Those that may: 0 1900-01-01, 1 1970-01-01. */
#define TSL__UNKNOWN_DAYS 2

/* What a plain column of the customers was taken for: never ordinal, which is declared. */
typedef struct tsl__found_type {
    char *column; /* owned */
    tsl_column_type type;
} tsl__found_type;

typedef struct tsl__asked {
    tsl_table_options opt;           /* full; its roles and rules are those below */
    size_t given_roles, given_rules; /* the first so many are the user's own, the others those of before */
    tsl_role_map *role;              /* with room for all roles */
    unsigned found_roles;            /* bits 1 << role: those that were recognised, not said */
    tsl_column_rule *rule;
    tsl__found_type *found;
    size_t found_count, found_capacity;
    tsl__shown *shown;
    size_t shown_count, shown_capacity;
    tsl__shown_mark *mark;
    size_t mark_count, mark_capacity;
    tsl__unknown_days *unknown;
    size_t unknown_count, unknown_capacity;
    char **ages; /* columns of the customers that hold ages; owned */
    size_t age_count, age_capacity;
    int clock;               /* were times written with their time of day? -1: not known */
    tsl__zone *zone;         /* of opt.timezone; NULL: none is declared */
    tsl__rates rates;        /* of opt.rates */
    tsl_currency_rate *rate; /* those of `like`, where they are taken */
    const char *currency;    /* the one that there was; NULL: not known. A view of `like`, or of the table */
    void *like;              /* parsed: holds the texts of what was said before */
    const char **texts;      /* levels and missing texts of it */
} tsl__asked;

/* Checks the options and takes them over; what they point to is borrowed.
 * TSL_E_OPTION. Free it, also on failure. kind TSL_TABLE_KINDS: of any table. */
TSL_FALLIBLE tsl_status tsl__asked_open(const tsl_table_options *given, tsl_table_kind kind, tsl__asked *out,
                                        tsl_error *err);
/* How the text of a file is read; opt must stay. */
tsl__text_options tsl__asked_get_text(const tsl_table_options *opt);
void tsl__asked_free(tsl__asked *asked); /* what it holds, not the struct; a zeroed one is fine */

/* asked_keep.c: the order that the column has shown before, or TSL_DATES_AUTO. */
tsl_date_order tsl__asked_get_order(const tsl__asked *asked, const char *column);
/* Likewise the decimal mark, or TSL_DECIMAL_AUTO. */
tsl_decimal_mark tsl__asked_get_mark(const tsl__asked *asked, const char *column);
/* The days that stood for no date in a column before, as bits; 0: none. */
unsigned tsl__asked_get_unknown(const tsl__asked *asked, const char *column);
TSL_FALLIBLE tsl_status tsl__asked_keep_unknown(tsl__asked *asked, const char *column, unsigned days, tsl_error *err);
/* A column of the customers that holds ages, where what is no age is missing. */
int tsl__asked_has_ages(const tsl__asked *asked, const char *column);
TSL_FALLIBLE tsl_status tsl__asked_keep_ages(tsl__asked *asked, const char *column, tsl_error *err);
/* Such a day. */
int32_t tsl__unknown_day(int number);
/* Remembers: the order of a column; its decimal mark; its type, of two the later; the column of a role, as said or as
 * recognised. */
TSL_FALLIBLE tsl_status tsl__asked_keep_order(tsl__asked *asked, const char *column, tsl_date_order order,
                                              tsl_error *err);
TSL_FALLIBLE tsl_status tsl__asked_keep_mark(tsl__asked *asked, const char *column, tsl_decimal_mark mark,
                                             tsl_error *err);
TSL_FALLIBLE tsl_status tsl__asked_keep_type(tsl__asked *asked, const char *column, tsl_column_type type,
                                             tsl_error *err);
void tsl__asked_keep_role(tsl__asked *asked, tsl_role role, const char *source, int recognised);

/* asked_check.c: the values of the options. TSL_E_OPTION. */
TSL_FALLIBLE tsl_status tsl__asked_check(const tsl_table_options *opt, tsl_error *err);
#define TSL__HEADERS "1, 0, -1 or the line of the names"
TSL_FALLIBLE tsl_status tsl__asked_check_delimiter(char delimiter, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__asked_check_encoding(tsl_encoding encoding, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__asked_check_rule(const tsl_column_rule *rule, tsl_error *err);

/* asked_json.c: reads opt.like into the rest; writes all of it, owned. */
TSL_FALLIBLE tsl_status tsl__asked_read(tsl__asked *asked, tsl_table_kind kind, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__asked_write(const tsl__asked *asked, tsl_table_kind kind, char **json, tsl_error *err);
void tsl__asked_forget(tsl__asked *asked); /* frees `like` */

#endif
