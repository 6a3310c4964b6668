/* test_locks.c: src/store/files/locks.c: a child of fork() works, whatever the threads of its parent were about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/store.h>

#include "store/array_store.h"
#include "store/scratch.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 3, FORKS = 60 };

static const tsl__store_kind kind = {"model", 1, "dict", "0.1.0", 0};
static _Atomic int stop;

/* Writes a number into a file of arrays and reads it back; 0 on success. */
static int there_and_back(const char *path, int64_t number)
{
    tsl__store *store;
    int64_t back = -1;
    if (tsl__store_create(&(tsl_target){.path = path, .replace = 1}, &kind, &store, NULL) != TSL_OK) {
        return 1;
    }
    tsl__store_put_number(store, "n", number);
    if (tsl__store_close(store, NULL) != TSL_OK ||
        tsl__store_open(&(tsl_source){.path = path}, &kind, &store, NULL) != TSL_OK) {
        return 2;
    }
    back = tsl__store_get_number(store, "n");
    return tsl__store_close(store, NULL) == TSL_OK && back == number ? 0 : 3;
}

static void *work(void *name)
{
    int failed = 0;
    for (int64_t i = 0; (!stop || i == 0) && !failed; i++) {
        failed = there_and_back(name, i);
    }
    return failed ? NULL : name;
}

/* Forks; the child does the same work, and has some seconds for it. */
static void check_child(const char *path)
{
    int status;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        alarm(20);
        _exit(there_and_back(path, 7));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_fork_amid_threads(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* gcc 12's own allocator may stay locked in the child, where another thread was allocating */
#endif
    pthread_t thread[THREADS];
    char name[THREADS][512];
    stop = 0;
    for (int i = 0; i < THREADS; i++) {
        snprintf(name[i], sizeof name[i], "%s/%d.h5", scratch, i);
        assert_int_equal(pthread_create(&thread[i], NULL, work, name[i]), 0);
    }
    for (int i = 0; i < FORKS; i++) {
        check_child(scratch_path("child.h5"));
    }
    stop = 1;
    for (int i = 0; i < THREADS; i++) {
        void *result;
        assert_int_equal(pthread_join(thread[i], &result), 0);
        assert_ptr_equal(result, name[i]);
    }
}

/* The thread that forks has files open itself; parent and child go on with them. */
static void test_fork_amid_stores(void **state)
{
    (void)state;
    tsl__store *outer, *inner;
    const char *path = scratch_path("outer.h5");
    assert_int_equal(there_and_back(path, 5), 0);
    assert_int_equal(tsl__store_open(&(tsl_source){.path = path}, &kind, &outer, NULL), TSL_OK);
    assert_int_equal(tsl__store_open(&(tsl_source){.path = path}, &kind, &inner, NULL), TSL_OK);
    int status;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        alarm(20);
        int failed = there_and_back(scratch_path("child.h5"), 7);
        failed |= tsl__store_get_number(inner, "n") != 5;
        failed |= tsl__store_close(inner, NULL) != TSL_OK || tsl__store_close(outer, NULL) != TSL_OK;
        /* the lock is free: another thread gets it */
        pthread_t thread;
        void *result = NULL;
        char name[512];
        stop = 1;
        snprintf(name, sizeof name, "%s", scratch_path("thread.h5"));
        failed |= pthread_create(&thread, NULL, work, name) || pthread_join(thread, &result) || result != name;
        _exit(failed);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(tsl__store_get_number(outer, "n"), 5);
    assert_int_equal(tsl__store_close(inner, NULL), TSL_OK);
    assert_int_equal(tsl__store_close(outer, NULL), TSL_OK);
    check_child(scratch_path("child.h5"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {TEST(test_fork_amid_threads), TEST(test_fork_amid_stores)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
