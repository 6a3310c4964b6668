/* finish_repeats.c: rows of events that are the same as another in every column: noted, or dropped where that is asked.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/reading.h"

/* Of columns what is read of both is looked at, too: hashes may be the same by chance. */
static int is_repeat(const tsl__reading *r, const tsl__row_repeat *pair)
{
    int same = 1;
    for (size_t i = 0; same && !r->shards && i < r->terms.plan.outputs; i++) {
        const tsl__column_build *b = &r->build[i];
        same = b->dict ? b->code[pair->row] == b->code[pair->first] : b->integer[pair->row] == b->integer[pair->first];
    }
    return same;
}

static tsl_status drop(tsl__reading *r, const tsl__row_repeat *pair, tsl_error *err)
{
    const tsl__row_hash *at = &r->hashes.row[pair->row], *there = &r->hashes.row[pair->first];
    const tsl__cell_place place = {r->place[at->file], at->line, ""};
    tsl__span id;
    id.s = tsl__dict_get_text(r->build[0].dict, r->build[0].code[pair->row], &id.n);
    return tsl__reject_add(&r->rejects, TSL_REJECT_DUPLICATE, &place, id, err, "the same as line %llu of %.*s",
                           (unsigned long long)there->line, tsl__text_head(r->place[there->file], 200),
                           r->place[there->file]);
}

/* Where they are dropped the rejects are the finding, and count them. */
static tsl_status note(tsl__reading *r, size_t repeats, const tsl__row_repeat *pair, tsl_error *err)
{
    const tsl__row_hash *at = &r->hashes.row[pair->row], *there = &r->hashes.row[pair->first];
    const int drops = r->terms.opt->drop_duplicates;
    const tsl__found found = {.kind = drops ? TSL_FINDING_NONE : TSL_FINDING_REPEATED_ROWS,
                              .count = repeats,
                              .example = {{.file = r->place[at->file], .line = at->line}}};
    return tsl__found_add(
        &r->table->info.notes, &found,
        "%s: %zu row%s the same in every column as another before, such as %.*s:%llu, which repeats %.*s:%llu; %s",
        r->path, repeats, repeats == 1 ? " is" : "s are", tsl__text_head(r->place[at->file], 180), r->place[at->file],
        (unsigned long long)at->line, tsl__text_head(r->place[there->file], 180), r->place[there->file],
        (unsigned long long)there->line,
        drops ? "the first of each is kept"
              : "they count as often as they stand there; --drop-duplicates keeps the first of each");
}

tsl_status tsl__finish_repeats(tsl__reading *r, tsl_error *err)
{
    const int drops = r->terms.opt->drop_duplicates;
    tsl__row_repeat *pair = NULL;
    size_t pairs, repeats = 0;
    uint8_t *keep = NULL;
    tsl_status status = TSL_OK;
    if (r->hashes.rows == 0 || (drops && r->hashes.rows != r->rows)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__row_hashes_find(&r->hashes, &pair, &pairs, err));
    for (size_t i = 0; i < pairs; i++) {
        if (is_repeat(r, &pair[i])) {
            pair[repeats++] = pair[i];
        }
    }
    r->repeats = (int64_t)repeats;
    if (repeats == 0) {
        goto done;
    }
    TSL__TRY(note(r, repeats, &pair[0], err));
    if (drops) {
        TSL__NEED(keep = tsl__alloc(r->hashes.rows, 1));
        memset(keep, 1, r->hashes.rows);
        for (size_t i = 0; i < repeats; i++) {
            TSL__TRY(drop(r, &pair[i], err));
            keep[pair[i].row] = 0;
        }
        tsl__finish_keep(r, keep);
    }
done:
    free(pair);
    free(keep);
    return status;
}
