/* arena.h: the program's own small memory: taken piece by piece, given back at
 * once at the end. Large data belong to the library's results. */
#ifndef TSL_CLI_SYSTEM_ARENA_H
#define TSL_CLI_SYSTEM_ARENA_H

#include <stdarg.h>
#include <stddef.h>

/* Zeroed; never NULL: without memory the program tidies up and ends (exit 1). */
void *cli_take(size_t count, size_t size);
/* What is said then; it must stay. */
void cli_arena_set_last_words(const char *words);
/* A block of `count` elements grown to hold one more; the old one stays in the pool. */
void *cli_grow(void *block, size_t count, size_t size);
char *cli_copy(const char *text, size_t length);
char *cli_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *cli_format_list(const char *format, va_list args) __attribute__((format(printf, 1, 0)));
void cli_arena_free(void);
/* 1: some 8 MB can still be had: enough to tell what has been done. */
int cli_has_room(void);

#endif
