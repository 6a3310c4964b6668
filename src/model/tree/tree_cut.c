/* tree_cut.c: which of two cuts is the better one, where clusters and values lie, and who is told. */
#include "model/tree/tree.h"

#include <math.h>

const tsl__cut tsl__cut_none = {.cost = INT64_MAX, .column = -1, .side = {-1, -1}};

int tsl__cut_before(const tsl__cut *a, const tsl__cut *b)
{
    if (a->cost != b->cost) {
        return a->cost < b->cost;
    }
    if (a->promise != b->promise) {
        return a->promise > b->promise;
    }
    if (a->column != b->column) {
        return a->column < b->column;
    }
    if (a->missing_left != b->missing_left) {
        return a->missing_left < b->missing_left;
    }
    return a->split != b->split ? a->split < b->split : a->at < b->at;
}

void tsl__cut_take(tsl__cut *best, const tsl__cut *cut)
{
#pragma omp critical(tsl__cut)
    if (cut->column >= 0 && tsl__cut_before(cut, best)) {
        *best = *cut;
    }
}

int64_t tsl__limit_get(const int64_t *limit)
{
    int64_t value;
#pragma omp atomic read
    value = *limit;
    return value;
}

void tsl__limit_lower(int64_t *limit, int64_t cost)
{
#pragma omp critical(tsl__cut)
    if (cost < *limit) {
#pragma omp atomic write
        *limit = cost;
    }
}

double tsl__center_place_get(const tsl__tree_work *work, int cluster, size_t column, int missing_left)
{
    double place = work->place[(size_t)cluster * work->raw->cols + column];
    return !isnan(place) ? place : missing_left ? -INFINITY : INFINITY;
}

int tsl__tree_goes_left(const tsl_tree *tree, const tsl_tree_node *node, double value)
{
    if (!isnan(value)) {
        return value <= node->threshold;
    }
    if (node->missing_left >= 0) {
        return node->missing_left;
    }
    return tree->node[node->left].rows >= tree->node[node->right].rows;
}

void tsl__tree_tell(const tsl__tree_work *work, const char *stage)
{
    if (work->watch.tell) {
        work->watch.tell(work->watch.user, stage);
    }
}
