/* answers.c: an outcome of two answers, and its cells that say that nobody knows: -1 and nines among 0 and 1, a text
 * such as "Unknown" beside two others. What the fit found two answers in is a yes or no ever after. */
#include "feature/answers.h"

#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "feature/binding.h"
#include "feature/recipe.h"
#include "feature/words/outcome_names.h"
#include "feature/words/sentinel.h"
#include "table/cell/unknown_text.h"

#include <math.h>
#include <string.h>

int tsl__answers_are_two(const tsl_column *column, size_t rows)
{
    if (column->type == TSL_TYPE_NUMBER) {
        const tsl__beside what = tsl__beside_find(column->number, rows);
        return what == TSL__BESIDE_NOTHING || what == TSL__BESIDE_UNKNOWN;
    }
    size_t answers = 0;
    for (size_t i = 0; column->type == TSL_TYPE_CATEGORY && i < column->dict_count; i++) {
        answers += !tsl__unknown_is_text(column->dict[i]);
    }
    return answers == 2;
}

int tsl__answers_were_two(const tsl_recipe *recipe, size_t first, size_t end)
{
    const tsl_feature *f = &recipe->feature[first];
    return f->outcome && (f->form == TSL_FORM_BOOLEAN ||
                          (f->form == TSL_FORM_VALUE && end == first + 2 && f->known_count == 2 && !f[1].rest));
}

size_t tsl__answers_find_told(const tsl_recipe *recipe, size_t first, size_t end)
{
    if (recipe->feature[first].form != TSL_FORM_VALUE) {
        return first;
    }
    for (size_t f = first; f < end; f++) {
        if (tsl__outcome_is_level(recipe->feature[f].level)) {
            return f;
        }
    }
    return end == first + 2 ? end - 1 : end; /* the values are by falling frequency */
}

size_t tsl__answers_find_named(const tsl_recipe *recipe, const char *category)
{
    for (size_t f = 0, end; f < recipe->feature_count; f = end) {
        end = tsl__block_end(recipe, f);
        if (recipe->feature[f].form == TSL_FORM_VALUE && tsl__answers_were_two(recipe, f, end) &&
            strcmp(recipe->feature[f].column, category) == 0) {
            return tsl__answers_find_told(recipe, f, end);
        }
    }
    return recipe->feature_count;
}

static void put_count(tsl__text *list, const char *what, size_t count)
{
    tsl__text_printf(list, list->length ? ", %s of %zu" : "%s of %zu customers", what, count);
}

/* By rising value. */
static void put_numbers(const double *x, size_t rows, tsl__text *list)
{
    for (double last = -INFINITY;;) {
        double next = INFINITY;
        size_t count = 0;
        for (size_t i = 0; i < rows; i++) {
            if (tsl__unknown_is_number(x[i]) && x[i] > last && x[i] <= next) {
                count = x[i] == next ? count + 1 : 1;
                next = x[i];
            }
        }
        if (count == 0) {
            return;
        }
        char text[32];
        tsl__double_write(next, text);
        put_count(list, text, count);
        last = next;
    }
}

static void put_levels(const tsl_column *column, size_t rows, const uint8_t *named, tsl__text *list)
{
    for (size_t code = 0; code < column->dict_count; code++) {
        size_t count = 0;
        for (size_t i = 0; i < rows && named[code] == TSL__NOBODY_KNOWS; i++) {
            count += column->code[i] == (int32_t)code;
        }
        if (count) {
            put_count(list, column->dict[code], count);
        }
    }
}

/* The first that is no answer of two, and says nothing of nobody's knowing; NaN: there is none. */
static double find_other(const double *x, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        if (!isnan(x[i]) && x[i] != 0 && x[i] != 1 && !tsl__unknown_is_number(x[i])) {
            return x[i];
        }
    }
    return NAN;
}

static tsl_status note_averaged(const tsl_column *column, size_t rows, int known_alone, tsl_notes *notes,
                                tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl__beside what = tsl__beside_find(column->number, rows);
    const double other = known_alone || what == TSL__BESIDE_ANSWERS ? find_other(column->number, rows) : NAN;
    if (!isnan(other)) {
        TSL__TRY(
            tsl__notes_add(notes,
                           "the outcome %s holds %g beside 0 and 1, which does not say that nobody knows, as -1 or 9 "
                           "would: it is averaged as it stands, and is no rate; empty such cells where nobody "
                           "knows",
                           column->name, other));
    } else if (!known_alone && what == TSL__BESIDE_THIRD) {
        TSL__TRY(tsl__notes_add(notes,
                                "the outcome %s holds -1, 0 and 1, each of a fifth of the customers at least: it is "
                                "averaged as three answers; empty the cells of -1 where they mean that nobody knows",
                                column->name));
    }
done:
    return status;
}

tsl_status tsl__answers_note(const tsl_column *column, size_t rows, int known_alone, const uint8_t *named,
                             tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text list = {0};
    if (known_alone && column->number) {
        put_numbers(column->number, rows, &list);
    } else if (known_alone && column->code) {
        put_levels(column, rows, named, &list);
    }
    TSL__TRY(list.failed ? tsl__error_nomem(err) : TSL_OK);
    if (list.length) {
        TSL__TRY(tsl__notes_add(notes,
                                "the outcome %s has two answers, and %s, which says that nobody knows: its rates are "
                                "of the others alone",
                                column->name, list.data));
    }
    if (column->type == TSL_TYPE_NUMBER) {
        TSL__TRY(note_averaged(column, rows, known_alone, notes, err));
    }
done:
    tsl__text_free(&list);
    return status;
}
