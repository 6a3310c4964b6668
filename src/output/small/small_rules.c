/* small_rules.c: what a document tells of rule sets, of strategies, and of models of what customers are worth. */
#include "output/small/small_places.h"

#include <string.h>

/* ---- Rule sets --------------------------------------------------------------------------- */

/* The operands of a condition; one alone is the condition. */
static void add_conditions(tsl__small_places *p, json_t *class, size_t holds)
{
    json_t *conditions = json_object_get(class, "conditions"), *of;
    const int is_alone = json_array_size(conditions) == 1;
    size_t i;
    json_array_foreach(conditions, i, of)
    {
        const size_t own = is_alone ? holds : tsl__small_sets_add(&p->sets, tsl__small_get(of, "holds"));
        tsl__small_put(p, own, of, "holds");
        tsl__small_sets_part(&p->sets, own);
        tsl__small_sets_part(&p->sets, tsl__small_count(p, of, "fails"));
        tsl__small_sets_part(&p->sets, tsl__small_count(p, of, "unknown"));
        tsl__small_sets_sum(&p->sets, p->customers);
    }
}

/* For whom a class holds: who is in it, and who is in one before. */
static size_t add_class(tsl__small_places *p, json_t *class, size_t size)
{
    json_t *overlap;
    size_t i;
    const size_t holds = tsl__small_count(p, class, "holds");
    tsl__small_sets_part(&p->sets, size);
    tsl__small_sets_sum(&p->sets, holds);
    tsl__small_sets_part(&p->sets, holds);
    tsl__small_sets_part(&p->sets, tsl__small_count(p, class, "unknown"));
    tsl__small_sets_sum(&p->sets, p->customers);
    add_conditions(p, class, holds);
    json_array_foreach(json_object_get(class, "overlaps"), i, overlap)
    {
        tsl__small_sets_part(&p->sets, tsl__small_count(p, overlap, "customers"));
        tsl__small_sets_sum(&p->sets, holds);
    }
    return holds;
}

/* The set of those whom a class shares with another, as it stands in the first. */
static size_t find_overlap(tsl__small_places *p, const json_t *class, const json_t *other)
{
    json_t *overlap;
    size_t i;
    json_array_foreach(json_object_get(class, "overlaps"), i, overlap)
    {
        if (json_equal(json_object_get(overlap, "class"), json_object_get(other, "class"))) {
            return tsl__small_count(p, overlap, "customers");
        }
    }
    return TSL__NO_SET;
}

/* What two classes share stands in both; of the second one of the set it is what the first has taken. */
static void add_overlaps(tsl__small_places *p, const json_t *classes, size_t first, const size_t *holds, size_t count)
{
    for (size_t c = 1; c < count; c++) {
        for (size_t other = 0; other < c; other++) {
            const json_t *one = json_array_get(classes, c), *two = json_array_get(classes, other);
            const size_t shared = find_overlap(p, one, two), back = find_overlap(p, two, one);
            if (shared == TSL__NO_SET || back == TSL__NO_SET) {
                continue;
            }
            tsl__small_sets_part(&p->sets, back);
            tsl__small_sets_sum(&p->sets, shared);
            if (c == 1) {
                tsl__small_sets_part(&p->sets, shared);
                tsl__small_sets_part(&p->sets, first + 1);
                tsl__small_sets_sum(&p->sets, holds[1]);
            }
        }
    }
}

enum { CLASSES_MOST = 64 }; /* of which what the second shares with the first is looked at */

static void add_rules(tsl__small_places *p)
{
    json_t *set;
    size_t i;
    json_array_foreach(tsl__small_find(p->doc->root, "rules"), i, set)
    {
        json_t *classes = json_object_get(set, "classes");
        const size_t count = json_array_size(classes), first = tsl__small_list(p, classes, "size", TSL__NO_SET);
        size_t holds[CLASSES_MOST];
        for (size_t c = 0; c < count; c++) {
            tsl__small_sets_part(&p->sets, first + c);
        }
        tsl__small_sets_part(&p->sets, tsl__small_count(p, set, "none"));
        tsl__small_sets_part(&p->sets, tsl__small_count(p, set, "unknown"));
        tsl__small_sets_sum(&p->sets, p->customers);
        tsl__small_sets_part(&p->sets, tsl__small_count(p, set, "earlier_unknown"));
        tsl__small_sets_sum(&p->sets, p->customers);
        for (size_t c = 0; c < count && c < CLASSES_MOST; c++) {
            holds[c] = add_class(p, json_array_get(classes, c), first + c);
        }
        add_overlaps(p, classes, first, holds, count < CLASSES_MOST ? count : CLASSES_MOST);
    }
}

/* ---- Strategies ------------------------------------------------------------------------------- */

/* 1: a code is one of those, parted by |; *: all are. */
static int is_among(const json_t *codes, const json_t *code)
{
    const char *at = json_string_value(codes), *own = json_string_value(code);
    const size_t length = own ? strlen(own) : 0;
    int found = at && strcmp(at, "*") == 0;
    while (at && own && *at && !found) {
        const size_t n = strcspn(at, "|"), begin = strspn(at, " ");
        size_t end = n;
        while (end > begin && at[end - 1] == ' ') {
            end--;
        }
        found = end - begin == length && strncmp(at + begin, own, length) == 0;
        at += n + (at[n] == '|');
    }
    return found;
}

