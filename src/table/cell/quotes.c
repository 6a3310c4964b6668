/* quotes.c: messages put cells in quotes; whoever is not to read cells gets them without. */
#include "table/cell/quotes.h"

#include <string.h>

#define HIDDEN "..."

/* A longer text in the place of a shorter one moves what stands behind it, whose end may be cut. */
static size_t put(char *message, size_t size, size_t at, size_t length)
{
    const size_t hidden = strlen(HIDDEN), rest = strlen(message + at + length);
    if (at + hidden >= size) {
        message[at] = '\0';
        return at;
    }
    const size_t room = size - 1 - at - hidden, kept = rest < room ? rest : room;
    memmove(message + at + hidden, message + at + length, kept);
    memcpy(message + at, HIDDEN, hidden);
    message[at + hidden + kept] = '\0';
    return at + hidden;
}

void tsl__quotes_hide(char *message, size_t size)
{
    size_t at = 0;
    while (message[at]) {
        size_t length = 0;
        if (message[at++] != '"') {
            continue;
        }
        while (message[at + length] && (message[at + length] != '"' || message[at + length - 1] == '\\')) {
            length++;
        }
        at = length ? put(message, size, at, length) : at;
        at += message[at] == '"';
    }
}
