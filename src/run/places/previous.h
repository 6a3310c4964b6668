/* previous.h: an earlier run, whose segments a fit lets evolve. */
#ifndef TSL_RUN_PLACES_PREVIOUS_H
#define TSL_RUN_PLACES_PREVIOUS_H

#include "feature/basis/core.h"

#include <tesela/label.h>

typedef struct tsl__previous {
    char *name;                      /* of its model file */
    tsl_segmentation *segmentation;  /* all three parts */
    tsl_partition *segments;         /* who was in which, by number; NULL: not known */
    int inherits;                    /* 1: the columns of the basis are those of its recipe */
    int sets_apart;                  /* 1: customers are set apart by the limits of its recipe */
    char *why;                       /* its segments cannot evolve, though nothing else is asked for; or NULL */
    const char **include, **exclude; /* features by name, borrowed of its recipe */
    size_t include_count, exclude_count;
} tsl__previous;

/* Reads model and segments (NULL: not known). */
TSL_FALLIBLE tsl_status tsl__previous_read(const tsl_source *model, const tsl_source *segments, const tsl_exec *exec,
                                           tsl__previous **out, tsl_error *err);
/* TSL_E_INPUT: segments that cannot evolve, or of whose customers nothing is known where they are to be matched. */
TSL_FALLIBLE tsl_status tsl__previous_check(const tsl__previous *previous, int evolves, tsl_error *err);
void tsl__previous_free(tsl__previous *previous);

/* Its basis, with what was taken in and out, and who is set apart, where nothing is asked for. */
TSL_FALLIBLE tsl_status tsl__previous_settle(tsl__previous *previous, tsl_selection *selection, tsl_error *err);
/* Lets features that were made by such a selection set apart whom its recipe does, as far as these hold what a segment
 * has to (min_share, min_rows), and choose the columns that it chose. previous NULL: does nothing. */
TSL_FALLIBLE tsl_status tsl__previous_choose(const tsl__previous *previous, const tsl_kmeans_options *kmeans,
                                             tsl_features *features, tsl_error *err);
/* The centres of its clusters in the space of these features; codes are borrowed. */
TSL_FALLIBLE tsl_status tsl__previous_place(const tsl__previous *previous, const tsl_recipe *recipe, tsl__anchors *out,
                                            tsl_error *err);

#endif
