/* told_rule.c: a segment's rule as short as it can be told: programs have all of it. */
#include "output/wording/told_rule.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/tree/tree_bounds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TOLD_LEAST 50 /* one in so many of the segment's customers */

/* ---- Leaves side by side ------------------------------------------------------------ */

static tsl_tree_bound *find_bound(const tsl_tree_path *path, int32_t column)
{
    for (size_t b = 0; b < path->count; b++) {
        if (path->bound[b].column == column) {
            return &path->bound[b];
        }
    }
    return NULL;
}

static int lets_missing(const tsl_tree_bound *bound)
{
    return bound->missing_seen && bound->missing;
}

static int is_same(const tsl_tree_bound *a, const tsl_tree_bound *b)
{
    return a->low == b->low && a->high == b->high && lets_missing(a) == lets_missing(b);
}

/* Nothing lies between the two: no known value, or one is of none. */
static int is_beside(const tsl_tree_bound *a, const tsl_tree_bound *b)
{
    return a->high == b->low || a->low == b->high || tsl__bound_is_unknown(a) || tsl__bound_is_unknown(b);
}

/* The only bound of `a` that `b` has otherwise, where nothing lies between the two; NULL: they do not make one. */
static tsl_tree_bound *find_seam(const tsl_tree_path *a, const tsl_tree_path *b)
{
    tsl_tree_bound *seam = NULL;
    for (size_t i = 0; i < a->count; i++) {
        const tsl_tree_bound *other = find_bound(b, a->bound[i].column);
        if (!other || (seam && !is_same(&a->bound[i], other))) {
            return NULL;
        }
        if (!is_same(&a->bound[i], other)) {
            seam = &a->bound[i];
            if (!is_beside(seam, other)) {
                return NULL;
            }
        }
    }
    return a->count == b->count ? seam : NULL;
}

static void remove_bound(tsl_tree_path *path, size_t at)
{
    for (size_t b = at + 1; b < path->count; b++) {
        path->bound[b - 1] = path->bound[b];
    }
    path->count--;
}

/* Widens the seam by the other's; one that lets all pass is none. */
static void close_seam(tsl_tree_path *path, tsl_tree_bound *seam, const tsl_tree_bound *other)
{
    seam->missing = lets_missing(seam) || lets_missing(other);
    seam->missing_seen |= other->missing_seen;
    if (tsl__bound_is_unknown(seam)) {
        seam->low = other->low;
        seam->high = other->high;
        seam->yes = other->yes;
    } else if (!tsl__bound_is_unknown(other)) {
        seam->low = fmin(seam->low, other->low);
        seam->high = fmax(seam->high, other->high);
        seam->yes = -1;
    }
    if (seam->low == -INFINITY && seam->high == INFINITY && (seam->missing || !seam->missing_seen)) {
        remove_bound(path, (size_t)(seam - path->bound));
    }
}

static void take_away(tsl__told_rule *rule, uint64_t *hits, size_t at)
{
    const tsl_tree_path gone = rule->path[at];
    for (size_t p = at + 1; p < rule->count; p++) {
        rule->path[p - 1] = rule->path[p];
        hits[p - 1] = hits[p];
    }
    rule->path[--rule->count] = gone; /* its memory is still the rule's */
}

static void join_leaves(tsl__told_rule *rule, uint64_t *hits)
{
    for (size_t a = 0; a < rule->count; a++) {
        for (size_t b = a + 1; b < rule->count; b++) {
            tsl_tree_bound *seam = find_seam(&rule->path[a], &rule->path[b]);
            if (seam) {
                close_seam(&rule->path[a], seam, find_bound(&rule->path[b], seam->column));
                hits[a] += hits[b];
                take_away(rule, hits, b);
                a = b = 0; /* the wider one may have new neighbours */
            }
        }
    }
}

/* ---- One category --------------------------------------------------------------------- */

/* How much a bound on a level says of the category. */
typedef enum level_says { SAYS_KNOWN, SAYS_IS_NOT, SAYS_IS, SAYS_UNKNOWN } level_says;

static level_says get_says(const tsl_tree_bound *bound)
{
    return tsl__bound_is_unknown(bound) ? SAYS_UNKNOWN
           : bound->yes == 1            ? SAYS_IS
           : bound->yes == 0            ? SAYS_IS_NOT
                                        : SAYS_KNOWN;
}

static int is_one_category(const tsl_tree *tree, const tsl_tree_bound *a, const tsl_tree_bound *b)
{
    const tsl_tree_column *of = &tree->column[a->column], *with = &tree->column[b->column];
    return of->form == TSL_TREE_LEVEL && with->form == TSL_TREE_LEVEL && strcmp(of->category, with->category) == 0;
}

/* The levels are one value: unknown where it is so of one of them, or must be of two; and whoever is of one level is
 * of no other. */
static void settle_category(const tsl_tree *tree, tsl_tree_path *path, size_t first)
{
    const tsl_tree_bound of = path->bound[first];
    tsl_tree_bound best = of, all = {.missing = 1};
    int levels = 0;
    for (size_t b = first; b < path->count; b++) {
        const tsl_tree_bound *bound = &path->bound[b];
        if (is_one_category(tree, &of, bound)) {
            all.missing &= bound->missing;
            all.missing_seen |= bound->missing_seen;
            best = get_says(bound) > get_says(&best) ? *bound : best;
            levels += get_says(bound) == SAYS_IS;
        }
    }
    if (levels > 1) {
        best.low = best.high = INFINITY;
        best.yes = -1;
    }
    for (size_t b = path->count; b-- > first;) {
        tsl_tree_bound *bound = &path->bound[b];
        if (is_one_category(tree, &of, bound)) {
            *bound = bound->column == best.column ? best : *bound;
            bound->missing = all.missing;
            bound->missing_seen = all.missing_seen;
            if (bound->column != best.column && (get_says(&best) != SAYS_IS_NOT || get_says(bound) == SAYS_KNOWN)) {
                remove_bound(path, b);
            }
        }
    }
}

