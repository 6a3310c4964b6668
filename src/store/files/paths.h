/* paths.h: the final place of a file, and the temporary one beside it. */
#ifndef TSL_STORE_FILES_PATHS_H
#define TSL_STORE_FILES_PATHS_H

#include <tesela/base.h>

typedef struct tsl__staged_path {
    char *path; /* final; links followed */
    char *temp; /* "PATH.partial-XXXXXX"; NULL where what is there takes bytes itself (a pipe, /dev/null) */
    int fd;     /* open for reading and writing, mode 0600 */
    int replace;
} tsl__staged_path;

/* Of a target with a path other than "-". TSL_E_EXISTS where a file is there and replace is 0; TSL_E_IO. */
TSL_FALLIBLE tsl_status tsl__staged_path_open(const tsl_target *target, tsl__staged_path *out, tsl_error *err);
/* All bytes are there: fsync and close of the file, which stays where it is. */
TSL_FALLIBLE tsl_status tsl__staged_path_seal(tsl__staged_path *place, tsl_error *err);
/* rename, fsync of the folder. On failure nothing is left behind and what was there stands. */
TSL_FALLIBLE tsl_status tsl__staged_path_publish(tsl__staged_path *place, tsl_error *err);
void tsl__staged_path_free(tsl__staged_path *place); /* gives it up; NULL and a published one are fine */

/* ---- Parts that folders and sets need as well ---- */

/* TSL_E_IO with "path: cannot be written: reason", whatever the reason. */
tsl_status tsl__staged_path_error(tsl_error *err, int code, const char *path);
/* The path without links and slashes at its end; mode: what is there, 0 for nothing. */
TSL_FALLIBLE tsl_status tsl__staged_path_resolve(const char *path, char **out, unsigned *mode, tsl_error *err);
/* Gives temp its final name where nothing has that name; 0, or errno. */
int tsl__place_rename_new(const char *temp, const char *path);
/* Both names are there: each gets what the other has; 0, or errno. */
int tsl__place_exchange(const char *temp, const char *path);
/* fsync of the folder in which path stands; 0, or errno. */
int tsl__place_sync_parent(const char *path);

#endif
