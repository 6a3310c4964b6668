/* summary_labels.c: the summary of segments, value tiers and lifecycle stages. */
#include "output/summary.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

/* Features that are only described (tsl_feature.profile) say again, in other
 * units, what those in the vectors say: they are not shown. */
#define TRAITS_SHOWN 12  /* of each segment */
#define PROFILE_SHOWN 12 /* features that all segments are compared by */

/* A feature whose effects are this near to another's in every segment repeats it. */
#define SAME_EFFECT 0.15
/* Weaker ones are shown as 0.0: a feature with no stronger one sets nobody apart. */
#define LEAST_EFFECT 0.05

static void add_value(tsl__json *doc, const tsl_labels *labels)
{
    const tsl_features *features = labels->features;
    size_t index = tsl_features_get_index(features, labels->value_name);
    double total = labels->customers ? NAN : 0; /* of whom no value is known */
    for (size_t i = 0; i < labels->segment_count; i++) {
        const tsl_segment *segment = &labels->segments[i];
        if (segment->size && !isnan(segment->value_total)) {
            total = isnan(total) ? segment->value_total : total + segment->value_total;
        }
    }
    json_t *value = tsl__json_set_object(doc, doc->root, "value");
    tsl__json_set(doc, value, "name", tsl__json_text(labels->value_name));
    tsl__json_set(doc, value, "unit",
                  tsl__json_text(index < features->feature_count ? features->feature[index].unit : ""));
    tsl__json_set(doc, value, "total", tsl__json_number(total));
}

static void add_traits(tsl__json *doc, json_t *segment, const tsl_segment *from, const tsl_features *features)
{
    json_t *traits = tsl__json_set_array(doc, segment, "traits");
    for (size_t i = 0; i < from->trait_count && json_array_size(traits) < TRAITS_SHOWN; i++) {
        const tsl_trait *t = &from->trait[i];
        if (features->feature[t->feature].profile) {
            continue;
        }
        json_t *trait = tsl__json_push_object(doc, traits);
        tsl__json_set(doc, trait, "name", tsl__json_text(features->feature[t->feature].name));
        tsl__json_set(doc, trait, "unit", tsl__json_text(features->feature[t->feature].unit));
        tsl__json_set(doc, trait, "mean", tsl__json_number(t->mean));
        tsl__json_set(doc, trait, "mean_all", tsl__json_number(t->mean_all));
        tsl__json_set(doc, trait, "effect", tsl__json_number(t->effect));
    }
}

/* segment: from 0; the number of segments: all customers. */
static void add_responses(tsl__json *doc, json_t *object, const tsl_labels *labels, size_t segment)
{
    json_t *outcomes = tsl__json_set_array(doc, object, "outcomes");
    for (size_t r = 0; r < labels->response_count; r++) {
        const tsl_response *from = &labels->response[r];
        const tsl_response_part *part = segment < labels->segment_count ? &from->segment[segment] : &from->all;
        json_t *outcome = tsl__json_push_object(doc, outcomes);
        tsl__summary_name(doc, outcome, labels->features->feature[from->feature].name);
        tsl__json_set(doc, outcome, "known", tsl__json_count(part->known));
        tsl__json_set(doc, outcome, from->is_mean ? "mean" : "rate", tsl__json_number(part->rate));
        tsl__json_set(doc, outcome, "low", tsl__json_number(part->low));
        tsl__json_set(doc, outcome, "high", tsl__json_number(part->high));
        if (from->held_out) {
            tsl__json_set(doc, outcome, "held_out", json_true());
        }
    }
}

/* Of a cluster, as the model was fitted. */
static void add_stability(tsl__json *doc, json_t *segment, const tsl_model *model, int cluster)
{
    const tsl_stability *delivered = model ? model->delivered : NULL;
    if (delivered && cluster < delivered->of[0].k) {
        tsl__json_set(doc, segment, "jaccard", tsl__json_number(delivered->of[0].jaccard[cluster]));
        tsl__json_set(doc, segment, "within", tsl__json_number(delivered->of[0].within[cluster]));
        tsl__json_set(doc, segment, "across", tsl__json_number(delivered->of[0].across[cluster]));
    }
}

