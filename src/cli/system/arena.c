/* arena.c: the program's own small memory. */
#include "cli/system/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/store.h>

#define ROOM_BYTES ((size_t)8 << 20)

typedef struct piece {
    struct piece *next;
    max_align_t data[];
} piece;

static piece *first;
static const char *last_words = "tesela: out of memory\n";

void cli_arena_set_last_words(const char *words)
{
    last_words = words;
}

void *cli_take(size_t count, size_t size)
{
    size_t bytes;
    piece *taken = NULL;
    if (!__builtin_mul_overflow(count, size, &bytes) && bytes < SIZE_MAX - sizeof *taken) {
        taken = calloc(1, sizeof *taken + bytes);
    }
    if (!taken) {
        fputs(last_words, stderr);
        tsl_staged_free();
        exit(1);
    }
    taken->next = first;
    first = taken;
    return taken->data;
}

void *cli_grow(void *block, size_t count, size_t size)
{
    if (count & (count - 1)) {
        return block; /* room is doubled whenever the count is a power of two */
    }
    void *grown = cli_take(count ? 2 * count : 1, size);
    if (count) {
        memcpy(grown, block, count * size);
    }
    return grown;
}

char *cli_copy(const char *text, size_t length)
{
    char *copy = cli_take(length + 1, 1);
    memcpy(copy, text, length);
    return copy;
}

char *cli_format_list(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = cli_take(length < 0 ? 1 : (size_t)length + 1, 1);
    if (length > 0) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

char *cli_format(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = cli_format_list(format, args);
    va_end(args);
    return text;
}

void cli_arena_free(void)
{
    while (first) {
        piece *next = first->next;
        free(first);
        first = next;
    }
}

int cli_has_room(void)
{
    void *volatile room = malloc(ROOM_BYTES); /* compilers take it that an unused one can be had */
    free(room);
    return room != NULL;
}
