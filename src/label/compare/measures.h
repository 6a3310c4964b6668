/* measures.h: what is looked at of each customer, before and after. */
#ifndef TSL_LABEL_COMPARE_MEASURES_H
#define TSL_LABEL_COMPARE_MEASURES_H

#include <tesela/label.h>

/* The customers of both runs who are in an arm. */
typedef struct tsl__subjects {
    size_t count;
    size_t *then, *now; /* rows of the rosters */
    int8_t *arm;
} tsl__subjects;

typedef struct tsl__measures tsl__measures;

/* What the two runs let be looked at; effects->measure and ->measure_count are filled in. Owned. */
TSL_FALLIBLE tsl_status tsl__measures_open(tsl_effects *effects, tsl__measures **out, tsl_error *err);
void tsl__measures_free(tsl__measures *measures);
/* Of each subject: NaN where it is not known. */
void tsl__measures_get(const tsl__measures *measures, size_t which, const tsl__subjects *subjects, double *before,
                       double *after);

#endif
