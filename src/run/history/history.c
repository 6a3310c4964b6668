/* history.c: who stood in which segment at days a calendar month apart, and how customers moved from one to the next.
 * All of it by the run's own clusters, applied to what was known at each day: those who move did so themselves, and no
 * border moved beneath them. Only what the segments rest on is made at the days. docs/methods/history.md. */
#include "run/history/history.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "feature/basis/apart.h"
#include "feature/recipe.h"
#include "run/history/history_counts.h"
#include "run/history/month_columns.h"
#include "table/table_state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What one thread counts: whole numbers, so that the order of adding does not matter. */
typedef struct tally {
    tsl_history counted; /* customers, revenue, active, moves, value */
    int32_t *label[2];   /* of a block, at the day before and at the one at hand; -1: not known */
    tsl__month_values values;
} tally;

typedef struct job {
    const tsl_run *run;
    tsl_segmentation delivered;
    tsl_history *history;
    size_t value; /* the feature, or their number */
    uint8_t *wanted;
    tsl__past_plan plan;
    tsl__month_columns columns;
    int compares; /* 1: columns are compared, for which there is room */
    tally *tally; /* one a thread */
} job;

/* ---- The days --------------------------------------------------------------------------- */

/* So many days, a month apart, up to as_of, the first a month after the first transaction or later. */
static size_t count_cuts(const tsl_run *run)
{
    const int32_t as_of = run->features->as_of;
    const int32_t first = tsl__time_day(tsl_table_get_info(run->table[TSL_TRANSACTIONS])->first_time);
    const int32_t least = tsl__day_add_months(first, 1);
    int months = 0;
    while (months < run->opt.history_months && tsl__day_add_months(as_of, -(months + 1)) >= least) {
        months++;
    }
    return months ? (size_t)months + 1 : 0;
}

/* ---- Room ---------------------------------------------------------------------------------- */

static tsl_status open_tallies(job *j, tsl_error *err)
{
    const tsl_history *h = j->history;
    tsl_status status = TSL_OK;
    TSL__NEED(j->tally = tsl__alloc_zero((size_t)j->run->exec.threads, sizeof *j->tally));
    for (int t = 0; t < j->run->exec.threads; t++) {
        TSL__TRY(tsl__history_open_counts(h->k, h->cuts, h->value != NULL, &j->tally[t].counted, err));
        for (int now = 0; now < 2; now++) {
            TSL__NEED(j->tally[t].label[now] = tsl__alloc(TSL__BLOCK_ROWS, sizeof(int32_t)));
        }
    }
done:
    return status;
}

static void free_job(job *j)
{
    for (int t = 0; j->tally && t < j->run->exec.threads; t++) {
        tsl__history_free_counts(&j->tally[t].counted);
        free(j->tally[t].label[0]);
        free(j->tally[t].label[1]);
        tsl__month_values_free(&j->tally[t].values);
    }
    free(j->tally);
    free(j->wanted);
}

/* ---- What is made -------------------------------------------------------------------------- */

/* The feature that the labels' values will be, or the number of features. */
static size_t find_value(const tsl_run *run)
{
    const tsl_segmentation *given = run->given;
    const int keeps = given && !(run->opt.refit & TSL_REFIT_TIERS && run->label_opt.value);
    const char *name = keeps ? given->policy->value : run->label_opt.value ? run->label_opt.value : "monetary_total";
    size_t found = run->features->feature_count;
    return !name || tsl_features_get_value(run->features, name, &found, NULL) != TSL_OK ? run->features->feature_count
                                                                                        : found;
}

/* The features by which customers come to their segments, and their value. */
static tsl_status choose_features(job *j, tsl_error *err)
{
    const tsl_recipe *recipe = j->run->features->recipe;
    const tsl_model *model = j->delivered.model;
    tsl_status status = TSL_OK;
    TSL__NEED(j->wanted = tsl__alloc_zero(recipe->feature_count, 1));
    for (size_t c = 0; c < recipe->column_count; c++) {
        j->wanted[recipe->column[c].feature] |= (uint8_t)tsl__column_finds(&recipe->column[c]);
    }
    for (size_t f = 0; f < recipe->feature_count; f++) {
        j->wanted[f] |= (uint8_t)(tsl__apart_needs(recipe, recipe->feature[f].name) || f == j->value);
    }
    for (size_t c = 0; model->by_tree && c < model->tree->cols; c++) {
        const size_t f = tsl__recipe_find(recipe, model->tree->column[c].name);
        if (f < recipe->feature_count) { /* else the assignment was refused already */
            j->wanted[f] = 1;
        }
    }
done:
    return status;
}

