/* rule_parts_json.h: a segment's rule as data, as short as it is told. */
#ifndef TSL_OUTPUT_JSON_RULE_PARTS_JSON_H
#define TSL_OUTPUT_JSON_RULE_PARTS_JSON_H

#include "output/json/json.h"

#include <tesela/model.h>

/* rule_parts, rule_among and rule_others of a group of a model, into its object; null and nothing without a tree, or a
 * leaf of its own. */
void tsl__json_set_rule_parts(tsl__json *doc, json_t *object, const tsl_model *model, int cluster);

#endif
