/* finish_rates.c: what was made of amounts of several currencies by their rates, or why that could not be. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/cell/typed.h"
#include "table/reading.h"

/* With two to four places. */
static void put_money(tsl__text *out, tsl__decimal sum)
{
    char text[TSL__TYPED_BYTES];
    sum = tsl__decimal_round(sum, TSL_DECIMAL_PLACES);
    for (; sum.places > 2 && sum.units % 10 == 0; sum.places--) {
        sum.units /= 10;
    }
    for (; sum.places < 2; sum.places++) {
        sum.units *= 10;
    }
    const tsl__typed cell = {.form = TSL__TYPED_DECIMAL, .units = sum.units, .places = sum.places};
    tsl__text_puts(out, sum.state == TSL__DECIMAL_OK ? tsl__typed_show(&cell, text).s : "too large to be told");
}

static tsl__decimal get_worth(const tsl__converted *c)
{
    return (tsl__decimal){.units = c->worth, .places = TSL_DECIMAL_PLACES};
}

/* "120 in EUR (1234.50), 3 in USD at 0.92 (340.50, worth 313.26)" */
static void put_currencies(const tsl__reading *r, tsl__text *out)
{
    const tsl__rates *rates = &r->terms.asked.rates;
    int told = 0;
    for (size_t i = 0; i < rates->count; i++) {
        const tsl__converted *c = &r->observed.converted[i];
        if (!c->amounts) {
            continue;
        }
        char rate[32];
        tsl__double_write(r->table->converted[i].rate, rate);
        tsl__text_printf(out, "%s%llu in %s%s%s (", told++ ? ", " : "", (unsigned long long)c->amounts,
                         rates->rate[i].code, i == rates->base ? "" : " at ", i == rates->base ? "" : rate);
        put_money(out, c->sum);
        if (i != rates->base) {
            tsl__text_puts(out, ", worth ");
            put_money(out, get_worth(c));
        }
        tsl__text_puts(out, ")");
    }
}

/* In 1/10000. */
static int64_t get_units(tsl__decimal sum)
{
    int64_t units = TSL_MISSING_INT;
    int rounded;
    return tsl__decimal_get(sum, &units, &rounded) == TSL__DECIMAL_OK ? units : TSL_MISSING_INT;
}

/* The table tells what was made of each currency. */
static tsl_status fill_converted(tsl__reading *r, tsl_error *err)
{
    const tsl__rates *rates = &r->terms.asked.rates;
    tsl_table *table = r->table;
    tsl_status status = TSL_OK;
    TSL__NEED(table->converted = tsl__alloc_zero(rates->count, sizeof *table->converted));
    for (size_t i = 0; i < rates->count; i++) {
        const tsl__converted *c = &r->observed.converted[i];
        const tsl__decimal worth = rates->rate[i].worth;
        table->converted[i] = (tsl_converted){.currency = rates->rate[i].code,
                                              .rate = (double)worth.units / (double)tsl__tens[worth.places],
                                              .amounts = c->amounts,
                                              .sum = get_units(c->sum),
                                              .worth = get_units(get_worth(c))};
    }
    table->info.converted = table->converted;
    table->info.converted_count = rates->count;
done:
    return status;
}

/* What has no currency is taken for the run's. */
static tsl_status note_unpriced(tsl__reading *r, tsl_error *err)
{
    const tsl__some_rows *u = &r->observed.unpriced;
    const tsl__rates *rates = &r->terms.asked.rates;
    if (!u->rows) {
        return TSL_OK;
    }
    const char *file = r->place[u->file];
    const tsl__found found = {
        .kind = TSL_FINDING_ASSUMED_CURRENCY, .count = u->rows, .example = {{.file = file, .line = u->line}}};
    return tsl__found_add(
        &r->table->info.notes, &found,
        "%llu amount%s no currency, the first in %.*s:%llu, and %s taken to be in %s, whose rate is 1",
        (unsigned long long)u->rows, u->rows == 1 ? " has" : "s have", tsl__text_head(file, 180), file,
        (unsigned long long)u->line, u->rows == 1 ? "is" : "are", rates->rate[rates->base].code);
}

tsl_status tsl__finish_rates(tsl__reading *r, tsl_error *err)
{
    const tsl__rates *rates = &r->terms.asked.rates;
    const char *base = rates->rate[rates->base].code;
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    if (r->observed.money_fault) {
        return tsl__error_set(err, TSL_E_INPUT, "%s", r->observed.money_fault);
    }
    TSL__TRY(fill_converted(r, err));
    put_currencies(r, &text);
    TSL__NEED(!text.failed);
    TSL__TRY(text.length ? tsl__notes_add(&r->table->info.notes, "amounts are converted to %s by the rates given: %s",
                                          base, text.data)
                         : TSL_OK);
    TSL__TRY(note_unpriced(r, err));
done:
    tsl__text_free(&text);
    return status;
}
