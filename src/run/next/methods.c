/*
 * methods.c: the run's segments beside usual ways of segmenting: what each tells of the days after a cut, and whether
 * it would have come out alike of other customers or a month earlier. docs/methods/ways.md.
 *
 * Cuts are a calendar month apart, each with as many days behind it as the period that the run holds out, so that what
 * is learned at one of them can be applied at the next. Of many customers a sample speaks, by hashes of their ids: the
 * same ones at each cut.
 */
#include "run/next/methods.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "feature/features.h"
#include "feature/records/grouping.h"
#include "run/next/held_out.h"
#include "run/next/next.h"
#include "run/next/then.h"
#include "run/next/yardstick.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLES 5
#define KEPT_OF_256 205 /* four in five */

/* Which yardstick each way is, behind the run's segments, and how its k differs from theirs. */
static const struct {
    int yardstick, more;
} ways[TSL_METHODS] = {
    {0, 0},
    {TSL__YARD_MAP, 0},
    {TSL__YARD_MAP_11, 0},
    {TSL__YARD_MEANS, -1},
    {TSL__YARD_MEANS, 0},
    {TSL__YARD_MEANS, 1},
    {TSL__YARD_FIFTHS, 0},
};

/* What is known at one cut. */
typedef struct cut_state {
    tsl_run then;         /* with its features; fitted where the run's segments can be */
    unsigned char *buyer; /* a customer */
    uint64_t buyers;
    tsl__yard yard[TSL_METHODS];
    int32_t *label[TSL_METHODS]; /* a customer; -1: none, or he never bought */
} cut_state;

typedef struct work {
    tsl_run *run;
    size_t shards;
    int refits; /* 1: the run's segments are found anew */
    tsl_segmentation delivered;
    tsl_methods *out;
} work;

static void close_state(cut_state *s)
{
    tsl__then_close(&s->then);
    free(s->buyer);
    for (int m = 0; m < TSL_METHODS; m++) {
        tsl__yard_free(&s->yard[m]);
        free(s->label[m]);
    }
    *s = (cut_state){.buyers = 0};
}

/* ---- The run's own way ------------------------------------------------------------- */

/* What an earlier run or initial centres draw knows the period; all else is found anew. */
static int is_found_anew(const tsl_run *run)
{
    return !run->previous && !run->init_name;
}

/* The same way of finding them: by the same places, or by k-means of as many. */
static void open_then(const work *w, const tsl_segmentation *given, tsl_run *then)
{
    tsl__then_open(w->run, given, then);
    then->label_opt.value = NULL; /* whichever numbers them */
    if (w->run->model->sweep->placed == 0) {
        then->kmeans_opt.k = w->run->model->k;
        then->opt.anchors = TSL_ANCHORS_NONE;
        then->k_asked = 1;
    }
}

static tsl_status find_segments(const tsl_run *run, tsl_run *then, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (run->opt.weight && !then->given) {
        TSL__TRY(tsl_features_fit_weight(then->features, run->opt.weight, err));
    }
    TSL__TRY(tsl__run_build_clusters(then, err));
done:
    return status;
}

/* ---- Labels ------------------------------------------------------------------------- */

/* Those of a run, of who bought. */
static void take_labels(const tsl_run *then, const unsigned char *buyer, int32_t *out)
{
    const tsl_assignment *of = tsl_run_get_assignment(then);
    for (size_t i = 0; i < then->features->customers; i++) {
        out[i] = buyer[i] ? of->label[i] : -1;
    }
}

static void leave_others(const tsl_features *features, const unsigned char *buyer, int32_t *label)
{
    for (size_t i = 0; i < features->customers; i++) {
        label[i] = buyer[i] ? label[i] : -1;
    }
}

/* One more than the greatest. */
static int count_labels(const int32_t *label, size_t rows)
{
    int32_t most = 0;
    for (size_t i = 0; i < rows; i++) {
        most = label[i] > most ? label[i] : most;
    }
    return most + 1;
}

static tsl_status get_agreement(const int32_t *a, const int32_t *b, size_t rows, double *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_comparison *of = NULL;
    TSL__TRY(tsl_comparison_build(a, count_labels(a, rows), b, count_labels(b, rows), NULL, rows, &of, err));
    *out = of->adjusted_rand;
done:
    tsl_comparison_free(of);
    return status;
}

/* ---- A cut --------------------------------------------------------------------------- */