static void add_segment(tsl__json *doc, json_t *array, const tsl_results *results, const tsl_segment *from,
                        const tsl_rule *rule)
{
    const tsl_labels *labels = results->labels;
    json_t *segment = tsl__json_push_object(doc, array);
    tsl__json_set(doc, segment, "segment", json_integer(from->segment));
    tsl__json_set(doc, segment, "code", tsl__json_text(from->code));
    tsl__json_set(doc, segment, "colour", json_integer(from->colour));
    tsl__json_set(doc, segment, "name", tsl__json_text(from->name));
    tsl__json_set_langs(doc, segment, "names", from->names[0], from->names[1]);
    tsl__json_set(doc, segment, "size", tsl__json_count(from->size));
    tsl__json_set(doc, segment, "share", tsl__json_number(from->share));
    tsl__json_set(doc, segment, "value_total", tsl__json_number(from->value_total));
    tsl__json_set(doc, segment, "value_share", tsl__json_number(from->value_share));
    tsl__summary_rule(doc, segment, rule, results->lang);
    tsl__json_set(doc, segment, "precision", tsl__json_number(from->precision));
    tsl__json_set(doc, segment, "coverage", tsl__json_number(from->coverage));
    tsl__json_set(doc, segment, "confidence_mean", tsl__json_number(from->confidence_mean));
    add_stability(doc, segment, results->model, from->cluster);
    tsl__summary_portrait_segment(doc, segment, results, (size_t)(from - labels->segments));
    if (labels->has_tiers) {
        json_t *tiers = tsl__json_set_object(doc, segment, "tiers");
        for (size_t tier = 0; tier < labels->tier_count; tier++) {
            tsl__json_set(doc, tiers, labels->tier[tier].code, tsl__json_count(from->tier_size[tier]));
        }
    }
    if (labels->has_lifecycle) {
        json_t *stages = tsl__json_set_object(doc, segment, "lifecycle");
        for (size_t stage = 0; stage < labels->stage_count; stage++) {
            tsl__json_set(doc, stages, tsl_stage_get_code((tsl_stage)stage), tsl__json_count(from->stage_size[stage]));
        }
    }
    tsl__summary_next_segment(doc, segment, results, from);
    if (labels->response_count) {
        add_responses(doc, segment, labels, (size_t)from->cluster);
    }
    add_traits(doc, segment, from, labels->features);
}

static void add_segments(tsl__json *doc, const tsl_results *results)
{
    const tsl_labels *labels = results->labels;
    json_t *segments = tsl__json_set_array(doc, doc->root, "segments");
    tsl_rule *rule = NULL;
    if (results->model && tsl_rules_build(results->model, &rule, NULL) != TSL_OK) {
        doc->failed = 1;
        return;
    }
    for (size_t i = 0; i < labels->segment_count; i++) {
        const tsl_segment *from = &labels->segments[i];
        if (tsl__summary_has_segment(results, i)) {
            add_segment(doc, segments, results, from, rule ? &rule[from->cluster] : NULL);
        }
    }
    tsl_rules_free(rule, results->model ? (size_t)tsl_model_get_groups(results->model) : 0);
}

/* ---- The features that set the segments apart most ------------------------ */

typedef struct contrast {
    const tsl_trait **trait; /* a segment each; NULL where it has none */
    double separation;       /* sum of share x effect^2: the part of the variance that lies between segments */
    double strongest;        /* |effect| */
    size_t feature;
} contrast;

static int by_separation(const void *a, const void *b)
{
    const contrast *x = a, *y = b;
    if (x->separation != y->separation) {
        return x->separation > y->separation ? -1 : 1;
    }
    return x->feature < y->feature ? -1 : x->feature > y->feature;
}

static void collect_contrasts(const tsl_labels *labels, contrast *contrasts, const tsl_trait **cells)
{
    for (size_t f = 0; f < labels->features->feature_count; f++) {
        contrasts[f] = (contrast){.trait = cells + f * labels->segment_count, .feature = f};
    }
    for (size_t s = 0; s < labels->segment_count; s++) {
        const tsl_segment *segment = &labels->segments[s];
        for (size_t i = 0; i < segment->trait_count; i++) {
            const tsl_trait *trait = &segment->trait[i];
            contrasts[trait->feature].trait[s] = trait;
            if (isfinite(trait->effect) && !labels->features->feature[trait->feature].profile) {
                contrast *c = &contrasts[trait->feature];
                c->separation += segment->share * trait->effect * trait->effect;
                c->strongest = fmax(c->strongest, fabs(trait->effect));
            }
        }
    }
}

