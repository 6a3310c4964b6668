/* test_world.c: src/synth/scenario/: a scenario that is played keeps what its declaration says: counts, processes, and
 * what is foretold of the year behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "synth/scenario/draws.h"
#include "synth/scenario/world.h"

static tsl_error err;
static tsl__world world;

static void play(const tsl__scene *scene, int customers, int lines, int interactions)
{
    const tsl_scenario_options opt = {sizeof opt, customers, lines, interactions, 5};
    const tsl_exec exec = {.size = sizeof exec, .threads = 2};
    assert_int_equal(tsl__world_build(scene, &opt, &exec, &world, &err), TSL_OK);
}

static int close_world(void **state)
{
    (void)state;
    tsl__world_free(&world);
    return 0;
}

/* Of every scenario: lines as asked for, each order within its customer's days, each buyer's first on the first of
 * them, what comes back behind it; in the order of time. */
static void counts_what_is_asked_for(void **state)
{
    const tsl__scene *scene;
    (void)state;
    for (size_t s = 0; (scene = tsl__scene_get(s)); s++) {
        play(scene, 3000, 3000 + 2500 * (int)s, 1000);
        size_t lines = 0, first = 0, backs = 0;
        for (size_t i = 0; i < world.sales; i++) {
            const tsl__sale *sale = &world.sale[i];
            const tsl__life *life = &world.life[sale->customer];
            const int32_t day = tsl__time_day(sale->time) - world.first_day;
            assert_true(i == 0 || sale[-1].time <= sale->time);
            assert_in_range(day, life->joins, world.days - 1);
            assert_true(sale->is_back || day <= life->leaves);
            lines += sale->is_back ? 1 : sale->lines;
            backs += sale->is_back;
            first += !sale->is_back && sale->place == world.sales_from[sale->customer] && day == life->joins;
        }
        assert_int_equal(lines, world.opt.lines);
        assert_int_equal(first, world.buyers);
        assert_int_equal(backs, world.returns);
        assert_int_equal(world.sales, world.orders + world.returns);
        assert_int_equal(world.visits_from[3000], 1000);
        tsl__world_free(&world);
    }
}

/* An order's lines add up to it, none is nothing; what comes back is its first line. */
static void splits_orders_exactly(void **state)
{
    (void)state;
    play(tsl__scene_get(0), 2000, 9000, 100);
    for (size_t i = 0; i < world.sales; i++) {
        tsl__split split = tsl__split_open(&world, &world.sale[i]);
        int64_t sum = 0;
        const int64_t all = split.cents;
        for (uint32_t left = split.left; left > 0; left--) {
            const int64_t part = tsl__split_next(&split);
            assert_true(part > 0);
            sum += part;
        }
        assert_int_equal(sum, all);
    }
}

/* A scenario of one kind alone, whose process can be held against the theory. */
static const tsl__scene *of_one_kind(double life)
{
    static tsl__scene scene;
    scene = *tsl__scene_get(0);
    scene.kinds = 1;
    scene.kind[0].share = 1;
    scene.kind[0].life = life;
    scene.kind[0].basket = scene.kind[0].returns = 0;
    scene.rate_shape = 2;
    return &scene;
}

/* Those who left by the exponential distribution; orders by a negative binomial one: mean and variance given what of
 * the clock each saw; what is foretold of the next year is what comes. */
static void follows_its_process(void **state)
{
    enum { CUSTOMERS = 40000 };
    (void)state;
    play(of_one_kind(500), CUSTOMERS, 5 * CUSTOMERS, 10);
    double gone = 0, gone_expected = 0, orders = 0, expected = 0, residual = 0, variance = 0;
    const double clock_rate = world.rate_scale * world.scene->kind[0].orders;
    for (size_t c = 0; c < CUSTOMERS; c++) {
        const tsl__life *life = &world.life[c];
        const int32_t end = life->leaves < world.days ? life->leaves + 1 : world.days;
        const double seen = life->joins + 1 < end ? world.clock[0][end] - world.clock[0][life->joins + 1] : 0;
        const double mean = clock_rate * seen, n = world.sales_from[c + 1] - world.sales_from[c] - 1;
        gone += life->leaves < world.days;
        gone_expected += 1 - exp(-(world.days - life->joins) / 500.0);
        orders += n;
        expected += mean;
        residual += (n - mean) * (n - mean);
        variance += mean + mean * mean / 2; /* shape 2 */
    }
    assert_true(fabs(gone - gone_expected) < 5 * sqrt(CUSTOMERS * .25));
    assert_int_equal((int)orders, 4 * CUSTOMERS);
    assert_true(fabs(orders / expected - 1) < .02);
    assert_true(fabs(residual / variance - 1) < .05);
}

/* The clock: a day is 1 on average, a strong month more than a weak one, and who may leave sees less of a year. */
static void tells_the_year_to_come(void **state)
{
    (void)state;
    play(of_one_kind(500), 100, 200, 10);
    const double *clock = world.clock[0];
    const int32_t february = tsl__day_make(2023, 2, 1) - world.first_day, december = february + 303;
    assert_true(fabs(clock[world.days] / world.days - 1) < .02);
    assert_true(clock[december + 31] - clock[december] > 1.5 * (clock[february + 28] - clock[february]));
    assert_true(fabs(world.future[0] / (500 * (1 - exp(-365 / 500.0))) - 1) < .05);
    tsl__world_free(&world);
    play(of_one_kind(0), 100, 200, 10);
    assert_true(fabs(world.future[0] - (world.clock[0][world.days + 365] - world.clock[0][world.days])) < 1e-9);
    for (size_t c = 0; c < 100; c++) {
        assert_true(world.life[c].leaves > world.days);
    }
}

static void finds_days_of_the_clock(void **state)
{
    (void)state;
    play(tsl__scene_get(0), 100, 200, 10);
    const double *clock = world.clock[2];
    for (int32_t day = 0; day < world.days; day++) {
        assert_int_equal(tsl__clock_find(&world, 2, clock[day]), day);
        assert_int_equal(tsl__clock_find(&world, 2, (clock[day] + clock[day + 1]) / 2), day);
    }
}

static void refuses_what_cannot_be(void **state)
{
    const tsl_scenario_options few = {sizeof few, 1000, 10, 10, 1};
    const tsl_exec exec = {.size = sizeof exec, .threads = 1};
    tsl__scene scene = *of_one_kind(0);
    (void)state;
    assert_int_equal(tsl__world_build(&scene, &few, &exec, &world, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "lines: 10 are too few for the 1000 of 1000 customers who buy"));
    tsl__world_free(&world);
    const tsl_scenario_options many = {sizeof many, 10, 20, 10, 1};
    scene.kind[0].orders = 0;
    assert_int_equal(tsl__world_build(&scene, &many, &exec, &world, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "lines: 20 are too many"));
}

int main(void)
{
#define PLAYED(test) cmocka_unit_test_teardown(test, close_world)
    const struct CMUnitTest tests[] = {PLAYED(counts_what_is_asked_for), PLAYED(splits_orders_exactly),
                                       PLAYED(follows_its_process),      PLAYED(tells_the_year_to_come),
                                       PLAYED(finds_days_of_the_clock),  PLAYED(refuses_what_cannot_be)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
