/* small_texts.c: sentences that count customers, and whatever else is left that counts few. */
#include "output/small/small_places.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Sentences ------------------------------------------------------------------------------- */

/* 1: what follows a number says that it counts customers. */
static int counts_customers(const char *after)
{
    static const char *const words[] = {" of ",   " customer", " buyer", " who ", " 位客户", "位客户", " 名客户",
                                        "名客户", " 个客户",   "个客户", " 人",   "人",      NULL};
    size_t i = 0;
    while (words[i] && strncmp(after, words[i], strlen(words[i])) != 0) {
        i++;
    }
    return words[i] != NULL;
}

/* "3 of 4" becomes "<10 of <10"; any other count but that of all customers "some", as a sentence does not say what it
 * is of, and with what it would add up. */
static int hide_in_text(tsl__small_places *p, json_t *object, const char *key, int zh)
{
    const char *text = json_string_value(json_object_get(object, key));
    tsl__text out = {0};
    int changed = 0, goes_on = 0, few = 0;
    for (const char *at = text ? text : ""; *at;) {
        char *end = NULL;
        const int starts = *at >= '0' && *at <= '9' && (at == text || !strchr("0123456789.,-", at[-1]));
        const double number = starts ? (double)strtoul(at, &end, 10) : 0;
        const int counts = starts && *end != '.' && (counts_customers(end) || goes_on);
        if (counts && tsl__small_sets_is_few(&p->sets, number)) {
            tsl__text_printf(&out, "<%.0f", p->sets.least);
            changed = few = 1;
        } else if (counts && number > 0 && number != tsl__small_get(p->doc->root, "customers")) {
            tsl__text_puts(&out, zh ? "若干" : "some");
            changed = 1;
        } else {
            tsl__text_append(&out, at, starts ? (size_t)(end - at) : 1);
        }
        at = starts ? end : at + 1;
        goes_on = starts ? counts && strncmp(at, " of ", 4) == 0 : goes_on && strchr(" of", at[-1]);
    }
    if (changed) {
        tsl__json_set(p->doc, object, key, out.failed ? NULL : json_string(out.data));
        p->hidden++;
    }
    tsl__text_free(&out);
    return few;
}

static void hide_in_langs(tsl__small_places *p, json_t *object, const char *key)
{
    json_t *langs = json_object_get(object, key);
    (void)hide_in_text(p, langs, "en", 0);
    (void)hide_in_text(p, langs, "zh", 1);
}

/* In place of what is not told. */
static const char *say_untold(const tsl__small_places *p, int zh, char room[96])
{
    tsl__print(room, 96,
               zh ? "不予说明：涉及的客户不足 %.0f 位" : "not told, as it would be of fewer than %.0f customers",
               p->sets.least);
    return room;
}

/* A note; what one on a table says of few rows may be a cell of one of them. */
static void hide_in_note(tsl__small_places *p, json_t *note)
{
    static const char *const tables[] = {"transactions", "customers", "interactions"};
    const char *stage = json_string_value(json_object_get(note, "stage"));
    const int few = hide_in_text(p, note, "text", 0);
    int is_of_table = 0;
    char en[96], zh[96];
    hide_in_langs(p, note, "text_in");
    for (size_t i = 0; stage && i < sizeof tables / sizeof *tables; i++) {
        is_of_table |= strcmp(stage, tables[i]) == 0;
    }
    if (few && is_of_table) {
        tsl__json_set(p->doc, note, "text", json_string(say_untold(p, 0, en)));
        tsl__json_set_langs(p->doc, note, "text_in", say_untold(p, 0, en), say_untold(p, 1, zh));
    }
}

/* The same as findings: their kind says what is to be looked for. */
static void hide_in_quality(tsl__small_places *p)
{
    json_t *finding;
    size_t i;
    char en[96], zh[96];
    json_array_foreach(tsl__small_find(p->doc->root, "data_quality.findings"), i, finding)
    {
        if (tsl__small_sets_is_few(&p->sets, tsl__small_get(finding, "count"))) {
            tsl__json_set(p->doc, finding, "count", json_null());
            tsl__json_set(p->doc, finding, "examples", json_array());
            tsl__json_set(p->doc, finding, "message", json_string(say_untold(p, 0, en)));
            tsl__json_set_langs(p->doc, finding, "message_in", say_untold(p, 0, en), say_untold(p, 1, zh));
            p->hidden++;
        }
    }
}

