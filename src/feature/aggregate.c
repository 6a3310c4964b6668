/* aggregate.c: the value of one catalogue entry for one customer. Sums of
 * decimals are exact integers; they become doubles as the last step. */
#include "feature/aggregate.h"

#include "base/calendar.h"

#include <math.h>
#include <stdlib.h>

/* What an aggregate works on: the records of its level, and the window. */
typedef struct scope {
    const tsl__catalogue_entry *entry;
    const tsl__view *view;
    const int64_t *value; /* of the entry's source, or NULL */
    const tsl__context *context;
    int32_t code; /* of a share by value */
    const uint8_t *named;
} scope;

/* Is so far back, counted from 0, in a window of that length? */
static int is_within(tsl__window window, int32_t back, int32_t length)
{
    return window == TSL__RECENT ? back >= 0 && back < length : back >= length && back < 2 * length;
}

static int in_window(const scope *s, tsl__window window, size_t i)
{
    if (window == TSL__ALL) {
        return 1;
    }
    if (s->entry->window_months) {
        const int32_t last = tsl__day_month(s->context->as_of - 1);
        return is_within(window, last - tsl__day_month(s->view->day[i]), s->entry->window_months);
    }
    int32_t age = s->context->as_of - s->view->day[i]; /* 1 is the last day */
    int32_t days = (int32_t)s->entry->window_days;
    return window == TSL__RECENT ? age <= days : age > days && age <= 2 * days;
}

static int passes(const scope *s, tsl__window window, size_t i)
{
    return in_window(s, window, i) && (s->view->flags[i] & s->entry->filter) == s->entry->filter;
}

static int64_t count_in(const scope *s, tsl__window window)
{
    int64_t count = 0;
    for (size_t i = 0; i < s->view->count; i++) {
        count += passes(s, window, i);
    }
    return count;
}

static int64_t sum_in(const scope *s, tsl__window window)
{
    int64_t sum = 0;
    for (size_t i = 0; i < s->view->count; i++) {
        if (s->value[i] != TSL_MISSING_INT && passes(s, window, i)) {
            sum += s->value[i];
        }
    }
    return sum;
}

static double decimal(int64_t value)
{
    return (double)value / (double)TSL_DECIMAL_ONE;
}

static double get_count(const scope *s)
{
    return (double)count_in(s, s->entry->window);
}

static double get_sum(const scope *s)
{
    return decimal(sum_in(s, s->entry->window));
}

static double get_mean(const scope *s)
{
    int64_t sum = 0, count = 0;
    for (size_t i = 0; i < s->view->count; i++) {
        if (s->value[i] != TSL_MISSING_INT && passes(s, s->entry->window, i)) {
            sum += s->value[i];
            count++;
        }
    }
    return count ? (double)sum / ((double)TSL_DECIMAL_ONE * (double)count) : NAN;
}

static double get_max(const scope *s)
{
    int64_t most = TSL_MISSING_INT;
    for (size_t i = 0; i < s->view->count; i++) {
        if (s->value[i] > most && passes(s, s->entry->window, i)) {
            most = s->value[i];
        }
    }
    return most == TSL_MISSING_INT ? NAN : decimal(most);
}

static double get_min(const scope *s)
{
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < s->view->count; i++) {
        if (s->value[i] != TSL_MISSING_INT && s->value[i] < least && passes(s, s->entry->window, i)) {
            least = s->value[i];
        }
    }
    return least == INT64_MAX ? NAN : decimal(least);
}

static double get_first(const scope *s)
{
    for (size_t i = 0; i < s->view->count; i++) {
        if (s->value[i] != TSL_MISSING_INT && passes(s, s->entry->window, i)) {
            return decimal(s->value[i]);
        }
    }
    return NAN;
}

static double get_last(const scope *s)
{
    for (size_t i = s->view->count; i-- > 0;) {
        if (s->value[i] != TSL_MISSING_INT && passes(s, s->entry->window, i)) {
            return decimal(s->value[i]);
        }
    }
    return NAN;
}

