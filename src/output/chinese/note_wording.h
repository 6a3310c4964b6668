/* note_wording.h: notes and errors in Chinese. The library speaks English; a pattern of each sentence says it in
 * Chinese. */
#ifndef TSL_OUTPUT_CHINESE_NOTE_WORDING_H
#define TSL_OUTPUT_CHINESE_NOTE_WORDING_H

#include <tesela/base.h>

#include "base/text.h"

/* A sentence, or a part of one. en: {1} to {9} stand for what is filled in, {*} for what English grammar fills in.
 * zh: {1} is what stood there; {1!} the same in Chinese, where there is a pattern of it; {1,} likewise of each part of
 * a list. */
typedef struct tsl__note_pattern {
    const char *en, *zh;
} tsl__note_pattern;

typedef struct tsl__note_patterns {
    const tsl__note_pattern *of;
    size_t count;
} tsl__note_patterns;

/* By the rooms that note; what two of them say stands in the first. */
extern const tsl__note_patterns tsl__table_note_words, tsl__feature_note_words, tsl__run_note_words,
    tsl__crm_note_words;
/* Of what the command line says. */
extern const tsl__note_patterns tsl__said_words, tsl__said_parts;
/* Of lines that say what a column was taken for. */
extern const tsl__note_patterns tsl__understood_words;
/* Roles of columns, in lines and errors. */
extern const tsl__note_patterns tsl__role_words;
/* How features are made. */
extern const tsl__note_patterns tsl__definition_words;
/* Of errors, by the rooms that fail: the command line; table, and source within it; store, base, crm and output;
 * feature and label; run; model and value. Behind a place or a name, "orders.csv:3: ", each fits as well. */
extern const tsl__note_patterns tsl__cli_error_words, tsl__table_error_words, tsl__source_error_words,
    tsl__store_error_words, tsl__feature_error_words, tsl__run_error_words, tsl__model_error_words;

/* Appends the Chinese of a note, or of an error that stands for one, or, where no pattern is of it, the note as it is:
 * 0. */
int tsl__note_put_chinese(const char *note, tsl__text *out);
/* The same of such a line. */
int tsl__understood_put_chinese(const char *line, tsl__text *out);
/* The same of how a feature is made. */
int tsl__definition_put_chinese(const char *definition, tsl__text *out);
/* The same of an error's message. */
int tsl__error_put_chinese(const char *message, tsl__text *out);

#endif
