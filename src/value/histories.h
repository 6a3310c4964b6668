/* histories.h: the different histories of customers. */
#ifndef TSL_VALUE_HISTORIES_H
#define TSL_VALUE_HISTORIES_H

#include <tesela/value.h>

#include "value/distinct.h"
#include "value/likelihood.h"

/* The columns of the distinct rows: all of one x and t stand together. */
enum { TSL__HISTORY_X, TSL__HISTORY_T, TSL__HISTORY_T_X };

#define TSL__OPPORTUNITIES_MOST 10000

/* opportunities: 1 where times count them. TSL_E_INPUT: a history that cannot be, with its place. */
TSL_FALLIBLE tsl_status tsl__histories_build(const tsl_histories *histories, int opportunities, tsl__distinct *out,
                                             tsl_error *err);

/* One of them, in this unit of time. */
static inline tsl__history tsl__histories_get(const tsl__distinct *distinct, size_t i, double unit)
{
    return (tsl__history){distinct->column[TSL__HISTORY_X][i], distinct->column[TSL__HISTORY_T_X][i] / unit,
                          distinct->column[TSL__HISTORY_T][i] / unit};
}

#endif
