/* json_check.h: whether a text that a caller hands over is JSON, told at once. */
#ifndef TSL_OUTPUT_JSON_JSON_CHECK_H
#define TSL_OUTPUT_JSON_JSON_CHECK_H

#include <tesela/base.h>

/* TSL_E_OPTION, with `what` and the place, where the text is no JSON object; NULL is fine. */
TSL_FALLIBLE tsl_status tsl__json_check_object(const char *text, const char *what, tsl_error *err);

#endif
