/* summary_clusters.c: the summary of the sweep over k, the chosen model and
 * the tree that explains it. */
#include "output/summary.h"

#include <stdlib.h>

static json_t *add_candidate(tsl__json *doc, json_t *array, const tsl_candidate *from)
{
    json_t *candidate = tsl__json_push_object(doc, array);
    tsl__json_set(doc, candidate, "k", json_integer(from->k));
    tsl__json_set(doc, candidate, "inertia", tsl__json_number(from->inertia));
    tsl__json_set(doc, candidate, "silhouette", tsl__json_number(from->silhouette));
    tsl__json_set(doc, candidate, "calinski_harabasz", tsl__json_number(from->calinski_harabasz));
    tsl__json_set(doc, candidate, "davies_bouldin", tsl__json_number(from->davies_bouldin));
    tsl__json_set(doc, candidate, "smallest_share", tsl__json_number(from->smallest_share));
    tsl__json_set(doc, candidate, "iterations", json_integer(from->iterations));
    tsl__json_set(doc, candidate, "converged", json_boolean(from->converged));
    tsl__json_set(doc, candidate, "restart", json_integer(from->restart));
    return candidate;
}

/* Of the plain sweep, with what the evidence knows of each. */
static void add_candidates(tsl__json *doc, json_t *clusters, const tsl_model *model)
{
    const tsl_sweep *sweep = model->plain ? model->plain : model->sweep;
    json_t *candidates = tsl__json_set_array(doc, clusters, "candidates");
    for (size_t i = 0; i < sweep->count; i++) {
        json_t *candidate = add_candidate(doc, candidates, &sweep->candidate[i]);
        if (model->evidence) {
            tsl__summary_add_evidence(doc, candidate, model->evidence, i);
        }
    }
}

/* Of whom the candidates are, where that is another sweep than the model's; nothing where an old file does not say. */
static void add_plain(tsl__json *doc, json_t *clusters, const tsl_sweep *from)
{
    if (from && from->rows) {
        json_t *plain = tsl__json_set_object(doc, clusters, "plain");
        tsl__json_set(doc, plain, "rows", tsl__json_count(from->rows));
        tsl__json_set(doc, plain, "columns", tsl__json_count(from->cols));
    }
}

void tsl__summary_rule(tsl__json *doc, json_t *object, const tsl_rule *rule, const char *lang)
{
    int index;
    if (!rule || !rule->condition || !rule->condition[0] || tsl_lang_read(lang ? lang : "en", &index, NULL) != TSL_OK) {
        tsl__json_set(doc, object, "rule", json_null());
        return;
    }
    tsl__json_set(doc, object, "rule", tsl__json_text(rule->words[index]));
    tsl__json_set_langs(doc, object, "rules", rule->words[0], rule->words[1]);
    tsl__json_set(doc, object, "condition", tsl__json_text(rule->condition));
}

/* The clusters of a run that has no labels; with labels, the segments say it. */
static void add_groups(tsl__json *doc, json_t *clusters, const tsl_model *model, const char *lang)
{
    tsl_rule *rule = NULL;
    if (tsl_rules_build(model, &rule, NULL) != TSL_OK) {
        doc->failed = 1;
        return;
    }
    const double *weight = model->weights_hash ? model->sweep->candidate[model->sweep->best].weight : NULL;
    json_t *groups = tsl__json_set_array(doc, clusters, "groups");
    for (int cluster = 0; cluster < tsl_model_get_groups(model); cluster++) {
        const tsl_tree *tree = model->tree;
        if (cluster >= model->k && tsl_model_get_size(model, cluster) == 0) {
            continue; /* a class of nobody */
        }
        json_t *group = tsl__json_push_object(doc, groups);
        tsl__json_set(doc, group, "cluster", json_integer(cluster + 1)); /* as in labels.csv */
        tsl__json_set(doc, group, "size", tsl__json_count(tsl_model_get_size(model, cluster)));
        if (weight) {
            tsl__json_set(
                doc, group, "weight",
                tsl__json_number(cluster < model->k ? weight[cluster] : model->class_weight[cluster - model->k]));
        }
        tsl__json_set(doc, group, "share", tsl__json_number(tsl_model_get_share(model, cluster)));
        tsl__summary_rule(doc, group, &rule[cluster], lang);
        tsl__json_set(doc, group, "precision", tree ? tsl__json_number(tree->precision[cluster]) : json_null());
        tsl__json_set(doc, group, "coverage", tree ? tsl__json_number(tree->coverage[cluster]) : json_null());
    }
    tsl_rules_free(rule, (size_t)tsl_model_get_groups(model));
}

/* Those that somebody was in. */
static int count_classes(const tsl_model *model)
{
    int count = 0;
    for (int c = 0; c < model->class_count; c++) {
        count += model->class_size[c] > 0;
    }
    return count;
}

void tsl__summary_clusters(tsl__json *doc, const tsl_results *results)
{
    const tsl_model *model = results->model;
    if (!model) {
        return;
    }
    const tsl_sweep *sweep = model->sweep;
    const tsl_candidate *best = &sweep->candidate[sweep->best];
    /* Measured of the segments as they are delivered, where evidence was gathered; else in the sweep. */
    const tsl_quality *judged = model->validity ? &model->validity->quality : NULL;
    json_t *clusters = tsl__json_set_object(doc, doc->root, "clusters");
    tsl__json_set(doc, clusters, "k", json_integer(model->k));
    tsl__json_set(doc, clusters, "method",
                  json_string(model->by_tree  ? "tree"
                              : sweep->placed ? "anchored"
                                              : "k-means"));
    tsl__json_set(doc, clusters, "inertia", tsl__json_number(best->inertia));
    tsl__json_set(doc, clusters, "silhouette", tsl__json_number(judged ? judged->silhouette : best->silhouette));
    tsl__json_set(doc, clusters, "calinski_harabasz",
                  tsl__json_number(judged ? judged->calinski_harabasz : best->calinski_harabasz));
    tsl__json_set(doc, clusters, "davies_bouldin",
                  tsl__json_number(judged ? judged->davies_bouldin : best->davies_bouldin));
    tsl__json_set(doc, clusters, "silhouette_rows",
                  tsl__json_count(judged ? judged->silhouette_rows : sweep->info.silhouette_rows));
    tsl__json_set(doc, clusters, "rows", tsl__json_count(model->rows));
    tsl__json_set(doc, clusters, "columns", tsl__json_count(model->cols));
    tsl__json_set(doc, clusters, "choice", sweep->info.choice[0] ? tsl__json_text(sweep->info.choice) : json_null());
    if (model->sweep->placed) {
        tsl__json_set(doc, clusters, "placed", json_integer(model->sweep->placed));
        if (*tsl_place_kind_get_name(model->sweep->places)) {
            tsl__json_set(doc, clusters, "places", json_string(tsl_place_kind_get_name(model->sweep->places)));
        }
    }
    if (count_classes(model)) {
        tsl__json_set(doc, clusters, "set_apart", json_integer(count_classes(model)));
    }
    if (model->weight) {
        tsl__json_set(doc, clusters, "weight", tsl__json_text(model->weight));
    }
    tsl__summary_basis(doc, clusters, results);
    add_plain(doc, clusters, model->plain);
    add_candidates(doc, clusters, model);
    tsl__summary_evidence(doc, clusters, results);
    if (model->tree) {
        tsl__summary_tree(doc, clusters, results);
    }
    if (!results->labels) {
        add_groups(doc, clusters, model, results->lang);
    }
    tsl__json_set_parsed(doc, clusters, "options", model->options);
}
