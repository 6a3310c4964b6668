/* special.h: the functions of the gamma family, for positive arguments. */
#ifndef TSL_STAT_SPECIAL_H
#define TSL_STAT_SPECIAL_H

double tsl__log_gamma(double x);
double tsl__log_beta(double a, double b);
/* ln(gamma(a + x) / gamma(a)), x >= 0; near 0 where x is small, in all its digits. */
double tsl__log_pochhammer(double a, double x);
/* ln(a^a b^b / ((a + b)^(a + b) B(a, b))): of the density of ln(w / (1 - w)), w of Beta(a, b), at its peak; in all its
 * digits also where a and b are large. */
double tsl__log_beta_peak(double a, double b);
double tsl__digamma(double x);
double tsl__trigamma(double x);

#endif
