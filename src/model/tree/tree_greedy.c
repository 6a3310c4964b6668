/* tree_greedy.c: the cut of Ex-Greedy (Laber & Murtinho 2021).
 *
 * A node's centres lie in the order of a column; between each two neighbours
 * is a gap, and a threshold in gap g leaves centres 0..g on the left. While it
 * moves through the gap only the rows whose values lie inside change sides.
 *
 * All costs here are over what the rows cost at the nearest of all the node's
 * centres, so that none is negative. A row whose nearest centre a cut takes away
 * costs at least its margin, which is how much farther the second nearest is:
 * margins added up by bin and nearest centre bound every gap of a column from one
 * short look at each of its values. Columns are then looked at in the order of
 * these bounds, in those gaps alone that may still hold the best cut; what a gap
 * has gathered from some of the rows is a bound for all of them, and a column
 * whose gaps have all gathered more than the best cut known is given up. Rows
 * inside a gap are gathered by bins; a bin that may hold a better cut is looked
 * at value by value. */
#include "model/tree/tree.h"

#include "base/parallel.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define AHEAD 12           /* rows whose distances are fetched ahead */
#define TILE_ROWS 512      /* rows whose margins stay in the cache while several columns take them */
#define FEW 16             /* of so many tiles one is a first guess at which column is the best */
#define LOOK_TILES 64      /* after which columns are given up */
#define ROUND_BLOCKS 64    /* of a thread, likewise */
#define HEIGHT_FACTOR 0.03 /* lambda of ExShallow */
#define HEIGHT_SLACK 1e-12 /* of a bound, for rounding */

typedef struct job {
    const tsl__tree_work *work;
    tsl__tree_rows rows;
    const int *set;
    int count;                    /* of set; at least 2 */
    const unsigned char *bounded; /* a column's; NULL: the length of rules is no matter */
    double mass;                  /* what the rows weigh */
    double per_height;            /* units that one condition more costs */
    int64_t limit;                /* cost of the best cut known */
    struct {
        size_t column;
        int missing_left, gap;
    } first; /* the gap that was looked at before all others; column SIZE_MAX: none was */
} job;

/* One column, missing to one side. */
typedef struct view {
    job *job;
    tsl__scratch *s;
    const tsl__bins_column *bins;
    size_t column;
    int missing_left, gaps;
    int low, high;        /* the first and the last gap that may hold the best cut */
    int fine;             /* 1: mark the bins to look into; 2: look into them */
    int *wanted;          /* how many they are */
    const int64_t *least; /* gaps: what a cut in each costs at least; NULL: not known */
    tsl__cut *best;
} view;

/* Rows to the left of a threshold. */
typedef struct side {
    size_t rows;
    double mass;
} side;

