/*
 * store.h: files and folders that appear whole or not at all, and plain arrays
 * in HDF5 files.
 */
#ifndef TESELA_STORE_H
#define TESELA_STORE_H

#include <tesela/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* For programs, not for libraries: call it once, first of all, where no other
 * part of the program writes HDF5 files. HDF5 then does not tidy up at exit,
 * which after a failure (a damaged file, a full disk) speaks on standard error
 * or crashes. Without this call all works the same. */
TSL_API void tsl_store_open(void);

/* The version of the HDF5 library that is loaded: "1.10.8". */
TSL_API const char *tsl_store_get_version(void);

/* A folder under construction beside its final place ("DIR.partial-XXXXXX",
 * mode 0700), renamed into it by close; fsync of files and folder. */
typedef struct tsl_folder tsl_folder;

/* TSL_E_EXISTS where path is there and replace is 0; TSL_E_IO. With replace an
 * existing *folder* is replaced in one step by close, if it holds nothing but
 * plain files of the given names (borrowed until then; of "clean/orders.csv" the
 * folder clean stands within, and is made with it); with anything else in
 * it, it is refused (TSL_E_EXISTS), and so is what is no folder. Of two that
 * make the same folder without replace the later gets TSL_E_EXISTS at its
 * close. */
TSL_API TSL_FALLIBLE tsl_status tsl_folder_open(const char *path, int replace, const char *const *name,
                                                size_t name_count, tsl_folder **out, tsl_error *err);
/* Where to write: the temporary folder. Borrowed. */
TSL_API const char *tsl_folder_get_path(const tsl_folder *folder);
/* Publishes the folder and frees it; on failure everything is taken away. */
TSL_API TSL_FALLIBLE tsl_status tsl_folder_close(tsl_folder *folder, tsl_error *err);
/* Takes the temporary folder away with all in it. NULL is fine. */
TSL_API void tsl_folder_free(tsl_folder *folder);

/* An open target, to be filled from its begin to its end. Owned. */
typedef struct tsl_file tsl_file;
TSL_API TSL_FALLIBLE tsl_status tsl_file_open(const tsl_target *target, tsl_file **out, tsl_error *err);
TSL_API TSL_FALLIBLE tsl_status tsl_file_write(tsl_file *file, const void *bytes, size_t count, tsl_error *err);
/* Publishes it, unless a write has failed: then it is given up, and this fails likewise. Frees it, also on failure. */
TSL_API TSL_FALLIBLE tsl_status tsl_file_close(tsl_file *file, tsl_error *err);
TSL_API void tsl_file_free(tsl_file *file); /* gives it up; NULL is fine */

/* Several files that are published together: each is written whole at its
 * temporary name, whatever writes it (tsl_target.set); close of the set puts all
 * of them into their places, and where one cannot be, all of the old ones are
 * back. What is no plain file is written at once. For one thread at a time. */
typedef struct tsl_fileset tsl_fileset;
TSL_API TSL_FALLIBLE tsl_status tsl_fileset_open(tsl_fileset **out, tsl_error *err);
TSL_API TSL_FALLIBLE tsl_status tsl_fileset_close(tsl_fileset *set, tsl_error *err); /* frees it, also on failure */
TSL_API void tsl_fileset_free(tsl_fileset *set); /* takes what was written away; NULL is fine */

/* For the sudden end of a program, from any thread: takes away every file and
 * folder that this process has under construction, but nothing of that name
 * that it did not make, and waits while one is being published. What is opened
 * afterwards fails with TSL_E_CANCELLED. */
TSL_API void tsl_staged_free(void);

/* The source at path, to be looked at before it is read. Of standard input ("-"),
 * which gives its bytes once, so many are read ahead as tell what it is; of an
 * HDF5 file, and where whole is 1, all. out is owned (free with tsl_input_free),
 * path is kept as a view. TSL_E_IO, TSL_E_NOMEM. */
TSL_API TSL_FALLIBLE tsl_status tsl_input_open(const char *path, int whole, tsl_source *out, tsl_error *err);
TSL_API void tsl_input_free(tsl_source *input); /* {0} is fine */

/* What a file is, by its bytes: "features", "model" (Tesela's own), "hdf5"
 * (someone else's, or damaged), "npy", "json", "csv" (any text; what is
 * compressed; "-", unless tsl_input_open has read ahead, and pipes, which are not
 * looked at), or "unknown" (empty, binary). Static text. TSL_E_NOT_FOUND: there is no such file; TSL_E_INPUT: a folder.
 */
TSL_API TSL_FALLIBLE tsl_status tsl_file_get_kind(const tsl_source *source, const char **kind, tsl_error *err);

/* The SHA-256 of its bytes as they are stored, in lower-case hexadecimal digits. TSL_E_NOT_FOUND: there is no such
 * file; TSL_E_INPUT: a folder; TSL_E_IO. */
TSL_API TSL_FALLIBLE tsl_status tsl_file_get_hash(const tsl_source *source, char sha256[65], tsl_error *err);

/* Reads a one- or two-dimensional array of numbers (integers and floats of 1
 * to 8 bytes, booleans) from any HDF5 file as doubles, row-major, owned (free
 * with tsl_array_free); one dimension is one column. At most max_bytes as
 * doubles, 0: no limit (TSL_E_INPUT). A whole number beyond 2^53 - 1, where
 * doubles lose digits, is TSL_E_INPUT. TSL_E_NOT_FOUND: no such file or array;
 * TSL_E_FORMAT: damaged, of another type, or stored in a way that is not
 * followed (outside the file, virtual, through soft links, with filters other
 * than deflate, shuffle and fletcher32). */
TSL_API TSL_FALLIBLE tsl_status tsl_array_read(const tsl_source *source, const char *name, size_t max_bytes,
                                               double **values, size_t *rows, size_t *cols, tsl_error *err);
TSL_API void tsl_array_free(double *values);

#ifdef __cplusplus
}
#endif
#endif
