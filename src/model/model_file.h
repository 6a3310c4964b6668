/* model_file.h: the model in a file that other rooms add to: model.h5 holds the
 * recipe and the policy beside it. */
#ifndef TSL_MODEL_MODEL_FILE_H
#define TSL_MODEL_MODEL_FILE_H

#include <tesela/model.h>

#include "store/array_store.h"

extern const tsl__store_kind tsl__model_kind;

/* Into the root. */
void tsl__model_put(tsl__store *store, const tsl_model *model);
/* Owned; NULL where the store has failed. */
tsl_model *tsl__model_get(tsl__store *store);

#endif
