/* brand.h: whose page it is, as the page's document has it. */
#ifndef TSL_OUTPUT_REPORT_BRAND_H
#define TSL_OUTPUT_REPORT_BRAND_H

#include "output/json/json.h"

#include <tesela/output.h>

/* {"name", "colour", "logo": a data URI}, null where there is none; of one that tsl_brand_check has passed. */
void tsl__brand_json_add(tsl__json *doc, json_t *object, const tsl_brand *brand);

#endif
