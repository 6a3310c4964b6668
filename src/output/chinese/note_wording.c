/* note_wording.c: a note, or an error -> the pattern that it is of -> Chinese. */
#include "output/chinese/note_wording.h"

#include <tesela/output.h>

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS 10 /* 1 to 9; 0: {*} */
#define DEPTH 4  /* a part of a part ... */

typedef struct filling {
    const char *at[SLOTS];
    size_t bytes[SLOTS];
} filling;

/* ---- Matching -------------------------------------------------------------------------- */

static int is_slot(const char *at)
{
    return at[0] == '{' && (at[1] == '*' || tsl__is_digit(at[1]));
}

/* The bytes up to the next slot. */
static size_t get_literal(const char *pattern)
{
    size_t n = 0;
    while (pattern[n] && !is_slot(pattern + n)) {
        n++;
    }
    return n;
}

/* 1 where [text, end) is of the pattern, whose slots are filled then, each as short as goes: what stands between two of
 * them is taken where it stands first, and what stands behind the last one must end the text. */
static int fits(const char *pattern, const char *text, const char *end, filling *out)
{
    size_t literal = get_literal(pattern);
    if ((size_t)(end - text) < literal || memcmp(pattern, text, literal) != 0) {
        return 0;
    }
    pattern += literal;
    text += literal;
    while (*pattern) {
        const size_t slot = pattern[1] == '*' ? 0 : (size_t)(pattern[1] - '0');
        pattern += 3;
        literal = get_literal(pattern);
        const size_t left = (size_t)(end - text);
        const char *behind = pattern[literal] ? memmem(text, left, pattern, literal)
                             : left < literal || memcmp(end - literal, pattern, literal) != 0 ? NULL
                                                                                              : end - literal;
        if (!behind) {
            return 0;
        }
        out->at[slot] = text;
        out->bytes[slot] = (size_t)(behind - text);
        text = behind + literal;
        pattern += literal;
    }
    return text == end;
}

/* Lists of patterns, the first that fits counts; NULL behind the last. */
typedef const tsl__note_patterns *const *lists;
static const tsl__note_patterns *const notes[] = {&tsl__table_note_words, &tsl__feature_note_words,
                                                  &tsl__run_note_words,   &tsl__crm_note_words,
                                                  &tsl__said_words,       NULL};
static const tsl__note_patterns *const parts[] = {&tsl__said_parts, NULL}; /* never a whole sentence */
static const tsl__note_patterns *const lines[] = {&tsl__understood_words, &tsl__role_words, NULL};
static const tsl__note_patterns *const definitions[] = {&tsl__definition_words, NULL};
static const tsl__note_patterns *const errors[] = {
    &tsl__cli_error_words,     &tsl__table_error_words, &tsl__store_error_words,
    &tsl__feature_error_words, &tsl__run_error_words,   &tsl__source_error_words,
    &tsl__model_error_words,   &tsl__role_words,        NULL};

static const tsl__note_pattern *find_pattern(lists of, const char *text, size_t bytes, filling *out)
{
    for (; *of; of++) {
        for (size_t p = 0; p < (*of)->count; p++) {
            if (fits((*of)->of[p].en, text, text + bytes, out)) {
                return &(*of)->of[p];
            }
        }
    }
    return NULL;
}

/* ---- Saying ------------------------------------------------------------------------------- */

static int put(lists of, const char *text, size_t bytes, int depth, tsl__text *out);

/* Parts between ", ", each in Chinese. */
static void put_list(lists of, const char *text, size_t bytes, int depth, tsl__text *out)
{
    const char *const end = text + bytes;
    while (text < end) {
        const char *stop = text;
        while (stop < end && !(stop + 1 < end && stop[0] == ',' && stop[1] == ' ')) {
            stop++;
        }
        (void)put(of, text, (size_t)(stop - text), depth, out);
        text = stop + (stop < end ? 2 : 0);
        tsl__text_puts(out, text < end ? "、" : "");
    }
}