/* ---- A block at a day ------------------------------------------------------------------------- */

/* The group of each who is known, as an apply finds it. */
static tsl_status label_block(const job *j, const tsl__past_scene *scene, int32_t *label, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_run then = {.given = &j->delivered, .exec = j->run->exec, .features = (tsl_features *)scene->features};
    then.exec.threads = 1;
    then.exec.memory = 0;
    then.exec.report = NULL;
    for (size_t i = 0; i < scene->customers; i++) {
        label[i] = -1;
    }
    if (scene->features->customers) {
        TSL__TRY(tsl__run_build_clusters(&then, err));
    }
    for (size_t i = 0; i < scene->features->customers; i++) {
        label[scene->place[i]] = then.assignment->label[i];
    }
done:
    tsl__assignment_free(then.assignment);
    return status;
}

/* What the customers did in the month that ends at the day. */
static void add_month(const tsl__past_scene *scene, const int32_t *before, tsl_history *to)
{
    const size_t k = (size_t)to->k;
    int64_t *revenue = to->revenue + scene->cut * (k + 1);
    uint64_t *active = to->active + scene->cut * (k + 1);
    for (size_t i = 0; i < scene->customers; i++) {
        const size_t from = before[i] < 0 ? k : (size_t)before[i];
        revenue[from] += scene->net[i];
        active[from] += scene->bought[i];
    }
}

/* A value in 1/10000; nothing where it is not known. */
static int64_t get_amount(double value)
{
    const double most = 9e18 / TSL_DECIMAL_ONE;
    return isnan(value) ? 0 : llrint(fmin(fmax(value, -most), most) * TSL_DECIMAL_ONE);
}

static void add_moves(const job *j, const tsl__past_scene *scene, const int32_t *before, const int32_t *now,
                      tsl_history *to)
{
    const tsl_features *f = scene->features;
    const size_t k = (size_t)to->k, first = scene->cut * (k + 1) * k;
    for (size_t i = 0; i < f->customers; i++) {
        const uint32_t place = scene->place[i];
        const size_t from = before[place] < 0 ? k : (size_t)before[place];
        const size_t cell = first + from * k + (size_t)now[place];
        to->moves[cell]++;
        if (to->value) {
            to->value[cell] += get_amount(f->x[i * f->feature_count + j->value]);
        }
    }
}

static tsl_status visit(void *user, int thread, const tsl__past_scene *scene, tsl_error *err)
{
    const job *j = user;
    tally *t = &j->tally[thread];
    tsl_history *to = &t->counted;
    int32_t *before = t->label[0], *now = t->label[1];
    tsl_status status = TSL_OK;
    TSL__TRY(label_block(j, scene, now, err));
    for (size_t i = 0; i < scene->features->customers; i++) {
        to->customers[scene->cut * (size_t)to->k + (size_t)now[scene->place[i]]]++;
    }
    if (scene->cut > 0) {
        add_month(scene, before, to);
        add_moves(j, scene, before, now, to);
    }
    if (j->compares && scene->cut + 2 >= to->cuts) {
        TSL__TRY(tsl__month_values_add(&j->columns, scene->features, scene->cut + 1 == to->cuts, &t->values, err));
    }
    t->label[0] = now; /* in turn */
    t->label[1] = before;
done:
    return status;
}

/* ---- All of it ------------------------------------------------------------------------------------ */

static tsl_status add_tallies(const job *j, tsl_error *err)
{
    tsl_history *h = j->history;
    tally *all = &j->tally[0];
    tsl_status status = TSL_OK;
    for (int t = 0; t < j->run->exec.threads; t++) {
        tsl__history_add_counts(h, &j->tally[t].counted);
        if (t > 0) {
            TSL__TRY(tsl__month_values_merge(&j->columns, &all->values, &j->tally[t].values, err));
            tsl__month_values_free(&j->tally[t].values);
        }
    }
    for (size_t c = 0; c < h->cuts; c++) {
        h->absent[c] = j->run->features->customers;
        for (size_t s = 0; s < (size_t)h->k; s++) {
            h->absent[c] -= h->customers[c * (size_t)h->k + s];
        }
    }
    if (j->compares) {
        TSL__TRY(tsl__month_drift_build(j->run->features->recipe, &j->columns, &all->values, h, err));
    }
done:
    return status;
}

