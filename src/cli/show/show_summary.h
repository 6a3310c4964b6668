/* show_summary.h: results as short tables on standard output. All that stands in a
 * summary is drawn from the summary, so that a run, its stages and a look at
 * them later show the same. */
#ifndef TSL_CLI_SHOW_SHOW_SUMMARY_H
#define TSL_CLI_SHOW_SHOW_SUMMARY_H

#include "cli/job.h"

struct json_t;

typedef enum cli_part {
    CLI_SHOW_ROWS = 1,      /* what was read */
    CLI_SHOW_FEATURES = 2,  /* counts and totals */
    CLI_SHOW_SWEEP = 4,     /* the candidates */
    CLI_SHOW_CLUSTERS = 8,  /* sizes, and precision and coverage of their rules */
    CLI_SHOW_SEGMENTS = 16, /* segments, tiers, stages */
    CLI_SHOW_SECONDS = 32,
    CLI_SHOW_DRIFT = 64,   /* features and segments against those of the model */
    CLI_SHOW_FITTED = 128, /* which parts of the model were fitted anew */
    CLI_SHOW_NEXT = 256,   /* what customers did after a cut */
    CLI_SHOW_RFM = 512,    /* how RFM scores are cut */
    CLI_SHOW_ALL = 1023
} cli_part;

/* Parts of a summary's text; what it lacks is left out. lang NULL: its own. */
TSL_FALLIBLE tsl_status cli_show_summary(const char *json, const char *lang, unsigned parts, tsl_error *err);
/* The same of the work so far. */
TSL_FALLIBLE tsl_status cli_job_show(cli_job *job, unsigned parts, tsl_error *err);
/* The tree in the format asked for; by default the whole of it, and each segment's rule. */
TSL_FALLIBLE tsl_status cli_show_rules(const tsl_segmentation *segmentation, const tsl_rules_options *opt,
                                       tsl_error *err);
/* One customer, as text or JSON. */
TSL_FALLIBLE tsl_status cli_show_explanation(const tsl_explanation *explanation, tsl_rules_format format,
                                             const char *lang, tsl_error *err);
/* show_features.c: the catalogue with each feature's distribution, or of a customer (his index; customers: of all) his
 * values. */
TSL_FALLIBLE tsl_status cli_show_features(const tsl_features *features, size_t customer, const char *lang,
                                          tsl_error *err);
/* The principal components that clusters are found by, where there are any. */
TSL_FALLIBLE tsl_status cli_show_components(const tsl_recipe *recipe, const char *lang, tsl_error *err);
/* How a feature is computed; "all": the list of them. recipe, tables: NULL where there are none at hand. */
TSL_FALLIBLE tsl_status cli_show_derivation(const char *name, const tsl_feature_options *opt, const tsl_recipe *recipe,
                                            const tsl_tables *tables, const char *lang, tsl_error *err);
/* show_rules.c: what is found of rule sets and strategies. */
void cli_show_rule_check(const tsl_labels *labels, const char *lang);
/* Labels that were judged: show_evaluation.c. */
void cli_show_evaluation(const tsl_evaluation *evaluation, const char *lang);
/* Two runs: show_migration.c; what a treatment did: show_effects.c. */
TSL_FALLIBLE tsl_status cli_show_migration(const tsl_migration *migration, const char *lang, tsl_error *err);
TSL_FALLIBLE tsl_status cli_show_effects(const tsl_effects *effects, const char *lang, tsl_error *err);
/* What customers are worth: show_valuation.c. */
void cli_show_valuation(const tsl_valuation *valuation, const char *lang);
/* ... and what was foretold of a period held out: show_held_purchases.c. */
void cli_show_held_purchases(const tsl_valuation *valuation, const char *lang);
/* ... and its cohorts, covariates and score, where there are any: show_worth.c. */
void cli_show_worth(const tsl_valuation *valuation, const char *lang);
/* How well churn risks were foretold at the cut, and what they are not to be used for: of next.churn of a summary; "":
 * it is not known. From the pool. */
const char *cli_tell_forecast(const struct json_t *check, const char *lang);
/* A word that is shown, in the language; itself where it has no translation. */
const char *cli_translate(const char *en, const char *lang);
/* A feature in a table: in English by its name, which options and conditions take; in Chinese as a reader knows it. */
const char *cli_feature_name(const char *name, const char *lang);

#endif
