/* features.h: features for who needs no vectors, or not yet. */
#ifndef TSL_FEATURE_FEATURES_H
#define TSL_FEATURE_FEATURES_H

#include <tesela/feature.h>

/* As tsl_features_build, with vectors that have no values: tsl__normalise_apply gives them theirs. */
TSL_FALLIBLE tsl_status tsl__features_build_lean(const tsl_tables *tables, const tsl_recipe *recipe,
                                                 const tsl_feature_options *opt, const tsl_exec *exec,
                                                 tsl_features **out, tsl_error *err);
/* The same without the columns that go together; shards: as of tsl__sharding_open, a sample of the customers. */
TSL_FALLIBLE tsl_status tsl__features_build_bare(const tsl_tables *tables, size_t shards, const tsl_recipe *recipe,
                                                 const tsl_feature_options *opt, const tsl_exec *exec,
                                                 tsl_features **out, tsl_error *err);
/* Takes a table away that the recipe knows nothing of, with a note. */
TSL_FALLIBLE tsl_status tsl__tables_drop(const tsl_recipe *recipe, tsl_tables *tables, tsl_notes *notes,
                                         tsl_error *err);
/* features_part.c: those of the customers who are kept (one a customer: 1), with their own maps, classes and columns to
 * cluster on, by the same selection: as bare ones, without categories. What was learned of their values as they were
 * made (scores, models of value) stays as it is. Not of plain numbers. */
TSL_FALLIBLE tsl_status tsl__features_take_part(const tsl_features *features, const unsigned char *kept,
                                                const tsl_selection *selection, const tsl_exec *exec,
                                                tsl_features **out, tsl_error *err);
/* As tsl_features_read, with vectors that have no values: they are not read, and damage in them is not seen. */
TSL_FALLIBLE tsl_status tsl__features_read_lean(const tsl_source *source, const tsl_exec *exec, tsl_features **out,
                                                tsl_error *err);

#endif
