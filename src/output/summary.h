/* summary.h: the parts of the summary, one a stage; each sets its keys in the
 * document's root. */
#ifndef TSL_OUTPUT_SUMMARY_H
#define TSL_OUTPUT_SUMMARY_H

#include <tesela/output.h>

#include "output/json/json.h"

/* A full copy of what was given, checked; NULL: nothing is known. */
TSL_FALLIBLE tsl_status tsl__results_take(tsl_results *full, const tsl_results *given, tsl_error *err);

/* rows.<table>: counts, rejects by kind, files, what was understood. */
void tsl__summary_tables(tsl__json *doc, const tsl_results *results);
/* data_quality: what is amiss in the tables. */
void tsl__summary_data_quality(tsl__json *doc, const tsl_results *results);

/* quality: rows and money of the transactions by month, with those of nobody. */
void tsl__summary_quality(tsl__json *doc, const tsl_results *results);
/* customers, as_of, totals, features. */
void tsl__summary_features(tsl__json *doc, const tsl_results *results);
/* rfm: how the scores are cut, of features or a recipe that have them; and method, bins and cuts into an object. */
void tsl__summary_rfm(tsl__json *doc, const tsl_results *results);
void tsl__summary_rfm_cuts(tsl__json *doc, json_t *rfm, const tsl_rfm *from);
/* clusters: the sweep, the choice, the tree. */
void tsl__summary_clusters(tsl__json *doc, const tsl_results *results);
/* clusters.basis: the columns that the distance is made of, and what part of it each carries. */
void tsl__summary_basis(tsl__json *doc, json_t *clusters, const tsl_results *results);
/* clusters.verdict and clusters.evidence; nothing without evidence. */
void tsl__summary_evidence(tsl__json *doc, json_t *clusters, const tsl_results *results);
/* What the evidence has of the candidate with this index, into its object. */
void tsl__summary_add_evidence(tsl__json *doc, json_t *candidate, const tsl_evidence *evidence, size_t index);
/* findings: customers far from all others. */
void tsl__summary_findings(tsl__json *doc, const tsl_results *results);
/* value, segments, profile, tiers, tiering, score, lifecycle. */
void tsl__summary_labels(tsl__json *doc, const tsl_results *results);
/* means: every feature by segment. */
void tsl__summary_means(tsl__json *doc, const tsl_results *results);
/* summary_portrait.c: grid, map, lorenz, first; of segment s, rule_parts, medians, advice; of a tier, segments;
 * of a stage, segments and tiers. */
void tsl__summary_portrait(tsl__json *doc, const tsl_results *results);
void tsl__summary_portrait_segment(tsl__json *doc, json_t *object, const tsl_results *results, size_t s);
void tsl__summary_tier_segments(tsl__json *doc, json_t *object, const tsl_results *results, size_t tier);
void tsl__summary_stage_crosses(tsl__json *doc, json_t *object, const tsl_results *results, size_t stage);
/* first: what is to be done first; of labels that have a portrait. */
void tsl__summary_first(tsl__json *doc, const tsl_results *results);
/* tiers, tiering, score. */
void tsl__summary_tiers(tsl__json *doc, const tsl_results *results);
/* How many customers of all, and what they are worth: of a tier, of a stage. */
void tsl__summary_size(tsl__json *doc, json_t *object, const tsl_labels *labels, uint64_t size, double total,
                       double share);
/* The one currency of the transactions, where anything tells it; else what the caller says; else NULL. */
const char *tsl__summary_currency(const tsl_results *results);
/* rules, strategies. */
void tsl__summary_rules(tsl__json *doc, const tsl_results *results);

/* drift: of an apply. */
void tsl__summary_drift(tsl__json *doc, const tsl_results *results);
/* previous: what became of the segments of the previous run. */
void tsl__summary_succession(tsl__json *doc, const tsl_results *results);
/* evaluation: of labels that were given. */
void tsl__summary_evaluation(tsl__json *doc, const tsl_results *results);

/* next: what came after a cut; and of one segment. */
void tsl__summary_next(tsl__json *doc, const tsl_results *results);
/* evidence: ways of segmenting beside the run's, and what a doubtful reader asks. */
void tsl__summary_methods(tsl__json *doc, const tsl_results *results);
void tsl__summary_next_segment(tsl__json *doc, json_t *object, const tsl_results *results, const tsl_segment *segment);

/* history, changes: the months before. */
void tsl__summary_history(tsl__json *doc, const tsl_results *results);

/* models, valuation: what customers are worth. */
void tsl__summary_valuation(tsl__json *doc, const tsl_results *results);
/* Parameters, errors, likelihood and verdict of a model: summary_value_model.c. */
void tsl__summary_purchase_model(tsl__json *doc, json_t *model, const tsl_purchase_model *from);
void tsl__summary_spend_model(tsl__json *doc, json_t *model, const tsl_spend_model *from);
/* summary_worth.c: cohorts and covariates, and the score in the valuation. */
void tsl__summary_worth(tsl__json *doc, json_t *valuation, const tsl_valuation *v);

/* target: that the segments were found by, with each one's mean of it. */
void tsl__summary_target(tsl__json *doc, const tsl_results *results);
/* descriptors: which demographics tell the segments. */
void tsl__summary_descriptors(tsl__json *doc, const tsl_results *results);

/* clusters.tree, of a model that has one. */
void tsl__summary_tree(tsl__json *doc, json_t *clusters, const tsl_results *results);
/* privacy: what customers go by, who was left out, what is hidden; audit: how sensitive columns go with the labels. */
void tsl__summary_privacy(tsl__json *doc, const tsl_results *results);
void tsl__summary_audit(tsl__json *doc, const tsl_results *results);

/* rule, in the language (NULL: en), rules in all, and the condition; null without one. */
void tsl__summary_rule(tsl__json *doc, json_t *object, const tsl_rule *rule, const char *lang);

/* 1 where somebody is in the segment, from 0, or was when it was fitted or in the months before; a leaf of a tree of a
 * target is always there.
 */
int tsl__summary_has_segment(const tsl_results *results, size_t segment);
/* Which one of the summary's segments that is, from 0. */
int tsl__summary_get_index(const tsl_results *results, size_t segment);

/* A feature's name, and what it is called in each language; a column's of the vectors, or a component's. */
void tsl__summary_name(tsl__json *doc, json_t *object, const char *name);
void tsl__summary_vector_column(tsl__json *doc, json_t *object, const tsl_recipe *recipe,
                                const tsl_vector_column *column);

/* What the manifest shares with the summary. */
void tsl__summary_seconds(tsl__json *doc, const tsl_results *results);
void tsl__summary_counts(tsl__json *doc, json_t *object, const tsl_table_info *info);

#endif
