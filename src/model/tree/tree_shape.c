/* tree_shape.c: the shape of the tree: cuts by centres until each leaf has one,
 * then ExKMC growth at the leaf that gains most. It grows on beyond the tree
 * that was asked for, for the curve. */
#include "model/tree/tree.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/tree/tree_curve.h"
#include "model/tree/tree_round.h"
#include "model/tree/tree_split.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TALLY_BYTES 268435456
#define MOST_PARTS 32
#define NOISE 1e-9 /* a rise of promise by no more is rounding */

/* A leaf's best cut. */
typedef struct growth {
    tsl__cut cut; /* column -1: none */
    int64_t gain;
    double promise; /* where it gains nothing */
} growth;

/* A node's part of the rows and of the clusters. */
typedef struct part {
    size_t begin, end;
    int set_begin, set_end;
    int64_t excess; /* of a leaf's rows over their nearest centres: no cut gains more */
    int tally;      /* the number of its tally among shape.tally, from 1 on; 0: none */
    int seen;       /* looked at: */
    growth best[TSL__GROWTHS];
} part;

typedef struct shape {
    tsl__tree_work *work;
    tsl_tree *tree;
    part *part;             /* beside tree->node */
    size_t rows;            /* that have a weight */
    size_t *row;            /* those: the ones of a node together, rising */
    uint16_t *code;         /* rows: bins of a node's rows */
    size_t *spare;          /* rows */
    int *set;               /* all clusters: those of a node together */
    int *spare_set;         /* k */
    int *leaves;            /* k: leaves of each cluster */
    int64_t *total;         /* k + 1: tsl__growth */
    unsigned char *bounded; /* raw->cols: by the rules of a node; NULL where that is no matter */
    tsl__curve curve;
    tsl__tally *tally; /* tallies, of which tally_count are open */
    int tallies, tally_count;
} shape;

static size_t row_count(const part *p)
{
    return p->end - p->begin;
}

static tsl__tree_rows rows_get(const shape *s, const part *p)
{
    return (tsl__tree_rows){s->row + p->begin, p->end - p->begin};
}

static int part_set(const shape *s, const part *p, const tsl__cut *cut)
{
    int left = p->set_begin, right = 0;
    for (int i = p->set_begin; i < p->set_end; i++) {
        if (tsl__center_place_get(s->work, s->set[i], (size_t)cut->column, cut->missing_left) <= cut->split) {
            s->set[left++] = s->set[i];
        } else {
            s->spare_set[right++] = s->set[i];
        }
    }
    memcpy(s->set + left, s->spare_set, (size_t)right * sizeof *s->set);
    return left;
}

static int32_t node_add(shape *s, int32_t parent, part p)
{
    int32_t at = (int32_t)s->tree->node_count++;
    s->tree->node[at] = (tsl_tree_node){-1, -1, -1, 0, -1, -1, parent, p.end - p.begin, 0};
    s->part[at] = p;
    s->tree->leaves++;
    return at;
}

/* Cuts a leaf's rows in two, and its clusters by their places. */
static void cut_leaf(shape *s, int32_t at, const tsl__cut *cut)
{
    part *p = &s->part[at];
    tsl_tree_node *node = &s->tree->node[at];
    const tsl__split_rows rows = {s->row + p->begin, p->end - p->begin, s->spare, s->code};
    const size_t middle = p->begin + tsl__split_apply(s->work, cut, rows, node);
    node->cluster = -1;
    int set_middle = part_set(s, p, cut);
    node->left =
        node_add(s, at, (part){.begin = p->begin, .end = middle, .set_begin = p->set_begin, .set_end = set_middle});
    node->right =
        node_add(s, at, (part){.begin = middle, .end = p->end, .set_begin = set_middle, .set_end = p->set_end});
    s->tree->leaves--;
}

/* What the part's rows cost at a centre over what each does at its nearest. */
static int64_t excess_get(const shape *s, const part *p, int cluster)
{
    const size_t k = (size_t)s->work->k, count = row_count(p), parts = tsl__part_count(count, MOST_PARTS);
    const int team = tsl__team_size(s->work->threads, (double)count);
    int64_t sum[MOST_PARTS] = {0};
#pragma omp parallel for num_threads(team) schedule(static)
    for (size_t i = 0; i < parts; i++) {
        size_t begin, end;
        tsl__part_get(count, MOST_PARTS, i, &begin, &end);
        for (size_t r = p->begin + begin; r < p->begin + end; r++) {
            const int64_t *d = s->work->distance + s->row[r] * (k + 1);
            sum[i] += d[cluster] - d[k];
        }
    }
    for (size_t i = 1; i < parts; i++) {
        sum[0] += sum[i];
    }
    return sum[0];
}

