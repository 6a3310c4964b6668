/* labels_csv.c: one line a row: labels.csv of an assignment, and the clusters of
 * a fit. */
#include <tesela/output.h>
#include <tesela/store.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "feature/drift.h"
#include "output/fields.h"
#include "output/labels_csv.h"

#include <stdlib.h>
#include <string.h>

#define FLUSH_ROWS 4096

/* Writes the text of rows begin .. end - 1. */
typedef tsl_status (*row_writer)(const void *what, size_t begin, size_t end, tsl__text *out);

static tsl_status write_rows(const char *head, row_writer put, const void *what, size_t rows, const tsl_target *target,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_file *file = NULL;
    tsl__text text = {0};
    TSL__TRY(tsl_file_open(target, &file, err));
    tsl__text_puts(&text, head);
    for (size_t begin = 0; begin < rows || text.length; begin += FLUSH_ROWS) {
        size_t end = rows - begin < FLUSH_ROWS ? rows : begin + FLUSH_ROWS;
        if (begin < rows) {
            TSL__TRY(put(what, begin, end, &text) == TSL_OK ? TSL_OK : tsl__error_nomem(err));
        }
        TSL__TRY(text.failed ? tsl__error_nomem(err) : TSL_OK);
        TSL__TRY(tsl_file_write(file, text.data, text.length, err));
        tsl__text_clear(&text);
        if (end == rows) {
            break;
        }
    }
    tsl_file *whole = file;
    file = NULL;
    TSL__TRY(tsl_file_close(whole, err));
done:
    tsl_file_free(file);
    tsl__text_free(&text);
    return status;
}

static void put_id(const tsl_features *features, size_t row, tsl__text *out)
{
    if (features->id) {
        tsl__text_csv(out, features->id[row]);
    } else {
        tsl__text_printf(out, "%zu", row + 1);
    }
}

static const char *id_name(const tsl_features *features)
{
    return !features->recipe->plain ? "customer_id" : features->id ? "id" : "row";
}

/* ---- labels.csv -------------------------------------------------------------------- */

char *tsl__labels_make_head(const char *id_name)
{
    return tsl__format("%s,segment,segment_name,distance,runner_up,confidence,columns_outside_range\n", id_name);
}

void tsl__labels_put_row(const tsl__label_row *row, tsl__text *out)
{
    char cell[128], *p = cell;
    if (row->id) {
        tsl__text_csv(out, row->id);
    } else {
        p = tsl__write_count(p, row->number);
        tsl__text_append(out, cell, (size_t)(p - cell));
        p = cell;
    }
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
    *p++ = '\n';
    tsl__text_append(out, cell, (size_t)(p - cell));
}

/* What does not change from row to row. */
typedef struct sheet {
    const tsl_labels *labels;
    char **segment; /* ",2,Loyal," for each segment */
} sheet;

static tsl_status put_labels(const void *what, size_t begin, size_t end, tsl__text *out)
{
    const sheet *plan = what;
    const tsl_labels *labels = plan->labels;
    uint32_t outside[FLUSH_ROWS];
    tsl__drift_outside(labels->features, begin, end, outside);
    for (size_t row = begin; row < end; row++) {
        tsl__labels_put_row(&(tsl__label_row){.id = labels->features->id ? labels->features->id[row] : NULL,
                                              .number = row + 1,
                                              .segment = plan->segment[labels->customer_segment[row] - 1],
                                              .distance = labels->distance[row],
                                              .runner_up = labels->runner_up[row],
                                              .confidence = labels->confidence[row],
                                              .outside = outside[row - begin]},
                            out);
    }
    return TSL_OK;
}

tsl_status tsl_labels_write(const tsl_labels *labels, const tsl_target *target, tsl_error *err)
{
    tsl_status status = TSL_OK;
    sheet plan = {.labels = labels};
    char *head = NULL;
    tsl__error_reset(err);
    TSL__NEED(plan.segment = tsl__put_segments(labels->policy, labels->lang));
    TSL__NEED(head = tsl__labels_make_head(id_name(labels->features)));
    TSL__TRY(write_rows(head, put_labels, &plan, labels->customers, target, err));
done:
    free(head);
    tsl__free_texts(plan.segment, plan.segment ? labels->segment_count : 0);
    return status;
}

/* ---- The clusters of a fit ------------------------------------------------------------ */

typedef struct clusters {
    const tsl_features *features;
    const tsl_assignment *assignment;
} clusters;

static tsl_status put_clusters(const void *what, size_t begin, size_t end, tsl__text *out)
{
    const clusters *c = what;
    for (size_t row = begin; row < end; row++) {
        put_id(c->features, row, out);
        tsl__text_printf(out, ",%d\n", c->assignment->label[row] + 1);
    }
    return TSL_OK;
}

tsl_status tsl_clusters_write(const tsl_features *features, const tsl_assignment *assignment, const tsl_target *target,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    const clusters what = {features, assignment};
    char *head = NULL;
    tsl__error_reset(err);
    TSL__NEED(head = tsl__format("%s,cluster\n", id_name(features)));
    TSL__TRY(write_rows(head, put_clusters, &what, assignment->rows, target, err));
done:
    free(head);
    return status;
}
