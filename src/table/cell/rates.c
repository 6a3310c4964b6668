/* rates.c: the rates of currencies, as they are given, and which of them a sign or a code goes by. */
#include "table/cell/rates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/cell/currency.h"
#include "table/cell/parse_number.h"

/* ---- As they are given --------------------------------------------------- */

/* Digits and a point: no sign, and no comma, which might divide thousands. */
static int read_worth(const char *text, tsl__decimal *out)
{
    const tsl__span cell = tsl__span_make(text);
    return cell.n && strspn(text, "0123456789.") == cell.n && tsl__cell_decimal(cell, out) == 0 &&
           out->state == TSL__DECIMAL_OK && out->units > 0;
}

static tsl_status read_rate(const tsl_currency_rate *given, tsl__rate *out, tsl_error *err)
{
    int common;
    if (!given->currency || !given->worth) {
        return tsl__error_set(err, TSL_E_OPTION, "rates: a currency and its rate are expected");
    }
    const tsl__span text = tsl__span_make(given->currency);
    out->code = tsl__currency_get_code(text);
    if (!out->code) {
        return tsl__error_set(err, TSL_E_OPTION, "rates: \"%.*s\" is no code of a currency (ISO 4217), such as EUR",
                              tsl__text_head(given->currency, 40), given->currency);
    }
    out->currency = TSL__CURRENCY_NONE;
    tsl__currency_find(tsl__span_make(out->code), &out->currency, &common);
    if (!read_worth(given->worth, &out->worth)) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "rates: %s: \"%.*s\" is no number above 0 with a decimal point, such as 0.92", out->code,
                              tsl__text_head(given->worth, 40), given->worth);
    }
    return TSL_OK;
}

static int compare_rates(const void *a, const void *b)
{
    const tsl__rate *x = a, *y = b;
    return strcmp(x->code, y->code);
}

/* The run's own currency, which the others are told in. */
static tsl_status find_base(tsl__rates *rates, tsl_error *err)
{
    const tsl__decimal one = tsl__decimal_make(1, 0, 0);
    const char *found = NULL;
    for (size_t i = 0; i < rates->count; i++) {
        const tsl__rate *rate = &rates->rate[i];
        if (i > 0 && strcmp(rate[-1].code, rate->code) == 0) {
            return tsl__error_set(err, TSL_E_OPTION, "rates: %s stands twice", rate->code);
        }
        if (tsl__decimal_compare(rate->worth, one) != 0) {
            continue;
        }
        if (found) {
            return tsl__error_set(err, TSL_E_OPTION,
                                  "rates: %s and %s are both 1; exactly one is expected, that of the run's amounts",
                                  found, rate->code);
        }
        found = rate->code;
        rates->base = i;
    }
    return found
               ? TSL_OK
               : tsl__error_set(err, TSL_E_OPTION,
                                "rates: none is 1; exactly one is expected, that of the run's amounts: EUR=1,USD=0.92");
}

tsl_status tsl__rates_open(const tsl_currency_rate *given, size_t count, tsl__rates *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (tsl__rates){.count = 0};
    if (count == 0) {
        return TSL_OK;
    }
    TSL__NEED(out->rate = tsl__alloc(count, sizeof *out->rate));
    for (; out->count < count; out->count++) {
        TSL__TRY(read_rate(&given[out->count], &out->rate[out->count], err));
    }
    qsort(out->rate, count, sizeof *out->rate, compare_rates);
    TSL__TRY(find_base(out, err));
done:
    return status;
}

void tsl__rates_free(tsl__rates *rates)
{
    free(rates->rate);
    *rates = (tsl__rates){.count = 0};
}

/* ---- Which one ------------------------------------------------------------- */

size_t tsl__rates_find(const tsl__rates *rates, int currency)
{
    size_t found = TSL__RATE_NONE, beside = TSL__RATE_NONE;
    for (size_t i = 0; i < rates->count; i++) {
        const int one = rates->rate[i].currency;
        if (one == TSL__CURRENCY_NONE || !(tsl__currency_get_fits(one) & tsl__currency_get_fits(currency))) {
            continue;
        }
        found = found == TSL__RATE_NONE ? i : TSL__RATE_SEVERAL;
        if (tsl__currency_is_beside(one, currency)) {
            beside = beside == TSL__RATE_NONE ? i : TSL__RATE_SEVERAL;
        }
    }
    return found == TSL__RATE_SEVERAL && beside != TSL__RATE_NONE ? beside : found;
}

size_t tsl__rates_find_text(const tsl__rates *rates, tsl__span text)
{
    const char *code = tsl__currency_get_code(text);
    int currency, common;
    for (size_t i = 0; code && i < rates->count; i++) {
        if (rates->rate[i].code == code) {
            return i;
        }
    }
    return !code && text.n && tsl__currency_find(text, &currency, &common) == text.n ? tsl__rates_find(rates, currency)
                                                                                     : TSL__RATE_NONE;
}

char *tsl__rates_put_codes(const tsl__rates *rates, char out[TSL__RATES_BYTES])
{
    size_t n = 0;
    *out = '\0';
    for (size_t i = 0; i < rates->count; i++) {
        const int last = i + 1 == rates->count;
        if (n + 16 > TSL__RATES_BYTES) { /* hardly ever, and the user has written them */
            snprintf(out + n, TSL__RATES_BYTES - n, ", ...");
            break;
        }
        n += (size_t)snprintf(out + n, TSL__RATES_BYTES - n, "%s%s",
                              i == 0 ? ""
                              : last ? " and "
                                     : ", ",
                              rates->rate[i].code);
    }
    return out;
}

void tsl__rates_blame(const tsl__rates *rates, const char *column, const char *what, char fault[TSL__RATE_FAULT_BYTES])
{
    char codes[TSL__RATES_BYTES];
    if (!*fault) {
        snprintf(fault, TSL__RATE_FAULT_BYTES, "%.*s: %s; there are rates of %s", tsl__text_head(column, 80), column,
                 what, tsl__rates_put_codes(rates, codes));
    }
}

size_t tsl__rates_settle(const tsl__rates *rates, const tsl__money_told *told, char fault[TSL__RATE_FAULT_BYTES])
{
    const int by_text = told->text.n > 0, sign = told->sign;
    const char *column = by_text ? told->text_column : told->sign_column, *name = tsl__currency_get_name(sign);
    char what[160] = "", shown[48];
    size_t rate = by_text ? tsl__rates_find_text(rates, told->text) : tsl__rates_find(rates, sign);
    const int none = rate == TSL__RATE_NONE || rate == TSL__RATE_SEVERAL;
    const int held = none ? sign : rates->rate[rate].currency;
    tsl__span_show(told->text, shown, sizeof shown);
    if (none) {
        snprintf(what, sizeof what, "%s%s%s %s", by_text ? "\"" : "", by_text ? shown : name, by_text ? "\"" : "",
                 rate == TSL__RATE_NONE ? "has no rate" : "may be one of several that have a rate");
    } else if (by_text && sign && (!held || !(tsl__currency_get_fits(held) & tsl__currency_get_fits(sign)))) {
        snprintf(what, sizeof what, "\"%s\" stands beside %s", shown, name);
        rate = TSL__RATE_NONE;
    }
    if (*what) {
        tsl__rates_blame(rates, column, what, fault);
    }
    return rate;
}
