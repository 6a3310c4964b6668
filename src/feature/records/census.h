/* census.h: which rows of a table count, those of some days or all, and what is counted of them. */
#ifndef TSL_FEATURE_CENSUS_H
#define TSL_FEATURE_CENSUS_H

#include <tesela/feature.h>

/* Times of the rows that count: begin <= time < end. */
typedef struct tsl__days {
    int bounded; /* 0: all rows do */
    int64_t begin, end;
} tsl__days;

/* Those of the days from <= day < until; TSL_NO_DAY: no bound. Customers have no days. */
tsl__days tsl__days_of(const tsl_table *table, int32_t from, int32_t until);

static inline int tsl__days_have(const tsl__days *days, int64_t time)
{
    return !days->bounded || (time >= days->begin && time < days->end);
}

/* What is counted of the rows of a table that count. */
typedef struct tsl__census {
    int bounded;     /* 1: they may be less than all */
    int time_of_day; /* 1: one of them has a time of day other than midnight */
    uint64_t **code; /* one a column of the table: rows of each code; NULL: it has no codes */
    size_t columns;
} tsl__census;

/* Of a fit or an apply; one a kind of table, zeros where there is none. shards: as of tsl__sharding_open. Freed also on
 * failure. */
TSL_FALLIBLE tsl_status tsl__census_open(const tsl_tables *tables, size_t shards, tsl__census census[TSL_TABLE_KINDS],
                                         tsl_error *err);
void tsl__census_free(tsl__census census[TSL_TABLE_KINDS]);
/* Rows of each code of a column of the table. */
const uint64_t *tsl__census_get(const tsl__census census[TSL_TABLE_KINDS], const tsl_table *table,
                                const tsl_column *column);

#endif
