/* normalise.h: raw columns -> normalised vector columns. */
#ifndef TSL_FEATURE_NORMALISE_H
#define TSL_FEATURE_NORMALISE_H

#include <tesela/feature.h>

/* A value on the transformed scale. */
double tsl__transform_get(tsl_transform how, double x);
/* The raw value of a column's value t on the transformed scale. */
double tsl__transform_invert(const tsl_vector_column *column, double t);
/* The normalised value of one raw value. */
double tsl__normalise_get(const tsl_vector_column *column, double x);
/* The value on the transformed scale of a normalised one; within low and high the other way round. */
double tsl__normalise_unscale(const tsl_vector_column *column, double v);
/* 1 where both map every known value to the same. */
int tsl__normalise_is_same(const tsl_vector_column *a, const tsl_vector_column *b);

/* Fits the bins of every feature to features->x, and the recipe's columns of
 * the three vectors, of weight 0. Notes what is left out. */
TSL_FALLIBLE tsl_status tsl__normalise_fit(tsl_features *features, const tsl_exec *exec, tsl_error *err);
/* How a column of the basis's own is made. */
typedef struct tsl__own_column {
    size_t first;            /* its feature, or that which its block begins with */
    tsl_transform transform; /* of numbers */
    double unit;             /* of TSL_LOG1P_UNITS */
    int indicators;          /* 1: a "..._missing" column too, where many are missing */
    int fill_high;           /* 1: what is missing counts as the greatest */
    int keep;                /* 1: a number that does not vary has a column too, of zeros */
    int by_skewness;         /* 1: of numbers the signed logarithm where their skewness is above 1, else as they are */
    size_t least_distinct;   /* numbers of fewer values have none */
    int unscaled; /* 1: yes/no columns are centred alone, values of a category so that two that differ are 1 apart */
    tsl_part part;
    int added; /* 1: asked for by name */
} tsl__own_column;
/* What the known values of a feature are like, of the customers who are not set apart. */
typedef struct tsl__values_look {
    size_t distinct;
    double filled; /* share of the customers of the most frequent value; those without any have the median */
} tsl__values_look;
/* The columns of a feature's block as the vectors would have them. */
tsl__own_column tsl__own_column_of(const tsl_recipe *recipe, size_t first);
/* Fits them to the customers who are not set apart, and appends them to the recipe's
 * as extra, of weight 0. look: of a number, how its values are; or NULL. */
TSL_FALLIBLE tsl_status tsl__normalise_fit_extra(tsl_features *features, const tsl__own_column *how,
                                                 tsl__values_look *look, tsl_error *err);
/* Takes all extra columns away. */
void tsl__normalise_drop_extras(tsl_features *features);
/* Sets the weights of the columns with chosen[c] != 0; 0 for the others. In the
 * vectors' bases sqrt(group weight / number of the group's features), of the
 * order of the features, a block counting as one; else sqrt(group weight). */
void tsl__normalise_weigh(tsl_recipe *recipe, const char *chosen);
/* Points the three vectors at the recipe's columns and fills them from x. */
TSL_FALLIBLE tsl_status tsl__normalise_apply(tsl_features *features, const tsl_exec *exec, tsl_error *err);
/* The value of a vector's column; computed where the vector has none. */
float tsl__vectors_get(const tsl_features *features, const tsl_vector *vector, size_t row, size_t column);
/* The same of all columns of the rows begin to end, computed anew: (end - begin) x cols. */
void tsl__vectors_fill(const tsl_features *features, const tsl_vector *vector, size_t begin, size_t end, float *out);
/* Points the three vectors at the recipe's columns, without values. */
void tsl__vectors_set(tsl_features *features);

#endif
