/* assets.h: the parts of the pages, embedded by the build (room.cmake) from report/. */
#ifndef TSL_OUTPUT_REPORT_ASSETS_H
#define TSL_OUTPUT_REPORT_ASSETS_H

#include <stddef.h>

typedef struct tsl__asset {
    const char *name; /* "page", "css", "chart", ...: as in the page's {{name}} */
    const unsigned char *bytes;
    size_t count;
} tsl__asset;

extern const tsl__asset tsl__assets[];
extern const size_t tsl__asset_count;

#endif
