/* tree_bins.c: columns cut into a few hundred bins, at quantiles of a sample
 * and around the clusters' places. Bins only say where to look: whatever a bin
 * could hide is looked at value by value. */
#include "model/tree/tree.h"

#include "base/alloc.h"
#include "base/error.h"

#include <float.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define QUANTILES 256
#define SAMPLE_ROWS 16384
#define BATCH_ROWS 65536 /* rows of bins looked at value by value that are read at once, where no bin has more */
#define GROUP_COLUMNS 4  /* whose codes of a row lie side by side, at most */
#define TILE_PITCH 520   /* of a column of them: no power of two, as those share a few places in the cache */
#define READ_ROWS 2048   /* rows that are looked at before those found are read */
#define TILE_ROWS 512    /* rows read at once, so that they stay in the cache while each column is coded */

static int compare_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorted known values of every step-th row; their count. */
static size_t sample_get(const tsl__row_view *raw, size_t column, double *sample)
{
    size_t step = (raw->rows + SAMPLE_ROWS - 1) / SAMPLE_ROWS, count = 0;
    for (size_t r = 0; r < raw->rows; r += step) {
        double value = tsl__cell(raw, r, column);
        if (isfinite(value)) {
            sample[count++] = value;
        }
    }
    qsort(sample, count, sizeof *sample, compare_double);
    return count;
}

/* Upper edges of the bins, rising and distinct; their count. A value that
 * fills a whole quantile, and a cluster's place, get a bin of their own. */
static int edges_get(const double *sample, size_t samples, const double *place, int k, size_t stride, double *edge)
{
    int count = 0;
    for (size_t q = 0; q < QUANTILES && samples; q++) {
        double value = sample[q * samples / QUANTILES];
        if (q && value == sample[(q - 1) * samples / QUANTILES]) {
            edge[count++] = nextafter(value, -INFINITY);
        } else {
            edge[count++] = value;
        }
    }
    for (int c = 0; c < k; c++) {
        double value = place[(size_t)c * stride];
        if (isfinite(value)) {
            edge[count++] = nextafter(value, -INFINITY);
            edge[count++] = value;
        }
    }
    edge[count++] = DBL_MAX;
    qsort(edge, (size_t)count, sizeof *edge, compare_double);
    int distinct = 1;
    for (int i = 1; i < count; i++) {
        if (edge[i] != edge[distinct - 1]) {
            edge[distinct++] = edge[i];
        }
    }
    return distinct;
}

static tsl_status edges_build(const tsl__row_view *raw, const double *place, int k, int threads, tsl__bins *out,
                              tsl_error *err)
{
    size_t room = QUANTILES + 2 * (size_t)k + 1, cols = raw->cols;
    int failed = 0;
#pragma omp parallel num_threads(threads)
    {
        double *sample = tsl__alloc(SAMPLE_ROWS, sizeof *sample);
#pragma omp for schedule(dynamic, 1)
        for (size_t c = 0; c < cols; c++) {
            tsl__bins_column *column = &out->column[c];
            column->edge = tsl__alloc(2 * room, sizeof(double));
            column->value = tsl__alloc(room, sizeof(double));
            column->many = tsl__alloc_zero(room, 1);
            if (!sample || !column->edge || !column->value || !column->many) {
#pragma omp atomic write
                failed = 1;
                continue;
            }
            size_t samples = sample_get(raw, c, sample);
            column->count = edges_get(sample, samples, place + c, k, cols, column->edge);
            tsl__grid_build(column->edge, column->count, &column->grid);
            for (int i = 0; i < column->grid.most; i++) {
                column->edge[column->count + i] = INFINITY;
            }
        }
        free(sample);
    }
    for (size_t c = 0; c < cols && !failed; c++) {
        out->most = out->column[c].count + 1 > out->most ? out->column[c].count + 1 : out->most;
        out->column[c].at = out->all;
        out->all += (size_t)out->column[c].count + 1;
    }
    return failed ? tsl__error_nomem(err) : TSL_OK;
}

/* What fell in a bin. */
typedef struct content {
    double low, high; /* infinite, the wrong way round, where nothing did */
    size_t count;
} content;

int tsl__bin_get(const tsl__bins_column *column, double value)
{
    return tsl__grid_find(&column->grid, column->edge, value);
}

static content *contents_open(size_t count)
{
    content *contents = tsl__alloc(count, sizeof *contents);
    for (size_t i = 0; contents && i < count; i++) {
        contents[i] = (content){INFINITY, -INFINITY, 0};
    }
    return contents;
}

static void content_add(content *to, double low, double high, size_t count)
{
    to->low = low < to->low ? low : to->low;
    to->high = high > to->high ? high : to->high;
    to->count += count;
}

