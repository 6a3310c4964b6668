/* binding.h: a recipe's features, each with its place in the tables at hand. */
#ifndef TSL_FEATURE_BINDING_H
#define TSL_FEATURE_BINDING_H

#include "feature/catalogue.h"
#include "feature/own_line.h"
#include "feature/records/census.h"

#define TSL__NOBODY_KNOWS 2 /* in tsl__feature_origin.named: the value says so */

/* Where a feature's values come from; neither entry nor attribute: it is missing. */
typedef struct tsl__feature_origin {
    const tsl__catalogue_entry *entry; /* or NULL */
    tsl__told told;                    /* what of the customers' own columns it is, where there are no transactions */
    const tsl__line *line;             /* whose entry it is, where it is one of the user's own; or NULL */
    const tsl_column *attribute;       /* customers column, or NULL; beside an entry: what tells of who has no record */
    int32_t code;                      /* that it counts; TSL__OTHER; TSL__NO_CODE: no row has it */
    const uint8_t *named;              /* rest: codes that have a feature of their own */
    int known_alone;                   /* an outcome of two answers: what says that nobody knows is missing */
    const int32_t *rank;               /* ordinal: of each code, from 1; 0 where the recipe does not know it */
} tsl__feature_origin;

typedef struct tsl__binding {
    const tsl_recipe *recipe;
    tsl__feature_origin *origin; /* one a feature */
    uint8_t **named;             /* one a feature that begins a block of values, else NULL; owned */
    int32_t **rank;              /* one an ordinal feature, else NULL; owned */
    tsl__line *line;             /* one of the recipe's lines each; owned */
    size_t line_count;           /* that are open */
    int told;                    /* 1: some are of the customers' own columns, as there are no transactions */
    int of_orders;               /* 1: the recipe makes a feature of orders, whether it can be made or not */
} tsl__binding;

/* Finds each feature's columns. One that is not there is TSL_E_INPUT by name,
 * or with allow_missing a note. *unseen: rows of the tables whose value the
 * recipe has no feature for; `fitted` tables have none. */
TSL_FALLIBLE tsl_status tsl__binding_open(const tsl_recipe *recipe, const tsl_tables *tables, const tsl__census *census,
                                          int allow_missing, tsl__binding *binding, uint64_t *unseen, tsl_notes *notes,
                                          tsl_error *err);
/* Notes the customers' plain columns of which the recipe makes nothing. customers may be NULL. */
TSL_FALLIBLE tsl_status tsl__binding_note_unused(const tsl__binding *binding, const tsl_table *customers,
                                                 tsl_notes *notes, tsl_error *err);
void tsl__binding_free(tsl__binding *binding);

#endif
