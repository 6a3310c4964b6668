/* move_table.c: from which group to which: a table of cells, from which what became of each group's value is added up,
 * so that its parts come to the difference of the totals. */
#include "label/compare/migration.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

int64_t tsl__roster_get_value(const tsl_migration *all, const tsl_roster *roster, size_t row)
{
    const int64_t value = all->has_value ? roster->value[row] : 0;
    return value == TSL_MISSING_INT ? 0 : value;
}

/* ---- The table ---------------------------------------------------------------------------- */

static tsl_status open_moves(const tsl_roster_groups *then, const tsl_roster_groups *now, tsl_moves *moves,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    moves->then = then->count;
    moves->now = now->count;
    TSL__NEED(moves->cell = tsl__alloc_zero((then->count + 1) * (now->count + 1), sizeof *moves->cell));
    TSL__NEED(moves->same = tsl__alloc(then->count, sizeof *moves->same));
    for (size_t g = 0; g < then->count; g++) {
        moves->same[g] = -1;
        for (size_t h = 0; h < now->count; h++) {
            moves->same[g] = strcmp(then->group[g].code, now->group[h].code) == 0 ? (int32_t)h : moves->same[g];
        }
    }
done:
    return status;
}

static tsl_migration_cell *get_cell(const tsl_moves *moves, size_t then, size_t now)
{
    return &moves->cell[then * (moves->now + 1) + now];
}

/* Sums of 1/10000 that no longer fit. */
static tsl_status refuse_sum(tsl_error *err)
{
    return tsl__error_set(err, TSL_E_INPUT,
                          "the values of the customers add up to more than 922,337,203,685,477, beyond which money is "
                          "not exact");
}

/* Those of the first run, wherever they are now. */
static int add_then(const tsl_migration *all, const tsl__match *match, tsl_by by, const tsl_moves *moves)
{
    const int32_t *then = all->then->by[by].of, *now = all->now->by[by].of;
    int beyond = 0;
    for (size_t i = 0; i < all->then->customers; i++) {
        const size_t j = match->now[i];
        tsl_migration_cell *cell = get_cell(moves, (size_t)then[i], j == SIZE_MAX ? moves->now : (size_t)now[j]);
        cell->customers++;
        beyond |= tsl__sum_is_beyond(&cell->value_then, tsl__roster_get_value(all, all->then, i));
        beyond |= j != SIZE_MAX && tsl__sum_is_beyond(&cell->value_now, tsl__roster_get_value(all, all->now, j));
    }
    return beyond;
}

/* Those who are in the second run alone. */
static int add_new(const tsl_migration *all, const tsl__match *match, tsl_by by, const tsl_moves *moves)
{
    const int32_t *now = all->now->by[by].of;
    int beyond = 0;
    for (size_t j = 0; j < all->now->customers; j++) {
        if (match->then[j] == SIZE_MAX) {
            tsl_migration_cell *cell = get_cell(moves, moves->then, (size_t)now[j]);
            cell->customers++;
            beyond |= tsl__sum_is_beyond(&cell->value_now, tsl__roster_get_value(all, all->now, j));
        }
    }
    return beyond;
}

/* ---- What became of each group ---------------------------------------------------------------- */

/* A row of the table: those who were in the group; stays: the column of its code, or -1. */
static int add_row(const tsl_moves *moves, tsl_flow *flow)
{
    const int32_t stays = flow->now;
    int beyond = 0;
    for (size_t h = 0; flow->then >= 0 && h <= moves->now; h++) {
        const tsl_migration_cell *cell = get_cell(moves, (size_t)flow->then, h);
        flow->size_then += cell->customers;
        beyond |= tsl__sum_is_beyond(&flow->value_then, cell->value_then);
        if (h == moves->now) {
            flow->vanished = cell->customers;
            flow->value_vanished = cell->value_then;
        } else if ((int32_t)h == stays) {
            flow->stayed = cell->customers;
            beyond |= __builtin_sub_overflow(cell->value_now, cell->value_then, &flow->grown);
        } else {
            flow->left += cell->customers;
            beyond |= tsl__sum_is_beyond(&flow->value_left, cell->value_then);
        }
    }
    return beyond;
}

