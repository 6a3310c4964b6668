/* observed.c: what is observed of cells, joined block by block. */
#include "table/row/observed.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"

tsl_status tsl__observed_open(tsl__observed *f, const tsl__plan *plan, const tsl__asked *asked, size_t lookups,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    *f = (tsl__observed){
        .outputs = plan->outputs, .numbers = plan->numbers, .lookups = lookups, .statuses = plan->statuses};
    TSL__NEED(f->output = tsl__alloc_zero(plan->outputs, sizeof *f->output));
    TSL__NEED(f->mark = tsl__alloc_zero(plan->numbers, sizeof *f->mark));
    TSL__NEED(f->miss = tsl__alloc_zero(lookups, sizeof *f->miss));
    TSL__NEED(f->status = tsl__alloc_zero(plan->statuses, sizeof *f->status));
    for (size_t i = 0; i < plan->outputs; i++) {
        f->output[i].dates.declared = asked->opt.dates;
        if (plan->output[i].role == TSL_ROLE_SATISFACTION && plan->output[i].type == TSL_TYPE_DECIMAL) {
            TSL__NEED(f->output[i].counts = tsl__alloc_zero(1, sizeof *f->output[i].counts));
        }
        if (plan->output[i].role == TSL_ROLE_CURRENCY) {
            TSL__NEED(f->output[i].firsts = tsl__alloc_zero(1, sizeof *f->output[i].firsts));
        }
    }
done:
    return status;
}

void tsl__observed_free(tsl__observed *f)
{
    for (size_t i = 0; f->output && i < f->outputs; i++) {
        free(f->output[i].bad_example);
        free(f->output[i].counts);
        free(f->output[i].firsts);
    }
    for (size_t l = 0; f->miss && l < f->lookups; l++) {
        tsl__miss_free(&f->miss[l]);
    }
    for (size_t i = 0; f->status && i < f->statuses; i++) {
        tsl__status_counts_free(&f->status[i]);
    }
    free(f->status);
    free(f->doubt);
    free(f->output);
    free(f->mark);
    free(f->miss);
    *f = (tsl__observed){.outputs = 0};
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

static void join_carried(tsl__carried *c, tsl__carried *behind)
{
    if (!c->rows) {
        c->file = behind->file;
        c->line = behind->line;
    }
    c->rows += behind->rows;
    *behind = (tsl__carried){.rows = 0};
}

static void join_taken(tsl__taken *t, tsl__taken *behind)
{
    const tsl__taken first = t->records ? *t : *behind;
    *t = (tsl__taken){t->records + behind->records, t->lines + behind->lines, first.file, first.line, first.end};
    *behind = (tsl__taken){.records = 0};
}

tsl_status tsl__observed_join(tsl__observed *f, tsl__observed *behind, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < f->outputs; i++) {
        join_output(&f->output[i], &behind->output[i]);
    }
    for (size_t i = 0; i < f->numbers; i++) {
        tsl__mark_join(&f->mark[i], &behind->mark[i], 0);
        behind->mark[i] = (tsl__mark_evidence){.count = 0};
    }
    join_lacking(&f->lacking, &behind->lacking);
    join_taken(&f->taken, &behind->taken);
    if (!f->doubtful) {
        free(f->doubt);
        f->doubt = behind->doubt;
        behind->doubt = NULL;
    }
    f->doubtful += behind->doubtful;
    free(behind->doubt);
    behind->doubt = NULL;
    behind->doubtful = 0;
    for (size_t i = 0; i < f->statuses; i++) {
        join_carried(&f->carried[i], &behind->carried[i]);
        TSL__TRY(tsl__status_counts_join(&f->status[i], &behind->status[i], err));
    }
    for (size_t l = 0; l < f->lookups; l++) {
        TSL__TRY(tsl__miss_join(&f->miss[l], &behind->miss[l], err));
    }
done:
    return status;
}
