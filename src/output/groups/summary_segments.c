/* summary_segments.c: which segments of the labels stand in the summary, and where. */
#include "output/summary.h"

/* 1 where somebody was in the group at a day of the history, or NULL. */
static int was_there(const tsl_history *history, size_t group)
{
    int was = 0;
    for (size_t c = 0; history && c < history->cuts; c++) {
        was |= history->customers[c * (size_t)history->k + group] > 0;
    }
    return was;
}

int tsl__summary_has_segment(const tsl_results *results, size_t segment)
{
    const tsl_segment_drift *drift = results->segment_drift;
    return results->estimates || was_there(results->history, segment) ||
           (results->labels && results->labels->segments[segment].size > 0) ||
           (drift ? drift[segment].size_then || drift[segment].size_now
                  : !results->model || tsl_model_get_size(results->model, (int)segment) > 0);
}

int tsl__summary_get_index(const tsl_results *results, size_t segment)
{
    int index = 0;
    for (size_t s = 0; s < segment; s++) {
        index += tsl__summary_has_segment(results, s);
    }
    return index;
}
