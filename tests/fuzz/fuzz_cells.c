/* fuzz_cells.c: any bytes as a cell: a date, a number, a currency, a unit. */
#include "fuzz/fuzz_table.h"

#include "base/text.h"
#include "table/cell/currency.h"
#include "table/cell/figure.h"
#include "table/cell/plain_decimal.h"
#include "table/cell/unit.h"
#include "table/date/fixed_time.h"
#include "table/date/number_date.h"
#include "table/date/parse_date.h"

static void take_date(tsl__span cell)
{
    tsl__moment moment;
    int64_t value;
    int32_t offset;
    if (tsl__moment_read(cell, &moment)) {
        FUZZ_MUST(moment.form != TSL__DATE_NONE && moment.fault == TSL__DATE_GOOD);
        value = tsl__moment_get_value(&moment);
        FUZZ_MUST(value != TSL_MISSING_INT);
        for (int order = TSL_DATES_AUTO; tsl__time_is_open(value) && order <= TSL_DATES_YMD; order++) {
            const int64_t seconds = tsl__open_get(value, (tsl_date_order)order);
            FUZZ_MUST(seconds == TSL_MISSING_INT || tsl__time_is_of_calendar(seconds));
        }
        if (tsl__time_is_open(value)) {
            tsl__open_get_offset(value, &offset);
        }
    } else {
        FUZZ_MUST(moment.fault != TSL__DATE_GOOD && tsl__date_fault_get_text(moment.fault, TSL_DATES_AUTO)[0]);
    }
}

/* The short ways give what the long ones do. */
static void take_short(tsl__span cell)
{
    tsl__fixed_time time;
    tsl__moment moment;
    tsl__plain_decimal plain;
    tsl__figure figure;
    int64_t value = 0;
    int rounded = 0;
    if (tsl__fixed_time_read(cell, &time)) {
        FUZZ_MUST(tsl__moment_read(cell, &moment) && moment.has_clock == time.has_clock && !moment.open);
        FUZZ_MUST(moment.seconds == (int64_t)time.day * TSL__DAY_SECONDS + time.second);
    }
    if (tsl__plain_decimal_read(cell, &plain)) {
        FUZZ_MUST(tsl__cell_read(cell, TSL__MARK_POINT, &figure) == 0 && figure.open == TSL__MARK_NONE);
        FUZZ_MUST(tsl__decimal_get(tsl__figure_get_decimal(&figure), &value, &rounded) == TSL__DECIMAL_OK);
        FUZZ_MUST(value == tsl__plain_decimal_get(plain) && !rounded);
    }
}

static void take_number(tsl__span cell)
{
    tsl__figure figure;
    tsl__decimal plain;
    double number;
    const int is_plain = tsl__cell_decimal(cell, &plain) == 0;
    for (int mark = TSL__MARK_NONE; mark <= TSL__MARK_COMMA; mark++) {
        const int good = tsl__cell_read(cell, (tsl__mark)mark, &figure) == 0;
        if (good) {
            const tsl__span text = tsl__figure_get_plain(&figure, cell);
            const tsl__decimal exact = tsl__figure_get_decimal(&figure);
            tsl__figure_get_number(&figure, cell, &number);
            FUZZ_MUST(text.n > 0);
            FUZZ_MUST(mark == TSL__MARK_COMMA || !is_plain || exact.state != plain.state || exact.units == plain.units);
        }
        FUZZ_MUST(good || !is_plain || mark == TSL__MARK_COMMA);
    }
    if (tsl__cell_number(cell, &number) == 0) {
        tsl__cell_is_inexact(cell, number);
        tsl__cell_keeps_digits(cell, number);
    }
    tsl__cell_is_missing(cell);
    tsl__cell_is_missing_id(cell);
    tsl__cell_is_code(cell);
}

static void take_words(tsl__span cell)
{
    tsl__unit unit;
    int currency, common;
    for (int kind = TSL__UNIT_ANY; kind <= TSL__UNIT_SCALE; kind++) {
        if (tsl__unit_read(cell, (tsl__unit_kind)kind, &unit)) {
            FUZZ_MUST(unit.numerator >= 0 && unit.denominator > 0); /* 0: to be refused */
        }
    }
    const size_t taken = tsl__currency_find(cell, &currency, &common);
    FUZZ_MUST(taken <= cell.n);
    if (taken) {
        FUZZ_MUST(tsl__currency_get_fits(currency) != 0 && tsl__currency_get_name(currency)[0]);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const tsl__span cell = tsl__cell_trim((tsl__span){(const char *)data, size});
    if (size == 0 || tsl__utf8_check(cell.s, cell.n) != cell.n || cell.n == 0 || memchr(cell.s, 0, cell.n)) {
        return 0; /* such rows are rejected before */
    }
    take_date(cell);
    take_short(cell);
    take_number(cell);
    take_words(cell);
    return 0;
}
