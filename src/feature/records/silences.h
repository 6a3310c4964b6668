/* silences.h: how long customers had been silent at a cut, and who bought after it. */
#ifndef TSL_FEATURE_RECORDS_SILENCES_H
#define TSL_FEATURE_RECORDS_SILENCES_H

#include <tesela/feature.h>

/* The classes of a number of purchase days, 1 and more, and of a silence, in days. */
size_t tsl__silence_get_habit(double purchase_days);
size_t tsl__silence_get_span(double days);

/* A customer's purchase days, rising, all before as_of. */
void tsl__silences_add(tsl_silences *silences, const int32_t *day, size_t count, int32_t as_of);
void tsl__silences_merge(tsl_silences *into, const tsl_silences *from);
/* 1 where nobody was there at the cut. */
int tsl__silences_are_empty(const tsl_silences *silences);

#endif
