/* mixture.h: a sum of exponentials, with the derivatives of their exponents; scaled, so that nothing overflows. */
#ifndef TSL_VALUE_TERMS_MIXTURE_H
#define TSL_VALUE_TERMS_MIXTURE_H

#include <tesela/value.h>

#define TSL__PURCHASE_PAIRS (TSL_PURCHASE_PARAMETERS * (TSL_PURCHASE_PARAMETERS + 1) / 2)

/* A value with its derivatives by the parameters; hessian: its lower triangle, row by row. */
typedef struct tsl__differential {
    double value, gradient[TSL_PURCHASE_PARAMETERS], hessian[TSL__PURCHASE_PAIRS];
} tsl__differential;

void tsl__differential_add(tsl__differential *to, const tsl__differential *what, double weight);

/* All of it is to be taken times e^top. Derivatives are kept where derive is 1. */
typedef struct tsl__mixture {
    int derive;
    double top, sum;
    double gradient[TSL_PURCHASE_PARAMETERS]; /* of the exponents, by what each counts */
    double hessian[TSL__PURCHASE_PAIRS];      /* likewise, with the products of the first derivatives */
} tsl__mixture;

/* Nothing yet; exponents are expected about top. */
tsl__mixture tsl__mixture_open(int derive, double top);
/* Moves the top, which changes nothing but how it is written down. */
void tsl__mixture_move(tsl__mixture *m, double top);
/* Adds e^(the term's value), which is not far above the top. */
void tsl__mixture_add(tsl__mixture *m, const tsl__differential *term);
/* Adds another sum, or takes it away (sign -1), wherever its top is. */
void tsl__mixture_join(tsl__mixture *m, const tsl__mixture *other, double sign);
/* ln of the sum, with its derivatives. */
void tsl__mixture_get_ln(const tsl__mixture *m, tsl__differential *out);

#endif
