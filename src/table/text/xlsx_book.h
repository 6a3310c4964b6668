/* xlsx_book.h: a workbook: its sheets, the texts that its cells share, and which of their styles are dates. */
#ifndef TSL_TABLE_TEXT_XLSX_BOOK_H
#define TSL_TABLE_TEXT_XLSX_BOOK_H

#include "base/text.h"
#include "table/text/xlsx_part.h"

/* A list of texts, one behind the other. */
typedef struct tsl__texts {
    tsl__text bytes;
    size_t *end; /* of each */
    size_t count, capacity;
} tsl__texts;

typedef struct tsl__sheet {
    char *name, *part; /* part NULL: it is no table */
    char *relation;
    int hidden;
} tsl__sheet;

typedef struct tsl__book {
    tsl__archive *archive;
    tsl__sheet *sheet;
    size_t sheets, sheet_capacity;
    int from_1904;
    unsigned short *shows; /* of each style: tsl__xlsx_format_of_code */
    size_t styles, style_capacity;
    tsl__texts shared;
} tsl__book;

/* Takes the bytes of the file over, also on failure. TSL_E_FORMAT: no workbook, or damaged. */
TSL_FALLIBLE tsl_status tsl__book_open(char *bytes, size_t count, const char *name, tsl__book **out, tsl_error *err);
void tsl__book_free(tsl__book *book);
/* The sheet of this name; NULL: the first that is not hidden. TSL_E_OPTION: there is none. */
TSL_FALLIBLE tsl_status tsl__book_find(const tsl__book *book, const char *name, const tsl__sheet **out, tsl_error *err);

/* A text of the workbook, in which _x000D_ stands for a character that XML lacks. */
void tsl__xlsx_put_text(tsl__text *out, const char *s, size_t n);

#endif
