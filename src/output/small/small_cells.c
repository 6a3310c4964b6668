/*
 * small_cells.c: a summary in which nobody is told of as one of few.
 *
 * Each number of the document that counts customers, or is of some of them, is a place of a set (small_places.h); the
 * sets are bound by the sums that a reader can make (small_sets.h). Which sets are hidden follows from these alone, and
 * what is hidden is taken out of its places.
 */
#include "output/small/small_cells.h"
#include "output/small/small_places.h"

#include <string.h>

/* A document of so few customers tells nothing of them. */
static void put_all(tsl__small_places *p)
{
    static const char *const others[] = {"rows",   "data_quality", "privacy", "features", "seconds",
                                         "memory", "file",         "rfm",     "threads",  "seed"};
    const char *key;
    json_t *entry;
    json_object_foreach(p->doc->root, key, entry)
    {
        size_t i = 0;
        while (i < sizeof others / sizeof *others && strcmp(others[i], key) != 0) {
            i++;
        }
        if (i == sizeof others / sizeof *others && (json_is_object(entry) || json_is_array(entry))) {
            tsl__small_put_few(p, p->customers, entry);
        }
    }
}

void tsl__small_cells_hide(tsl__json *doc, const tsl_results *results)
{
    static void (*const parts[])(tsl__small_places *) = {tsl__small_groups,  tsl__small_profiles, tsl__small_rules,
                                                         tsl__small_periods, tsl__small_wholes,   put_all};
    tsl__small_places p = {.doc = doc, .results = results, .sets.least = results->min_cell};
    if (results->min_cell <= 1) {
        return;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !p.sets.failed && !doc->failed; i++) {
        parts[i](&p);
    }
    tsl__small_sets_hide(&p.sets);
    doc->failed |= p.sets.failed;
    if (!doc->failed) {
        tsl__small_nested(&p);
        tsl__small_places_hide(&p);
        tsl__small_texts(&p);
        tsl__small_sweep(&p, doc->root);
        if (p.customers != TSL__NO_SET && p.sets.of[p.customers].is_hidden) {
            json_object_del(doc->root, "lorenz"); /* of which nothing is left */
        }
        if (!json_array_size(tsl__small_find(doc->root, "map.hexagons"))) {
            json_object_del(doc->root, "map");
        }
        tsl__json_set(doc, tsl__small_find(doc->root, "privacy"), "hidden", json_integer((json_int_t)p.hidden));
    }
    tsl__small_places_free(&p);
}
