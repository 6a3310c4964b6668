/* evidence_file.h: the evidence that a model was fitted with, in the model's file. */
#ifndef TSL_MODEL_EVIDENCE_FILE_H
#define TSL_MODEL_EVIDENCE_FILE_H

#include "store/array_store.h"

#include <tesela/model.h>

/* What a file holds of each candidate of a sweep: one array a measure. */
#define TSL__CANDIDATE_FIELDS 9
extern const tsl__field tsl__candidate_field[TSL__CANDIDATE_FIELDS];

/* The group evidence, of a model that has any. */
void tsl__evidence_put(tsl__store *store, const tsl_model *model);
/* ... of a file that has one; what is read is the model's, also after a failure. */
void tsl__evidence_get(tsl__store *store, tsl_model *model);

#endif
