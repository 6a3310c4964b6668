/* valuation_csv.c: values.csv: one line a customer: his history, his scores, what is expected of him, and what each
 * column adds to his weighted score. */
#include <tesela/output.h>

#include "base/error.h"
#include "base/text.h"
#include "output/csv/csv_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    double days;
} units[TSL_TIME_UNITS] = {
    [TSL_UNIT_DAY] = {"day", 1}, [TSL_UNIT_WEEK] = {"week", 7}, [TSL_UNIT_MONTH] = {"month", TSL_YEAR_DAYS / 12}};

const char *tsl_time_unit_get_name(tsl_time_unit unit)
{
    return (unsigned)unit < TSL_TIME_UNITS ? units[unit].name : NULL;
}

double tsl_time_unit_get_days(tsl_time_unit unit)
{
    return (unsigned)unit < TSL_TIME_UNITS ? units[unit].days : (double)NAN;
}

static const char *const figures[TSL_VALUATION_FIGURES] = {[TSL_VALUATION_X] = "x",
                                                           [TSL_VALUATION_TX] = "t_x",
                                                           [TSL_VALUATION_T] = "T",
                                                           [TSL_VALUATION_SPEND_MEAN] = "spend_mean",
                                                           [TSL_VALUATION_WEIGHT] = "weight",
                                                           [TSL_VALUATION_R] = "r_score",
                                                           [TSL_VALUATION_F] = "f_score",
                                                           [TSL_VALUATION_M] = "m_score",
                                                           [TSL_VALUATION_RFM] = "rfm_score",
                                                           [TSL_VALUATION_ALIVE] = "p_alive",
                                                           [TSL_VALUATION_PURCHASES] = "expected_purchases",
                                                           [TSL_VALUATION_NO_PURCHASE] = "p_no_purchase",
                                                           [TSL_VALUATION_SPEND] = "expected_spend",
                                                           [TSL_VALUATION_DISCOUNTED] = "discounted_purchases",
                                                           [TSL_VALUATION_DERT] = "dert",
                                                           [TSL_VALUATION_CLV] = "clv"};

const char *tsl_valuation_figure_get_name(tsl_valuation_figure figure)
{
    return (unsigned)figure < TSL_VALUATION_FIGURES ? figures[figure] : NULL;
}

static void put_figure(double value, tsl__text *out)
{
    char cell[32];
    tsl__text_puts(out, ",");
    if (!isnan(value)) {
        tsl__double_write(value, cell);
        tsl__text_puts(out, cell);
    }
}

static void put_segment(const tsl_valuation *v, size_t row, tsl__text *out)
{
    const int at = v->rfm_segment[row];
    const tsl_rfm_segment *segment = at >= 0 ? &v->rfm_map.segment[at] : NULL;
    tsl__text_printf(out, ",%s,", segment ? segment->code : "");
    tsl__text_csv(out, segment ? segment->name[v->lang] : "");
}

/* The figures that there are; the same for every row. */
static void put_rows(const void *what, size_t begin, size_t end, tsl__text *out)
{
    const tsl_valuation *v = what;
    for (size_t i = begin; i < end; i++) {
        tsl__csv_put_id(v->id ? v->id[i] : NULL, i + 1, out);
        for (int f = 0; f < TSL_VALUATION_FIGURES; f++) {
            if (v->figure[f]) {
                put_figure(v->figure[f][i], out);
            }
        }
        if (v->rfm_segment) {
            put_segment(v, i, out);
        }
        if (v->score) {
            put_figure(v->score->total[i], out);
        }
        for (size_t c = 0; v->score && c < v->score->score.column_count; c++) {
            put_figure(v->score->contribution[c][i], out);
        }
        tsl__text_puts(out, "\n");
    }
}

/* "contribution_assets:credit_limit": what this column of the part adds. */
static void put_contribution(const char *part, const char *feature, tsl__text *out)
{
    tsl__text name = {0};
    tsl__text_printf(&name, "contribution_%s:%s", part, feature);
    out->failed |= name.failed;
    if (!name.failed) {
        tsl__text_csv(out, name.data);
    }
    tsl__text_free(&name);
}

tsl_status tsl_valuation_write(const tsl_valuation *valuation, const tsl_target *target, const tsl_exec *exec,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text head = {0};
    tsl__error_reset(err);
    tsl__text_puts(&head, valuation->id ? "customer_id" : "row");
    for (int f = 0; f < TSL_VALUATION_FIGURES; f++) {
        if (valuation->figure[f]) {
            tsl__text_printf(&head, ",%s", figures[f]);
        }
    }
    tsl__text_puts(&head, valuation->rfm_segment ? ",rfm_segment,rfm_segment_name" : "");
    tsl__text_puts(&head, valuation->score ? ",score" : "");
    for (size_t c = 0; valuation->score && c < valuation->score->score.column_count; c++) {
        const tsl_valuation_score *s = valuation->score;
        tsl__text_puts(&head, ",");
        put_contribution(s->part[s->score.column[c].part], s->feature[c], &head);
    }
    tsl__text_puts(&head, "\n");
    TSL__NEED(head.failed ? NULL : head.data);
    TSL__TRY(
        tsl__csv_rows_write(&(tsl__csv_rows){head.data, put_rows, valuation, valuation->customers}, target, exec, err));
done:
    tsl__text_free(&head);
    return status;
}
