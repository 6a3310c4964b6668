/* kept_rows.c: rows of texts, copied, freed and looked at. */
#include "label/kept/kept_rows.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define OF_CLASS(member) offsetof(tsl_rule_class, member)
#define OF_STRATEGY(member) offsetof(tsl_strategy, member)

const tsl__row_form tsl__rule_class_form = {
    sizeof(tsl_rule_class),
    6,
    {OF_CLASS(set), OF_CLASS(code), OF_CLASS(names[0]), OF_CLASS(names[1]), OF_CLASS(when), OF_CLASS(where)}};
const tsl__row_form tsl__strategy_form = {sizeof(tsl_strategy),
                                          7,
                                          {OF_STRATEGY(segment), OF_STRATEGY(tier), OF_STRATEGY(lifecycle),
                                           OF_STRATEGY(action), OF_STRATEGY(texts[0]), OF_STRATEGY(texts[1]),
                                           OF_STRATEGY(where)}};

static char *get_text(const tsl__row_form *form, const void *rows, size_t row, size_t t)
{
    char *text;
    memcpy(&text, (const char *)rows + row * form->size + form->text[t], sizeof text);
    return text;
}

tsl_status tsl__rows_copy(const tsl__row_form *form, const void *rows, size_t count, void **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *copy = NULL;
    *out = NULL;
    TSL__NEED(copy = tsl__alloc_zero(count, form->size));
    for (size_t row = 0; row < count; row++) {
        for (size_t t = 0; t < form->texts; t++) {
            const char *from = get_text(form, rows, row, t);
            char *text = tsl__strdup(from ? from : "");
            TSL__NEED(text);
            memcpy(copy + row * form->size + form->text[t], &text, sizeof text);
        }
    }
    *out = copy;
    copy = NULL;
done:
    tsl__rows_free(form, copy, count);
    return status;
}

void tsl__rows_free(const tsl__row_form *form, void *rows, size_t count)
{
    for (size_t row = 0; rows && row < count; row++) {
        for (size_t t = 0; t < form->texts; t++) {
            free(get_text(form, rows, row, t));
        }
    }
    free(rows);
}

tsl_status tsl__row_text_set(const char **text, const char *to, tsl_error *err)
{
    char *copy = tsl__strdup(to);
    if (!copy) {
        return tsl__error_nomem(err);
    }
    free((char *)(uintptr_t)*text);
    *text = copy;
    return TSL_OK;
}

tsl_status tsl__row_names_fill(const char *names[TSL_LANGS], const char *code, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        const char *other = names[TSL_LANGS - 1 - lang];
        if (!*names[lang]) {
            TSL__TRY(tsl__row_text_set(&names[lang], *other ? other : code, err));
        }
    }
done:
    return status;
}

int tsl__code_is_good(const char *code)
{
    const size_t length = code ? strlen(code) : 0;
    int good = length > 0 && length < TSL__CODE_BYTES && !tsl__is_digit(*code);
    for (size_t i = 0; i < length && good; i++) {
        good = code[i] == '_' || tsl__is_digit(code[i]) || tsl__is_lower(tsl__lower(code[i])) ||
               (unsigned char)code[i] >= 0x80;
    }
    return good && tsl__utf8_check(code, length) == length;
}

int tsl__row_text_is_line(const char *text)
{
    int blank = 1;
    for (const char *c = text; *c; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7F) {
            return 0;
        }
        blank = blank && *c == ' ';
    }
    return !blank && tsl__utf8_check(text, strlen(text)) == strlen(text);
}
