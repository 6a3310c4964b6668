/* silences.c: how long customers had been silent at a cut, and who bought after it: counted as the records go by, so
 * that nothing of a customer has to be kept. docs/methods/churn.md. */
#include "feature/records/silences.h"

/* The greatest of each class but the last. */
static const double habits[TSL_SILENCE_HABITS - 1] = {1, 2, 4, 8, 16};
static const double spans[TSL_SILENCE_SPANS - 1] = {1,  3,   7,   14,  21,  30,  45,  60, 75,
                                                    90, 120, 150, 180, 240, 300, 365, 545};

static size_t find_class(const double *greatest, size_t count, double value)
{
    size_t c = 0;
    while (c < count && value > greatest[c]) {
        c++;
    }
    return c;
}

size_t tsl__silence_get_habit(double purchase_days)
{
    return find_class(habits, TSL_SILENCE_HABITS - 1, purchase_days);
}

size_t tsl__silence_get_span(double days)
{
    return find_class(spans, TSL_SILENCE_SPANS - 1, days);
}

void tsl__silences_add(tsl_silences *silences, const int32_t *day, size_t count, int32_t as_of)
{
    const int64_t cut = (int64_t)as_of - TSL_SILENCE_DAYS;
    size_t before = count;
    while (before > 0 && day[before - 1] >= cut) {
        before--;
    }
    if (before > 0) {
        const size_t h = tsl__silence_get_habit((double)before),
                     s = tsl__silence_get_span((double)(cut - day[before - 1]));
        silences->seen[h][s]++;
        silences->back[h][s] += before < count;
    }
}

void tsl__silences_merge(tsl_silences *into, const tsl_silences *from)
{
    for (size_t h = 0; h < TSL_SILENCE_HABITS; h++) {
        for (size_t s = 0; s < TSL_SILENCE_SPANS; s++) {
            into->seen[h][s] += from->seen[h][s];
            into->back[h][s] += from->back[h][s];
        }
    }
}

int tsl__silences_are_empty(const tsl_silences *silences)
{
    uint64_t seen = 0;
    for (size_t i = 0; i < TSL_SILENCE_HABITS * TSL_SILENCE_SPANS; i++) {
        seen += silences->seen[i / TSL_SILENCE_SPANS][i % TSL_SILENCE_SPANS];
    }
    return seen == 0;
}
