/* alloc.h: checked allocation. All memory of the library comes through here. */
#ifndef TSL_BASE_ALLOC_H
#define TSL_BASE_ALLOC_H

#include <stdarg.h>
#include <stddef.h>

/* count * size bytes, overflow checked; count 0 gives a valid pointer. NULL on failure. */
void *tsl__alloc(size_t count, size_t size);
void *tsl__alloc_zero(size_t count, size_t size);
/* Like tsl__alloc, aligned to 64 bytes, from a page on to pages of 4096; from 4 MB on in large pages, where the
 * system has them. Free with free(). */
void *tsl__alloc_aligned(size_t count, size_t size);
/* On failure the old block stands. */
void *tsl__realloc(void *old, size_t count, size_t size);
/* The same of *block, which stays as it is on failure; 0 on success. */
int tsl__grow(void **block, size_t count, size_t size);
/* Makes room for at least `need` elements by doubling; 0 on success. */
int tsl__reserve(void **block, size_t *capacity, size_t need, size_t size);
char *tsl__strdup(const char *text);
char *tsl__strndup(const char *text, size_t length);
char *tsl__format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *tsl__vformat(const char *format, va_list args) __attribute__((format(printf, 1, 0)));
/* 1: some 4 MB can still be had. Foreign libraries (HDF5 1.10, OpenSSL 3) crash,
 * or end the process, where they find no memory for their own small things: to
 * be asked before they are called. */
int tsl__memory_has_room(void);
/* The first bytes of a file, to be read, as others write them; NULL on failure, and errno is set. */
void *tsl__file_map(int fd, size_t bytes);
void tsl__file_unmap(void *base, size_t bytes);
/* Bytes that the process holds in memory now; 0: not known. */
size_t tsl__memory_get_held(void);
/* The most bytes that the process has held in memory at a time so far. */
size_t tsl__memory_get_peak(void);
/* Copies of count texts, behind the array that holds them, in the order of it: one block, freed by free(). NULL: out of
 * memory. */
char **tsl__texts_pack(const char *const *text, size_t count);
/* Frees count texts and the array that holds them. NULL is fine. */
void tsl__free_texts(char **text, size_t count);

#endif
