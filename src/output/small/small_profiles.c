/* small_profiles.c: means, medians and shares of segments. Each is of those customers of the segment of whom a feature
 * is known, who may be fewer than it has. */
#include "feature/shelves.h"
#include "output/small/small_places.h"
#include "output/summary.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Of how many a feature is known ------------------------------------------------------------ */

/* Who of each segment is known, as far as columns of the features tell. */
typedef struct known_sizes {
    const tsl_features *features; /* NULL: not at hand, and all are known */
    size_t *place;                /* of each segment of the labels: among those of the document, or TSL__NO_SET */
    double *size;                 /* by segment of the document, as is the next */
    size_t *set;
} known_sizes;

static int open_known(known_sizes *k, const tsl__small_places *p)
{
    const tsl_labels *labels = p->results->labels;
    size_t at = 0;
    *k = (known_sizes){.size = tsl__alloc_zero(p->segment_count + 1, sizeof *k->size),
                       .set = tsl__alloc(p->segment_count + 1, sizeof *k->set)};
    if (labels) {
        k->features = labels->features;
        k->place = tsl__alloc(labels->segment_count, sizeof *k->place);
    }
    for (size_t s = 0; k->place && s < labels->segment_count; s++) {
        k->place[s] = tsl__summary_has_segment(p->results, s) ? at++ : TSL__NO_SET;
    }
    return !k->size || !k->set || (labels && (!k->place || at != p->segment_count));
}

static void close_known(known_sizes *k)
{
    free(k->place);
    free(k->size);
    free(k->set);
}

/* Counts customers by segment, of whom a feature is known, or without one their value; all, where neither is at hand.
 */
static void count_known(known_sizes *k, const tsl__small_places *p, const char *name)
{
    const tsl_labels *labels = p->results->labels;
    const size_t f = k->features && name ? tsl_features_get_index(k->features, name) : 0;
    const int of_feature = k->features && name && f < k->features->feature_count;
    const double *value = labels && !name ? labels->value : NULL;
    for (size_t s = 0; s < p->segment_count; s++) {
        k->size[s] = of_feature || value ? 0 : p->sets.of[p->segments + s].size;
    }
    for (size_t i = 0; (of_feature || value) && i < labels->customers; i++) {
        const size_t s = k->place[labels->customer_segment[i] - 1];
        if (s != TSL__NO_SET && !isnan(value ? value[i] : tsl__x_get(k->features, i, f))) {
            k->size[s]++;
        }
    }
}

/* ---- Means of features ---------------------------------------------------------------------------- */

/* What the document says of the feature: 1 where its mean is the share of whom something holds. */
static int is_rate(const tsl__small_places *p, const char *name, const char *form)
{
    const json_t *columns = tsl__small_find(p->doc->root, "features.columns"), *column;
    size_t i;
    json_array_foreach(columns, i, column)
    {
        const char *own = json_string_value(json_object_get(column, "name"));
        form = own && strcmp(own, name) == 0 ? json_string_value(json_object_get(column, "form")) : form;
    }
    return form && (strcmp(form, "value") == 0 || strcmp(form, "boolean") == 0);
}

static json_t *find_named(json_t *list, const char *name)
{
    json_t *entry;
    size_t i;
    json_array_foreach(list, i, entry)
    {
        const char *own = json_string_value(json_object_get(entry, "name"));
        if (own && strcmp(own, name) == 0) {
            return entry;
        }
    }
    return NULL;
}

/* What a list of features has of one by segment. */
static json_t *find_own(const tsl__small_places *p, const char *list, const char *name, size_t s)
{
    return json_array_get(json_object_get(find_named(tsl__small_find(p->doc->root, list), name), "segments"), s);
}

/* A segment's mean of a feature wherever it is told; the set that goes into the sum over segments. */
static size_t add_mean(tsl__small_places *p, const known_sizes *k, size_t s, const char *name, int rate)
{
    static const char *const keys[] = {"mean", "effect", NULL};
    json_t *segment = json_array_get(tsl__small_find(p->doc->root, "segments"), s);
    json_t *traits = json_object_get(segment, "traits"), *trait = find_named(traits, name);
    json_t *const of[] = {find_own(p, "means", name, s), find_own(p, "profile", name, s), trait};
    const size_t known = tsl__small_sets_add(&p->sets, k->size[s]);
    size_t set = TSL__NO_SET;
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        if (!of[i] || !json_is_number(json_object_get(of[i], keys[0]))) {
            continue;
        }
        if (set == TSL__NO_SET) {
            set = rate ? tsl__small_rate(p, of[i], keys, known) : known;
        }
        for (size_t key = 0; keys[key]; key++) {
            tsl__small_put(p, known, of[i], keys[key]);
            tsl__small_put(p, p->segments + s, of[i], keys[key]); /* a mean of whole numbers tells of how many it is */
            tsl__small_put(p, set, of[i], keys[key]);
        }
    }
    if (trait) { /* how far up it stands tells of it, too */
        tsl__small_put_entry(p, known, traits, trait);
        tsl__small_put_entry(p, set, traits, trait);
    }
    return set;
}

