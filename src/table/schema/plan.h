/*
 * plan.h: which columns a table reads, as what, and how they come about.
 *
 * Inputs are the columns that can be named: those of the first file, then
 * those of the lookups. Outputs are the columns of the result: an input, or an
 * expression over inputs.
 */
#ifndef TSL_TABLE_SCHEMA_PLAN_H
#define TSL_TABLE_SCHEMA_PLAN_H

#include <tesela/table.h>

#include "expr/expr.h"
#include "table/lookup.h"
#include "table/source/csv.h"

#define TSL__NONE SIZE_MAX

typedef struct tsl__input {
    size_t lookup; /* TSL__NONE: a column of the table's own files */
    size_t column; /* of the first file, or of the lookup */
    int used;      /* by an output or as the key of a lookup */
} tsl__input;

typedef struct tsl__output {
    tsl_role role;
    tsl_column_type type; /* what is read: text, time or decimal */
    int required;
    int mapped; /* 1: the user said so */
    char *name;
    size_t input;                /* TSL__NONE: expr, or the number of the row where there is none */
    tsl__expr *expr;             /* owned */
    int is_value;                /* customers: what they are ranked by */
    const tsl_column_rule *rule; /* customers: what is declared of it, or NULL */
} tsl__output;

typedef struct tsl__plan {
    const char **name; /* one an input, borrowed from the files */
    tsl__input *input;
    size_t inputs, own_inputs; /* own: of the table's files, the first ones */
    size_t *key;               /* input that is the key of each lookup */
    tsl__output *output;       /* by role; then the plain columns */
    size_t outputs;
} tsl__plan;

/* 1: the customers' ids are the numbers of their rows. */
int tsl__plan_has_row_ids(const tsl__plan *plan);

/* Decides on the header of the first file. TSL_E_OPTION: a mapped column,
 * expression, rule or key that does not exist; TSL_E_NOT_FOUND: no column for
 * a required role. */
tsl_status tsl__plan_build(const tsl_table_options *opt, const tsl__csv *csv, tsl__lookup *const *lookups,
                           tsl__plan *plan, tsl_error *err);
void tsl__plan_free(tsl__plan *plan);

/* "customer: CustomerID (text)" for each role, and what is not used. */
tsl_status tsl__plan_describe(const tsl__plan *plan, tsl_notes *understood, tsl_error *err);

#endif