static int compare_place(const void *a, const void *b)
{
    const tsl__center_place *x = a, *y = b;
    return x->place != y->place ? (x->place > y->place) - (x->place < y->place)
                                : (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

/* How many centres lie below value: the first gap that has it on the left. */
static int below(const view *v, int from, double value)
{
    while (from <= v->gaps && v->s->place[from].place < value) {
        from++;
    }
    return from;
}

/* Orders the centres and says of each bin on which side of each gap it lies:
 * right of gaps before `first`, left from there on; `moving` through the gap
 * first - 1. 0 where no gap parts the centres. */
static int view_open(view *v)
{
    const job *j = v->job;
    tsl__center_place *place = v->s->place;
    for (int i = 0; i < j->count; i++) {
        place[i] =
            (tsl__center_place){tsl__center_place_get(j->work, j->set[i], v->column, v->missing_left), j->set[i]};
    }
    qsort(place, (size_t)j->count, sizeof *place, compare_place);
    for (int i = 0; i < j->count; i++) {
        v->s->rank[place[i].cluster] = i;
    }
    v->gaps = j->count - 1;
    int known = v->bins->count, first = 0;
    for (int b = 0; b < known; b++) {
        double edge = v->bins->edge[b];
        first = below(v, first, edge);
        v->s->moving[b] = first > 0 && first <= v->gaps && edge < place[first].place;
        v->s->first[b] = first < v->gaps ? first : v->gaps;
    }
    v->s->moving[known] = 0;
    first = below(v, 0, v->missing_left ? -INFINITY : INFINITY);
    v->s->first[known] = first < v->gaps ? first : v->gaps;
    memset(v->s->base, 0, (size_t)v->gaps * sizeof(int64_t));
    memset(v->s->sum, 0, ((size_t)known + 1) * 2 * sizeof(int64_t));
    return place[0].place < place[v->gaps].place;
}

/* Adds a row that is parted to the gaps and its bin, in a thread's sums. It costs more than
 * at its nearest centre only in the gaps between its value and that centre. */
static void add_row(const view *v, const int64_t *d, int bin, int nearest, tsl__scratch *s)
{
    const tsl__center_place *place = v->s->place;
    int first = v->s->first[bin], moving = v->s->moving[bin], rank = v->s->rank[nearest];
    int64_t all = d[nearest], least = INT64_MAX;
    if (rank < first) { /* on the right, its centre on the left */
        for (int c = first; c <= v->gaps; c++) {
            least = d[place[c].cluster] < least ? d[place[c].cluster] : least;
        }
        *(moving ? &s->sum[2 * bin + 1] : &s->base[first - 1]) += least - all;
        for (int g = first - 2, end = rank > v->low ? rank : v->low; g >= end; g--) {
            least = d[place[g + 1].cluster] < least ? d[place[g + 1].cluster] : least;
            s->base[g] += least - all;
        }
    } else { /* on the left, its centre on the right */
        for (int c = 0; c < first; c++) {
            least = d[place[c].cluster] < least ? d[place[c].cluster] : least;
        }
        s->sum[2 * bin] += moving ? least - all : 0;
        for (int g = first; g < rank && g <= v->high; g++) {
            least = d[place[g].cluster] < least ? d[place[g].cluster] : least;
            s->base[g] += least - all;
        }
    }
}

/* Does a threshold part the centres on the two sides of the gap? */
static int is_open(const view *v, int gap)
{
    return v->s->place[gap].place < v->s->place[gap + 1].place;
}

static int given_up(const view *v)
{
    int64_t least = INT64_MAX;
    for (int g = v->low; g <= v->high; g++) {
        least = is_open(v, g) && v->s->base[g] < least ? v->s->base[g] : least;
    }
    return least > tsl__limit_get(&v->job->limit);
}

/* Rows of each bin: asked for only where a column was not given up. */
static void count_rows(const view *v)
{
    const job *j = v->job;
    const tsl__tree_work *w = j->work;
    const uint16_t *code = tsl__bins_codes(&w->bins, v->column);
    const size_t group = w->bins.group, bins = (size_t)v->bins->count + 1;
    const int team = tsl__team_size(w->threads, (double)j->rows.count);
#pragma omp parallel num_threads(team)
    {
        size_t *count = w->scratch[omp_get_thread_num()].count;
        memset(count, 0, bins * sizeof *count);
#pragma omp for schedule(static)
        for (size_t i = 0; i < j->rows.count; i++) {
            count[code[j->rows.row[i] * group]]++;
        }
    }
    for (int t = 1; t < team; t++) {
        for (size_t b = 0; b < bins; b++) {
            v->s->count[b] += w->scratch[t].count[b];
        }
    }
    memset(v->s->mass, 0, bins * sizeof *v->s->mass);
    for (size_t i = 0; j->bounded && i < j->rows.count; i++) {
        v->s->mass[code[j->rows.row[i] * group]] += tsl__weight_get(w->weight, j->rows.row[i]);
    }
}

/* Does a row cost more than at its nearest centre in one of the gaps that are looked at? */
static int is_parted(const view *v, int bin, int nearest)
{
    const int first = v->s->first[bin], moving = v->s->moving[bin], rank = v->s->rank[nearest];
    const int right = (rank < first) & (rank <= v->high) & (first > v->low);
    const int left = (rank >= first) & ((rank > first) | moving) & (rank > v->low) & (first - moving <= v->high);
    return right | left;
}

/* Is but one gap looked at, and are rows sorted by the side that they are parted from? */
static int is_single(const view *v)
{
    return v->low == v->high && v->s->parted;
}

/* Tells of each bin and nearest centre whether a row is parted: 1; of a single gap: 1: the
 * centre lies on its left, 2: on its right. */
static void find_parted(const view *v)
{
    const size_t k = (size_t)v->job->work->k;
    for (int b = 0; b <= v->bins->count; b++) {
        for (int i = 0; i < v->job->count; i++) {
            const int c = v->job->set[i], right = is_single(v) && v->s->rank[c] > v->low;
            v->s->parted[(size_t)b * k + (size_t)c] = (char)(is_parted(v, b, c) << right);
        }
    }
}

/* The places in a block of the rows that are parted: those of table value 1 from the
 * beginning on, those of 2 from the end backward; how many they are. */
static void find_rows(const view *v, const size_t *row, const uint16_t *nearest, size_t count, uint16_t *place,
                      size_t found[2])
{
    const tsl__tree_work *w = v->job->work;
    const size_t k = (size_t)w->k, group = w->bins.group;
    const uint16_t *code = tsl__bins_codes(&w->bins, v->column);
    const char *parted = v->s->parted;
    size_t front = 0, back = 0;
    for (size_t i = 0; i < count && parted; i++) {
        const int from = parted[code[row[i] * group] * k + nearest[i]];
        place[front] = place[count - 1 - back] = (uint16_t)i;
        front += from == 1;
        back += from == 2;
    }
    for (size_t i = 0; i < count && !parted; i++) {
        place[front] = (uint16_t)i;
        front += (size_t)is_parted(v, code[row[i] * group], nearest[i]);
    }
    found[0] = front;
    found[1] = back;
}

/* Adds rows whose nearest centres lie on one side of the single gap that is looked
 * at (right: 1: on the right), and that cost more where they lie on the other. */
static void add_side(const view *v, int right, const size_t *row, const uint16_t *nearest, const uint16_t *place,
                     size_t count, tsl__scratch *s)
{
    const tsl__tree_work *w = v->job->work;
    const size_t line = (size_t)w->k + 1, group = w->bins.group;
    const uint16_t *code = tsl__bins_codes(&w->bins, v->column);
    const int gap = v->low, begin = right ? 0 : gap + 1, end = right ? gap : v->gaps;
    int64_t base = 0;
    for (size_t i = 0; i < count; i++) {
        const int64_t *soon = w->distance + row[place[i + AHEAD < count ? i + AHEAD : count - 1]] * line;
        __builtin_prefetch(soon);
        __builtin_prefetch(soon + line - 1);
        const size_t at = row[place[i]], bin = code[at * group];
        const int64_t *d = w->distance + at * line;
        int64_t least = d[v->s->place[begin].cluster];
        for (int c = begin + 1; c <= end; c++) {
            const int64_t here = d[v->s->place[c].cluster];
            least = here < least ? here : least;
        }
        least -= d[nearest[place[i]]];
        const int64_t moves = v->s->moving[bin] && v->s->first[bin] == gap + 1 ? least : 0;
        s->sum[2 * bin + (right ? 0 : 1)] += moves;
        base += least - moves;
    }
    s->base[gap] += base;
}

/* Adds a block of rows to a thread's sums: those first found that matter, as only their distances are read. */
static void add_block(const view *v, size_t begin, size_t end, tsl__scratch *s)
{
    const tsl__tree_work *w = v->job->work;
    const size_t *row = v->job->rows.row + begin, line = (size_t)w->k + 1, group = w->bins.group;
    const uint16_t *code = tsl__bins_codes(&w->bins, v->column), *nearest = w->nearest + begin;
    uint16_t *place = s->tile_code;
    size_t count[2];
    find_rows(v, row, nearest, end - begin, place, count);
    if (is_single(v)) {
        add_side(v, 0, row, nearest, place, count[0], s);
        add_side(v, 1, row, nearest, place + (end - begin) - count[1], count[1], s);
        return;
    }
    for (size_t i = 0; i < count[0]; i++) {
        const int64_t *soon = w->distance + row[place[i + AHEAD < count[0] ? i + AHEAD : count[0] - 1]] * line;
        __builtin_prefetch(soon);
        __builtin_prefetch(soon + line - 1);
        const size_t at = row[place[i]];
        add_row(v, w->distance + at * line, code[at * group], nearest[place[i]], s);
    }
}

/* What another thread has summed up goes to the first one's sums, which are the view's. */
static void merge_sums(int64_t *from, int64_t *to, size_t count)
{
    tsl__costs_add(to, from, count);
    memset(from, 0, count * sizeof *from);
}

/* Adds all rows; 0 where the column was given up on the way. */
static int add_rows(const view *v)
{
    const tsl__tree_work *w = v->job->work;
    const size_t count = v->job->rows.count, gaps = (size_t)v->gaps, sums = 2 * ((size_t)v->bins->count + 1);
    const int team = tsl__team_size(w->threads, (double)count);
    const size_t round = team > 1 ? ROUND_BLOCKS * (size_t)team * TSL__BLOCK_ROWS : TSL__BLOCK_ROWS;
    for (int t = 1; t < team; t++) {
        memset(w->scratch[t].base, 0, gaps * sizeof(int64_t));
        memset(w->scratch[t].sum, 0, sums * sizeof(int64_t));
    }
    if (v->s->parted) {
        find_parted(v);
    }
    for (size_t from = 0, to; from < count; from = to) {
        to = count - from < round ? count : from + round;
#pragma omp parallel for num_threads(team) schedule(dynamic, 1)
        for (size_t begin = from; begin < to; begin += TSL__BLOCK_ROWS) {
            add_block(v, begin, to - begin < TSL__BLOCK_ROWS ? to : begin + TSL__BLOCK_ROWS,
                      &w->scratch[omp_get_thread_num()]);
        }
        for (int t = 1; t < team; t++) {
            merge_sums(w->scratch[t].base, v->s->base, gaps);
        }
        if (given_up(v)) {
            return 0;
        }
    }
    for (int t = 1; t < team; t++) {
        merge_sums(w->scratch[t].sum, v->s->sum, sums);
    }
    count_rows(v);
    return 1;
}

/* What the length of the rules costs at least, where the mass on the left lies between two. */
static int64_t height_cost(const view *v, int gap, double low, double high)
{
    const job *j = v->job;
    if (!j->bounded) {
        return 0;
    }
    const double height =
        tsl__tree_height(gap + 1, v->gaps - gap, low / j->mass, high / j->mass, j->bounded[v->column]);
    return llrint(fmin(height * j->per_height * (low < high ? 1 - HEIGHT_SLACK : 1), 0x1p61));
}

/* Takes the cut where it is better and keeps rows on both sides. The missing
 * alone are put on the right, never on the left. */
static void consider(const view *v, int64_t cost, side left, int gap, double at)
{
    const size_t missing = v->missing_left ? v->s->count[v->bins->count] : 0;
    if (left.rows > missing && left.rows < v->job->rows.count) {
        cost += height_cost(v, gap, left.mass, left.mass);
        tsl__cut cut = {cost, 0, v->s->place[gap].place, at, (int64_t)v->column, v->missing_left, {-1, -1}, {0, 0}};
        *v->best = tsl__cut_before(&cut, v->best) ? cut : *v->best;
    }
}

/* Could the inside of a bin, at this bound, hold a better cut? */
static int worth(const view *v, int64_t bound, side left, int gap, int bin)
{
    if (!v->fine || !v->bins->many[bin] || v->s->count[bin] < 2) {
        return 0;
    }
    bound += height_cost(v, gap, left.mass, left.mass + v->s->mass[bin]);
    double at = bin ? v->bins->edge[bin - 1] : -INFINITY;
    tsl__cut cut = {bound, 0, v->s->place[gap].place, at, (int64_t)v->column, v->missing_left, {-1, -1}, {0, 0}};
    return bound <= tsl__limit_get(&v->job->limit) && tsl__cut_before(&cut, v->best);
}

/* Every threshold between the values of a bin; cost and left are those with
 * all of the bin on the right. */
static void scan_bin(const view *v, int gap, int bin, int64_t cost, side left)
{
    const tsl__tree_work *work = v->job->work;
    const tsl__row_value *value = tsl__bins_values(work, v->column, bin, v->job->rows, v->s->count, v->s);
    for (size_t i = 0; i + 1 < v->s->count[bin]; i++) {
        const int64_t *d = work->distance + value[i].row * ((size_t)work->k + 1);
        int64_t least[2] = {INT64_MAX, INT64_MAX};
        for (int c = 0; c <= v->gaps; c++) {
            int64_t here = d[v->s->place[c].cluster];
            least[c > gap] = here < least[c > gap] ? here : least[c > gap];
        }
        cost += least[0] - least[1];
        left.rows++;
        left.mass += tsl__weight_get(work->weight, value[i].row);
        if (value[i].value < value[i + 1].value) {
            consider(v, cost, left, gap, value[i].value);
        }
    }
}

/* Bins are marked first, so that their rows are read at once and no others are. */
static void look_into(const view *v, int gap, int bin, int64_t cost, side left)
{
    if (v->fine == 1) {
        v->s->wanted[bin] = 1;
        ++*v->wanted;
    } else if (v->s->wanted[bin]) {
        scan_bin(v, gap, bin, cost, left);
    }
}

static void take_bin(const view *v, int bin, side *left)
{
    left->rows += v->s->count[bin];
    left->mass += v->s->mass[bin];
}

static void scan_gap(const view *v, int gap, int bin, side left)
{
    const tsl__scratch *s = v->s;
    int64_t cost = s->base[gap];
    int end = bin;
    for (; end < v->bins->count && s->moving[end] && s->first[end] == gap + 1; end++) {
        cost += s->sum[2 * end + 1];
    }
    consider(v, cost, left, gap, s->place[gap].place);
    for (; bin < end; bin++) {
        int64_t bound = cost - s->sum[2 * bin + 1];
        if (worth(v, bound, left, gap, bin)) {
            look_into(v, gap, bin, cost, left);
        }
        cost = bound + s->sum[2 * bin];
        take_bin(v, bin, &left);
        if (s->count[bin]) {
            consider(v, cost, left, gap, v->bins->edge[bin]);
        }
    }
}

static void scan_gaps(const view *v)
{
    const tsl__center_place *place = v->s->place;
    side left = {0, 0};
    int bin = 0;
    if (v->missing_left) {
        take_bin(v, v->bins->count, &left);
    }
    for (int gap = 0; gap <= v->high; gap++) {
        for (; bin < v->bins->count && v->bins->edge[bin] <= place[gap].place; bin++) {
            take_bin(v, bin, &left);
        }
        if (gap >= v->low && is_open(v, gap)) {
            scan_gap(v, gap, bin, left);
        }
    }
}

static void look_inside(view *v)
{
    int wanted = 0;
    memset(v->s->wanted, 0, (size_t)v->bins->count);
    v->s->batch_end = 0;
    v->wanted = &wanted;
    v->fine = 1;
    scan_gaps(v);
    v->fine = 2;
    if (wanted) {
        scan_gaps(v);
    }
    v->wanted = NULL;
}

/* The gaps that may hold the best cut lie from v->low to v->high; 0: none does. */
static int find_gaps(view *v)
{
    const int64_t limit = tsl__limit_get(&v->job->limit);
    v->low = v->gaps;
    v->high = -1;
    for (int g = 0; g < v->gaps; g++) {
        if (is_open(v, g) && (!v->least || v->least[g] <= limit)) {
            v->low = g < v->low ? g : v->low;
            v->high = g;
        }
    }
    return v->high >= 0;
}

static view view_of(job *j, size_t column, int missing_left, tsl__scratch *scratch, tsl__cut *best)
{
    view v = {.job = j, .s = scratch, .bins = &j->work->bins.column[column], .column = column};
    v.missing_left = missing_left;
    v.best = best;
    return v;
}

/* Where a column's gaps' bounds stand, missing to one side. */
static int64_t *least_get(const tsl__tree_work *w, size_t column, int missing_left)
{
    return w->gap_least + (2 * column + (size_t)missing_left) * (size_t)w->k;
}

/* The best cut in the gaps that are open: between the bins first, so that few of them need
 * to be looked into. */
static void scan_view(view *v)
{
    if (add_rows(v)) {
        scan_gaps(v);
        tsl__limit_lower(&v->job->limit, v->best->cost);
        look_inside(v);
        tsl__limit_lower(&v->job->limit, v->best->cost);
    }
}

/* The best cut of a column. bounds: 1: those of its gaps are known. */
static void scan_column(job *j, size_t column, int bounds, tsl__cut *best)
{
    const tsl__bins_column *bins = &j->work->bins.column[column];
    for (int missing_left = 0; missing_left <= bins->missing; missing_left++) {
        view v = view_of(j, column, missing_left, j->work->scratch, best);
        v.least = bounds ? least_get(j->work, column, missing_left) : NULL;
        if (view_open(&v) && find_gaps(&v)) {
            scan_view(&v);
        }
    }
}

/* Looks at the gap that costs least, as far as is known, of a column before all others. */
static void scan_first(job *j, size_t column, tsl__cut *best)
{
    const tsl__bins_column *bins = &j->work->bins.column[column];
    int64_t least = INT64_MAX;
    for (int missing_left = 0; missing_left <= bins->missing; missing_left++) {
        view v = view_of(j, column, missing_left, j->work->scratch, best);
        for (int g = 0, there = view_open(&v); there && g < v.gaps; g++) {
            const int64_t here = least_get(j->work, column, missing_left)[g];
            if (is_open(&v, g) && here < least) {
                least = here;
                j->first.column = column;
                j->first.missing_left = missing_left;
                j->first.gap = g;
            }
        }
    }
    if (j->first.column == column) {
        view v = view_of(j, column, j->first.missing_left, j->work->scratch, best);
        view_open(&v);
        v.low = v.high = j->first.gap;
        scan_view(&v);
    }
}

/* ---- Margins ------------------------------------------------------------- */

/* The nearest of the set to each row, and its margin. */
static void margins_get(const job *j)
{
    const tsl__tree_work *w = j->work;
    const int team = tsl__team_size(w->threads, (double)j->rows.count * j->count);
#pragma omp parallel for num_threads(team) schedule(static)
    for (size_t i = 0; i < j->rows.count; i++) {
        const int64_t *d = w->distance + j->rows.row[i] * ((size_t)w->k + 1);
        int best = j->set[0];
        int64_t first = d[best], second = INT64_MAX;
        for (int c = 1; c < j->count; c++) { /* without a branch to guess */
            const int64_t here = d[j->set[c]], worse = here < first ? first : here;
            best = here < first ? j->set[c] : best;
            first = here < first ? here : first;
            second = worse < second ? worse : second;
        }
        w->nearest[i] = (uint16_t)best;
        w->margin[i] = second - first;
    }
}

/* Adds the margins of a tile of rows up, by bin and nearest centre. */
static void margins_gather(const job *j, size_t column, size_t begin, size_t end, int64_t *margin)
{
    const tsl__tree_work *w = j->work;
    const uint16_t *code = tsl__bins_codes(&w->bins, column);
    const size_t k = (size_t)w->k, group = w->bins.group;
    for (size_t i = begin; i < end; i++) {
        margin[code[j->rows.row[i] * group] * k + w->nearest[i]] += w->margin[i];
    }
}

/* Adds a bin's margins as add_row does, but to differences of the gaps. */
static void margins_add(const view *v, int bin, const int64_t *margin)
{
    const tsl__scratch *s = v->s;
    const int first = s->first[bin], moving = s->moving[bin];
    for (int rank = 0; rank <= v->gaps; rank++) {
        const int64_t here = margin[s->place[rank].cluster];
        if (rank < first) {
            s->sum[2 * bin + 1] += moving ? here : 0;
            s->base[rank] += here;
            s->base[first - moving] -= here;
        } else {
            s->sum[2 * bin] += moving ? here : 0;
            s->base[first] += here;
            s->base[rank] -= here;
        }
    }
}

/* What a cut in a gap costs at least: a bin that it moves through may be on
 * either side, or choose for each of its rows. */
static int64_t gap_bound(const view *v, int gap, int *bin)
{
    const tsl__scratch *s = v->s;
    int64_t cost = s->base[gap], least;
    int end = *bin;
    for (; end < v->bins->count && s->moving[end] && s->first[end] == gap + 1; end++) {
        cost += s->sum[2 * end + 1];
    }
    least = cost;
    for (; *bin < end; ++*bin) {
        cost -= s->sum[2 * *bin + 1];
        least = cost < least ? cost : least;
        cost += s->sum[2 * *bin];
    }
    *bin = end;
    return cost < least ? cost : least;
}

/* The bounds of all gaps of a column; the least of them. */
static int64_t column_bound(job *j, size_t column, const int64_t *margin, tsl__scratch *scratch)
{
    int64_t all = INT64_MAX;
    const tsl__bins_column *bins = &j->work->bins.column[column];
    for (int missing_left = 0; missing_left <= bins->missing; missing_left++) {
        view v = view_of(j, column, missing_left, scratch, NULL);
        int64_t *least = least_get(j->work, column, missing_left);
        if (!view_open(&v)) {
            continue;
        }
        scratch->base[v.gaps] = 0;
        for (int b = 0; b <= bins->count; b++) {
            margins_add(&v, b, margin + (size_t)b * (size_t)j->work->k);
        }
        for (int g = 1; g < v.gaps; g++) {
            scratch->base[g] += scratch->base[g - 1];
        }
        for (int g = 0, bin = 0; g < v.gaps; g++) {
            for (; bin < bins->count && bins->edge[bin] <= scratch->place[g].place; bin++) {
            }
            least[g] = gap_bound(&v, g, &bin);
            if (column == j->first.column && missing_left == j->first.missing_left && g == j->first.gap) {
                least[g] = INT64_MAX; /* looked at already */
            }
            all = is_open(&v, g) && least[g] < all ? least[g] : all;
        }
    }
    return all;
}

static int compare_cut(const void *a, const void *b)
{
    return tsl__cut_before(a, b) ? -1 : tsl__cut_before(b, a);
}

/* Bounds some columns by all rows, or, as a first guess, by a few. A column is given up
 * where the rows so far cost more than the best cut known. */
static void bound_columns(job *j, size_t from, size_t count, int few, tsl__scratch *s)
{
    const tsl__tree_work *w = j->work;
    const size_t each = (size_t)w->bins.most * (size_t)w->k, step = few ? FEW : 1;
    size_t tiles = 0;
    memset(s->margin, 0, count * each * sizeof *s->margin);
    for (size_t c = 0; c < count; c++) {
        w->rank[from + c] = (tsl__cut){.cost = 0, .column = (int64_t)(from + c)};
    }
    for (size_t begin = 0; begin < j->rows.count; begin += step * TILE_ROWS) {
        const size_t end = j->rows.count - begin < TILE_ROWS ? j->rows.count : begin + TILE_ROWS;
        const int last = j->rows.count - begin <= step * TILE_ROWS, look = last || ++tiles % LOOK_TILES == 0;
        for (size_t c = 0; c < count; c++) {
            tsl__cut *rank = &w->rank[from + c];
            if (rank->cost > j->limit) {
                continue;
            }
            margins_gather(j, from + c, begin, end, s->margin + c * each);
            if (look && (last || !few)) {
                rank->cost = column_bound(j, from + c, s->margin + c * each, s);
            }
        }
    }
}

/* Fills work->rank with what each column's cuts cost at least, the most promising
 * first: the sooner a good cut is known, the sooner others are given up. */
static void rank_columns(job *j, int few)
{
    const tsl__tree_work *w = j->work;
    const size_t cols = w->raw->cols, together = w->together;
    const int team = tsl__team_size(w->threads, (double)j->rows.count * (double)cols);
#pragma omp parallel for num_threads(team) schedule(dynamic, 1)
    for (size_t from = 0; from < cols; from += together) {
        bound_columns(j, from, cols - from < together ? cols - from : together, few, &w->scratch[omp_get_thread_num()]);
    }
    qsort(w->rank, cols, sizeof *w->rank, compare_cut);
}

/* What the rules' length is measured by: the rows' mass, and their cost at the nearest centres. */
static void weigh_height(job *j)
{
    const tsl__tree_work *w = j->work;
    int64_t cost = 0;
    for (size_t i = 0; i < j->rows.count; i++) {
        const size_t row = j->rows.row[i];
        cost += w->distance[row * ((size_t)w->k + 1) + w->nearest[i]];
        j->mass += tsl__weight_get(w->weight, row);
    }
    j->per_height = HEIGHT_FACTOR * (double)cost;
}

void tsl__tree_find_greedy(const tsl__tree_work *work, tsl__tree_rows rows, const int *set, int count,
                           const unsigned char *bounded, tsl__cut *best)
{
    const int bounds = work->scratch->margin != NULL;
    job j = {.work = work, .rows = rows, .set = set, .count = count, .bounded = bounded, .limit = INT64_MAX};
    *best = tsl__cut_none;
    j.first.column = SIZE_MAX;
    margins_get(&j);
    if (bounded) {
        weigh_height(&j);
    }
    if (bounds) {
        rank_columns(&j, 1);
        scan_first(&j, (size_t)work->rank->column, best);
        rank_columns(&j, 0);
    }
    for (size_t i = 0; i < work->raw->cols; i++) {
        if (!bounds || work->rank[i].cost <= j.limit) {
            tsl__cut found = tsl__cut_none;
            scan_column(&j, bounds ? (size_t)work->rank[i].column : i, bounds, &found);
            tsl__cut_take(best, &found);
        }
    }
}
