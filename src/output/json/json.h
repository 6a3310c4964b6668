/* json.h: building JSON documents and printing them. */
#ifndef TSL_OUTPUT_JSON_JSON_H
#define TSL_OUTPUT_JSON_JSON_H

#include <jansson.h>
#include <tesela/base.h>

#include "base/text.h"

/* A document under construction. A value that cannot be made or kept sets
 * `failed`, so that a builder checks once, at the end. */
typedef struct tsl__json {
    json_t *root;
    int failed;
    const char *bad; /* a key whose given text was no JSON, or NULL */
} tsl__json;

/* Both take `value` over, which may be NULL from a failed allocation. */
void tsl__json_set(tsl__json *doc, json_t *object, const char *key, json_t *value);
void tsl__json_push(tsl__json *doc, json_t *array, json_t *value);
/* A new, empty one in its place; borrowed. */
json_t *tsl__json_set_object(tsl__json *doc, json_t *object, const char *key);
json_t *tsl__json_set_array(tsl__json *doc, json_t *object, const char *key);
json_t *tsl__json_push_object(tsl__json *doc, json_t *array);
json_t *tsl__json_push_array(tsl__json *doc, json_t *array);
/* {"en": ..., "zh": ...} in its place. */
void tsl__json_set_langs(tsl__json *doc, json_t *object, const char *key, const char *en, const char *zh);
/* Text that is JSON already; null for NULL. */
void tsl__json_set_parsed(tsl__json *doc, json_t *object, const char *key, const char *text);

/* Values: null for what is unknown. */
json_t *tsl__json_number(double value);              /* null unless finite */
json_t *tsl__json_count(uint64_t value);             /* an integer; a text of digits beyond 2^53 - 1 */
json_t *tsl__json_decimal(int64_t value);            /* from 1/10000; null for TSL_MISSING_INT */
json_t *tsl__json_text(const char *text);            /* null for NULL; bytes that are no UTF-8 become U+FFFD */
json_t *tsl__json_day(int32_t day);                  /* "2011-12-10"; null for TSL_NO_DAY */
json_t *tsl__json_time(int64_t time, int with_hour); /* "2011-12-09T12:50:00" or the day alone */

/* Two-space indent, keys in the order they were set, numbers as the shortest
 * text that reads back the same, a newline at the end. */
void tsl__json_print(const json_t *value, tsl__text *out);
/* The whole document as text, owned; frees doc->root. TSL_E_NOMEM where
 * anything failed on the way, TSL_E_INTERNAL for a text that was no JSON. */
TSL_FALLIBLE tsl_status tsl__json_take(tsl__json *doc, char **text, tsl_error *err);

#endif
