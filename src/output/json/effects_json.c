/* effects_json.c: what a treatment did, as a part of a JSON document. */
#include "output/json/effects_json.h"

#include "output/wording/effects_wording.h"

#include <stdlib.h>

static void add_arms(tsl__json *doc, json_t *object, const tsl_effects *effects)
{
    json_t *arms = tsl__json_set_object(doc, object, "arms");
    for (int arm = 0; arm < TSL_ARMS; arm++) {
        json_t *of = tsl__json_set_object(doc, arms, tsl_arm_get_name((tsl_arm)arm));
        tsl__json_set(doc, of, "given", tsl__json_count(effects->arms->given[arm]));
        tsl__json_set(doc, of, "again", tsl__json_count(effects->arms->again[arm]));
        tsl__json_set(doc, of, "blank", tsl__json_count(effects->arms->blank[arm]));
        tsl__json_set(doc, of, "used", tsl__json_count(effects->used[arm]));
        tsl__json_set(doc, of, "unknown", tsl__json_count(effects->arms->unknown[arm]));
        tsl__json_set(doc, of, "absent", tsl__json_count(effects->absent[arm]));
    }
    tsl__json_set(doc, arms, "in_both", tsl__json_count(effects->arms->both));
    tsl__json_set(doc, arms, "unsaid", tsl__json_count(effects->arms->unsaid));
}

static void add_measures(tsl__json *doc, json_t *object, const tsl_effects *effects)
{
    json_t *measures = tsl__json_set_array(doc, object, "measures");
    for (size_t m = 0; m < effects->measure_count; m++) {
        const tsl_effect_measure *of = &effects->measure[m];
        json_t *measure = tsl__json_push_object(doc, measures);
        tsl__json_set(doc, measure, "code", tsl__json_text(of->code));
        tsl__json_set_langs(doc, measure, "names", of->names[0], of->names[1]);
        tsl__json_set(doc, measure, "rate", json_boolean(of->is_rate));
        tsl__json_set(doc, measure, "has_before", json_boolean(of->has_before));
    }
}

static void add_arm(tsl__json *doc, json_t *effect, const char *key, const tsl_effect_arm *of)
{
    json_t *arm = tsl__json_set_object(doc, effect, key);
    tsl__json_set(doc, arm, "customers", tsl__json_count(of->customers));
    tsl__json_set(doc, arm, "before", tsl__json_number(of->before));
    tsl__json_set(doc, arm, "after", tsl__json_number(of->after));
    tsl__json_set(doc, arm, "change", tsl__json_number(of->change));
    tsl__json_set(doc, arm, "low", tsl__json_number(of->low));
    tsl__json_set(doc, arm, "high", tsl__json_number(of->high));
}

static void add_sentences(tsl__json *doc, json_t *effect, const tsl_effects *effects, size_t index)
{
    char *words[TSL_LANGS] = {NULL};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__text text = {0};
        tsl__effect_put(effects, index, lang, &text);
        words[lang] = tsl__text_take(&text);
        doc->failed |= !words[lang];
    }
    tsl__json_set_langs(doc, effect, "sentence", words[0], words[1]);
    free(words[0]);
    free(words[1]);
}

static void add_effect(tsl__json *doc, json_t *array, const tsl_effects *effects, size_t index)
{
    const tsl_effect *of = &effects->of[index];
    const tsl_effect_stratum *stratum = &effects->stratum[of->stratum];
    json_t *effect = tsl__json_push_object(doc, array);
    tsl__json_set(doc, effect, "measure", tsl__json_text(effects->measure[of->measure].code));
    tsl__json_set(doc, effect, "by", stratum->by < 0 ? json_null() : json_string(tsl_by_get_name((tsl_by)stratum->by)));
    tsl__json_set(doc, effect, "group",
                  stratum->by < 0
                      ? json_null()
                      : tsl__json_text(effects->migration->then->by[stratum->by].group[stratum->group].code));
    for (int arm = 0; arm < TSL_ARMS; arm++) {
        add_arm(doc, effect, tsl_arm_get_name((tsl_arm)arm), &of->arm[arm]);
    }
    tsl__json_set(doc, effect, "difference", tsl__json_number(of->difference));
    tsl__json_set(doc, effect, "low", tsl__json_number(of->low));
    tsl__json_set(doc, effect, "high", tsl__json_number(of->high));
    tsl__json_set(doc, effect, "p", tsl__json_number(of->p));
    tsl__json_set(doc, effect, "p_adjusted", tsl__json_number(of->p_adjusted));
    tsl__json_set(doc, effect, "relative", tsl__json_number(of->relative));
    tsl__json_set(doc, effect, "relative_low", tsl__json_number(of->relative_low));
    tsl__json_set(doc, effect, "relative_high", tsl__json_number(of->relative_high));
    tsl__json_set(doc, effect, "few", json_boolean(of->few));
    add_sentences(doc, effect, effects, index);
}

void tsl__effects_add_json(tsl__json *doc, const tsl_effects *effects)
{
    if (!effects) {
        tsl__json_set(doc, doc->root, "effects", json_null());
        return;
    }
    json_t *object = tsl__json_set_object(doc, doc->root, "effects");
    tsl__json_set(doc, object, "days", json_integer(effects->days));
    tsl__json_set(doc, object, "has_control", json_boolean(effects->arms->has_control));
    tsl__json_set(doc, object, "looked_at", tsl__json_count(effects->looked_at));
    add_arms(doc, object, effects);
    add_measures(doc, object, effects);
    json_t *array = tsl__json_set_array(doc, object, "of");
    for (size_t i = 0; i < effects->count; i++) {
        add_effect(doc, array, effects, i);
    }
}