static void hide_in_sentences(tsl__small_places *p)
{
    static const struct {
        const char *path, *key;
    } sentences[] = {{"tiering", "words"}, {"descriptors", "sentence"}, {"drift", "sentence"}};
    json_t *note;
    size_t i;
    json_array_foreach(tsl__small_find(p->doc->root, "notes"), i, note)
    {
        hide_in_note(p, note);
    }
    hide_in_quality(p);
    for (i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        hide_in_langs(p, tsl__small_find(p->doc->root, sentences[i].path), sentences[i].key);
    }
}

/* ---- Audits ------------------------------------------------------------------------------------- */

/* 1: the cell that the sentence of an audit tells is hidden. */
static int tells_hidden(const json_t *part)
{
    const json_t *at = json_object_get(part, "farthest");
    const json_t *row =
        json_array_get(json_object_get(part, "rows"), (size_t)json_integer_value(json_array_get(at, 0)));
    const json_t *one =
        json_array_get(json_object_get(row, "cells"), (size_t)json_integer_value(json_array_get(at, 1)));
    return json_is_array(at) && json_is_null(json_object_get(one, "count"));
}

/* Cramér's V as the sentence has it: all digits of it would tell a hidden cell, of which it is made. */
static void round_effect(tsl__small_places *p, json_t *part)
{
    if (json_is_number(json_object_get(part, "cramers_v")) && json_is_null(json_object_get(part, "chi_square"))) {
        const double shown = round(100 * tsl__small_get(part, "cramers_v")) / 100;
        tsl__json_set(p->doc, part, "cramers_v", tsl__json_number(shown));
    }
}

static void hide_in_audits(tsl__small_places *p)
{
    char en[96], zh[96];
    json_t *column;
    size_t i;
    json_array_foreach(tsl__small_find(p->doc->root, "audit.columns"), i, column)
    {
        json_t *segments = json_object_get(column, "segments"), *tiers = json_object_get(column, "tiers");
        round_effect(p, segments);
        round_effect(p, tiers);
        if (tells_hidden(segments) || tells_hidden(tiers)) {
            tsl__json_set_langs(p->doc, column, "sentence", say_untold(p, 0, en), say_untold(p, 1, zh));
        }
    }
}

/* What is said of a few customers who lie far from all others is said of each. */
static void drop_findings(tsl__small_places *p)
{
    json_t *findings = tsl__small_find(p->doc->root, "findings");
    for (size_t i = json_array_size(findings); i > 0; i--) {
        if (tsl__small_sets_is_few(&p->sets, tsl__small_get(json_array_get(findings, i - 1), "size"))) {
            p->hidden += json_array_remove(findings, i - 1) == 0;
        }
    }
}

void tsl__small_texts(tsl__small_places *p)
{
    hide_in_sentences(p);
    hide_in_audits(p);
    drop_findings(p);
}

/* ---- Whatever is left ------------------------------------------------------------------------------ */

/* Parts of the document that count no customers: rows and columns of files, how the run went, how clusters were found.
 */
static int counts_others(const char *key)
{
    static const char *const keys[] = {"rows",     "data_quality", "quality", "privacy", "seconds",
                                       "features", "clusters",     "memory",  "file",    "audit",
                                       "rfm",      "map",          NULL};
    size_t i = 0;
    while (keys[i] && strcmp(keys[i], key) != 0) {
        i++;
    }
    return keys[i] != NULL;
}

/* 1: an object tells of few customers, by one of its counts. */
static int tells_of_few(const tsl__small_places *p, const json_t *object)
{
    static const char *const keys[] = {"size",     "customers", "known",     "bought",   "stayed",   "gone",
                                       "held",     "came",      "left",      "joined",   "new_size", "count",
                                       "unvalued", "second",    "lapsed",    "missing",  "repeated", "holds",
                                       "fails",    "rejected",  "size_then", "size_now", "n"};
    int few = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const json_t *number = json_object_get(object, keys[i]);
        few |= json_is_number(number) && tsl__small_sets_is_few(&p->sets, json_number_value(number));
    }
    return few;
}

void tsl__small_sweep(tsl__small_places *p, json_t *value)
{
    const char *key;
    json_t *entry;
    size_t i;
    if (json_is_object(value) && value != p->doc->root && tells_of_few(p, value)) {
        tsl__small_drop(p, value);
    }
    json_object_foreach(value, key, entry)
    {
        if (value != p->doc->root || !counts_others(key)) {
            tsl__small_sweep(p, entry);
        }
    }
    json_array_foreach(value, i, entry)
    {
        tsl__small_sweep(p, entry);
    }
}
