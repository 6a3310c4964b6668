/* cart.c: the best cut of a node in two: by a number at a threshold, by a category in
 * the order of its levels. Breiman, Friedman, Olshen & Stone (1984). */
#include "model/descriptor/descriptor_work.h"
#include "stat/sort.h"

#include <math.h>
#include <string.h>

/* A category is looked through in the order of the shares of so many classes, the heaviest ones. */
#define ORDERS 32

/* A search through a node by one column. */
typedef struct search {
    const tsl__descriptor_task *task;
    double *left, *right, *missing, *trial; /* channels: known values that were passed, and others */
    double base;                            /* the node's score */
    tsl__descriptor_split *best;
} search;

static void add_sums(double *to, const double *from, size_t channels, double sign)
{
    for (size_t c = 0; c < channels; c++) {
        to[c] += sign * from[c];
    }
}

/* 1 where a cut into these two is the best so far. */
static int is_best(search *s, const double *a, const double *b)
{
    if (!tsl__descriptor_fits(s->task, a) || !tsl__descriptor_fits(s->task, b)) {
        return 0;
    }
    const double gain = tsl__descriptor_score(s->task, a) + tsl__descriptor_score(s->task, b) - s->base;
    if (!(gain > s->best->gain)) {
        return 0;
    }
    s->best->gain = gain;
    return 1;
}

/* ---- Numbers ----------------------------------------------------------------- */

static void take_threshold(search *s, uint32_t last, uint32_t first, int32_t missing)
{
    s->best->bound_count = 1;
    s->best->last[0] = last;
    s->best->first[0] = first;
    s->best->missing = missing;
}

/* The cut between two codes that follow each other, missing values on either side. */
static void try_threshold(search *s, uint32_t last, uint32_t first)
{
    const size_t channels = s->task->channels;
    if (!(s->missing[0] > 0)) {
        if (is_best(s, s->left, s->right)) {
            take_threshold(s, last, first, -1);
        }
        return;
    }
    memcpy(s->trial, s->left, channels * sizeof *s->trial);
    add_sums(s->trial, s->missing, channels, 1);
    if (is_best(s, s->trial, s->right)) {
        take_threshold(s, last, first, 0);
    }
    memcpy(s->trial, s->right, channels * sizeof *s->trial);
    add_sums(s->trial, s->missing, channels, 1);
    if (is_best(s, s->left, s->trial)) {
        take_threshold(s, last, first, 1);
    }
}

/* Known values from missing ones; before any threshold, when all known ones are right. */
static void try_missing(search *s)
{
    if (s->missing[0] > 0 && is_best(s, s->right, s->missing)) {
        s->best->bound_count = 0;
        s->best->missing = 1;
    }
}

static void search_table(search *s, const double *cell, uint32_t count)
{
    const size_t channels = s->task->channels;
    uint32_t last = count;
    for (uint32_t code = 0; code < count; code++) {
        const double *sum = cell + (size_t)code * channels;
        if (sum[0] > 0) {
            if (last < count) {
                try_threshold(s, last, code);
            }
            add_sums(s->left, sum, channels, 1);
            add_sums(s->right, sum, channels, -1);
            last = code;
        }
    }
}

/* The rows of known value in the order of their codes. */
static size_t sort_rows(const tsl__descriptor_rows *rows, const tsl__descriptor_codes *codes, double *sorted)
{
    double *with = sorted + rows->count;
    size_t known = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const uint32_t code = codes->code[rows->row[i]];
        if (code < codes->count) {
            sorted[known] = code;
            with[known++] = rows->row[i];
        }
    }
    tsl__sort_with(sorted, with, sorted + 2 * rows->count, known);
    return known;
}

static void search_sorted(search *s, const tsl__descriptor_rows *rows, const tsl__descriptor_codes *codes,
                          double *sorted, double *group)
{
    const size_t channels = s->task->channels, known = sort_rows(rows, codes, sorted);
    const double *with = sorted + rows->count;
    for (size_t i = 0; i < known;) {
        const double code = sorted[i];
        if (i > 0) {
            try_threshold(s, (uint32_t)sorted[i - 1], (uint32_t)code);
        }
        memset(group, 0, channels * sizeof *group);
        for (; i < known && sorted[i] == code; i++) {
            tsl__descriptor_add(s->task, (size_t)with[i], group);
        }
        add_sums(s->left, group, channels, 1);
        add_sums(s->right, group, channels, -1);
    }
}

