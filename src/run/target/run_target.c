/* run_target.c: segments that are the leaves of a tree of a target: grown from one half of
 * the customers, estimated on the other. docs/methods/tree-segments.md. */
#include "run/target/target_aim.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/rng.h"
#include "feature/answers.h"
#include "feature/recipe.h"
#include "run/target/target_period.h"

#include <math.h>
#include <stdlib.h>

#define KNOWN_LEAST 40 /* customers of whom the target is known: of fewer, halves tell nothing */

static void close_crowd(tsl__crowd *c)
{
    free(c->feature);
    tsl__tree_columns_free(&c->raw);
    free(c->leaf);
}

static void close_aim(tsl__aim *a)
{
    close_crowd(&a->past);
    if (a->then) {
        close_crowd(&a->now);
    }
    tsl_features_free(a->then);
    free(a->value);
    free(a->structure);
    tsl_descriptor_free(a->descriptor);
    tsl_tree_free(a->tree);
    free(a->label);
}

/* The halves: a hash of the seed and the row. */
static tsl_status part_halves(tsl__aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t known = 0;
    TSL__NEED(a->structure = tsl__alloc(a->past.rows, sizeof *a->structure));
    for (size_t r = 0; r < a->past.rows; r++) {
        tsl__rng rng = tsl__rng_open(a->run->kmeans_opt.seed, TSL__AIM_DRAW_HALF, 0);
        rng.draw = r;
        known += isnan(a->value[r]) ? 0 : 1;
        a->structure[r] = !isnan(a->value[r]) && (tsl__rng_u64(&rng) & 1);
    }
    if (known < KNOWN_LEAST) {
        return tsl__error_set(err, TSL_E_INPUT, "target: %zu customers have a value of \"%s\"; expected %d at least",
                              known, a->name, KNOWN_LEAST);
    }
done:
    return status;
}

static tsl_status read_target(tsl__aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (tsl__target_is_next(a->run)) {
        TSL__TRY(tsl__target_period_open(a->run, a->estimates, &a->then, &a->value, err));
        a->past = (tsl__crowd){.features = a->then, .rows = a->then->customers};
        a->name = TSL__TARGET_NEXT;
        a->target = SIZE_MAX;
    } else {
        a->past = a->now;
        a->target = tsl__answers_find_named(a->past.features->recipe, a->run->opt.target);
        if (a->target == a->past.features->feature_count) {
            TSL__TRY(tsl__features_find_amount(a->past.features, "target", a->run->opt.target, &a->target, err));
        }
        a->name = a->past.features->feature[a->target].name;
        a->estimates->rate = tsl__features_is_rate(a->past.features, a->target);
        TSL__NEED(a->value = tsl__alloc(a->past.rows, sizeof *a->value));
        for (size_t r = 0; r < a->past.rows; r++) {
            a->value[r] = tsl__crowd_get_cell(&a->past, r, a->target);
        }
    }
    TSL__TRY(part_halves(a, err));
done:
    return status;
}

tsl_status tsl__run_build_by_target(tsl_run *run, const tsl_feature_matrix *matrix, const double *value, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__aim a = {.run = run, .now = {.features = run->features, .rows = run->features->customers}};
    if (run->features->recipe->plain) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "target: segments by a tree of it are of customers, not of plain numbers");
    }
    TSL__NEED(run->estimates = a.estimates = tsl__alloc_zero(1, sizeof *a.estimates));
    TSL__TRY(read_target(&a, err));
    TSL__TRY(tsl__aim_choose_features(&a, err));
    TSL__TRY(tsl__aim_open_columns(&a, err));
    TSL__TRY(tsl__aim_build_tree(&a, err));
    TSL__TRY(tsl__aim_build_model(&a, matrix, value, err));
    TSL__TRY(tsl__aim_estimate(&a, err));
    TSL__TRY(tsl__aim_note(&a, err));
    TSL__TRY(a.then ? TSL_OK : tsl__aim_note_arithmetic(&a, err));
done:
    close_aim(&a);
    return status;
}
