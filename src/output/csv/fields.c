/* fields.c: fields of a CSV line that several files have. */
#include "output/csv/fields.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

char *tsl__write_share(char *p, double share)
{
    return tsl__write_decimal(p, (uint64_t)llround(share * 10000), 4, 4);
}

/* The power of ten at or below a value from 1e-4 up to 1e10. */
static int find_power(double value)
{
    static const double next[] = {1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    int power = -4;
    while (power < 9 && value >= next[power + 4]) {
        power++;
    }
    return power;
}

/* A whole number divided by an exact power of ten has a shortest text of no more
 * digits than it: that text is written here digit by digit. */
char *tsl__write_significant(char *p, double value)
{
    if (value >= 1e-4 && value < 1e10) {
        int power = find_power(value), places = power > 5 ? 0 : 5 - power;
        return tsl__write_decimal(p, (uint64_t)llround(value * (double)tsl__tens[places]), places, 0);
    }
    if (!isnan(value)) {
        char text[32];
        if (value > 0 && value < 1e-4) {
            tsl__print(text, sizeof text, "%.6g", value);
        } else {
            tsl__double_write(value >= 1e10 ? round(value) : value, text);
        }
        for (const char *c = text; *c; c++) {
            *p++ = *c;
        }
    }
    return p;
}

/* ",2,Loyal,", or ",CHAMP\n" (lang -1), of each segment. */
static char **put_texts(const tsl_policy *policy, int lang)
{
    char **text = tsl__alloc_zero(policy->segment_count, sizeof *text);
    for (size_t i = 0; text && i < policy->segment_count; i++) {
        const tsl_policy_segment *segment = &policy->segment[i];
        tsl__text cell = {0};
        if (lang >= 0) {
            tsl__text_printf(&cell, ",%d", segment->number);
        }
        tsl__text_append(&cell, ",", 1);
        tsl__text_csv(&cell, lang >= 0 ? segment->names[lang] : segment->code);
        tsl__text_append(&cell, lang >= 0 ? "," : "\n", 1);
        text[i] = tsl__text_take(&cell);
        if (!text[i]) {
            tsl__free_texts(text, i);
            return NULL;
        }
    }
    return text;
}

char **tsl__put_segments(const tsl_policy *policy, int lang)
{
    return put_texts(policy, lang);
}

char **tsl__put_codes(const tsl_policy *policy)
{
    return put_texts(policy, -1);
}

void tsl__csv_put_cell(const char *cell, tsl__text *out)
{
    if (!cell[strcspn(cell, "\",\r\n'")]) {
        tsl__text_puts(out, cell);
        return;
    }
    tsl__text_append(out, "\"", 1);
    for (const char *p = cell; *p; p++) {
        tsl__text_append(out, p, 1);
        if (*p == '"') {
            tsl__text_append(out, p, 1);
        }
    }
    tsl__text_append(out, "\"", 1);
}
