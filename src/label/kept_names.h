/* kept_names.h: names that segments of a fit keep by their codes, from an earlier run or from the places that draw
 * them, their numbers, and what they may not be called; and the tiers and stages that customers had in an earlier
 * run. */
#ifndef TSL_LABEL_KEPT_NAMES_H
#define TSL_LABEL_KEPT_NAMES_H

#include <string.h>

#include <tesela/label.h>

/* The tier that a customer had in an earlier run: index of its code; -1: not known; and tsl_labels.tier_below then. */
typedef struct tsl__former_tier {
    int32_t code, below;
} tsl__former_tier;

/* A stage, where it comes from, and since when: -1 and TSL_NO_DAY where that is not known. */
typedef struct tsl__stage_state {
    int8_t stage, from;
    int32_t since;
} tsl__stage_state;

/* The segment that a customer had in an earlier run, and the one before that: indices of codes, -1: none, or not known;
 * and since when he had it. */
typedef struct tsl__former_segment {
    int32_t code, from, since;
} tsl__former_segment;

/* Views. Both languages are there. */
typedef struct tsl__kept_names {
    const tsl_segment_name *name; /* by code; codes that no segment has are passed over */
    size_t count;
    int placed; /* 1: names are of each one's place by a target, which no other name speaks against */
    const unsigned char
        *back; /* by segment; 1: it came back so often that it is not to be called quiet; NULL: none did */
    const tsl__former_tier *tier; /* by customer; NULL: not known */
    char *const *tier_code;       /* of the tiers then, by index */
    int tier_codes;
    const tsl_policy *tier_policy;      /* that they were cut by; NULL: not known */
    const tsl__stage_state *before;     /* by customer: the stage that he had; NULL: not known */
    const tsl__former_segment *segment; /* by customer; NULL: not known */
    char *const *segment_code;          /* of the segments then, by index */
    int segment_codes;
    const int *number, *colour; /* by segment; NULL: their places */
    int last_number;            /* as of tsl_policy; not heeded where numbers are places */
} tsl__kept_names;

/* What the segment with this code keeps; NULL: nothing. */
static inline const tsl_segment_name *tsl__kept_name_get(const tsl__kept_names *kept, const char *code)
{
    for (size_t i = 0; kept && i < kept->count; i++) {
        if (strcmp(kept->name[i].segment, code) == 0) {
            return &kept->name[i];
        }
    }
    return NULL;
}

/* segment_base.c: what the customers of a segment do, by its code, and by its name where that says otherwise. */
typedef enum tsl__base_state {
    TSL__BASE_OTHER,
    TSL__BASE_ACTIVE,
    TSL__BASE_QUIET,
    TSL__BASE_PAUSED, /* quiet by its code, and called "between orders" */
    TSL__BASE_ONCE,   /* bought once; nothing is said of when, ... */
    TSL__BASE_ONCE_RECENT,
    TSL__BASE_ONCE_LAPSED
} tsl__base_state;
tsl__base_state tsl__base_get_state(const tsl_segment *segment);
/* Several states at once. */
#define TSL__BASE_AS(state) (1u << (state))
#define TSL__BASE_SILENT (TSL__BASE_AS(TSL__BASE_QUIET) | TSL__BASE_AS(TSL__BASE_PAUSED))
#define TSL__BASE_EVER_ONCE                                                                                            \
    (TSL__BASE_AS(TSL__BASE_ONCE) | TSL__BASE_AS(TSL__BASE_ONCE_RECENT) | TSL__BASE_AS(TSL__BASE_ONCE_LAPSED))

/* segment_base.c: what a segment with this code is called where the next period, or its silence, speaks against what
 * tsl_segment_get_base says; NULL: that is never so. */
const char *tsl__base_get_other(const char *code, int lang);

/* As tsl_labels_build; kept names stand before those that would be found, and give way to those of the options. */
TSL_FALLIBLE tsl_status tsl__labels_build_kept(const tsl_features *features, const tsl_model *model,
                                               const tsl_assignment *assignment, const tsl_policy *policy,
                                               const tsl__kept_names *kept, const tsl_label_options *opt,
                                               const tsl_exec *exec, tsl_labels **out, tsl_error *err);

#endif
