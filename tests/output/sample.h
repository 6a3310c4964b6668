/* sample.h: a run made by hand, so that the output room can be tested without
 * the rooms before it. */
#ifndef TESTS_OUTPUT_SAMPLE_H
#define TESTS_OUTPUT_SAMPLE_H

#include <tesela/output.h>

#include "table/table_state.h"

#define SAMPLE_CUSTOMERS 1000
#define SAMPLE_SEGMENTS 6
#define SAMPLE_FEATURES 23
#define SAMPLE_TIERS 5

/* What the run holds. */
typedef enum sample_kind {
    SAMPLE_FULL,           /* every stage */
    SAMPLE_HOSTILE,        /* every stage, and names that try to break out of the page */
    SAMPLE_CUSTOMERS_ONLY, /* one table of customers: no value, tiers or lifecycle */
    SAMPLE_FEATURES_ONLY,
    SAMPLE_CLUSTER_ONLY, /* plain data: no customers at all */
    SAMPLE_FROM_FILES,   /* features, model and labels, but no tables */
    SAMPLE_APPLIED,      /* every stage, by an earlier run's model */
    SAMPLE_ASSIGNED,     /* plain data, row by row, by an earlier run's model */
    SAMPLE_JUDGED,       /* every stage, and evidence of the clusters */
    SAMPLE_JUDGED_THEN,  /* every stage, by an earlier run's model that has evidence */
    SAMPLE_KINDS
} sample_kind;

typedef struct sample {
    tsl_results run;
    tsl_table table[TSL_TABLE_KINDS];
    tsl_file_info file[TSL_TABLE_KINDS];
    tsl_recipe recipe;
    tsl_features features;
    tsl_feature feature[SAMPLE_FEATURES];
    tsl_vector_column column[SAMPLE_FEATURES];
    tsl_model model;
    tsl_sweep sweep;
    tsl_candidate candidate[9];
    tsl_evidence evidence;
    tsl_sweep plain; /* with all candidates of the model's own */
    tsl_candidate_evidence judged[9];
    tsl_stability stability, delivered;
    tsl_validity validity;
    tsl_stable_clusters stable[9], stable_delivered;
    tsl_natural natural;
    tsl_natural_test natural_test[2];
    tsl_findings findings;
    tsl_finding finding[2];
    size_t far_customer[4];
    double stable_value[10][3][10]; /* of each candidate and what was delivered: jaccard, within, across */
    uint64_t size[SAMPLE_SEGMENTS];
    tsl_tree tree;
    tsl_tree_node node[2 * SAMPLE_SEGMENTS - 1];
    tsl_tree_column tree_column[SAMPLE_FEATURES];
    double precision[SAMPLE_SEGMENTS], coverage[SAMPLE_SEGMENTS];
    tsl_policy policy;
    tsl_policy_segment policy_segment[SAMPLE_SEGMENTS];
    tsl_tier_name tier_name[SAMPLE_TIERS];
    double tier_share[SAMPLE_TIERS];
    tsl_tier_cut tier_cut[SAMPLE_TIERS];
    uint64_t tier_size[SAMPLE_TIERS], segment_tier_size[SAMPLE_SEGMENTS][SAMPLE_TIERS];
    tsl_tier tier[SAMPLE_TIERS];
    tsl_labels labels;
    tsl_segment segment[SAMPLE_SEGMENTS];
    uint64_t stage_size[SAMPLE_SEGMENTS][TSL_STAGES];
    tsl_stage_row stage[TSL_STAGES];
    tsl_trait trait[SAMPLE_SEGMENTS][SAMPLE_FEATURES];
    char id_text[SAMPLE_CUSTOMERS][16];
    char *id[SAMPLE_CUSTOMERS], *reason[SAMPLE_CUSTOMERS];
    uint8_t reason_code[SAMPLE_CUSTOMERS];
    int32_t customer_segment[SAMPLE_CUSTOMERS], runner_up[SAMPLE_CUSTOMERS];
    double distance[SAMPLE_CUSTOMERS], confidence[SAMPLE_CUSTOMERS], value[SAMPLE_CUSTOMERS];
    int8_t customer_tier[SAMPLE_CUSTOMERS], customer_stage[SAMPLE_CUSTOMERS], stage_from[SAMPLE_CUSTOMERS];
    int32_t stage_since[SAMPLE_CUSTOMERS];
    double churn_risk[SAMPLE_CUSTOMERS], value_at_risk[SAMPLE_CUSTOMERS];
    tsl_churn churn;
    uint8_t r[SAMPLE_CUSTOMERS], f[SAMPLE_CUSTOMERS], m[SAMPLE_CUSTOMERS];
    int8_t customer_rfm[SAMPLE_CUSTOMERS];
    tsl_rfm_count rfm_segment[TSL_RFM_SEGMENTS];
    double history[1];
    tsl_drift drift;
    tsl_feature_drift feature_drift[SAMPLE_FEATURES];
    tsl_segment_drift segment_drift[SAMPLE_SEGMENTS];
    tsl_response response[2];
    tsl_response_part response_part[2][SAMPLE_SEGMENTS];
    tsl_segmentation_drift segmentation_drift;
    tsl_next next;
    tsl_next_segment next_segment[SAMPLE_SEGMENTS];
    tsl_estimates estimates;
    tsl_estimate estimate[SAMPLE_SEGMENTS];
    tsl_portrait portrait;
    tsl_portrait_segment usual[SAMPLE_SEGMENTS];
    tsl_portrait_cell stage_tier[TSL_STAGES * SAMPLE_TIERS];
    tsl_grid grid;
    tsl_grid_cell grid_cell[6];
    uint64_t grid_segment[6][SAMPLE_SEGMENTS];
    tsl_customer_map map;
    tsl_feature_matrix map_matrix;
    double map_loading[2][2], map_median[SAMPLE_SEGMENTS][2];
    tsl_hexagon hexagon[3];
    tsl_concentration concentration;
    tsl_concentration_point point[4];
} sample;

/* Fills *s, which must stay where it is: its parts point at each other. */
void sample_make(sample *s, sample_kind kind, const char *lang);
const char *sample_get_name(sample_kind kind); /* "full", "hostile", ... */

#endif
