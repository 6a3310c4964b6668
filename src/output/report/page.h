/* page.h: a page that needs nothing besides itself. */
#ifndef TSL_OUTPUT_REPORT_PAGE_H
#define TSL_OUTPUT_REPORT_PAGE_H

#include "base/text.h"

/* A document of JSON that goes where {{name}} stands. */
typedef struct tsl__page_document {
    const char *name, *json;
} tsl__page_document;

/* The template of this name among the embedded parts, each {{name}} in it replaced: by the part or the document of this
 * name, {{lang}} by the language, {{hash name}} by what the page's policy knows the part by: 'sha256-...'. text->failed
 * where memory is short. */
void tsl__page_put(tsl__text *page, const char *name, const tsl__page_document *document, size_t count,
                   const char *lang);

#endif
