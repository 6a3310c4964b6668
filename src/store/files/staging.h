/* staging.h: what this process has under construction: made here, remembered
 * by name and inode, so that a sudden end takes away that and nothing else. */
#ifndef TSL_STORE_FILES_STAGING_H
#define TSL_STORE_FILES_STAGING_H

/* Makes a file (mkostemp) or, fd NULL, a folder (mkdtemp) of a name that ends
 * in XXXXXX. 0, or errno; ECANCELED once tsl_staged_free was called. */
int tsl__staging_make(char *name, int *fd);
/* Forgets it: it was published or taken away. The caller holds the lock of
 * staging (locks.h), from before the name changed. */
void tsl__staging_drop(const char *name);
/* Takes a file, or a folder with all in it, away and forgets it; 0, or errno. Never follows a link. */
int tsl__staging_remove(const char *name);

#endif
