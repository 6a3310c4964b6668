/* descriptor_sums.c: rows added up, and what a node of them takes off the loss. */
#include "model/descriptor/descriptor_work.h"

#include <string.h>

double tsl__descriptor_weight(const tsl__descriptor_task *task, const double *sum)
{
    double weight = sum[1];
    for (size_t c = 2; task->label && c < task->channels; c++) {
        weight += sum[c];
    }
    return weight;
}

double tsl__descriptor_score(const tsl__descriptor_task *task, const double *sum)
{
    double squares = 0;
    if (!task->label) {
        return sum[1] > 0 ? sum[2] * sum[2] / sum[1] : 0;
    }
    for (size_t c = 1; c < task->channels; c++) {
        squares += sum[c] * sum[c];
    }
    return squares > 0 ? squares / tsl__descriptor_weight(task, sum) : 0;
}

int tsl__descriptor_fits(const tsl__descriptor_task *task, const double *sum)
{
    const double least = task->opt.min_share > 0 ? task->opt.min_share * task->weights.total : 0;
    return sum[0] >= task->opt.min_rows && tsl__descriptor_weight(task, sum) >= least;
}

void tsl__descriptor_tabulate(const tsl__descriptor_task *task, const tsl__descriptor_rows *rows, size_t column,
                              double *cell)
{
    const tsl__descriptor_codes *codes = &task->codes[column];
    memset(cell, 0, tsl__descriptor_cells(codes, task->channels) * sizeof *cell);
    for (size_t i = 0; i < rows->count; i++) {
        const uint32_t row = rows->row[i];
        tsl__descriptor_add(task, row, cell + (size_t)codes->code[row] * task->channels);
    }
}
