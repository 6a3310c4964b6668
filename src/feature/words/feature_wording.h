/* feature_wording.h: how features are said to a reader. */
#ifndef TSL_FEATURE_FEATURE_WORDING_H
#define TSL_FEATURE_FEATURE_WORDING_H

#include "base/text.h"
#include "feature/catalogue.h"

/* The entry whose words a feature has, or NULL; *value: what stands for "*" in
 * them, where the feature is one of a family ("channel:web"). */
const tsl__catalogue_entry *tsl__wording_get(const char *name, const char **value);
/* Appends words with the value in place of "*". */
void tsl__wording_write(const char *words, const char *value, tsl__text *text);

#endif