static int compare_pairs(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Distinct days: records stand by rising day. */
static size_t count_days(const scope *s)
{
    size_t distinct = 0;
    int32_t before = INT32_MIN;
    for (size_t i = 0; i < s->view->count; i++) {
        if (passes(s, s->entry->window, i)) {
            distinct += s->view->day[i] != before;
            before = s->view->day[i];
        }
    }
    return distinct;
}

/* Distinct values of the source, or distinct days where there is none. */
static double get_distinct(const scope *s)
{
    int64_t *value = s->context->scratch;
    size_t count = 0, distinct = 0;
    if (!s->value) {
        return (double)count_days(s);
    }
    for (size_t i = 0; i < s->view->count; i++) {
        if (s->value[i] >= 0 && passes(s, s->entry->window, i)) {
            value[count++] = s->value[i];
        }
    }
    qsort(value, count, sizeof *value, compare_pairs);
    for (size_t i = 0; i < count; i++) {
        distinct += i == 0 || value[i] != value[i - 1];
    }
    return (double)distinct;
}

static double get_since_first(const scope *s)
{
    return s->view->count ? (double)(s->context->as_of - s->view->day[0]) : NAN;
}

static double get_since_last(const scope *s)
{
    return s->view->count ? (double)(s->context->as_of - s->view->day[s->view->count - 1]) : NAN;
}

static double get_gap_mean(const scope *s)
{
    size_t n = s->view->count;
    return n < 2 ? NAN : (double)(s->view->day[n - 1] - s->view->day[0]) / (double)(n - 1);
}

static double get_gap_sd(const scope *s)
{
    size_t n = s->view->count;
    if (n < 3) {
        return NAN;
    }
    double mean = get_gap_mean(s), sum = 0;
    for (size_t i = 1; i < n; i++) {
        double off = (double)(s->view->day[i] - s->view->day[i - 1]) - mean;
        sum += off * off;
    }
    return sqrt(sum / (double)(n - 2));
}

/* The days between consecutive records, rising, in the scratch; their count. */
static size_t sort_gaps(const scope *s)
{
    const size_t n = s->view->count;
    for (size_t i = 1; i < n; i++) {
        s->context->scratch[i - 1] = s->view->day[i] - s->view->day[i - 1];
    }
    if (n > 1) {
        qsort(s->context->scratch, n - 1, sizeof *s->context->scratch, compare_pairs);
    }
    return n > 1 ? n - 1 : 0;
}

static double get_gap_median(const scope *s)
{
    const size_t n = sort_gaps(s);
    const int64_t *gap = s->context->scratch;
    return n == 0 ? NAN : ((double)gap[(n - 1) / 2] + (double)gap[n / 2]) / 2;
}

static double get_gap_max(const scope *s)
{
    const size_t n = sort_gaps(s);
    return n == 0 ? NAN : (double)s->context->scratch[n - 1];
}

/* The values rise when they are added up, so that their order in the records is no matter. */
static double get_sd(const scope *s)
{
    int64_t *value = s->context->scratch, sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < s->view->count; i++) {
        if (s->value[i] != TSL_MISSING_INT && passes(s, s->entry->window, i)) {
            value[n++] = s->value[i];
            sum += s->value[i];
        }
    }
    if (n < 2) {
        return NAN;
    }
    qsort(value, n, sizeof *value, compare_pairs);
    const double mean = (double)sum / ((double)TSL_DECIMAL_ONE * (double)n);
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        const double off = decimal(value[i]) - mean;
        squares += off * off;
    }
    return sqrt(squares / (double)(n - 1));
}

/* Least squares of the sums (counts, without a source) of the window's calendar months over 0, 1, ... n - 1; a month
 * without a record is 0. Of all of the past: from the month of the first record that passes. All sums are whole. */
