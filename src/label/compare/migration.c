/* migration.c: what became of the customers of one run in another: who is the same, what can be compared, and each
 * part of the answer in its turn. docs/methods/compare.md. */
#include "label/compare/migration.h"

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/cell/pseudonyms.h"

#include <stdlib.h>
#include <string.h>

/* ---- Who is the same --------------------------------------------------------------------------- */

static tsl_status refuse_twice(const tsl_roster *roster, const char *id, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_INPUT, "%s: customer \"%s\" stands in segments.csv twice", roster->name, id);
}

/* Rows of the second run by their ids. */
static tsl_status index_ids(const tsl_roster *roster, tsl__dict **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__dict_open());
    for (size_t j = 0; j < roster->customers; j++) {
        const int32_t row = tsl__dict_add(*out, roster->id[j], strlen(roster->id[j]));
        TSL__TRY(row < 0 ? tsl__error_nomem(err) : TSL_OK);
        TSL__TRY((size_t)row != j ? refuse_twice(roster, roster->id[j], err) : TSL_OK);
    }
done:
    return status;
}

static tsl_status match_rows(tsl_migration *all, tsl__match *match, tsl_error *err)
{
    const tsl_roster *then = all->then, *now = all->now;
    tsl_status status = TSL_OK;
    tsl__dict *ids = NULL;
    TSL__TRY(index_ids(now, &ids, err));
    TSL__NEED(match->now = tsl__alloc(then->customers, sizeof *match->now));
    TSL__NEED(match->then = tsl__alloc(now->customers, sizeof *match->then));
    for (size_t j = 0; j < now->customers; j++) {
        match->then[j] = SIZE_MAX;
    }
    for (size_t i = 0; i < then->customers; i++) {
        const int32_t row = tsl__dict_get(ids, then->id[i], strlen(then->id[i]));
        match->now[i] = row < 0 ? SIZE_MAX : (size_t)row;
        TSL__TRY(row >= 0 && match->then[row] != SIZE_MAX ? refuse_twice(then, then->id[i], err) : TSL_OK);
        if (row >= 0) {
            match->then[row] = i;
            all->both++;
        }
    }
    all->vanished = then->customers - all->both;
    all->arrived = now->customers - all->both;
done:
    tsl__dict_free(ids);
    return status;
}

/* ---- What can be compared ------------------------------------------------------------------------ */

/* 1: both are known, and not the same. */
static int differ(const char *a, const char *b)
{
    return a && b && strcmp(a, b) != 0;
}

static tsl_status compare_values(tsl_migration *all, tsl_error *err)
{
    const tsl_roster *then = all->then, *now = all->now;
    tsl_status status = TSL_OK;
    if (!then->value || !now->value) {
        TSL__TRY(tsl__notes_add(&all->notes, "what customers are worth is not known of %s: no value is told",
                                !then->value && !now->value ? "either run"
                                : then->value               ? now->name
                                                            : then->name));
    } else if (differ(then->value_name, now->value_name) || differ(then->value_unit, now->value_unit)) {
        TSL__TRY(tsl__notes_add(&all->notes,
                                "the value of %s is %s, that of %s is %s: these are not compared, and no value is told",
                                then->name, then->value_name, now->name, now->value_name));
    } else if (differ(then->currency, now->currency)) {
        TSL__TRY(tsl__notes_add(&all->notes,
                                "the amounts of %s are in %s, those of %s in %s: these are not compared, and no value "
                                "is told",
                                then->name, then->currency, now->name, now->currency));
    } else {
        all->has_value = 1;
    }
done:
    return status;
}

static tsl_status compare_days(tsl_migration *all, tsl_error *err)
{
    const int32_t then = all->then->as_of, now = all->now->as_of;
    char a[11], b[11];
    if (then == TSL_NO_DAY || now == TSL_NO_DAY) {
        return tsl__notes_add(&all->notes, "of which day %s is, is not known: which run is the later one is not told",
                              then == TSL_NO_DAY ? all->then->name : all->now->name);
    }
    tsl_day_write(then, a);
    tsl_day_write(now, b);
    return then < now    ? TSL_OK
           : then == now ? tsl__notes_add(&all->notes,
                                          "both runs are as of %s: what differs is the data or the model, not time", a)
                         : tsl__notes_add(&all->notes,
                                          "%s is as of %s, %s as of %s, which is earlier: what is told goes backwards",
                                          all->then->name, a, all->now->name, b);
}

