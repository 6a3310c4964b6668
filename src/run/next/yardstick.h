/* yardstick.h: usual ways of segmenting, which any other is measured against: learned of some customers, and applied to
 * these or others. */
#ifndef TSL_RUN_NEXT_YARDSTICK_H
#define TSL_RUN_NEXT_YARDSTICK_H

#include <tesela/feature.h>
#include <tesela/value.h>

#define TSL__YARD_COLUMNS 3

/* What a way has learned; each has its own part. Starts as zeros. */
typedef struct tsl__yard {
    tsl_rfm rfm;    /* maps of RFM scores */
    double cut[4];  /* fifths of spend */
    int k;          /* k-means: so many clusters, said before; */
    uint64_t seed;  /* likewise */
    double *centre; /* k x TSL__YARD_COLUMNS, owned: of the logarithms of recency, frequency and spend, */
    double unit, shift[TSL__YARD_COLUMNS], scale[TSL__YARD_COLUMNS]; /* of spend, and of these */
} tsl__yard;
void tsl__yard_free(tsl__yard *yard);

typedef struct tsl__yardstick {
    const char *name;
    int classes; /* at most; 0: as many as are asked for */
    /* Learns of the customers who are kept (one a customer; NULL: all). */
    tsl_status (*fit)(const tsl_features *features, const unsigned char *kept, const tsl_exec *exec, tsl__yard *yard,
                      tsl_error *err);
    /* The class of each customer, from 0; -1: without a purchase. */
    tsl_status (*predict)(const tsl__yard *yard, const tsl_features *features, const tsl_exec *exec, int32_t *out,
                          tsl_error *err);
} tsl__yardstick;

enum { TSL__YARD_MAP, TSL__YARD_FIFTHS, TSL__YARD_MAP_11, TSL__YARD_MEANS, TSL__YARDSTICKS };
extern const tsl__yardstick tsl__yardsticks[TSL__YARDSTICKS];

/* Of all customers, learned of them. */
TSL_FALLIBLE tsl_status tsl__yardstick_label(const tsl__yardstick *by, const tsl_features *features,
                                             const tsl_exec *exec, int32_t *out, tsl_error *err);

/* The column of a feature, its rows feature_count apart; NULL: it is not there. */
static inline const double *tsl__yard_get_column(const tsl_features *features, const char *name)
{
    const size_t column = tsl_features_get_index(features, name);
    return column < features->feature_count ? features->x + column : NULL;
}

/* yard_means.c: plain k-means. */
TSL_FALLIBLE tsl_status tsl__yard_fit_means(const tsl_features *features, const unsigned char *kept,
                                            const tsl_exec *exec, tsl__yard *yard, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__yard_predict_means(const tsl__yard *yard, const tsl_features *features,
                                                const tsl_exec *exec, int32_t *out, tsl_error *err);

#endif
