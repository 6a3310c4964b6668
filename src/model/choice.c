/* choice.c: which k of a sweep is the best, and why, in a sentence. */
#include "model/choice.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The candidate of the greatest index among those whose smallest cluster holds
 * the share; NaN counts least, ties go to the smaller k. count: none. */
static size_t find_best(const tsl_sweep *sweep, int by_silhouette, double share)
{
    size_t best = sweep->count;
    double most = 0;
    for (size_t s = 0; s < sweep->count; s++) {
        const tsl_candidate *c = &sweep->candidate[s];
        const double value = by_silhouette ? c->silhouette : c->calinski_harabasz;
        if (c->smallest_share >= share && (best == sweep->count || value > most || (isnan(most) && !isnan(value)))) {
            best = s;
            most = value;
        }
    }
    return best;
}

/* Keeps the sentence, which it frees. */
static tsl_status set_choice(tsl_sweep *sweep, char *sentence, tsl_error *err)
{
    if (!sentence) {
        return tsl__error_nomem(err);
    }
    strncat(sweep->info.choice, sentence, sizeof sweep->info.choice - 1);
    free(sentence);
    return TSL_OK;
}

/* Chooses by one index; 0 where it is not defined for any k in question. */
static int choose_by(tsl_sweep *sweep, int by_silhouette, double share, int *shared)
{
    size_t best = find_best(sweep, by_silhouette, share);
    *shared = best < sweep->count;
    sweep->best = *shared ? best : find_best(sweep, by_silhouette, 0);
    const tsl_candidate *c = &sweep->candidate[sweep->best];
    return !isnan(by_silhouette ? c->silhouette : c->calinski_harabasz);
}

tsl_status tsl__sweep_choose_only(tsl_sweep *sweep, const char *why, tsl_error *err)
{
    sweep->best = 0;
    return set_choice(sweep, tsl__format("k = %d %s", sweep->candidate[0].k, why), err);
}

tsl_status tsl__sweep_choose(tsl_sweep *sweep, double min_share, tsl_error *err)
{
    char value[32], share[32];
    int shared, by_silhouette = 1;
    tsl_status status = TSL_OK;
    if (!choose_by(sweep, 1, min_share, &shared)) {
        by_silhouette = 0;
        if (!choose_by(sweep, 0, min_share, &shared)) {
            const int k = sweep->candidate[sweep->best].k;
            return set_choice(sweep, tsl__format("k = %d is the smallest; no index tells them apart", k), err);
        }
    }
    const tsl_candidate *best = &sweep->candidate[sweep->best];
    const char *index = by_silhouette ? "silhouette" : "Calinski-Harabasz index";
    tsl__shown_write(by_silhouette ? best->silhouette : best->calinski_harabasz, by_silhouette ? 3 : 1, value);
    tsl__shown_write(100 * min_share, 3, share);
    if (shared) {
        return set_choice(sweep,
                          tsl__format("k = %d has the greatest %s (%s) among those whose smallest cluster holds at "
                                      "least %s %% of the rows",
                                      best->k, index, value, share),
                          err);
    }
    TSL__TRY(tsl__notes_add(&sweep->info.notes,
                            "every k has a cluster with less than %s %% of the rows; k was chosen among all", share));
    TSL__TRY(set_choice(sweep, tsl__format("k = %d has the greatest %s (%s)", best->k, index, value), err));
done:
    return status;
}
