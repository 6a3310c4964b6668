/* kept_names.c: names that segments keep: who works with them knows them by these, so that they stay with the segment
 * even where the customers would be called otherwise now; a note says so. docs/methods/segment-names.md. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"

#include <stdlib.h>
#include <string.h>

static const tsl_segment_name *get_kept(const tsl__labeling *job, size_t segment)
{
    return tsl__kept_name_get(job->kept, job->labels->policy->segment[segment].code);
}

/* 1 where the name that was found is one that another segment keeps. */
static int is_anothers(const tsl__labeling *job, size_t s)
{
    const tsl_policy_segment *segment = job->labels->policy->segment;
    for (size_t other = 0; other < job->labels->segment_count; other++) {
        const tsl_segment_name *name = other == s ? NULL : get_kept(job, other);
        for (int lang = 0; name && lang < TSL_LANGS; lang++) {
            if (tsl__is_same_folded(name->names[lang], segment[s].names[lang])) {
                return 1;
            }
        }
    }
    return 0;
}

/* What the customers would be called now says the contrary. */
static tsl_status note_contradiction(const tsl__naming_plan *p, size_t s, const char *name, tsl_error *err)
{
    const tsl_policy_segment *segment = &p->labels->policy->segment[s];
    if (p->job->kept->placed ||
        (!tsl__base_contradicts(segment->code, p->naming[s].base, name) && !is_anothers(p->job, s))) {
        return TSL_OK;
    }
    return tsl__notes_add(&p->job->labels->notes,
                          "segment %d (%s) keeps the name \"%s\"; by its customers now it would be called \"%s\"",
                          segment->number, segment->code, name, segment->names[0]);
}

/* 1 where another segment was found to be called so, too. */
static int is_found(const tsl__labeling *job, size_t s)
{
    const tsl_policy_segment *segment = job->labels->policy->segment;
    int found = 0;
    for (size_t other = 0; other < job->labels->segment_count; other++) {
        for (int lang = 0; other != s && lang < TSL_LANGS; lang++) {
            found = found || tsl__is_same_folded(segment[other].names[lang], segment[s].names[lang]);
        }
    }
    return found;
}

/* A number behind the name that was found, until no segment has it. */
static tsl_status tell_apart(const tsl__labeling *job, size_t s, tsl_error *err)
{
    tsl_policy_segment *segment = &job->labels->policy->segment[s];
    tsl_status status = TSL_OK;
    char *found[TSL_LANGS] = {NULL};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__NEED(found[lang] = tsl__strdup(segment->names[lang]));
    }
    for (size_t number = 2; is_anothers(job, s) || (number > 2 && is_found(job, s)); number++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            char *name = NULL;
            TSL__NEED(name = tsl__format("%s %zu", found[lang], number));
            free(segment->names[lang]);
            segment->names[lang] = name;
        }
    }
done:
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        free(found[lang]);
    }
    return status;
}

tsl_status tsl__kept_names_take(const tsl__naming_plan *p, tsl_error *err)
{
    const tsl__labeling *job = p->job;
    tsl_policy_segment *segment = job->labels->policy->segment;
    tsl_status status = TSL_OK;
    for (size_t s = 0; s < p->k; s++) {
        const tsl_segment_name *name = get_kept(job, s);
        TSL__TRY(name ? note_contradiction(p, s, name->names[0], err) : tell_apart(job, s, err));
    }
    for (size_t s = 0; s < p->k; s++) {
        const tsl_segment_name *name = get_kept(job, s);
        for (int lang = 0; name && lang < TSL_LANGS; lang++) {
            char *copy = NULL;
            TSL__NEED(copy = tsl__strdup(name->names[lang]));
            free(segment[s].names[lang]);
            segment[s].names[lang] = copy;
        }
    }
done:
    return status;
}
