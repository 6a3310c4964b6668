/* told_money.c: the currency of the money that customers tell, found by cells; converted row by row. */
#include "table/amounts/told_money.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/cell/currency_cells.h"
#include "table/table_findings.h"

/* ---- The column of the currency --------------------------------------------------- */

static int has_role(const tsl__plan *plan, tsl_role role)
{
    size_t i = 0;
    while (i < plan->outputs && plan->output[i].role != role) {
        i++;
    }
    return i < plan->outputs;
}

/* A code of a currency, where the texts are such codes; else NULL. */
static const char *get_code(const tsl__profile *p)
{
    tsl__currency_cells cells = {.cells = 0};
    const size_t texts = p->dict ? tsl__dict_get_count(p->dict) : 0;
    for (size_t i = 0; i < texts; i++) {
        tsl__currency_cells_add(&cells, tsl__cell_trim(tsl__profile_get_text(p, i)), p->use[i].rows);
    }
    return tsl__currency_cells_get(&cells);
}

/* Where each of its texts stands. */
static tsl_status find_places(tsl__reading *r, size_t output, const tsl__profile *p, tsl__where where, void *user,
                              tsl_error *err)
{
    tsl__output_observed *seen = &r->observed.output[output];
    tsl_status status = TSL_OK;
    TSL__NEED(seen->firsts || (seen->firsts = tsl__alloc_zero(1, sizeof *seen->firsts)));
    for (size_t i = 0; i < tsl__dict_get_count(p->dict); i++) {
        const char *file = NULL;
        uint64_t line = 0;
        if (p->use[i].rows) {
            where(user, p->use[i].first, &file, &line);
            tsl__first_texts_add(seen->firsts, tsl__profile_get_text(p, i), file, line);
        }
    }
done:
    return status;
}

tsl_status tsl__told_money_find(tsl__reading *r, const tsl__profile *profile, tsl__where where, void *user,
                                tsl_error *err)
{
    tsl__plan *plan = &r->terms.plan;
    const int is_told = has_role(plan, TSL_ROLE_SPEND) || has_role(plan, TSL_ROLE_MEAN_ORDER);
    size_t only = TSL__NONE, count = 0;
    tsl_status status = TSL_OK;
    for (size_t i = 1; i < plan->outputs && is_told && !has_role(plan, TSL_ROLE_CURRENCY); i++) {
        const tsl__plan_output *o = &plan->output[i];
        if (o->role == TSL_ROLE_NONE && !(o->rule && o->rule->type != TSL_TYPE_AUTO) && get_code(&profile[i])) {
            only = count++ ? only : i;
        }
    }
    if (!count) {
        return TSL_OK;
    }
    tsl__plan_output *o = &plan->output[only];
    const char *code = get_code(&profile[only]), *option = tsl_role_get_option(TSL_ROLE_CURRENCY, r->terms.kind);
    const tsl__found found = {.kind = TSL_FINDING_ASSUMED_ROLE, .column = o->name};
    if (count > 1) {
        return tsl__found_add(
            &r->table->info.notes, &found,
            "%s: %zu columns, \"%s\" the first of them, hold codes of currencies such as %s, and none "
            "is taken for that of the amounts; --%s names it",
            r->path, count, o->name, code, option);
    }
    o->role = TSL_ROLE_CURRENCY;
    TSL__TRY(find_places(r, only, &profile[only], where, user, err));
    TSL__TRY(tsl__found_add(&r->table->info.notes, &found,
                            "%s: \"%s\" is taken for the currency, as its cells are codes of currencies such as %s; "
                            "--%s names another",
                            r->path, o->name, code, option));
done:
    return status;
}

/* ---- Conversion --------------------------------------------------------------------- */

/* One column of money. */
typedef struct money {
    tsl_column *column;
    int sign;       /* the currency that it tells itself */
    int is_counted; /* 1: the first one, whose sums are told */
    uint64_t rounded;
    uint64_t lost; /* amounts whose currency is missing */
    tsl__found_at first;
} money;

static tsl_column *find_column(const tsl__reading *r, const char *name)
{
    for (size_t i = 0; i < r->table->column_count; i++) {
        if (strcmp(r->table->column[i].name, name) == 0) {
            return &r->table->column[i];
        }
    }
    return NULL;
}

/* What the row has; 0: nothing. */
static int get_amount(const money *m, size_t row, tsl__decimal *out)
{
    if (m->column->integer) {
        *out = (tsl__decimal){.units = m->column->integer[row], .places = TSL_DECIMAL_PLACES};
        return m->column->integer[row] != TSL_MISSING_INT;
    }
    const double number = m->column->number[row] * (double)TSL_DECIMAL_ONE;
    const int fits = fabs(number) < 9e18;
    *out = (tsl__decimal){.units = fits ? llround(number) : 0, .places = TSL_DECIMAL_PLACES};
    return !isnan(number);
}

