/* alloc.c: checked allocation. */
#include "base/alloc.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define ROOM_BYTES ((size_t)4 << 20)
#define PROBE_BYTES ((size_t)64 << 10) /* taken by a thread from one look for room to the next */
#define LEAST_BYTES ((size_t)1 << 10)  /* that a block is reckoned to take: where memory is short each may be a page */
#define PAGE ((size_t)4096)
#define LARGE_PAGE ((size_t)2 << 20)
#define LARGE_BYTES (2 * LARGE_PAGE) /* of a block that is asked for in large pages: it is read here and there */

/* Bytes of count elements, at least 1, or 0 where they do not fit a size_t. */
static size_t bytes_of(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX) {
        return 0;
    }
    return bytes ? bytes : 1;
}

/* Asks for large pages for what a block fills of them: one page is met for the first time in place of 512, and a walk
 * through all of it misses fewer. Advice: where the system does not follow it, nothing but time is lost. */
static void *ask_for_large_pages(void *block, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    if (block && bytes >= LARGE_BYTES) {
        const size_t before = -(uintptr_t)block % LARGE_PAGE;
        (void)madvise((char *)block + before, (bytes - before) / LARGE_PAGE * LARGE_PAGE, MADV_HUGEPAGE);
    }
#endif
    return block;
}

/* 1: so many bytes can be had, and ROOM_BYTES besides: of the system, or in one piece of what was freed and the C
 * library keeps. */
static int has_room(size_t bytes)
{
    const size_t all = bytes + ROOM_BYTES;
    void *room = mmap(NULL, all, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room != MAP_FAILED) {
        return munmap(room, all) == 0;
    }
    void *volatile piece = malloc(all); /* compilers take it that an unused one can be had */
    free(piece);
    return piece != NULL;
}

/* Whether a block may be taken. Its like shall not eat the last of the memory: OpenMP, of which each region takes some,
 * ends the process where there is none. */
static int may_take(size_t bytes)
{
    static _Thread_local size_t taken;
    taken += bytes > LEAST_BYTES ? bytes : LEAST_BYTES;
    if (taken < PROBE_BYTES) {
        return 1;
    }
    taken = 0;
    return has_room(bytes);
}

void *tsl__alloc(size_t count, size_t size)
{
    size_t bytes = bytes_of(count, size);
    return bytes && may_take(bytes) ? ask_for_large_pages(malloc(bytes), bytes) : NULL;
}

void *tsl__alloc_zero(size_t count, size_t size)
{
    size_t bytes = bytes_of(count, size);
    return bytes && may_take(bytes) ? ask_for_large_pages(calloc(1, bytes), bytes) : NULL;
}

void *tsl__alloc_aligned(size_t count, size_t size)
{
    size_t bytes = bytes_of(count, size);
    const size_t boundary = bytes >= LARGE_BYTES ? LARGE_PAGE : bytes >= PAGE ? PAGE : 64;
    void *block = NULL;
    if (!bytes || !may_take(bytes) || posix_memalign(&block, boundary, bytes) != 0) {
        return NULL;
    }
    return ask_for_large_pages(block, bytes);
}

void *tsl__realloc(void *old, size_t count, size_t size)
{
    const size_t bytes = bytes_of(count, size), had = malloc_usable_size(old);
    return bytes && may_take(bytes > had ? bytes - had : 0) ? ask_for_large_pages(realloc(old, bytes), bytes) : NULL;
}

int tsl__grow(void **block, size_t count, size_t size)
{
    void *grown = tsl__realloc(*block, count, size);
    *block = grown ? grown : *block;
    return grown ? 0 : -1;
}

int tsl__reserve(void **block, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity) {
        return 0;
    }
    size_t grown = *capacity < 8 ? 16 : *capacity > SIZE_MAX / 2 ? need : *capacity * 2;
    if (grown < need) {
        grown = need;
    }
    void *moved = tsl__realloc(*block, grown, size);
    if (!moved) {
        return -1;
    }
    *block = moved;
    *capacity = grown;
    return 0;
}

char *tsl__strndup(const char *text, size_t length)
{
    char *copy = tsl__alloc(length + 1, 1);
    if (copy) {
        if (length) {
            memcpy(copy, text, length);
        }
        copy[length] = '\0';
    }
    return copy;
}

char *tsl__strdup(const char *text)
{
    return tsl__strndup(text, strlen(text));
}

char *tsl__vformat(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = tsl__vprint(NULL, 0, format, args);
    char *text = length < 0 ? NULL : tsl__alloc((size_t)length + 1, 1);
    if (text) {
        tsl__vprint(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

char *tsl__format(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = tsl__vformat(format, args);
    va_end(args);
    return text;
}

int tsl__memory_has_room(void)
{
    return has_room(0);
}

void *tsl__file_map(int fd, size_t bytes)
{
    void *base = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);
    if (base != MAP_FAILED && !has_room(0)) {
        munmap(base, bytes);
        errno = ENOMEM;
        return NULL;
    }
    return base == MAP_FAILED ? NULL : base;
}

void tsl__file_unmap(void *base, size_t bytes)
{
    munmap(base, bytes);
}

size_t tsl__memory_get_held(void)
{
    char text[128];
    const int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    const ssize_t count = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0) {
        close(fd);
    }
    text[count > 0 ? count : 0] = '\0';
    const char *second = strchr(text, ' '); /* pages: of the process, in memory, ... */
    return second ? strtoull(second, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

size_t tsl__memory_get_peak(void)
{
    struct rusage used;
    return getrusage(RUSAGE_SELF, &used) == 0 ? (size_t)used.ru_maxrss << 10 : 0; /* told in kilobytes */
}

char **tsl__texts_pack(const char *const *text, size_t count)
{
    size_t bytes = count;
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(text[i]);
    }
    const size_t array = bytes_of(count, sizeof *text);
    char **packed = array && bytes <= PTRDIFF_MAX - array ? tsl__alloc(array + bytes, 1) : NULL;
    char *to = packed ? (char *)packed + array : NULL;
    for (size_t i = 0; i < count && packed; i++) {
        const size_t size = strlen(text[i]) + 1;
        packed[i] = memcpy(to, text[i], size);
        to += size;
    }
    return packed;
}

void tsl__free_texts(char **text, size_t count)
{
    if (text) {
        for (size_t i = 0; i < count; i++) {
            free(text[i]);
        }
        free(text);
    }
}
