/*
 * own_line.h: a line of the user's own in the catalogue: its words, as an entry that is counted like all others.
 *
 * Its filter, and a source that is no role, are columns that the table is read with (tsl_table_options.columns): a
 * condition is a number there, 1 where it holds.
 */
#ifndef TSL_FEATURE_OWN_LINE_H
#define TSL_FEATURE_OWN_LINE_H

#include "feature/catalogue.h"

#define TSL__NO_COLUMN SIZE_MAX

typedef struct tsl__line {
    tsl__catalogue_entry entry; /* source: where own_aggregate.c puts the values; texts are the line's */
    tsl__record_part part;      /* that the source is; TSL__NOTHING: none, or a column */
    const char *column;         /* that the source is, or NULL; a view of what was given, like the next */
    tsl_column_type type;       /* of it */
    const char *condition;      /* NULL: all records pass */
    char *unit, *definition;    /* owned */
    /* In the table at hand; TSL__NO_COLUMN: none is needed, or it is not there. */
    size_t source_column, condition_column;
} tsl__line;

/* What was given must stay. TSL_E_OPTION as of tsl_feature_line_check. Free it, also on failure. */
TSL_FALLIBLE tsl_status tsl__line_open(const tsl_feature_line *given, tsl__line *out, tsl_error *err);
void tsl__line_free(tsl__line *line);
/* Each of them, and that no two share a name. */
TSL_FALLIBLE tsl_status tsl__lines_check(const tsl_feature_line *lines, size_t count, tsl_error *err);
tsl_table_kind tsl__line_get_kind(const tsl__line *line);

/* Finds its columns in the table, which may be NULL. What is lacking as a text, or NULL: "the table interactions",
 * "category (transactions)", the text of a column. */
const char *tsl__line_find(tsl__line *line, const tsl_table *table, char *text, size_t size);

/* Copies in which no text is NULL, owned. */
TSL_FALLIBLE tsl_status tsl__lines_copy(const tsl_feature_line *lines, size_t count, tsl_feature_line **out,
                                        tsl_error *err);
void tsl__lines_free(tsl_feature_line *lines, size_t count);
int tsl__lines_are_same(const tsl_feature_line *a, const tsl_feature_line *b);

/* The columns that a table of this kind is to be read with; labels are owned. */
typedef struct tsl__line_columns {
    tsl_event_column *column;
    char **label;
    size_t count;
} tsl__line_columns;
TSL_FALLIBLE tsl_status tsl__line_columns_open(const tsl_feature_line *lines, size_t count, tsl_table_kind kind,
                                               tsl__line_columns *out, tsl_error *err);
void tsl__line_columns_free(tsl__line_columns *columns);

#endif
