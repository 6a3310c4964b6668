/* changes.c: what changed in the last month: by conditions on the moves and the revenue of a history, so that whoever
 * shows them has figures alone to put into words. docs/methods/history.md. */
#include "run/history/changes.h"

#include "label/kept_names.h"

#include <math.h>

static const char *const names[TSL_CHANGE_KINDS] = {"revenue", "grew", "shrank", "quiet", "returned", "new"};

const char *tsl_month_change_kind_get_name(tsl_month_change_kind kind)
{
    return (unsigned)kind < TSL_CHANGE_KINDS ? names[kind] : "?";
}

/* The last month. */
typedef struct month {
    const tsl_history *history;
    const tsl_labels *labels;
    size_t k;
    tsl__base_state is[TSL_HISTORY_SEGMENTS]; /* what each group is */
    const uint64_t *moves, *active;           /* (k + 1) x k, k + 1 */
    const int64_t *revenue, *value;           /* k + 1; (k + 1) x k, or NULL */
} month;

static month open_month(const tsl_history *h, const tsl_labels *labels)
{
    const size_t k = (size_t)h->k, last = h->cuts - 1;
    month m = {.history = h,
               .labels = labels,
               .k = k,
               .moves = h->moves + last * (k + 1) * k,
               .active = h->active + last * (k + 1),
               .revenue = h->revenue + last * (k + 1),
               .value = h->value ? h->value + last * (k + 1) * k : NULL};
    for (size_t s = 0; s < k; s++) {
        m.is[s] = tsl__base_get_state(&labels->segments[s]);
    }
    return m;
}

static int is(const month *m, size_t group, unsigned states)
{
    return (TSL__BASE_AS(m->is[group]) & states) != 0;
}

static int is_there(const month *m, unsigned states)
{
    int there = 0;
    for (size_t s = 0; s < m->k; s++) {
        there |= is(m, s, states);
    }
    return there;
}

/* Who went from groups of some states to those of others; *value: what they are worth. */
static uint64_t count_flow(const month *m, unsigned from, unsigned to, double *value)
{
    uint64_t count = 0;
    int64_t sum = 0;
    for (size_t s = 0; s < m->k; s++) {
        for (size_t t = 0; t < m->k; t++) {
            if (is(m, s, from) && is(m, t, to)) {
                count += m->moves[s * m->k + t];
                sum += m->value ? m->value[s * m->k + t] : 0;
            }
        }
    }
    *value = m->value ? (double)sum / TSL_DECIMAL_ONE : (double)NAN;
    return count;
}

/* Who of groups of some states bought. */
static uint64_t count_active(const month *m, unsigned states)
{
    uint64_t count = 0;
    for (size_t s = 0; s < m->k; s++) {
        count += is(m, s, states) ? m->active[s] : 0;
    }
    return count;
}

/* ---- Each kind: 1 where there is something to tell ------------------------------------------ */

static int find_revenue(const month *m, tsl_month_change *out)
{
    const int64_t *before = m->revenue - (m->k + 1);
    int64_t now = 0, earlier = 0;
    size_t most = 0;
    for (size_t s = 0; s <= m->k; s++) {
        now += m->revenue[s];
        earlier += before[s];
        most = m->revenue[s] > m->revenue[most] ? s : most;
    }
    out->kind = TSL_CHANGE_REVENUE;
    out->value = (double)now / TSL_DECIMAL_ONE;
    out->before = m->history->cuts > 2 ? (double)earlier / TSL_DECIMAL_ONE : (double)NAN;
    if (now > 0) {
        out->segment = (int)most;
        out->share = (double)m->revenue[most] / (double)now;
    }
    return now != 0 || earlier != 0;
}

/* The group of most value now; k: there is none. */
static size_t find_best(const month *m)
{
    size_t best = m->k;
    for (size_t s = 0; s < m->k; s++) {
        const double total = m->labels->segments[s].value_total;
        if (total > 0 && (best == m->k || total > m->labels->segments[best].value_total)) {
            best = s;
        }
    }
    return best;
}

static int find_growth(const month *m, tsl_month_change *out)
{
    const size_t best = find_best(m), k = m->k;
    uint64_t most = 0;
    if (best == k) {
        return 0;
    }
    const uint64_t *now = m->history->customers + (m->history->cuts - 1) * k, *then = now - k;
    for (size_t s = 0; s <= k; s++) {
        out->joined += s == best ? 0 : m->moves[s * k + best];
    }
    for (size_t t = 0; t < k; t++) {
        const uint64_t there = t == best ? 0 : m->moves[best * k + t];
        out->left += there;
        out->left_to = there > most ? (int)t : out->left_to;
        most = there > most ? there : most;
    }
    out->kind = now[best] >= then[best] ? TSL_CHANGE_GREW : TSL_CHANGE_SHRANK;
    out->segment = (int)best;
    out->size = now[best];
    out->by = now[best] >= then[best] ? now[best] - then[best] : then[best] - now[best];
    return out->by > 0;
}

static int find_quiet(const month *m, tsl_month_change *out)
{
    out->kind = TSL_CHANGE_QUIET;
    out->count = count_flow(m, TSL__BASE_AS(TSL__BASE_ACTIVE), TSL__BASE_SILENT | TSL__BASE_AS(TSL__BASE_ONCE_LAPSED),
                            &out->value);
    out->between_orders = is_there(m, TSL__BASE_AS(TSL__BASE_PAUSED));
    return out->count > 0;
}

static int find_returned(const month *m, tsl_month_change *out)
{
    out->kind = TSL_CHANGE_RETURNED;
    out->count = count_active(m, TSL__BASE_SILENT);
    out->between_orders = is_there(m, TSL__BASE_AS(TSL__BASE_PAUSED));
    if (is_there(m, TSL__BASE_EVER_ONCE)) {
        out->second = (double)count_active(m, TSL__BASE_EVER_ONCE);
    }
    return out->count > 0 || out->second > 0;
}

static int find_new(const month *m, tsl_month_change *out)
{
    double value;
    out->kind = TSL_CHANGE_NEW;
    for (size_t t = 0; t < m->k; t++) {
        out->count += m->moves[m->k * m->k + t];
    }
    if (is_there(m, TSL__BASE_AS(TSL__BASE_ONCE_RECENT)) && is_there(m, TSL__BASE_AS(TSL__BASE_ONCE_LAPSED))) {
        out->lapsed =
            (double)count_flow(m, TSL__BASE_AS(TSL__BASE_ONCE_RECENT), TSL__BASE_AS(TSL__BASE_ONCE_LAPSED), &value);
    }
    return out->count > 0 || out->lapsed > 0;
}

/* The most telling first. */
static int (*const finders[TSL_CHANGES])(const month *m, tsl_month_change *out) = {find_revenue, find_growth,
                                                                                   find_quiet, find_returned, find_new};

void tsl__changes_find(tsl_history *history, const tsl_labels *labels)
{
    if (!history || history->cuts < 2) {
        return;
    }
    const month m = open_month(history, labels);
    for (size_t i = 0; i < TSL_CHANGES; i++) {
        tsl_month_change *out = &history->change[history->change_count];
        *out = (tsl_month_change){
            .segment = -1, .left_to = -1, .value = NAN, .before = NAN, .share = NAN, .second = NAN, .lapsed = NAN};
        history->change_count += (size_t)finders[i](&m, out);
    }
}