/* A feature: what all segments of it add up to is told as the mean of all. */
static void add_feature(tsl__small_places *p, known_sizes *k, const char *name)
{
    json_t *row = find_named(tsl__small_find(p->doc->root, "profile"), name);
    const int rate = is_rate(p, name, json_string_value(json_object_get(row, "form")));
    count_known(k, p, name);
    for (size_t s = 0; s < p->segment_count; s++) {
        k->set[s] = add_mean(p, k, s, name, rate);
        tsl__small_put(p, k->set[s], row, "separation");
    }
    for (size_t s = 0; s < p->segment_count; s++) {
        tsl__small_sets_part(&p->sets, k->set[s]);
    }
    tsl__small_sets_sum(&p->sets, TSL__NO_SET);
}

static const char *const lists[] = {"means", "profile"};

/* 1: the feature stands in one of the first lists, or among the traits of a segment before. */
static int is_done(const tsl__small_places *p, size_t list_count, size_t segment, const char *name)
{
    const json_t *segments = tsl__small_find(p->doc->root, "segments");
    int done = !name;
    for (size_t l = 0; l < list_count && !done; l++) {
        done = find_named(tsl__small_find(p->doc->root, lists[l]), name) != NULL;
    }
    for (size_t s = 0; s < segment && !done; s++) {
        done = find_named(json_object_get(json_array_get(segments, s), "traits"), name) != NULL;
    }
    return done;
}

static void add_new(tsl__small_places *p, known_sizes *k, const json_t *list, size_t list_count, size_t segment)
{
    const json_t *entry;
    size_t i;
    json_array_foreach(list, i, entry)
    {
        const char *name = json_string_value(json_object_get(entry, "name"));
        if (!is_done(p, list_count, segment, name)) {
            add_feature(p, k, name);
        }
    }
}

static void add_features(tsl__small_places *p, known_sizes *k)
{
    const size_t count = sizeof lists / sizeof *lists;
    json_t *segment;
    size_t s;
    for (size_t l = 0; l < count; l++) {
        add_new(p, k, tsl__small_find(p->doc->root, lists[l]), l, 0);
    }
    json_array_foreach(tsl__small_find(p->doc->root, "segments"), s, segment)
    {
        add_new(p, k, json_object_get(segment, "traits"), count, s);
    }
}

/* ---- What is usual ------------------------------------------------------------------------------ */

/* Numbers of a segment, and the feature that they are of; NULL: the value. */
static const struct {
    const char *feature, *keys[4];
} usual[] = {{"recency_days", {"recency_median"}},
             {"frequency", {"frequency_median"}},
             {"monetary_mean", {"purchase_median"}},
             {NULL, {"value_mean", "value_median", "value_total", "value_share"}}};

static void add_usual(tsl__small_places *p, known_sizes *k)
{
    json_t *segments = tsl__small_find(p->doc->root, "segments");
    for (size_t u = 0; u < sizeof usual / sizeof *usual; u++) {
        count_known(k, p, usual[u].feature);
        for (size_t s = 0; s < p->segment_count; s++) {
            const size_t known = tsl__small_sets_add(&p->sets, k->size[s]);
            for (size_t key = 0; key < 4 && usual[u].keys[key]; key++) {
                tsl__small_put(p, known, json_array_get(segments, s), usual[u].keys[key]);
            }
        }
    }
}

/* Where a segment lies on the map: of those of whom all columns of the basis are known. */
static void add_medians(tsl__small_places *p, known_sizes *k)
{
    json_t *medians = tsl__small_find(p->doc->root, "map.medians"), *column;
    size_t i;
    if (!json_array_size(medians)) {
        return;
    }
    json_array_foreach(tsl__small_find(p->doc->root, "clusters.basis.columns"), i, column)
    {
        count_known(k, p, json_string_value(json_object_get(column, "name")));
        for (size_t s = 0; s < p->segment_count; s++) {
            const size_t known = tsl__small_sets_add(&p->sets, k->size[s]);
            tsl__small_put_at(p, known, json_array_get(medians, s), 0);
            tsl__small_put_at(p, known, json_array_get(medians, s), 1);
        }
    }
    for (size_t s = 0; s < p->segment_count; s++) {
        tsl__small_put_at(p, p->segments + s, json_array_get(medians, s), 0);
        tsl__small_put_at(p, p->segments + s, json_array_get(medians, s), 1);
    }
}

/* ---- Outcomes ------------------------------------------------------------------------------------ */

