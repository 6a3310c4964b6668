/* program.h: driving the real program from a test: a folder to work in, files
 * to give it, a way to run it and to see what it did. */
#ifndef TESTS_CLI_PROGRAM_H
#define TESTS_CLI_PROGRAM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

/* cmocka setup and teardown: a fresh folder, in which the test then stands. */
int sandbox_open(void **state);
int sandbox_close(void **state);

/* ---- Files; names are relative to the folder ---- */

void put(const char *name, const char *text);
/* Printed by format into a file that is open for appending; for long tables. */
void *put_open(const char *name);
void put_line(void *file, const char *format, ...) __attribute__((format(printf, 2, 3)));
void put_close(void *file);
/* The file's bytes with a NUL behind them, owned; fails where it is not there. */
char *get(const char *name, size_t *length);
int exists(const char *name);
void copy_file(const char *from, const char *to);
/* A file or a folder with all in it; nothing where it is not there. */
void remove_all(const char *name);
/* Fails unless both files hold the same bytes. */
void assert_same_file(const char *a, const char *b);
/* Fails unless exactly these entries are in the folder: "a.csv,out". */
void assert_entries(const char *sorted_names);

/* ---- The program ---- */

typedef struct outcome {
    int status; /* exit status; 1000 + signal where one killed it */
    char *out, *err;
    double seconds_after_signal;
    long peak_bytes; /* the most that it held in memory */
} outcome;

typedef struct setting {
    const char *input;  /* what stands on standard input */
    const char *piped;  /* likewise, the bytes of a file, a few at a time */
    const char *output; /* a file that standard output goes to instead */
    const char *await;  /* a text on standard error at which a signal is sent */
    int signal;
    int again;          /* 1: it is sent a second time, a tenth of a second later */
    int ignored;        /* a signal that the program starts out ignoring, as under nohup */
    int deaf;           /* 1: standard output is closed by its reader at once */
    int hold;           /* 1: standard input stays open and silent after the input */
    long file_bytes;    /* no file may grow larger; 0: no limit */
    long address_bytes; /* of memory, threads and libraries included; 0: no limit */
} setting;

/* Runs the program with the words of a line, parted by spaces; a word may be
 * quoted by ' to hold spaces. The last outcome is kept until the next run. */
const outcome *run(const char *format, ...) __attribute__((format(printf, 1, 2)));
const outcome *run_with(const setting *how, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Runs it, fails unless it ends with this status, and shows why. */
void assert_run(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The last outcome's standard output and error hold this text. */
void assert_out(const char *text);
void assert_err(const char *text);
const outcome *last_outcome(void);
/* The last outcome's standard output as JSON, and nothing else there; owned. */
json_t *get_json(void);
/* A number at "clusters.k", "rows.transactions.read", "segments.0.size". */
double json_at(const json_t *json, const char *path);
const char *json_text_at(const json_t *json, const char *path);

/* A path below the project, in a buffer that the next call but seven overwrites. */
const char *source(const char *path);

/* ---- Tables to work on ---- */

/* Order lines of `customers` invented customers, `lines` a customer, in four
 * kinds; the same ones each time. */
void put_orders(const char *name, int customers, int lines);

#endif
