/* no_amounts.c: columns whose values are places or codes, so that more of them is not more of anything: a table of
 * kinds. */
#include "feature/words/no_amounts.h"

#include "table/names/header_words.h"

#include <math.h>
#include <string.h>

typedef struct kind {
    double low, high; /* that its numbers lie within */
    const char *what;
    tsl__name_end name;
    int whole; /* 1: all of them are whole, 0: not all */
} kind;

static const kind kinds[] = {
    {-90, 90, "coordinates", TSL__ENDS_LATITUDE, 0},
    {-180, 180, "coordinates", TSL__ENDS_LONGITUDE, 0},
    {0, 1e10, "postcodes", TSL__ENDS_POSTCODE, 1},
    {1e5, 1e16, "telephone numbers", TSL__ENDS_PHONE, 1},
};

/* Whether all values of a category are written in digits. */
static int is_in_digits(const tsl_column *column)
{
    for (size_t i = 0; i < column->dict_count; i++) {
        const char *text = column->dict[i];
        if (text[strspn(text, "0123456789+-/ ")] != '\0') {
            return 0;
        }
    }
    return 1;
}

/* Whether the values are like those of the kind. */
static int fits_kind(const kind *of, const tsl_column *column, size_t rows)
{
    int whole = 1, any = 0;
    if (column->type == TSL_TYPE_CATEGORY) {
        return of->whole && is_in_digits(column);
    }
    for (size_t i = 0; i < rows && column->type == TSL_TYPE_NUMBER; i++) {
        const double x = column->number[i];
        if (!isnan(x)) {
            if (x < of->low || x > of->high) {
                return 0;
            }
            any = 1;
            whole = whole && x == floor(x);
        }
    }
    return any && whole == of->whole;
}

const char *tsl__no_amount_get(const tsl_column *column, size_t rows)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (tsl__name_ends(column->name, kinds[i].name) && fits_kind(&kinds[i], column, rows)) {
            return kinds[i].what;
        }
    }
    return NULL;
}
