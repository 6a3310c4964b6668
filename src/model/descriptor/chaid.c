/* chaid.c: the cut of a node by one column in two or more, by chi-square of its merged
 * categories. Kass (1980). */
#include "model/descriptor/descriptor_work.h"
#include "stat/chi_square.h"

#include <math.h>
#include <string.h>

/* The categories that are there, missing last, at the begin of the table; code: what each is. */
static size_t gather_items(double *cell, const tsl__descriptor_codes *codes, size_t channels, int32_t *code)
{
    size_t count = 0;
    for (size_t i = 0; i <= codes->count; i++) {
        if (cell[i * channels] > 0) {
            memmove(cell + count * channels, cell + i * channels, channels * sizeof *cell);
            code[count++] = (int32_t)i;
        }
    }
    return count;
}

/* Numbers the groups as they come, and puts their sums side by side. Of a number, those of known values come in order.
 */
static void number_groups(const tsl__chaid_items *items, int32_t *child)
{
    int32_t groups = 0;
    for (size_t i = 0; i < items->count; i++) {
        const size_t first = (size_t)items->group[i];
        if (first == i) {
            memmove(items->sum + (size_t)groups * items->channels, items->sum + i * items->channels,
                    items->channels * sizeof *items->sum);
            child[i] = groups++;
        } else {
            child[i] = child[first];
        }
    }
}

static void take_groups(const tsl__chaid_items *items, const int32_t *code, const int32_t *child,
                        const tsl__descriptor_codes *codes, tsl__descriptor_split *split)
{
    const size_t known = items->count - (size_t)items->missing;
    split->missing = items->missing ? child[known] : -1;
    split->bound_count = 0;
    for (uint32_t c = 0; !codes->ordered && c < codes->count; c++) {
        split->part[c] = -1;
    }
    for (size_t i = 0; i < known; i++) {
        if (!codes->ordered) {
            split->part[code[i]] = child[i];
        } else if (i > 0 && child[i] != child[i - 1]) {
            split->last[split->bound_count] = (uint32_t)code[i - 1];
            split->first[split->bound_count++] = (uint32_t)code[i];
        }
    }
}

void tsl__chaid_search(const tsl__descriptor_task *task, const tsl__descriptor_rows *rows, size_t column,
                       const tsl__descriptor_room *room, tsl__descriptor_split *split)
{
    const tsl__descriptor_codes *codes = &task->codes[column];
    const size_t channels = task->channels, levels = (size_t)codes->count + 1;
    tsl__descriptor_tabulate(task, rows, column, room->cell);
    const int has_missing = room->cell[codes->count * channels] > 0;
    int32_t *code = room->item, *group = code + levels, *child = group + levels;
    const size_t count = gather_items(room->cell, codes, channels, code);
    const tsl__chaid_items items = {.count = count,
                                    .ordered = codes->ordered,
                                    .missing = has_missing,
                                    .channels = channels,
                                    .sum = room->cell,
                                    .group = group,
                                    .log_p = room->pair,
                                    .effect = room->pair + count * count,
                                    .scratch = room->sums};
    *split = (tsl__descriptor_split){.column = -1, .part = split->part, .missing = -1};
    const size_t groups = tsl__chaid_merge(&items, task->opt.alpha_merge, task->opt.effect, task);
    number_groups(&items, child);
    const tsl__chi_square test = tsl__chi_square_get(room->cell + 1, groups, channels - 1, channels, room->sums);
    const double log_p = fmin(0, test.log_p + tsl__chaid_multiplier(count, groups, codes->ordered, has_missing));
    if (groups < 2 || !(log_p <= log(task->opt.alpha_split)) || test.effect < task->opt.effect ||
        !tsl__descriptor_fits(task, room->cell)) {
        return;
    }
    split->column = (int32_t)column;
    split->child_count = (int32_t)groups;
    split->gain = -log_p;
    split->chi_square = test.statistic;
    split->degrees = test.degrees;
    split->effect = test.effect;
    split->log_p = log_p;
    take_groups(&items, code, child, codes, split);
}
