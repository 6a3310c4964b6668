/* scratch.h: a fresh folder for each test, which must be empty at its end but
 * for what the test takes away itself. */
#ifndef TEST_STORE_SCRATCH_H
#define TEST_STORE_SCRATCH_H

#include <stddef.h>

extern char scratch[256];

/* cmocka's setup and teardown. teardown removes all, and fails where a
 * temporary file or folder ("*.partial-*") of ours was left. */
int scratch_setup(void **state);
int scratch_teardown(void **state);

/* "SCRATCH/name"; good for the next fifteen calls. */
const char *scratch_path(const char *name);
void scratch_write(const char *path, const void *bytes, size_t count);
/* The file's text, cut at 64 KiB; good until the next call. "" where there is no file. */
const char *scratch_read(const char *path);
int scratch_has(const char *path);

#endif
