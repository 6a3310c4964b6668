/* world.h: a scenario that has been played: who its customers are, what each of them does, and what will come. */
#ifndef TSL_SYNTH_WORLD_H
#define TSL_SYNTH_WORLD_H

#include "base/parallel.h"
#include "base/rng.h"
#include "synth/scenario/scene.h"

#define TSL__WORLD_FUTURE 365 /* days behind the last one whose truth is told */

/* What a stream of random numbers is for: its first number; the second is the customer's or the order's. */
enum {
    TSL__FOR_LIFE = 32, /* beside those of the shop */
    TSL__FOR_EAGER,     /* to visit */
    TSL__FOR_ORDERS,
    TSL__FOR_LINES,
    TSL__FOR_RETURNS,
    TSL__FOR_VISITS,
    TSL__FOR_TIME,
    TSL__FOR_GOODS,
    TSL__FOR_VALUE,
    TSL__FOR_SPLIT,
    TSL__FOR_BACK,
    TSL__FOR_VISIT,
    TSL__FOR_FUTURE,
    TSL__FOR_PERSON /* and as many more as there are columns */
};

/* One customer, as he is. */
typedef struct tsl__life {
    double rate;           /* of orders behind the first, a day of the kind's clock, but for rate_scale */
    double level;          /* mean of his orders */
    int32_t joins, leaves; /* days of the world: of the first order, of one who never buys that since when he is known;
                              the last on which he is a customer, which may lie behind the last one of the tables */
    uint32_t kind;
} tsl__life;

/* An order, or what comes back of one. */
typedef struct tsl__sale {
    int64_t time;
    uint32_t customer;
    uint32_t place; /* of the order among all, customer by customer: what its draws go by */
    uint16_t lines;
    uint8_t is_back;   /* 1: its first line comes back */
    uint8_t goes_back; /* 1: there is such a one of it */
} tsl__sale;

typedef struct tsl__world {
    const tsl__scene *scene;
    tsl_scenario_options opt;
    int32_t first_day, days; /* of the tables */
    tsl__life *life;
    size_t buyers, orders, returns;
    uint32_t *sales_from, *visits_from; /* customers + 1: the places of his orders and of his interactions */
    tsl__sale *sale;                    /* orders + returns: customer by customer, then returns; later by time */
    size_t sales;
    double
        *clock[TSL__SCENE_KINDS]; /* days + TSL__WORLD_FUTURE + 1: how much of the year's business lies before a day */
    double future[TSL__SCENE_KINDS]; /* expected part of a year's business that one who is there will see */
    double rate_scale;               /* what rates are multiplied by: orders a day of the clock */
    int64_t *recent;                 /* net cents of the days that tiers go by */
} tsl__world;

/* From options that are complete. TSL_E_NOMEM, TSL_E_OPTION, TSL_E_CANCELLED. Free also after a failure. */
TSL_FALLIBLE tsl_status tsl__world_build(const tsl__scene *scene, const tsl_scenario_options *opt, const tsl_exec *exec,
                                         tsl__world *world, tsl_error *err);
void tsl__world_free(tsl__world *world);

/* ---- Its parts, in their order ------------------------------------------------------- */

/* Clocks and customers. */
TSL_FALLIBLE tsl_status tsl__lives_build(tsl__world *world, const tsl_exec *exec, tsl_error *err);
/* How many orders, lines, returns and interactions each has. */
TSL_FALLIBLE tsl_status tsl__shares_build(tsl__world *world, const tsl_exec *exec, tsl_error *err);
/* When they are, in the order of time; net amounts. */
TSL_FALLIBLE tsl_status tsl__ledger_build(tsl__world *world, const tsl_exec *exec, tsl_error *err);

/* The day at which the clock of a kind shows so much. */
int32_t tsl__clock_find(const tsl__world *world, uint32_t kind, double shown);

/* An order's amount in cents, and its lines' parts of it, one after the other. */
typedef struct tsl__split {
    tsl__rng rng;
    double sum, done;
    int64_t cents, given;
    uint32_t left; /* lines */
} tsl__split;

tsl__split tsl__split_open(const tsl__world *world, const tsl__sale *sale);
int64_t tsl__split_next(tsl__split *split);

#endif
