/* layout.h: which features the tables give, and where each of them comes from. */
#ifndef TSL_FEATURE_LAYOUT_H
#define TSL_FEATURE_LAYOUT_H

#include "feature/catalogue.h"
#include "feature/records/census.h"
#include "feature/records/told.h"

/* 1 where the tables hold what the entry is made of. */
int tsl__entry_is_present(const tsl__catalogue_entry *entry, const tsl_tables *tables);
/* 1 where it is, of the customers' own columns, as there are no transactions. */
int tsl__entry_is_told(const tsl__catalogue_entry *entry, const tsl_tables *tables);
/* 1 where they hold it and yet it says nothing of anybody: every time is midnight. */
int tsl__entry_is_silent(const tsl__catalogue_entry *entry, const tsl_tables *tables, const tsl__census *census);
/* What it is that they lack: "the table transactions", "channel (transactions)". */
void tsl__entry_put_absent(const tsl__catalogue_entry *entry, const tsl_tables *tables, char *text, size_t size);
const tsl_table *tsl__entry_get_table(const tsl__catalogue_entry *entry, const tsl_tables *tables);

/* Fits recipe->feature, without bins: the catalogue's entries whose columns are
 * there, then the customers' columns. */
TSL_FALLIBLE tsl_status tsl__layout_fit(const tsl_tables *tables, const tsl__census *census,
                                        const tsl_feature_options *opt, tsl_recipe *recipe, tsl_notes *notes,
                                        tsl_error *err);

#endif
