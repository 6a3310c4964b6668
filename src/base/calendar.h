/* calendar.h: the proleptic Gregorian calendar (Hinnant's day counts). */
#ifndef TSL_BASE_CALENDAR_H
#define TSL_BASE_CALENDAR_H

#include <stdint.h>

#define TSL__DAY_SECONDS 86400

int tsl__date_check(int year, int month, int day);   /* 1: such a day exists, year 1 to 9999 */
int32_t tsl__day_make(int year, int month, int day); /* days from 1970-01-01 */
/* Both at once, for the millions of dates of a table: 0 where no such day exists. */
static inline int tsl__day_find(int year, int month, int mday, int32_t *day)
{
    static const int16_t before[2][14] = {{0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
                                          {0, 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366}};
    if (year < 1 || year > 9999 || month < 1 || month > 12) {
        return 0;
    }
    const unsigned past = (unsigned)year - 1, centuries = past / 100;
    const int16_t *const days = &before[(year & ((unsigned)year % 25 ? 3 : 15)) == 0][month];
    *day = (int32_t)(past * 365 + past / 4 - centuries + centuries / 4) + days[0] + mday - 719163;
    return mday >= 1 && mday <= days[1] - days[0];
}
int tsl__day_is_valid(int32_t day); /* 1 in the years 1 to 9999 */
void tsl__day_split(int32_t day, int *year, int *month, int *mday);
int tsl__day_weekday(int32_t day);   /* 0 Monday .. 6 Sunday */
int32_t tsl__time_day(int64_t time); /* floor(time / 86400) */
int tsl__time_hour(int64_t time);    /* 0 .. 23 */
/* Months from year 0: year * 12 + month - 1. */
int32_t tsl__day_month(int32_t day);
/* The same day so many calendar months later, or earlier; the last of the month where that is shorter. */
int32_t tsl__day_add_months(int32_t day, int months);
/* Whole years from birth to at: age in completed years. */
int tsl__age_years(int32_t birth, int32_t at);

#endif
