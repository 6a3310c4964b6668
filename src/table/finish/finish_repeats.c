/* finish_repeats.c: rows of events that are the same as another in every column: noted, or dropped where that is asked.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/reading.h"

/* Of columns what is read of both is looked at, too: hashes may be the same by chance. */
static int is_repeat(const tsl__reading *r, size_t row, size_t first)
{
    int same = row != first;
    for (size_t i = 0; same && !r->shards && i < r->terms.plan.outputs; i++) {
        const tsl__column_build *b = &r->build[i];
        same = b->dict ? b->code[row] == b->code[first] : b->integer[row] == b->integer[first];
    }
    return same;
}

static tsl_status drop(tsl__reading *r, size_t row, size_t first, tsl_error *err)
{
    const tsl__row_hash *at = &r->hashes.row[row], *there = &r->hashes.row[first];
    const tsl__cell_place place = {r->place[at->file], at->line, ""};
    tsl__span id;
    id.s = tsl__dict_get_text(r->build[0].dict, r->build[0].code[row], &id.n);
    return tsl__reject_add(&r->rejects, TSL_REJECT_DUPLICATE, &place, id, err, "the same as line %llu of %.*s",
                           (unsigned long long)there->line, tsl__text_head(r->place[there->file], 200),
                           r->place[there->file]);
}

/* Where they are dropped the rejects are the finding, and count them. */
static tsl_status note(tsl__reading *r, size_t repeats, size_t row, size_t first, tsl_error *err)
{
    const tsl__row_hash *at = &r->hashes.row[row], *there = &r->hashes.row[first];
    const int drops = r->terms.opt->drop_duplicates;
    const tsl__found found = {.kind = drops ? TSL_FINDING_NONE : TSL_FINDING_REPEATED_ROWS,
                              .count = repeats,
                              .example = {{.file = r->place[at->file], .line = at->line}}};
    return tsl__found_add(
        &r->table->info.notes, &found,
        "%s: %zu row%s the same in every column as another before, such as %.*s:%llu as %.*s:%llu; %s", r->path,
        repeats, repeats == 1 ? " is" : "s are", tsl__text_head(r->place[at->file], 180), r->place[at->file],
        (unsigned long long)at->line, tsl__text_head(r->place[there->file], 180), r->place[there->file],
        (unsigned long long)there->line,
        drops ? "the first of each is kept"
              : "they count as often as they stand there; --drop-duplicates keeps the first of each");
}

tsl_status tsl__finish_repeats(tsl__reading *r, tsl_error *err)
{
    const int drops = r->terms.opt->drop_duplicates;
    size_t *first = NULL, repeats = 0, example = 0;
    uint8_t *keep = NULL;
    tsl_status status = TSL_OK;
    if (r->hashes.rows == 0 || (drops && r->hashes.rows != r->rows)) {
        return TSL_OK;
    }
    TSL__NEED(first = tsl__alloc(r->hashes.rows, sizeof *first));
    TSL__NEED(keep = tsl__alloc(r->hashes.rows, 1));
    TSL__TRY(tsl__row_hashes_find(&r->hashes, first, err));
    for (size_t i = 0; i < r->hashes.rows; i++) {
        keep[i] = !is_repeat(r, i, first[i]);
        if (!keep[i]) {
            example = repeats++ ? example : i;
            TSL__TRY(drops ? drop(r, i, first[i], err) : TSL_OK);
        }
    }
    TSL__TRY(repeats ? note(r, repeats, example, first[example], err) : TSL_OK);
    if (drops && repeats) {
        tsl__finish_keep(r, keep);
    }
done:
    free(first);
    free(keep);
    return status;
}
