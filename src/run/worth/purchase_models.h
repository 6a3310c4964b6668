/* purchase_models.h: the models of purchases that are asked for, fitted to some histories. */
#ifndef TSL_RUN_WORTH_PURCHASE_MODELS_H
#define TSL_RUN_WORTH_PURCHASE_MODELS_H

#include <tesela/run.h>

typedef struct tsl__purchase_models {
    unsigned fitted; /* bits 1 << kind */
    tsl_purchase_model model[TSL_PURCHASE_KINDS];
    tsl_purchase_kind chosen; /* that foretells; TSL_PURCHASE_KINDS: none */
} tsl__purchase_models;

/* models: TSL_MODELS_...; days: of a unit of the times, which are of whole days: each is an opportunity of the BG/BB
 * that TSL_MODELS_ALL fits; 0: of histories that were given as rows, which may count opportunities themselves. */
TSL_FALLIBLE tsl_status tsl__purchase_models_fit(const tsl_histories *histories, int models, double days,
                                                 const tsl_exec *exec, tsl__purchase_models *out, tsl_error *err);

#endif
