/* summary_evidence.c: the summary of the evidence: the verdict, and every index of every k
 * of the plain sweep. */
#include "output/summary.h"

#include <math.h>
#include <stdlib.h>

static void set_numbers(tsl__json *doc, json_t *object, const char *key, const double *value, int count)
{
    json_t *array = tsl__json_set_array(doc, object, key);
    for (int i = 0; i < count; i++) {
        tsl__json_push(doc, array, tsl__json_number(value[i]));
    }
}

void tsl__summary_add_evidence(tsl__json *doc, json_t *candidate, const tsl_evidence *evidence, size_t index)
{
    const tsl_candidate_evidence *of = &evidence->of[index];
    const tsl_stable_clusters *stable = &evidence->stability->of[index];
    const struct {
        const char *key;
        double value;
    } numbers[] = {
        {"silhouette", of->silhouette},
        {"silhouette_error", of->silhouette_error},
        {"silhouette_macro", of->silhouette_macro},
        {"simplified_silhouette", of->simplified_silhouette},
        {"bic", of->bic},
        {"dunn", of->dunn},
        {"gap", of->gap},
        {"gap_error", of->gap_error},
        {"prediction_strength", of->strength},
        {"prediction_strength_error", of->strength_error},
        {"agreement", stable->agreement},
        {"agreement_error", stable->agreement_error},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        tsl__json_set(doc, candidate, numbers[i].key, tsl__json_number(numbers[i].value));
    }
    set_numbers(doc, candidate, "jaccard", stable->jaccard, stable->k);
    set_numbers(doc, candidate, "within", stable->within, stable->k);
    set_numbers(doc, candidate, "across", stable->across, stable->k);
}

static void add_reasons(tsl__json *doc, json_t *verdict, const tsl_verdict *from, const char *lang)
{
    static const char *const langs[TSL_LANGS] = {"en", "zh"};
    const int shown = lang && lang[0] == 'z';
    json_t *in[TSL_LANGS], *reasons = tsl__json_set_array(doc, verdict, "reasons");
    json_t *all = tsl__json_set_object(doc, verdict, "reasons_in");
    for (int l = 0; l < TSL_LANGS; l++) {
        in[l] = tsl__json_set_array(doc, all, langs[l]);
    }
    for (size_t i = 0; i < from->reason_count; i++) {
        tsl__json_push(doc, reasons, tsl__json_text(from->reason[shown][i]));
        for (int l = 0; l < TSL_LANGS; l++) {
            tsl__json_push(doc, in[l], tsl__json_text(from->reason[l][i]));
        }
    }
}

static void add_natural(tsl__json *doc, json_t *evidence, const tsl_natural *from)
{
    json_t *natural = tsl__json_set_object(doc, evidence, "natural");
    tsl__json_set(doc, natural, "k", json_integer(from->k));
    tsl__json_set(doc, natural, "at_limit", json_boolean(from->at_limit));
    tsl__json_set(doc, natural, "only_two", json_boolean(from->only_two));
    tsl__json_set(doc, natural, "rows", tsl__json_count(from->rows));
    tsl__json_set(doc, natural, "columns", tsl__json_count(from->cols));
    tsl__json_set(doc, natural, "counted", tsl__json_count(from->counted));
    tsl__json_set(doc, natural, "two_valued", tsl__json_count(from->two_valued));
    tsl__json_set(doc, natural, "pinned", tsl__json_count(from->pinned));
    tsl__json_set(doc, natural, "far_rows", tsl__json_count(from->far_rows));
    tsl__json_set(doc, natural, "k_with_far", json_integer(from->k_with_far));
    json_t *tests = tsl__json_set_array(doc, natural, "tests");
    for (size_t i = 0; i < from->count; i++) {
        const tsl_natural_test *t = &from->test[i];
        json_t *test = tsl__json_push_object(doc, tests);
        tsl__json_set(doc, test, "k", json_integer(t->k));
        tsl__json_set(doc, test, "pairs", json_integer(t->pairs));
        tsl__json_set(doc, test, "pairs_hit", json_integer(t->pairs_hit));
        tsl__json_set(doc, test, "passes", json_boolean(t->passes));
        tsl__json_set(doc, test, "flat", json_boolean(t->flat));
        tsl__json_set(doc, test, "dip", tsl__json_number(t->dip));
        tsl__json_set(doc, test, "valley", tsl__json_number(t->valley));
    }
}

