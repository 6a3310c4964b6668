/* mask.c: the marks that stand in place of what an id hides. */
#include "table/cell/mask.h"

#include <string.h>

#include "base/text.h"

static const char *const marks[] = {"*", "＊", "•", "●", "·"};

#define LEAST_MARKS 2
#define LEAST_CROSSES 3 /* "xx" stands in names and codes */

/* How often the mark stands at the beginning, one behind the other. */
static size_t count_marks(tsl__span rest, const char *mark)
{
    const size_t n = strlen(mark);
    size_t times = 0;
    for (; tsl__span_begins(rest, mark, n); times++) {
        rest = (tsl__span){rest.s + n, rest.n - n};
    }
    return times;
}

/* Crosses from i on that digits stand on both sides of. */
static size_t count_crosses(tsl__span id, size_t i)
{
    size_t end = i;
    while (end < id.n && tsl__lower(id.s[end]) == 'x') {
        end++;
    }
    return i > 0 && tsl__is_digit(id.s[i - 1]) && end < id.n && tsl__is_digit(id.s[end]) ? end - i : 0;
}

int tsl__mask_is_in(tsl__span id)
{
    for (size_t i = 0; i < id.n; i++) {
        const unsigned char c = (unsigned char)id.s[i];
        if (c != '*' && c < 0x80 && tsl__lower(id.s[i]) != 'x') {
            continue;
        }
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
            if (count_marks((tsl__span){id.s + i, id.n - i}, marks[m]) >= LEAST_MARKS) {
                return 1;
            }
        }
        if (count_crosses(id, i) >= LEAST_CROSSES) {
            return 1;
        }
    }
    return 0;
}
