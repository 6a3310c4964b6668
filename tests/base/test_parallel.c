/* test_parallel.c: blocks tile the rows; threads resolve; ticks are throttled and can stop the work. */
#include "base/alloc.h"
#include "base/parallel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>
#include <omp.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_blocks_tile(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 2, 4095, 4096, 4097, 8191, 8192, 8193, 1000000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        size_t next = 0, blocks = tsl__block_count(counts[i]);
        for (size_t b = 0; b < blocks; b++) {
            size_t begin, end;
            tsl__block_get(counts[i], b, &begin, &end);
            assert_int_equal(begin, next);
            assert_true(end > begin && end - begin <= TSL__BLOCK_ROWS);
            next = end;
        }
        assert_int_equal(next, counts[i]);
    }
}

/* The scheme of every sum in the library: the same bits for any number of threads. */
static double sum_by_blocks(const double *x, size_t rows, int threads)
{
    size_t blocks = tsl__block_count(rows);
    double *partial = calloc(blocks, sizeof *partial), total = 0;
    assert_non_null(partial);
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(rows, b, &begin, &end);
        for (size_t r = begin; r < end; r++) {
            partial[b] += x[r];
        }
    }
    for (size_t b = 0; b < blocks; b++) {
        total += partial[b];
    }
    free(partial);
    return total;
}

static void test_threads_agree(void **state)
{
    (void)state;
    enum { ROWS = 100003 };
    double *x = malloc(ROWS * sizeof *x);
    assert_non_null(x);
    for (int i = 0; i < ROWS; i++) {
        x[i] = sin(i) * pow(10, i % 12);
    }
    double one = sum_by_blocks(x, ROWS, 1);
    static const int threads[] = {2, 3, 7};
    for (size_t i = 0; i < 3; i++) {
        double sum = sum_by_blocks(x, ROWS, threads[i]);
        assert_memory_equal(&sum, &one, sizeof one);
    }
    free(x);
}

static void test_open(void **state)
{
    (void)state;
    static const struct {
        int asked;
        tsl_status status;
    } cases[] = {{3, TSL_OK}, {0, TSL_OK}, {-1, TSL_E_OPTION}, {4097, TSL_E_OPTION}};
    tsl_error err;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_exec given = {.size = sizeof given, .threads = cases[i].asked};
        tsl_exec exec;
        assert_int_equal(tsl__exec_open(&given, &exec, &err), cases[i].status);
        if (cases[i].status == TSL_OK) {
            assert_int_equal(exec.threads, cases[i].asked ? cases[i].asked : tsl_threads_get());
        }
    }
    assert_non_null(strstr(err.message, "4097"));
}

/* Bound to one processor, the library counts one. */
static void test_affinity(void **state)
{
    (void)state;
    cpu_set_t all, one;
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    size_t first = 0;
    while (!CPU_ISSET(first, &all)) {
        first++;
    }
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(tsl_threads_get(), 1);
    assert_int_equal(sched_setaffinity(0, sizeof all, &all), 0);
    assert_in_range(tsl_threads_get(), 1, (size_t)CPU_COUNT(&all));
}

static int count_and_stop(void *user, const tsl_progress_event *event)
{
    int *calls = user;
    ++*calls;
    return event->rows == 13;
}

static void test_ticks(void **state)
{
    (void)state;
    int calls = 0;
    volatile int stop = 0;
    tsl_exec exec = {.size = sizeof exec, .report = count_and_stop, .user = &calls, .stop = &stop};
    tsl_progress_event event = {.stage = "x", .rows = 1};
    tsl__ticker ticker = tsl__ticker_open(&exec), none = {0};
    tsl_error err;
    assert_int_equal(tsl__tick(&none, &event, &err), TSL_OK);
    double begin = tsl__clock();
    while (tsl__clock() - begin < 0.3) {
        assert_int_equal(tsl__tick(&ticker, &event, &err), TSL_OK);
    }
    assert_in_range(calls, 2, 8);
    event.rows = 13;
    ticker.last = 0;
    assert_int_equal(tsl__tick(&ticker, &event, &err), TSL_E_CANCELLED);
    assert_true(strlen(err.message) > 0);
    event.rows = 1;
    stop = 1; /* heeded at once, whenever the last report was */
    assert_int_equal(tsl__tick(&ticker, &event, NULL), TSL_E_CANCELLED);
}

static void test_exec(void **state)
{
    (void)state;
    tsl_exec exec, given;
    tsl_error err = {.status = TSL_E_IO};
    assert_int_equal(tsl__exec_open(NULL, &exec, &err), TSL_OK);
    assert_in_range(exec.threads, 1, tsl_threads_get());
    TSL_DEFAULTS(exec, &given);
    assert_true(given.size == sizeof given && given.threads == 0);
    assert_int_equal(tsl_exec_check(&given, &err), TSL_OK);
    assert_int_equal(err.status, TSL_OK);
    given.threads = -1;
    assert_int_equal(tsl_exec_check(&given, &err), TSL_E_OPTION);
    given.size = 0;
    assert_int_equal(tsl_exec_check(&given, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "tsl_exec_defaults"));
}

