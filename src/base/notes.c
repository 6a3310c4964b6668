/* notes.c: growing a tsl_notes. */
#include "base/notes.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- What a note is about -------------------------------------------------------- */

void tsl__found_free(tsl__found *found)
{
    for (size_t i = 0; found && i < TSL__FOUND_EXAMPLES; i++) {
        free((void *)(uintptr_t)found->example[i].file);
        free((void *)(uintptr_t)found->example[i].column);
        free((void *)(uintptr_t)found->example[i].text);
    }
    free(found ? (void *)(uintptr_t)found->column : NULL);
    free(found ? (void *)(uintptr_t)found->condition : NULL);
    free(found);
}

/* *text becomes its copy; 0 where there is memory. */
static int own(const char **text)
{
    const char *given = *text;
    *text = given ? tsl__strdup(given) : NULL;
    return given && !*text;
}

tsl__found *tsl__found_copy(const tsl__found *found)
{
    tsl__found *copy = tsl__alloc(1, sizeof *copy);
    int failed = 0;
    if (!copy) {
        return NULL;
    }
    *copy = *found;
    failed |= own(&copy->column);
    failed |= own(&copy->condition);
    for (size_t i = 0; i < TSL__FOUND_EXAMPLES; i++) {
        failed |= own(&copy->example[i].file);
        failed |= own(&copy->example[i].column);
        failed |= own(&copy->example[i].text);
    }
    if (failed) {
        tsl__found_free(copy);
        return NULL;
    }
    return copy;
}

/* ---- Notes ------------------------------------------------------------------------- */

/* Takes line and about over, also on failure. */
static tsl_status add(tsl_notes *notes, char *line, tsl__found *about, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char **texts = tsl__realloc(notes->text, notes->count + 1, sizeof *texts);
    TSL__NEED(texts);
    notes->text = texts;
    if (about || notes->about) {
        void **abouts = tsl__realloc(notes->about, notes->count + 1, sizeof *abouts);
        TSL__NEED(abouts);
        memset(abouts, 0, notes->about ? 0 : notes->count * sizeof *abouts);
        abouts[notes->count] = about;
        notes->about = abouts;
        about = NULL;
    }
    texts[notes->count++] = line;
    line = NULL;
done:
    free(line);
    tsl__found_free(about);
    return status;
}

static tsl_status add_formatted(tsl_notes *notes, const tsl__found *found, const char *format, va_list args,
                                tsl_error *err)
{
    char *line = tsl__vformat(format, args);
    tsl__found *about = found ? tsl__found_copy(found) : NULL;
    if (!line || (found && !about)) {
        free(line);
        tsl__found_free(about);
        return tsl__error_nomem(err);
    }
    tsl__text_tidy(line, 0);
    return add(notes, line, about, err);
}

tsl_status tsl__notes_put(tsl_notes *notes, tsl_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tsl_status status = add_formatted(notes, NULL, format, args, err);
    va_end(args);
    return status;
}

tsl_status tsl__found_put(tsl_notes *notes, tsl_error *err, const tsl__found *found, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tsl_status status = add_formatted(notes, found, format, args, err);
    va_end(args);
    return status;
}

const tsl__found *tsl__notes_get_found(const tsl_notes *notes, size_t i)
{
    return notes->about ? notes->about[i] : NULL;
}

tsl_status tsl__notes_copy(const tsl_notes *from, tsl_notes *to, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < from->count; i++) {
        const tsl__found *found = tsl__notes_get_found(from, i);
        TSL__TRY(found ? tsl__found_add(to, found, "%s", from->text[i]) : tsl__notes_add(to, "%s", from->text[i]));
    }
done:
    return status;
}

void tsl__notes_drop(tsl_notes *notes, size_t i)
{
    const size_t rest = notes->count - i - 1;
    free(notes->text[i]);
    memmove(&notes->text[i], &notes->text[i + 1], rest * sizeof *notes->text);
    if (notes->about) {
        tsl__found_free(notes->about[i]);
        memmove(&notes->about[i], &notes->about[i + 1], rest * sizeof *notes->about);
    }
    notes->count--;
}

void tsl__notes_free(tsl_notes *notes)
{
    for (size_t i = 0; i < notes->count && notes->about; i++) {
        tsl__found_free(notes->about[i]);
    }
    free(notes->about);
    tsl__free_texts(notes->text, notes->count);
    *notes = (tsl_notes){0};
}
