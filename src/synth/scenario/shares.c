/*
 * shares.c: so many orders, lines, returns and interactions as there are to be, shared out among the customers.
 *
 * Each falls upon a customer with a chance that goes by his weight. That is what Poisson processes give whose total is
 * known, so that the totals are exact and the processes remain what they are.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "synth/scenario/draws.h"
#include "synth/scenario/world.h"

#include <stdlib.h>

#define EAGER_SHAPE 1.5 /* of the gamma distribution of interactions within a kind */

/* In place: each with those before it. */
static void add_up(double *weight, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        weight[i] += weight[i - 1];
    }
}

/* The first whose sum is over x. */
static size_t find(const double *sum, size_t count, double x)
{
    size_t low = 0, high = count - 1;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sum[middle] > x) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* Where each of `draws` things falls: upon a customer, or, with from, upon one of his orders. */
static void fall(const tsl__world *world, const tsl_exec *exec, uint32_t use, const double *sum, const uint32_t *from,
                 size_t draws, uint32_t *upon)
{
    const size_t customers = (size_t)world->opt.customers;
#pragma omp parallel for num_threads(exec->threads) schedule(static)
    for (size_t i = 0; i < draws; i++) {
        tsl__rng rng = tsl__rng_open(world->opt.seed, use, (uint32_t)i);
        const double x = tsl__rng_uniform(&rng) * sum[customers - 1];
        const size_t c = find(sum, customers, x < sum[customers - 1] ? x : 0);
        upon[i] = from ? from[c] + (uint32_t)tsl__rng_below(&rng, from[c + 1] - from[c]) : (uint32_t)c;
    }
}

/* Counts a customer's things into from[customer + 1], and then adds up: where his begin. */
static void count_from(uint32_t *from, size_t customers, const uint32_t *upon, size_t draws)
{
    for (size_t i = 0; i < draws; i++) {
        from[upon[i] + 1]++;
    }
    for (size_t c = 0; c < customers; c++) {
        from[c + 1] += from[c];
    }
}

static const tsl__scene_kind *kind_of(const tsl__world *world, size_t customer)
{
    return &world->scene->kind[world->life[customer].kind];
}

/* ---- How many there are of each ----------------------------------------------------- */

/* Of those who buy, by what falls upon the first order and by what falls upon the others. */
typedef struct tsl__load {
    double first, later;
} tsl__load;

static tsl__load load_of(const tsl__world *world, const double *weight, int is_of_returns)
{
    tsl__load load = {0, 0};
    for (size_t c = 0; c < (size_t)world->opt.customers; c++) {
        const tsl__scene_kind *kind = kind_of(world, c);
        if (kind->spend > 0) {
            const double each = is_of_returns ? kind->returns : kind->basket;
            load.first += each;
            load.later += each * weight[c];
        }
    }
    return load;
}

static size_t at_most(double number, size_t most)
{
    return number <= 0 ? 0 : number < (double)most ? (size_t)number : most;
}

/* orders, returns; *more: lines behind an order's first. weight, sum: of orders behind the first. */
static tsl_status plan(tsl__world *world, const double *weight, double sum, size_t *more, tsl_error *err)
{
    const size_t lines = (size_t)world->opt.lines, buyers = world->buyers;
    const tsl__load basket = load_of(world, weight, 0), back = load_of(world, weight, 1);
    const double each = sum > 0 ? (basket.later + back.later) / sum : 0;
    if (lines < buyers || (lines > buyers && !(sum > 0) && !(basket.first > 0))) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "lines: %zu are %s for the %zu of %d customers who buy: one each at least", lines,
                              lines < buyers ? "too few" : "too many", buyers, world->opt.customers);
    }
    const size_t left = lines - buyers;
    size_t later = sum > 0 ? at_most(((double)left - basket.first - back.first) / (1 + each), left) : 0;
    world->returns = at_most(back.first + (sum > 0 ? back.later / sum * (double)later : 0), left - later);
    *more = left - later - world->returns;
    if (!(basket.first > 0)) {
        later += *more;
        *more = 0;
    }
    world->orders = buyers + later;
    return TSL_OK;
}

/* ---- Orders ------------------------------------------------------------------------------ */

/* By how much of business each who buys sees behind his first day. */
static void weigh_orders(const tsl__world *world, const tsl_exec *exec, double *weight)
{
#pragma omp parallel for num_threads(exec->threads) schedule(static)
    for (size_t c = 0; c < (size_t)world->opt.customers; c++) {
        const tsl__life *life = &world->life[c];
        const double *clock = world->clock[life->kind];
        const int32_t end = life->leaves < world->days ? life->leaves + 1 : world->days;
        weight[c] = life->rate * (clock[end] - clock[life->joins + 1 < end ? life->joins + 1 : end]);
    }
}

