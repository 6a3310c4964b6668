/* sample.c: a run made by hand: 1,000 customers of a shop in six segments. */
#include "sample.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOSTILE "</script><img src=x onerror=\"document.title='broken'\">'\"&\xE2\x80\xA8\xF0\x9F\x98\x88"

static const char *const kind_name[SAMPLE_KINDS] = {"full",         "hostile",    "customers-only", "features-only",
                                                    "cluster-only", "from-files", "applied",        "assigned",
                                                    "judged",       "judged-then"};

const char *sample_get_name(sample_kind kind)
{
    return kind_name[kind];
}

/* A feature: its mean over all, and how far each segment lies from it in
 * standard deviations. */
typedef struct plan_row {
    const char *name, *unit, *definition;
    tsl_group group;
    tsl_feature_form form;
    int profile;
    double mean, effect[SAMPLE_SEGMENTS];
} plan_row;

#define DEM TSL_DEMOGRAPHIC
#define BEH TSL_BEHAVIORAL
#define VAL TSL_VALUE
#define NUM TSL_FORM_NUMBER

static const plan_row plan[SAMPLE_FEATURES] = {
    {"Gender=F", "", "1 where Gender is F", DEM, TSL_FORM_VALUE, 0, .52, {.08, .02, -.04, -.01, .03, -.05}},
    {"age", "years", "Age in completed years at the as-of day", DEM, NUM, 0, 43.7, {.3, .1, -.2, .05, -.1, -.3}},
    {"MaritalStatus", "", "1 for yes", DEM, TSL_FORM_BOOLEAN, 0, .44, {.2, .1, -.1, .0, -.1, -.1}},
    {"recency_days", "days", "Days since the last purchase", BEH, NUM, 0, 91.4, {-1.1, -.9, -.5, .2, .9, 1.6}},
    {"frequency", "orders", "Number of purchases", BEH, NUM, 0, 4.27, {2.1, .9, -.2, -.3, -.6, -.9}},
    {"purchase_days", "days", "Days with a purchase", BEH, NUM, 0, 4.02, {2.0, .9, -.2, -.3, -.6, -.9}},
    {"tenure_days", "days", "Days since the first purchase", BEH, NUM, 0, 223, {.9, .6, -1.6, .5, .4, .2}},
    {"gap_mean_days", "days", "Mean days between purchases", BEH, NUM, 0, 71.2, {-.9, -.3, -.2, .8, .5, .1}},
    {"orders_per_month", "orders", "Purchases in 30 days", BEH, NUM, 0, .91, {1.7, .7, .9, -.6, -.7, -.8}},
    {"frequency_trend", "", "Log ratio of purchases", BEH, NUM, 0, -.05, {.5, .3, .9, -.2, -.6, -.4}},
    {"units", "units", "Units bought", BEH, NUM, 0, 1187, {1.9, .8, -.4, -.1, -.5, -1.0}},
    {"distinct_products", "products", "Different products", BEH, NUM, 0, 61.5, {1.6, .9, -.4, .1, -.6, -1.2}},
    {"category_entropy", "", "Entropy of the categories", BEH, NUM, 0, 1.31, {.7, .4, -.2, .1, -.3, -.6}},
    {"weekend_share", "share", "Purchases at a weekend", BEH, NUM, 0, .13, {-.2, .0, .2, .0, .1, .1}},
    {"return_share", "share", "Returned of what was bought", BEH, NUM, 0, .024, {.3, .1, -.1, .0, -.1, .4}},
    {"channel:web", "share", "Purchases by the channel web", BEH, NUM, 0, .61, {.2, .1, .4, -.2, -.3, -.1}},
    {"monetary_total", "currency", "Net amount, all", VAL, NUM, 0, 1898.5, {1.9, .9, -.3, -.1, -.6, -1.3}},
    {"monetary_365d", "currency", "Net amount, 365 days", VAL, NUM, 0, 1790.2, {1.9, .9, -.3, -.1, -.7, -1.4}},
    {"monetary_mean", "currency", "Mean purchase", VAL, NUM, 0, 378.6, {.6, .3, -.1, .1, .0, -1.1}},
    {"monetary_max", "currency", "Greatest purchase", VAL, NUM, 0, 611.8, {1.0, .5, -.2, .1, -.2, -1.2}},
    {"monetary_trend", "", "Log ratio of the net amount", VAL, NUM, 0, .03, {.4, .2, .8, -.3, -.6, -.2}},
    {"margin_total", "currency", "Net amount less cost", VAL, NUM, 0, 702.1, {1.8, .9, -.3, -.1, -.6, -1.2}},
    {"rfm_score", "", "R + F + M", VAL, NUM, 1, 9.1, {1.8, 1.1, .2, -.1, -.8, -1.5}},
};

static const char *const segment_name[2][SAMPLE_SEGMENTS] = {
    {"Frequent, high spend", "Regular buyers", "New, promising", "Seldom, steady baskets", "Going quiet",
     "Long silent, low spend"},
    {"高频高消费", "稳定常客", "新近且有潜力", "低频大单", "渐趋沉默", "长期沉默低消费"},
};
static const char *const segment_code[SAMPLE_SEGMENTS] = {"CHAMP", "LOYAL", "S3", "ACTIVE_SMALL", "S5", "SMALL_QUIET"};
static const double segment_share[SAMPLE_SEGMENTS] = {.093, .187, .141, .212, .168, .199};
static const double segment_value[SAMPLE_SEGMENTS] = {9800, 2450, 720, 1130, 610, 190};

/* A draw in [0, 1) that depends on its number alone. */
static double draw(uint32_t n)
{
    n = (n ^ 61) ^ (n >> 16);
    n *= 9;
    n ^= n >> 4;
    n *= 0x27d4eb2d;
    n ^= n >> 15;
    return n / 4294967296.0;
}

