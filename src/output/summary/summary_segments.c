/* summary_segments.c: which segments of the labels stand in the summary, and where. */
#include "output/summary/summary.h"

int tsl__summary_has_segment(const tsl_results *results, size_t segment)
{
    const tsl_segment_drift *drift = results->segment_drift;
    return results->estimates || (results->labels && results->labels->segments[segment].size > 0) ||
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
