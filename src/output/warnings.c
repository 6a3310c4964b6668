/* warnings.c: whom to call first: the customers of a segments.csv with most at risk, ranked. Of a million rows as many
 * are kept as are asked for: in a heap, the last of them at its top. */
#include <tesela/output.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "table/listing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[TSL_WARNING_CELLS] = {"customer_id",   "segment_code",   "segment_name", "tier",
                                                     "lifecycle",     "lifecycle_name", "value",        "churn_risk",
                                                     "value_at_risk", "reason",         "action",       "action_text"};

const char *tsl_warning_cell_get_name(tsl_warning_cell cell)
{
    return names[cell];
}

typedef struct reader {
    tsl_warnings *out;
    tsl__listing listing;
    size_t field[TSL_WARNING_CELLS]; /* listing.fields: there is none */
    size_t most, room;
    tsl__ticker ticker;
} reader;

/* ---- The order --------------------------------------------------------------------------- */

/* Falling; what is not known is last. */
static int compare_falling(double a, double b)
{
    return isnan(a) || isnan(b) ? !!isnan(a) - !!isnan(b) : (a < b) - (a > b);
}

static int compare_figures(const tsl_warning *a, const tsl_warning *b)
{
    const int by = compare_falling(a->value_at_risk, b->value_at_risk);
    return by ? by : compare_falling(a->churn_risk, b->churn_risk);
}

static int compare(const void *pa, const void *pb)
{
    const tsl_warning *a = pa, *b = pb;
    int by = compare_figures(a, b);
    by = by ? by : strcmp(a->cell[TSL_WARNING_CUSTOMER], b->cell[TSL_WARNING_CUSTOMER]);
    return by ? by : (a->row > b->row) - (a->row < b->row);
}

static void swap(tsl_warning *a, tsl_warning *b)
{
    const tsl_warning kept = *a;
    *a = *b;
    *b = kept;
}

/* The last one is put where it belongs: nobody stands under one who comes before him. */
static void sift_up(tsl_warning *heap, size_t at)
{
    for (; at > 0 && compare(&heap[at], &heap[(at - 1) / 2]) > 0; at = (at - 1) / 2) {
        swap(&heap[at], &heap[(at - 1) / 2]);
    }
}

static void sift_down(tsl_warning *heap, size_t count)
{
    for (size_t at = 0, last;; at = last) {
        last = at;
        for (size_t below = 2 * at + 1; below < count && below <= 2 * at + 2; below++) {
            last = compare(&heap[below], &heap[last]) > 0 ? below : last;
        }
        if (last == at) {
            return;
        }
        swap(&heap[at], &heap[last]);
    }
}

/* ---- Rows ----------------------------------------------------------------------------------- */

static tsl__span get_cell(const reader *r, const tsl__record *record, size_t cell)
{
    return r->field[cell] < r->listing.fields ? record->field[r->field[cell]] : (tsl__span){"", 0};
}

static tsl_status read_number(const reader *r, const tsl__record *record, tsl_warning_cell cell, double *out,
                              tsl_error *err)
{
    const tsl__span text = get_cell(r, record, cell);
    const int is_risk = cell == TSL_WARNING_CHURN_RISK;
    *out = NAN;
    if (text.n == 0) {
        return TSL_OK;
    }
    if (tsl__double_read(text.s, text.n, out) != 0 || !isfinite(*out) || (is_risk && !(*out >= 0 && *out <= 1))) {
        return tsl__listing_fail(&r->listing, record, r->field[cell],
                                 is_risk ? "is no probability, 0 to 1" : "is not a finite number", err);
    }
    return TSL_OK;
}

static void drop(tsl_warning *w)
{
    for (int c = 0; c < TSL_WARNING_CELLS; c++) {
        free(w->cell[c]);
    }
}

/* One more, or in place of the last one: who comes behind him there is no room for. Takes w over. */
static tsl_status keep(reader *r, tsl_warning *w, tsl_error *err)
{
    tsl_warnings *out = r->out;
    void *of = out->of;
    tsl_status status = TSL_OK;
    if (out->count < r->most) {
        TSL__NEED(!tsl__reserve(&of, &r->room, out->count + 1, sizeof *out->of));
        out->of = of;
        out->of[out->count] = *w;
        sift_up(out->of, out->count++);
    } else {
        if (compare(w, out->of) < 0) {
            swap(w, out->of);
            sift_down(out->of, out->count);
        }
        drop(w);
    }
    *w = (tsl_warning){.row = 0};
done:
    return status;
}

