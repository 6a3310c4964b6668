/* summary_succession.c: what became of the segments of the previous run. */
#include "output/summary/summary.h"

static void add_moves(tsl__json *doc, json_t *object, const uint64_t *to, size_t count)
{
    json_t *array = tsl__json_set_array(doc, object, "to");
    for (size_t s = 0; s < count; s++) {
        tsl__json_push(doc, array, tsl__json_count(to[s]));
    }
}

static void add_joined(tsl__json *doc, json_t *object, const unsigned char *joined, size_t count)
{
    json_t *array = tsl__json_set_array(doc, object, "joined_into");
    for (size_t s = 0; s < count; s++) {
        if (joined[s]) {
            tsl__json_push(doc, array, json_integer((json_int_t)s + 1));
        }
    }
}

void tsl__summary_succession(tsl__json *doc, const tsl_results *results)
{
    const tsl_succession *from = results->succession;
    if (!from) {
        return;
    }
    json_t *all = tsl__json_set_object(doc, doc->root, "previous");
    tsl__json_set(doc, all, "customers_both", tsl__json_count(from->both));
    tsl__json_set(doc, all, "customers_stayed", tsl__json_count(from->stayed));
    tsl__json_set(doc, all, "share_stayed", tsl__json_number(from->share));
    tsl__json_set(doc, all, "customers_new", tsl__json_count(from->arrivals));
    tsl__json_set(doc, all, "customers_gone", tsl__json_count(from->gone));
    tsl__json_set(doc, all, "agreement", tsl__json_number(from->agreement));
    tsl__json_set(doc, all, "hold", tsl__json_number(from->hold));
    tsl__json_set(doc, all, "customers_held", tsl__json_count(from->held));
    json_t *segments = tsl__json_set_array(doc, all, "segments");
    for (size_t s = 0; s < from->count; s++) {
        const tsl_succession_segment *of = &from->of[s];
        json_t *segment = tsl__json_push_object(doc, segments);
        tsl__json_set(doc, segment, "segment_then", json_integer((json_int_t)s + 1));
        tsl__json_set(doc, segment, "segment", of->segment ? json_integer(of->segment) : json_null());
        add_joined(doc, segment, of->joined, from->segment_count);
        tsl__json_set(doc, segment, "code", tsl__json_text(of->code));
        tsl__json_set_langs(doc, segment, "names", of->names[0], of->names[1]);
        tsl__json_set(doc, segment, "size_then", tsl__json_count(of->size));
        tsl__json_set(doc, segment, "stayed", tsl__json_count(of->stayed));
        tsl__json_set(doc, segment, "gone", tsl__json_count(of->gone));
        add_moves(doc, segment, of->to, from->segment_count);
    }
    json_t *arrived = tsl__json_set_array(doc, all, "new");
    for (size_t s = 0; s < from->segment_count; s++) {
        tsl__json_push(doc, arrived, tsl__json_count(from->arrived[s]));
    }
}
