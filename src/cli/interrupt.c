/* interrupt.c: Ctrl-C and its kin, met in any stage without leaving anything
 * behind. */
#include "cli/interrupt.h"

#include "cli/fail.h"
#include "cli/show/progress.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define GRACE_NANOSECONDS 700000000 /* left to the stage to stop by itself */
#define REMOVE_TRIES 50             /* while another thread may still be writing into the folder */
#define OPEN_FOLDERS 16
#define MARK ".partial-"
#define MARK_BYTES 15 /* with the six letters that make the name unique */

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

static sigset_t waited;
static atomic_int received;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t released = PTHREAD_COND_INITIALIZER;
static char *folder;
static int held;

static int remove_one(const char *path, const struct stat *there, int kind, struct FTW *where)
{
    (void)there;
    (void)kind;
    (void)where;
    remove(path); /* what resists is met again in the next round */
    return 0;
}

/* Removes the files under construction: those that this process has open and
 * that bear the name of one ("segments.csv.partial-x1Y2z3"). */
static void remove_open_files(void)
{
    DIR *open_files = opendir("/proc/self/fd");
    const struct dirent *entry;
    while (open_files && (entry = readdir(open_files))) {
        char path[4096];
        ssize_t length = readlinkat(dirfd(open_files), entry->d_name, path, sizeof path - 1);
        if (length > MARK_BYTES) {
            path[length] = '\0';
            const char *tail = path + length - MARK_BYTES;
            if (strncmp(tail, MARK, sizeof MARK - 1) == 0 && !strchr(tail, '/')) {
                unlink(path);
            }
        }
    }
    if (open_files) {
        closedir(open_files);
    }
}

static void remove_folder(void)
{
    const struct timespec pause = {0, 10000000};
    for (int i = 0; folder && i < REMOVE_TRIES; i++) {
        nftw(folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
        if (access(folder, F_OK) != 0) {
            break;
        }
        nanosleep(&pause, NULL);
    }
}

/* Ends the program at once, but never while a folder is being published; if
 * that has happened meanwhile, not at all. */
static void end_suddenly(void)
{
    static const char message[] = "tesela: interrupted\n";
    pthread_mutex_lock(&lock);
    while (held) {
        pthread_cond_wait(&released, &lock);
    }
    if (atomic_load(&received)) {
        remove_open_files();
        remove_folder();
        cli_progress_clear();
        if (write(STDERR_FILENO, message, sizeof message - 1) < 0) {
            /* nobody listens any more */
        }
        _exit(128 + atomic_load(&received));
    }
    pthread_mutex_unlock(&lock);
}

static void *wait_for_signals(void *unused)
{
    const struct timespec grace = {0, GRACE_NANOSECONDS};
    (void)unused;
    for (;;) {
        int number;
        while (sigwait(&waited, &number) != 0) {
        }
        atomic_store(&received, number);
        while (sigtimedwait(&waited, NULL, &grace) < 0 && errno == EINTR) {
        }
        end_suddenly();
    }
    return NULL;
}

void cli_interrupt_start(void)
{
    pthread_t thread;
    pthread_attr_t detached;
    sigemptyset(&waited);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction now;
        /* nohup and background jobs ignore some of them: so do we. */
        if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN) {
            sigaddset(&waited, signals[i]);
        }
    }
    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    pthread_sigmask(SIG_BLOCK, &waited, NULL);
    if (pthread_create(&thread, &detached, wait_for_signals, NULL) != 0) {
        pthread_sigmask(SIG_UNBLOCK, &waited, NULL); /* without the thread a signal ends the program as ever */
    }
    pthread_attr_destroy(&detached);
}

int cli_interrupt_get(void)
{
    return atomic_load(&received);
}

tsl_status cli_interrupt_check(tsl_error *err)
{
    return cli_interrupt_get() ? cli_fail(err, TSL_E_CANCELLED, "interrupted") : TSL_OK;
}

void cli_interrupt_set_folder(const char *path)
{
    char *copy = path ? strdup(path) : NULL;
    pthread_mutex_lock(&lock);
    free(folder);
    folder = copy;
    pthread_mutex_unlock(&lock);
}

void cli_interrupt_hold(void)
{
    pthread_mutex_lock(&lock);
    held = 1;
    pthread_mutex_unlock(&lock);
}

void cli_interrupt_release(void)
{
    pthread_mutex_lock(&lock);
    held = 0;
    atomic_store(&received, 0);
    pthread_cond_broadcast(&released);
    pthread_mutex_unlock(&lock);
}

void cli_interrupt_clean(void)
{
    pthread_mutex_lock(&lock);
    remove_open_files();
    remove_folder();
    pthread_mutex_unlock(&lock);
}
