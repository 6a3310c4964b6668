/* staging.c: what this process has under construction. */
#include "store/files/staging.h"

#include "base/alloc.h"
#include "store/files/locks.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tesela/store.h>
#include <unistd.h>

#define DEEPEST 100 /* folders within each other: each holds a descriptor, and 4 KB of the stack */

/* The newest first, so that a folder comes behind what stands in it. */
typedef struct entry {
    struct entry *next;
    dev_t device;
    ino_t inode;
    pid_t process; /* a child of fork() has the list, but made nothing of it */
    char name[];
} entry;

/* Guarded by the lock of staging. */
static entry *first;
static int ended;

static int remove_all(int at, const char *name, int depth);

/* What is in a folder; from its begin, as long as something goes. */
static int remove_entries(int folder, int depth)
{
    _Alignas(struct dirent64) char buffer[4096];
    ssize_t count;
    int code = 0;
    while (!code && (count = getdents64(folder, buffer, sizeof buffer)) != 0) {
        int gone = 0;
        code = count < 0 ? errno : 0;
        for (ssize_t i = 0; i < count && !code;) {
            const struct dirent64 *next = (const void *)(buffer + i);
            i += next->d_reclen;
            if (strcmp(next->d_name, ".") != 0 && strcmp(next->d_name, "..") != 0) {
                code = remove_all(folder, next->d_name, depth);
                gone = 1;
            }
        }
        if (gone && lseek(folder, 0, SEEK_SET)) {
            code = errno;
        }
    }
    return code;
}

/* 0, or errno. It needs no memory, as it must work where there is none, and follows no link. */
static int remove_all(int at, const char *name, int depth)
{
    if (unlinkat(at, name, 0) == 0) {
        return 0;
    }
    if ((errno != EISDIR && errno != EPERM) || depth == DEEPEST) {
        return errno;
    }
    int folder = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) {
        return errno;
    }
    int code = remove_entries(folder, depth + 1);
    close(folder);
    return code ? code : unlinkat(at, name, AT_REMOVEDIR) ? errno : 0;
}

static int make(char *name, int *fd, struct stat *there)
{
    if (!fd) {
        return mkdtemp(name) && lstat(name, there) == 0 ? 0 : errno;
    }
    *fd = mkostemp(name, O_CLOEXEC);
    return *fd >= 0 && fstat(*fd, there) == 0 ? 0 : errno;
}

int tsl__staging_make(char *name, int *fd)
{
    struct stat there;
    size_t length = strlen(name);
    entry *made = tsl__alloc_zero(1, sizeof *made + length + 1);
    if (!made) {
        return ENOMEM;
    }
    tsl__staging_lock();
    int code = ended ? ECANCELED : make(name, fd, &there);
    if (!code) {
        *made = (entry){first, there.st_dev, there.st_ino, getpid()};
        memcpy(made->name, name, length + 1);
        first = made;
    }
    tsl__staging_unlock();
    if (code) {
        free(made);
    }
    return code;
}

void tsl__staging_drop(const char *name)
{
    for (entry **at = &first; *at; at = &(*at)->next) {
        if (strcmp((*at)->name, name) == 0) {
            entry *gone = *at;
            *at = gone->next;
            free(gone);
            return;
        }
    }
}

int tsl__staging_remove(const char *name)
{
    tsl__staging_lock();
    int code = remove_all(AT_FDCWD, name, 0);
    tsl__staging_drop(name);
    tsl__staging_unlock();
    return code;
}

/* Whether what bears the name is what was made. */
static int is_same(const entry *made)
{
    struct stat there;
    return made->process == getpid() && lstat(made->name, &there) == 0 && there.st_dev == made->device &&
           there.st_ino == made->inode;
}

void tsl_staged_free(void)
{
    tsl__staging_lock();
    ended = 1;
    while (first) {
        entry *next = first->next;
        if (is_same(first)) {
            remove_all(AT_FDCWD, first->name, 0);
        }
        free(first);
        first = next;
    }
    tsl__staging_unlock();
}
