/* identify.c: which segments of a run are those of a previous one: by their codes, and by their customers where they
 * were found anew. docs/methods/identity.md. */
#include "run/places/identify.h"

#include "base/alloc.h"
#include "base/error.h"
#include "label/evolution/identity.h"
#include "label/evolution/succession.h"
#include "run/places/previous.h"

#include <stdlib.h>
#include <string.h>

/* The groups of a fit, as far as they are known. */
typedef struct groups {
    size_t count, clusters;
    const char *const *code; /* count: its own, "" of none */
    const int32_t *of;       /* customers */
    int own;                 /* the first so many are places of a file, whose codes are the user's */
} groups;

static const tsl_policy *get_policy(const tsl_run *run)
{
    return run->previous->segmentation->policy;
}

static int32_t find_code(const tsl_policy *policy, const char *code)
{
    for (size_t s = 0; s < policy->segment_count && *code; s++) {
        if (strcmp(policy->segment[s].code, code) == 0) {
            return (int32_t)s;
        }
    }
    return -1;
}

/* ---- Which is which ------------------------------------------------------------------- */

/* Of those that no code tells; a group that is set apart, then or now, or has a code of the user's own, is told by that
 * alone: what its rule says is not true of whoever takes its place. */
static tsl_status match_customers(const tsl_run *run, const groups *now, int32_t *match, tsl_error *err)
{
    const tsl_policy *policy = get_policy(run);
    const size_t clusters = (size_t)run->previous->segmentation->model->k;
    tsl_status status = TSL_OK;
    int32_t *was = NULL, *found = NULL;
    unsigned char *then_known = NULL, *now_known = NULL;
    TSL__NEED(found = tsl__alloc(now->count, sizeof *found));
    TSL__NEED(then_known = tsl__alloc_zero(policy->segment_count, 1));
    TSL__NEED(now_known = tsl__alloc_zero(now->count, 1));
    for (size_t s = clusters; s < policy->segment_count; s++) {
        then_known[s] = 1;
    }
    for (size_t g = 0; g < now->count; g++) {
        now_known[g] = match[g] >= 0 || g >= now->clusters || g < (size_t)now->own;
        if (match[g] >= 0) {
            then_known[match[g]] = 1;
        }
    }
    TSL__TRY(tsl__succession_match(run->features, policy, run->previous->segments, &was, err));
    const tsl__identity_input in = {.customers = run->features->customers,
                                    .was = was,
                                    .now = now->of,
                                    .then_count = policy->segment_count,
                                    .now_count = now->count,
                                    .then_known = then_known,
                                    .now_known = now_known};
    TSL__TRY(tsl__identity_match(&in, found, err));
    for (size_t g = 0; g < now->count; g++) {
        match[g] = match[g] >= 0 ? match[g] : found[g];
    }
done:
    free(was);
    free(found);
    free(then_known);
    free(now_known);
    return status;
}

/* The segment of the previous run that each group is, or -1; owned. */
static tsl_status match_groups(const tsl_run *run, const groups *now, int32_t **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int32_t *match = NULL;
    TSL__NEED(match = tsl__alloc(now->count, sizeof *match));
    for (size_t g = 0; g < now->count; g++) {
        match[g] = find_code(get_policy(run), now->code[g]);
    }
    TSL__TRY(run->evolves ? TSL_OK : match_customers(run, now, match, err));
    *out = match;
    match = NULL;
done:
    free(match);
    return status;
}

/* ---- Ranks ------------------------------------------------------------------------------ */

/* The group of each customer: his row's label, or the class that sets him apart, behind the clusters. */
static tsl_status get_groups(const tsl_run *run, const tsl_feature_matrix *matrix, const int32_t *label, int k,
                             int32_t **out, tsl_error *err)
{
    const tsl_features *features = run->features;
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc(features->customers, sizeof **out));
    for (size_t i = 0; i < features->customers; i++) {
        (*out)[i] = features->apart && features->apart[i] >= 0 ? k + features->apart[i] : -1;
    }
    for (size_t r = 0; r < matrix->rows; r++) {
        (*out)[matrix->customer ? matrix->customer[r] : r] = label[r];
    }
done:
    return status;
}

