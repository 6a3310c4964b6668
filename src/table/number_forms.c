/* number_forms.c: how the numbers of each file are read, while it is decoded in blocks by several threads: as the cells
 * of its first block show. The end of the file tells whether all of it shows the same; else it is refused, so that no
 * value depends on where its row stands. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/names/role_units.h"
#include "table/reading.h"

static tsl__mark get_declared(const tsl__reading *r)
{
    return (tsl__mark)r->terms.opt->decimal;
}

static int is_own(const tsl__plan *plan, size_t number)
{
    return plan->input[plan->number[number]].lookup == TSL__NONE;
}

/* The mark that all columns of the table's own agree on which prove one; NONE: none, or they do not. */
static tsl__mark find_common(const tsl__plan *plan, const tsl__mark_evidence *evidence)
{
    tsl__mark common = TSL__MARK_NONE;
    for (size_t n = 0; n < plan->numbers; n++) {
        const tsl__mark proven = is_own(plan, n) ? tsl__mark_get_proven(&evidence[n]) : TSL__MARK_NONE;
        if (proven != TSL__MARK_NONE && common != TSL__MARK_NONE && proven != common) {
            return TSL__MARK_NONE;
        }
        common = proven != TSL__MARK_NONE ? proven : common;
    }
    return common;
}

/* What is known of a column's mark beside its cells: from the table before, else from the other columns. */
static tsl__mark get_assumed(const tsl__reading *r, size_t number, tsl__mark common)
{
    const tsl__plan *plan = &r->terms.plan;
    const tsl__mark before = (tsl__mark)tsl__asked_get_mark(&r->terms.asked, plan->name[plan->number[number]]);
    return before != TSL__MARK_NONE ? before : common;
}

/* The unit that the name of the column of numbers tells for its role; NULL: none. */
static const tsl__unit *get_unit(const tsl__plan_input *in)
{
    return in->unit.text.n ? &in->unit : NULL;
}

/* The unit that stands behind the numbers. */
static tsl_status set_unit(const tsl__plan *plan, size_t number, tsl__number_form *form, tsl_error *err)
{
    const tsl__plan_input *in = &plan->input[plan->number[number]];
    return in->role != TSL_ROLE_NONE
               ? tsl__role_unit_set(in->role, get_unit(in), plan->name[plan->number[number]], form, err)
               : TSL_OK;
}

/* ---- Columns that are looked up ----------------------------------------- */

static tsl_status open_looked_up(tsl__reading *r, size_t number, tsl_error *err)
{
    const tsl__plan_input *in = &r->terms.plan.input[r->terms.plan.number[number]];
    const char *name = r->terms.plan.name[r->terms.plan.number[number]];
    const tsl__lookup *lookup = r->terms.lookup[in->lookup];
    const char *path = tsl__lookup_get_path(lookup);
    tsl__mark_evidence *e = &r->shown[number];
    tsl_status status = TSL_OK;
    for (size_t row = 0; row < tsl__lookup_get_rows(lookup); row++) {
        tsl__form_look(e, tsl__lookup_get(lookup, (int32_t)row, in->column), path,
                       tsl__lookup_get_line(lookup, (int32_t)row));
    }
    TSL__TRY(tsl__mark_decide(e, name, tsl__lookup_get_file(lookup)->delimiter, get_assumed(r, number, TSL__MARK_NONE),
                              get_declared(r), &r->table->info.notes, &r->form[number].mark, err));
    tsl__form_set_suffix(&r->form[number], e);
    TSL__TRY(set_unit(&r->terms.plan, number, &r->form[number], err));
    r->proven[number] = tsl__mark_get_proven(e);
done:
    return status;
}

tsl_status tsl__forms_open(tsl__reading *r, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    tsl_status status = TSL_OK;
    TSL__NEED(r->form = tsl__alloc_zero(plan->numbers, sizeof *r->form));
    TSL__NEED(r->shown = tsl__alloc_zero(plan->numbers, sizeof *r->shown));
    TSL__NEED(r->proven = tsl__alloc_zero(plan->numbers, sizeof *r->proven));
    for (size_t n = 0; n < plan->numbers; n++) {
        TSL__TRY(is_own(plan, n) ? TSL_OK : open_looked_up(r, n, err));
    }
done:
    return status;
}