/* The segments that somebody who bought is in. */
static int count_used(const int32_t *label, size_t rows)
{
    unsigned char used[TSL_CLUSTERS_MAX + TSL_CLASSES_MAX] = {0};
    int count = 0;
    for (size_t i = 0; i < rows; i++) {
        if (label[i] >= 0 && !used[label[i]]) {
            used[label[i]] = 1;
            count++;
        }
    }
    return count;
}

/* Features, and the run's segments. */
static tsl_status open_state(const work *w, int32_t day, cut_state *s, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *s = (cut_state){.buyers = 0};
    open_then(w, w->refits ? NULL : &w->delivered, &s->then);
    TSL__TRY(tsl__held_out_build_sample(w->run, day, w->shards, w->refits ? NULL : w->delivered.recipe, &w->run->exec,
                                        &s->then.features, err));
    TSL__TRY(tsl__next_get_buyers(s->then.features, &s->buyer, &s->buyers, err));
    if (s->buyers < TSL__HELD_OUT_BUYERS) {
        goto done;
    }
    for (int m = 0; m < TSL_METHODS; m++) {
        TSL__NEED(s->label[m] = tsl__alloc(s->then.features->customers, sizeof **s->label));
    }
    TSL__TRY(find_segments(w->run, &s->then, err));
    take_labels(&s->then, s->buyer, s->label[0]);
done:
    return status;
}

/* All other ways, learned here. k: of the run's segments at the last cut. */
static tsl_status learn_others(const work *w, int k, cut_state *s, tsl_error *err)
{
    const tsl_features *features = s->then.features;
    tsl_status status = TSL_OK;
    for (int m = 1; m < TSL_METHODS; m++) {
        const tsl__yardstick *by = &tsl__yardsticks[ways[m].yardstick];
        s->yard[m].k = k + ways[m].more > 1 ? k + ways[m].more : 1;
        s->yard[m].seed = w->run->kmeans_opt.seed;
        TSL__TRY(by->fit(features, NULL, &w->run->exec, &s->yard[m], err));
        TSL__TRY(by->predict(&s->yard[m], features, &w->run->exec, s->label[m], err));
        leave_others(features, s->buyer, s->label[m]);
    }
done:
    return status;
}

/* What each tells of the days after the cut; at: the place of the cut, from the last one on. */
static tsl_status judge(const work *w, const cut_state *s, int at, tsl_error *err)
{
    const tsl_features *features = s->then.features;
    const tsl__next_input in = {.features = features,
                                .transactions = w->run->table[TSL_TRANSACTIONS],
                                .buyer = s->buyer,
                                .until = features->as_of + w->out->days,
                                .exec = &w->run->exec,
                                .shards = w->shards};
    tsl_status status = TSL_OK;
    tsl__outcomes of = {NULL, NULL, NULL};
    tsl_outcome *outcome = NULL;
    tsl_next newcomers = {0};
    TSL__TRY(tsl__outcomes_open(&in, &of, &newcomers, err));
    for (int m = 0; m < TSL_METHODS; m++) {
        tsl_method *to = &w->out->method[m];
        tsl_outcome_free(outcome);
        outcome = NULL;
        TSL__TRY(
            tsl__outcomes_judge(&in, &of, s->label[m], count_labels(s->label[m], features->customers), &outcome, err));
        to->cut_eta2[at] = outcome->eta2;
        to->eta2 += outcome->eta2;
        to->auc += outcome->auc;
    }
done:
    tsl_outcome_free(outcome);
    tsl__outcomes_free(&of);
    return status;
}

/* ---- Another sample --------------------------------------------------------------------- */

/* Whether a customer is in a sample does not depend on who else is there. */
static void draw(const tsl_features *features, int sample, unsigned char *kept)
{
    for (size_t i = 0; i < features->customers; i++) {
        const uint64_t hash = tsl__hash64(features->id[i], strlen(features->id[i]), (uint64_t)sample);
        kept[i] = (hash >> 8 & 255) < KEPT_OF_256;
    }
}

/* The run's segments, of those who are kept alone; who is not has none. */
static tsl_status find_of_part(const work *w, const cut_state *s, const unsigned char *kept, int32_t *out,
                               tsl_error *err)
{
    const tsl_features *features = s->then.features;
    tsl_selection selection = w->run->features_opt.selection;
    tsl_status status = TSL_OK;
    tsl_run part;
    open_then(w, NULL, &part);
    selection.basis = features->recipe->basis;
    selection.apart = features->recipe->apart;
    TSL__TRY(tsl__features_take_part(features, kept, &selection, &w->run->exec, &part.features, err));
    TSL__TRY(find_segments(w->run, &part, err));
    const tsl_assignment *of = tsl_run_get_assignment(&part);
    for (size_t i = 0, row = 0; i < features->customers; i++) {
        out[i] = kept[i] ? of->label[row] : -1;
        row += kept[i];
    }
    leave_others(features, s->buyer, out);
done:
    tsl__then_close(&part);
    return status;
}