static tsl_status add_warning(void *to, const tsl__record *record, tsl_error *err)
{
    reader *r = to;
    tsl_warnings *out = r->out;
    tsl_status status = TSL_OK;
    tsl_warning w = {.row = out->customers};
    TSL__TRY(tsl__listing_tick(&r->listing, "segments", out->customers, &r->ticker, err));
    out->customers++;
    TSL__TRY(read_number(r, record, TSL_WARNING_VALUE, &w.value, err));
    TSL__TRY(read_number(r, record, TSL_WARNING_CHURN_RISK, &w.churn_risk, err));
    TSL__TRY(read_number(r, record, TSL_WARNING_VALUE_AT_RISK, &w.value_at_risk, err));
    const int is_known = !isnan(w.churn_risk) || !isnan(w.value_at_risk);
    out->known += (size_t)is_known;
    if (!is_known || (out->count == r->most && compare_figures(&w, out->of) > 0)) {
        return TSL_OK;
    }
    for (int c = 0; c < TSL_WARNING_CELLS; c++) {
        const tsl__span text = get_cell(r, record, (size_t)c);
        TSL__NEED(w.cell[c] = tsl__strndup(text.s, text.n));
    }
    TSL__TRY(keep(r, &w, err));
done:
    drop(&w);
    return status;
}

/* ---- The list ---------------------------------------------------------------------------------- */

static tsl_status find_columns(reader *r, tsl_error *err)
{
    static const tsl__listing_column needed[] = {
        {"customer_id", "who it is"}, {"churn_risk", "how likely each customer is to buy nothing in the next 90 days"}};
    tsl_status status = TSL_OK;
    size_t unused;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        TSL__TRY(tsl__listing_need(&r->listing, &needed[i], &unused, err));
    }
    for (int c = 0; c < TSL_WARNING_CELLS; c++) {
        r->field[c] = tsl__listing_find(&r->listing, names[c]);
    }
done:
    return status;
}

tsl_status tsl_warnings_read(const tsl_source *segments, size_t most, const tsl_exec *exec, tsl_warnings **out,
                             tsl_error *err)
{
    const tsl__csv_options csv = {.from = segments, .delimiter = ',', .header = 1};
    tsl_status status = TSL_OK;
    reader r = {.most = most};
    tsl_exec how;
    *out = NULL;
    tsl__error_reset(err);
    if (most == 0) {
        return tsl__error_set(err, TSL_E_OPTION, "most: 0 customers are asked for; expected 1 or more");
    }
    TSL__TRY(tsl__exec_open(exec, &how, err));
    r.ticker = tsl__ticker_open(&how);
    TSL__NEED(r.out = tsl__alloc_zero(1, sizeof *r.out));
    TSL__TRY(tsl__listing_open(&csv, "the segments", &r.listing, err));
    TSL__TRY(find_columns(&r, err));
    TSL__TRY(tsl__listing_read(&r.listing, add_warning, &r, err));
    TSL__TRY(r.out->customers ? TSL_OK : tsl__error_set(err, TSL_E_INPUT, "%s: holds no customer", r.listing.file));
    if (r.out->known == 0) {
        TSL__TRY(tsl__error_set(err, TSL_E_INPUT,
                                "%s: a churn risk is known of none of its %zu customer%s: that takes transactions, and "
                                "100 customers who were there 90 days before, or a model of purchases",
                                r.listing.file, r.out->customers, r.out->customers == 1 ? "" : "s"));
    }
    qsort(r.out->of, r.out->count, sizeof *r.out->of, compare);
    *out = r.out;
    r.out = NULL;
done:
    tsl__listing_close(&r.listing);
    tsl_warnings_free(r.out);
    return status;
}

void tsl_warnings_free(tsl_warnings *warnings)
{
    if (warnings) {
        for (size_t i = 0; i < warnings->count; i++) {
            drop(&warnings->of[i]);
        }
        free(warnings->of);
        free(warnings);
    }
}
