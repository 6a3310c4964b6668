/* date_parts.c: names of the parts of a date: "order year", "order month", "order day". */
#include "table/names/date_parts.h"

#include <stdio.h>
#include <string.h>

/* As tsl__name_fold leaves them. */
static const char *const words[][3] = {
    {"year", "month", "day"}, {"jahr", "monat", "tag"}, {"annee", "mois", "jour"},
    {"ano", "mes", "dia"},    {"年", "月", "日"},       {"年份", "月份", "日"},
};

#define NAME_BYTES 128

/* The column that is called as the month of this name, but for its word. */
static size_t find_part(const char *month, const char *at, const char *word, const char *part,
                        const char *const *folded, size_t count)
{
    char name[NAME_BYTES];
    size_t i = 0;
    const int n = snprintf(name, sizeof name, "%.*s%s%s", (int)(at - month), month, part, at + strlen(word));
    while (i < count && (n >= NAME_BYTES || strcmp(folded[i], name) != 0)) {
        i++;
    }
    return i;
}

tsl__date_parts tsl__date_parts_find(const char *const *folded, size_t count)
{
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        for (size_t i = 0; i < count; i++) {
            const char *at = strstr(folded[i], words[w][1]);
            if (!at) {
                continue;
            }
            const tsl__date_parts found = {find_part(folded[i], at, words[w][1], words[w][0], folded, count), i,
                                           find_part(folded[i], at, words[w][1], words[w][2], folded, count)};
            if (found.year < count || found.day < count) {
                return found;
            }
        }
    }
    return (tsl__date_parts){count, count, count};
}
