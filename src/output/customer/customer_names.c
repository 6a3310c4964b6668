/* customer_names.c: what the codes and conditions that stand in segments.csv are called: codes by the run's summary,
 * conditions that do not hold with their features as a reader knows them. */
#include "output/customer/customer_names.h"

#include "base/text.h"
#include "feature/catalogue.h"

#include <stdlib.h>
#include <string.h>
#include <tesela/feature.h>

#define UNMET "_unmet" /* ends the column of what a set's first class lacks */

static int is_text(const json_t *object, const char *key, const char *text)
{
    const char *own = json_string_value(json_object_get(object, key));
    return own && strcmp(own, text) == 0;
}

/* The names of the entry of an array whose key is that code; NULL. */
static const json_t *find_names(const json_t *array, const char *key, const char *code, const char *names)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *entry = json_array_get(array, i);
        if (is_text(entry, key, code)) {
            return json_object_get(entry, names);
        }
    }
    return NULL;
}

/* The rule set of that name; NULL. */
static const json_t *find_set(const json_t *summary, const char *name, size_t length)
{
    const json_t *sets = json_object_get(summary, "rules");
    for (size_t i = 0; i < json_array_size(sets); i++) {
        const json_t *set = json_array_get(sets, i);
        const char *own = json_string_value(json_object_get(set, "set"));
        if (own && strlen(own) == length && memcmp(own, name, length) == 0) {
            return set;
        }
    }
    return NULL;
}

/* ---- Conditions ---------------------------------------------------------------------- */

static const char *const unknown[TSL_LANGS] = {"unknown", "未知"};
static const char *const unknown_mark[TSL_LANGS] = {" (unknown)", "（未知）"};
/* What conditions name that are no features. */
static const struct {
    const char *name, *words[TSL_LANGS];
} others[] = {{"tier", {"tier", "价值等级"}},
              {"lifecycle", {"lifecycle", "生命周期"}},
              {"segment", {"segment", "客群"}},
              {"rfm_segment", {"RFM segment", "RFM 客群"}},
              {"value", {"value", "价值"}}};

/* A name of a condition: as a reader knows it, else as it stands. */
static void put_name(tsl__text *out, const char *name, size_t length, int lang)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strlen(others[i].name) == length && memcmp(others[i].name, name, length) == 0) {
            tsl__text_puts(out, others[i].words[lang]);
            return;
        }
    }
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        const tsl__catalogue_entry *entry = &tsl__catalogue[i];
        if (entry->label[lang] && strlen(entry->name) == length && memcmp(entry->name, name, length) == 0) {
            tsl__text_puts(out, entry->label[lang]);
            return;
        }
    }
    tsl__text_append(out, name, length);
}

static size_t get_length_of_name(const char *at)
{
    return strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}

/* The conditions of a cell, in words of that language; texts in quotes stay as they are. */
static void put_conditions(tsl__text *out, const char *cell, int lang)
{
    char quote = '\0';
    while (*cell) {
        size_t length = get_length_of_name(cell);
        for (int from = 0; from < TSL_LANGS && !quote; from++) {
            const char *mark = unknown_mark[from];
            if (strncmp(cell, mark, strlen(mark)) == 0) {
                tsl__text_puts(out, unknown_mark[lang]);
                cell += strlen(mark);
                length = get_length_of_name(cell);
            }
        }
        if (length && !quote) {
            put_name(out, cell, length, lang);
        } else if (strncmp(cell, "; ", 2) == 0 && !quote) {
            length = 2;
            tsl__text_puts(out, lang ? "；" : "; ");
        } else if (*cell) {
            quote = quote == *cell ? '\0' : !quote && strchr("'\"", *cell) ? *cell : quote;
            length = length ? length : 1;
            tsl__text_append(out, cell, length);
        }
        cell += length;
    }
}

/* ---- All of it ------------------------------------------------------------------------- */

static json_t *make_names(const char *en, const char *zh)
{
    return json_pack("{s:s, s:s}", "en", en, "zh", zh);
}

static json_t *name_conditions(const char *cell)
{
    tsl__text text[TSL_LANGS] = {{0}};
    json_t *names = NULL;
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        put_conditions(&text[lang], cell, lang);
    }
    if (!text[0].failed && !text[1].failed) {
        names = make_names(text[0].data ? text[0].data : "", text[1].data ? text[1].data : "");
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__text_free(&text[lang]);
    }
    return names;
}

json_t *tsl__customer_names_find(const json_t *summary, const char *column, const char *cell)
{
    static const struct {
        const char *column, *array, *key;
    } known[] = {{"segment_code", "segments", "code"},          {"tier", "tiers", "tier"},
                 {"lifecycle", "lifecycle", "stage"},           {"lifecycle_from", "lifecycle", "stage"},
                 {"segment_from", "segments", "code"},          {"reason_code", "reasons", "reason"},
                 {"rfm_segment", "rfm_segments", "rfm_segment"}};
    const size_t length = strlen(column), end = strlen(UNMET);
    const json_t *set = find_set(summary, column, length), *names = NULL;
    const json_t *strategies = json_object_get(json_object_get(summary, "strategies"), "rows");
    if (length > end && strcmp(column + length - end, UNMET) == 0 && find_set(summary, column, length - end)) {
        return name_conditions(cell);
    }
    for (size_t i = 0; i < sizeof known / sizeof *known && !names; i++) {
        if (strcmp(column, known[i].column) == 0) {
            names = find_names(json_object_get(summary, known[i].array), known[i].key, cell, "names");
        }
    }
    names = set ? find_names(json_object_get(set, "classes"), "class", cell, "names") : names;
    names = strcmp(column, "action") == 0 ? find_names(strategies, "action", cell, "texts") : names;
    return names                                  ? json_deep_copy(names)
           : set && strcmp(cell, unknown[0]) == 0 ? make_names(unknown[0], unknown[1])
                                                  : json_null();
}
