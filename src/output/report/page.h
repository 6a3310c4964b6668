/* page.h: a page that needs nothing besides itself. */
#ifndef TSL_OUTPUT_REPORT_PAGE_H
#define TSL_OUTPUT_REPORT_PAGE_H

#include "base/text.h"

/* The template of this name among the embedded parts (report/), each {{name}} in it replaced: by the part of this name,
 * {{lang}} by the language, any other by the document. */
void tsl__page_put(tsl__text *page, const char *name, const char *json, const char *lang);

#endif
