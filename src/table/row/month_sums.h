/*
 * month_sums.h: rows that are rejected as they are read, by calendar month, with the money of those without a customer.
 *
 * Their times are on the way: what tells the month is kept until the column is decided, so that there are few sums
 * whatever the number of rows. Sums are exact, and join in any order.
 */
#ifndef TSL_TABLE_ROW_MONTH_SUMS_H
#define TSL_TABLE_ROW_MONTH_SUMS_H

#include "base/error.h"
#include "base/slots.h"
#include "table/date/date_evidence.h"

/* Rows of a month; or of what may turn out to be one. */
typedef struct tsl__month_sum {
    int64_t key; /* what tells the month; TSL_MISSING_INT: nothing does */
    uint64_t rows, no_customer;
    __int128 value; /* of those without a customer */
} tsl__month_sum;

/* Starts as zeros. */
typedef struct tsl__month_sums {
    tsl__month_sum *of;
    size_t count, capacity, last;
    tsl__slots slots; /* places + 1 */
} tsl__month_sums;

/* A row whose time is a value on the way. amount: of one without a customer; TSL_MISSING_INT: none. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__month_sums_add(tsl__month_sums *sums, int64_t time, int no_customer, int64_t amount,
                                            tsl_error *err);
/* Takes in those of another thread. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__month_sums_join(tsl__month_sums *sums, const tsl__month_sums *other, tsl_error *err);
void tsl__month_sums_free(tsl__month_sums *sums);

/* A day of the month, once it is decided how the column is read; TSL_NO_DAY: none. A zone behind a date whose order was
 * open moves it into no other month. */
int32_t tsl__month_sum_get_day(const tsl__month_sum *sum, const tsl__date_reading *reading);

#endif
