/* model_check.c: whether a model that was read from a file holds together. */
#include "model/model_check.h"

#include "model/kmeans/lloyd.h"

#include <float.h>
#include <math.h>

static const tsl__model_fault sound = {NULL, NULL, SIZE_MAX};

static tsl__model_fault fault(const char *path, const char *what, size_t entry)
{
    return (tsl__model_fault){path, what, entry};
}

/* ---- Arrays of numbers --------------------------------------------------- */

/* What a number may be. */
typedef struct range {
    double low, high; /* both within */
    int missing;      /* 1: or NaN */
} range;

/* What is a share in mathematics may be a rounding more. */
#define ONE (1 + 1e-9)

static const range known = {-DBL_MAX, DBL_MAX, 0}, known_or_missing = {-DBL_MAX, DBL_MAX, 1};
static const range share = {0, ONE, 0}, share_or_missing = {0, ONE, 1}, index_or_missing = {-ONE, ONE, 1};
static const range cost = {0, (double)INFINITY, 0}, cost_or_missing = {0, (double)INFINITY, 1};

static int is_within(double value, const range *may)
{
    return isnan(value) ? may->missing : value >= may->low && value <= may->high;
}

static tsl__model_fault check_numbers(const char *path, const double *value, size_t count, const range *may)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_within(value[i], may)) {
            return fault(path, "is out of range", i);
        }
    }
    return sound;
}

/* Sizes that add up to the rows. */
static tsl__model_fault check_sizes(const char *path, const uint64_t *size, size_t count, uint64_t rows, size_t first)
{
    uint64_t left = rows;
    for (size_t i = 0; i < count; i++) {
        if (size[i] > left) {
            return fault(path, "is more than the rows that there are", first + i);
        }
        left -= size[i];
    }
    return left == 0 ? sound : fault(path, "do not add up to the rows", SIZE_MAX);
}

/* Weights of the clusters, some above 0. */
static tsl__model_fault check_weights(const double *weight, size_t k)
{
    double all = 0;
    for (size_t i = 0; weight && i < k; i++) {
        if (!is_within(weight[i], &(const range){0, DBL_MAX, 0})) {
            return fault("weights", "is out of range", i);
        }
        all += weight[i];
    }
    return !weight || (all > 0 && all <= DBL_MAX) ? sound : fault("weights", "add up to nothing that can be", SIZE_MAX);
}

/* The first fault of a list, or none. */
#define CHECK(step)                                                                                                    \
    do {                                                                                                               \
        const tsl__model_fault found = (step);                                                                         \
        if (found.path) {                                                                                              \
            return found;                                                                                              \
        }                                                                                                              \
    } while (0)

/* ---- Clusters and the sweep ---------------------------------------------- */

static tsl__model_fault check_clusters(const tsl_model *m)
{
    const size_t k = (size_t)m->k;
    if (m->rows < 1) {
        return fault("rows", "is not at least 1", SIZE_MAX);
    }
    if (m->cols < 1) {
        return fault("centers", "have no column", SIZE_MAX);
    }
    CHECK(check_numbers("centers", m->center, k * m->cols, &known));
    CHECK(check_numbers("columns/share", m->sweep->column_share, m->sweep->column_share ? m->cols : 0, &share));
    CHECK(check_sizes("sizes", m->size, k, m->rows, 0));
    CHECK(check_weights(m->sweep->candidate[m->sweep->best].weight, k));
    CHECK(check_numbers("mean_distances", m->mean_distance, k, &cost_or_missing));
    CHECK(check_numbers("centers_raw", m->center_raw, k * m->raw_cols, &known_or_missing));
    return sound;
}

/* No size is so large that their sum would leave 64 bits. */
static tsl__model_fault check_classes(const tsl_model *m)
{
    for (int c = 0; c < m->class_count; c++) {
        if (m->class_size[c] > UINT64_MAX / TSL_CLUSTERS_MAX / 2) {
            return fault("class_sizes", "is more than rows can be", (size_t)c);
        }
    }
    CHECK(check_numbers("class_weights", m->class_weight, (size_t)m->class_count, &(const range){0, DBL_MAX, 0}));
    return sound;
}

