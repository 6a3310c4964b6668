/* roles.h: the roles of columns, their types, and the tables that have them; role_names.h: what such columns are
 * called. */
#ifndef TSL_TABLE_NAMES_ROLES_H
#define TSL_TABLE_NAMES_ROLES_H

#include <tesela/table.h>

#include "table/names/role_names.h"

/* Sets of table kinds. */
#define TSL__IN(kind) (1u << (kind))

typedef struct tsl__role_info {
    const char *name;                    /* as a configuration writes it */
    const char *option[TSL_TABLE_KINDS]; /* of the program, one a table */
    tsl_column_type type;
    unsigned kinds;    /* tables that have it */
    unsigned required; /* tables that must have it */
    double low, high;  /* bounds of a sound value, low < high; both 0: none */
    int whole;         /* 1: it counts */
    int purchases;     /* 1: of the customers: it tells what each of them bought */
} tsl__role_info;

const tsl__role_info *tsl__role_get_info(tsl_role role);
/* 1: the table has this role. */
int tsl__role_is_of(tsl_role role, tsl_table_kind kind);
int tsl__role_is_required(tsl_role role, tsl_table_kind kind);
/* 1: the decimal is a sound value of the role. */
int tsl__role_holds(tsl_role role, int64_t value);

#endif
