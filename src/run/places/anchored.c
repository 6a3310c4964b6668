/* anchored.c: k-means that typical places draw. docs/methods/anchors.md. */
#include "run/places/anchored.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "run/places/holding.h"
#include "stat/weights.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the places are, with those that are free in the middle (0: of columns that are scaled to it). */
static tsl_status get_centres(const tsl__anchors *anchors, double **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc(anchors->count, anchors->cols * sizeof **out));
    for (size_t i = 0; i < anchors->count * anchors->cols; i++) {
        const double middle = anchors->middle ? anchors->middle[i % anchors->cols] : 0;
        (*out)[i] = isnan(anchors->place[i]) ? middle : anchors->place[i];
    }
done:
    return status;
}

/* What each cluster holds; *out: owned. */
static tsl_status count_holdings(const tsl__anchored_input *input, const int32_t *label, size_t count,
                                 tsl__holding **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc_zero(count, sizeof **out));
    for (size_t r = 0; r < input->x->rows; r++) {
        tsl__holding_add(&(*out)[label[r]], tsl__weight_get(input->weight, r));
    }
done:
    return status;
}

/* The smallest cluster, where it is too small; count where none is. */
static size_t find_smallest(const tsl__anchored_input *input, const tsl__holding *of, size_t count)
{
    size_t least = 0;
    for (size_t c = 1; c < count; c++) {
        least = of[c].weight < of[least].weight ? c : least;
    }
    return tsl__holding_is_small(&of[least], input->kmeans->min_share * input->buyers, input->kmeans->min_rows) ? least
                                                                                                                : count;
}

static void take_away(tsl__anchors *anchors, size_t which)
{
    const size_t cols = anchors->cols;
    anchors->count--;
    memmove(anchors->place + which * cols, anchors->place + (which + 1) * cols,
            (anchors->count - which) * cols * sizeof *anchors->place);
    memmove(anchors->code + which, anchors->code + which + 1, (anchors->count - which) * sizeof *anchors->code);
}

/* The place that holds too little of the rows as they lie, or their count. */
static tsl_status find_idle(const tsl__anchored_input *input, const tsl__anchors *anchors, size_t *which,
                            tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *centre = NULL;
    tsl__holding *of = NULL;
    tsl_assignment assignment = {.rows = input->x->rows};
    TSL__NEED(assignment.label = tsl__alloc(assignment.rows, sizeof *assignment.label));
    TSL__TRY(get_centres(anchors, &centre, err));
    TSL__TRY(tsl_kmeans_predict(input->x, centre, (int)anchors->count, input->exec, &assignment, err));
    TSL__TRY(count_holdings(input, assignment.label, anchors->count, &of, err));
    *which = find_smallest(input, of, anchors->count);
done:
    free(of);
    free(centre);
    free(assignment.label);
    return status;
}

tsl_status tsl__anchored_get_start(const tsl__anchors *anchors, double rows, tsl_start *start, double **centre,
                                   tsl_error *err)
{
    tsl_status status = TSL_OK;
    *centre = NULL;
    TSL__TRY(get_centres(anchors, centre, err));
    TSL_DEFAULTS(start, start);
    start->init = *centre;
    start->init_count = start->prior_count = anchors->count;
    start->prior = anchors->place;
    start->prior_weight = anchors->weight * rows / (double)anchors->count;
done:
    return status;
}

static tsl_status fit_once(const tsl__anchored_input *input, const tsl__anchors *anchors, tsl_sweep **out,
                           tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *centre = NULL, rows = 0;
    tsl_kmeans_options kmeans = *input->kmeans;
    tsl_start start;
    for (size_t r = 0; r < input->x->rows; r++) {
        rows += tsl__weight_get(input->weight, r);
    }
    TSL__TRY(tsl__anchored_get_start(anchors, rows, &start, &centre, err));
    kmeans.k = 0;
    TSL__TRY(tsl_kmeans_fit(input->x, input->weight, &start, &kmeans, input->exec, out, err));
done:
    free(centre);
    return status;
}

#define LIMIT_BYTES 80

static void write_limit(const tsl__anchored_input *input, char out[LIMIT_BYTES])
{
    char share[32];
    tsl__shown_write(100 * input->kmeans->min_share, 3, share);
    snprintf(out, LIMIT_BYTES, "%s %% of the %s each, and %zu of them", share,
             input->of_buyers ? "buyers" : "customers", input->kmeans->min_rows);
}

static const char *get_what(const tsl__anchors *anchors)
{
    return anchors->what ? anchors->what : "typical places";
}

/* all: places that there were. */
static void say_choice(const tsl__anchored_input *input, const tsl__anchors *left, size_t all, tsl_sweep_info *info)
{
    const char *what = get_what(left);
    char limit[LIMIT_BYTES];
    write_limit(input, limit);
    if (all == 1) {
        snprintf(info->choice, sizeof info->choice, "k = 1: so many %s there are", what);
    } else if (left->count == 1) {
        snprintf(info->choice, sizeof info->choice, "k = 1: no two of %zu %s hold %s", all, what, limit);
    } else {
        snprintf(info->choice, sizeof info->choice, "k = %zu: so many of %zu %s hold %s", left->count, all, what,
                 limit);
    }
}

/* One segment tells nobody from anybody. Where customers are few that is so; where more was asked for than is usual,
 * that is why. */
static tsl_status note_single(const tsl__anchored_input *input, const tsl__anchors *left, size_t all, tsl_notes *notes,
                              tsl_error *err)
{
    tsl_kmeans_options usual;
    char limit[LIMIT_BYTES], share[32];
    TSL_DEFAULTS(kmeans, &usual);
    if (left->count > 1 || all == 1 ||
        !(input->kmeans->min_share > usual.min_share || input->kmeans->min_rows > usual.min_rows)) {
        return TSL_OK;
    }
    write_limit(input, limit);
    tsl__shown_write(100 * usual.min_share, 3, share);
    return tsl__notes_add(notes,
                          "one segment is left, as no two of %zu %s hold %s: --min-share and --min-rows ask for more "
                          "than the usual %s %% and %zu",
                          all, get_what(left), limit, share, usual.min_rows);
}

tsl_status tsl__anchored_fit(const tsl__anchored_input *input, tsl__anchors *anchors, tsl_sweep **out, tsl_error *err)
{
    const size_t all = anchors->count;
    tsl_status status = TSL_OK;
    size_t which = 0;
    tsl__holding *of = NULL;
    *out = NULL;
    while (anchors->count > 1) {
        TSL__TRY(find_idle(input, anchors, &which, err));
        if (which == anchors->count) {
            break;
        }
        take_away(anchors, which);
    }
    for (;;) {
        TSL__TRY(fit_once(input, anchors, out, err));
        free(of);
        of = NULL;
        TSL__TRY(count_holdings(input, (*out)->assignment->label, anchors->count, &of, err));
        which = anchors->count > 1 ? find_smallest(input, of, anchors->count) : anchors->count;
        if (which == anchors->count) {
            break;
        }
        take_away(anchors, which);
        tsl_sweep_free(*out);
        *out = NULL;
    }
    say_choice(input, anchors, all, &(*out)->info);
    TSL__TRY(note_single(input, anchors, all, &(*out)->info.notes, err));
done:
    free(of);
    return status;
}