/* Where a segment lacks one of the two features, they differ. */
static int repeats(const contrast *a, const contrast *b, size_t segments)
{
    for (size_t s = 0; s < segments; s++) {
        if (!a->trait[s] || !b->trait[s] || !(fabs(a->trait[s]->effect - b->trait[s]->effect) <= SAME_EFFECT) ||
            isnan(a->trait[s]->mean) != isnan(b->trait[s]->mean)) {
            return 0;
        }
    }
    return 1;
}

/* Moves the contrasts to show to the front; their count. */
static size_t choose_contrasts(contrast *contrasts, size_t count, size_t segments)
{
    size_t shown = 0;
    qsort(contrasts, count, sizeof *contrasts, by_separation);
    for (size_t i = 0; i < count && shown < PROFILE_SHOWN; i++) {
        size_t other = 0;
        if (contrasts[i].strongest < LEAST_EFFECT) {
            continue;
        }
        while (other < shown && !repeats(&contrasts[i], &contrasts[other], segments)) {
            other++;
        }
        if (other == shown) {
            contrasts[shown++] = contrasts[i];
        }
    }
    return shown;
}

static void add_contrast(tsl__json *doc, json_t *array, const tsl_results *results, const contrast *from)
{
    const tsl_labels *labels = results->labels;
    const tsl_feature *feature = &labels->features->feature[from->feature];
    double mean_all = NAN;
    json_t *row = tsl__json_push_object(doc, array);
    tsl__json_set(doc, row, "name", tsl__json_text(feature->name));
    tsl__json_set(doc, row, "unit", tsl__json_text(feature->unit));
    tsl__json_set(doc, row, "form", json_string(tsl_feature_form_get_name(feature->form)));
    tsl__json_set(doc, row, "separation", tsl__json_number(from->separation));
    json_t *segments = json_array();
    for (size_t s = 0; s < labels->segment_count; s++) {
        const tsl_trait *trait = from->trait[s];
        if (!tsl__summary_has_segment(results, s)) {
            continue;
        }
        json_t *cell = tsl__json_push_object(doc, segments);
        tsl__json_set(doc, cell, "mean", tsl__json_number(trait ? trait->mean : NAN));
        tsl__json_set(doc, cell, "effect", tsl__json_number(trait ? trait->effect : NAN));
        mean_all = trait ? trait->mean_all : mean_all;
    }
    tsl__json_set(doc, row, "mean_all", tsl__json_number(mean_all));
    tsl__json_set(doc, row, "segments", segments);
}

static void add_profile(tsl__json *doc, const tsl_results *results)
{
    const tsl_labels *labels = results->labels;
    size_t count = labels->features->feature_count;
    contrast *contrasts = tsl__alloc(count, sizeof *contrasts);
    const tsl_trait **cells = tsl__alloc_zero(count * labels->segment_count, sizeof *cells);
    json_t *profile = tsl__json_set_array(doc, doc->root, "profile");
    if (contrasts && cells) {
        collect_contrasts(labels, contrasts, cells);
        size_t shown = choose_contrasts(contrasts, count, labels->segment_count);
        for (size_t i = 0; i < shown; i++) {
            add_contrast(doc, profile, results, &contrasts[i]);
        }
    } else {
        doc->failed = 1;
    }
    free(contrasts);
    free(cells);
}

/* ---- Lifecycle --------------------------------------------------- */

static void add_phases(tsl__json *doc, const tsl_labels *labels)
{
    json_t *phases = tsl__json_set_array(doc, doc->root, "lifecycle_phases");
    for (size_t i = 0; i < labels->phase_count; i++) {
        const tsl_phase_row *from = &labels->phase[i];
        json_t *phase = tsl__json_push_object(doc, phases);
        tsl__json_set(doc, phase, "phase", json_string(from->phase->code));
        tsl__json_set_langs(doc, phase, "names", from->phase->names[0], from->phase->names[1]);
        tsl__summary_size(doc, phase, labels, from->size, from->value_total, from->value_share);
    }
}

/* A name that was given, or its own: the phase stands beside it. */
static const char *get_stage_name(const tsl_labels *labels, tsl_stage stage, int lang)
{
    const char *given = labels->policy->stage_names[stage][lang];
    return given ? given : tsl_stage_get_name(stage, tsl_lang_get_code(lang));
}

