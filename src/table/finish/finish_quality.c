/*
 * finish_quality.c: what the transactions that were read are worth: rows and money by calendar month, with those of
 * nobody.
 *
 * Rows are counted as their dates are settled, before any leaves, and once more when all that leave have left: what
 * lies between is rejected. The money is that of the rows that stay, and of those without a customer.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "table/reading.h"

#define FIRST_YEAR 1900 /* of the calendar (parse_date.h) */
#define MONTHS ((size_t)(2200 - FIRST_YEAR + 1) * 12)
#define UNDATED MONTHS /* the place of rows without a day, behind all months */

typedef struct tsl__month_counts {
    uint64_t read, used, no_customer;
    __int128 value, value_no_customer;
} month_counts;

size_t tsl__finish_find(const tsl__reading *r, tsl_role role)
{
    const tsl__plan *plan = &r->terms.plan;
    size_t i = 0;
    while (i < plan->outputs && plan->output[i].role != role) {
        i++;
    }
    return i < plan->outputs ? i : TSL__NONE;
}

static size_t find_month(int32_t day)
{
    const int32_t month = day == TSL_NO_DAY ? -1 : tsl__day_month(day) - FIRST_YEAR * 12;
    return month >= 0 && (size_t)month < MONTHS ? (size_t)month : UNDATED;
}

/* ---- Rows that are there ------------------------------------------------------------ */

/* What rows of one day are added to. */
typedef void add_rows(month_counts *month, uint64_t rows, __int128 value);

static void add_read(month_counts *month, uint64_t rows, __int128 value)
{
    (void)value;
    month->read += rows;
}

static void add_used(month_counts *month, uint64_t rows, __int128 value)
{
    month->used += rows;
    month->value += value;
}

/* Of rows that are kept by customer their days are counted. */
static void add_days(const tsl__day_counts *days, add_rows *add, month_counts *month)
{
    for (int32_t day = 0; days->count && day < TSL__CALENDAR_DAYS; day++) {
        if (days->count[day]) {
            add(&month[find_month(day + TSL__CALENDAR_FIRST)], days->count[day], days->sum[day]);
        }
    }
}

static void add_columns(const tsl__reading *r, size_t time, size_t amount, add_rows *add, month_counts *month)
{
    const int64_t *at = r->build[time].integer, *value = amount == TSL__NONE ? NULL : r->build[amount].integer;
    for (size_t row = 0; row < r->rows; row++) {
        const int32_t day = at[row] == TSL_MISSING_INT ? TSL_NO_DAY : tsl__time_day(at[row]);
        add(&month[find_month(day)], 1, value && value[row] != TSL_MISSING_INT ? value[row] : 0);
    }
}

static void add_all(const tsl__reading *r, size_t time, add_rows *add)
{
    if (r->shards) {
        add_days(&r->sums.days, add, r->month);
    } else {
        add_columns(r, time, tsl__finish_find(r, TSL_ROLE_AMOUNT), add, r->month);
    }
}

tsl_status tsl__finish_months(tsl__reading *r, size_t output, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (r->terms.kind == TSL_TRANSACTIONS && r->terms.plan.output[output].role == TSL_ROLE_TIME) {
        TSL__NEED(r->month = tsl__alloc_zero(MONTHS + 1, sizeof *r->month));
        add_all(r, output, add_read);
    }
done:
    return status;
}

/* ---- Rows that are not ----------------------------------------------------------------- */

/* What the workers rejected, and the orders that they saw. */
static tsl_status join_workers(tsl__reading *r, tsl__month_sums *left, tsl__order_hashes *orders, size_t *kept_orders,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int t = 0; t < r->threads; t++) {
        TSL__TRY(tsl__month_sums_join(left, &r->worker[t].decoder.left, err));
        TSL__TRY(tsl__order_hashes_join(orders, &r->worker[t].decoder.kept_orders, err));
    }
    *kept_orders = orders->count;
    for (int t = 0; t < r->threads; t++) {
        TSL__TRY(tsl__order_hashes_join(orders, &r->worker[t].decoder.left_orders, err));
    }
done:
    return status;
}

static void add_left(tsl__reading *r, size_t time, const tsl__month_sums *left)
{
    for (size_t i = 0; i < left->count; i++) {
        const tsl__month_sum *from = &left->of[i];
        month_counts *to = &r->month[find_month(tsl__month_sum_get_day(from, &r->observed.output[time].reading))];
        to->read += from->rows;
        to->no_customer += from->no_customer;
        to->value += from->value;
        to->value_no_customer += from->value;
    }
}