static tsl__model_fault check_candidate(const tsl_sweep *sweep, size_t i)
{
    const tsl_candidate *c = &sweep->candidate[i];
    if (c->k > TSL_CLUSTERS_MAX || (i > 0 && c->k <= sweep->candidate[i - 1].k)) {
        return fault("sweep/k", "does not rise, or is too great", i);
    }
    if (c->iterations < 0 || c->restart < 0) {
        return fault(c->restart < 0 ? "sweep/restart" : "sweep/iterations", "is negative", i);
    }
    const struct {
        const char *path;
        double value;
        const range *may;
    } number[] = {
        {"sweep/inertia", c->inertia, &cost},
        {"sweep/penalty", c->penalty, &cost},
        {"sweep/silhouette", c->silhouette, &index_or_missing},
        {"sweep/calinski_harabasz", c->calinski_harabasz, &cost_or_missing},
        {"sweep/davies_bouldin", c->davies_bouldin, &cost_or_missing},
        {"sweep/smallest_share", c->smallest_share, &share},
    };
    for (size_t n = 0; n < sizeof number / sizeof number[0]; n++) {
        if (!is_within(number[n].value, number[n].may)) {
            return fault(number[n].path, "is out of range", i);
        }
    }
    return sound;
}

static tsl__model_fault check_sweep(const tsl_model *m)
{
    const tsl_sweep *sweep = m->sweep;
    size_t first = 0;
    for (size_t i = 0; i < sweep->count; i++) {
        CHECK(check_candidate(sweep, i));
        CHECK(check_sizes("sweep/sizes", sweep->candidate[i].size, (size_t)sweep->candidate[i].k, m->rows, first));
        first += (size_t)sweep->candidate[i].k;
    }
    if (sweep->info.silhouette_rows > m->rows) {
        return fault("sweep/silhouette_rows", "is more than the rows that there are", SIZE_MAX);
    }
    if (sweep->placed < 0 || sweep->placed > sweep->candidate[0].k) {
        return fault("sweep/placed", "is no number of its clusters", SIZE_MAX);
    }
    if ((unsigned)sweep->places > TSL_PLACES_PREVIOUS) {
        return fault("sweep/places", "are of no kind", SIZE_MAX);
    }
    if (sweep->info.k_max_lowered < 0) {
        return fault("sweep/k_max_lowered", "is negative", SIZE_MAX);
    }
    return sound;
}

/* ---- The evidence ---------------------------------------------------------- */

static tsl__model_fault check_stable(const tsl_stable_clusters *s, const char *path, size_t i)
{
    CHECK(is_within(s->agreement, &index_or_missing) ? sound : fault(path, "has an agreement out of range", i));
    CHECK(check_numbers(path, s->jaccard, (size_t)s->k, &share_or_missing));
    CHECK(check_numbers(path, s->within, (size_t)s->k, &share_or_missing));
    CHECK(check_numbers(path, s->across, (size_t)s->k, &index_or_missing));
    return sound;
}

static tsl__model_fault check_delivered(const tsl_model *m)
{
    const tsl_stability *s = m->delivered;
    if (!s) {
        return sound;
    }
    if (s->count != 1 || s->of[0].k != m->k || s->replicates < 2) {
        return fault("evidence/delivered", "is not of the model's clusters", SIZE_MAX);
    }
    return check_stable(&s->of[0], "evidence/delivered", 0);
}

