/* names.c: codes and names of the segments. docs/methods/segment-names.md. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

static tsl_status open_plan(const tsl__labeling *job, tsl__naming_plan *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_labels *labels = job->labels;
    const size_t k = labels->segment_count, features = labels->features->feature_count;
    *p = (tsl__naming_plan){.job = job, .labels = labels, .k = k, .features = features};
    TSL__NEED(p->speech = tsl__alloc_zero(features, sizeof *p->speech));
    TSL__NEED(p->trait = tsl__alloc_zero(k, features * sizeof *p->trait));
    TSL__NEED(p->reach = tsl__alloc(features, sizeof *p->reach));
    TSL__NEED(p->within = tsl__alloc_zero(k, features * sizeof *p->within));
    TSL__NEED(p->neighbour = tsl__alloc(k, sizeof *p->neighbour));
    TSL__NEED(p->quiet = tsl__alloc(k, sizeof *p->quiet));
    TSL__NEED(p->peers = tsl__alloc(features, sizeof *p->peers));
    TSL__NEED(p->bounds = tsl__alloc(features, sizeof *p->bounds));
    TSL__NEED(p->naming = tsl__alloc_zero(k, sizeof *p->naming));
    TSL__NEED(p->silent = tsl__alloc_zero(k, 1));
    TSL__NEED(p->item = tsl__alloc(k, features * sizeof *p->item));
    TSL__NEED(p->used = tsl__alloc_zero(features, 4));
    TSL__NEED(p->said =
                  tsl__alloc(features * 4 + k * (1 + TSL__SAID_MOST), sizeof *p->said)); /* each word; ranks, states */
done:
    return status;
}

static void free_plan(tsl__naming_plan *p)
{
    for (size_t f = 0; p->speech && f < p->features; f++) {
        free(p->speech[f].column);
    }
    free(p->speech);
    free(p->reach);
    free(p->within);
    free(p->trait);
    free(p->neighbour);
    free(p->quiet);
    free(p->bounds);
    free(p->peers);
    free(p->naming);
    free(p->silent);
    free(p->item);
    free(p->used);
    free(p->said);
}

/* The names of all who are not silent, into the policy. */
static tsl_status put_names(tsl__naming_plan *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char **text[TSL_LANGS] = {NULL};
    tsl_policy_segment *segment = p->labels->policy->segment;
    TSL__TRY(tsl__sayable_find(p, err));
    TSL__TRY(tsl__said_allot(p, err));
    TSL__TRY(tsl__names_settle(p, text, err));
    for (size_t s = 0; s < p->k; s++) {
        for (int lang = 0; lang < TSL_LANGS && !p->silent[s]; lang++) {
            free(segment[s].names[lang]);
            segment[s].names[lang] = text[lang][s];
            text[lang][s] = NULL;
        }
    }
done:
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__free_texts(text[lang], text[lang] ? p->k : 0);
    }
    return status;
}

/* What is found of those who have their names already is read by nobody: they are part of the scale, but say nothing,
 * and no other one is "high" beside their "highest". of: all names as found, with the bases. */
static tsl_status put_names_beside(const tsl__naming_plan *of, const tsl__naming *base, tsl_error *err)
{
    const tsl__labeling *job = of->job;
    const tsl_policy *policy = job->labels->policy;
    tsl_status status = TSL_OK;
    tsl__naming_plan p = {0};
    size_t silent = 0;
    TSL__TRY(open_plan(job, &p, err));
    memcpy(p.naming, base, p.k * sizeof *p.naming);
    memcpy(p.quiet, of->quiet, p.k * sizeof *p.quiet);
    for (size_t s = 0; s < p.k; s++) {
        p.silent[s] = tsl__kept_name_get(job->kept, policy->segment[s].code) != NULL ||
                      tsl__given_names_have(job->opt, policy, s);
        silent += p.silent[s];
    }
    TSL__TRY(silent && silent < p.k ? put_names(&p, err) : TSL_OK);
done:
    free_plan(&p);
    return status;
}

static tsl_status fit_names(const tsl__labeling *job, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__naming_plan p = {0};
    tsl__naming *base = NULL;
    TSL__TRY(open_plan(job, &p, err));
    TSL__NEED(base = tsl__alloc(p.k, sizeof *base));
    TSL__TRY(tsl__bases_find(job, p.quiet, p.naming, err));
    memcpy(base, p.naming, p.k * sizeof *base);
    TSL__TRY(put_names(&p, err));
    TSL__TRY(put_names_beside(&p, base, err));
    TSL__TRY(job->kept ? tsl__kept_names_take(&p, err) : TSL_OK);
done:
    free(base);
    free_plan(&p);
    return status;
}

static void fit_numbers(const tsl__labeling *job)
{
    tsl_policy *policy = job->labels->policy;
    for (size_t s = 0; s < policy->segment_count && job->kept && job->kept->number; s++) {
        policy->segment[s].number = job->kept->number[s];
        policy->segment[s].colour = job->kept->colour[s];
        policy->last_number = job->kept->last_number;
    }
}

/* The model's own, else by number. */
static tsl_status fit_codes(const tsl__labeling *job, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_model *model = job->model;
    tsl_policy *policy = job->labels->policy;
    fit_numbers(job);
    for (size_t s = 0; s < policy->segment_count; s++) {
        const char *code = model->code ? model->code[s] : "";
        TSL__NEED(policy->segment[s].code = *code ? tsl__strdup(code) : tsl__format("S%d", policy->segment[s].number));
    }
done:
    return status;
}

tsl_status tsl__names_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__traits_fill(job, err));
    TSL__TRY(labels->applied ? TSL_OK : fit_codes(job, err));
    TSL__TRY(tsl__policy_fits(job, TSL_REFIT_NAMES) ? fit_names(job, err) : TSL_OK);
    TSL__TRY(tsl__given_names_take(job->opt, labels->policy, err));
    for (size_t s = 0; s < labels->segment_count; s++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            labels->segments[s].names[lang] = labels->policy->segment[s].names[lang];
        }
        labels->segments[s].name = labels->segments[s].names[job->lang];
        labels->segments[s].code = labels->policy->segment[s].code;
        labels->segments[s].segment = labels->policy->segment[s].number;
        labels->segments[s].colour = labels->policy->segment[s].colour;
    }
done:
    return status;
}
