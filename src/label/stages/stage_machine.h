/* stage_machine.h: the lifecycle as one state machine: from what is known of a customer, and the stage that he had
 * before, to the stage that he has, where he comes from, and since when. docs/methods/lifecycle.md. */
#ifndef TSL_LABEL_STAGES_STAGE_MACHINE_H
#define TSL_LABEL_STAGES_STAGE_MACHINE_H

#include "label/internal.h"

/* What is known of a customer; days, NaN where it is not known. */
typedef struct tsl__stage_facts {
    double gaps;    /* purchase days after the first; NaN: never bought */
    double span;    /* from the first purchase day to the last */
    double tenure;  /* from the first to as-of */
    double silence; /* from the last */
    double gap_last, gap_max;
    double limit; /* silence that is usual for him */
    double alive; /* P(alive) where stages go by it, too; else NaN */
    int32_t as_of;
} tsl__stage_facts;

/* lifecycle.c: of a customer; the labels have their policy. */
tsl__stage_facts tsl__stage_facts_get(const tsl_labels *labels, const tsl__stage_columns *of, size_t customer);

/* How far a customer has gone, and the levels that he is measured by: days of silence, or 1 - P(alive). */
typedef struct tsl__stage_mark {
    double at, risk, lost;
} tsl__stage_mark;
/* By one of them, or by both, the silence first. */
typedef struct tsl__stage_marks {
    int count;
    tsl__stage_mark of[2];
} tsl__stage_marks;
/* 1 where silence is among what he is measured by. */
int tsl__stage_goes_by_silence(const tsl__stage_facts *facts, const tsl_policy *policy);
tsl__stage_marks tsl__stage_get_marks(const tsl__stage_facts *facts, const tsl_policy *policy);

/* 1 where one purchase is all that is known of him: no rhythm. */
int tsl__stage_is_once(const tsl__stage_facts *facts);

/* before: his stage in an earlier run, its since after the last purchase meaning that he has not bought meanwhile;
 * stage -1: none is known. */
tsl__stage_state tsl__stage_find(const tsl__stage_facts *facts, const tsl_policy *policy,
                                 const tsl__stage_state *before);

#endif
