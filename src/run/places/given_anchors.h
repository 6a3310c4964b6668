/* given_anchors.h: places that draw the clusters, from a file of the user's. */
#ifndef TSL_RUN_PLACES_GIVEN_ANCHORS_H
#define TSL_RUN_PLACES_GIVEN_ANCHORS_H

#include "feature/basis/core.h"

#include <tesela/label.h>

/* As the file has them, in the raw units of its columns. */
typedef struct tsl__given_anchors {
    tsl_file_info *file;
    size_t count, cols;
    char **column;                 /* cols: names of features */
    double *values;                /* count x cols; NaN: free */
    char **code;                   /* count */
    char **name;                   /* count: what its segment is called; NULL: as it is found */
    size_t code_count, name_count; /* that are held; count, once it was read */
} tsl__given_anchors;

/* CSV: code, name where wanted, and features. TSL_E_INPUT with the place where it does not hold together. */
TSL_FALLIBLE tsl_status tsl__given_anchors_read(const tsl_source *source, tsl__given_anchors **out, tsl_error *err);
void tsl__given_anchors_free(tsl__given_anchors *given);

/* The places in the space of clustering of these features, and where a free coordinate of the matrix begins: its
 * rows' mean. Codes are borrowed. TSL_E_INPUT: a column that clusters are not found by. */
TSL_FALLIBLE tsl_status tsl__given_anchors_place(const tsl__given_anchors *given, const tsl_recipe *recipe,
                                                 const tsl_feature_matrix *matrix, tsl__anchors *out, tsl_error *err);
/* TSL_E_INPUT where a code is that of a class of the recipe, whose customers are set apart. file: for the message. */
TSL_FALLIBLE tsl_status tsl__anchors_check_codes(const tsl__anchors *anchors, const tsl_recipe *recipe,
                                                 const char *file, tsl_error *err);

#endif
