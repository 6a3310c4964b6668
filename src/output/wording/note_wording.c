/* note_wording.c: a note -> the pattern that it is of -> Chinese. */
#include "output/wording/note_wording.h"

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

/* The bytes up to the next slot. */
static size_t get_literal(const char *pattern)
{
    size_t n = 0;
    while (pattern[n] && pattern[n] != '{') {
        n++;
    }
    return n;
}

/* 1 where [text, end) is of the pattern, whose slots are filled then: each as short as goes. */
static int fits(const char *pattern, const char *text, const char *end, filling *out)
{
    const size_t literal = get_literal(pattern);
    if ((size_t)(end - text) < literal || memcmp(pattern, text, literal) != 0) {
        return 0;
    }
    pattern += literal;
    text += literal;
    if (!*pattern) {
        return text == end;
    }
    const size_t slot = pattern[1] == '*' ? 0 : (size_t)(pattern[1] - '0');
    pattern += 3;
    for (const char *behind = text; behind <= end; behind++) {
        if (fits(pattern, behind, end, out)) {
            out->at[slot] = text;
            out->bytes[slot] = (size_t)(behind - text);
            return 1;
        }
    }
    return 0;
}

/* Lists of patterns, the first that fits counts; NULL behind the last. */
typedef const tsl__note_patterns *const *lists;
static const tsl__note_patterns *const notes[] = {&tsl__table_note_words, &tsl__feature_note_words,
                                                  &tsl__run_note_words,   &tsl__crm_note_words,
                                                  &tsl__said_words,       NULL};
static const tsl__note_patterns *const lines[] = {&tsl__understood_words, NULL};

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

static int put(lists of, const char *text, size_t bytes, int depth, tsl__text *out)
{
    filling with;
    const tsl__note_pattern *pattern = depth < DEPTH ? find_pattern(of, text, bytes, &with) : NULL;
    if (pattern) {
        put_filled(of, pattern->zh, &with, depth + 1, out);
    } else {
        tsl__text_append(out, text, bytes);
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

tsl_status tsl_notes_get_words(const char *note, const char *lang, char **out, tsl_error *err)
{
    int index;
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl_lang_read(lang, &index, err));
    if (index == 0) {
        TSL__NEED(*out = tsl__strdup(note));
    } else {
        if (!tsl__note_put_chinese(note, &text)) {
            tsl__text_free(&text);
            (void)tsl__understood_put_chinese(note, &text);
        }
        tsl__text_puts(&text, "");
        TSL__NEED(*out = tsl__text_take(&text));
    }
done:
    tsl__text_free(&text);
    return status;
}
