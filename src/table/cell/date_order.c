/* date_order.c: decides between day first and month first. */
#include "table/cell/date_order.h"

#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/error.h"
#include "base/text.h"

static void keep_example(char *example, size_t size, tsl__span cell, const char *file, uint64_t line)
{
    char text[48];
    tsl__span_show(cell, text, sizeof text);
    if (file) {
        snprintf(example, size, "%.*s:%llu: \"%s\"", tsl__text_head(file, 180), file, (unsigned long long)line, text);
    } else {
        snprintf(example, size, "\"%s\"", text);
    }
}

void tsl__date_order_open(tsl__date_order *order, tsl_date_order declared, tsl_date_order before)
{
    order->declared = declared;
    order->before = before;
    order->month_first = order->day_first = 0;
    order->open = 0;
    order->example_month[0] = order->example_day[0] = order->example_open[0] = '\0';
}

int tsl__date_order_add(tsl__date_order *order, tsl__span cell, const char *file, uint64_t line, int64_t *value)
{
    tsl__moment m;
    tsl__time_form form = tsl__time_read_moment(cell, &m);
    *value = m.seconds;
    if (form == TSL__TIME_BAD) {
        return -1;
    }
    if (form == TSL__TIME_YMD) {
        return 0;
    }
    if (form == TSL__TIME_DMY) {
        return order->declared == TSL_DATES_AUTO || order->declared == TSL_DATES_DMY ? 0 : -1;
    }
    if (order->declared != TSL_DATES_AUTO) {
        *value = tsl__open_get(m.open, order->declared);
        return *value == TSL_MISSING_INT ? -1 : 0;
    }
    if (m.orders == TSL__ORDER(TSL_DATES_MDY) || m.orders == TSL__ORDER(TSL_DATES_DMY)) {
        int by_month = m.orders == TSL__ORDER(TSL_DATES_MDY);
        int *proven = by_month ? &order->month_first : &order->day_first;
        if (!*proven) {
            keep_example(by_month ? order->example_month : order->example_day, sizeof order->example_day, cell, file,
                         line);
        }
        *proven = 1;
    }
    if (m.seconds ==
        TSL_MISSING_INT) { /* open until the end, whatever is proven by now: another block may stand before */
        *value = m.open;
        if (!order->open) {
            order->open = m.open;
            keep_example(order->example_open, sizeof order->example_open, cell, file, line);
        }
    }
    return 0;
}

void tsl__date_order_join(tsl__date_order *order, const tsl__date_order *behind)
{
    if (behind->month_first && !order->month_first) {
        memcpy(order->example_month, behind->example_month, sizeof order->example_month);
    }
    if (behind->day_first && !order->day_first) {
        memcpy(order->example_day, behind->example_day, sizeof order->example_day);
    }
    if (behind->open && !order->open) {
        order->open = behind->open;
        memcpy(order->example_open, behind->example_open, sizeof order->example_open);
    }
    order->month_first |= behind->month_first;
    order->day_first |= behind->day_first;
}

int tsl__date_order_get(const tsl__date_order *order)
{
    if (order->month_first && order->day_first) {
        return -2;
    }
    if (order->month_first || order->day_first || !order->open) {
        return order->month_first;
    }
    return order->before == TSL_DATES_MDY ? 1 : order->before == TSL_DATES_DMY ? 0 : -1;
}

tsl_date_order tsl__date_order_keep(const tsl__date_order *order, int month_first)
{
    if (order->declared != TSL_DATES_AUTO) {
        return TSL_DATES_AUTO;
    }
    if (order->month_first || order->day_first || order->open) {
        return month_first ? TSL_DATES_MDY : TSL_DATES_DMY;
    }
    return order->before;
}

tsl_status tsl__date_order_fail(const tsl__date_order *order, const char *column, tsl_error *err)
{
    static const char *const way = "say which is right by --dates mdy or --dates dmy (dates: in the configuration)";
    if (order->month_first && order->day_first) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "column \"%s\" mixes two orders of day and month: %s has the month first, %s the day "
                              "first; %s, and the rows of the other order are rejected",
                              column, order->example_month, order->example_day, way);
    }
    char by_day[11], by_month[11];
    tsl_day_write(tsl__time_day(tsl__time_open_get(order->open, 0)), by_day);
    tsl_day_write(tsl__time_day(tsl__time_open_get(order->open, 1)), by_month);
    return tsl__error_set(err, TSL_E_INPUT,
                          "column \"%s\": %s reads as day/month (%s) and as month/day (%s), and no row settles it; %s",
                          column, order->example_open, by_day, by_month, way);
}
