/* staging.c: what this process has under construction. */
#include "store/staging.h"

#include "base/alloc.h"
#include "store/locks.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tesela/store.h>
#include <unistd.h>

#define OPEN_FOLDERS 16 /* descriptors that a walk may hold */

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

static int remove_one(const char *path, const struct stat *there, int kind, struct FTW *where)
{
    (void)there;
    (void)kind;
    (void)where;
    return remove(path) ? errno : 0;
}

static int remove_all(const char *name)
{
    struct stat there;
    if (lstat(name, &there)) {
        return errno;
    }
    if (!S_ISDIR(there.st_mode)) {
        return unlink(name) ? errno : 0;
    }
    int code = nftw(name, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    return code < 0 ? errno : code;
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
    int code = remove_all(name);
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
            remove_all(first->name);
        }
        free(first);
        first = next;
    }
    tsl__staging_unlock();
}
