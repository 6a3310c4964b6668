/* segments_csv.c: segments.csv, one line a customer, in the order of the ids. */
#include <tesela/output.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "label/policy.h"
#include "output/csv/acting_columns.h"
#include "output/csv/csv_rows.h"
#include "output/csv/fields.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS                                                                                                        \
    "segment,segment_name,tier,lifecycle,confidence,value,r_score,f_score,m_score,distance,runner_up,reason,segment_"  \
    "code,lifecycle_name,lifecycle_from,lifecycle_since,churn_risk,value_at_risk,rfm_segment,rfm_segment_name,"        \
    "clv,reason_code,segment_from,segment_since"

#define SCORE_PLACES 2

/* What does not change from row to row. */
typedef struct sheet {
    const tsl_labels *labels;
    char **segment; /* ",2,Loyal," for each segment */
    char **code;    /* ",CHAMP\n" for each segment */
    int money;      /* the value is an amount: print it with `decimals` */
    int decimals;
    char *stage[TSL_STAGES];     /* ",New,"; NULL without stages */
    int risk_money;              /* what is at risk is an amount */
    char *rfm[TSL_RFM_SEGMENTS]; /* ",new,New customers"; NULL beyond the last */
    size_t clv;                  /* what he is expected to be worth; feature_count: there is none */
} sheet;

/* Numbers stand in a cell of their own, put by the end of what was written before. */
static char *write_score(char *p, const uint8_t *score, size_t row)
{
    if (score && score[row]) {
        p = tsl__write_count(p, score[row]);
    }
    *p++ = ',';
    return p;
}

static void put_value(const sheet *plan, size_t row, tsl__text *out)
{
    if (plan->labels->value && plan->money) {
        tsl__text_fixed(out, plan->labels->value[row], plan->decimals);
    } else if (plan->labels->value) {
        tsl__text_double(out, plan->labels->value[row]);
    }
}

static void put_hundredths(double hundredths, tsl__text *out)
{
    tsl__text_append(out, ",", 1);
    if (!isnan(hundredths)) {
        tsl__text_fixed(out, hundredths / 100, SCORE_PLACES);
    }
}

/* The score, and of each part what it is and how much of the score is its own: what the parts up to it come to, less
 * what those before it came to, so that all of them add up to the score as it stands. The weight of a part that is not
 * known is with the others. */
static void put_scores(const tsl_labels *labels, size_t row, tsl__text *out)
{
    const tsl_score *score = &labels->policy->score;
    double weight = 0, sum = 0, before = 0;
    if (!labels->score) {
        return;
    }
    put_hundredths(round(labels->score[row] * 100), out);
    for (size_t p = 0; p < score->part_count; p++) {
        weight += isnan(labels->score_part[p][row]) ? 0 : score->part_weight[p];
    }
    for (size_t p = 0; p < score->part_count; p++) {
        const double points = labels->score_part[p][row];
        sum += isnan(points) ? 0 : score->part_weight[p] * points;
        const double up_to = weight > 0 ? round(sum / weight * 100) : (double)NAN;
        put_hundredths(round(points * 100), out);
        put_hundredths(up_to - before, out);
        before = up_to;
    }
}

static const char *get_tier(const tsl_labels *labels, size_t row)
{
    const tsl_tier *tier =
        labels->customer_tier ? tsl_labels_get_tier(labels, (size_t)labels->customer_tier[row]) : NULL;
    return tier ? tier->code : labels->customer_tier ? "?" : "";
}

/* An amount that is reckoned: in the currency's own decimals. */
static void put_amount(const sheet *plan, double amount, tsl__text *out)
{
    const double one = pow(10, plan->decimals);
    tsl__text_fixed(out, round(amount * one) / one, plan->decimals);
}

