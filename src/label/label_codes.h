/* label_codes.h: the codes of segments, tiers, stages and RFM segments, for texts that name them. */
#ifndef TSL_LABEL_LABEL_CODES_H
#define TSL_LABEL_LABEL_CODES_H

#include <tesela/label.h>

typedef enum tsl__code_kind {
    TSL__CODE_SEGMENT,
    TSL__CODE_TIER,
    TSL__CODE_STAGE,
    TSL__CODE_RFM,
    TSL__CODE_KINDS,
    TSL__STRATEGY_KINDS = TSL__CODE_RFM /* those before are what a strategy tells by */
} tsl__code_kind;

/* "segment", "tier", "lifecycle", "rfm_segment": as columns are called. */
const char *tsl__code_kind_get_name(tsl__code_kind kind);

typedef struct tsl__codes {
    tsl__code_kind kind;
    const char **text; /* count; views, by number */
    size_t count;
} tsl__codes;

/* Those that the labels have; free text. */
TSL_FALLIBLE tsl_status tsl__codes_list(const tsl_labels *labels, tsl__code_kind kind, tsl__codes *out, tsl_error *err);
/* Its number, or count. */
size_t tsl__codes_find(const tsl__codes *codes, const char *code, size_t length);
/* 1: one that there is not, but may be next time: a segment that a typical place or a class has its name from; any
 * where there are none at all. */
int tsl__code_may_come(const tsl__codes *codes, const char *code);
/* TSL_E_INPUT: "label: no tier is called "gild" (did you mean "gold"?); there are ...". */
tsl_status tsl__codes_fail(const tsl__codes *codes, const char *label, const char *code, tsl_error *err);

#endif