/* The cluster of the part's set that costs its rows least. */
static int cheapest(const shape *s, const part *p)
{
    int best = -1;
    int64_t least = INT64_MAX;
    for (int i = p->set_begin; i < p->set_end; i++) {
        int64_t cost = p->set_end - p->set_begin > 1 ? excess_get(s, p, s->set[i]) : 0;
        if (cost < least || (cost == least && s->set[i] < best)) {
            best = s->set[i];
            least = cost;
        }
    }
    return best;
}

static tsl_status tick_leaves(shape *s, tsl_error *err)
{
    tsl_progress_event event = {.stage = "tree", .k = s->work->k, .best_inertia = NAN};
    event.rows = s->work->raw->rows;
    event.fraction = (double)s->tree->leaves / s->work->most;
    return tsl__tick(&s->work->ticker, &event, err);
}

/* What the cuts above a node say of each column. */
static const unsigned char *find_bounded(const shape *s, int32_t at)
{
    if (s->bounded) {
        memset(s->bounded, 0, s->work->raw->cols);
        for (int32_t up = s->tree->node[at].parent; up >= 0; at = up, up = s->tree->node[at].parent) {
            s->bounded[s->tree->node[up].column] |= s->tree->node[up].left == at ? 1 : 2;
        }
    }
    return s->bounded;
}

/* Nodes one after the other, until none has two centres that a cut parts. */
static tsl_status shape_greedy(shape *s, tsl_error *err)
{
    tsl_status status = TSL_OK;
    node_add(s, -1, (part){.end = s->rows, .set_end = s->work->k});
    for (int32_t at = 0; at < (int32_t)s->tree->node_count; at++) {
        part *p = &s->part[at];
        int count = p->set_end - p->set_begin;
        tsl__cut cut = tsl__cut_none;
        if (count > 1) {
            TSL__TRY(tick_leaves(s, err));
            tsl__tree_find_greedy(s->work, rows_get(s, p), s->set + p->set_begin, count, find_bounded(s, at), &cut);
        }
        if (cut.column >= 0) {
            cut_leaf(s, at, &cut);
        } else {
            s->tree->node[at].cluster = cheapest(s, p);
            s->leaves[s->tree->node[at].cluster]++;
        }
    }
done:
    return status;
}

/* A tally that nobody has: a new one, or that of the node with the fewest rows, but
 * for one that is still needed (-1: none). */
static tsl_status take_tally(shape *s, int32_t needed, int *number, tsl_error *err)
{
    int32_t least = -1;
    tsl_status status = TSL_OK;
    if (s->tally_count < s->tallies) {
        *number = ++s->tally_count;
        TSL__NEED(tsl__tally_open(s->work, &s->tally[*number - 1]));
    } else {
        for (int32_t at = 0; at < (int32_t)s->tree->node_count; at++) {
            const part *p = &s->part[at];
            if (p->tally && at != needed && (least < 0 || row_count(p) < row_count(&s->part[least]))) {
                least = at;
            }
        }
        *number = s->part[least].tally;
        s->part[least].tally = 0;
    }
done:
    return status;
}

/* Sees to it that a leaf has its tally: of two halves of a node that has one the
 * smaller is gathered, and what is left is the other's. */
static tsl_status find_tally(shape *s, int32_t at, tsl_error *err)
{
    const int32_t parent = s->tree->node[at].parent;
    int number;
    tsl_status status = TSL_OK;
    if (s->part[at].tally) {
        return TSL_OK;
    }
    if (parent < 0 || !s->part[parent].tally) {
        TSL__TRY(take_tally(s, -1, &number, err));
        tsl__tally_gather(s->work, rows_get(s, &s->part[at]), &s->tally[number - 1]);
        s->part[at].tally = number;
    } else {
        TSL__TRY(take_tally(s, parent, &number, err));
        part *less = &s->part[s->tree->node[parent].left], *more = &s->part[s->tree->node[parent].right];
        if (row_count(less) > row_count(more)) {
            part *other = less;
            less = more;
            more = other;
        }
        less->tally = number;
        more->tally = s->part[parent].tally;
        s->part[parent].tally = 0;
        tsl__tally_gather(s->work, rows_get(s, less), &s->tally[less->tally - 1]);
        tsl__tally_part(s->work, &s->tally[more->tally - 1], &s->tally[less->tally - 1]);
        tsl__tally_weigh(s->work, rows_get(s, more), &s->tally[more->tally - 1]);
    }
done:
    return status;
}

