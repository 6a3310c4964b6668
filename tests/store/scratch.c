/* scratch.c: a fresh folder for each test. */
#include "store/scratch.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char scratch[256];
static int left;

int scratch_setup(void **state)
{
    (void)state;
    const char *temp = getenv("TMPDIR");
    char name[256];
    snprintf(name, sizeof name, "%s/tesela-XXXXXX", temp ? temp : "/tmp");
    return !mkdtemp(name) || !realpath(name, scratch);
}

static int visit(const char *path, const struct stat *there, int kind, struct FTW *where)
{
    (void)there;
    (void)kind;
    if (strstr(path + where->base, ".partial-")) {
        fprintf(stderr, "left behind: %s\n", path);
        left = 1;
    }
    return remove(path);
}

int scratch_teardown(void **state)
{
    (void)state;
    left = 0;
    int failed = nftw(scratch, visit, 16, FTW_DEPTH | FTW_PHYS);
    return failed || left;
}

const char *scratch_path(const char *name)
{
    static char path[16][512];
    static unsigned next;
    char *out = path[next++ % 16];
    snprintf(out, sizeof path[0], "%s/%s", scratch, name);
    return out;
}

void scratch_write(const char *path, const void *bytes, size_t count)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, bytes, count) != (ssize_t)count) {
        perror(path);
        abort();
    }
    close(fd);
}

const char *scratch_read(const char *path)
{
    static char text[65536];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t count = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    text[count < 0 ? 0 : count] = '\0';
    if (fd >= 0) {
        close(fd);
    }
    return text;
}

int scratch_has(const char *path)
{
    struct stat there;
    return lstat(path, &there) == 0;
}
