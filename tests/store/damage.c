/* damage.c: damaged files, each read in a child process that may not crash. */
#include "store/damage.h"

#include "base/rng.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PER_CHILD 200

static int flip(int fd, uint64_t bit)
{
    unsigned char byte;
    int failed = pread(fd, &byte, 1, (off_t)(bit / 8)) != 1;
    byte = (unsigned char)(byte ^ (1U << (bit % 8)));
    return failed || pwrite(fd, &byte, 1, (off_t)(bit / 8)) != 1;
}

/* One batch: the number refused, or -1. */
static long flip_batch(const char *path, size_t flips, tsl__rng rng, damage_reader reader, const void *user)
{
    struct stat there;
    long refused = 0;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    for (size_t i = 0; fd >= 0 && fstat(fd, &there) == 0 && i < flips && refused >= 0; i++) {
        uint64_t bit = tsl__rng_below(&rng, (uint64_t)there.st_size * 8);
        int failed = flip(fd, bit);
        damage_verdict verdict = reader(path, user);
        refused += verdict == DAMAGE_REFUSED;
        if (flip(fd, bit) || failed || verdict == DAMAGE_WRONG) {
            fprintf(stderr, "bit %llu flipped: read as something else\n", (unsigned long long)bit);
            refused = -1;
        }
    }
    close(fd);
    return refused;
}

static long cut_batch(const char *path, size_t cuts, tsl__rng rng, damage_reader reader, const void *user)
{
    struct stat there;
    char copy[4096];
    long refused = 0;
    snprintf(copy, sizeof copy, "%s.cut", path);
    int fd = open(path, O_RDONLY | O_CLOEXEC), out = open(copy, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    unsigned char *bytes = fd < 0 || fstat(fd, &there) ? NULL : malloc((size_t)there.st_size);
    int failed = !bytes || pread(fd, bytes, (size_t)there.st_size, 0) != there.st_size;
    for (size_t i = 0; i < cuts && !failed && refused >= 0; i++) {
        off_t length = (off_t)tsl__rng_below(&rng, (uint64_t)there.st_size);
        failed = pwrite(out, bytes, (size_t)there.st_size, 0) != there.st_size || ftruncate(out, length) != 0;
        damage_verdict verdict = reader(copy, user);
        refused += verdict == DAMAGE_REFUSED;
        if (verdict == DAMAGE_WRONG) {
            fprintf(stderr, "cut at %lld: read as something else\n", (long long)length);
            refused = -1;
        }
    }
    free(bytes);
    close(fd);
    close(out);
    unlink(copy);
    return failed ? -1 : refused;
}

typedef long (*batch)(const char *, size_t, tsl__rng, damage_reader, const void *);

static long in_children(batch run, const char *path, size_t count, uint64_t seed, damage_reader reader,
                        const void *user)
{
    long refused = 0;
    for (size_t done = 0; done < count; done += PER_CHILD) {
        size_t some = count - done < PER_CHILD ? count - done : PER_CHILD;
        int status = 0;
        fflush(NULL);
        pid_t child = fork();
        if (child == 0) {
            long got = run(path, some, tsl__rng_open(seed, (uint32_t)done, 0), reader, user);
            _exit(got < 0 ? 255 : (int)got);
        }
        if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) == 255) {
            fprintf(stderr, "%s: a damaged file was read wrongly, or the reader crashed (status %d)\n", path, status);
            return -1;
        }
        refused += WEXITSTATUS(status);
    }
    return refused;
}

long damage_flip(const char *path, size_t flips, uint64_t seed, damage_reader reader, const void *user)
{
    return in_children(flip_batch, path, flips, seed, reader, user);
}

long damage_cut(const char *path, size_t cuts, uint64_t seed, damage_reader reader, const void *user)
{
    return in_children(cut_batch, path, cuts, seed, reader, user);
}