static void put_filled(lists of, const char *zh, const filling *with, int depth, tsl__text *out)
{
    while (*zh) {
        const size_t literal = get_literal(zh);
        tsl__text_append(out, zh, literal);
        zh += literal;
        if (!*zh) {
            break;
        }
        const size_t slot = (size_t)(zh[1] - '0');
        const char how = zh[2];
        if (how == '!') {
            (void)put(of, with->at[slot], with->bytes[slot], depth, out);
        } else if (how == ',') {
            put_list(of, with->at[slot], with->bytes[slot], depth, out);
        } else {
            tsl__text_append(out, with->at[slot], with->bytes[slot]);
        }
        zh += how == '}' ? 3 : 4;
    }
}

/* Moves *at behind the first ": " of the text from which on a pattern fits, if none fits from the beginning: what
 * stands before is a place or a name, "orders.csv:3: ". */
static const tsl__note_pattern *find_behind(lists of, const char **at, const char *end, filling *out)
{
    const tsl__note_pattern *pattern = NULL;
    for (const char *p = *at; p && !pattern;) {
        pattern = find_pattern(of, p, (size_t)(end - p), out);
        *at = pattern ? p : *at;
        p = memmem(p, (size_t)(end - p), ": ", 2);
        p = p ? p + 2 : NULL;
    }
    return pattern;
}

/* A table may be refused for a note, and a note tell an error; what is no sentence is of its own list alone. */
static int is_sentence(lists of)
{
    return of == notes || of == errors;
}

static int put(lists of, const char *text, size_t bytes, int depth, tsl__text *out)
{
    filling with = {0};
    const char *const end = text + bytes, *at = text;
    const tsl__note_pattern *pattern = NULL;
    if (depth < DEPTH) {
        pattern = of == errors ? find_behind(errors, &at, end, &with) : find_pattern(of, text, bytes, &with);
    }
    if (depth > 0 && depth < DEPTH && !pattern && is_sentence(of)) {
        pattern = find_pattern(parts, text, bytes, &with);
    }
    if (depth < DEPTH && !pattern && is_sentence(of)) {
        pattern = find_behind(of == errors ? notes : errors, &at, end, &with);
    }
    tsl__text_append(out, text, pattern ? (size_t)(at - text) : bytes);
    if (pattern) {
        put_filled(of, pattern->zh, &with, depth + 1, out);
    }
    return pattern != NULL;
}

int tsl__note_put_chinese(const char *note, tsl__text *out)
{
    return put(notes, note, strlen(note), 0, out);
}

int tsl__understood_put_chinese(const char *line, tsl__text *out)
{
    return put(lines, line, strlen(line), 0, out);
}

int tsl__definition_put_chinese(const char *definition, tsl__text *out)
{
    return put(definitions, definition, strlen(definition), 0, out);
}

int tsl__error_put_chinese(const char *message, tsl__text *out)
{
    return put(errors, message, strlen(message), 0, out);
}

static tsl_status get_words(const char *said, const char *lang, int (*put_first)(const char *, tsl__text *),
                            int (*put_else)(const char *, tsl__text *), char **out, tsl_error *err)
{
    int index;
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl_lang_read(lang, &index, err));
    if (index == 0) {
        tsl__text_puts(&text, said);
    } else if (!put_first(said, &text) && put_else) {
        tsl__text_clear(&text);
        (void)put_else(said, &text);
    }
    TSL__NEED(*out = tsl__text_take(&text));
done:
    tsl__text_free(&text);
    return status;
}

tsl_status tsl_notes_get_words(const char *note, const char *lang, char **out, tsl_error *err)
{
    return get_words(note, lang, tsl__note_put_chinese, tsl__understood_put_chinese, out, err);
}

tsl_status tsl_error_get_words(const char *message, const char *lang, char **out, tsl_error *err)
{
    return get_words(message, lang, tsl__error_put_chinese, NULL, out, err);
}