static tsl_status compare_samples(const work *w, const cut_state *s, tsl_error *err)
{
    const tsl_features *features = s->then.features;
    tsl_status status = TSL_OK;
    unsigned char *kept = NULL;
    int32_t *label = NULL;
    TSL__NEED(kept = tsl__alloc(features->customers, 1));
    TSL__NEED(label = tsl__alloc(features->customers, sizeof *label));
    for (int sample = 0; sample < SAMPLES; sample++) {
        draw(features, sample, kept);
        for (int m = 0; m < TSL_METHODS; m++) {
            const tsl__yardstick *by = &tsl__yardsticks[ways[m].yardstick];
            tsl__yard yard = {.k = s->yard[m].k, .seed = s->yard[m].seed};
            double agreement = NAN;
            status = m           ? by->fit(features, kept, &w->run->exec, &yard, err)
                     : w->refits ? find_of_part(w, s, kept, label, err)
                                 : TSL_OK;
            status = m && status == TSL_OK ? by->predict(&yard, features, &w->run->exec, label, err) : status;
            tsl__yard_free(&yard);
            TSL__TRY(status);
            for (size_t i = 0; m && i < features->customers; i++) {
                label[i] = kept[i] && s->buyer[i] ? label[i] : -1;
            }
            TSL__TRY(m || w->refits ? get_agreement(label, s->label[m], features->customers, &agreement, err) : TSL_OK);
            w->out->method[m].agreement_sample += agreement / SAMPLES;
        }
    }
done:
    free(kept);
    free(label);
    return status;
}

/* ---- A month earlier ------------------------------------------------------------------------ */

/* The segments of the earlier cut at the later one. */
static tsl_status apply_segments(const work *w, const cut_state *earlier, const cut_state *later, int32_t *out,
                                 tsl_error *err)
{
    const tsl_segmentation learned = {.recipe = earlier->then.features->recipe, .model = earlier->then.model};
    tsl_status status = TSL_OK;
    tsl_run now;
    open_then(w, &learned, &now);
    TSL__TRY(tsl__held_out_build_sample(w->run, later->then.features->as_of, w->shards, learned.recipe, &w->run->exec,
                                        &now.features, err));
    TSL__TRY(find_segments(w->run, &now, err));
    TSL__ASSERT(now.features->customers == later->then.features->customers);
    take_labels(&now, later->buyer, out);
done:
    tsl__then_close(&now);
    return status;
}

static tsl_status compare_months(const work *w, const cut_state *earlier, const cut_state *later, tsl_error *err)
{
    const tsl_features *features = later->then.features;
    tsl_status status = TSL_OK;
    int32_t *label = NULL;
    TSL__NEED(label = tsl__alloc(features->customers, sizeof *label));
    for (int m = 0; m < TSL_METHODS; m++) {
        const tsl__yardstick *by = &tsl__yardsticks[ways[m].yardstick];
        double agreement = NAN;
        if (m) {
            TSL__TRY(by->predict(&earlier->yard[m], features, &w->run->exec, label, err));
            leave_others(features, later->buyer, label);
        } else if (w->refits) {
            TSL__TRY(apply_segments(w, earlier, later, label, err));
        }
        TSL__TRY(m || w->refits ? get_agreement(label, later->label[m], features->customers, &agreement, err) : TSL_OK);
        w->out->method[m].agreement_month += agreement;
    }
done:
    free(label);
    return status;
}

/* ---- All of it --------------------------------------------------------------------------- */

/* So many calendar months before; the last day of the month where it is shorter. */
static int32_t go_back(int32_t day, int months)
{
    int year, month, mday;
    int32_t out;
    tsl__day_split(day, &year, &month, &mday);
    const int at = year * 12 + month - 1 - months;
    while (!tsl__day_find(at / 12, at % 12 + 1, mday, &out)) {
        mday--;
    }
    return out;
}

/* 1: as much lies before the cut as is judged after it. */
static int has_history(const work *w, int32_t cut)
{
    const int32_t first = tsl__time_day(tsl_table_get_info(w->run->table[TSL_TRANSACTIONS])->first_time);
    return cut - first >= w->out->days;
}

static void open_methods(tsl_methods *out)
{
    out->count = TSL_METHODS;
    for (int m = 0; m < TSL_METHODS; m++) {
        tsl_method *to = &out->method[m];
        to->name = m ? tsl__yardsticks[ways[m].yardstick].name : "segments";
        for (int c = 0; c < TSL_METHOD_CUTS; c++) {
            to->cut_eta2[c] = NAN;
        }
    }
}

