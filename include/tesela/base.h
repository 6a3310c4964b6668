/*
 * base.h: what every room shares: status and error, views, notes, progress.
 *
 * What stays behind a program that was compiled before (the soname is 0.minor):
 * structs with a `size` grow at their end alone, all others that are laid open
 * here stay as they are, within one soname. Results are read only and made by the
 * library alone. Numbers "for good" stay beyond it.
 *
 * Ownership has three words in these headers: *owned* (call the matching
 * _free; NULL is fine), *borrowed* (dies with its parent), *view* (your
 * memory, not kept after the call).
 *
 * Pointers that a function takes must not be NULL unless it says so; a tsl_error
 * may always be. Options start from their _defaults().
 *
 * The library never prints, never exits, and reads the environment for one
 * thing only: TESELA_KERNEL, the kernel override.
 */
#ifndef TESELA_BASE_H
#define TESELA_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef TSL_API
#define TSL_API __attribute__((visibility("default")))
#endif
/* Stands before a function whose status must be looked at. */
#define TSL_FALLIBLE __attribute__((warn_unused_result))

/* ---- Options ------------------------------------------------------------ */

/* Options are structs whose first field is their size, so that a program
 * compiled before a field was appended goes on to work: it gets the default of
 * what it does not know. tsl_<noun>_defaults(&opt, sizeof opt) fills one in;
 * tsl_<noun>_check tells whether it holds together, as every function that
 * takes it does first. NULL for an options struct means the defaults. */
#define TSL_DEFAULTS(noun, opt) tsl_##noun##_defaults((opt), sizeof *(opt))

/* The range of a number among the options, once for all who ask for it: check,
 * help, configuration. tsl_<noun>_get_ranges gives those of a struct; a number
 * that has none may be anything. */
typedef struct tsl_option_range {
    const char *name; /* the field's */
    size_t offset;    /* of the field in the struct */
    char type;        /* 'i' int, 'd' double */
    double low, high;
    int above; /* 1: low itself is out */
    int unset; /* 1: 0, which lies outside, stands for "not given" */
} tsl_option_range;

/* ---- Status and error -------------------------------------------------- */

/* Each status has one exit code (tsl_status_get_exit): 0 done, 1 failed,
 * 2 wrong usage, 3 the input was refused, 130 interrupted. */
typedef enum tsl_status {
    TSL_OK = 0,
    TSL_E_NOMEM,     /* 1: out of memory, or over a limit of it */
    TSL_E_IO,        /* 1: the system refused to read or write (disk full, ...) */
    TSL_E_EXISTS,    /* 1: an output is there already */
    TSL_E_INTERNAL,  /* 1: a promise inside the library broke */
    TSL_E_CANCELLED, /* 130: a progress callback asked to stop */
    TSL_E_OPTION,    /* 2: an option is out of range, unknown or contradictory */
    TSL_E_CONFIG,    /* 2: the configuration file is wrong */
    TSL_E_NOT_FOUND, /* 3: no such input file, column, feature or array */
    TSL_E_INPUT,     /* 3: the data cannot be used */
    TSL_E_FORMAT     /* 3: a file is damaged or of another kind */
} tsl_status;

/* Caller-owned; NULL is allowed wherever a function takes one. The message
 * says where, what was seen and what was expected:
 * "orders.csv:1042:17: amount: \"12,5o\" is not a decimal number". */
typedef struct tsl_error {
    tsl_status status;
    char message[1024]; /* UTF-8, no newline at the end */
} tsl_error;

TSL_API const char *tsl_status_get_name(tsl_status status); /* "input", "io", ...; "?" of what is no status */
TSL_API int tsl_status_get_exit(tsl_status status);
TSL_API const char *tsl_version_get(void); /* "0.2.0" */

/* ---- Notes: what a stage did that the user should know ----------------- */

/* Plain English sentences in the order they arose, without a newline.
 * Borrowed from the result that holds them. */
typedef struct tsl_notes {
    char **text;
    size_t count;
    void **about; /* the library's own */
} tsl_notes;

/* ---- Languages --------------------------------------------------------- */

/* Texts for readers are in both languages: 0 "en", 1 "zh". */
#define TSL_LANGS 2 /* for good */
/* Free a text, and so many texts and the array of them, that a function gave away. NULL is fine. */
TSL_API void tsl_text_free(char *text);
TSL_API void tsl_texts_free(char **text, size_t count);

TSL_API const char *tsl_lang_get_code(int index); /* "en", "zh"; "?" beyond */
/* TSL_E_OPTION for another language. */
TSL_API TSL_FALLIBLE tsl_status tsl_lang_read(const char *lang, int *index, tsl_error *err);

/* ---- Where files come from and go to ------------------------------------ */

/* These two structs are made by the caller and never grow. Start from {0} (in
 * C++ {}) and name the fields that are wanted. */

/* What is read: the file at `path`, or, where `bytes` is given, those bytes
 * (then `path` is but what messages call them, or NULL; the path "-" goes on
 * behind them: they are what was read of standard input already). */
typedef struct tsl_source {
    const char *path;  /* "-" is standard input, which gives its bytes once */
    const void *bytes; /* view; NULL: the file */
    size_t count;      /* of bytes */
} tsl_source;

/* What is written: the file at `path`, or, where `write` is given, calls of it
 * (then `path` is but what messages call it, or NULL). */
