/* base64.h: bytes as text (RFC 4648, section 4), as pages hold pictures and hashes. */
#ifndef TSL_BASE_BASE64_H
#define TSL_BASE_BASE64_H

#include "base/text.h"

void tsl__base64_put(tsl__text *text, const unsigned char *bytes, size_t count);

#endif
