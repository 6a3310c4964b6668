/* key_file.h: a secret key, from a file that its owner alone can read or from a descriptor that is open already. */
#ifndef TSL_STORE_FILES_KEY_FILE_H
#define TSL_STORE_FILES_KEY_FILE_H

#include <tesela/base.h>

#define TSL__KEY_FILE_MOST ((size_t)4096)

/* The bytes of path, or of descriptor N for "fd:N", without one line end behind them; at most `most`, which is up to
 * TSL__KEY_FILE_MOST. TSL_E_NOT_FOUND: no such file; TSL_E_OPTION: no such descriptor; TSL_E_INPUT: a file of somebody
 * else's, one that others can read or write, no plain file, or one that is too long; TSL_E_IO. The message shows
 * nothing of the key. */
TSL_FALLIBLE tsl_status tsl__key_file_read(const char *path, size_t most, unsigned char *key, size_t *bytes,
                                           tsl_error *err);

#endif
