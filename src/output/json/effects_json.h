/* effects_json.h: what a treatment did, as a part of a JSON document. */
#ifndef TSL_OUTPUT_JSON_EFFECTS_JSON_H
#define TSL_OUTPUT_JSON_EFFECTS_JSON_H

#include <tesela/label.h>

#include "output/json/json.h"

/* Sets "effects"; null for NULL. */
void tsl__effects_add_json(tsl__json *doc, const tsl_effects *effects);

#endif
