/* locks.h: the two locks of this room, and what fork() does to them: the child
 * of a process whose other threads hold one finds it free. */
#ifndef TSL_STORE_FILES_LOCKS_H
#define TSL_STORE_FILES_LOCKS_H

/* HDF5, which is not made for several threads. A thread may hold it more than
 * once; depth: how often this one does, while it does. */
void tsl__hdf_lock(void);
void tsl__hdf_unlock(void);
int tsl__hdf_get_depth(void);

/* The list of what is under construction (staging.h). Taken last, held for a
 * few system calls. */
void tsl__staging_lock(void);
void tsl__staging_unlock(void);

#endif
