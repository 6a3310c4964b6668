/* feature_wording.c: how features are said to a reader: by their entry in the catalogue,
 * else by their columns' names. */
#include "feature/words/feature_wording.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/words/column_words.h"

#include <stdlib.h>
#include <string.h>

/* What comes from the customers table under a name of ours. */
static const tsl__catalogue_entry age = {
    .name = "age_years",
    .unit = "years",
    .label = {"age", "年龄"},
    .topic = "age",
    .high = {"older", "年长"},
    .low = {"younger", "年轻"},
};

const tsl__catalogue_entry *tsl__wording_get(const char *name, const char **value)
{
    *value = "";
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        const tsl__catalogue_entry *line = &tsl__catalogue[i];
        size_t length = strlen(line->name);
        int family = line->name[length - 1] == ':';
        if (family ? strncmp(name, line->name, length) == 0 : strcmp(name, line->name) == 0) {
            *value = name + length;
            return line;
        }
    }
    return strcmp(name, age.name) == 0 ? &age : NULL;
}

void tsl__wording_write(const char *words, const char *value, tsl__text *text)
{
    const char *star = strchr(words, '*');
    tsl__text_append(text, words, star ? (size_t)(star - words) : strlen(words));
    if (star) {
        tsl__text_puts(text, value);
        tsl__text_puts(text, star + 1);
    }
}

/* "Marital_Status=Now_Married" as names of segments have it: "Marital status: Now_Married". */
static tsl_status put_own(const char *name, int lang, tsl__text *text, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const char *level = strchr(name, '=');
    char *column = NULL;
    if (level && level > name) {
        TSL__NEED(column = tsl__format("%.*s", (int)(level - name), name));
        tsl__column_words_write(column, text);
        tsl__text_puts(text, lang ? "：" : ": ");
        tsl__text_puts(text, level + 1);
    } else {
        tsl__column_words_write(name, text);
    }
done:
    free(column);
    return status;
}

/* In the language that was looked up. */
static tsl_status put_label(const char *name, int lang, char **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const char *value;
    const tsl__catalogue_entry *line = tsl__wording_get(name, &value);
    tsl__text text = {0};
    if (line) {
        tsl__wording_write(line->label[lang], value, &text);
    } else {
        TSL__TRY(put_own(name, lang, &text, err));
    }
    TSL__NEED(*out = tsl__text_take(&text));
done:
    tsl__text_free(&text);
    return status;
}

tsl_status tsl_feature_get_label(const char *name, const char *lang, char **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int index;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl_lang_read(lang, &index, err));
    TSL__TRY(put_label(name, index, out, err));
done:
    return status;
}

tsl_status tsl_feature_get_labels(const char *const *name, size_t count, const char *lang, char ***out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char **label = NULL;
    int index;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl_lang_read(lang, &index, err));
    TSL__NEED(label = tsl__alloc_zero(count, sizeof *label));
    for (size_t i = 0; i < count; i++) {
        TSL__TRY(put_label(name[i], index, &label[i], err));
    }
    *out = label;
    label = NULL;
done:
    tsl_texts_free(label, label ? count : 0);
    return status;
}
