/* files.h: small files as texts. */
#ifndef TSL_CLI_FILES_H
#define TSL_CLI_FILES_H

#include <tesela/base.h>

int cli_is_folder(const char *path);
/* The last part of a path. */
const char *cli_file_get_name(const char *path);
/* A file in a folder, from the pool. */
const char *cli_find_within(const char *folder, const char *name);
/* "board.json" beside "board.html": the figures that a report is drawn from, from the pool; NULL beside standard
 * output. */
const char *cli_find_figures(const char *report);
/* What is read where a summary is asked for: of a run's folder the summary.json, from the pool; else path itself. */
const char *cli_summary_get_path(const char *path);
/* The whole file, or the bytes in memory, as a text, from the pool. TSL_E_NOT_FOUND, TSL_E_IO,
 * TSL_E_FORMAT where it is larger than any file of this kind. */
TSL_FALLIBLE tsl_status cli_file_read(const tsl_source *source, const char **text, tsl_error *err);
/* All bytes of a file, and a NUL behind them, from the pool. Errors as above. */
TSL_FALLIBLE tsl_status cli_file_read_bytes(const char *path, const char **out, size_t *out_count, tsl_error *err);
/* Notes what lies beside path from a run that was killed ("PATH.partial-a1B2c3"). */
void cli_say_leftovers(const char *path);

#endif
