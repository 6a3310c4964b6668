/* failing.h: makes the n-th allocation fail, for every n, alone or with all that
 * follow, of a test that is linked with -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=posix_memalign:
 * an error each time, no crash, no leak (the sanitizers look for those). */
#ifndef TEST_FAILING_H
#define TEST_FAILING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include <tesela/base.h>

static _Atomic long granted;       /* allocations that still succeed */
static _Atomic int armed, lasting; /* lasting: all allocations after the first to fail do, too */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
int __real_posix_memalign(void **block, size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
int __wrap_posix_memalign(void **block, size_t alignment, size_t size);

static int fails(void)
{
    long left = armed ? granted-- : 1;
    return lasting ? left <= 0 : left == 0;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

int __wrap_posix_memalign(void **block, size_t alignment, size_t size)
{
    return fails() ? ENOMEM : __real_posix_memalign(block, alignment, size);
}

static void sweep_in_one_way(tsl_status (*step)(void *user, tsl_error *err), void *user, long least)
{
    for (long n = 0;; n++) {
        tsl_error err = {0};
        granted = n;
        armed = 1;
        tsl_status status = step(user, &err);
        armed = 0;
        if (status == TSL_OK && granted >= 0) {
            assert_true(n > least);
            return;
        }
        if (status != TSL_E_NOMEM && status != TSL_OK) {
            fail_msg("allocation %ld: %s", n, err.message);
        }
        if (status == TSL_E_NOMEM && (err.status != TSL_E_NOMEM || !strstr(err.message, "out of memory"))) {
            fail_msg("allocation %ld: the error says \"%s\"", n, err.message);
        }
        assert_true(n < 20000);
    }
}

/* Calls step with 0, 1, 2, ... allocations granted until it has enough, which
 * takes at least `least`. It may also do without one (a note left out). */
static void sweep_failures(tsl_status (*step)(void *user, tsl_error *err), void *user, long least)
{
    for (lasting = 0; lasting < 2; lasting++) {
        sweep_in_one_way(step, user, least);
    }
}

#endif