static void search_number(search *s, const tsl__descriptor_rows *rows, const tsl__descriptor_codes *codes,
                          size_t column, const tsl__descriptor_room *room)
{
    const size_t channels = s->task->channels, cells = tsl__descriptor_cells(codes, channels);
    const int tabled = cells <= TSL__DESCRIPTOR_FEW_CELLS || cells <= rows->count;
    if (tabled) {
        tsl__descriptor_tabulate(s->task, rows, column, room->cell);
        memcpy(s->missing, room->cell + (size_t)codes->count * channels, channels * sizeof *s->missing);
    } else {
        for (size_t i = 0; i < rows->count; i++) {
            if (codes->code[rows->row[i]] == codes->count) {
                tsl__descriptor_add(s->task, rows->row[i], s->missing);
            }
        }
    }
    memcpy(s->right, rows->sum, channels * sizeof *s->right);
    add_sums(s->right, s->missing, channels, -1);
    try_missing(s);
    if (tabled) {
        search_table(s, room->cell, codes->count);
    } else {
        search_sorted(s, rows, codes, room->sorted, room->sums + 4 * channels);
    }
}

/* ---- Categories ---------------------------------------------------------------- */

/* Sorts the levels by rising key; equal ones stay as they were. */
static void sort_levels(int32_t *level, double *key, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const int32_t moved = level[i];
        const double by = key[i];
        size_t at = i;
        for (; at > 0 && key[at - 1] > by; at--) {
            level[at] = level[at - 1];
            key[at] = key[at - 1];
        }
        level[at] = moved;
        key[at] = by;
    }
}

/* The first `left` levels of an order are child 0, unless the lowest code of all is not among them. */
static void take_parts(search *s, const int32_t *level, size_t count, size_t left, uint32_t codes)
{
    tsl__descriptor_split *best = s->best;
    size_t lowest = 0;
    for (size_t i = 1; i < count; i++) {
        lowest = level[i] < level[lowest] ? i : lowest;
    }
    const int turned = lowest >= left;
    best->missing = -1;
    for (uint32_t code = 0; code < codes; code++) {
        best->part[code] = -1;
    }
    for (size_t i = 0; i < count; i++) {
        const int32_t child = (i >= left) != turned;
        if ((uint32_t)level[i] == codes) {
            best->missing = child;
        } else {
            best->part[level[i]] = child;
        }
    }
}

/* Every cut of the levels in the order of the share of one channel. */
static void search_order(search *s, const double *cell, size_t channel, const int32_t *seen, size_t count,
                         uint32_t codes, const tsl__descriptor_room *room, const double *node)
{
    const size_t channels = s->task->channels;
    int32_t *level = room->item;
    memcpy(level, seen, count * sizeof *level);
    for (size_t i = 0; i < count; i++) {
        const double *sum = cell + (size_t)level[i] * channels;
        room->key[i] = sum[channel] / tsl__descriptor_weight(s->task, sum);
    }
    sort_levels(level, room->key, count);
    memset(s->left, 0, channels * sizeof *s->left);
    memcpy(s->right, node, channels * sizeof *s->right);
    for (size_t i = 0; i + 1 < count; i++) {
        const double *sum = cell + (size_t)level[i] * channels;
        add_sums(s->left, sum, channels, 1);
        add_sums(s->right, sum, channels, -1);
        if (is_best(s, s->left, s->right)) {
            take_parts(s, level, count, i + 1, codes);
        }
    }
}

static void search_category(search *s, const tsl__descriptor_rows *rows, const tsl__descriptor_codes *codes,
                            size_t column, const tsl__descriptor_room *room)
{
    const size_t channels = s->task->channels, levels = (size_t)codes->count + 1;
    int32_t *seen = room->item + levels;
    size_t count = 0, orders = 0;
    tsl__descriptor_tabulate(s->task, rows, column, room->cell);
    for (size_t code = 0; code < levels; code++) {
        if (room->cell[code * channels] > 0) {
            seen[count++] = (int32_t)code;
        }
    }
    const size_t first = s->task->label ? 1 : 2;
    const size_t end = s->task->label && channels == 3 ? 2 : channels; /* of two classes one order tells all */
    for (size_t channel = first; channel < end && orders < ORDERS; channel++) {
        if (!s->task->label || rows->sum[channel] > 0) {
            search_order(s, room->cell, channel, seen, count, codes->count, room, rows->sum);
            orders++;
        }
    }
}

void tsl__cart_search(const tsl__descriptor_task *task, const tsl__descriptor_rows *rows, size_t column,
                      const tsl__descriptor_room *room, tsl__descriptor_split *split)
{
    const tsl__descriptor_codes *codes = &task->codes[column];
    const size_t channels = task->channels;
    search s = {.task = task,
                .left = room->sums,
                .right = room->sums + channels,
                .missing = room->sums + 2 * channels,
                .trial = room->sums + 3 * channels,
                .base = tsl__descriptor_score(task, rows->sum),
                .best = split};
    split->column = -1;
    split->gain = 0;
    split->child_count = 2;
    split->chi_square = split->degrees = split->log_p = split->effect = NAN;
    memset(room->sums, 0, TSL__DESCRIPTOR_SUMS * channels * sizeof *room->sums);
    if (codes->ordered) {
        search_number(&s, rows, codes, column, room);
    } else {
        search_category(&s, rows, codes, column, room);
    }
    split->column = split->gain > 0 ? (int32_t)column : -1;
}