static void make_tables(sample *s, int hostile)
{
    static char *roles[] = {"customer: CustomerID (text)", "order: InvoiceNo (text)", "time: InvoiceDate (time)",
                            "amount: Quantity * UnitPrice (decimal)"};
    static char *evil[] = {HOSTILE};
    static char *notes[] = {"8,905 amounts are negative: they count as returns",
                            "column Country holds texts and plays no role; it was left out"};
    static char *plain[] = {"customer: CustomerKey (text)", "Gender: category, demographic",
                            "BirthDate: date_of_birth"};
    tsl_table_info *t = &s->table[TSL_TRANSACTIONS].info, *c = &s->table[TSL_CUSTOMERS].info;
    s->file[TSL_TRANSACTIONS] =
        (tsl_file_info){.name = hostile ? "/data/" HOSTILE ".csv" : "/data/private/orders.csv.xz",
                        .bytes = 3099596,
                        .bytes_text = 46133000,
                        .rows = 541909,
                        .compression = "xz",
                        .delimiter = ',',
                        .header = 1};
    s->file[TSL_CUSTOMERS] = (tsl_file_info){.name = "customers.csv",
                                             .bytes = 81231,
                                             .bytes_text = 81231,
                                             .rows = 1003,
                                             .compression = "none",
                                             .delimiter = ',',
                                             .header = 1};
    memset(s->file[TSL_TRANSACTIONS].sha256, 'a', 64);
    memset(s->file[TSL_CUSTOMERS].sha256, 'b', 64);
    *t = (tsl_table_info){.read = 541909,
                          .used = 406817,
                          .rejected = 135092,
                          .orphans = 12,
                          .rounded = 3,
                          .decimals = 2,
                          .time_of_day = 1,
                          .first_time = INT64_C(1291191960),
                          .last_time = INT64_C(1323435000),
                          .file_count = 1,
                          .understood = {.text = hostile ? evil : roles, .count = hostile ? 1 : 4},
                          .notes = {.text = notes, .count = 2}};
    s->table[TSL_TRANSACTIONS].rejected_by[TSL_REJECT_NO_CUSTOMER] = 135080;
    s->table[TSL_TRANSACTIONS].rejected_by[TSL_REJECT_BAD_CELL] = 9;
    s->table[TSL_TRANSACTIONS].rejected_by[TSL_REJECT_RAGGED] = 3;
    *c = (tsl_table_info){.read = 1003,
                          .used = 1000,
                          .rejected = 3,
                          .first_time = TSL_MISSING_INT,
                          .last_time = TSL_MISSING_INT,
                          .file_count = 1,
                          .understood = {.text = plain, .count = 3}};
    s->table[TSL_CUSTOMERS].rejected_by[TSL_REJECT_DUPLICATE] = 1;
    s->table[TSL_CUSTOMERS].rejected_by[TSL_REJECT_CONFLICT] = 2;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        s->table[kind].kind = (tsl_table_kind)kind;
        s->table[kind].file = &s->file[kind];
    }
}

static void make_features(sample *s, int hostile)
{
    for (size_t i = 0; i < SAMPLE_FEATURES; i++) {
        s->feature[i] = (tsl_feature){.name = (char *)(uintptr_t)plan[i].name,
                                      .group = plan[i].group,
                                      .unit = (char *)(uintptr_t)plan[i].unit,
                                      .definition = (char *)(uintptr_t)plan[i].definition,
                                      .form = plan[i].form,
                                      .profile = plan[i].profile,
                                      .bins = {.missing = .01 * (double)i}};
        if (!plan[i].profile) {
            s->column[s->recipe.column_count++] =
                (tsl_vector_column){.name = s->feature[i].name, .feature = i, .group = plan[i].group, .weight = 1};
        }
    }
    if (hostile) {
        s->feature[4].name = HOSTILE "=frequency";
        s->feature[4].definition = HOSTILE;
    }
    for (size_t i = 0; i < SAMPLE_CUSTOMERS; i++) {
        snprintf(s->id_text[i], sizeof s->id_text[i], "C%05zu", 10000 + i);
        s->id[i] = s->id_text[i];
    }
    s->recipe.feature_count = SAMPLE_FEATURES;
    s->recipe.feature = s->feature;
    s->recipe.column = s->column;
    s->recipe.customers = 900;
    s->recipe.gap_days = 86;
    s->features = (tsl_features){.customers = SAMPLE_CUSTOMERS,
                                 .recipe = &s->recipe,
                                 .id_width = 6,
                                 .id = s->id,
                                 .feature_count = SAMPLE_FEATURES,
                                 .feature = s->feature,
                                 .as_of = 15318,
                                 .decimals = 2,
                                 .history = s->history,
                                 .options = "{\"scale\":\"z\",\"winsor_low\":0.001,\"winsor_high\":0.999,"
                                            "\"weight\":{\"demographic\":1,\"behavioral\":1,\"value\":1}}"};
    s->features.vector[DEM].cols = 3;
    s->features.vector[BEH].cols = 13;
    s->features.vector[VAL].cols = 6;
    s->features.info = (tsl_feature_info){.customers = SAMPLE_CUSTOMERS,
                                          .lines = 406817,
                                          .orders = 22190,
                                          .purchases = 18532,
                                          .customers_with_purchase = 961,
                                          .monetary_total = INT64_C(83000658140),
                                          .margin_total = TSL_MISSING_INT,
                                          .purchase_total = INT64_C(89114079040)};
}

