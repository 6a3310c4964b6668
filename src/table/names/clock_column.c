/* clock_column.c: names of times of day. Whether the cells are such is seen as they are read. */
#include "table/names/clock_column.h"

#include <stdio.h>
#include <string.h>

/* The same column but for the word: "order date" and "order time". As tsl__name_fold leaves them. */
static const char *const pairs[][2] = {
    {"date", "time"},     {"date", "timeofday"}, {"日期", "时间"},   {"日期", "时刻"},
    {"datum", "uhrzeit"}, {"datum", "zeit"},     {"tag", "uhrzeit"}, {"date", "heure"},
    {"fecha", "hora"},    {"data", "hora"},      {"dat", "zet"}, /* SAP: ERDAT and ERZET */
};

/* Under any name of the date. */
static const char *const names[] = {"time", "timeofday", "clock", "clocktime", "uhrzeit", "heure",
                                    "hora", "时间",      "时刻",  "cputm",     "uzeit",   "erzet"};

#define NAME_BYTES 128

static size_t find_name(const char *name, const char *const *folded, size_t count, const char *taken)
{
    size_t i = 0;
    while (i < count && ((taken && taken[i]) || strcmp(folded[i], name) != 0)) {
        i++;
    }
    return i;
}

size_t tsl__clock_column_find(const char *date, const char *const *folded, size_t count, const char *taken)
{
    size_t found = count;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && found == count; i++) {
        const char *at = strstr(date, pairs[i][0]);
        char name[NAME_BYTES];
        const int n =
            at ? snprintf(name, sizeof name, "%.*s%s%s", (int)(at - date), date, pairs[i][1], at + strlen(pairs[i][0]))
               : 0;
        found = n > 0 && n < NAME_BYTES ? find_name(name, folded, count, taken) : count;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names && found == count; i++) {
        found = find_name(names[i], folded, count, taken);
    }
    return found;
}
