/* purchase_terms.h: what the terms of several purchase models have in common, and a model at some parameters. */
#ifndef TSL_VALUE_TERMS_PURCHASE_TERMS_H
#define TSL_VALUE_TERMS_PURCHASE_TERMS_H

#include "stat/quadrature.h"
#include "value/terms/mixture.h"
#include "value/terms/rises.h"

/* Of a purchase model's parameters, by place. */
enum { TSL__P1, TSL__P2, TSL__P3, TSL__P4 };
/* Of a pair of them, in the lower triangle. */
enum { TSL__11, TSL__21, TSL__22, TSL__31, TSL__32, TSL__33, TSL__41, TSL__42, TSL__43, TSL__44 };

/* Rules of rising precision, by which moments are added up. */
enum { TSL__RULES = 4 };
typedef struct tsl__quadratures {
    tsl__quadrature rule[TSL__RULES];
} tsl__quadratures;
TSL_FALLIBLE tsl_status tsl__quadratures_build(tsl__quadratures *out, tsl_error *err);

/* A model at some parameters. */
typedef struct tsl__likelihood {
    tsl_purchase_kind kind;
    double parameter[TSL_PURCHASE_PARAMETERS], ln_parameter[TSL_PURCHASE_PARAMETERS];
    const tsl__quadratures *rules;
    const tsl__rises *rises; /* at them; TSL_BG_BB alone looks at these */
} tsl__likelihood;

/* -(r + x) ln(alpha + t): no further purchase up to t, of a gamma mixture of rates r, alpha. The term is begun. */
void tsl__term_put_silence(const tsl__likelihood *m, double x, double t, tsl__differential *term);

#endif
