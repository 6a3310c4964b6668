/* ledger.c: when the orders are, what each is worth, and all of them in the order of time. */
#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "synth/scenario/draws.h"
#include "synth/scenario/world.h"

#include <stdlib.h>

#define BACK_DAYS 14 /* within which a line comes back */

/* ---- Amounts -------------------------------------------------------------------------------- */

static int64_t draw_cents(const tsl__world *world, const tsl__sale *sale)
{
    const double shape = world->scene->order_shape;
    tsl__rng rng = tsl__rng_open(world->opt.seed, TSL__FOR_VALUE, sale->place);
    const double amount = world->life[sale->customer].level * tsl__draw_gamma(&rng, shape) / shape;
    const int64_t cents = (int64_t)(amount * 100 + .5);
    return cents > sale->lines ? cents : sale->lines;
}

static double draw_part(tsl__rng *rng)
{
    return .25 + tsl__rng_uniform(rng);
}

tsl__split tsl__split_open(const tsl__world *world, const tsl__sale *sale)
{
    tsl__split split = {.rng = tsl__rng_open(world->opt.seed, TSL__FOR_SPLIT, sale->place),
                        .cents = draw_cents(world, sale),
                        .left = sale->lines};
    tsl__rng rng = split.rng;
    for (uint32_t i = 0; i < split.left; i++) {
        split.sum += draw_part(&rng);
    }
    return split;
}

/* Each has a cent at least, the last one what is left. */
int64_t tsl__split_next(tsl__split *split)
{
    split->done += draw_part(&split->rng);
    const int64_t most = split->cents - (int64_t)(split->left - 1);
    int64_t until = (int64_t)((double)split->cents * (split->done / split->sum));
    until = --split->left == 0 || until > most ? most : until;
    const int64_t part = until > split->given ? until - split->given : 1;
    split->given += part;
    return part;
}

/* Net cents of the days that tiers go by. */
static void add_recent(tsl__world *world, const tsl_exec *exec)
{
    const int32_t window = world->scene->tier_days, end = world->first_day + world->days;
    const int64_t since = window ? (int64_t)(end - window) * TSL__DAY_SECONDS : INT64_MIN;
#pragma omp parallel for num_threads(exec->threads) schedule(static)
    for (size_t c = 0; c < (size_t)world->opt.customers; c++) {
        world->recent[c] = 0;
        for (uint32_t place = world->sales_from[c]; place < world->sales_from[c + 1]; place++) {
            const tsl__sale *sale = &world->sale[place];
            world->recent[c] += sale->time >= since ? draw_cents(world, sale) : 0;
        }
    }
    for (size_t i = world->orders; i < world->sales; i++) {
        const tsl__sale *back = &world->sale[i];
        if (back->time >= since) {
            tsl__split split = tsl__split_open(world, back);
            world->recent[back->customer] -= tsl__split_next(&split);
        }
    }
}

/* ---- Times ------------------------------------------------------------------------------------ */

static int64_t draw_second(tsl__rng *rng, const tsl__scene_kind *kind)
{
    const int64_t hour =
        tsl__draw_is(rng, kind->evening) ? 18 + (int64_t)tsl__rng_below(rng, 6) : 8 + (int64_t)tsl__rng_below(rng, 10);
    return hour * 3600 + (int64_t)tsl__rng_below(rng, 3600);
}

/* The first order of a customer is of the day on which he joins; the others are spread evenly over his clock. */
static int64_t draw_time(const tsl__world *world, const tsl__sale *sale)
{
    const tsl__life *life = &world->life[sale->customer];
    const double *clock = world->clock[life->kind];
    tsl__rng rng = tsl__rng_open(world->opt.seed, TSL__FOR_TIME, sale->place);
    int32_t day = life->joins;
    if (sale->place > world->sales_from[sale->customer]) {
        const int32_t end = life->leaves < world->days ? life->leaves + 1 : world->days;
        const double begin = clock[day + 1];
        day = tsl__clock_find(world, life->kind, begin + tsl__rng_uniform(&rng) * (clock[end] - begin));
        day = day < end ? day : end - 1;
    }
    return (int64_t)(world->first_day + day) * TSL__DAY_SECONDS + draw_second(&rng, &world->scene->kind[life->kind]);
}

/* Some days behind the order, as far as there are any. */
static int64_t draw_back(const tsl__world *world, const tsl__sale *back)
{
    tsl__rng rng = tsl__rng_open(world->opt.seed, TSL__FOR_BACK, back->place);
    const int64_t time = world->sale[back->place].time;
    const int64_t last = world->first_day + world->days - 1 - tsl__time_day(time);
    const int64_t days = 1 + (int64_t)tsl__rng_below(&rng, BACK_DAYS);
    return time + (days < last ? days : last) * TSL__DAY_SECONDS;
}

/* ---- Order ------------------------------------------------------------------------------------- */

static int compare_numbers(int64_t x, int64_t y)
{
    return (x > y) - (x < y);
}

/* No two are equal. */
static int compare_sales(const void *a, const void *b)
{
    const tsl__sale *x = a, *y = b;
    int by = compare_numbers(x->time, y->time);
    by = by ? by : compare_numbers(x->customer, y->customer);
    by = by ? by : compare_numbers(x->place, y->place);
    return by ? by : x->is_back - y->is_back;
}

static int32_t day_of(const tsl__world *world, const tsl__sale *sale)
{
    return tsl__time_day(sale->time) - world->first_day;
}

/* By days, and then each day's own. */
static tsl_status sort_sales(tsl__world *world, const tsl_exec *exec, tsl_error *err)
{
    const size_t days = (size_t)world->days;
    size_t *from = NULL;
    tsl__sale *sorted = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(from = tsl__alloc_zero(days + 2, sizeof *from)); /* [1 + day], until they are placed */
    TSL__NEED(sorted = tsl__alloc(world->sales, sizeof *sorted));
    for (size_t i = 0; i < world->sales; i++) {
        from[day_of(world, &world->sale[i]) + 2]++;
    }
    for (size_t d = 0; d < days; d++) {
        from[d + 2] += from[d + 1];
    }
    for (size_t i = 0; i < world->sales; i++) {
        sorted[from[day_of(world, &world->sale[i]) + 1]++] = world->sale[i];
    }
#pragma omp parallel for num_threads(exec->threads) schedule(dynamic)
    for (size_t d = 0; d < days; d++) {
        qsort(sorted + from[d], from[d + 1] - from[d], sizeof *sorted, compare_sales);
    }
    free(world->sale);
    world->sale = sorted;
    sorted = NULL;
done:
    free(from);
    free(sorted);
    return status;
}

tsl_status tsl__ledger_build(tsl__world *world, const tsl_exec *exec, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(world->recent = tsl__alloc((size_t)world->opt.customers, sizeof *world->recent));
    tsl__sale *const sale = world->sale;
#pragma omp parallel for num_threads(exec->threads) schedule(static)
    for (size_t i = 0; i < world->orders; i++) {
        sale[i].time = draw_time(world, &sale[i]);
    }
    for (size_t i = world->orders; i < world->sales; i++) {
        sale[i].time = draw_back(world, &sale[i]);
    }
    add_recent(world, exec);
    TSL__TRY(sort_sales(world, exec, err));
done:
    return status;
}
