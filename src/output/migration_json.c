/* migration_json.c: two runs compared, as one JSON document (docs/compare.schema.json). Nobody is named in it. */
#include <tesela/output.h>

#include "base/error.h"
#include "output/json/effects_json.h"
#include "output/json/json.h"
#include "output/wording/drift_wording.h"

#include <math.h>

static void set_money(tsl__json *doc, json_t *object, const char *key, const tsl_migration *all, int64_t value)
{
    tsl__json_set(doc, object, key, all->has_value ? tsl__json_decimal(value) : json_null());
}

static void add_run(tsl__json *doc, const char *key, const tsl_roster *roster)
{
    json_t *run = tsl__json_set_object(doc, doc->root, key);
    tsl__json_set(doc, run, "run", tsl__json_text(roster->name));
    tsl__json_set(doc, run, "as_of", tsl__json_day(roster->as_of));
    tsl__json_set(doc, run, "customers", tsl__json_count(roster->customers));
}

static json_t *tell_same(int same)
{
    return same < 0 ? json_null() : json_boolean(same);
}

static void add_model(tsl__json *doc, const tsl_migration *all)
{
    json_t *model = tsl__json_set_object(doc, doc->root, "model");
    int same = 1;
    for (int part = 0; part < TSL_MODEL_PARTS; part++) {
        same = all->same[part] < same ? all->same[part] : same;
    }
    tsl__json_set(doc, model, "same", tell_same(same));
    for (int part = 0; part < TSL_MODEL_PARTS; part++) {
        tsl__json_set(doc, model, tsl_model_part_get_name((tsl_model_part)part), tell_same(all->same[part]));
    }
}

static void add_value(tsl__json *doc, const tsl_migration *all)
{
    json_t *value = tsl__json_set_object(doc, doc->root, "value");
    tsl__json_set(doc, value, "compared", json_boolean(all->has_value));
    tsl__json_set(doc, value, "name", tsl__json_text(all->now->value_name));
    tsl__json_set(doc, value, "unit", tsl__json_text(all->now->value_unit));
    tsl__json_set(doc, value, "currency", tsl__json_text(all->now->currency));
    tsl__json_set(doc, value, "unknown_then", tsl__json_count(all->unknown_then));
    tsl__json_set(doc, value, "unknown_now", tsl__json_count(all->unknown_now));
}

/* ---- Moves ------------------------------------------------------------------------------------------ */

static void add_flow(tsl__json *doc, json_t *object, const tsl_migration *all, const tsl_flow *flow)
{
    tsl__json_set(doc, object, "size_then", tsl__json_count(flow->size_then));
    tsl__json_set(doc, object, "size_now", tsl__json_count(flow->size_now));
    tsl__json_set(doc, object, "stayed", tsl__json_count(flow->stayed));
    tsl__json_set(doc, object, "came", tsl__json_count(flow->came));
    tsl__json_set(doc, object, "left", tsl__json_count(flow->left));
    tsl__json_set(doc, object, "new", tsl__json_count(flow->arrived));
    tsl__json_set(doc, object, "vanished", tsl__json_count(flow->vanished));
    set_money(doc, object, "value_then", all, flow->value_then);
    set_money(doc, object, "value_now", all, flow->value_now);
    set_money(doc, object, "value_grown", all, flow->grown);
    set_money(doc, object, "value_came", all, flow->value_came);
    set_money(doc, object, "value_left", all, flow->value_left);
    set_money(doc, object, "value_new", all, flow->value_arrived);
    set_money(doc, object, "value_vanished", all, flow->value_vanished);
}

static void add_group(tsl__json *doc, json_t *groups, const tsl_migration *all, tsl_by by, const tsl_flow *flow)
{
    const tsl_roster_group *of =
        flow->now >= 0 ? &all->now->by[by].group[flow->now] : &all->then->by[by].group[flow->then];
    json_t *object = tsl__json_push_object(doc, groups);
    tsl__json_set(doc, object, "code", tsl__json_text(of->code));
    tsl__json_set_langs(doc, object, "names", of->names[0], of->names[1]);
    tsl__json_set(doc, object, "in_then", json_boolean(flow->then >= 0));
    tsl__json_set(doc, object, "in_now", json_boolean(flow->now >= 0));
    add_flow(doc, object, all, flow);
}

static void add_turns(tsl__json *doc, json_t *cell, const tsl_migration *all, const tsl_migration_cell *from)
{
    json_t *array = tsl__json_set_array(doc, cell, "changed");
    for (size_t t = 0; t < from->turn_count; t++) {
        const tsl_turn *turn = &from->turn[t];
        json_t *object = tsl__json_push_object(doc, array);
        tsl__json_set(doc, object, "feature",
                      tsl__json_text(all->now->features->feature[all->feature[turn->feature].now].name));
        tsl__json_set(doc, object, "shift", tsl__json_number(turn->shift));
        tsl__json_set(doc, object, "median_then", tsl__json_number(turn->median_then));
        tsl__json_set(doc, object, "median_now", tsl__json_number(turn->median_now));
    }
}

/* One that somebody is in; then and now beyond the groups: not in that run. */
static void add_cell(tsl__json *doc, json_t *cells, const tsl_migration *all, tsl_by by, size_t then, size_t now)
{
    const tsl_moves *moves = &all->by[by];
    const tsl_migration_cell *row = &moves->cell[then * (moves->now + 1)];
    uint64_t size = 0;
    for (size_t h = 0; h <= moves->now; h++) {
        size += row[h].customers;
    }
    json_t *object = tsl__json_push_object(doc, cells);
    tsl__json_set(doc, object, "then",
                  then == moves->then ? json_null() : tsl__json_text(all->then->by[by].group[then].code));
    tsl__json_set(doc, object, "now",
                  now == moves->now ? json_null() : tsl__json_text(all->now->by[by].group[now].code));
    tsl__json_set(doc, object, "customers", tsl__json_count(row[now].customers));
    tsl__json_set(doc, object, "share", tsl__json_number((double)row[now].customers / (double)size));
    set_money(doc, object, "value_then", all, row[now].value_then);
    set_money(doc, object, "value_now", all, row[now].value_now);
    add_turns(doc, object, all, &row[now]);
}