/* A ladder of cuts: each inner node sends one cluster off to its left. */
static void make_tree(sample *s)
{
    static const int32_t column[SAMPLE_SEGMENTS - 1] = {4, 3, 6, 16, 3};
    static const double threshold[SAMPLE_SEGMENTS - 1] = {8.5, 201.5, 61.5, 655.25, 93.5};
    for (int32_t i = 0; i < 2 * SAMPLE_SEGMENTS - 1; i++) {
        int inner = i % 2 == 0 && i < 2 * SAMPLE_SEGMENTS - 2;
        int32_t cluster = inner ? -1 : i % 2 ? i / 2 : SAMPLE_SEGMENTS - 1;
        s->node[i] = (tsl_tree_node){.left = inner ? i + 1 : -1,
                                     .right = inner ? i + 2 : -1,
                                     .column = inner ? column[i / 2] : -1,
                                     .threshold = inner ? threshold[i / 2] : 0,
                                     .cluster = cluster,
                                     .parent = i ? (i - 1) / 2 * 2 : -1,
                                     .rows = 100,
                                     .hits = 91};
    }
    for (size_t i = 0; i < SAMPLE_FEATURES; i++) {
        s->tree_column[i] = (tsl_tree_column){s->feature[i].name, (tsl_tree_form)s->feature[i].form, "", ""};
    }
    for (size_t i = 0; i < SAMPLE_SEGMENTS; i++) {
        s->precision[i] = .97 - .03 * (double)i;
        s->coverage[i] = .94 - .025 * (double)i;
    }
    s->tree = (tsl_tree){.node_count = 2 * SAMPLE_SEGMENTS - 1,
                         .node = s->node,
                         .k = SAMPLE_SEGMENTS,
                         .leaves = SAMPLE_SEGMENTS,
                         .depth = SAMPLE_SEGMENTS - 1,
                         .cols = SAMPLE_FEATURES,
                         .column = s->tree_column,
                         .cost = 11031.5,
                         .cost_ratio = 1.0713,
                         .agreement = .9132,
                         .precision = s->precision,
                         .coverage = s->coverage};
}

static void make_model(sample *s)
{
    static const double silhouette[] = {.291, .312, .305, .324, .347, .318, .301, .287, .279};
    for (int i = 0; i < 9; i++) {
        int k = i + 2;
        s->candidate[i] = (tsl_candidate){.k = k,
                                          .inertia = 21000.5 / sqrt(k),
                                          .silhouette = silhouette[i],
                                          .calinski_harabasz = 620 - 21.25 * i,
                                          .davies_bouldin = 1.31 + .03 * i,
                                          .smallest_share = .3 / k,
                                          .iterations = 17 + i,
                                          .converged = 1,
                                          .restart = i % 3};
    }
    s->sweep = (tsl_sweep){.rows = SAMPLE_CUSTOMERS, .cols = 22, .count = 9, .candidate = s->candidate, .best = 4};
    s->sweep.info.silhouette_rows = SAMPLE_CUSTOMERS;
    strcpy(s->sweep.info.choice, "k = 6 has the greatest silhouette of k = 2 to 10");
    for (size_t i = 0; i < SAMPLE_SEGMENTS; i++) {
        s->size[i] = (uint64_t)lround(segment_share[i] * SAMPLE_CUSTOMERS);
    }
    make_tree(s);
    s->model = (tsl_model){.rows = SAMPLE_CUSTOMERS,
                           .cols = 22,
                           .k = SAMPLE_SEGMENTS,
                           .size = s->size,
                           .sweep = &s->sweep,
                           .tree = &s->tree,
                           .options = "{\"k_min\":2,\"k_max\":10,\"restarts\":10,\"max_iterations\":300,"
                                      "\"tolerance\":0.0001,\"min_share\":0.01}"};
}

static int by_effect(const void *a, const void *b)
{
    double x = fabs(((const tsl_trait *)a)->effect), y = fabs(((const tsl_trait *)b)->effect);
    return x > y ? -1 : x < y;
}

static void make_traits(sample *s, int segment)
{
    for (size_t f = 0; f < SAMPLE_FEATURES; f++) {
        double effect = plan[f].effect[segment], all = plan[f].mean;
        int share = strcmp(plan[f].unit, "share") == 0 || plan[f].form != NUM;
        double mean = share           ? fmin(.98, fmax(.01, all + .4 * effect * all))
                      : fabs(all) < 1 ? all + effect * .6
                                      : all * exp(.7 * effect);
        s->trait[segment][f] = (tsl_trait){.feature = f, .mean = mean, .mean_all = all, .effect = effect};
    }
    qsort(s->trait[segment], SAMPLE_FEATURES, sizeof(tsl_trait), by_effect);
}

/* The tier of rank `row` of the customers by value, and the stage that goes
 * with a segment. */
static int tier_of(size_t rank)
{
    return rank < 10 ? 0 : rank < 50 ? 1 : rank < 200 ? 2 : rank < 500 ? 3 : 4;
}

static int stage_of(int segment, size_t row)
{
    static const int stages[SAMPLE_SEGMENTS][4] = {
        {TSL_MATURE, TSL_MATURE, TSL_ACTIVE, TSL_AT_RISK}, {TSL_ACTIVE, TSL_ACTIVE, TSL_AT_RISK, TSL_REACTIVATED},
        {TSL_NEW, TSL_NEW, TSL_ACTIVE, TSL_NEW},           {TSL_ACTIVE, TSL_AT_RISK, TSL_AT_RISK, TSL_LOST},
        {TSL_AT_RISK, TSL_AT_RISK, TSL_LOST, TSL_LOST},    {TSL_LOST, TSL_LOST, TSL_LOST, TSL_POTENTIAL},
    };
    return stages[segment][(size_t)(draw((uint32_t)row * 7 + 3) * 4)];
}

static int by_value_down(const void *a, const void *b)
{
    double x = **(double *const *)a, y = **(double *const *)b;
    return x > y ? -1 : x < y;
}

