/* finish_subtotals.c: rows in the place of an order that sum up those before them. They count once more. */
#include <string.h>

#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/amounts/status_texts.h"
#include "table/reading.h"

tsl_status tsl__finish_subtotals(tsl__reading *r, tsl_error *err)
{
    tsl__subtotals *s = &r->observed.subtotals;
    uint8_t all[TSL__STATUS_VALUES];
    tsl__text text = {0}, where = {0};
    tsl_status status = TSL_OK;
    if (s->words.count == 0) {
        return TSL_OK;
    }
    memset(all, 1, sizeof all);
    const char *name = r->terms.plan.name[r->terms.plan.order];
    const size_t count = tsl__status_sort(&s->words, all);
    const tsl__status_value *first = tsl__status_find_first(&s->words, count);
    const unsigned long long proven = tsl__subtotals_get_proven(s), rows = s->rows;
    tsl__text_printf(&text, "%s: rows of totals by their name, which count as sales: ", name);
    tsl__status_put_values(&s->words, 0, count, &text);
    tsl__text_printf(&text, ", the first in %.*s:%llu; %llu of %llu are the sum of the rows since the one before",
                     tsl__text_head(r->place[first->file], 180), r->place[first->file], (unsigned long long)first->line,
                     proven, rows);
    tsl__status_put_condition(&s->words, count, name, 0, &where);
    TSL__NEED(!text.failed && !where.failed);
    const tsl__found found = {.kind = TSL_FINDING_TOTALS_ROW,
                              .count = s->rows,
                              .column = name,
                              .condition = where.data,
                              .example = {{.file = r->place[first->file], .line = first->line, .text = first->text}}};
    TSL__TRY(tsl__found_add(&r->table->info.notes, &found, "%s", text.data));
done:
    tsl__text_free(&text);
    tsl__text_free(&where);
    return status;
}
