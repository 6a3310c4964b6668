/* target_names.c: what segments by a target are called: their place by it, "Total spend: second-highest". Who they are
 * otherwise their rules say; that they are made to differ in the target no trait does. Segments whose order nothing
 * bears out share a place. Who shares one, or has no mean that is known, finds a name like others.
 * docs/methods/tree-segments.md#places. */
#include "run/target/target_names.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "label/place_words.h"

#include <math.h>
#include <stdlib.h>

#define LABEL_MOST 40 /* characters of a label, so that a name has no more than 60 */

typedef struct ranked {
    double mean;
    int segment, at;
} ranked;

static int by_mean(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return x->mean != y->mean ? (x->mean < y->mean ? 1 : -1) : x->segment - y->segment;
}

/* Whether the one is above the other: by the interval of the difference, made of both of theirs (Zou and Donner 2008,
 * (4); of rates Newcombe 1998, method 10), and by the means of all. One that is not known bears nothing out. */
static int is_above(const tsl_estimates *e, const double *whole, const ranked *high, const ranked *low)
{
    const double difference = high->mean - low->mean, under = high->mean - e->segment[high->segment].low,
                 over = e->segment[low->segment].high - low->mean;
    return difference > sqrt(under * under + over * over) && whole[high->segment] > whole[low->segment];
}

/* Those whose mean is known, by falling mean, and the place that each has, from 0: a place ends where all that come
 * before are above all that follow. */
static size_t rank_segments(const tsl_estimates *e, const double *whole, ranked *order, int *places)
{
    size_t known = 0, end = 0;
    for (int s = 0; s < e->k; s++) {
        if (!isnan(e->segment[s].mean)) {
            order[known++] = (ranked){.mean = e->segment[s].mean, .segment = s};
        }
    }
    qsort(order, known, sizeof *order, by_mean);
    *places = 0;
    for (size_t i = 0; i < known; i++) {
        *places += i >= end;
        order[i].at = *places - 1;
        end = end > i ? end : i + 1;
        for (size_t other = end; other < known; other++) {
            end = is_above(e, whole, &order[i], &order[other]) ? end : other + 1;
        }
    }
    return known;
}

static int shares_place(const ranked *order, size_t known, size_t i)
{
    return (i > 0 && order[i - 1].at == order[i].at) || (i + 1 < known && order[i + 1].at == order[i].at);
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

/* above, below: how many segments are, whether or not they share a place. */
static tsl_status add_name(const tsl_estimates *e, const ranked *of, const tsl_model *model, size_t above, size_t below,
                           tsl__target_names *out, tsl_error *err)
{
    const int high = above <= below, place = (int)(high ? above : below) + 1;
    char **text = out->text + 3 * out->count;
    tsl_status status = TSL_OK;
    char *label[TSL_LANGS] = {NULL};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__TRY(get_label(e, lang, &label[lang], err));
    }
    if (place > TSL__PLACE_LAST || tsl__text_width(label[0]) > LABEL_MOST || tsl__text_width(label[1]) > LABEL_MOST) {
        goto done; /* found like others */
    }
    TSL__NEED(text[0] = model->code ? tsl__strdup(model->code[of->segment]) : tsl__format("S%d", of->segment + 1));
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

tsl_status tsl__target_names_build(const tsl_estimates *e, const double *whole, const tsl_model *model,
                                   tsl__target_names *out, tsl_error *err)
{
    const size_t k = (size_t)e->k;
    size_t known;
    int places;
    tsl_status status = TSL_OK;
    ranked *order = NULL;
    *out = (tsl__target_names){.count = 0};
    TSL__NEED(order = tsl__alloc(k, sizeof *order));
    TSL__NEED(out->name = tsl__alloc(k, sizeof *out->name));
    TSL__NEED(out->text = tsl__alloc_zero(3 * k, sizeof *out->text));
    known = rank_segments(e, whole, order, &places);
    out->alike = known > 1 && places == 1;
    for (size_t i = 0; i < known && places > 1 && e->told > 0; i++) {
        TSL__TRY(shares_place(order, known, i) ? TSL_OK : add_name(e, &order[i], model, i, known - 1 - i, out, err));
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

tsl_status tsl__target_names_note(const tsl__target_names *names, const tsl_estimates *estimates, tsl_notes *notes,
                                  tsl_error *err)
{
    return names->alike && estimates->told > 0
               ? tsl__notes_add(notes,
                                "by what is known of them the segments' means of %s are too near their neighbours' to "
                                "call any segment by its place",
                                estimates->days ? "what comes next" : estimates->target)
               : TSL_OK;
}

void tsl__target_names_free(tsl__target_names *names)
{
    tsl__free_texts(names->text, names->text ? 3 * names->count : 0);
    free(names->name);
    *names = (tsl__target_names){.count = 0};
}
