/*
 * roles.h: the roles, their types, and the names of columns that play them.
 *
 * One table (roles.c) holds every name that is recognised without a
 * configuration; case, spaces, "_", "-", "." and a unit in brackets behind the
 * name do not matter.
 */
#ifndef TSL_TABLE_SCHEMA_ROLES_H
#define TSL_TABLE_SCHEMA_ROLES_H

#include <tesela/table.h>

#include "table/cell/parse_number.h"

/* Sets of table kinds. */
#define TSL__IN(kind) (1u << (kind))

typedef struct tsl__role_info {
    const char *name; /* as a configuration writes it */
    tsl_column_type type;
    unsigned kinds;    /* tables that have it */
    unsigned required; /* tables that must have it */
    double low, high;  /* bounds of a sound value, low < high; both 0: none */
} tsl__role_info;

const tsl__role_info *tsl__role_get_info(tsl_role role);
/* 1: the table has this role. */
int tsl__role_is_of(tsl_role role, tsl_table_kind kind);
int tsl__role_is_required(tsl_role role, tsl_table_kind kind);

/* The column among folded names that is recognised as the role, the most telling
 * name first, among those with taken[i] == 0; count where there is none. *per_unit:
 * 1 where its name says that it holds for one piece of the quantity. */
size_t tsl__role_find(tsl_role role, tsl_table_kind kind, const char *const *folded, size_t count, const char *taken,
                      int *per_unit);

/* 1: the name of a column comes near one of the role's; that one into meant[size]. */
int tsl__role_guess(tsl_role role, tsl_table_kind kind, const char *column, char *meant, size_t size);

/* Bytes of a name without a unit in brackets behind it: "Amount (EUR)", "金额（元）". */
size_t tsl__name_length(const char *name);

/* A name without what does not matter, into out[size]. */
void tsl__name_fold(const char *name, char *out, size_t size);
/* All of them, in one block to be freed as a whole; NULL: out of memory. */
char **tsl__names_fold(const char *const *list, size_t count);

/* 1: one of the fields is a name that is recognised as the customer. */
int tsl__role_is_header(const tsl__span *field, size_t count);

#endif