static double get_slope(const scope *s)
{
    const tsl__catalogue_entry *e = s->entry;
    const int32_t last = tsl__day_month(s->context->as_of - 1);
    int64_t n = e->window_months;
    for (size_t i = 0; i < s->view->count && !e->window_months && n == 0; i++) {
        n = passes(s, e->window, i) ? last - tsl__day_month(s->view->day[i]) + 1 : 0;
    }
    if (n < 2) {
        return NAN;
    }
    const int64_t end = e->window == TSL__PREVIOUS ? last - n : last;
    __int128 sum = 0, moment = 0;
    for (size_t i = 0; i < s->view->count; i++) {
        const int64_t v = s->value ? s->value[i] : TSL_DECIMAL_ONE;
        if (v != TSL_MISSING_INT && passes(s, e->window, i)) {
            sum += v;
            moment += (__int128)v * (n - 1 - (end - tsl__day_month(s->view->day[i])));
        }
    }
    const __int128 x = (__int128)n * (n - 1) / 2, squares = (__int128)n * (n - 1) * (2 * n - 1) / 6;
    return (double)(n * moment - x * sum) / (double)(n * squares - x * x) / (double)TSL_DECIMAL_ONE;
}

/* Missing where nothing is left to have a share of. */
static double get_sum_share(const scope *s)
{
    int64_t part = 0, all = 0;
    for (size_t i = 0; i < s->view->count; i++) {
        if (s->value[i] != TSL_MISSING_INT && in_window(s, s->entry->window, i)) {
            all += s->value[i];
            part += (s->view->flags[i] & s->entry->filter) == s->entry->filter ? s->value[i] : 0;
        }
    }
    return all > 0 ? (double)part / (double)all : NAN;
}

static double get_rate(const scope *s)
{
    double since = s->view->count ? get_since_first(s) : 0;
    if (s->entry->window == TSL__RECENT && since > s->entry->window_days) {
        since = s->entry->window_days;
    }
    return 30.0 * get_count(s) / (since > 30 ? since : 30);
}

static double get_share(const scope *s)
{
    size_t count = 0, all = 0;
    for (size_t i = 0; i < s->view->count; i++) {
        all += in_window(s, s->entry->window, i) && (s->view->flags[i] & s->entry->among) == s->entry->among;
    }
    if (all == 0) {
        return NAN;
    }
    if (!s->value) {
        return get_count(s) / (double)all;
    }
    for (size_t i = 0; i < s->view->count; i++) {
        int64_t v = s->value[i];
        count += s->code == TSL__OTHER ? v >= 0 && !s->named[v] : v == s->code;
    }
    return (double)count / (double)all;
}

static double get_return_share(const scope *s)
{
    int64_t sales = 0, returns = 0;
    for (size_t i = 0; i < s->view->count; i++) {
        *(s->value[i] > 0 ? &sales : &returns) += s->value[i];
    }
    return sales && returns ? -(double)returns / (double)sales : 0; /* and not -0 */
}

/* A code and what was spent on it. */
typedef struct spent {
    int64_t code, amount;
} spent;

static int compare_spent(const void *a, const void *b)
{
    const spent *x = a, *y = b;
    return (x->code > y->code) - (x->code < y->code);
}

#define FEW_CODES 16 /* that are looked for one by one */

/* Adds an amount to that of its code, if it is among the last few; else puts it behind them. */
static size_t add_spent(spent *list, size_t count, int64_t code, int64_t amount)
{
    const size_t from = count > FEW_CODES ? count - FEW_CODES : 0;
    for (size_t i = from; i < count; i++) {
        if (list[i].code == code) {
            list[i].amount += amount;
            return count;
        }
    }
    list[count] = (spent){code, amount};
    return count + 1;
}

/* -sum p ln p over the codes' shares of amount; a code whose net amount is not
 * positive has no share. */
static double get_entropy(const scope *s)
{
    spent *list = (spent *)(void *)s->context->scratch;
    const int64_t *amount = s->view->value[TSL__AMOUNT];
    size_t count = 0, codes = 0;
    for (size_t i = 0; i < s->view->count; i++) {
        if (s->value[i] >= 0) {
            count = add_spent(list, count, s->value[i], amount[i]);
        }
    }
    qsort(list, count, sizeof *list, compare_spent);
    int64_t total = 0;
    for (size_t begin = 0, end; begin < count; begin = end) {
        int64_t sum = 0;
        for (end = begin; end < count && list[end].code == list[begin].code; end++) {
            sum += list[end].amount;
        }
        if (sum > 0) {
            list[codes++].amount = sum;
            total += sum;
        }
    }
    if (codes == 0) {
        return NAN;
    }
    double entropy = 0;
    for (size_t i = 0; i < codes; i++) {
        double p = (double)list[i].amount / (double)total;
        entropy -= p * log(p);
    }
    return entropy > 0 ? entropy : 0;
}

