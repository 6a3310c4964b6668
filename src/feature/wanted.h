/* wanted.h: the features that are asked for by name, and what the tables must be read for them. */
#ifndef TSL_FEATURE_WANTED_H
#define TSL_FEATURE_WANTED_H

#include "feature/catalogue.h"

/* 1 where all features are wanted, or a name that is asked for is this one or its family ("channel" of "channel:");
 * those that are get a mark (one a name; or NULL). */
int tsl__wanted_has(const tsl_feature_options *opt, const char *name, uint8_t *mark);
/* The same of an entry: what derived features are made of comes with them, and scores all together. */
int tsl__wanted_has_entry(const tsl_feature_options *opt, const tsl__catalogue_entry *entry, uint8_t *mark);
/* 1 where the options say that there are none such. */
int tsl__wanted_is_off(const tsl_feature_options *opt, const tsl__catalogue_entry *entry);
/* tsl_table_options.leave_out of a table that is read for these features alone. */
unsigned tsl__wanted_leave(const tsl_feature_options *opt, tsl_table_kind kind);
/* 1 where the entry is made of orders. */
int tsl__entry_is_of_orders(const tsl__catalogue_entry *entry);

#endif
