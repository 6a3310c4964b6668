/* lacking_columns.c: columns of a table that one of its files lacks. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/names/column_hints.h"
#include "table/reader.h"

/* The own column that the input comes from: itself, or that by which it is looked up. */
static size_t find_own(const tsl__plan *plan, size_t input)
{
    while (plan->input[input].lookup != TSL__NONE) {
        input = plan->key[plan->input[input].lookup];
    }
    return input;
}

/* The first own column that the file lacks and without which the expression has no value there; TSL__NONE: none. */
static tsl_status find_lacking(const tsl__plan *plan, const tsl__table_file *in, const tsl__expr *expr, size_t *lacking,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *missing = NULL;
    size_t count = 0;
    const size_t *operand = expr ? tsl__expr_get_operands(expr, &count) : NULL;
    *lacking = TSL__NONE;
    TSL__NEED(missing = tsl__alloc_zero(plan->inputs, 1));
    for (size_t i = count; i-- > 0;) {
        const size_t own = find_own(plan, operand[i]);
        missing[operand[i]] = in->map.field[own] == TSL__NONE;
        *lacking = missing[operand[i]] ? own : *lacking;
    }
    if (*lacking != TSL__NONE && tsl__expr_allows_missing(expr, missing)) {
        *lacking = TSL__NONE;
    }
done:
    free(missing);
    return status;
}

/* A required role that nothing in the file gives is refused. */
static tsl_status check_required(const tsl__reader *f, const tsl__table_file *in, const tsl__plan_output *o,
                                 tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    const size_t own = o->input == TSL__NONE ? TSL__NONE : find_own(plan, o->input);
    size_t lacking = own != TSL__NONE && in->map.field[own] == TSL__NONE ? own : TSL__NONE, count;
    const char *const *names = tsl__csv_get_names(in->csv, &count);
    tsl_status status = TSL_OK;
    TSL__TRY(o->expr ? find_lacking(plan, in, o->expr, &lacking, err) : TSL_OK);
    if (lacking != TSL__NONE) {
        char hint[TSL__HINT_BYTES];
        if (f->columns.has_header && !tsl__csv_has_header(in->csv)) {
            snprintf(hint, sizeof hint, "; it has no header, and %zu columns in place of the %zu of %.200s", count,
                     f->columns.first_count, f->r.path);
        } else {
            tsl__column_hint_put(plan->name[lacking], names, count, hint);
        }
        TSL__TRY(tsl__error_set(err, TSL_E_NOT_FOUND, "%s: there is no column \"%s\", which %s the %s in %s%s",
                                in->map.name, plan->name[lacking], o->input == lacking ? "is" : "is needed for",
                                tsl_role_get_name(o->role), f->place[f->columns.column[lacking].has], hint));
    }
done:
    return status;
}

/* A condition that no row of the file can meet, as it asks for a column that is not there, is refused. */
static tsl_status check_condition(const tsl__reader *f, const tsl__table_file *in, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    tsl_status status = TSL_OK;
    size_t lacking;
    TSL__TRY(find_lacking(plan, in, plan->where, &lacking, err));
    if (lacking != TSL__NONE) {
        return tsl__error_set(err, TSL_E_NOT_FOUND,
                              "%s: there is no column \"%s\", which the condition asks for (where: %s); "
                              "coalesce(..., '') or \"is missing\" allows for that",
                              in->map.name, plan->name[lacking], f->r.terms.opt->where);
    }
done:
    return status;
}

tsl_status tsl__reader_map_columns(const tsl__reader *f, tsl__table_file *in, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    tsl_status status = TSL_OK;
    in->map.header = tsl__csv_get_header(in->csv, &in->map.columns);
    TSL__TRY(tsl__file_columns_map(&f->columns, in->csv, &in->map.field, err));
    for (size_t i = 0; i < plan->outputs; i++) {
        TSL__TRY(plan->output[i].required ? check_required(f, in, &plan->output[i], err) : TSL_OK);
    }
    TSL__TRY(check_condition(f, in, err));
    if (in->map.file > 0 && f->columns.has_header && tsl__file_columns_go_by_place(&f->columns, in->csv)) {
        TSL__TRY(tsl__found_add(&in->notes,
                                &(tsl__found){.kind = TSL_FINDING_NO_HEADER, .example = {{.file = in->map.name}}},
                                "%s has no header; its columns are taken in the order of %s", in->map.name, f->r.path));
    }
done:
    return status;
}

tsl_status tsl__reader_note_lacking(const tsl__reader *f, tsl_error *err)
{
    const tsl__plan *plan = &f->r.terms.plan;
    tsl_notes *notes = &f->r.table->info.notes;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < plan->own_inputs; i++) {
        const tsl__file_column *c = &f->columns.column[i];
        if (c->lacking && (plan->input[i].used || tsl__plan_is_status(plan, i))) {
            const char *name = plan->name[i], *file = f->place[c->lacks];
            const tsl__found found = {
                .kind = TSL_FINDING_MISSING_COLUMN, .count = c->lacking, .column = name, .example = {{.file = file}}};
            TSL__TRY(c->lacking == 1
                         ? tsl__found_add(notes, &found, "%s has no column \"%s\"; it is missing there", file, name)
                         : tsl__found_add(notes, &found,
                                          "%zu of the %zu files have no column \"%s\", the first of them %s; "
                                          "it is missing there",
                                          c->lacking, f->columns.files, name, file));
        }
    }
done:
    return status;
}