static void make_customers(sample *s)
{
    const double *order[SAMPLE_CUSTOMERS];
    for (size_t i = 0, begin = 0; i < SAMPLE_SEGMENTS; begin += s->size[i], i++) {
        for (size_t row = begin; row < begin + s->size[i]; row++) {
            uint32_t n = (uint32_t)row * 5;
            s->customer_segment[row] = (int32_t)i + 1;
            s->runner_up[row] = i + 1 < SAMPLE_SEGMENTS ? (int32_t)i + 2 : (int32_t)i;
            s->distance[row] = .4 + 2 * draw(n);
            s->confidence[row] = draw(n + 1);
            s->value[row] = floor(segment_value[i] * exp(2 * draw(n + 2) - 1.1) * 100) / 100;
            s->customer_stage[row] = (int8_t)stage_of((int)i, row);
            s->stage_from[row] = (int8_t)(s->customer_stage[row] - 1);
            s->stage_since[row] = s->customer_stage[row] == TSL_POTENTIAL ? TSL_NO_DAY : 19000 + (int32_t)(row % 300);
            s->churn_risk[row] = s->customer_stage[row] == TSL_POTENTIAL ? (double)NAN : .02 + .1 * (double)i;
            s->value_at_risk[row] = s->churn_risk[row] * s->value[row];
            s->r[row] = (uint8_t)(1 + draw(n + 3) * 5);
            s->f[row] = (uint8_t)(1 + draw(n + 4) * 5);
            s->m[row] = (uint8_t)(1 + draw(n + 5) * 5);
            s->reason[row] = "last purchase 12 days ago, within the usual 41";
            s->reason_code[row] = TSL_REASON_WITHIN_GAP;
            order[row] = &s->value[row];
        }
    }
    qsort(order, SAMPLE_CUSTOMERS, sizeof *order, by_value_down);
    for (size_t rank = 0; rank < SAMPLE_CUSTOMERS; rank++) {
        s->customer_tier[order[rank] - s->value] = (int8_t)tier_of(rank);
        s->labels.tier[tier_of(rank)].lowest = tier_of(rank) < 4 ? *order[rank] : NAN;
    }
}

static void make_rfm(sample *s)
{
    tsl_rfm_map *map = &s->policy.rfm_map;
    int32_t segment[SAMPLE_CUSTOMERS];
    double all = 0;
    tsl_rfm_map_defaults(map);
    tsl_rfm_map_predict(map, s->r, s->f, s->m, SAMPLE_CUSTOMERS, segment);
    memset(s->rfm_segment, 0, sizeof s->rfm_segment);
    for (size_t row = 0; row < SAMPLE_CUSTOMERS; row++) {
        s->customer_rfm[row] = (int8_t)segment[row];
        s->rfm_segment[segment[row]].size++;
        s->rfm_segment[segment[row]].value_total += s->value[row];
        all += s->value[row];
    }
    for (size_t i = 0; i < map->count; i++) {
        s->rfm_segment[i].segment = &map->segment[i];
        s->rfm_segment[i].value_share = s->rfm_segment[i].value_total / all;
    }
    s->labels.customer_rfm = s->customer_rfm;
    s->labels.rfm_segment = s->rfm_segment;
    s->labels.rfm_segment_count = map->count;
}

static void make_phases(sample *s)
{
    const tsl_phase *phase = tsl_vocabulary_get_phases(s->policy.vocabulary, &s->labels.phase_count);
    for (size_t p = 0; p < s->labels.phase_count; p++) {
        s->labels.phase[p] = (tsl_phase_row){&phase[p], 0, 0, .25};
    }
    for (int i = 0; i < TSL_STAGES; i++) {
        tsl_phase_row *row = &s->labels.phase[tsl_vocabulary_get_index(s->policy.vocabulary, (tsl_stage)i)];
        row->size += s->labels.stage[i].size;
        row->value_total += s->labels.stage[i].value_total;
    }
}

static void add_churn(const sample *s, size_t row, tsl_churn_part *part)
{
    part->size++;
    part->risk_mean += (s->churn_risk[row] - part->risk_mean) / (double)part->size;
    part->value_total += s->value_at_risk[row];
}

static void make_churn(sample *s)
{
    s->churn = (tsl_churn){.value = "monetary_total"};
    for (size_t row = 0; row < SAMPLE_CUSTOMERS; row++) {
        if (s->customer_stage[row] != TSL_POTENTIAL) {
            add_churn(s, row, &s->churn.all);
            add_churn(s, row, &s->churn.stage[s->customer_stage[row]]);
        }
    }
    for (int t = 0; t < TSL_CHURN_TOPS; t++) {
        s->churn.top_share[t] = (double[]){.01, .05, .1, .2}[t];
        s->churn.top[t] = (tsl_churn_part){(uint64_t)(10 * (t + 1)), .3, s->churn.all.value_total * .2 * (t + 1), 0};
    }
    s->labels.churn = &s->churn;
}

static void sum_customers(sample *s)
{
    double total = 0;
    for (size_t row = 0; row < SAMPLE_CUSTOMERS; row++) {
        tsl_segment *segment = &s->segment[s->customer_segment[row] - 1];
        tsl_tier *tier = &s->labels.tier[s->customer_tier[row]];
        tsl_stage_row *stage = &s->labels.stage[s->customer_stage[row]];
        segment->value_total += s->value[row];
        segment->confidence_mean += s->confidence[row] / (double)segment->size;
        segment->tier_size[s->customer_tier[row]]++;
        segment->stage_size[s->customer_stage[row]]++;
        tier->size++;
        tier->value_total += s->value[row];
        stage->size++;
        stage->value_total += s->value[row];
        total += s->value[row];
    }
    make_phases(s);
    make_churn(s);
    for (int i = 0; i < SAMPLE_SEGMENTS; i++) {
        s->segment[i].value_share = s->segment[i].value_total / total;
    }
    for (int i = 0; i < SAMPLE_TIERS; i++) {
        s->labels.tier[i].value_share = s->labels.tier[i].value_total / total;
    }
    for (int i = 0; i < TSL_STAGES; i++) {
        s->labels.stage[i].stage = (tsl_stage)i;
        s->labels.stage[i].value_share = s->labels.stage[i].value_total / total;
    }
}

