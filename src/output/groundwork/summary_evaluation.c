/* summary_evaluation.c: the summary of labels that were judged. */
#include "output/summary.h"

static void add_quality(tsl__json *doc, json_t *evaluation, const tsl_quality *from)
{
    const struct {
        const char *key;
        double value;
    } index[] = {{"inertia", from->inertia},
                 {"silhouette", from->silhouette},
                 {"silhouette_error", from->silhouette_error},
                 {"silhouette_macro", from->silhouette_macro},
                 {"simplified_silhouette", from->simplified_silhouette},
                 {"simplified_macro", from->simplified_macro},
                 {"calinski_harabasz", from->calinski_harabasz},
                 {"davies_bouldin", from->davies_bouldin},
                 {"bic", from->bic},
                 {"dunn", from->dunn}};
    json_t *internal = tsl__json_set_object(doc, evaluation, "internal");
    for (size_t i = 0; i < sizeof index / sizeof *index; i++) {
        tsl__json_set(doc, internal, index[i].key, tsl__json_number(index[i].value));
    }
    tsl__json_set(doc, internal, "silhouette_rows", tsl__json_count(from->silhouette_rows));
}

static void add_groups(tsl__json *doc, json_t *evaluation, const tsl_evaluation *from)
{
    const tsl_comparison *c = from->comparison;
    double all = 0;
    json_t *groups = tsl__json_set_array(doc, evaluation, "groups");
    for (int i = 0; i < from->k; i++) {
        all += from->cluster[i].weight;
    }
    for (int i = 0; i < from->k; i++) {
        const tsl_cluster_quality *of = &from->cluster[i];
        json_t *group = tsl__json_push_object(doc, groups);
        tsl__json_set(doc, group, "label", tsl__json_text(from->name[i]));
        tsl__json_set(doc, group, "size", tsl__json_count(of->size));
        tsl__json_set(doc, group, "weight", tsl__json_number(of->weight));
        tsl__json_set(doc, group, "share", tsl__json_number(of->weight / all));
        tsl__json_set(doc, group, "silhouette", tsl__json_number(of->silhouette));
        tsl__json_set(doc, group, "silhouette_error", tsl__json_number(of->silhouette_error));
        tsl__json_set(doc, group, "silhouette_rows", tsl__json_count(of->silhouette_rows));
        tsl__json_set(doc, group, "simplified_silhouette", tsl__json_number(of->simplified_silhouette));
        tsl__json_set(doc, group, "mean_distance", tsl__json_number(of->mean_distance));
        if (from->recurrence) {
            tsl__json_set(doc, group, "jaccard", tsl__json_number(from->recurrence->jaccard[i]));
        }
        if (c) {
            const char *match = c->match[i] >= 0 ? from->truth_name[c->match[i]] : NULL;
            tsl__json_set(doc, group, "match", tsl__json_text(match));
            tsl__json_set(doc, group, "matched", tsl__json_number(c->matched[i]));
        }
    }
}

static void add_comparison(tsl__json *doc, json_t *evaluation, const tsl_evaluation *from)
{
    const tsl_comparison *c = from->comparison;
    const struct {
        const char *key;
        double value;
    } index[] = {{"rand", c->rand},
                 {"adjusted_rand", c->adjusted_rand},
                 {"adjusted_mutual_information", c->adjusted_mutual_information},
                 {"normalised_mutual_information", c->normalised_mutual_information},
                 {"mutual_information", c->mutual_information},
                 {"homogeneity", c->homogeneity},
                 {"completeness", c->completeness},
                 {"v_measure", c->v_measure},
                 {"fowlkes_mallows", c->fowlkes_mallows},
                 {"pair_sets_index", c->pair_sets_index},
                 {"normalised_accuracy", c->normalised_accuracy},
                 {"matched_share", c->matched_share}};
    json_t *external = tsl__json_set_object(doc, evaluation, "external");
    tsl__json_set(doc, external, "column", tsl__json_text(from->truth_column));
    tsl__json_set(doc, external, "rows", tsl__json_count(c->rows));
    tsl__json_set(doc, external, "k", json_integer(from->truth_k));
    for (size_t i = 0; i < sizeof index / sizeof *index; i++) {
        tsl__json_set(doc, external, index[i].key, tsl__json_number(index[i].value));
    }
}

static void add_recurrence(tsl__json *doc, json_t *evaluation, const tsl_recurrence *from)
{
    const struct {
        const char *key;
        double value;
    } index[] = {{"agreement", from->agreement},
                 {"agreement_error", from->agreement_error},
                 {"between", from->between},
                 {"between_error", from->between_error},
                 {"gap", from->gap},
                 {"gap_error", from->gap_error},
                 {"prediction_strength", from->strength},
                 {"prediction_strength_error", from->strength_error}};
    json_t *recurrence = tsl__json_set_object(doc, evaluation, "recurrence");
    for (size_t i = 0; i < sizeof index / sizeof *index; i++) {
        tsl__json_set(doc, recurrence, index[i].key, tsl__json_number(index[i].value));
    }
    tsl__json_set(doc, recurrence, "replicates", json_integer(from->replicates));
    tsl__json_set(doc, recurrence, "rows", tsl__json_count(from->rows));
    tsl__json_set(doc, recurrence, "sample_rows", tsl__json_count(from->sample_rows));
}

void tsl__summary_evaluation(tsl__json *doc, const tsl_results *results)
{
    const tsl_evaluation *from = results->evaluation;
    if (!from) {
        return;
    }
    json_t *evaluation = tsl__json_set_object(doc, doc->root, "evaluation");
    tsl__json_set(doc, evaluation, "rows", tsl__json_count(from->rows));
    tsl__json_set(doc, evaluation, "used", tsl__json_count(from->used));
    tsl__json_set(doc, evaluation, "unlabelled", tsl__json_count(from->unlabelled));
    tsl__json_set(doc, evaluation, "noise", tsl__json_count(from->noise));
    tsl__json_set(doc, evaluation, "apart", tsl__json_count(from->apart));
    tsl__json_set(doc, evaluation, "unknown", tsl__json_count(from->unknown));
    tsl__json_set(doc, evaluation, "columns", tsl__json_count(from->cols));
    tsl__json_set(doc, evaluation, "space", json_string(from->plain ? tsl_scale_get_name(from->scale) : "clustering"));
    tsl__json_set(doc, evaluation, "column", tsl__json_text(from->column));
    tsl__json_set(doc, evaluation, "noise_label", tsl__json_text(from->noise_label));
    tsl__json_set(doc, evaluation, "k", json_integer(from->k));
    add_quality(doc, evaluation, &from->quality);
    if (from->recurrence) {
        add_recurrence(doc, evaluation, from->recurrence);
    }
    if (from->comparison) {
        add_comparison(doc, evaluation, from);
    }
    add_groups(doc, evaluation, from);
}
