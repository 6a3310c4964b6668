/*
 * column_survey.h: a column as it stands, cell by cell, in figures.
 *
 * Its texts are counted apart up to a bound, beyond which the column is what those so far have shown, and least,
 * greatest and sum alone go on. All is done in the order of the file.
 */
#ifndef TSL_TABLE_SCHEMA_COLUMN_SURVEY_H
#define TSL_TABLE_SCHEMA_COLUMN_SURVEY_H

#include <tesela/table.h>

#include "table/cell/parse_number.h"

typedef struct tsl__column_survey tsl__column_survey;

/* The name is copied; rules and declared forms are those of opt, a view. most_texts: that are kept apart. NULL: out of
 * memory. */
tsl__column_survey *tsl__column_survey_open(const char *name, const tsl_table_options *opt, size_t most_texts);
/* Before a cell is added: the column is the time of events, so that numbers may be dates. */
void tsl__column_survey_set_time(tsl__column_survey *survey);
void tsl__column_survey_free(tsl__column_survey *survey);
const char *tsl__column_survey_get_name(const tsl__column_survey *survey);
/* Where a text stood first; 0 where it did. file is a view. */
int tsl__column_survey_find(const tsl__column_survey *survey, const char *text, const char **file, uint64_t *line);
/* One trimmed cell; file is a view. */
TSL_FALLIBLE tsl_status tsl__column_survey_add(tsl__column_survey *survey, tsl__span cell, const char *file,
                                               uint64_t line, tsl_error *err);
/* Behind the last cell. role: that the column plays, of this type; delimiter: of the files. out owns its texts. */
TSL_FALLIBLE tsl_status tsl__column_survey_finish(tsl__column_survey *survey, tsl_role role, tsl_column_type type,
                                                  char delimiter, tsl_column_profile *out, tsl_error *err);
/* What sorts and sums exact values: 1/10000, missing ones TSL_MISSING_INT. */
TSL_FALLIBLE tsl_status tsl__column_profile_measure(const int64_t *value, size_t rows, tsl_column_profile *out,
                                                    tsl_error *err);
void tsl__column_profile_free(tsl_column_profile *profile); /* what it holds, not the struct */

#endif