/* The row that has a tier in a stage: the first for it; one of those that have no row. */
static size_t find_row(const tsl__small_places *p, const json_t *rows, size_t s, size_t t)
{
    const json_t *stage = json_object_get(json_array_get(tsl__small_find(p->doc->root, "lifecycle"), s), "stage");
    const json_t *tier = json_object_get(json_array_get(tsl__small_find(p->doc->root, "tiers"), t), "tier"), *row;
    size_t i;
    json_array_foreach(rows, i, row)
    {
        if (is_among(json_object_get(row, "tier"), tier) && is_among(json_object_get(row, "lifecycle"), stage)) {
            return i;
        }
    }
    return TSL__NO_SET;
}

/* Where rows are for all segments, each has whole tiers of stages, and adds up to these. */
static void add_strategies(tsl__small_places *p)
{
    json_t *all = tsl__small_find(p->doc->root, "strategies"), *row;
    json_t *list[] = {json_object_get(all, "rows"), json_object_get(all, "unset")};
    int is_for_all = p->crosses != TSL__NO_SET;
    size_t i, first[2] = {0};
    for (size_t l = 0; l < 2; l++) {
        first[l] = p->sets.count;
        json_array_foreach(list[l], i, row)
        {
            const char *segment = json_string_value(json_object_get(row, "segment"));
            is_for_all &= !segment || strcmp(segment, "*") == 0;
            tsl__small_put_all(p, tsl__small_sets_add(&p->sets, tsl__small_get(row, "size")), row);
        }
    }
    for (size_t set = first[0]; set < first[1] + json_array_size(list[1]); set++) {
        tsl__small_sets_part(&p->sets, set);
    }
    tsl__small_sets_sum(&p->sets, p->customers);
    for (size_t l = 0; l < 2 && is_for_all; l++) {
        for (i = 0; i < json_array_size(list[l]); i++) {
            for (size_t of = 0; of < p->stage_count * p->tier_count; of++) {
                const size_t own = find_row(p, list[l], of / p->tier_count, of % p->tier_count);
                tsl__small_sets_part(&p->sets, own == i ? p->crosses + of : TSL__NO_SET);
            }
            tsl__small_sets_sum(&p->sets, first[l] + i);
        }
    }
}

/* ---- What customers are worth ------------------------------------------------------------------- */

static void add_cohorts(tsl__small_places *p)
{
    json_t *cohorts = tsl__small_find(p->doc->root, "cohorts.of"), *of;
    json_t *valuation = tsl__small_find(p->doc->root, "valuation");
    const size_t first = tsl__small_list(p, cohorts, "size", tsl__small_count(p, valuation, "customers"));
    const size_t repeated = p->sets.count;
    size_t i;
    json_array_foreach(cohorts, i, of)
    {
        tsl__small_put(p, tsl__small_sets_add(&p->sets, tsl__small_get(of, "repeated")), of, "repeated");
    }
    for (i = 0; i < json_array_size(cohorts); i++) {
        tsl__small_sets_part(&p->sets, repeated + i);
        tsl__small_sets_sum(&p->sets, first + i);
    }
    for (i = 0; i < json_array_size(cohorts); i++) {
        tsl__small_sets_part(&p->sets, repeated + i);
    }
    tsl__small_sets_sum(&p->sets, tsl__small_count(p, valuation, "repeated"));
}

/* Customers by how often they had bought: the same of each model. */
static void add_holdout(tsl__small_places *p)
{
    json_t *holdout = tsl__small_find(p->doc->root, "holdout"), *models = json_object_get(holdout, "models"), *model;
    json_t *naive = tsl__small_find(models, "naive.by_frequency");
    const size_t first = tsl__small_list(p, naive, "customers", tsl__small_count(p, holdout, "customers"));
    const char *name;
    json_object_foreach(models, name, model)
    {
        json_t *classes = json_object_get(model, "by_frequency");
        for (size_t c = 0; first != TSL__NO_SET && c < json_array_size(classes); c++) {
            tsl__small_put_all(p, first + c, json_array_get(classes, c));
        }
    }
}

static void add_scores(tsl__small_places *p)
{
    static const char *const scores[] = {"recency", "frequency", "monetary"};
    json_t *rfm = tsl__small_find(p->doc->root, "valuation.rfm");
    for (size_t s = 0; rfm && s < sizeof scores / sizeof *scores; s++) {
        (void)tsl__small_counts(p, json_object_get(json_object_get(rfm, scores[s]), "sizes"), TSL__NO_SET);
    }
}

void tsl__small_rules(tsl__small_places *p)
{
    add_rules(p);
    if (tsl__small_find(p->doc->root, "strategies")) {
        add_strategies(p);
    }
    add_cohorts(p);
    add_holdout(p);
    add_scores(p);
}
