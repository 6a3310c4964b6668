/* tree_split.c: the rows of a node go to the two sides of a cut, and the rows say
 * what its threshold is.
 *
 * A cut says up to where values go left; between which two values of the node's
 * rows that is, those say that lie in its bin and in the next ones, below and
 * above, that have rows. A bin of one value is not read. Rows are looked at in
 * parts, each of which then knows where its own go. */
#include "model/tree/tree_split.h"

#include "stat/threshold.h"

#include <math.h>
#include <string.h>

#define MOST_PARTS 64

/* What is found in a part of the rows, or in all. */
typedef struct found {
    int below, above;   /* the nearest bins on either side of the cut's that have rows */
    int there, missing; /* 1: the cut's own bin has rows; values are missing */
    double low, high;   /* the greatest value that goes left, the least that does not */
    size_t left;        /* rows */
} found;

typedef struct splitting {
    const tsl__tree_work *work;
    const tsl__bins_column *bins;
    const tsl__cut *cut;
    tsl__split_rows rows;
    int bin; /* the cut's */
    size_t parts;
    found part[MOST_PARTS], all;
} splitting;

/* The bins of a part's rows, and which of them there are. */
static void find_bins(const splitting *s, size_t begin, size_t end, found *out)
{
    const uint16_t *code = tsl__bins_codes(&s->work->bins, (size_t)s->cut->column);
    const size_t group = s->work->bins.group;
    const int known = s->bins->count, bin = s->bin;
    int below = -1, above = known, there = 0, missing = 0;
    for (size_t i = begin; i < end; i++) {
        const int here = code[s->rows.row[i] * group];
        s->rows.code[i] = (uint16_t)here;
        missing |= here == known;
        there |= here == bin;
        below = here < bin && here > below ? here : below;
        above = here > bin && here < above ? here : above;
    }
    *out = (found){below, above, there, missing, -INFINITY, INFINITY, 0};
}

static void merge_bins(splitting *s)
{
    s->all = (found){-1, s->bins->count, 0, 0, -INFINITY, INFINITY, 0};
    for (size_t p = 0; p < s->parts; p++) {
        const found *part = &s->part[p];
        s->all.below = part->below > s->all.below ? part->below : s->all.below;
        s->all.above = part->above < s->all.above ? part->above : s->all.above;
        s->all.there |= part->there;
        s->all.missing |= part->missing;
    }
}

static void take_value(const splitting *s, double value, found *to)
{
    to->low = value <= s->cut->at && value > to->low ? value : to->low;
    to->high = value > s->cut->at && value < to->high ? value : to->high;
}

/* Values of the bins beside the cut that hold one each; 0: of its own there are several. */
static int take_single(splitting *s)
{
    const found *all = &s->all;
    const int bin[3] = {all->below, all->there ? s->bin : -1, all->above < s->bins->count ? all->above : -1};
    for (int i = 0; i < 3; i++) {
        if (bin[i] >= 0 && !s->bins->many[bin[i]]) {
            take_value(s, s->bins->value[bin[i]], &s->all);
        }
    }
    return !s->bins->many[s->bin] && (!all->there || s->bins->value[s->bin] <= s->cut->at);
}

/* Puts in place of each code of a part whether its row goes left. */
static void find_sides(const splitting *s, size_t begin, size_t end, int own_left, found *out)
{
    const int known = s->bins->count, missing_left = s->cut->missing_left, bin = s->bin;
    const int below = s->all.below, above = s->all.above;
    const int many_below = below >= 0 && s->bins->many[below], many = s->bins->many[bin];
    const int many_above = above < known && s->bins->many[above];
    size_t left = 0;
    for (size_t i = begin; i < end; i++) {
        const int here = s->rows.code[i];
        int goes = here == known ? missing_left : here < bin + own_left;
        if ((here == bin && many) || (here == below && many_below) || (here == above && many_above)) {
            const double value = tsl__cell(s->work->raw, s->rows.row[i], (size_t)s->cut->column);
            goes = value <= s->cut->at;
            take_value(s, value, out);
        }
        s->rows.code[i] = (uint16_t)goes;
        left += (size_t)goes;
    }
    out->left = left;
}

/* Moves a part's rows to where they belong among the spare ones. */
static void move_part(const splitting *s, size_t begin, size_t end, size_t left, size_t right)
{
    size_t *to = s->rows.spare;
    for (size_t i = begin; i < end; i++) {
        const size_t row = s->rows.row[i], goes = s->rows.code[i];
        to[goes ? left : right] = row;
        left += goes;
        right += !goes;
    }
}

static void move_rows(const splitting *s, int team)
{
    const size_t count = s->rows.count;
    size_t start[MOST_PARTS], left = 0; /* rows on the left in the parts before */
    for (size_t p = 0; p < s->parts; p++) {
        start[p] = left;
        left += s->part[p].left;
    }
#pragma omp parallel num_threads(team)
    {
#pragma omp for schedule(static)
        for (size_t p = 0; p < s->parts; p++) {
            size_t begin, end;
            tsl__part_get(count, MOST_PARTS, p, &begin, &end);
            move_part(s, begin, end, start[p], left + begin - start[p]);
        }
#pragma omp for schedule(static)
        for (size_t p = 0; p < s->parts; p++) {
            size_t begin, end;
            tsl__part_get(count, MOST_PARTS, p, &begin, &end);
            memcpy(s->rows.row + begin, s->rows.spare + begin, (end - begin) * sizeof *s->rows.row);
        }
    }
}

size_t tsl__split_apply(const tsl__tree_work *work, const tsl__cut *cut, tsl__split_rows rows, tsl_tree_node *node)
{
    const tsl__bins_column *bins = &work->bins.column[cut->column];
    splitting s = {.work = work, .bins = bins, .cut = cut, .rows = rows, .bin = tsl__bin_get(bins, cut->at)};
    const int team = tsl__team_size(work->threads, (double)rows.count);
    s.parts = tsl__part_count(rows.count, MOST_PARTS);
#pragma omp parallel for num_threads(team) schedule(static)
    for (size_t p = 0; p < s.parts; p++) {
        size_t begin, end;
        tsl__part_get(rows.count, MOST_PARTS, p, &begin, &end);
        find_bins(&s, begin, end, &s.part[p]);
    }
    merge_bins(&s);
    const int own_left = take_single(&s);
#pragma omp parallel for num_threads(team) schedule(static)
    for (size_t p = 0; p < s.parts; p++) {
        size_t begin, end;
        tsl__part_get(rows.count, MOST_PARTS, p, &begin, &end);
        find_sides(&s, begin, end, own_left, &s.part[p]);
    }
    double low = s.all.low, high = s.all.high;
    size_t left = 0;
    for (size_t p = 0; p < s.parts; p++) {
        low = s.part[p].low > low ? s.part[p].low : low;
        high = s.part[p].high < high ? s.part[p].high : high;
        left += s.part[p].left;
    }
    node->column = (int32_t)cut->column;
    node->threshold = isinf(high) ? high : tsl__threshold_get(low, high);
    node->missing_left = s.all.missing ? cut->missing_left : -1;
    move_rows(&s, team);
    return left;
}
