/* column_words.c: the name of a user's column, as a reader would write it. */
#include "feature/words/column_words.h"

#include <string.h>

static int is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* What is known of the part of a name that is rewritten. */
typedef struct part {
    const char *from;
    size_t length;
    int spaced; /* somebody has written it for readers */
    int shouts; /* no lower letter in it */
} part;

static part look_at(const char *name)
{
    part p = {name, strcspn(name, "([="), 0, 1};
    for (size_t i = 0; i < p.length; i++) {
        p.spaced = p.spaced || name[i] == ' ' || (name[i] & 0x80);
        p.shouts = p.shouts && !tsl__is_lower(name[i]);
    }
    return p;
}

/* Stands for a space where the name has none: "_", and, but in numbers, the "." of R. */
static int is_parting(const part *p, size_t i)
{
    const char after = i + 1 < p->length ? p->from[i + 1] : '\0';
    return p->from[i] == '_' ||
           (p->from[i] == '.' && !p->spaced && !(i > 0 && tsl__is_digit(p->from[i - 1]) && tsl__is_digit(after)));
}

/* 1 where a new word begins at i: maritalS, HTTPServer; not iPhone. */
static int begins_word(const part *p, size_t i, size_t begin)
{
    const char before = p->from[i - 1], here = p->from[i], after = i + 1 < p->length ? p->from[i + 1] : '\0';
    if (!is_upper(here) || p->spaced) {
        return 0;
    }
    return is_upper(before) ? tsl__is_lower(after) : (tsl__is_lower(before) && i - begin > 1) || tsl__is_digit(before);
}

static int is_abbreviation(const part *p, const char *word, size_t length)
{
    static const char *const known[] = {"AOV", "ARPU", "AUD", "CAC", "EUR", "ID", "UID", "USD", "VIP"};
    size_t vowels = 0, upper = 0;
    for (size_t i = 0; i < length; i++) {
        vowels += strchr("AEIOUY", word[i]) != NULL;
        upper += (size_t)is_upper(word[i]);
        if (tsl__is_lower(word[i])) {
            return 0;
        }
    }
    if (!p->shouts || vowels == 0 || upper < 2 || (length == p->length && length < 4)) {
        return upper > 0;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i]) == length && strncmp(known[i], word, length) == 0) {
            return 1;
        }
    }
    return 0;
}

static void write_word(const part *p, const char *word, size_t length, int first, tsl__text *text)
{
    const int keeps = p->spaced || is_abbreviation(p, word, length);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && word[i] == ' ' && word[i - 1] == ' ') {
            continue;
        }
        const char c = keeps || (first && i == 0) ? word[i] : p->shouts || i == 0 ? tsl__lower(word[i]) : word[i];
        tsl__text_append(text, &c, 1);
    }
}

void tsl__column_words_write(const char *name, tsl__text *text)
{
    const part p = look_at(name);
    int words = 0;
    for (size_t i = 0, end; i < p.length; i = end) {
        end = i + 1;
        if (is_parting(&p, i)) {
            continue;
        }
        while (end < p.length && !is_parting(&p, end) && !begins_word(&p, end, i)) {
            end++;
        }
        tsl__text_puts(text, words ? " " : "");
        write_word(&p, name + i, end - i, words == 0, text);
        words++;
    }
    if (words == 0) {
        tsl__text_append(text, name, p.length);
    } else if (name[p.length] && name[p.length] != '=' && name[p.length - 1] == '_') {
        tsl__text_puts(text, " ");
    }
    tsl__text_puts(text, name + p.length);
}
