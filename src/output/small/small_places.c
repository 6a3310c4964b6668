/* small_places.c: where a document tells of which set of customers. */
#include "output/small/small_places.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBER, ALL, FEW, ENTRY };

json_t *tsl__small_find(const json_t *root, const char *path)
{
    const json_t *at = root;
    char key[64];
    while (*path && at) {
        const size_t n = strcspn(path, ".");
        memcpy(key, path, n < sizeof key ? n : sizeof key - 1);
        key[n < sizeof key ? n : sizeof key - 1] = '\0';
        at = json_object_get(at, key);
        path += n + (path[n] == '.');
    }
    return (json_t *)(uintptr_t)at;
}

double tsl__small_get(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

/* ---- Places ---------------------------------------------------------------------------- */

static void put(tsl__small_places *p, tsl__small_place place)
{
    void *of = p->of;
    if (place.set == TSL__NO_SET || !place.in) {
        return;
    }
    if (tsl__reserve(&of, &p->room, p->count + 1, sizeof *p->of)) {
        p->doc->failed = 1;
        return;
    }
    p->of = of;
    p->of[p->count++] = place;
}

void tsl__small_put(tsl__small_places *p, size_t set, json_t *object, const char *key)
{
    put(p, (tsl__small_place){.set = set, .in = object, .key = key, .what = NUMBER});
}

void tsl__small_put_at(tsl__small_places *p, size_t set, json_t *array, size_t index)
{
    put(p, (tsl__small_place){.set = set, .in = array, .index = index, .what = NUMBER});
}

void tsl__small_put_all(tsl__small_places *p, size_t set, json_t *object)
{
    put(p, (tsl__small_place){.set = set, .in = object, .what = ALL});
}

void tsl__small_put_few(tsl__small_places *p, size_t set, json_t *value)
{
    put(p, (tsl__small_place){.set = set, .in = value, .what = FEW});
}

void tsl__small_put_entry(tsl__small_places *p, size_t set, json_t *array, json_t *entry)
{
    put(p, (tsl__small_place){.set = set, .in = array, .entry = entry, .what = ENTRY});
}

/* ---- Sets of a document ---------------------------------------------------------------------- */

size_t tsl__small_count(tsl__small_places *p, json_t *object, const char *key)
{
    if (!json_is_number(json_object_get(object, key))) {
        return TSL__NO_SET;
    }
    for (size_t i = 0; i < p->count; i++) { /* it may be told by what it adds up to, and by what it is a part of */
        if (p->of[i].in == object && p->of[i].key && strcmp(p->of[i].key, key) == 0) {
            return p->of[i].set;
        }
    }
    const size_t set = tsl__small_sets_add(&p->sets, tsl__small_get(object, key));
    tsl__small_put(p, set, object, key);
    return set;
}

size_t tsl__small_list(tsl__small_places *p, json_t *list, const char *key, size_t total)
{
    const size_t first = p->sets.count;
    json_t *entry;
    size_t i;
    if (!json_array_size(list)) {
        return TSL__NO_SET;
    }
    json_array_foreach(list, i, entry)
    {
        tsl__small_put_all(p, tsl__small_sets_add(&p->sets, tsl__small_get(entry, key)), entry);
        tsl__small_sets_part(&p->sets, first + i);
    }
    tsl__small_sets_sum(&p->sets, total);
    return first;
}

size_t tsl__small_counts(tsl__small_places *p, json_t *list, size_t total)
{
    const size_t first = p->sets.count;
    json_t *entry;
    size_t i;
    if (!json_array_size(list)) {
        return TSL__NO_SET;
    }
    json_array_foreach(list, i, entry)
    {
        tsl__small_put_at(p, tsl__small_sets_add(&p->sets, json_number_value(entry)), list, i);
        tsl__small_sets_part(&p->sets, first + i);
    }
    tsl__small_sets_sum(&p->sets, total);
    return first;
}

size_t tsl__small_find_segment(const tsl__small_places *p, const json_t *number)
{
    const json_t *segments = tsl__small_find(p->doc->root, "segments");
    for (size_t s = 0; s < p->segment_count; s++) {
        if (json_equal(json_object_get(json_array_get(segments, s), "segment"), number)) {
            return p->segments + s;
        }
    }
    return TSL__NO_SET;
}

void tsl__small_cross(tsl__small_places *p, size_t first, size_t row_count, size_t col_count, size_t rows, size_t cols)
{
    for (size_t r = 0; r < row_count; r++) {
        for (size_t c = 0; c < col_count; c++) {
            tsl__small_sets_part(&p->sets, first + r * col_count + c);
        }
        tsl__small_sets_sum(&p->sets, rows == TSL__NO_SET ? rows : rows + r);
    }
    for (size_t c = 0; c < col_count; c++) {
        for (size_t r = 0; r < row_count; r++) {
            tsl__small_sets_part(&p->sets, first + r * col_count + c);
        }
        tsl__small_sets_sum(&p->sets, cols == TSL__NO_SET ? cols : cols + c);
    }
}

size_t tsl__small_rate(tsl__small_places *p, json_t *object, const char *const *keys, size_t of)
{
    if (of == TSL__NO_SET || p->sets.failed || !json_is_number(json_object_get(object, keys[0]))) {
        return TSL__NO_SET;
    }
    const size_t set = tsl__small_sets_add(&p->sets, tsl__small_get(object, keys[0]) * p->sets.of[of].size);
    for (size_t k = 0; keys[k]; k++) {
        tsl__small_put(p, set, object, keys[k]);
        tsl__small_put(p, of, object, keys[k]);
    }
    tsl__small_sets_part(&p->sets, set);
    tsl__small_sets_sum(&p->sets, of);
    return set;
}

/* ---- Hiding ------------------------------------------------------------------------------------ */

/* What names an entry or draws a limit, and says nothing of customers; or is of all of them. */
static int names_entry(const char *key)
{
    static const char *const keys[] = {
        "segment",   "parent",  "segment_then", "colour",     "lowest",     "k",     "q",          "r",
        "f",         "x",       "days",         "mean_all",   "from",       "into",  "rule_parts", "joined_into",
        "left_to",   "options", "rule_among",   "leaves",     "depth",      "folds", "decimals",   "placed",
        "natural_k", "restart", "iterations",   "replicates", "k_with_far", NULL};
    size_t i = 0;
    while (keys[i] && strcmp(keys[i], key) != 0) {
        i++;
    }
    return keys[i] != NULL;
}

/* Of an object or array, and where it is deep of those in it. */
static void drop_numbers(tsl__small_places *p, json_t *value, int is_deep)
{
    const char *key;
    json_t *entry;
    size_t i;
    json_object_foreach(value, key, entry)
    {
        if (json_is_number(entry) && !names_entry(key)) {
            json_object_set_new(value, key, json_null());
            p->hidden++;
        } else if (is_deep && !names_entry(key)) {
            drop_numbers(p, entry, is_deep);
        }
    }
    json_array_foreach(value, i, entry)
    {
        if (json_is_number(entry)) {
            json_array_set_new(value, i, json_null());
            p->hidden++;
        } else if (is_deep) {
            drop_numbers(p, entry, is_deep);
        }
    }
}

void tsl__small_drop(tsl__small_places *p, json_t *value)
{
    drop_numbers(p, value, 1);
}

static void hide_numbers(tsl__small_places *p, const tsl__small_place *place)
{
    const json_t *value = place->key ? json_object_get(place->in, place->key) : json_array_get(place->in, place->index);
    const int is_few = tsl__small_sets_is_few(&p->sets, p->sets.of[place->set].size);
    if (place->what == ALL ||
        (place->what == FEW && is_few)) { /* in it are other sets, which are parts of few as well */
        drop_numbers(p, place->in, is_few);
    } else if (json_is_number(value)) {
        if (place->key) {
            tsl__json_set(p->doc, place->in, place->key, json_null());
        } else {
            json_array_set_new(place->in, place->index, json_null());
        }
        p->hidden++;
    }
}

static void hide_entry(tsl__small_places *p, const tsl__small_place *place)
{
    size_t i = 0;
    while (i < json_array_size(place->in) && json_array_get(place->in, i) != place->entry) {
        i++;
    }
    p->hidden += json_array_remove(place->in, i) == 0; /* not, where it is gone already */
}

void tsl__small_places_hide(tsl__small_places *p)
{
    for (int entries = 0; entries < 2; entries++) { /* which go after the numbers in them */
        for (size_t i = 0; i < p->count; i++) {
            const tsl__small_place *place = &p->of[i];
            if (p->sets.of[place->set].is_hidden && (place->what == ENTRY) == entries) {
                (entries ? hide_entry : hide_numbers)(p, place);
            }
        }
    }
}

void tsl__small_places_free(tsl__small_places *p)
{
    tsl__small_sets_free(&p->sets);
    free(p->of);
    p->of = NULL;
}
