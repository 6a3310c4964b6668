/* told.c: what a table of customers tells of their purchases, where no transactions do. */
#include "feature/records/told.h"

#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/names/roles.h"

#include <inttypes.h>
#include <math.h>

#define MOST_GAPS 1000 /* more are as these */

int tsl__told_is_there(const tsl_table *customers)
{
    for (int r = TSL_ROLE_NONE + 1; r < TSL_ROLES; r++) {
        if (tsl__role_get_info((tsl_role)r)->purchases && tsl_table_get_role(customers, (tsl_role)r)) {
            return 1;
        }
    }
    return 0;
}

tsl__told_columns tsl__told_open(const tsl_tables *tables)
{
    const tsl_table *from = tables->transactions ? NULL : tables->customers;
    tsl__told_columns told = {.as_of = tables->as_of};
    const struct {
        tsl_role role;
        const tsl_column **column;
    } wanted[] = {{TSL_ROLE_RECENCY, &told.recency},   {TSL_ROLE_LAST_ORDER, &told.last},
                  {TSL_ROLE_FIRST_ORDER, &told.first}, {TSL_ROLE_ORDERS, &told.orders},
                  {TSL_ROLE_SPEND, &told.spend},       {TSL_ROLE_MEAN_ORDER, &told.mean}};
    for (size_t i = 0; from && i < sizeof wanted / sizeof *wanted; i++) {
        *wanted[i].column = tsl_table_get_role(from, wanted[i].role);
    }
    if (told.as_of == TSL_NO_DAY) { /* a date alone is no number of days */
        told.last = told.first = NULL;
    }
    return told;
}

int tsl__told_has(const tsl__told_columns *t, tsl__told what)
{
    const int recency = t->recency || t->last;
    switch (what) {
    case TSL__TOLD_RECENCY:
        return recency;
    case TSL__TOLD_ORDERS:
        return t->orders != NULL;
    case TSL__TOLD_TENURE:
        return t->first != NULL;
    case TSL__TOLD_SPEND:
        return t->spend != NULL;
    case TSL__TOLD_MEAN:
        return t->mean || (t->spend && t->orders);
    case TSL__TOLD_DAYS: /* which part those who bought once from others, where the core is there */
    case TSL__TOLD_SCORES:
        return recency && t->orders && t->spend;
    default:
        return 0;
    }
}

const tsl_column *tsl__told_get_column(const tsl__told_columns *t, tsl__told what)
{
    const tsl_column *const column[TSL__TOLDS] = {[TSL__TOLD_RECENCY] = t->last ? t->last : t->recency,
                                                  [TSL__TOLD_ORDERS] = t->orders,
                                                  [TSL__TOLD_TENURE] = t->first,
                                                  [TSL__TOLD_SPEND] = t->spend,
                                                  [TSL__TOLD_MEAN] = t->mean};
    return column[what];
}

int tsl__told_has_history(const tsl__told_columns *told)
{
    return tsl__told_has(told, TSL__TOLD_RECENCY) && tsl__told_has(told, TSL__TOLD_ORDERS);
}

/* ---- One customer ---------------------------------------------------------------- */

static int64_t get_cell(const tsl_column *column, size_t row)
{
    return column ? column->integer[row] : TSL_MISSING_INT;
}

static double get_number(const tsl_column *column, size_t row)
{
    const int64_t v = get_cell(column, row);
    return v == TSL_MISSING_INT ? (double)NAN : (double)v / (double)TSL_DECIMAL_ONE;
}

/* Days from the date to the as-of day; NaN: none, or not before it. */
static double get_days(const tsl__told_columns *told, const tsl_column *column, size_t row)
{
    const int64_t v = get_cell(column, row);
    const int32_t days = v == TSL_MISSING_INT ? 0 : told->as_of - tsl__time_day(v);
    return days > 0 ? (double)days : (double)NAN;
}

/* 1 where no cell says anything: he bought nothing. */
static int is_silent(const tsl__told_columns *t, size_t row)
{
    const tsl_column *const all[] = {t->recency, t->last, t->first, t->orders, t->spend, t->mean};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (get_cell(all[i], row) != TSL_MISSING_INT) {
            return 0;
        }
    }
    return 1;
}

/* 1 where the last order lies at or after the as-of day. */
static int is_late(const tsl__told_columns *t, size_t row)
{
    const int64_t last = get_cell(t->last, row);
    return last != TSL_MISSING_INT && tsl__time_day(last) >= t->as_of;
}

/* Of one who bought: his only order is his first; a first one after the last is none. */
static double get_tenure(const tsl__told_columns *t, size_t row, double orders, double recency)
{
    const double tenure = get_days(t, t->first, row);
    return isnan(tenure) ? (orders == 1 ? recency : (double)NAN) : tenure < recency ? (double)NAN : tenure;
}

