/* labels_csv.c: one line a row: labels.csv of an assignment, and the clusters of
 * a fit. */
#include <tesela/output.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "feature/drift.h"
#include "output/csv/csv_rows.h"
#include "output/csv/fields.h"
#include "output/labels_csv.h"

#include <stdlib.h>
#include <string.h>

/* ---- labels.csv -------------------------------------------------------------------- */

char *tsl__labels_make_head(const char *id_name)
{
    return tsl__format("%s,segment,segment_name,distance,runner_up,confidence,columns_outside_range,segment_code\n",
                       id_name);
}

void tsl__labels_put_row(const tsl__label_row *row, tsl__text *out)
{
    char cell[128], *p = cell;
    tsl__csv_put_id(row->id, row->number, out);
    tsl__text_puts(out, row->segment);
    p = tsl__write_significant(p, row->distance);
    *p++ = ',';
    if (row->runner_up) {
        p = tsl__write_count(p, (uint64_t)row->runner_up);
    }
    *p++ = ',';
    p = tsl__write_share(p, row->confidence);
    *p++ = ',';
    p = tsl__write_count(p, row->outside);
    tsl__text_append(out, cell, (size_t)(p - cell));
    tsl__text_puts(out, row->code);
}

/* What does not change from row to row. */
typedef struct sheet {
    const tsl_labels *labels;
    char **segment; /* ",2,Loyal," for each segment */
    char **code;    /* ",CHAMP\n" */
} sheet;

static int32_t get_number(const tsl_labels *labels, int32_t segment)
{
    return segment ? labels->segments[segment - 1].segment : 0;
}

static void put_labels(const void *what, size_t begin, size_t end, tsl__text *out)
{
    const sheet *plan = what;
    const tsl_labels *labels = plan->labels;
    uint32_t outside[TSL__CSV_ROWS];
    tsl__drift_outside(labels->features, begin, end, outside);
    for (size_t row = begin; row < end; row++) {
        tsl__labels_put_row(&(tsl__label_row){.id = tsl__csv_get_id(labels->features, row),
                                              .number = row + 1,
                                              .segment = plan->segment[labels->customer_segment[row] - 1],
                                              .distance = labels->distance[row],
                                              .runner_up = get_number(labels, labels->runner_up[row]),
                                              .confidence = labels->confidence[row],
                                              .outside = outside[row - begin],
                                              .code = plan->code[labels->customer_segment[row] - 1]},
                            out);
    }
}

tsl_status tsl_labels_write(const tsl_labels *labels, const tsl_target *target, const tsl_exec *exec, tsl_error *err)
{
    tsl_status status = TSL_OK;
    sheet plan = {.labels = labels};
    char *head = NULL;
    tsl__error_reset(err);
    TSL__NEED(plan.segment = tsl__put_segments(labels->policy, labels->lang));
    TSL__NEED(plan.code = tsl__put_codes(labels->policy));
    TSL__NEED(head = tsl__labels_make_head(tsl__csv_get_id_name(labels->features)));
    TSL__TRY(tsl__csv_rows_write(&(tsl__csv_rows){head, put_labels, &plan, labels->customers}, target, exec, err));
done:
    free(head);
    tsl__free_texts(plan.segment, plan.segment ? labels->segment_count : 0);
    tsl__free_texts(plan.code, plan.code ? labels->segment_count : 0);
    return status;
}

/* ---- The clusters of a fit ------------------------------------------------------------ */

typedef struct clusters {
    const tsl_features *features;
    const tsl_assignment *assignment;
} clusters;

static void put_clusters(const void *what, size_t begin, size_t end, tsl__text *out)
{
    const clusters *c = what;
    for (size_t row = begin; row < end; row++) {
        char cell[24], *p = cell;
        tsl__csv_put_id(tsl__csv_get_id(c->features, row), row + 1, out);
        *p++ = ',';
        p = tsl__write_count(p, (uint64_t)c->assignment->label[row] + 1);
        *p++ = '\n';
        tsl__text_append(out, cell, (size_t)(p - cell));
    }
}

tsl_status tsl_clusters_write(const tsl_features *features, const tsl_assignment *assignment, const tsl_target *target,
                              const tsl_exec *exec, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const clusters what = {features, assignment};
    char *head = NULL;
    tsl__error_reset(err);
    TSL__NEED(head = tsl__format("%s,cluster\n", tsl__csv_get_id_name(features)));
    TSL__TRY(tsl__csv_rows_write(&(tsl__csv_rows){head, put_clusters, &what, assignment->rows}, target, exec, err));
done:
    free(head);
    return status;
}
