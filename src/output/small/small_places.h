/*
 * small_places.h: where a document tells of which set of customers, so that what is hidden of them can be taken out of
 * it.
 *
 * A number may tell of several sets: it goes with the first that is hidden.
 */
#ifndef TSL_OUTPUT_SMALL_SMALL_PLACES_H
#define TSL_OUTPUT_SMALL_SMALL_PLACES_H

#include <tesela/output.h>

#include "output/json/json.h"
#include "output/small/small_sets.h"

typedef struct tsl__small_place {
    size_t set;
    json_t *in;      /* borrowed; an object, or an array */
    const char *key; /* of an object */
    size_t index;    /* of an array */
    json_t *entry;   /* of an array, which goes; borrowed */
    int what;        /* small_places.c */
} tsl__small_place;

typedef struct tsl__small_places {
    tsl__json *doc;
    const tsl_results *results; /* what the document tells of */
    tsl__small_sets sets;
    tsl__small_place *of;
    size_t count, room;
    size_t hidden; /* so many numbers, entries and sentences are */
    /* The first of each, as lists have them; TSL__NO_SET where there is no such list. */
    size_t customers, segments, tiers, stages;
    size_t crosses, segment_stages; /* stages by tiers, segments by stages */
    size_t segment_count, tier_count, stage_count;
} tsl__small_places;

/* What stands at a path such as "churn.stages", or NULL. */
json_t *tsl__small_find(const json_t *root, const char *path);
double tsl__small_get(const json_t *object, const char *key); /* a number; 0: none */

/* A number of the set: of an object, of an array; all numbers of an object; all in it, where the set is of few; an
 * entry of an array, which goes. */
void tsl__small_put(tsl__small_places *p, size_t set, json_t *object, const char *key);
void tsl__small_put_at(tsl__small_places *p, size_t set, json_t *array, size_t index);
void tsl__small_put_all(tsl__small_places *p, size_t set, json_t *object);
void tsl__small_put_few(tsl__small_places *p, size_t set, json_t *value);
void tsl__small_put_entry(tsl__small_places *p, size_t set, json_t *array, json_t *entry);

/* The set of a count that stands alone in an object, a new one where it has none; TSL__NO_SET: there is no such number.
 */
size_t tsl__small_count(tsl__small_places *p, json_t *object, const char *key);
/* Those of a list of objects, each with all its numbers, which add up to total; TSL__NO_SET: to themselves. The first;
 * the others follow. */
size_t tsl__small_list(tsl__small_places *p, json_t *list, const char *key, size_t total);
/* Those of a list of counts that add up to total, likewise. */
size_t tsl__small_counts(tsl__small_places *p, json_t *list, size_t total);
/* The set of a segment by its number; TSL__NO_SET: the document has none. */
size_t tsl__small_find_segment(const tsl__small_places *p, const json_t *number);
/* Rows by columns, the sets from `first` on, row by row: what they add up to. rows, cols: the first of each, or
 * TSL__NO_SET.
 */
void tsl__small_cross(tsl__small_places *p, size_t first, size_t row_count, size_t col_count, size_t rows, size_t cols);
/* Of whom something holds, by their share of a set: its key, then those of what goes with it. */
size_t tsl__small_rate(tsl__small_places *p, json_t *object, const char *const *keys, size_t of);

/* What a document tells, room by room. */
void tsl__small_groups(tsl__small_places *p);   /* segments, tiers, stages, and what is said by them */
void tsl__small_profiles(tsl__small_places *p); /* means and medians of segments: of those of whom a feature is known */
void tsl__small_rules(tsl__small_places *p);    /* rule sets, strategies */
void tsl__small_periods(tsl__small_places *p);  /* history, previous, drift, next */
void tsl__small_wholes(tsl__small_places *p);   /* of how many of all something is known; after all others */
/* Customers of most value: of sets each of which holds those before, those that are too near to each other are hidden.
 */
void tsl__small_nested(tsl__small_places *p);
/* Whatever is left that counts few, by the names of counts. */
void tsl__small_sweep(tsl__small_places *p, json_t *value);
/* Sentences that count customers, after all else. */
void tsl__small_texts(tsl__small_places *p);

/* Takes out of the document what is hidden; all numbers of an object or array that tell of customers. */
void tsl__small_places_hide(tsl__small_places *p);
void tsl__small_drop(tsl__small_places *p, json_t *value);
void tsl__small_places_free(tsl__small_places *p);

#endif