/* For a struct that would own it. */
static char *text(const char *constant)
{
    return (char *)(uintptr_t)constant;
}

static void name_all(tsl_segment *segment, const char *name)
{
    segment->name = name;
    segment->names[0] = segment->names[1] = text(name);
}

static void take_names(sample *s, int lang)
{
    for (int i = 0; i < SAMPLE_SEGMENTS; i++) {
        s->policy_segment[i] =
            (tsl_policy_segment){.names = {text(s->segment[i].names[0]), text(s->segment[i].names[1])},
                                 .code = text(segment_code[i]),
                                 .number = i + 1,
                                 .colour = i};
    }
    for (int i = 0; i < SAMPLE_TIERS; i++) {
        const char *code = tsl_tier_get_code(SAMPLE_TIERS, (size_t)i),
                   *en = tsl_tier_get_name(SAMPLE_TIERS, (size_t)i, "en"),
                   *zh = tsl_tier_get_name(SAMPLE_TIERS, (size_t)i, "zh");
        s->tier_name[i] = (tsl_tier_name){code, {en, zh}};
        s->tier[i].tier = i;
        s->tier[i].code = code;
        s->tier[i].names[0] = en;
        s->tier[i].names[1] = zh;
    }
    tsl_tiers_defaults(TSL_TIER_QUANTILE, SAMPLE_TIERS, s->tier_share);
    s->policy.tier_count = SAMPLE_TIERS;
    s->policy.tier_name = s->tier_name;
    s->policy.tier_share = s->tier_share;
    s->policy.tier_cut = s->tier_cut;
    s->policy.tier_size = s->tier_size;
    s->policy.segment_count = SAMPLE_SEGMENTS;
    s->policy.segment = s->policy_segment;
    s->labels.lang = lang;
}

static void make_labels(sample *s, int hostile, const char *lang)
{
    static char *notes[] = {"segments are named by the features that set them apart"};
    for (int i = 0; i < SAMPLE_SEGMENTS; i++) {
        make_traits(s, i);
        s->segment[i] = (tsl_segment){.segment = i + 1,
                                      .colour = i,
                                      .cluster = i,
                                      .size = s->size[i],
                                      .names = {text(segment_name[0][i]), text(segment_name[1][i])},
                                      .code = text(segment_code[i]),
                                      .name = segment_name[strcmp(lang, "zh") == 0][i],
                                      .share = (double)s->size[i] / SAMPLE_CUSTOMERS,
                                      .precision = s->precision[i],
                                      .coverage = s->coverage[i],
                                      .trait = s->trait[i],
                                      .trait_count = SAMPLE_FEATURES,
                                      .tier_size = s->segment_tier_size[i],
                                      .stage_size = s->stage_size[i]};
    }
    if (hostile) {
        name_all(&s->segment[1], HOSTILE);
        name_all(&s->segment[2], "a, \"quoted\" name\nof two lines");
    }
    s->labels = (tsl_labels){.customers = SAMPLE_CUSTOMERS,
                             .features = &s->features,
                             .segment_count = SAMPLE_SEGMENTS,
                             .segments = s->segment,
                             .has_tiers = 1,
                             .tier_count = SAMPLE_TIERS,
                             .tier = s->tier,
                             .has_lifecycle = 1,
                             .has_rfm = 1,
                             .stage = s->stage,
                             .stage_count = TSL_STAGES,
                             .value_name = "monetary_total",
                             .gap_p90 = 103.5,
                             .policy = &s->policy,
                             .customer_segment = s->customer_segment,
                             .runner_up = s->runner_up,
                             .distance = s->distance,
                             .confidence = s->confidence,
                             .value = s->value,
                             .customer_tier = s->customer_tier,
                             .customer_stage = s->customer_stage,
                             .stage_from = s->stage_from,
                             .stage_since = s->stage_since,
                             .churn_risk = s->churn_risk,
                             .value_at_risk = s->value_at_risk,
                             .r = s->r,
                             .f = s->f,
                             .m = s->m,
                             .reason = s->reason,
                             .reason_code = s->reason_code,
                             .notes = {.text = notes, .count = 1}};
    take_names(s, strcmp(lang, "zh") == 0);
    make_customers(s);
    sum_customers(s);
    make_rfm(s);
}

/* Takes out what a table of customers alone cannot give. */
static void drop_value(sample *s)
{
    s->features.history = NULL;
    s->features.as_of = TSL_NO_DAY;
    s->labels.has_tiers = s->labels.has_lifecycle = s->labels.has_rfm = 0;
    s->labels.value_name = NULL;
    s->labels.value = NULL;
    s->labels.gap_p90 = NAN;
    s->labels.customer_tier = s->labels.customer_stage = s->labels.stage_from = NULL;
    s->labels.stage_since = NULL;
    s->labels.churn_risk = s->labels.value_at_risk = NULL;
    s->labels.churn = NULL;
    s->labels.r = s->labels.f = s->labels.m = NULL;
    s->labels.customer_rfm = NULL;
    s->labels.rfm_segment_count = 0;
    for (int i = 0; i < SAMPLE_SEGMENTS; i++) {
        s->segment[i].value_total = s->segment[i].value_share = NAN;
    }
}