static void settle_categories(const tsl_tree *tree, tsl__told_rule *rule)
{
    for (size_t p = 0; p < rule->count; p++) {
        tsl_tree_path *path = &rule->path[p];
        for (size_t b = 0, count = path->count; b < path->count; count = path->count) {
            settle_category(tree, path, b);
            b = path->count < count ? 0 : b + 1;
        }
    }
}

/* ---- Who is set apart ----------------------------------------------------------------- */

/* Whether a cluster's leaf lies at or below each node. */
static unsigned char *find_clusters(const tsl_tree *tree, int k)
{
    unsigned char *has = tsl__alloc_zero(tree->node_count, 1);
    for (size_t i = has ? tree->node_count : 0; i-- > 0;) { /* children before parents */
        const tsl_tree_node *node = &tree->node[i];
        has[i] |= node->column < 0 && node->cluster < k;
        if (has[i] && node->parent >= 0) {
            has[node->parent] = 1;
        }
    }
    return has;
}

/* The first leaf or cut of the clusters' own. */
static int32_t find_top(const tsl_tree *tree, const unsigned char *has)
{
    int32_t at = 0;
    while (tree->node[at].column >= 0 && has[tree->node[at].left] != has[tree->node[at].right]) {
        at = has[tree->node[at].left] ? tree->node[at].left : tree->node[at].right;
    }
    return at;
}

/* What the cuts above the node let pass of the column. */
static tsl_tree_bound get_above(const tsl_tree *tree, int32_t top, int32_t column)
{
    tsl_tree_bound above = {.column = column, .low = -INFINITY, .high = INFINITY};
    for (int32_t at = top; tree->node[at].parent >= 0; at = tree->node[at].parent) {
        const tsl_tree_node *parent = &tree->node[tree->node[at].parent];
        if (parent->column == column && parent->left == at) {
            above.high = fmin(above.high, parent->threshold);
        } else if (parent->column == column) {
            above.low = fmax(above.low, parent->threshold);
        }
    }
    return above;
}

/* Takes the bound out of a way, and puts it before all of them. */
static void move_apart(tsl__told_rule *rule, tsl_tree_path *path, size_t at)
{
    if (!find_bound(&rule->beside, path->bound[at].column)) {
        rule->beside.bound[rule->beside.count++] = path->bound[at];
    }
    remove_bound(path, at);
}

static tsl_status leave_apart(const tsl_model *model, tsl__told_rule *rule, tsl_error *err)
{
    tsl_status status = TSL_OK;
    unsigned char *has = NULL;
    TSL__NEED(has = find_clusters(model->tree, model->k));
    TSL__NEED(rule->beside.bound = tsl__alloc(model->tree->cols, sizeof *rule->beside.bound));
    const int32_t top = find_top(model->tree, has);
    for (size_t p = 0; p < rule->count && top > 0; p++) {
        tsl_tree_path *path = &rule->path[p];
        for (size_t b = path->count; b-- > 0;) {
            const tsl_tree_bound above = get_above(model->tree, top, path->bound[b].column);
            const int is_cut = !isinf(above.low) || !isinf(above.high);
            if (is_cut && above.low == path->bound[b].low && above.high == path->bound[b].high) {
                move_apart(rule, path, b);
            }
        }
    }
done:
    free(has);
    return status;
}

/* ---- Small leaves ----------------------------------------------------------------------- */

static void sum_up(const tsl_model *model, int cluster, tsl__told_rule *rule, uint64_t *hits)
{
    const uint64_t size = tsl_model_get_size(model, cluster);
    uint64_t most = 0, others = 0;
    for (size_t p = 0; p < rule->count; p++) {
        most = hits[p] > most ? hits[p] : most;
    }
    for (size_t p = rule->count; p-- > 0;) {
        if (hits[p] < most && hits[p] * TOLD_LEAST < size) {
            others += hits[p];
            rule->others++;
            take_away(rule, hits, p);
        }
    }
    rule->others_share = size ? (double)others / (double)size : 0;
}

tsl_status tsl__told_rule_get(const tsl_model *model, int cluster, tsl__told_rule *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    uint64_t *hits = NULL;
    *out = (tsl__told_rule){0};
    TSL__TRY(tsl_tree_get_paths(model->tree, cluster, &out->path, &out->count, err));
    out->found = out->count;
    TSL__NEED(hits = tsl__alloc(out->count, sizeof *hits));
    for (size_t p = 0; p < out->count; p++) {
        hits[p] = model->tree->node[out->path[p].leaf].hits;
    }
    join_leaves(out, hits);
    settle_categories(model->tree, out);
    TSL__TRY(model->class_count && cluster < model->k ? leave_apart(model, out, err) : TSL_OK);
    sum_up(model, cluster, out, hits);
done:
    free(hits);
    if (status != TSL_OK) {
        tsl__told_rule_free(out);
    }
    return status;
}

void tsl__told_rule_free(tsl__told_rule *rule)
{
    tsl_tree_paths_free(rule->path, rule->found);
    free(rule->beside.bound);
    *rule = (tsl__told_rule){0};
}
