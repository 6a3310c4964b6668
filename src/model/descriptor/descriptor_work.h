/* descriptor_work.h: what a tree of descriptors is grown from. */
#ifndef TSL_MODEL_DESCRIPTOR_WORK_H
#define TSL_MODEL_DESCRIPTOR_WORK_H

#include "model/cancel.h"
#include "model/rows.h"

#include <tesela/model.h>

/* A column as codes: of a number the places of its values, or of their bins, in rising order; of a category its
 * levels. */
typedef struct tsl__descriptor_codes {
    uint32_t *code; /* rows; `count`: missing */
    uint32_t count;
    int ordered;  /* 1: a number */
    double *low;  /* of a number, count: the least value of each ... */
    double *high; /* ... and the greatest */
} tsl__descriptor_codes;

/* descriptor_codes.c: bins 0: each value is a place of its own. */
TSL_FALLIBLE tsl_status tsl__descriptor_codes_open(const tsl_descriptor_columns *columns, const double *weight,
                                                   int bins, int threads, tsl__descriptor_codes **out, tsl_error *err);
void tsl__descriptor_codes_free(tsl__descriptor_codes *codes, size_t cols);

/* Rows are added up in channels: [0] how many, then the weight of each class, or the weight and the sum of the value.
 */
typedef struct tsl__descriptor_task {
    const tsl_descriptor_column *column; /* cols */
    const tsl__descriptor_codes *codes;  /* cols */
    size_t cols, rows;
    tsl__weights weights;
    const int32_t *label; /* or NULL: */
    const double *value;
    double center; /* of the value: taken off before squares are summed */
    size_t channels;
    tsl_descriptor_options opt;
    int threads;
    tsl__cancel *cancel;
} tsl__descriptor_task;

/* Rows of a node, view. */
typedef struct tsl__descriptor_rows {
    const uint32_t *row;
    size_t count;
    const double *sum; /* channels */
} tsl__descriptor_rows;

static inline void tsl__descriptor_add(const tsl__descriptor_task *task, size_t row, double *sum)
{
    const double w = tsl__weight_get(task->weights.of, row);
    sum[0] += 1;
    if (task->label) {
        sum[1 + task->label[row]] += w;
    } else {
        sum[1] += w;
        sum[2] += w * (task->value[row] - task->center);
    }
}

/* descriptor_sums.c: the weight of what is summed; and what a node of it takes off the loss: (sum of squares) / weight.
 */
double tsl__descriptor_weight(const tsl__descriptor_task *task, const double *sum);
double tsl__descriptor_score(const tsl__descriptor_task *task, const double *sum);

/* How a column cuts a node. */
#define TSL__DESCRIPTOR_BOUNDS 64
typedef struct tsl__descriptor_split {
    int32_t column; /* -1: none */
    double gain;    /* the greater, the better; of one method */
    int32_t child_count;
    size_t bound_count;                     /* of a number: its known values have so many children and one */
    uint32_t last[TSL__DESCRIPTOR_BOUNDS];  /* the greatest code seen of child i ... */
    uint32_t first[TSL__DESCRIPTOR_BOUNDS]; /* ... and the least of child i + 1 */
    int32_t *part;   /* of a category: child of each code, -1: not seen; room for all of the column's */
    int32_t missing; /* child, -1: not seen */
    double chi_square, degrees, log_p, effect;
} tsl__descriptor_split;

/* The child of a code. */
static inline int32_t tsl__descriptor_side(const tsl__descriptor_split *split, const tsl__descriptor_codes *codes,
                                           uint32_t code)
{
    if (code == codes->count) {
        return split->missing;
    }
    if (!codes->ordered) {
        return split->part[code];
    }
    int32_t child = 0;
    while ((size_t)child < split->bound_count && code > split->last[child]) {
        child++;
    }
    return child;
}

/* Room that a thread searches in. */
typedef struct tsl__descriptor_room {
    double *cell;   /* cells */
    double *sorted; /* 4 x rows, or NULL: no column needs it */
    double *sums;   /* TSL__DESCRIPTOR_SUMS x channels */
    double *pair;   /* 2 x most^2: of CHAID; else NULL */
    int32_t *item;  /* 4 x most */
    double *key;    /* most */
} tsl__descriptor_room;
#define TSL__DESCRIPTOR_SUMS 6

/* Rows times channels of a table up to which rows are added up a code; beyond, they are sorted. */
static inline size_t tsl__descriptor_cells(const tsl__descriptor_codes *codes, size_t channels)
{
    return ((size_t)codes->count + 1) * channels;
}
#define TSL__DESCRIPTOR_FEW_CELLS 4096

/* Adds up the rows of each code: cell[code * channels]. */
void tsl__descriptor_tabulate(const tsl__descriptor_task *task, const tsl__descriptor_rows *rows, size_t column,
                              double *cell);
/* 1 where a child of these rows is large enough. */
int tsl__descriptor_fits(const tsl__descriptor_task *task, const double *sum);

/* The best cut of a node by one column; split->part is the caller's room. */
void tsl__cart_search(const tsl__descriptor_task *task, const tsl__descriptor_rows *rows, size_t column,
                      const tsl__descriptor_room *room, tsl__descriptor_split *split);
void tsl__chaid_search(const tsl__descriptor_task *task, const tsl__descriptor_rows *rows, size_t column,
                       const tsl__descriptor_room *room, tsl__descriptor_split *split);

/* chaid_merge.c: categories merged, and how many ways there are to. */
typedef struct tsl__chaid_items {
    size_t count; /* categories that are there, missing last */
    int ordered;  /* 1: of a number */
    int missing;  /* 1: the last one is missing */
    size_t channels;
    double *sum;            /* count x channels; of those that are merged in the first */
    int32_t *group;         /* count: the first category of each one's group */
    double *log_p, *effect; /* count x count: of the pairs of first ones */
    double *scratch;        /* 3 x channels */
} tsl__chaid_items;
/* Merges until all that stay apart differ by alpha and effect, and hold min_rows rows; gives the number of groups. */
size_t tsl__chaid_merge(const tsl__chaid_items *items, double alpha, double effect, const tsl__descriptor_task *task);
/* The logarithm of Bonferroni's multiplier: in how many ways so many categories make so many groups (Kass 1980). */
double tsl__chaid_multiplier(size_t categories, size_t groups, int ordered, int missing);

/* descriptor_grow.c: a tree of these rows, reordered, with room for as many again. Seconds, columns, skill and curve
 * are not set. */
TSL_FALLIBLE tsl_status tsl__descriptor_grow(const tsl__descriptor_task *task, uint32_t *row, size_t rows,
                                             tsl_descriptor **out, tsl_error *err);
/* descriptor_tree.c: takes back all but the first so many cuts. */
void tsl__descriptor_prune(tsl_descriptor *tree, int32_t cuts);
/* The child that a row's value goes to. */
int32_t tsl__descriptor_child(const tsl_descriptor_column *column, const tsl_descriptor_node *node, double value);

/* descriptor_skill.c: *cuts: how many cuts cross-validation bears out. tree: as grown of all rows, to be told its
 * skill and curve. */
TSL_FALLIBLE tsl_status tsl__descriptor_measure(const tsl__descriptor_task *task, const tsl_matrix *values,
                                                tsl_descriptor *tree, int32_t *cuts, tsl_error *err);

#endif