void tsl__forms_free(tsl__reading *r)
{
    free(r->form);
    free(r->shown);
    free(r->proven);
}

/* ---- A file --------------------------------------------------------------- */

tsl_status tsl__forms_assume(const tsl__reading *r, const tsl__mark_evidence *evidence, char delimiter,
                             tsl__field_map *map, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    const tsl__mark common = find_common(plan, evidence), declared = get_declared(r);
    tsl_status status = TSL_OK;
    TSL__NEED(map->form = tsl__alloc_zero(plan->numbers, sizeof *map->form));
    for (size_t n = 0; n < plan->numbers; n++) {
        tsl__number_form *form = &map->form[n];
        if (!is_own(plan, n)) {
            *form = r->form[n];
            continue;
        }
        const tsl__mark_proof *proof = tsl__mark_get_proof(&evidence[n]);
        tsl__mark mark = tsl__mark_get_proven(&evidence[n]);
        if (mark == TSL__MARK_NONE && !proof->point.count) {
            mark = get_assumed(r, n, common);
            /* By semicolons files are divided in which commas are decimal. */
            mark = mark != TSL__MARK_NONE ? mark : delimiter == ';' ? TSL__MARK_COMMA : TSL__MARK_POINT;
        }
        form->mark = declared != TSL__MARK_NONE ? (tsl__mark_reading){declared, 1} : (tsl__mark_reading){mark, 0};
        tsl__form_set_suffix(form, &evidence[n]);
        TSL__TRY(set_unit(plan, n, form, err));
    }
done:
    return status;
}

/* The files of a table have the same suffix, or none. */
static tsl_status check_files(const tsl__number_form *before, const tsl__number_form *now,
                              const tsl__mark_evidence *shown, const tsl__mark_evidence *e, const char *column,
                              tsl_error *err)
{
    const int same =
        before->suffix_length == now->suffix_length && memcmp(before->suffix, now->suffix, now->suffix_length) == 0;
    const tsl__mark_cells *cell = now->suffix_length ? &e->suffix.cells : &shown->suffix.cells;
    if (same || !shown->count || !e->count) {
        return TSL_OK;
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s: \"%s\" (%s:%llu) and the others of its file have \"%.*s\" behind them, but not those of "
                          "another file; write all in one unit, without it",
                          column, cell->text, cell->file, (unsigned long long)cell->line,
                          (int)(now->suffix_length ? now->suffix_length : before->suffix_length),
                          now->suffix_length ? now->suffix : before->suffix);
}

/* The numbers of a column have no suffix in common, though those of its first rows had, or have, and no number was
 * there to show it. */
static tsl_status check_suffix(const tsl__number_form *form, const tsl__mark_evidence *e, const char *column,
                               tsl_error *err)
{
    const tsl__span now = tsl__mark_get_suffix(e);
    const tsl__mark_cells *cell = &e->suffix.cells;
    if (!form->suffix_length == !now.n) {
        return TSL_OK;
    }
    if (now.n) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s: \"%s\" (%s:%llu) and all other numbers have \"%.*s\" behind them, which the first "
                              "rows of the file, where there is none, did not show; leave it out",
                              column, cell->text, cell->file, (unsigned long long)cell->line, (int)now.n, now.s);
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s: \"%s\" (%s:%llu) and others have \"%.*s\" behind them, but not all of the %llu numbers; "
                          "write all in one unit, without it",
                          column, cell->text, cell->file, (unsigned long long)cell->line, (int)form->suffix_length,
                          form->suffix, (unsigned long long)e->count);
}

static void keep_first(tsl__mark_place *place, const tsl__mark_cells *cell, const char *column)
{
    if (!place->cell.count && cell->count) {
        *place = (tsl__mark_place){*cell, column};
    }
}

