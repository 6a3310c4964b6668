/* segments_csv.c: segments.csv, one line a customer, in the order of the ids. */
#include <tesela/output.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "output/csv_rows.h"
#include "output/fields.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS                                                                                                        \
    "segment,segment_name,tier,lifecycle,confidence,value,r_score,f_score,m_score,distance,runner_up,reason,segment_"  \
    "code"

#define SCORE_PLACES 2

/* What does not change from row to row. */
typedef struct sheet {
    const tsl_labels *labels;
    char **segment; /* ",2,Loyal," for each segment */
    char **code;    /* ",CHAMP\n" */
    int money;      /* the value is an amount: print it with `decimals` */
    int decimals;
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

/* The score and its parts, where there is one. */
static void put_scores(const tsl_labels *labels, size_t row, tsl__text *out)
{
    for (size_t p = 0; labels->score && p <= labels->policy->score.part_count; p++) {
        const double points = p ? labels->score_part[p - 1][row] : labels->score[row];
        tsl__text_append(out, ",", 1);
        if (!isnan(points)) {
            tsl__text_fixed(out, round(points * 100) / 100, SCORE_PLACES);
        }
    }
}

static const char *get_tier(const tsl_labels *labels, size_t row)
{
    const tsl_tier *tier =
        labels->customer_tier ? tsl_labels_get_tier(labels, (size_t)labels->customer_tier[row]) : NULL;
    return tier ? tier->code : labels->customer_tier ? "?" : "";
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
    if (labels->tier_below) {
        tsl__text_printf(out, ",%d", (int)labels->tier_below[row]);
    }
    put_scores(labels, row, out);
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
        tsl__text_printf(&head, ",score_%s", labels->policy->score_part[p]);
    }
    tsl__text_append(&head, "\n", 1);
    return tsl__text_take(&head);
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
    plan.money = value < features->feature_count && strcmp(features->feature[value].unit, "currency") == 0;
    TSL__NEED(plan.segment = tsl__put_segments(labels->policy, labels->lang));
    TSL__NEED(plan.code = tsl__put_codes(labels->policy));
    TSL__NEED(head = make_head(labels));
    TSL__TRY(tsl__csv_rows_write(&(tsl__csv_rows){head, put_rows, &plan, labels->customers}, target, exec, err));
done:
    free(head);
    tsl__free_texts(plan.segment, plan.segment ? labels->segment_count : 0);
    tsl__free_texts(plan.code, plan.code ? labels->segment_count : 0);
    return status;
}