/* Finds the best growths of a leaf. */
static tsl_status look(shape *s, int32_t at, tsl_error *err)
{
    part *p = &s->part[at];
    const int cluster = s->tree->node[at].cluster;
    tsl__growth g = {.total = s->total};
    tsl_status status = TSL_OK;
    TSL__TRY(find_tally(s, at, err));
    tsl__tree_find_growth(s->work, rows_get(s, p), &s->tally[p->tally - 1], cluster, &g);
    const int64_t cost = g.total[cluster], excess = cost - g.total[s->work->k];
    const double before = (double)excess * (double)excess / g.mass;
    for (int keep = 0; keep < TSL__GROWTHS; keep++) {
        const tsl__cut *cut = &g.cut[keep];
        growth *best = &p->best[keep];
        *best = (growth){.cut = *cut, .gain = cut->column >= 0 ? cost - cut->cost : 0};
        const int promising = cut->column >= 0 && best->gain == 0 && cut->promise > before * (1 + NOISE);
        best->promise = promising ? cut->promise - before : 0;
    }
    p->seen = 1;
done:
    return status;
}

/* The best cut of a leaf that was looked at: the only leaf of a cluster keeps
 * the cluster on one side, so that none loses its rule. */
static const growth *growth_get(const shape *s, int32_t at)
{
    return &s->part[at].best[s->leaves[s->tree->node[at].cluster] == 1];
}

static int is_leaf(const shape *s, int32_t at)
{
    return s->tree->node[at].cluster >= 0;
}

/* The leaf that gains most of those seen; where none gains, the most promising one; -1: none. */
static int32_t find_best(const shape *s)
{
    int32_t best = -1;
    for (int32_t at = 0; at < (int32_t)s->tree->node_count; at++) {
        if (!is_leaf(s, at) || !s->part[at].seen) {
            continue;
        }
        const growth *g = growth_get(s, at), *b = best >= 0 ? growth_get(s, best) : NULL;
        if ((g->gain > 0 || g->promise > 0) &&
            (!b || g->gain > b->gain || (g->gain == b->gain && g->promise > b->promise))) {
            best = at;
        }
    }
    return best;
}

/* The leaf with the most excess of those that are still to be seen and may gain so much; -1: none. */
static int32_t find_unseen(const shape *s, int64_t gain)
{
    int32_t best = -1;
    for (int32_t at = 0; at < (int32_t)s->tree->node_count; at++) {
        const part *p = &s->part[at];
        if (is_leaf(s, at) && !p->seen && p->excess > 0 && p->excess >= gain &&
            (best < 0 || p->excess > s->part[best].excess)) {
            best = at;
        }
    }
    return best;
}

/* The leaf to cut next. Leaves that cannot gain as much as another one does are not looked at. */
static tsl_status look_all(shape *s, int32_t *best, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int32_t at = 0; at >= 0;) {
        *best = find_best(s);
        at = find_unseen(s, *best >= 0 ? growth_get(s, *best)->gain : 0);
        if (at >= 0) {
            TSL__TRY(tick_leaves(s, err));
            TSL__TRY(look(s, at, err));
        }
    }
done:
    return status;
}

static void grow_leaf(shape *s, int32_t at)
{
    tsl_tree_node *node = &s->tree->node[at];
    const int cluster = node->cluster;
    const growth best = *growth_get(s, at);
    cut_leaf(s, at, &best.cut);
    s->leaves[cluster]--;
    for (int i = 0; i < 2; i++) {
        const int32_t child = i ? node->right : node->left;
        s->tree->node[child].cluster = best.cut.side[i];
        s->part[child].excess = best.cut.excess[i];
        s->leaves[best.cut.side[i]]++;
    }
    tsl__curve_add(&s->curve, at, cluster, best.gain, rows_get(s, &s->part[node->left]),
                   rows_get(s, &s->part[node->right]));
}