/* The files of a table are of one export, as a rule: what one of them shows of its mark, another that shows nothing may
 * not be read against. */
static tsl_status check_guess(tsl__reading *r, const tsl__mark_proof *proof, tsl__mark assumed, const char *column,
                              tsl_error *err)
{
    keep_first(&r->comma, &proof->comma, column);
    if (!proof->point.count && !proof->comma.count && assumed == TSL__MARK_NONE) {
        keep_first(&r->guessed, &proof->open, column);
    }
    return r->comma.cell.count && r->guessed.cell.count && get_declared(r) == TSL__MARK_NONE
               ? tsl__mark_fail_guessed(&r->guessed, &r->comma, err)
               : TSL_OK;
}

tsl_status tsl__forms_settle(tsl__reading *r, const tsl__field_map *map, char delimiter, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    const tsl__mark common = find_common(plan, r->observed.mark);
    tsl_status status = TSL_OK;
    for (size_t n = 0; n < plan->numbers; n++) {
        tsl__mark_evidence *e = &r->observed.mark[n];
        const char *column = plan->name[plan->number[n]];
        tsl__mark_reading how;
        if (!is_own(plan, n) || (!e->count && !e->other.cells.count)) {
            continue;
        }
        TSL__TRY(tsl__mark_decide(e, column, delimiter, get_assumed(r, n, common), get_declared(r),
                                  &r->table->info.notes, &how, err));
        if (how.mark != map->form[n].mark.mark && tsl__mark_get_proof(e)->open.count) {
            TSL__TRY(tsl__mark_fail_late(e, column, map->form[n].mark.mark, err));
        }
        TSL__TRY(check_guess(r, tsl__mark_get_proof(e), get_assumed(r, n, common), column, err));
        TSL__TRY(check_suffix(&map->form[n], e, column, err));
        TSL__TRY(check_files(&r->form[n], &map->form[n], &r->shown[n], e, column, err));
        const tsl__mark proven = tsl__mark_get_proven(e);
        if (proven == TSL__MARK_COMMA || delimiter == ';') { /* a point needs no proof elsewhere */
            r->proven[n] = proven;
        }
        r->form[n] = map->form[n];
        tsl__mark_join(&r->shown[n], e, 0);
        *e = (tsl__mark_evidence){.count = 0};
    }
done:
    return status;
}

/* 1: the amounts' currency is told by more than their cells: by a column, or by the name of theirs; or each is
 * converted from its own. */
static int is_currency_told(const tsl__reading *r, const tsl__plan_input *in)
{
    const tsl__plan *plan = &r->terms.plan;
    int told = in->unit.currency || r->terms.asked.rates.count;
    for (size_t i = 0; i < plan->outputs; i++) {
        told |= plan->output[i].role == TSL_ROLE_CURRENCY;
    }
    return told;
}

tsl_status tsl__forms_finish(tsl__reading *r, tsl_error *err)
{
    const tsl__plan *plan = &r->terms.plan;
    tsl_status status = TSL_OK;
    for (size_t n = 0; n < plan->numbers; n++) {
        const char *column = plan->name[plan->number[n]];
        const tsl__plan_input *in = &plan->input[plan->number[n]];
        TSL__TRY(in->role != TSL_ROLE_NONE ? tsl__role_unit_check(in->role, get_unit(in), column, &r->shown[n], err)
                                           : TSL_OK);
        TSL__TRY(
            tsl__role_unit_note(in->role, get_unit(in), column, &r->form[n], &r->shown[n], &r->table->info.notes, err));
        TSL__TRY(tsl__form_note(&r->form[n], &r->shown[n], column, &r->table->info.notes, err));
        TSL__TRY(is_currency_told(r, in) ? TSL_OK
                                         : tsl__mark_note_currency(&r->shown[n], column, &r->table->info.notes, err));
        TSL__TRY(r->proven[n] == TSL__MARK_NONE
                     ? TSL_OK
                     : tsl__asked_keep_mark(&r->terms.asked, column, (tsl_decimal_mark)r->proven[n], err));
    }
done:
    return status;
}