/* Since when he has which stage, from which; and what is to be feared. */
static void put_stage(const sheet *plan, size_t row, tsl__text *out)
{
    const tsl_labels *labels = plan->labels;
    const int stage = labels->customer_stage ? labels->customer_stage[row] : -1;
    const int from = labels->stage_from ? labels->stage_from[row] : -1;
    const int32_t since = labels->stage_since ? labels->stage_since[row] : TSL_NO_DAY;
    const char *name = stage >= 0 && stage < TSL_STAGES ? plan->stage[stage] : NULL;
    tsl__text_puts(out, name ? name : ",,");
    tsl__text_puts(out, from >= 0 ? tsl_stage_get_code((tsl_stage)from) : "");
    tsl__text_append(out, ",", 1);
    if (since != TSL_NO_DAY) {
        char day[11];
        tsl_day_write(since, day);
        tsl__text_puts(out, day);
    }
    tsl__text_append(out, ",", 1);
    if (labels->churn_risk && !isnan(labels->churn_risk[row])) {
        char cell[32];
        tsl__text_append(out, cell, (size_t)(tsl__write_share(cell, labels->churn_risk[row]) - cell));
    }
    tsl__text_append(out, ",", 1);
    if (labels->value_at_risk && plan->risk_money) {
        put_amount(plan, labels->value_at_risk[row], out);
    } else if (labels->value_at_risk) {
        tsl__text_double(out, labels->value_at_risk[row]);
    }
}

static const char *get_rfm(const sheet *plan, size_t row)
{
    const int segment = plan->labels->customer_rfm ? plan->labels->customer_rfm[row] : -1;
    return segment >= 0 ? plan->rfm[segment] : ",,";
}

/* What he is expected to be worth; why he is where he is; and where he was before. */
static void put_change(const sheet *plan, size_t row, tsl__text *out)
{
    const tsl_labels *labels = plan->labels;
    const size_t none = labels->features->feature_count;
    const double clv = plan->clv < none ? labels->features->x[row * none + plan->clv] : (double)NAN;
    const int from = labels->segment_from ? labels->segment_from[row] : -1;
    const int32_t since = labels->segment_since ? labels->segment_since[row] : TSL_NO_DAY;
    char day[11];
    tsl__text_append(out, ",", 1);
    if (!isnan(clv)) {
        put_amount(plan, clv, out);
    }
    tsl__text_append(out, ",", 1);
    tsl__text_puts(out, labels->reason_code ? tsl_reason_get_code((tsl_reason)labels->reason_code[row]) : "");
    tsl__text_append(out, ",", 1);
    tsl__text_puts(out, from >= 0 ? labels->former_code[from] : "");
    tsl__text_append(out, ",", 1);
    if (since != TSL_NO_DAY) {
        tsl_day_write(since, day);
        tsl__text_puts(out, day);
    }
}

static void put_row(const sheet *plan, size_t row, tsl__text *out)
{
    const tsl_labels *labels = plan->labels;
    char cell[96], *p = cell;
    tsl__csv_put_id(tsl__csv_get_id(labels->features, row), row + 1, out);
    tsl__text_puts(out, plan->segment[labels->customer_segment[row] - 1]);
    tsl__text_puts(out, get_tier(labels, row));
    tsl__text_append(out, ",", 1);
    tsl__text_puts(out, labels->customer_stage && labels->customer_stage[row] >= 0
                            ? tsl_stage_get_code((tsl_stage)labels->customer_stage[row])
                            : "");
    *p++ = ',';
    p = tsl__write_share(p, labels->confidence[row]);
    *p++ = ',';
    tsl__text_append(out, cell, (size_t)(p - cell));
    put_value(plan, row, out);
    p = cell;
    *p++ = ',';
    p = write_score(p, labels->r, row);
    p = write_score(p, labels->f, row);
    p = write_score(p, labels->m, row);
    p = tsl__write_significant(p, labels->distance[row]);
    *p++ = ',';
    if (labels->runner_up[row]) {
        p = tsl__write_count(p, (uint64_t)labels->segments[labels->runner_up[row] - 1].segment);
    }
    *p++ = ',';
    tsl__text_append(out, cell, (size_t)(p - cell));
    tsl__text_csv(out, labels->reason && labels->reason[row] ? labels->reason[row] : "");
    const char *code = plan->code[labels->customer_segment[row] - 1];
    tsl__text_append(out, code, strlen(code) - 1);
    put_stage(plan, row, out);
    tsl__text_puts(out, get_rfm(plan, row));
    put_change(plan, row, out);
    if (labels->tier_below) {
        tsl__text_printf(out, ",%d", (int)labels->tier_below[row]);
    }
    put_scores(labels, row, out);
    tsl__acting_row_put(labels, row, out);
    tsl__text_append(out, "\n", 1);
}

