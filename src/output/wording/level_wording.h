/* level_wording.h: a level of a category within a rule. */
#ifndef TSL_OUTPUT_WORDING_LEVEL_WORDING_H
#define TSL_OUTPUT_WORDING_LEVEL_WORDING_H

#include "base/text.h"

/* As it is, or in quotes, each within doubled, where it would read as more than the level, in whatever case, or begins
 * as a quoted one. lang: index of the language; listed: 1: levels stand side by side. */
void tsl__level_write(const char *level, int lang, int listed, tsl__text *text);

#endif
