/* responses.c: what the customers of each segment are known to have done in the end:
 * the rate of an outcome that segments were not found by. docs/methods/outcomes.md. */
#include "label/held_responses.h"
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/answers.h"
#include "feature/recipe.h"
#include "stat/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Which are told ------------------------------------------------------------- */

static tsl_status add_response(tsl_labels *labels, size_t f, int is_mean, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_response *r = &labels->response[labels->response_count];
    *r = (tsl_response){.feature = f, .is_mean = is_mean};
    TSL__NEED(r->segment = tsl__alloc_zero(labels->segment_count, sizeof *r->segment));
    labels->response_count++;
done:
    return status;
}

/* Those of one kind. */
static tsl_status add_responses(tsl_labels *labels, int is_mean, tsl_error *err)
{
    const tsl_recipe *recipe = labels->features->recipe;
    for (size_t f = 0, end; f < recipe->feature_count; f = end) {
        end = tsl__block_end(recipe, f);
        const size_t told = recipe->feature[f].outcome ? tsl__answers_find_told(recipe, f, end) : end;
        if (told < end && tsl__features_is_rate(labels->features, told) != is_mean) {
            tsl_status status = add_response(labels, told, is_mean, err);
            if (status != TSL_OK) {
                return status;
            }
        }
    }
    return TSL_OK;
}

static tsl_status open_responses(tsl_labels *labels, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(labels->response = tsl__alloc(labels->features->feature_count, sizeof *labels->response));
    TSL__TRY(add_responses(labels, 0, err));
    TSL__TRY(add_responses(labels, 1, err));
done:
    return status;
}

/* ---- What is known ------------------------------------------------------------------ */

/* NaN: not known, or of a customer who does not count. held: who does; NULL: all. */
static double get_x(const tsl_labels *labels, const tsl_response *r, const unsigned char *held, size_t customer)
{
    return held && !held[customer] ? (double)NAN
                                   : labels->features->x[customer * labels->features->feature_count + r->feature];
}

/* The part's sum becomes its rate or mean. */
static void divide(tsl_response_part *part)
{
    part->rate = part->known ? part->rate / (double)part->known : (double)NAN;
}

static void add_square(tsl_response_part *part, double x)
{
    part->low += (x - part->rate) * (x - part->rate); /* lent, until all are added */
}

static void set_interval(const tsl_response *r, tsl_response_part *part)
{
    const tsl__interval interval =
        r->is_mean
            ? tsl__interval_of_mean(part->rate, part->low, part->known)
            : tsl__interval_of_rate(part->known ? (uint64_t)llround(part->rate * (double)part->known) : 0, part->known);
    part->low = interval.low;
    part->high = interval.high;
}

/* One customer after the other, so that the sums are the same for any number of threads. */
static void measure(tsl_labels *labels, tsl_response *r, const unsigned char *held)
{
    tsl_response_part *all = &r->all;
    for (size_t i = 0; i < labels->customers; i++) {
        const double x = get_x(labels, r, held, i);
        tsl_response_part *own = &r->segment[labels->customer_segment[i] - 1];
        if (!isnan(x)) {
            own->rate += x;
            own->known++;
            all->rate += x;
            all->known++;
        }
    }
    divide(all);
    for (size_t s = 0; s < labels->segment_count; s++) {
        divide(&r->segment[s]);
    }
    for (size_t i = 0; i < labels->customers && r->is_mean; i++) {
        const double x = get_x(labels, r, held, i);
        if (!isnan(x)) {
            add_square(&r->segment[labels->customer_segment[i] - 1], x);
            add_square(all, x);
        }
    }
    set_interval(r, all);
    for (size_t s = 0; s < labels->segment_count; s++) {
        set_interval(r, &r->segment[s]);
    }
}

tsl_status tsl__responses_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    const tsl_recipe *recipe = labels->features->recipe;
    tsl_status status = TSL_OK;
    int any = 0;
    for (size_t f = 0; recipe && f < recipe->feature_count; f++) {
        any = any || recipe->feature[f].outcome;
    }
    if (!any) {
        return TSL_OK;
    }
    TSL__TRY(open_responses(labels, err));
    size_t kept = 0;
    for (size_t r = 0; r < labels->response_count; r++) {
        measure(labels, &labels->response[r], NULL);
        if (labels->response[r].all.known) {
            labels->response[kept++] = labels->response[r];
        } else {
            free(labels->response[r].segment); /* as yet nobody knows */
        }
    }
    labels->response_count = kept;
done:
    return status;
}

void tsl__responses_hold(tsl_labels *labels, size_t feature, const unsigned char *held)
{
    const tsl_feature *all = labels->features->feature;
    for (size_t i = 0; i < labels->response_count; i++) {
        tsl_response *r = &labels->response[i];
        const int same = *all[feature].column && strcmp(all[r->feature].column, all[feature].column) == 0;
        if (r->feature == feature || same) {
            r->all = (tsl_response_part){0};
            memset(r->segment, 0, labels->segment_count * sizeof *r->segment);
            measure(labels, r, held);
            r->held_out = 1;
        }
    }
}

void tsl__responses_free(tsl_labels *labels)
{
    for (size_t r = 0; r < labels->response_count; r++) {
        free(labels->response[r].segment);
    }
    free(labels->response);
}
