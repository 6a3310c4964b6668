/* summary_target.c: the summary of the target that the segments were found by. */
#include "output/summary.h"

#include "base/alloc.h"
#include "base/calendar.h"

#include <stdlib.h>

static void add_estimate(tsl__json *doc, json_t *object, const tsl_estimate *from)
{
    tsl__json_set(doc, object, "rows", tsl__json_count(from->rows));
    tsl__json_set(doc, object, "mean", tsl__json_number(from->mean));
    tsl__json_set(doc, object, "low", tsl__json_number(from->low));
    tsl__json_set(doc, object, "high", tsl__json_number(from->high));
}

/* What came after a cut is no feature. */
static void add_period(tsl__json *doc, json_t *target, const tsl_estimates *from)
{
    char cut[11], until[11];
    tsl_day_write(from->cut, cut);
    tsl_day_write(from->until, until);
    char *en =
        tsl__format("net amount in the next %d day%s, learned before %s", from->days, from->days == 1 ? "" : "s", cut);
    char *zh = tsl__format("未来 %d 天的净额（由 %s 之前的数据学得）", from->days, cut);
    doc->failed |= !en || !zh;
    tsl__json_set(doc, target, "name", tsl__json_text(from->target));
    tsl__json_set_langs(doc, target, "label", en, zh);
    tsl__json_set(doc, target, "cut", json_string(cut));
    tsl__json_set(doc, target, "until", json_string(until));
    tsl__json_set(doc, target, "days", json_integer(from->days));
    free(en);
    free(zh);
}

void tsl__summary_target(tsl__json *doc, const tsl_results *results)
{
    const tsl_estimates *from = results->estimates;
    if (!from || !from->segment) {
        return;
    }
    json_t *target = tsl__json_set_object(doc, doc->root, "target");
    if (from->days) {
        add_period(doc, target, from);
    } else {
        tsl__summary_name(doc, target, from->target);
    }
    tsl__json_set(doc, target, "rate", json_boolean(from->rate));
    tsl__json_set(doc, target, "told", tsl__json_number(from->told));
    tsl__json_set(doc, target, "structure_rows", tsl__json_count(from->structure_rows));
    add_estimate(doc, target, &from->all);
    json_t *left_out = tsl__json_set_array(doc, target, "left_out");
    for (size_t i = 0; i < from->left_out_count; i++) {
        tsl__json_push(doc, left_out, tsl__json_text(from->left_out[i]));
    }
    json_t *segments = tsl__json_set_array(doc, target, "segments");
    for (int s = 0; s < from->k; s++) {
        json_t *segment = tsl__json_push_object(doc, segments);
        tsl__json_set(doc, segment, "segment", json_integer(tsl_policy_get_number(results->policy, (size_t)s)));
        add_estimate(doc, segment, &from->segment[s]);
    }
}
