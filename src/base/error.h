/* error.h: filling a caller's tsl_error. */
#ifndef TSL_BASE_ERROR_H
#define TSL_BASE_ERROR_H

#include <tesela/base.h>

/* The idiom of a function that can fail: `tsl_status status = TSL_OK;` and NULL
 * resources at the start, each step in TSL__TRY, one label `done` at which all is
 * given back, `return status` at the end. */
#define TSL__TRY(step)                                                                                                 \
    do {                                                                                                               \
        if ((status = (step)) != TSL_OK) {                                                                             \
            goto done;                                                                                                 \
        }                                                                                                              \
    } while (0)
/* A step that gives memory, or any pointer that is NULL for want of it. */
#define TSL__NEED(pointer) TSL__TRY((pointer) ? TSL_OK : tsl__error_nomem(err))

/* A promise inside the library. Debug builds stop where it is broken. */
#ifdef NDEBUG
#define TSL__ASSERT(promise) ((void)0)
#else
#define TSL__ASSERT(promise) ((promise) ? (void)0 : __builtin_trap())
#endif

/* Every public function starts with a clean error. */
static inline void tsl__error_reset(tsl_error *err)
{
    if (err) {
        err->status = TSL_OK;
        err->message[0] = '\0';
    }
}

/* Sets status and message (err may be NULL) and returns status, so that
 * `return tsl__error_set(err, TSL_E_IO, ...)` reads as one step. */
tsl_status tsl__error_set(tsl_error *err, tsl_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "out of memory" with the status that belongs to it; here, so that who reads the caller (the compiler, the
 * analyser) sees that this is no success. */
static inline tsl_status tsl__error_nomem(tsl_error *err)
{
    tsl__error_set(err, TSL_E_NOMEM, "out of memory");
    return TSL_E_NOMEM;
}
/* One that a thread has come upon; returns its status. */
static inline tsl_status tsl__error_take(tsl_error *err, const tsl_error *from)
{
    if (err) {
        *err = *from;
    }
    return from->status;
}
/* TSL_E_IO, or TSL_E_NOT_FOUND for ENOENT and ENOTDIR: "path: what: strerror". */
tsl_status tsl__error_errno(tsl_error *err, int code, const char *path, const char *what);
/* Puts "prefix: " before the message that is there. Returns err's status. */
tsl_status tsl__error_prefix(tsl_error *err, tsl_status status, const char *prefix);

#endif
