/* target_notes.c: what a run by a target says of its tree. */
#include "run/target/target_aim.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "run/places/identify.h"

#include <stdlib.h>

/* Of what the tree is. */
static tsl_status name_target(const tsl__aim *a, char **out, tsl_error *err)
{
    const tsl_estimates *e = a->estimates;
    tsl_status status = TSL_OK;
    char cut[11];
    if (a->then) {
        tsl_day_write(e->cut, cut);
        TSL__NEED(*out = tsl__format("the net amount in the %d day%s from %s on, by what was known before", e->days,
                                     e->days == 1 ? "" : "s", cut));
    } else {
        TSL__NEED(*out = tsl__strdup(e->target));
    }
done:
    return status;
}

static tsl_status note_empty(const tsl__aim *a, tsl_error *err)
{
    const tsl_model *model = a->run->model;
    tsl_status status = TSL_OK;
    for (int s = 0; s < model->k; s++) {
        if (model->size[s] == 0) {
            TSL__TRY(tsl__notes_add(&model->sweep->info.notes,
                                    "nobody comes to segment %d today, in which customers were at the cut",
                                    tsl__run_get_number(a->run, s)));
        }
    }
done:
    return status;
}

static tsl_status note_joined(const tsl__aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (a->joined) {
        TSL__TRY(tsl__notes_add(&a->run->model->sweep->info.notes,
                                "%d of the tree's leaves held fewer of all customers than a segment holds at least "
                                "(--min-share, --min-rows) and %s joined with what stood beside",
                                a->joined, a->joined == 1 ? "is" : "are"));
    }
done:
    return status;
}

static tsl_status note_misled(const tsl__aim *a, const char *name, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (a->estimates->told <= 0) {
        TSL__TRY(
            tsl__notes_add(&a->run->model->sweep->info.notes,
                           "over the customers that the tree of %s was not grown from its own means are off by more "
                           "than the mean of all is: do not rely on them; no segment is called by its place",
                           name));
    }
done:
    return status;
}

tsl_status tsl__aim_note(const tsl__aim *a, tsl_error *err)
{
    const tsl_estimates *e = a->estimates;
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    char *name = NULL;
    TSL__TRY(name_target(a, &name, err));
    tsl__names_put(&text, (const char *const *)e->left_out, e->left_out_count);
    TSL__TRY(text.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl__notes_add(&a->run->model->sweep->info.notes,
                            "segments are the leaves of a tree of %s, grown from %zu customers and estimated on the "
                            "others%s%s",
                            name, (size_t)e->structure_rows,
                            e->left_out_count ? "; what is nearly the same cuts nothing: " : "",
                            e->left_out_count ? text.data : ""));
    TSL__TRY(note_misled(a, a->then ? "what comes next" : name, err));
    TSL__TRY(note_joined(a, err));
    TSL__TRY(note_empty(a, err));
done:
    tsl__text_free(&text);
    free(name);
    return status;
}