/* Two features that tell what customers did in the end: a rate that is not known of the third segment, and a mean that
 * is known of one of the fourth. */
static void make_outcomes(sample *s, size_t rate, size_t mean)
{
    const size_t feature[] = {rate, mean};
    for (int r = 0; r < 2; r++) {
        s->feature[feature[r]].outcome = 1;
        s->response[r] = (tsl_response){.feature = feature[r], .is_mean = r, .segment = s->response_part[r]};
        s->response[r].all =
            r ? (tsl_response_part){990, 43.71, 42.9, 44.52} : (tsl_response_part){800, .265, .2356, .2966};
        for (int i = 0; i < SAMPLE_SEGMENTS; i++) {
            s->response_part[r][i] = r ? (tsl_response_part){s->size[i], 40. + i, 39.1 + i, 40.9 + i}
                                       : (tsl_response_part){s->size[i], .1 * i, .08 * i, .1 * i + .04};
        }
    }
    s->response_part[0][2] = (tsl_response_part){0, NAN, NAN, NAN};
    s->response_part[1][3] = (tsl_response_part){1, 51, NAN, NAN};
    s->labels.response = s->response;
    s->labels.response_count = 2;
}

/* What an earlier run's model gave these customers. */
static void make_drift(sample *s)
{
    for (size_t f = 0; f < SAMPLE_FEATURES; f++) {
        s->feature_drift[f] =
            (tsl_feature_drift){.psi = .01, .psi_chance = .019, .psi_limit = .059, .missing = .02, .outside = .003};
    }
    s->feature_drift[3].psi = TSL_PSI_SHIFTED; /* recency_days */
    s->feature_drift[4].psi = TSL_PSI_DRIFTED; /* frequency */
    s->feature_drift[5].psi = .2499;           /* purchase_days */
    s->feature_drift[6].psi = s->feature_drift[6].psi_chance = s->feature_drift[6].psi_limit = NAN;
    s->feature_drift[22].psi = 3; /* rfm_score: no segment rests on it */
    s->drift = (tsl_drift){SAMPLE_CUSTOMERS, SAMPLE_FEATURES, s->feature_drift};
    for (size_t i = 0; i < SAMPLE_SEGMENTS; i++) {
        s->segment_drift[i] = (tsl_segment_drift){.size_then = 150,
                                                  .size_now = s->size[i],
                                                  .share_then = 1. / 6,
                                                  .share_now = s->segment[i].share,
                                                  .distance_then = 1.25,
                                                  .distance_now = i == 5 ? NAN : 1.5,
                                                  .precision_then = s->precision[i],
                                                  .precision_now = i == 5 ? NAN : s->precision[i] - .04,
                                                  .coverage_then = s->coverage[i],
                                                  .coverage_now = s->coverage[i] - .05};
        s->segment[i].precision = s->segment_drift[i].precision_now;
        s->segment[i].coverage = s->segment_drift[i].coverage_now;
    }
    s->segmentation_drift = (tsl_segmentation_drift){.09, .01, .0375, 1.25, 1.3, 1.4};
    s->labels.segmentation_drift = s->segmentation_drift;
    s->run.segmentation_drift = &s->segmentation_drift;
    s->features.applied = s->labels.applied = 1;
    s->features.info.unseen = 7;
    s->labels.drift = s->segment_drift;
    s->labels.agreement = .8642;
    s->run.recipe = &s->recipe;
    s->run.policy = &s->policy;
    s->run.segment_drift = s->segment_drift;
    s->labels.refit = TSL_REFIT_TIERS;
    s->run.refit = TSL_REFIT_TIERS;
    s->run.drift = &s->drift;
}

/* What the customers of all segments but the last did next; nobody was in that one. */
static void make_next(sample *s)
{
    for (int i = 0; i < SAMPLE_SEGMENTS; i++) {
        const double rate = .9 - .15 * i, mean = 1234.5 / (1 + i);
        s->next_segment[i] = (tsl_next_segment){.name = text(segment_code[i]),
                                                .outcome = {.size = i == SAMPLE_SEGMENTS - 1 ? 0 : 100,
                                                            .happened = (uint64_t)(100 * rate),
                                                            .rate = rate,
                                                            .rate_low = rate - .05,
                                                            .rate_high = rate + .04,
                                                            .value_mean = mean,
                                                            .value_low = mean - 90,
                                                            .value_high = mean + 90}};
    }
    s->next = (tsl_next){.k = SAMPLE_SEGMENTS,
                         .segment = s->next_segment,
                         .cut = 18017,
                         .until = 18107,
                         .days = 90,
                         .refitted = 1,
                         .customers = 480,
                         .compared = 5,
                         .rate = .625,
                         .value_mean = 321.5,
                         .eta2 = .2849,
                         .auc = .7551,
                         .telling = 1,
                         .new_size = 57,
                         .new_value = 5700.5,
                         .distinct = NAN,
                         .churn = {.days = 90,
                                   .customers = 480,
                                   .rate = .375,
                                   .auc = .7412,
                                   .auc_recency = .7023,
                                   .error = .0312,
                                   .bins = 3,
                                   .bin = {{160, .12, .1}, {160, .37, .4}, {160, .71, .68}}},
                         .method = {{"rfm_map", 6, .2549, .7449}, {"spend_quintiles", 5, .21, .7}}};
    s->run.next = &s->next;
}

static void make_stable(sample *s, int at, int k, double jaccard, tsl_stable_clusters *out)
{
    *out = (tsl_stable_clusters){.k = k,
                                 .agreement = jaccard,
                                 .agreement_error = .01,
                                 .jaccard = s->stable_value[at][0],
                                 .within = s->stable_value[at][1],
                                 .across = s->stable_value[at][2]};
    for (int c = 0; c < k; c++) {
        out->jaccard[c] = jaccard - .09 * c;
        out->within[c] = out->jaccard[c] - .01;
        out->across[c] = at == 0 ? NAN : 1 - .1 * c;
    }
}