/* Rows as columns: so they are read as they lie in memory, once. */
static void tile_turn(const tsl__row_view *raw, size_t begin, size_t end, double *turned)
{
    for (size_t r = begin; r < end; r++) {
        for (size_t c = 0; c < raw->cols; c++) {
            turned[c * TILE_PITCH + r - begin] = tsl__cell(raw, r, c);
        }
    }
}

/* Codes a column's values, code by code `group` apart; the first infinite one, or count. Without
 * a branch to guess, as the missing lie here and there. */
static size_t column_code(const tsl__bins_column *column, const double *value, size_t count, size_t group,
                          uint16_t *code, content *contents)
{
    const tsl__grid *grid = &column->grid;
    size_t bad = count;
    int infinite = 0;
    for (size_t i = 0; i < count; i++) {
        const int found = tsl__grid_find(grid, column->edge, value[i]);
        const int bin = fabs(value[i]) <= DBL_MAX ? found : column->count;
        infinite |= fabs(value[i]) > DBL_MAX;
        code[i * group] = (uint16_t)bin;
        content_add(&contents[bin], value[i], value[i], 1);
    }
    while (infinite && bad > 0 && !isinf(value[count - bad])) {
        bad--;
    }
    return infinite ? count - bad : count;
}

/* Codes a tile of rows; the first that holds an infinite value, or SIZE_MAX. */
static size_t tile_code(const tsl__row_view *raw, size_t begin, size_t end, double *turned, const tsl__bins *out,
                        content *contents)
{
    size_t bad = end;
    tile_turn(raw, begin, end, turned);
    for (size_t c = 0; c < raw->cols; c++) {
        uint16_t *code = out->code + (tsl__bins_codes(out, c) - out->code) + begin * out->group;
        const size_t found = column_code(&out->column[c], turned + c * TILE_PITCH, end - begin, out->group, code,
                                         contents + out->column[c].at);
        bad = begin + found < bad ? begin + found : bad;
    }
    return bad < end ? bad : SIZE_MAX;
}

static void contents_merge(content *all, const content *part, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        content_add(&all[i], part[i].low, part[i].high, part[i].count);
    }
}

static void contents_keep(const content *all, tsl__bins *out)
{
    out->room = BATCH_ROWS < out->rows ? BATCH_ROWS : out->rows;
    for (size_t c = 0; c < out->cols; c++) {
        tsl__bins_column *column = &out->column[c];
        const content *in = all + column->at;
        column->missing = in[column->count].count > 0;
        for (int b = 0; b < column->count; b++) {
            column->many[b] = in[b].low < in[b].high;
            column->value[b] = in[b].low + 0.0; /* of both zeros the same */
            out->room = column->many[b] && in[b].count > out->room ? in[b].count : out->room;
        }
    }
}

/* Codes every row. *bad: the first row with an infinite value, or SIZE_MAX. */
static tsl_status rows_code(const tsl__row_view *raw, int threads, tsl__bins *out, size_t *bad, tsl_error *err)
{
    size_t tiles = (raw->rows + TILE_ROWS - 1) / TILE_ROWS, contents = out->all;
    content *all = contents_open(contents);
    int failed = !all;
    size_t worst = SIZE_MAX;
#pragma omp parallel num_threads(threads) reduction(min : worst)
    {
        content *mine = contents_open(contents);
        double *turned = tsl__alloc(raw->cols, TILE_PITCH * sizeof *turned);
        const int ready = mine && turned;
#pragma omp for schedule(static)
        for (size_t t = 0; t < tiles; t++) {
            size_t begin = t * TILE_ROWS, end = raw->rows - begin < TILE_ROWS ? raw->rows : begin + TILE_ROWS;
            size_t found = ready ? tile_code(raw, begin, end, turned, out, mine) : SIZE_MAX;
            worst = found < worst ? found : worst;
        }
#pragma omp critical(tsl__bins)
        {
            failed |= !ready;
            if (!failed) {
                contents_merge(all, mine, contents);
            }
        }
        free(mine);
        free(turned);
    }
    if (!failed) {
        contents_keep(all, out);
    }
    free(all);
    *bad = worst;
    return failed ? tsl__error_nomem(err) : TSL_OK;
}

tsl_status tsl__bins_build(const tsl__row_view *raw, const double *place, int k, int threads, tsl__bins *out,
                           tsl_error *err)
{
    size_t bad = SIZE_MAX;
    tsl_status status = TSL_OK;
    *out = (tsl__bins){.rows = raw->rows, .cols = raw->cols};
    TSL__NEED(out->column = tsl__alloc_zero(raw->cols, sizeof *out->column));
    const size_t groups = (raw->cols + GROUP_COLUMNS - 1) / GROUP_COLUMNS;
    out->group = (raw->cols + groups - 1) / groups;
    TSL__NEED(out->code = tsl__alloc_aligned(groups * out->group, raw->rows * sizeof *out->code));
    TSL__TRY(edges_build(raw, place, k, threads, out, err));
    TSL__TRY(rows_code(raw, threads, out, &bad, err));
    if (bad != SIZE_MAX) {
        status =
            tsl__error_set(err, TSL_E_INPUT, "raw row %zu holds an infinite value; expected finite or NaN", bad + 1);
    }
done:
    if (status != TSL_OK) {
        tsl__bins_free(out);
    }
    return status;
}

