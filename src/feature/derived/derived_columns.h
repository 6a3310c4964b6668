/* derived_columns.h: what derived features are made of, and the columns of the raw matrix that they go to. */
#ifndef TSL_FEATURE_DERIVED_DERIVED_COLUMNS_H
#define TSL_FEATURE_DERIVED_DERIVED_COLUMNS_H

#include "feature/binding.h"
#include "feature/shelves.h"

#define TSL__DERIVED_PARTS 5 /* the most features of a kind */

/* All customers, before derived features are made. */
typedef struct tsl__derived_ground {
    const tsl__binding *binding;
    tsl_features *features;  /* its recipe is fitted, its notes are added to; x and history are not there yet */
    const tsl__shelves *all; /* but lie here */
    int has_history;
    int fit;                    /* 1: what is learned is learned here; 0: it stands in the recipe */
    const tsl_rfm_options *rfm; /* as of the feature options */
    const tsl_exec *exec;
} tsl__derived_ground;

/* 1 where the recipe's feature is a derived one of this kind that the tables give; *part: which. */
int tsl__derived_is(const tsl__derived_ground *ground, size_t feature, tsl__derived_kind kind, int *part);
/* The raw values of the catalogue's entry, one a customer; NaN where the recipe has no such feature. */
void tsl__derived_take(const tsl__derived_ground *ground, const char *entry, double *out);
/* Each part's values, one a customer (NULL: stay as they are), go to its feature, where there is one. */
TSL_FALLIBLE tsl_status tsl__derived_put(const tsl__derived_ground *ground, tsl__derived_kind kind,
                                         const double *const part[TSL__DERIVED_PARTS], tsl_error *err);

#endif
