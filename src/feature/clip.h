/* clip.h: which rows of a table count: those of some days, or all. */
#ifndef TSL_FEATURE_CLIP_H
#define TSL_FEATURE_CLIP_H

#include <tesela/feature.h>

typedef struct tsl__clip {
    const int64_t *time; /* of the rows; NULL: all of them count */
    int64_t begin, end;  /* seconds: those of begin <= time < end */
} tsl__clip;

/* Rows of the days from <= day < until; TSL_NO_DAY: no bound. Customers have no days. */
tsl__clip tsl__clip_of(const tsl_table *table, int32_t from, int32_t until);
/* What counts of a table of a fit or an apply. */
tsl__clip tsl__clip_get(const tsl_tables *tables, const tsl_table *table);

static inline int tsl__clip_has(const tsl__clip *clip, size_t row)
{
    return !clip->time || (clip->time[row] >= clip->begin && clip->time[row] < clip->end);
}

/* Marks the codes of a column that occur in rows that count, owned: a dictionary may hold more. NULL: out of memory. */
char *tsl__clip_mark_codes(const tsl__clip *clip, const tsl_column *column, size_t rows);
/* 1 where a row that counts has a time of day other than midnight. */
int tsl__clip_has_time_of_day(const tsl__clip *clip, const tsl_table *table);

#endif
