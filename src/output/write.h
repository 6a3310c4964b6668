/* write.h: a text in memory -> a file that appears whole or not at all. */
#ifndef TSL_OUTPUT_WRITE_H
#define TSL_OUTPUT_WRITE_H

#include <tesela/base.h>

TSL_FALLIBLE tsl_status tsl__write_whole(const char *bytes, size_t count, const tsl_target *target, tsl_error *err);

#endif