/* One outcome, of all and by segment. */
static void add_outcome(tsl__small_places *p, json_t *all, size_t o)
{
    static const char *const keys[] = {"rate", "low", "high", NULL};
    const json_t *segments = tsl__small_find(p->doc->root, "segments");
    const size_t known = tsl__small_count(p, all, "known"), held = tsl__small_rate(p, all, keys, known),
                 first = p->sets.count;
    tsl__small_put_all(p, known, all);
    for (size_t s = 0; s < p->segment_count; s++) {
        json_t *of = json_array_get(json_object_get(json_array_get(segments, s), "outcomes"), o);
        tsl__small_put_all(p, tsl__small_sets_add(&p->sets, tsl__small_get(of, "known")), of);
    }
    for (size_t s = 0; s < p->segment_count; s++) {
        tsl__small_sets_part(&p->sets, first + s);
        tsl__small_sets_sum(&p->sets, p->segments + s);
    }
    for (size_t s = 0; s < p->segment_count; s++) {
        tsl__small_sets_part(&p->sets, first + s);
    }
    tsl__small_sets_sum(&p->sets, known);
    const size_t rates = p->sets.count;
    for (size_t s = 0; s < p->segment_count; s++) {
        json_t *of = json_array_get(json_object_get(json_array_get(segments, s), "outcomes"), o);
        (void)tsl__small_rate(p, of, keys, first + s);
    }
    for (size_t set = rates; held != TSL__NO_SET && set < p->sets.count; set++) {
        tsl__small_sets_part(&p->sets, p->sets.of[set].is_known ? set : TSL__NO_SET);
    }
    tsl__small_sets_sum(&p->sets, held);
}

/* ---- Rules ------------------------------------------------------------------------------------- */

/* Of leaves of the tree that tell a segment what they hold, by key, adds up to a set. */
static void add_leaves(tsl__small_places *p, size_t s, const char *key, size_t total)
{
    const json_t *number = json_object_get(json_array_get(tsl__small_find(p->doc->root, "segments"), s), "segment");
    json_t *node;
    size_t i;
    json_array_foreach(tsl__small_find(p->doc->root, "clusters.tree.nodes"), i, node)
    {
        const int is_of = json_equal(json_object_get(node, "segment"), number);
        tsl__small_sets_part(&p->sets, is_of ? tsl__small_count(p, node, key) : TSL__NO_SET);
    }
    tsl__small_sets_sum(&p->sets, total);
}

/* Whom the rule of a segment catches: of it, and in all. */
static void add_rule(tsl__small_places *p, size_t s)
{
    static const char *const coverage[] = {"coverage", NULL}, *const others[] = {"share", NULL};
    json_t *of = json_array_get(tsl__small_find(p->doc->root, "segments"), s);
    const size_t caught = tsl__small_rate(p, of, coverage, p->segments + s);
    const double precision = tsl__small_get(of, "precision");
    (void)tsl__small_rate(p, json_object_get(of, "rule_others"), others, p->segments + s);
    if (caught != TSL__NO_SET && precision > 0 && !p->sets.failed) {
        const size_t all = tsl__small_sets_add(&p->sets, p->sets.of[caught].size / precision);
        tsl__small_put(p, all, of, "precision");
        tsl__small_put(p, caught, of, "precision");
        tsl__small_sets_part(&p->sets, caught);
        tsl__small_sets_sum(&p->sets, all);
        add_leaves(p, s, "rows", all);
        add_leaves(p, s, "hits", caught);
    }
}

/* The tree: a node's rows are those of its children; of a leaf's some are in its segment. */
static void add_tree(tsl__small_places *p)
{
    json_t *nodes = tsl__small_find(p->doc->root, "clusters.tree.nodes"), *node, *child;
    size_t i, c;
    json_array_foreach(nodes, i, node)
    {
        json_array_foreach(nodes, c, child)
        {
            const json_t *parent = json_object_get(child, "parent");
            const int is_of = json_is_integer(parent) && (size_t)json_integer_value(parent) == i;
            tsl__small_sets_part(&p->sets, is_of ? tsl__small_count(p, child, "rows") : TSL__NO_SET);
        }
        tsl__small_sets_part(&p->sets, tsl__small_count(p, node, "hits"));
        tsl__small_sets_sum(&p->sets, tsl__small_count(p, node, "rows"));
    }
    tsl__small_sets_part(&p->sets, tsl__small_count(p, json_array_get(nodes, 0), "rows"));
    tsl__small_sets_sum(&p->sets, p->customers);
}

void tsl__small_profiles(tsl__small_places *p)
{
    known_sizes k;
    json_t *outcome;
    size_t o;
    if (p->segments == TSL__NO_SET) {
        return;
    }
    if (open_known(&k, p)) {
        p->doc->failed = 1;
    } else {
        add_features(p, &k);
        add_usual(p, &k);
        add_medians(p, &k);
    }
    close_known(&k);
    json_array_foreach(tsl__small_find(p->doc->root, "outcomes"), o, outcome)
    {
        add_outcome(p, outcome, o);
    }
    add_tree(p);
    for (size_t s = 0; s < p->segment_count; s++) {
        add_rule(p, s);
    }
}
