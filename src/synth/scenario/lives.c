/*
 * lives.c: who the customers are: kind, rate, level, and the days on which they come and leave.
 *
 * Orders behind the first come by a Poisson process on a clock of business, which a busy month or a weekend makes go
 * faster; rates are gamma distributed within a kind, the time until a customer leaves is exponential, and so is what is
 * left of it at the end. That is the model of Schmittlein, Morrison & Colombo (1987), so that what will come is known.
 */
#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "synth/scenario/draws.h"
#include "synth/scenario/world.h"

#include <string.h>

#define EARLY_PART 20
#define FOR_EVER (INT32_MAX / 2)

/* A day's part of the business of a kind: 1 on average over the days of a week and the months. */
static double weigh_day(const tsl__scene *scene, const tsl__scene_kind *kind, int32_t day)
{
    const double week = tsl__day_weekday(day) >= 5 ? kind->weekend * 7 / 2 : (1 - kind->weekend) * 7 / 5;
    double sum = 0;
    for (size_t month = 0; month < 12; month++) {
        sum += scene->season[month];
    }
    return week * (sum > 0 ? scene->season[tsl__day_month(day) % 12] * 12 / sum : 1);
}

static tsl_status make_clock(tsl__world *world, size_t k, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl__scene_kind *kind = &world->scene->kind[k];
    const double stays = kind->life > 0 ? tsl__same_exp(-1 / kind->life) : 1; /* chance to be there a day later */
    const int32_t count = world->days + TSL__WORLD_FUTURE;
    double *clock, there = 1;
    TSL__NEED(clock = tsl__alloc((size_t)count + 1, sizeof *clock));
    world->clock[k] = clock;
    clock[0] = 0;
    for (int32_t day = 0; day < count; day++) {
        const double weight = weigh_day(world->scene, kind, world->first_day + day);
        clock[day + 1] = clock[day] + weight;
        if (day >= world->days) {
            world->future[k] += weight * there;
            there *= stays;
        }
    }
done:
    return status;
}

int32_t tsl__clock_find(const tsl__world *world, uint32_t kind, double shown)
{
    const double *clock = world->clock[kind];
    int32_t low = 0, high = world->days - 1; /* clock[low] <= shown */
    while (low < high) {
        const int32_t middle = low + (high - low + 1) / 2;
        if (clock[middle] <= shown) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

static tsl__life draw_life(const tsl__world *world, uint32_t customer)
{
    const tsl__scene *scene = world->scene;
    tsl__rng rng = tsl__rng_open(world->opt.seed, TSL__FOR_LIFE, customer);
    double share[TSL__SCENE_KINDS];
    for (size_t k = 0; k < scene->kinds; k++) {
        share[k] = scene->kind[k].share;
    }
    tsl__life life = {.kind = (uint32_t)tsl__draw_weighted(&rng, share, scene->kinds), .leaves = FOR_EVER};
    const tsl__scene_kind *kind = &scene->kind[life.kind];
    const int is_early = tsl__draw_is(&rng, scene->early) && kind->spend > 0;
    life.joins = (int32_t)tsl__rng_below(&rng, (uint64_t)(is_early ? world->days / EARLY_PART : world->days));
    if (kind->spend > 0) {
        life.rate = kind->orders * tsl__draw_gamma(&rng, scene->rate_shape) / scene->rate_shape;
        life.level = kind->spend * (scene->level_shape - 1) / tsl__draw_gamma(&rng, scene->level_shape);
        if (kind->life > 0) {
            const double days = tsl__draw_exponential(&rng) * kind->life;
            life.leaves = days < FOR_EVER / 2 ? life.joins + (int32_t)days : FOR_EVER;
        }
    }
    return life;
}

tsl_status tsl__lives_build(tsl__world *world, const tsl_exec *exec, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl__scene *scene = world->scene;
    const size_t customers = (size_t)world->opt.customers;
    world->first_day = tsl__day_make(scene->first_year, 1, 1);
    world->days = tsl__day_make(scene->first_year + scene->years, 1, 1) - world->first_day;
    TSL__NEED(world->life = tsl__alloc(customers, sizeof *world->life));
    for (size_t k = 0; k < scene->kinds; k++) {
        TSL__TRY(make_clock(world, k, err));
    }
    tsl__life *const lives = world->life;
#pragma omp parallel for num_threads(exec->threads) schedule(static)
    for (size_t c = 0; c < customers; c++) {
        lives[c] = draw_life(world, (uint32_t)c);
    }
    for (size_t c = 0; c < customers; c++) {
        world->buyers += scene->kind[lives[c].kind].spend > 0;
    }
done:
    return status;
}