/* Where memory is limited: whether there is room, for the columns as well. */
static tsl_status check_room(job *j, int *enough, tsl_error *err)
{
    const tsl_exec *exec = &j->run->exec;
    const size_t need = tsl__past_get_bytes(&j->plan);
    const size_t columns = 4 * j->run->features->customers * j->columns.count * sizeof(double); /* while they grow */
    tsl_status status = TSL_OK;
    *enough = tsl__memory_check(exec, need, NULL, "history") == TSL_OK;
    j->compares = *enough && tsl__memory_check(exec, need + columns, NULL, "history") == TSL_OK;
    if (!*enough) {
        TSL__TRY(tsl__notes_add(&j->history->notes,
                                "no history of the segments is told: it does not fit within the limit of memory"));
    } else if (!j->compares) {
        TSL__TRY(tsl__notes_add(&j->history->notes,
                                "what the last month changed in the columns that segments rest on is "
                                "not told: it does not fit within the limit of memory"));
    }
done:
    return status;
}

static tsl_status open_history(job *j, size_t cuts, tsl_error *err)
{
    const tsl_features *features = j->run->features;
    tsl_history *h = j->history;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__history_open_counts(tsl_model_get_groups(j->delivered.model), cuts,
                                      j->value < features->feature_count, h, err));
    TSL__NEED(h->cut = tsl__alloc(cuts, sizeof *h->cut));
    TSL__NEED(h->absent = tsl__alloc_zero(cuts, sizeof *h->absent));
    TSL__NEED(!h->value || (h->value_name = tsl__strdup(features->feature[j->value].name)));
    for (size_t c = 0; c < cuts; c++) {
        h->cut[c] = tsl__day_add_months(features->as_of, -(int)(cuts - 1 - c));
    }
done:
    return status;
}

static tsl_status fill(job *j, tsl_error *err)
{
    const tsl_run *run = j->run;
    const tsl_tables tables = {run->table[TSL_CUSTOMERS], run->table[TSL_TRANSACTIONS], run->table[TSL_INTERACTIONS],
                               run->features->as_of, 0};
    tsl_history *h = j->history;
    tsl_status status = TSL_OK;
    int enough;
    TSL__TRY(choose_features(j, err));
    tsl__month_columns_choose(run->features->recipe, j->value, &j->columns);
    j->plan = (tsl__past_plan){.tables = &tables,
                               .recipe = run->features->recipe,
                               .wanted = j->wanted,
                               .cut = h->cut,
                               .cuts = h->cuts,
                               .exec = &run->exec};
    TSL__TRY(check_room(j, &enough, err));
    if (!enough) {
        h->cuts = 0;
        goto done;
    }
    TSL__TRY(open_tallies(j, err));
    TSL__TRY(tsl__past_visit(&j->plan, visit, j, err));
    TSL__TRY(add_tallies(j, err));
done:
    return status;
}

tsl_status tsl__run_build_history(tsl_run *run, tsl_error *err)
{
    const size_t cuts = count_cuts(run);
    const double begun = tsl__clock();
    tsl_status status = TSL_OK;
    job j = {.run = run, .value = find_value(run)};
    if (!cuts) {
        return TSL_OK;
    }
    TSL__TRY(tsl__run_stage(run, "history", err));
    tsl_run_get_segmentation(run, &j.delivered);
    TSL__NEED(j.history = tsl__alloc_zero(1, sizeof *j.history));
    if (tsl_model_get_groups(j.delivered.model) > TSL_HISTORY_SEGMENTS) {
        TSL__TRY(tsl__notes_add(&j.history->notes, "no history of the segments is told: %d are more than %d",
                                tsl_model_get_groups(j.delivered.model), TSL_HISTORY_SEGMENTS));
    } else {
        TSL__TRY(open_history(&j, cuts, err));
        TSL__TRY(fill(&j, err));
    }
    j.history->seconds = tsl__clock() - begun;
    run->history = j.history;
    j.history = NULL;
done:
    free_job(&j);
    tsl__history_free(j.history);
    return status;
}
