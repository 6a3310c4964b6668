/* locks.c: the two locks of this room, and what fork() does to them. */
#include "store/files/locks.h"

#include <pthread.h>

static pthread_mutex_t hdf = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t staging = PTHREAD_MUTEX_INITIALIZER;
static int depth; /* guarded by hdf */

/* fork() waits until no other thread is inside, so that the child's copy of
 * what the locks guard is whole. */
static void before_fork(void)
{
    pthread_mutex_lock(&hdf);
    pthread_mutex_lock(&staging);
}

static void after_fork(void)
{
    pthread_mutex_unlock(&staging);
    pthread_mutex_unlock(&hdf);
}

/* A recursive mutex remembers its owner by a number that a child's thread does
 * not have: a new one, held as often as the thread that forked held the old. */
static void in_child(void)
{
    const pthread_mutex_t fresh = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
    pthread_mutex_unlock(&staging);
    hdf = fresh;
    for (int i = 0; i < depth; i++) {
        pthread_mutex_lock(&hdf);
    }
}

/* As the library is loaded, not at the first lock: a thread could take that while
 * another is inside fork(), which then has passed the place where it would wait. */
__attribute__((constructor)) static void watch_forks(void)
{
    pthread_atfork(before_fork, after_fork, in_child);
}

void tsl__hdf_lock(void)
{
    pthread_mutex_lock(&hdf);
    depth++;
}

void tsl__hdf_unlock(void)
{
    depth--;
    pthread_mutex_unlock(&hdf);
}

int tsl__hdf_get_depth(void)
{
    return depth;
}

void tsl__staging_lock(void)
{
    pthread_mutex_lock(&staging);
}

void tsl__staging_unlock(void)
{
    pthread_mutex_unlock(&staging);
}
