/*
 * plan.h: which columns a table reads, as what, and how they come about.
 *
 * Inputs are the columns that can be named: those of the files, then those of
 * the lookups. Outputs are the columns of the result: an input, or an
 * expression over inputs.
 */
#ifndef TSL_TABLE_SCHEMA_PLAN_H
#define TSL_TABLE_SCHEMA_PLAN_H

#include <tesela/table.h>

#include "expr/expr.h"
#include "table/cell/unit.h"
#include "table/file_columns.h"
#include "table/lookup.h"
#include "table/names/beside_words.h"
#include "table/names/role_names.h"
#include "table/schema/asked.h"

#define TSL__NONE SIZE_MAX
#define TSL__PLAN_STATUSES ((size_t)8) /* columns of them that are looked at */

typedef struct tsl__plan_input {
    size_t lookup;  /* TSL__NONE: a column of the table's own files */
    size_t column;  /* of the files, or of the lookup */
    int used;       /* by an output or as the key of a lookup */
    size_t number;  /* its place among those that are read as numbers, or TSL__NONE */
    tsl_role role;  /* that its numbers play or make, whose unit they are in; or NONE */
    tsl__unit unit; /* that its name tells for the role; its text is empty where there is none */
} tsl__plan_input;

typedef struct tsl__plan_output {
    tsl_role role;
    tsl_column_type type; /* what is read: text, time or decimal */
    int required;
    int mapped; /* 1: it was said so, or found so in the earlier table */
    char *name;
    size_t input;                /* TSL__NONE: expr, or the number of the row where there is none */
    tsl__expr *expr;             /* owned */
    int unnamed;                 /* 1: the header leaves out its name */
    int is_value;                /* customers: what they are ranked by */
    int is_weight;               /* customers: how often each counts */
    const tsl_column_rule *rule; /* customers: what is declared of it, or NULL */
    tsl_column_type found;       /* customers: what it was taken for before, or TSL_TYPE_AUTO */
    tsl__unit *unit;             /* owned; decimal: that its column's name tells; its factor is applied. NULL: none */
} tsl__plan_output;

/* An own column of money beside the amounts, which nothing is made of. */
typedef struct tsl__plan_beside {
    size_t input;
    tsl__beside_kind kind;
} tsl__plan_beside;

typedef struct tsl__plan {
    const char **name; /* one an input, borrowed from the files */
    tsl__plan_input *input;
    size_t inputs, own_inputs; /* own: of the table's files, the first ones */
    size_t *key;               /* input that is the key of each lookup */
    tsl__plan_output *output;  /* by role; then the plain columns */
    size_t outputs;
    tsl__expr *where; /* rows for which it does not hold are left out; owned, or NULL */
    size_t *number;   /* inputs that are read as numbers as they are decoded: of decimals, and of expressions */
    size_t numbers;
    size_t *status; /* own inputs of transactions that say what became of a sale, which nothing is made of */
    size_t statuses;
    unsigned dated; /* of these, as bits: which hold a date where there is no sale */
    tsl__plan_beside beside[TSL__MOST_BESIDE];
    size_t besides;
    size_t *watched; /* own inputs of transactions that no role takes, of whose cells none was there to be looked at:
                        they may hold codes of currencies yet */
    size_t watches;
    size_t order;             /* own input that names the order of a line, be it read or not; or TSL__NONE */
    size_t clock;             /* own input of the times of day of the events, beside that of their days; or TSL__NONE */
    int id_is_index;          /* 1: the customers' ids are an index of the rows, for want of a column of ids */
    unsigned only;            /* roles, as bits, whose column's name is not known, but no other can be meant */
    tsl__name_sense customer; /* what the name of a customer that was recognised says */
} tsl__plan;

/* The columns of a table's own: of its files, or the arrays. Views. */
typedef struct tsl__own_columns {
    const char *path; /* what messages call them: the first file */
    const char *const *name;
    size_t count;
    const tsl__file_column *files; /* one a column: which files have it; NULL: not known */
    int has_header;                /* 0: the names are c1, c2, ... */
    int unnamed;                   /* 1: the header leaves out the first one's name */
    const char *sheets;            /* of the first file, as in tsl__header */
    const tsl_role *role;          /* one a column, as the caller says; NULL: he does not */
} tsl__own_columns;

/* 1: the own input is a column of a status, which is looked at. */
int tsl__plan_is_status(const tsl__plan *plan, size_t input);
/* 1: the customers' ids are the numbers of their rows. */
int tsl__plan_has_row_ids(const tsl__plan *plan);
/* One of each of the first so many inputs, 1: it plays a role. Owned; NULL: out of memory. */
char *tsl__plan_list_taken(const tsl__plan *plan, size_t count);
/* 1: its rows are lines of orders, and say what became of these. */
int tsl__plan_has_order_statuses(const tsl__plan *plan);

/* TSL_E_OPTION: a mapped column, expression, rule or key that does not exist;
 * TSL_E_NOT_FOUND: no column for a required role, or one that was there before
 * is not, unless the options allow it: then it is noted. */
TSL_FALLIBLE tsl_status tsl__plan_build(tsl_table_kind kind, const tsl__asked *asked, const tsl__own_columns *own,
                                        tsl__lookup *const *lookups, tsl__plan *plan, tsl_notes *notes, tsl_error *err);
/* Gives back what the columns would be, and keeps the columns. */
void tsl__plan_clear(tsl__plan *plan);
void tsl__plan_free(tsl__plan *plan);

/* "customer: CustomerID (text)" for each role, and what is not used. */
TSL_FALLIBLE tsl_status tsl__plan_describe(const tsl__plan *plan, tsl_notes *understood, tsl_error *err);

#endif
