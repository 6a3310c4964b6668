/* effects_wording.h: what a treatment did, in words. */
#ifndef TSL_OUTPUT_WORDING_EFFECTS_WORDING_H
#define TSL_OUTPUT_WORDING_EFFECTS_WORDING_H

#include <tesela/label.h>

#include "base/text.h"

/* A sentence without a full stop; lang: 0 "en", 1 "zh". */
void tsl__effect_put(const tsl_effects *effects, size_t index, int lang, tsl__text *out);

#endif
