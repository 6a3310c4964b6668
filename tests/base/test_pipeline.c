/* test_pipeline.c: pieces are taken in their order, each worked on once, and of all that goes wrong the first is told.
 */
#include "base/pipeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <omp.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

enum { PIECES = 500, MOST_THREADS = 7 };

typedef struct stream {
    int pieces;                       /* there are */
    int bad_read, bad_work, bad_take; /* pieces that fail there; -1: none */
    uint64_t order[PIECES + 1];       /* of a piece's work: how long it takes */
    int read, taken;                  /* so far */
    int number[32];                   /* in each slot */
    atomic_int reading, busy[MOST_THREADS];
    atomic_int worked[PIECES + 1];
    int caller; /* the thread that called */
} stream;

static int fails(int bad, int number)
{
    return bad >= 0 && number == bad;
}

static tsl_status read_piece(void *user, size_t slot, int *more, tsl_error *err)
{
    stream *s = user;
    assert_int_equal(atomic_fetch_add(&s->reading, 1), 0); /* one at a time */
    const int number = s->read++;
    s->number[slot] = number;
    *more = number < s->pieces;
    atomic_fetch_sub(&s->reading, 1);
    return fails(s->bad_read, number) ? tsl__error_set(err, TSL_E_IO, "read %d", number) : TSL_OK;
}

static tsl_status work_piece(void *user, size_t slot, size_t worker, tsl_error *err)
{
    stream *s = user;
    const int number = s->number[slot];
    assert_int_equal(atomic_fetch_add(&s->busy[worker], 1), 0);
    for (uint64_t i = 0; i < s->order[number]; i++) {
        sched_yield(); /* so that pieces behind are done first */
    }
    atomic_fetch_add(&s->worked[number], 1);
    atomic_fetch_sub(&s->busy[worker], 1);
    return fails(s->bad_work, number) ? tsl__error_set(err, TSL_E_INPUT, "work %d", number) : TSL_OK;
}

static tsl_status take_piece(void *user, size_t slot, tsl_error *err)
{
    stream *s = user;
    assert_int_equal(omp_get_thread_num(), s->caller);
    assert_int_equal(s->number[slot], s->taken);
    assert_int_equal(atomic_load(&s->worked[s->taken]), 1);
    const int number = s->taken++;
    return fails(s->bad_take, number) ? tsl__error_set(err, TSL_E_CANCELLED, "take %d", number) : TSL_OK;
}

static stream *open_stream(int pieces)
{
    stream *s = calloc(1, sizeof *s);
    assert_non_null(s);
    s->pieces = pieces;
    s->bad_read = s->bad_work = s->bad_take = -1;
    for (int i = 0; i <= PIECES; i++) {
        s->order[i] = i % 7 == 0 ? 50 : 0;
    }
    return s;
}

static tsl_status run(stream *s, int threads, tsl_error *err)
{
    const tsl__pipeline with = {threads, s, read_piece, work_piece, take_piece};
    assert_true(tsl__pipeline_get_slots(threads) <= sizeof s->number / sizeof *s->number);
    return tsl__pipeline_run(&with, err);
}

static void test_all_in_order(void **state)
{
    (void)state;
    static const int counts[] = {0, 1, 2, 30, PIECES};
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            stream *s = open_stream(counts[c]);
            assert_int_equal(run(s, threads, NULL), TSL_OK);
            assert_int_equal(s->taken, counts[c]);
            assert_int_equal(s->read, counts[c] + 1); /* the end is asked for once */
            free(s);
        }
    }
}

/* Of pieces that fail in several places the first of the stream is told, and no other is taken. */
static void test_first_failure(void **state)
{
    (void)state;
    static const struct {
        int read, work, take, taken;
        tsl_status status;
        const char *message;
    } ways[] = {
        {0, -1, -1, 0, TSL_E_IO, "read 0"},
        {90, -1, -1, 90, TSL_E_IO, "read 90"},
        {-1, 77, -1, 77, TSL_E_INPUT, "work 77"},
        {-1, -1, 14, 15, TSL_E_CANCELLED, "take 14"},
        {31, 30, -1, 30, TSL_E_INPUT, "work 30"},
        {31, 30, 29, 30, TSL_E_CANCELLED, "take 29"},
        {30, 31, -1, 30, TSL_E_IO, "read 30"},
        {-1, 28, 28, 28, TSL_E_INPUT, "work 28"},
        {PIECES, -1, -1, PIECES, TSL_E_IO, "read 500"}, /* where the end was to be */
    };
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
            tsl_error err;
            stream *s = open_stream(PIECES);
            s->bad_read = ways[w].read;
            s->bad_work = ways[w].work;
            s->bad_take = ways[w].take;
            assert_int_equal(run(s, threads, &err), ways[w].status);
            assert_string_equal(err.message, ways[w].message);
            assert_int_equal(s->taken, ways[w].taken);
            free(s);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_in_order), cmocka_unit_test(test_first_failure)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
