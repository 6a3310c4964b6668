/* summary_quality.c: the summary of what the transactions that were read are worth, by calendar month. */
#include "output/summary.h"

static void add_counts(tsl__json *doc, json_t *object, const tsl_table_month *from)
{
    tsl__json_set(doc, object, "read", tsl__json_count(from->read));
    tsl__json_set(doc, object, "rejected", tsl__json_count(from->rejected));
    tsl__json_set(doc, object, "no_customer", tsl__json_count(from->no_customer));
    tsl__json_set(doc, object, "value", tsl__json_decimal(from->value));
    tsl__json_set(doc, object, "value_no_customer", tsl__json_decimal(from->value_no_customer));
}

static void add_months(tsl__json *doc, json_t *quality, const tsl_table_quality *from)
{
    json_t *months = tsl__json_set_array(doc, quality, "months");
    for (size_t m = 0; m < from->month_count; m++) {
        json_t *month = tsl__json_push_object(doc, months);
        char day[11];
        tsl_day_write(from->month[m].first, day);
        day[7] = '\0'; /* 2010-12 */
        tsl__json_set(doc, month, "month", json_string(day));
        add_counts(doc, month, &from->month[m]);
    }
}

static json_t *make_known(int64_t count)
{
    return count < 0 ? json_null() : tsl__json_count((uint64_t)count);
}

void tsl__summary_quality(tsl__json *doc, const tsl_results *results)
{
    const tsl_table *table = results->table[TSL_TRANSACTIONS];
    const tsl_table_quality *from = table ? tsl_table_get_quality(table) : NULL;
    if (!from) {
        return;
    }
    json_t *quality = tsl__json_set_object(doc, doc->root, "quality");
    tsl__json_set(doc, quality, "value", tsl__json_decimal(from->value));
    tsl__json_set(doc, quality, "value_no_customer", tsl__json_decimal(from->value_no_customer));
    tsl__json_set(doc, quality, "orders", make_known(from->orders));
    tsl__json_set(doc, quality, "orders_no_customer", make_known(from->orders_no_customer));
    tsl__json_set(doc, quality, "returns", tsl__json_count(from->returns));
    tsl__json_set(doc, quality, "returns_value", tsl__json_decimal(from->returns_value));
    tsl__json_set(doc, quality, "duplicates", make_known(from->duplicates));
    tsl__json_set(doc, quality, "zero_price", tsl__json_count(from->zero_amounts));
    add_months(doc, quality, from);
    if (from->undated.read) {
        add_counts(doc, tsl__json_set_object(doc, quality, "undated"), &from->undated);
    } else {
        tsl__json_set(doc, quality, "undated", json_null());
    }
}
