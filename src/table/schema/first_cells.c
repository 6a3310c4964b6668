/* first_cells.c: counts what the first cells of a column are. */
#include "table/schema/first_cells.h"

#include "base/calendar.h"
#include "table/cell/mask.h"
#include "table/cell/parse_number.h"
#include "table/date/number_date.h"

#define FIRST_STAMP (-15000) /* days from 1970: serial numbers of a spreadsheet before 1928 count something else */

void tsl__first_cells_add(tsl__first_cells *first, tsl__span cell)
{
    tsl__moment m;
    if (tsl__cell_is_missing(cell)) {
        return;
    }
    first->cells++;
    first->masked += (uint64_t)tsl__mask_is_in(cell);
    const int is_date = tsl__moment_read(cell, &m);
    const int is_number = is_date ? m.form > TSL__DATE_COMPACT : tsl__number_date_is(cell);
    const int is_stamp = is_date && is_number && tsl__time_day(m.seconds) >= FIRST_STAMP;
    first->dates += is_date && !is_number;
    first->stamps += (uint64_t)is_stamp;
    first->numbers += is_number && !is_stamp;
}

static int are_most(const tsl__first_cells *first, uint64_t count)
{
    return 2 * count > first->cells;
}

int tsl__first_cells_are_dates(const tsl__first_cells *first)
{
    return are_most(first, first->dates);
}

int tsl__first_cells_are_stamps(const tsl__first_cells *first)
{
    return are_most(first, first->stamps);
}

int tsl__first_cells_are_numbers(const tsl__first_cells *first)
{
    return are_most(first, first->numbers);
}

int tsl__first_cells_are_masked(const tsl__first_cells *first)
{
    return are_most(first, first->masked);
}
