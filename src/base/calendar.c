/* calendar.c: the proleptic Gregorian calendar. */
#include "base/calendar.h"

#include "base/error.h"
#include "base/text.h"

#include <stdio.h>

int tsl__date_check(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) {
        return 0;
    }
    int leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] + leap;
}

int tsl__day_is_valid(int32_t day)
{
    return day >= tsl__day_make(1, 1, 1) && day <= tsl__day_make(9999, 12, 31);
}

/* Years begin in March, so that the leap day is a year's last (Hinnant,
 * "chrono-compatible low-level date algorithms"). */
int32_t tsl__day_make(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return (int32_t)(era * 146097 + doe - 719468);
}

void tsl__day_split(int32_t day, int *year, int *month, int *mday)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *mday = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

int tsl__day_weekday(int32_t day)
{
    int32_t since_monday = (int32_t)((day + 3) % 7); /* day 0 is a Thursday */
    return (int)(since_monday < 0 ? since_monday + 7 : since_monday);
}

int32_t tsl__time_day(int64_t time)
{
    int64_t day = time / TSL__DAY_SECONDS;
    return (int32_t)(time % TSL__DAY_SECONDS < 0 ? day - 1 : day);
}

int tsl__time_hour(int64_t time)
{
    int64_t second = time - (int64_t)tsl__time_day(time) * TSL__DAY_SECONDS;
    return (int)(second / 3600);
}

int32_t tsl__day_month(int32_t day)
{
    int year, month, mday;
    tsl__day_split(day, &year, &month, &mday);
    return (int32_t)(year * 12 + month - 1);
}

int32_t tsl__day_add_months(int32_t day, int months)
{
    int year, month, mday;
    tsl__day_split(day, &year, &month, &mday);
    const int32_t at = tsl__day_month(day) + months, before = at < 0 ? -1 : 0; /* years before 0 count down */
    year = (at - before) / 12 + before;
    month = at - year * 12 + 1;
    const int32_t first = tsl__day_make(year, month, 1);
    const int32_t length = tsl__day_make(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) - first;
    return first + (mday < length ? mday : length) - 1;
}

int tsl__age_years(int32_t birth, int32_t at)
{
    int by, bm, bd, ay, am, ad;
    tsl__day_split(birth, &by, &bm, &bd);
    tsl__day_split(at, &ay, &am, &ad);
    return ay - by - (am < bm || (am == bm && ad < bd));
}

tsl_status tsl_day_read(const char *text, int32_t *day, tsl_error *err)
{
    int part[3] = {0, 0, 0};
    int ok = 1;
    tsl__error_reset(err);
    for (int i = 0; i < 10 && ok; i++) {
        if (i == 4 || i == 7) {
            ok = text[i] == '-';
        } else {
            ok = tsl__is_digit(text[i]);
            int *p = &part[i < 4 ? 0 : i < 7 ? 1 : 2];
            *p = *p * 10 + (text[i] - '0');
        }
    }
    if (!ok || text[10] != '\0' || !tsl__date_check(part[0], part[1], part[2])) {
        return tsl__error_set(err, TSL_E_OPTION, "\"%.*s\" is not a date such as 2011-12-10", tsl__text_head(text, 40),
                              text);
    }
    *day = tsl__day_make(part[0], part[1], part[2]);
    return TSL_OK;
}

void tsl_day_write(int32_t day, char out[11])
{
    int year, month, mday;
    char text[40];
    tsl__day_split(day, &year, &month, &mday);
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, mday);
    snprintf(out, 11, "%.10s", text);
}