/* What the user must know to read the moves. */
static tsl_status compare_models(tsl_migration *all, tsl_error *err)
{
    static const char *const said[TSL_MODEL_PARTS] = {"how features are made", "the clusters",
                                                      "the codes of the segments", "the cuts of the tiers",
                                                      "the limits of the lifecycle"};
    tsl__text parts = {0};
    tsl_status status = TSL_OK;
    for (int part = 0; part < TSL_MODEL_PARTS; part++) {
        if (all->same[part] == 0) {
            tsl__text_printf(&parts, "%s%s", parts.length ? ", " : "", said[part]);
        }
    }
    TSL__TRY(parts.failed ? tsl__error_nomem(err) : TSL_OK);
    if (all->same[TSL_PART_OF_CLUSTERS] < 0) {
        TSL__TRY(tsl__notes_add(&all->notes, "whether both runs have one model is not known: one has no model.h5"));
    } else if (parts.length) {
        TSL__TRY(tsl__notes_add(&all->notes,
                                "the runs have not the same model (%s differ): moves are those of the customers and "
                                "of the model in one; tesela run --model gives one model to both",
                                parts.data));
    }
    if (all->bases_differ) {
        const int alive = all->now->segmentation->policy->by_alive;
        TSL__TRY(
            tsl__notes_add(&all->notes,
                           "the stages of %s go by P(alive), those of %s by gaps: who is at risk or lost in one "
                           "need not be in the other, and the difference is not the customers' doing alone; tesela "
                           "run --model gives both one basis",
                           (alive ? all->now : all->then)->name, (alive ? all->then : all->now)->name));
    }
    if (!all->then->features || !all->now->features) {
        TSL__TRY(tsl__notes_add(&all->notes, "%s has no features.h5: what changed, and drift, are not told",
                                all->then->features ? all->now->name : all->then->name));
    }
    if (!all->both) {
        TSL__TRY(tsl__notes_add(&all->notes, "no customer is in both runs: are their ids written alike?"));
    }
done:
    tsl__text_free(&parts);
    return status;
}

/* ---- All of it ------------------------------------------------------------------------------------ */

static uint64_t count_unknown(const tsl_roster *roster)
{
    uint64_t unknown = 0;
    for (size_t i = 0; roster->value && i < roster->customers; i++) {
        unknown += roster->value[i] == TSL_MISSING_INT;
    }
    return unknown;
}

static tsl_status add_all(tsl_migration *all, const tsl__match *match, tsl_error *err)
{
    tsl_flow *flow = &all->all;
    int64_t kept_then = 0, kept_now = 0;
    int beyond = 0;
    *flow = (tsl_flow){.then = -1,
                       .now = -1,
                       .size_then = all->then->customers,
                       .size_now = all->now->customers,
                       .stayed = all->both,
                       .arrived = all->arrived,
                       .vanished = all->vanished};
    for (size_t i = 0; i < all->then->customers; i++) {
        const int64_t value = tsl__roster_get_value(all, all->then, i);
        beyond |= tsl__sum_is_beyond(match->now[i] == SIZE_MAX ? &flow->value_vanished : &kept_then, value);
        beyond |= tsl__sum_is_beyond(&flow->value_then, value);
    }
    for (size_t j = 0; j < all->now->customers; j++) {
        const int64_t value = tsl__roster_get_value(all, all->now, j);
        beyond |= tsl__sum_is_beyond(match->then[j] == SIZE_MAX ? &flow->value_arrived : &kept_now, value);
        beyond |= tsl__sum_is_beyond(&flow->value_now, value);
    }
    beyond |= __builtin_sub_overflow(kept_now, kept_then, &flow->grown);
    return beyond ? tsl__error_set(err, TSL_E_INPUT, "the values of all customers add up to more than can be kept")
                  : TSL_OK;
}

static tsl_status fill(tsl_migration *all, tsl__match *match, const tsl_exec *exec, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(match_rows(all, match, err));
    tsl__same_model_fill(all);
    TSL__TRY(compare_days(all, err));
    TSL__TRY(compare_models(all, err));
    TSL__TRY(compare_values(all, err));
    all->unknown_then = count_unknown(all->then);
    all->unknown_now = count_unknown(all->now);
    TSL__TRY(add_all(all, match, err));
    for (int by = 0; by < TSL_BYS; by++) {
        TSL__TRY(tsl__moves_fill(all, match, (tsl_by)by, &all->by[by], err));
    }
    TSL__TRY(tsl__migrants_fill(all, match, err));
    TSL__TRY(tsl__feature_pairs_fill(all, exec, err));
    TSL__TRY(tsl__turns_fill(all, exec, err));
done:
    return status;
}

/* Customers are found again by what they are called, where both runs call them by one key. */
static tsl_status check_keys(const tsl_roster *then, const tsl_roster *now, tsl_error *err)
{
    const tsl_segmentation *a = then->segmentation, *b = now->segmentation;
    return a && b && a->recipe && b->recipe
               ? tsl__pseudonyms_check_key(then->name, a->recipe->pseudonyms, b->recipe->pseudonyms, err)
               : TSL_OK;
}

tsl_status tsl_migration_build(const tsl_roster *then, const tsl_roster *now, const tsl_exec *exec, tsl_migration **out,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_migration *all = NULL;
    tsl__match match = {NULL, NULL};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(check_keys(then, now, err));
    TSL__NEED(all = tsl__alloc_zero(1, sizeof *all));
    all->then = then;
    all->now = now;
    TSL__TRY(fill(all, &match, exec, err));
    all->row_now = match.now;
    match.now = NULL;
    *out = all;
    all = NULL;
done:
    free(match.now);
    free(match.then);
    tsl_migration_free(all);
    return status;
}

void tsl_migration_free(tsl_migration *migration)
{
    if (!migration) {
        return;
    }
    for (int by = 0; by < TSL_BYS; by++) {
        tsl__moves_close(&migration->by[by]);
    }
    free(migration->row_now);
    free(migration->feature);
    free(migration->migrant);
    tsl__notes_free(&migration->notes);
    free(migration);
}
