/* previous_notes.c: what is odd about the earlier run that a run goes on from: nobody of it is there now, or it is not
 * of an earlier day. docs/methods/identity.md. */
#include "run/places/previous_notes.h"

#include "base/error.h"
#include "base/notes.h"
#include "run/places/former_tiers.h"
#include "run/places/previous.h"

static int has_nobody(const tsl_run *run)
{
    return run->succession ? run->succession->both == 0 : run->former && run->former->row && run->former->known == 0;
}

static tsl_status note_days(const tsl_run *run, const char *name, tsl_notes *notes, tsl_error *err)
{
    const int32_t before = run->opt.previous_as_of, now = run->features->as_of;
    char day[11], own[11];
    if (before == TSL_NO_DAY || now == TSL_NO_DAY || before < now) {
        return TSL_OK;
    }
    tsl_day_write(before, day);
    tsl_day_write(now, own);
    if (before == now) {
        return tsl__notes_put(notes, err, "%s is as of %s, as this run is: no day lies between them%s", name, day,
                              run->labels->tier_below ? ", and an evaluation of tiers counts all the same" : "");
    }
    return tsl__notes_put(notes, err,
                          "%s is as of %s, later than this run, which is as of %s: its %s know of days that are not in "
                          "these data%s",
                          name, day, own, run->previous ? "segments" : "tiers and stages",
                          run->previous ? ", and what became of them is told backwards"
                                        : ", and customers go on from these");
}

tsl_status tsl__previous_note(const tsl_run *run, tsl_notes *notes, tsl_error *err)
{
    const tsl_partition *tier = run->former ? run->former->tier : NULL;
    const char *name = run->previous ? run->previous->name : tier ? tier->file->name : NULL;
    tsl_status status = TSL_OK;
    if (!name) {
        return TSL_OK;
    }
    TSL__TRY(has_nobody(run) ? tsl__notes_put(notes, err,
                                              "%s: no customer of that run is in these data, and nothing is known "
                                              "of what they were: are their ids written alike?",
                                              name)
                             : TSL_OK);
    TSL__TRY(note_days(run, name, notes, err));
done:
    return status;
}
