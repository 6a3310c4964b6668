/* residual.h: the purchases still to come of a customer who is there. */
#ifndef TSL_VALUE_TERMS_RESIDUAL_H
#define TSL_VALUE_TERMS_RESIDUAL_H

#include "value/terms/beta_places.h"
#include "value/terms/likelihood.h"

/* Rules by which what is discounted is added up: those of few nodes, and one for all that lies far ahead. */
typedef struct tsl__discounting {
    const tsl__quadratures *near;
    tsl__quadrature far;
} tsl__discounting;

/* What histories of one x share. */
typedef struct tsl__residual {
    const tsl__likelihood *model;
    double x;
    tsl__beta_places leaving;    /* of models by which he leaves at a purchase */
    const tsl__quadrature *rule; /* tsl__residual_open_dert: over ln(1 + u / (alpha + t)), u ahead, from 0 to `top` */
    double top, ever[TSL__NODES_MOST]; /* purchases at its nodes, of models by which he leaves at a purchase */
} tsl__residual;

void tsl__residual_open(const tsl__likelihood *model, double x, tsl__residual *out);
/* Expected purchases within `ahead` of one who is there at t. */
double tsl__residual_get(const tsl__residual *residual, double t, double ahead);
/* The same, each discounted from its moment, at a continuous rate > 0. */
double tsl__residual_discount(const tsl__residual *residual, double t, double ahead, double rate,
                              const tsl__discounting *rules);

/* Likewise of all that are ever to come: to be opened once for all of one x. */
void tsl__residual_open_dert(double rate, const tsl__discounting *rules, tsl__residual *residual);
double tsl__residual_get_dert(const tsl__residual *residual, double t, double rate);

#endif