/* The row's amount by the rate; 0: it is too large. */
static int put_amount(money *m, size_t row, tsl__decimal exact, const tsl__rate *rate, int64_t *units)
{
    int rounded = 0;
    const int fits = tsl__decimal_get(tsl__decimal_multiply(exact, rate->worth), units, &rounded) == TSL__DECIMAL_OK;
    if (fits && m->column->integer) {
        ((int64_t *)m->column->integer)[row] = *units;
        m->rounded += (uint64_t)rounded;
    } else if (m->column->number) {
        ((double *)m->column->number)[row] *= (double)rate->worth.units / (double)tsl__tens[rate->worth.places];
    }
    return fits || m->column->number;
}

static void lose(money *m, size_t row, const tsl__found_at *at)
{
    if (m->column->integer) {
        ((int64_t *)m->column->integer)[row] = TSL_MISSING_INT;
    } else {
        ((double *)m->column->number)[row] = NAN;
    }
    m->column->missing++;
    m->first = m->lost++ ? m->first : *at;
}

static tsl_status convert_row(tsl__reading *r, money *m, const tsl_column *currency, size_t row,
                              const tsl__row_origin *origin, tsl_error *err)
{
    const tsl__rates *rates = &r->terms.asked.rates;
    const int32_t code = currency ? currency->code[row] : -1;
    const tsl__found_at at = {.file = r->place[origin->file], .line = origin->line};
    const tsl__money_told told = {.text = tsl__span_make(code < 0 ? "" : currency->dict[code]),
                                  .text_column = currency ? currency->name : NULL,
                                  .sign_column = m->column->name,
                                  .sign = m->sign};
    char fault[TSL__RATE_FAULT_BYTES] = "";
    tsl__decimal exact;
    int64_t units;
    size_t rate = rates->base;
    tsl_status status = TSL_OK;
    if (!get_amount(m, row, &exact) || exact.units == 0) { /* nothing is nothing in any currency */
        return TSL_OK;
    }
    if (told.text.n || told.sign) {
        rate = tsl__rates_settle(rates, &told, fault);
    } else if (currency) {
        lose(m, row, &at);
        return TSL_OK;
    } else if (m->is_counted && r->observed.unpriced.rows++ == 0) {
        r->observed.unpriced.file = origin->file;
        r->observed.unpriced.line = origin->line;
    }
    if (!*fault && !put_amount(m, row, exact, &rates->rate[rate], &units)) {
        tsl__rates_blame(rates, m->column->name, "what it is worth is beyond what amounts can be", fault);
    }
    if (!*fault && m->is_counted) {
        tsl__converted_add(&r->observed.converted[rate], &(tsl__converted){1, exact, m->column->integer ? units : 0});
    }
    if (*fault && !r->observed.money_fault) {
        TSL__NEED(r->observed.money_fault = tsl__format("%s:%llu: %s", at.file, (unsigned long long)at.line, fault));
    }
done:
    return status;
}

static tsl_status note_lost(tsl__reading *r, const money *m, const tsl_column *currency, tsl_error *err)
{
    const int one = m->lost == 1;
    const tsl__found found = {
        .kind = TSL_FINDING_UNFIT_CELLS, .count = m->lost, .column = m->column->name, .example = {m->first}};
    return m->lost
               ? tsl__found_add(&r->table->info.notes, &found,
                                "%s: %llu amount%s no currency in \"%s\", the first in %.*s:%llu, and %s missing, as "
                                "%s may be in any",
                                m->column->name, (unsigned long long)m->lost, one ? " has" : "s have", currency->name,
                                tsl__text_head(m->first.file, 180), m->first.file, (unsigned long long)m->first.line,
                                one ? "is" : "are", one ? "it" : "they")
               : TSL_OK;
}

tsl_status tsl__told_money_convert(tsl__reading *r, const tsl__profile *profile, const size_t *order, tsl_error *err)
{
    const tsl_column *currency = tsl_table_get_role(r->table, TSL_ROLE_CURRENCY);
    int counted = 0;
    tsl_status status = TSL_OK;
    for (size_t i = 1; i < r->terms.plan.outputs && r->terms.asked.rates.count; i++) {
        const tsl__plan_output *o = &r->terms.plan.output[i];
        money m = {.column = tsl__output_is_money(o) ? find_column(r, o->name) : NULL};
        if (!m.column || !(m.column->integer || m.column->number) ||
            (o->is_value && !currency && o->role == TSL_ROLE_NONE)) { /* what they are ranked by may be no money */
            continue;
        }
        m.is_counted = !counted++;
        TSL__TRY(tsl__output_get_currency(r, i, profile, &m.sign, err));
        for (size_t row = 0; row < r->rows; row++) {
            TSL__TRY(convert_row(r, &m, currency, row, &r->origin[order[row]], err));
        }
        TSL__TRY(note_lost(r, &m, currency, err));
        r->table->info.rounded += m.rounded;
    }
done:
    return status;
}