typedef struct tsl_target {
    const char *path; /* "-" is standard output. A pipe or device is written as it is. A plain file appears whole or not
                         at all: it is made beside its place ("PATH.partial-XXXXXX", mode 0600) and renamed */
    int replace;      /* 0: TSL_E_EXISTS where a plain file is there already; 1: it is replaced */
    /* Takes the next bytes, all of them, on the thread that called the library; another status than TSL_OK ends the
     * writing with it. After a failure it may have had a part of all. */
    tsl_status (*write)(void *user, const void *bytes, size_t count, tsl_error *err);
    void *user;              /* for write */
    struct tsl_fileset *set; /* <tesela/store.h>: the plain file is published together with others; NULL: by itself */
} tsl_target;

/* ---- Views ------------------------------------------------------------- */

/* What a value in the caller's memory is. */
typedef enum tsl_dtype {
    TSL_F64,       /* double */
    TSL_F32,       /* float */
    TSL_I32,       /* int32_t */
    TSL_I64,       /* int64_t */
    TSL_DECIMAL64, /* int64_t in units of 1 / 10^scale; TSL_MISSING_INT missing */
    TSL_BOOL8,     /* one byte, 0 is false */
    TSL_DAY32,     /* int32_t, a day; TSL_NO_DAY missing */
    TSL_SECOND64,  /* int64_t, a time in seconds; TSL_MISSING_INT missing */
    TSL_TEXT,      /* const char *, UTF-8, NUL-terminated; NULL missing */
    TSL_CODE32     /* int32_t, an index of texts that stand beside it; -1 missing */
} tsl_dtype;

/* A view of rows x cols cells, row-major; row r starts r * stride cells after
 * data. stride >= cols. dtype: TSL_F64 or TSL_F32. Floats give what the same values give as doubles. */
typedef struct tsl_matrix {
    const void *data;
    size_t rows, cols, stride;
    tsl_dtype dtype; /* 0: doubles */
} tsl_matrix;

/* ---- Units ------------------------------------------------------------- */

/* Money and other exact decimals are int64 in units of 1/10000. */
#define TSL_DECIMAL_ONE INT64_C(10000)
#define TSL_DECIMAL_PLACES 4
/* A missing decimal or time. */
#define TSL_MISSING_INT INT64_MIN
/* A missing day, and "not given" for options that are days. */
#define TSL_NO_DAY INT32_MIN

/* Days are counted from 1970-01-01 (day 0, a Thursday) in the proleptic
 * Gregorian calendar; times are seconds from 1970-01-01 00:00:00 of the same
 * calendar, in the zone in which they were written. */

/* Reads "2011-12-10" (YYYY-MM-DD); anything else is TSL_E_OPTION. */
TSL_API TSL_FALLIBLE tsl_status tsl_day_read(const char *text, int32_t *day, tsl_error *err);
/* Writes YYYY-MM-DD and a NUL into out[11]; years 0001 to 9999. */
TSL_API void tsl_day_write(int32_t day, char out[11]);

/* ---- Texts -------------------------------------------------------------- */

/* Reads a finite decimal number with "." whatever the locale ("-1.5e3");
 * anything else is TSL_E_OPTION. */
TSL_API TSL_FALLIBLE tsl_status tsl_number_read(const char *text, double *number, tsl_error *err);
/* The entry of `names` nearest to a mistyped name (edit distance, ASCII case folded), else the first that holds it,
 * borrowed, or NULL where there is none. */
TSL_API const char *tsl_name_get_nearest(const char *name, const char *const *names, size_t count);

/* ---- Progress and cancellation ----------------------------------------- */

typedef struct tsl_progress_event {
    const char *stage;            /* "transactions", "customers", "features", "cluster", ... */
    uint64_t rows;                /* rows done so far */
    uint64_t bytes;               /* input bytes read so far, 0 where there are none */
    double fraction;              /* done of this stage, 0 to 1; < 0 where not known */
    int k, runs_done, runs_total; /* clustering; 0 elsewhere */
    double best_inertia;          /* clustering, NaN elsewhere */
} tsl_progress_event;

/* How a long call is carried out; nothing here changes a result. NULL for it
 * means the defaults. */
typedef struct tsl_exec {
    size_t size; /* of this struct */
    int threads; /* 0 to 4096; default 0: tsl_threads_get(). Where the system refuses so many, fewer. In a child of
                    fork(): one, unless the parent had no other thread when it forked */
    int (*report)(void *user, const tsl_progress_event *event); /* called from the thread that called the library, at
                    most some twenty times a second and at least about once a second; a non-zero return ends the call
                    with TSL_E_CANCELLED; default NULL */
    void *user;                                                 /* for report */
    const volatile int *stop; /* non-zero ends the call likewise, soon; default NULL */
    size_t memory;     /* bytes that the process is to stay within while tables are read and features made: 0, the
                          default: no limit; else at least TSL_MEMORY_LEAST. Rows and features beyond it go to a
                          temporary file; what cannot is refused with the figure that it needs (TSL_E_NOMEM) */
    const char *spill; /* folder of temporary files (of limited memory; of pipes); default NULL: /tmp; a view */
} tsl_exec;

#define TSL_MEMORY_LEAST ((size_t)64 << 20)

TSL_API void tsl_exec_defaults(tsl_exec *exec, size_t size);
TSL_API const tsl_option_range *tsl_exec_get_ranges(size_t *count);
TSL_API TSL_FALLIBLE tsl_status tsl_exec_check(const tsl_exec *exec, tsl_error *err);

/* The number of processors this process may use: affinity mask, quotas of its
 * cgroups and OMP_NUM_THREADS taken into account; at least 1. */
TSL_API int tsl_threads_get(void);
/* Takes so many threads (0: tsl_threads_get(); at most 4096), to be used by the
 * calls that follow on the calling thread, and tells how many can be had. A
 * call does this by itself; a program that does it first can say so where they
 * are fewer. */
TSL_API int tsl_threads_open(int threads);

#ifdef __cplusplus
}
#endif
#endif
