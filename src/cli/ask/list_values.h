/* list_values.h: lists that stand in one value: "10%,0.2". */
#ifndef TSL_CLI_ASK_LIST_VALUES_H
#define TSL_CLI_ASK_LIST_VALUES_H

#include <jansson.h>
#include <tesela/base.h>

/* Each part between commas, in its order, to `add`, up to the first that it does not return 0 for; that is returned. */
int cli_parts_add(void *to, const char *text, int (*add)(void *to, const char *part, tsl_error *err), tsl_error *err);

/* What is not finite is null. */
json_t *cli_numbers_build_json(const double *value, size_t count);

#endif
