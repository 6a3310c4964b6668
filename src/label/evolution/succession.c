/* succession.c: what became of the segments of an earlier run: by the ids of its customers, who is where now. */
#include "label/evolution/succession.h"

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/text.h"
#include "label/evolution/identity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- By id ----------------------------------------------------------------------------- */

/* Ids of the customers as they stand in a CSV file, by their places. */
static tsl_status index_customers(const tsl_features *features, tsl__dict **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    TSL__NEED(*out = tsl__dict_open());
    for (size_t i = 0; i < features->customers; i++) {
        const char *id = features->id[i];
        if (tsl__csv_is_marked(id)) {
            tsl__text_clear(&text);
            tsl__text_csv_cell(&text, id);
            TSL__TRY(text.failed ? tsl__error_nomem(err) : TSL_OK);
            id = text.data;
        }
        TSL__TRY(tsl__dict_add(*out, id, strlen(id)) < 0 ? tsl__error_nomem(err) : TSL_OK);
    }
done:
    tsl__text_free(&text);
    return status;
}

/* The segment, from 0, with that number; -1: none. */
static int32_t find_number(const tsl_policy *policy, const char *text)
{
    double number = 0;
    if (tsl__double_read(text, strlen(text), &number)) {
        return -1;
    }
    for (size_t s = 0; s < policy->segment_count; s++) {
        if ((double)policy->segment[s].number == number) {
            return (int32_t)s;
        }
    }
    return -1;
}

tsl_status tsl__succession_index(const tsl_policy *policy, const tsl_partition *segments, int32_t **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc((size_t)segments->k, sizeof **out));
    for (int l = 0; l < segments->k; l++) {
        (*out)[l] = find_number(policy, segments->name[l]);
    }
done:
    return status;
}

/* The segment, from 0, that a row is of; -1: none. of: by label. */
static int32_t get_segment(const tsl_partition *segments, const int32_t *of, size_t row)
{
    return segments->label[row] < 0 ? -1 : of[segments->label[row]];
}

/* row: of each row of the segments the customer, or -1. */
static tsl_status match_rows(const tsl_features *features, const tsl_partition *segments, int32_t *row, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__dict *ids = NULL;
    unsigned char *seen = NULL;
    if (!features->id || !segments->id) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: customers are followed by their ids, which %s lack",
                              segments->file ? segments->file->name : "the segments",
                              features->id ? "the segments" : "the data");
    }
    TSL__TRY(index_customers(features, &ids, err));
    TSL__NEED(seen = tsl__alloc_zero(features->customers, 1));
    for (size_t r = 0; r < segments->rows; r++) {
        row[r] = tsl__dict_get(ids, segments->id[r], strlen(segments->id[r]));
        TSL__TRY(row[r] >= 0 && seen[row[r]]
                     ? tsl__error_set(err, TSL_E_INPUT, "%s: row %zu: %s stands there twice",
                                      segments->file ? segments->file->name : "the segments", r + 1,
                                      segments->id_column ? segments->id_column : "the id")
                     : TSL_OK);
        if (row[r] >= 0) {
            seen[row[r]] = 1;
        }
    }
done:
    tsl__dict_free(ids);
    free(seen);
    return status;
}

tsl_status tsl__succession_find_rows(const tsl_features *features, const tsl_partition *segments, int32_t **out,
                                     tsl_error *err)
{
    tsl_status status = TSL_OK;
    int32_t *row = NULL, *of = NULL;
    *out = NULL;
    TSL__NEED(row = tsl__alloc(segments->rows, sizeof *row));
    TSL__NEED(of = tsl__alloc(features->customers, sizeof *of));
    TSL__TRY(match_rows(features, segments, row, err));
    for (size_t i = 0; i < features->customers; i++) {
        of[i] = -1;
    }
    for (size_t r = 0; r < segments->rows; r++) {
        if (row[r] >= 0) {
            of[row[r]] = (int32_t)r;
        }
    }
    *out = of;
    of = NULL;
done:
    free(row);
    free(of);
    return status;
}

tsl_status tsl__succession_match(const tsl_features *features, const tsl_policy *policy, const tsl_partition *segments,
                                 int32_t **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int32_t *of = NULL;
    *out = NULL;
    TSL__TRY(tsl__succession_index(policy, segments, &of, err));
    TSL__TRY(tsl__succession_find_rows(features, segments, out, err));
    for (size_t i = 0; i < features->customers; i++) {
        (*out)[i] = (*out)[i] < 0 ? -1 : get_segment(segments, of, (size_t)(*out)[i]);
    }
done:
    free(of);
    return status;
}

/* ---- The table of moves ------------------------------------------------------------------ */

static int find_code(const tsl_labels *labels, const char *code)
{
    for (size_t s = 0; s < labels->segment_count; s++) {
        if (strcmp(labels->segments[s].code, code) == 0) {
            return (int)s + 1;
        }
    }
    return 0;
}

static const tsl_class *find_class(const tsl_recipe *recipe, const char *code)
{
    for (size_t c = 0; recipe && c < recipe->class_count; c++) {
        if (strcmp(recipe->classes[c].code, code) == 0) {
            return &recipe->classes[c];
        }
    }
    return NULL;
}

static int do_meet(const tsl_class *a, const tsl_class *b)
{
    return a->purchase_days == b->purchase_days &&
           fmax(a->recency_low, b->recency_low) < fmin(a->recency_high, b->recency_high) &&
           fmax(a->total_low, b->total_low) < fmin(a->total_high, b->total_high);
}