tsl_status tsl__run_rank(const tsl_run *run, const tsl_feature_matrix *matrix, const int32_t *label, int k,
                         int32_t **rank, tsl_error *err)
{
    const tsl_recipe *recipe = run->features->recipe;
    const size_t classes = run->features->apart ? recipe->class_count : 0, count = (size_t)k + classes;
    tsl_status status = TSL_OK;
    int32_t *of = NULL, *match = NULL;
    const char **code = NULL;
    *rank = NULL;
    if (!run->previous || run->evolves) {
        return TSL_OK;
    }
    TSL__NEED(code = tsl__alloc(count, sizeof *code));
    for (size_t g = 0; g < count; g++) {
        code[g] = g < (size_t)k ? "" : recipe->classes[g - (size_t)k].code;
    }
    TSL__TRY(get_groups(run, matrix, label, k, &of, err));
    const groups now = {.count = count, .clusters = (size_t)k, .code = code, .of = of};
    TSL__TRY(match_groups(run, &now, &match, err));
    TSL__NEED(*rank = tsl__alloc((size_t)k, sizeof **rank));
    for (int c = 0; c < k; c++) {
        (*rank)[c] = match[c] < 0 ? INT32_MAX : get_policy(run)->segment[match[c]].number;
    }
done:
    free(code);
    free(match);
    free(of);
    return status;
}

/* ---- Numbers, codes and colours ----------------------------------------------------------- */

/* 1 where a segment of then, or a group before this one, has the colour. */
static int has_colour(const tsl_run *run, size_t group, int colour)
{
    const tsl_policy *policy = get_policy(run);
    int has = 0;
    for (size_t s = 0; s < policy->segment_count && !has; s++) {
        has = policy->segment[s].colour == colour;
    }
    for (size_t g = 0; g < group && !has; g++) {
        has = run->identities->colour[g] == colour;
    }
    return has;
}

/* A number that no segment has had, and whose code none has. */
static tsl_status take_number(const tsl_run *run, const groups *now, int *number, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int taken = 1;
    while (taken) {
        char *code = NULL;
        run->identities->last_number++;
        TSL__NEED(code = tsl__format("S%d", run->identities->last_number));
        taken = find_code(get_policy(run), code) >= 0;
        for (size_t g = 0; g < now->count; g++) {
            taken = taken || strcmp(now->code[g], code) == 0;
        }
        free(code);
    }
    *number = run->identities->last_number;
done:
    return status;
}

static tsl_status put_identity(tsl_run *run, const groups *now, size_t g, int32_t match, char **code, tsl_error *err)
{
    tsl__identities *of = run->identities;
    tsl_status status = TSL_OK;
    if (match >= 0) {
        const tsl_policy_segment *from = &get_policy(run)->segment[match];
        of->number[g] = from->number;
        of->colour[g] = from->colour;
        TSL__NEED(*code = tsl__strdup(from->code));
    } else {
        TSL__TRY(take_number(run, now, &of->number[g], err));
        while (has_colour(run, g, of->colour[g])) {
            of->colour[g]++;
        }
        TSL__NEED(*code = now->code[g][0] ? tsl__strdup(now->code[g]) : tsl__format("S%d", of->number[g]));
    }
done:
    return status;
}

static tsl_status put_identities(tsl_run *run, const groups *now, const int32_t *match, tsl_error *err)
{
    tsl_model *model = run->model;
    tsl_status status = TSL_OK;
    char **code = NULL;
    TSL__NEED(run->identities = tsl__alloc_zero(1, sizeof *run->identities));
    run->identities->last_number = get_policy(run)->last_number;
    TSL__NEED(run->identities->number = tsl__alloc_zero(now->count, sizeof(int)));
    TSL__NEED(run->identities->colour = tsl__alloc_zero(now->count, sizeof(int)));
    TSL__NEED(code = tsl__alloc_zero(now->count, sizeof *code));
    for (size_t g = 0; g < now->count; g++) {
        TSL__TRY(put_identity(run, now, g, match[g], &code[g], err));
    }
    tsl__free_texts(model->code, model->code ? now->count : 0);
    model->code = code;
    code = NULL;
done:
    tsl__free_texts(code, code ? now->count : 0);
    return status;
}

tsl_status tsl__run_identify(tsl_run *run, tsl_error *err)
{
    const tsl_model *model = run->model;
    tsl_status status = TSL_OK;
    const size_t count = (size_t)tsl_model_get_groups(model);
    const char **code = NULL;
    int32_t *match = NULL;
    if (!run->previous) {
        return TSL_OK;
    }
    TSL__NEED(code = tsl__alloc(count, sizeof *code));
    for (size_t g = 0; g < count; g++) {
        code[g] = model->code ? model->code[g] : "";
    }
    const groups now = {.count = count,
                        .clusters = (size_t)model->k,
                        .code = code,
                        .of = model->assignment->label,
                        .own = run->places ? model->sweep->placed : 0};
    TSL__TRY(match_groups(run, &now, &match, err));
    TSL__TRY(put_identities(run, &now, match, err));
done:
    free(code);
    free(match);
    return status;
}

int tsl__run_get_number(const tsl_run *run, int group)
{
    return run->identities ? run->identities->number[group] : group + 1;
}

void tsl__identities_free(tsl__identities *identities)
{
    if (identities) {
        free(identities->number);
        free(identities->colour);
        free(identities);
    }
}