static tsl_status shape_growth(shape *s, int leaves, tsl_error *err)
{
    tsl_status status = TSL_OK;
    while (s->tree->leaves < leaves) {
        int32_t best;
        TSL__TRY(look_all(s, &best, err));
        if (best < 0) {
            break;
        }
        grow_leaf(s, best);
    }
done:
    return status;
}

/* A cut whose two sides came out as one cluster, for no later cut made use of it, becomes a leaf. */
static void fold(shape *s)
{
    for (int32_t at = (int32_t)s->tree->node_count - 1; at >= 0; at--) {
        tsl_tree_node *node = &s->tree->node[at];
        if (node->column < 0) {
            continue;
        }
        const tsl_tree_node *left = &s->tree->node[node->left], *right = &s->tree->node[node->right];
        if (left->column < 0 && right->column < 0 && left->cluster == right->cluster) {
            *node =
                (tsl_tree_node){-1, -1, -1, 0, -1, left->cluster, node->parent, node->rows, left->hits + right->hits};
            s->tree->leaves--;
        }
    }
}

/* Takes out the nodes that folding left without a parent. place: node_count numbers. */
static void compact(shape *s, int32_t *place)
{
    tsl_tree *tree = s->tree;
    int32_t count = 0;
    for (int32_t at = 0; at < (int32_t)tree->node_count; at++) {
        tsl_tree_node *node = &tree->node[at];
        int32_t parent = node->parent;
        int there = parent < 0 || (place[parent] >= 0 && tree->node[place[parent]].column >= 0);
        place[at] = there ? count : -1;
        if (there) {
            tree->node[count] = *node;
            s->part[count] = s->part[at];
            count++;
        }
    }
    tree->node_count = (size_t)count;
    for (int32_t at = 0; at < count; at++) {
        tsl_tree_node *node = &tree->node[at];
        node->parent = node->parent < 0 ? -1 : place[node->parent];
        node->left = node->left < 0 ? -1 : place[node->left];
        node->right = node->right < 0 ? -1 : place[node->right];
    }
}

/* Each row's cluster. */
static void draw(const shape *s, int32_t *drawn)
{
    for (size_t at = 0; at < s->tree->node_count; at++) {
        const tsl_tree_node *node = &s->tree->node[at];
        const size_t begin = s->part[at].begin, end = node->cluster >= 0 ? s->part[at].end : begin;
        const int team = tsl__team_size(s->work->threads, (double)(end - begin));
#pragma omp parallel for num_threads(team) schedule(static)
        for (size_t i = begin; i < end; i++) {
            drawn[s->row[i]] = node->cluster;
        }
    }
}

/* Grows the tree that was asked for, and then on, for the curve; what that
 * adds to the nodes is taken back. */
static tsl_status shape_curve(shape *s, int32_t *drawn, tsl_error *err)
{
    tsl_tree *tree = s->tree;
    tsl_tree_node *kept = NULL;
    tsl_status status = TSL_OK;
    draw(s, drawn);
    for (size_t at = 0; at < tree->node_count; at++) {
        if (is_leaf(s, (int32_t)at)) {
            s->part[at].excess = excess_get(s, &s->part[at], tree->node[at].cluster);
        }
    }
    tsl__tree_tell(s->work, "growth");
    TSL__TRY(tsl__curve_open(&s->curve, s->work, tree, drawn, err));
    TSL__TRY(shape_growth(s, s->work->leaves, err));
    const size_t count = tree->node_count;
    const int leaves = tree->leaves;
    TSL__NEED(kept = tsl__alloc(count, sizeof *kept));
    memcpy(kept, tree->node, count * sizeof *kept);
    tsl__tree_tell(s->work, "curve");
    TSL__TRY(shape_growth(s, s->work->most, err));
    memcpy(tree->node, kept, count * sizeof *kept);
    tree->node_count = count;
    tree->leaves = leaves;
done:
    free(kept);
    return status;
}

/* level: node_count numbers. */
static void find_depth(tsl_tree *tree, int32_t *level)
{
    tree->depth = 0;
    for (size_t at = 0; at < tree->node_count; at++) {
        const tsl_tree_node *node = &tree->node[at];
        level[at] = node->parent < 0 ? 0 : level[node->parent] + 1;
        tree->depth = level[at] > tree->depth ? level[at] : tree->depth;
    }
}

