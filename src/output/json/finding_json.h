/* finding_json.h: what is amiss in a table, as JSON. */
#ifndef TSL_OUTPUT_JSON_FINDING_JSON_H
#define TSL_OUTPUT_JSON_FINDING_JSON_H

#include <tesela/table.h>

#include "output/json/json.h"

/* Adds one to an array. table: its name, or NULL; with_text: the cells of the examples too, which may name people;
 * message: what is said of it. Returns it. */
json_t *tsl__finding_json_add(tsl__json *doc, json_t *array, const tsl_table_finding *finding, const char *table,
                              int with_text, const char *message);

#endif