/* Two k whose silhouettes are alike, no natural groups, and segments from highly stable to dissolved. */
static void make_evidence(sample *s)
{
    s->candidate[3].silhouette = .3461;
    for (int i = 0; i < 9; i++) {
        const int k = i + 2;
        s->judged[i] = (tsl_candidate_evidence){.k = k,
                                                .silhouette = s->candidate[i].silhouette,
                                                .silhouette_error = .004,
                                                .silhouette_macro = .3,
                                                .simplified_silhouette = .41 - .01 * i,
                                                .bic = -12345.5 + 100 * i,
                                                .dunn = i == 8 ? NAN : .02,
                                                .gap = 1.1 + .03 * i,
                                                .gap_error = .01,
                                                .strength = .95 - .1 * i,
                                                .strength_error = .02};
        make_stable(s, i, k, .995 - .05 * i, &s->stable[i]);
    }
    make_stable(s, 9, SAMPLE_SEGMENTS, .9499, &s->stable_delivered);
    s->stability = (tsl_stability){.count = 9, .of = s->stable, .replicates = 200, .rows = SAMPLE_CUSTOMERS};
    s->delivered = (tsl_stability){.count = 1, .of = &s->stable_delivered, .replicates = 200, .rows = SAMPLE_CUSTOMERS};
    s->natural_test[0] = (tsl_natural_test){2, 1, 0, 0, .6, .95, 900, 0};
    s->natural_test[1] = (tsl_natural_test){3, 2, 1, 0, .7, INFINITY, 5, 0};
    s->natural = (tsl_natural){.k = 1,
                               .rows = SAMPLE_CUSTOMERS,
                               .cols = 22,
                               .counted = 22,
                               .k_with_far = 1,
                               .k_max = 20,
                               .count = 2,
                               .test = s->natural_test};
    s->evidence = (tsl_evidence){.count = 9,
                                 .of = s->judged,
                                 .silhouette_rows = SAMPLE_CUSTOMERS,
                                 .sample_rows = SAMPLE_CUSTOMERS,
                                 .gap_best = 1,
                                 .strength_best = 3,
                                 .stability = &s->stability,
                                 .natural = &s->natural};
    s->finding[0] = (tsl_finding){.name = text("monetary_total"),
                                  .above = 1,
                                  .count = 3,
                                  .customer = s->far_customer,
                                  .value = 75940,
                                  .typical = 1898.5};
    s->finding[1] = (tsl_finding){
        .name = text("gap_mean_days"), .count = 1, .customer = s->far_customer + 3, .value = NAN, .typical = NAN};
    s->findings = (tsl_findings){.count = 2, .of = s->finding, .customers = 4, .left_out = 1};
    s->run.findings = &s->findings;
    s->model.evidence = &s->evidence;
    s->model.delivered = &s->delivered;
    s->validity = (tsl_validity){.natural_agreement = NAN,
                                 .quality = {.inertia = 1000.5,
                                             .silhouette = .3461,
                                             .calinski_harabasz = 321.5,
                                             .davies_bouldin = 1.25,
                                             .silhouette_rows = SAMPLE_CUSTOMERS,
                                             .silhouette_macro = .31,
                                             .simplified_silhouette = .42,
                                             .simplified_macro = .4,
                                             .bic = -1234.5,
                                             .dunn = NAN},
                                 .gap = .75,
                                 .gap_error = .01,
                                 .strength = NAN,
                                 .strength_error = NAN,
                                 .sample_rows = SAMPLE_CUSTOMERS};
    s->model.validity = &s->validity;
}

/* Segments by what came after a cut, or by a feature; of the last nobody is known. */
static void make_estimates(sample *s, int ahead)
{
    static char next[] = "next", spend[] = "monetary_total", hostile[] = HOSTILE;
    static char *left_out[] = {hostile};
    for (int i = 0; i < SAMPLE_SEGMENTS; i++) {
        const double mean = 900. / (1 + i);
        s->estimate[i] = i == SAMPLE_SEGMENTS - 1 ? (tsl_estimate){0, NAN, NAN, NAN}
                                                  : (tsl_estimate){90, mean, mean - 20.5, mean + 20.5};
    }
    s->estimates = (tsl_estimates){.target = ahead ? next : spend,
                                   .k = SAMPLE_SEGMENTS,
                                   .segment = s->estimate,
                                   .all = {450, 411, 390.5, 431.5},
                                   .told = .4125,
                                   .structure_rows = 451,
                                   .left_out_count = !ahead,
                                   .left_out = left_out,
                                   .cut = ahead ? 18017 : 0,
                                   .until = ahead ? 18107 : 0,
                                   .days = ahead ? 90 : 0};
    s->run.estimates = &s->estimates;
}

static void make_grid(sample *s)
{
    s->grid = (tsl_grid){.rows = 3,
                         .cols = 2,
                         .recency = {30, 90},
                         .frequency = {4},
                         .customers = SAMPLE_CUSTOMERS,
                         .cell = s->grid_cell};
    for (size_t i = 0; i < SAMPLE_CUSTOMERS; i++) {
        tsl_grid_cell *cell = &s->grid_cell[i % 6];
        cell->segment = s->grid_segment[i % 6];
        cell->segment[s->customer_segment[i] - 1]++;
        cell->value_total += s->value[i];
        cell->size++;
    }
}

