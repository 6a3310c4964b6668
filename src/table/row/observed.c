/* observed.c: what is observed of cells, joined block by block. */
#include "table/row/observed.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"

tsl_status tsl__observed_open(tsl__observed *o, const tsl__plan *plan, const tsl__asked *asked, size_t lookups,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    *o = (tsl__observed){
        .outputs = plan->outputs, .numbers = plan->numbers, .lookups = lookups, .statuses = plan->statuses};
    o->rates = asked->rates.count;
    o->watches = plan->watches;
    TSL__NEED(o->watched = tsl__alloc_zero(o->watches, sizeof *o->watched));
    TSL__NEED(o->converted = tsl__alloc_zero(o->rates, sizeof *o->converted));
    TSL__NEED(o->output = tsl__alloc_zero(plan->outputs, sizeof *o->output));
    TSL__NEED(o->mark = tsl__alloc_zero(plan->numbers, sizeof *o->mark));
    TSL__NEED(o->miss = tsl__alloc_zero(lookups, sizeof *o->miss));
    TSL__NEED(o->status = tsl__alloc_zero(plan->statuses, sizeof *o->status));
    for (size_t i = 0; i < plan->outputs; i++) {
        o->output[i].dates.declared = asked->opt.dates;
        if (plan->output[i].role == TSL_ROLE_SATISFACTION && plan->output[i].type == TSL_TYPE_DECIMAL) {
            TSL__NEED(o->output[i].counts = tsl__alloc_zero(1, sizeof *o->output[i].counts));
        }
        if (plan->output[i].role == TSL_ROLE_CURRENCY) {
            TSL__NEED(o->output[i].firsts = tsl__alloc_zero(1, sizeof *o->output[i].firsts));
        }
    }
done:
    return status;
}

void tsl__observed_free(tsl__observed *o)
{
    for (size_t i = 0; o->output && i < o->outputs; i++) {
        free(o->output[i].bad_example);
        free(o->output[i].counts);
        free(o->output[i].firsts);
    }
    for (size_t l = 0; o->miss && l < o->lookups; l++) {
        tsl__miss_free(&o->miss[l]);
    }
    for (size_t i = 0; o->status && i < o->statuses; i++) {
        tsl__status_counts_free(&o->status[i]);
    }
    tsl__subtotals_free(&o->subtotals);
    free(o->status);
    free(o->converted);
    free(o->watched);
    free(o->money_fault);
    free(o->doubt);
    free(o->output);
    free(o->mark);
    free(o->miss);
    *o = (tsl__observed){.outputs = 0};
}

static void join_output(tsl__output_observed *o, tsl__output_observed *behind)
{
    if (tsl__date_evidence_get_count(&behind->dates) || behind->dates.placeholders) {
        tsl__date_evidence_join(&o->dates, &behind->dates);
        tsl__date_ends_join(&o->ends, &behind->ends);
        behind->dates = (tsl__date_evidence){.declared = o->dates.declared};
        behind->ends = (tsl__date_ends){{0}, {{0}}, {{0}}};
    }
    if (!o->bad) {
        free(o->bad_example);
        o->bad_example = behind->bad_example;
        memcpy(o->bad_text, behind->bad_text, sizeof o->bad_text);
        o->bad_file = behind->bad_file;
        o->bad_line = behind->bad_line;
        behind->bad_example = NULL;
    }
    if (o->counts) {
        tsl__value_counts_join(o->counts, behind->counts);
        *behind->counts = (tsl__value_counts){.over = 0};
    }
    if (o->firsts) {
        tsl__first_texts_join(o->firsts, behind->firsts);
        behind->firsts->count = 0;
    }
    tsl__some_rows_join(&o->lengths, &behind->lengths);
    o->bad += behind->bad;
    free(behind->bad_example);
    behind->bad_example = NULL;
    behind->bad = 0;
}

static void join_lacking(tsl__lacking *l, tsl__lacking *behind)
{
    if (!l->lines) {
        l->file = behind->file;
        l->line = behind->line;
    }
    l->lines += behind->lines;
    l->orders += behind->orders;
    l->others += behind->others;
    *behind = (tsl__lacking){.lines = 0};
}

static void join_taken(tsl__taken *t, tsl__taken *behind)
{
    const tsl__taken first = t->records ? *t : *behind;
    *t = (tsl__taken){t->records + behind->records, t->lines + behind->lines, first.file, first.line, first.end};
    *behind = (tsl__taken){.records = 0};
}

void tsl__converted_add(tsl__converted *c, const tsl__converted *more)
{
    c->amounts += more->amounts;
    c->sum = tsl__decimal_add(c->sum, more->sum);
    c->worth += more->worth;
}

static void join_money(tsl__observed *o, tsl__observed *behind)
{
    for (size_t i = 0; i < o->rates; i++) {
        tsl__converted_add(&o->converted[i], &behind->converted[i]);
        behind->converted[i] = (tsl__converted){.amounts = 0};
    }
    tsl__some_rows_join(&o->unpriced, &behind->unpriced);
    if (!o->money_fault) {
        o->money_fault = behind->money_fault;
        behind->money_fault = NULL;
    }
    free(behind->money_fault);
    behind->money_fault = NULL;
}

/* What a condition left out for want of cells. */
static void join_condition(tsl__observed *o, tsl__observed *behind)
{
    if (!o->doubtful) {
        free(o->doubt);
        o->doubt = behind->doubt;
        behind->doubt = NULL;
    }
    o->doubtful += behind->doubtful;
    free(behind->doubt);
    behind->doubt = NULL;
    behind->doubtful = 0;
    o->undecided_input = o->undecided.rows ? o->undecided_input : behind->undecided_input;
    tsl__some_rows_join(&o->undecided, &behind->undecided);
}

static void join_watched(tsl__watched *w, tsl__watched *behind)
{
    if (!w->cells.codes) {
        w->file = behind->file;
        w->line = behind->line;
    }
    tsl__currency_cells_join(&w->cells, &behind->cells);
    *behind = (tsl__watched){.line = 0};
}

tsl_status tsl__observed_join(tsl__observed *o, tsl__observed *behind, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < o->outputs; i++) {
        join_output(&o->output[i], &behind->output[i]);
    }
    for (size_t i = 0; i < o->numbers; i++) {
        tsl__mark_join(&o->mark[i], &behind->mark[i], 0);
        behind->mark[i] = (tsl__mark_evidence){.count = 0};
    }
    join_lacking(&o->lacking, &behind->lacking);
    join_taken(&o->taken, &behind->taken);
    tsl__besides_join(&o->besides, &behind->besides);
    join_money(o, behind);
    for (size_t i = 0; i < o->watches; i++) {
        join_watched(&o->watched[i], &behind->watched[i]);
    }
    tsl__some_rows_join(&o->rounded, &behind->rounded);
    join_condition(o, behind);
    TSL__TRY(tsl__subtotals_join(&o->subtotals, &behind->subtotals, err));
    for (size_t i = 0; i < o->statuses; i++) {
        tsl__some_rows_join(&o->filled[i], &behind->filled[i]);
        tsl__some_rows_join(&o->unfilled[i], &behind->unfilled[i]);
        TSL__TRY(tsl__status_counts_join(&o->status[i], &behind->status[i], err));
    }
    for (size_t l = 0; l < o->lookups; l++) {
        TSL__TRY(tsl__miss_join(&o->miss[l], &behind->miss[l], err));
    }
done:
    return status;
}
