/* test_alloc.c: sizes that overflow give NULL, count 0 a pointer; growth keeps what is there. */
#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_sizes(void **state)
{
    (void)state;
    void *(*const makers[])(size_t, size_t) = {tsl__alloc, tsl__alloc_zero, tsl__alloc_aligned};
    for (size_t i = 0; i < 3; i++) {
        assert_null(makers[i](SIZE_MAX, 2));
        assert_null(makers[i](SIZE_MAX / 2 + 1, 1));
        assert_null(makers[i](SIZE_MAX / 16 + 2, 16)); /* 16 bytes, were it to wrap */
        void *none = makers[i](0, 8), *some = makers[i](10, 8);
        assert_non_null(none);
        assert_non_null(some);
        memset(some, 1, 80);
        free(none);
        free(some);
    }
    unsigned char *zero = tsl__alloc_zero(1000, 1), *aligned = tsl__alloc_aligned(3, 1);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(zero[i], 0);
    }
    assert_int_equal((uintptr_t)aligned % 64, 0);
    unsigned char *large = tsl__alloc_aligned(((size_t)5 << 20) + 1, 1);
    assert_non_null(large);
    assert_int_equal((uintptr_t)large % 64, 0);
    memset(large, 1, ((size_t)5 << 20) + 1);
    free(large);
    assert_null(tsl__realloc(zero, SIZE_MAX, 8));
    zero[999] = 7; /* the old block stands */
    free(zero);
    free(aligned);
}

static void test_reserve(void **state)
{
    (void)state;
    void *block = NULL;
    size_t capacity = 0, moves = 0;
    for (size_t i = 0; i < 100000; i++) {
        size_t before = capacity;
        assert_int_equal(tsl__reserve(&block, &capacity, i + 1, sizeof(size_t)), 0);
        assert_true(capacity >= i + 1);
        moves += capacity != before;
        ((size_t *)block)[i] = i;
    }
    assert_in_range(moves, 5, 20); /* by doubling */
    for (size_t i = 0; i < 100000; i++) {
        assert_int_equal(((size_t *)block)[i], i);
    }
    size_t kept = capacity;
    assert_int_not_equal(tsl__reserve(&block, &capacity, SIZE_MAX, sizeof(size_t)), 0);
    assert_int_equal(capacity, kept);
    assert_int_equal(((size_t *)block)[99999], 99999);
    free(block);
}

static void test_texts(void **state)
{
    (void)state;
    char **texts = tsl__alloc(3, sizeof *texts);
    texts[0] = tsl__strdup("a");
    texts[1] = tsl__strndup("bcd", 2);
    texts[2] = tsl__format("%d-%s", 7, "x");
    assert_string_equal(texts[0], "a");
    assert_string_equal(texts[1], "bc");
    assert_string_equal(texts[2], "7-x");
    tsl__free_texts(texts, 3);
    tsl__free_texts(NULL, 0);
    char *empty = tsl__strndup(NULL, 0);
    assert_string_equal(empty, "");
    free(empty);
}

static void *take(size_t bytes)
{
    return tsl__alloc(bytes, 1);
}

static void *take_zero(size_t bytes)
{
    return tsl__alloc_zero(bytes, 1);
}

static void *take_aligned(size_t bytes)
{
    return tsl__alloc_aligned(bytes, 1);
}

static void *take_and_grow(size_t bytes)
{
    void *block = tsl__alloc(1, 1);
    return block ? tsl__realloc(block, bytes, 1) : NULL;
}

/* Whether 3 MB are there once a way to take blocks finds no more, of the system or of the heap. */
static int leaves_room(void *(*way)(size_t), size_t bytes)
{
    const struct rlimit little = {(rlim_t)128 << 20, (rlim_t)128 << 20};
    size_t taken = 0;
    setrlimit(RLIMIT_AS, &little);
    while (way(bytes)) {
        taken += bytes;
    }
    void *volatile room = malloc((size_t)3 << 20);
    return taken > 1 << 20 && room != NULL;
}

/* What libraries take for themselves, which end the process where there is none. */
static void test_the_last_of_the_memory_is_left(void **state)
{
    (void)state;
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    skip(); /* its shadow alone takes terabytes */
#endif
    void *(*const ways[])(size_t) = {take, take_zero, take_aligned, take_and_grow};
    const size_t bytes[] = {16, 1000, 30000, 300000, 3 << 20};
    for (size_t i = 0; i < 4 * 5; i++) {
        const pid_t child = fork();
        if (child == 0) {
            _exit(leaves_room(ways[i % 4], bytes[i / 4]) ? 0 : 1);
        }
        int seen;
        assert_int_equal(waitpid(child, &seen, 0), child);
        assert_int_equal(seen, 0);
    }
}

/* What was freed may be taken again, though no more of the address space can be had. */
static int takes_what_was_freed(void)
{
    enum { BLOCKS = 8000, BYTES = 16000 };
    static void *block[BLOCKS];
    const struct rlimit little = {(rlim_t)64 << 20, (rlim_t)64 << 20};
    size_t count = 0;
    setrlimit(RLIMIT_AS, &little);
    while (count < BLOCKS && (block[count] = tsl__alloc(BYTES, 1))) {
        count++;
    }
    for (size_t i = 0; i + 1 < count; i++) { /* the last one keeps the heap from shrinking */
        free(block[i]);
    }
    return count > 100 && count < BLOCKS && tsl__alloc(1 << 20, 1) && tsl__alloc(1 << 20, 1);
}

static void test_freed_memory_is_there(void **state)
{
    (void)state;
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    skip(); /* its shadow alone takes terabytes */
#endif
    const pid_t child = fork();
    if (child == 0) {
        _exit(takes_what_was_freed() ? 0 : 1);
    }
    int seen;
    assert_int_equal(waitpid(child, &seen, 0), child);
    assert_int_equal(seen, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes), cmocka_unit_test(test_reserve), cmocka_unit_test(test_texts),
        cmocka_unit_test(test_the_last_of_the_memory_is_left), cmocka_unit_test(test_freed_memory_is_there)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
