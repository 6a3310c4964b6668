/* repeats.c: how often and in what rhythm somebody buys is said of who buys again, and a rate as the number of
 * purchases has it: one purchase of last week is four a month, and nobody is frequent by it. */
#include "label/naming/naming.h"

#include <string.h>

static int is_of(const tsl__speech *speech, const char *const *topic)
{
    int is = 0;
    for (; *topic && speech->words; topic++) {
        is = is || strcmp(speech->words->topic, *topic) == 0;
    }
    return is;
}

/* The number of purchases itself. */
static int is_count(const char *feature)
{
    return strcmp(feature, "frequency") == 0 || strcmp(feature, "purchase_days") == 0;
}

/* Whether the mean of purchases, or of days with one, lies on the same side of everybody's; 1: that is not known. */
static int is_as_counted(const tsl__naming_plan *p, size_t s, int high)
{
    for (size_t f = 0; f < p->features; f++) {
        const tsl_trait *trait = p->trait[s * p->features + f];
        if (trait && trait->known > 0 && is_count(p->speech[f].feature->name)) {
            return high ? trait->mean > trait->mean_all : trait->mean < trait->mean_all;
        }
    }
    return 1;
}

int tsl__repeats_are_so(const tsl__naming_plan *p, size_t s, size_t f, int high)
{
    static const char *const course[] = {"trend", "rhythm", "regularity", "tenure", NULL};
    static const char *const number[] = {"frequency", NULL};
    const tsl__speech *speech = &p->speech[f];
    const tsl__naming *naming = &p->naming[s];
    if (is_of(speech, course)) {
        return !naming->once;
    }
    if (!is_of(speech, number)) {
        return 1;
    }
    return !(naming->once && (high || naming->anchored || !is_count(speech->feature->name))) &&
           is_as_counted(p, s, high);
}