static void put_rows(const void *what, size_t begin, size_t end, tsl__text *out)
{
    for (size_t row = begin; row < end; row++) {
        put_row(what, row, out);
    }
}

/* The names of the columns; NULL: out of memory. */
static char *make_head(const tsl_labels *labels)
{
    tsl__text head = {0};
    tsl__text_printf(&head, "%s," COLUMNS "%s%s", tsl__csv_get_id_name(labels->features),
                     labels->tier_below ? ",tier_below" : "", labels->score ? ",score" : "");
    for (size_t p = 0; labels->score && p < labels->policy->score.part_count; p++) {
        const char *part = labels->policy->score_part[p];
        tsl__text_printf(&head, ",score_%s,score_%s" TSL__SCORE_POINTS, part, part);
    }
    tsl__acting_head_put(labels, &head);
    tsl__text_append(&head, "\n", 1);
    return tsl__text_take(&head);
}

/* What the stages are called, and whether what is at risk is an amount. */
static tsl_status open_stages(const tsl_labels *labels, sheet *plan, tsl_error *err)
{
    const tsl_features *features = labels->features;
    const char *risk = labels->churn ? labels->churn->value : NULL;
    const size_t f = risk ? tsl_features_get_index(features, risk) : features->feature_count;
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    plan->risk_money = f < features->feature_count && strcmp(features->feature[f].unit, "currency") == 0;
    for (int s = 0; labels->customer_stage && s < TSL_STAGES; s++) {
        tsl__text_puts(&text, ",");
        tsl__text_csv(&text, tsl_policy_get_stage_name(labels->policy, (tsl_stage)s, labels->lang));
        tsl__text_puts(&text, ",");
        TSL__NEED(plan->stage[s] = tsl__text_take(&text));
        text = (tsl__text){0};
    }
done:
    tsl__text_free(&text);
    return status;
}

static tsl_status open_rfm(const tsl_labels *labels, sheet *plan, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    for (size_t s = 0; s < labels->rfm_segment_count; s++) {
        const tsl_rfm_segment *of = labels->rfm_segment[s].segment;
        tsl__text_printf(&text, ",%s,", of->code);
        tsl__text_csv(&text, of->name[labels->lang]);
        TSL__NEED(plan->rfm[s] = tsl__text_take(&text));
        text = (tsl__text){0};
    }
done:
    tsl__text_free(&text);
    return status;
}

static void sheet_free(const sheet *plan)
{
    tsl__free_texts(plan->segment, plan->segment ? plan->labels->segment_count : 0);
    tsl__free_texts(plan->code, plan->code ? plan->labels->segment_count : 0);
    for (int s = 0; s < TSL_STAGES; s++) {
        free(plan->stage[s]);
    }
    for (size_t s = 0; s < TSL_RFM_SEGMENTS; s++) {
        free(plan->rfm[s]);
    }
}

tsl_status tsl_segments_write(const tsl_labels *labels, const tsl_target *target, const tsl_exec *exec, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_features *features = labels->features;
    size_t value = labels->value_name ? tsl_features_get_index(features, labels->value_name) : features->feature_count;
    sheet plan = {.labels = labels, .decimals = features->decimals};
    char *head = NULL;
    tsl__error_reset(err);
    if (features->recipe->plain) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "plain numbers are no customers: their labels are written as labels.csv");
    }
    plan.clv = tsl_features_get_index(features, "clv_365d");
    plan.money = value < features->feature_count && strcmp(features->feature[value].unit, "currency") == 0;
    TSL__NEED(plan.segment = tsl__put_segments(labels->policy, labels->lang));
    TSL__NEED(plan.code = tsl__put_codes(labels->policy));
    TSL__TRY(open_stages(labels, &plan, err));
    TSL__TRY(open_rfm(labels, &plan, err));
    TSL__NEED(head = make_head(labels));
    TSL__TRY(tsl__csv_rows_write(&(tsl__csv_rows){head, put_rows, &plan, labels->customers}, target, exec, err));
done:
    free(head);
    sheet_free(&plan);
    return status;
}
