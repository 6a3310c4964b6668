/* summary_audit.c: the summary of privacy: what customers go by, who is left out, and how sensitive columns go with the
 * labels. */
#include "output/summary.h"
#include "output/wording/audit_wording.h"

#include <math.h>
#include <stdlib.h>

void tsl__summary_privacy(tsl__json *doc, const tsl_results *results)
{
    const tsl_recipe *recipe = results->features ? results->features->recipe : NULL;
    const char *key = recipe && *recipe->pseudonyms ? recipe->pseudonyms : NULL;
    if (!key && !results->suppression && !results->min_cell) {
        return;
    }
    json_t *privacy = tsl__json_set_object(doc, doc->root, "privacy");
    tsl__json_set(doc, privacy, "pseudonyms", tsl__json_text(key));
    if (results->suppression) {
        const tsl_suppression_info info = tsl_suppression_get_info(results->suppression);
        json_t *list = tsl__json_set_object(doc, privacy, "suppressed");
        tsl__json_set(doc, list, "ids", tsl__json_count(info.ids));
        tsl__json_set(doc, list, "found", tsl__json_count(info.found));
    }
    if (results->min_cell) {
        tsl__json_set(doc, privacy, "min_cell", json_integer(results->min_cell));
    }
}

/* A text that was made for each language. */
static void set_texts(tsl__json *doc, json_t *object, const char *key, tsl__text text[TSL_LANGS])
{
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        doc->failed |= text[lang].failed || !text[lang].data;
    }
    if (!doc->failed) {
        tsl__json_set_langs(doc, object, key, text[0].data, text[1].data);
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__text_free(&text[lang]);
    }
}

static void add_levels(tsl__json *doc, json_t *object, const tsl_audit_column *from)
{
    json_t *levels = tsl__json_set_array(doc, object, "levels");
    for (size_t i = 0; i < from->level_count; i++) {
        json_t *level = tsl__json_push_object(doc, levels);
        tsl__text text[TSL_LANGS] = {{0}};
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            tsl__audit_put_level(from, i, lang, &text[lang]);
        }
        set_texts(doc, level, "text", text);
        tsl__json_set(doc, level, "size", tsl__json_count(from->size[i]));
    }
}

/* One row a segment or tier, one cell a level. */
static void add_part(tsl__json *doc, json_t *object, const tsl_results *results, const tsl_audit_column *from,
                     int tiers)
{
    const tsl_audit_part *part = tiers ? &from->tiers : &from->segments;
    if (part->groups == 0) {
        return;
    }
    json_t *to = tsl__json_set_object(doc, object, tiers ? "tiers" : "segments");
    tsl__json_set(doc, to, "verdict", json_string(tsl__audit_get_verdict(part->effect)));
    tsl__json_set(doc, to, "cramers_v", tsl__json_number(part->effect));
    tsl__json_set(doc, to, "chi_square", tsl__json_number(part->chi_square));
    tsl__json_set(doc, to, "degrees", tsl__json_number(part->degrees));
    tsl__json_set(doc, to, "p", tsl__json_number(part->p));
    const int is_told = part->group < part->groups; /* of the cell that the sentence tells */
    tsl__json_set(doc, to, "farthest", is_told ? json_pack("[i, i]", (int)part->group, (int)part->level) : json_null());
    json_t *rows = tsl__json_set_array(doc, to, "rows");
    for (size_t g = 0; g < part->groups; g++) {
        json_t *row = tsl__json_push_object(doc, rows);
        if (tiers) {
            tsl__json_set(doc, row, "tier", tsl__json_text(results->labels->tier[g].code));
        } else {
            tsl__json_set(doc, row, "segment", json_integer(results->labels->segments[g].segment));
        }
        json_t *cells = tsl__json_set_array(doc, row, "cells");
        for (size_t l = 0; l < from->level_count; l++) {
            const tsl_audit_cell *cell = &part->cell[g * from->level_count + l];
            json_t *out = tsl__json_push_object(doc, cells);
            tsl__json_set(doc, out, "count", tsl__json_count(cell->count));
            tsl__json_set(doc, out, "share", tsl__json_number(cell->share));
            tsl__json_set(doc, out, "ratio", tsl__json_number(cell->ratio));
            tsl__json_set(doc, out, "low", tsl__json_number(cell->low));
            tsl__json_set(doc, out, "high", tsl__json_number(cell->high));
        }
    }
}

void tsl__summary_audit(tsl__json *doc, const tsl_results *results)
{
    if (!results->audit || !results->audit->count || !results->labels) {
        return;
    }
    json_t *columns = tsl__json_set_array(doc, tsl__json_set_object(doc, doc->root, "audit"), "columns");
    for (size_t i = 0; i < results->audit->count; i++) {
        const tsl_audit_column *from = &results->audit->column[i];
        json_t *column = tsl__json_push_object(doc, columns);
        tsl__text text[TSL_LANGS] = {{0}};
        tsl__summary_name(doc, column, from->name);
        tsl__json_set(doc, column, "sensitive", json_boolean(from->sensitive));
        tsl__json_set(doc, column, "clustered", json_boolean(from->clustered));
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            tsl__audit_put_sentence(results->labels, from, lang, &text[lang]);
        }
        set_texts(doc, column, "sentence", text);
        tsl__json_set(doc, column, "missing", tsl__json_count(from->missing));
        add_levels(doc, column, from);
        add_part(doc, column, results, from, 0);
        add_part(doc, column, results, from, 1);
    }
}
