/* component_words.c: how a column that clusters are found by is said: a component by its largest loadings. */
#include <tesela/feature.h>

#include "base/error.h"
#include "base/text.h"
#include "feature/words/feature_wording.h"

#include <math.h>
#include <string.h>

#define SAID 3 /* of the loadings */

static const char *const groups[TSL_GROUPS][TSL_LANGS] = {[TSL_DEMOGRAPHIC] = {"demographic", "人口属性"},
                                                          [TSL_BEHAVIORAL] = {"behavioral", "行为"},
                                                          [TSL_VALUE] = {"value", "价值"}};

/* The catalogue's words for a side of a feature, or NULL. */
static const char *get_words(const char *name, int high, int lang)
{
    const char *value;
    const tsl__catalogue_entry *entry = tsl__wording_get(name, &value);
    return !entry ? NULL : high ? entry->high[lang] : entry->low[lang];
}

/* "frequent", or where the catalogue has no word for a side "low number of visits". */
static tsl_status put_side(const char *name, int high, int lang, tsl__text *text, tsl_error *err)
{
    static const char *const langs[TSL_LANGS] = {"en", "zh"};
    const char *value;
    char *label = NULL;
    tsl_status status = TSL_OK;
    const char *words = get_words(name, high, lang);
    if (words) {
        tsl__wording_get(name, &value);
        tsl__wording_write(words, value, text);
        return TSL_OK;
    }
    TSL__TRY(tsl_feature_get_label(name, langs[lang], &label, err));
    tsl__text_printf(text, lang ? "%s%s" : "%s %s",
                     lang   ? label
                     : high ? "high"
                            : "low",
                     lang ? (high ? "高" : "低") : label);
done:
    tsl_text_free(label);
    return status;
}

/* The loading that is the largest in absolute value of those that come behind `last`, one that is as large after it. */
static size_t find_next(const double *loading, size_t count, size_t last)
{
    size_t next = count;
    for (size_t j = 0; j < count; j++) {
        const double size = fabs(loading[j]);
        const int behind = last == count || size < fabs(loading[last]) || (size == fabs(loading[last]) && j > last);
        if (behind && (next == count || size > fabs(loading[next]))) {
            next = j;
        }
    }
    return next;
}

static tsl_status put_component(const tsl_recipe *recipe, const tsl_vector_column *column, int lang, tsl__text *text,
                                tsl_error *err)
{
    const tsl_pool *pool = &recipe->pool[column->group];
    const double *loading = pool->loading + (size_t)(column->component - 1) * pool->count;
    tsl_status status = TSL_OK;
    tsl__text_printf(text, lang ? "%s %d：" : "%s %d: ", groups[column->group][lang], column->component);
    const char *words[SAID]; /* of features that tell much the same the first is enough */
    size_t said = 0;
    for (size_t j = find_next(loading, pool->count, pool->count); j < pool->count && said < SAID;
         j = find_next(loading, pool->count, j)) {
        const char *name = recipe->column[pool->column[j]].name;
        int known = 0;
        words[said] = get_words(name, loading[j] > 0, lang);
        for (size_t i = 0; i < said && words[said] && !strchr(words[said], '*'); i++) {
            known = known || (words[i] && strcmp(words[i], words[said]) == 0);
        }
        if (!known) {
            tsl__text_puts(text, said++ == 0 ? "" : lang ? "、" : ", ");
            TSL__TRY(put_side(name, loading[j] > 0, lang, text, err));
        }
    }
done:
    return status;
}

tsl_status tsl_vector_column_get_label(const tsl_recipe *recipe, const tsl_vector_column *column, const char *lang,
                                       char **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    int index;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl_lang_read(lang, &index, err));
    if (!column->component) {
        return tsl_feature_get_label(column->name, lang, out, err);
    }
    TSL__TRY(put_component(recipe, column, index, &text, err));
    TSL__NEED(*out = tsl__text_take(&text));
done:
    tsl__text_free(&text);
    return status;
}
