/* summary_succession.c: what became of the segments of the previous run. */
#include "output/summary.h"

static void add_moves(tsl__json *doc, json_t *object, const uint64_t *to, size_t count)
{
    json_t *array = tsl__json_set_array(doc, object, "to");
    for (size_t s = 0; s < count; s++) {
        tsl__json_push(doc, array, tsl__json_count(to[s]));
    }
}

/* The number of a segment now, by its index + 1; null: of none. */
static json_t *make_number(const tsl_succession *from, int segment)
{
    return segment ? json_integer(from->now[segment - 1].number) : json_null();
}

static void add_joined(tsl__json *doc, json_t *object, const unsigned char *joined, const tsl_succession *from)
{
    json_t *array = tsl__json_set_array(doc, object, "joined_into");
    for (size_t s = 0; s < from->segment_count; s++) {
        if (joined[s]) {
            tsl__json_push(doc, array, make_number(from, (int)s + 1));
        }
    }
}

/* Those that there are, in the order of "to" and "new". */
static void add_now(tsl__json *doc, json_t *object, const tsl_succession *from)
{
    json_t *array = tsl__json_set_array(doc, object, "now");
    for (size_t s = 0; s < from->segment_count; s++) {
        const tsl_succession_now *of = &from->now[s];
        json_t *segment = tsl__json_push_object(doc, array);
        tsl__json_set(doc, segment, "segment", make_number(from, (int)s + 1));
        tsl__json_set(doc, segment, "code", tsl__json_text(of->code));
        tsl__json_set(doc, segment, "fate", json_string(tsl_fate_get_code(of->fate)));
        tsl__json_set(doc, segment, "from", of->from ? json_integer(from->of[of->from - 1].number) : json_null());
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
        tsl__json_set(doc, segment, "segment_then", json_integer(of->number));
        tsl__json_set(doc, segment, "colour", json_integer(of->colour));
        tsl__json_set(doc, segment, "segment", make_number(from, of->segment));
        tsl__json_set(doc, segment, "fate", json_string(tsl_fate_get_code(of->fate)));
        tsl__json_set(doc, segment, "into", make_number(from, of->into));
        tsl__json_set(doc, segment, "jaccard", tsl__json_number(of->jaccard));
        add_joined(doc, segment, of->joined, from);
        tsl__json_set(doc, segment, "code", tsl__json_text(of->code));
        tsl__json_set_langs(doc, segment, "names", of->names[0], of->names[1]);
        tsl__json_set(doc, segment, "size_then", tsl__json_count(of->size));
        tsl__json_set(doc, segment, "stayed", tsl__json_count(of->stayed));
        tsl__json_set(doc, segment, "gone", tsl__json_count(of->gone));
        add_moves(doc, segment, of->to, from->segment_count);
    }
    add_now(doc, all, from);
    json_t *arrived = tsl__json_set_array(doc, all, "new");
    for (size_t s = 0; s < from->segment_count; s++) {
        tsl__json_push(doc, arrived, tsl__json_count(from->arrived[s]));
    }
}
