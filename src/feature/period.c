/* period.c: what each customer did in some days, by the same orders that features are made of. */
#include "feature/period.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "feature/timeline.h"

#include <stdlib.h>

static void fill_customer(const tsl__grouping *grouping, size_t customer, tsl__timeline *timeline, tsl__period *out)
{
    tsl__timeline_fill(grouping, customer, timeline);
    const tsl__view *lines = &timeline->view[TSL__LINES];
    out->net[customer] = 0;
    for (size_t i = 0; i < lines->count; i++) {
        out->net[customer] += lines->value[TSL__AMOUNT][i];
    }
    out->bought[customer] = timeline->view[TSL__PURCHASES].count > 0;
}

static tsl_status fill(const tsl__grouping *grouping, int threads, tsl__period *out, tsl_error *err)
{
    const size_t blocks = tsl__block_count(out->customers);
    int short_of_memory = 0;
#pragma omp parallel num_threads(threads)
    {
        tsl__timeline timeline = {0};
        const int open = tsl__timeline_open(grouping, &timeline, NULL) == TSL_OK;
        if (!open) {
#pragma omp atomic write
            short_of_memory = 1;
        }
#pragma omp for schedule(static)
        for (size_t block = 0; block < blocks; block++) {
            size_t begin, end;
            tsl__block_get(out->customers, block, &begin, &end);
            for (size_t c = begin; c < end && open; c++) {
                fill_customer(grouping, c, &timeline, out);
            }
        }
        tsl__timeline_free(&timeline);
    }
    return short_of_memory ? tsl__error_nomem(err) : TSL_OK;
}

/* 1 where a line lies in it. */
static int has_lines(const tsl_table *transactions, int32_t from, int32_t until)
{
    const tsl__clip clip = tsl__clip_of(transactions, from, until);
    const size_t rows = tsl_table_get_rows(transactions);
    size_t row = 0;
    while (row < rows && !tsl__clip_has(&clip, row)) {
        row++;
    }
    return row < rows;
}

tsl_status tsl__period_build(const tsl_table *transactions, int32_t from, int32_t until, const tsl_exec *exec,
                             tsl__period *out, tsl_error *err)
{
    const tsl_tables tables = {.transactions = transactions, .as_of = until, .clip = 1};
    tsl_status status = TSL_OK;
    tsl__grouping grouping = {0};
    *out = (tsl__period){0};
    if (!has_lines(transactions, from, until)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__grouping_open(&tables, from, &grouping, err));
    TSL__NEED(out->net = tsl__alloc(grouping.customers, sizeof *out->net));
    TSL__NEED(out->bought = tsl__alloc(grouping.customers, sizeof *out->bought));
    out->customers = grouping.customers;
    TSL__TRY(fill(&grouping, exec->threads, out, err));
    out->id = grouping.id;
    grouping.id = NULL;
    grouping.customers = 0;
done:
    tsl__grouping_free(&grouping);
    if (status != TSL_OK) {
        tsl__period_free(out);
    }
    return status;
}

void tsl__period_free(tsl__period *period)
{
    if (period->id) {
        tsl__free_texts(period->id, period->customers);
    }
    free(period->net);
    free(period->bought);
    *period = (tsl__period){0};
}
