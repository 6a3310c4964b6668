/* speech.c: how each feature is spoken of in names: by the catalogue's words, or by its column's own. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/recipe.h"
#include "feature/words/column_words.h"
#include "feature/words/feature_wording.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OURS_GRADED 20 /* characters: longer words are not graded */

int tsl__feature_is_nameable(const tsl_feature *feature)
{
    return !feature->profile && !feature->sensitive && !feature->excluded && !feature->outcome;
}

/* Whether a column of numbers holds 0 and 1 alone. */
static int is_yes_no(const tsl_features *features, size_t f)
{
    int seen[2] = {0};
    if (features->feature[f].form != TSL_FORM_NUMBER) {
        return 1;
    }
    for (size_t i = 0; i < features->customers; i++) {
        const double x = features->x[i * features->feature_count + f];
        if (!isnan(x)) {
            if (x != 0 && x != 1) {
                return 0;
            }
            seen[x == 1] = 1;
        }
    }
    return seen[0] && seen[1];
}

/* Those of its topic that clusters are found by have been told by the base. */
static void mark_told(const tsl__naming_plan *p)
{
    const tsl_recipe *recipe = p->labels->features->recipe;
    for (size_t c = 0; c < recipe->column_count; c++) {
        const size_t found_by = recipe->column[c].feature;
        const char *topic = p->speech[found_by].topic;
        if (!tsl__column_finds(&recipe->column[c])) {
            continue;
        }
        p->speech[found_by].found_by = 1;
        for (size_t f = 0; topic && f < p->features; f++) {
            p->speech[f].told |= p->speech[f].topic && strcmp(p->speech[f].topic, topic) == 0;
        }
    }
}

/* ---- Texts that begin alike ------------------------------------------------------------ */

typedef struct own_text {
    const char *group, *text; /* of a level: its column; of a column: nothing */
    size_t *alike;
} own_text;

static int compare_texts(const void *pa, const void *pb)
{
    const own_text *a = pa, *b = pb;
    const int order = strcmp(a->group, b->group);
    return order ? order : strcmp(a->text, b->text);
}

/* Characters that both begin with; they are not equal. */
static size_t count_alike(const own_text *a, const own_text *b)
{
    size_t bytes = 0, alike = 0;
    if (strcmp(a->group, b->group) != 0) {
        return 0;
    }
    while (a->text[bytes] == b->text[bytes]) {
        bytes++;
    }
    for (size_t i = 0; i < bytes; i++) {
        alike += (a->text[i + 1] & 0xC0) != 0x80; /* the last byte of a character */
    }
    return alike;
}

static void mark_alike(own_text *text, size_t count)
{
    qsort(text, count, sizeof *text, compare_texts);
    for (size_t i = 0, end = 0; i < count; i = end) {
        const size_t before = i ? count_alike(&text[i - 1], &text[i]) : 0;
        for (end = i + 1; end < count && compare_texts(&text[end], &text[i]) == 0; end++) {
        }
        const size_t behind = end < count ? count_alike(&text[i], &text[end]) : 0;
        for (size_t same = i; same < end; same++) {
            *text[same].alike = before > behind ? before : behind;
        }
    }
}

/* The names of columns among each other, and the levels of each. */
static tsl_status find_alike(const tsl__naming_plan *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    own_text *text = NULL;
    size_t count = 0;
    TSL__NEED(text = tsl__alloc(p->features, sizeof *text));
    for (int levels = 0; levels < 2; levels++, count = 0) {
        for (size_t f = 0; f < p->features; f++) {
            tsl__speech *speech = &p->speech[f];
            if (speech->column && !levels) {
                text[count++] = (own_text){"", speech->column, &speech->column_alike};
            } else if (speech->column && speech->feature->form == TSL_FORM_VALUE && !speech->feature->rest) {
                text[count++] = (own_text){speech->feature->column, speech->feature->level, &speech->level_alike};
            }
        }
        mark_alike(text, count);
    }
done:
    free(text);
    return status;
}

int tsl__speech_is_state(const tsl__speech *speech)
{
    return !speech->words && speech->yes_no;
}

int tsl__speech_is_gradable(const tsl__speech *speech)
{
    const tsl__catalogue_entry *words = speech->words;
    if (!speech->topic || !tsl__feature_is_nameable(speech->feature)) {
        return 0;
    }
    return words ? *words->unit && !*speech->value && tsl__text_width(words->label[0]) <= OURS_GRADED : !speech->yes_no;
}

/* ---- All of them -------------------------------------------------------------------------- */

tsl_status tsl__speech_fill(tsl__naming_plan *p, tsl_error *err)
{
    const tsl_features *features = p->labels->features;
    tsl_status status = TSL_OK;
    for (size_t f = 0; f < p->features; f++) {
        const tsl_feature *feature = &features->feature[f];
        tsl__speech *speech = &p->speech[f];
        speech->feature = feature;
        speech->words = tsl__wording_get(feature->name, &speech->value);
        if (speech->words || !tsl__feature_is_nameable(feature)) {
            speech->topic = speech->words ? speech->words->topic : NULL;
        } else {
            tsl__text text = {0};
            speech->topic = feature->form == TSL_FORM_VALUE ? feature->column : feature->name;
            speech->yes_no = is_yes_no(features, f);
            tsl__column_words_write(speech->topic, &text);
            TSL__NEED(speech->column = tsl__text_take(&text));
        }
    }
    mark_told(p);
    TSL__TRY(find_alike(p, err));
done:
    return status;
}