static tsl__model_fault check_validity(const tsl_validity *v)
{
    const struct {
        double value;
        const range *may;
    } number[] = {{v ? v->natural_agreement : NAN, &index_or_missing},
                  {v ? v->quality.silhouette : NAN, &index_or_missing},
                  {v ? v->quality.silhouette_error : NAN, &cost_or_missing},
                  {v ? v->quality.silhouette_macro : NAN, &index_or_missing},
                  {v ? v->quality.simplified_silhouette : NAN, &index_or_missing},
                  {v ? v->quality.simplified_macro : NAN, &index_or_missing},
                  {v ? v->quality.inertia : NAN, &cost_or_missing},
                  {v ? v->quality.calinski_harabasz : NAN, &cost_or_missing},
                  {v ? v->quality.davies_bouldin : NAN, &cost_or_missing},
                  {v ? v->quality.dunn : NAN, &cost_or_missing},
                  {v ? v->gap_error : NAN, &cost_or_missing},
                  {v ? v->strength : NAN, &share_or_missing}};
    for (size_t n = 0; n < sizeof number / sizeof *number; n++) {
        CHECK(is_within(number[n].value, number[n].may) ? sound
                                                        : fault("evidence/validity", "is out of range", SIZE_MAX));
    }
    return sound;
}

static tsl__model_fault check_judged(const tsl_candidate_evidence *of, const tsl_stable_clusters *stable,
                                     const tsl_candidate *candidate, size_t i)
{
    if (of->k != candidate->k || stable->k != candidate->k) {
        return fault("evidence/candidates/k", "is not that of the sweep", i);
    }
    const struct {
        double value;
        const range *may;
    } number[] = {{of->silhouette, &index_or_missing},
                  {of->silhouette_error, &cost_or_missing},
                  {of->silhouette_macro, &index_or_missing},
                  {of->simplified_silhouette, &index_or_missing},
                  {of->dunn, &cost_or_missing},
                  {of->gap_error, &cost_or_missing},
                  {of->strength, &share_or_missing}};
    for (size_t n = 0; n < sizeof number / sizeof *number; n++) {
        CHECK(is_within(number[n].value, number[n].may) ? sound : fault("evidence/candidates", "is out of range", i));
    }
    return check_stable(stable, "evidence/stability", i);
}

/* Each candidate of the evidence is one of the sweep that was judged. */
static tsl__model_fault check_evidence(const tsl_model *m)
{
    const tsl_evidence *e = m->evidence;
    const tsl_sweep *sweep = m->plain ? m->plain : m->sweep;
    if (!e) {
        return sound;
    }
    if (e->count != sweep->count || e->stability->count != sweep->count || e->stability->replicates < 2) {
        return fault("evidence/candidates", "are not those of the sweep", SIZE_MAX);
    }
    for (size_t i = 0; i < e->count; i++) {
        CHECK(m->plain ? check_candidate(sweep, i) : sound);
        CHECK(check_judged(&e->of[i], &e->stability->of[i], &sweep->candidate[i], i));
    }
    if (e->gap_best < 0 || e->strength_best < 0 || e->natural->k < 1 || e->natural->k > TSL_CLUSTERS_MAX ||
        e->natural->k_with_far < 1 || e->natural->k_with_far > TSL_CLUSTERS_MAX) {
        return fault("evidence", "has a number of clusters that cannot be", SIZE_MAX);
    }
    CHECK(check_validity(m->validity));
    return check_delivered(m);
}

/* ---- The tree ------------------------------------------------------------ */

/* Whether a node stands where it may, among those that it names. */
static int is_placed(const tsl_tree *tree, size_t i)
{
    const tsl_tree_node *node = &tree->node[i];
    int64_t at = (int64_t)i, count = (int64_t)tree->node_count;
    if (i == 0 ? node->parent != -1 : node->parent < 0 || node->parent >= at) {
        return 0;
    }
    if (node->column < 0) {
        return node->column == -1 && node->left == -1 && node->right == -1 && node->cluster >= 0 &&
               node->cluster < tree->k;
    }
    return (size_t)node->column < tree->cols && node->cluster == -1 && node->left > at && node->left < count &&
           node->right > at && node->right < count && node->left != node->right &&
           tree->node[node->left].parent == at && tree->node[node->right].parent == at;
}

/* Whether its numbers are possible; its children are where they may be. */
static int is_counted(const tsl_tree *tree, size_t i, uint64_t rows)
{
    const tsl_tree_node *node = &tree->node[i];
    if (node->column < 0) {
        return node->rows <= rows && node->hits <= node->rows;
    }
    const uint64_t left = tree->node[node->left].rows, right = tree->node[node->right].rows;
    return node->rows <= rows && left <= node->rows && right == node->rows - left && !isnan(node->threshold) &&
           node->missing_left >= -1 && node->missing_left <= 1;
}

