/* test_search.c: the search from seeds to winners: what is settled on a sample
 * is what all rows would have said. */
#include "model/kmeans/init.h"
#include "model/kmeans/search.h"
#include "model/kmeans/tiled.h"
#include "nightly.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { COLS = 2 };

typedef struct space {
    tsl_matrix x;
    tiled in;
    tsl__cancel cancel;
    tsl_error err;
} space;

static void open_space(space *s, size_t rows, double apart)
{
    s->x = set_draw(rows, COLS, 7, apart, 12);
    s->in = tiled_open(&s->x, 2);
    tsl__cancel_open(&s->cancel, NULL, "test", &s->err);
}

static void close_space(space *s)
{
    tiled_close(&s->in);
    set_free(&s->x);
}

static tsl__search search_space(space *s, int k_min, int k_max, int restarts, int threads)
{
    tsl__search search = {.tiles = &s->in.tiles,
                          .k_min = k_min,
                          .k_max = k_max,
                          .restarts = restarts,
                          .max_iterations = 300,
                          .stop = 1e-4 * s->in.variance,
                          .seed = 1,
                          .threads = threads};
    assert_int_equal(tsl__search_open(&search), 0);
    tsl__search_fit(&search, &s->cancel);
    assert_int_equal(tsl__cancel_get(&s->cancel), TSL_OK);
    return search;
}

/* The lowest inertia of the same runs, each from the same seeds and to its end
 * on all rows, and polished. */
static double find_best(space *s, int k, int restarts)
{
    double best = HUGE_VAL;
    for (int restart = 0; restart < restarts; restart++) {
        tsl__lloyd_run run, *one = &run;
        assert_int_equal(tsl__lloyd_run_open(&run, k, restart, COLS), 0);
        const tsl__seeding how = {.seed = 1, .stop = 1e-4 * s->in.variance, .threads = 1};
        tsl__runs_seed(&s->in.tiles, &how, &one, 1, &s->cancel);
        tsl__lloyd lloyd = {.stop = -1, .max_iterations = 300, .threads = 2};
        tsl__lloyd_fit(&lloyd, &s->in.tiles, &one, 1, &s->cancel);
        best = fmin(best, run.cost);
        tsl__lloyd_run_free(&run);
    }
    return best;
}

/* Small, sampled, and raced on a sample. */
static void test_finds_the_best_run(void **state)
{
    (void)state;
    static const size_t rows[] = {3000, TSL__SAMPLE_ROWS * 2, TSL__RACE_FROM + 1000};
    const int k_max = (int)some_or_all(4, 6), restarts = (int)some_or_all(3, 5);
    for (size_t n = 0; n < 3; n++) {
        for (int apart = 1; apart <= 5; apart += 4) {
            space s;
            open_space(&s, rows[n], apart);
            tsl__search search = search_space(&s, 1, k_max, restarts, 2);
            for (int k = 1; k <= k_max; k++) {
                const tsl__lloyd_run *winner = search.winner[k - 1];
                const double best = find_best(&s, k, k > 1 ? restarts : 1);
                assert_int_equal(winner->k, k);
                assert_true(winner->converged || winner->iterations == 300);
                /* Runs stop at the tolerance before one wins; another might have come down further. */
                assert_true(winner->cost <= best * (1 + 1e-5));
            }
            tsl__search_free(&search);
            close_space(&s);
        }
    }
}

static void test_race_same_bits(void **state)
{
    (void)state;
    space s;
    open_space(&s, TSL__RACE_FROM + 4321, 2);
    tsl__search first = search_space(&s, 4, 5, 6, 1);
    for (int v = 0; v < SET_KERNELS; v++) {
        for (int threads = 3; threads >= (int)some_or_all(3, 2); threads--) {
            setenv("TESELA_KERNEL", set_kernels[v], 1);
            tsl__search search = search_space(&s, 4, 5, 6, threads);
            for (int k = 0; k < 2; k++) {
                const tsl__lloyd_run *a = first.winner[k], *b = search.winner[k];
                assert_true(a->restart == b->restart && a->iterations == b->iterations);
                assert_memory_equal(a->center, b->center, (size_t)a->k * COLS * sizeof(double));
            }
            assert_true(first.passes == search.passes && first.iterations == search.iterations);
            tsl__search_free(&search);
        }
    }
    unsetenv("TESELA_KERNEL");
    tsl__search_free(&first);
    close_space(&s);
}

/* Runs that go to the same centres are carried on once: on plain groups one run
 * of each restart's twelve is left for all rows, and is done at once. */
static void test_race_spares_passes(void **state)
{
    (void)state;
    space s;
    open_space(&s, TSL__RACE_FROM + 1, 60);
    tsl__search search = search_space(&s, 7, 7, 12, 2);
    assert_true(search.iterations <= 12);
    double squared, inertia = 0;
    for (size_t r = 0; r < s.x.rows; r++) { /* each group has a centre of its own */
        const double row[COLS] = {set_values(&s.x)[r * COLS] - s.in.mean[0],
                                  set_values(&s.x)[r * COLS + 1] - s.in.mean[1]};
        set_nearest(row, search.winner[0]->center, 7, COLS, &squared);
        inertia += squared;
    }
    assert_true(inertia < 1.01 * COLS * (double)s.x.rows);
    tsl__search_free(&search);
    close_space(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_the_best_run),
        cmocka_unit_test(test_race_same_bits),
        cmocka_unit_test(test_race_spares_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
