/* explanation_json.h: why a customer is in his segment, as JSON. */
#ifndef TSL_OUTPUT_JSON_EXPLANATION_JSON_H
#define TSL_OUTPUT_JSON_EXPLANATION_JSON_H

#include <tesela/output.h>

#include "base/text.h"

TSL_FALLIBLE tsl_status tsl__explanation_put_json(const tsl_explanation *of, tsl__text *out, tsl_error *err);

#endif