/* A column: those who are in it. */
static int add_column(const tsl_moves *moves, tsl_flow *flow)
{
    int beyond = 0;
    for (size_t g = 0; flow->now >= 0 && g <= moves->then; g++) {
        const tsl_migration_cell *cell = get_cell(moves, g, (size_t)flow->now);
        flow->size_now += cell->customers;
        beyond |= tsl__sum_is_beyond(&flow->value_now, cell->value_now);
        if (g == moves->then) {
            flow->arrived = cell->customers;
            flow->value_arrived = cell->value_now;
        } else if ((int32_t)g != flow->then) {
            flow->came += cell->customers;
            beyond |= tsl__sum_is_beyond(&flow->value_came, cell->value_now);
        }
    }
    return beyond;
}

static tsl_status fill_flows(tsl_moves *moves, tsl_error *err)
{
    tsl_status status = TSL_OK;
    unsigned char *told = NULL;
    int beyond = 0;
    TSL__NEED(told = tsl__alloc_zero(moves->now, 1));
    TSL__NEED(moves->flow = tsl__alloc_zero(moves->then + moves->now, sizeof *moves->flow));
    for (size_t g = 0; g < moves->then; g++) {
        moves->flow[moves->flow_count++] = (tsl_flow){.then = (int32_t)g, .now = moves->same[g]};
        if (moves->same[g] >= 0) {
            told[moves->same[g]] = 1;
        }
    }
    for (size_t h = 0; h < moves->now; h++) {
        if (!told[h]) {
            moves->flow[moves->flow_count++] = (tsl_flow){.then = -1, .now = (int32_t)h};
        }
    }
    for (size_t f = 0; f < moves->flow_count; f++) {
        beyond |= add_row(moves, &moves->flow[f]);
        beyond |= add_column(moves, &moves->flow[f]);
    }
    TSL__TRY(beyond ? refuse_sum(err) : TSL_OK);
done:
    free(told);
    return status;
}

/* Tiers stand from the best; a move is up where the new one stands before the old one, both as they are now. */
static void count_steps(const tsl_roster_groups *groups, int ordered, tsl_moves *moves)
{
    for (size_t g = 0; g < moves->then; g++) {
        const int32_t was = moves->same[g];
        for (size_t h = 0; h < moves->now; h++) {
            const uint64_t customers = get_cell(moves, g, h)->customers;
            const int known = was >= 0 && *groups->group[was].code && *groups->group[h].code;
            moves->stayed += (int32_t)h == was ? customers : 0;
            moves->moved += (int32_t)h == was ? 0 : customers;
            moves->up += ordered && known && (int32_t)h < was ? customers : 0;
            moves->down += ordered && known && (int32_t)h > was ? customers : 0;
        }
    }
}

tsl_status tsl__moves_fill(const tsl_migration *all, const tsl__match *match, tsl_by by, tsl_moves *moves,
                           tsl_error *err)
{
    const tsl_roster_groups *then = &all->then->by[by], *now = &all->now->by[by];
    tsl_status status = TSL_OK;
    if (!then->count || !now->count) {
        return TSL_OK;
    }
    TSL__TRY(open_moves(then, now, moves, err));
    TSL__TRY(add_then(all, match, by, moves) | add_new(all, match, by, moves) ? refuse_sum(err) : TSL_OK);
    TSL__TRY(fill_flows(moves, err));
    count_steps(now, by == TSL_BY_TIER, moves);
done:
    return status;
}

void tsl__moves_close(tsl_moves *moves)
{
    free(moves->same);
    free(moves->cell);
    free(moves->flow);
}