/* As the mean of amounts is taken in aggregate.c, so that both ways give the same bits. */
static double get_mean(const tsl__told_columns *t, size_t row, double orders)
{
    const int64_t spend = get_cell(t->spend, row);
    const double mean = get_number(t->mean, row);
    return !isnan(mean) || spend == TSL_MISSING_INT ? mean : (double)spend / ((double)TSL_DECIMAL_ONE * orders);
}

void tsl__told_get(const tsl__told_columns *t, size_t row, double value[TSL__TOLDS])
{
    const double orders = is_silent(t, row) ? 0 : get_number(t->orders, row), spend = get_number(t->spend, row);
    for (int i = 0; i < TSL__TOLDS; i++) {
        value[i] = NAN;
    }
    value[TSL__TOLD_ORDERS] = value[TSL__TOLD_DAYS] = orders;
    value[TSL__TOLD_SPEND] = orders == 0 && isnan(spend) ? 0 : spend;
    if (orders == 0) {
        return;
    }
    const double last = get_days(t, t->last, row);
    const double recency = isnan(last) && !is_late(t, row) ? get_number(t->recency, row) : last;
    const double tenure = get_tenure(t, row, orders, recency);
    value[TSL__TOLD_RECENCY] = recency;
    value[TSL__TOLD_TENURE] = tenure;
    value[TSL__TOLD_MEAN] = get_mean(t, row, orders);
    if (!isnan(tenure) && !isnan(recency)) { /* at most one day each from the first to the last */
        value[TSL__TOLD_DAYS] = isnan(orders) ? orders : fmin(orders, floor(tenure - recency) + 1);
    }
}

/* The mean of the i + 1 smallest of n, in units of the mean, where n are exponentially distributed: 1/n + 1/(n - 1) +
 * ...
 */
static double get_order_mean(int n, int i)
{
    double sum = 0;
    for (int k = n - i; k <= n; k++) {
        sum += 1.0 / k;
    }
    return sum;
}

/* What the 90 % quantile (type 7) of so many gaps is of their mean, where a purchase does not wait for the last one:
 * for one gap 1, for two 1.4, for many ln 10. */
static double get_p90_of_mean(double gaps)
{
    const int n = gaps < MOST_GAPS ? (int)gaps : MOST_GAPS, below = (int)((n - 1) * .9);
    const double low = get_order_mean(n, below), high = below + 1 < n ? get_order_mean(n, below + 1) : low;
    return low + ((n - 1) * .9 - below) * (high - low);
}

void tsl__told_put_history(const double value[TSL__TOLDS], double h[TSL_HISTORY_COLUMNS])
{
    const double days = value[TSL__TOLD_DAYS], tenure = value[TSL__TOLD_TENURE];
    const double span = tenure - value[TSL__TOLD_RECENCY];
    for (int c = 0; c < TSL_HISTORY_COLUMNS; c++) {
        h[c] = NAN;
    }
    if (days == 0) {
        return;
    }
    h[TSL_HISTORY_X] = isnan(days) ? 0 : days - 1; /* no gap is known */
    h[TSL_HISTORY_TX] = span;
    h[TSL_HISTORY_T] = tenure - 1;
    if (h[TSL_HISTORY_X] > 0) {
        h[TSL_HISTORY_GAP_P90] = span / h[TSL_HISTORY_X] * get_p90_of_mean(h[TSL_HISTORY_X]);
    }
}

/* ---- All of them ------------------------------------------------------------------- */

int64_t tsl__told_get_spend(const tsl__told_columns *told, size_t row)
{
    const int64_t spend = get_cell(told->spend, row);
    return spend == TSL_MISSING_INT ? 0 : spend;
}

int tsl__told_get_decimals(const tsl__told_columns *told, size_t rows)
{
    int64_t unit = TSL_DECIMAL_ONE;
    int decimals = 0;
    for (size_t row = 0; row < rows && unit > 1; row++) {
        for (; tsl__told_get_spend(told, row) % unit != 0; unit /= 10) {
            decimals++;
        }
    }
    return decimals;
}

tsl_status tsl__told_note(const tsl__told_columns *t, size_t rows, tsl_notes *notes, tsl_error *err)
{
    uint64_t silent = 0, late = 0;
    tsl_status status = TSL_OK;
    for (size_t row = 0; row < rows; row++) {
        silent += (uint64_t)is_silent(t, row);
        late += (uint64_t)is_late(t, row);
    }
    if (t->recency && t->last) {
        TSL__TRY(tsl__notes_add(notes, "recency is counted from %s, and taken from %s where that is missing",
                                t->last->name, t->recency->name));
    }
    if (silent) {
        TSL__TRY(tsl__notes_add(notes,
                                "%" PRIu64 " customer%s of whom the table tells no order and no amount, in none of "
                                "these columns, %s bought nothing",
                                silent, silent == 1 ? "" : "s", silent == 1 ? "has" : "have"));
    }
    if (late) {
        TSL__TRY(tsl__notes_add(notes,
                                "%" PRIu64 " customer%s a last order on the as-of day or later, so that the recency is "
                                "not known; orders and amounts are counted all the same",
                                late, late == 1 ? " has" : "s have"));
    }
done:
    return status;
}