static void add_lifecycle(tsl__json *doc, const tsl_results *results)
{
    const tsl_labels *labels = results->labels;
    const tsl_vocabulary of = labels->policy->vocabulary;
    size_t phases;
    const tsl_phase *phase = tsl_vocabulary_get_phases(of, &phases);
    json_t *stages = tsl__json_set_array(doc, doc->root, "lifecycle");
    for (size_t i = 0; i < labels->stage_count; i++) {
        const tsl_stage_row *from = &labels->stage[i];
        json_t *stage = tsl__json_push_object(doc, stages);
        tsl__json_set(doc, stage, "stage", json_string(tsl_stage_get_code(from->stage)));
        tsl__json_set_langs(doc, stage, "names", get_stage_name(labels, from->stage, 0),
                            get_stage_name(labels, from->stage, 1));
        tsl__summary_size(doc, stage, labels, from->size, from->value_total, from->value_share);
        tsl__summary_stage_crosses(doc, stage, results, i);
        tsl__json_set(doc, stage, "phase", json_string(phase[tsl_vocabulary_get_index(of, from->stage)].code));
    }
    add_phases(doc, labels);
    tsl__json_set(doc, doc->root, "gap_p90_days", tsl__json_number(labels->gap_p90));
    tsl__json_set(doc, doc->root, "new_days", tsl__json_number(labels->policy->new_days));
}

/* The codes that stand in segments.csv beside the sentences, of those who have one. */
static void add_reasons(tsl__json *doc, const tsl_labels *labels)
{
    uint64_t size[TSL_REASONS] = {0};
    json_t *reasons = tsl__json_set_array(doc, doc->root, "reasons");
    for (size_t i = 0; i < labels->customers; i++) {
        size[labels->reason_code[i]]++;
    }
    for (int r = 0; r < TSL_REASONS; r++) {
        if (size[r]) {
            const tsl_reason of = (tsl_reason)r;
            json_t *reason = tsl__json_push_object(doc, reasons);
            tsl__json_set(doc, reason, "reason", json_string(tsl_reason_get_code(of)));
            tsl__json_set_langs(doc, reason, "names", tsl_reason_get_name(of, tsl_lang_get_code(0)),
                                tsl_reason_get_name(of, tsl_lang_get_code(1)));
            tsl__json_set(doc, reason, "size", tsl__json_count(size[r]));
        }
    }
}

static void add_churn_part(tsl__json *doc, json_t *object, const tsl_churn_part *part)
{
    tsl__json_set(doc, object, "size", tsl__json_count(part->size));
    tsl__json_set(doc, object, "risk_mean", tsl__json_number(part->risk_mean));
    tsl__json_set(doc, object, "value_at_risk", tsl__json_number(part->value_total));
    tsl__json_set(doc, object, "unvalued", tsl__json_count(part->unvalued));
}

static void add_churn(tsl__json *doc, const tsl_churn *churn)
{
    json_t *object = tsl__json_set_object(doc, doc->root, "churn");
    tsl__json_set(doc, object, "days", json_integer(TSL_CHURN_DAYS));
    tsl__json_set(doc, object, "by", json_string(churn->by_model ? "model" : "silences"));
    tsl__json_set(doc, object, "value", churn->value ? tsl__json_text(churn->value) : json_null());
    add_churn_part(doc, object, &churn->all);
    json_t *stages = tsl__json_set_array(doc, object, "stages");
    for (int s = 0; s < TSL_STAGES; s++) {
        if (churn->stage[s].size) {
            json_t *stage = tsl__json_push_object(doc, stages);
            tsl__json_set(doc, stage, "stage", json_string(tsl_stage_get_code((tsl_stage)s)));
            add_churn_part(doc, stage, &churn->stage[s]);
        }
    }
    json_t *tops = tsl__json_set_array(doc, object, "ranked");
    for (int t = 0; t < TSL_CHURN_TOPS && churn->value; t++) {
        json_t *top = tsl__json_push_object(doc, tops);
        tsl__json_set(doc, top, "share", tsl__json_number(churn->top_share[t]));
        add_churn_part(doc, top, &churn->top[t]);
    }
}

void tsl__summary_labels(tsl__json *doc, const tsl_results *results)
{
    const tsl_labels *labels = results->labels;
    if (!labels) {
        return;
    }
    if (labels->value_name) {
        add_value(doc, labels);
    }
    if (labels->response_count) {
        add_responses(doc, doc->root, labels, labels->segment_count);
    }
    add_segments(doc, results);
    add_profile(doc, results);
    tsl__summary_tiers(doc, results);
    if (labels->has_lifecycle) {
        add_lifecycle(doc, results);
    }
    if (labels->reason_code) {
        add_reasons(doc, labels);
    }
    if (labels->churn) {
        add_churn(doc, labels->churn);
    }
}
