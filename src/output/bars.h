/* bars.h: from where on segments are said to come out alike, or to have gaps between them; docs/methods/evidence.md. */
#ifndef TSL_OUTPUT_BARS_H
#define TSL_OUTPUT_BARS_H

#define TSL__AGREES 0.9       /* another sample gives the same segments from here on ... */
#define TSL__EACH_STABLE 0.75 /* ... where each of them comes back as well as this: valid by Hennig's reading */
#define TSL__HOLDS 0.85       /* a month earlier the same: about as steady as a map of RFM scores */
#define TSL__SHALLOW 0.7      /* valley and dip of a gap (tsl_natural_test) */

#endif