/* Rows that are no record of the table have no day. */
static void add_undated(tsl__reading *r)
{
    uint64_t read = 0;
    for (size_t m = 0; m <= MONTHS; m++) {
        read += r->month[m].read;
    }
    r->month[UNDATED].read += r->table->info.read - r->rejects.by[TSL_REJECT_FILTERED] - read;
}

/* ---- All of it ---------------------------------------------------------------------------- */

/* Without amounts, or beyond what they may be, there is none. */
static int64_t get_money(__int128 sum, int has_amount)
{
    return !has_amount || sum > INT64_MAX || sum <= TSL_MISSING_INT ? TSL_MISSING_INT : (int64_t)sum;
}

static tsl_table_month get_month(const month_counts *from, size_t month, int has_amount)
{
    return (tsl_table_month){.first = month == UNDATED
                                          ? TSL_NO_DAY
                                          : tsl__day_make(FIRST_YEAR + (int)(month / 12), (int)(month % 12) + 1, 1),
                             .read = from->read,
                             .rejected = from->read - from->used,
                             .no_customer = from->no_customer,
                             .value = get_money(from->value, has_amount),
                             .value_no_customer = get_money(from->value_no_customer, has_amount)};
}

/* In one block, the months behind the rest. */
static tsl_status make_quality(const tsl__reading *r, int has_amount, tsl_table_quality **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    month_counts all = {.read = 0};
    size_t count = 0;
    for (size_t m = 0; m < MONTHS; m++) {
        count += r->month[m].read > 0;
    }
    TSL__NEED(*out = tsl__alloc_zero(1, sizeof **out + count * sizeof(tsl_table_month)));
    tsl_table_month *to = (tsl_table_month *)(*out + 1);
    (*out)->month = to;
    (*out)->month_count = count;
    (*out)->undated = get_month(&r->month[UNDATED], UNDATED, has_amount);
    for (size_t m = 0; m <= MONTHS; m++) {
        all.value += r->month[m].value;
        all.value_no_customer += r->month[m].value_no_customer;
        if (m < MONTHS && r->month[m].read) {
            *to++ = get_month(&r->month[m], m, has_amount);
        }
    }
    (*out)->value = get_money(all.value, has_amount);
    (*out)->value_no_customer = get_money(all.value_no_customer, has_amount);
done:
    return status;
}

/* Amounts below 0, and of 0, of the rows that stay. */
static void add_amounts(const tsl__reading *r, size_t amount, tsl_table_quality *to)
{
    tsl__column_sums sums = {.missing = 0};
    if (r->shards) {
        sums = r->sums.column[amount];
    }
    for (size_t row = 0; !r->shards && row < r->rows; row++) {
        const int64_t value = r->build[amount].integer[row];
        if (value != TSL_MISSING_INT) {
            sums.sum += value;
            sums.absolute += value < 0 ? -(__int128)value : value;
            sums.negative += value < 0;
            sums.zero += value == 0;
        }
    }
    to->returns = sums.negative;
    to->returns_value = get_money((sums.sum - sums.absolute) / 2, 1);
    to->zero_amounts = sums.zero;
}

tsl_status tsl__finish_quality(tsl__reading *r, tsl_error *err)
{
    const size_t time = tsl__finish_find(r, TSL_ROLE_TIME), amount = tsl__finish_find(r, TSL_ROLE_AMOUNT);
    tsl_status status = TSL_OK;
    tsl__month_sums left = {.count = 0};
    tsl__order_hashes orders = {.count = 0};
    size_t kept_orders = 0;
    if (!r->month) {
        return TSL_OK;
    }
    TSL__TRY(join_workers(r, &left, &orders, &kept_orders, err));
    add_all(r, time, add_used);
    add_left(r, time, &left);
    add_undated(r);
    TSL__TRY(make_quality(r, amount != TSL__NONE, &r->table->quality, err));
    tsl_table_quality *to = r->table->quality;
    const int counted = tsl__finish_find(r, TSL_ROLE_ORDER) != TSL__NONE && !orders.over;
    to->orders = counted ? (int64_t)orders.count : -1;
    to->orders_no_customer = counted ? (int64_t)(orders.count - kept_orders) : -1;
    to->duplicates = r->repeats;
    to->returns_value = TSL_MISSING_INT;
    if (amount != TSL__NONE) {
        add_amounts(r, amount, to);
    }
done:
    tsl__month_sums_free(&left);
    tsl__order_hashes_free(&orders);
    return status;
}
