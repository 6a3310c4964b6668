/* moves.h: what would move a customer into another segment. */
#ifndef TSL_LABEL_MOVES_H
#define TSL_LABEL_MOVES_H

#include <tesela/label.h>

/* The known values of a feature, rising; made when they are first asked for. */
typedef struct tsl__value_order {
    double *sorted; /* NULL: not yet */
    size_t count;
} tsl__value_order;

/* Whose moves are looked for. */
typedef struct tsl__mover {
    const tsl_features *features;
    const tsl_model *model;
    const double *x;         /* his raw values */
    tsl__value_order *order; /* of each feature */
} tsl__mover;

TSL_FALLIBLE tsl_status tsl__value_order_get(const tsl__mover *mover, size_t feature, const tsl__value_order **out,
                                             tsl_error *err);
/* The share of the values between two: mid-ranks. */
double tsl__value_order_shift(const tsl__value_order *order, double from, double to);
/* The value of the order nearest to x in low < v <= high (closed: low <= v <= high), x being outside; what lies within
 * the order's range where there is none; NaN: nothing does. */
double tsl__value_order_find(const tsl__value_order *order, double x, double low, double high, int closed);

/* Which of the tree's changes are looked at. */
typedef struct tsl__tree_aim {
    int from;    /* the group that the tree puts him into, from 0 */
    int groups;  /* those from 0 to this - 1 are places to go to */
    size_t only; /* the one feature that may change, and only grow; SIZE_MAX: any */
} tsl__tree_aim;

/* tree_move.c; feature: of each column of the tree */
TSL_FALLIBLE tsl_status tsl__tree_move_find(const tsl__mover *mover, const size_t *feature, const tsl__tree_aim *aim,
                                            tsl_move *out, tsl_error *err);
/* distance_move.c; clusters from 0 */
TSL_FALLIBLE tsl_status tsl__distance_move_find(const tsl__mover *mover, int from, int to, tsl_move *out,
                                                tsl_error *err);

#endif
