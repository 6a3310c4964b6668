/* interrupt.c: Ctrl-C and its kin, met in any stage without leaving anything
 * behind. */
#include "cli/system/interrupt.h"

#include "cli/system/fail.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <tesela/store.h>
#include <time.h>
#include <unistd.h>

#define GRACE_NANOSECONDS 700000000 /* left to the stage to stop by itself */

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

static sigset_t waited;
static volatile int received; /* as tsl_exec.stop has it: written by the thread that waits, or while it is held */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t released = PTHREAD_COND_INITIALIZER;
static void (*at_sudden_end)(void);
static int held;

/* Ends the program at once, but never while results are being published; if
 * that has happened meanwhile, not at all. */
static void end_suddenly(void)
{
    pthread_mutex_lock(&lock);
    while (held) {
        pthread_cond_wait(&released, &lock);
    }
    if (received) {
        tsl_staged_free();
        at_sudden_end();
        _exit(128 + received);
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
        received = number;
        while (sigtimedwait(&waited, NULL, &grace) < 0 && errno == EINTR) {
        }
        end_suddenly();
    }
    return NULL;
}

void cli_interrupt_start(void (*at_end)(void))
{
    pthread_t thread;
    pthread_attr_t detached;
    at_sudden_end = at_end;
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
    return received;
}

const volatile int *cli_interrupt_get_flag(void)
{
    return &received;
}

tsl_status cli_interrupt_check(tsl_error *err)
{
    return cli_interrupt_get() ? cli_fail(err, TSL_E_CANCELLED, "interrupted") : TSL_OK;
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
    received = 0;
    pthread_cond_broadcast(&released);
    pthread_mutex_unlock(&lock);
}
