/* damage.h: flips bits of a file, or cuts it short, and looks at what its reader says. */
#ifndef TEST_STORE_DAMAGE_H
#define TEST_STORE_DAMAGE_H

#include <stddef.h>
#include <stdint.h>

typedef enum damage_verdict {
    DAMAGE_SAME,    /* read, and all as it was */
    DAMAGE_REFUSED, /* a clean error */
    DAMAGE_WRONG    /* anything else */
} damage_verdict;

typedef damage_verdict (*damage_reader)(const char *path, const void *user);

/* Single bits at random, one at a time, each put back after the reading, which
 * happens in child processes. Returns how many were refused; -1 (told on
 * standard error) where a reading was wrong or crashed. */
long damage_flip(const char *path, size_t flips, uint64_t seed, damage_reader reader, const void *user);

/* The same file, cut at `cuts` random lengths. */
long damage_cut(const char *path, size_t cuts, uint64_t seed, damage_reader reader, const void *user);

#endif
