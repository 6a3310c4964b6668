/* target_names.c: what segments by a target are called: their place by it, "Total spend: second-highest". Who they are
 * otherwise their rules say; that they are made to differ in the target no trait does. */
#include "run/target/target_names.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "label/place_words.h"

#include <math.h>
#include <stdlib.h>

#define LABEL_MOST 40 /* characters of a label, so that a name has no more than 60 */

typedef struct ranked {
    double mean;
    int segment;
} ranked;

static int by_mean(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    const double left = isnan(x->mean) ? -(double)INFINITY : x->mean,
                 right = isnan(y->mean) ? -(double)INFINITY : y->mean;
    return left != right ? (left < right ? 1 : -1) : x->segment - y->segment;
}

/* "total spend" and its like; of a period to come, of a rate. */
static tsl_status get_label(const tsl_estimates *e, int lang, char **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (e->days) {
        TSL__NEED(*out = tsl__strdup(lang ? "后续消费" : "next spend"));
    } else {
        TSL__TRY(tsl_feature_get_label(e->target, lang ? "zh" : "en", out, err));
    }
done:
    return status;
}

/* By the words of a place no name is part of another. */
static char *say(const char *label, const char *place, int rate, int lang)
{
    return lang ? tsl__format("%s：%s%s", label, rate ? "比例" : "", place)
                : tsl__format("%c%s: %s%s", *label >= 'a' && *label <= 'z' ? *label - 'a' + 'A' : *label, label + 1,
                              place, rate ? " rate" : "");
}

static tsl_status add_name(const tsl_estimates *e, int segment, int at, tsl__target_names *out, tsl_error *err)
{
    const int high = 2 * at < e->k, place = high ? at + 1 : e->k - at;
    char **text = out->text + 3 * out->count;
    tsl_status status = TSL_OK;
    char *label[TSL_LANGS] = {NULL};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__TRY(get_label(e, lang, &label[lang], err));
    }
    if (place > TSL__PLACE_LAST || tsl__text_width(label[0]) > LABEL_MOST || tsl__text_width(label[1]) > LABEL_MOST) {
        goto done; /* found like others */
    }
    TSL__NEED(text[0] = tsl__format("S%d", segment + 1));
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__NEED(text[1 + lang] = say(label[lang], tsl__place_get_word(place, high, lang), e->rate, lang));
    }
    out->name[out->count++] = (tsl_segment_name){text[0], {text[1], text[2]}};
done:
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl_text_free(label[lang]);
    }
    return status;
}

tsl_status tsl__target_names_build(const tsl_estimates *e, tsl__target_names *out, tsl_error *err)
{
    const size_t k = (size_t)e->k;
    tsl_status status = TSL_OK;
    ranked *order = NULL;
    *out = (tsl__target_names){.count = 0};
    TSL__NEED(order = tsl__alloc(k, sizeof *order));
    TSL__NEED(out->name = tsl__alloc(k, sizeof *out->name));
    TSL__NEED(out->text = tsl__alloc_zero(3 * k, sizeof *out->text));
    for (int s = 0; s < e->k; s++) {
        order[s] = (ranked){e->segment[s].mean, s};
    }
    qsort(order, k, sizeof *order, by_mean);
    for (int at = 0; at < e->k; at++) {
        TSL__TRY(add_name(e, order[at].segment, at, out, err));
    }
done:
    free(order);
    if (status != TSL_OK) {
        tsl__free_texts(out->text, out->text ? 3 * k : 0);
        out->text = NULL;
        tsl__target_names_free(out);
    }
    return status;
}

void tsl__target_names_free(tsl__target_names *names)
{
    tsl__free_texts(names->text, names->text ? 3 * names->count : 0);
    free(names->name);
    *names = (tsl__target_names){.count = 0};
}