/* Every index of the segments as they are delivered; nothing where an old file has none. */
static void add_delivered(tsl__json *doc, json_t *clusters, const tsl_model *model)
{
    const tsl_validity *v = model->validity;
    const tsl_stable_clusters *stable = model->delivered && model->delivered->count ? &model->delivered->of[0] : NULL;
    if (!v) {
        return;
    }
    const struct {
        const char *key;
        double value;
    } numbers[] = {{"inertia", v->quality.inertia},
                   {"silhouette", v->quality.silhouette},
                   {"silhouette_error", v->quality.silhouette_error},
                   {"silhouette_macro", v->quality.silhouette_macro},
                   {"simplified_silhouette", v->quality.simplified_silhouette},
                   {"simplified_macro", v->quality.simplified_macro},
                   {"calinski_harabasz", v->quality.calinski_harabasz},
                   {"davies_bouldin", v->quality.davies_bouldin},
                   {"bic", v->quality.bic},
                   {"dunn", v->quality.dunn},
                   {"gap", v->gap},
                   {"gap_error", v->gap_error},
                   {"prediction_strength", v->strength},
                   {"prediction_strength_error", v->strength_error},
                   {"agreement", stable ? stable->agreement : (double)NAN},
                   {"agreement_error", stable ? stable->agreement_error : (double)NAN}};
    json_t *delivered = tsl__json_set_object(doc, clusters, "delivered");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        tsl__json_set(doc, delivered, numbers[i].key, tsl__json_number(numbers[i].value));
    }
    tsl__json_set(doc, delivered, "silhouette_rows", tsl__json_count(v->quality.silhouette_rows));
    tsl__json_set(doc, delivered, "sample_rows", tsl__json_count(v->sample_rows));
}

void tsl__summary_evidence(tsl__json *doc, json_t *clusters, const tsl_results *results)
{
    const tsl_evidence *from = results->model->evidence;
    tsl_verdict *verdict = NULL;
    if (!from) {
        return;
    }
    if (tsl_verdict_build(results, &verdict, NULL) != TSL_OK) {
        doc->failed = 1;
        return;
    }
    add_delivered(doc, clusters, results->model);
    json_t *object = tsl__json_set_object(doc, clusters, "verdict");
    tsl__json_set(doc, object, "word", json_string(tsl_verdict_get_name(verdict->word)));
    tsl__json_set_langs(doc, object, "headline", verdict->headline[0], verdict->headline[1]);
    tsl__json_set(doc, object, "natural_k", json_integer(verdict->natural_k));
    tsl__json_set(doc, object, "natural_agreement", tsl__json_number(verdict->natural_agreement));
    tsl__json_set(doc, object, "at_least", json_boolean(verdict->at_least));
    tsl__json_set(doc, object, "agreement", tsl__json_number(verdict->agreement));
    tsl__json_set(doc, object, "least_jaccard", tsl__json_number(verdict->least_jaccard));
    add_reasons(doc, object, verdict, results->lang);
    json_t *evidence = tsl__json_set_object(doc, clusters, "evidence");
    tsl__json_set(doc, evidence, "silhouette_rows", tsl__json_count(from->silhouette_rows));
    tsl__json_set(doc, evidence, "sample_rows", tsl__json_count(from->sample_rows));
    tsl__json_set(doc, evidence, "stability_rows", tsl__json_count(from->stability->rows));
    tsl__json_set(doc, evidence, "replicates", json_integer(from->stability->replicates));
    tsl__json_set(doc, evidence, "gap_best", from->gap_best ? json_integer(from->gap_best) : json_null());
    tsl__json_set(doc, evidence, "prediction_strength_best",
                  from->strength_best ? json_integer(from->strength_best) : json_null());
    add_natural(doc, evidence, from->natural);
    tsl_verdict_free(verdict);
}