static void make_map(sample *s)
{
    s->map_matrix = (tsl_feature_matrix){.cols = 2, .column = s->column + 3}; /* recency_days, frequency */
    s->map_loading[0][0] = -.6;
    s->map_loading[0][1] = s->map_loading[1][0] = .8;
    s->map_loading[1][1] = .6;
    s->map = (tsl_customer_map){.cols = 2,
                                .matrix = &s->map_matrix,
                                .axis = {{.7, s->map_loading[0]}, {.3, s->map_loading[1]}},
                                .size = .25,
                                .low = {-2, -1},
                                .high = {3, 1.5},
                                .customers = 990,
                                .apart = 90,
                                .edge = 1,
                                .axis_rows = 900,
                                .hexagon_count = 3,
                                .hexagon = s->hexagon,
                                .median = s->map_median};
    s->hexagon[0] = (tsl_hexagon){-1, -2, 100, 5};
    s->hexagon[1] = (tsl_hexagon){3, -2, 90, 0};
    s->hexagon[2] = (tsl_hexagon){0, 1, 800, 2};
    s->map_median[SAMPLE_SEGMENTS - 1][0] = s->map_median[SAMPLE_SEGMENTS - 1][1] = NAN;
}

static void make_portrait(sample *s)
{
    s->portrait = (tsl_portrait){.labels = &s->labels,
                                 .segment = s->usual,
                                 .value_mean = 1900,
                                 .stage_tier = s->stage_tier,
                                 .grid = &s->grid,
                                 .map = &s->map,
                                 .concentration = &s->concentration};
    for (size_t i = 0; i < SAMPLE_SEGMENTS; i++) {
        s->usual[i] = (tsl_portrait_segment){.recency_median = 10 + 40 * (double)i,
                                             .frequency_median = 13 - 2 * (double)i,
                                             .purchase_median = 380,
                                             .value_mean = segment_value[i],
                                             .value_median = .8 * segment_value[i]};
    }
    for (size_t i = 0; i < SAMPLE_CUSTOMERS; i++) {
        tsl_portrait_cell *cell = &s->stage_tier[s->customer_stage[i] * SAMPLE_TIERS + s->customer_tier[i]];
        cell->value_total += s->value[i];
        cell->size++;
    }
    make_grid(s);
    make_map(s);
    s->point[1] = (tsl_concentration_point){100, .1, .5};
    s->point[2] = (tsl_concentration_point){500, .5, .9};
    s->point[3] = (tsl_concentration_point){1000, 1, 1};
    s->concentration = (tsl_concentration){.customers = SAMPLE_CUSTOMERS,
                                           .count = 4,
                                           .point = s->point,
                                           .top = {{10, .01, .2}, {50, .05, .35}, {200, .2, .65}, {500, .5, .9}}};
}

void sample_make(sample *s, sample_kind kind, const char *lang)
{
    static const char *const stages[] = {"transactions", "customers", "features", "cluster", "label"};
    static const double seconds[] = {.412, .011, .166, .388, .021};
    static const char *const arguments[] = {"tesela", "run", "--transactions", "/data/private/orders.csv.xz"};
    memset(s, 0, sizeof *s);
    make_tables(s, kind == SAMPLE_HOSTILE);
    make_features(s, kind == SAMPLE_HOSTILE);
    make_model(s);
    make_labels(s, kind == SAMPLE_HOSTILE, lang);
    make_portrait(s);
    s->run = (tsl_results){.size = sizeof s->run,
                           .portrait = &s->portrait,
                           .features = &s->features,
                           .model = &s->model,
                           .labels = &s->labels,
                           .seed = 1,
                           .threads = 2,
                           .seconds_total = 1.013,
                           .stage = stages,
                           .stage_seconds = seconds,
                           .stage_count = 5,
                           .argument = arguments,
                           .argument_count = 4,
                           .options = "{\"restarts\":10}",
                           .lang = lang};
    s->run.table[TSL_TRANSACTIONS] = &s->table[TSL_TRANSACTIONS];
    s->run.table[TSL_CUSTOMERS] = &s->table[TSL_CUSTOMERS];
    if (kind == SAMPLE_CUSTOMERS_ONLY) {
        drop_value(s);
        s->portrait = (tsl_portrait){.labels = &s->labels, .segment = s->usual, .value_mean = NAN, .map = &s->map};
        make_outcomes(s, 2, 1);
        s->run.table[TSL_TRANSACTIONS] = NULL;
    }
    if (kind == SAMPLE_FULL || kind == SAMPLE_JUDGED) {
        make_next(s);
    }
    if (kind == SAMPLE_HOSTILE) {
        make_outcomes(s, 0, 4);
    }
    if (kind == SAMPLE_HOSTILE || kind == SAMPLE_FROM_FILES) {
        make_estimates(s, kind == SAMPLE_FROM_FILES);
    }
    if (kind == SAMPLE_APPLIED || kind == SAMPLE_ASSIGNED || kind == SAMPLE_JUDGED_THEN) {
        make_drift(s);
    }
    if (kind == SAMPLE_JUDGED || kind == SAMPLE_JUDGED_THEN) {
        make_evidence(s);
    }
    if (kind == SAMPLE_JUDGED) {
        s->plain = (tsl_sweep){.rows = SAMPLE_CUSTOMERS - 4, .cols = 22, .count = 9, .candidate = s->candidate};
        s->model.plain = &s->plain;
    }
    if (kind == SAMPLE_FEATURES_ONLY) {
        s->run.model = NULL;
    }
    const int plain = kind == SAMPLE_CLUSTER_ONLY || kind == SAMPLE_ASSIGNED;
    if (kind == SAMPLE_FEATURES_ONLY || plain) {
        s->run.labels = NULL;
    }
    if (plain) {
        s->run.features = NULL;
        s->recipe.plain = 1;
    }
    if (plain || kind == SAMPLE_FROM_FILES) {
        s->run.table[TSL_TRANSACTIONS] = s->run.table[TSL_CUSTOMERS] = NULL;
    }
}