/* Levels below the root of the deepest node; every node stands where it may. */
static int find_depth(const tsl_tree *tree, int *level)
{
    int deepest = 0;
    for (size_t i = 0; i < tree->node_count; i++) {
        level[i] = i > 0 ? level[tree->node[i].parent] + 1 : 0;
        deepest = level[i] > deepest ? level[i] : deepest;
    }
    return deepest;
}

static tsl__model_fault check_nodes(const tsl_tree *tree, uint64_t rows, int *level)
{
    size_t leaves = 0;
    if (tree->node_count == 0) {
        return fault("tree/nodes", "there is no root", SIZE_MAX);
    }
    for (size_t i = 0; i < tree->node_count; i++) {
        if (!is_placed(tree, i)) {
            return fault("tree/nodes", "does not fit into the tree", i);
        }
        leaves += tree->node[i].column < 0;
    }
    /* Each node but the root is one node's child, where there are just as many as children. */
    if (tree->node_count != 2 * leaves - 1) {
        return fault("tree/nodes", "some stand beside the tree", SIZE_MAX);
    }
    for (size_t i = 0; i < tree->node_count; i++) {
        if (!is_counted(tree, i, rows)) {
            return fault("tree/nodes", "has rows or a threshold that cannot be", i);
        }
    }
    if (tree->leaves < 0 || (size_t)tree->leaves != leaves) {
        return fault("tree/leaves", "is not the number of the leaves", SIZE_MAX);
    }
    return tree->depth == find_depth(tree, level) ? sound
                                                  : fault("tree/depth", "is not the depth of the nodes", SIZE_MAX);
}

/* Of all groups. */
static uint64_t count_rows(const tsl_model *m)
{
    uint64_t rows = m->rows;
    for (int c = 0; c < m->class_count; c++) {
        rows += m->class_size[c];
    }
    return rows;
}

static tsl__model_fault check_curve(const tsl_tree *tree)
{
    for (size_t i = 0; i < tree->curve_count; i++) {
        const tsl_tree_point *point = &tree->curve[i];
        if (point->leaves < 1 || (i > 0 && point->leaves <= tree->curve[i - 1].leaves)) {
            return fault("tree/curve/leaves", "does not rise", i);
        }
        if (!is_within(point->cost_ratio, &cost)) {
            return fault("tree/curve/cost_ratio", "is out of range", i);
        }
        if (!is_within(point->agreement, &share)) {
            return fault("tree/curve/agreement", "is out of range", i);
        }
    }
    return sound;
}

static tsl__model_fault check_tree(const tsl_model *m, int *level)
{
    const tsl_tree *tree = m->tree;
    if (tree->cols != m->raw_cols) {
        return fault("tree/name", "are not as many as the raw columns", SIZE_MAX);
    }
    CHECK(check_nodes(tree, count_rows(m), level));
    CHECK(check_numbers("tree/cost", &tree->cost, 1, &cost));
    CHECK(check_numbers("tree/cost_ratio", &tree->cost_ratio, 1, &cost));
    CHECK(check_numbers("tree/agreement", &tree->agreement, 1, &share));
    CHECK(check_numbers("tree/precision", tree->precision, (size_t)tree->k, &share_or_missing));
    CHECK(check_numbers("tree/coverage", tree->coverage, (size_t)tree->k, &share_or_missing));
    CHECK(check_curve(tree));
    return sound;
}

tsl__model_fault tsl__model_check(const tsl_model *model, int *level)
{
    CHECK(check_clusters(model));
    CHECK(check_classes(model));
    CHECK(check_sweep(model));
    CHECK(check_evidence(model));
    if (model->by_tree && (!model->tree || model->class_count)) {
        return fault("by_tree", model->tree ? "goes with no classes" : "there is no tree", SIZE_MAX);
    }
    return model->tree ? check_tree(model, level) : sound;
}
