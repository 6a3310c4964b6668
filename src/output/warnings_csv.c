/* warnings_csv.c: the ranked list of whom to call first, as a file. */
#include <tesela/output.h>

#include "base/error.h"
#include "base/text.h"
#include "output/csv/csv_rows.h"
#include "output/csv/fields.h"

#include <stdlib.h>

static void put_warnings(const void *what, size_t begin, size_t end, tsl__text *out)
{
    const tsl_warnings *all = what;
    for (size_t i = begin; i < end; i++) {
        tsl__text_printf(out, "%zu", i + 1);
        for (int c = 0; c < TSL_WARNING_CELLS; c++) {
            tsl__text_append(out, ",", 1);
            tsl__csv_put_cell(all->of[i].cell[c], out);
        }
        tsl__text_append(out, "\n", 1);
    }
}

tsl_status tsl_warnings_write(const tsl_warnings *warnings, const tsl_target *target, const tsl_exec *exec,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    char *head = NULL;
    tsl__error_reset(err);
    tsl__text_puts(&text, "rank");
    for (int c = 0; c < TSL_WARNING_CELLS; c++) {
        tsl__text_printf(&text, ",%s", tsl_warning_cell_get_name((tsl_warning_cell)c));
    }
    tsl__text_append(&text, "\n", 1);
    TSL__NEED(head = tsl__text_take(&text));
    TSL__TRY(tsl__csv_rows_write(&(tsl__csv_rows){head, put_warnings, warnings, warnings->count}, target, exec, err));
done:
    free(head);
    return status;
}