static void add_moves(tsl__json *doc, const tsl_migration *all, tsl_by by)
{
    const tsl_moves *moves = &all->by[by];
    if (!moves->cell) {
        tsl__json_set(doc, doc->root, tsl_by_get_name(by), json_null());
        return;
    }
    json_t *object = tsl__json_set_object(doc, doc->root, tsl_by_get_name(by));
    const uint64_t both = moves->stayed + moves->moved;
    tsl__json_set(doc, object, "stayed", tsl__json_count(moves->stayed));
    tsl__json_set(doc, object, "moved", tsl__json_count(moves->moved));
    tsl__json_set(doc, object, "share_stayed",
                  tsl__json_number(both ? (double)moves->stayed / (double)both : (double)NAN));
    if (by == TSL_BY_TIER) {
        tsl__json_set(doc, object, "up", tsl__json_count(moves->up));
        tsl__json_set(doc, object, "down", tsl__json_count(moves->down));
    }
    json_t *groups = tsl__json_set_array(doc, object, "groups");
    for (size_t f = 0; f < moves->flow_count; f++) {
        add_group(doc, groups, all, by, &moves->flow[f]);
    }
    json_t *cells = tsl__json_set_array(doc, object, "matrix");
    for (size_t g = 0; g <= moves->then; g++) {
        for (size_t h = 0; h <= moves->now; h++) {
            if (moves->cell[g * (moves->now + 1) + h].customers) {
                add_cell(doc, cells, all, by, g, h);
            }
        }
    }
}

/* ---- The rest ----------------------------------------------------------------------------------------- */

static void add_features(tsl__json *doc, const tsl_migration *all)
{
    json_t *array = tsl__json_set_array(doc, doc->root, "features");
    for (size_t f = 0; f < all->feature_count; f++) {
        const tsl_feature_pair *pair = &all->feature[f];
        const tsl_feature *of = &all->now->features->feature[pair->now];
        json_t *object = tsl__json_push_object(doc, array);
        tsl__json_set(doc, object, "name", tsl__json_text(of->name));
        tsl__json_set(doc, object, "unit", tsl__json_text(of->unit));
        tsl__json_set(doc, object, "used", json_boolean(pair->used != 0));
        tsl__json_set(doc, object, "psi", tsl__json_number(pair->drift.psi));
        tsl__json_set(doc, object, "level",
                      tsl__json_text(tsl__drift_level_get_name(tsl__drift_level_get(&pair->drift))));
        tsl__json_set(doc, object, "psi_by_chance", tsl__json_number(pair->drift.psi_chance));
        tsl__json_set(doc, object, "psi_limit", tsl__json_number(pair->drift.psi_limit));
        tsl__json_set(doc, object, "missing_then", tsl__json_number(pair->missing_then));
        tsl__json_set(doc, object, "missing_now", tsl__json_number(pair->drift.missing));
        tsl__json_set(doc, object, "outside", tsl__json_number(pair->drift.outside));
    }
}

static void add_notes(tsl__json *doc, const tsl_notes *notes, const tsl_notes *more)
{
    json_t *array = tsl__json_set_array(doc, doc->root, "notes");
    for (size_t i = 0; i < notes->count; i++) {
        tsl__json_push(doc, array, tsl__json_text(notes->text[i]));
    }
    for (size_t i = 0; more && i < more->count; i++) {
        tsl__json_push(doc, array, tsl__json_text(more->text[i]));
    }
}

static void add_document(tsl__json *doc, const tsl_migration *all)
{
    tsl__json_set(doc, doc->root, "format", json_string("tesela comparison"));
    tsl__json_set(doc, doc->root, "format_version", json_integer(1));
    tsl__json_set(doc, doc->root, "version", json_string(tsl_version_get()));
    add_run(doc, "then", all->then);
    add_run(doc, "now", all->now);
    json_t *customers = tsl__json_set_object(doc, doc->root, "customers");
    tsl__json_set(doc, customers, "both", tsl__json_count(all->both));
    tsl__json_set(doc, customers, "new", tsl__json_count(all->arrived));
    tsl__json_set(doc, customers, "vanished", tsl__json_count(all->vanished));
    tsl__json_set(doc, customers, "moved", tsl__json_count(all->migrant_count - all->arrived - all->vanished));
    add_model(doc, all);
    add_value(doc, all);
    add_flow(doc, tsl__json_set_object(doc, doc->root, "flow"), all, &all->all);
    for (int by = 0; by < TSL_BYS; by++) {
        add_moves(doc, all, (tsl_by)by);
    }
    add_features(doc, all);
}

tsl_status tsl_migration_get_json(const tsl_migration *migration, const tsl_effects *effects, char **json,
                                  tsl_error *err)
{
    tsl__json doc = {.root = json_object()};
    tsl_status status = TSL_OK;
    *json = NULL;
    tsl__error_reset(err);
    TSL__NEED(doc.root);
    add_document(&doc, migration);
    tsl__effects_add_json(&doc, effects);
    add_notes(&doc, &migration->notes, effects ? &effects->notes : NULL);
    status = tsl__json_take(&doc, json, err);
done:
    return status;
}
