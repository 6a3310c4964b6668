/* search.c: every run of a sweep from its seeds to its end, and the winners. On
 * many rows, what can be settled on a sample is settled there. */
#include "model/kmeans/search.h"

#include "base/alloc.h"
#include "model/kmeans/init.h"

#include <stdlib.h>
#include <string.h>

/* Where seeds come from samples, a run is given up when so many times its last
 * gain would leave it behind. */
#define PATIENCE 20
/* In the race on a sample a run is given up when it is behind by this share.
 * The difference between two runs there is that on all rows to within some
 * 0.03 %. */
#define RACE_MARGIN 1e-3
/* Two runs of one k are on the way to the same centres when their squared
 * distance is within this many times the squared shift that counts as none. */
#define SAME 400
/* Bytes that a run keeps of each row, and the least runs that go together. */
#define STATE_BYTES (sizeof(uint16_t) + sizeof(float))
#define LEAST_GROUP 16

int tsl__search_open(tsl__search *search)
{
    const size_t ks = (size_t)(search->k_max - search->k_min + 1);
    search->run_count = 0;
    search->run = tsl__alloc_zero(ks * (size_t)search->restarts, sizeof *search->run);
    search->winner = tsl__alloc_zero(ks, sizeof *search->winner);
    if (!search->run || !search->winner) {
        return -1;
    }
    for (int k = search->k_min; k <= search->k_max; k++) {
        /* Where nothing is drawn at random, one run is as good as many. */
        const int one = k == 1 || search->init || (size_t)k <= search->prior.count;
        for (int restart = 0; restart < (one ? 1 : search->restarts); restart++) {
            if (tsl__lloyd_run_open(&search->run[search->run_count], k, restart, search->tiles->x.cols)) {
                return -1;
            }
            if (search->init) {
                const size_t bytes = (size_t)k * search->tiles->x.cols * sizeof *search->init;
                memcpy(search->run[search->run_count].center, search->init, bytes);
            }
            search->run_count++;
        }
    }
    return 0;
}

void tsl__search_free(tsl__search *search)
{
    for (size_t r = 0; r < search->run_count; r++) {
        tsl__lloyd_run_free(&search->run[r]);
    }
    free(search->run);
    free(search->winner);
    search->run = NULL;
    search->winner = NULL;
    search->run_count = 0;
}

/* Carries runs on, as many at a time as keep their state within the size of
 * the matrix; those of one k together where they fit. */
static void fit_groups(tsl__lloyd *lloyd, const tsl__tiles *tiles, tsl__lloyd_run *const *run, size_t count,
                       tsl__cancel *cancel)
{
    size_t most = tiles->x.cols * sizeof(double) / STATE_BYTES;
    most = most > LEAST_GROUP ? most : LEAST_GROUP;
    for (size_t first = 0, end; first < count; first = end) {
        end = count - first < most ? count : first + most;
        size_t whole = end; /* back to where a k ends */
        while (end < count && whole > first && run[whole - 1]->k == run[whole]->k) {
            whole--;
        }
        end = whole > first ? whole : end;
        tsl__lloyd_fit(lloyd, tiles, run + first, end - first, cancel);
    }
}

/* ---- The race on a sample ------------------------------------------------ */

/* 1: every centre of `a` has one of `b` close by, `near` in squares over all. */
static int same_centers(const tsl__lloyd_run *a, const tsl__lloyd_run *b, size_t cols, double near)
{
    double sum = 0;
    for (int c = 0; c < a->k && sum <= near; c++) {
        double least = -1;
        for (int o = 0; o < b->k; o++) {
            double squared = 0;
            for (size_t j = 0; j < cols; j++) {
                const double away = a->center[(size_t)c * cols + j] - b->center[(size_t)o * cols + j];
                squared += away * away;
            }
            least = least < 0 || squared < least ? squared : least;
        }
        sum += least;
    }
    return sum <= near;
}

/* 1: the run is worth carrying on among those of its k: not far behind, and
 * not on the way to where a better one, or an earlier one as good, is. */
static int is_worthwhile(const tsl__search *search, tsl__lloyd_run *const *run, size_t count, size_t at)
{
    for (size_t r = 0; r < count; r++) {
        const tsl__lloyd_run *other = run[r];
        if (other->k != run[at]->k || r == at) {
            continue;
        }
        const int ahead = other->cost < run[at]->cost || (other->cost == run[at]->cost && r < at);
        if (run[at]->cost > other->cost * (1 + RACE_MARGIN) ||
            (ahead && same_centers(run[at], other, search->tiles->x.cols, SAME * search->stop))) {
            return 0;
        }
    }
    return 1;
}

