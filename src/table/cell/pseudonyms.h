/* pseudonyms.h: an id -> what stands in its place, by one key. */
#ifndef TSL_TABLE_CELL_PSEUDONYMS_H
#define TSL_TABLE_CELL_PSEUDONYMS_H

#include <tesela/table.h>

/* Of one thread. */
typedef struct tsl__pseudonymiser tsl__pseudonymiser;
TSL_FALLIBLE tsl_status tsl__pseudonymiser_open(const tsl_pseudonyms *pseudonyms, tsl__pseudonymiser **out,
                                                tsl_error *err);
/* TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__pseudonymiser_put(tsl__pseudonymiser *maker, const char *id, size_t bytes,
                                               char out[TSL_PSEUDONYM_CHARS + 1], tsl_error *err);
/* Of an id as a person gives it: as it is written, and by the form that its spellings share, of which the same run has
 * one. */
#define TSL__PSEUDONYM_FORMS 2
typedef char tsl__pseudonym_forms[TSL__PSEUDONYM_FORMS][TSL_PSEUDONYM_CHARS + 1];
TSL_FALLIBLE tsl_status tsl__pseudonymiser_put_forms(tsl__pseudonymiser *maker, const char *id,
                                                     tsl__pseudonym_forms *out, tsl_error *err);
void tsl__pseudonymiser_free(tsl__pseudonymiser *maker); /* NULL is fine */

/* The same of `count` ids at once, by several threads: each of `id` is freed, and another text stands in its place. */
TSL_FALLIBLE tsl_status tsl__pseudonyms_replace(const tsl_pseudonyms *pseudonyms, char **id, size_t count, int threads,
                                                tsl_error *err);
/* The key of pseudonyms; "" for NULL. */
const char *tsl__pseudonyms_find_fingerprint(const tsl_pseudonyms *pseudonyms);
/* TSL_E_INPUT: ids of `what` are by another key, or by none, than those at hand. had, has: fingerprints, "": none. */
TSL_FALLIBLE tsl_status tsl__pseudonyms_check_key(const char *what, const char *had, const char *has, tsl_error *err);

#endif
