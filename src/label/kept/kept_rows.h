/* kept_rows.h: rows of texts that a policy keeps: classes of rule sets, strategies. */
#ifndef TSL_LABEL_KEPT_ROWS_H
#define TSL_LABEL_KEPT_ROWS_H

#include <tesela/label.h>

/* Which members of a row are texts. */
typedef struct tsl__row_form {
    size_t size, texts;
    size_t text[8]; /* their offsets */
} tsl__row_form;
extern const tsl__row_form tsl__rule_class_form, tsl__strategy_form;

/* A copy that owns its texts; a text that is NULL becomes "". */
TSL_FALLIBLE tsl_status tsl__rows_copy(const tsl__row_form *form, const void *rows, size_t count, void **out,
                                       tsl_error *err);
void tsl__rows_free(const tsl__row_form *form, void *rows, size_t count); /* NULL is fine */
/* Puts a copy of the text into the place of one that is owned. */
TSL_FALLIBLE tsl_status tsl__row_text_set(const char **text, const char *to, tsl_error *err);
/* Each language's name where it is there, else the other's, else the code. */
TSL_FALLIBLE tsl_status tsl__row_names_fill(const char *names[TSL_LANGS], const char *code, tsl_error *err);

/* What a code, and the name of a set, may be. */
#define TSL__CODE_BYTES 64
#define TSL__CODE_EXPECTED "letters, digits and _, at most 63 bytes, the first no digit"
int tsl__code_is_good(const char *code);
/* One line that is not blank. */
int tsl__row_text_is_line(const char *text);
/* 1: neither NULL nor empty. */
static inline int tsl__row_text_is_there(const char *text)
{
    return text && *text;
}

#endif