static double get_count_trend(const scope *s)
{
    return log((double)(count_in(s, TSL__RECENT) + 1) / (double)(count_in(s, TSL__PREVIOUS) + 1));
}

static double get_months_without(const scope *s)
{
    int32_t last = tsl__day_month(s->context->as_of - 1);
    unsigned seen = 0;
    for (size_t i = 0; i < s->view->count; i++) {
        if (passes(s, s->entry->window, i)) {
            seen |= 1u << (last - tsl__day_month(s->view->day[i]));
        }
    }
    return s->entry->window_months - __builtin_popcount(seen);
}

static double get_nothing(const scope *s)
{
    (void)s;
    return NAN; /* filled from other columns, once all customers are known */
}

static double (*const getters[TSL__AGGREGATES])(const scope *) = {
    [TSL__COUNT] = get_count,
    [TSL__SUM] = get_sum,
    [TSL__MEAN] = get_mean,
    [TSL__MAX] = get_max,
    [TSL__LAST] = get_last,
    [TSL__DISTINCT] = get_distinct,
    [TSL__SINCE_FIRST] = get_since_first,
    [TSL__SINCE_LAST] = get_since_last,
    [TSL__GAP_MEAN] = get_gap_mean,
    [TSL__GAP_SD] = get_gap_sd,
    [TSL__RATE] = get_rate,
    [TSL__SHARE] = get_share,
    [TSL__RETURN_SHARE] = get_return_share,
    [TSL__ENTROPY] = get_entropy,
    [TSL__COUNT_TREND] = get_count_trend,
    [TSL__SUM_TREND] = get_nothing,
    [TSL__MONTHS_WITHOUT] = get_months_without,
    [TSL__MIN] = get_min,
    [TSL__SD] = get_sd,
    [TSL__FIRST] = get_first,
    [TSL__GAP_MEDIAN] = get_gap_median,
    [TSL__GAP_MAX] = get_gap_max,
    [TSL__SLOPE] = get_slope,
    [TSL__SUM_SHARE] = get_sum_share,
    [TSL__DERIVED] = get_nothing,
};

static scope make_scope(const tsl__catalogue_entry *entry, const tsl__view *view, const tsl__context *context)
{
    return (scope){.entry = entry,
                   .view = view,
                   .value = entry->source == TSL__NOTHING ? NULL : view->value[entry->source],
                   .context = context};
}

tsl__trend tsl__trend_sum(const tsl__catalogue_entry *entry, const tsl__timeline *timeline, const tsl__context *context)
{
    const scope s = make_scope(entry, &timeline->view[entry->level], context);
    return (tsl__trend){sum_in(&s, TSL__RECENT), sum_in(&s, TSL__PREVIOUS)};
}

double tsl__trend_get(const tsl__trend *trend, double median_purchase)
{
    const double recent = fmax((double)trend->recent, 0), before = fmax((double)trend->before, 0);
    return median_purchase > 0 ? log((recent + median_purchase) / (before + median_purchase)) : NAN;
}

double tsl__aggregate_get(const tsl__catalogue_entry *entry, const tsl__timeline *timeline, const tsl__context *context,
                          int32_t code, const uint8_t *named)
{
    scope s = make_scope(entry, &timeline->view[entry->level], context);
    s.code = code;
    s.named = named;
    return getters[entry->aggregate](&s);
}

double tsl__aggregate_get_view(const tsl__catalogue_entry *entry, const tsl__view *view, const tsl__context *context)
{
    const scope s = make_scope(entry, view, context);
    return getters[entry->aggregate](&s);
}

int tsl__entry_passes(const tsl__catalogue_entry *entry, const tsl__view *view, size_t i, int32_t as_of)
{
    const tsl__context context = {.as_of = as_of};
    const scope s = {.entry = entry, .view = view, .context = &context};
    return passes(&s, entry->window, i);
}
