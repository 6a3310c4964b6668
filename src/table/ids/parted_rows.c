/* parted_rows.c: one customer in two files, each of which has columns that the other lacks. */
#include "table/ids/parted_rows.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#define MOST_NAMES 3

/* 1: the file lacks the own column, or that by which it is looked up. */
static int lacks_input(const tsl__reading *r, size_t file, size_t input)
{
    const tsl__plan *plan = &r->terms.plan;
    while (plan->input[input].lookup != TSL__NONE) {
        input = plan->key[plan->input[input].lookup];
    }
    return !tsl__file_columns_has(r->columns, file, input);
}

static int lacks(const tsl__reading *r, size_t file, size_t output)
{
    const tsl__plan_output *o = &r->terms.plan.output[output];
    size_t count = 0;
    const size_t *operand = o->expr ? tsl__expr_get_operands(o->expr, &count) : NULL;
    int lacking = o->input != TSL__NONE && lacks_input(r, file, o->input);
    for (size_t i = 0; i < count && !lacking; i++) {
        lacking = lacks_input(r, file, operand[i]);
    }
    return lacking;
}

int tsl__rows_are_parted(const tsl__reading *r, size_t one, size_t other)
{
    const size_t a = r->origin[one].file, b = r->origin[other].file;
    int differ = 0;
    if (!r->columns || a == b) {
        return 0;
    }
    for (size_t i = 1; i < r->terms.plan.outputs; i++) {
        const tsl__column_build *c = &r->build[i];
        if (c->dict ? c->code[one] != c->code[other] : c->integer[one] != c->integer[other]) {
            if (!lacks(r, a, i) && !lacks(r, b, i)) {
                return 0;
            }
            differ = 1;
        }
    }
    return differ;
}

/* "only a.csv has age, city" */
static void put_columns(const tsl__reading *r, size_t file, size_t other, const char *between, tsl__text *text)
{
    size_t count = 0;
    for (size_t i = 1; i < r->terms.plan.outputs; i++) {
        if (lacks(r, file, i) || !lacks(r, other, i)) {
            continue;
        }
        if (count == 0) {
            tsl__text_printf(text, "%sonly %s has \"%s\"", between, r->place[file], r->terms.plan.output[i].name);
        } else if (count < MOST_NAMES) {
            tsl__text_printf(text, ", \"%s\"", r->terms.plan.output[i].name);
        }
        count++;
    }
    if (count > MOST_NAMES) {
        tsl__text_printf(text, " and %zu more", count - MOST_NAMES);
    }
}

tsl_status tsl__rows_fail_parted(const tsl__reading *r, size_t one, size_t other, size_t customers, tsl_error *err)
{
    const tsl__row_origin *a = &r->origin[one], *b = &r->origin[other];
    tsl__text columns = {0};
    tsl_status status = TSL_OK;
    put_columns(r, a->file, b->file, "", &columns);
    put_columns(r, b->file, a->file, columns.length ? ", " : "", &columns);
    TSL__NEED(!columns.failed);
    TSL__TRY(tsl__error_set(
        err, TSL_E_INPUT,
        "%zu customer%s in several files whose columns differ, such as that of %s:%llu and %s:%llu: %s; take one file "
        "for the customers, and look the other up in it by their id (customers.lookups in the configuration: file, "
        "key, file_key), or give "
        "it by --transactions or --interactions where it is such a table",
        customers, customers == 1 ? " stands" : "s stand", r->place[a->file], (unsigned long long)a->line,
        r->place[b->file], (unsigned long long)b->line, columns.data ? columns.data : ""));
done:
    tsl__text_free(&columns);
    return status;
}