/* Hits, and each row's cluster, of a tree that is not rounded. */
static void count_hits(shape *s, int32_t *drawn)
{
    for (size_t at = 0; at < s->tree->node_count; at++) {
        tsl_tree_node *node = &s->tree->node[at];
        for (size_t i = s->part[at].begin; node->cluster >= 0 && i < s->part[at].end; i++) {
            node->hits += s->work->label[s->row[i]] == node->cluster;
        }
    }
    draw(s, drawn);
}

static void shape_close(shape *s)
{
    for (int i = 0; s->tally && i < s->tally_count; i++) {
        tsl__tally_free(&s->tally[i]);
    }
    free(s->tally);
    free(s->part);
    free(s->row);
    free(s->spare);
    free(s->code);
    free(s->set);
    free(s->spare_set);
    free(s->leaves);
    free(s->bounded);
    free(s->total);
    tsl__curve_close(&s->curve);
}

/* One for each leaf, as long as there is room; two at least, those of a leaf and of one half. */
static int count_tallies(const tsl__tree_work *work)
{
    const size_t room = TALLY_BYTES / tsl__tally_bytes(work), most = (size_t)work->most;
    const size_t fit = work->tallies ? (size_t)work->tallies : room;
    return (int)(fit < 2 ? 2 : fit < most ? fit : most);
}

static int shape_open(shape *s)
{
    size_t rows = s->work->raw->rows, k = (size_t)s->work->k;
    const int shallow = s->work->method == TSL_TREE_SHALLOW;
    s->part = tsl__alloc(2 * (size_t)s->work->most - 1, sizeof *s->part);
    s->row = tsl__alloc_aligned(rows, sizeof *s->row);
    s->spare = tsl__alloc_aligned(rows, sizeof *s->spare);
    s->code = tsl__alloc_aligned(rows, sizeof *s->code);
    s->set = tsl__alloc(k, sizeof *s->set);
    s->spare_set = tsl__alloc(k, sizeof *s->spare_set);
    s->leaves = tsl__alloc_zero(k, sizeof *s->leaves);
    s->total = tsl__alloc(k + 1, sizeof *s->total);
    s->tallies = count_tallies(s->work);
    s->tally = tsl__alloc_zero((size_t)s->tallies, sizeof *s->tally);
    s->bounded = shallow ? tsl__alloc(s->work->raw->cols, sizeof *s->bounded) : NULL;
    if (!s->part || !s->row || !s->spare || !s->code || !s->set || !s->spare_set || !s->leaves || !s->total ||
        !s->tally || (shallow && !s->bounded)) {
        return 0;
    }
    for (size_t r = 0; r < rows; r++) {
        if (tsl__weight_get(s->work->weight, r) > 0) {
            s->row[s->rows++] = r;
        }
    }
    for (size_t c = 0; c < k; c++) {
        s->set[c] = (int)c;
    }
    return 1;
}

tsl_status tsl__tree_shape(tsl__tree_work *work, tsl_tree *tree, int32_t *drawn, tsl_error *err)
{
    shape s = {.work = work, .tree = tree};
    tsl__tree_rows *rows = NULL;
    int32_t *number = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(number = tsl__alloc(2 * (size_t)work->most - 1, sizeof *number));
    TSL__NEED(shape_open(&s));
    tsl__tree_tell(work, "first leaves");
    TSL__TRY(shape_greedy(&s, err));
    if (work->method == TSL_TREE_IMM) {
        TSL__TRY(tsl__tree_measure(work, 0, err));
    }
    TSL__TRY(shape_curve(&s, drawn, err));
    tsl__tree_tell(work, "rounding");
    fold(&s);
    compact(&s, number);
    if (work->round > 0) {
        TSL__NEED(rows = tsl__alloc(tree->node_count, sizeof *rows));
        for (size_t at = 0; at < tree->node_count; at++) {
            rows[at] = rows_get(&s, &s.part[at]);
        }
        TSL__TRY(tsl__tree_round(work, tree, rows, drawn, err));
        fold(&s);
        compact(&s, number);
    } else {
        count_hits(&s, drawn);
    }
    find_depth(tree, number);
done:
    free(rows);
    shape_close(&s);
    free(number);
    return status;
}
