/* pattern.c: names that stand for several. */
#include "feature/words/pattern.h"

#include <stddef.h>
#include <string.h>

int tsl__pattern_fits(const char *pattern, const char *name)
{
    const char *star = NULL, *retry = NULL;
    while (*name) {
        if (*pattern == '*') {
            star = pattern++;
            retry = name;
        } else if (*pattern == '?') {
            pattern++;
            do {
                name++;
            } while ((*name & 0xC0) == 0x80);
        } else if (*pattern == *name) {
            pattern++;
            name++;
        } else if (star) {
            pattern = star + 1;
            name = ++retry;
        } else {
            return 0;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}