void tsl__bins_free(tsl__bins *bins)
{
    for (size_t c = 0; bins->column && c < bins->cols; c++) {
        free(bins->column[c].edge);
        free(bins->column[c].value);
        free(bins->column[c].many);
    }
    free(bins->column);
    free(bins->code);
    *bins = (tsl__bins){0};
}

static int compare_value(const void *a, const void *b)
{
    double x = ((const tsl__row_value *)a)->value, y = ((const tsl__row_value *)b)->value;
    return (x > y) - (x < y);
}

/* The rows begin to end - 1 of the node that lie in loaded bins, in their order: into `to`, or, where that is NULL,
 * where their bins' begin in s->value. How many they are. */
static size_t batch_read(const tsl__tree_work *work, size_t column, const size_t *row, size_t begin, size_t end,
                         tsl__scratch *s, tsl__row_value *to)
{
    const uint16_t *code = tsl__bins_codes(&work->bins, column);
    const size_t group = work->bins.group;
    uint16_t place[READ_ROWS];
    size_t count = 0;
    for (size_t next; begin < end; begin = next) {
        size_t found = 0;
        next = end - begin < READ_ROWS ? end : begin + READ_ROWS;
        for (size_t i = begin; i < next; i++) { /* without a branch to guess */
            place[found] = (uint16_t)(i - begin);
            found += (size_t)s->loaded[code[row[i] * group]];
        }
        for (size_t i = 0; i < found; i++) {
            const size_t at = row[begin + place[i]];
            const tsl__row_value value = {tsl__cell(work->raw, at, column), at};
            *(to ? &to[count + i] : &s->value[s->start[code[at * group]]++]) = value;
        }
        count += found;
    }
    return count;
}

/* Fills the loaded bins: the first thread puts the rows of its part where they belong, the others
 * keep theirs by themselves, to be put behind them in order. */
static void batch_fill(const tsl__tree_work *work, size_t column, tsl__tree_rows rows, tsl__scratch *s)
{
    const uint16_t *code = tsl__bins_codes(&work->bins, column);
    const int alone = omp_in_parallel() || s != work->scratch;
    const int team = alone ? 1 : tsl__team_size(work->threads, (double)rows.count);
    size_t each = (rows.count + (size_t)team - 1) / (size_t)team;
#pragma omp parallel for num_threads(team) schedule(static, 1)
    for (int t = 0; t < team; t++) {
        const size_t begin = (size_t)t * each, end = begin + each < rows.count ? begin + each : rows.count;
        tsl__scratch *mine = &work->scratch[t];
        if (t == 0) {
            batch_read(work, column, rows.row, begin, end, s, NULL);
        } else {
            mine->values = begin < end ? batch_read(work, column, rows.row, begin, end, s, mine->value) : 0;
        }
    }
    for (int t = 1; t < team; t++) {
        const tsl__scratch *other = &work->scratch[t];
        for (size_t i = 0; i < other->values; i++) {
            s->value[s->start[code[other->value[i].row * work->bins.group]]++] = other->value[i];
        }
    }
}

/* Reads the rows of this bin, and of as many wanted ones that follow as there is room for. */
static void batch_load(const tsl__tree_work *work, size_t column, int bin, tsl__tree_rows rows, const size_t *count,
                       tsl__scratch *s)
{
    size_t room = work->bins.room, filled = 0;
    memset(s->loaded, 0, (size_t)work->bins.column[column].count + 1);
    s->batch_begin = bin;
    for (; bin < work->bins.column[column].count && (!s->wanted[bin] || filled + count[bin] <= room); bin++) {
        s->start[bin] = filled;
        s->loaded[bin] = s->wanted[bin];
        filled += s->wanted[bin] ? count[bin] : 0;
    }
    s->batch_end = bin;
    batch_fill(work, column, rows, s);
    for (int b = s->batch_begin; b < s->batch_end; b++) {
        s->start[b] -= s->loaded[b] ? count[b] : 0;
    }
}

const tsl__row_value *tsl__bins_values(const tsl__tree_work *work, size_t column, int bin, tsl__tree_rows rows,
                                       const size_t *count, tsl__scratch *s)
{
    if (bin < s->batch_begin || bin >= s->batch_end) {
        batch_load(work, column, bin, rows, count, s);
    }
    qsort(s->value + s->start[bin], count[bin], sizeof *s->value, compare_value);
    return s->value + s->start[bin];
}