/* Classes keep their limits from run to run, but those that are joined, which are called otherwise then. */
static void find_joined(const tsl_labels *labels, const tsl_recipe *recipe, tsl_succession_segment *of)
{
    const tsl_class *then = of->segment ? NULL : find_class(recipe, of->code);
    for (size_t s = 0; then && s < labels->segment_count; s++) {
        const tsl_class *now = find_class(labels->features->recipe, labels->segments[s].code);
        of->joined[s] = now && do_meet(then, now);
    }
}

static tsl_status open_succession(const tsl_labels *labels, const tsl_recipe *recipe, const tsl_policy *policy,
                                  tsl_succession **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_succession *all = NULL;
    TSL__NEED(all = *out = tsl__alloc_zero(1, sizeof *all));
    TSL__NEED(all->of = tsl__alloc_zero(policy->segment_count, sizeof *all->of));
    TSL__NEED(all->arrived = tsl__alloc_zero(labels->segment_count, sizeof *all->arrived));
    TSL__NEED(all->now = tsl__alloc_zero(labels->segment_count, sizeof *all->now));
    all->count = policy->segment_count;
    all->segment_count = labels->segment_count;
    all->share = all->agreement = all->hold = NAN;
    for (size_t s = 0; s < all->segment_count; s++) {
        all->now[s].number = labels->segments[s].segment;
        TSL__NEED(all->now[s].code = tsl__strdup(labels->segments[s].code));
    }
    for (size_t s = 0; s < all->count; s++) {
        tsl_succession_segment *of = &all->of[s];
        TSL__NEED(of->to = tsl__alloc_zero(labels->segment_count, sizeof *of->to));
        TSL__NEED(of->joined = tsl__alloc_zero(labels->segment_count, 1));
        TSL__NEED(of->code = tsl__strdup(policy->segment[s].code));
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            TSL__NEED(of->names[lang] = tsl__strdup(policy->segment[s].names[lang]));
        }
        of->number = policy->segment[s].number;
        of->colour = policy->segment[s].colour;
        of->segment = find_code(labels, of->code);
        find_joined(labels, recipe, of);
    }
done:
    return status;
}

/* Those who were there. */
static tsl_status count_then(const tsl_labels *labels, const tsl_policy *policy, const tsl_partition *segments,
                             tsl_succession *all, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int32_t *row = NULL, *index = NULL;
    TSL__NEED(row = tsl__alloc(segments->rows, sizeof *row));
    TSL__TRY(match_rows(labels->features, segments, row, err));
    TSL__TRY(tsl__succession_index(policy, segments, &index, err));
    for (size_t r = 0; r < segments->rows; r++) {
        const int32_t was = get_segment(segments, index, r);
        if (was < 0) {
            TSL__TRY(tsl__error_set(err, TSL_E_INPUT, "%s: row %zu names no segment of the earlier run",
                                    segments->file ? segments->file->name : "the segments", r + 1));
        }
        tsl_succession_segment *of = &all->of[was];
        of->size++;
        if (row[r] < 0) {
            of->gone++;
            all->gone++;
            continue;
        }
        const int32_t now = labels->customer_segment[row[r]];
        const int stays = now == of->segment || of->joined[now - 1];
        of->to[now - 1]++;
        of->stayed += (uint64_t)stays;
        all->stayed += (uint64_t)stays;
        all->both++;
    }
    all->share = all->both ? (double)all->stayed / (double)all->both : (double)NAN;
done:
    free(index);
    free(row);
    return status;
}

/* Those who are here. */
static tsl_status count_now(const tsl_labels *labels, const tsl_policy *policy, const tsl_partition *segments,
                            tsl_succession *all, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int32_t *was = NULL, *now = NULL;
    tsl_comparison *comparison = NULL;
    TSL__TRY(tsl__succession_match(labels->features, policy, segments, &was, err));
    TSL__NEED(now = tsl__alloc(labels->customers, sizeof *now));
    for (size_t i = 0; i < labels->customers; i++) {
        now[i] = labels->customer_segment[i] - 1;
        if (was[i] < 0) {
            all->arrived[now[i]]++;
            all->arrivals++;
        }
    }
    if (all->both) {
        TSL__TRY(tsl_comparison_build(now, (int)all->segment_count, was, (int)all->count, NULL, labels->customers,
                                      &comparison, err));
        all->agreement = comparison->adjusted_rand;
    }
done:
    tsl_comparison_free(comparison);
    free(was);
    free(now);
    return status;
}

tsl_status tsl_succession_build(const tsl_labels *labels, const tsl_recipe *recipe, const tsl_policy *policy,
                                const tsl_partition *segments, tsl_succession **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_succession *all = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(open_succession(labels, recipe, policy, &all, err));
    TSL__TRY(count_then(labels, policy, segments, all, err));
    TSL__TRY(count_now(labels, policy, segments, all, err));
    tsl__fates_find(all);
    *out = all;
    all = NULL;
done:
    tsl_succession_free(all);
    return status;
}

void tsl_succession_free(tsl_succession *succession)
{
    if (!succession) {
        return;
    }
    for (size_t s = 0; succession->of && s < succession->count; s++) {
        tsl_succession_segment *of = &succession->of[s];
        free(of->code);
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            free(of->names[lang]);
        }
        free(of->to);
        free(of->joined);
    }
    free(succession->of);
    free(succession->arrived);
    for (size_t s = 0; succession->now && s < succession->segment_count; s++) {
        free(succession->now[s].code);
    }
    free(succession->now);
    free(succession);
}
