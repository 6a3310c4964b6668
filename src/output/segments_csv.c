/* segments_csv.c: segments.csv, one line a customer, in the order of the ids. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/output.h>
#include <tesela/store.h>

#define FLUSH_BYTES (1u << 20)

static const char header[] = "customer_id,segment,segment_name,tier,lifecycle,confidence,value,r_score,f_score,"
                             "m_score,distance,runner_up,reason\n";

/* What does not change from row to row. */
typedef struct sheet {
    const tsl_labels *labels;
    char **segment; /* ",2,Loyal," for each segment */
    int money;      /* the value is an amount: print it with `decimals` */
    int decimals;
} sheet;

/* Six significant digits, or all of a greater whole number. A whole number
 * divided by an exact power of ten has a shortest text of no more digits. */
static void put_significant(tsl__text *out, double value)
{
    if (value > 0 && isfinite(value)) {
        int shift = 5 - (int)floor(log10(value));
        double power = tsl__ten_doubles[shift < 0 ? 0 : shift > TSL__MOST_TEN_DOUBLE ? TSL__MOST_TEN_DOUBLE : shift];
        value = round(value * power) / power;
    }
    tsl__text_double(out, value);
}

static void put_score(tsl__text *out, const uint8_t *score, size_t row)
{
    if (score && score[row]) {
        tsl__text_append(out, &"0123456789"[score[row]], 1);
    }
    tsl__text_append(out, ",", 1);
}

static void put_row(tsl__text *out, const sheet *plan, size_t row)
{
    const tsl_labels *labels = plan->labels;
    tsl__text_csv(out, labels->features->id[row]);
    tsl__text_puts(out, plan->segment[labels->segment[row] - 1]);
    if (labels->customer_tier) {
        tsl__text_puts(out, tsl_tier_get_code(labels->customer_tier[row]));
    }
    tsl__text_append(out, ",", 1);
    if (labels->customer_stage) {
        tsl__text_puts(out, tsl_stage_get_code((tsl_stage)labels->customer_stage[row]));
    }
    tsl__text_append(out, ",", 1);
    tsl__text_fixed(out, labels->confidence[row], 4);
    tsl__text_append(out, ",", 1);
    if (labels->value && plan->money) {
        tsl__text_fixed(out, labels->value[row], plan->decimals);
    } else if (labels->value) {
        tsl__text_double(out, labels->value[row]);
    }
    tsl__text_append(out, ",", 1);
    put_score(out, labels->r, row);
    put_score(out, labels->f, row);
    put_score(out, labels->m, row);
    put_significant(out, labels->distance[row]);
    tsl__text_append(out, ",", 1);
    if (labels->runner_up[row]) {
        tsl__text_printf(out, "%d", labels->runner_up[row]);
    }
    tsl__text_append(out, ",", 1);
    if (labels->reason && labels->reason[row]) {
        tsl__text_csv(out, labels->reason[row]);
    }
    tsl__text_append(out, "\n", 1);
}

static void sheet_free(sheet *plan)
{
    tsl__free_texts(plan->segment, plan->segment ? plan->labels->segment_count : 0);
}

static int sheet_open(const tsl_labels *labels, sheet *out)
{
    const tsl_features *features = labels->features;
    size_t value = labels->value_name ? tsl_features_get_index(features, labels->value_name) : features->feature_count;
    *out = (sheet){.labels = labels, .decimals = features->decimals};
    out->money = value < features->feature_count && strcmp(features->feature[value].unit, "currency") == 0;
    out->segment = tsl__alloc_zero(labels->segment_count, sizeof *out->segment);
    for (size_t i = 0; out->segment && i < labels->segment_count; i++) {
        tsl__text cell = {0};
        tsl__text_printf(&cell, ",%d,", labels->segments[i].segment);
        tsl__text_csv(&cell, labels->segments[i].name);
        tsl__text_append(&cell, ",", 1);
        out->segment[i] = tsl__text_take(&cell);
        if (!out->segment[i]) {
            return -1;
        }
    }
    return out->segment ? 0 : -1;
}

tsl_status tsl_segments_write(const tsl_labels *labels, const char *path, int force, tsl_error *err)
{
    sheet plan = {.labels = labels};
    tsl__text text = {0};
    tsl_file *file = NULL;
    tsl_status status = tsl_file_open(&(tsl_target){.path = path, .replace = force}, &file, err);
    if (status == TSL_OK && sheet_open(labels, &plan)) {
        status = tsl__error_nomem(err);
    }
    tsl__text_puts(&text, header);
    for (size_t row = 0; status == TSL_OK && row < labels->customers; row++) {
        put_row(&text, &plan, row);
        if (text.length >= FLUSH_BYTES && !text.failed) {
            status = tsl_file_write(file, text.data, text.length, err);
            tsl__text_clear(&text);
        }
    }
    if (status == TSL_OK) {
        status = text.failed ? tsl__error_nomem(err) : tsl_file_write(file, text.data, text.length, err);
    }
    if (status == TSL_OK) {
        status = tsl_file_close(file, err);
    } else {
        tsl_file_free(file);
    }
    tsl__text_free(&text);
    sheet_free(&plan);
    return status;
}