/* Sums become means, and the cuts rise. */
static void close_methods(tsl_methods *out)
{
    for (size_t m = 0; m < out->count; m++) {
        tsl_method *to = &out->method[m];
        to->eta2 /= out->cuts;
        to->auc /= out->cuts;
        to->agreement_month = out->cuts > 1 ? to->agreement_month / (out->cuts - 1) : (double)NAN;
        for (int c = 0; c < out->cuts / 2; c++) {
            const double eta2 = to->cut_eta2[c];
            to->cut_eta2[c] = to->cut_eta2[out->cuts - 1 - c];
            to->cut_eta2[out->cuts - 1 - c] = eta2;
        }
    }
    for (int c = 0; c < out->cuts / 2; c++) {
        const int32_t day = out->cut[c];
        out->cut[c] = out->cut[out->cuts - 1 - c];
        out->cut[out->cuts - 1 - c] = day;
    }
}

/* The last cut: how many classes each has, and other samples. */
static tsl_status begin(const work *w, cut_state *s, tsl_error *err)
{
    const size_t customers = s->then.features->customers;
    const int k = count_used(s->label[0], customers);
    tsl_status status = TSL_OK;
    w->out->customers = s->buyers;
    TSL__TRY(learn_others(w, k, s, err));
    for (int m = 0; m < TSL_METHODS; m++) {
        w->out->method[m].k = count_used(s->label[m], customers);
    }
    TSL__TRY(compare_samples(w, s, err));
done:
    return status;
}

/* From the last cut backwards, as far as there is history. */
static tsl_status measure(const work *w, tsl_error *err)
{
    tsl_status status = TSL_OK;
    cut_state now = {.buyers = 0}, later = {.buyers = 0};
    const int32_t last = w->run->features->as_of - w->out->days;
    for (int c = 0; c < TSL_METHOD_CUTS; c++) {
        const int32_t day = go_back(last, c);
        if (c && !has_history(w, day)) {
            break;
        }
        TSL__TRY(open_state(w, day, &now, err));
        if (now.buyers < TSL__HELD_OUT_BUYERS) {
            break;
        }
        TSL__TRY(c ? learn_others(w, w->out->method[0].k, &now, err) : begin(w, &now, err));
        TSL__TRY(judge(w, &now, c, err));
        TSL__TRY(c ? compare_months(w, &now, &later, err) : TSL_OK);
        w->out->cut[w->out->cuts++] = day;
        close_state(&later);
        later = now;
        now = (cut_state){.buyers = 0};
    }
done:
    close_state(&now);
    close_state(&later);
    return status;
}

/* So many shards that neither customers nor lines are too many; 0: all. */
static size_t get_sample(const tsl_run *run)
{
    const size_t by_customers = tsl__sharding_get_sample(run->features->customers, TSL__METHODS_CUSTOMERS),
                 by_lines =
                     tsl__sharding_get_sample(tsl_table_get_rows(run->table[TSL_TRANSACTIONS]), TSL__METHODS_LINES);
    return !by_customers || (by_lines && by_lines < by_customers) ? by_lines : by_customers;
}

/* What does not go at a cut (customers who are all alike) says nothing against the run itself. */
static int is_pardoned(tsl_status status)
{
    return status == TSL_E_INPUT || status == TSL_E_OPTION;
}

tsl_status tsl__run_build_methods(tsl_run *run, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_error why = {0};
    work w = {.run = run, .refits = is_found_anew(run)};
    const double begun = tsl__clock();
    if (run->opt.evidence == 0 || !run->next || run->next->k == 0) {
        return TSL_OK;
    }
    TSL__TRY(tsl__run_stage(run, "methods", err));
    TSL__NEED(w.out = tsl__alloc_zero(1, sizeof *w.out));
    w.out->days = run->next->days;
    w.shards = get_sample(run);
    w.out->sampled = w.shards > 0;
    tsl_run_get_segmentation(run, &w.delivered);
    open_methods(w.out);
    status = measure(&w, &why);
    if (status != TSL_OK && !is_pardoned(status)) {
        status = tsl__error_set(err, status, "%s", why.message);
        goto done;
    }
    if (status == TSL_OK && w.out->cuts > 0) {
        close_methods(w.out);
        w.out->seconds = tsl__clock() - begun;
        run->methods = w.out;
        w.out = NULL;
    }
    status = TSL_OK;
done:
    free(w.out);
    return status;
}
