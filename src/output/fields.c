/* fields.c: fields of a CSV line that several files have. */
#include "output/fields.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

void tsl__put_fixed(tsl__text *out, double value, int places)
{
    if (fabs(value) < 9e14) {
        tsl__text_decimal(out, llround(value * (double)TSL_DECIMAL_ONE), places);
    } else {
        tsl__text_double(out, value); /* also NaN, as nothing */
    }
}

/* Six significant digits, or all of a greater whole number. A whole number
 * divided by an exact power of ten has a shortest text of no more digits. */
void tsl__put_significant(tsl__text *out, double value)
{
    if (value > 0 && isfinite(value)) {
        int shift = 5 - (int)floor(log10(value));
        double power = pow(10, shift < 0 ? 0 : shift > 22 ? 22 : shift);
        value = round(value * power) / power;
    }
    tsl__text_double(out, value);
}

char **tsl__put_segments(const tsl_labels *labels)
{
    char **text = tsl__alloc_zero(labels->segment_count, sizeof *text);
    for (size_t i = 0; text && i < labels->segment_count; i++) {
        tsl__text cell = {0};
        tsl__text_printf(&cell, ",%d,", labels->segments[i].segment);
        tsl__text_csv(&cell, labels->segments[i].name);
        tsl__text_append(&cell, ",", 1);
        text[i] = tsl__text_take(&cell);
        if (!text[i]) {
            tsl__free_texts(text, i);
            return NULL;
        }
    }
    return text;
}
