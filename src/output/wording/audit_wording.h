/* audit_wording.h: what the audit of a sensitive column says, in words. */
#ifndef TSL_OUTPUT_WORDING_AUDIT_WORDING_H
#define TSL_OUTPUT_WORDING_AUDIT_WORDING_H

#include <tesela/label.h>

#include "base/text.h"

/* Cramer's V from which on two things go together, and go together strongly. */
#define TSL__AUDIT_WEAK 0.1
#define TSL__AUDIT_STRONG 0.3

/* "none", "weak", "strong"; "unknown" of NaN. */
const char *tsl__audit_get_verdict(double effect);
/* A level of the column: "F", "25 to under 35". lang: index of the language. */
void tsl__audit_put_level(const tsl_audit_column *column, size_t level, int lang, tsl__text *text);
/* How it goes with segments and with tiers: a sentence without a full stop. labels: that it was made of. */
void tsl__audit_put_sentence(const tsl_labels *labels, const tsl_audit_column *column, int lang, tsl__text *text);

#endif