/* Keeps the worthwhile of count runs, in order; returns how many. */
static size_t keep_worthwhile(const tsl__search *search, tsl__lloyd_run **run, size_t count, tsl__cancel *cancel)
{
    char *keep = tsl__alloc(count, 1);
    size_t kept = 0;
    if (!keep) {
        tsl__cancel_fail(cancel, TSL_E_NOMEM);
        return count;
    }
    for (size_t r = 0; r < count; r++) {
        keep[r] = (char)is_worthwhile(search, run, count, r);
    }
    for (size_t r = 0; r < count; r++) {
        if (keep[r]) {
            run[kept] = run[r];
            run[kept++]->iterations = 0;
        }
    }
    free(keep);
    return kept;
}

/* Carries all runs on on one sample; returns how many are left of them. */
static size_t race_on_sample(const tsl__search *search, tsl__lloyd_run **run, size_t count, tsl__cancel *cancel)
{
    const tsl__tiles *tiles = search->tiles;
    tsl__chances chances;
    tsl__sample sample = {0};
    tsl__tiles part = {0};
    tsl__rng rng = tsl__rng_open(search->seed, 0, 1); /* no run's stream */
    int failed = tsl__chances_open(&chances, tiles) || tsl__sample_open(&sample, &chances, &rng, TSL__RACE_ROWS) ||
                 tsl__tiles_open(&part, &sample.x, tiles->shift, sample.weight, tiles->scale, search->threads, NULL);
    if (failed) {
        tsl__cancel_fail(cancel, TSL_E_NOMEM);
    } else {
        tsl__lloyd lloyd = {.stop = search->stop,
                            .patience = PATIENCE,
                            .margin = RACE_MARGIN,
                            .max_iterations = search->max_iterations,
                            .threads = search->threads,
                            .prior = tsl__prior_of_sample(&search->prior, &chances, &sample)};
        fit_groups(&lloyd, &part, run, count, cancel);
        count = keep_worthwhile(search, run, count, cancel);
    }
    tsl__tiles_free(&part);
    tsl__sample_free(&sample);
    tsl__chances_free(&chances);
    return count;
}

/* ---- All of it ----------------------------------------------------------- */

/* The run of lowest cost of each k, ties to the lowest restart. */
static void find_winners(tsl__search *search, tsl__lloyd_run *const *run, size_t count)
{
    for (size_t r = 0; r < count; r++) {
        tsl__lloyd_run **best = &search->winner[run[r]->k - search->k_min];
        if (!*best || run[r]->cost < (*best)->cost) {
            *best = run[r];
        }
    }
}

static void fit_runs(tsl__search *search, tsl__lloyd_run **run, tsl__cancel *cancel)
{
    const size_t rows = search->tiles->x.rows;
    const tsl__seeding seeding = {search->seed, search->stop, search->threads, search->prior};
    const double start = tsl__clock();
    size_t count = search->run_count;
    for (size_t r = 0; r < count; r++) {
        run[r] = &search->run[r];
    }
    cancel->event.runs_total = (int)count;
    tsl__cancel_phase(cancel, 0, 0.2);
    if (!search->init) {
        tsl__runs_seed(search->tiles, &seeding, run, count, cancel);
    }
    search->seconds_seed = tsl__clock() - start;

    tsl__cancel_phase(cancel, 0.2, 0.7);
    if (rows > TSL__RACE_FROM && !search->init) {
        count = race_on_sample(search, run, count, cancel);
        cancel->event.runs_done = cancel->event.runs_total - (int)count;
    }
    tsl__lloyd lloyd = {.stop = search->stop,
                        .patience = tsl__sample_rows(rows, 1) < rows ? PATIENCE : 0,
                        .max_iterations = search->max_iterations,
                        .threads = search->threads,
                        .report = 1,
                        .prior = search->prior};
    fit_groups(&lloyd, search->tiles, run, count, cancel);
    find_winners(search, run, count);

    tsl__lloyd polish = {
        .stop = -1, .max_iterations = search->max_iterations, .threads = search->threads, .prior = search->prior};
    tsl__cancel_phase(cancel, 0.7, 0.8);
    fit_groups(&polish, search->tiles, search->winner, (size_t)(search->k_max - search->k_min + 1), cancel);
    search->passes = lloyd.passes + polish.passes;
    search->iterations = lloyd.iterations + polish.iterations;
}

void tsl__search_fit(tsl__search *search, tsl__cancel *cancel)
{
    tsl__lloyd_run **run = tsl__alloc(search->run_count, sizeof *run);
    if (!run) {
        tsl__cancel_fail(cancel, TSL_E_NOMEM);
        return;
    }
    fit_runs(search, run, cancel);
    free(run);
}
