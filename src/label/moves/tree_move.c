/* tree_move.c: the least change of one raw value, or of two, that ends in a leaf of another segment.
 *
 * A row ends in a leaf where it passes all of its bounds, so that what has to change is what does not
 * pass: each leaf says by itself how far it is. The levels of a category are one value. */
#include "label/moves/moves.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

/* What it takes to come to a leaf; count above 2: too much. */
typedef struct attempt {
    const tsl__mover *mover;
    const tsl_tree *tree;
    const size_t *feature; /* of each column of the tree */
    const tsl__tree_aim *aim;
    const tsl_tree_path *path;
    tsl_move move;
    int possible;
} attempt;

static int passes_no(const tsl_tree_bound *bound)
{
    return bound->low < 0 && bound->high >= 0;
}

static int passes_yes(const tsl_tree_bound *bound)
{
    return bound->low < 1 && bound->high >= 1;
}

static double get_value(const attempt *a, const tsl_tree_bound *bound)
{
    return a->mover->x[a->feature[bound->column]];
}

static int passes(const attempt *a, const tsl_tree_bound *bound)
{
    const double x = get_value(a, bound);
    return isnan(x) ? bound->missing : x > bound->low && x <= bound->high;
}

static void add_change(attempt *a, const tsl_tree_bound *bound, double to, double shift)
{
    const size_t feature = a->feature[bound->column];
    const double now = get_value(a, bound);
    if (a->move.count == 2 || (a->aim->only != SIZE_MAX && (feature != a->aim->only || !(to > now)))) {
        a->possible = 0;
        return;
    }
    a->move.change[a->move.count++] = (tsl_change){feature, now, to, bound->low, bound->high};
    a->move.shift += shift;
}

static tsl_status change_number(attempt *a, const tsl_tree_bound *bound, tsl_error *err)
{
    const double now = get_value(a, bound);
    const tsl__value_order *order;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__value_order_get(a->mover, a->feature[bound->column], &order, err));
    const double to = tsl__value_order_find(order, now, bound->low, bound->high, 0);
    a->possible &= !isnan(to);
    if (a->possible) {
        add_change(a, bound, to, isnan(now) ? 1 : tsl__value_order_shift(order, now, to));
    }
done:
    return status;
}

static void change_boolean(attempt *a, const tsl_tree_bound *bound)
{
    if (passes_no(bound) || passes_yes(bound)) {
        add_change(a, bound, passes_yes(bound), 1);
    } else {
        a->possible = 0; /* a known value does not become unknown */
    }
}

static int is_of_category(const attempt *a, const tsl_tree_bound *bound, const char *category)
{
    const tsl_tree_column *column = &a->tree->column[bound->column];
    return column->form == TSL_TREE_LEVEL && strcmp(column->category, category) == 0;
}

/* The bounds on one category, from its first on: he becomes the level that must be, else none of those that must not.
 */
static void change_category(attempt *a, size_t first)
{
    const char *category = a->tree->column[a->path->bound[first].column].category;
    const tsl_tree_bound *must = NULL, *fails = NULL;
    for (size_t b = first; b < a->path->count; b++) {
        const tsl_tree_bound *bound = &a->path->bound[b];
        if (!is_of_category(a, bound, category)) {
            continue;
        }
        fails = !fails && !passes(a, bound) ? bound : fails;
        if (!passes_no(bound)) {
            a->possible &= passes_yes(bound) && !must; /* one level at a time */
            must = bound;
        }
    }
    if (fails && a->possible) {
        add_change(a, must ? must : fails, must != NULL, 1);
    }
}

static int is_first_of_category(const attempt *a, size_t b)
{
    size_t first = 0;
    while (!is_of_category(a, &a->path->bound[first], a->tree->column[a->path->bound[b].column].category)) {
        first++;
    }
    return first == b;
}

static tsl_status try_path(attempt *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    a->possible = 1;
    a->move = (tsl_move){.segment = a->path->cluster + 1};
    for (size_t b = 0; b < a->path->count && a->possible; b++) {
        const tsl_tree_bound *bound = &a->path->bound[b];
        switch (a->tree->column[bound->column].form) {
        case TSL_TREE_LEVEL:
            if (is_first_of_category(a, b)) {
                change_category(a, b);
            }
            break;
        case TSL_TREE_BOOLEAN:
            if (!passes(a, bound)) {
                change_boolean(a, bound);
            }
            break;
        default:
            TSL__TRY(passes(a, bound) ? TSL_OK : change_number(a, bound, err));
        }
    }
done:
    return status;
}

tsl_status tsl__tree_move_find(const tsl__mover *mover, const size_t *feature, const tsl__tree_aim *aim, tsl_move *out,
                               tsl_error *err)
{
    const tsl_tree *tree = mover->model->tree;
    tsl_status status = TSL_OK;
    tsl_tree_path *path = NULL;
    size_t count = 0;
    *out = (tsl_move){.segment = 0};
    TSL__TRY(tsl_tree_get_paths(tree, -1, &path, &count, err));
    for (size_t p = 0; p < count; p++) {
        attempt a = {.mover = mover, .tree = tree, .feature = feature, .aim = aim, .path = &path[p]};
        if (path[p].cluster == aim->from || path[p].cluster >= aim->groups) {
            continue;
        }
        TSL__TRY(try_path(&a, err));
        const int better =
            out->segment == 0 || a.move.count < out->count || (a.move.count == out->count && a.move.shift < out->shift);
        if (a.possible && better) {
            *out = a.move;
        }
    }
done:
    tsl_tree_paths_free(path, count);
    return status;
}
