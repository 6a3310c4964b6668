/* two_means.c: k-means with two clusters, of numbers in a line. */
#include "stat/two_means.h"

size_t tsl__two_means_find(const double *sorted, size_t n, double *told)
{
    double all = 0, square = 0, sum = 0, most = 0;
    size_t best = 0;
    *told = 0;
    for (size_t i = 0; i < n; i++) {
        all += sorted[i] - sorted[0]; /* near 0, so that little is lost */
    }
    const double mean = all / (double)n;
    for (size_t i = 0; i < n; i++) {
        const double away = sorted[i] - sorted[0] - mean;
        square += away * away;
    }
    for (size_t low = 1; low < n; low++) {
        const double below = (double)low, above = (double)(n - low);
        sum += sorted[low - 1] - sorted[0];
        const double apart = (all - sum) / above - sum / below, between = below * above / (double)n * apart * apart;
        if (sorted[low] > sorted[low - 1] && between > most) {
            most = between;
            best = low;
        }
    }
    *told = best ? most / square : 0;
    return best;
}