/* Threads that the system does not give are done without, and the process lives. */
static void test_no_threads_to_be_had(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* its shadow alone takes more */
#endif
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit little = {(rlim_t)96 << 20, (rlim_t)96 << 20};
        tsl_exec exec, given = {.size = sizeof given, .threads = 64};
        setrlimit(RLIMIT_AS, &little); /* not room for 64 stacks of 8 MB */
        double x[3 * TSL__BLOCK_ROWS] = {1};
        int good = tsl__exec_open(&given, &exec, NULL) == TSL_OK && exec.threads < 64;
        _exit(good && sum_by_blocks(x, 3 * TSL__BLOCK_ROWS, exec.threads) == 1 ? 0 : 1);
    }
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

/* A smaller team gives threads up, which may then not be had again. */
static void test_fewer_then_more(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip();
#endif
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        enum { MANY = 40 }; /* more stacks than the C library keeps for later */
        double x[3 * TSL__BLOCK_ROWS] = {1};
        int good = tsl_threads_open(MANY) == MANY && sum_by_blocks(x, 3 * TSL__BLOCK_ROWS, MANY) == 1;
        good = good && tsl_threads_open(2) == 2 && sum_by_blocks(x, 3 * TSL__BLOCK_ROWS, 2) == 1;
        usleep(50000); /* they take their time to go */
        const struct rlimit little = {(rlim_t)96 << 20, (rlim_t)96 << 20};
        setrlimit(RLIMIT_AS, &little);
        int had = tsl_threads_open(MANY);
        good = good && had < MANY && sum_by_blocks(x, 3 * TSL__BLOCK_ROWS, had) == 1;
        _exit(good ? 0 : 1);
    }
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

/* So does one whose parent's threads are its host's, from before the first call of the library. */
static void test_fork_of_a_host(void **state)
{
    (void)state;
    pid_t host = fork();
    assert_true(host >= 0);
    if (host == 0) {
        tsl_exec exec, given = {.size = sizeof given, .threads = 2};
        double x[3 * TSL__BLOCK_ROWS] = {1};
        int how = 1, good = sum_by_blocks(x, 3 * TSL__BLOCK_ROWS, 2) == 1;
        alarm(20);
        pid_t child = fork();
        if (child == 0) {
            alarm(10);
            good = good && tsl__exec_open(&given, &exec, NULL) == TSL_OK && exec.threads == 1;
            _exit(good && sum_by_blocks(x, 3 * TSL__BLOCK_ROWS, exec.threads) == 1 ? 0 : 1);
        }
        good = waitpid(child, &how, 0) == child && how == 0;
        good = good && tsl_threads_open(2) == 2; /* the host itself has lost nothing */
        _exit(good ? 0 : 1);
    }
    int how;
    assert_int_equal(waitpid(host, &how, 0), host);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

/* A child of a process that has used threads works, on one. */
static void test_fork(void **state)
{
    (void)state;
    tsl_exec exec, given = {.size = sizeof given, .threads = 2};
    double x[3 * TSL__BLOCK_ROWS] = {1};
    assert_int_equal(tsl__exec_open(&given, &exec, NULL), TSL_OK);
    assert_true(sum_by_blocks(x, 3 * TSL__BLOCK_ROWS, exec.threads) == 1);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        alarm(20);
        int good = tsl__exec_open(&given, &exec, NULL) == TSL_OK && exec.threads == 1;
        _exit(good && sum_by_blocks(x, 3 * TSL__BLOCK_ROWS, exec.threads) == 1 ? 0 : 1);
    }
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

static tsl_status check_memory(size_t limit, size_t more, tsl_error *err)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = 4, .memory = limit};
    return tsl__memory_check(&exec, more, err, "%d things", 3);
}

/* What is held counts; what goes beyond the limit by more than 5 % is refused with the sum. */
static void test_memory(void **state)
{
    (void)state;
    const size_t megabyte = (size_t)1 << 20, held = tsl__memory_get_held();
    tsl_exec exec = {.size = sizeof exec, .threads = 4};
    tsl_error err = {0};
    assert_true(held > megabyte / 4 && held < 1000 * megabyte);
    assert_true(tsl__memory_get_peak() + megabyte > held);
    assert_int_equal(check_memory(0, SIZE_MAX / 2, &err), TSL_OK);
    assert_int_equal(check_memory(2000 * megabyte, 900 * megabyte, &err), TSL_OK);
    assert_int_equal(check_memory(2000 * megabyte, 2101 * megabyte, &err), TSL_E_NOMEM);
    assert_true(strncmp(err.message, "memory: 2000M are too little: 3 things need 2", 45) == 0);
    assert_int_equal(tsl__memory_get_threads(&exec, SIZE_MAX / 8), 4); /* no limit */
    exec.memory = 2000 * megabyte;
    assert_int_equal(tsl__memory_get_threads(&exec, 200 * megabyte), 4);
    assert_int_equal(tsl__memory_get_threads(&exec, 600 * megabyte), 1);
    exec.memory = TSL_MEMORY_LEAST;
    assert_int_equal(tsl_exec_check(&exec, &err), TSL_OK);
    exec.memory--;
    assert_int_equal(tsl_exec_check(&exec, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "memory: 67108863 bytes are too few: at least 64M are needed, or 0 for no limit");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_threads_to_be_had), /* first: no pool yet */
        cmocka_unit_test(test_fewer_then_more),
        cmocka_unit_test(test_fork_of_a_host),
        cmocka_unit_test(test_blocks_tile),
        cmocka_unit_test(test_threads_agree),
        cmocka_unit_test(test_open),
        cmocka_unit_test(test_affinity),
        cmocka_unit_test(test_ticks),
        cmocka_unit_test(test_exec),
        cmocka_unit_test(test_fork),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