static void open_sales(tsl__world *world)
{
    for (size_t c = 0; c < (size_t)world->opt.customers; c++) {
        for (uint32_t place = world->sales_from[c]; place < world->sales_from[c + 1]; place++) {
            world->sale[place] = (tsl__sale){.customer = (uint32_t)c, .place = place, .lines = 1};
        }
    }
}

/* Weights of the orders that each has: lines behind the first, or returns. */
static void weigh_more(const tsl__world *world, int is_of_returns, double *weight)
{
    for (size_t c = 0; c < (size_t)world->opt.customers; c++) {
        const tsl__scene_kind *kind = kind_of(world, c);
        weight[c] =
            (is_of_returns ? kind->returns : kind->basket) * (double)(world->sales_from[c + 1] - world->sales_from[c]);
    }
    add_up(weight, (size_t)world->opt.customers);
}

/* Of an order no more than one line comes back, if the customer has another order. */
static void put_back(tsl__world *world, uint32_t place)
{
    const uint32_t begin = world->sales_from[world->sale[place].customer];
    const uint32_t end = world->sales_from[world->sale[place].customer + 1];
    for (uint32_t i = begin; i < end && world->sale[place].goes_back; i++) {
        place = place + 1 < end ? place + 1 : begin;
    }
    tsl__sale *const of = &world->sale[place], *back = &world->sale[world->sales++];
    *back = *of;
    back->is_back = 1;
    of->goes_back = 1;
}

static tsl_status share_orders(tsl__world *world, const tsl_exec *exec, double *weight, tsl_error *err)
{
    const size_t customers = (size_t)world->opt.customers;
    uint32_t *upon = NULL;
    size_t more = 0;
    tsl_status status = TSL_OK;
    weigh_orders(world, exec, weight);
    double sum = 0;
    for (size_t c = 0; c < customers; c++) {
        sum += weight[c];
    }
    TSL__TRY(plan(world, weight, sum, &more, err));
    const size_t later = world->orders - world->buyers;
    world->rate_scale = sum > 0 ? (double)later / sum : 0;
    TSL__NEED(upon = tsl__alloc((size_t)world->opt.lines, sizeof *upon));
    add_up(weight, customers);
    fall(world, exec, TSL__FOR_ORDERS, weight, NULL, later, upon);
    for (size_t c = 0; c < customers; c++) {
        world->sales_from[c + 1] = kind_of(world, c)->spend > 0;
    }
    count_from(world->sales_from, customers, upon, later);
    TSL__NEED(world->sale = tsl__alloc(world->orders + world->returns, sizeof *world->sale));
    open_sales(world);
    world->sales = world->orders;
    if (more) {
        weigh_more(world, 0, weight);
        fall(world, exec, TSL__FOR_LINES, weight, world->sales_from, more, upon);
        for (size_t i = 0; i < more; i++) {
            world->sale[upon[i]].lines++;
        }
    }
    if (world->returns) {
        weigh_more(world, 1, weight);
        fall(world, exec, TSL__FOR_RETURNS, weight, world->sales_from, world->returns, upon);
        for (size_t i = 0; i < world->returns; i++) {
            put_back(world, upon[i]);
        }
    }
done:
    free(upon);
    return status;
}

/* ---- Interactions ---------------------------------------------------------------------- */

static tsl_status share_visits(tsl__world *world, const tsl_exec *exec, double *weight, tsl_error *err)
{
    const size_t customers = (size_t)world->opt.customers, visits = (size_t)world->opt.interactions;
    uint32_t *upon = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(upon = tsl__alloc(visits, sizeof *upon));
#pragma omp parallel for num_threads(exec->threads) schedule(static)
    for (size_t c = 0; c < customers; c++) {
        const tsl__life *life = &world->life[c];
        const int32_t end = life->leaves < world->days ? life->leaves + 1 : world->days;
        tsl__rng rng = tsl__rng_open(world->opt.seed, TSL__FOR_EAGER, (uint32_t)c);
        weight[c] = kind_of(world, c)->visits * tsl__draw_gamma(&rng, EAGER_SHAPE) * (double)(end - life->joins);
    }
    add_up(weight, customers);
    if (visits && !(weight[customers - 1] > 0)) {
        TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "interactions: none of %zu customers has any", customers));
    }
    fall(world, exec, TSL__FOR_VISITS, weight, NULL, visits, upon);
    count_from(world->visits_from, customers, upon, visits);
done:
    free(upon);
    return status;
}

tsl_status tsl__shares_build(tsl__world *world, const tsl_exec *exec, tsl_error *err)
{
    const size_t customers = (size_t)world->opt.customers;
    double *weight = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(weight = tsl__alloc(customers, sizeof *weight));
    TSL__NEED(world->sales_from = tsl__alloc_zero(customers + 1, sizeof *world->sales_from));
    TSL__NEED(world->visits_from = tsl__alloc_zero(customers + 1, sizeof *world->visits_from));
    TSL__TRY(share_orders(world, exec, weight, err));
    TSL__TRY(share_visits(world, exec, weight, err));
done:
    free(weight);
    return status;
}
