/* migrants.c: the customers who are in another group than they were, or in one run alone. */
#include "label/compare/migration.h"

#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

/* Whether any group of his is another one, by its code. */
static int has_moved(const tsl_migration *all, size_t then, size_t now)
{
    int moved = 0;
    for (int by = 0; by < TSL_BYS; by++) {
        const tsl_moves *moves = &all->by[by];
        moved |= moves->cell && moves->same[all->then->by[by].of[then]] != all->now->by[by].of[now];
    }
    return moved;
}

static int counts(const tsl_migration *all, const tsl__match *match, size_t now)
{
    return match->then[now] == SIZE_MAX || has_moved(all, match->then[now], now);
}

static size_t count_migrants(const tsl_migration *all, const tsl__match *match)
{
    size_t count = all->vanished;
    for (size_t j = 0; j < all->now->customers; j++) {
        count += (size_t)counts(all, match, j);
    }
    return count;
}

static size_t skip_then(const tsl_migration *all, const tsl__match *match, size_t i)
{
    while (i < all->then->customers && match->now[i] != SIZE_MAX) {
        i++;
    }
    return i;
}

static size_t skip_now(const tsl_migration *all, const tsl__match *match, size_t j)
{
    while (j < all->now->customers && !counts(all, match, j)) {
        j++;
    }
    return j;
}

/* Both rosters stand by the id: those who vanished come between the others. */
tsl_status tsl__migrants_fill(tsl_migration *all, const tsl__match *match, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t i = skip_then(all, match, 0), j = skip_now(all, match, 0);
    TSL__NEED(all->migrant = tsl__alloc_zero(count_migrants(all, match), sizeof *all->migrant));
    while (i < all->then->customers || j < all->now->customers) {
        const int gone =
            j == all->now->customers || (i < all->then->customers && strcmp(all->then->id[i], all->now->id[j]) < 0);
        tsl_migrant *of = &all->migrant[all->migrant_count++];
        of->then = gone ? i : match->then[j];
        of->now = gone ? SIZE_MAX : j;
        i = gone ? skip_then(all, match, i + 1) : i;
        j = gone ? j : skip_now(all, match, j + 1);
    }
done:
    return status;
}
