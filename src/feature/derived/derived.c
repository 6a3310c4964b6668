/* derived.c: the table of the kinds of derived features, and what is done with all of them. */
#include "feature/derived/derived.h"

#include "base/error.h"
#include "feature/derived/expectations.h"
#include "feature/derived/rfm_scores.h"

#include <string.h>

static const tsl__derived *const kinds[TSL__DERIVED_KINDS] = {
    [TSL__SCORES] = &tsl__scores, [TSL__EXPECTATIONS] = &tsl__expectations};

const tsl__derived *tsl__derived_get(tsl__derived_kind kind)
{
    return kinds[kind];
}

unsigned tsl__derived_get_uses(const tsl__catalogue_entry *entry)
{
    unsigned uses = 0;
    for (int k = TSL__NOT_DERIVED + 1; k < TSL__DERIVED_KINDS; k++) {
        for (const char *const *from = kinds[k]->from; *from; from++) {
            uses |= strcmp(entry->name, *from) == 0 ? 1u << k : 0;
        }
    }
    return uses;
}

int tsl__derived_has(const char *entry)
{
    int has = 0;
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        has |= tsl__catalogue[i].derived && strcmp(tsl__catalogue[i].name, entry) == 0;
    }
    return has;
}

/* 1 where the recipe has a feature of the entry. */
static int has_entry(const tsl_recipe *recipe, const char *entry)
{
    size_t f = 0;
    while (f < recipe->feature_count && strcmp(recipe->feature[f].entry, entry) != 0) {
        f++;
    }
    return f < recipe->feature_count;
}

/* How many of the kind's entries the recipe has; *all: of how many. */
static size_t count_entries(const tsl_recipe *recipe, int kind, size_t *all)
{
    size_t count = 0;
    *all = 0;
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        if ((int)tsl__catalogue[i].derived == kind) {
            count += (size_t)has_entry(recipe, tsl__catalogue[i].name);
            ++*all;
        }
    }
    return count;
}

int tsl__derived_is_in(const tsl_recipe *recipe, tsl__derived_kind kind)
{
    size_t all;
    return count_entries(recipe, (int)kind, &all) > 0;
}

tsl_status tsl__derived_fill(tsl__derived_ground *ground, unsigned refit, tsl_error *err)
{
    const tsl_features *features = ground->features;
    tsl_status status = TSL_OK;
    for (int k = TSL__NOT_DERIVED + 1; k < TSL__DERIVED_KINDS; k++) {
        ground->fit = !features->applied || (refit & kinds[k]->refit);
        TSL__TRY(tsl__derived_is_in(features->recipe, (tsl__derived_kind)k) ? kinds[k]->fill(ground, err) : TSL_OK);
    }
done:
    return status;
}

size_t tsl__derived_get_bytes(const tsl_recipe *recipe)
{
    size_t most = 0;
    for (int k = TSL__NOT_DERIVED + 1; k < TSL__DERIVED_KINDS; k++) {
        const size_t bytes = tsl__derived_is_in(recipe, (tsl__derived_kind)k) ? kinds[k]->bytes : 0;
        most = bytes > most ? bytes : most;
    }
    return most;
}

void tsl__derived_write(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    for (int k = TSL__NOT_DERIVED + 1; k < TSL__DERIVED_KINDS; k++) {
        kinds[k]->write(store, group, recipe);
    }
}

void tsl__derived_read(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    for (int k = TSL__NOT_DERIVED + 1; k < TSL__DERIVED_KINDS; k++) {
        kinds[k]->read(store, group, recipe);
    }
}

/* What it is made of is there, and it is whole where it has to be. */
static int is_whole(const tsl_recipe *recipe, int kind)
{
    size_t all;
    const size_t count = count_entries(recipe, kind, &all);
    int whole = count == 0 || count == all || !kinds[kind]->whole;
    for (const char *const *from = kinds[kind]->from; count && *from; from++) {
        whole = whole && has_entry(recipe, *from);
    }
    return whole;
}

const char *tsl__derived_find_fault(const tsl_recipe *recipe)
{
    for (int k = TSL__NOT_DERIVED + 1; k < TSL__DERIVED_KINDS; k++) {
        if (!is_whole(recipe, k)) {
            return "has scores without what they are made of";
        }
        if (!kinds[k]->is_sound(recipe)) {
            return "holds constants that cannot be";
        }
    }
    return NULL;
}

int tsl__derived_are_same(const tsl_recipe *a, const tsl_recipe *b)
{
    int same = 1;
    for (int k = TSL__NOT_DERIVED + 1; k < TSL__DERIVED_KINDS; k++) {
        same = same && kinds[k]->is_same(a, b);
    }
    return same;
}
