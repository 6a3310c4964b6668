/* choice.c: which k of a sweep is the best, and why, in a sentence. */
#include "model/choice.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An index of a candidate this near to the best one's leaves the choice open. */
#define NEAR_SILHOUETTE 0.01
#define NEAR_SHARE 0.01 /* of the best Calinski-Harabasz index */

/* What candidates are chosen by. */
typedef struct by {
    int silhouette; /* 1; 0: the Calinski-Harabasz index */
    double share;   /* that the smallest cluster holds ... */
    size_t rows;    /* ... and how many rows */
} by;

static double get_index(const tsl_candidate *c, const by *how)
{
    return how->silhouette ? c->silhouette : c->calinski_harabasz;
}

int tsl__candidate_is_small(const tsl_candidate *candidate, double share, size_t rows)
{
    int small = candidate->smallest_share < share;
    for (int c = 0; c < candidate->k && !small; c++) {
        small = candidate->size[c] < rows;
    }
    return small;
}

static int is_eligible(const tsl_candidate *c, const by *how)
{
    return !tsl__candidate_is_small(c, how->share, how->rows);
}

/* The eligible candidate of the greatest index; NaN counts least, ties go to the
 * smaller k. count: none. */
static size_t find_best(const tsl_sweep *sweep, const by *how)
{
    size_t best = sweep->count;
    double most = 0;
    for (size_t s = 0; s < sweep->count; s++) {
        const double value = get_index(&sweep->candidate[s], how);
        if (is_eligible(&sweep->candidate[s], how) &&
            (best == sweep->count || value > most || (isnan(most) && !isnan(value)))) {
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
static int choose_by(tsl_sweep *sweep, by *how, int *eligible)
{
    size_t best = find_best(sweep, how);
    *eligible = best < sweep->count;
    if (!*eligible) {
        *how = (by){.silhouette = how->silhouette};
        best = find_best(sweep, how);
    }
    sweep->best = best;
    return !isnan(get_index(&sweep->candidate[best], how));
}

/* ---- What leaves the choice open ---------------------------------------------- */

void tsl__sweep_drop_doubts(tsl_sweep *sweep)
{
    tsl_sweep_info *info = &sweep->info;
    tsl_notes *notes = &info->notes;
    char **first = notes->text + info->doubts_from;
    for (size_t i = 0; i < info->doubts; i++) {
        free(first[i]);
    }
    if (info->doubts) {
        memmove(first, first + info->doubts, (notes->count - info->doubts_from - info->doubts) * sizeof *first);
        notes->count -= info->doubts;
        info->doubts = 0;
    }
}

/* Where the best k is the last of the range, a better one may lie beyond. */
static tsl_status note_edge(tsl_sweep *sweep, const char *index, tsl_error *err)
{
    const int first = sweep->candidate[0].k, last = sweep->candidate[sweep->count - 1].k;
    const int k = sweep->candidate[sweep->best].k;
    if (k == last && !sweep->info.k_max_lowered) {
        return tsl__notes_put(&sweep->info.notes, err,
                              "the best k, %d, lies at the edge of the range from %d to %d, where the %s is greatest: "
                              "a greater k may be better still; --k-max widens the range",
                              k, first, last, index);
    }
    if (k == first && first > 2) {
        return tsl__notes_put(&sweep->info.notes, err,
                              "the best k, %d, lies at the edge of the range from %d to %d: a smaller k may be better "
                              "still; --k-min widens the range",
                              k, first, last);
    }
    return TSL_OK;
}

static int is_near(double value, double best, const by *how)
{
    return how->silhouette ? value >= best - NEAR_SILHOUETTE : value >= best * (1 - NEAR_SHARE);
}

/* Other k that are about as good by the index. */
static tsl_status note_ties(tsl_sweep *sweep, const by *how, const char *index, tsl_error *err)
{
    const double best = get_index(&sweep->candidate[sweep->best], how);
    tsl_status status = TSL_OK;
    tsl__text others = {0};
    for (size_t s = 0; s < sweep->count; s++) {
        const tsl_candidate *c = &sweep->candidate[s];
        if (s != sweep->best && is_eligible(c, how) && is_near(get_index(c, how), best, how)) {
            char value[32];
            tsl__shown_write(get_index(c, how), how->silhouette ? 3 : 1, value);
            tsl__text_printf(&others, "%sk = %d (%s)", others.length ? ", " : "", c->k, value);
        }
    }
    TSL__TRY(others.failed ? tsl__error_nomem(err) : TSL_OK);
    if (others.length) {
        TSL__TRY(tsl__notes_put(&sweep->info.notes, err, "by the %s alone the choice is open: %s %s about as good",
                                index, others.data, strstr(others.data, ", ") ? "are" : "is"));
    }
done:
    tsl__text_free(&others);
    return status;
}

/* ---- The choice ------------------------------------------------------------------ */

tsl_status tsl__sweep_choose_only(tsl_sweep *sweep, const char *why, tsl_error *err)
{
    sweep->best = 0;
    return set_choice(sweep, tsl__format("k = %d %s", sweep->candidate[0].k, why), err);
}

static tsl_status say_choice(tsl_sweep *sweep, const tsl_kmeans_options *opt, const by *how, int eligible,
                             const char *index, tsl_error *err)
{
    const tsl_candidate *best = &sweep->candidate[sweep->best];
    char value[32], share[32], rows[48] = "";
    tsl_status status = TSL_OK;
    tsl__shown_write(get_index(best, how), how->silhouette ? 3 : 1, value);
    tsl__shown_write(100 * opt->min_share, 3, share);
    if (opt->min_rows) {
        snprintf(rows, sizeof rows, "%s %zu", eligible ? ", and" : ", or fewer than", opt->min_rows);
    }
    if (eligible) {
        return set_choice(sweep,
                          tsl__format("k = %d has the greatest %s (%s) among those whose smallest cluster holds at "
                                      "least %s %% of the rows%s",
                                      best->k, index, value, share, rows),
                          err);
    }
    TSL__TRY(tsl__notes_add(&sweep->info.notes,
                            "every k has a cluster with less than %s %% of the rows%s; k was chosen among all", share,
                            rows));
    TSL__TRY(set_choice(sweep, tsl__format("k = %d has the greatest %s (%s)", best->k, index, value), err));
done:
    return status;
}

tsl_status tsl__sweep_choose(tsl_sweep *sweep, const tsl_kmeans_options *opt, tsl_error *err)
{
    by how = {1, opt->min_share, opt->min_rows};
    int eligible;
    tsl_status status = TSL_OK;
    if (!choose_by(sweep, &how, &eligible)) {
        how = (by){0, opt->min_share, opt->min_rows};
        if (!choose_by(sweep, &how, &eligible)) {
            const int k = sweep->candidate[sweep->best].k;
            return set_choice(sweep, tsl__format("k = %d is the smallest; no index tells them apart", k), err);
        }
    }
    const char *index = how.silhouette ? "silhouette" : "Calinski-Harabasz index";
    sweep->info.doubts_from = sweep->info.notes.count;
    TSL__TRY(say_choice(sweep, opt, &how, eligible, index, err));
    TSL__TRY(note_edge(sweep, index, err));
    TSL__TRY(note_ties(sweep, &how, index, err));
    sweep->info.doubts = sweep->info.notes.count - sweep->info.doubts_from;
done:
    return status;
}
