/* bins.c: a column's deciles as bins. A value that fills a decile, as 0 often
 * does, has a bin of its own, so that what lies on either side of it shows. No
 * bin of numbers is empty: nothing could be said of what falls into it later. */
#include "feature/columns/bins.h"

#include "stat/sort.h"

#include <math.h>
#include <string.h>

#define TENTHS 10

/* Adds a cut above those that are there, if a value lies between. */
static void add_cut(const double *sorted, size_t n, double cut, tsl_bins *bins)
{
    size_t before = bins->count ? tsl__sorted_up_to(sorted, n, bins->cut[bins->count - 1]) : 0;
    if (tsl__sorted_up_to(sorted, n, cut) > before) {
        bins->cut[bins->count++] = cut;
    }
}

/* Counts in cut[0 .. count) stand for count + 1 bins while they are made. */
static void cut_deciles(const double *sorted, size_t n, tsl_bins *bins)
{
    double before = NAN;
    for (int tenth = 1; tenth <= TENTHS; tenth++) { /* the last is the greatest value */
        double cut = tsl__sorted_quantile(sorted, n, tenth / (double)TENTHS);
        size_t below = tsl__sorted_below(sorted, n, cut);
        if (cut == before && below > 0) { /* it fills the tenth that lies between */
            bins->count -= bins->count && bins->cut[bins->count - 1] == cut;
            add_cut(sorted, n, sorted[below - 1], bins);
        }
        add_cut(sorted, n, cut, bins);
        before = cut;
    }
    if (bins->count && bins->cut[bins->count - 1] >= bins->high) {
        bins->cut[--bins->count] = 0; /* nothing lies above */
    }
}

void tsl__bins_fit(const double *sorted, size_t n, tsl_feature_form form, tsl_bins *bins)
{
    memset(bins, 0, sizeof *bins);
    bins->low = bins->high = NAN;
    if (n == 0) {
        return;
    }
    bins->low = sorted[0];
    bins->high = sorted[n - 1];
    if (form == TSL_FORM_NUMBER) {
        cut_deciles(sorted, n, bins);
    } else {
        bins->count = 1; /* yes and no, whatever was seen of them */
    }
    size_t before = 0;
    for (size_t i = 0; i < bins->count; i++) {
        size_t here = tsl__sorted_up_to(sorted, n, bins->cut[i]);
        bins->share[i] = (double)(here - before) / (double)n;
        before = here;
    }
    bins->share[bins->count++] = (double)(n - before) / (double)n;
}
